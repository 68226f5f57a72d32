// What each link and each bound of a network says, from the definitions alone; for the checker.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

#include <countyplan/track/critical_path.hpp>

namespace countyplan {

namespace detail {

/// Sections 3 to 5 of the rules, read one sentence at a time, forward images only.
class ScheduleMeaning {
  public:
    using Boundary = std::optional<std::int64_t>;
    static constexpr std::int64_t lowest = -(std::int64_t{1} << 61);
    static constexpr std::int64_t highest = std::int64_t{1} << 61;

    explicit ScheduleMeaning(const CriticalPathProblem& problem) : problem_(problem) {}

    // ---- tasks ----

    [[nodiscard]] const CriticalPathTask& task(std::size_t v) const { return problem_.tasks[v]; }
    [[nodiscard]] const Calendar& calendar(std::size_t v) const { return problem_.calendars[task(v).calendar]; }
    [[nodiscard]] bool has_started(std::size_t v) const { return task(v).actual_start.has_value(); }
    [[nodiscard]] bool is_complete(std::size_t v) const { return task(v).actual_finish.has_value(); }
    /// The boundary after the data date; far in the past without one.
    [[nodiscard]] std::int64_t data_date(std::size_t v) const {
        if (!problem_.data_date) return lowest;
        return calendar(v).rank_number(problem_.data_date->number() + std::int64_t{1});
    }
    /// Working days that remain.
    [[nodiscard]] std::int64_t days(std::size_t v) const {
        const CriticalPathTask& t = task(v);
        if (is_complete(v)) return 0;
        if (t.remaining) return *t.remaining;
        if (!has_started(v) || t.duration == 0) return t.duration;
        const std::int64_t worked = data_date(v) - *t.actual_start;
        return worked >= t.duration ? 1 : t.duration - worked;
    }
    [[nodiscard]] bool as_ms_project() const { return problem_.rules == ScheduleRules::ms_project; }

    /// The earliest start that the task's own bounds allow.
    [[nodiscard]] std::int64_t release(std::size_t v, bool has_predecessor) const {
        const CriticalPathTask& t = task(v);
        std::int64_t out = data_date(v);
        if (!has_started(v)) {
            if (!as_ms_project() || !has_predecessor) {
                out = std::max(out, calendar(v).rank(problem_.projects[t.project].start));
            }
            out = std::max({out, t.start_no_earlier.value_or(lowest), t.mandatory_start.value_or(lowest)});
        }
        if (!is_complete(v)) {
            if (t.finish_no_earlier) out = std::max(out, *t.finish_no_earlier - days(v));
            if (t.mandatory_finish) out = std::max(out, *t.mandatory_finish - days(v));
        }
        return out;
    }
    /// The latest start that mandatory dates allow.
    [[nodiscard]] std::int64_t mandate(std::size_t v) const {
        const CriticalPathTask& t = task(v);
        std::int64_t out = highest;
        if (!has_started(v) && t.mandatory_start) out = std::min(out, *t.mandatory_start);
        if (!is_complete(v) && t.mandatory_finish) out = std::min(out, *t.mandatory_finish - days(v));
        return out;
    }
    /// The latest start that goes before links by the rules of MS Project.
    [[nodiscard]] std::int64_t cap(std::size_t v) const {
        const CriticalPathTask& t = task(v);
        std::int64_t out = mandate(v);
        if (!has_started(v) && t.start_no_later) out = std::min(out, *t.start_no_later);
        if (!is_complete(v) && t.finish_no_later) out = std::min(out, *t.finish_no_later - days(v));
        return out;
    }
    /// The latest finish that the task's own bounds allow.
    [[nodiscard]] std::int64_t due(std::size_t v) const {
        std::int64_t out = cap(v);
        if (!is_complete(v) && task(v).deadline) out = std::min(out, *task(v).deadline - days(v));
        return out + days(v);
    }

    // ---- links ----

    [[nodiscard]] const CriticalPathLink& link(std::size_t a) const { return problem_.links[a]; }
    [[nodiscard]] bool is_maximum(std::size_t a) const { return link(a).bound == LinkBound::maximum; }
    /// The task and the event that wait, and those that are waited for.
    [[nodiscard]] std::uint32_t waiting(std::size_t a) const {
        return is_maximum(a) ? link(a).predecessor : link(a).successor;
    }
    [[nodiscard]] std::uint32_t awaited(std::size_t a) const {
        return is_maximum(a) ? link(a).successor : link(a).predecessor;
    }
    [[nodiscard]] bool waits_at_finish(std::size_t a) const {
        return is_maximum(a) ? predecessor_finish(a) : successor_finish(a);
    }
    [[nodiscard]] bool awaits_finish(std::size_t a) const {
        return is_maximum(a) ? successor_finish(a) : predecessor_finish(a);
    }
    [[nodiscard]] std::int64_t lag(std::size_t a) const { return is_maximum(a) ? -link(a).lag : link(a).lag; }
    /// When the event waited for, or the waiting one, happened.
    [[nodiscard]] Boundary awaited_happened(std::size_t a) const { return happened(awaited(a), awaits_finish(a)); }
    [[nodiscard]] Boundary waiting_happened(std::size_t a) const { return happened(waiting(a), waits_at_finish(a)); }

