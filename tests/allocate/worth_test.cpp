#include <countyplan/allocate/explain/worth.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "given/allocate.hpp"
#include "given/law.hpp"
#include "given/resolve.hpp"

namespace countyplan {
namespace {

using given::effect_between;
using given::Resolve;

/// A random plan that has a staffing.
struct Case {
    explicit Case(std::uint64_t seed, given::PlanSize size = {.experts = 6, .posts = 5})
        : plan(given::rich_draft(seed, size)), best(allocate(plan)) {}
    [[nodiscard]] bool is_feasible() const { return best.termination == Termination::optimal; }
    [[nodiscard]] Resolve again() const { return Resolve(*allocation_problem(plan)); }
    [[nodiscard]] Effect effect(const Resolve& changed) const {
        return effect_between(*again().best(), changed.best());
    }

    Plan plan;
    Allocation best;
};

TEST(WorthLaw, ABoundIsWorthTheDifferenceOfTwoSolves) {
    std::size_t asked = 0;
    for (std::uint64_t seed = 0; seed < given::law_cases(5'000); ++seed) {
        SCOPED_TRACE(seed);
        const Case c(seed);
        if (!c.is_feasible()) continue;
        for (const CountedSet& set : counted_sets(c.plan)) {
            const auto rows = worth(c.plan, c.best, set.name);
            ASSERT_EQ(rows.size(), (set.lower > 0 ? 1U : 0U) + (set.upper != CountedSet::unlimited ? 1U : 0U));
            for (const BoundWorth& row : rows) {
                const auto moved = [&](std::int64_t by) {
                    return row.bound.is_lower ? c.again().bound(set.name, set.lower + by, set.upper)
                                              : c.again().bound(set.name, set.lower, set.upper + by);
                };
                EXPECT_EQ(row.bound.bound, row.bound.is_lower ? set.lower : set.upper);
                EXPECT_EQ(row.less.has_value(), row.bound.is_lower || set.upper > set.lower);
                EXPECT_EQ(row.more.has_value(), !row.bound.is_lower || set.upper > set.lower);
                if (row.less) {
                    EXPECT_EQ(*row.less, c.effect(moved(-1))) << set.name;
                }
                if (row.more) {
                    EXPECT_EQ(*row.more, c.effect(moved(1))) << set.name;
                }
                ++asked;
            }
        }
    }
    EXPECT_GT(asked, 0U);
}

TEST(WorthLaw, AQuotaPlaceIsWorthWhatThePlanWithItGains) {
    std::size_t asked = 0;
    for (std::uint64_t seed = 0; seed < given::law_cases(5'000); ++seed) {
        SCOPED_TRACE(seed);
        const Case c(seed);
        if (!c.is_feasible()) continue;
        for (const Id<Sender> sender : c.plan.rows().senders.ids()) {
            Draft draft = c.plan.draft();
            if (!draft.senders[sender].quota_total) continue;
            ++*draft.senders[sender].quota_total;
            const Allocation after = allocate(Plan(draft));
            const auto rows = worth(c.plan, c.best, "sender:" + draft.senders[sender].id);
            ASSERT_EQ(rows.size(), 1U);
            EXPECT_EQ(rows[0].more, effect_between(c.best.tiers, after.tiers));
            ++asked;
        }
    }
    EXPECT_GT(asked, 0U);
}

TEST(WorthLaw, APersonIsWorthWhatIsLostWithoutAndGainedWithAnother) {
    for (std::uint64_t seed = 0; seed < given::law_cases(5'000); ++seed) {
        SCOPED_TRACE(seed);
        const Case c(seed);
        if (!c.is_feasible()) continue;
        for (const Id<Expert> expert : c.plan.rows().experts.ids()) {
            const ExpertWorth got = worth(c.plan, c.best, expert);
            Resolve without = c.again().forbid_all(expert);
            const std::string must = "must:" + got.expert;
            if (std::ranges::count(without.problem().sets, must, &CountedSet::name) > 0) without.bound(must, 0, 1);
            EXPECT_EQ(got.less, c.effect(without));
            Draft draft = c.plan.draft();
            Expert other = draft.experts[expert];
            other.id = "another";
            draft.experts.push_back(other);
            const Plan plan(draft);
            const Allocation after = allocate(plan);
            ASSERT_EQ(after.termination, Termination::optimal);
            EXPECT_EQ(got.more, effect_between(tier_values(plan, c.best.staffing), after.tiers));
        }
    }
}

TEST(WorthLaw, ASubjectIsWorthWhatAPersonGainsWhoMayServeInAllItsPosts) {
    for (std::uint64_t seed = 0; seed < given::law_cases(5'000); ++seed) {
        SCOPED_TRACE(seed);
        const Case c(seed);
        if (!c.is_feasible()) continue;
        Draft draft = c.plan.draft();
        draft.senders.push_back({.id = "nobodys"});
        draft.experts.push_back({.id = "extra", .sender = "nobodys", .roles = {Role::teacher}});
        const Id<Expert> extra(draft.experts.size() - 1);
        const Plan plan(draft);
        Resolve before(*allocation_problem(plan));
        before.forbid_all(extra);
        std::set<std::pair<Role, std::string>> kinds;
        for (const Post& post : draft.posts)
            kinds.emplace(post.role, post.subject);
        const auto rows = scarcest_subjects(c.plan, c.best);
        ASSERT_EQ(rows.size(), kinds.size());
        for (const SubjectWorth& row : rows) {
            EXPECT_EQ(kinds.erase({row.role, row.subject}), 1U);
            Resolve after = before;
            after.free(extra);
            for (const Id<Post> post : draft.posts.ids()) {
                if (draft.posts[post].role != row.role || draft.posts[post].subject != row.subject) continue;
                after.allow(extra, post, std::vector<std::int64_t>(draft.objective.size(), 0));
            }
            EXPECT_EQ(row.effect, effect_between(*before.best(), after.best()));
        }
        EXPECT_TRUE(std::ranges::is_sorted(rows, costs_less, &SubjectWorth::effect));
    }
}

/// `expert` in `post` by a decision.
Allocation with_decision(const Plan& plan, Id<Expert> expert, Id<Post> post) {
    Draft draft = plan.draft();
    draft.decisions.push_back({.id = "asked",
                               .kind = DecisionKind::require,
                               .who = {Noun::expert, draft.experts[expert].id},
                               .where = {Noun::post, draft.posts[post].id}});
    return allocate(Plan(draft));
}

TEST(RankedLaw, PairsCostWhatThePlanWithADecisionForThemLoses) {
    std::size_t asked = 0;
    for (std::uint64_t seed = 0; seed < given::law_cases(3'000); ++seed) {
        SCOPED_TRACE(seed);
        const Case c(seed);
        if (!c.is_feasible()) continue;
        const AllocationProblem problem = *allocation_problem(c.plan);
        const auto pairs = pairs_of(problem, c.best.staffing);
        std::vector<std::vector<Alternative>> of_post(c.plan.rows().posts.size());
        for (const Id<Expert> expert : c.plan.rows().experts.ids()) {
            std::vector<Alternative> expected;
            for (std::size_t k = problem.flow.first[expert.value()]; k < problem.flow.first[expert.value() + 1]; ++k) {
                if (pairs[expert.value()] == k) continue;
                const Id<Post> post = problem.post_of(k);
                const Allocation forced = with_decision(c.plan, expert, post);
                Effect effect{forced.termination, {}};
                if (forced.termination == Termination::optimal) effect = effect_between(c.best.tiers, forced.tiers);
                expected.push_back({c.plan.rows().experts[expert].id, c.plan.rows().posts[post].id, effect});
                of_post[post.value()].push_back(expected.back());
                ++asked;
            }
            std::ranges::stable_sort(expected, costs_less, &Alternative::effect);
            EXPECT_EQ(ranked_posts(c.plan, c.best, expert, 100), expected);
            expected.resize(std::min<std::size_t>(expected.size(), 2));
            EXPECT_EQ(ranked_posts(c.plan, c.best, expert, 2), expected);
        }
        for (const Id<Post> post : c.plan.rows().posts.ids()) {
            auto& expected = of_post[post.value()];
            std::ranges::stable_sort(expected, costs_less, &Alternative::effect);
            EXPECT_EQ(ranked_people(c.plan, c.best, post, 100), expected);
            expected.resize(std::min<std::size_t>(expected.size(), 2));
            EXPECT_EQ(ranked_people(c.plan, c.best, post, 2), expected);
        }
    }
    EXPECT_GT(asked, 0U);
}

TEST(HingeLaw, TheGreatestLossesComeFirstAndAreExact) {
    for (std::uint64_t seed = 0; seed < given::law_cases(5'000); ++seed) {
        SCOPED_TRACE(seed);
        const Case c(seed);
        if (!c.is_feasible()) continue;
        std::vector<Hinge> expected;
        for (const Id<Expert> expert : c.plan.rows().experts.ids()) {
            const std::string& id = c.plan.rows().experts[expert].id;
            if (std::ranges::count(c.best.staffing.rows(), id, &Posting::expert) == 0) continue;
            Resolve without = c.again().forbid_all(expert);
            if (std::ranges::count(without.problem().sets, "must:" + id, &CountedSet::name) > 0)
                without.bound("must:" + id, 0, 1);
            expected.push_back({id, "", c.effect(without)});
        }
        for (const Id<Post> post : c.plan.rows().posts.ids()) {
            const std::string& id = c.plan.rows().posts[post].id;
            if (std::ranges::count(c.best.staffing.rows(), id, &Posting::post) == 0) continue;
            expected.push_back({"", id, c.effect(c.again().forbid_all(post))});
        }
        std::ranges::stable_sort(expected,
                                 [](const Hinge& a, const Hinge& b) { return costs_less(b.effect, a.effect); });
        EXPECT_EQ(hinges(c.plan, c.best, 100), expected);
        expected.resize(std::min<std::size_t>(expected.size(), 3));
        EXPECT_EQ(hinges(c.plan, c.best, 3), expected);
        EXPECT_TRUE(hinges(c.plan, c.best, 0).empty());
    }
}

TEST(Worth, RefusesWhatIsNotThePlans) {
    const Plan plan(given::small_draft(1));
    const Allocation best = allocate(plan);
    const Plan other(given::small_draft(2));
    EXPECT_THROW((void)worth(other, best, "post:P-0"), InvalidAllocation);
    EXPECT_THROW((void)hinges(other, best), InvalidAllocation);
    EXPECT_THROW((void)worth(plan, best, "post:none"), std::invalid_argument);
    Allocation nothing = best;
    nothing.termination = Termination::infeasible;
    EXPECT_THROW((void)ranked_posts(plan, nothing, Id<Expert>(0)), InvalidAllocation);
    Allocation stranger = best;
    stranger.staffing.push_back({"nobody", "P-0", given::day("2024-09-01"), given::day("2025-09-01")});
    try {
        (void)hinges(plan, stranger);
        FAIL();
    } catch (const InvalidAllocation& e) {
        EXPECT_EQ(e.verdict().key, "expert:nobody");
    }
}

TEST(Worth, SaysWhatItDoesNotKnowWhenStopped) {
    const Plan plan(given::small_draft(1));
    const Allocation best = allocate(plan);
    const Stop now{.step_limit = 0};
    for (const BoundWorth& row : worth(plan, best, "post:P-0", now)) {
        ASSERT_TRUE(row.more);
        EXPECT_EQ(row.more->termination, Termination::unknown);
    }
    EXPECT_EQ(worth(plan, best, Id<Expert>(0), now).less.termination, Termination::unknown);
    EXPECT_TRUE(hinges(plan, best, 10, now).empty());
    EXPECT_TRUE(ranked_people(plan, best, Id<Post>(0), 10, now).empty());
    EXPECT_FALSE(scarcest_subjects(plan, best, now).empty());
}

}  // namespace
}  // namespace countyplan
