#include <countyplan/experiment/messages.hpp>

#include <set>
#include <string_view>

#include <gtest/gtest.h>

namespace {

using namespace countyplan;

TEST(ExperimentMessages, HaveACodeOfTheirOwnAndBothTexts) {
    std::set<std::string_view> codes;
    for (const MessageText* row : all_experiment_messages) {
        EXPECT_TRUE(codes.insert(row->code).second) << row->code;
        EXPECT_FALSE(row->zh.empty());
        EXPECT_FALSE(row->en.empty());
    }
}

}  // namespace
