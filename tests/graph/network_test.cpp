#include <countyplan/graph/network.hpp>

#include <vector>

#include <gtest/gtest.h>

#include "given/random_arcs.hpp"

namespace {

using namespace countyplan;

static_assert(DirectedGraph<Network>);
static_assert(!DirectedGraph<CompressedRows>, "rows alone know no heads");

std::vector<std::uint32_t> list(std::span<const std::uint32_t> span) { return {span.begin(), span.end()}; }

TEST(Network, KeepsLoopsAndParallelArcsUnderTheirNumbers) {
    const Network network(3, {{0, 1}, {0, 1}, {1, 1}, {2, 0}});
    EXPECT_EQ(network.node_count(), 3u);
    EXPECT_EQ(network.arc_count(), 4u);
    EXPECT_EQ(list(network.out_arcs(0)), (std::vector<ArcIndex>{0, 1}));
    EXPECT_EQ(list(network.successors(0)), (std::vector<NodeIndex>{1, 1}));
    EXPECT_EQ(list(network.in_arcs(1)), (std::vector<ArcIndex>{0, 1, 2}));
    EXPECT_EQ(list(network.predecessors(1)), (std::vector<NodeIndex>{0, 0, 1}));
    EXPECT_EQ(network.tail(3), 2u);
    EXPECT_EQ(network.head(3), 0u);
}

TEST(Network, IsEmptyByDefaultAndARegularValue) {
    const Network none;
    EXPECT_EQ(none.node_count(), 0u);
    EXPECT_EQ(none.arc_count(), 0u);
    const Network a(2, {{0, 1}});
    Network b = a;
    EXPECT_EQ(a, b);
    b = Network(2, {{1, 0}});
    EXPECT_NE(a, b);
    EXPECT_EQ(Network(3, {}).out_arcs(2).size(), 0u);
}

TEST(NetworkRefusal, NamesTheArcWhoseEndIsNoNode) {
    try {
        (void)Network(2, {{0, 1}, {1, 2}});
        FAIL() << "accepted";
    } catch (const InvalidProblem& error) {
        EXPECT_EQ(error.place(), "arcs[1].head");
        EXPECT_EQ(error.message().code(), "node_out_of_range");
        EXPECT_EQ(text(error.message(), Language::en), "node 2 is out of range, the graph has 2 nodes");
    }
    EXPECT_THROW((void)Network(0, {{0, 0}}), InvalidProblem);
    EXPECT_THROW((void)Network(2, {{no_node, 0}}), InvalidProblem);
}

TEST(NetworkRefusal, NamesASizeBeyondTheLimitBeforeItTakesMemory) {
    try {
        (void)Network(std::size_t{no_node}, {});
        FAIL() << "accepted";
    } catch (const InvalidProblem& error) {
        EXPECT_EQ(error.message().code(), "graph_too_large");
    }
}

TEST(NetworkLaw, EveryArcIsListedOnceAtEachEnd) {
    for (unsigned seed = 0; seed < 300; ++seed) {
        SCOPED_TRACE(seed);
        std::mt19937 random(seed);
        const std::size_t nodes = given::below(random, 12);
        const auto arcs = given::random_arcs(random, nodes, nodes, given::below(random, 40));
        const Network network(nodes, arcs);
        for (NodeIndex node = 0; node < nodes; ++node) {
            std::vector<ArcIndex> out;
            std::vector<ArcIndex> in;
            for (ArcIndex arc = 0; arc < arcs.size(); ++arc) {
                if (arcs[arc].tail == node) out.push_back(arc);
                if (arcs[arc].head == node) in.push_back(arc);
            }
            ASSERT_EQ(list(network.out_arcs(node)), out);
            ASSERT_EQ(list(network.in_arcs(node)), in);
            for (std::size_t i = 0; i < out.size(); ++i)
                ASSERT_EQ(network.successors(node)[i], arcs[out[i]].head);
            for (std::size_t i = 0; i < in.size(); ++i)
                ASSERT_EQ(network.predecessors(node)[i], arcs[in[i]].tail);
        }
    }
}

}  // namespace
