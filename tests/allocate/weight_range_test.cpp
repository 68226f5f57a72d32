#include <countyplan/allocate/explain/weight_range.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include <countyplan/allocate/eligibility.hpp>
#include <countyplan/allocate/explain/explain.hpp>
#include <countyplan/solve/random.hpp>

#include "given/allocate.hpp"
#include "given/law.hpp"
#include "given/resolve.hpp"

namespace countyplan {
namespace {

/// The plan with another weight.
Plan with_weight(const Plan& plan, FitFactor factor, std::int64_t weight) {
    Draft draft = plan.draft();
    FitWeights& w = draft.weights;
    std::int64_t* const weights[] = {&w.qualification, &w.role,     &w.subject, &w.seniority,
                                     &w.pairing,       &w.distance, &w.wish,    &w.continuity};
    *weights[static_cast<std::size_t>(factor)] = weight;
    return Plan(draft);
}

bool is_best(const Plan& plan, const Staffing& staffing) { return allocate(plan).tiers == tier_values(plan, staffing); }

bool is_part_of_a_best(const Plan& plan, Id<Expert> expert, Id<Post> post) {
    const given::Resolve free(*allocation_problem(plan));
    given::Resolve forced = free;
    return forced.force(expert, post).best() == free.best();
}

TEST(WeightRangeLaw, TheStaffingIsBestUpToBothEndsAndNotBeyond) {
    std::size_t bounded = 0;
    for (std::uint64_t seed = 0; seed < given::law_cases(3'000); ++seed) {
        SCOPED_TRACE(seed);
        const Plan plan(given::rich_draft(seed, {.experts = 7, .posts = 5}));
        const Allocation best = allocate(plan);
        if (best.termination != Termination::optimal) continue;
        const auto ranges = weight_ranges(plan, best);
        ASSERT_EQ(ranges.size(), fit_factor_count);
        Random random(seed, 3);
        for (std::size_t f = 0; f < fit_factor_count; ++f) {
            const WeightRange& row = ranges[f];
            SCOPED_TRACE(std::string(name(row.factor)));
            ASSERT_EQ(row.factor, static_cast<FitFactor>(f));
            ASSERT_LE(row.lower, row.weight);
            ASSERT_LE(row.weight, row.upper);
            ASSERT_GE(row.lower, 0);
            ASSERT_LE(row.upper, most_fit_weight);
            const auto best_at = [&](std::int64_t weight) {
                return is_best(with_weight(plan, row.factor, weight), best.staffing);
            };
            EXPECT_TRUE(best_at(row.lower));
            EXPECT_TRUE(best_at(row.upper));
            EXPECT_TRUE(best_at(random.between(row.lower, row.upper)));
            if (row.lower > 0) {
                EXPECT_FALSE(best_at(row.lower - 1));
            }
            if (row.upper < most_fit_weight) {
                EXPECT_FALSE(best_at(row.upper + 1));
            }
            if (row.lower > 0 || row.upper < most_fit_weight) ++bounded;
        }
    }
    EXPECT_GT(bounded, 0U);
}

TEST(WeightChangeLaw, TheNearestWeightsMakeThePairPartOfABestStaffingAndNoneBetweenDoes) {
    std::size_t found = 0;
    std::size_t missing = 0;
    for (std::uint64_t seed = 0; seed < given::law_cases(3'000); ++seed) {
        SCOPED_TRACE(seed);
        const Plan plan(given::rich_draft(seed, {.experts = 6, .posts = 5}));
        const Allocation best = allocate(plan);
        if (best.termination != Termination::optimal) continue;
        const AllocationProblem problem = *allocation_problem(plan);
        if (problem.flow.pairs() == 0) continue;
        Random random(seed, 4);
        auto pair = random.below(problem.flow.pairs());
        const auto expert_of = [&](std::size_t k) {
            const auto behind = std::ranges::upper_bound(problem.flow.first, k);
            return Id<Expert>(static_cast<std::size_t>(behind - problem.flow.first.begin()) - 1);
        };
        for (std::size_t k = 0; k < problem.flow.pairs() && random.chance(7, 8); ++k) {  // rather one that fit decides
            const WhyNot why = why_not(plan, best, expert_of(k), problem.post_of(k));
            if (why.points && *why.points > Int128(0)) pair = k;
        }
        const Id<Expert> expert = expert_of(pair);
        const Id<Post> post = problem.post_of(pair);
        const auto changes = weight_changes(plan, best, expert, post);
        ASSERT_EQ(changes.size(), fit_factor_count);
        for (const WeightChange& row : changes) {
            SCOPED_TRACE(std::string(name(row.factor)));
            const auto hits = [&](std::int64_t weight) {
                return is_part_of_a_best(with_weight(plan, row.factor, weight), expert, post);
            };
            const std::int64_t low = row.lower.value_or(-1);
            const std::int64_t high = row.upper.value_or(most_fit_weight + 1);
            if (row.lower) {
                EXPECT_TRUE(hits(*row.lower));
            }
            if (row.upper) {
                EXPECT_TRUE(hits(*row.upper));
            }
            if (hits(row.weight)) {
                EXPECT_EQ(row.lower, row.weight);
                EXPECT_EQ(row.upper, row.weight);
                continue;
            }
            row.lower || row.upper ? ++found : ++missing;
            ASSERT_LT(low, row.weight);
            ASSERT_GT(high, row.weight);
            for (const std::int64_t weight : {low + 1, high - 1, std::int64_t{0}, most_fit_weight}) {
                if (weight <= low || weight >= high) continue;
                EXPECT_FALSE(hits(weight)) << weight;
            }
            for (int tries = 0; tries < 4 && high - low > 2; ++tries) {
                const std::int64_t near = random.between(low + 1, std::min(high - 1, low + 1 + (high - low) / 50));
                EXPECT_FALSE(hits(near)) << near;
                const std::int64_t weight = random.between(low + 1, high - 1);
                EXPECT_FALSE(hits(weight)) << weight;
            }
        }
    }
    EXPECT_GT(found, 0U);
    EXPECT_GT(missing, 0U);
}

TEST(WeightChange, IsNoneWhereOnlyTiersAfterFitDecide) {
    Draft draft;
    draft.period = {given::day("2024-09-01"), given::day("2026-02-28")};
    draft.counties.push_back({.code = *Code::parse("451024")});
    draft.schools.push_back({.id = "DB-1", .county = *Code::parse("451024"), .assisted = true});
    draft.senders.push_back({.id = "SZ"});
    draft.posts.push_back({.id = "P-0", .school = "DB-1", .subject = "physics", .min = 1, .max = 1});
    for (const char* id : {"SZ-0", "SZ-1"})
        draft.experts.push_back({.id = id, .sender = "SZ", .roles = {Role::teacher}, .subjects = {"physics"}});
    draft.staffing = Staffing({{"SZ-0", "P-0", draft.period.from, draft.period.to}});
    draft.objective = {Tier::shortfall, Tier::fit, Tier::moves};
    draft.weights.continuity = 0;
    const Plan plan(std::move(draft));
    const auto changes = weight_changes(plan, allocate(plan), Id<Expert>(1), Id<Post>(0));
    ASSERT_EQ(changes.size(), fit_factor_count);
    for (const WeightChange& row : changes) {
        EXPECT_FALSE(row.lower) << name(row.factor);
        EXPECT_FALSE(row.upper) << name(row.factor);
    }
}

TEST(WeightRange, OfAStaffingThatIsNotBestIsEmpty) {
    const Plan plan(given::small_draft(1));
    Allocation nobody = allocate(plan);
    ASSERT_FALSE(nobody.staffing.empty());
    nobody.staffing = {};
    EXPECT_TRUE(weight_ranges(plan, nobody).empty());
}

TEST(WeightRange, IsEveryWeightWhereFitDoesNotCount) {
    Draft draft = given::small_draft(1);
    draft.objective = {Tier::shortfall};
    const Plan plan(draft);
    for (const WeightRange& row : weight_ranges(plan, allocate(plan))) {
        EXPECT_EQ(row.lower, 0);
        EXPECT_EQ(row.upper, most_fit_weight);
    }
}

TEST(WeightRange, LeavesOutWhatIsNotKnownWhenStopped) {
    const Plan plan(given::small_draft(1));
    const Allocation best = allocate(plan);
    EXPECT_TRUE(weight_ranges(plan, best, {.step_limit = 0}).empty());
    EXPECT_TRUE(weight_changes(plan, best, Id<Expert>(0), Id<Post>(0), {.step_limit = 0}).empty());
}

TEST(WeightChange, OfAPairThatMayNotBeIsEmpty) {
    const Plan plan(given::small_draft(1));
    const Eligibility eligibility(plan);
    const Allocation best = allocate(plan);
    std::size_t refused = 0;
    for (const Id<Expert> expert : plan.rows().experts.ids()) {
        for (const Id<Post> post : plan.rows().posts.ids()) {
            if (eligibility.is_eligible(expert, post)) continue;
            EXPECT_TRUE(weight_changes(plan, best, expert, post).empty());
            ++refused;
        }
    }
    EXPECT_GT(refused, 0U);
}

}  // namespace
}  // namespace countyplan
