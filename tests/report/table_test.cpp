#include <countyplan/report/table.hpp>

#include <cmath>
#include <limits>
#include <string>

#include <gtest/gtest.h>

#include <countyplan/scalar/message.hpp>

namespace {

using namespace countyplan;

constexpr MessageText sentence{"sentence", "有{0}人", "{0} people"};

std::string en(const Cell& cell) { return cell_text(cell, Language::en); }

TEST(CellText, ShowsEachKindOfValue) {
    EXPECT_EQ(en({}), "");
    EXPECT_EQ(en(std::string("a;b")), "a;b");
    EXPECT_EQ(en(std::int64_t{-1234567}), "-1234567");
    EXPECT_EQ(en(Day::parse("2026-02-28").value()), "2026-02-28");
    EXPECT_EQ(en(Money(-5)), "-0.05");
    EXPECT_EQ(en(Message(sentence, {"3"})), "3 people");
    EXPECT_EQ(cell_text(Message(sentence, {"3"}), Language::zh), "有3人");
}

TEST(CellText, RoundsHalfUpAndCutsZeros) {
    EXPECT_EQ(en(0.125), "0.13");
    EXPECT_EQ(en(-0.125), "-0.13");
    EXPECT_EQ(en(2.0), "2");
    EXPECT_EQ(en(100.5), "100.5");
    EXPECT_EQ(en(-0.001), "0");
    EXPECT_EQ(en(0.0), "0");
    EXPECT_EQ(en(1e300), "1e+300");
    EXPECT_EQ(en(std::numeric_limits<double>::quiet_NaN()), "");
    EXPECT_EQ(en(std::numeric_limits<double>::infinity()), "");
    EXPECT_EQ(en(*Share::from(0.0)), "0%");
    EXPECT_EQ(en(*Share::from(0.2756)), "27.6%");
    EXPECT_EQ(en(*Share::from(1.0)), "100%");
}

TEST(LocalText, LetsTheOtherLanguageStandInForAnEmptyOne) {
    EXPECT_EQ(text(LocalText{"甲", ""}, Language::en), "甲");
    EXPECT_EQ(text(LocalText{"", "a"}, Language::zh), "a");
    EXPECT_EQ(text(LocalText{"甲", "a"}, Language::zh), "甲");
    EXPECT_EQ(text(LocalText{}, Language::zh), "");
}

TEST(Cell, KnowsWhetherItIsANumber) {
    EXPECT_TRUE(Cell(std::int64_t{1}).is_number());
    EXPECT_TRUE(Cell(1.5).is_number());
    EXPECT_TRUE(Cell(Money(1)).is_number());
    EXPECT_TRUE(Cell(*Share::from(0.5)).is_number());
    EXPECT_FALSE(Cell().is_number());
    EXPECT_FALSE(Cell(std::string("1")).is_number());
    EXPECT_FALSE(Cell(Day()).is_number());
    EXPECT_EQ(Cell(std::string("x"), Tone::bad).tone, Tone::bad);
}

}  // namespace
