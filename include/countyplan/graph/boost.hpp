// How does any algorithm of Boost.Graph run on a Network, Dag, Bipartite or Tree without a copy?
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>

#include <boost/graph/graph_traits.hpp>
#include <boost/graph/properties.hpp>
#include <boost/iterator/counting_iterator.hpp>
#include <boost/property_map/property_map.hpp>

#include <countyplan/graph/csr.hpp>
#include <countyplan/graph/dag.hpp>
#include <countyplan/graph/network.hpp>
#include <countyplan/graph/tree.hpp>

// The functions below are found by argument-dependent lookup. Each graph models VertexListGraph,
// BidirectionalGraph, EdgeListGraph and AdjacencyGraph and offers `boost::vertex_index`; Network, Dag
// and Bipartite offer `boost::edge_index` too. Vertices are node indices. Iterators point into the
// graph and live as long as it does. Every function is O(1) and throws nothing.

namespace countyplan {

namespace detail {

struct BoostCategory : boost::vertex_list_graph_tag,
                       boost::bidirectional_graph_tag,
                       boost::edge_list_graph_tag,
                       boost::adjacency_graph_tag {};

/// What the adapters of all directed graphs have in common: vertices and edges are plain indices.
struct BoostTraits {
    using vertex_descriptor = NodeIndex;
    using edge_descriptor = ArcIndex;
    using directed_category = boost::bidirectional_tag;
    using edge_parallel_category = boost::allow_parallel_edge_tag;
    using traversal_category = BoostCategory;
    using vertices_size_type = std::size_t;
    using edges_size_type = std::size_t;
    using degree_size_type = std::size_t;
    using vertex_iterator = boost::counting_iterator<NodeIndex>;
    using edge_iterator = boost::counting_iterator<ArcIndex>;
    using out_edge_iterator = const ArcIndex*;
    using in_edge_iterator = const ArcIndex*;
    using adjacency_iterator = const NodeIndex*;
    static constexpr vertex_descriptor null_vertex() { return no_node; }
};

using BoostIndexMap = boost::typed_identity_property_map<std::uint32_t>;
using BoostIndices = std::pair<boost::counting_iterator<std::uint32_t>, boost::counting_iterator<std::uint32_t>>;

/// The indices from `first` to before `last`.
inline BoostIndices boost_indices(std::size_t first, std::size_t last) {
    return {BoostIndices::first_type(static_cast<std::uint32_t>(first)),
            BoostIndices::first_type(static_cast<std::uint32_t>(last))};
}

inline std::pair<const std::uint32_t*, const std::uint32_t*> boost_range(std::span<const std::uint32_t> row) {
    return {row.data(), row.data() + row.size()};
}

/// The graphs whose arcs are the edges of Boost's view.
template <class G>
concept BoostByArc = std::same_as<G, Network> || std::same_as<G, Dag>;
/// The graphs that Boost sees as directed.
template <class G>
concept BoostDirected = BoostByArc<G> || std::same_as<G, Tree>;

}  // namespace detail

// Network and Dag: an edge is an arc.

template <detail::BoostDirected G>
[[nodiscard]] std::size_t num_vertices(const G& graph) {
    return graph.node_count();
}
template <detail::BoostDirected G>
[[nodiscard]] detail::BoostIndices vertices(const G& graph) {
    return detail::boost_indices(0, graph.node_count());
}
template <detail::BoostByArc G>
[[nodiscard]] std::size_t num_edges(const G& graph) {
    return graph.arc_count();
}
template <detail::BoostByArc G>
[[nodiscard]] detail::BoostIndices edges(const G& graph) {
    return detail::boost_indices(0, graph.arc_count());
}
template <detail::BoostByArc G>
[[nodiscard]] NodeIndex source(ArcIndex arc, const G& graph) {
    return graph.tail(arc);
}
template <detail::BoostByArc G>
[[nodiscard]] NodeIndex target(ArcIndex arc, const G& graph) {
    return graph.head(arc);
}
template <detail::BoostByArc G>
[[nodiscard]] auto out_edges(NodeIndex node, const G& graph) {
    return detail::boost_range(graph.out_arcs(node));
}
template <detail::BoostByArc G>
[[nodiscard]] std::size_t out_degree(NodeIndex node, const G& graph) {
    return graph.out_arcs(node).size();
}
template <detail::BoostByArc G>
[[nodiscard]] auto in_edges(NodeIndex node, const G& graph) {
    return detail::boost_range(graph.in_arcs(node));
}
template <detail::BoostByArc G>
[[nodiscard]] std::size_t in_degree(NodeIndex node, const G& graph) {
    return graph.in_arcs(node).size();
}
template <detail::BoostByArc G>
[[nodiscard]] auto adjacent_vertices(NodeIndex node, const G& graph) {
    return detail::boost_range(graph.successors(node));
}
template <detail::BoostDirected G>
[[nodiscard]] std::size_t degree(NodeIndex node, const G& graph) {
    return in_degree(node, graph) + out_degree(node, graph);
}
template <detail::BoostDirected G>
[[nodiscard]] detail::BoostIndexMap get(boost::vertex_index_t, const G&) {
    return {};
}
template <detail::BoostDirected G>
[[nodiscard]] NodeIndex get(boost::vertex_index_t, const G&, NodeIndex node) {
    return node;
}
template <detail::BoostByArc G>
[[nodiscard]] detail::BoostIndexMap get(boost::edge_index_t, const G&) {
    return {};
}
template <detail::BoostByArc G>
[[nodiscard]] ArcIndex get(boost::edge_index_t, const G&, ArcIndex arc) {
    return arc;
}

// Tree: an edge leads from parent to child and is named by the child, so that edge numbers have gaps
// at the roots and there is no `edge_index`.

[[nodiscard]] inline std::size_t num_edges(const Tree& tree) { return tree.all_children().size(); }
[[nodiscard]] inline auto edges(const Tree& tree) { return detail::boost_range(tree.all_children()); }
[[nodiscard]] inline NodeIndex source(NodeIndex child, const Tree& tree) { return tree.parent(child); }
[[nodiscard]] inline NodeIndex target(NodeIndex child, const Tree&) { return child; }
[[nodiscard]] inline auto out_edges(NodeIndex node, const Tree& tree) {
    return detail::boost_range(tree.children(node));
}
[[nodiscard]] inline std::size_t out_degree(NodeIndex node, const Tree& tree) { return tree.children(node).size(); }
[[nodiscard]] inline std::size_t in_degree(NodeIndex node, const Tree& tree) {
    return tree.parent(node) == no_node ? 0 : 1;
}
[[nodiscard]] inline auto in_edges(NodeIndex node, const Tree& tree) {
    return detail::boost_indices(node, node + in_degree(node, tree));
}
[[nodiscard]] inline auto adjacent_vertices(NodeIndex node, const Tree& tree) {
    return detail::boost_range(tree.children(node));
}

}  // namespace countyplan

namespace boost {

template <>
struct graph_traits<countyplan::Network> : countyplan::detail::BoostTraits {};
template <>
struct graph_traits<countyplan::Dag> : countyplan::detail::BoostTraits {};
template <>
struct graph_traits<countyplan::Tree> : countyplan::detail::BoostTraits {
    using edge_parallel_category = disallow_parallel_edge_tag;
    using edge_iterator = const countyplan::NodeIndex*;
    using in_edge_iterator = counting_iterator<countyplan::NodeIndex>;
};

// Some algorithms ask for the traits of a const graph.
template <countyplan::detail::BoostDirected G>
struct graph_traits<const G> : graph_traits<G> {};

template <countyplan::detail::BoostDirected G>
struct property_map<G, vertex_index_t> {
    using type = countyplan::detail::BoostIndexMap;
    using const_type = type;
};
template <countyplan::detail::BoostByArc G>
struct property_map<G, edge_index_t> {
    using type = countyplan::detail::BoostIndexMap;
    using const_type = type;
};

}  // namespace boost

#include <countyplan/graph/impl/boost_bipartite.hpp>
