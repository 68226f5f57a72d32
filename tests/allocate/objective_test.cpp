#include <countyplan/allocate/objective.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <string>
#include <variant>
#include <vector>

#include <countyplan/allocate/allocation_problem.hpp>
#include <countyplan/allocate/score.hpp>
#include <countyplan/solve/nested_flow.hpp>

#include "expect/verdict.hpp"
#include "given/allocate.hpp"

namespace countyplan {
namespace {

using expect::told;

/// A best answer with its proof.
struct Answer {
    explicit Answer(const Plan& plan) : problem(*allocation_problem(plan)), solved(solve(problem.flow)) {
        staffing = staffing_of(problem, solved.pair_of);
        tiers = tier_values(plan, staffing);
        prices = prices_of(problem, std::get<NestedFlowPotentials>(solved.certificate));
    }

    AllocationProblem problem;
    NestedFlowResult solved;
    Staffing staffing;
    std::vector<TierValue> tiers;
    std::vector<SetPrice> prices;
};

/// Two teachers of a district, a spare one of the city, two posts.
Draft two_posts() {
    Draft draft;
    draft.name = "two";
    draft.period = {given::day("2024-09-01"), given::day("2026-02-28")};
    draft.counties.push_back({.code = *Code::parse("451024")});
    draft.schools.push_back({.id = "DB-1", .county = *Code::parse("451024"), .assisted = true});
    draft.senders.push_back({.id = "SZ", .quota_total = 2});
    draft.senders.push_back({.id = "LG", .kind = SenderKind::district, .parent = "SZ"});
    draft.posts.push_back({.id = "P-1", .school = "DB-1", .subject = "maths", .min = 1, .target = 2, .max = 3});
    draft.posts.push_back({.id = "P-2", .school = "DB-1", .role = Role::mid_level, .priority = 4, .critical = true});
    draft.experts.push_back({.id = "E-1", .sender = "LG", .roles = {Role::teacher}, .subjects = {"maths"}});
    draft.experts.push_back(
        {.id = "E-2", .sender = "LG", .roles = {Role::teacher, Role::mid_level}, .subjects = {"maths"}});
    draft.experts.push_back({.id = "E-3", .sender = "SZ", .roles = {Role::teacher}, .subjects = {"maths"}});
    return draft;
}

Posting posting(const char* expert, const char* post) {
    return {expert, post, given::day("2024-09-01"), given::day("2026-02-28")};
}

TEST(TierValues, AreCountedFromTheirDefinitions) {
    const Plan plan(two_posts());
    EXPECT_EQ(tier_values(plan, {})[0].value, Int128(0));
    EXPECT_EQ(tier_values(plan, {})[1].value, Int128(1));
    EXPECT_EQ(tier_values(plan, {})[2].value, Int128(2 * 1 + 1 * 4));
    EXPECT_EQ(tier_values(plan, {})[3].value, Int128(0));
    Staffing staffing;
    staffing.push_back(posting("E-1", "P-1"));
    staffing.push_back(posting("E-2", "P-2"));
    const auto tiers = tier_values(plan, staffing);
    const FitScore fit(plan);
    EXPECT_EQ(tiers[1].value, Int128(0));
    EXPECT_EQ(tiers[2].value, Int128(1));
    EXPECT_EQ(tiers[3].value, Int128(fit.score(Id<Expert>(0), Id<Post>(0)) + fit.score(Id<Expert>(1), Id<Post>(1))));
    const auto missing = shortages(plan, staffing);
    ASSERT_EQ(missing.size(), 1U);
    EXPECT_EQ(missing[0], (Shortage{Id<Post>(0), 0, 1}));
}

TEST(CountedSets, AreWhatThePlanCounts) {
    Draft draft = two_posts();
    draft.senders.rows()[1].quota_teacher = 1;
    draft.quotas.push_back({.id = "Q-1", .holder = {Noun::sender, "SZ"}, .role = Role::teacher, .lower = 1});
    draft.quotas.push_back({.id = "Q-2", .holder = {Noun::school, "DB-1"}, .upper = 3});
    draft.decisions.push_back({.id = "D-1", .kind = DecisionKind::require, .who = {Noun::expert, "E-3"}});
    draft.objective = {Tier::county_cover, Tier::sender_load, Tier::graded_shortfall, Tier::shortfall};
    const auto sets = counted_sets(Plan(draft));
    std::vector<std::string> names;
    for (const CountedSet& set : sets)
        names.push_back(set.name);
    EXPECT_EQ(names, (std::vector<std::string>{"sender:SZ", "sender:LG", "role:LG/teacher", "quota:Q-1", "must:E-3",
                                               "quota:Q-2", "county:451024", "post:P-1", "post:P-2"}));
    EXPECT_EQ(sets[0].upper, 2);
    EXPECT_TRUE(sets[0].from.empty());
    EXPECT_EQ(sets[1].upper, CountedSet::unlimited);
    EXPECT_EQ(sets[1].members, (std::vector<std::uint32_t>{0, 1}));
    EXPECT_EQ(sets[1].slope[1], 250'000);      // the first of two, tier 1
    EXPECT_EQ(sets[1].slope[4 + 1], 750'000);  // the second
    EXPECT_EQ(sets[3].members.size(), 3U);
    EXPECT_EQ(sets[3].lower, 1);
    EXPECT_EQ(sets[4].lower, 1);
    EXPECT_EQ(sets[4].upper, 1);
    EXPECT_EQ(sets[6].slope_after(0, 4)[0], -3);  // three people wanted, so three raises
    EXPECT_EQ(sets[6].slope_after(2, 4)[0], -1);
    EXPECT_EQ(sets[6].slope_after(3, 4)[0], 0);
    EXPECT_EQ(std::vector<std::int64_t>(sets[7].slope_after(0, 4).begin(), sets[7].slope_after(0, 4).end()),
              (std::vector<std::int64_t>{0, 0, -2, -1}));
    EXPECT_EQ(sets[7].slope_after(1, 4)[2], -1);
    EXPECT_EQ(sets[7].slope_after(2, 4)[2], 0);
    EXPECT_EQ(sets[7].upper, 3);
}

TEST(AllocationProblem, HoldsThePairsOfThePlan) {
    const Plan plan(two_posts());
    const AllocationProblem problem = *allocation_problem(plan);
    EXPECT_TRUE(examine(problem.flow).accepted);
    EXPECT_EQ(problem.flow.pairs(), 4U);
    EXPECT_TRUE(problem.pair_of(Id<Expert>(1), Id<Post>(1)));
    EXPECT_FALSE(problem.pair_of(Id<Expert>(0), Id<Post>(1)));
    EXPECT_EQ(problem.post_of(*problem.pair_of(Id<Expert>(1), Id<Post>(1))), Id<Post>(1));
    EXPECT_EQ(problem.flow.tiers, 4U);
    EXPECT_EQ(problem.flow.pair_tier, 3U);
}

/// What a cost means for a tier, if nobody posted has `nobody`.
Int128 value_of_cost(const TierValue& nobody, Int128 cost) {
    return is_gain(nobody.tier) ? nobody.value - cost : nobody.value + cost;
}

TEST(AllocationProblemLaw, ItsCostIsTheTiersOfTheStaffingAndPotentialsArePrices) {
    std::size_t solved = 0;
    for (std::uint64_t seed = 0; seed < 2000; ++seed) {
        SCOPED_TRACE(seed);
        const Plan plan(given::rich_draft(seed, {8, 6}));
        const AllocationProblem problem = *allocation_problem(plan);
        const NestedFlowResult result = solve(problem.flow);
        ASSERT_TRUE(verify(problem.flow, result));
        if (result.termination != Termination::optimal) continue;
        ++solved;
        const auto nobody = tier_values(plan, {});
        const Staffing staffing = staffing_of(problem, result.pair_of);
        const auto tiers = tier_values(plan, staffing);
        ASSERT_EQ(tiers.size(), problem.flow.tiers);
        for (std::size_t t = 0; t < tiers.size(); ++t)
            ASSERT_EQ(value_of_cost(nobody[t], result.cost[t]), tiers[t].value) << t;
        ASSERT_EQ(pairs_of(problem, staffing), result.pair_of);
        const auto prices = prices_of(problem, std::get<NestedFlowPotentials>(result.certificate));
        NestedFlowResult again = result;
        again.certificate = potentials_of(problem, prices);
        ASSERT_TRUE(verify(problem.flow, again));
        const auto verdict = examine(plan, staffing, tiers, prices);
        ASSERT_TRUE(verdict.accepted) << told(verdict);
    }
    EXPECT_GT(solved, 1000U);
}

TEST(AllocationProblem, PricesOfAnySizeBecomePotentialsOfTheirSign) {
    Draft draft = given::small_draft(3);
    draft.senders[Id<Sender>(0)].quota_total = 3;
    draft.senders[Id<Sender>(1)].quota_total = 2;
    ASSERT_EQ(draft.senders[Id<Sender>(1)].parent, draft.senders[Id<Sender>(0)].id);
    const AllocationProblem problem = *allocation_problem(Plan(std::move(draft)));
    for (const std::int64_t end :
         {std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max()}) {
        std::vector<SetPrice> prices;
        for (const CountedSet& set : problem.sets)
            prices.push_back({set.name, std::vector<std::int64_t>(problem.flow.tiers, end)});
        const NestedFlowPotentials found = potentials_of(problem, prices);
        for (std::size_t g = 0; g < problem.flow.left.groups(); ++g) {
            const std::int64_t value = found.left[g * problem.flow.tiers];
            EXPECT_EQ(value != 0, problem.left_set[g] != AllocationProblem::no_set);
            EXPECT_TRUE(value == 0 || (value > 0) == (end > 0)) << g;
        }
        for (const std::int64_t value : found.right)
            EXPECT_EQ(value > 0, end < 0);
        const auto solved = solve_from(problem.flow, {{}, found});
        EXPECT_TRUE(verify(problem.flow, solved));
    }
}

// Breaking right answers.

class BrokenAnswer : public testing::Test {
  protected:
    AnswerVerdict refused(AnswerPart part, const std::string& key, std::string_view code) const {
        const AnswerVerdict verdict = examine(plan, staffing, tiers, prices);
        EXPECT_FALSE(verdict.accepted);
        EXPECT_EQ(verdict.part, part) << told(verdict);
        EXPECT_EQ(verdict.key, key) << told(verdict);
        EXPECT_EQ(verdict.why.code(), code) << told(verdict);
        return verdict;
    }

    Plan plan{two_posts()};
    Answer right{plan};
    Staffing staffing = right.staffing;
    std::vector<TierValue> tiers = right.tiers;
    std::vector<SetPrice> prices = right.prices;
};

TEST_F(BrokenAnswer, IsRightToBeginWith) {
    EXPECT_TRUE(examine(plan, staffing, tiers, prices).accepted);
    ASSERT_EQ(staffing.size(), 2U);
}

TEST_F(BrokenAnswer, WithAnUnknownExpertIsRefusedByName) {
    staffing.rows()[0].expert = "E-99";
    refused(AnswerPart::staffing, "expert:E-99", "staffing_unknown_expert");
}

TEST_F(BrokenAnswer, WithAnUnknownPostIsRefusedByName) {
    staffing.rows()[0].post = "P-99";
    refused(AnswerPart::staffing, "post:P-99", "staffing_unknown_post");
}

TEST_F(BrokenAnswer, WithAnIneligibleExpertIsRefusedWithTheReason) {
    staffing.rows()[0] = posting("E-1", "P-2");
    const auto verdict = refused(AnswerPart::staffing, "expert:E-1", "staffing_refused");
    EXPECT_EQ(text(verdict.detail, Language::en),
              "the post asks for a mid-level cadre; this person can serve as: backbone teacher");
    EXPECT_EQ(verdict.why.arguments()[1].text, "post.role");
}

TEST_F(BrokenAnswer, Item42WithAPersonTwiceIsRefusedByName) {
    staffing.push_back(staffing.rows().back());
    refused(AnswerPart::staffing, "expert:" + staffing.rows().back().expert, "staffing_doubled");
}

TEST_F(BrokenAnswer, WithOtherDatesIsRefusedByName) {
    staffing.rows()[0].to = given::day("2026-03-01");
    refused(AnswerPart::staffing, "expert:" + staffing.rows()[0].expert, "staffing_dates");
}

TEST_F(BrokenAnswer, AboveAQuotaIsRefusedByTheSender) {
    staffing = Staffing({posting("E-1", "P-1"), posting("E-2", "P-2"), posting("E-3", "P-1")});
    refused(AnswerPart::staffing, "sender:SZ", "staffing_over_quota");
}

TEST_F(BrokenAnswer, AboveAPostsMaximumIsRefusedByThePost) {
    Draft draft = two_posts();
    draft.posts.rows()[0].target = draft.posts.rows()[0].max = 1;
    plan = Plan(draft);
    staffing = Staffing({posting("E-1", "P-1"), posting("E-2", "P-1")});
    refused(AnswerPart::staffing, "post:P-1", "staffing_over_max");
}

TEST_F(BrokenAnswer, WithARowDroppedIsRefusedByItsPersonOrPost) {
    for (std::size_t i = 0; i < right.staffing.size(); ++i) {
        SCOPED_TRACE(i);
        auto rows = right.staffing.rows();
        const Posting dropped = rows[i];
        rows.erase(rows.begin() + static_cast<std::ptrdiff_t>(i));
        staffing = Staffing(rows);
        const AnswerVerdict verdict = examine(plan, staffing, tiers, prices);
        EXPECT_FALSE(verdict.accepted);
        EXPECT_EQ(verdict.part, AnswerPart::staffing);
        EXPECT_EQ(verdict.why.code(), "staffing_improvable");
        EXPECT_TRUE(verdict.key == "expert:" + dropped.expert || verdict.key == "post:" + dropped.post ||
                    verdict.key.starts_with("sender:"))
            << told(verdict);
    }
}

TEST_F(BrokenAnswer, WithAFalseValueIsRefusedByTheTier) {
    for (std::size_t t = 0; t < standard_tiers; ++t) {
        tiers = right.tiers;
        tiers[t].value += 1;
        refused(AnswerPart::result, std::string(name(static_cast<Tier>(t))), "tier_differs");
    }
    tiers.pop_back();
    refused(AnswerPart::result, "tiers", "tiers_incomplete");
}

TEST_F(BrokenAnswer, BelowAQuotaIsRefusedByIt) {
    Draft draft = two_posts();
    draft.quotas.push_back({.id = "Q-1", .holder = {Noun::sender, "SZ"}, .lower = 1});
    plan = Plan(draft);
    staffing = {};
    refused(AnswerPart::staffing, "quota:Q-1", "staffing_under_quota");
}

TEST_F(BrokenAnswer, WithAMalformedCertificateIsRefusedByTheSet) {
    ASSERT_GE(prices.size(), 2U);
    prices[1].set = prices[0].set;
    refused(AnswerPart::certificate, prices[0].set, "price_doubled");
    prices = right.prices;
    prices[0].set = "expert:E-99";
    refused(AnswerPart::certificate, "expert:E-99", "price_unknown_set");
    prices = right.prices;
    prices[0].value.pop_back();
    refused(AnswerPart::certificate, prices[0].set, "price_width");
    prices.clear();
    EXPECT_FALSE(examine(plan, staffing, tiers, prices).accepted);
    EXPECT_TRUE(examine(plan, staffing, tiers, prices, Claim::feasible).accepted);
}

TEST(BrokenPriceLaw, IsRefusedAsSoonAsAConditionFails) {
    std::size_t refused = 0;
    std::size_t named = 0;
    for (std::uint64_t seed = 0; seed < 60; ++seed) {
        const Plan plan(given::rich_draft(seed, {8, 6}));
        const AllocationProblem problem = *allocation_problem(plan);
        const NestedFlowResult solved = solve(problem.flow);
        if (solved.termination != Termination::optimal) continue;
        const Staffing staffing = staffing_of(problem, solved.pair_of);
        const auto tiers = tier_values(plan, staffing);
        const auto right = prices_of(problem, std::get<NestedFlowPotentials>(solved.certificate));
        for (std::size_t s = 0; s < problem.sets.size(); ++s) {
            for (const std::int64_t by : {std::int64_t{1} << 40, -(std::int64_t{1} << 40), std::int64_t{1}}) {
                SCOPED_TRACE(std::to_string(seed) + " " + problem.sets[s].name);
                auto prices = right;
                auto row = std::ranges::find(prices, problem.sets[s].name, &SetPrice::set);
                if (row == prices.end()) {
                    prices.push_back({problem.sets[s].name, std::vector<std::int64_t>(tiers.size(), 0)});
                    row = prices.end() - 1;
                }
                row->value[0] += by;
                NestedFlowResult changed = solved;
                changed.certificate = potentials_of(problem, prices);
                const bool still_proved = verify(problem.flow, changed);
                const AnswerVerdict verdict = examine(plan, staffing, tiers, prices);
                ASSERT_EQ(verdict.accepted, still_proved) << told(verdict);
                if (verdict.accepted) continue;
                ASSERT_EQ(verdict.part, AnswerPart::certificate);
                ++refused;
                named += verdict.key == problem.sets[s].name;
            }
        }
    }
    EXPECT_GT(refused, 500U);
    EXPECT_GT(named * 10, refused * 8);  // where sets hold the same pairs, either may be blamed
}

TEST(BrokenStaffingLaw, IsAcceptedOnlyIfItIsLegalAndAsGood) {
    std::size_t accepted = 0;
    std::size_t refused = 0;
    for (std::uint64_t seed = 0; seed < 1000; ++seed) {
        SCOPED_TRACE(seed);
        const Draft draft = given::small_draft(seed % 100, {6, 5});
        const Plan plan(draft);
        const Answer right(plan);
        Random random(seed);
        std::vector<int> post_of(draft.experts.size(), -1);
        for (const Posting& row : right.staffing)
            post_of[plan.find<Expert>(row.expert).value()] = static_cast<int>(plan.find<Post>(row.post).value());
        for (int k = 0; k < 2; ++k)
            post_of[random.below(post_of.size())] =
                static_cast<int>(random.between(-1, static_cast<std::int64_t>(draft.posts.size()) - 1));
        Staffing staffing;
        bool legal = true;
        for (std::size_t e = 0; e < post_of.size(); ++e) {
            if (post_of[e] < 0) continue;
            const Id<Post> post(static_cast<std::size_t>(post_of[e]));
            const Period period = plan.period_of(post);
            staffing.push_back({draft.experts.rows()[e].id, draft.posts[post].id, period.from, period.to});
            legal = legal && given::may_serve(draft, draft.experts.rows()[e], draft.posts[post]);
        }
        const auto no_score = [](std::size_t, std::size_t) { return 0; };
        legal = legal && given::value_of(draft, post_of, no_score).has_value();
        const bool as_good = tier_values(plan, staffing) == right.tiers;
        const AnswerVerdict verdict = examine(plan, staffing, right.tiers, right.prices);
        ASSERT_EQ(verdict.accepted, legal && as_good) << told(verdict);
        ++(verdict.accepted ? accepted : refused);
        ASSERT_TRUE(verdict.accepted || verdict.part == AnswerPart::staffing) << told(verdict);
    }
    EXPECT_GT(accepted, 10U);
    EXPECT_GT(refused, 500U);
}

}  // namespace
}  // namespace countyplan
