// How much of one tier must be given up for more of another, or for each person who has to move?
#pragma once

#include <cstddef>
#include <cstdint>
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

/// Two tiers of the plan's objective. `Tier::moves` speaks of the former staffing that is given, whatever the plan's
/// present one is; where the objective does not name it, it stands beside the other.
struct TradeOffOptions {
    Tier first = Tier::moves;
    Tier second = Tier::fit;
    /// Of the tiers before both, those that need not keep their best values. Like all tiers after the first of the two,
    /// they only break ties, in the order of the objective.
    std::vector<Tier> dropped{};
    std::size_t most_points = 1000;  ///< at least 2; where there are more, the curve is left open between some
    UserRules rules{};
    std::vector<GivenPair> given{};  ///< where there are no `rules`, as `AllocateOptions::given`
    UserTierNames names{};           ///< with `given`: of the caller's own tiers
};

/// What one unit of each tier costs; both 0 or more, not both 0, without common factor. Gains are negative costs.
struct TradeWeights {
    std::int64_t first = 0;
    std::int64_t second = 0;

    friend bool operator==(const TradeWeights&, const TradeWeights&) = default;
};

/// One staffing that no other beats in both tiers.
struct TradePoint {
    Int128 first{};                  ///< of `Tier::moves`: people of the former staffing who do not stay in their post
    Int128 second{};                 ///< as `first`
    std::vector<TierValue> tiers{};  ///< of the plan's objective
    Staffing staffing{};

    friend bool operator==(const TradePoint&, const TradePoint&) = default;
};

/// The prices that prove a point best at these weights. Per set one number for each of: the tiers that keep their best
/// values; the two tiers weighted; the first alone (the second, where only the first has weight); the other tiers.
struct TradeProof {
    std::size_t point = 0;
    TradeWeights weights{};
    std::vector<SetPrice> prices{};

    friend bool operator==(const TradeProof&, const TradeProof&) = default;
};

/// What is not known: whether a staffing between two points is beaten by neither. Everywhere else there is none.
struct TradeBox {
    Int128 from{};      ///< its first tier is worth this much at best …
    Int128 to{};        ///< … and this much at worst,
    Int128 known{};     ///< its second better than the point before has it,
    Int128 possible{};  ///< but not better than this

    friend bool operator==(const TradeBox&, const TradeBox&) = default;
};

/// The curve from the best value of the first tier to that of the second. Its points are the corners of the convex hull
/// of all staffings in the two tiers, as seen from where both are better. What belongs to each termination:
/// - optimal: all corners, each proved best at some weights, and each two neighbours at those weights that make them
///   equal; cause and claim proved
/// - infeasible: nothing, cause proved, claim estimate; `allocate` says why and proves it
/// - feasible: some corners; cause time, cancelled, or steps: also if `most_points` are not all, or weights that make
///   two neighbours equal are too large to be exact; claim feasible
/// - unknown: nothing; cause time, steps or cancelled; claim estimate
struct TradeOff {
    Termination termination = Termination::unknown;
    Cause cause = Cause::cancelled;
    Claim claim = Claim::estimate;
    Tier first = Tier::moves;
    Tier second = Tier::fit;
    std::vector<Tier> dropped{};       ///< in the order of the objective
    std::vector<TradePoint> points{};  ///< each worse in the first tier and better in the second than the one before
    std::vector<TradeProof> proofs{};  ///< by point, then by falling weight of the first tier
    std::vector<TradeBox> open{};      ///< between neighbours that leave room for a staffing that neither beats
    std::vector<GivenPair> given{};    ///< what the caller's rules said
    UserTierNames names{};             ///< of the caller's own tiers
    Digests digests{};
    std::int64_t steps = 0;  ///< the solver's
    std::string version{};   ///< of countyplan

    friend bool operator==(const TradeOff&, const TradeOff&) = default;
};

/// The whole trade-off between two tiers: docs/math/trade_off.md. Tiers before both keep their best values. `former` is
/// what moves are counted from, and where the search begins; postings of unknown people count for nothing; a pair that
/// may not be any more is a move that cannot be avoided. Two solves per point, each from the one before. Throws as
/// `allocate` does, and `InvalidProblem` if the two tiers are one, the plan's objective lacks one other than moves, a
/// dropped tier is not before both, or fewer than two points are asked for.
[[nodiscard]] TradeOff trade_off(const Plan& plan, const Staffing& former, const TradeOffOptions& options = {},
                                 const Stop& stop = {}, const Progress& progress = {});

/// Whether termination, cause and claim go together and points and proofs show what they say, from the definitions
/// above and `verify(NestedFlowProblem, NestedFlowResult)`; shares no code with the solver. If not, the item
/// (`termination`, `points[1]`, `proofs[0]`, `open` …) and the condition that failed. A feasible curve is accepted if
/// each of its points is true and proved best at some weights, an unknown one if it says nothing.
[[nodiscard]] AnswerVerdict examine(const Plan& plan, const Staffing& former, const TradeOff& curve);

/// `examine(plan, former, curve).accepted`.
[[nodiscard]] bool verify(const Plan& plan, const Staffing& former, const TradeOff& curve);

}  // namespace countyplan

#if !defined(COUNTYPLAN_SEPARATE) || defined(COUNTYPLAN_BODIES_ALLOCATE)
#include <countyplan/allocate/impl/trade_off.hpp>
#endif
