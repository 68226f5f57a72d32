// What does `track/` say about plan quality, moved dates and delays, in Chinese and in English?
#pragma once

#include <countyplan/scalar/message.hpp>

namespace countyplan::message {

// what a date rests on
inline constexpr MessageText log_by_link{"log_by_link", "{0}：等待 {1}（{2}，时距 {3}）",
                                         "{0}: waits for {1} ({2}, lag {3})"};
inline constexpr MessageText log_by_late_link{"log_by_late_link", "{0}：{1} 在等待它（{2}，时距 {3}）",
                                              "{0}: {1} waits for it ({2}, lag {3})"};
inline constexpr MessageText log_by_other{"log_by_other", "{0}：{1}", "{0}: {1}"};
inline constexpr MessageText log_start{"log_start", "开始（{0}）", "start ({0})"};
inline constexpr MessageText log_resume{"log_resume", "余下工作开始（{0}）", "rest resumes ({0})"};
inline constexpr MessageText log_finish{"log_finish", "完成（{0}）", "finish ({0})"};
inline constexpr MessageText log_late_start{"log_late_start", "最迟开始（{0}）", "late start ({0})"};
inline constexpr MessageText log_late_finish{"log_late_finish", "最迟完成（{0}）", "late finish ({0})"};
inline constexpr MessageText log_days_off{"log_days_off", "其间有 {0} 天不工作", "{0} days off lie between"};

// why a date moved
inline constexpr MessageText move_none{"move_none", "{0}的日期没有变动", "{0} has not moved"};
inline constexpr MessageText move_start{"move_start", "{0}的开始由 {1} 变为 {2}", "{0} starts on {2} instead of {1}"};
inline constexpr MessageText move_finish{"move_finish", "{0}的完成由 {1} 变为 {2}",
                                         "{0} finishes on {2} instead of {1}"};
inline constexpr MessageText move_by_predecessor{"move_by_predecessor", "因为它要等待 {0}", "because it waits for {0}"};
inline constexpr MessageText move_by_new_link{"move_by_new_link", "因为新增了对 {0} 的等待",
                                              "because its link from {0} is new"};
inline constexpr MessageText move_by_removed_link{"move_by_removed_link", "因为取消了对 {0} 的等待",
                                                  "because its link from {0} is gone"};
inline constexpr MessageText move_by_lag{"move_by_lag", "因为与 {0} 的时距由 {1} 变为 {2}",
                                         "because the lag from {0} is {2} instead of {1}"};
inline constexpr MessageText move_by_duration{"move_by_duration", "因为所需工期由 {0} 变为 {1} 个工作日",
                                              "because it takes {1} working days instead of {0}"};
inline constexpr MessageText move_by_actual{"move_by_actual", "因为{0}报告了实际日期",
                                            "because actual dates were reported for {0}"};
inline constexpr MessageText move_by_bound{"move_by_bound", "因为限制“{0}”有变", "because its bound '{0}' has changed"};
inline constexpr MessageText move_by_data_date{"move_by_data_date", "因为未完成的工作排在数据日期之后",
                                               "because work that is left lies behind the data date"};
inline constexpr MessageText move_by_project_start{"move_by_project_start", "因为项目开始日期有变",
                                                   "because the project's start has changed"};
inline constexpr MessageText move_by_calendar{"move_by_calendar", "因为工作日历有变",
                                              "because the working days have changed"};
inline constexpr MessageText move_by_new_task{"move_by_new_task", "因为{0}是新任务", "because {0} is a new task"};
inline constexpr MessageText move_by_removed_task{"move_by_removed_task", "因为{0}已删除", "because {0} is gone"};
inline constexpr MessageText move_by_rules{"move_by_rules", "因为起作用的限制或规则不同",
                                           "because other bounds or rules hold it"};

inline constexpr MessageText move_from_nothing{"move_from_nothing", "那天的排程没有可行日期",
                                               "there were no dates that kept all bounds then"};
inline constexpr MessageText move_by_start{"move_by_start", "因为它的开始变了", "because its start has moved"};

// a delay without an answer
inline constexpr MessageText delay_without_dates{"delay_without_dates", "此后的排程没有可行日期",
                                                 "there are no dates that keep all bounds after this"};

// plan quality
inline constexpr MessageText quality_share{"quality_share", "{0}：{1}/{2}，不得超过 {3}%",
                                           "{0}: {1} of {2}, at most {3}% are allowed"};
inline constexpr MessageText quality_share_least{"quality_share_least", "{0}：{1}/{2}，至少应为 {3}%",
                                                 "{0}: {1} of {2}, at least {3}% are needed"};
inline constexpr MessageText quality_index{"quality_index", "{0}：{1}，至少应为 {2}",
                                           "{0}: {1}, at least {2} is needed"};
inline constexpr MessageText quality_undefined{"quality_undefined", "{0}：没有可计算的依据",
                                               "{0}: there is nothing to compute it from"};

inline constexpr const MessageText* all_schedule_log_messages[] = {
    &log_by_link,
    &log_by_late_link,
    &log_by_other,
    &log_days_off,
    &move_none,
    &move_start,
    &move_finish,
    &move_by_predecessor,
    &move_by_new_link,
    &move_by_removed_link,
    &move_by_lag,
    &move_by_duration,
    &move_by_actual,
    &move_by_bound,
    &move_by_data_date,
    &move_by_project_start,
    &move_by_calendar,
    &move_by_new_task,
    &move_by_removed_task,
    &move_by_rules,
    &move_by_start,
    &delay_without_dates,
    &quality_share,
    &quality_share_least,
    &quality_index,
    &quality_undefined,
    &log_start,
    &log_resume,
    &log_finish,
    &log_late_start,
    &log_late_finish,
    &move_from_nothing,
};

}  // namespace countyplan::message
