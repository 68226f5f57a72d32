// Replaying events, and sharing what they did.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <numeric>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <countyplan/error.hpp>
#include <countyplan/separate.hpp>
#include <countyplan/solve/proof/int128.hpp>
#include <countyplan/solve/remaining_time.hpp>
#include <countyplan/track/delay.hpp>
#include <countyplan/track/impl/critical_path_fields.hpp>
#include <countyplan/track/impl/float_path.hpp>
#include <countyplan/track/schedule_log_messages.hpp>

namespace countyplan {

namespace detail {

COUNTYPLAN_INLINE std::optional<std::int64_t>& field_of(CriticalPathTask& task, DelayField field) {
    switch (field) {
        case DelayField::duration:
            break;
        case DelayField::remaining:
            return task.remaining;
        case DelayField::actual_start:
            return task.actual_start;
        case DelayField::actual_finish:
            return task.actual_finish;
        case DelayField::start_no_earlier:
            return task.start_no_earlier;
        case DelayField::finish_no_earlier:
            return task.finish_no_earlier;
        case DelayField::start_no_later:
            return task.start_no_later;
        case DelayField::finish_no_later:
            return task.finish_no_later;
        case DelayField::deadline:
            return task.deadline;
        case DelayField::mandatory_start:
            return task.mandatory_start;
        case DelayField::mandatory_finish:
            return task.mandatory_finish;
    }
    throw InvalidProblem({message::track_no_such_item,
                          {std::to_string(static_cast<int>(field)), std::to_string(enumerator_count<DelayField>)}},
                         "field");
}

COUNTYPLAN_INLINE void require_item(std::size_t at, std::size_t count, std::string place) {
    if (at < count) return;
    throw InvalidProblem({message::track_no_such_item, {std::to_string(at), std::to_string(count)}}, std::move(place));
}

/// The boundary, in the project's calendar, of the last finish of `project`.
COUNTYPLAN_INLINE std::int64_t reached_boundary(const CriticalPathProblem& problem, const CriticalPathResult& result,
                                                std::uint32_t project) {
    const Calendar& calendar = problem.calendars[problem.projects[project].calendar];
    return calendar.rank_number(reached_ends(problem, result)[project]);
}

COUNTYPLAN_INLINE std::int64_t delayed_end(const CriticalPathProblem& problem, std::uint32_t project,
                                           const std::string& place) {
    try {
        const CriticalPathResult result = solve(problem);
        if (result.termination == Termination::optimal) return reached_boundary(problem, result, project);
    } catch (const InvalidProblem& why) {
        throw InvalidProblem(why.message(), place);
    }
    throw InvalidProblem({message::delay_without_dates}, place);
}

/// `changed_by`, refused at the place of the event.
COUNTYPLAN_INLINE CriticalPathProblem moved_on(CriticalPathProblem problem, const DelayEvent& event,
                                               const std::string& place) {
    try {
        return changed_by(std::move(problem), event);
    } catch (const InvalidProblem& why) {
        throw InvalidProblem(why.message(), place);
    }
}

/// Charges each window with what the ends moved in it.
class DelayWalk {
  public:
    explicit DelayWalk(std::size_t counties) { out_.counties = ById<Id<County>, DelayAnalysis>(counties); }

    /// Goes on to a day; false where its schedule did not come to an end.
    bool go_to(Day day, const Schedule& state) {
        if (state.termination == Termination::infeasible) {
            out_.without_dates.push_back(day);
            return true;
        }
        if (state.termination != Termination::optimal) {
            out_ = {.cause = state.cause};
            return false;
        }
        const std::vector<std::int64_t> reached = reached_ends(state.problem, state.result);
        for (const Id<County> county : out_.counties.ids()) {
            const CriticalPathProject& project = state.problem.projects[county.value()];
            const std::int64_t end = state.problem.calendars[project.calendar].rank_number(reached[county.value()]);
            DelayAnalysis& analysis = out_.counties[county];
            if (has_begun_) {
                analysis.windows.push_back({.id = to_text(day), .before = analysis.after, .after = end});
            } else {
                analysis.before = end;
            }
            analysis.after = end;
        }
        has_begun_ = true;
        return true;
    }

    [[nodiscard]] DelayReport report() { return std::move(out_); }

