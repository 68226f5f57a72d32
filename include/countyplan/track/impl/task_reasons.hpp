// Telling the log of one task, and its move since a day.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include <countyplan/error.hpp>
#include <countyplan/separate.hpp>
#include <countyplan/track/schedule_log_messages.hpp>
#include <countyplan/track/task_reasons.hpp>

namespace countyplan {

namespace detail {

/// The sentences of a task's log, each beginning with the name of a date and its day.
inline std::vector<Message> log_sentences(const Schedule& schedule, const TaskLog& log, Id<Task> task,
                                          const std::vector<std::string>& names) {
    std::vector<Message> out;
    const TaskDates& dates = schedule.tasks[task];
    const auto tell = [&](const MessageText& which, Day day, const DateReason& reason, bool is_late) {
        const Message what(which, {to_text(day)});
        const MessageArgument both(text(what, Language::zh), text(what, Language::en));
        for (const Message& sentence : sentences(both, reason, is_late, schedule.problem, names))
            out.push_back(sentence);
    };
    tell(message::log_start, dates.early_start, log.start, false);
    if (dates.has_started && !dates.is_complete) {
        const Calendar& calendar = schedule.calendars()[dates.calendar];
        tell(message::log_resume, calendar.start_day(dates.boundary.early_start), log.resume, false);
    }
    tell(message::log_finish, dates.early_finish, log.finish, false);
    if (dates.is_complete) return out;
    tell(message::log_late_start, dates.late_start, log.late_start, true);
    tell(message::log_late_finish, dates.late_finish, log.late_finish, true);
    return out;
}

}  // namespace detail

COUNTYPLAN_INLINE TaskReasons task_reasons(const Plan& plan, const Tracking& tracking, Id<Task> task,
                                           std::optional<Day> since, const Stop& stop) {
    COUNTYPLAN_EXPECT(tracking.termination == Termination::optimal, "only a schedule with dates has reasons");
    COUNTYPLAN_EXPECT(!since || *since < tracking.as_of.valid, "a move is told since an earlier day");
    std::vector<std::string> names;
    for (const Task& row : plan.rows().tasks)
        names.push_back(row.id);
    TaskReasons out{.task = task, .since = since};
    out.log = detail::log_sentences(tracking.schedule, tracking.log[task], task, names);
    if (!since) return out;
    const Ledger ledger(plan);
    const AsOf then{*since, std::min(*since, tracking.as_of.recorded)};
    const Schedule before = schedule(ledger, then, tracking.options.schedule, stop);
    if (before.termination == Termination::unknown) {
        out.cause = before.cause;
    } else if (before.termination == Termination::infeasible) {
        out.moved.emplace_back(message::move_from_nothing);
    } else {
        const MoveExplanation move = explain_move(plan, before, plan, tracking.schedule, task);
        out.moved = sentences(move, names[task.value()], names);
    }
    return out;
}

}  // namespace countyplan
