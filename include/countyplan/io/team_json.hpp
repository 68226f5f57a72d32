// How is a staffing under couplings written for machines?
#pragma once

#include <string>

#include <countyplan/allocate/team.hpp>
#include <countyplan/plan/plan.hpp>

namespace countyplan {

/// One JSON object: the members of the answer, `stages` with the names of their tiers, what was found and the bound
/// (null where there is none), `relaxed` where schools are priced with rules left out; multipliers are not written.
/// `certificate_valid` is what `examine` said, with `place` and `why` where it is not.
[[nodiscard]] std::string team_json(const Plan& plan, const TeamAllocation& answer, const Verdict& verdict);

}  // namespace countyplan
