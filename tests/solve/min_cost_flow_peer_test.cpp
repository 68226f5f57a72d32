#include <countyplan/solve/min_cost_flow.hpp>

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>

#include "given/law.hpp"
#include "given/min_cost_flow.hpp"
#include "peer/lemon_min_cost_flow.hpp"

namespace {

using namespace countyplan;

TEST(MinCostFlowPeerLaw, LemonFindsTheSameCost) {
    const std::uint64_t cases = given::law_cases(10'000);
    std::uint64_t optimal = 0;
    for (std::uint64_t seed = 0; seed < cases; ++seed) {
        auto problem = given::middling_min_cost_flow(seed);
        for (std::size_t a = 0; a < problem.arcs(); ++a)
            problem.cost[a] = problem.cost[a * problem.tiers];
        problem.tiers = 1;
        problem.cost.resize(problem.arcs());
        const auto other = peer::lemon_min_cost(problem.supply, problem.tail, problem.head, problem.lower,
                                                problem.upper, problem.cost);
        for (const FlowMethod method : {FlowMethod::automatic, FlowMethod::network_simplex, FlowMethod::cost_scaling}) {
            const auto result = solve(problem, {.method = method});
            ASSERT_TRUE(verify(problem, result)) << "seed " << seed;
            ASSERT_EQ(result.termination == Termination::optimal, other.has_value()) << "seed " << seed;
            if (!other) continue;
            ASSERT_EQ(result.cost[0], Int128(*other)) << "seed " << seed << ' ' << name(method);
        }
        optimal += other ? 1 : 0;
    }
    EXPECT_GT(optimal, cases / 2);
}

}  // namespace
