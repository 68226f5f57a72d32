// In which order can the nodes be taken so that every arrow points forward, or which cycle forbids it?
#pragma once

#include <concepts>
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

class Dag;

/// A directed graph that shows an order in which every arc points forward.
template <class G>
concept AcyclicGraph = DirectedGraph<G> && requires(const G& graph, NodeIndex node) {
    { graph.order() } -> std::same_as<std::span<const NodeIndex>>;
    { graph.position(node) } -> std::same_as<NodeIndex>;
};

/// A shortest cycle of `graph`, or an empty one if there is none. Of several loops the one with the
/// smallest arc; of several longer cycles the first one met from the smallest start node. Searches
/// breadth-first from one node after another, each time no deeper than the best cycle so far, and drops
/// what can no longer lie on a cycle. It is proved shortest (`is_shortest`) while the search looks at no
/// more than 64 (n + m) + 10^8 arcs; a longer search ends there with the shortest cycle met so far.
[[nodiscard]] Cycle shortest_cycle(const Network& graph);

/// A directed graph without a cycle. Arcs are numbered as they were given. An immutable, regular
/// value; spans live as long as it does. Nothing here recurses: a million nodes in a row are fine.
class Dag {
  public:
    Dag() = default;

    /// The graph, or a cycle that keeps it from being one (see `shortest_cycle`). Throws
    /// `InvalidProblem` as `Network` does. O((n + m) log n) without a cycle.
    [[nodiscard]] static std::variant<Dag, Cycle> build(std::size_t nodes, std::vector<Arc> arcs);

    /// The same, but throws `InvalidProblem` that names the cycle.
    Dag(std::size_t nodes, std::vector<Arc> arcs);

    [[nodiscard]] std::size_t node_count() const { return network_.node_count(); }
    [[nodiscard]] std::size_t arc_count() const { return network_.arc_count(); }

    [[nodiscard]] std::span<const Arc> arcs() const { return network_.arcs(); }
    [[nodiscard]] NodeIndex tail(ArcIndex arc) const { return network_.tail(arc); }
    [[nodiscard]] NodeIndex head(ArcIndex arc) const { return network_.head(arc); }

    [[nodiscard]] std::span<const ArcIndex> out_arcs(NodeIndex node) const { return network_.out_arcs(node); }
    [[nodiscard]] std::span<const ArcIndex> in_arcs(NodeIndex node) const { return network_.in_arcs(node); }
    [[nodiscard]] std::span<const NodeIndex> successors(NodeIndex node) const { return network_.successors(node); }
    [[nodiscard]] std::span<const NodeIndex> predecessors(NodeIndex node) const { return network_.predecessors(node); }

    /// All nodes, every arc pointing forward; of all such orders the lexicographically smallest, that
    /// is, the smallest node that is free comes next.
    [[nodiscard]] std::span<const NodeIndex> order() const { return order_; }
    /// Where `node` stands in `order()`.
    [[nodiscard]] NodeIndex position(NodeIndex node) const {
        COUNTYPLAN_EXPECT(node < position_.size(), "node out of range");
        return position_[node];
    }
    /// The same graph, for whoever does not need the order.
    [[nodiscard]] const Network& network() const { return network_; }

    friend bool operator==(const Dag&, const Dag&) = default;

  private:
    Dag(Network network, std::vector<NodeIndex> order);

    Network network_;
    std::vector<NodeIndex> order_;
    std::vector<NodeIndex> position_;
};

static_assert(AcyclicGraph<Dag> && !AcyclicGraph<Network>);

}  // namespace countyplan

#include <countyplan/graph/impl/dag.hpp>
