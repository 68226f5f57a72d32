// What does a choice of pairs cost, counted from the definition?
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include <countyplan/solve/proof/int128.hpp>
#include <countyplan/solve/proof/nested_flow.hpp>

namespace countyplan::detail {

/// Adds what these totals of one side's groups cost, per tier.
inline void add_total_costs(const NestedQuotas& quotas, std::span<const std::int64_t> total, std::vector<Int128>& out) {
    if (quotas.first_piece.empty()) return;
    for (std::size_t g = 0; g < quotas.groups(); ++g) {
        for (std::size_t k = quotas.first_piece[g]; k < quotas.first_piece[g + 1]; ++k) {
            const bool is_last = k + 1 == quotas.first_piece[g + 1];
            const std::int64_t end = is_last ? total[g] : std::min(total[g], quotas.from[k + 1]);
            if (end <= quotas.from[k]) break;
            for (std::size_t t = 0; t < out.size(); ++t)
                out[t] += Int128(end - quotas.from[k]) * Int128(quotas.slope[k * out.size() + t]);
        }
    }
}

/// Per tier: pairs, and what as many in each group cost. `pair_of`: per item, or `NestedFlowResult::unpaired`.
inline std::vector<Int128> choice_cost(const NestedFlowProblem& flow, std::span<const std::uint32_t> pair_of) {
    std::vector<Int128> out(flow.tiers);
    std::vector<std::int64_t> left(flow.left.groups(), 0);
    std::vector<std::int64_t> right(flow.right.groups(), 0);
    const std::size_t width = flow.tiers - flow.pair_tier;
    for (std::size_t e = 0; e < pair_of.size(); ++e) {
        if (pair_of[e] == NestedFlowResult::unpaired) continue;
        for (std::size_t k = 0; k < width; ++k)
            out[flow.pair_tier + k] += flow.cost[pair_of[e] * width + k];
        for (std::uint32_t g = flow.group[e]; g != NestedQuotas::outermost; g = flow.left.parent[g])
            ++left[g];
        for (std::uint32_t g = flow.to[pair_of[e]]; g != NestedQuotas::outermost; g = flow.right.parent[g])
            ++right[g];
    }
    add_total_costs(flow.left, left, out);
    add_total_costs(flow.right, right, out);
    return out;
}

}  // namespace countyplan::detail
