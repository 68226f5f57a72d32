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

inline constexpr MessageText track_option_value{"track_option_value", "挣值的单位：money（默认）、points、expert_days",
                                                "Unit of earned value: money (unless told), points, expert_days"};
inline constexpr MessageText track_option_why{"track_option_why", "说明此任务各日期的依据",
                                              "Tell what the dates of this task rest on"};
inline constexpr MessageText track_option_since{"track_option_since", "并说明自那天以来为何变动（须与 --why 同用）",
                                                "And why they have moved since that day (with --why)"};
inline constexpr MessageText track_no_such_task{"track_no_such_task", "--why：方案中没有任务“{0}”",
                                                "--why: the plan has no task '{0}'"};
inline constexpr MessageText track_since_whom{"track_since_whom", "--since 须与 --why 同用", "--since needs --why"};
inline constexpr MessageText track_since_late{"track_since_late", "--since {0} 须早于 {1}",
                                              "--since {0} must come before {1}"};
inline constexpr MessageText track_value{"track_value", "  挣值（{0}）：计划 {1}，挣得 {2}，支出 {3}，共 {4}",
                                         "  earned value ({0}): planned {1}, earned {2}, spent {3}, of {4}"};
inline constexpr MessageText track_indices{"track_indices", "  SPI {0}，CPI {1}，SPI(t) {2}；预计完工 {3}",
                                           "  SPI {0}, CPI {1}, SPI(t) {2}; {3} expected at completion"};
inline constexpr MessageText track_values_left_out{"track_values_left_out", "  另有 {0} 项任务没有数据，未计入",
                                                   "  {0} more tasks have no data and are left out"};
inline constexpr MessageText track_moved_since{"track_moved_since", "自 {0} 以来：", "since {0}:"};

}  // namespace message

inline constexpr const MessageText* all_track_command_messages[] = {
    &message::track_province,        &message::track_colours,
    &message::track_county,          &message::track_cause,
    &message::track_more_causes,     &message::track_option_issue,
    &message::track_issue_too_early, &message::track_issue_needs_output,
    &message::track_option_value,    &message::track_option_why,
    &message::track_option_since,    &message::track_no_such_task,
    &message::track_since_whom,      &message::track_since_late,
    &message::track_value,           &message::track_indices,
    &message::track_values_left_out, &message::track_moved_since,
};

}  // namespace countyplan
