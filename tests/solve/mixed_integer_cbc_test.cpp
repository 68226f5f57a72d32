#include <countyplan/solve/mixed_integer_cbc.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include <countyplan/solve/random.hpp>

#include "given/law.hpp"
#include "given/mixed_integer.hpp"

namespace {

using namespace countyplan;
using namespace std::chrono_literals;

testing::AssertionResult accepted(const MixedIntegerProgram& problem, const MixedIntegerResult& result) {
    const Verdict verdict = examine(problem, result);
    if (verdict.accepted && verify(problem, result)) return testing::AssertionSuccess();
    return testing::AssertionFailure() << verdict.place << ": " << text(verdict.why, Language::en);
}

TEST(MixedIntegerCbc, AnswersWithoutRowsOrColumns) {
    const auto empty = solve(MixedIntegerProgram{}, cbc_backend());
    EXPECT_TRUE(accepted({}, empty));
    EXPECT_EQ(empty.termination, Termination::optimal);
    MixedIntegerProgram box{.is_integer = {1, 0}, .sense = Sense::maximise};
    given::add_column(box.linear, 2, -1.5, 2.5, {});
    given::add_column(box.linear, -1, -1.5, 2.5, {});
    const auto corner = solve(box, cbc_backend());
    EXPECT_TRUE(accepted(box, corner));
    EXPECT_EQ(corner.objective, 5.5);
}

TEST(MixedIntegerCbc, IsSilentAndTheSameOnASecondCall) {
    const auto problem = given::random_knapsack(2, 3, 25);
    testing::internal::CaptureStdout();
    testing::internal::CaptureStderr();
    const auto first = solve(problem, cbc_backend());
    EXPECT_EQ(testing::internal::GetCapturedStdout(), "");
    EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
    EXPECT_EQ(first.termination, Termination::optimal);
    EXPECT_EQ(first.backend, "cbc");
    EXPECT_TRUE(accepted(problem, first));
    EXPECT_EQ(solve(problem, cbc_backend()), first);
}

TEST(MixedIntegerCbc, SolvesAtTheSameTimeOnSeveralThreads) {
    std::vector<MixedIntegerResult> results(4);
    const auto problem = given::random_knapsack(3, 3, 25);
    {
        std::vector<std::jthread> threads;
        for (auto& result : results)
            threads.emplace_back([&] { result = solve(problem, cbc_backend()); });
    }
    for (const auto& result : results)
        EXPECT_EQ(result, results.front());
    EXPECT_TRUE(accepted(problem, results.front()));
}

TEST(MixedIntegerCbc, KeepsStepAndGapLimits) {
    const auto problem = given::random_knapsack(4, 10, 60);
    const auto limited = solve(problem, cbc_backend(), {}, {.step_limit = 20});
    EXPECT_TRUE(accepted(problem, limited));
    EXPECT_EQ(limited.termination, Termination::feasible);
    EXPECT_EQ(limited.cause, Cause::steps);
    const auto rough = solve(problem, cbc_backend(), {.relative_gap = 0.05});
    EXPECT_TRUE(accepted(problem, rough));
    ASSERT_TRUE(rough.gap);
    EXPECT_LE(*rough.gap, 0.05 * std::abs(*rough.objective) + 1e-6);
}

TEST(MixedIntegerBadInput, Item58AMillionColumnsEndWithinTheLimit) {
    MixedIntegerProgram problem{.sense = Sense::maximise};
    problem.linear.row_lower.assign(100, -given::infinity);
    problem.linear.row_upper.assign(100, 1000.0);
    constexpr std::size_t columns = 1'000'000;
    problem.linear.cost.assign(columns, 1.0);
    problem.linear.lower.assign(columns, 0.0);
    problem.linear.upper.assign(columns, 1.0);
    problem.is_integer.assign(columns, 1);
    for (std::size_t j = 0; j < columns; ++j) {
        problem.linear.row.push_back(static_cast<std::uint32_t>(j % 100));
        problem.linear.value.push_back(1.0 + static_cast<double>(j % 7));
        problem.linear.first.push_back(j + 1);
    }
    const auto start = std::chrono::steady_clock::now();
    const auto result = solve(problem, cbc_backend(), {.root_steps = 0}, {.time_limit = 2s});
    RecordProperty("seconds",
                   std::to_string(std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count()));
    EXPECT_TRUE(accepted(problem, result));
}

TEST(MixedIntegerCbcLaw, AgreesWithExhaustiveSearch) {
    for (std::uint64_t seed = 0; seed < given::law_cases(10'000); ++seed) {
        SCOPED_TRACE(seed);
        const auto problem = given::random_mixed_integer(seed);
        const auto slow = given::slow_mixed_integer(problem);
        const auto result = solve(problem, cbc_backend());
        ASSERT_TRUE(accepted(problem, result));
        ASSERT_EQ(result.termination, slow ? Termination::optimal : Termination::infeasible);
        if (slow) {
            ASSERT_NEAR(*result.objective, *slow, 1e-9 * std::max(1.0, std::abs(*slow)));
        }
    }
}

TEST(MixedIntegerCbcLaw, ACancelAnywhereLeavesAnHonestResult) {
    const auto problem = given::random_knapsack(5, 8, 50);
    auto worst = 0ns;
    for (std::uint64_t seed = 0; seed < given::law_cases(10'000); ++seed) {
        SCOPED_TRACE(seed);
        Random random(seed, 39);
        std::stop_source source;
        std::chrono::steady_clock::time_point asked{};
        std::jthread caller([&, wait = std::chrono::microseconds(random.below(40'000))] {
            std::this_thread::sleep_for(wait);
            asked = std::chrono::steady_clock::now();
            source.request_stop();
        });
        const auto result = solve(problem, cbc_backend(), {}, {.token = source.get_token()});
        const auto ended = std::chrono::steady_clock::now();
        caller.join();
        if (ended > asked) worst = std::max(worst, std::chrono::nanoseconds(ended - asked));
        ASSERT_TRUE(accepted(problem, result));
    }
    std::printf("worst return after a cancel: %.1f ms\n", std::chrono::duration<double, std::milli>(worst).count());
    EXPECT_LT(worst, 10s);  // measured, not asserted: it depends on what lies between two polls of the back end
}

}  // namespace
