// What does it cost the rest of the objective that counties are treated fairly?
#pragma once

#include <vector>

#include <countyplan/allocate/allocate.hpp>
#include <countyplan/allocate/fairness.hpp>
#include <countyplan/plan/plan.hpp>
#include <countyplan/solve/stop.hpp>
#include <countyplan/solve/termination.hpp>

namespace countyplan {

/// One tier of the best staffing with `county_cover` in the objective, and of that without. Losses may be gains: a tier
/// after others is only the best that those leave.
struct FairnessTier {
    Tier tier = Tier::critical_shortfall;
    Int128 fair{};
    Int128 unfair{};

    friend bool operator==(const FairnessTier&, const FairnessTier&) = default;
};

/// - optimal: both staffings are best; cause proved
/// - feasible: at least one was stopped; what is here is of the best so far
/// - infeasible, unknown: one of them has no staffing; no tiers, no shares
struct FairnessPrice {
    Termination termination = Termination::unknown;
    Cause cause = Cause::cancelled;
    std::vector<FairnessTier> tiers{};  ///< the objective without `county_cover`, in order
    std::vector<CountyCover> fair{};    ///< every county, in id order
    std::vector<CountyCover> unfair{};
    Allocation other{};  ///< the answer that was computed for this: of the plan `other_plan`
    Plan other_plan{};   ///< the plan with `county_cover` taken from its objective, or put into it

    friend bool operator==(const FairnessPrice& a, const FairnessPrice& b) {
        return a.termination == b.termination && a.cause == b.cause && a.tiers == b.tiers && a.fair == b.fair &&
               a.unfair == b.unfair && a.other == b.other;
    }
};

/// The plan with `county_cover` taken from its objective; or, where there is none, put in before the first tier that is
/// no shortfall below `min`. The plan itself where nothing else counts.
[[nodiscard]] Plan other_fairness(const Plan& plan);

/// Compares the answer with the best staffing of `other_fairness(plan)`. One more allocation, from this one's pairs.
/// Throws as `allocate` does.
[[nodiscard]] FairnessPrice price_of_fairness(const Plan& plan, const Allocation& allocation,
                                              const AllocateOptions& options = {}, const Stop& stop = {});

}  // namespace countyplan

#if !defined(COUNTYPLAN_SEPARATE) || defined(COUNTYPLAN_BODIES_ALLOCATE)
#include <countyplan/allocate/impl/fairness_price.hpp>
#endif
