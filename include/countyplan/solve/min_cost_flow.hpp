// What is the cheapest way to send what is supplied to where it is needed, with a proof?
#pragma once

#include <cstddef>

#include <countyplan/scalar/enumerator.hpp>
#include <countyplan/solve/observer.hpp>
#include <countyplan/solve/proof/min_cost_flow.hpp>
#include <countyplan/solve/stop.hpp>

namespace countyplan {

/// How a least-cost flow is found. All are exact and give the same kinds of proof.
enum class FlowMethod {
    automatic,        ///< chosen by size, density and range of costs
    network_simplex,  ///< best where several tiers make the range of costs wide, or arcs far outnumber nodes
    cost_scaling,     ///< best for wide networks of modest costs
};

template <>
struct Enumerators<FlowMethod> {
    static constexpr MessageText words[] = {
        {"automatic", "自动", "automatic"},
        {"network_simplex", "网络单纯形", "network simplex"},
        {"cost_scaling", "成本缩放", "cost scaling"},
    };
};

struct MinCostFlowOptions {
    FlowMethod method = FlowMethod::automatic;
    /// Arcs looked at per pricing round; 0 chooses about the square root of those in play. May change which
    /// of several best flows is found, never the cost.
    std::size_t block = 0;

    friend bool operator==(const MinCostFlowOptions&, const MinCostFlowOptions&) = default;
};

/// Least-cost flow by cost scaling or by the primal network simplex method. Exact for every legal input:
/// costs of all tiers count in strict order, totals have 128 bits. A step is one pivot, or one node relieved
/// of its excess. Cost scaling leaves a problem to the simplex method where an arc without upper bound has a
/// negative cost or numbers are too wide.
/// Throws `InvalidProblem` if the problem is not as described, or if the best flow of an arc without
/// upper bound does not fit 64 bits; never for infeasibility or unboundedness. Infeasible goes before
/// unbounded. Memory beside the problem and the answer: cost scaling 48 bytes per arc (80 for numbers beyond
/// 32 bits); the simplex about 20 bytes per arc and 400 per node where arcs outnumber nodes by more than
/// twelve, else about 50 bytes per arc (170 if costs of all tiers together do not fit 124 bits).
/// Deterministic: same problem, options and step limit give the same result. Thread-safe.
/// Method: Goldberg, J. Algorithms 22 (1997), in the form of auctions; strongly feasible trees, Cunningham, Math.
/// Programming 11 (1976); block search, Kiraly & Kovacs, Acta Univ. Sapientiae, Informatica 4 (2012).
[[nodiscard]] MinCostFlowResult solve(const MinCostFlowProblem& problem, const MinCostFlowOptions& options = {},
                                      const Stop& stop = {}, const Progress& progress = {});

}  // namespace countyplan

#if !defined(COUNTYPLAN_SEPARATE) || defined(COUNTYPLAN_BODIES_SOLVE)
#include <countyplan/solve/impl/min_cost_flow.hpp>
#endif
