// What is the cheapest flow where each further unit on an arc may cost more than the one before?
#pragma once

#include <countyplan/solve/min_cost_flow.hpp>
#include <countyplan/solve/observer.hpp>
#include <countyplan/solve/proof/convex_flow.hpp>
#include <countyplan/solve/stop.hpp>

namespace countyplan {

/// Exact. Each piece becomes an arc of its own beside the others of its arc; as slopes do not fall, a best
/// flow fills them in order. Time and memory are those of `solve(MinCostFlowProblem)` with as many arcs as
/// there are pieces, and the same options, steps and limits.
/// Throws `InvalidProblem` if the problem is not as described, or if the best flow of an arc without upper
/// bound does not fit 64 bits. Deterministic. Thread-safe.
[[nodiscard]] ConvexFlowResult solve(const ConvexFlowProblem& problem, const MinCostFlowOptions& options = {},
                                     const Stop& stop = {}, const Progress& progress = {});

}  // namespace countyplan

#if !defined(COUNTYPLAN_SEPARATE) || defined(COUNTYPLAN_BODIES_CONVEX_FLOW)
#include <countyplan/solve/impl/convex_flow.hpp>
#endif
