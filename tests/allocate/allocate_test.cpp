#include <countyplan/allocate/allocate.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include <countyplan/allocate/eligibility.hpp>
#include <countyplan/allocate/messages.hpp>
#include <countyplan/allocate/score.hpp>

#include "expect/verdict.hpp"
#include "given/allocate.hpp"

namespace countyplan {
namespace {

std::array<std::int64_t, 4> minimised(const std::vector<TierValue>& tiers) {
    std::array<std::int64_t, 4> out{};
    for (std::size_t t = 0; t < 4; ++t)
        out[t] = *to_int64(tiers.at(t).value) * (tiers[t].tier == Tier::fit ? -1 : 1);
    return out;
}

using expect::told;

/// One county, one school, physics posts and physics teachers of one city.
Draft physics_draft(std::size_t posts, std::size_t teachers) {
    Draft draft;
    draft.name = "physics";
    draft.period = {given::day("2024-09-01"), given::day("2026-02-28")};
    draft.counties.push_back({.code = *Code::parse("451024")});
    draft.schools.push_back({.id = "DB-1", .county = *Code::parse("451024"), .assisted = true});
    draft.senders.push_back({.id = "SZ"});
    for (std::size_t p = 0; p < posts; ++p) {
        draft.posts.push_back({.id = "P-" + std::to_string(p), .school = "DB-1", .subject = "physics", .min = 1});
    }
    for (std::size_t e = 0; e < teachers; ++e) {
        draft.experts.push_back(
            {.id = "SZ-" + std::to_string(e), .sender = "SZ", .roles = {Role::teacher}, .subjects = {"physics"}});
    }
    return draft;
}

TEST(Allocate, FillsEveryPostWhenThereAreEnoughPeople) {
    const Plan plan(physics_draft(3, 5));
    const Allocation a = allocate(plan);
    EXPECT_EQ(a.termination, Termination::optimal);
    EXPECT_EQ(a.claim, Claim::proved);
    EXPECT_EQ(a.staffing.size(), 3U);
    EXPECT_TRUE(a.unfilled.empty());
    EXPECT_EQ(a.digests, plan.digests());
    EXPECT_TRUE(verify(plan, a)) << told(examine(plan, a));
    for (const Posting& posting : a.staffing) {
        EXPECT_EQ(posting.from, given::day("2024-09-01"));
        EXPECT_EQ(posting.to, given::day("2026-02-28"));
    }
}

TEST(Allocate, SaysThatSixPhysicsPostsHaveFourQualified) {
    const Plan plan(physics_draft(6, 4));
    const Allocation a = allocate(plan);
    ASSERT_EQ(a.unfilled.size(), 2U);
    for (const Unfilled& row : a.unfilled) {
        EXPECT_EQ(text(row.reason, Language::en),
                  "6 posts (backbone teacher, physics) need 6 people in all, 4 qualified");
        EXPECT_EQ(text(row.reason, Language::zh), "6 个“骨干教师·物理”岗位共需 6 人，只有 4 人符合条件");
        ASSERT_TRUE(row.group);
        EXPECT_EQ(a.scarce.at(*row.group).posts.size(), 6U);
    }
    EXPECT_TRUE(verify(plan, a)) << told(examine(plan, a));
}

TEST(Allocate, SaysWhenNobodyIsQualifiedAndWhatTheNearestLack) {
    Draft draft = physics_draft(1, 3);
    draft.posts.rows()[0].min_title = Title::senior;
    const Plan plan(draft);
    const Allocation a = allocate(plan);
    ASSERT_EQ(a.unfilled.size(), 1U);
    EXPECT_EQ(text(a.unfilled[0].reason, Language::en),
              "needs 1, but none of 3 experts is eligible; 3 fail in one thing only: title too low");
    EXPECT_TRUE(verify(plan, a)) << told(examine(plan, a));
}

TEST(Allocate, NamesTheMostFrequentReasonWhenNobodyComesNear) {
    Draft draft = physics_draft(1, 3);
    draft.posts.rows()[0].min_title = Title::senior;
    draft.posts.rows()[0].subject = "music";
    draft.experts.rows()[0].title = Title::full_senior;
    draft.experts.rows()[0].available_to = given::day("2025-01-01");
    const Plan plan(draft);
    const Allocation a = allocate(plan);
    ASSERT_EQ(a.unfilled.size(), 1U);
    EXPECT_EQ(
        text(a.unfilled[0].reason, Language::en),
        "needs 1, but none of 3 experts is eligible; most frequent reason: does not teach the subject (3 people)");
}

TEST(Allocate, BlamesTheQuotaThatCuts) {
    Draft draft = physics_draft(3, 5);
    draft.senders.rows()[0].quota_teacher = 1;
    const Plan plan(draft);
    const Allocation a = allocate(plan);
    ASSERT_EQ(a.unfilled.size(), 2U);
    EXPECT_EQ(text(a.unfilled[0].reason, Language::en),
              "3 posts (backbone teacher, physics) need 3 people in all; 5 qualified, but quotas let at most 1 of them "
              "go (quota 1 at 'SZ/teacher')");
    EXPECT_TRUE(verify(plan, a)) << told(examine(plan, a));
}

TEST(Allocate, PutsPeopleWhereTheyCountMostAndSaysWhoCompetes) {
    // one person who teaches both; the critical post takes them although the other has the higher priority
    Draft draft = physics_draft(1, 1);
    draft.experts.rows()[0].subjects = {"physics", "maths"};
    draft.posts.rows()[0].priority = 9;
    draft.posts.push_back({.id = "P-c", .school = "DB-1", .subject = "maths", .min = 1, .critical = true});
    const Plan plan(draft);
    const Allocation a = allocate(plan);
    ASSERT_EQ(a.staffing.size(), 1U);
    EXPECT_EQ(a.staffing.rows()[0].post, "P-c");
    ASSERT_EQ(a.unfilled.size(), 1U);
    EXPECT_EQ(text(a.unfilled[0].reason, Language::en),
              "2 posts, this one included, draw on the same people and need 2 in all, 1 qualified");
    EXPECT_TRUE(verify(plan, a)) << told(examine(plan, a));
}

TEST(Allocate, LeavesAPostOfPriorityZeroToTheFit) {
    Draft draft = physics_draft(2, 1);
    draft.posts.rows()[0].min = 0;
    draft.posts.rows()[0].priority = 0;
    const Plan plan(draft);
    const Allocation a = allocate(plan);
    ASSERT_EQ(a.staffing.size(), 1U);
    EXPECT_EQ(a.staffing.rows()[0].post, "P-1");
    ASSERT_EQ(a.unfilled.size(), 1U);
    EXPECT_FALSE(a.unfilled[0].reason.empty());
    EXPECT_TRUE(verify(plan, a)) << told(examine(plan, a));
}

TEST(Allocate, ChargesTheFirstRoleOnly) {
    Draft draft = physics_draft(1, 1);
    draft.senders.rows()[0].quota_principal = 0;
    draft.experts.rows()[0].roles = {Role::teacher, Role::principal};
    draft.posts.rows()[0].role = Role::principal;
    EXPECT_EQ(allocate(Plan(draft)).staffing.size(), 1U);
    draft.experts.rows()[0].roles = {Role::principal, Role::teacher};
    EXPECT_EQ(allocate(Plan(draft)).staffing.size(), 0U);
}

TEST(Allocate, NestsTheQuotasOfSenders) {
    Draft draft = physics_draft(4, 4);
    draft.senders.rows()[0].quota_total = 1;
    draft.senders.push_back({.id = "LG", .parent = "SZ"});
    draft.senders.push_back({.id = "NS", .parent = "SZ"});
    for (std::size_t e = 0; e < 4; ++e)
        draft.experts.rows()[e].sender = e % 2 == 0 ? "LG" : "NS";
    const Plan plan(draft);
    const Allocation a = allocate(plan);
    EXPECT_EQ(a.staffing.size(), 1U);
    EXPECT_TRUE(verify(plan, a)) << told(examine(plan, a));
}

TEST(AllocateEdge, Item34EmptyPlansAndNobodyToSendAreValidAnswers) {
    const Plan empty;
    const Allocation nothing = allocate(empty);
    EXPECT_EQ(nothing.termination, Termination::optimal);
    EXPECT_TRUE(nothing.staffing.empty());
    EXPECT_TRUE(verify(empty, nothing)) << told(examine(empty, nothing));

    const Plan no_experts(physics_draft(2, 0));
    const Allocation unstaffed = allocate(no_experts);
    EXPECT_EQ(unstaffed.termination, Termination::optimal);
    ASSERT_EQ(unstaffed.unfilled.size(), 2U);
    EXPECT_EQ(text(unstaffed.unfilled[0].reason, Language::en), "needs 1; the plan has no experts");
    EXPECT_TRUE(verify(no_experts, unstaffed)) << told(examine(no_experts, unstaffed));

    const Plan no_posts(physics_draft(0, 2));
    EXPECT_TRUE(allocate(no_posts).staffing.empty());
    EXPECT_TRUE(verify(no_posts, allocate(no_posts)));
}

TEST(AllocateEdge, Item34AllQuotasZeroIsAnAnswerWithAWitness) {
    Draft draft = physics_draft(2, 3);
    draft.senders.rows()[0].quota_total = 0;
    const Plan plan(draft);
    const Allocation a = allocate(plan);
    EXPECT_EQ(a.termination, Termination::optimal);
    EXPECT_TRUE(a.staffing.empty());
    ASSERT_EQ(a.unfilled.size(), 2U);
    EXPECT_EQ(text(a.unfilled[0].reason, Language::en),
              "needs 1; 3 qualified, but quotas let at most 0 of them go (quota 0 at 'SZ')");
    EXPECT_TRUE(verify(plan, a)) << told(examine(plan, a));
}

TEST(AllocateEdge, Item42AConflictOfInterestIsReportedNotDropped) {
    Draft draft = physics_draft(1, 1);
    draft.experts.rows()[0].avoids = {{Noun::school, "DB-1"}};
    const Plan plan(draft);
    const Allocation a = allocate(plan);
    EXPECT_TRUE(a.staffing.empty());
    ASSERT_EQ(a.unfilled.size(), 1U);
    EXPECT_EQ(text(a.unfilled[0].reason, Language::en),
              "needs 1, but none of 1 experts is eligible; 1 fail in one thing only: must stay clear of it");
    Allocation forced = a;
    forced.staffing.push_back({"SZ-0", "P-0", given::day("2024-09-01"), given::day("2026-02-28")});
    const AnswerVerdict verdict = examine(plan, forced);
    EXPECT_FALSE(verdict.accepted);
    EXPECT_EQ(verdict.key, "expert:SZ-0");
    EXPECT_EQ(verdict.detail.code(), "refused_avoids");
}

TEST(AllocateEdge, HugeNeedsAreCountedExactly) {
    Draft draft = physics_draft(2, 1);
    constexpr std::int64_t huge = std::int64_t{1'000'000};
    for (Post& post : draft.posts.rows()) {
        post.min = huge;
        post.target = huge;
        post.max = huge;
        post.priority = 1'000'000;
    }
    const Plan plan(draft);
    const Allocation a = allocate(plan);
    EXPECT_EQ(to_text(a.tiers[1].value), "1999999");
    EXPECT_EQ(to_text(a.tiers[2].value), "1999999000000");
    EXPECT_TRUE(verify(plan, a)) << told(examine(plan, a));
}

TEST(AllocateStop, AnswersAtOnceWhenTimeIsUpOrCancelled) {
    const Plan plan(physics_draft(6, 4));
    std::stop_source source;
    source.request_stop();
    const Stop stops[] = {Stop{.time_limit = std::chrono::nanoseconds(0)}, Stop{.time_limit = std::chrono::hours(-1)},
                          Stop{.token = source.get_token()}, Stop{.step_limit = 0}};
    const Cause causes[] = {Cause::time, Cause::time, Cause::cancelled, Cause::steps};
    for (std::size_t i = 0; i < 4; ++i) {
        SCOPED_TRACE(i);
        const Allocation a = allocate(plan, {}, stops[i]);
        EXPECT_EQ(a.termination, Termination::feasible);
        EXPECT_EQ(a.cause, causes[i]);
        EXPECT_EQ(a.claim, Claim::feasible);
        EXPECT_TRUE(a.prices.empty());
        EXPECT_TRUE(verify(plan, a)) << told(examine(plan, a));
    }
}

TEST(AllocateStop, TakesTheLeastTimeLimitThereIs) {
    const Draft empty{.name = "empty", .period = {given::day("2024-09-01"), given::day("2026-08-31")}};
    for (const Plan& plan : {Plan(empty), Plan(physics_draft(6, 4))}) {
        const Allocation a = allocate(plan, {}, Stop{.time_limit = std::chrono::nanoseconds::min()});
        EXPECT_EQ(a.cause, Cause::time);
        EXPECT_TRUE(verify(plan, a)) << told(examine(plan, a));
    }
}

TEST(AllocateStopLaw, EveryStepLimitGivesAFeasibleOrAProvedAnswer) {
    const Plan plan(given::small_draft(11, {12, 8}));
    const Allocation best = allocate(plan);
    for (std::int64_t steps = 0; steps <= best.steps; ++steps) {
        SCOPED_TRACE(steps);
        const Allocation a = allocate(plan, {}, Stop{.step_limit = steps});
        ASSERT_TRUE(verify(plan, a)) << told(examine(plan, a));
        ASSERT_LE(minimised(best.tiers), minimised(a.tiers));
    }
}

TEST(AllocateLaw, AgreesWithEveryStaffingTriedOnSmallPlans) {
    std::size_t short_posts = 0;
    for (std::uint64_t seed = 0; seed < 3000; ++seed) {
        SCOPED_TRACE(seed);
        const Draft draft = given::small_draft(seed, {3 + seed % 4, 2 + seed % 3});
        const Plan plan(draft);
        const FitScore fit(plan);
        const Allocation a = allocate(plan);
        ASSERT_EQ(a.termination, Termination::optimal);
        ASSERT_TRUE(verify(plan, a)) << told(examine(plan, a));
        const auto best = given::best_value(
            draft, [&](std::size_t e, std::size_t p) { return fit.score(Id<Expert>(e), Id<Post>(p)); });
        ASSERT_EQ(minimised(a.tiers), best);
        for (const Unfilled& row : a.unfilled) {
            ++short_posts;
            const Post& post = given::row_of(draft.posts, row.post);
            const bool pressing = row.short_of_min > 0 || post.priority > 0;
            ASSERT_TRUE(row.group || !pressing) << text(row.reason, Language::en);
        }
    }
    EXPECT_GT(short_posts, 1500U);
}

TEST(AllocateLaw, EveryScarceGroupIsTrueByExhaustion) {
    for (std::uint64_t seed = 0; seed < 1500; ++seed) {
        SCOPED_TRACE(seed);
        const Draft draft = given::small_draft(seed, {5, 4});
        const Allocation a = allocate(Plan(draft));
        for (const ScarceGroup& group : a.scarce) {
            // the most people that may serve in these posts at once, other posts left out
            Draft only = draft;
            only.posts.clear();
            std::int64_t need = 0;
            for (const std::string& id : group.posts) {
                Post post = given::row_of(draft.posts, id);
                need += group.below_min ? post.min : post.target;
                post.min = 0;
                post.target = post.max = 99;
                post.priority = 1;
                only.posts.push_back(post);
            }
            const auto best = given::best_value(only, [](std::size_t, std::size_t) { return 0; });
            const std::int64_t most = 99 * static_cast<std::int64_t>(group.posts.size()) - best[2];
            std::int64_t qualified = 0;
            for (const Expert& expert : draft.experts) {
                qualified += std::ranges::any_of(
                    only.posts, [&](const Post& post) { return given::may_serve(draft, expert, post); });
            }
            ASSERT_EQ(to_text(group.need), std::to_string(need));
            ASSERT_EQ(group.qualified, qualified);
            ASSERT_EQ(group.supply, most);
            ASSERT_GT(need, most);
        }
    }
}

TEST(AllocateLaw, TwoRunsAndTwoMethodsGiveTheSameValues) {
    for (std::uint64_t seed = 0; seed < 40; ++seed) {
        SCOPED_TRACE(seed);
        const Plan plan(given::small_draft(seed, {20, 12}));
        const Allocation a = allocate(plan);
        ASSERT_EQ(a, allocate(plan));
        ASSERT_EQ(a.tiers, allocate(plan, {.flow = {.method = NestedFlowMethod::shortest_path}, .rules = {}}).tiers);
    }
}

TEST(RuleCoverage, SaysWhatIsKeptAndWhatIsLeftToOthers) {
    Draft draft = given::small_draft(1);
    for (Sender& sender : draft.senders.rows())
        sender.quota_total = sender.quota_principal = sender.quota_mid_level = sender.quota_teacher = std::nullopt;
    draft.senders.rows()[0].quota_total = 4;
    draft.senders.rows()[0].quota_teacher = 2;
    draft.quotas.push_back({.id = "Q", .holder = {Noun::plan, ""}, .upper = 3});
    draft.rules.clear();
    draft.rules.push_back(
        {.id = "term", .kind = RuleKind::staff_term, .parameters = {{"min_months", 18}, {"max_months", 18}}});
    draft.rules.push_back({.id = "wish",
                           .kind = RuleKind::principal_term,
                           .severity = Severity::warning,
                           .parameters = {{"min_months", 36}, {"max_months", 36}}});
    draft.rules.push_back({.id = "one", .kind = RuleKind::one_principal_per_school, .severity = Severity::warning});
    draft.rules.push_back({.id = "goals", .kind = RuleKind::leaf_goal_measured});
    const RuleCoverage coverage = rule_coverage(Plan(draft));
    EXPECT_EQ(coverage.sender_quotas, 2);
    EXPECT_EQ(coverage.quotas, 1);
    EXPECT_EQ(coverage.decisions, 0);
    EXPECT_EQ(coverage.terms, std::vector<std::string>{"term"});
    EXPECT_EQ(coverage.left_out,
              (std::vector<LeftOutRule>{{"wish", RuleKind::principal_term, message::rule_is_no_error},
                                        {"one", RuleKind::one_principal_per_school, message::rule_ties_many}}));
}

TEST(Describe, SaysSenderAndRoleOfARolesQuota) {
    const Plan plan(given::small_draft(1));
    const Message words = describe(plan, {"role:LG/teacher", false, 2});
    EXPECT_EQ(text(words, Language::en), "sender 'LG' may send at most 2 whose role is backbone teacher");
    EXPECT_EQ(text(words, Language::zh), "派出方“LG”的“骨干教师”至多派出 2 人");
}

TEST(Allocate, HonoursADecisionThatForbids) {
    Draft draft = physics_draft(1, 1);
    draft.decisions.push_back({.id = "D", .kind = DecisionKind::forbid, .where = {Noun::school, "DB-1"}});
    const Plan plan(draft);
    const Allocation a = allocate(plan);
    EXPECT_TRUE(a.staffing.empty());
    EXPECT_TRUE(verify(plan, a)) << told(examine(plan, a));
}

TEST(AllocateLaw, AddingAPersonNeverMakesTheTiersWorse) {
    for (std::uint64_t seed = 0; seed < 60; ++seed) {
        SCOPED_TRACE(seed);
        Draft draft = given::small_draft(seed, {10, 6});
        const auto before = minimised(allocate(Plan(draft)).tiers);
        Expert more = draft.experts.rows()[seed % 10];
        more.id = "E-more";
        draft.experts.push_back(more);
        ASSERT_LE(minimised(allocate(Plan(draft)).tiers), before);
    }
}

// Breaking right answers: the whole allocation.

class BrokenAllocation : public testing::Test {
  protected:
    void refused(const Allocation& broken, AnswerPart part, const std::string& key) const {
        const AnswerVerdict verdict = examine(plan, broken);
        EXPECT_FALSE(verdict.accepted);
        EXPECT_EQ(verdict.part, part) << told(verdict);
        EXPECT_EQ(verdict.key, key) << told(verdict);
        EXPECT_FALSE(text(verdict.why, Language::zh).empty());
    }

