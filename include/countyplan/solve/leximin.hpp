// How can the worst-off group be made as well off as possible, then the next worst, and so on?
#pragma once

#include <countyplan/solve/observer.hpp>
#include <countyplan/solve/proof/leximin.hpp>
#include <countyplan/solve/stop.hpp>

namespace countyplan {

struct LeximinOptions {
    friend bool operator==(const LeximinOptions&, const LeximinOptions&) = default;
};

/// The lexicographically best sorted vector of values, by one tier of costs per distinct value, least value
/// first, solved as least-cost flows on what the tiers before leave open. Where the flow then stops between two
/// steps of a group, it branches; no such step exists if every unit of flow raises the value until the last.
/// The sorted vector is unique; which group gets which value among ties may depend on the order of arcs.
/// A step is a step of `min_cost_flow` or `max_flow`. Throws `InvalidProblem` as the problem's struct and
/// `min_cost_flow` say, never for infeasibility. One least-cost flow per tier that decides something, on a
/// network with an arc per step; with branches up to exponentially many.
/// Deterministic: same problem and step limit give the same result. Thread-safe.
/// Method: docs/math/leximin.md; Megiddo, Math. Programming 7 (1974); Radzik, in Complexity in Numerical
/// Optimization (1993).
[[nodiscard]] LeximinResult solve(const LeximinProblem& problem, const LeximinOptions& options = {},
                                  const Stop& stop = {}, const Progress& progress = {});

/// Only the worst value, as large as can be: a binary search over the distinct values, a flow each.
/// Exact and polynomial for every problem. Throws and stops as above.
[[nodiscard]] MaxMinResult max_min(const LeximinProblem& problem, const Stop& stop = {}, const Progress& progress = {});

}  // namespace countyplan

#if !defined(COUNTYPLAN_SEPARATE) || defined(COUNTYPLAN_BODIES_LEXIMIN)
#include <countyplan/solve/impl/leximin.hpp>
#endif
