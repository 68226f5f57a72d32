// How is the comparison of two staffings written for machines?
#pragma once

#include <string>

#include <countyplan/allocate/comparison.hpp>
#include <countyplan/allocate/user_rule.hpp>

namespace countyplan {

/// One JSON object: the members of `StaffingComparison` and the answers of its functions.
[[nodiscard]] std::string comparison_json(const Plan& plan, const StaffingComparison& comparison,
                                          const UserTierNames& names = {});

}  // namespace countyplan
