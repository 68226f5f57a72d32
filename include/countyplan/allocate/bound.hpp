// Which staffing cannot be beaten by more than what, whoever named the prices?
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include <countyplan/allocate/objective.hpp>
#include <countyplan/allocate/user_rule.hpp>
#include <countyplan/plan/plan.hpp>
#include <countyplan/scalar/id.hpp>
#include <countyplan/solve/proof/int128.hpp>

namespace countyplan {

/// Somebody, and the post that they have; none: at home.
struct AskedExpert {
    Id<Expert> expert{};
    Id<Post> present{};

    friend bool operator==(const AskedExpert&, const AskedExpert&) = default;
};

/// What some people make of prices. A post costs the pair plus the prices of all sets that hold either, home nothing.
struct PriceResponse {
    std::vector<Int128> cost{};                  ///< per tier the sum of what is least for each; gains negated
    std::vector<std::vector<Id<Post>>> posts{};  ///< of each, in the order asked: the posts wanted, ascending

    friend bool operator==(const PriceResponse&, const PriceResponse&) = default;
};

/// Which posts a response names.
struct ResponseOptions {
    std::size_t most = 4;  ///< for each person those that cost least, the first of equals
    bool any = false;      ///< also those that cost no less than the present one does

    friend bool operator==(const ResponseOptions&, const ResponseOptions&) = default;
};

/// The response of these people to prices as `Allocation::prices` has them, any numbers at all; sets left out have
/// price 0. Time: the eligible pairs of these people. Throws `InvalidProblem` for a set that the plan does not count,
/// one given twice, or a price of another width than the objective.
[[nodiscard]] PriceResponse respond(const Plan& plan, std::span<const SetPrice> prices,
                                    std::span<const AskedExpert> asked, const ResponseOptions& options = {},
                                    std::span<const GivenPair> given = {});

/// What is left of a bound without the people: the value of a staffing of nobody, and of each set the least that any
/// number of people in it costs less its price. Per tier, gains negated. Throws as `respond`.
[[nodiscard]] std::vector<Int128> bound_of_sets(const Plan& plan, std::span<const SetPrice> prices);

/// A bound on every staffing that keeps all sets: lexicographically none is better than these values, those of the
/// plan's objective (Lagrange). The sum of `bound_of_sets` and of everybody's response; the prices of a proof give the
/// value of the staffing itself, any others a bound too. Throws as `respond`.
[[nodiscard]] std::vector<TierValue> price_bound(const Plan& plan, std::span<const SetPrice> prices,
                                                 std::span<const GivenPair> given = {});

/// Whether the staffing keeps every hard rule, its values are the true ones, and the bound is what the prices show. The
/// gap, what the two lie apart, is the reader's own sum. Shares no code with a solver.
[[nodiscard]] AnswerVerdict examine_bounded(const Plan& plan, const Staffing& staffing,
                                            std::span<const TierValue> tiers, std::span<const SetPrice> prices,
                                            std::span<const TierValue> bound, std::span<const GivenPair> given = {});

/// Less than 0: `a` is the better value of the plan's objective; 0: the same; above: the worse.
[[nodiscard]] int compare_values(std::span<const TierValue> a, std::span<const TierValue> b);

}  // namespace countyplan

#if !defined(COUNTYPLAN_SEPARATE) || defined(COUNTYPLAN_BODIES_ALLOCATE)
#include <countyplan/allocate/impl/bound.hpp>
#endif
