// How far may a weight of fit go before another staffing is better?
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include <countyplan/allocate/allocate.hpp>
#include <countyplan/allocate/explain/worth.hpp>
#include <countyplan/allocate/score.hpp>
#include <countyplan/plan/plan.hpp>
#include <countyplan/scalar/id.hpp>
#include <countyplan/solve/stop.hpp>
#include <countyplan/solve/termination.hpp>

namespace countyplan {

/// What a weight may be: 0 … this.
inline constexpr std::int64_t most_fit_weight = 1'000'000;

/// The whole numbers that one weight may be, all others as they are, with the staffing at hand still a best one: those
/// from `lower` to `upper`, and no others from 0 to `most_fit_weight`.
struct WeightRange {
    FitFactor factor = FitFactor::qualification;
    std::int64_t weight = 0;  ///< the plan's
    std::int64_t lower = 0;
    std::int64_t upper = most_fit_weight;

    friend bool operator==(const WeightRange&, const WeightRange&) = default;
};

/// Of every factor in order. Fewer if stopped, and none if the staffing at hand is not a best one. Throws as `worth`
/// does. Method: Newton (Dinkelbach 1967); each step solves the plan with another weight.
[[nodiscard]] std::vector<WeightRange> weight_ranges(const Plan& plan, const Allocation& allocation,
                                                     const Stop& stop = {});

/// The nearest weights at which a best staffing has the pair in it, all others as they are.
struct WeightChange {
    FitFactor factor = FitFactor::qualification;
    std::int64_t weight = 0;              ///< the plan's
    std::optional<std::int64_t> lower{};  ///< the greatest one not above `weight`; nothing: there is none from 0 up
    std::optional<std::int64_t>
        upper{};  ///< the least one not below it; nothing: there is none up to `most_fit_weight`

    friend bool operator==(const WeightChange&, const WeightChange&) = default;
};

/// Of every factor in order, for a pair that may be; fewer if stopped, none if the pair may not be. A weight can only
/// decide where all tiers before fit are as good with the pair as without. Throws as `worth` does.
[[nodiscard]] std::vector<WeightChange> weight_changes(const Plan& plan, const Allocation& allocation,
                                                       Id<Expert> expert, Id<Post> post, const Stop& stop = {});

}  // namespace countyplan

#if !defined(COUNTYPLAN_SEPARATE) || defined(COUNTYPLAN_BODIES_ALLOCATE)
#include <countyplan/allocate/explain/impl/weight_range.hpp>
#endif
