// What is the cheapest way to send what is supplied to where it is needed, with a proof?
#pragma once

#include <cstddef>

#include <countyplan/solve/observer.hpp>
#include <countyplan/solve/proof/min_cost_flow.hpp>
#include <countyplan/solve/stop.hpp>

namespace countyplan {

struct MinCostFlowOptions {
    /// Arcs looked at per pricing round; 0 chooses about the square root of those in play. May change which
    /// of several best flows is found, never the cost.
    std::size_t block = 0;

    friend bool operator==(const MinCostFlowOptions&, const MinCostFlowOptions&) = default;
};

/// Least-cost flow by the primal network simplex method. Exact for every legal input: costs of all
/// tiers count in strict order, totals have 128 bits. A step is one pivot.
/// Throws `InvalidProblem` if the problem is not as described, or if the best flow of an arc without
/// upper bound does not fit 64 bits; never for infeasibility or unboundedness. Infeasible goes before
/// unbounded. Memory beside the problem and the answer: about 20 bytes per arc and 400 per node where
/// arcs outnumber nodes by more than twelve, else about 50 bytes per arc (170 if costs of all tiers
/// together do not fit 124 bits).
/// Deterministic: same problem, options and step limit give the same result. Thread-safe.
/// Method: strongly feasible trees, Cunningham, Math. Programming 11 (1976); block search, Kiraly &
/// Kovacs, Acta Univ. Sapientiae, Informatica 4 (2012).
[[nodiscard]] MinCostFlowResult solve(const MinCostFlowProblem& problem, const MinCostFlowOptions& options = {},
                                      const Stop& stop = {}, const Progress& progress = {});

}  // namespace countyplan

#if !defined(COUNTYPLAN_SEPARATE) || defined(COUNTYPLAN_BODIES_SOLVE)
#include <countyplan/solve/impl/min_cost_flow.hpp>
#endif
