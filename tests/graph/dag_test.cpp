#include <countyplan/graph/dag.hpp>

#include <algorithm>
#include <chrono>
#include <numeric>
#include <set>
#include <vector>

#include <gtest/gtest.h>

#include "given/random_arcs.hpp"

namespace {

using namespace countyplan;

static_assert(AcyclicGraph<Dag> && DirectedGraph<Dag>);
static_assert(!AcyclicGraph<Network>, "a network shows no order");

std::vector<std::uint32_t> list(std::span<const std::uint32_t> span) { return {span.begin(), span.end()}; }

/// Whether `cycle` is what `Cycle` promises, by its definition alone.
bool is_cycle_of(const Cycle& cycle, std::span<const Arc> arcs) {
    const std::size_t length = cycle.nodes.size();
    if (length == 0 || cycle.arcs.size() != length) return false;
    if (std::set<NodeIndex>(cycle.nodes.begin(), cycle.nodes.end()).size() != length) return false;
    for (std::size_t i = 0; i < length; ++i) {
        if (cycle.arcs[i] >= arcs.size()) return false;
        if (arcs[cycle.arcs[i]] != Arc{cycle.nodes[i], cycle.nodes[(i + 1) % length]}) return false;
    }
    return cycle.nodes[0] == *std::min_element(cycle.nodes.begin(), cycle.nodes.end());
}

/// The length of a shortest cycle by Floyd and Warshall, 0 if there is none.
std::size_t girth(std::size_t nodes, std::span<const Arc> arcs) {
    const std::size_t far = 1000;
    std::vector<std::vector<std::size_t>> distance(nodes, std::vector<std::size_t>(nodes, far));
    for (const Arc& arc : arcs)
        distance[arc.tail][arc.head] = 1;
    for (std::size_t k = 0; k < nodes; ++k) {
        for (std::size_t i = 0; i < nodes; ++i) {
            for (std::size_t j = 0; j < nodes; ++j) {
                distance[i][j] = std::min(distance[i][j], distance[i][k] + distance[k][j]);
            }
        }
    }
    std::size_t best = far;
    for (std::size_t i = 0; i < nodes; ++i)
        best = std::min(best, distance[i][i]);
    return best == far ? 0 : best;
}

Cycle refused(std::size_t nodes, std::vector<Arc> arcs) {
    auto built = Dag::build(nodes, std::move(arcs));
    const auto* cycle = std::get_if<Cycle>(&built);
    return cycle == nullptr ? Cycle{} : *cycle;
}

std::vector<Arc> ring(NodeIndex length) {
    std::vector<Arc> arcs;
    for (NodeIndex node = 0; node < length; ++node)
        arcs.push_back({node, (node + 1) % length});
    return arcs;
}

TEST(Dag, TakesTheSmallestFreeNodeNext) {
    const Dag dag(6, {{5, 0}, {4, 0}, {5, 2}, {2, 3}, {3, 1}, {4, 1}});
    EXPECT_EQ(list(dag.order()), (std::vector<NodeIndex>{4, 5, 0, 2, 3, 1}));
    EXPECT_EQ(dag.position(2), 3u);
    EXPECT_EQ(list(dag.out_arcs(5)), (std::vector<ArcIndex>{0, 2}));
    EXPECT_EQ(list(dag.successors(5)), (std::vector<NodeIndex>{0, 2}));
    EXPECT_EQ(list(dag.in_arcs(1)), (std::vector<ArcIndex>{4, 5}));
    EXPECT_EQ(list(dag.predecessors(1)), (std::vector<NodeIndex>{3, 4}));
}

TEST(Dag, MayBeEmptyOrHaveParallelArcs) {
    EXPECT_EQ(Dag().node_count(), 0u);
    EXPECT_TRUE(Dag(0, {}).order().empty());
    EXPECT_EQ(list(Dag(2, {{1, 0}, {1, 0}}).order()), (std::vector<NodeIndex>{1, 0}));
    EXPECT_EQ(Dag(2, {{1, 0}}), Dag(2, {{1, 0}}));
}

TEST(Dag, OrdersAChainOfAMillionNodesWithoutRecursion) {
    const NodeIndex nodes = 1'000'000;
    std::vector<Arc> arcs;
    for (NodeIndex node = 1; node < nodes; ++node)
        arcs.push_back({node, node - 1});  // against the numbering
    const Dag dag(nodes, std::move(arcs));
    EXPECT_EQ(dag.order().front(), nodes - 1);
    EXPECT_EQ(dag.order().back(), 0u);
}

TEST(DagRefusal, Item33NamesASelfLoop) {
    const Cycle cycle = refused(3, {{0, 1}, {1, 2}, {2, 2}, {2, 0}});
    EXPECT_EQ(cycle, (Cycle{{2}, {2}, true}));
}

TEST(DagRefusal, Item33NamesACycleOfTwo) {
    const Cycle cycle = refused(4, {{0, 1}, {1, 2}, {2, 3}, {3, 0}, {3, 2}});
    EXPECT_EQ(cycle, (Cycle{{2, 3}, {2, 4}, true}));
}

TEST(DagRefusal, Item33NamesACycleOfAHundredThousandQuickly) {
    const NodeIndex length = 100'000;
    const auto arcs = ring(length);
    const auto start = std::chrono::steady_clock::now();
    const Cycle cycle = refused(length, arcs);
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(5));
    EXPECT_EQ(cycle.nodes.size(), length);
    EXPECT_TRUE(cycle.is_shortest);
    EXPECT_TRUE(is_cycle_of(cycle, arcs));
}

