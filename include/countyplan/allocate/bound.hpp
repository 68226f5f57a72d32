// Which staffing cannot be beaten by more than what, whoever named the prices?
#pragma once

#include <span>
#include <vector>

#include <countyplan/allocate/objective.hpp>
#include <countyplan/allocate/user_rule.hpp>
#include <countyplan/plan/plan.hpp>
#include <countyplan/scalar/id.hpp>
#include <countyplan/solve/proof/int128.hpp>

namespace countyplan {

/// What some people do about prices: each takes the post where the cost of the pair plus the prices of all sets that
/// hold either is least, the first of equals, or stays at home if that is not below 0.
struct PriceResponse {
    std::vector<Int128> cost{};    ///< the sum of what they take, per tier of the objective; gains negated
    std::vector<Id<Post>> post{};  ///< of each, in the order asked; none: at home

    friend bool operator==(const PriceResponse&, const PriceResponse&) = default;
};

/// The response of these people to prices as `Allocation::prices` has them, any numbers at all; sets left out have
/// price 0. Time: the eligible pairs of these people. Throws `InvalidProblem` for a set that the plan does not count,
/// one given twice, or a price of another width than the objective.
[[nodiscard]] PriceResponse respond(const Plan& plan, std::span<const SetPrice> prices,
                                    std::span<const Id<Expert>> experts, std::span<const GivenPair> given = {});

/// What is left of a bound without the people: the value of a staffing of nobody, and of each set the least that any
/// number of people in it costs less its price. Per tier, gains negated. Throws as `respond`.
[[nodiscard]] std::vector<Int128> bound_of_sets(const Plan& plan, std::span<const SetPrice> prices);

/// A bound on every staffing that keeps all sets: lexicographically none is better than these values, those of the
/// plan's objective (Lagrange). The sum of `bound_of_sets` and of everybody's response; the prices of a proof give the
/// value of the staffing itself, any others a bound too. Throws as `respond`.
[[nodiscard]] std::vector<TierValue> price_bound(const Plan& plan, std::span<const SetPrice> prices,
                                                 std::span<const GivenPair> given = {});

/// Less than 0: `a` is the better value of the plan's objective; 0: the same; above: the worse.
[[nodiscard]] int compare_values(std::span<const TierValue> a, std::span<const TierValue> b);

}  // namespace countyplan

#if !defined(COUNTYPLAN_SEPARATE) || defined(COUNTYPLAN_BODIES_ALLOCATE)
#include <countyplan/allocate/impl/bound.hpp>
#endif