  private:
    DelayReport out_{};
    bool has_begun_ = false;
};

}  // namespace detail

COUNTYPLAN_INLINE CriticalPathProblem changed_by(CriticalPathProblem problem, const DelayEvent& event) {
    for (std::size_t i = 0; i < event.tasks.size(); ++i) {
        const TaskChange& change = event.tasks[i];
        detail::require_item(change.task, problem.tasks.size(), detail::place_of("tasks", i, "task"));
        CriticalPathTask& task = problem.tasks[change.task];
        if (change.field == DelayField::duration) {
            task.duration = change.value.value_or(task.duration);
        } else {
            detail::field_of(task, change.field) = change.value;
        }
    }
    for (std::size_t i = 0; i < event.lags.size(); ++i) {
        detail::require_item(event.lags[i].link, problem.links.size(), detail::place_of("lags", i, "link"));
        problem.links[event.lags[i].link].lag = event.lags[i].lag;
    }
    problem.links.insert(problem.links.end(), event.new_links.begin(), event.new_links.end());
    if (event.data_date) problem.data_date = std::max(problem.data_date.value_or(*event.data_date), *event.data_date);
    return problem;
}

COUNTYPLAN_INLINE DelayAnalysis delay_windows(const CriticalPathProblem& problem, std::span<const DelayEvent> events,
                                              std::uint32_t project) {
    detail::require_item(project, problem.projects.size(), "project");
    DelayAnalysis out;
    out.before = out.after = detail::delayed_end(problem, project, "problem");
    CriticalPathProblem now = problem;
    for (std::size_t i = 0; i < events.size(); ++i) {
        const std::string place = detail::place_of("events", i);
        now = detail::moved_on(std::move(now), events[i], place);
        const std::int64_t end = detail::delayed_end(now, project, place);
        out.windows.push_back({.id = events[i].id, .before = out.after, .after = end});
        out.after = end;
    }
    return out;
}

COUNTYPLAN_INLINE DelayReport delay_windows(const Ledger& ledger, std::span<const AsOf> days,
                                            const ScheduleOptions& options, const Stop& stop) {
    const detail::RemainingTime time(stop);
    detail::DelayWalk walk(ledger.plan().rows().counties.size());
    for (const AsOf& day : days) {
        if (!walk.go_to(day.valid, schedule(ledger, day, options, time.rest()))) break;
    }
    return walk.report();
}

COUNTYPLAN_INLINE DelayReport delay_windows(const Ledger& ledger, std::span<const AsOf> days, const Schedule& last,
                                            const ScheduleOptions& options, const Stop& stop) {
    COUNTYPLAN_EXPECT(last.as_of, "the last schedule is one with progress");
    const detail::RemainingTime time(stop);
    detail::DelayWalk walk(ledger.plan().rows().counties.size());
    for (const AsOf& day : days) {
        if (!walk.go_to(day.valid, schedule(ledger, day, options, time.rest()))) return walk.report();
    }
    (void)walk.go_to(last.as_of->valid, last);
    return walk.report();
}

COUNTYPLAN_INLINE std::vector<DelayShare> shapley_values(std::size_t players, std::span<const std::int64_t> worth) {
    if (players > most_shared_events) {
        throw InvalidProblem(
            {message::track_out_of_range, {std::to_string(players), "0", std::to_string(most_shared_events)}},
            "players");
    }
    const std::size_t sets = std::size_t{1} << players;
    if (worth.size() != sets) {
        throw InvalidProblem({message::track_wrong_length, {std::to_string(worth.size()), std::to_string(sets)}},
                             "worth");
    }
    std::vector<std::int64_t> factorial{1};
    for (std::size_t i = 1; i <= players; ++i)
        factorial.push_back(factorial.back() * static_cast<std::int64_t>(i));
    std::vector<DelayShare> out(players);
    for (std::size_t i = 0; i < players; ++i) {
        detail::int128 sum = 0;
        const std::size_t mine = std::size_t{1} << i;
        for (std::size_t set = 0; set < sets; ++set) {
            if ((set & mine) != 0) continue;
            const auto size = static_cast<std::size_t>(__builtin_popcountll(set));
            const std::int64_t orders = factorial[size] * factorial[players - size - 1];
            sum += (static_cast<detail::int128>(worth[set | mine]) - worth[set]) * orders;
        }
        std::int64_t numerator = 0;
        if (__builtin_add_overflow(sum, 0, &numerator) || numerator == std::numeric_limits<std::int64_t>::min())
            throw std::overflow_error("share out of range");
        const std::int64_t common = std::gcd(numerator, factorial[players]);
        out[i] = {.id = {}, .numerator = numerator / common, .denominator = factorial[players] / common};
    }
    return out;
}

COUNTYPLAN_INLINE std::vector<DelayShare> delay_shares(const CriticalPathProblem& problem,
                                                       std::span<const DelayEvent> events, std::uint32_t project) {
    detail::require_item(project, problem.projects.size(), "project");
    if (events.size() > most_shared_events) (void)shapley_values(events.size(), {});
    std::vector<std::int64_t> worth(std::size_t{1} << events.size());
    worth[0] = detail::delayed_end(problem, project, "problem");
    for (std::size_t set = 1; set < worth.size(); ++set) {
        CriticalPathProblem now = problem;
        std::size_t last = 0;
        for (std::size_t i = 0; i < events.size(); ++i) {
            if ((set >> i & 1) == 0) continue;
            now = detail::moved_on(std::move(now), events[i], detail::place_of("events", i));
            last = i;
        }
        worth[set] = detail::delayed_end(now, project, detail::place_of("events", last));
    }
    std::vector<DelayShare> out = shapley_values(events.size(), worth);
    for (std::size_t i = 0; i < events.size(); ++i)
        out[i].id = events[i].id;
    return out;
}

}  // namespace countyplan