TEST(DagRefusal, Item33NamesTheShortCycleBehindLongOnes) {
    auto arcs = ring(100'000);  // and a thousand shortcuts backwards, the last of them the shortest
    for (NodeIndex i = 0; i < 1000; ++i)
        arcs.push_back({i * 90 + 2000 - i, i * 90});
    const Cycle cycle = refused(100'000, arcs);
    EXPECT_EQ(cycle.nodes.size(), 2000u - 999u + 1u);
    EXPECT_TRUE(cycle.is_shortest);
    EXPECT_TRUE(is_cycle_of(cycle, arcs));
}

TEST(DagRefusal, SaysWhenItsSearchEndedBeforeItsProof) {
    // A hundred layers of 150 nodes, each joined to all of the next, the last to the first: every cycle
    // has length 100, no search is cut short by depth, and all starts in a layer are to be tried.
    const NodeIndex layers = 100;
    const NodeIndex width = 150;
    std::vector<Arc> arcs;
    for (NodeIndex layer = 0; layer < layers; ++layer) {
        for (NodeIndex i = 0; i < width; ++i) {
            for (NodeIndex j = 0; j < width; ++j) {
                arcs.push_back({layer * width + i, (layer + 1) % layers * width + j});
            }
        }
    }
    const Cycle cycle = refused(layers * width, arcs);
    EXPECT_EQ(cycle.nodes.size(), layers);
    EXPECT_FALSE(cycle.is_shortest);
    EXPECT_TRUE(is_cycle_of(cycle, arcs));
}

TEST(DagRefusal, Item33NamesACycleBehindManyNodesOnNone) {
    // A long row fed by one ring and feeding another: no search from the row closes, and none is short.
    const NodeIndex row = 200'000;
    std::vector<Arc> arcs;
    for (NodeIndex i = 0; i < row; ++i) {
        arcs.push_back({row, i});
        arcs.push_back({i, i + 1 < row ? i + 1 : row + 3});
    }
    for (const NodeIndex first : {row, row + 3}) {
        arcs.push_back({first, first + 1});
        arcs.push_back({first + 1, first + 2});
        arcs.push_back({first + 2, first});
    }
    const auto start = std::chrono::steady_clock::now();
    const Cycle cycle = refused(row + 6, arcs);
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(20));
    EXPECT_EQ(cycle.nodes.size(), 3u);
    EXPECT_TRUE(is_cycle_of(cycle, arcs));
}

TEST(DagRefusal, TheConstructorThrowsNamingTheCycle) {
    try {
        (void)Dag(3, {{0, 1}, {1, 2}, {2, 1}});
        FAIL() << "accepted";
    } catch (const InvalidProblem& error) {
        EXPECT_EQ(error.place(), "arcs");
        EXPECT_EQ(text(error.message(), Language::en), "there is a cycle of length 2: 1 -> 2 -> 1");
    }
}

TEST(DagRefusal, ThrowsForAnArcWithoutANode) { EXPECT_THROW((void)Dag::build(1, {{0, 1}}), InvalidProblem); }

TEST(ShortestCycle, IsEmptyWhereThereIsNone) {
    EXPECT_TRUE(shortest_cycle(Network(3, {{0, 1}, {0, 2}})).nodes.empty());
}

TEST(DagLaw, EitherOrdersEveryArcForwardOrNamesAShortestCycle) {
    int cyclic = 0;
    for (unsigned seed = 0; seed < 3000; ++seed) {
        SCOPED_TRACE(seed);
        std::mt19937 random(seed);
        const std::size_t nodes = 1 + given::below(random, 14);
        auto arcs = given::random_arcs(random, nodes, nodes, given::below(random, 2 * nodes + 1));
        if (seed % 3 != 0) {  // without loops longer cycles come to light
            std::erase_if(arcs, [](const Arc& arc) { return arc.tail == arc.head; });
        }
        const std::size_t expected = girth(nodes, arcs);
        auto built = Dag::build(nodes, arcs);
        if (const auto* cycle = std::get_if<Cycle>(&built)) {
            ++cyclic;
            ASSERT_EQ(cycle->nodes.size(), expected);
            ASSERT_TRUE(cycle->is_shortest);
            ASSERT_TRUE(is_cycle_of(*cycle, arcs));
            continue;
        }
        ASSERT_EQ(expected, 0u);
        const Dag& dag = std::get<Dag>(built);
        ASSERT_EQ(dag.order().size(), nodes);
        for (const Arc& arc : arcs)
            ASSERT_LT(dag.position(arc.tail), dag.position(arc.head));
        for (NodeIndex at = 0; at < nodes; ++at)
            ASSERT_EQ(dag.position(dag.order()[at]), at);
        // The smallest of all orders: no node could have come earlier than a larger one before it.
        for (NodeIndex at = 0; at < nodes; ++at) {
            const NodeIndex node = dag.order()[at];
            for (const NodeIndex smaller : dag.order().subspan(at + 1)) {
                if (smaller > node) continue;
                const auto before = dag.predecessors(smaller);
                ASSERT_TRUE(
                    std::any_of(before.begin(), before.end(), [&](NodeIndex p) { return dag.position(p) >= at; }));
            }
        }
    }
    EXPECT_GT(cyclic, 500);
    EXPECT_LT(cyclic, 2800);
}

TEST(DagLaw, TheCycleCheckerRefusesBrokenCycles) {
    const auto arcs = ring(5);
    const Cycle right = refused(5, arcs);
    ASSERT_TRUE(is_cycle_of(right, arcs));
    Cycle wrong = right;
    wrong.arcs[2] = 0;
    EXPECT_FALSE(is_cycle_of(wrong, arcs));
    wrong = right;
    wrong.nodes.pop_back();
    wrong.arcs.pop_back();
    EXPECT_FALSE(is_cycle_of(wrong, arcs));
    wrong = right;
    std::rotate(wrong.nodes.begin(), wrong.nodes.begin() + 1, wrong.nodes.end());
    std::rotate(wrong.arcs.begin(), wrong.arcs.begin() + 1, wrong.arcs.end());
    EXPECT_FALSE(is_cycle_of(wrong, arcs));
}

}  // namespace
