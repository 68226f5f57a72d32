#include <countyplan/graph/tree.hpp>

#include <algorithm>
#include <vector>

#include <gtest/gtest.h>

#include "given/random_arcs.hpp"

namespace {

using namespace countyplan;

std::vector<std::uint32_t> list(std::span<const std::uint32_t> span) { return {span.begin(), span.end()}; }

/// `node` and all above it, by climbing.
std::vector<NodeIndex> climb(const std::vector<NodeIndex>& parents, NodeIndex node) {
    std::vector<NodeIndex> up;
    for (; node != no_node; node = parents[node])
        up.push_back(node);
    return up;
}

bool contains(const std::vector<NodeIndex>& nodes, NodeIndex node) {
    return std::find(nodes.begin(), nodes.end(), node) != nodes.end();
}

Cycle refused(std::vector<NodeIndex> parents) {
    auto built = Tree::build(std::move(parents));
    const auto* cycle = std::get_if<Cycle>(&built);
    return cycle == nullptr ? Cycle{} : *cycle;
}

TEST(Tree, ListsChildrenDepthsAndPreorderOfAForest) {
    //  3            5
    //  |- 0 - 4     |- 1
    //  |- 2         `- 6
    const Tree tree({3, 5, 3, no_node, 0, no_node, 5});
    EXPECT_EQ(list(tree.roots()), (std::vector<NodeIndex>{3, 5}));
    EXPECT_EQ(list(tree.children(3)), (std::vector<NodeIndex>{0, 2}));
    EXPECT_EQ(list(tree.preorder()), (std::vector<NodeIndex>{3, 0, 4, 2, 5, 1, 6}));
    EXPECT_EQ(list(tree.subtree(0)), (std::vector<NodeIndex>{0, 4}));
    EXPECT_EQ(list(tree.subtree(5)), (std::vector<NodeIndex>{5, 1, 6}));
    EXPECT_EQ(tree.depth(4), 2u);
    EXPECT_EQ(tree.parent(3), no_node);
    EXPECT_TRUE(tree.is_ancestor(3, 4));
    EXPECT_TRUE(tree.is_ancestor(4, 4));
    EXPECT_FALSE(tree.is_ancestor(4, 3));
    EXPECT_FALSE(tree.is_ancestor(2, 4));
    EXPECT_EQ(tree.lowest_common_ancestor(4, 2), 3u);
    EXPECT_EQ(tree.lowest_common_ancestor(0, 4), 0u);
    EXPECT_EQ(tree.lowest_common_ancestor(4, 6), no_node);
}

TEST(Tree, MayBeEmpty) {
    EXPECT_EQ(Tree().node_count(), 0u);
    EXPECT_TRUE(Tree(std::vector<NodeIndex>{}).preorder().empty());
    EXPECT_EQ(Tree({no_node}), Tree({no_node}));
}

TEST(Tree, StandsAMillionNodesDeep) {
    const NodeIndex nodes = 1'000'000;
    std::vector<NodeIndex> parents(nodes);
    for (NodeIndex node = 0; node < nodes; ++node)
        parents[node] = node + 1 < nodes ? node + 1 : no_node;
    const Tree tree(std::move(parents));
    EXPECT_EQ(tree.depth(0), nodes - 1);
    EXPECT_EQ(tree.subtree(nodes - 1).size(), nodes);
    EXPECT_TRUE(tree.is_ancestor(nodes - 1, 0));
    for (NodeIndex node = 0; node < nodes; node += 7)
        ASSERT_EQ(tree.lowest_common_ancestor(0, node), node);
}

TEST(TreeRefusal, Item33And37NamesASelfLoopAndACycleOfTwo) {
    EXPECT_EQ(refused({no_node, 1, 0}), (Cycle{{1}, {1}, true}));
    EXPECT_EQ(refused({no_node, 3, 0, 1}), (Cycle{{1, 3}, {1, 3}, true}));
}

TEST(TreeRefusal, Item33NamesTheShortestOfItsCycles) {
    std::vector<NodeIndex> parents{1, 2, 0, 5, 3, 4, 7, 6, 6};
    EXPECT_EQ(refused(parents), (Cycle{{6, 7}, {6, 7}, true}));
}

TEST(TreeRefusal, Item33NamesACycleOfAHundredThousand) {
    const NodeIndex length = 100'000;
    std::vector<NodeIndex> parents(length);
    for (NodeIndex node = 0; node < length; ++node)
        parents[node] = (node + 1) % length;
    const Cycle cycle = refused(parents);
    ASSERT_EQ(cycle.nodes.size(), length);
    for (NodeIndex node = 0; node < length; ++node)
        ASSERT_EQ(cycle.nodes[node], node);
    EXPECT_THROW((void)Tree(parents), InvalidProblem);
}

TEST(TreeRefusal, NamesAParentThatIsNoNode) {
    try {
        (void)Tree({no_node, 2});
        FAIL() << "accepted";
    } catch (const InvalidProblem& error) {
        EXPECT_EQ(error.place(), "parents[1]");
        EXPECT_EQ(error.message().code(), "node_out_of_range");
    }
}

TEST(TreeLaw, AgreesWithClimbingFromEveryNode) {
    for (unsigned seed = 0; seed < 400; ++seed) {
        SCOPED_TRACE(seed);
        std::mt19937 random(seed);
        const std::size_t nodes = 1 + given::below(random, 40);
        std::vector<NodeIndex> name(nodes);  // shuffled, so that parents may come after children
        for (NodeIndex i = 0; i < nodes; ++i)
            name[i] = i;
        for (std::size_t i = nodes; i > 1; --i)
            std::swap(name[i - 1], name[given::below(random, i)]);
        const std::size_t reach = seed % 2 == 0 ? nodes : 2;  // bushy or deep
        std::vector<NodeIndex> parents(nodes, no_node);
        for (std::size_t i = 1; i < nodes; ++i) {
            if (given::below(random, 10) != 0)
                parents[name[i]] = name[i - 1 - given::below(random, std::min(i, reach))];
        }
        const Tree tree(parents);
        ASSERT_EQ(tree.preorder().size(), nodes);
        for (NodeIndex a = 0; a < nodes; ++a) {
            const auto above_a = climb(parents, a);
            ASSERT_EQ(tree.depth(a) + 1, above_a.size());
            std::vector<NodeIndex> below;
            for (NodeIndex b = 0; b < nodes; ++b) {
                const auto above_b = climb(parents, b);
                ASSERT_EQ(tree.is_ancestor(a, b), contains(above_b, a));
                if (contains(above_b, a)) below.push_back(b);
                const auto meet = std::find_if(above_a.begin(), above_a.end(),
                                               [&](NodeIndex node) { return contains(above_b, node); });
                ASSERT_EQ(tree.lowest_common_ancestor(a, b), meet == above_a.end() ? no_node : *meet);
            }
            auto subtree = list(tree.subtree(a));
            ASSERT_EQ(subtree.front(), a);
            std::sort(subtree.begin(), subtree.end());
            ASSERT_EQ(subtree, below);
        }
    }
}

TEST(TreeLaw, ParentsThatRunInACycleAreAlwaysRefused) {
    int cyclic = 0;
    for (unsigned seed = 0; seed < 1000; ++seed) {
        SCOPED_TRACE(seed);
        std::mt19937 random(seed);
        const std::size_t nodes = 1 + given::below(random, 10);
        std::vector<NodeIndex> parents(nodes, no_node);
        for (auto& parent : parents) {
            if (given::below(random, 3) != 0) parent = given::below(random, nodes);
        }
        std::size_t shortest = 0;  // by walking n steps from each node, and then round
        for (NodeIndex start = 0; start < nodes; ++start) {
            NodeIndex node = start;
            for (std::size_t step = 0; step < nodes && node != no_node; ++step)
                node = parents[node];
            if (node == no_node) continue;
            std::size_t length = 1;
            for (NodeIndex next = parents[node]; next != node; next = parents[next])
                ++length;
            if (shortest == 0 || length < shortest) shortest = length;
        }
        const Cycle cycle = refused(parents);
        ASSERT_EQ(cycle.nodes.size(), shortest);
        for (std::size_t i = 0; i < shortest; ++i) {
            ASSERT_EQ(parents[cycle.nodes[i]], cycle.nodes[(i + 1) % shortest]);
        }
        cyclic += shortest != 0 ? 1 : 0;
    }
    EXPECT_GT(cyclic, 100);
    EXPECT_LT(cyclic, 990);
}

}  // namespace
