// What are the earliest and latest times that the constraints allow, with a proof?
#pragma once

#include <countyplan/solve/observer.hpp>
#include <countyplan/solve/proof/longest_path.hpp>
#include <countyplan/solve/stop.hpp>

namespace countyplan {

struct LongestPathOptions {
    friend bool operator==(const LongestPathOptions&, const LongestPathOptions&) = default;
};

/// Earliest and latest times by one pass each over the strongly connected components in topological
/// order, with label correcting inside a component. Of several drivers the own bound goes first, then
/// the arc of the smallest number (outside cycles). A step is one node's time computed once.
/// Throws `InvalidProblem` if the problem is not as described, unless it stops before it has seen all of it;
/// never for infeasibility.
/// O(nodes + arcs) without cycles, else O(nodes * arcs) within each component; not recursive.
/// Deterministic; thread-safe. Source: Elmaghraby & Kamburowski, Management Science 38 (1992).
[[nodiscard]] LongestPathResult solve(const LongestPathProblem& problem, const LongestPathOptions& options = {},
                                      const Stop& stop = {}, const Progress& progress = {});

}  // namespace countyplan

#if !defined(COUNTYPLAN_SEPARATE) || defined(COUNTYPLAN_BODIES_SOLVE)
#include <countyplan/solve/impl/longest_path.hpp>
#endif
