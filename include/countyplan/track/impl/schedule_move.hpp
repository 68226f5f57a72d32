// Following a date from one schedule to another, down to what moved it.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <countyplan/error.hpp>
#include <countyplan/graph/csr.hpp>
#include <countyplan/separate.hpp>
#include <countyplan/track/impl/schedule_log.hpp>

namespace countyplan {

namespace detail {

/// Follows a date from the schedule in which it is later towards what makes it so.
class MoveTracer {
  public:
    /// `other_of`: per task of `late` its number in `other`, or `Drivers::own`.
    MoveTracer(const ScheduleReader& late, const ScheduleReader& other, std::vector<std::uint32_t> other_of,
               bool is_later)
        : late_(late), other_(other), other_of_(std::move(other_of)), is_later_(is_later) {
        into_ = CompressedRows::group(other.problem().tasks.size(), other.problem().links.size(),
                                      [&](std::uint32_t a) { return other.problem().links[a].successor; });
    }

    [[nodiscard]] std::vector<MoveStep> trace(std::uint32_t v) {
        const std::optional<std::int64_t> is = late_.means().task(v).actual_finish;
        const std::optional<std::int64_t> was =
            is_new(v) ? std::nullopt : other_.means().task(other_of_[v]).actual_finish;
        if ((is || was) && !is_new(v)) {
            steps_.push_back(step(v, true));
            place(steps_.back(), late_.instant(v, is.value_or(late_.event(v, true)), true),
                  other_.instant(other_of_[v], was.value_or(other_.event(other_of_[v], true)), true));
            steps_.back().cause = MoveCause::actual;
            steps_.back().other = v;
            return std::move(steps_);
        }
        bool at_finish = true;
        for (std::optional<std::uint32_t> at = v; at;)
            at = look(*at, at_finish);
        return std::move(steps_);
    }

  private:
    void place(MoveStep& out, std::int64_t in_late, std::optional<std::int64_t> in_other) const {
        out.before = is_later_ ? in_other : std::optional(in_late);
        out.after = is_later_ ? std::optional(in_late) : in_other;
    }
    [[nodiscard]] MoveStep step(std::uint32_t v, bool at_finish) const {
        MoveStep out;
        out.task = v;
        out.at_finish = at_finish;
        std::optional<std::int64_t> there;
        if (!is_new(v)) {
            there = other_.instant(other_of_[v], other_.event(other_of_[v], at_finish), at_finish);
        }
        place(out, late_.instant(v, late_.event(v, at_finish), at_finish), there);
        const std::int64_t work = late_.means().days(v);
        const std::int64_t work_there = is_new(v) ? work : other_.means().days(other_of_[v]);
        out.work_before = is_later_ ? work_there : work;
        out.work_after = is_later_ ? work : work_there;
        return out;
    }
    /// Whether an event is later than in the other schedule.
    [[nodiscard]] bool lags(std::uint32_t v, bool at_finish) const {
        const std::uint32_t u = other_of_[v];
        return late_.instant(v, late_.event(v, at_finish), at_finish) >
               other_.instant(u, other_.event(u, at_finish), at_finish);
    }
    [[nodiscard]] bool is_new(std::uint32_t v) const { return other_of_[v] == Drivers::own; }

    /// Adds the step of one event; gives the task of the next one, whose event `at_finish` then tells.
    std::optional<std::uint32_t> look(std::uint32_t v, bool& at_finish) {
        MoveStep out = step(v, at_finish);
        if (is_new(v)) {
            out.cause = is_later_ ? MoveCause::new_task : MoveCause::removed_task;
            out.other = v;
            return end(out);
        }
        const DateReason reason = late_.early_reason(v);
        const std::int64_t work = late_.means().days(v);
        const std::int64_t work_there = other_.means().days(other_of_[v]);
        if (late_.rests_at_finish(reason) != at_finish) {
            // The other end of the task carries it, unless the work between them does.
            if (!lags(v, !at_finish)) {
                const bool by_work = at_finish ? work > work_there : work < work_there;
                out.cause = by_work ? MoveCause::work : otherwise();
                return end(out);
            }
            if (at_finish) {
                out.cause = MoveCause::start;
                steps_.push_back(out);
                at_finish = false;
                return v;
            }
        }
        if (reason.driver == DateDriver::link) return follow(reason, out, at_finish);
        out.bound = reason.driver;
        out.cause = own_cause(v, reason.driver);
        return end(out);
    }

    /// What is left where nothing about the task and what it waits for has changed.
    [[nodiscard]] MoveCause otherwise() const {
        return late_.problem().calendars != other_.problem().calendars ? MoveCause::calendar : MoveCause::rules;
    }

