#include <countyplan/allocate/impl/what_if.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <vector>

#include <countyplan/allocate/allocate.hpp>
#include <countyplan/solve/random.hpp>

#include "given/allocate.hpp"
#include "given/law.hpp"
#include "given/nested_flow.hpp"

namespace countyplan {
namespace {

using detail::WhatIf;
using detail::WhatIfAnswer;

/// The same edits made by listing all groups and pairs anew.
class Relisted {
  public:
    explicit Relisted(const AllocationProblem& problem) : problem_(problem), quotas_(problem.flow) {
        for (std::size_t e = 0; e < problem.flow.items(); ++e) {
            pairs_.emplace_back();
            for (std::size_t k = problem.flow.first[e]; k < problem.flow.first[e + 1]; ++k)
                pairs_[e].push_back({problem.post_of(k), cost_of(k)});
        }
    }

    void set_bounds(std::size_t set, std::int64_t lower, std::int64_t upper) {
        const bool is_left = !problem_.sets[set].receives;
        NestedQuotas& quotas = is_left ? quotas_.left : quotas_.right;
        const auto& set_of = is_left ? problem_.left_set : problem_.right_set;
        const auto group = static_cast<std::size_t>(std::ranges::find(set_of, set) - set_of.begin());
        quotas.lower[group] = lower;
        quotas.upper[group] = upper;
    }
    void forbid(std::size_t expert) {
        at_home_.push_back(expert);
        const std::string must = "must:" + problem_.plan.rows().experts.rows()[expert].id;
        const auto set = std::ranges::find(problem_.sets, must, &CountedSet::name);
        if (set != problem_.sets.end()) set_bounds(static_cast<std::size_t>(set - problem_.sets.begin()), 0, 1);
    }
    void forbid(std::size_t expert, Id<Post> post) {
        std::erase_if(pairs_[expert], [&](const Pair& pair) { return pair.post == post; });
    }
    void force(std::size_t expert, Id<Post> post) {
        std::erase_if(pairs_[expert], [&](const Pair& pair) { return pair.post != post; });
        forced_.push_back(expert);
    }
    void allow(std::size_t expert, Id<Post> post, std::vector<std::int64_t> cost) {
        pairs_[expert].push_back({post, std::move(cost)});
    }
    [[nodiscard]] bool may(std::size_t expert, Id<Post> post) const {
        return std::ranges::count(pairs_[expert], post, &Pair::post) > 0;
    }

    [[nodiscard]] std::optional<std::vector<std::int64_t>> best() const {
        NestedFlowProblem flow = quotas_;
        flow.pair_tier = 0;
        flow.first = {0};
        flow.to.clear();
        flow.cost.clear();
        for (std::size_t e = 0; e < pairs_.size(); ++e) {
            for (const Pair& pair : pairs_[e]) {
                if (std::ranges::count(at_home_, e) > 0) break;
                flow.to.push_back(problem_.group_of_post[pair.post.value()]);
                flow.cost.insert(flow.cost.end(), pair.cost.begin(), pair.cost.end());
            }
            flow.first.push_back(flow.to.size());
        }
        for (const std::size_t expert : forced_) {
            flow.left.parent.push_back(flow.group[expert]);
            flow.group[expert] = static_cast<std::uint32_t>(flow.left.groups() - 1);
            flow.left.lower.push_back(1);
            flow.left.upper.push_back(1);
            flow.left.first_piece.push_back(flow.left.from.size());
        }
        return given::exhaustive_nested_flow(flow);
    }

  private:
    struct Pair {
        Id<Post> post;
        std::vector<std::int64_t> cost;
    };

    [[nodiscard]] std::vector<std::int64_t> cost_of(std::size_t pair) const {
        const NestedFlowProblem& flow = problem_.flow;
        std::vector<std::int64_t> out(flow.tiers, 0);
        const std::size_t width = flow.tiers - flow.pair_tier;
        for (std::size_t t = flow.pair_tier; t < flow.tiers; ++t)
            out[t] = flow.cost[pair * width + t - flow.pair_tier];
        return out;
    }

