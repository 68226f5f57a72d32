// How does Boost.Graph see a Bipartite?
#pragma once

#include <compare>
#include <cstddef>
#include <utility>

#include <boost/graph/graph_traits.hpp>
#include <boost/graph/properties.hpp>
#include <boost/iterator/counting_iterator.hpp>
#include <boost/iterator/transform_iterator.hpp>
#include <boost/property_map/property_map.hpp>

#include <countyplan/graph/bipartite.hpp>
#include <countyplan/graph/boost.hpp>
#include <countyplan/graph/csr.hpp>

namespace countyplan {

// Bipartite: undirected; the left nodes come first, right node r is vertex left_count() + r.

/// An arc seen from one of its ends. Both views are the same edge and compare equal.
struct BipartiteEdge {
    ArcIndex arc = no_node;
    bool from_right = false;

    friend constexpr bool operator==(BipartiteEdge a, BipartiteEdge b) { return a.arc == b.arc; }
    friend constexpr auto operator<=>(BipartiteEdge a, BipartiteEdge b) { return a.arc <=> b.arc; }
};

namespace detail {

/// An arc index as an edge that leaves, or enters, one side.
struct BipartiteView {
    bool from_right = false;
    BipartiteEdge operator()(ArcIndex arc) const { return {arc, from_right}; }
};

/// A node of one side as a vertex.
struct BipartiteVertex {
    NodeIndex offset = 0;
    NodeIndex operator()(NodeIndex node) const { return node + offset; }
};

struct BipartiteEdgeIndexMap {
    using key_type = BipartiteEdge;
    using value_type = ArcIndex;
    using reference = ArcIndex;
    using category = boost::readable_property_map_tag;
    friend ArcIndex get(BipartiteEdgeIndexMap, BipartiteEdge edge) { return edge.arc; }
    ArcIndex operator[](BipartiteEdge edge) const { return edge.arc; }
};

struct BipartiteTraits : BoostTraits {
    using edge_descriptor = BipartiteEdge;
    using directed_category = boost::undirected_tag;
    using edge_iterator = boost::transform_iterator<BipartiteView, boost::counting_iterator<ArcIndex>>;
    using out_edge_iterator = boost::transform_iterator<BipartiteView, const ArcIndex*>;
    using in_edge_iterator = out_edge_iterator;
    using adjacency_iterator = boost::transform_iterator<BipartiteVertex, const NodeIndex*>;
};

/// The arcs at a vertex, seen from it or towards it.
[[nodiscard]] inline auto bipartite_edges(NodeIndex vertex, const Bipartite& graph, bool towards) {
    const bool on_right = vertex >= graph.left_count();
    const auto arcs =
        on_right ? graph.right_arcs(vertex - static_cast<NodeIndex>(graph.left_count())) : graph.left_arcs(vertex);
    const BipartiteView view{on_right != towards};
    using Iterator = BipartiteTraits::out_edge_iterator;
    return std::pair(Iterator(arcs.data(), view), Iterator(arcs.data() + arcs.size(), view));
}

}  // namespace detail

[[nodiscard]] inline std::size_t num_vertices(const Bipartite& graph) {
    return graph.left_count() + graph.right_count();
}
[[nodiscard]] inline auto vertices(const Bipartite& graph) { return detail::boost_indices(0, num_vertices(graph)); }
[[nodiscard]] inline std::size_t num_edges(const Bipartite& graph) { return graph.arc_count(); }
[[nodiscard]] inline auto edges(const Bipartite& graph) {
    using Iterator = detail::BipartiteTraits::edge_iterator;
    const auto [first, last] = detail::boost_indices(0, graph.arc_count());
    return std::pair(Iterator(first, {}), Iterator(last, {}));
}
[[nodiscard]] inline NodeIndex source(BipartiteEdge edge, const Bipartite& graph) {
    return edge.from_right ? static_cast<NodeIndex>(graph.left_count()) + graph.right(edge.arc) : graph.left(edge.arc);
}
[[nodiscard]] inline NodeIndex target(BipartiteEdge edge, const Bipartite& graph) {
    return source({edge.arc, !edge.from_right}, graph);
}
[[nodiscard]] inline auto out_edges(NodeIndex vertex, const Bipartite& graph) {
    return detail::bipartite_edges(vertex, graph, false);
}
[[nodiscard]] inline auto in_edges(NodeIndex vertex, const Bipartite& graph) {
    return detail::bipartite_edges(vertex, graph, true);
}
[[nodiscard]] inline std::size_t degree(NodeIndex vertex, const Bipartite& graph) {
    const auto [first, last] = out_edges(vertex, graph);
    return static_cast<std::size_t>(last - first);
}
[[nodiscard]] inline std::size_t out_degree(NodeIndex vertex, const Bipartite& graph) { return degree(vertex, graph); }
[[nodiscard]] inline std::size_t in_degree(NodeIndex vertex, const Bipartite& graph) { return degree(vertex, graph); }
[[nodiscard]] inline auto adjacent_vertices(NodeIndex vertex, const Bipartite& graph) {
    const auto left = static_cast<NodeIndex>(graph.left_count());
    const bool on_right = vertex >= left;
    const auto row = on_right ? graph.left_of(vertex - left) : graph.right_of(vertex);
    const detail::BipartiteVertex view{on_right ? 0 : left};
    using Iterator = detail::BipartiteTraits::adjacency_iterator;
    return std::pair(Iterator(row.data(), view), Iterator(row.data() + row.size(), view));
}
[[nodiscard]] inline detail::BoostIndexMap get(boost::vertex_index_t, const Bipartite&) { return {}; }
[[nodiscard]] inline NodeIndex get(boost::vertex_index_t, const Bipartite&, NodeIndex vertex) { return vertex; }
[[nodiscard]] inline detail::BipartiteEdgeIndexMap get(boost::edge_index_t, const Bipartite&) { return {}; }
[[nodiscard]] inline ArcIndex get(boost::edge_index_t, const Bipartite&, BipartiteEdge edge) { return edge.arc; }

}  // namespace countyplan

namespace boost {

template <>
struct graph_traits<countyplan::Bipartite> : countyplan::detail::BipartiteTraits {};
template <>
struct graph_traits<const countyplan::Bipartite> : countyplan::detail::BipartiteTraits {};

template <>
struct property_map<countyplan::Bipartite, vertex_index_t> {
    using type = countyplan::detail::BoostIndexMap;
    using const_type = type;
};
template <>
struct property_map<countyplan::Bipartite, edge_index_t> {
    using type = countyplan::detail::BipartiteEdgeIndexMap;
    using const_type = type;
};

}  // namespace boost
