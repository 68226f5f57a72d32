// Is what fairness between counties is said to cost the true difference of two staffings, both as good as claimed?
#pragma once

#include <countyplan/allocate/eligibility.hpp>
#include <countyplan/io/result.hpp>

#include "head_count.hpp"
#include "objection.hpp"
#include "optimality.hpp"

namespace countyplan {

/// Holds `fairness.json` against the plan: the other staffing keeps the hard rules under the objective with
/// `county_cover` taken out or put in, its prices prove it where that is claimed, and values and shares are those of
/// both staffings, counted anew. `ground` and `count` are of the result itself.
[[nodiscard]] Objected examine_fairness(const Eligibility& eligibility, const ProofGround& ground,
                                        const HeadCount& count, const Allocation& stated,
                                        const StatedFairness& fairness);

}  // namespace countyplan
