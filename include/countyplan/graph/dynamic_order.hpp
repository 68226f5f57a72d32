// In which order do the nodes stand while arrows come and go, and which cycle would the next arrow close?
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <variant>
#include <vector>

#include <countyplan/error.hpp>
#include <countyplan/graph/csr.hpp>
#include <countyplan/graph/cycle.hpp>
#include <countyplan/graph/dag.hpp>

namespace countyplan {

/// A directed graph without a cycle that can be edited; every arc points from a smaller position to a greater
/// one at all times. Nodes and arcs keep their numbers; a number that becomes free is given out again, the one
/// freed last first. Numbers passed in must exist (see `has_node`, `has_arc`). Deterministic; a regular value.
/// Source: Pearce & Kelly, ACM Journal of Experimental Algorithmics 11 (2006).
class DynamicOrder {
  public:
    DynamicOrder() = default;
    /// The graph with its numbers and its order. O(n + m).
    explicit DynamicOrder(const Dag& graph);

    /// A node without arcs. Throws `InvalidProblem` where there are too many. O(1).
    NodeIndex add_node();
    /// Takes the node out, and its arcs. O(1) for each of them.
    void remove_node(NodeIndex node);

    /// The number of the new arc, or a shortest one of the cycles that it would close, in which it has the
    /// number `next_arc()`; then nothing has changed. O(1) where the order holds already, else in the nodes
    /// between its ends that are reached from its head or reach its tail, with a logarithm, and their arcs.
    [[nodiscard]] std::variant<ArcIndex, Cycle> add_arc(Arc ends);
    /// Gives an arc other ends, or tells a shortest cycle that it would close then; as `add_arc`.
    [[nodiscard]] std::optional<Cycle> move_arc(ArcIndex arc, Arc ends);
    /// O(1); the order stays.
    void remove_arc(ArcIndex arc);

    [[nodiscard]] std::size_t node_count() const { return order_.size() - free_nodes_.size(); }
    [[nodiscard]] std::size_t arc_count() const { return arcs_.size() - free_arcs_.size(); }
    /// Numbers of nodes, and positions, are below this; not every one of them is in use.
    [[nodiscard]] std::size_t node_limit() const { return order_.size(); }
    [[nodiscard]] std::size_t arc_limit() const { return arcs_.size(); }
    [[nodiscard]] bool has_node(NodeIndex node) const { return node < is_node_.size() && is_node_[node] != 0; }
    [[nodiscard]] bool has_arc(ArcIndex arc) const { return arc < arcs_.size() && arcs_[arc].ends.tail != no_node; }
    /// The number that the next new node, or arc, gets.
    [[nodiscard]] NodeIndex next_node() const {
        return free_nodes_.empty() ? static_cast<NodeIndex>(order_.size()) : free_nodes_.back();
    }
    [[nodiscard]] ArcIndex next_arc() const {
        return free_arcs_.empty() ? static_cast<ArcIndex>(arcs_.size()) : free_arcs_.back();
    }

    [[nodiscard]] Arc arc(ArcIndex arc) const {
        COUNTYPLAN_EXPECT(has_arc(arc), "no such arc");
        return arcs_[arc].ends;
    }
    /// In no particular order; valid until the next edit.
    [[nodiscard]] std::span<const ArcIndex> out_arcs(NodeIndex node) const { return out_[node]; }
    [[nodiscard]] std::span<const ArcIndex> in_arcs(NodeIndex node) const { return in_[node]; }

    /// Where `node` stands. A number not in use keeps a place, too.
    [[nodiscard]] std::uint32_t position(NodeIndex node) const {
        COUNTYPLAN_EXPECT(node < position_.size(), "node out of range");
        return position_[node];
    }
    [[nodiscard]] NodeIndex node_at(std::uint32_t position) const {
        COUNTYPLAN_EXPECT(position < order_.size(), "position out of range");
        return order_[position];
    }

    friend bool operator==(const DynamicOrder& a, const DynamicOrder& b) {
        return a.order_ == b.order_ && a.is_node_ == b.is_node_ && a.arcs_ == b.arcs_ && a.out_ == b.out_ &&
               a.in_ == b.in_ && a.free_nodes_ == b.free_nodes_ && a.free_arcs_ == b.free_arcs_;
    }

  private:
    struct Seat {
        Arc ends{};  ///< no ends: the number is free
        std::uint32_t out_at = 0;
        std::uint32_t in_at = 0;

        friend bool operator==(const Seat&, const Seat&) = default;
    };

    void link(ArcIndex arc, Arc ends);
    void unlink(ArcIndex arc);
    /// Makes room for an arc, as if `without` were not there; or the cycle, the arc being `number` in it.
    std::optional<Cycle> make_way(Arc ends, ArcIndex without, ArcIndex number);
    bool search_forward(Arc ends, ArcIndex without);
    void search_backward(Arc ends, ArcIndex without);
    void mark(NodeIndex node, std::vector<NodeIndex>& list);
    void begin_search();

    std::vector<NodeIndex> order_;
    std::vector<std::uint32_t> position_;
    std::vector<std::uint8_t> is_node_;
    std::vector<Seat> arcs_;
    std::vector<std::vector<ArcIndex>> out_, in_;
    std::vector<NodeIndex> free_nodes_;
    std::vector<ArcIndex> free_arcs_;
    // What a search needs.
    std::vector<std::uint32_t> seen_;  ///< the search that met the node last
    std::vector<ArcIndex> reached_by_;
    std::vector<NodeIndex> ahead_, behind_;
    std::vector<std::uint32_t> places_;
    std::uint32_t search_ = 0;
};

}  // namespace countyplan

#include <countyplan/graph/impl/dynamic_order.hpp>