    Plan plan{physics_draft(6, 4)};
    Allocation right = allocate(plan);
};

TEST_F(BrokenAllocation, IsRefusedForAnotherPlan) {
    Draft draft = physics_draft(6, 4);
    draft.posts.rows()[0].priority = 2;
    const AnswerVerdict verdict = examine(Plan(draft), right);
    EXPECT_FALSE(verdict.accepted);
    EXPECT_EQ(verdict.key, "digests");
}

TEST_F(BrokenAllocation, IsRefusedWhenItClaimsMoreThanItShows) {
    Allocation broken = right;
    broken.prices.clear();
    EXPECT_FALSE(verify(plan, broken));
    broken = right;
    broken.termination = Termination::feasible;
    broken.cause = Cause::time;
    broken.claim = Claim::feasible;
    refused(broken, AnswerPart::certificate, right.prices.front().set);
    broken = right;
    broken.claim = Claim::feasible;
    refused(broken, AnswerPart::result, "claim");
    broken = right;
    broken.cause = Cause::time;
    refused(broken, AnswerPart::result, "cause");
    broken = right;
    broken.termination = Termination::infeasible;
    refused(broken, AnswerPart::result, "termination");
}

TEST_F(BrokenAllocation, IsRefusedWhenTheListOfShortPostsIsWrong) {
    Allocation broken = right;
    broken.unfilled.pop_back();
    refused(broken, AnswerPart::result, "unfilled");
    broken = right;
    broken.unfilled[0].short_of_min = 2;
    refused(broken, AnswerPart::result, "post:" + right.unfilled[0].post);
    broken = right;
    broken.unfilled[0].group = 9;
    refused(broken, AnswerPart::result, "post:" + right.unfilled[0].post);
    broken = right;
    broken.unfilled[0].loss[3] += 1;
    refused(broken, AnswerPart::result, "post:" + right.unfilled[0].post);
    broken = right;
    broken.scarce[0].supply = 3;
    refused(broken, AnswerPart::result, "scarce[0]");
    broken = right;
    broken.scarce[0].posts[1] = "P-99";
    refused(broken, AnswerPart::result, "scarce[0]");
}

}  // namespace
}  // namespace countyplan
