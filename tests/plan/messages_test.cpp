#include <countyplan/plan/messages.hpp>

#include <set>
#include <string_view>

#include <gtest/gtest.h>

namespace {

using namespace countyplan;

TEST(PlanMessages, HaveACodeOfTheirOwnAndBothTexts) {
    std::set<std::string_view> codes;
    for (const MessageText* row : all_plan_messages) {
        EXPECT_TRUE(codes.insert(row->code).second) << row->code;
        EXPECT_FALSE(row->zh.empty());
        EXPECT_FALSE(row->en.empty());
        EXPECT_NE(row->zh, row->en) << row->code;
    }
    EXPECT_GT(codes.size(), 80U);
}

}  // namespace
