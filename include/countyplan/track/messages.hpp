// What does `track/` say about dates, facts and progress, in Chinese and in English?
#pragma once

#include <countyplan/scalar/message.hpp>

namespace countyplan::message {

// a network that is not as described
inline constexpr MessageText track_out_of_range{"track_out_of_range", "值为 {0}，允许范围为 {1} 至 {2}",
                                                "is {0}; allowed is {1} to {2}"};
inline constexpr MessageText track_no_such_item{"track_no_such_item", "指向第 {0} 项，但只有 {1} 项",
                                                "points at number {0}, but there are only {1}"};
inline constexpr MessageText track_wrong_length{"track_wrong_length", "有 {0} 项，应为 {1} 项",
                                                "has {0} entries where {1} are needed"};
inline constexpr MessageText track_self_link{"track_self_link", "任务 {0} 依赖自身", "task {0} waits for itself"};
inline constexpr MessageText track_outside_years{"track_outside_years", "日期超出公元 1 年至 9999 年",
                                                 "a date leaves the years 1 to 9999"};
inline constexpr MessageText track_not_yet_scheduled{"track_not_yet_scheduled", "含有尚不能排程的内容",
                                                     "holds what cannot be scheduled"};

// a schedule that is refused
inline constexpr MessageText schedule_fields_disagree{"schedule_fields_disagree", "结果的各字段互相矛盾",
                                                      "the fields of the result contradict each other"};
inline constexpr MessageText schedule_bound_broken{"schedule_bound_broken", "边界 {0} 违反界限 {1}",
                                                   "boundary {0} breaks the bound {1}"};
inline constexpr MessageText schedule_not_attained{"schedule_not_attained", "边界 {0} 并未被其依据达到",
                                                   "boundary {0} is not attained by what it rests on"};
inline constexpr MessageText schedule_pointer_elsewhere{"schedule_pointer_elsewhere", "依据 {0} 不属于该任务",
                                                        "the driver {0} does not belong to this task"};
inline constexpr MessageText schedule_pointer_cycle{"schedule_pointer_cycle", "依据互相循环",
                                                    "the drivers run in a circle"};
inline constexpr MessageText schedule_wrong_float{"schedule_wrong_float", "时差为 {0}，应为 {1}",
                                                  "the float is {0}, it should be {1}"};
inline constexpr MessageText schedule_wrong_mark{"schedule_wrong_mark", "关键标记与日期不符",
                                                 "the mark does not follow from the dates"};
inline constexpr MessageText schedule_wrong_end{"schedule_wrong_end", "项目结束为 {0}，应为 {1}",
                                                "the project's end is {0}, it should be {1}"};
inline constexpr MessageText schedule_wrong_day{"schedule_wrong_day", "日期与边界不符",
                                                "the day does not follow from the boundary"};
inline constexpr MessageText track_other_plan{"track_other_plan", "结果属于另一个方案",
                                              "the result belongs to another plan"};
inline constexpr MessageText track_not_reproduced{"track_not_reproduced", "由台账重算得到不同的数值",
                                                  "computed again from the ledger, this comes out differently"};

// facts that are strange; they stay in the ledger
inline constexpr MessageText fact_unreadable{"fact_unreadable", "“{0}”的值“{1}”无法读取，未采用",
                                             "the value '{1}' of '{0}' cannot be read and is not used"};
inline constexpr MessageText actual_after_data_date{"actual_after_data_date", "实际日期 {0} 晚于数据日期 {1}，未采用",
                                                    "the actual date {0} lies after the data date {1} and is not used"};
inline constexpr MessageText percent_without_evidence{"percent_without_evidence", "完成百分比没有佐证，未采用",
                                                      "the percentage has no evidence and is not used"};
inline constexpr MessageText no_single_indicator{"no_single_indicator", "任务按指标计进度，但其目标有 {0} 个指标",
                                                 "the task earns by an indicator, but its goal has {0}"};
inline constexpr MessageText target_missing{"target_missing", "缺少基线或目标，无法计算进度",
                                            "without baseline and target there is no progress"};
inline constexpr MessageText weights_set_aside{"weights_set_aside", "下级只有 {0}/{1} 项给了权重，改用{2}",
                                               "only {0} of {1} children have a weight; used instead: {2}"};
inline constexpr MessageText missing_refused{"missing_refused", "没有数据，按规定上级不予计算",
                                             "has no data, so what stands above it has no value"};

inline constexpr const MessageText* all_track_messages[] = {
    &track_out_of_range,       &track_no_such_item,    &track_wrong_length,
    &track_self_link,          &track_outside_years,   &schedule_fields_disagree,
    &schedule_bound_broken,    &schedule_not_attained, &schedule_pointer_elsewhere,
    &schedule_pointer_cycle,   &schedule_wrong_float,  &schedule_wrong_mark,
    &schedule_wrong_end,       &schedule_wrong_day,    &track_other_plan,
    &track_not_reproduced,     &fact_unreadable,       &actual_after_data_date,
    &percent_without_evidence, &no_single_indicator,   &target_missing,
    &weights_set_aside,        &missing_refused,       &track_not_yet_scheduled,
};

}  // namespace countyplan::message
