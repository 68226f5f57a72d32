#include <countyplan/allocate/team.hpp>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include <countyplan/solve/random.hpp>

#include "given/allocate.hpp"
#include "given/coupling.hpp"
#include "given/law.hpp"

namespace countyplan {
namespace {

/// A small plan with couplings, and quotas and decisions now and then.
Draft coupled_draft(std::uint64_t seed) {
    Random random(seed, 72);
    const given::PlanSize size{.experts = 4, .posts = 3};
    Draft draft = random.chance(1, 2) ? given::rich_draft(seed, size) : given::small_draft(seed, size);
    given::add_couplings(draft, random, 3);
    return draft;
}

/// Calls `visit` with each choice of pairs in which nobody stands in a later stretch than there is room before.
template <class Visit>
void for_each_choice(const AllocationProblem& problem, const Visit& visit) {
    const NestedFlowProblem& flow = problem.flow;
    std::vector<std::uint32_t> pair_of(flow.items(), NestedFlowResult::unpaired);
    const auto go = [&](const auto& self, std::size_t e) -> void {
        if (e == flow.items()) {
            visit(staffing_of(problem, pair_of));
            return;
        }
        pair_of[e] = NestedFlowResult::unpaired;
        self(self, e + 1);
        for (std::size_t k = flow.first[e]; k < flow.first[e + 1]; ++k) {
            pair_of[e] = static_cast<std::uint32_t>(k);
            self(self, e + 1);
        }
        pair_of[e] = NestedFlowResult::unpaired;
    };
    go(go, 0);
}

/// The least costs of the stages, first stage first, over all staffings that keep the hard rules.
std::optional<std::vector<std::int64_t>> best_by_exhaustion(const Plan& plan, const std::vector<TeamStage>& stages) {
    std::vector<TeamProblem> problems;
    for (const TeamStage& stage : stages)
        problems.push_back(*team_problem(plan, stage.weight));
    std::optional<std::vector<std::int64_t>> best;
    for_each_choice(problems.front().allocation, [&](const Staffing& staffing) {
        std::vector<std::int64_t> costs;
        for (const TeamProblem& problem : problems) {
            const std::vector<std::uint32_t> choice = pairs_of(problem, staffing);
            if (staffing_of(problem, choice) != staffing) return;  // above a post's limit
            const TeamCost cost = team_cost(problem.teams, choice);
            if (!cost.verdict.accepted) return;
            costs.push_back(cost.total);
        }
        if (!best || costs < *best) best = costs;
    });
    return best;
}

TEST(TeamLaw, AnswersAreTheBestByExhaustion) {
    std::size_t optimal = 0, infeasible = 0, staged = 0, open = 0;
    for (std::uint64_t seed = 0; seed < given::law_cases(30'000); ++seed) {
        SCOPED_TRACE(seed);
        const Plan plan(coupled_draft(seed));
        const TeamAllocation answer = allocate_teams(plan);
        const Verdict verdict = examine(plan, answer);
        ASSERT_TRUE(verdict.accepted) << verdict.place << ": " << text(verdict.why, Language::en);
        const auto best = best_by_exhaustion(plan, answer.stages);
        if (answer.termination == Termination::infeasible) {
            ++infeasible;
            EXPECT_FALSE(best.has_value());
            continue;
        }
        if (answer.termination == Termination::unknown) {  // the method could not settle it
            ++open;
            EXPECT_TRUE(answer.staffing.empty());
            continue;
        }
        ASSERT_TRUE(best.has_value());
        for (std::size_t s = 0; s < answer.stages.size(); ++s) {
            const TeamColumnsResult& stage = answer.stages[s].answer;
            ASSERT_TRUE(stage.objective.has_value());
            EXPECT_GE(*stage.objective, (*best)[s]);
            if (stage.termination != Termination::optimal) {
                EXPECT_LE(stage.bound.value_or((*best)[s]), (*best)[s]);
                ++open;
                break;  // the stages after are judged beside another staffing
            }
            EXPECT_EQ(*stage.objective, (*best)[s]);
            staged += s > 0 ? 1 : 0;
        }
        optimal += answer.termination == Termination::optimal ? 1 : 0;
    }
    EXPECT_GT(optimal, 100U);
    EXPECT_GT(infeasible, 3U);
    EXPECT_GT(staged, 3U);
    EXPECT_LT(open, optimal / 10);
}

TEST(TeamLaw, StoppedAtAnyStepTheBoundsHold) {
    std::size_t staffed = 0, proved = 0;
    for (std::uint64_t seed = 0; seed < given::law_cases(10'000); ++seed) {
        SCOPED_TRACE(seed);
        const Plan plan(coupled_draft(seed));
        const TeamAllocation answer = allocate_teams(plan, {}, {.step_limit = static_cast<std::int64_t>(seed % 7)});
        const Verdict verdict = examine(plan, answer);
        ASSERT_TRUE(verdict.accepted) << verdict.place << ": " << text(verdict.why, Language::en);
        ASSERT_FALSE(answer.stages.empty());
        const auto best = best_by_exhaustion(plan, answer.stages);
        const TeamColumnsResult& first = answer.stages.front().answer;
        EXPECT_TRUE(best || !first.objective);
        if (!best) continue;
        EXPECT_LE(first.bound.value_or((*best)[0]), (*best)[0]);
        EXPECT_GE(first.objective.value_or((*best)[0]), (*best)[0]);
        staffed += first.objective ? 1 : 0;
        if (answer.termination != Termination::optimal) continue;
        ++proved;
        for (std::size_t s = 0; s < answer.stages.size(); ++s)
            EXPECT_EQ(answer.stages[s].answer.objective, (*best)[s]);
    }
    EXPECT_GT(staffed, 50U);
    EXPECT_GT(proved, 30U);
}

TEST(TeamLaw, WhatIsAlteredIsRefused) {
    std::size_t seen = 0;
    for (std::uint64_t seed = 0; seed < given::law_cases(3'000); ++seed) {
        SCOPED_TRACE(seed);
        const Plan plan(coupled_draft(seed));
        const TeamAllocation answer = allocate_teams(plan);
        if (answer.termination != Termination::optimal) continue;
        ++seen;
        const auto refused = [&](const char* what, const auto& alter) {
            TeamAllocation wrong = answer;
            alter(wrong);
            if (wrong == answer) return;
            EXPECT_FALSE(examine(plan, wrong).accepted) << what;
        };
        refused("a posting less", [](TeamAllocation& a) {
            if (!a.staffing.empty()) a.staffing.rows().pop_back();
        });
        refused("another tier value", [](TeamAllocation& a) { a.tiers[0].value += Int128(1); });
        refused("a breach hidden", [](TeamAllocation& a) {
            for (CouplingCount& count : a.couplings)
                count.breach = 0;
        });
        refused("a price", [](TeamAllocation& a) { a.price.back() -= 1; });
        refused("a bound", [](TeamAllocation& a) { *a.stages.back().answer.bound += 1; });
        refused("an objective", [](TeamAllocation& a) { *a.stages.back().answer.objective -= 1; });
        refused("a weight", [](TeamAllocation& a) { a.stages[0].weight[0] += 1; });
        refused("a stage less", [](TeamAllocation& a) { a.stages.pop_back(); });
        refused("an empty proof", [](TeamAllocation& a) { a.stages[0].answer.proof = {}; });
        refused("another plan", [](TeamAllocation& a) { a.digests = Plan().digests(); });
        refused("somebody moved", [](TeamAllocation& a) {
            for (std::uint32_t& pair : a.stages.back().answer.pair_of)
                if (pair != TeamColumnsResult::unassigned) pair = TeamColumnsResult::unassigned;
        });
    }
    EXPECT_GT(seen, 10U);
}

TEST(Team, KeepsACoupleTogetherAndSaysWhatThatCosts) {
    Draft draft = given::small_draft(3, {.experts = 2, .posts = 2});
    draft.rules.clear();
    draft.pairings = {};
    draft.senders = {};
    draft.senders.push_back({.id = "SZ"});
    draft.posts.rows()[0] = {.id = "P-0", .school = "school-1", .min = 1, .target = 1, .max = 1};
    draft.posts.rows()[1] = {.id = "P-1", .school = "school-3", .min = 1, .target = 1, .max = 1};
    for (std::size_t e = 0; e < 2; ++e)
        draft.experts.rows()[e] = {
            .id = "E-" + std::to_string(e), .sender = "SZ", .roles = {Role::teacher}, .group = "couple"};
    const TeamAllocation apart = allocate_teams(Plan(draft));
    EXPECT_EQ(apart.termination, Termination::optimal);
    EXPECT_EQ(apart.staffing.size(), 2U);
    draft.couplings.push_back({.id = "C", .kind = CouplingKind::together});
    const TeamAllocation together = allocate_teams(Plan(draft));
    EXPECT_EQ(together.termination, Termination::optimal);
    EXPECT_TRUE(together.staffing.empty());  // no school has room for both
    EXPECT_EQ(together.tiers[1].value, Int128(2));
    EXPECT_TRUE(examine(Plan(draft), together).accepted);
}

TEST(Team, WhereNoCouplingBindsThePricesOfQuotasProveEveryStage) {
    std::size_t seen = 0;
    for (std::uint64_t seed = 0; seed < 30; ++seed) {
        SCOPED_TRACE(seed);
        Draft draft = given::rich_draft(seed, {.experts = 30, .posts = 12});
        draft.couplings = {};
        draft.couplings.push_back({.id = "C", .kind = CouplingKind::senders, .upper = 99});
        const TeamAllocation answer = allocate_teams(Plan(draft), {}, {.step_limit = 0});
        if (answer.termination == Termination::infeasible || answer.termination == Termination::unknown) continue;
        ++seen;
        EXPECT_EQ(answer.termination, Termination::optimal);
        EXPECT_EQ(answer.steps, 0);
        EXPECT_TRUE(examine(Plan(draft), answer).accepted);
    }
    EXPECT_GT(seen, 10U);
}

TEST(Team, StoppedAtOnceItSaysSo) {
    const Plan plan(coupled_draft(5));
    const TeamAllocation answer = allocate_teams(plan, {}, {.time_limit = std::chrono::nanoseconds(0)});
    EXPECT_NE(answer.termination, Termination::optimal);
    EXPECT_EQ(answer.cause, Cause::time);
    EXPECT_TRUE(examine(plan, answer).accepted);
}

}  // namespace
}  // namespace countyplan
