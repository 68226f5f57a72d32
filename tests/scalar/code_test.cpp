#include <countyplan/scalar/code.hpp>

#include <concepts>
#include <set>
#include <string>
#include <type_traits>
#include <unordered_set>

#include <gtest/gtest.h>

namespace {

using namespace countyplan;

static_assert(std::regular<Code>);
static_assert(!std::is_constructible_v<Code, int>, "a code is read, not computed");
static_assert(!std::is_convertible_v<Code, std::uint32_t>);

Code code(const char* text) { return Code::parse(text).value(); }

TEST(Code, KnowsItsPrefectureAndProvince) {
    const Code tianlin = code("451029");
    EXPECT_TRUE(tianlin.is_county());
    EXPECT_EQ(tianlin.prefecture(), code("451000"));
    EXPECT_EQ(tianlin.province(), code("450000"));
    EXPECT_FALSE(code("451000").is_county());
    EXPECT_EQ(to_text(tianlin), "451029");
    EXPECT_EQ(tianlin.value(), 451029u);
}

TEST(Code, ContainsItselfAndWhatLiesWithin) {
    EXPECT_TRUE(code("450000").contains(code("451029")));
    EXPECT_TRUE(code("451000").contains(code("451029")));
    EXPECT_TRUE(code("451029").contains(code("451029")));
    EXPECT_FALSE(code("451029").contains(code("451000")));
    EXPECT_FALSE(code("451100").contains(code("451029")));
    EXPECT_FALSE(Code().contains(code("451029")));
    EXPECT_FALSE(Code().contains(Code()));
}

TEST(Code, IsNoneByDefault) {
    EXPECT_FALSE(static_cast<bool>(Code()));
    EXPECT_TRUE(static_cast<bool>(code("110101")));
    EXPECT_EQ(to_text(Code()), "");
    EXPECT_EQ((std::unordered_set<Code>{code("110101"), code("110101"), Code()}.size()), 2u);
}

TEST(CodeRefusal, Item28RefusesWhatASpreadsheetMadeOfACode) {
    for (const char* text : {"1.10101E+05", "110101.0", "11010", "0110101", "'110101", "110,101", "0x1AE15",
                             "2011-01-01", " 110101", "110101 ", "１１０１０１", "", "-11010", "+11010"}) {
        EXPECT_FALSE(Code::parse(text)) << text;
    }
}

TEST(CodeRefusal, RefusesProvincesThatGb2260DoesNotAssign) {
    for (const char* text : {"000000", "010101", "160000", "240000", "490000", "550000", "660000", "990000"}) {
        EXPECT_FALSE(Code::parse(text)) << text;
    }
    EXPECT_FALSE(Code::parse("450001")) << "a county below no prefecture";
}

TEST(CodeLaw, ReadingGivesBackWhatWasWrittenForEverySixDigits) {
    std::set<std::uint32_t> provinces;
    for (unsigned value = 0; value < 1'000'000; ++value) {
        std::string text = std::to_string(value);
        text.insert(0, 6 - text.size(), '0');
        const auto parsed = Code::parse(text);
        if (!parsed) continue;
        ASSERT_EQ(parsed->value(), value);
        ASSERT_EQ(to_text(*parsed), text);
        ASSERT_TRUE(parsed->province().contains(*parsed));
        ASSERT_TRUE(parsed->prefecture().contains(*parsed));
        ASSERT_EQ(Code::parse(to_text(parsed->prefecture())), parsed->prefecture());
        provinces.insert(parsed->province().value());
    }
    EXPECT_EQ(provinces.size(), 34u);
}

}  // namespace
