// Is this the cheapest flow where each further unit on an arc may cost more than the one before?
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include <countyplan/solve/proof/min_cost_flow.hpp>
#include <countyplan/solve/proof/verdict.hpp>

namespace countyplan {

/// A network as in `MinCostFlowProblem` whose arcs have piecewise-linear convex costs: arc `a` has the
/// pieces `first_piece[a] … first_piece[a + 1] - 1`, at least one. Piece `p` reaches from the flow `from[p]`
/// to the next piece's, the last one to `upper[a]`; a unit inside it costs the vector `slope`. The cost of
/// flow 0 is 0; where 0 lies outside the bounds the outer pieces go on. Slopes of one arc never fall
/// lexicographically. Formulae: docs/math/convex_flow.md.
struct ConvexFlowProblem {
    std::size_t nodes = 0;                      ///< below 2^32 - 1; `nodes * largest slope` below 2^60 in each tier
    std::size_t tiers = 1;                      ///< 1 … MinCostFlowProblem::max_tiers
    std::vector<std::int64_t> supply = {};      ///< per node, as in MinCostFlowProblem
    std::vector<std::uint32_t> tail = {};       ///< per arc
    std::vector<std::uint32_t> head = {};       ///< per arc
    std::vector<std::int64_t> lower = {};       ///< per arc, as in MinCostFlowProblem
    std::vector<std::int64_t> upper = {};       ///< per arc; may be MinCostFlowProblem::unlimited
    std::vector<std::size_t> first_piece = {};  ///< arcs + 1, ascending from 0; pieces below 2^32 - 1
    /// Per piece: the arc's `lower` for its first one, then strictly rising and below `upper`; no piece is
    /// wider than 2^63 - 2 unless it has no end.
    std::vector<std::int64_t> from = {};
    std::vector<std::int64_t> slope = {};  ///< `slope[piece * tiers + tier]`, within MinCostFlowProblem::max_cost

    [[nodiscard]] std::size_t arcs() const { return tail.size(); }
    [[nodiscard]] std::size_t pieces() const { return from.size(); }

    friend bool operator==(const ConvexFlowProblem&, const ConvexFlowProblem&) = default;
};

/// As `MinCostFlowResult`, field for field and termination for termination, with the arc's cost function for
/// `cost`. Potentials prove against marginal costs: the reduced cost of one unit more is lexicographically
/// >= 0 below the upper bound, that of the last unit sent <= 0 above the lower one. A negative cycle runs
/// along arcs without upper bound and sums the slopes of their last pieces.
struct ConvexFlowResult : MinCostFlowResult {
    friend bool operator==(const ConvexFlowResult&, const ConvexFlowResult&) = default;
};

/// Whether `problem` is as its struct describes it; if not, what is wrong first. O(pieces * tiers).
[[nodiscard]] Verdict examine(const ConvexFlowProblem& problem);

/// Whether `result` shows what it says, read off the cost functions themselves; places as for
/// `MinCostFlowResult`. One pass, O((nodes + pieces) * tiers); exact for any field values; shares no code
/// with the solver.
[[nodiscard]] Verdict examine(const ConvexFlowProblem& problem, const ConvexFlowResult& result);

/// `examine(problem, result).accepted`.
[[nodiscard]] bool verify(const ConvexFlowProblem& problem, const ConvexFlowResult& result);

}  // namespace countyplan

#if !defined(COUNTYPLAN_SEPARATE) || defined(COUNTYPLAN_BODIES_CONVEX_FLOW)
#include <countyplan/solve/proof/impl/convex_flow.hpp>
#endif
