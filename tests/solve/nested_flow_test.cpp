#include <countyplan/solve/nested_flow.hpp>

#include <gtest/gtest.h>

#include <countyplan/solve/min_cost_flow.hpp>

#include "given/law.hpp"
#include "given/nested_flow.hpp"

namespace {

using namespace countyplan;

template <class P>
testing::AssertionResult proved(const P& problem, const NestedFlowResult& result) {
    const Verdict verdict = examine(problem, result);
    if (verdict.accepted && result.cause == Cause::proved && verify(problem, result))
        return testing::AssertionSuccess();
    return testing::AssertionFailure() << verdict.place << ": " << text(verdict.why, Language::en);
}

std::vector<std::int64_t> narrow(const std::vector<Int128>& cost) {
    std::vector<std::int64_t> out;
    for (const Int128 c : cost)
        out.push_back(*to_int64(c));
    return out;
}

TEST(NestedFlowLaw, AgreesWithExhaustiveSearch) {
    const std::uint64_t cases = given::law_cases(1'000'000);
    std::uint64_t infeasible = 0;
    for (std::uint64_t seed = 0; seed < cases; ++seed) {
        const auto problem = given::random_nested_flow(seed);
        const auto best = given::exhaustive_nested_flow(problem);
        infeasible += !best;
        for (const auto method : {NestedFlowMethod::auction, NestedFlowMethod::shortest_path}) {
            const auto result = solve(problem, {method});
            ASSERT_TRUE(proved(problem, result)) << seed;
            ASSERT_EQ(result.termination, best ? Termination::optimal : Termination::infeasible) << seed;
            if (best) {
                ASSERT_EQ(narrow(result.cost), *best) << seed;
            }
        }
    }
    std::cout << infeasible << " of " << cases << " infeasible\n";
    EXPECT_GT(infeasible, cases / 5);
}

TEST(NestedFlowLaw, AgreesWithThePlainNetwork) {
    const std::uint64_t cases = given::law_cases(200'000);
    std::uint64_t infeasible = 0;
    for (std::uint64_t seed = 0; seed < cases; ++seed) {
        const auto problem = given::random_nested_flow<std::int32_t>(seed, 30, 8, 6);
        const auto plain = given::plain_nested_flow(problem);
        const auto flow = solve(plain.problem);
        const auto result = solve(problem);
        ASSERT_TRUE(proved(problem, result)) << seed;
        ASSERT_EQ(result.termination, flow.termination) << seed;
        ASSERT_EQ(result.cost, flow.cost) << seed;
        infeasible += result.termination == Termination::infeasible;
    }
    std::cout << infeasible << " of " << cases << " infeasible\n";
}

}  // namespace
