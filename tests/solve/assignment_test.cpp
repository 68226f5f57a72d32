#include <countyplan/solve/assignment.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
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

#include "given/assignment.hpp"
#include "given/law.hpp"

namespace {

using namespace countyplan;
using namespace std::chrono_literals;

constexpr std::int64_t no = AssignmentProblem::no_pair;
constexpr std::int32_t no32 = AssignmentProblem32::no_pair;
constexpr AssignmentMethod methods[] = {AssignmentMethod::automatic, AssignmentMethod::auction, AssignmentMethod::core,
                                        AssignmentMethod::shortest_path};

template <class Problem>
testing::AssertionResult accepted(const Problem& problem, const AssignmentResult& result) {
    const Verdict verdict = examine(problem, result);
    if (verdict.accepted && verify(problem, result)) return testing::AssertionSuccess();
    return testing::AssertionFailure() << verdict.place << ": " << text(verdict.why, Language::en);
}

/// Solves, checks the proof and returns the total.
template <class Problem>
std::string proved_cost(const Problem& problem, const AssignmentOptions& options = {}) {
    const auto result = solve(problem, options);
    EXPECT_TRUE(accepted(problem, result));
    EXPECT_EQ(result.cause, Cause::proved);
    return result.termination == Termination::optimal ? to_text(result.objective)
                                                      : std::string(name(result.termination));
}

TEST(Assignment, GivesEveryRowItsColumnAtTheLeastTotal) {
    const AssignmentProblem problem{3, 3, {4, 1, 3, 2, 0, 5, 3, 2, 2}};
    const auto result = solve(problem);
    EXPECT_EQ(result.column_of, (std::vector<std::uint32_t>{1, 0, 2}));
    EXPECT_EQ(result.objective, Int128(5));
    EXPECT_EQ(result.bound, Int128(5));
    EXPECT_TRUE(accepted(problem, result));
}

TEST(Assignment, LeavesTheLargerSidePartlyFree) {
    const AssignmentProblem wide{2, 3, {5, 1, 9, 5, 1, 3}};
    EXPECT_EQ(proved_cost(wide), "4");
    const AssignmentProblem tall{3, 2, {5, 5, 1, 1, 9, 3}};
    const auto result = solve(tall);
    EXPECT_EQ(proved_cost(tall), "4");
    EXPECT_EQ(result.column_of, (std::vector<std::uint32_t>{AssignmentResult::unmatched, 0, 1}));
}

TEST(Assignment, ProvesAShortageOfTheSmallerSide) {
    const AssignmentProblem square{2, 2, {5, no, 7, no}};
    EXPECT_EQ(proved_cost(square), "infeasible");
    const AssignmentProblem tall{3, 2, {no, 4, no, 5, no, 6}};
    const auto result = solve(tall);
    EXPECT_EQ(proved_cost(tall), "infeasible");
    EXPECT_EQ(std::get<HallShortage>(result.certificate).columns, std::vector<std::uint32_t>{0});
}

TEST(Assignment, DoesTheSameOnASecondCall) {
    const auto problem = given::random_assignment<std::int64_t>(12, 40);
    EXPECT_EQ(solve(problem), solve(problem));
}

TEST(Assignment, StartsFromPricesOrPairs) {
    const auto problem = given::spread_assignment(60, 3);
    const auto cold = solve(problem);
    for (const bool prices : {false, true}) {
        AssignmentOptions options;
        options.start.column_of = cold.column_of;
        if (prices) options.start.column_price = std::get<AssignmentPrices>(cold.certificate).column;
        const auto warm = solve(problem, options);
        EXPECT_TRUE(accepted(problem, warm));
        EXPECT_EQ(warm.objective, cold.objective);
        EXPECT_EQ(warm.steps, 0);  // nothing was left to search
    }
}

TEST(Assignment, RepairsAfterAChangedCost) {
    auto problem = given::spread_assignment(60, 4);
    auto result = solve(problem);
    const std::uint32_t column = result.column_of[7];
    problem.cost[7 * 60 + column] = no;
    result = repair(problem, result, {AssignmentChangeKind::cost, 7, column});
    EXPECT_TRUE(accepted(problem, result));
    EXPECT_EQ(result.objective, solve(problem).objective);
    EXPECT_NE(result.column_of[7], column);
}

TEST(Assignment, ChoosesShortestPathsWhereRowsOutnumberValues) {
    Random random(1, 63);
    AssignmentProblem32 problem{150, 150, {}};
    for (std::size_t k = 0; k < problem.rows * problem.columns; ++k)
        problem.cost.push_back(static_cast<std::int32_t>(random.between(1, 100)));
    const auto result = solve(problem);
    EXPECT_TRUE(accepted(problem, result));
    EXPECT_EQ(result, solve(problem, {AssignmentMethod::shortest_path}));
    EXPECT_NE(result.steps, solve(problem, {AssignmentMethod::core}).steps);
}

TEST(Assignment, RepairSolvesAnewWhereItMust) {
    auto problem = given::spread_assignment(9, 5);
    EXPECT_TRUE(accepted(problem, repair(problem, {}, {AssignmentChangeKind::cost, 0, 0})));
    auto result = solve(problem);
    EXPECT_TRUE(accepted(problem, repair(problem, result, {AssignmentChangeKind::cost, 99, 0})));
    std::fill_n(problem.cost.begin(), 9, no);  // a row loses all its pairs
    result = repair(problem, result, {AssignmentChangeKind::row_costs, 0, 0});
    EXPECT_EQ(result.termination, Termination::infeasible);
    EXPECT_TRUE(accepted(problem, result));
    problem.cost[3] = 5;
    EXPECT_TRUE(accepted(problem, repair(problem, result, {AssignmentChangeKind::cost, 0, 3})));
}

TEST(Assignment, RepairNeverWrapsAroundWithHostilePrices) {
    constexpr auto most = std::numeric_limits<std::int64_t>::max(), least = std::numeric_limits<std::int64_t>::min();
    constexpr std::int64_t near = std::int64_t{1} << 59;
    std::size_t seed = 0;
    for (const auto& [rows, columns] : {std::pair{9U, 9U}, std::pair{6U, 9U}, std::pair{9U, 6U}}) {
        AssignmentProblem problem{rows, columns, {}};
        Random random(++seed, 61);
        for (std::size_t k = 0; k < std::size_t{rows} * columns; ++k)
            problem.cost.push_back(static_cast<std::int64_t>(random.below(1000)));
        const auto right = solve(problem);
        for (const std::int64_t wild : {most, least, near, -near, near + 1, least / 4, std::int64_t{1} << 45}) {
            for (int which = 0; which < 6; ++which) {
                auto previous = right;
                auto& prices = std::get<AssignmentPrices>(previous.certificate);
                if (which % 3 != 1) std::fill(prices.row.begin(), prices.row.end(), wild);
                if (which % 3 != 0) prices.column[which % 2 == 0 ? 0 : columns - 1] = wild;
                if (which % 3 == 2) std::fill(prices.column.begin() + 1, prices.column.end(), -(wild / 2));
                if (which >= 3) std::fill(previous.column_of.begin(), previous.column_of.end(), columns - 1);
                if (which == 5) std::fill(previous.column_of.begin(), previous.column_of.end(), right.unmatched);
                for (const auto kind : {AssignmentChangeKind::cost, AssignmentChangeKind::row_costs,
                                        AssignmentChangeKind::column_costs}) {
                    const auto result = repair(problem, previous, {kind, 1, 1});
                    // a previous that was not right may go unnoticed, but then `verify` says so
                    if (accepted(problem, result)) {
                        EXPECT_EQ(result.objective, right.objective);
                    }
                    EXPECT_LT(result.steps, 10'000);
                    if (wild > near || wild < -near) {
                        EXPECT_TRUE(accepted(problem, result)) << wild << ' ' << which;
                    }
                }
            }
        }
    }
}

TEST(AssignmentLaw, AStartFromPairsEndsInTheSameTotal) {
    for (std::uint64_t seed = 0; seed < given::law_cases(10'000); ++seed) {
        Random random(seed, 62);
        auto problem = given::random_assignment<std::int64_t>(seed, 60);
        AssignmentOptions options;
        options.start.column_of = solve(problem).column_of;
        if (options.start.column_of.empty()) options.start.column_of.assign(problem.rows, AssignmentResult::unmatched);
        auto& pairs = options.start.column_of;
        for (std::size_t swaps = random.below(4); swaps > 0 && !pairs.empty(); --swaps)
            std::swap(pairs[random.below(pairs.size())], pairs[random.below(pairs.size())]);
        for (std::size_t changes = random.below(6); changes > 0 && !problem.cost.empty(); --changes)
            problem.cost[random.below(problem.cost.size())] = static_cast<std::int64_t>(random.below(1000));
        const auto warm = solve(problem, options);
        ASSERT_TRUE(accepted(problem, warm)) << "seed " << seed;
        ASSERT_EQ(warm.objective, solve(problem).objective) << "seed " << seed;
        const Stop stop{.step_limit = static_cast<std::int64_t>(random.below(20))};
        ASSERT_TRUE(accepted(problem, solve(problem, options, stop))) << "seed " << seed;
    }
}

TEST(AssignmentStart, RefusesWhatDoesNotFit) {
    const AssignmentProblem problem{2, 2, {1, 2, 3, 4}};
    const auto place = [&](AssignmentStart start) {
        try {
            (void)solve(problem, {AssignmentMethod::automatic, std::move(start)});
        } catch (const InvalidProblem& refusal) {
            return refusal.place();
        }
        return std::string("accepted");
    };
    EXPECT_EQ(place({{1, 2, 3}, {}}), "start.column_price");
    EXPECT_EQ(place({{}, {1}}), "start.column_of");
    EXPECT_EQ(place({{}, {0, 2}}), "start.column_of[1]");
    EXPECT_EQ(place({{}, {1, 1}}), "start.column_of[1]");
    EXPECT_EQ(place({{std::numeric_limits<std::int64_t>::min(), no}, {}}), "accepted");
}

// ---- reliability.md 2.5

TEST(AssignmentRefusal, Item44MinusZeroAndInfinityFromDoubles) {
    const double inf = std::numeric_limits<double>::infinity();
    const double costs[] = {0.0, inf, 5e-324, 2.5};
    const double same[] = {-0.0, inf, 0.0, 2.5};
    const auto problem = assignment_from_doubles(costs, 2, 2, 1000.0);
    EXPECT_EQ(problem, assignment_from_doubles(same, 2, 2, 1000.0));
    EXPECT_EQ(problem.cost, (std::vector<std::int64_t>{0, no, 0, 2500}));
    for (const double bad : {std::numeric_limits<double>::quiet_NaN(), -inf, 1e300, -1e300}) {
        const double wrong[] = {0.0, bad};
        try {
            (void)assignment_from_doubles(wrong, 1, 2, 1.0);
            ADD_FAILURE() << bad;
        } catch (const InvalidProblem& refusal) {
            EXPECT_EQ(refusal.place(), "cost[1]");
        }
    }
    EXPECT_THROW((void)assignment_from_doubles(costs, 2, 2, 0.0), InvalidProblem);
    EXPECT_THROW((void)assignment_from_doubles(costs, 2, 2, inf), InvalidProblem);
    EXPECT_THROW((void)assignment_from_doubles(costs, 2, 3, 1.0), InvalidProblem);
}

TEST(AssignmentRefusal, Item45EqualZeroAndForbiddenCostsEndInTheRightStatus) {
    for (const AssignmentMethod method : methods) {
        for (const std::int64_t cost : {std::int64_t{0}, std::int64_t{7}, AssignmentProblem::max_cost}) {
            AssignmentProblem problem{30, 30, std::vector<std::int64_t>(900, cost)};
            EXPECT_EQ(proved_cost(problem, {method}), to_text(30 * cost));
            problem.cost.assign(900, no);
            EXPECT_EQ(proved_cost(problem, {method}), "infeasible");
            for (std::size_t i = 0; i < 30; ++i)
                problem.cost[i * 30 + (7 * i + 3) % 30] = cost;
            EXPECT_EQ(proved_cost(problem, {method}), to_text(30 * cost));  // one permutation is left
        }
    }
}

TEST(AssignmentRefusal, Item46And47ExtremeCostsAreExactOrRefused) {
    using P = AssignmentProblem;
    const std::int64_t top = P::max_cost;
    EXPECT_EQ(proved_cost(P{2, 2, {top, -top, -top, top}}), to_text(-2 * top));
    EXPECT_EQ(proved_cost(P{2, 2, {top, top, top - 1, top}}), to_text(2 * top - 1));
    const auto place = [](const AssignmentProblem& problem) {
        try {
            (void)solve(problem);
        } catch (const InvalidProblem& refusal) {
            EXPECT_FALSE(verify(problem, {}));
            return refusal.place();
        }
        return std::string("accepted");
    };
    EXPECT_EQ(place({1, 2, {0, std::numeric_limits<std::int64_t>::min()}}), "cost[1]");
    EXPECT_EQ(place({2, 1, {top + 1, 0}}), "cost[0]");
    EXPECT_EQ(place({2, 1, {-top - 1, 0}}), "cost[0]");
    EXPECT_EQ(place({1, 1, {no - 1}}), "cost[0]");
    constexpr std::int32_t low = std::numeric_limits<std::int32_t>::min();
    EXPECT_EQ(proved_cost(AssignmentProblem32{2, 2, {low, no32 - 1, no32 - 1, low}}), "-4294967296");
    EXPECT_EQ(proved_cost(AssignmentProblem32{2, 3, {low, low, low, low, no32 - 1, no32}}), "-4294967296");
}

TEST(AssignmentRefusal, Item52InstancesKnownForEndlessLoopsEnd) {
    for (const AssignmentMethod method : methods) {
        AssignmentProblem32 wien{100, 100, {}};
        for (std::int32_t i = 1; i <= 100; ++i) {
            for (std::int32_t j = 1; j <= 100; ++j)
                wien.cost.push_back(i * j);
        }
        EXPECT_EQ(proved_cost(wien, {method}), "171700");
        for (std::size_t i = 0; i < 50; ++i)
            std::fill_n(wien.cost.begin() + static_cast<std::ptrdiff_t>(i * 100), 51, no32);
        EXPECT_EQ(proved_cost(wien, {method}), "infeasible");
        AssignmentProblem close{60, 60, {}};  // apart by one in 2^40
        for (std::size_t a = 0; a < 3600; ++a)
            close.cost.push_back(AssignmentProblem::max_cost - static_cast<std::int64_t>((a / 60 + a % 60) % 2));
        EXPECT_EQ(proved_cost(close, {method}), to_text(60 * (AssignmentProblem::max_cost - 1)));
    }
}

TEST(AssignmentRefusal, Item53SizesThatLieAreRefusedBeforeAnythingIsAllocated) {
    const auto place = [](std::size_t rows, std::size_t columns) {
        try {
            (void)solve(AssignmentProblem{rows, columns, {1, 2, 3}});
        } catch (const InvalidProblem& refusal) {
            return refusal.place();
        }
        return std::string("accepted");
    };
    EXPECT_EQ(place(1'000'000, 1'000'000), "cost");
    EXPECT_EQ(place(std::size_t{1} << 40, 3), "rows");
    EXPECT_EQ(place(3, std::size_t{1} << 40), "columns");
    EXPECT_EQ(place(std::size_t{1} << 21, std::size_t{1} << 21), "rows");
    EXPECT_EQ(place(2, 2), "cost");
    EXPECT_EQ(place(0, 3), "cost");
    EXPECT_EQ(place(3, 1), "accepted");
}

TEST(AssignmentRefusal, Item54EmptyAndOneLineTablesAreAnswered) {
    for (const AssignmentProblem& empty :
         {AssignmentProblem{}, AssignmentProblem{0, 5, {}}, AssignmentProblem{5, 0, {}}}) {
        const auto result = solve(empty);
        EXPECT_EQ(result.termination, Termination::optimal);
        EXPECT_EQ(result.column_of, std::vector<std::uint32_t>(empty.rows, AssignmentResult::unmatched));
        EXPECT_TRUE(accepted(empty, result));
    }
    EXPECT_EQ(proved_cost(AssignmentProblem{1, 4, {4, 2, no, 3}}), "2");
    EXPECT_EQ(proved_cost(AssignmentProblem{4, 1, {4, 2, no, 3}}), "2");
    EXPECT_EQ(proved_cost(AssignmentProblem{1, 3, {no, no, no}}), "infeasible");
    EXPECT_EQ(proved_cost(AssignmentProblem{3, 1, {no, no, no}}), "infeasible");
}

TEST(AssignmentRefusal, Item55DeadlinesThatHavePassedEndAtOnce) {
    const auto problem = given::spread_assignment(200, 6);
    std::stop_source source;
    source.request_stop();
    for (const Stop& stop : {Stop{.time_limit = 0ns}, Stop{.time_limit = -1s}, Stop{.token = source.get_token()}}) {
        const auto result = solve(problem, {}, stop);
        EXPECT_NE(result.cause, Cause::proved);
        EXPECT_TRUE(accepted(problem, result));
    }
    const auto none = solve(problem, {}, Stop{.step_limit = 0});
    EXPECT_EQ(none.cause, Cause::steps);
    EXPECT_TRUE(accepted(problem, none));
}

TEST(AssignmentRefusal, Item56NoStateIsLeftBehind) {
    AssignmentProblem problem{2, 2, {1, no, no, 1}};
    EXPECT_EQ(proved_cost(problem), "2");
    problem.cost[0] = std::numeric_limits<std::int64_t>::min();
    EXPECT_THROW((void)solve(problem), InvalidProblem);
    problem.cost[0] = 3;
    EXPECT_EQ(proved_cost(problem), "4");
    const AssignmentProblem moved = std::move(problem);
    EXPECT_EQ(proved_cost(moved), "4");
}

TEST(AssignmentRefusal, Item57TinyDifferencesDecideWhereTheScaleKeepsThem) {
    const double costs[] = {0.3, 0.3 + 1e-12, 0.3 + 1e-12, 0.3 + 3e-12};
    EXPECT_EQ(solve(assignment_from_doubles(costs, 2, 2, 1e12)).column_of, (std::vector<std::uint32_t>{1, 0}));
    EXPECT_EQ(proved_cost(assignment_from_doubles(costs, 2, 2, 1e3)), "600");  // 2 pairs, off by half a unit each
}

TEST(AssignmentLaw, EveryMethodProvesWhatExhaustionFinds) {
    for (std::uint64_t seed = 0; seed < given::law_cases(1'000'000); ++seed) {
        const AssignmentOptions options{methods[seed % std::size(methods)]};
        const auto check = [&](const auto& problem) {
            const auto result = solve(problem, options);
            const auto best = given::cheapest(problem);
            ASSERT_TRUE(accepted(problem, result)) << "seed " << seed;
            ASSERT_EQ(result.termination, best ? Termination::optimal : Termination::infeasible) << "seed " << seed;
            if (best) {
                ASSERT_EQ(result.objective, *best) << "seed " << seed;
            }
        };
        const std::size_t side = seed % 50 == 0 ? 10 : 6;
        if (seed % 3 == 0) check(given::random_assignment<std::int64_t>(seed, side));
        if (seed % 3 != 0) check(given::random_assignment<std::int32_t>(seed, side));
        if (HasFatalFailure()) return;
    }
}

TEST(AssignmentLaw, CancelledAnywhereItReturnsAnAnswerAndABound) {
    std::uint64_t answers = 0, bounds = 0;
    for (std::uint64_t seed = 0; seed < given::law_cases(10'000); ++seed) {
        Random random(seed, 24);
        const auto problem = given::random_assignment<std::int32_t>(seed, 60);
        const AssignmentOptions options{methods[seed % std::size(methods)]};
        const auto whole = solve(problem, options);
        const Stop stop{.step_limit =
                            static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(whole.steps) + 1))};
        const auto part = solve(problem, options, stop);
        ASSERT_TRUE(accepted(problem, part)) << "seed " << seed;
        ASSERT_EQ(part, solve(problem, options, stop)) << "seed " << seed;
        if (part.termination == Termination::feasible) {
            ++answers;
            ASSERT_GE(part.objective, whole.objective) << "seed " << seed;
        }
        if (part.claim == Claim::bounded) {
            ++bounds;
            ASSERT_LE(part.bound, whole.objective) << "seed " << seed;
        }
    }
    EXPECT_GT(answers, given::law_cases(10'000) / 3);
    EXPECT_GT(bounds, given::law_cases(10'000) / 3);
}

}  // namespace
