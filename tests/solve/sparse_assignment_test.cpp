#include <countyplan/solve/sparse_assignment.hpp>

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>

#include <countyplan/error.hpp>

#include "given/law.hpp"
#include "given/sparse_assignment.hpp"

namespace {

using namespace countyplan;

template <class Problem>
testing::AssertionResult proved(const Problem& problem, const SparseAssignmentResult& result) {
    const Verdict verdict = examine(problem, result);
    if (verdict.accepted && result.cause == Cause::proved && verify(problem, result))
        return testing::AssertionSuccess();
    return testing::AssertionFailure() << verdict.place << ": " << text(verdict.why, Language::en);
}

// ---- laws

template <class Cost>
void expect_exhaustive_total(std::uint64_t cases) {
    std::size_t optimal = 0;
    for (std::uint64_t seed = 0; seed < cases; ++seed) {
        const auto problem = given::random_sparse_problem<Cost>(seed);
        const auto result = solve(problem);
        ASSERT_TRUE(proved(problem, result)) << "seed " << seed;
        const auto best = given::exhaustive_sparse_total(problem);
        ASSERT_EQ(result.termination == Termination::optimal, best.has_value()) << "seed " << seed;
        if (!best) continue;
        ++optimal;
        ASSERT_EQ(result.objective, *best) << "seed " << seed;
    }
    EXPECT_GT(optimal, cases / 2);
}

TEST(SparseAssignmentLaw, AgreesWithExhaustion) { expect_exhaustive_total<std::int64_t>(given::law_cases(500'000)); }

TEST(SparseAssignmentLaw, AgreesWithExhaustionOnNarrowCosts) {
    expect_exhaustive_total<std::int32_t>(given::law_cases(500'000));
}

}  // namespace
