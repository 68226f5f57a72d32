#include <countyplan/allocate/explain/feedback.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

#include <countyplan/allocate/fairness_price.hpp>

#include "given/allocate.hpp"
#include "given/law.hpp"

namespace countyplan {
namespace {

TEST(FeedbackLaw, CountsWhatPlansWithoutTheAbsentComeTo) {
    std::int64_t times = 0;
    const std::size_t cases = given::law_cases(3'000);
    for (std::uint64_t seed = 0; seed < cases; ++seed) {
        SCOPED_TRACE(seed);
        const Draft draft = given::rich_draft(seed, {7, 5});
        const Plan plan(draft);
        const Allocation a = allocate(plan);
        if (a.termination != Termination::optimal) continue;
        const Id<Expert> expert(seed % draft.experts.size());
        const FeedbackOptions options{.samples = 12, .absent = 300, .seed = seed, .posts = 9};
        const Feedback told = feedback(plan, a, expert, options);
        ASSERT_EQ(told.termination, Termination::optimal);
        ASSERT_EQ(told, feedback(plan, a, expert, options));
        ASSERT_EQ(told.samples, 12);
        std::int64_t sum = told.at_home + told.impossible;
        for (const PostChance& row : told.posts) {
            sum += row.times;
            times += row.times;
            ASSERT_LE(row.low, static_cast<double>(row.times) / 12.0 + 1e-9);
            ASSERT_GE(row.high, static_cast<double>(row.times) / 12.0 - 1e-9);
            ASSERT_GE(row.behind, std::vector<Int128>(row.behind.size()));
            if (row.post == told.post) {
                ASSERT_EQ(row.behind, std::vector<Int128>(row.behind.size()));
            }
        }
        ASSERT_EQ(sum, 12);
    }
    EXPECT_GT(times, 0);
}

TEST(FeedbackLaw, WithNobodyAbsentTheExpertIsWhereTheAllocationPutsThem) {
    for (std::uint64_t seed = 0; seed < 40; ++seed) {
        SCOPED_TRACE(seed);
        const Draft draft = given::small_draft(seed, {7, 5});
        const Plan plan(draft);
        const Allocation a = allocate(plan);
        const Id<Expert> expert(seed % draft.experts.size());
        const Feedback told = feedback(plan, a, expert, {.samples = 3, .absent = 0, .seed = 1, .posts = 9});
        if (told.post.empty()) {
            ASSERT_EQ(told.at_home, 3);
        } else {
            ASSERT_EQ(told.posts.front().post, told.post);
            ASSERT_EQ(told.posts.front().times, 3);
        }
    }
}

TEST(FeedbackLaw, WithEverybodyElseAbsentTheExpertServesAloneAsIfAlone) {
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        SCOPED_TRACE(seed);
        const Draft draft = given::small_draft(seed, {6, 5});
        const Plan plan(draft);
        const Allocation a = allocate(plan);
        const Id<Expert> expert(seed % draft.experts.size());
        const Feedback told = feedback(plan, a, expert, {.samples = 1, .absent = 1000, .seed = 1, .posts = 9});
        Draft alone = draft;
        const Expert only = draft.experts[expert];
        alone.experts.clear();
        alone.experts.push_back(only);
        const Plan plan_alone(alone);
        ASSERT_EQ(told.at_home == 1, allocate(plan_alone).staffing.empty());
        if (told.at_home == 1) continue;
        Staffing staffing;
        const Id<Post> post = plan_alone.find<Post>(told.posts.front().post);
        const Period period = plan_alone.period_of(post);
        staffing.push_back({only.id, told.posts.front().post, period.from, period.to});
        ASSERT_EQ(tier_values(plan_alone, staffing), allocate(plan_alone).tiers);
    }
}

TEST(Feedback, StopsWithWhatItHas) {
    const Plan plan(given::small_draft(2, {9, 6}));
    const Allocation a = allocate(plan);
    const Feedback told = feedback(plan, a, Id<Expert>(0), {}, Stop{.time_limit = std::chrono::nanoseconds(0)});
    EXPECT_EQ(told.termination, Termination::feasible);
    EXPECT_EQ(told.cause, Cause::time);
    EXPECT_EQ(told.samples, 0);
    for (const PostChance& row : told.posts)
        EXPECT_EQ(row.high, 1.0);
}

TEST(Feedback, RefusesAnotherPlansAnswerAndOptionsOutOfRange) {
    const Plan plan(given::small_draft(2));
    const Allocation a = allocate(plan);
    EXPECT_THROW((void)feedback(Plan(given::small_draft(3)), a, Id<Expert>(0)), InvalidAllocation);
    EXPECT_THROW((void)feedback(plan, Allocation{.digests = plan.digests()}, Id<Expert>(0)), InvalidAllocation);
    EXPECT_THROW((void)feedback(plan, a, Id<Expert>(0), {.samples = 0}), InvalidProblem);
    EXPECT_THROW((void)feedback(plan, a, Id<Expert>(0), {.absent = -1}), InvalidProblem);
    EXPECT_THROW((void)feedback(plan, a, Id<Expert>(0), {.absent = 1001}), InvalidProblem);
}

/// Two counties that want two people each; three people, all worth more in the first.
Draft two_counties() {
    Draft draft;
    draft.name = "two counties";
    draft.period = {given::day("2024-09-01"), given::day("2026-02-28")};
    draft.counties.push_back({.code = *Code::parse("451024")});
    draft.counties.push_back({.code = *Code::parse("451026")});
    draft.schools.push_back({.id = "S-1", .county = *Code::parse("451024"), .assisted = true});
    draft.schools.push_back({.id = "S-2", .county = *Code::parse("451026"), .assisted = true});
    draft.senders.push_back({.id = "SZ"});
    draft.posts.push_back(
        {.id = "P-1", .school = "S-1", .subject = "maths", .min = 0, .target = 2, .max = 2, .priority = 5});
    draft.posts.push_back(
        {.id = "P-2", .school = "S-2", .subject = "maths", .min = 0, .target = 2, .max = 2, .priority = 1});
    for (int e = 0; e < 2; ++e) {
        draft.experts.push_back(
            {.id = "E-" + std::to_string(e), .sender = "SZ", .roles = {Role::teacher}, .subjects = {"maths"}});
    }
    return draft;
}

TEST(FairnessPrice, IsWhatTheOtherTiersLose) {
    Draft draft = two_counties();
    const FairnessPrice put_in = price_of_fairness(Plan(draft), allocate(Plan(draft)));
    draft.objective = {Tier::critical_shortfall, Tier::shortfall, Tier::county_cover, Tier::weighted_shortfall,
                       Tier::fit};
    const Plan plan(draft);
    const Allocation a = allocate(plan);
    const FairnessPrice price = price_of_fairness(plan, a);
    EXPECT_EQ(price.termination, Termination::optimal);
    ASSERT_EQ(price.tiers.size(), 4U);
    EXPECT_EQ(price.tiers[2].tier, Tier::weighted_shortfall);
    EXPECT_EQ(price.tiers[2].fair, Int128(6));
    EXPECT_EQ(price.tiers[2].unfair, Int128(2));
    EXPECT_EQ(price.fair[1].serving, 1);
    EXPECT_EQ(price.unfair[1].serving, 0);
    EXPECT_TRUE(is_fairer(price.fair, price.unfair));
    EXPECT_FALSE(is_fairer(price.unfair, price.fair));
    EXPECT_TRUE(verify(price.other_plan, price.other));
    EXPECT_EQ(put_in.tiers, price.tiers);
    EXPECT_EQ(put_in.fair, price.fair);
    EXPECT_EQ(put_in.unfair, price.unfair);
}

TEST(FairnessPriceLaw, NothingIsFairerAndTiersBeforeCoverCostNothing) {
    std::size_t dearer = 0;
    for (std::uint64_t seed = 0; seed < given::law_cases(20'000); ++seed) {
        SCOPED_TRACE(seed);
        Draft draft = given::rich_draft(seed, {7, 5});
        if (std::ranges::count(draft.objective, Tier::county_cover) == 0) {
            std::erase_if(draft.quotas.rows(), [](const Quota& row) { return row.holder.noun == Noun::plan; });
        }
        const Plan plan(draft);
        const Allocation a = allocate(plan);
        const FairnessPrice price = price_of_fairness(plan, a);
        ASSERT_EQ(price.termination, a.termination);
        if (a.termination != Termination::optimal) continue;
        ASSERT_TRUE(verify(price.other_plan, price.other));
        const bool is_in = std::ranges::count(plan.rows().objective, Tier::county_cover) > 0;
        const Objective& objective = is_in ? plan.rows().objective : price.other_plan.rows().objective;
        if (objective.front() == Tier::county_cover) {
            ASSERT_FALSE(is_fairer(price.unfair, price.fair));
        }
        for (std::size_t t = 0; t < price.tiers.size() && objective[t] != Tier::county_cover; ++t)
            ASSERT_EQ(price.tiers[t].fair, price.tiers[t].unfair);
        dearer += std::ranges::any_of(price.tiers, [](const FairnessTier& row) { return row.fair != row.unfair; });
    }
    EXPECT_GT(dearer, 5U);
}

}  // namespace
}  // namespace countyplan
