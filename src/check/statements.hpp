// Is what a result says about itself true?
#pragma once

#include <string>
#include <vector>

#include <countyplan/io/result.hpp>

#include "head_count.hpp"
#include "objection.hpp"
#include "optimality.hpp"

namespace countyplan {

/// It was computed from this plan and its present staffing.
[[nodiscard]] Objected examine_digests(const Plan& plan, const Allocation& stated);
/// Termination, cause and claim go together, and no part of the result that does not go with them is there.
[[nodiscard]] Objected examine_claim(const AllocationReading& reading);
/// The values of the tiers are those of the staffing, counted anew; `out` tells them.
[[nodiscard]] Objected examine_tiers(const ProofGround& ground, const HeadCount& count, const Allocation& stated,
                                     std::string& out);
/// The value of each tier of the objective, counted anew.
[[nodiscard]] std::vector<Int128> tier_sums(const ProofGround& ground, const HeadCount& count);
/// The posts left short are all listed with their numbers and, in a best staffing, what the prices say of one more
/// person there; every group that a reason rests on is scarce; and every reason names the numbers behind it.
[[nodiscard]] Objected examine_unfilled(const ProofGround& ground, const HeadCount& count, const Allocation& stated);

/// What an infeasible answer calls a conflict are the bounds that its proof rests on, in words that name them.
[[nodiscard]] Objected examine_conflict(const std::vector<BoundUsed>& used, const AllocationReading& reading);
/// What is called kept exactly and what left out are the plan's own rules; what is left out says why.
[[nodiscard]] Objected examine_rules(const Plan& plan, const RuleCoverage& stated);
/// How far counties are served, counted anew.
[[nodiscard]] Objected examine_counties(const Plan& plan, const HeadCount& count, const AllocationReading& reading);

/// The table for people says what `result.json` says, in one language or the other.
[[nodiscard]] Objected examine_unfilled_table(const Plan& plan, const Allocation& stated, const std::string& bytes);

}  // namespace countyplan
