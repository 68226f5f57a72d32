#include <countyplan/track/messages.hpp>

#include <set>
#include <string_view>

#include <gtest/gtest.h>

namespace countyplan {
namespace {

TEST(TrackMessages, AreListedOnceAndSpeakBothLanguages) {
    std::set<std::string_view> codes;
    for (const MessageText* row : message::all_track_messages) {
        EXPECT_TRUE(codes.insert(row->code).second) << row->code;
        EXPECT_FALSE(row->zh.empty());
        EXPECT_FALSE(row->en.empty());
    }
    EXPECT_EQ(codes.size(), 40U);
}

}  // namespace
}  // namespace countyplan
