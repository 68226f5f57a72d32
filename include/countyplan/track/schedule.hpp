// When does each task of the plan start and finish, and which ones are critical?
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include <countyplan/plan/calendar.hpp>
#include <countyplan/plan/finding.hpp>
#include <countyplan/plan/plan.hpp>
#include <countyplan/track/critical_path.hpp>
#include <countyplan/track/ledger.hpp>

namespace countyplan {

struct ScheduleOptions {
    WorkDays critical_float{0};                     ///< critical by float: total float at most this
    ProgressLogic logic = ProgressLogic::retained;  ///< only with progress

    friend bool operator==(const ScheduleOptions&, const ScheduleOptions&) = default;
};

/// The dates of one task. Indices are boundaries of its own calendar; days are what one prints: a start
/// by the start convention, a finish by the finish convention. A milestone has one day: the start
/// convention where its own bound or the project's start drives it, else the finish convention (the day
/// on which its predecessor ends). What is reported goes before: the early start of a task that has
/// started is its actual start, and of a complete one all four days are the actual ones.
struct TaskDates {
    CriticalPathDates boundary;  ///< of what remains
    std::uint32_t calendar = 0;  ///< index into `Schedule::calendars()`
    Day early_start{};
    Day early_finish{};
    Day late_start{};
    Day late_finish{};
    std::optional<WorkDays> total_float{};  ///< unset: the task is complete
    std::optional<WorkDays> free_float{};
    std::optional<WorkDays> interfering_float{};
    bool has_started = false;
    bool is_complete = false;
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
    Digests digests{};  ///< staffing is empty; the ledger's is of the facts recorded by `as_of`, empty without
    ScheduleOptions options{};
    std::optional<AsOf> as_of{};                     ///< whose facts it knows; unset: the plan alone
    Termination termination = Termination::unknown;  ///< optimal; infeasible (`result.conflict`); unknown when stopped
    Cause cause = Cause::cancelled;
    Claim claim = Claim::estimate;
    ById<Id<Task>, TaskDates> tasks{};  ///< empty unless optimal
    ById<Id<County>, CountyTimeline> counties{};
    std::vector<Id<Link>> out_of_sequence{};  ///< links that reported dates violate
    Findings findings{};                      ///< facts that were not used, and starts that were inferred
    CriticalPathProblem problem{};
    std::vector<Id<Link>> maximum_lags{};  ///< whose maximum lags stand in `problem`, behind the plan's links
    CriticalPathResult result{};

    [[nodiscard]] const std::vector<Calendar>& calendars() const { return problem.calendars; }
    /// The plan's link that `problem.links[link]` comes from.
    [[nodiscard]] Id<Link> plan_link(std::uint32_t link) const {
        const std::size_t links = problem.links.size() - maximum_lags.size();
        return link < links ? Id<Link>(link) : maximum_lags[link - links];
    }

    friend bool operator==(const Schedule&, const Schedule&) = default;
};

/// The network of the plan's tasks and links: task i is row i, project c is county c, link a is row a; behind
/// them the maximum lags in the same order. `not_before` acts as a start, `deadline` as a deadline; a school's
/// task follows the school's calendar. Throws `InvalidProblem` where a maximum lag is counted on another calendar
/// than both its tasks' (place: `links[i].max_lag`); `solve` throws where durations or lags leave the range of
/// `CriticalPathProblem`, or links run in a circle.
[[nodiscard]] CriticalPathProblem critical_path_problem(const Plan& plan);

/// Dates for all counties as planned, whatever has happened. Throws `InvalidProblem` as above, and where a
/// date leaves the years 1 to 9999 (place: `tasks[i]`). Stops as `solve(CriticalPathProblem)` does. O(n + m).
[[nodiscard]] Schedule schedule(const Plan& plan, const ScheduleOptions& options = {}, const Stop& stop = {},
                                const Progress& progress = {});

/// Dates for all counties from the data date `as_of.valid` on, as far as was known at `as_of.recorded`: this
/// moves all uncompleted work behind the data date in one call. Of each task the newest facts `started`,
/// `finished` (days) and `remaining` (working days from the data date on) count that `flaws` does not refuse;
/// `findings` names those set aside (place `ledger[i]`). A start on a day off counts as the last day worked before
/// it. A finish without a start is taken to have lasted the planned duration. Throws and stops as above.
[[nodiscard]] Schedule schedule(const Ledger& ledger, AsOf as_of, const ScheduleOptions& options = {},
                                const Stop& stop = {}, const Progress& progress = {});

/// Why there is no schedule: an error at the first maximum lag (`links[i].max_lag`) or mandatory date
/// (`tasks[i].constraint_date`) that cannot hold, naming the tasks along the links that push it on. Empty unless
/// `schedule`, which belongs to `plan`, is infeasible.
[[nodiscard]] Findings conflicts(const Plan& plan, const Schedule& schedule);

/// Whether `schedule` belongs to `plan` (with progress: to its ledger), whatever was recorded since, and its
/// certificate holds; if not, what fails first.
[[nodiscard]] Verdict examine(const Plan& plan, const Schedule& schedule);
[[nodiscard]] bool verify(const Plan& plan, const Schedule& schedule);

}  // namespace countyplan

#if !defined(COUNTYPLAN_SEPARATE) || defined(COUNTYPLAN_BODIES_TRACK)
#include <countyplan/track/impl/schedule.hpp>
#include <countyplan/track/impl/schedule_conflict.hpp>
#endif
