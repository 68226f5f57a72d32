#include <countyplan/scalar/money.hpp>

#include <cmath>
#include <concepts>
#include <limits>
#include <random>
#include <stdexcept>
#include <type_traits>

#include <gtest/gtest.h>

namespace {

using namespace countyplan;

template <class A, class B>
concept Multipliable = requires(A a, B b) {
    a* b;
};
template <class A, class B>
concept Addable = requires(A a, B b) {
    a + b;
};
template <class A, class B>
concept Divisible = requires(A a, B b) {
    a / b;
};
template <class A, class B>
concept Comparable = requires(A a, B b) {
    a == b;
};

static_assert(std::regular<Money>);
static_assert(Multipliable<Money, std::int64_t> && Multipliable<Money, Share> && Addable<Money, Money>);
static_assert(!Multipliable<Money, Money>, "square yuan mean nothing");
static_assert(!Divisible<Money, Money> && !Addable<Money, int> && !Comparable<Money, int>);
static_assert(!Addable<Money, Share>);
static_assert(!std::is_convertible_v<std::int64_t, Money>, "fen or yuan must be said");

constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min();

TEST(Money, ReadsYuanWithUpToTwoDecimals) {
    EXPECT_EQ(Money::parse("12"), Money(1200));
    EXPECT_EQ(Money::parse("12.3"), Money(1230));
    EXPECT_EQ(Money::parse("-0.50"), Money(-50));
    EXPECT_EQ(Money::parse("0"), Money());
    EXPECT_EQ(Money::parse("92233720368547758.07"), Money(most));
    EXPECT_EQ(Money::parse("-92233720368547758.08"), Money(least));
}

TEST(Money, WritesTwoDecimals) {
    EXPECT_EQ(to_text(Money()), "0.00");
    EXPECT_EQ(to_text(Money(1230)), "12.30");
    EXPECT_EQ(to_text(Money(5)), "0.05");
    EXPECT_EQ(to_text(Money(-5)), "-0.05");
    EXPECT_EQ(to_text(Money(least)), "-92233720368547758.08");
}

TEST(MoneyRefusal, Item29RefusesWhatIsNoPlainAmount) {
    for (const char* text :
         {"1,234", "１２",  "12 人", "－5",  "+1",    " 1",  "1 ",   "",      "-",   ".",   "1.",  ".5",
          "01",    "1.234", "1e3",   "0x10", "1.2.3", "--1", "1.-2", "12.3a", "inf", "nan", "￥12"}) {
        EXPECT_FALSE(Money::parse(text)) << text;
    }
}

TEST(MoneyRefusal, RefusesAmountsOutOfRange) {
    EXPECT_FALSE(Money::parse("92233720368547758.08"));
    EXPECT_FALSE(Money::parse("-92233720368547758.09"));
    EXPECT_FALSE(Money::parse("99999999999999999999999999"));
}

TEST(MoneyRefusal, ThrowsWhereAResultWouldWrap) {
    EXPECT_THROW((void)(Money(most) + Money(1)), std::overflow_error);
    EXPECT_THROW((void)(Money(least) - Money(1)), std::overflow_error);
    EXPECT_THROW((void)(Money(most) * 2), std::overflow_error);
    EXPECT_THROW((void)(Money(least) * -1), std::overflow_error);
    EXPECT_EQ(Money(most) - Money(1), Money(most - 1));
}

TEST(Money, TakesAShareRoundedHalvesAwayFromZero) {
    const Share half = Share::from(0.5).value();
    EXPECT_EQ(Money(3) * half, Money(2));
    EXPECT_EQ(Money(-3) * half, Money(-2));
    EXPECT_EQ(Money(4) * half, Money(2));
    EXPECT_EQ(Money(100) * Share::from(0.004).value(), Money(0));
    EXPECT_EQ(Money(most) * Share(), Money(0));
}

TEST(MoneyLaw, TheWholeShareIsTheWholeAmount) {
    const Share whole = Share::from(1.0).value();
    EXPECT_EQ(Money(most) * whole, Money(most));
    EXPECT_EQ(Money(least) * whole, Money(least));
    std::mt19937_64 random(1);
    const Share nearly = Share::from(std::nextafter(1.0, 0.0)).value();
    for (int i = 0; i < 10000; ++i) {
        const Money money(static_cast<std::int64_t>(random()));
        ASSERT_EQ(money * whole, money);
        ASSERT_NO_THROW((void)(money * nearly));
    }
    EXPECT_NO_THROW((void)(Money(most) * nearly));
    EXPECT_NO_THROW((void)(Money(least) * nearly));
}

TEST(MoneyLaw, SharesOfQuartersAreExact) {
    std::mt19937_64 random(2);
    for (int i = 0; i < 10000; ++i) {
        const auto fen = static_cast<std::int64_t>(random() % 2'000'000'000'001u) - 1'000'000'000'000;
        for (const std::int64_t quarters : {1, 2, 3}) {
            const std::int64_t four = fen * quarters;  // in quarters of a fen
            const std::int64_t rounded = (four >= 0 ? four + 2 : four - 2) / 4;
            ASSERT_EQ(Money(fen) * Share::from(static_cast<double>(quarters) / 4).value(), Money(rounded)) << fen;
        }
    }
}

TEST(MoneyLaw, ReadingGivesBackWhatWasWritten) {
    std::mt19937_64 random(3);
    for (int i = 0; i < 20000; ++i) {
        const auto bits = random();
        const Money money(static_cast<std::int64_t>(bits) >> (random() % 64));
        ASSERT_EQ(Money::parse(to_text(money)), money) << to_text(money);
    }
}

}  // namespace
