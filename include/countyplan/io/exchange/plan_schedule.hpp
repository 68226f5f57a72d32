// What does a plan's schedule say in the words of a schedule file?
#pragma once

#include <countyplan/io/exchange/schedule_file.hpp>
#include <countyplan/plan/plan.hpp>

namespace countyplan {

/// The tasks and links of a plan without progress, one project per county, its calendars as weeks with exceptions;
/// greatest lags are links of their own, after the others. `critical_path_problem` of it has the dates that
/// `schedule(plan)` has, task by task. Throws as `critical_path_problem(plan)` does. O(days of the calendars + n + m).
[[nodiscard]] ScheduleFile plan_schedule(const Plan& plan);

}  // namespace countyplan
