// Which pairs serve nested quotas on both sides at the least cost, with a proof?
#pragma once

#include <cstdint>
#include <vector>

#include <countyplan/scalar/enumerator.hpp>
#include <countyplan/solve/observer.hpp>
#include <countyplan/solve/proof/nested_flow.hpp>
#include <countyplan/solve/stop.hpp>

namespace countyplan {

/// How a start is found; both end in exact shortest paths, and either gives a best choice.
enum class NestedFlowMethod {
    auction,        ///< items bid for groups, or groups for items where places are scarce, with falling increments
    shortest_path,  ///< many short ways at once with falling slack, from every item's cheapest pair
};

template <>
struct Enumerators<NestedFlowMethod> {
    static constexpr MessageText words[] = {
        {"auction", "拍卖", "auction"},
        {"shortest_path", "最短路", "shortest path"},
    };
};

struct NestedFlowOptions {
    NestedFlowMethod method = NestedFlowMethod::auction;

    friend bool operator==(const NestedFlowOptions&, const NestedFlowOptions&) = default;
};

/// What is known before a solve, say from the answer to a similar problem; nothing in it need be right.
/// Empty lists mean nothing is known.
struct NestedFlowStart {
    std::vector<std::uint32_t> pair_of = {};  ///< per item: one of its pairs, or anything else for none
    NestedFlowPotentials potentials = {};     ///< any numbers

    friend bool operator==(const NestedFlowStart&, const NestedFlowStart&) = default;
};

/// Least-cost choice of pairs under nested quotas. Exact for every legal input: costs of all tiers count in
/// strict order, totals have 128 bits. A step is one bid or one group reached by a search. Stopped early it
/// returns the choice at hand, less what the upper quotas do not admit, if that keeps the lower ones.
/// Throws `InvalidProblem` if the problem is not as described; never for infeasibility.
/// Memory beside problem and answer: about 80 bytes per item and 200 per group; 8 bytes per pair
/// (16 if costs are 64-bit or in two tiers or more), but 1 where each item and group has very many; and where pairs
/// have costs in two tiers or more another 8 bytes per pair (48 in all where costs of all tiers together need more than
/// 58 bits); a copy of the pairs where groups with an upper quota of 0 have some. Deterministic: same problem,
/// options and step limit give the same result. Thread-safe. Method: docs/math/nested_flow.md.
[[nodiscard]] NestedFlowResult solve(const NestedFlowProblem& problem, const NestedFlowOptions& options = {},
                                     const Stop& stop = {}, const Progress& progress = {});
[[nodiscard]] NestedFlowResult solve(const NestedFlowProblem32& problem, const NestedFlowOptions& options = {},
                                     const Stop& stop = {}, const Progress& progress = {});

/// As `solve`, but from `start`: the better it is, the less is left to do, down to a few looks at every pair;
/// one that helps little is taken for a beginning of the auction. Repairs an answer after an item, a quota or a cost
/// has changed. Throws `InvalidProblem` also if a list of `start` has the wrong length.
[[nodiscard]] NestedFlowResult solve_from(const NestedFlowProblem& problem, const NestedFlowStart& start,
                                          const Stop& stop = {}, const Progress& progress = {});
[[nodiscard]] NestedFlowResult solve_from(const NestedFlowProblem32& problem, const NestedFlowStart& start,
                                          const Stop& stop = {}, const Progress& progress = {});

}  // namespace countyplan

#if !defined(COUNTYPLAN_SEPARATE) || defined(COUNTYPLAN_BODIES_NESTED_FLOW)
#include <countyplan/solve/impl/nested_flow.hpp>
#endif
