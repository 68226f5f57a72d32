// Do the prices prove that no staffing is better than this one, or that there is none at all?
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include <countyplan/allocate/objective.hpp>
#include <countyplan/plan/plan.hpp>

#include "head_count.hpp"
#include "objection.hpp"
#include "pair_list.hpp"
#include "tally.hpp"
#include "tier_meter.hpp"

namespace countyplan {

/// What a proof is held against, laid out from the plan.
struct ProofGround {
    const Plan& plan;
    const TierMeter& meter;
    const TallySheet& sheet;
    const GivenBook& given;
    const PairList& pairs;
};

/// Tests the conditions of allocate/objective.hpp. With the prices y of the tallies, and d(e, p) the cost of a pair
/// plus the prices of all tallies that count e or p, all lexicographic in the tiers of the objective:
/// - a tally below its upper bound: y <= the cost of its next person; above its lower: y >= the cost of its last;
/// - a pair of somebody at home: d >= 0; the pair of somebody posted: d <= 0 and <= d of all other pairs.
/// `values_agree`: whether the stated values are those of this staffing; if not, it is the staffing that differs
/// from what is proved, else a price.
[[nodiscard]] Objected examine_optimality(const ProofGround& ground, const HeadCount& count,
                                          std::span<const SetPrice> prices, bool values_agree);

/// One side of a tally that a proof rests on.
struct BoundUsed {
    const Tally* tally = nullptr;
    bool is_lower = false;
    std::int64_t bound = 0;
};

/// Whether prices of one number each show that no staffing keeps all bounds (Farkas, 1902): with d made of prices
/// alone, people weigh at least the sum of the least of 0 and their pairs' d; numbers within the bounds weigh at most
/// the sum of the greatest y n; the first must be above the second. `used` gets the bounds that count.
[[nodiscard]] Objected examine_infeasible(const ProofGround& ground, std::span<const SetPrice> prices,
                                          std::vector<BoundUsed>& used);

/// The prices by tally, `tiers` numbers each; objects to names unknown or doubled and to other widths.
[[nodiscard]] Objected read_prices(const TallySheet& sheet, std::span<const SetPrice> prices, std::size_t tiers,
                                   std::vector<std::vector<std::int64_t>>& out);

}  // namespace countyplan
