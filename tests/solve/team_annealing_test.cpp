#include <countyplan/solve/team_annealing.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <vector>

#include <gtest/gtest.h>

#include <countyplan/solve/proof/team_columns.hpp>

#include "given/law.hpp"
#include "given/team_columns.hpp"

namespace {

using namespace countyplan;

TEST(TeamAnnealingLaw, KeepsTheRulesAndNeverCostsLessThanTheBest) {
    std::size_t best = 0, found = 0, missed = 0;
    for (std::uint64_t seed = 0; seed < given::law_cases(30'000); ++seed) {
        SCOPED_TRACE(seed);
        const TeamColumnsProblem p = given::random_teams(seed, static_cast<unsigned>(seed % 256));
        const std::vector<std::uint32_t> nobody(p.experts(), TeamColumnsResult::unassigned);
        const auto answer = anneal_teams(p, nobody, {.moves = 3'000});
        const auto least = given::cheapest_teams(p);
        if (!answer) {
            missed += least ? 1 : 0;
            continue;
        }
        ASSERT_TRUE(least.has_value());
        const TeamCost cost = team_cost(p, *answer);
        ASSERT_TRUE(cost.verdict.accepted) << cost.verdict.place;
        EXPECT_GE(cost.total, *least);
        ++found;
        best += cost.total == *least ? 1 : 0;
        const auto again = anneal_teams(p, *answer, {.seed = 2, .moves = 50});
        ASSERT_TRUE(again.has_value());
        EXPECT_LE(team_cost(p, *again).total, cost.total);
        EXPECT_EQ(anneal_teams(p, nobody, {.moves = 3'000}), answer);
    }
    EXPECT_GT(best, 50U);
    EXPECT_GT(best, found * 9 / 10);
    EXPECT_LT(missed, found / 10);
}

TEST(TeamAnnealing, StoppedAtOnceItGivesBackWhatItBeganWith) {
    const TeamColumnsProblem p = given::random_teams(3, 0);
    const std::vector<std::uint32_t> nobody(p.experts(), TeamColumnsResult::unassigned);
    const auto start = anneal_teams(p, nobody, {.moves = 3'000});
    ASSERT_TRUE(start.has_value());
    const Stop at_once{.time_limit = std::chrono::nanoseconds(0)};
    EXPECT_EQ(anneal_teams(p, *start, {.coolings = 1'000'000}, at_once), start);
}

TEST(TeamAnnealing, AnEmptyProblemHasAnEmptyChoice) {
    const auto answer = anneal_teams(TeamColumnsProblem{}, {});
    ASSERT_TRUE(answer.has_value());
    EXPECT_TRUE(answer->empty());
}

}  // namespace
