// What of a plan does one region decide by itself?
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <countyplan/plan/plan.hpp>
#include <countyplan/scalar/id.hpp>

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

/// Whether some set that regions share must hold somebody: then regions by themselves need not keep it.
[[nodiscard]] bool has_shared_lower(const Plan& plan);

/// The plan of one region: its counties with their schools and posts, its people, and of everything else what a
/// staffing there depends on. Staffings of the parts of a plan, put together, keep every set of the plan but lower
/// bounds of shared ones; objective, weights and ids stay the same. Throws `InvalidPlan` where what is left is no sound
/// plan. Time linear in the plan.
[[nodiscard]] Plan region_plan(const Plan& plan, const RegionPart& part);

}  // namespace countyplan

#if !defined(COUNTYPLAN_SEPARATE) || defined(COUNTYPLAN_BODIES_ALLOCATE)
#include <countyplan/allocate/impl/region.hpp>
#endif