    std::optional<std::uint32_t> end(const MoveStep& out) {
        steps_.push_back(out);
        return std::nullopt;
    }

    [[nodiscard]] MoveCause own_cause(std::uint32_t v, DateDriver driver) const {
        const CriticalPathTask& here = late_.means().task(v);
        const CriticalPathTask& there = other_.means().task(other_of_[v]);
        switch (driver) {
            case DateDriver::data_date:
                if (late_.problem().data_date != other_.problem().data_date) return MoveCause::data_date;
                break;
            case DateDriver::project_start:
                if (late_.problem().projects[here.project].start != other_.problem().projects[there.project].start) {
                    return MoveCause::project_start;
                }
                if (there.actual_start) return MoveCause::actual;
                break;
            case DateDriver::start_no_earlier:
                if (here.start_no_earlier != there.start_no_earlier) return MoveCause::bound;
                break;
            case DateDriver::finish_no_earlier:
                if (here.finish_no_earlier != there.finish_no_earlier) return MoveCause::bound;
                break;
            case DateDriver::mandatory_start:
                if (here.mandatory_start != there.mandatory_start) return MoveCause::bound;
                break;
            case DateDriver::mandatory_finish:
                if (here.mandatory_finish != there.mandatory_finish) return MoveCause::bound;
                break;
            default:
                break;
        }
        if (here.actual_start != there.actual_start || here.actual_finish != there.actual_finish) {
            return MoveCause::actual;
        }
        return otherwise();
    }

    /// The link of the other schedule that is the same as `a`, preferably with the same lag.
    [[nodiscard]] std::optional<std::uint32_t> same_link(std::uint32_t a) const {
        const CriticalPathLink& here = late_.problem().links[a];
        const std::uint32_t from = other_of_[here.predecessor];
        const std::uint32_t to = other_of_[here.successor];
        std::optional<std::uint32_t> out;
        if (from == Drivers::own || to == Drivers::own) return out;
        for (const std::uint32_t b : into_[to]) {
            const CriticalPathLink& there = other_.problem().links[b];
            if (there.predecessor != from || there.type != here.type || there.bound != here.bound ||
                there.lag_calendar != here.lag_calendar) {
                continue;
            }
            if (!out || there.lag == here.lag) out = b;
            if (there.lag == here.lag) break;
        }
        return out;
    }

    std::optional<std::uint32_t> follow(const DateReason& reason, MoveStep out, bool& at_finish) {
        const ScheduleMeaning& means = late_.means();
        const std::uint32_t a = reason.link;
        const std::uint32_t u = means.awaited(a);
        out.other = u;
        const bool awaits_finish = means.awaits_finish(a);
        const std::optional<std::uint32_t> b = same_link(a);
        if (!b) {
            out.cause = is_later_ ? MoveCause::new_link : MoveCause::removed_link;
            return end(out);
        }
        const auto happened_there = other_.means().awaited_happened(*b);
        if (reason.by_actual && means.awaited_happened(a) != happened_there) {
            out.cause = MoveCause::actual;
            return end(out);
        }
        if (!reason.by_actual && !is_new(u) && lags(u, awaits_finish)) {
            out.cause = MoveCause::predecessor;
            steps_.push_back(out);
            at_finish = awaits_finish;
            return u;
        }
        if (late_.means().lag(a) != other_.means().lag(*b)) {
            out.cause = MoveCause::lag;
            const std::int64_t lag = late_.problem().links[a].lag;
            const std::int64_t lag_there = other_.problem().links[*b].lag;
            out.lag_before = is_later_ ? lag_there : lag;
            out.lag_after = is_later_ ? lag : lag_there;
        } else if (means.awaited_happened(a) != happened_there ||
                   means.task(out.task).actual_start != other_.means().task(other_of_[out.task]).actual_start) {
            out.cause = MoveCause::actual;
        } else {
            out.cause = otherwise();
        }
        return end(out);
    }

