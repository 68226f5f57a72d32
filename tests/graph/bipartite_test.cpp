#include <countyplan/graph/bipartite.hpp>

#include <vector>

#include <gtest/gtest.h>

#include "given/random_arcs.hpp"

namespace {

using namespace countyplan;

std::vector<std::uint32_t> list(std::span<const std::uint32_t> span) { return {span.begin(), span.end()}; }

TEST(Bipartite, ListsItsArcsFromBothSides) {
    const Bipartite graph(2, 3, {{1, 0}, {0, 2}, {1, 2}, {1, 2}});
    EXPECT_EQ(graph.left_count(), 2u);
    EXPECT_EQ(graph.right_count(), 3u);
    EXPECT_EQ(list(graph.left_arcs(1)), (std::vector<ArcIndex>{0, 2, 3}));
    EXPECT_EQ(list(graph.right_of(1)), (std::vector<NodeIndex>{0, 2, 2}));
    EXPECT_EQ(list(graph.right_arcs(2)), (std::vector<ArcIndex>{1, 2, 3}));
    EXPECT_EQ(list(graph.left_of(2)), (std::vector<NodeIndex>{0, 1, 1}));
    EXPECT_TRUE(graph.right_arcs(1).empty());
    EXPECT_EQ(graph.left(1), 0u);
    EXPECT_EQ(graph.right(1), 2u);
}

TEST(Bipartite, MayLackASide) {
    EXPECT_EQ(Bipartite().left_count(), 0u);
    EXPECT_EQ(Bipartite(0, 4, {}).right_count(), 4u);
    EXPECT_TRUE(Bipartite(3, 0, {}).left_arcs(2).empty());
}

TEST(BipartiteRefusal, NamesTheArcThatLeavesItsSide) {
    try {
        (void)Bipartite(2, 3, {{0, 0}, {2, 0}});
        FAIL() << "accepted";
    } catch (const InvalidProblem& error) {
        EXPECT_EQ(error.place(), "arcs[1].tail");
    }
    EXPECT_THROW((void)Bipartite(2, 3, {{0, 3}}), InvalidProblem);
    EXPECT_THROW((void)Bipartite(std::size_t{1} << 31, std::size_t{1} << 31, {}), InvalidProblem);
}

TEST(BipartiteLaw, EveryArcIsListedOnceOnEachSide) {
    for (unsigned seed = 0; seed < 300; ++seed) {
        SCOPED_TRACE(seed);
        std::mt19937 random(seed);
        const std::size_t left = given::below(random, 9);
        const std::size_t right = given::below(random, 9);
        const auto arcs = given::random_arcs(random, left, right, given::below(random, 30));
        const Bipartite graph(left, right, arcs);
        for (NodeIndex node = 0; node < left; ++node) {
            std::vector<ArcIndex> expected;
            for (ArcIndex arc = 0; arc < arcs.size(); ++arc) {
                if (arcs[arc].tail == node) expected.push_back(arc);
            }
            ASSERT_EQ(list(graph.left_arcs(node)), expected);
            for (std::size_t i = 0; i < expected.size(); ++i) {
                ASSERT_EQ(graph.right_of(node)[i], arcs[expected[i]].head);
            }
        }
        for (NodeIndex node = 0; node < right; ++node) {
            std::vector<ArcIndex> expected;
            for (ArcIndex arc = 0; arc < arcs.size(); ++arc) {
                if (arcs[arc].head == node) expected.push_back(arc);
            }
            ASSERT_EQ(list(graph.right_arcs(node)), expected);
            for (std::size_t i = 0; i < expected.size(); ++i) {
                ASSERT_EQ(graph.left_of(node)[i], arcs[expected[i]].tail);
            }
        }
    }
}

}  // namespace
