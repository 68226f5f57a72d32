// Which arcs leave and enter each node of a directed graph?
#pragma once

#include <concepts>
#include <cstddef>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <countyplan/error.hpp>
#include <countyplan/graph/csr.hpp>
#include <countyplan/graph/messages.hpp>

namespace countyplan {

/// A directed graph whose arcs keep their numbers and can be walked both ways.
template <class G>
concept DirectedGraph = requires(const G& graph, NodeIndex node, ArcIndex arc) {
    { graph.node_count() } -> std::same_as<std::size_t>;
    { graph.arc_count() } -> std::same_as<std::size_t>;
    { graph.tail(arc) } -> std::same_as<NodeIndex>;
    { graph.head(arc) } -> std::same_as<NodeIndex>;
    { graph.out_arcs(node) } -> std::same_as<std::span<const ArcIndex>>;
    { graph.in_arcs(node) } -> std::same_as<std::span<const ArcIndex>>;
    { graph.successors(node) } -> std::same_as<std::span<const NodeIndex>>;
    { graph.predecessors(node) } -> std::same_as<std::span<const NodeIndex>>;
};

/// A directed graph; loops and parallel arcs are allowed. Arcs are numbered as they were given, and
/// every list of arcs is ascending. An immutable, regular value; spans live as long as it does.
/// Memory: 24 bytes for each arc, 8 for each node.
class Network {
  public:
    Network() = default;

    /// Throws `InvalidProblem` for an arc whose end is not below `nodes`, or for 2^32 - 1 or more
    /// nodes or arcs. O(nodes + arcs).
    Network(std::size_t nodes, std::vector<Arc> arcs);

    [[nodiscard]] std::size_t node_count() const { return out_.size(); }
    [[nodiscard]] std::size_t arc_count() const { return arcs_.size(); }

    [[nodiscard]] std::span<const Arc> arcs() const { return arcs_; }
    [[nodiscard]] NodeIndex tail(ArcIndex arc) const { return at(arc).tail; }
    [[nodiscard]] NodeIndex head(ArcIndex arc) const { return at(arc).head; }

    [[nodiscard]] std::span<const ArcIndex> out_arcs(NodeIndex node) const { return out_[node]; }
    [[nodiscard]] std::span<const ArcIndex> in_arcs(NodeIndex node) const { return in_[node]; }
    /// The heads of `out_arcs(node)`, in the same order; one entry for each parallel arc.
    [[nodiscard]] std::span<const NodeIndex> successors(NodeIndex node) const { return out_.along(heads_, node); }
    /// The tails of `in_arcs(node)`, in the same order.
    [[nodiscard]] std::span<const NodeIndex> predecessors(NodeIndex node) const { return in_.along(tails_, node); }

    friend bool operator==(const Network&, const Network&) = default;

  private:
    [[nodiscard]] const Arc& at(ArcIndex arc) const {
        COUNTYPLAN_EXPECT(arc < arcs_.size(), "arc out of range");
        return arcs_[arc];
    }

    std::vector<Arc> arcs_;
    CompressedRows out_;
    CompressedRows in_;
    std::vector<NodeIndex> heads_;  ///< parallel to out_.entries()
    std::vector<NodeIndex> tails_;  ///< parallel to in_.entries()
};

static_assert(DirectedGraph<Network>);

// ---------------------------------------------------------------------------------------------------------------------

namespace detail {

inline void require_graph_size(std::size_t size, const char* place) {
    if (size >= no_node) {
        throw InvalidProblem({message::graph_too_large, {std::to_string(size), std::to_string(no_node - 1)}}, place);
    }
}

inline void require_node(NodeIndex node, std::size_t nodes, const std::string& place) {
    if (node >= nodes) {
        throw InvalidProblem({message::node_out_of_range, {std::to_string(node), std::to_string(nodes)}}, place);
    }
}

inline std::string place_of_bound(const char* list, std::size_t at, const char* field) {
    return std::string(list) + "[" + std::to_string(at) + "]" + field;
}

}  // namespace detail

inline Network::Network(std::size_t nodes, std::vector<Arc> arcs) : arcs_(std::move(arcs)) {
    detail::require_graph_size(nodes, "nodes");
    detail::require_graph_size(arcs_.size(), "arcs");
    for (std::size_t i = 0; i < arcs_.size(); ++i) {
        if (arcs_[i].tail < nodes && arcs_[i].head < nodes) continue;
        detail::require_node(arcs_[i].tail, nodes, detail::place_of_bound("arcs", i, ".tail"));
        detail::require_node(arcs_[i].head, nodes, detail::place_of_bound("arcs", i, ".head"));
    }
    out_ = CompressedRows::group(nodes, arcs_.size(), [this](ArcIndex arc) { return arcs_[arc].tail; });
    in_ = CompressedRows::group(nodes, arcs_.size(), [this](ArcIndex arc) { return arcs_[arc].head; });
    heads_.reserve(arcs_.size());
    for (const ArcIndex arc : out_.entries())
        heads_.push_back(arcs_[arc].head);
    tails_.reserve(arcs_.size());
    for (const ArcIndex arc : in_.entries())
        tails_.push_back(arcs_[arc].tail);
}

}  // namespace countyplan
