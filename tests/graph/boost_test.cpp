#include <countyplan/graph/boost.hpp>

#include <algorithm>
#include <limits>
#include <set>
#include <vector>

#include <gtest/gtest.h>
#include <boost/graph/bellman_ford_shortest_paths.hpp>
#include <boost/graph/bipartite.hpp>
#include <boost/graph/breadth_first_search.hpp>
#include <boost/graph/connected_components.hpp>
#include <boost/graph/dag_shortest_paths.hpp>
#include <boost/graph/depth_first_search.hpp>
#include <boost/graph/dijkstra_shortest_paths.hpp>
#include <boost/graph/graph_concepts.hpp>
#include <boost/graph/max_cardinality_matching.hpp>
#include <boost/graph/reverse_graph.hpp>
#include <boost/graph/strong_components.hpp>
#include <boost/graph/topological_sort.hpp>

#include "given/random_arcs.hpp"

namespace {

using namespace countyplan;

template <class G>
void require_concepts() {
    BOOST_CONCEPT_ASSERT((boost::VertexListGraphConcept<G>));
    BOOST_CONCEPT_ASSERT((boost::BidirectionalGraphConcept<G>));
    BOOST_CONCEPT_ASSERT((boost::EdgeListGraphConcept<G>));
    BOOST_CONCEPT_ASSERT((boost::AdjacencyGraphConcept<G>));
    BOOST_CONCEPT_ASSERT((boost::ReadablePropertyGraphConcept<G, NodeIndex, boost::vertex_index_t>));
}

TEST(BoostGraph, FindsItsConceptsInEveryGraph) {
    require_concepts<Network>();
    require_concepts<Dag>();
    require_concepts<Tree>();
    require_concepts<Bipartite>();
    static_assert(!detail::BoostByArc<Tree>, "a tree's edges have no index");
    static_assert(!detail::BoostDirected<Bipartite>, "a bipartite graph is undirected");
}

Network random_network(std::mt19937& random) {
    const std::size_t nodes = 1 + given::below(random, 12);
    return Network(nodes, given::random_arcs(random, nodes, nodes, given::below(random, 40)));
}

/// From `start`, the fewest arcs to each node by relaxing until nothing changes; `far` if out of reach.
constexpr int far = std::numeric_limits<int>::max() / 4;
std::vector<int> relaxed(const Network& network, NodeIndex start, const std::vector<int>& weight) {
    std::vector<int> distance(network.node_count(), far);
    distance[start] = 0;
    for (bool changed = true; changed;) {
        changed = false;
        for (ArcIndex arc = 0; arc < network.arc_count(); ++arc) {
            const int through = distance[network.tail(arc)] == far ? far : distance[network.tail(arc)] + weight[arc];
            if (through >= distance[network.head(arc)]) continue;
            distance[network.head(arc)] = through;
            changed = true;
        }
    }
    return distance;
}

/// Whether any order of `Bipartite`, `Network` … lists each edge at both its ends, once.
template <class G>
void expect_consistent(const G& graph) {
    std::size_t out = 0;
    std::size_t in = 0;
    for (auto [v, end] = vertices(graph); v != end; ++v) {
        std::vector<NodeIndex> heads;
        for (auto [e, last] = out_edges(*v, graph); e != last; ++e, ++out) {
            EXPECT_EQ(source(*e, graph), *v);
            heads.push_back(target(*e, graph));
        }
        const auto [first, last] = adjacent_vertices(*v, graph);
        EXPECT_EQ(heads, std::vector<NodeIndex>(first, last));
        EXPECT_EQ(heads.size(), out_degree(*v, graph));
        std::size_t entering = 0;
        for (auto [e, stop] = in_edges(*v, graph); e != stop; ++e, ++entering)
            EXPECT_EQ(target(*e, graph), *v);
        EXPECT_EQ(entering, in_degree(*v, graph));
        in += entering;
    }
    const auto [first, last] = edges(graph);
    EXPECT_EQ(static_cast<std::size_t>(std::distance(first, last)), num_edges(graph));
    const bool undirected = boost::is_undirected(graph);
    EXPECT_EQ(out, (undirected ? 2 : 1) * num_edges(graph));
    EXPECT_EQ(in, out);
}

TEST(BoostGraphLaw, ShowsEachEdgeAtBothItsEnds) {
    for (unsigned seed = 0; seed < 100; ++seed) {
        SCOPED_TRACE(seed);
        std::mt19937 random(seed);
        expect_consistent(random_network(random));
        const std::size_t left = given::below(random, 6);
        const std::size_t right = given::below(random, 6);
        expect_consistent(Bipartite(left, right, given::random_arcs(random, left, right, 12)));
        std::vector<NodeIndex> parents(given::below(random, 12), no_node);
        for (std::size_t i = 1; i < parents.size(); ++i) {
            if (given::below(random, 4) != 0) parents[i] = given::below(random, i);
        }
        expect_consistent(Tree(parents));
    }
}

TEST(BoostGraphLaw, TopologicalSortOfADagPointsEveryArcForward) {
    for (unsigned seed = 0; seed < 200; ++seed) {
        SCOPED_TRACE(seed);
        std::mt19937 random(seed);
        const std::size_t nodes = 1 + given::below(random, 20);
        auto arcs = given::random_arcs(random, nodes, nodes, 30);
        std::erase_if(arcs, [](const Arc& arc) { return arc.tail == arc.head; });
        for (Arc& arc : arcs) {
            if (arc.tail > arc.head) std::swap(arc.tail, arc.head);
        }
        const Dag dag(nodes, arcs);
        std::vector<NodeIndex> backwards;
        boost::topological_sort(dag, std::back_inserter(backwards));
        std::vector<std::size_t> place(nodes);
        for (std::size_t i = 0; i < nodes; ++i)
            place[backwards[i]] = nodes - i;
        for (const Arc& arc : arcs)
            ASSERT_LT(place[arc.tail], place[arc.head]);

        std::vector<int> weight(arcs.size());
        for (int& w : weight)
            w = static_cast<int>(given::below(random, 20)) - 5;
        std::vector<int> distance(nodes, far);
        boost::dag_shortest_paths(
            dag, 0,
            boost::weight_map(boost::make_iterator_property_map(weight.begin(), get(boost::edge_index, dag)))
                .distance_map(boost::make_iterator_property_map(distance.begin(), get(boost::vertex_index, dag)))
                .distance_inf(far));
        ASSERT_EQ(distance, relaxed(dag.network(), 0, weight));
    }
}

TEST(BoostGraphLaw, TopologicalSortRefusesExactlyWhatDagRefuses) {
    for (unsigned seed = 0; seed < 300; ++seed) {
        SCOPED_TRACE(seed);
        std::mt19937 random(seed);
        const std::size_t nodes = 1 + given::below(random, 12);
        const auto arcs = given::random_arcs(random, nodes, nodes, given::below(random, 12));
        const Network network(nodes, arcs);
        bool refused = false;
        try {
            std::vector<NodeIndex> backwards;
            boost::topological_sort(network, std::back_inserter(backwards));
        } catch (const boost::not_a_dag&) {
            refused = true;
        }
        ASSERT_EQ(refused, std::holds_alternative<Cycle>(Dag::build(nodes, arcs)));
    }
}

TEST(BoostGraphLaw, ShortestPathsAgreeWithRelaxation) {
    for (unsigned seed = 0; seed < 200; ++seed) {
        SCOPED_TRACE(seed);
        std::mt19937 random(seed);
        const Network network = random_network(random);
        std::vector<int> weight(network.arc_count());
        for (int& w : weight)
            w = static_cast<int>(given::below(random, 20));
        const auto weights = boost::make_iterator_property_map(weight.begin(), get(boost::edge_index, network));
        const auto expected = relaxed(network, 0, weight);

        std::vector<int> distance(network.node_count());
        boost::dijkstra_shortest_paths(
            network, 0,
            boost::weight_map(weights)
                .distance_map(boost::make_iterator_property_map(distance.begin(), get(boost::vertex_index, network)))
                .distance_inf(far));
        ASSERT_EQ(distance, expected);

        std::fill(distance.begin(), distance.end(), far);
        distance[0] = 0;
        const auto distances = boost::make_iterator_property_map(distance.begin(), get(boost::vertex_index, network));
        const bool settled = boost::bellman_ford_shortest_paths(network, static_cast<int>(network.node_count()),
                                                                boost::weight_map(weights).distance_map(distances));
        ASSERT_TRUE(settled);
        for (std::size_t node = 0; node < distance.size(); ++node) {
            if (expected[node] == far) continue;
            ASSERT_EQ(distance[node], expected[node]);
        }
    }
}

TEST(BoostGraphLaw, SearchesAgreeWithReachability) {
    for (unsigned seed = 0; seed < 200; ++seed) {
        SCOPED_TRACE(seed);
        std::mt19937 random(seed);
        const Network network = random_network(random);
        const std::size_t nodes = network.node_count();
        const std::vector<int> unit(network.arc_count(), 1);
        std::vector<std::vector<int>> steps;
        for (NodeIndex node = 0; node < nodes; ++node)
            steps.push_back(relaxed(network, node, unit));

        std::vector<int> depth(nodes, far);
        depth[0] = 0;
        boost::breadth_first_search(
            network, NodeIndex{0},
            boost::visitor(boost::make_bfs_visitor(boost::record_distances(depth.data(), boost::on_tree_edge{}))));
        ASSERT_EQ(depth, steps[0]);

        std::vector<std::size_t> component(nodes);
        boost::strong_components(
            network, boost::make_iterator_property_map(component.begin(), get(boost::vertex_index, network)));
        for (std::size_t a = 0; a < nodes; ++a) {
            for (std::size_t b = 0; b < nodes; ++b) {
                ASSERT_EQ(component[a] == component[b], steps[a][b] < far && steps[b][a] < far);
            }
        }

        // Backwards through in_edges: who reaches node 0.
        std::vector<int> back(nodes, far);
        back[0] = 0;
        boost::breadth_first_search(
            boost::make_reverse_graph(network), NodeIndex{0},
            boost::visitor(boost::make_bfs_visitor(boost::record_distances(back.data(), boost::on_tree_edge{}))));
        for (std::size_t node = 0; node < nodes; ++node)
            ASSERT_EQ(back[node], steps[node][0]);
    }
}

/// The most pairs without a common end, by trying every choice for each left node in turn.
std::size_t most_pairs(const Bipartite& graph, NodeIndex left, unsigned taken) {
    if (left == graph.left_count()) return 0;
    std::size_t best = most_pairs(graph, left + 1, taken);
    for (const NodeIndex right : graph.right_of(left)) {
        if ((taken >> right & 1u) == 0) best = std::max(best, 1 + most_pairs(graph, left + 1, taken | 1u << right));
    }
    return best;
}

TEST(BoostGraphLaw, ABipartiteIsTwoColourableAndMatchesAsExhaustionDoes) {
    for (unsigned seed = 0; seed < 200; ++seed) {
        SCOPED_TRACE(seed);
        std::mt19937 random(seed);
        const std::size_t left = given::below(random, 7);
        const std::size_t right = given::below(random, 7);
        const Bipartite graph(left, right, given::random_arcs(random, left, right, given::below(random, 12)));
        ASSERT_TRUE(boost::is_bipartite(graph));
        std::vector<NodeIndex> mate(left + right);
        const auto mates = boost::make_iterator_property_map(mate.begin(), get(boost::vertex_index, graph));
        boost::edmonds_maximum_cardinality_matching(graph, mates);
        ASSERT_EQ(boost::matching_size(graph, mates), most_pairs(graph, 0, 0));

        std::vector<int> component(left + right);
        const int components = boost::connected_components(
            graph, boost::make_iterator_property_map(component.begin(), get(boost::vertex_index, graph)));
        std::set<int> numbers(component.begin(), component.end());
        ASSERT_EQ(static_cast<std::size_t>(components), numbers.size());
        for (const Arc& arc : graph.arcs())
            ASSERT_EQ(component[arc.tail], component[left + arc.head]);
    }
}

struct Discovery : boost::default_dfs_visitor {
    std::vector<NodeIndex>* order;
    void discover_vertex(NodeIndex node, const Tree&) const { order->push_back(node); }
};

TEST(BoostGraph, DepthFirstSearchOfATreeIsItsPreorder) {
    const Tree tree({no_node, 0, 0, 1, 1, no_node, 5});
    std::vector<NodeIndex> order;
    Discovery discovery;
    discovery.order = &order;
    boost::depth_first_search(tree, boost::visitor(discovery));
    EXPECT_EQ(order, std::vector<NodeIndex>(tree.preorder().begin(), tree.preorder().end()));
}

TEST(BoostGraph, BothViewsOfAnArcAreOneEdge) {
    EXPECT_EQ((BipartiteEdge{3, false}), (BipartiteEdge{3, true}));
    const Bipartite graph(1, 1, {{0, 0}});
    EXPECT_EQ(*out_edges(0, graph).first, *out_edges(1, graph).first);
    EXPECT_EQ(get(boost::edge_index, graph, *out_edges(1, graph).first), 0u);
}

}  // namespace
