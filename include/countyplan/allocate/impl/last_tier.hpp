// Which of the best choices of pairs has the most, or the fewest, pairs of a kind?
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <variant>
#include <vector>

#include <countyplan/solve/nested_flow.hpp>
#include <countyplan/solve/observer.hpp>
#include <countyplan/solve/stop.hpp>

namespace countyplan::detail {

/// Rows of `was` numbers as rows of `now`: cut, or with zeros added. A lexicographic order of rows that are cut holds
/// weakly.
inline std::vector<std::int64_t> restrided(std::span<const std::int64_t> rows, std::size_t was, std::size_t now) {
    std::vector<std::int64_t> out(rows.size() / was * now, 0);
    for (std::size_t r = 0; r * was < rows.size(); ++r)
        std::ranges::copy(rows.subspan(r * was, std::min(was, now)),
                          out.begin() + static_cast<std::ptrdiff_t>(r * now));
    return out;
}

/// The flow solved from `start` with one tier more behind all others, in which pairs cost what `price` puts there by
/// `put(pair, cost)`, else nothing. The answer is told without that tier.
template <class Price>
NestedFlowResult solve_with_last_tier(NestedFlowProblem flow, const Price& price, NestedFlowStart start,
                                      const Stop& stop, const Progress& progress = {}) {
    const std::size_t tiers = flow.tiers++;
    const std::size_t width = tiers - flow.pair_tier;
    flow.left.slope = restrided(flow.left.slope, tiers, flow.tiers);
    flow.right.slope = restrided(flow.right.slope, tiers, flow.tiers);
    flow.cost = restrided(flow.cost, width, width + 1);
    price([&](std::size_t pair, std::int64_t cost) { flow.cost[pair * (width + 1) + width] = cost; });
    start.potentials.left = restrided(start.potentials.left, tiers, flow.tiers);
    start.potentials.right = restrided(start.potentials.right, tiers, flow.tiers);
    NestedFlowResult out = solve_from(flow, start, stop, progress);
    if (!out.cost.empty()) out.cost.pop_back();
    if (auto* potentials = std::get_if<NestedFlowPotentials>(&out.certificate)) {
        potentials->left = restrided(potentials->left, flow.tiers, tiers);
        potentials->right = restrided(potentials->right, flow.tiers, tiers);
    }
    return out;
}

}  // namespace countyplan::detail
