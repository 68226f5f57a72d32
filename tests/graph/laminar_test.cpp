#include <countyplan/graph/laminar.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <set>
#include <variant>
#include <vector>

#include <gtest/gtest.h>

#include <countyplan/solve/random.hpp>

#include "given/law.hpp"

namespace countyplan {
namespace {

using Sets = std::vector<std::vector<std::uint32_t>>;

TEST(LaminarForest, EachSetLiesInTheSmallestRoundIt) {
    const auto found = laminar_forest(5, {{0, 1}, {0, 1, 2, 3}, {3}, {}, {4}});
    const auto* forest = std::get_if<LaminarForest>(&found);
    ASSERT_NE(forest, nullptr);
    EXPECT_EQ(forest->parent, (std::vector<NodeIndex>{1, no_node, 1, no_node, no_node}));
    EXPECT_EQ(forest->innermost, (std::vector<NodeIndex>{0, 0, 1, 2, 4}));
}

TEST(LaminarForest, OfEqualSetsTheFirstLiesOutside) {
    const auto found = laminar_forest(2, {{0, 1}, {0, 1}});
    const auto* forest = std::get_if<LaminarForest>(&found);
    ASSERT_NE(forest, nullptr);
    EXPECT_EQ(forest->parent, (std::vector<NodeIndex>{no_node, 0}));
    EXPECT_EQ(forest->innermost, (std::vector<NodeIndex>{1, 1}));
}

TEST(LaminarForest, Item36CrossingSetsAreNamedWithACommonAndTwoSeparatingElements) {
    const auto found = laminar_forest(4, {{0, 1, 2}, {2, 3}});
    const auto* crossing = std::get_if<LaminarCrossing>(&found);
    ASSERT_NE(crossing, nullptr);
    EXPECT_EQ(crossing->a, 0u);
    EXPECT_EQ(crossing->b, 1u);
    EXPECT_EQ(crossing->common, 2u);
    EXPECT_EQ(crossing->only_a, 0u);
    EXPECT_EQ(crossing->only_b, 3u);
}

bool has(const std::vector<std::uint32_t>& set, std::uint32_t e) { return std::ranges::count(set, e) != 0; }

bool crosses(const std::vector<std::uint32_t>& a, const std::vector<std::uint32_t>& b) {
    const auto some = [](const auto& x, const auto& y, bool inside) {
        return std::ranges::any_of(x, [&](std::uint32_t e) { return has(y, e) == inside; });
    };
    return some(a, b, true) && some(a, b, false) && some(b, a, false);
}

TEST(LaminarForest, AgreesWithEveryPairOfRandomSets) {
    Random random(7, 0);
    std::array<std::int64_t, 2> seen{};
    for (std::uint64_t k = 0; k < given::law_cases(200'000); ++k) {
        const auto elements = static_cast<std::uint32_t>(random.below(6));
        Sets sets(random.below(5));
        for (auto& set : sets)
            for (std::uint32_t e = 0; e < elements; ++e)
                if (random.below(2) == 0) set.push_back(e);
        bool any = false;
        for (const auto& a : sets)
            for (const auto& b : sets)
                any = any || crosses(a, b);
        const auto found = laminar_forest(elements, sets);
        const auto* forest = std::get_if<LaminarForest>(&found);
        ASSERT_EQ(forest == nullptr, any);
        ++seen[any ? 1 : 0];
        if (any) {
            const auto& c = std::get<LaminarCrossing>(found);
            ASSERT_TRUE(has(sets[c.a], c.common) && has(sets[c.b], c.common));
            ASSERT_TRUE(has(sets[c.a], c.only_a) && !has(sets[c.b], c.only_a));
            ASSERT_TRUE(has(sets[c.b], c.only_b) && !has(sets[c.a], c.only_b));
            continue;
        }
        for (std::size_t s = 0; s < sets.size(); ++s) {
            std::size_t round = no_node;
            for (std::size_t t = 0; t < sets.size(); ++t) {
                const bool inside = s != t && !sets[s].empty() &&
                                    std::ranges::all_of(sets[s], [&](std::uint32_t e) { return has(sets[t], e); });
                if (!inside || (sets[t].size() == sets[s].size() && t > s)) continue;
                const bool nearer = round == no_node || sets[t].size() < sets[round].size() ||
                                    (sets[t].size() == sets[round].size() && t > round);
                if (nearer) round = t;
            }
            ASSERT_EQ(forest->parent[s], round == no_node ? no_node : static_cast<NodeIndex>(round));
        }
    }
    EXPECT_GT(seen[0], 0);
    EXPECT_GT(seen[1], 0);
}

}  // namespace
}  // namespace countyplan