    const ScheduleReader& late_;
    const ScheduleReader& other_;
    std::vector<std::uint32_t> other_of_;
    bool is_later_;
    CompressedRows into_;
    std::vector<MoveStep> steps_{};
};

COUNTYPLAN_INLINE Message day_message(const MessageText& row, const std::string& name, std::int64_t before,
                                      std::int64_t after, bool at_finish) {
    const auto print = [&](std::int64_t instant) {
        const std::int64_t number = at_finish ? instant - 1 : instant;
        return to_text(Day(std::chrono::sys_days(std::chrono::days(number))));
    };
    return {row, {name, print(before), print(after)}};
}

COUNTYPLAN_INLINE Message why_message(const MoveStep& step, std::span<const std::string> names) {
    const std::string other = step.other == Drivers::own ? std::string() : names[step.other];
    switch (step.cause) {
        case MoveCause::predecessor:
            return {message::move_by_predecessor, {other}};
        case MoveCause::new_link:
            return {message::move_by_new_link, {other}};
        case MoveCause::removed_link:
            return {message::move_by_removed_link, {other}};
        case MoveCause::lag:
            return {message::move_by_lag, {other, std::to_string(step.lag_before), std::to_string(step.lag_after)}};
        case MoveCause::work:
            return {message::move_by_duration, {std::to_string(step.work_before), std::to_string(step.work_after)}};
        case MoveCause::actual:
            return {message::move_by_actual, {step.other == Drivers::own ? names[step.task] : other}};
        case MoveCause::bound:
            return {message::move_by_bound, {word(step.bound)}};
        case MoveCause::data_date:
            return message::move_by_data_date;
        case MoveCause::project_start:
            return message::move_by_project_start;
        case MoveCause::calendar:
            return message::move_by_calendar;
        case MoveCause::new_task:
            return {message::move_by_new_task, {names[step.task]}};
        case MoveCause::removed_task:
            return {message::move_by_removed_task, {names[step.task]}};
        case MoveCause::start:
            return message::move_by_start;
        case MoveCause::rules:
            break;
    }
    return message::move_by_rules;
}

}  // namespace detail

COUNTYPLAN_INLINE MoveExplanation explain_move(const CriticalPathProblem& before,
                                               const CriticalPathResult& dates_before, const CriticalPathProblem& after,
                                               const CriticalPathResult& dates_after, std::uint32_t task,
                                               std::span<const std::uint32_t> before_of) {
    COUNTYPLAN_EXPECT(dates_before.termination == Termination::optimal, "only a schedule with dates can be read");
    COUNTYPLAN_EXPECT(dates_after.termination == Termination::optimal, "only a schedule with dates can be read");
    std::vector<std::uint32_t> forward(before_of.begin(), before_of.end());
    for (auto v = static_cast<std::uint32_t>(forward.size()); v < after.tasks.size(); ++v)
        forward.push_back(before_of.empty() && v < before.tasks.size() ? v : Drivers::own);
    const detail::ScheduleReader then(before, dates_before);
    const detail::ScheduleReader now(after, dates_after);
    const auto printed = [](const detail::ScheduleReader& reader, std::uint32_t v) {
        return reader.instant(v, finish_of(reader.means().task(v), reader.dates(v)), true);
    };
    MoveExplanation out;
    out.is_later = forward[task] == Drivers::own || printed(now, task) > printed(then, forward[task]);
    if (out.is_later) {
        out.steps = detail::MoveTracer(now, then, std::move(forward), true).trace(task);
    } else if (printed(now, task) < printed(then, forward[task])) {
        const std::uint32_t asked = forward[task];
        std::vector<std::uint32_t> back(before.tasks.size(), Drivers::own);
        for (std::uint32_t v = 0; v < forward.size(); ++v) {
            if (forward[v] != Drivers::own) back[forward[v]] = v;
        }
        out.steps = detail::MoveTracer(then, now, std::move(back), false).trace(asked);
    }
    return out;
}

COUNTYPLAN_INLINE MoveExplanation explain_move(const Plan& plan_before, const Schedule& before, const Plan& plan_after,
                                               const Schedule& after, Id<Task> task) {
    std::vector<std::uint32_t> before_of;
    for (const Id<Task> id : after.tasks.ids()) {
        const Id<Task> then = plan_before.find<Task>(plan_after.rows().tasks[id].id);
        before_of.push_back(then ? static_cast<std::uint32_t>(then.value()) : Drivers::own);
    }
    return explain_move(before.problem, before.result, after.problem, after.result,
                        static_cast<std::uint32_t>(task.value()), before_of);
}

COUNTYPLAN_INLINE std::vector<Message> sentences(const MoveExplanation& move, const std::string& asked,
                                                 std::span<const std::string> names) {
    std::vector<Message> out;
    if (move.steps.empty()) out.push_back({message::move_none, {asked}});
    bool is_told = false;  // what takes no time has one day
    for (const MoveStep& step : move.steps) {
        if (step.before && step.after && !is_told) {
            out.push_back(detail::day_message(step.at_finish ? message::move_finish : message::move_start,
                                              names[step.task], *step.before, *step.after, step.at_finish));
        }
        is_told = step.cause == MoveCause::start && step.work_before == 0 && step.work_after == 0;
        if (is_told) continue;
        if (step.at_finish && step.cause != MoveCause::work && step.work_before != step.work_after) {
            out.push_back(
                {message::move_by_duration, {std::to_string(step.work_before), std::to_string(step.work_after)}});
        }
        out.push_back(detail::why_message(step, names));
    }
    return out;
}

}  // namespace countyplan
