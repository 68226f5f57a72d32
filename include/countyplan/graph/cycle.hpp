// Which arrows lead from a node back to itself?
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

#include <countyplan/graph/csr.hpp>
#include <countyplan/graph/messages.hpp>

namespace countyplan {

/// A closed walk through distinct nodes: `arcs[i]` leads from `nodes[i]` to `nodes[i + 1]`, the last
/// one to `nodes[0]`, which is the smallest node of the cycle. Not empty when it comes from a search.
struct Cycle {
    std::vector<NodeIndex> nodes;
    std::vector<ArcIndex> arcs;
    /// Whether the search proved that no shorter cycle exists.
    bool is_shortest = false;

    friend bool operator==(const Cycle&, const Cycle&) = default;
};

/// `a -> b -> a`; of a cycle longer than 12 only the first 10 nodes and the last, with `...` between.
[[nodiscard]] inline std::string to_text(const Cycle& cycle) {
    std::string out;
    if (cycle.nodes.empty()) return out;
    const std::size_t length = cycle.nodes.size();
    const std::size_t shown = length <= 12 ? length : 10;
    for (std::size_t i = 0; i < shown; ++i)
        out += std::to_string(cycle.nodes[i]) + " -> ";
    if (shown < length) out += "... -> " + std::to_string(cycle.nodes.back()) + " -> ";
    return out + std::to_string(cycle.nodes.front());
}

/// The sentence that refuses a graph for its cycle.
[[nodiscard]] inline Message cycle_message(const Cycle& cycle) {
    return {message::graph_cycle, {std::to_string(cycle.nodes.size()), to_text(cycle)}};
}

namespace detail {

/// Turns the cycle so that it starts at its smallest node.
inline void start_at_smallest(Cycle& cycle) {
    const auto turn = std::min_element(cycle.nodes.begin(), cycle.nodes.end()) - cycle.nodes.begin();
    std::rotate(cycle.nodes.begin(), cycle.nodes.begin() + turn, cycle.nodes.end());
    std::rotate(cycle.arcs.begin(), cycle.arcs.begin() + turn, cycle.arcs.end());
}

}  // namespace detail

}  // namespace countyplan
