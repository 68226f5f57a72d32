#include <countyplan/solve/assignment.hpp>

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include <countyplan/solve/random.hpp>

#include "given/assignment.hpp"
#include "given/law.hpp"

namespace {

using namespace countyplan;

constexpr detail::VectorLevel levels[] = {detail::VectorLevel::plain, detail::VectorLevel::avx2,
                                          detail::VectorLevel::avx512};
constexpr AssignmentMethod methods[] = {AssignmentMethod::automatic, AssignmentMethod::auction, AssignmentMethod::core,
                                        AssignmentMethod::shortest_path};

TEST(AssignmentLaw, EveryMethodFindsTheSameOptimumOfMediumTables) {
    for (std::uint64_t seed = 0; seed < given::law_cases(10'000); ++seed) {
        const auto check = [&](const auto& problem) {
            const auto first = solve(problem, {methods[0]});
            ASSERT_TRUE(verify(problem, first)) << "seed " << seed;
            for (const AssignmentMethod method : methods) {
                const auto result = solve(problem, {method});
                ASSERT_TRUE(verify(problem, result)) << "seed " << seed << " " << name(method);
                ASSERT_EQ(result.termination, first.termination) << "seed " << seed;
                ASSERT_EQ(result.objective, first.objective) << "seed " << seed;
            }
        };
        if (seed % 2 == 0) check(given::random_assignment<std::int64_t>(seed, 200));
        if (seed % 2 == 1) check(given::random_assignment<std::int32_t>(seed, 200));
        if (HasFatalFailure()) return;
    }
}

TEST(AssignmentLaw, EveryVectorLevelGivesTheSameBytes) {
    const auto highest = detail::best_vector_level();
    for (std::uint64_t seed = 0; seed < given::law_cases(3'000); ++seed) {
        const auto check = [&](const auto& problem) {
            const AssignmentOptions options{methods[seed % 4]};
            const auto plain = detail::solve_dense(problem, options, {}, {}, detail::VectorLevel::plain);
            for (const auto level : levels) {
                if (level > highest) continue;
                ASSERT_EQ(detail::solve_dense(problem, options, {}, {}, level), plain) << "seed " << seed;
            }
        };
        if (seed % 4 == 0) check(given::random_assignment<std::int64_t>(seed, 300));
        if (seed % 4 != 0) check(given::random_assignment<std::int32_t>(seed, 300));
        if (HasFatalFailure()) return;
    }
}

}  // namespace
