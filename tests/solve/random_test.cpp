#include <countyplan/solve/random.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <map>
#include <random>
#include <span>
#include <vector>

namespace {

using namespace countyplan;

static_assert(std::uniform_random_bit_generator<Random>);

TEST(Random, MatchesThePublishedAnswersOfPhilox) {
    // kat_vectors of Random123: counter, key, output
    using Four = std::array<std::uint32_t, 4>;
    EXPECT_EQ(detail::philox({0, 0, 0, 0}, {0, 0}), (Four{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
    constexpr std::uint32_t all = 0xffffffff;
    EXPECT_EQ(detail::philox({all, all, all, all}, {all, all}), (Four{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
    EXPECT_EQ(detail::philox({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}),
              (Four{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
}

TEST(Random, DrawsTheSameBitsEverywhere) {
    Random random(0, 0);
    EXPECT_EQ(random(), 0xe169c58d6627e8d5);
    EXPECT_EQ(random(), 0x9b00dbd8bc57ac4c);
    Random a(5, 7), b(5, 7), c(5, 8), d(6, 7);
    for (int i = 0; i < 100; ++i) {
        const auto x = a();
        EXPECT_EQ(x, b());
        EXPECT_NE(x, c());
        EXPECT_NE(x, d());
    }
    EXPECT_EQ(a, b);
    EXPECT_NE(a, c);
    Random copy = a;  // a copy goes on where the original stands
    EXPECT_EQ(copy(), a());
    static_assert(Random(1)() == Random(1)());
}

TEST(Random, StaysInsideItsRange) {
    Random random(1);
    for (const std::uint64_t count : {std::uint64_t{1}, std::uint64_t{2}, std::uint64_t{3}, std::uint64_t{1000},
                                      (std::uint64_t{1} << 63) + 1, std::numeric_limits<std::uint64_t>::max()}) {
        for (int i = 0; i < 200; ++i)
            ASSERT_LT(random.below(count), count);
    }
    constexpr auto least = std::numeric_limits<std::int64_t>::min(), most = std::numeric_limits<std::int64_t>::max();
    bool negative = false, positive = false;
    for (int i = 0; i < 200; ++i) {
        const auto small = random.between(-2, 3);
        ASSERT_GE(small, -2);
        ASSERT_LE(small, 3);
        const auto any = random.between(least, most);
        (any < 0 ? negative : positive) = true;
        ASSERT_EQ(random.between(least, least), least);
        ASSERT_GE(random.between(most - 1, most), most - 1);
        const double unit = random.unit();
        ASSERT_GE(unit, 0.0);
        ASSERT_LT(unit, 1.0);
        ASSERT_FALSE(random.chance(0, 5));
        ASSERT_TRUE(random.chance(5, 5));
    }
    EXPECT_TRUE(negative && positive);
}

TEST(RandomLaw, EveryValueIsAboutEquallyLikely) {
    Random random(2);
    std::array<int, 7> seen{};
    constexpr int draws = 70'000;
    for (int i = 0; i < draws; ++i)
        ++seen[random.below(7)];
    double chi = 0;
    for (const int count : seen)
        chi += (count - draws / 7.0) * (count - draws / 7.0) / (draws / 7.0);
    EXPECT_LT(chi, 22.5);  // six degrees of freedom, one in a thousand
}

TEST(RandomLaw, EveryOrderIsAboutEquallyLikely) {
    Random random(3);
    std::map<std::vector<int>, int> seen;
    constexpr int draws = 24'000;
    for (int i = 0; i < draws; ++i) {
        std::vector<int> items{0, 1, 2, 3};
        random.shuffle(std::span(items));
        ++seen[items];
    }
    ASSERT_EQ(seen.size(), 24U);
    for (const auto& [order, count] : seen)
        EXPECT_NEAR(count, 1000, 150);
    std::vector<int> none;
    random.shuffle(std::span(none));
    EXPECT_TRUE(none.empty());
}

}  // namespace
