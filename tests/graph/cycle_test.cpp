#include <countyplan/graph/cycle.hpp>

#include <numeric>

#include <gtest/gtest.h>

namespace {

using namespace countyplan;

TEST(Cycle, ReadsAsARoundTrip) {
    EXPECT_EQ(to_text(Cycle{}), "");
    EXPECT_EQ(to_text(Cycle{{7}, {0}}), "7 -> 7");
    EXPECT_EQ(to_text(Cycle{{1, 4, 2}, {0, 1, 2}}), "1 -> 4 -> 2 -> 1");
}

TEST(Cycle, IsAbbreviatedWhenLong) {
    Cycle cycle{std::vector<NodeIndex>(13), std::vector<ArcIndex>(13)};
    std::iota(cycle.nodes.begin(), cycle.nodes.end(), NodeIndex{0});
    EXPECT_EQ(to_text(cycle), "0 -> 1 -> 2 -> 3 -> 4 -> 5 -> 6 -> 7 -> 8 -> 9 -> ... -> 12 -> 0");
    cycle.nodes.pop_back();
    EXPECT_EQ(to_text(cycle), "0 -> 1 -> 2 -> 3 -> 4 -> 5 -> 6 -> 7 -> 8 -> 9 -> 10 -> 11 -> 0");
}

TEST(Cycle, IsNamedInBothLanguages) {
    const Message message = cycle_message({{0, 1}, {0, 1}});
    EXPECT_EQ(message.code(), "graph_cycle");
    EXPECT_EQ(text(message, Language::en), "there is a cycle of length 2: 0 -> 1 -> 0");
    EXPECT_EQ(text(message, Language::zh), "存在长度为 2 的环：0 -> 1 -> 0");
}

}  // namespace
