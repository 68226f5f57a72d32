#include "../../src/check/messages.hpp"

#include <set>
#include <string>

#include <gtest/gtest.h>

#include "../../src/cli/messages.hpp"

namespace countyplan {
namespace {

TEST(ProgramMessages, HaveBothLanguagesAndCodesOfTheirOwn) {
    std::set<std::string_view> codes;
    const auto look = [&codes](const MessageText& row) {
        EXPECT_FALSE(row.zh.empty()) << row.code;
        EXPECT_FALSE(row.en.empty()) << row.code;
        EXPECT_TRUE(codes.insert(row.code).second) << row.code;
    };
    for (const MessageText* const row : all_checker_messages)
        look(*row);
    for (const MessageText* const row : all_cli_messages)
        look(*row);
    EXPECT_GT(codes.size(), 100U);
}

}  // namespace
}  // namespace countyplan
