// How is an audit written for machines, and where in the input does each of its findings stand?
#pragma once

#include <string>

#include <countyplan/allocate/audit.hpp>
#include <countyplan/allocate/user_rule.hpp>
#include <countyplan/io/read.hpp>

namespace countyplan {

/// Says where each finding stands: one of the staffing by file and line, one of the plan by its file alone, which in a
/// directory is that of the table. An empty path: it comes from no file.
void locate(Findings& findings, const StaffingReading& staffing, const std::string& staffing_path,
            const std::string& plan_path);

/// One JSON object: the members of `Audit`, the amount of each finding within it; `ok` is whether none is an error.
[[nodiscard]] std::string audit_json(const Plan& plan, const Audit& audit, const UserTierNames& names = {});

}  // namespace countyplan
