#include <countyplan/solve/inverse_distribution.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <boost/math/distributions/beta.hpp>
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

#include <countyplan/error.hpp>

#include "given/law.hpp"

namespace {

using namespace countyplan;

constexpr std::uint64_t all_bits = std::numeric_limits<std::uint64_t>::max();

TEST(InverseDistribution, IsZeroWhenNothingIsSaid) {
    const InverseDistribution zero;
    EXPECT_EQ(zero.least(), 0);
    EXPECT_EQ(zero.greatest(), 0);
    EXPECT_EQ(zero.at(0), 0);
    EXPECT_EQ(zero.at(all_bits), 0);
}

TEST(InverseDistribution, GivesEachValueItsShareOfTheNumbers) {
    const InverseDistribution table(-1, std::array<std::uint64_t, 4>{1, 0, 2, 1});  // quarters
    constexpr std::uint64_t quarter = std::uint64_t{1} << 62;
    EXPECT_EQ(table.at(0), -1);
    EXPECT_EQ(table.at(quarter - 1), -1);
    EXPECT_EQ(table.at(quarter), 1) << "a weight of 0 is never drawn";
    EXPECT_EQ(table.at(3 * quarter - 1), 1);
    EXPECT_EQ(table.at(3 * quarter), 2);
    EXPECT_EQ(table.at(all_bits), 2);
    EXPECT_EQ(table.weight_up_to(-2), 0U);
    EXPECT_EQ(table.weight_up_to(0), 1U);
    EXPECT_EQ(table.weight_up_to(1), 3U);
    EXPECT_EQ(table.weight_up_to(99), table.total_weight());
    EXPECT_EQ(table.weighted_sum(), Int128(-1 + 2 * 1 + 2));
}

TEST(InverseDistribution, TakesOneNumberPerDraw) {
    const InverseDistribution table(5, std::array<std::uint64_t, 3>{1, 1, 1});
    Random drawing(3), counting(3);
    for (int i = 0; i < 50; ++i)
        EXPECT_EQ(table.draw(drawing), table.at(counting()));
}

TEST(InverseDistribution, DrawsTheSameValuesEverywhere) {
    Random random(2026);
    const InverseDistribution duration = pert_distribution(10, 20, 60);
    std::vector<std::int64_t> drawn;
    for (int i = 0; i < 8; ++i)
        drawn.push_back(duration.draw(random));
    EXPECT_EQ(drawn, (std::vector<std::int64_t>{24, 19, 20, 33, 30, 37, 39, 37}));
}

TEST(InverseDistributionLaw, FindsTheQuantileThatASearchFinds) {
    for (std::uint64_t seed = 0; seed < given::law_cases(20'000); ++seed) {
        SCOPED_TRACE(seed);
        Random random(seed, 71);
        std::vector<std::uint64_t> weights(1 + random.below(40));
        const std::uint64_t top = random.chance(1, 4) ? std::uint64_t{1} << 57 : 6;
        for (std::uint64_t& weight : weights)
            weight = random.below(top);
        weights[random.below(weights.size())] += 1;
        const InverseDistribution table(7, weights);
        for (int draw = 0; draw < 30; ++draw) {
            const std::uint64_t bits = draw == 0 ? 0 : draw == 1 ? all_bits : random();
            const auto target =
                static_cast<std::uint64_t>(detail::uint128{bits} * detail::uint128{table.total_weight()} >> 64);
            std::uint64_t below = 0;
            std::int64_t expected = 7;
            for (const std::uint64_t weight : weights) {
                if (target < below + weight) break;
                below += weight;
                ++expected;
            }
            ASSERT_EQ(table.at(bits), expected);
        }
    }
}

TEST(InverseDistributionLaw, TriangularOddsAreThoseOfTheRoundedContinuousOne) {
    for (std::int64_t high = 0; high <= 12; ++high) {
        for (std::int64_t mode = 0; mode <= high; ++mode) {
            const InverseDistribution table = triangular_distribution(0, mode, high);
            ASSERT_EQ(table.least(), 0);
            ASSERT_EQ(table.greatest(), high);
            const auto up_to = [&](double x) {
                if (x >= static_cast<double>(high)) return 1.0;
                const double w = static_cast<double>(high), m = static_cast<double>(mode);
                return x < m ? x * x / (w * m) : 1 - (w - x) * (w - x) / (w * (w - m));
            };
            for (std::int64_t value = 0; value <= high; ++value) {
                ASSERT_NEAR(static_cast<double>(table.weight_up_to(value)) / static_cast<double>(table.total_weight()),
                            up_to(static_cast<double>(value) + 0.5), 1e-14);
            }
        }
    }
    const InverseDistribution widest = triangular_distribution(-500'000, 0, 548'575);
    EXPECT_EQ(widest.greatest() - widest.least() + 1, std::int64_t{InverseDistribution::max_values});
    EXPECT_EQ(widest.at(0), -500'000);
    EXPECT_EQ(widest.at(all_bits), 548'575);
}

TEST(InverseDistributionLaw, PertOddsAreThoseOfTheBetaDistribution) {
    double worst = 0;
    for (const std::int64_t high : {1, 2, 3, 7, 25, 100, 1000, 30'000}) {
        for (const std::int64_t mode : {std::int64_t{0}, high / 100, high / 5, high / 2, high - 1, high}) {
            const InverseDistribution table = pert_distribution(0, mode, high);
            const double w = static_cast<double>(high), m = static_cast<double>(mode);
            const boost::math::beta_distribution<> beta(1 + 4 * m / w, 1 + 4 * (w - m) / w);
            const std::int64_t step = std::max<std::int64_t>(1, high / 50);
            for (std::int64_t value = 0; value < high; value += step) {
                const double found =
                    static_cast<double>(table.weight_up_to(value)) / static_cast<double>(table.total_weight());
                worst = std::max(worst, std::abs(found - cdf(beta, (static_cast<double>(value) + 0.5) / w)));
            }
            const double mean = to_double(table.weighted_sum()) / static_cast<double>(table.total_weight());
            if (high < 25) continue;  // rounding moves the mean of a narrow one
            EXPECT_NEAR(mean, (4 * m + w) / 6, 0.01 + w * 1e-5) << high << ' ' << mode;
        }
    }
    EXPECT_LT(worst, 2e-5);
    RecordProperty("worst", std::to_string(worst));
}

TEST(InverseDistributionRefusal, WeightsAndPointsThatMakeNoDistribution) {
    const auto refused = [](const auto& make) {
        try {
            (void)make();
        } catch (const InvalidProblem& refusal) {
            return std::string(refusal.place());
        }
        return std::string("taken");
    };
    using Weights = std::vector<std::uint64_t>;
    const auto table = [](std::int64_t first, const Weights& weights) { return InverseDistribution(first, weights); };
    EXPECT_EQ(refused([&] { return table(0, {}); }), "weights");
    EXPECT_EQ(refused([&] { return table(0, {0, 0}); }), "weights");
    EXPECT_EQ(refused([&] { return table(0, {all_bits}); }), "weights");
    EXPECT_EQ(refused([&] { return table(0, {all_bits / 2, 1}); }), "weights");
    EXPECT_EQ(refused([&] { return table(0, {all_bits / 2}); }), "taken");
    EXPECT_EQ(refused([&] { return table(0, Weights(InverseDistribution::max_values + 1, 1)); }), "weights");
    EXPECT_EQ(refused([&] { return table(std::numeric_limits<std::int64_t>::max(), {1, 1}); }), "first");
    EXPECT_EQ(refused([] { return triangular_distribution(3, 2, 5); }), "mode");
    EXPECT_EQ(refused([] { return pert_distribution(3, 6, 5); }), "mode");
    EXPECT_EQ(refused([] { return triangular_distribution(std::numeric_limits<std::int64_t>::min(), 0, 5); }), "high");
    EXPECT_EQ(refused([] { return pert_distribution(0, 0, std::int64_t{InverseDistribution::max_values}); }), "high");
}

}  // namespace
