#include <countyplan/solve/messages.hpp>

#include <gtest/gtest.h>

#include <set>
#include <string_view>

namespace {

using namespace countyplan;

TEST(SolveMessages, HaveUniqueCodesAndBothTexts) {
    std::set<std::string_view> codes;
    for (const MessageText* row : message::all_solve_messages) {
        EXPECT_TRUE(codes.insert(row->code).second) << row->code;
        EXPECT_FALSE(row->zh.empty());
        EXPECT_FALSE(row->en.empty());
        EXPECT_NE(row->zh, row->en);
    }
    EXPECT_EQ(codes.size(), 51U);
}

}  // namespace
