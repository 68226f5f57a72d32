#include <countyplan/solve/assignment.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <stop_token>
#include <string>
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

}  // namespace
