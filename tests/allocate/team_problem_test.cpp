#include <countyplan/allocate/team_problem.hpp>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include <countyplan/allocate/audit.hpp>
#include <countyplan/allocate/coupling.hpp>
#include <countyplan/allocate/objective.hpp>
#include <countyplan/solve/random.hpp>

#include "given/allocate.hpp"
#include "given/coupling.hpp"
#include "given/law.hpp"

namespace countyplan {
namespace {

bool is_wide(Tier tier) { return tier == Tier::county_cover || tier == Tier::sender_load; }

/// Each expert at home or in one of the posts that the problem has for them, no post above its limit.
Staffing random_staffing(const AllocationProblem& problem, Random& random) {
    std::vector<std::uint32_t> pair_of(problem.flow.items(), NestedFlowResult::unpaired);
    std::vector<std::int64_t> there(problem.plan.rows().posts.size(), 0);
    for (std::size_t e = 0; e < pair_of.size(); ++e) {
        const std::size_t pairs = problem.flow.first[e + 1] - problem.flow.first[e];
        if (pairs == 0 || random.chance(1, 4)) continue;
        const auto pair = static_cast<std::uint32_t>(problem.flow.first[e] + random.below(pairs));
        const Id<Post> post = problem.post_of(pair);
        if (there[post.value()] == problem.plan.rows().posts[post].max) continue;
        ++there[post.value()];
        pair_of[e] = pair;
    }
    return staffing_of(problem, pair_of);
}

/// Weighted cost of a staffing from the definitions, couplings aside.
Int128 weighed(const Plan& plan, const std::vector<std::int64_t>& weight, const Staffing& staffing) {
    Int128 out = 0;
    const std::vector<TierValue> values = tier_values(plan, staffing);
    for (std::size_t t = 0; t < values.size(); ++t) {
        const Int128 cost = Int128(weight[t]) * values[t].value;
        out += is_gain(values[t].tier) ? Int128(0) - cost : cost;
    }
    return out;
}

TEST(TeamProblemLaw, CostsAndForbidsWhatThePlanDoes) {
    std::size_t accepted = 0, refused = 0, priced = 0;
    for (std::uint64_t seed = 0; seed < given::law_cases(60'000); ++seed) {
        SCOPED_TRACE(seed);
        Random random(seed, 71);
        Draft draft = given::rich_draft(seed, {.experts = 6, .posts = 5});
        given::add_couplings(draft, random, 4);
        const Plan plan(draft);
        std::vector<std::int64_t> weight;
        for (const Tier tier : draft.objective)
            weight.push_back(is_wide(tier) ? 0 : random.between(0, 3));
        const TeamProblem problem = *team_problem(plan, weight);
        std::set<std::string> left_out;
        for (const LeftOutOfTeams& row : problem.left_out)
            left_out.insert(row.what);

        const Staffing staffing = random_staffing(problem.allocation, random);
        const std::vector<std::uint32_t> choice = pairs_of(problem, staffing);
        ASSERT_EQ(staffing_of(problem, choice), staffing);

        bool is_broken = false;
        for (const Finding& finding : audit(plan, staffing).findings) {
            if (finding.severity != Severity::error || left_out.contains(finding.rule)) continue;
            if (std::ranges::count(draft.rules, finding.rule, &Rule::id) > 0) continue;
            is_broken = true;
        }
        const TeamCost cost = team_cost(problem.teams, choice);
        ASSERT_EQ(cost.verdict.accepted, !is_broken) << cost.verdict.place;
        if (is_broken) {
            ++refused;
            continue;
        }
        ++accepted;
        Int128 expected = weighed(plan, weight, staffing) - weighed(plan, weight, {});
        for (const CouplingCount& count : coupling_counts(plan, staffing)) {
            const Coupling& row = draft.couplings[count.coupling];
            if (row.is_hard() || left_out.contains(row.id)) continue;
            const auto tier = std::ranges::find(draft.objective, row.priced_tier()) - draft.objective.begin();
            expected += Int128(weight[static_cast<std::size_t>(tier)] * *row.price * count.breach);
            priced += count.breach > 0 ? 1 : 0;
        }
        EXPECT_EQ(to_text(Int128(cost.total)), to_text(expected));

        // A row that keeps a tier at what this staffing has lets it pass, and one less does not.
        const std::size_t tier = random.below(weight.size());
        Int128 value = 0;
        for (const std::uint32_t pair : choice)
            if (pair != TeamColumnsResult::unassigned) value += problem.tier_cost[pair * weight.size() + tier];
        TeamProblem kept = problem;
        std::vector<std::int64_t> one(weight.size(), 0);
        one[tier] = 1;
        keep_cost(kept, one, *to_int64(value));
        EXPECT_TRUE(team_cost(kept.teams, choice).verdict.accepted);
        kept.teams.rows.back().upper -= 1;
        EXPECT_FALSE(team_cost(kept.teams, choice).verdict.accepted);
    }
    EXPECT_GT(accepted, 10U);
    EXPECT_GT(refused, 10U);
    EXPECT_GT(priced, 5U);
}

TEST(TeamProblem, SaysWhatItLeavesOut) {
    Draft draft = given::small_draft(1);
    draft.objective = {Tier::county_cover, Tier::fit};
    draft.couplings.push_back({.id = "U", .kind = CouplingKind::unit, .who = {Noun::sender, "SZ"}});
    draft.couplings.push_back({.id = "S", .kind = CouplingKind::senders, .upper = 1, .price = 5});
    draft.couplings.push_back({.id = "free", .kind = CouplingKind::senders, .upper = 1, .price = 0});
    draft.couplings.push_back({.id = "L", .kind = CouplingKind::leader, .per = CouplingScope::plan, .lower = 2});
    const auto left_out = [&](std::vector<std::int64_t> weight) {
        std::vector<std::string> out;
        const TeamProblem problem = *team_problem(Plan(draft), weight);
        for (const LeftOutOfTeams& row : problem.left_out) {
            out.push_back(row.what);
            EXPECT_FALSE(text(row.reason, Language::zh).empty());
        }
        return out;
    };
    EXPECT_EQ(left_out({0, 1}), (std::vector<std::string>{"U", "S", "L"}));
    EXPECT_EQ(left_out({1, 0}), (std::vector<std::string>{"U", "L", "county_cover"}));
}

TEST(TeamProblem, RefusesWeightsThatDoNotFit) {
    const Plan plan(given::small_draft(1));
    EXPECT_THROW((void)team_problem(plan, std::vector<std::int64_t>{1, 1}), std::invalid_argument);
    EXPECT_THROW((void)team_problem(plan, std::vector<std::int64_t>{1, 1, 1, -1}), std::invalid_argument);
    EXPECT_THROW((void)team_problem(plan, std::vector<std::int64_t>{1, 1, 1, std::int64_t{1} << 40}), InvalidProblem);
    EXPECT_FALSE(team_problem(plan, std::vector<std::int64_t>{0, 0, 0, 1}, {}, [] { return true; }).has_value());
}

}  // namespace
}  // namespace countyplan
