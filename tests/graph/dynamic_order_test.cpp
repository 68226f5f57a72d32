#include <countyplan/graph/dynamic_order.hpp>

#include <algorithm>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

#include <gtest/gtest.h>

#include <countyplan/solve/random.hpp>

#include "given/law.hpp"

namespace countyplan {
namespace {

/// A chain of `nodes`.
DynamicOrder chain(NodeIndex nodes) {
    std::vector<Arc> arcs;
    for (NodeIndex v = 1; v < nodes; ++v)
        arcs.push_back({v - 1, v});
    return DynamicOrder(Dag(nodes, arcs));
}

TEST(DynamicOrder, StartsWithNumbersAndOrderOfAGraph) {
    const DynamicOrder order(Dag(3, {{2, 1}, {1, 0}}));
    EXPECT_EQ(order.node_count(), 3U);
    EXPECT_EQ(order.arc_count(), 2U);
    EXPECT_EQ(order.position(2), 0U);
    EXPECT_EQ(order.position(0), 2U);
    EXPECT_EQ(order.arc(1), (Arc{1, 0}));
    EXPECT_EQ(order.next_node(), 3U);
    EXPECT_EQ(order.next_arc(), 2U);
}

TEST(DynamicOrder, MovesOnlyWhatStandsBetweenTheEnds) {
    DynamicOrder order(Dag(5, {}));
    const auto added = order.add_arc({3, 1});
    ASSERT_TRUE(std::holds_alternative<ArcIndex>(added));
    EXPECT_LT(order.position(3), order.position(1));
    for (const NodeIndex v : {0U, 2U, 4U})
        EXPECT_EQ(order.position(v), v);
}

TEST(DynamicOrder, RefusesAShortestCycleAndStaysAsItWas) {
    DynamicOrder order = chain(5);
    ASSERT_TRUE(std::holds_alternative<ArcIndex>(order.add_arc({1, 4})));  // a short cut, arc 4
    const DynamicOrder before = order;
    const auto refused = order.add_arc({4, 0});
    ASSERT_TRUE(std::holds_alternative<Cycle>(refused));
    EXPECT_EQ(std::get<Cycle>(refused), (Cycle{{0, 1, 4}, {0, 4, 5}, true}));
    EXPECT_EQ(order, before);
    EXPECT_EQ(order.move_arc(2, {2, 2}), (Cycle{{2}, {2}, true}));
    EXPECT_EQ(order, before);
}

TEST(DynamicOrder, MovesAnArcAsIfItWereNotThere) {
    DynamicOrder order = chain(2);
    EXPECT_FALSE(order.move_arc(0, {1, 0}));
    EXPECT_LT(order.position(1), order.position(0));
    EXPECT_EQ(order.arc(0), (Arc{1, 0}));
}

TEST(DynamicOrder, GivesFreeNumbersOutAgain) {
    DynamicOrder order = chain(3);
    order.remove_node(1);
    EXPECT_FALSE(order.has_node(1));
    EXPECT_EQ(order.node_count(), 2U);
    EXPECT_EQ(order.arc_count(), 0U);
    EXPECT_EQ(order.add_node(), 1U);
    EXPECT_EQ(order.add_node(), 3U);
    EXPECT_TRUE(order.out_arcs(1).empty());
}

TEST(DynamicOrder, TakesALongChainBackwards) {
    constexpr NodeIndex nodes = 2000;
    DynamicOrder order(Dag(nodes, {}));
    for (NodeIndex v = 1; v < nodes; ++v)
        ASSERT_TRUE(std::holds_alternative<ArcIndex>(order.add_arc({v, v - 1})));
    for (NodeIndex v = 0; v < nodes; ++v)
        EXPECT_EQ(order.position(v), nodes - 1 - v);
    const auto refused = order.add_arc({0, nodes - 1});
    ASSERT_TRUE(std::holds_alternative<Cycle>(refused));
    EXPECT_EQ(std::get<Cycle>(refused).nodes.size(), nodes);
}

// ---- laws ------------------------------------------------------------------------------------------

/// A list of arcs, some of them gone, that is searched afresh each time.
struct PlainGraph {
    std::vector<std::uint8_t> nodes;
    std::vector<Arc> arcs;

