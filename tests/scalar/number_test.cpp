#include <countyplan/scalar/number.hpp>

#include <bit>
#include <clocale>
#include <cmath>
#include <cstdint>
#include <limits>
#include <locale>
#include <random>
#include <string>

#include <gtest/gtest.h>

namespace {

using namespace countyplan;

template <class T>
concept Readable = requires {
    parse_number<T>("1");
};
static_assert(Readable<int> && Readable<std::uint64_t>);
static_assert(!Readable<bool> && !Readable<char> && !Readable<double>, "a truth value or a letter is no number");

TEST(Number, ReadsPlainIntegers) {
    EXPECT_EQ(parse_number<int>("0"), 0);
    EXPECT_EQ(parse_number<int>("-12"), -12);
    EXPECT_EQ(parse_number<std::int64_t>("9223372036854775807"), std::numeric_limits<std::int64_t>::max());
    EXPECT_EQ(parse_number<std::int64_t>("-9223372036854775808"), std::numeric_limits<std::int64_t>::min());
    EXPECT_EQ(parse_number<std::uint64_t>("18446744073709551615"), std::numeric_limits<std::uint64_t>::max());
}

TEST(NumberRefusal, Item29RefusesEveryOtherSpelling) {
    for (const char* text : {"1,234", "１２", "12 人", "－5", "+5", " 5", "5 ", "", "-", "-0", "007", "-01", "1.0",
                             "1e3", "0x10", "1'000", "--5", "5-"}) {
        EXPECT_FALSE(parse_number<std::int64_t>(text)) << text;
    }
}

TEST(NumberRefusal, Item16RefusesWhatDoesNotFit) {
    EXPECT_FALSE(parse_number<std::int64_t>("9223372036854775808"));
    EXPECT_FALSE(parse_number<std::int64_t>("-9223372036854775809"));
    EXPECT_FALSE(parse_number<std::uint64_t>("18446744073709551616"));
    EXPECT_FALSE(parse_number<std::uint32_t>("-1"));
    EXPECT_FALSE(parse_number<std::uint32_t>("4294967296"));
    EXPECT_FALSE(parse_number<std::int8_t>("128"));
}

TEST(Decimal, ReadsAsJsonWrites) {
    EXPECT_EQ(parse_decimal("12"), 12.0);
    EXPECT_EQ(parse_decimal("-0.5"), -0.5);
    EXPECT_EQ(parse_decimal("0.1e1"), 1.0);
    EXPECT_EQ(parse_decimal("1E-7"), 1e-7);
    EXPECT_EQ(parse_decimal("1e+3"), 1000.0);
    EXPECT_EQ(parse_decimal("5e-324"), std::numeric_limits<double>::denorm_min());
    EXPECT_EQ(parse_decimal("0e-400"), 0.0);
    EXPECT_EQ(parse_decimal("0.000"), 0.0);
    EXPECT_FALSE(std::signbit(parse_decimal("-0").value()));
    EXPECT_FALSE(std::signbit(parse_decimal("-0.0e5").value()));
}

TEST(DecimalRefusal, Item29RefusesEveryOtherSpelling) {
    for (const char* text : {"1,234", "1,5",  "１２", "12 人", "－5",   "+5",    " 5",    "5 ",    "",    "-",
                             ".",     ".5",   "-.5",  "5.",    "5.e3",  "e5",    "1e",    "1e+",   "1e-", "1-2",
                             "--1",   "01.5", "-01",  "0x1p3", "1.2.3", "1e5.0", "1e5e5", "1_000", "٣"}) {
        EXPECT_FALSE(parse_decimal(text)) << text;
    }
}

TEST(DecimalRefusal, Item16And17RefuseWhatIsNotFiniteOrVanishes) {
    for (const char* text : {"1e400", "-1e400", "1E-400", "-1e-400", "0.0000001e-320", "NaN", "nan", "Infinity", "inf",
                             "-inf", "nan(1)"}) {
        EXPECT_FALSE(parse_decimal(text)) << text;
    }
}

TEST(DecimalLaw, ReadingGivesBackWhatWasWrittenForEveryFiniteNumber) {
    std::mt19937_64 random(1);
    for (int i = 0; i < 200000; ++i) {
        const double value = std::bit_cast<double>(std::uint64_t{random()});
        if (!std::isfinite(value)) continue;
        const std::string text = to_text(value);
        ASSERT_EQ(parse_decimal(text), value) << text;
    }
    for (const double value : {0.0, 0.1, 1.0 / 3.0, 1e21, 1e-7, std::numeric_limits<double>::max(),
                               std::numeric_limits<double>::lowest(), std::numeric_limits<double>::denorm_min()}) {
        EXPECT_EQ(parse_decimal(to_text(value)), value);
    }
    EXPECT_EQ(to_text(-0.0), "0");
    EXPECT_EQ(to_text(0.1), "0.1");
}

TEST(NumberLaw, ReadingGivesBackWhatWasWrittenForEveryInteger) {
    std::mt19937_64 random(2);
    for (int i = 0; i < 20000; ++i) {
        const auto value = static_cast<std::int64_t>(std::uint64_t{random()}) >> (random() % 64);
        ASSERT_EQ(parse_number<std::int64_t>(to_text(value)), value);
    }
}

/// A locale as in Germany: 1.234,5.
class CommaPoint : public std::numpunct<char> {
    char do_decimal_point() const override { return ','; }
    char do_thousands_sep() const override { return '.'; }
    std::string do_grouping() const override { return "\3"; }
};

void expect_the_usual_numbers() {
    EXPECT_EQ(to_text(1234.5), "1234.5");
    EXPECT_EQ(to_text(1234567), "1234567");
    EXPECT_EQ(parse_decimal("1234.5"), 1234.5);
    EXPECT_FALSE(parse_decimal("1234,5"));
    EXPECT_FALSE(parse_decimal("1.234,5"));
    EXPECT_EQ(parse_number<int>("1234567"), 1234567);
    EXPECT_FALSE(parse_number<int>("1.234"));
}

TEST(Number, Item12ReadsAndWritesTheSameUnderAForeignCxxLocale) {
    const std::locale before = std::locale::global(std::locale(std::locale::classic(), new CommaPoint));
    expect_the_usual_numbers();
    std::locale::global(before);
}

TEST(Number, Item12ReadsAndWritesTheSameUnderAForeignCLocale) {
    const std::string before = std::setlocale(LC_ALL, nullptr);
    bool found = false;
    for (const char* name : {"de_DE.UTF-8", "de_DE.utf8", "de_DE", "fr_FR.UTF-8"}) {
        if (!found) found = std::setlocale(LC_ALL, name) != nullptr;
    }
    if (!found) GTEST_SKIP() << "no locale with a decimal comma is installed";
    EXPECT_STREQ(std::localeconv()->decimal_point, ",");
    expect_the_usual_numbers();
    std::setlocale(LC_ALL, before.c_str());
}

}  // namespace
