// What does `track/` say about weights, warnings and their causes, in Chinese and in English?
#pragma once

#include <countyplan/scalar/message.hpp>

namespace countyplan::message {

// weights that were not given
inline constexpr MessageText weights_supplied{
    "weights_supplied", "下级 {1} 项中有 {0} 项缺少“{2}”的依据，按 {3} 计",
    "{0} of {1} children have nothing to be weighed by ({2}); each counts {3}"};
inline constexpr MessageText enrolment_missing{"enrolment_missing", "没有学生数，按学生数加权时按 0 计",
                                               "has no enrolment; it counts 0 where students are the weight"};

// why a thing has its colour
inline constexpr MessageText cause_cancelled{"cause_cancelled", "{0}已取消", "{0} is cancelled"};
inline constexpr MessageText cause_no_plan{"cause_no_plan", "{0}没有可供比较的计划（日期、基线或目标）",
                                           "{0} has no plan to be compared with (dates, baseline or target)"};
inline constexpr MessageText cause_no_report{"cause_no_report", "{0}自 {1} 起应有进展，但没有数据",
                                             "{0} has no data, though due to be under way since {1}"};
inline constexpr MessageText cause_low_coverage{"cause_low_coverage", "{0}只有 {1} 有数据，至少需要 {2}",
                                                "{0}: only {1} has data, at least {2} is needed"};
inline constexpr MessageText cause_complete{"cause_complete", "{0}已全部完成", "{0} is complete"};
inline constexpr MessageText cause_on_track{"cause_on_track", "{0}按计划进行", "{0} is on track"};
inline constexpr MessageText cause_late{"cause_late", "{0}应于 {1} 完成，尚未完成",
                                        "{0} was due to finish on {1} and is not complete"};
inline constexpr MessageText cause_past_deadline{"cause_past_deadline", "{0}预计 {1} 完成，晚于期限 {2}",
                                                 "{0} is expected to finish on {1}, after its deadline {2}"};
inline constexpr MessageText cause_slow{"cause_slow", "{0}的进度指数 SPI(t) 为 {1}，低于 {2}",
                                        "{0}: SPI(t) is {1}, below {2}"};
inline constexpr MessageText cause_little_float{"cause_little_float", "{0}的总时差为 {1} 个工作日，不多于 {2}",
                                                "{0} has {1} working days of float, no more than {2}"};
inline constexpr MessageText cause_missed_target{"cause_missed_target", "{0}应于 {1} 达到目标，只完成了 {2}",
                                                 "{0} was to reach its target by {1}; {2} of the way is done"};
inline constexpr MessageText cause_weak_indicator{"cause_weak_indicator", "{0}的进展只有按日期应有的 {1}，低于 {2}",
                                                  "{0} has made {1} of the progress due by now, less than {2}"};
inline constexpr MessageText cause_empty_post{"cause_empty_post", "{0}在岗 {1} 人，应有 {2} 人",
                                              "{0} has {1} of {2} people in place"};
inline constexpr MessageText cause_part{"cause_part", "{0}为{1}", "{0} is {1}"};
inline constexpr MessageText cause_held{"cause_held", "{0}仍为{1}：尚未明显越过界限",
                                        "{0} stays {1}: the limit is not clearly crossed"};
inline constexpr MessageText cause_entry{"cause_entry", "{0}：{2} 人工判定为{1}：{3}",
                                         "{0} was set to {1} by hand on {2}: {3}"};

inline constexpr MessageText entry_without_reason{"entry_without_reason", "人工判定“{0}”没有写明理由，未采用",
                                                  "the colour '{0}' set by hand has no reason and is not used"};

inline constexpr const MessageText* all_warning_messages[] = {
    &weights_supplied,   &enrolment_missing,  &cause_cancelled,     &cause_no_plan,        &cause_no_report,
    &cause_low_coverage, &cause_complete,     &cause_on_track,      &cause_late,           &cause_past_deadline,
    &cause_slow,         &cause_little_float, &cause_missed_target, &cause_weak_indicator, &cause_empty_post,
    &cause_part,         &cause_held,         &cause_entry,         &entry_without_reason,
};

}  // namespace countyplan::message