    const AllocationProblem& problem_;
    NestedFlowProblem quotas_;
    std::vector<std::vector<Pair>> pairs_;
    std::vector<std::size_t> forced_;
    std::vector<std::size_t> at_home_;
};

/// One random edit of both.
void edit(Random& random, WhatIf& changed, Relisted& listed) {
    const AllocationProblem& problem = changed.problem();
    const Draft& rows = problem.plan.rows();
    const std::size_t e = random.below(rows.experts.size());
    const Id<Expert> expert(e);
    const Id<Post> post(random.below(rows.posts.size()));
    switch (random.below(5)) {
        case 0: {
            const std::size_t set = random.below(problem.sets.size());
            const std::int64_t lower = random.chance(1, 2) ? 0 : random.between(0, 2);
            const std::int64_t upper = lower + random.between(0, 2);
            changed.set_bounds(set, lower, upper);
            listed.set_bounds(set, lower, upper);
            return;
        }
        case 1:
            changed.forbid(expert);
            listed.forbid(e);
            return;
        case 2:
            changed.forbid(expert, post);
            listed.forbid(e, post);
            return;
        case 3:
            ASSERT_EQ(changed.force(expert, post), listed.may(e, post));
            if (listed.may(e, post)) listed.force(e, post);
            return;
        default: {
            if (listed.may(e, post)) return;
            std::vector<std::int64_t> cost(changed.tiers(), 0);
            for (std::size_t t = problem.flow.pair_tier; t < cost.size(); ++t)
                cost[t] = random.between(-20'000, 20'000);
            changed.allow(expert, post, cost);
            listed.allow(e, post, cost);
        }
    }
}

TEST(WhatIfLaw, EditsComeToWhatEveryStaffingTriedSays) {
    std::size_t feasible = 0;
    for (std::uint64_t seed = 0; seed < given::law_cases(10'000); ++seed) {
        SCOPED_TRACE(seed);
        const Plan plan(given::rich_draft(seed, {.experts = 5, .posts = 4}));
        const Allocation allocation = allocate(plan);
        const AllocationProblem problem = *allocation_problem(plan);
        Random random(seed, 9);
        WhatIf changed(problem, allocation.staffing, allocation.prices);
        for (int round = 0; round < 3; ++round) {
            Relisted listed(problem);
            for (std::size_t edits = random.below(4); edits > 0; --edits)
                edit(random, changed, listed);
            const WhatIfAnswer answer = changed.solve();
            const auto best = listed.best();
            ASSERT_EQ(answer.termination, best ? Termination::optimal : Termination::infeasible);
            if (best) {
                ++feasible;
                for (std::size_t t = 0; t < best->size(); ++t)
                    ASSERT_EQ(answer.cost[t], Int128((*best)[t]));
            }
            changed.undo();
            const WhatIfAnswer back = changed.solve();
            ASSERT_EQ(back.termination, allocation.termination);
            ASSERT_EQ(back.post_of, changed.best().post_of);
            ASSERT_EQ(back.cost, changed.best().cost);
        }
    }
    EXPECT_GT(feasible, 0U);
}

TEST(WhatIfLaw, TheAnswerDependsOnTheEditsAlone) {
    for (std::uint64_t seed = 0; seed < given::law_cases(10'000); ++seed) {
        SCOPED_TRACE(seed);
        const Plan plan(given::rich_draft(seed, {.experts = 7, .posts = 5}));
        const AllocationProblem problem = *allocation_problem(plan);
        const Allocation allocation = allocate(plan);
        const auto ask = [&](WhatIf& changed, std::uint64_t stream) {
            Random random(seed, stream);
            Relisted listed(problem);
            for (int edits = 0; edits < 3; ++edits)
                edit(random, changed, listed);
            WhatIfAnswer answer = changed.solve();
            changed.undo();
            return answer;
        };
        WhatIf one(problem, allocation.staffing, allocation.prices);
        WhatIf other(problem, allocation.staffing, allocation.prices);
        (void)ask(one, 1);
        (void)ask(one, 2);
        EXPECT_EQ(ask(one, 3).post_of, ask(other, 3).post_of);
    }
}

TEST(WhatIf, CountsTheLossAgainstTheStaffingAtHand) {
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        SCOPED_TRACE(seed);
        const Plan plan(given::small_draft(seed));
        const Allocation best = allocate(plan);
        const WhatIf nobody(*allocation_problem(plan), {}, best.prices);
        const auto loss = nobody.loss(nobody.best());
        const auto values = tier_values(plan, {});
        for (std::size_t t = 0; t < loss.size(); ++t) {
            const Int128 gain = best.tiers[t].value - values[t].value;
            EXPECT_EQ(loss[t], is_gain(values[t].tier) ? Int128(0) - gain : gain);
        }
        const WhatIf at_best(*allocation_problem(plan), best.staffing, best.prices);
        EXPECT_EQ(staffing_of(at_best.problem(), pairs_of(at_best.problem(), best.staffing)), best.staffing);
        EXPECT_EQ(at_best.loss(at_best.best()), std::vector<Int128>(loss.size()));
        EXPECT_EQ(at_best.at_hand(), at_best.best().post_of);
    }
}

TEST(WhatIf, GivesPricesThatProveTheAnswer) {
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
        SCOPED_TRACE(seed);
        Draft draft = given::small_draft(seed);
        const Allocation before = allocate(Plan(draft));
        WhatIf changed(*allocation_problem(Plan(draft)), before.staffing, before.prices);
        const Id<Post> post(0);
        draft.posts[post].max += 1;
        const Plan after(draft);
        changed.set_bounds(*changed.set_named("post:" + draft.posts[post].id), 0, draft.posts[post].max);
        const WhatIfAnswer answer = changed.solve();
        Staffing staffing;
        for (const Id<Expert> expert : draft.experts.ids()) {
            const Id<Post> there = answer.post_of[expert.value()];
            if (!there) continue;
            const Period period = after.period_of(there);
            staffing.push_back({draft.experts[expert].id, draft.posts[there].id, period.from, period.to});
        }
        EXPECT_TRUE(examine(after, staffing, tier_values(after, staffing), changed.prices(answer)).accepted);
    }
}

TEST(WhatIf, SaysWhenItWasStopped) {
    const Plan plan(given::small_draft(3));
    const Allocation best = allocate(plan);
    WhatIf changed(*allocation_problem(plan), best.staffing, best.prices);
    const Stop now{.step_limit = 0};
    EXPECT_NE(changed.solve(now).termination, Termination::optimal);
    EXPECT_EQ(changed.solve(now).cause, Cause::steps);
    EXPECT_EQ(changed.solve().termination, Termination::optimal);
}

}  // namespace
}  // namespace countyplan
