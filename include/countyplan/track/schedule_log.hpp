// What does each date rest on, and why did it move?
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <countyplan/plan/plan.hpp>
#include <countyplan/scalar/enumerator.hpp>
#include <countyplan/track/critical_path.hpp>
#include <countyplan/track/schedule.hpp>

namespace countyplan {

/// What a date rests on.
enum class DateDriver {
    link,  ///< another task
    work,  ///< the task's other end and what is to be done
    project_start,
    data_date,
    start_no_earlier,
    finish_no_earlier,
    start_no_later,
    finish_no_later,
    mandatory_start,
    mandatory_finish,
    deadline,
    project_end,
    actual_start,
    actual_finish,
};

template <>
struct Enumerators<DateDriver> {
    static constexpr MessageText words[] = {{"link", "依赖", "link"},
                                            {"work", "工期", "work to be done"},
                                            {"project_start", "项目开始", "start of the project"},
                                            {"data_date", "数据日期", "data date"},
                                            {"start_no_earlier", "不早于…开始", "start no earlier than"},
                                            {"finish_no_earlier", "不早于…完成", "finish no earlier than"},
                                            {"start_no_later", "不晚于…开始", "start no later than"},
                                            {"finish_no_later", "不晚于…完成", "finish no later than"},
                                            {"mandatory_start", "强制开始", "mandatory start"},
                                            {"mandatory_finish", "强制完成", "mandatory finish"},
                                            {"deadline", "期限", "deadline"},
                                            {"project_end", "项目结束", "end of the project"},
                                            {"actual_start", "实际开始", "actual start"},
                                            {"actual_finish", "实际完成", "actual finish"}};
};

/// Why a date is what it is.
struct DateReason {
    DateDriver driver = DateDriver::work;
    std::uint32_t link = Drivers::own;  ///< which, where `driver` is a link
    bool by_actual = false;             ///< the link counts from a reported date, not from a scheduled one
    /// Days off that lie between what drives the date and the date: for `work`, between the task's two ends; for
    /// links of late dates told only where they have no lag; 0 for other bounds, which are dates already.
    std::int64_t days_off = 0;

    friend bool operator==(const DateReason&, const DateReason&) = default;
};

/// The reasons of one task's dates. `start` and `finish` are as one prints them; `resume` is where what remains
/// begins: the same as `start` unless the task has begun.
struct TaskLog {
    DateReason start{};
    DateReason resume{};
    DateReason finish{};
    DateReason late_start{};
    DateReason late_finish{};

    friend bool operator==(const TaskLog&, const TaskLog&) = default;
};

/// The reasons of all dates, from the certificate of `result`, which is optimal and belongs to `problem`. Of several
/// bounds that agree the first by `DateDriver` is told. O(n + m).
[[nodiscard]] std::vector<TaskLog> schedule_log(const CriticalPathProblem& problem, const CriticalPathResult& result);

/// A reason as a sentence that begins with the name of the date, `what`; `names` has one for each task. Two
/// messages where days off lie between.
[[nodiscard]] std::vector<Message> sentences(const MessageArgument& what, const DateReason& reason, bool is_late,
                                             const CriticalPathProblem& problem, std::span<const std::string> names);

/// Why one date of one task is not where it was.
enum class MoveCause {
    predecessor,  ///< the task it waits for moved: the next step tells why
    new_link,
    removed_link,
    lag,
    work,  ///< duration, or what remains
    actual,
    bound,
    data_date,
    project_start,
    calendar,
    new_task,
    removed_task,
    start,  ///< a finish moved with its start: the next step tells why
    rules,  ///< other rules or another logic; by those of MS Project also a bound from above that holds it or did
};

template <>
struct Enumerators<MoveCause> {
    static constexpr MessageText words[] = {{"predecessor", "前置任务", "predecessor"},
                                            {"new_link", "新增依赖", "new link"},
                                            {"removed_link", "取消依赖", "removed link"},
                                            {"lag", "时距", "lag"},
                                            {"work", "工期", "work to be done"},
                                            {"actual", "实际日期", "actual date"},
                                            {"bound", "限制", "bound"},
                                            {"data_date", "数据日期", "data date"},
                                            {"project_start", "项目开始", "start of the project"},
                                            {"calendar", "工作日历", "working days"},
                                            {"new_task", "新任务", "new task"},
                                            {"removed_task", "删除的任务", "removed task"},
                                            {"start", "开始", "start"},
                                            {"rules", "规则", "rules"}};
};

/// One link of the chain from a moved date to its first cause. Instants are day numbers: of a start, its morning;
/// of a finish, the evening of its day, so the number of the next one.
struct MoveStep {
    std::uint32_t task = 0;
    bool at_finish = true;
    std::optional<std::int64_t> before{};  ///< unset: no such task then
    std::optional<std::int64_t> after{};
    MoveCause cause = MoveCause::rules;
    std::uint32_t other = Drivers::own;   ///< the task waited for, where the cause is about one
    DateDriver bound = DateDriver::work;  ///< which, where the cause is a bound
    std::int64_t lag_before = 0;          ///< where the cause is a lag
    std::int64_t lag_after = 0;
    std::int64_t work_before = 0;  ///< working days that the task needs, whatever the cause
    std::int64_t work_after = 0;

    friend bool operator==(const MoveStep&, const MoveStep&) = default;
};

/// The chain of drivers that moved a task's finish, down to the first cause. Tasks are numbered as in the schedule
/// in which the finish is later: a date that moved out is traced where it is, one that moved in where it was, for
/// there each date on the way is later than in the other schedule.
struct MoveExplanation {
    bool is_later = false;          ///< in the second schedule
    std::vector<MoveStep> steps{};  ///< empty: it has not moved

    friend bool operator==(const MoveExplanation&, const MoveExplanation&) = default;
};

/// Why the finish of `task` is not where it was. `before_of` gives each task of the later problem its number in the
/// earlier one, `Drivers::own` for a new one; empty: the tasks are the same. Links are the same where they join the
/// same events of the same tasks on the same kind of calendar. Both results are optimal. O(n + m).
[[nodiscard]] MoveExplanation explain_move(const CriticalPathProblem& before, const CriticalPathResult& dates_before,
                                           const CriticalPathProblem& after, const CriticalPathResult& dates_after,
                                           std::uint32_t task, std::span<const std::uint32_t> before_of = {});

/// The same for two schedules, of one plan or of two; tasks are the same where their ids are. `task` is of
/// `plan_after`.
[[nodiscard]] MoveExplanation explain_move(const Plan& plan_before, const Schedule& before, const Plan& plan_after,
                                           const Schedule& after, Id<Task> task);

/// What moved and why, for each step (a milestone's finish and start are told as one), and where the work changed
/// besides, that too; `asked` alone where nothing moved. `names` has one for each task of the schedule by which the
/// steps are numbered.
[[nodiscard]] std::vector<Message> sentences(const MoveExplanation& move, const std::string& asked,
                                             std::span<const std::string> names);

}  // namespace countyplan

#if !defined(COUNTYPLAN_SEPARATE) || defined(COUNTYPLAN_BODIES_TRACK)
#include <countyplan/track/impl/schedule_log.hpp>
#include <countyplan/track/impl/schedule_move.hpp>
#endif
