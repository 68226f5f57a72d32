#include <countyplan/io/flaw.hpp>

#include <gtest/gtest.h>

namespace {

using namespace countyplan;

TEST(Excerpt, EscapesWhatCannotBeSeenOrMisleads) {
    EXPECT_EQ(excerpt("南宁市 plain"), "南宁市 plain");
    EXPECT_EQ(excerpt("a\nb\r\tc"), "a\\nb\\r\\tc");
    EXPECT_EQ(excerpt(std::string_view("\x1B[31m\0", 6)), "\\x1B[31m\\x00");
    EXPECT_EQ(excerpt("\xE2\x80\xAE"
                      "abc"),
              "\\u{202E}abc");                              // right-to-left override
    EXPECT_EQ(excerpt("\xE2\x80\x8B"), "\\u{200B}");        // zero-width space
    EXPECT_EQ(excerpt("\xC2\x85"), "\\u{0085}");            // C1
    EXPECT_EQ(excerpt("\xFF\xE5\x8D"), "\\xFF\\xE5\\x8D");  // broken UTF-8
}

TEST(Excerpt, CutsAfterEightyCharacters) {
    std::string text;
    for (int i = 0; i < 80; ++i)
        text += "县";
    EXPECT_EQ(excerpt(text), text);
    EXPECT_EQ(excerpt(text + "x"), text + "…");
}

TEST(PositionOf, CountsCharactersAndEveryKindOfLineEnd) {
    const std::string text = "县a\r\nb\rc\nd";
    EXPECT_EQ(position_of(text, 0), (TextPosition{1, 1}));
    EXPECT_EQ(position_of(text, 3), (TextPosition{1, 2}));  // after the three bytes of 县
    EXPECT_EQ(position_of(text, text.find('b')), (TextPosition{2, 1}));
    EXPECT_EQ(position_of(text, text.find('c')), (TextPosition{3, 1}));
    EXPECT_EQ(position_of(text, text.find('d')), (TextPosition{4, 1}));
    EXPECT_EQ(position_of(text, 999), (TextPosition{4, 2}));
}

TEST(HasError, IgnoresWarnings) {
    Flaw warning;
    warning.is_warning = true;
    EXPECT_FALSE(has_error({warning}));
    EXPECT_TRUE(has_error({warning, Flaw{}}));
}

}  // namespace
