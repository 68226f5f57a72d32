// Why are the dates of one task what they are, and why are they not what they were?
#pragma once

#include <optional>
#include <vector>

#include <countyplan/plan/plan.hpp>
#include <countyplan/track/track.hpp>

namespace countyplan {

/// Sentences about the dates of one task.
struct TaskReasons {
    Id<Task> task{};
    std::vector<Message> log{};    ///< what each date rests on
    std::optional<Day> since{};    ///< the day with which it was compared
    std::vector<Message> moved{};  ///< what moved the finish since then, down to the first cause
    Cause cause = Cause::proved;   ///< else why the schedule of that day was not ready; then `moved` is empty

    friend bool operator==(const TaskReasons&, const TaskReasons&) = default;
};

/// The reasons of a task of `plan`, to which `tracking` belongs, whose termination is optimal. With `since`, a day
/// before the one tracked, also what happened since then, as far as was known at the time. O(n + m).
[[nodiscard]] TaskReasons task_reasons(const Plan& plan, const Tracking& tracking, Id<Task> task,
                                       std::optional<Day> since = {}, const Stop& stop = {});

}  // namespace countyplan

#if !defined(COUNTYPLAN_SEPARATE) || defined(COUNTYPLAN_BODIES_TRACK)
#include <countyplan/track/impl/task_reasons.hpp>
#endif
