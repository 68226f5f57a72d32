#include <countyplan/solve/repairable_flow.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <variant>
#include <vector>

#include <countyplan/error.hpp>
#include <countyplan/solve/random.hpp>

#include "given/law.hpp"
#include "given/min_cost_flow.hpp"

namespace {

using namespace countyplan;
using namespace std::chrono_literals;

constexpr std::int64_t unlimited = MinCostFlowProblem::unlimited;

MinCostFlowProblem two_ways() {
    MinCostFlowProblem problem{.nodes = 3, .supply = {4, -4, 0}};
    given::add_arc(problem, 0, 1, 0, 2, {1});
    given::add_arc(problem, 0, 2, 0, 3, {3});
    given::add_arc(problem, 2, 1, 0, unlimited, {1});
    return problem;
}

testing::AssertionResult is_right(const RepairableFlow& kept) {
    const auto result = kept.result();
    const auto fresh = solve(kept.problem());
    const Verdict verdict = examine(kept.problem(), result);
    if (!verdict.accepted) return testing::AssertionFailure() << verdict.place;
    if (result.termination != fresh.termination) return testing::AssertionFailure() << name(result.termination);
    if (fresh.termination == Termination::optimal && result.cost != fresh.cost) {
        return testing::AssertionFailure() << to_text(result.cost[0]) << " against " << to_text(fresh.cost[0]);
    }
    for (std::size_t a = 0; a < result.flow.size() && fresh.termination == Termination::optimal; ++a) {
        if (kept.flow(a) != result.flow[a]) return testing::AssertionFailure() << "flow of arc " << a;
    }
    return testing::AssertionSuccess();
}

TEST(RepairableFlow, FollowsEachKindOfChange) {
    RepairableFlow kept(two_ways());
    EXPECT_EQ(kept.repair(), Termination::optimal);
    EXPECT_TRUE(is_right(kept));
    const std::int64_t dear[] = {9};
    kept.change_cost(0, dear);
    EXPECT_EQ(kept.repair(), Termination::optimal);
    EXPECT_TRUE(is_right(kept));
    kept.change_bounds(1, 1, 1);
    EXPECT_EQ(kept.repair(), Termination::infeasible);
    EXPECT_TRUE(is_right(kept));
    kept.change_supply(0, 3);
    EXPECT_EQ(kept.repair(), Termination::infeasible);  // does not sum to 0
    EXPECT_TRUE(is_right(kept));
    kept.change_supply(1, -3);
    EXPECT_EQ(kept.repair(), Termination::optimal);
    EXPECT_TRUE(is_right(kept));
    const std::int64_t cheap[] = {-5};
    EXPECT_EQ(kept.add_arc(0, 1, 0, 1, cheap), 3U);
    EXPECT_EQ(kept.repair(), Termination::optimal);
    EXPECT_TRUE(is_right(kept));
    EXPECT_EQ(kept.flow(3), 1);
    kept.add_arc(1, 0, 0, unlimited, cheap);
    kept.change_bounds(3, 0, unlimited);
    EXPECT_EQ(kept.repair(), Termination::unbounded);
    EXPECT_TRUE(is_right(kept));
    kept.change_bounds(3, 0, 7);
    EXPECT_EQ(kept.repair(), Termination::optimal);
    EXPECT_TRUE(is_right(kept));
}

TEST(RepairableFlow, StartsFromAnyFlowAndPotentials) {
    const auto problem = given::staffing_min_cost_flow(60, 20, 30, 4, 5);
    const auto best = solve(problem);
    const auto& potentials = std::get<Potentials>(best.certificate);
    const auto again = solve_from(problem, {best.flow, potentials});
    EXPECT_TRUE(verify(problem, again));
    EXPECT_EQ(again.steps, 0);
    EXPECT_EQ(again.cost, best.cost);
    Random random(7, 1);
    std::vector<std::int64_t> wrong(problem.arcs());
    for (std::int64_t& flow : wrong)
        flow = random.between(-9, 9);
    Potentials odd{std::vector<std::int64_t>(problem.nodes * problem.tiers)};
    for (std::int64_t& value : odd.value)
        value = random.between(-100, 100);
    for (const auto& result :
         {solve_from(problem, {wrong, odd}), solve_from(problem, {{}, potentials}), solve_from(problem, {wrong, {}})}) {
        EXPECT_TRUE(verify(problem, result));
        EXPECT_EQ(result.cost, best.cost);
    }
    odd.value.assign(odd.value.size(), std::numeric_limits<std::int64_t>::min());
    EXPECT_EQ(solve_from(problem, {{}, odd}).cost, best.cost);
}

TEST(RepairableFlow, GoesOnAfterAStop) {
    RepairableFlow kept(given::middling_min_cost_flow(3), MinCostFlowStart{});
    EXPECT_EQ(kept.repair(Stop{.step_limit = 0}), Termination::unknown);
    EXPECT_TRUE(verify(kept.problem(), kept.result()));
    EXPECT_EQ(kept.repair(Stop{.time_limit = 0ns}), Termination::unknown);
    EXPECT_TRUE(verify(kept.problem(), kept.result()));
    while (kept.repair(Stop{.step_limit = 3}) == Termination::unknown) {
        EXPECT_LE(kept.result().steps, 3);
    }
    EXPECT_TRUE(is_right(kept));
}

TEST(RepairableFlow, RefusesAWrongChangeAndKeepsTheProblem) {
    RepairableFlow kept(two_ways());
    (void)kept.repair();
    const auto place = [&](const auto& change) {
        try {
            change();
        } catch (const InvalidProblem& refusal) {
            return refusal.place();
        }
        return std::string("accepted");
    };
    const std::int64_t two[] = {1, 2}, huge[] = {MinCostFlowProblem::max_cost + 1}, one[] = {1};
    constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min();
    EXPECT_EQ(place([&] { kept.change_cost(3, one); }), "arc");
    EXPECT_EQ(place([&] { kept.change_cost(0, two); }), "cost");
    EXPECT_EQ(place([&] { kept.change_cost(0, huge); }), "cost[0]");
    EXPECT_EQ(place([&] { kept.change_bounds(3, 0, 1); }), "arc");
    EXPECT_EQ(place([&] { kept.change_bounds(0, 2, 1); }), "upper");
    EXPECT_EQ(place([&] { kept.change_bounds(0, least, 1); }), "lower");
    EXPECT_EQ(place([&] { kept.change_supply(3, 0); }), "node");
    EXPECT_EQ(place([&] { kept.change_supply(0, least); }), "supply");
    EXPECT_EQ(place([&] { kept.add_arc(0, 3, 0, 1, one); }), "head[0]");
    EXPECT_EQ(place([&] { kept.add_arc(0, 1, 0, 1, two); }), "cost");
    const std::vector<std::int64_t> short_flow(2, 0);
    EXPECT_EQ(place([&] { RepairableFlow(two_ways(), MinCostFlowStart{short_flow, {}}); }), "flow");
    EXPECT_EQ(place([&] { RepairableFlow(two_ways(), MinCostFlowStart{{}, {{1}}}); }), "potential");
    EXPECT_EQ(kept.problem(), two_ways());
    EXPECT_TRUE(is_right(kept));
}

TEST(RepairableFlowBadInput, Item47HugeNumbersFallBackAndStayExact) {
    constexpr std::int64_t huge = unlimited - 1;
    MinCostFlowProblem problem{.nodes = 2, .supply = {0, 0}};
    given::add_arc(problem, 0, 1, -huge, huge, {-MinCostFlowProblem::max_cost});
    given::add_arc(problem, 1, 0, -huge, huge, {1});
    RepairableFlow kept(problem);
    EXPECT_EQ(kept.repair(), Termination::optimal);
    EXPECT_TRUE(is_right(kept));
    kept.change_bounds(0, 0, 5);
    kept.change_bounds(1, 0, huge);
    EXPECT_EQ(kept.repair(), Termination::optimal);
    EXPECT_TRUE(is_right(kept));
}

TEST(RepairableFlowBadInput, Item46ManyLargeChangesTogetherStayExact) {
    constexpr std::int64_t large = std::int64_t{1} << 58;
    MinCostFlowProblem funnel{.nodes = 42, .supply = std::vector<std::int64_t>(42, 0)};
    for (std::uint32_t i = 0; i < 20; ++i) {
        given::add_arc(funnel, i, 40, 0, unlimited, {1});
        given::add_arc(funnel, 41, 20 + i, 0, unlimited, {1});
    }
    given::add_arc(funnel, 40, 41, 0, unlimited, {1});
    RepairableFlow supplies(funnel, MinCostFlowStart{});
    ASSERT_EQ(supplies.repair(), Termination::optimal);
    for (std::size_t i = 0; i < 20; ++i) {
        supplies.change_supply(i, large);
        supplies.change_supply(20 + i, -large);
    }
    EXPECT_EQ(supplies.repair(), Termination::optimal) << "20 * 2^58 fits an arc's 64 bits";
    EXPECT_TRUE(is_right(supplies));

    MinCostFlowProblem lanes{.nodes = 2, .supply = {0, 0}};
    for (int i = 0; i < 64; ++i) {
        given::add_arc(lanes, 0, 1, 0, 1, {-1});
        given::add_arc(lanes, 1, 0, 0, 1, {0});
    }
    RepairableFlow bounds(lanes, MinCostFlowStart{});
    ASSERT_EQ(bounds.repair(), Termination::optimal);
    for (std::size_t arc = 0; arc < lanes.arcs(); ++arc)
        bounds.change_bounds(arc, 0, large);
    EXPECT_EQ(bounds.repair(), Termination::optimal);
    EXPECT_TRUE(is_right(bounds));

    MinCostFlowProblem open{.nodes = 2, .supply = {1, -1}};
    for (int i = 0; i < 64; ++i)
        given::add_arc(open, 0, 1, 0, unlimited, {0});
    const auto started = solve_from(open, {.flow = std::vector<std::int64_t>(64, large), .potentials = {}});
    EXPECT_EQ(started.termination, Termination::optimal);
    EXPECT_TRUE(verify(open, started));
}

TEST(RepairableFlow, SaysNothingOfAnAnswerThatAnEditMadeOld) {
    RepairableFlow kept(two_ways());
    ASSERT_EQ(kept.repair(), Termination::optimal);
    kept.change_supply(0, 4);
    const auto result = kept.result();
    EXPECT_EQ(result.termination, Termination::unknown);
    EXPECT_TRUE(verify(kept.problem(), result));
    ASSERT_EQ(kept.repair(), Termination::optimal);
    EXPECT_TRUE(is_right(kept));
}

TEST(RepairableFlowLaw, AgreesWithSolvingAgainAfterEachOfManyChanges) {
    const std::uint64_t cases = given::law_cases(100'000);
    for (std::uint64_t seed = 0; seed < cases; ++seed) {
        Random random(seed, 51);
        RepairableFlow kept(given::random_min_cost_flow(seed));
        for (int change = 0; change < 8; ++change) {
            const auto& problem = kept.problem();
            const std::size_t arcs = problem.arcs();
            std::vector<std::int64_t> cost;
            for (std::size_t tier = 0; tier < problem.tiers; ++tier)
                cost.push_back(random.between(-5, 5) * (random.chance(1, 40) ? 1000 : 1));
            const std::int64_t lower = random.between(-2, 2);
            const std::int64_t upper = random.chance(1, 8) ? unlimited : lower + random.between(0, 4);
            const auto node = [&] { return static_cast<std::uint32_t>(random.below(problem.nodes)); };
            const auto kind = random.below(9);
            if (kind < 3 && arcs > 0) kept.change_cost(random.below(arcs), cost);
            if (kind >= 3 && kind < 6 && arcs > 0) kept.change_bounds(random.below(arcs), lower, upper);
            if (kind >= 6 && kind < 8) {
                const std::uint32_t from = node(), to = node();
                const std::int64_t amount = random.between(-2, 2);
                kept.change_supply(from, problem.supply[from] + amount);
                kept.change_supply(to, problem.supply[to] - amount);
            }
            if (kind == 8) kept.add_arc(node(), node(), lower, upper, cost);
            if (random.chance(1, 4)) continue;  // several changes at once
            (void)kept.repair();
            ASSERT_TRUE(is_right(kept)) << "seed " << seed << " change " << change;
        }
    }
}

}  // namespace
