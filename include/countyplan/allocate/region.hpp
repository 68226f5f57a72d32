// What of a plan does one region decide by itself?
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <countyplan/allocate/objective.hpp>
#include <countyplan/plan/plan.hpp>
#include <countyplan/scalar/id.hpp>
#include <countyplan/solve/termination.hpp>

namespace countyplan {

/// How many people of a set that regions share one of them may send.
struct SetShare {
    std::string set{};  ///< a `CountedSet`'s name
    std::int64_t upper = 0;

    friend bool operator==(const SetShare&, const SetShare&) = default;
};

/// Counties, people and places of one region. Nobody and no county may be in two.
struct RegionPart {
    std::vector<Id<County>> counties{};  ///< ascending
    std::vector<Id<Expert>> experts{};   ///< ascending
    std::vector<SetShare> shares{};      ///< of `shared_sets`; those left out have no upper bound here

    friend bool operator==(const RegionPart&, const RegionPart&) = default;
};

/// Names of the sets with an upper bound whose members may lie in several regions: `sender:S`, `role:S/R`, `quota:Q` of
/// senders and of the whole plan. Their uppers are to be shared out; in order of `counted_sets`.
[[nodiscard]] std::vector<SetShare> shared_sets(const Plan& plan);

/// The plan of one region: its counties with their schools and posts, its people, and of everything else what a
/// staffing there depends on; who is bound to other receivers stays out. Staffings of the parts of a plan, put
/// together, keep every rule of the plan but lower bounds of shared sets, which have none here; objective, weights and
/// ids stay the same. Throws `InvalidPlan` where what is left is no sound
/// plan. Time linear in the plan.
[[nodiscard]] Plan region_plan(const Plan& plan, const RegionPart& part);

/// A best staffing of the whole plan among some pairs, and prices that prove it among these. Where no person wants a
/// post at these prices (`respond`), it is a best one of all pairs, and the prices prove that.
struct AmongAnswer {
    Termination termination = Termination::unknown;  ///< optimal or infeasible: among these pairs
    Staffing staffing{};
    std::vector<TierValue> tiers{};
    std::vector<SetPrice> prices{};
    std::int64_t steps = 0;

    friend bool operator==(const AmongAnswer&, const AmongAnswer&) = default;
};

/// `posts`: by expert those that count, ascending; pairs that are not eligible are left out. `before`: where to begin,
/// an earlier answer or nothing; nothing in it need be right. Memory: that of these pairs.
[[nodiscard]] AmongAnswer allocate_among(const Plan& plan, std::span<const std::vector<Id<Post>>> posts,
                                         const AmongAnswer& before = {});

}  // namespace countyplan

#if !defined(COUNTYPLAN_SEPARATE) || defined(COUNTYPLAN_BODIES_ALLOCATE)
#include <countyplan/allocate/impl/region.hpp>
#endif
