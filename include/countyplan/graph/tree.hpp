// Who is whose parent, and what lies below a node of a forest?
#pragma once

#include <cstddef>
#include <span>
#include <utility>
#include <variant>
#include <vector>

#include <countyplan/error.hpp>
#include <countyplan/graph/csr.hpp>
#include <countyplan/graph/cycle.hpp>
#include <countyplan/graph/network.hpp>

namespace countyplan {

/// A rooted forest. Children and roots are listed ascending. An immutable, regular value; spans live
/// as long as it does. Nothing here recurses: a million nodes one below the other are fine.
class Tree {
  public:
    Tree() = default;

    /// From each node's parent, `no_node` for a root: the forest, or a shortest of the cycles in which
    /// the parents run, smallest node first (`nodes[i + 1]` is the parent of `nodes[i]`, and `arcs`
    /// repeats `nodes`). Throws `InvalidProblem` for a parent out of range. O(n).
    [[nodiscard]] static std::variant<Tree, Cycle> build(std::vector<NodeIndex> parents);

    /// The same, but throws `InvalidProblem` that names the cycle.
    explicit Tree(std::vector<NodeIndex> parents);

    [[nodiscard]] std::size_t node_count() const { return parents_.size(); }
    [[nodiscard]] std::span<const NodeIndex> roots() const { return roots_; }
    /// `no_node` for a root.
    [[nodiscard]] NodeIndex parent(NodeIndex node) const { return parents_[checked(node)]; }
    [[nodiscard]] std::span<const NodeIndex> children(NodeIndex node) const { return children_[node]; }
    /// Every node that has a parent, grouped by parent.
    [[nodiscard]] std::span<const NodeIndex> all_children() const { return children_.entries(); }
    /// The number of steps up to the root.
    [[nodiscard]] NodeIndex depth(NodeIndex node) const { return depth_[checked(node)]; }

    /// All nodes, each before its children; read backwards, each after them.
    [[nodiscard]] std::span<const NodeIndex> preorder() const { return preorder_; }
    /// `node` and all below it, in preorder.
    [[nodiscard]] std::span<const NodeIndex> subtree(NodeIndex node) const {
        return std::span(preorder_).subspan(enter_[checked(node)], leave_[node] - enter_[node]);
    }

    /// Whether `above` lies on the way from `below` to its root; a node is its own ancestor. O(1).
    [[nodiscard]] bool is_ancestor(NodeIndex above, NodeIndex below) const {
        return enter_[checked(above)] <= enter_[checked(below)] && enter_[below] < leave_[above];
    }
    /// The deepest node that is an ancestor of both; `no_node` in different trees. O(log n), by jump
    /// pointers; Myers, Information Processing Letters 17 (1983).
    [[nodiscard]] NodeIndex lowest_common_ancestor(NodeIndex a, NodeIndex b) const;

    friend bool operator==(const Tree& a, const Tree& b) { return a.parents_ == b.parents_; }

  private:
    [[nodiscard]] NodeIndex checked(NodeIndex node) const {
        COUNTYPLAN_EXPECT(node < parents_.size(), "node out of range");
        return node;
    }
    /// Fills what follows from `parents_`; returns whether every node hangs below a root.
    [[nodiscard]] bool hang();

    std::vector<NodeIndex> parents_;
    CompressedRows children_;
    std::vector<NodeIndex> roots_;
    std::vector<NodeIndex> preorder_;
    std::vector<NodeIndex> enter_;  ///< position in preorder
    std::vector<NodeIndex> leave_;  ///< position after the last node below
    std::vector<NodeIndex> depth_;
    std::vector<NodeIndex> jump_;  ///< an ancestor further up; a root's is itself
};

}  // namespace countyplan

#include <countyplan/graph/impl/tree.hpp>
