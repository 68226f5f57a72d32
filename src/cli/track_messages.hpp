// What does the command track say, in Chinese and in English?
#pragma once

#include <countyplan/scalar/message.hpp>

namespace countyplan {

namespace message {

inline constexpr MessageText track_province{
    "track_province", "截至 {0}，{1}：完成 {2}（按{3}加权），各县等权为 {4}；数据覆盖 {5}；{6}",
    "as of {0}, {1}: {2} done (counties {3}), {4} with counties equal; {5} of it known; {6}"};
inline constexpr MessageText track_colours{"track_colours",
                                           "截至 {0}：{1} 个县红色，{2} 个黄色，{3} 个绿色，{4} 个蓝色，{5} 个灰色",
                                           "as of {0}: {1} counties red, {2} amber, {3} green, {4} blue, {5} grey"};
inline constexpr MessageText track_county{"track_county", "{0} {1}：{2}", "{0} {1}: {2}"};
inline constexpr MessageText track_cause{"track_cause", "  {0}", "  {0}"};
inline constexpr MessageText track_more_causes{"track_more_causes", "  另有 {0} 项原因（-o 写出全部）",
                                               "  and {0} more causes (-o writes all)"};
inline constexpr MessageText track_option_issue{
    "track_option_issue", "出具日期：另写 issued.csv，供 record 登记，使下期报告知道本期颜色（须晚于 --recorded）",
    "the day of issue: also writes issued.csv for `record`, so that the next report knows these colours (after "
    "--recorded)"};
inline constexpr MessageText track_issue_too_early{"track_issue_too_early",
                                                   "出具日期 {0} 须晚于 {1}，报告才不会改变自身",
                                                   "the day of issue {0} must come after {1}, or the report would "
                                                   "change itself"};
inline constexpr MessageText track_issue_needs_output{"track_issue_needs_output", "--issue 需要 -o",
                                                      "--issue needs -o"};

}  // namespace message

inline constexpr const MessageText* all_track_command_messages[] = {
    &message::track_province,        &message::track_colours,
    &message::track_county,          &message::track_cause,
    &message::track_more_causes,     &message::track_option_issue,
    &message::track_issue_too_early, &message::track_issue_needs_output,
};

}  // namespace countyplan
