// How do words become a selection of people to be frozen, and a table what is said of pairs?
#pragma once

#include <string>
#include <vector>

#include <countyplan/allocate/freeze.hpp>
#include <countyplan/allocate/user_rule.hpp>

#include "console.hpp"
#include "settings.hpp"

namespace countyplan {

/// Of words such as `school:S1,county:451024,before:2026-09-01`. Throws `UsageError`.
[[nodiscard]] FreezeSelection freeze_selection(const std::string& words);

/// Throws `InvalidPlan` with what is wrong, `IoError`.
[[nodiscard]] std::vector<GivenPair> given_of_argument(const Plan& plan, const std::string& path,
                                                       const Settings& settings, Console& console);

}  // namespace countyplan
