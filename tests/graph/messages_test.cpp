#include <countyplan/graph/messages.hpp>

#include <set>
#include <string_view>

#include <gtest/gtest.h>

namespace {

using namespace countyplan;

TEST(GraphMessages, HaveACodeOfTheirOwnAndBothTexts) {
    std::set<std::string_view> codes;
    for (const MessageText* row : all_graph_messages) {
        EXPECT_TRUE(codes.insert(row->code).second) << row->code;
        EXPECT_FALSE(row->zh.empty());
        EXPECT_FALSE(row->en.empty());
    }
}

}  // namespace
