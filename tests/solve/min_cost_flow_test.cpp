#include <countyplan/solve/min_cost_flow.hpp>

#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <iostream>
#include <limits>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <countyplan/error.hpp>
#include <countyplan/solve/messages.hpp>
#include <countyplan/solve/random.hpp>

#include "given/law.hpp"
#include "given/min_cost_flow.hpp"

namespace {

using namespace countyplan;
using namespace std::chrono_literals;

constexpr std::int64_t unlimited = MinCostFlowProblem::unlimited;
constexpr std::int64_t max_cost = MinCostFlowProblem::max_cost;
constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min();

struct GivenArc {
    std::uint32_t tail, head;
    std::int64_t lower, upper;
    std::vector<std::int64_t> cost;
};

MinCostFlowProblem network(std::vector<std::int64_t> supply, const std::vector<GivenArc>& arcs, std::size_t tiers = 1) {
    MinCostFlowProblem problem{.nodes = supply.size(), .tiers = tiers, .supply = std::move(supply)};
    for (const GivenArc& a : arcs)
        given::add_arc(problem, a.tail, a.head, a.lower, a.upper, a.cost);
    return problem;
}

testing::AssertionResult proved(const MinCostFlowProblem& problem, const MinCostFlowResult& result) {
    const Verdict verdict = examine(problem, result);
    if (verdict.accepted && result.cause == Cause::proved && verify(problem, result))
        return testing::AssertionSuccess();
    return testing::AssertionFailure() << verdict.place << ": " << text(verdict.why, Language::en);
}

constexpr FlowMethod methods[] = {FlowMethod::network_simplex, FlowMethod::cost_scaling};

/// Solves, checks the proof and returns the total of the first tier.
std::string proved_cost(const MinCostFlowProblem& problem) {
    const auto result = solve(problem, {.method = FlowMethod::cost_scaling});
    const auto other = solve(problem, {.method = FlowMethod::network_simplex});
    EXPECT_TRUE(proved(problem, result));
    EXPECT_TRUE(proved(problem, other));
    EXPECT_EQ(result.termination, other.termination);
    EXPECT_EQ(result.cost, other.cost);
    return result.termination == Termination::optimal ? to_text(result.cost.at(0))
                                                      : std::string(name(result.termination));
}

TEST(MinCostFlow, SendsTheCheaperWayFirst) {
    const auto problem = network({4, 0, -4}, {{0, 1, 0, 3, {1}}, {0, 2, 0, 3, {3}}, {1, 2, 0, 5, {1}}});
    const auto result = solve(problem);
    EXPECT_EQ(result.termination, Termination::optimal);
    EXPECT_EQ(result.claim, Claim::proved);
    EXPECT_EQ(result.flow, (std::vector<std::int64_t>{3, 1, 3}));
    EXPECT_EQ(result.cost, std::vector<Int128>{9});
    EXPECT_TRUE(proved(problem, result));
}

TEST(MinCostFlow, LetsAnEarlierTierOutweighEveryLaterOne) {
    const auto problem = network(
        {1, 0, -1},
        {{0, 2, 0, 1, {1, -max_cost, -max_cost}}, {0, 1, 0, 1, {0, max_cost, 7}}, {1, 2, 0, 1, {0, max_cost, 7}}}, 3);
    const auto result = solve(problem);
    EXPECT_TRUE(proved(problem, result));
    EXPECT_EQ(result.cost, (std::vector<Int128>{0, 2 * max_cost, 14}));
}

TEST(MinCostFlow, AnswersTheEmptyProblem) {
    const MinCostFlowProblem problem;
    const auto result = solve(problem);
    EXPECT_EQ(result.termination, Termination::optimal);
    EXPECT_EQ(result.cost, std::vector<Int128>{0});
    EXPECT_TRUE(proved(problem, result));
}

TEST(MinCostFlow, AnswersOneNodeWithAndWithoutSupply) {
    EXPECT_EQ(proved_cost(network({0}, {})), "0");
    EXPECT_EQ(proved_cost(network({3}, {})), "infeasible");
    EXPECT_EQ(proved_cost(network({-3}, {})), "infeasible");
}

TEST(MinCostFlow, KeepsArcsApartThatTheWayToFeasibilityAloneDecided) {
    // the two halves meet only in an arc that must stay full although its cost pulls the other way
    const auto problem = network({2, -2}, {{0, 1, 2, 2, {5}}, {0, 1, 0, 3, {9}}, {1, 0, 0, 1, {-3}}});
    EXPECT_EQ(proved_cost(problem), "10");
}

TEST(MinCostFlow, DoesTheSameOnASecondCall) {
    const auto problem = given::random_min_cost_flow(12);
    EXPECT_EQ(solve(problem), solve(problem));
}

// ---- reliability.md 2.5

TEST(MinCostFlowBadInput, Item45EqualZeroOrForbiddenCostsEndInTheRightStatus) {
    for (const std::int64_t cost : {std::int64_t{0}, std::int64_t{7}, -max_cost}) {
        MinCostFlowProblem grid = network({1, 1, 1, -1, -1, -1}, {});
        for (std::uint32_t i = 0; i < 3; ++i) {
            for (std::uint32_t j = 3; j < 6; ++j)
                given::add_arc(grid, i, j, 0, 1, {cost});
        }
        EXPECT_EQ(proved_cost(grid), to_text(3 * cost));
        EXPECT_EQ(solve(grid).flow, solve(grid).flow);
        grid.upper.assign(9, 0);  // all forbidden
        EXPECT_EQ(proved_cost(grid), "infeasible");
        grid.upper[2] = grid.upper[4] = grid.upper[6] = 1;  // one permutation left
        EXPECT_EQ(proved_cost(grid), to_text(3 * cost));
    }
}

TEST(MinCostFlowBadInput, Item46AnOptimumBeyond64BitsIsExact) {
    constexpr std::int64_t big = 4'000'000'000'000'000'000;
    const auto problem = network({big, 0, -big}, {{0, 1, 0, unlimited, {max_cost}}, {1, 2, 0, big, {max_cost - 1}}});
    const auto result = solve(problem);
    EXPECT_TRUE(proved(problem, result));
    EXPECT_EQ(result.cost[0], Int128(big) * Int128(2 * max_cost - 1));
    EXPECT_EQ(to_text(result.cost[0]), "8796093022204000000000000000000");
}

TEST(MinCostFlowBadInput, Item46AFlowBeyond64BitsIsRefusedNotWrapped) {
    const auto problem = network({unlimited, unlimited, 0, 0, -unlimited, -unlimited}, {{0, 2, 0, unlimited, {1}},
                                                                                        {1, 2, 0, unlimited, {1}},
                                                                                        {2, 3, 0, unlimited, {1}},
                                                                                        {3, 4, 0, unlimited, {1}},
                                                                                        {3, 5, 0, unlimited, {1}}});
    try {
        (void)solve(problem);
        FAIL() << "a flow of 2^64 - 2 fits nowhere";
    } catch (const InvalidProblem& refusal) {
        EXPECT_EQ(refusal.message().code(), "solve_flow_overflow");
        EXPECT_EQ(refusal.place(), "upper[2]");
    }
}

TEST(MinCostFlowBadInput, Item47ExtremeNumbersAreRefusedOrExact) {
    const auto refused = [](const MinCostFlowProblem& problem) {
        try {
            (void)solve(problem);
        } catch (const InvalidProblem& refusal) {
            EXPECT_FALSE(verify(problem, {}));
            return refusal.place();
        }
        return std::string("accepted");
    };
    const auto arc = [](std::int64_t lower, std::int64_t upper, std::int64_t cost) {
        return network({0, 0}, {{0, 1, lower, upper, {cost}}});
    };
    EXPECT_EQ(refused(arc(0, 1, least)), "cost[0]");
    EXPECT_EQ(refused(arc(0, 1, max_cost + 1)), "cost[0]");
    EXPECT_EQ(refused(arc(0, 1, -max_cost - 1)), "cost[0]");
    EXPECT_EQ(refused(arc(least, 1, 0)), "lower[0]");
    EXPECT_EQ(refused(arc(unlimited, unlimited, 0)), "lower[0]");
    EXPECT_EQ(refused(arc(0, least, 0)), "upper[0]");
    EXPECT_EQ(refused(network({least, 0}, {})), "supply[0]");
    // INT64_MAX - 1 as a bound all round a cycle, in both directions
    constexpr std::int64_t huge = unlimited - 1;
    const auto round =
        network({0, 0, 0},
                {{0, 1, -huge, huge, {-max_cost}}, {1, 2, -huge, huge, {-max_cost}}, {2, 0, -huge, huge, {-max_cost}}});
    const auto result = solve(round);
    EXPECT_TRUE(proved(round, result));
    EXPECT_EQ(result.flow, (std::vector<std::int64_t>{huge, huge, huge}));
    EXPECT_EQ(result.cost[0], Int128(-3) * Int128(huge) * Int128(max_cost));
    // INT64_MAX itself means: no bound
    EXPECT_EQ(proved_cost(network({0, 0}, {{0, 1, 0, unlimited, {-1}}, {1, 0, 0, unlimited, {0}}})), "unbounded");
}

TEST(MinCostFlowBadInput, Item48UnservedSupplyAndDemandHaveAWitness) {
    for (const auto& problem : {
             network({1, 0}, {{0, 1, 0, 5, {1}}}),                      // does not sum to 0
             network({-1, 0}, {{0, 1, 0, 5, {1}}}),                     // nor this
             network({0, 0, 2, -2}, {{0, 1, 0, 5, {1}}}),               // isolated
             network({2, 0, -2}, {{0, 1, 0, 5, {1}}}),                  // demand that nothing reaches
             network({2, 0, -2}, {{1, 2, 0, 5, {1}}}),                  // supply that cannot leave
             network({2, -2}, {{0, 1, 0, 1, {1}}, {0, 1, 0, 0, {0}}}),  // too narrow
         }) {
        const auto result = solve(problem);
        EXPECT_EQ(result.termination, Termination::infeasible);
        EXPECT_TRUE(std::holds_alternative<ViolatedCut>(result.certificate));
        EXPECT_TRUE(proved(problem, result));
    }
}

TEST(MinCostFlowBadInput, Item49InfeasibleGoesBeforeUnbounded) {
    auto problem = network({0, 0, 0, 0}, {{0, 1, 0, unlimited, {-2}}, {1, 0, 0, unlimited, {1}}, {2, 3, 0, 4, {1}}});
    EXPECT_EQ(proved_cost(problem), "unbounded");
    problem.supply = {0, 0, 5, -5};
    EXPECT_EQ(proved_cost(problem), "infeasible");
    problem.supply = {0, 0, 4, -4};
    EXPECT_EQ(proved_cost(problem), "unbounded");
}

TEST(MinCostFlowBadInput, Item50LoopsParallelArcsAndNegativePairs) {
    EXPECT_EQ(proved_cost(network({0}, {{0, 0, 0, 4, {-3}}})), "-12");  // a loop that pays is filled
    EXPECT_EQ(proved_cost(network({0}, {{0, 0, -2, 4, {3}}})), "-6");   // one that costs is drained
    EXPECT_EQ(proved_cost(network({0}, {{0, 0, 0, unlimited, {-3}}})), "unbounded");
    EXPECT_EQ(proved_cost(network({0}, {{0, 0, 0, unlimited, {0}}})), "0");
    EXPECT_EQ(proved_cost(network({3, -3}, {{0, 1, 0, 1, {5}}, {0, 1, 0, 2, {1}}, {0, 1, 0, 9, {3}}})), "5");
    EXPECT_EQ(proved_cost(network({0, 0}, {{0, 1, 0, 0, {-9}}, {1, 0, 0, 0, {-9}}})), "0");
    EXPECT_EQ(proved_cost(network({0, 0}, {{0, 1, 0, 3, {-2}}, {1, 0, 0, 2, {-3}}})), "-10");
    EXPECT_EQ(proved_cost(network({1, -1}, {{0, 1, 0, 3, {-2}}, {1, 0, 0, 5, {-3}}})), "-12");
}

TEST(MinCostFlowBadInput, Item51FixedAndNegativeLowerBoundsAreExact) {
    EXPECT_EQ(proved_cost(network({1, 0, -1}, {{0, 1, 2, 2, {3}}, {1, 2, 2, 2, {4}}, {2, 0, 1, 1, {5}}})), "19");
    EXPECT_EQ(proved_cost(network({1, 0, -1}, {{0, 1, 2, 2, {3}}, {1, 2, 2, 2, {4}}, {2, 0, 0, 0, {5}}})),
              "infeasible");
    EXPECT_EQ(proved_cost(network({-2, 2}, {{0, 1, -3, 5, {2}}})), "-4");
    EXPECT_EQ(proved_cost(network({0, 0}, {{0, 1, -3, 5, {2}}, {0, 1, -4, 4, {1}}})), "-3");
}

TEST(MinCostFlowBadInput, Item52InstancesKnownForEndlessLoopsEnd) {
    // Machol-Wien: cost (i+1)(j+1); and a block in which every pair is forbidden
    constexpr std::uint32_t side = 60;
    MinCostFlowProblem wien{.nodes = 2 * side, .supply = std::vector<std::int64_t>(2 * side, 1)};
    for (std::uint32_t i = 0; i < side; ++i) {
        wien.supply[side + i] = -1;
        for (std::uint32_t j = 0; j < side; ++j)
            given::add_arc(wien, i, side + j, 0, 1, {(i + 1) * (j + 1)});
    }
    std::int64_t expected = 0;
    for (std::int64_t i = 1; i <= side; ++i)
        expected += i * (side + 1 - i);
    EXPECT_EQ(proved_cost(wien), to_text(expected));
    for (std::uint32_t i = 0; i < side / 2; ++i) {
        for (std::uint32_t j = 0; j < side / 2 + 1; ++j)
            wien.upper[i * side + j] = 0;
    }
    EXPECT_EQ(proved_cost(wien), "infeasible");
    // costs that differ in the last digit only
    for (std::size_t a = 0; a < wien.arcs(); ++a) {
        wien.upper[a] = 1;
        wien.cost[a] = max_cost - static_cast<std::int64_t>((a / side + a % side) % 2);
    }
    EXPECT_EQ(proved_cost(wien), to_text(side * (max_cost - 1)));
}

MinCostFlowProblem middling() { return given::staffing_min_cost_flow(300, 100, 20, 4, 5); }

TEST(MinCostFlowBadInput, Item55StopsBeforeTheStartWithNothing) {
    const auto problem = middling();
    std::stop_source source;
    source.request_stop();
    const std::pair<Stop, Cause> cases[] = {
        {{.time_limit = 0ns}, Cause::time},
        {{.time_limit = -5s}, Cause::time},
        {{.step_limit = 0}, Cause::steps},
        {{.step_limit = -1}, Cause::steps},
        {{.token = source.get_token()}, Cause::cancelled},
    };
    for (const auto& [stop, cause] : cases) {
        const auto result = solve(problem, {}, stop);
        EXPECT_EQ(result.termination, Termination::unknown);
        EXPECT_EQ(result.cause, cause);
        EXPECT_EQ(result.claim, Claim::estimate);
        EXPECT_TRUE(result.flow.empty());
        EXPECT_TRUE(verify(problem, result));
    }
}

TEST(MinCostFlowBadInput, Item55StopsAnywhereWithTheBestSoFarAndTheSameEachTime) {
    const auto problem = middling();
    const auto full = solve(problem);
    ASSERT_TRUE(proved(problem, full));
    std::optional<std::vector<Int128>> before;
    bool seen_unknown = false, seen_feasible = false;
    for (std::int64_t steps = 0; steps <= full.steps + 1; steps += 1 + full.steps / 97) {
        const auto result = solve(problem, {}, Stop{.step_limit = steps});
        EXPECT_EQ(result, solve(problem, {}, Stop{.step_limit = steps}));
        ASSERT_TRUE(verify(problem, result));
        ASSERT_LE(result.steps, steps);
        seen_unknown |= result.termination == Termination::unknown;
        if (result.termination != Termination::feasible) continue;
        seen_feasible = true;
        EXPECT_EQ(result.cause, Cause::steps);
        if (before) {
            EXPECT_LE(result.cost, *before);
        }
        before = result.cost;
    }
    EXPECT_TRUE(seen_unknown);
    EXPECT_TRUE(seen_feasible);
    const auto last = solve(problem, {}, Stop{.step_limit = full.steps});  // stopped in the last step
    EXPECT_TRUE(verify(problem, last));
    const auto after = solve(problem, {}, Stop{.step_limit = full.steps + 1});
    EXPECT_EQ(after, full);
}

TEST(MinCostFlowBadInput, Item55ReactsToADeadlineWithinFiftyMilliseconds) {
    const auto problem = given::staffing_min_cost_flow(2500, 800, 60, 4, 6);
    for (const auto limit : {2ms, 10ms, 40ms, 90ms}) {
        const auto start = std::chrono::steady_clock::now();
        const auto result = solve(problem, {.block = std::size_t{1} << 40}, Stop{.time_limit = limit});
        const auto took = std::chrono::steady_clock::now() - start;
        EXPECT_TRUE(verify(problem, result));
        if (result.cause == Cause::proved) continue;
        EXPECT_EQ(result.cause, Cause::time);
        EXPECT_LT(took - limit, 500ms);  // ten times the promise, for loaded machines and slow builds
    }
}

TEST(MinCostFlowBadInput, Item56NothingStaysBehindBetweenCalls) {
    auto problem = middling();
    const auto first = solve(problem);
    auto wrong = problem;
    wrong.cost.pop_back();
    EXPECT_THROW((void)solve(wrong), InvalidProblem);
    (void)solve(problem, {}, Stop{.step_limit = 10});
    EXPECT_EQ(solve(problem), first);
    const MinCostFlowProblem moved = std::move(problem);
    EXPECT_EQ(solve(moved), first);
}

TEST(MinCostFlow, ShowsItsProgressAFewTimesASecond) {  // none is due if the machine is fast
    const auto problem = given::staffing_min_cost_flow(2500, 800, 60, 4, 6);
    const MinCostFlowOptions slow{.block = std::size_t{1} << 40};
    std::vector<Tick> ticks;
    const auto result = solve(problem, slow, Stop{.time_limit = 2s}, [&](const Tick& tick) { ticks.push_back(tick); });
    EXPECT_TRUE(verify(problem, result));
    EXPECT_LE(ticks.size(), 7U);
    for (std::size_t i = 1; i < ticks.size(); ++i) {
        EXPECT_GT(ticks[i].steps, ticks[i - 1].steps);
        if (ticks[i - 1].best) {
            EXPECT_LE(ticks[i].best, ticks[i - 1].best);
        }
    }
}

TEST(MinCostFlow, FindsTheSameCostWhateverTheBlock) {
    const auto problem = middling();
    const auto cost = solve(problem).cost;
    for (const std::size_t block : std::vector<std::size_t>{1, 20, 1000, 100000}) {
        const auto result = solve(problem, {.block = block});
        EXPECT_TRUE(proved(problem, result));
        EXPECT_EQ(result.cost, cost);
    }
}

TEST(MinCostFlow, RefusesAProblemOfTheWrongShapeAndNamesThePlace) {
    const auto good = network({1, -1}, {{0, 1, 0, 2, {1}}});
    const std::pair<std::string, std::function<void(MinCostFlowProblem&)>> cases[] = {
        {"supply", [](auto& p) { p.supply.push_back(0); }},
        {"head", [](auto& p) { p.head.clear(); }},
        {"lower", [](auto& p) { p.lower.clear(); }},
        {"upper", [](auto& p) { p.upper.push_back(1); }},
        {"cost", [](auto& p) { p.cost.clear(); }},
        {"tiers", [](auto& p) { p.tiers = 0; }},
        {"tiers", [](auto& p) { p.tiers = 17; }},
        {"cost", [](auto& p) { p.tiers = 2; }},
        {"tail[0]", [](auto& p) { p.tail[0] = 2; }},
        {"head[0]", [](auto& p) { p.head[0] = 4294967295U; }},
        {"upper[0]", [](auto& p) { p.upper[0] = -1; }},
        {"nodes", [](auto& p) { p.nodes = ~std::size_t{0}; }},
        {"supply", [](auto& p) { p.nodes = 1'000'000'000; }},
    };
    for (const auto& [place, damage] : cases) {
        SCOPED_TRACE(place);
        auto problem = good;
        damage(problem);
        EXPECT_EQ(examine(problem).place, place);
        try {
            (void)solve(problem);
            FAIL();
        } catch (const InvalidProblem& refusal) {
            EXPECT_EQ(refusal.place(), place);
            EXPECT_FALSE(text(refusal.message(), Language::zh).empty());
        }
        EXPECT_FALSE(verify(problem, solve(good)));
    }
}

// ---- laws

TEST(MinCostFlowLaw, EveryTerminationIsProvedAndAgreesWithCycleCancelling) {
    const std::uint64_t cases = given::law_cases(1'000'000);
    std::array<std::uint64_t, enumerator_count<Termination>> ended{};
    for (std::uint64_t seed = 0; seed < cases; ++seed) {
        const auto problem = given::random_min_cost_flow(seed);
        const auto other = given::slow_min_cost_flow(problem);
        ++ended[static_cast<std::size_t>(other.termination)];
        for (const FlowMethod method : methods) {
            const auto result = solve(problem, {.method = method});
            ASSERT_TRUE(proved(problem, result)) << "seed " << seed << ' ' << name(method);
            ASSERT_EQ(result.termination, other.termination) << "seed " << seed << ' ' << name(method);
            if (result.termination != Termination::optimal) continue;
            ASSERT_EQ(result.cost, std::vector<Int128>(other.cost.begin(), other.cost.end()))
                << "seed " << seed << ' ' << name(method);
        }
    }
    for (std::size_t i = 0; i < ended.size(); ++i) {
        RecordProperty(std::string(name(static_cast<Termination>(i))), std::to_string(ended[i]));
        std::cout << name(static_cast<Termination>(i)) << ' ' << ended[i] << '\n';
    }
    const auto share = [&](Termination t) { return 100 * ended[static_cast<std::size_t>(t)] / cases; };
    EXPECT_GE(share(Termination::infeasible), 20U);
    EXPECT_LE(share(Termination::infeasible), 45U);
    EXPECT_GE(share(Termination::unbounded), 3U);
    EXPECT_GE(share(Termination::optimal), 40U);
}

TEST(MinCostFlowLaw, DenseNetworksAgreeWithCycleCancelling) {  // the simplex sifts these
    std::array<int, enumerator_count<Termination>> ended{};
    for (std::uint64_t seed = 0; seed < 4000; ++seed) {
        const auto problem = given::random_min_cost_flow(seed, true);
        const auto other = given::slow_min_cost_flow(problem);
        ++ended[static_cast<std::size_t>(other.termination)];
        for (const FlowMethod method : methods) {
            const auto result = solve(problem, {.method = method});
            ASSERT_TRUE(proved(problem, result)) << "seed " << seed << ' ' << name(method);
            ASSERT_EQ(result.termination, other.termination) << "seed " << seed << ' ' << name(method);
            if (result.termination != Termination::optimal) continue;
            ASSERT_EQ(result.cost, std::vector<Int128>(other.cost.begin(), other.cost.end()))
                << "seed " << seed << ' ' << name(method);
        }
    }
    for (const auto t : {Termination::optimal, Termination::infeasible, Termination::unbounded}) {
        EXPECT_GT(ended[static_cast<std::size_t>(t)], 50) << name(t);
    }
}

TEST(MinCostFlowLaw, MiddlingNetworksCostTheSameByEveryMethod) {
    const std::uint64_t cases = given::law_cases(10'000);
    for (std::uint64_t seed = 0; seed < cases; ++seed) {
        const auto problem = given::middling_min_cost_flow(seed);
        const auto one = solve(problem, {.method = FlowMethod::network_simplex});
        const auto other = solve(problem, {.method = FlowMethod::cost_scaling});
        ASSERT_TRUE(proved(problem, one)) << "seed " << seed;
        ASSERT_TRUE(proved(problem, other)) << "seed " << seed;
        ASSERT_EQ(one.termination, other.termination) << "seed " << seed;
        ASSERT_EQ(one.cost, other.cost) << "seed " << seed;
    }
}

TEST(MinCostFlowLaw, CostScalingStopsSoundlyAfterAnyNumberOfSteps) {
    const std::uint64_t cases = given::law_cases(10'000);
    bool seen_feasible = false;
    for (std::uint64_t seed = 0; seed < cases; ++seed) {
        const auto problem = given::middling_min_cost_flow(seed);
        const MinCostFlowOptions options{.method = FlowMethod::cost_scaling};
        const auto full = solve(problem, options);
        const Stop stop{
            .step_limit = static_cast<std::int64_t>(Random(seed, 5).below(static_cast<std::uint64_t>(full.steps + 2)))};
        const auto result = solve(problem, options, stop);
        ASSERT_TRUE(verify(problem, result)) << seed;
        ASSERT_EQ(result, solve(problem, options, stop)) << seed;
        ASSERT_LE(result.steps, *stop.step_limit) << seed;
        seen_feasible |= result.termination == Termination::feasible;
        if (full.termination == Termination::optimal && result.termination == Termination::feasible) {
            ASSERT_GE(result.cost, full.cost) << seed;
        }
    }
    EXPECT_TRUE(seen_feasible);
}

TEST(MinCostFlowLaw, AgreesWithTryingEveryFlow) {
    int tried = 0;
    for (std::uint64_t seed = 0; tried < 3000; ++seed) {
        auto problem = given::random_min_cost_flow(seed);
        if (problem.arcs() > 5) continue;
        for (std::size_t a = 0; a < problem.arcs(); ++a) {
            if (problem.upper[a] == unlimited) problem.upper[a] = problem.lower[a] + 3;
        }
        ++tried;
        const auto result = solve(problem);
        const auto other = given::exhaustive_min_cost_flow(problem);
        ASSERT_TRUE(proved(problem, result)) << "seed " << seed;
        ASSERT_EQ(result.termination, other.termination) << "seed " << seed;
        if (result.termination != Termination::optimal) continue;
        ASSERT_EQ(result.cost, std::vector<Int128>(other.cost.begin(), other.cost.end())) << "seed " << seed;
    }
}

TEST(MinCostFlowLaw, EveryNumberTypeFindsTheSameCost) {
    for (std::uint64_t seed = 0; seed < 5000; ++seed) {
        auto problem = given::random_min_cost_flow(seed);
        const auto narrow = solve(problem);
        const std::int64_t factors[] = {std::int64_t{1} << 24, std::int64_t{1} << 37};  // 128 bits, cost vectors
        for (const std::int64_t factor : factors) {
            auto scaled = problem;
            for (auto& cost : scaled.cost)
                cost *= factor;
            const auto wide = solve(scaled);
            ASSERT_TRUE(proved(scaled, wide)) << "seed " << seed;
            ASSERT_EQ(wide.termination, narrow.termination) << "seed " << seed;
            for (std::size_t tier = 0; tier < wide.cost.size(); ++tier) {
                if (wide.termination != Termination::optimal) break;
                ASSERT_EQ(wide.cost[tier], narrow.cost[tier] * Int128(factor)) << "seed " << seed;
            }
        }
    }
}

TEST(MinCostFlowLaw, StopsSoundlyAfterAnyNumberOfSteps) {
    for (std::uint64_t seed = 0; seed < 3000; ++seed) {
        const auto problem = given::random_min_cost_flow(seed);
        for (std::int64_t steps = 0; steps < 8; ++steps) {
            ASSERT_TRUE(verify(problem, solve(problem, {}, Stop{.step_limit = steps}))) << seed << ' ' << steps;
        }
    }
}

// ---- the verifier is tested by breaking right answers

using Damage = std::function<void(MinCostFlowProblem&, MinCostFlowResult&)>;

void expect_refused(const MinCostFlowProblem& problem, const MinCostFlowResult& result,
                    const std::vector<std::pair<std::string, Damage>>& mutations) {
    ASSERT_TRUE(proved(problem, result));
    for (const auto& [place, damage] : mutations) {
        auto broken_problem = problem;
        auto broken = result;
        damage(broken_problem, broken);
        const Verdict verdict = examine(broken_problem, broken);
        EXPECT_FALSE(verdict.accepted) << place;
        EXPECT_EQ(verdict.place, place);
        EXPECT_FALSE(verdict.why.empty());
        EXPECT_FALSE(verify(broken_problem, broken)) << place;
    }
}

TEST(MinCostFlowVerifier, RefusesEveryBrokenOptimum) {
    const auto problem = network({4, 0, -4}, {{0, 1, 0, 5, {1, 0}}, {0, 2, 0, 3, {3, 1}}, {1, 2, 0, 3, {1, 0}}}, 2);
    const auto result = solve(problem);  // flow 3, 1, 3
    auto price = [](MinCostFlowResult& r) -> std::vector<std::int64_t>& {
        return std::get<Potentials>(r.certificate).value;
    };
    using P = MinCostFlowProblem;
    using R = MinCostFlowResult;
    expect_refused(problem, result,
                   {
                       {"arc[0]", [&](P&, R& r) { price(r)[0] += 1; }},     // node 0, first tier
                       {"arc[0]", [&](P&, R& r) { price(r)[1] += 1; }},     // node 0, second tier
                       {"arc[0]", [&](P&, R& r) { price(r)[2] -= 1; }},     // node 1
                       {"arc[0]", [&](P&, R& r) { price(r)[3] += 1; }},     //
                       {"arc[1]", [&](P&, R& r) { price(r)[4] += 1; }},     // node 2
                       {"arc[1]", [&](P&, R& r) { price(r)[5] -= 1; }},     //
                       {"arc[0]", [&](P&, R& r) { price(r)[0] = least; }},  // hostile
                       {"arc[0]", [&](P&, R& r) { price(r)[0] = unlimited; }},
                       {"potential", [&](P&, R& r) { price(r).pop_back(); }},
                       {"potential", [&](P&, R& r) { price(r).clear(); }},
                       {"node[0]", [](P&, R& r) { r.flow[0] += 1; }},
                       {"node[0]", [](P&, R& r) { r.flow[1] -= 1; }},
                       {"flow[2]", [](P&, R& r) { r.flow[2] += 1; }},
                       {"flow[0]", [](P&, R& r) { r.flow[0] = -1; }},
                       {"flow[0]", [](P&, R& r) { r.flow[0] = least; }},
                       {"flow[1]", [](P&, R& r) { r.flow[1] = unlimited; }},
                       {"flow", [](P&, R& r) { r.flow.pop_back(); }},
                       {"cost[0]", [](P&, R& r) { r.cost[0] += 1; }},
                       {"cost[1]", [](P&, R& r) { r.cost[1] -= 1; }},
                       {"cost", [](P&, R& r) { r.cost.pop_back(); }},
                       {"cost[0]", [](P& p, R&) { p.cost[0] += 1; }},
                       {"node[0]", [](P& p, R&) { p.supply[0] += 1; }},
                       {"flow[0]", [](P& p, R&) { p.lower[0] = 4; }},
                       {"flow[0]", [](P& p, R&) { p.upper[0] = 2; }},
                       {"arc[2]", [](P& p, R&) { p.upper[2] = 4; }},  // room on the full arc
                       {"cost[0]", [](P& p, R&) { p.cost[0] = least; }},
                       {"cause", [](P&, R& r) { r.cause = Cause::time; }},
                       {"claim", [](P&, R& r) { r.claim = Claim::estimate; }},
                       {"steps", [](P&, R& r) { r.steps = -1; }},
                       {"certificate", [](P&, R& r) { r.certificate = std::monostate{}; }},
                       {"certificate", [](P&, R& r) { r.certificate = ViolatedCut{{0}}; }},
                       {"flow", [](P&, R& r) { r.termination = Termination::infeasible; }},
                       {"certificate", [](P&, R& r) { r.termination = Termination::unbounded; }},
                       {"cause", [](P&, R& r) { r.termination = Termination::feasible; }},
                   });
    // a worse flow with the same prices: 1 over the short way more
    auto worse = result;
    worse.flow = {2, 2, 2};
    worse.cost = {10, 2};
    EXPECT_EQ(examine(problem, worse).place, "arc[2]");
}

TEST(MinCostFlowVerifier, AcceptsOtherRightProofs) {
    const auto problem = network({4, 0, -4}, {{0, 1, 0, 5, {1, 0}}, {0, 2, 0, 3, {3, 1}}, {1, 2, 0, 3, {1, 0}}}, 2);
    auto result = solve(problem);
    auto& value = std::get<Potentials>(result.certificate).value;
    for (std::size_t i = 0; i < value.size(); ++i)
        value[i] += i % 2 == 0 ? 1000 : -7;  // all nodes alike
    EXPECT_TRUE(verify(problem, result));
    result.steps += 5;
    EXPECT_TRUE(verify(problem, result));
    result.termination = Termination::feasible;  // says less than it could
    result.cause = Cause::time;
    result.claim = Claim::feasible;
    result.certificate = std::monostate{};
    EXPECT_TRUE(verify(problem, result));
}

TEST(MinCostFlowVerifier, RefusesEveryBrokenCut) {
    // 0 and 1 hold five, but only four can leave them; 3 stands apart
    const auto problem = network({3, 2, -5, 0}, {{0, 2, 0, 2, {1}},
                                                 {1, 2, 0, 2, {1}},
                                                 {2, 0, 0, 9, {1}},
                                                 {0, 1, 0, unlimited, {0}},
                                                 {3, 2, 0, unlimited, {0}}});
    const auto result = solve(problem);
    ASSERT_EQ(result.termination, Termination::infeasible);
    auto nodes = [](MinCostFlowResult& r) -> std::vector<std::uint32_t>& {
        return std::get<ViolatedCut>(r.certificate).nodes;
    };
    using P = MinCostFlowProblem;
    using R = MinCostFlowResult;
    expect_refused(problem, result,
                   {
                       {"cut", [&](P&, R& r) { nodes(r).clear(); }},
                       {"cut", [&](P&, R& r) { nodes(r) = {0}; }},  // leaves by the unlimited arc
                       {"cut", [&](P&, R& r) { nodes(r) = {1}; }},
                       {"cut",
                        [&](P&, R& r) {
                            nodes(r) = {0, 1, 3};
                        }},
                       {"cut",
                        [&](P&, R& r) {
                            nodes(r) = {0, 1, 2, 3};
                        }},
                       {"cut[0]", [&](P&, R& r) { nodes(r) = {4}; }},
                       {"cut[2]",
                        [&](P&, R& r) {
                            nodes(r) = {0, 1, 0};
                        }},
                       {"cut", [](P& p, R&) { p.upper[0] += 1; }},
                       {"cut",
                        [](P& p, R&) {
                            p.supply = {2, 2, -4, 0};
                        }},
                       {"cut", [](P& p, R&) { p.upper[1] = unlimited; }},
                       {"flow", [](P&, R& r) { r.flow.push_back(0); }},
                       {"cost", [](P&, R& r) { r.cost.push_back(0); }},
                       {"certificate", [](P&, R& r) { r.certificate = NegativeCycle{{0}}; }},
                   });
    auto other = result;
    nodes(other) = {1, 0};  // order does not matter
    EXPECT_TRUE(verify(problem, other));
    nodes(other) = {2, 3};  // the other side of the same cut
    EXPECT_TRUE(verify(problem, other));
}

TEST(MinCostFlowVerifier, RefusesEveryBrokenCycle) {
    const auto problem =
        network({1, 0, -1},
                {{0, 1, 0, unlimited, {-3}}, {1, 0, 0, unlimited, {2}}, {1, 2, 0, 4, {1}}, {1, 0, 0, unlimited, {3}}});
    const auto result = solve(problem);
    ASSERT_EQ(result.termination, Termination::unbounded);
    auto arcs = [](MinCostFlowResult& r) -> std::vector<std::uint32_t>& {
        return std::get<NegativeCycle>(r.certificate).arcs;
    };
    using P = MinCostFlowProblem;
    using R = MinCostFlowResult;
    expect_refused(problem, result,
                   {
                       {"cycle", [&](P&, R& r) { arcs(r).clear(); }},
                       {"cycle[0]", [&](P&, R& r) { arcs(r).pop_back(); }},
                       {"cycle",
                        [&](P&, R& r) {
                            arcs(r) = {0, 3};
                        }},  // costs nothing
                       {"cycle[0]",
                        [&](P&, R& r) {
                            arcs(r) = {0, 2};
                        }},  // not closed
                       {"cycle[0]",
                        [&](P&, R& r) {
                            arcs(r) = {9, 9};
                        }},
                       {"cycle[0]",
                        [&](P&, R& r) {
                            arcs(r) = {0, 9};
                        }},
                       {"cost[0]", [](P& p, R&) { p.cost[0] = -2; }},
                       {"node[0]", [](P&, R& r) { r.flow[0] += 1; }},
                       {"flow", [](P&, R& r) { r.flow.clear(); }},
                       {"certificate",
                        [](P&, R& r) {
                            r.certificate = Potentials{{0, 0, 0}};
                        }},
                   });
    auto capped = problem;
    capped.upper[0] = capped.upper[1] = 1000;
    auto claim = result;
    EXPECT_TRUE(examine(capped, claim).place.starts_with("cycle["));
    auto twice = result;  // going round twice is as good
    const auto once = arcs(twice);
    arcs(twice).insert(arcs(twice).end(), once.begin(), once.end());
    EXPECT_TRUE(verify(problem, twice));
}

TEST(MinCostFlowVerifierLaw, NeverAcceptsARandomMutationThatIsWrong) {
    int refused = 0, accepted = 0;
    for (std::uint64_t seed = 0; seed < 20'000; ++seed) {
        Random random(seed, 9);
        const auto problem = given::random_min_cost_flow(seed % 4000);
        auto result = solve(problem);
        const auto truth = result;
        auto* potentials = std::get_if<Potentials>(&result.certificate);
        auto* cut = std::get_if<ViolatedCut>(&result.certificate);
        auto* cycle = std::get_if<NegativeCycle>(&result.certificate);
        const auto any = [&](auto& list) -> auto& { return list[random.below(list.size())]; };
        const auto change = random.below(5);
        if (change == 0 && !result.flow.empty()) any(result.flow) += random.between(-2, 2);
        if (change == 1 && !result.cost.empty()) any(result.cost) += random.between(-2, 2);
        if (change == 2 && potentials != nullptr && !potentials->value.empty()) {
            any(potentials->value) += random.between(-3, 3);
        }
        if (change == 3 && cut != nullptr && !cut->nodes.empty()) any(cut->nodes) = 0;
        if (change == 3 && cycle != nullptr)
            any(cycle->arcs) = static_cast<std::uint32_t>(random.below(problem.arcs()));
        if (change == 4) result.termination = static_cast<Termination>(random.below(5));
        if (result == truth) continue;
        if (!verify(problem, result)) {
            ++refused;
            continue;
        }
        // accepted although changed: then what it says must still be true
        ++accepted;
        ASSERT_EQ(result.termination, truth.termination) << "seed " << seed;
        if (result.termination == Termination::optimal) {
            ASSERT_EQ(result.cost, truth.cost) << "seed " << seed;
        }
    }
    EXPECT_GT(refused, 5000);
    EXPECT_GT(accepted, 100);
}

}  // namespace
