#include <countyplan/io/messages.hpp>

#include <set>
#include <string_view>

#include <gtest/gtest.h>

namespace {

using namespace countyplan;

TEST(IoMessages, HaveACodeOfTheirOwnAndBothTexts) {
    std::set<std::string_view> codes;
    for (const MessageText* row : all_io_messages) {
        EXPECT_TRUE(codes.insert(row->code).second) << row->code;
        EXPECT_FALSE(row->zh.empty());
        EXPECT_FALSE(row->en.empty());
        EXPECT_NE(row->zh, row->en);
    }
}

}  // namespace
