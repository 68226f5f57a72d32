// How is a forest laid out from its parents, and how are ancestors met?
#pragma once

#include <countyplan/graph/tree.hpp>

namespace countyplan {

namespace detail {

/// A shortest of the cycles in which `parents` run, smallest node first; empty if there is none.
inline Cycle parent_cycle(std::span<const NodeIndex> parents) {
    std::vector<NodeIndex> walk(parents.size(), no_node);  // the start of the walk that met the node
    Cycle best;
    for (NodeIndex start = 0; start < parents.size(); ++start) {
        NodeIndex node = start;
        while (node != no_node && walk[node] == no_node) {
            walk[node] = start;
            node = parents[node];
        }
        if (node == no_node || walk[node] != start) continue;
        std::vector<NodeIndex> ring{node};
        for (NodeIndex next = parents[node]; next != node; next = parents[next])
            ring.push_back(next);
        if (best.nodes.empty() || ring.size() < best.nodes.size()) best = {ring, ring, true};
    }
    start_at_smallest(best);
    return best;
}

}  // namespace detail

inline bool Tree::hang() {
    const auto nodes = static_cast<NodeIndex>(parents_.size());
    children_ = CompressedRows::group(nodes, nodes, [this](NodeIndex node) { return parents_[node]; });
    preorder_.reserve(nodes);
    enter_.assign(nodes, 0);
    leave_.assign(nodes, 0);
    depth_.assign(nodes, 0);
    jump_.assign(nodes, 0);
    for (NodeIndex node = 0; node < nodes; ++node) {
        if (parents_[node] == no_node) roots_.push_back(node);
    }
    std::vector<NodeIndex> pending(roots_.rbegin(), roots_.rend());
    while (!pending.empty()) {
        const NodeIndex node = pending.back();
        pending.pop_back();
        enter_[node] = static_cast<NodeIndex>(preorder_.size());
        preorder_.push_back(node);
        if (const NodeIndex up = parents_[node]; up == no_node) {
            jump_[node] = node;
        } else {
            const NodeIndex far = jump_[up];
            depth_[node] = depth_[up] + 1;
            jump_[node] = depth_[up] - depth_[far] == depth_[far] - depth_[jump_[far]] ? jump_[far] : up;
        }
        const auto below = children_[node];
        pending.insert(pending.end(), below.rbegin(), below.rend());
    }
    if (preorder_.size() < nodes) return false;
    for (std::size_t at = nodes; at-- > 0;) {  // children come after their parent, so backwards
        const NodeIndex node = preorder_[at];
        if (leave_[node] == 0) leave_[node] = enter_[node] + 1;
        const NodeIndex up = parents_[node];
        // The last child in preorder is met first and ends where its parent ends.
        if (up != no_node && leave_[up] == 0) leave_[up] = leave_[node];
    }
    return true;
}

inline std::variant<Tree, Cycle> Tree::build(std::vector<NodeIndex> parents) {
    detail::require_graph_size(parents.size(), "parents");
    for (std::size_t i = 0; i < parents.size(); ++i) {
        if (parents[i] < parents.size() || parents[i] == no_node) continue;
        detail::require_node(parents[i], parents.size(), detail::place_of_bound("parents", i, ""));
    }
    Tree tree;
    tree.parents_ = std::move(parents);
    if (!tree.hang()) return detail::parent_cycle(tree.parents_);
    return tree;
}

inline Tree::Tree(std::vector<NodeIndex> parents) {
    std::variant<Tree, Cycle> built = build(std::move(parents));
    if (const auto* cycle = std::get_if<Cycle>(&built)) throw InvalidProblem(cycle_message(*cycle), "parents");
    *this = std::get<Tree>(std::move(built));
}

inline NodeIndex Tree::lowest_common_ancestor(NodeIndex a, NodeIndex b) const {
    if (depth_[checked(a)] < depth_[checked(b)]) std::swap(a, b);
    while (depth_[a] > depth_[b])
        a = depth_[jump_[a]] >= depth_[b] ? jump_[a] : parents_[a];
    while (a != b) {  // both at the same depth from here on
        if (depth_[a] == 0) return no_node;
        if (jump_[a] != jump_[b]) {
            a = jump_[a];
            b = jump_[b];
        } else {
            a = parents_[a];
            b = parents_[b];
        }
    }
    return a;
}

}  // namespace countyplan
