// Do these sets lie inside or outside each other, and in which forest; or which two cross?
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <numeric>
#include <variant>
#include <vector>

#include <countyplan/graph/csr.hpp>

namespace countyplan {

/// Sets of which any two are disjoint or one holds the other, as a forest.
struct LaminarForest {
    std::vector<NodeIndex> parent{};       ///< per set: the smallest set round it, or `no_node`
    std::vector<NodeIndex> innermost{};    ///< per element: the smallest set that holds it, or `no_node`
    std::vector<NodeIndex> outer_first{};  ///< all sets, each after its parent

    friend bool operator==(const LaminarForest&, const LaminarForest&) = default;
};

/// Two sets that cross, and elements that show it.
struct LaminarCrossing {
    NodeIndex a = no_node;
    NodeIndex b = no_node;
    std::uint32_t common = 0;
    std::uint32_t only_a = 0;
    std::uint32_t only_b = 0;

    friend bool operator==(const LaminarCrossing&, const LaminarCrossing&) = default;
};

/// The forest of sets over the elements 0 … elements - 1, each set ascending without
/// repeats; or two that cross. Of
/// equal sets the one of lower number lies outside; an empty set stands alone. Time O(total size + sets log sets).
[[nodiscard]] inline std::variant<LaminarForest, LaminarCrossing> laminar_forest(
    std::size_t elements, const std::vector<std::vector<std::uint32_t>>& sets) {
    LaminarForest out;
    out.parent.assign(sets.size(), no_node);
    out.innermost.assign(elements, no_node);
    out.outer_first.resize(sets.size());
    std::iota(out.outer_first.begin(), out.outer_first.end(), NodeIndex{0});
    std::ranges::stable_sort(out.outer_first, std::greater<>(), [&sets](NodeIndex s) { return sets[s].size(); });
    for (const NodeIndex set : out.outer_first) {
        const auto& members = sets[set];
        if (members.empty()) continue;
        const NodeIndex round = out.innermost[members.front()];
        for (const std::uint32_t member : members) {
            const NodeIndex other = out.innermost[member];
            if (other == round) continue;
            // one of the two sets misses an element of this one: the one that lies deeper, or either
            const bool first_inside =
                other == no_node || (round != no_node && sets[round].size() <= sets[other].size());
            const NodeIndex crossing = first_inside ? round : other;
            const auto in = [&sets](NodeIndex s, std::uint32_t e) { return std::ranges::binary_search(sets[s], e); };
            LaminarCrossing found{crossing, set, first_inside ? members.front() : member, 0,
                                  first_inside ? member : members.front()};
            found.only_a = *std::ranges::find_if(sets[crossing], [&](std::uint32_t e) { return !in(set, e); });
            return found;
        }
        out.parent[set] = round;
        for (const std::uint32_t member : members)
            out.innermost[member] = set;
    }
    return out;
}

}  // namespace countyplan
