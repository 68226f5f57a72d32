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
inline constexpr MessageText track_idle_calendar{"track_idle_calendar", "日历在一年或更长时间内没有一个工作日",
                                                 "the calendar has no working day in a year or more"};
inline constexpr MessageText track_without_data_date{"track_without_data_date", "有进度，但没有数据日期",
                                                     "there is progress, but no data date"};
inline constexpr MessageText track_beyond_data_date{"track_beyond_data_date", "实际边界 {0} 晚于数据日期的边界 {1}",
                                                    "the actual boundary {0} lies beyond the data date's, {1}"};
inline constexpr MessageText track_finish_before_start{"track_finish_before_start", "实际完成 {0} 早于实际开始 {1}",
                                                       "the actual finish {0} lies before the actual start {1}"};
inline constexpr MessageText track_finish_without_start{"track_finish_without_start", "有实际完成，但没有实际开始",
                                                        "there is an actual finish, but no actual start"};
inline constexpr MessageText track_complete_but_remaining{"track_complete_but_remaining",
                                                          "任务已完成，剩余工期却为 {0}",
                                                          "the task is complete, but {0} working days remain"};
inline constexpr MessageText track_nothing_remains{"track_nothing_remains", "任务未完成，剩余工期却为 0",
                                                   "the task is not complete, but nothing remains"};
inline constexpr MessageText track_no_maximum_lags{"track_no_maximum_lags", "MS Project 规则没有最大时距",
                                                   "the rules of MS Project know no maximum lags"};
inline constexpr MessageText track_mixed_circle{"track_mixed_circle", "最大时距所成的环须按同一日历计算，此依赖不是",
                                                "a circle closed by maximum lags is counted on one calendar, "
                                                "which this link is not"};

inline constexpr MessageText track_days_not_ascending{"track_days_not_ascending", "{1} 不晚于 {0}，各日须由先至后",
                                                      "{1} does not come after {0}; days must ascend"};

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
inline constexpr MessageText schedule_not_in_sequence{"schedule_not_in_sequence", "与实际日期相违的依赖列表不符",
                                                      "the list of links that actual dates violate is not right"};
inline constexpr MessageText schedule_lags_conflict{"schedule_lags_conflict", "最大时距与其余关系不能同时成立：{0}",
                                                    "the maximum lag cannot hold together with the links: {0}"};
inline constexpr MessageText schedule_date_conflict{"schedule_date_conflict", "强制日期不能成立，由此推迟：{0}",
                                                    "the mandatory date cannot hold; it is pushed on by: {0}"};
inline constexpr MessageText schedule_no_conflict{"schedule_no_conflict", "所列依赖并不构成矛盾",
                                                  "the links named do not contradict each other"};
inline constexpr MessageText schedule_mandate_broken{"schedule_mandate_broken", "边界 {0} 晚于强制日期 {1}",
                                                     "boundary {0} lies after the mandatory date {1}"};
inline constexpr MessageText track_other_plan{"track_other_plan", "结果属于另一个方案",
                                              "the result belongs to another plan"};
inline constexpr MessageText track_not_reproduced{"track_not_reproduced", "由台账重算得到不同的数值",
                                                  "computed again from the ledger, this comes out differently"};

// facts that are strange; they stay in the ledger
inline constexpr MessageText fact_unreadable{"fact_unreadable", "“{0}”的值“{1}”无法读取，未采用",
                                             "the value '{1}' of '{0}' cannot be read and is not used"};
inline constexpr MessageText fact_not_scheduled{"fact_not_scheduled", "“{0}”为“{1}”的事实{2}，排程未采用",
                                                "the fact '{0}' = '{1}' is not used in the schedule: {2}"};
inline constexpr MessageText start_not_reported{"start_not_reported", "任务 {0} 已完成但未报开始日期，按计划工期推算",
                                                "task {0} is finished, but no start was reported; its planned "
                                                "duration is taken"};
inline constexpr MessageText nothing_remains_unfinished{"nothing_remains_unfinished",
                                                        "任务 {0} 剩余工期为 0，却未报完成，未采用",
                                                        "nothing remains of task {0}, but no finish was reported; "
                                                        "this is not used"};
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
    &track_out_of_range,
    &track_no_such_item,
    &track_wrong_length,
    &track_self_link,
    &track_outside_years,
    &schedule_fields_disagree,
    &schedule_bound_broken,
    &schedule_not_attained,
    &schedule_pointer_elsewhere,
    &schedule_pointer_cycle,
    &schedule_wrong_float,
    &schedule_wrong_mark,
    &schedule_wrong_end,
    &schedule_wrong_day,
    &track_other_plan,
    &track_not_reproduced,
    &fact_unreadable,
    &percent_without_evidence,
    &no_single_indicator,
    &target_missing,
    &weights_set_aside,
    &missing_refused,
    &track_idle_calendar,
    &track_without_data_date,
    &track_beyond_data_date,
    &track_finish_before_start,
    &track_finish_without_start,
    &track_complete_but_remaining,
    &track_nothing_remains,
    &track_no_maximum_lags,
    &track_mixed_circle,
    &schedule_not_in_sequence,
    &schedule_lags_conflict,
    &schedule_date_conflict,
    &schedule_no_conflict,
    &schedule_mandate_broken,
    &fact_not_scheduled,
    &start_not_reported,
    &nothing_remains_unfinished,
    &track_days_not_ascending,
};

}  // namespace countyplan::message