    /// How many arcs lead from one node to another at least; `without` does not count.
    [[nodiscard]] std::optional<std::size_t> distance(NodeIndex from, NodeIndex to, ArcIndex without) const {
        std::vector<std::uint8_t> seen(nodes.size(), 0);
        std::vector<NodeIndex> layer{from};
        seen[from] = 1;
        for (std::size_t length = 0; !layer.empty(); ++length) {
            std::vector<NodeIndex> next;
            for (const NodeIndex v : layer) {
                if (v == to) return length;
                for (ArcIndex a = 0; a < arcs.size(); ++a) {
                    if (a == without || arcs[a].tail != v || seen[arcs[a].head] != 0) continue;
                    seen[arcs[a].head] = 1;
                    next.push_back(arcs[a].head);
                }
            }
            layer = next;
        }
        return std::nullopt;
    }
};

void expect_order(const DynamicOrder& order, const PlainGraph& plain) {
    ASSERT_EQ(order.node_limit(), plain.nodes.size());
    ASSERT_EQ(order.arc_limit(), plain.arcs.size());
    ASSERT_EQ(order.node_count(), static_cast<std::size_t>(std::ranges::count(plain.nodes, 1)));
    std::size_t arcs = 0, listed = 0;
    for (NodeIndex v = 0; v < plain.nodes.size(); ++v) {
        ASSERT_EQ(order.has_node(v), plain.nodes[v] != 0);
        ASSERT_EQ(order.node_at(order.position(v)), v);
        for (const ArcIndex a : order.out_arcs(v))
            ASSERT_EQ(plain.arcs[a].tail, v);
        for (const ArcIndex a : order.in_arcs(v))
            ASSERT_EQ(plain.arcs[a].head, v);
        listed += order.out_arcs(v).size() + order.in_arcs(v).size();
    }
    for (ArcIndex a = 0; a < plain.arcs.size(); ++a) {
        const Arc arc = plain.arcs[a];
        ASSERT_EQ(order.has_arc(a), arc.tail != no_node);
        if (arc.tail == no_node) continue;
        ++arcs;
        ASSERT_EQ(order.arc(a), arc);
        ASSERT_LT(order.position(arc.tail), order.position(arc.head));
    }
    ASSERT_EQ(order.arc_count(), arcs);
    ASSERT_EQ(listed, 2 * arcs);
}

/// The cycle runs along arcs of the graph and along `number`, which would have these ends.
void expect_cycle(const Cycle& cycle, const PlainGraph& plain, ArcIndex number, Arc ends, std::size_t length) {
    ASSERT_TRUE(cycle.is_shortest);
    ASSERT_EQ(cycle.nodes.size(), length);
    ASSERT_EQ(cycle.arcs.size(), length);
    ASSERT_EQ(std::ranges::count(cycle.arcs, number), 1);
    ASSERT_EQ(cycle.nodes.front(), *std::ranges::min_element(cycle.nodes));
    for (std::size_t i = 0; i < length; ++i) {
        const Arc arc = cycle.arcs[i] == number ? ends : plain.arcs[cycle.arcs[i]];
        ASSERT_EQ(arc, (Arc{cycle.nodes[i], cycle.nodes[(i + 1) % length]}));
    }
}

TEST(DynamicOrderLaw, AfterEveryEditAgreesWithASearchFromScratch) {
    constexpr std::uint64_t edits = 100;
    for (std::uint64_t seed = 0; seed < given::law_cases(1'000'000 / edits); ++seed) {
        SCOPED_TRACE(seed);
        Random random(seed);
        const auto start = static_cast<NodeIndex>(random.between(0, 12));
        DynamicOrder order(Dag(start, {}));
        PlainGraph plain{std::vector<std::uint8_t>(start, 1), {}};
        for (std::uint64_t edit = 0; edit < edits; ++edit) {
            const std::uint64_t kind = random.below(20);
            std::vector<NodeIndex> nodes;
            for (NodeIndex v = 0; v < plain.nodes.size(); ++v) {
                if (plain.nodes[v] != 0) nodes.push_back(v);
            }
            std::vector<ArcIndex> arcs;
            for (ArcIndex a = 0; a < plain.arcs.size(); ++a) {
                if (plain.arcs[a].tail != no_node) arcs.push_back(a);
            }
            if (nodes.empty() || kind == 0) {
                const NodeIndex wanted = order.next_node();
                ASSERT_EQ(order.add_node(), wanted);
                if (wanted == plain.nodes.size()) plain.nodes.push_back(0);
                ASSERT_EQ(std::exchange(plain.nodes[wanted], 1), 0);
            } else if (kind == 1) {
                const NodeIndex gone = nodes[random.below(nodes.size())];
                order.remove_node(gone);
                plain.nodes[gone] = 0;
                for (Arc& arc : plain.arcs) {
                    if (arc.tail == gone || arc.head == gone) arc = {};
                }
            } else if (kind < 5 && !arcs.empty()) {
                const ArcIndex gone = arcs[random.below(arcs.size())];
                order.remove_arc(gone);
                plain.arcs[gone] = {};
            } else {
                const bool moves = kind < 8 && !arcs.empty();
                const ArcIndex number = moves ? arcs[random.below(arcs.size())] : order.next_arc();
                const Arc ends{nodes[random.below(nodes.size())], nodes[random.below(nodes.size())]};
                const auto back = plain.distance(ends.head, ends.tail, number);
                const DynamicOrder before = order;
                std::optional<Cycle> cycle;
                if (moves) {
                    cycle = order.move_arc(number, ends);
                } else {
                    const auto added = order.add_arc(ends);
                    if (const Cycle* refused = std::get_if<Cycle>(&added)) cycle = *refused;
                    ASSERT_TRUE(cycle || std::get<ArcIndex>(added) == number);
                }
                ASSERT_EQ(cycle.has_value(), back.has_value());
                if (cycle) {
                    ASSERT_EQ(order, before);
                    ASSERT_NO_FATAL_FAILURE(expect_cycle(*cycle, plain, number, ends, *back + 1));
                } else {
                    if (number == plain.arcs.size()) plain.arcs.emplace_back();
                    plain.arcs[number] = ends;
                }
            }
            ASSERT_NO_FATAL_FAILURE(expect_order(order, plain));
        }
    }
}

}  // namespace
}  // namespace countyplan
