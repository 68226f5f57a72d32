// When can each task start and finish at the earliest and at the latest, and which ones drive the end?
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include <countyplan/plan/calendar.hpp>
#include <countyplan/plan/task.hpp>
#include <countyplan/solve/observer.hpp>
#include <countyplan/solve/proof/longest_path.hpp>
#include <countyplan/solve/proof/verdict.hpp>
#include <countyplan/solve/stop.hpp>
#include <countyplan/solve/termination.hpp>

namespace countyplan {

/// One activity. Dates are boundary indices of its own calendar (see `Calendar`). All four bounds are
/// soft: the first two move early dates, the last two only late dates (negative float tells).
struct CriticalPathTask {
    std::int64_t duration = 0;   ///< working days, >= 0
    std::uint32_t calendar = 0;  ///< index into `CriticalPathProblem::calendars`
    std::uint32_t project = 0;   ///< index into `CriticalPathProblem::projects`
    std::optional<std::int64_t> start_no_earlier = std::nullopt;
    std::optional<std::int64_t> finish_no_earlier = std::nullopt;
    std::optional<std::int64_t> start_no_later = std::nullopt;
    std::optional<std::int64_t> finish_no_later = std::nullopt;

    friend bool operator==(const CriticalPathTask&, const CriticalPathTask&) = default;
};

/// `successor` waits for `predecessor`; the lag may be negative.
struct CriticalPathLink {
    std::uint32_t predecessor = 0;
    std::uint32_t successor = 0;
    LinkKind type = LinkKind::finish_start;
    std::int64_t lag = 0;
    LagCalendar lag_calendar = LagCalendar::predecessor;

    friend bool operator==(const CriticalPathLink&, const CriticalPathLink&) = default;
};

/// What a group of activities has in common; its late dates count from its own end.
struct CriticalPathProject {
    Day start{};                               ///< its first day
    std::optional<Day> finish = std::nullopt;  ///< its set last day; unset: the last early finish
    std::uint32_t calendar = 0;                ///< counts the lags of `LagCalendar::project` after its tasks

    friend bool operator==(const CriticalPathProject&, const CriticalPathProject&) = default;
};

/// A network of activities without cycles; links may cross projects.
struct CriticalPathProblem {
    static constexpr std::int64_t max_days = 10'000'000;         ///< for durations and lags, in size
    static constexpr std::int64_t max_boundary = 1'000'000'000;  ///< for the four bounds, in size

    std::vector<Calendar> calendars{};
    std::vector<CriticalPathProject> projects{};
    std::vector<CriticalPathTask> tasks{};
    std::vector<CriticalPathLink> links{};

    friend bool operator==(const CriticalPathProblem&, const CriticalPathProblem&) = default;
};

struct CriticalPathOptions {
    std::int64_t critical_float = 0;  ///< critical by float: total float at most this

    friend bool operator==(const CriticalPathOptions&, const CriticalPathOptions&) = default;
};

/// What a task's dates are; boundary indices and floats in its own calendar.
struct CriticalPathDates {
    std::int64_t early_start = 0;
    std::int64_t early_finish = 0;
    std::int64_t late_start = 0;
    std::int64_t late_finish = 0;
    std::int64_t total_float = 0;
    std::int64_t free_float = 0;
    bool critical_by_float = false;
    bool on_longest_path = false;  ///< a project's end is reached from it through driving links

    [[nodiscard]] std::int64_t interfering_float() const { return total_float - free_float; }

    friend bool operator==(const CriticalPathDates&, const CriticalPathDates&) = default;
};

/// - optimal: `tasks`, `ends`, `drivers`, `driving`; cause and claim proved
/// - unknown: none of them; cause time, steps or cancelled; claim estimate
/// The certificate is `drivers`: per task the link that its early start rests on, or `Drivers::own`
/// (project start or its own bound), and the link that its late finish rests on, `Drivers::own` (its
/// own bound) or `Drivers::end` (its project's end).
struct CriticalPathResult {
    Termination termination = Termination::unknown;
    Cause cause = Cause::cancelled;
    Claim claim = Claim::estimate;
    std::vector<CriticalPathDates> tasks;
    std::vector<std::int64_t> ends;     ///< per project: the day number after its last day, set or reached
    std::vector<std::uint8_t> driving;  ///< per link: 1 if its bound is attained in the early dates
    Drivers drivers;
    std::int64_t steps = 0;  ///< tasks looked at

    friend bool operator==(const CriticalPathResult&, const CriticalPathResult&) = default;
};

/// Whether `problem` is as its structs describe it; if not, what is wrong first. A cycle is named with
/// a shortest one. O(n + m).
[[nodiscard]] Verdict examine(const CriticalPathProblem& problem);

/// Forward and backward pass in topological order. Throws `InvalidProblem` where `examine` refuses.
/// Of several drivers a task's own bound goes first, then the link of the smallest number.
/// O(n log n + m), with a logarithm of the calendars' span for links between different calendars; not
/// recursive; deterministic; thread-safe. A step is one task in one pass.
/// Source: Kelley & Walker 1959; Elmaghraby & Kamburowski, Management Science 38 (1992).
[[nodiscard]] CriticalPathResult solve(const CriticalPathProblem& problem, const CriticalPathOptions& options = {},
                                       const Stop& stop = {}, const Progress& progress = {});

/// Whether `result` shows what it says about `problem`: every bound holds, every date is attained along
/// its pointer, no pointers run in a circle, floats and critical marks follow from the dates. If not,
/// which condition fails first and where (`link[5]`, `early[3]`, `late[3]`, `float[3]`, …).
/// O(n + m); shares no code with `solve`.
[[nodiscard]] Verdict examine(const CriticalPathProblem& problem, const CriticalPathResult& result,
                              const CriticalPathOptions& options = {});

/// `examine(problem, result, options).accepted`.
[[nodiscard]] bool verify(const CriticalPathProblem& problem, const CriticalPathResult& result,
                          const CriticalPathOptions& options = {});

}  // namespace countyplan

#if !defined(COUNTYPLAN_SEPARATE) || defined(COUNTYPLAN_BODIES_TRACK)
#include <countyplan/track/impl/critical_path.hpp>
#endif