    /// Whether the link says nothing to the task that waits.
    [[nodiscard]] bool is_ignored(std::size_t a) const {
        if (is_maximum(a) && waiting_happened(a)) return true;
        return problem_.logic != ProgressLogic::retained && has_started(waiting(a));
    }
    /// Whether the scheduled event that is waited for counts.
    [[nodiscard]] bool is_moving(std::size_t a) const {
        if (is_ignored(a)) return false;
        if (!awaited_happened(a)) return true;
        return !is_maximum(a) && problem_.logic != ProgressLogic::actual_dates;
    }
    /// The lag from the scheduled event: none where it has happened, for the lag runs from what happened.
    [[nodiscard]] std::int64_t moving_lag(std::size_t a) const { return awaited_happened(a) ? 0 : lag(a); }
    /// Whether the link bounds late dates.
    [[nodiscard]] bool bounds_late(std::size_t a) const {
        return is_moving(a) && !awaited_happened(a) && !waiting_happened(a);
    }
    /// The bound on the waiting event by what has happened.
    [[nodiscard]] Boundary fixed(std::size_t a) const {
        const Boundary at = awaited_happened(a);
        if (!at || is_ignored(a)) return std::nullopt;
        return image(a, *at, lag(a));
    }
    /// A maximum whose earlier event has happened: the boundary that the image of the later one may not pass.
    [[nodiscard]] Boundary late_limit(std::size_t a) const {
        if (!is_maximum(a) || awaited_happened(a)) return std::nullopt;
        return waiting_happened(a);
    }

    /// Section 3: the boundary as an instant, moved on the lag's calendar, counted on the waiting task's.
    [[nodiscard]] std::int64_t image(std::size_t a, std::int64_t w, std::int64_t by) const {
        const std::uint32_t from = task(awaited(a)).calendar;
        const std::uint32_t to = task(waiting(a)).calendar;
        const std::optional<std::uint32_t> counted = counted_on(a);
        if (from == to && (by == 0 || counted == from)) return w + by;
        const Calendar& calendar_from = problem_.calendars[from];
        const Calendar& calendar_to = problem_.calendars[to];
        const std::int64_t instant =
            awaits_finish(a) ? calendar_from.select_number(w - 1) + 1 : calendar_from.select_number(w);
        if (by == 0) return calendar_to.rank_number(instant);
        if (!counted) return calendar_to.rank_number(instant + by);
        const Calendar& calendar_lag = problem_.calendars[*counted];
        const std::int64_t moved = calendar_lag.rank_number(instant) + by;
        return calendar_to.rank_number(by > 0 ? calendar_lag.select_number(moved - 1) + 1
                                              : calendar_lag.select_number(moved));
    }
    /// What the link adds from start to start, where it is counted on one calendar.
    [[nodiscard]] Boundary length(std::size_t a) const {
        const std::uint32_t calendar = task(awaited(a)).calendar;
        const std::int64_t by = moving_lag(a);
        if (!is_moving(a) || calendar != task(waiting(a)).calendar) return std::nullopt;
        if (by != 0 && counted_on(a) != calendar) return std::nullopt;
        return by + (awaits_finish(a) ? days(awaited(a)) : 0) - (waits_at_finish(a) ? days(waiting(a)) : 0);
    }
    /// The bound on the start of the waiting task, given a start of the other one; `lowest` if there is none.
    [[nodiscard]] std::int64_t start_bound(std::size_t a, std::int64_t start) const {
        std::int64_t out = lowest;
        if (is_moving(a)) out = image(a, start + (awaits_finish(a) ? days(awaited(a)) : 0), moving_lag(a));
        if (const Boundary at = fixed(a)) out = std::max(out, *at);
        return out == lowest ? lowest : out - (waits_at_finish(a) ? days(waiting(a)) : 0);
    }

    /// Whether reported dates contradict the link.
    [[nodiscard]] bool is_violated(std::size_t a) const {
        const Boundary later = waiting_happened(a);
        if (!later) return false;
        Boundary earlier = awaited_happened(a);
        if (!earlier) {
            earlier = data_date(awaited(a));
            if (awaits_finish(a) && days(awaited(a)) > 0) ++*earlier;
        }
        return image(a, *earlier, lag(a)) > *later;
    }

  private:
    [[nodiscard]] bool predecessor_finish(std::size_t a) const {
        switch (link(a).type) {
            case LinkKind::finish_start:
            case LinkKind::finish_finish:
                return true;
            case LinkKind::start_start:
            case LinkKind::start_finish:
                break;
        }
        return false;
    }
    [[nodiscard]] bool successor_finish(std::size_t a) const {
        switch (link(a).type) {
            case LinkKind::finish_finish:
            case LinkKind::start_finish:
                return true;
            case LinkKind::finish_start:
            case LinkKind::start_start:
                break;
        }
        return false;
    }
    [[nodiscard]] Boundary happened(std::uint32_t v, bool finish) const {
        return finish ? task(v).actual_finish : task(v).actual_start;
    }
    /// The calendar that counts the lag; unset for civil days.
    [[nodiscard]] std::optional<std::uint32_t> counted_on(std::size_t a) const {
        switch (link(a).lag_calendar) {
            case LagCalendar::predecessor:
                return task(link(a).predecessor).calendar;
            case LagCalendar::successor:
                return task(link(a).successor).calendar;
            case LagCalendar::project:
                return problem_.projects[task(link(a).predecessor).project].calendar;
            case LagCalendar::elapsed:
                break;
        }
        return std::nullopt;
    }

    const CriticalPathProblem& problem_;
};

}  // namespace detail

}  // namespace countyplan
