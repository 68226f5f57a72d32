// How the two objectives are set side by side.
#pragma once

#include <algorithm>
#include <utility>

#include <countyplan/allocate/fairness_price.hpp>
#include <countyplan/separate.hpp>

namespace countyplan {

namespace detail {

/// The objective with `county_cover` taken out, or put in where it has none.
inline Objective toggle_fairness(Objective objective) {
    const auto found = std::ranges::find(objective, Tier::county_cover);
    if (found != objective.end()) {
        objective.erase(found);
        return objective;
    }
    const auto place = std::ranges::find_if(
        objective, [](Tier tier) { return tier != Tier::critical_shortfall && tier != Tier::shortfall; });
    objective.insert(place, Tier::county_cover);
    return objective;
}

}  // namespace detail

COUNTYPLAN_INLINE Plan other_fairness(const Plan& plan) {
    Objective objective = detail::toggle_fairness(plan.rows().objective);
    if (objective.empty()) return plan;  // nothing but fairness counts
    Draft draft = plan.draft();
    draft.objective = std::move(objective);
    return Plan(std::move(draft));
}

COUNTYPLAN_INLINE FairnessPrice price_of_fairness(const Plan& plan, const Allocation& allocation,
                                                  const AllocateOptions& options, const Stop& stop) {
    const bool is_fair = std::ranges::count(plan.rows().objective, Tier::county_cover) > 0;
    FairnessPrice out{.other_plan = other_fairness(plan)};
    const bool is_other = out.other_plan.rows().objective != plan.rows().objective;
    out.other = is_other ? allocate_from(out.other_plan, allocation, options, stop) : allocation;
    const auto has_staffing = [](const Allocation& a) {
        return a.termination == Termination::optimal || a.termination == Termination::feasible;
    };
    if (!has_staffing(allocation) || !has_staffing(out.other)) {
        const Allocation& without = has_staffing(out.other) ? allocation : out.other;
        out.termination = without.termination;
        out.cause = without.cause;
        return out;
    }
    const Allocation& worse_known = out.other.termination == Termination::optimal ? allocation : out.other;
    out.termination = worse_known.termination;
    out.cause = worse_known.cause;
    const Allocation& fair = is_fair ? allocation : out.other;
    const Allocation& unfair = is_fair ? out.other : allocation;
    for (const TierValue& row : unfair.tiers) {
        const auto other = std::ranges::find(fair.tiers, row.tier, &TierValue::tier);
        if (row.tier != Tier::county_cover && other != fair.tiers.end())
            out.tiers.push_back({row.tier, other->value, row.value});
    }
    out.fair = county_covers(plan, fair.staffing);
    out.unfair = county_covers(plan, unfair.staffing);
    return out;
}

}  // namespace countyplan
