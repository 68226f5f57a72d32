#include <countyplan/solve/flow_sensitivity.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include <countyplan/error.hpp>
#include <countyplan/solve/min_cost_flow.hpp>
#include <countyplan/solve/random.hpp>

#include "given/law.hpp"
#include "given/min_cost_flow.hpp"

namespace {

using namespace countyplan;

constexpr std::int64_t unlimited = MinCostFlowProblem::unlimited;

MinCostFlowProblem two_ways() {  // 0 -> 1 straight for 1 (two units at most), or over 2 for 4 (three units)
    MinCostFlowProblem problem{.nodes = 3, .supply = {4, -4, 0}};
    given::add_arc(problem, 0, 1, 0, 2, {1});
    given::add_arc(problem, 0, 2, 0, 3, {3});
    given::add_arc(problem, 2, 1, 0, unlimited, {1});
    return problem;
}

TEST(FlowSensitivity, SaysWhatOneUnitOfABoundIsWorth) {
    const auto problem = two_ways();
    const auto result = solve(problem);
    const auto straight = FlowSensitivity(problem, result).arc(0);
    EXPECT_EQ(straight.upper_more, (UnitValue{true, {-3}, 2}));
    EXPECT_EQ(straight.upper_less, (UnitValue{true, {3}, 1}));
    EXPECT_EQ(straight.lower_more, (UnitValue{true, {0}, 2}));
    EXPECT_EQ(straight.lower_less, (UnitValue{true, {0}, UnitValue::without_end}));
    EXPECT_EQ(straight.most_cost, std::vector<std::int64_t>{4});
    EXPECT_FALSE(straight.least_cost);
    const auto detour = FlowSensitivity(problem, result).arc(1);
    EXPECT_EQ(detour.upper_less, (UnitValue{true, {0}, 1}));
    EXPECT_EQ(detour.lower_more, (UnitValue{true, {0}, 2}));
    EXPECT_EQ(detour.least_cost, std::vector<std::int64_t>{0});
    EXPECT_FALSE(detour.most_cost);  // there is no other way left
    const auto open = FlowSensitivity(problem, result).arc(2);
    EXPECT_FALSE(open.upper_less.is_possible);
    EXPECT_FALSE(open.upper_more.is_possible);
}

TEST(FlowSensitivity, RefusesWhatIsNotProvedOptimal) {
    const auto problem = two_ways();
    auto result = solve(problem);
    result.flow[0] = 1;
    EXPECT_THROW(FlowSensitivity(problem, result), InvalidProblem);
    EXPECT_THROW(FlowSensitivity(problem, solve(problem, {}, Stop{.step_limit = 0})), InvalidProblem);
    auto shifted = solve(problem);
    for (std::int64_t& value : std::get<Potentials>(shifted.certificate).value)
        value += std::int64_t{1} << 61;
    EXPECT_TRUE(verify(problem, shifted));
    EXPECT_THROW(FlowSensitivity(problem, shifted), InvalidProblem);
}

/// old + count * change
std::vector<Int128> moved(std::vector<Int128> cost, const std::vector<std::int64_t>& change, std::int64_t count) {
    for (std::size_t tier = 0; tier < cost.size(); ++tier)
        cost[tier] += Int128(change[tier]) * Int128(count);
    return cost;
}

TEST(FlowSensitivityLaw, AgreesWithSolvingAgain) {
    const std::uint64_t cases = given::law_cases(400'000);
    std::uint64_t asked = 0, changed = 0, ranged = 0;
    for (std::uint64_t seed = 0; seed < cases; ++seed) {
        const auto problem = given::random_min_cost_flow(seed);
        const auto result = solve(problem);
        if (result.termination != Termination::optimal || problem.arcs() == 0) continue;
        Random random(seed, 41);
        const std::size_t a = random.below(problem.arcs());
        const auto found = FlowSensitivity(problem, result).arc(a);
        ++asked;
        const auto agrees = [&](const UnitValue& value, bool of_upper, std::int64_t sign) {
            const std::int64_t most = std::min<std::int64_t>(value.is_possible ? value.step : 1, 50);
            for (const std::int64_t count : {std::int64_t{1}, most, random.between(1, most)}) {
                auto other = problem;
                (of_upper ? other.upper : other.lower)[a] += sign * count;
                if (other.upper[a] < other.lower[a]) return !value.is_possible;
                const auto again = solve(other);
                if (again.termination != Termination::optimal) return !value.is_possible;
                if (!value.is_possible || again.cost != moved(result.cost, value.change, count)) return false;
                changed += again.cost != result.cost ? 1 : 0;
            }
            return true;
        };
        if (problem.upper[a] != unlimited) {
            ASSERT_TRUE(agrees(found.upper_more, true, 1)) << "seed " << seed;
            ASSERT_TRUE(agrees(found.upper_less, true, -1)) << "seed " << seed;
        }
        ASSERT_TRUE(agrees(found.lower_more, false, 1)) << "seed " << seed;
        ASSERT_TRUE(agrees(found.lower_less, false, -1)) << "seed " << seed;
        const auto stays_best = [&](const std::vector<std::int64_t>& cost) {
            auto other = problem;
            std::copy(cost.begin(), cost.end(), other.cost.begin() + static_cast<std::ptrdiff_t>(a * problem.tiers));
            std::vector<Int128> total(problem.tiers);
            for (std::size_t i = 0; i < other.cost.size(); ++i)
                total[i % problem.tiers] += Int128(result.flow[i / problem.tiers]) * Int128(other.cost[i]);
            const auto again = solve(other);
            return again.termination == Termination::optimal && again.cost == total;
        };
        std::vector<std::int64_t> far(problem.tiers, 0);
        if (found.most_cost) {
            ++ranged;
            ASSERT_TRUE(stays_best(*found.most_cost)) << "seed " << seed;
            auto beyond = *found.most_cost;
            ++beyond.back();
            ASSERT_FALSE(stays_best(beyond)) << "seed " << seed;
        } else {
            far[0] = 1000;
            ASSERT_TRUE(stays_best(far)) << "seed " << seed;
        }
        if (found.least_cost) {
            ++ranged;
            ASSERT_TRUE(stays_best(*found.least_cost)) << "seed " << seed;
            auto beyond = *found.least_cost;
            --beyond.back();
            ASSERT_FALSE(stays_best(beyond)) << "seed " << seed;
        } else {
            far[0] = -1000;
            ASSERT_TRUE(stays_best(far)) << "seed " << seed;
        }
    }
    EXPECT_GT(asked, cases / 4);
    EXPECT_GT(changed, cases / 10);
    EXPECT_GT(ranged, cases / 10);
}

}  // namespace
