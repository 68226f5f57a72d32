// How does an argument become a staffing that somebody made, by hand or by program?
#pragma once

#include <string>

#include <countyplan/io/read.hpp>
#include <countyplan/plan/plan.hpp>

#include "console.hpp"
#include "settings.hpp"

namespace countyplan {

/// The table at `path`, in any encoding that plans may have. Throws `InvalidPlan` with what is wrong about its form,
/// and `IoError`; shows warnings.
[[nodiscard]] StaffingReading staffing_of_argument(const std::string& path, const Settings& settings, Console& console);

/// Throws `InvalidPlan` if it names people or posts that the plan does not know.
void require_known(const Plan& plan, const StaffingReading& reading, const std::string& path);

}  // namespace countyplan
