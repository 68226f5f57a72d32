// How much can flow from source to sink, and which arcs hold back the rest?
#pragma once

#include <countyplan/solve/observer.hpp>
#include <countyplan/solve/proof/max_flow.hpp>
#include <countyplan/solve/stop.hpp>

namespace countyplan {

struct MaxFlowOptions {
    /// Distances to the sink are measured anew each time this many units of work per node and arc are done;
    /// at least 1. May change which of several best flows is found, never the value.
    std::uint32_t freshness = 2;

    friend bool operator==(const MaxFlowOptions&, const MaxFlowOptions&) = default;
};

/// A largest flow and a least cut by the push-relabel method, highest node first. Exact for every legal
/// input: any capacities, totals of 128 bits. The cut is the largest of the least ones: every node outside it
/// can still reach the sink. A step is the discharge of one node.
/// Throws `InvalidProblem` if the problem is not as described. O(nodes^2 * sqrt(arcs)), in practice near
/// linear; memory beside the problem and the answer: 24 bytes per arc (32 if a capacity does not fit 32 bits), about
/// 50 per node.
/// Deterministic: same problem, options and step limit give the same result. Thread-safe.
/// Stopped, it returns the part of the flow that has reached the sink and the least capacity of the cuts seen.
/// Method: Goldberg & Tarjan, J. ACM 35 (1988); Cherkassky & Goldberg, Algorithmica 19 (1997).
[[nodiscard]] MaxFlowResult solve(const MaxFlowProblem& problem, const MaxFlowOptions& options = {},
                                  const Stop& stop = {}, const Progress& progress = {});

}  // namespace countyplan

#if !defined(COUNTYPLAN_SEPARATE) || defined(COUNTYPLAN_BODIES_MAX_FLOW)
#include <countyplan/solve/impl/max_flow.hpp>
#endif
