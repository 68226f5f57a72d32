// When does each task of the plan start and finish, and which ones are critical?
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include <countyplan/plan/calendar.hpp>
#include <countyplan/plan/plan.hpp>
#include <countyplan/track/critical_path.hpp>

namespace countyplan {

struct ScheduleOptions {
    WorkDays critical_float{0};  ///< critical by float: total float at most this

    friend bool operator==(const ScheduleOptions&, const ScheduleOptions&) = default;
};

/// The dates of one task. Indices are boundaries of its own calendar; days are what one prints: a start
/// by the start convention, a finish by the finish convention. A milestone has one day: the start
/// convention where its own bound or the project's start drives it, else the finish convention (the day
/// on which its predecessor ends).
struct TaskDates {
    CriticalPathDates boundary;
    std::uint32_t calendar = 0;  ///< index into `Schedule::calendars()`
    Day early_start{};
    Day early_finish{};
    Day late_start{};
    Day late_finish{};
    std::optional<WorkDays> total_float{};  ///< unset: the task is complete
    std::optional<WorkDays> free_float{};
    std::optional<WorkDays> interfering_float{};
    bool critical_by_float = false;
    bool on_longest_path = false;
    bool provisional = false;  ///< one of the days rests on holidays that are not announced yet
    Id<Link> driver{};         ///< the link that its early dates rest on; empty: its own bound

    friend bool operator==(const TaskDates&, const TaskDates&) = default;
};

/// One county's tasks in the order of a timeline, ready to be drawn.
struct CountyTimeline {
    Id<County> county{};
    std::vector<Id<Task>> tasks{};         ///< by early start, early finish, id
    std::vector<Id<Task>> longest_path{};  ///< those on the longest path, in the same order
    std::optional<Day> start{};            ///< the first early start; unset without tasks
    std::optional<Day> finish{};           ///< the last early finish; unset without tasks
    std::size_t critical_by_float = 0;     ///< how many tasks
    bool provisional = false;              ///< some date is

    friend bool operator==(const CountyTimeline&, const CountyTimeline&) = default;
};

/// The schedule of the programme: each county is a project of its own that starts with the plan's
/// period and ends with its last task; links may cross counties. Holds its proof: `verify`.
struct Schedule {
    Digests digests{};
    ScheduleOptions options{};
    Termination termination = Termination::unknown;  ///< optimal, or unknown when stopped: then no dates
    Cause cause = Cause::cancelled;
    Claim claim = Claim::estimate;
    ById<Id<Task>, TaskDates> tasks{};
    ById<Id<County>, CountyTimeline> counties{};
    CriticalPathProblem problem{};
    CriticalPathResult result{};

    [[nodiscard]] const std::vector<Calendar>& calendars() const { return problem.calendars; }

    friend bool operator==(const Schedule&, const Schedule&) = default;
};

/// The network of the plan's tasks and links: task i is row i, project c is county c. `not_before` acts
/// as a start, `deadline` as a finish; a school's task follows the school's calendar. Throws
/// `InvalidProblem` where durations or lags leave the range of `CriticalPathProblem`, or links run in
/// a circle.
[[nodiscard]] CriticalPathProblem critical_path_problem(const Plan& plan);

/// Dates for all counties. Throws `InvalidProblem` as above, and where a date leaves the years 1 to 9999
/// (place: `tasks[i]`). Stops as `solve(CriticalPathProblem)` does. O(n log n + m).
[[nodiscard]] Schedule schedule(const Plan& plan, const ScheduleOptions& options = {}, const Stop& stop = {},
                                const Progress& progress = {});

/// Whether `schedule` belongs to `plan` and its certificate holds; if not, what fails first.
[[nodiscard]] Verdict examine(const Plan& plan, const Schedule& schedule);
[[nodiscard]] bool verify(const Plan& plan, const Schedule& schedule);

}  // namespace countyplan

#if !defined(COUNTYPLAN_SEPARATE) || defined(COUNTYPLAN_BODIES_TRACK)
#include <countyplan/track/impl/schedule.hpp>
#endif
