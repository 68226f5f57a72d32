// How much better can a staffing be for each person who has to move from the former one?
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <countyplan/allocate/allocate.hpp>
#include <countyplan/allocate/objective.hpp>
#include <countyplan/allocate/user_rule.hpp>
#include <countyplan/plan/plan.hpp>
#include <countyplan/solve/observer.hpp>
#include <countyplan/solve/proof/int128.hpp>
#include <countyplan/solve/stop.hpp>
#include <countyplan/solve/termination.hpp>

namespace countyplan {

struct TradeOffOptions {
    /// The tier of the plan's objective that moves are weighed against. Tiers before it keep their best values, those
    /// after it break ties.
    Tier against = Tier::fit;
    std::size_t most_points = 1000;  ///< at least 2; where there are more, the curve is left open between some
    UserRules rules{};
};

/// What one unit of the tier's loss and one move cost; both 0 or more, not both 0, without common factor.
struct TradeWeights {
    std::int64_t loss = 0;
    std::int64_t moves = 0;

    friend bool operator==(const TradeWeights&, const TradeWeights&) = default;
};

/// One staffing that no other beats in both moves and the tier.
struct TradePoint {
    std::int64_t moves = 0;          ///< people of the former staffing who do not stay in their post
    Int128 value{};                  ///< of the tier; more is better if it is a gain
    std::vector<TierValue> tiers{};  ///< of the plan's objective
    Staffing staffing{};

    friend bool operator==(const TradePoint&, const TradePoint&) = default;
};

/// The prices that prove a point best at these weights. Per set one number more than the objective has tiers: those
/// before the tier; loss and moves weighted; moves alone (where only moves count, the loss alone); those after the
/// tier.
struct TradeProof {
    std::size_t point = 0;
    TradeWeights weights{};
    std::vector<SetPrice> prices{};

    friend bool operator==(const TradeProof&, const TradeProof&) = default;
};

/// What is not known: whether a staffing with so many moves is better than the point before them.
struct TradeBox {
    std::int64_t least_moves = 0;
    std::int64_t most_moves = 0;
    Int128 known{};     ///< the value of the point with fewer moves
    Int128 possible{};  ///< no staffing with at most `most_moves` moves has a better one

    friend bool operator==(const TradeBox&, const TradeBox&) = default;
};

/// The curve from the fewest moves to the best value. Its points are the corners of the lower convex hull of all
/// staffings in moves and loss. What belongs to each termination:
/// - optimal: all corners, each proved best at some weights, and each two neighbours at those weights that make them
///   equal; cause and claim proved
/// - infeasible: nothing, claim estimate; `allocate` says why and proves it
/// - feasible: some corners; cause time, steps, cancelled, or steps if `most_points` are not all; claim feasible
/// - unknown: nothing; cause time, steps or cancelled
struct TradeOff {
    Termination termination = Termination::unknown;
    Cause cause = Cause::cancelled;
    Claim claim = Claim::estimate;
    Tier against = Tier::fit;
    std::vector<TradePoint> points{};  ///< moves ascending, and each value better than the one before
    std::vector<TradeProof> proofs{};  ///< by point, then by falling weight of moves
    std::vector<TradeBox> open{};      ///< where points lie more than one move apart
    std::vector<GivenPair> given{};    ///< what the caller's rules said
    Digests digests{};
    std::int64_t steps = 0;  ///< the solver's
    std::string version{};   ///< of countyplan

    friend bool operator==(const TradeOff&, const TradeOff&) = default;
};

/// The whole trade-off between leaving people where `former` has them and the tier: docs/math/trade_off.md. Postings of
/// unknown people count for nothing; a pair that may not be any more is a move that cannot be avoided. Two solves per
/// point, each from the one before. Throws as `allocate` does, and `InvalidProblem` if the plan's objective lacks the
/// tier or fewer than two points are asked for.
[[nodiscard]] TradeOff trade_off(const Plan& plan, const Staffing& former, const TradeOffOptions& options = {},
                                 const Stop& stop = {}, const Progress& progress = {});

/// Whether points and proofs show what the curve says, from the definitions above and
/// `verify(NestedFlowProblem, NestedFlowResult)`; shares no code with the solver. A feasible curve is
/// accepted if each of its points is true and proved best at some weights, an unknown one if it says nothing.
[[nodiscard]] bool verify(const Plan& plan, const Staffing& former, const TradeOff& curve);

}  // namespace countyplan

#if !defined(COUNTYPLAN_SEPARATE) || defined(COUNTYPLAN_BODIES_ALLOCATE)
#include <countyplan/allocate/impl/trade_off.hpp>
#endif
