// Bounds from any prices, the whole among some pairs, and what a region decides by itself.
#include <countyplan/allocate/region.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include <countyplan/allocate/allocate.hpp>
#include <countyplan/allocate/bound.hpp>
#include <countyplan/solve/random.hpp>

#include "expect/verdict.hpp"
#include "given/allocate.hpp"
#include "given/law.hpp"

namespace countyplan {
namespace {

using expect::told;

/// Prices of some sets, small and large.
std::vector<SetPrice> random_prices(const Plan& plan, Random& random) {
    std::vector<SetPrice> out;
    for (const CountedSet& set : counted_sets(plan)) {
        if (random.below(3) == 0) continue;
        const std::uint64_t width = random.below(4) == 0 ? std::uint64_t{1} << 40 : 5;
        SetPrice price{set.name, {}};
        for (std::size_t t = 0; t < plan.rows().objective.size(); ++t)
            price.value.push_back(static_cast<std::int64_t>(random.below(2 * width + 1)) -
                                  static_cast<std::int64_t>(width));
        out.push_back(std::move(price));
    }
    return out;
}

std::vector<AskedExpert> everybody(const Plan& plan) {
    std::vector<AskedExpert> out;
    for (const Id<Expert> expert : plan.rows().experts.ids())
        out.push_back({expert, {}});
    return out;
}

Plan plan_of(std::uint64_t seed) { return Plan(given::rich_draft(seed, {2 + seed % 4, 2 + seed % 3})); }

TEST(PriceBoundLaw, AnyPricesBoundEveryStaffingAndThoseOfAProofAreTight) {
    const std::uint64_t cases = given::law_cases(20'000);
    for (std::uint64_t seed = 0; seed < cases; ++seed) {
        SCOPED_TRACE(seed);
        const Plan plan = plan_of(seed);
        const Allocation best = allocate(plan);
        if (best.termination != Termination::optimal) continue;
        ASSERT_EQ(price_bound(plan, best.prices), best.tiers);
        Random random(seed, 1);
        for (int n = 0; n < 5; ++n) {
            const auto prices = random_prices(plan, random);
            const auto bound = price_bound(plan, prices);
            ASSERT_LE(compare_values(bound, best.tiers), 0);
            ASSERT_TRUE(examine_bounded(plan, best.staffing, best.tiers, prices, bound).accepted);
            auto parts = bound_of_sets(plan, prices);
            for (const AskedExpert& one : everybody(plan)) {
                const auto answer = respond(plan, prices, std::span(&one, 1), {.most = 0});
                for (std::size_t t = 0; t < parts.size(); ++t)
                    parts[t] += answer.cost[t];
            }
            for (std::size_t t = 0; t < parts.size(); ++t)
                ASSERT_EQ(is_gain(bound[t].tier) ? Int128() - parts[t] : parts[t], bound[t].value);
        }
    }
}

TEST(PriceBound, IsRefusedWhereAnythingIsAltered) {
    for (std::uint64_t seed = 0; seed < 30; ++seed) {
        SCOPED_TRACE(seed);
        const Plan plan = plan_of(seed);
        const Allocation best = allocate(plan);
        if (best.termination != Termination::optimal || best.staffing.empty()) continue;
        const auto bound = price_bound(plan, {});
        ASSERT_TRUE(examine_bounded(plan, best.staffing, best.tiers, {}, bound).accepted);
        for (std::size_t t = 0; t < bound.size(); ++t) {
            auto other = bound;
            other[t].value += Int128(1);
            const auto verdict = examine_bounded(plan, best.staffing, best.tiers, {}, other);
            EXPECT_FALSE(verdict.accepted);
            EXPECT_EQ(verdict.part, AnswerPart::certificate);
            auto tiers = best.tiers;
            tiers[t].value += Int128(1);
            EXPECT_EQ(examine_bounded(plan, best.staffing, tiers, {}, bound).part, AnswerPart::result);
        }
        auto doubled = best.staffing;
        doubled.push_back(best.staffing.rows().front());
        EXPECT_FALSE(examine_bounded(plan, doubled, best.tiers, {}, bound).accepted);
        if (!best.prices.empty()) {
            auto prices = best.prices;
            prices.push_back(prices.front());
            EXPECT_THROW((void)price_bound(plan, prices), InvalidProblem);
            prices = {{"no such set", best.prices.front().value}};
            EXPECT_THROW((void)respond(plan, prices, {}), InvalidProblem);
        }
    }
}

/// Adds what people want at the prices of the last answer until nobody wants anything.
AmongAnswer grown_from_nothing(const Plan& plan, std::size_t most) {
    std::vector<std::vector<Id<Post>>> posts(plan.rows().experts.size());
    AmongAnswer answer;
    bool any = true;  // of those at home without prices to begin with
    while (true) {
        auto asked = everybody(plan);
        for (const Posting& row : answer.staffing)
            asked[plan.find<Expert>(row.expert).value()].present = plan.find<Post>(row.post);
        const auto response = respond(plan, answer.prices, asked, {.most = most, .any = any});
        bool is_new = false;
        for (std::size_t e = 0; e < asked.size(); ++e) {
            for (const Id<Post> post : response.posts[e]) {
                const auto place = std::ranges::lower_bound(posts[e], post);
                if (place != posts[e].end() && *place == post) continue;
                posts[e].insert(place, post);
                is_new = true;
            }
        }
        if (!is_new && !any) return answer;
        answer = allocate_among(plan, posts, answer);
        any = answer.termination != Termination::optimal;
        if (any && !is_new) return answer;
        if (any) ++most;
    }
}

TEST(AmongLaw, WhereNobodyWantsAnotherPairTheAnswerIsABestOneOfAll) {
    const std::uint64_t cases = given::law_cases(20'000);
    std::size_t grown = 0;
    for (std::uint64_t seed = 0; seed < cases; ++seed) {
        SCOPED_TRACE(seed);
        const Plan plan = plan_of(seed);
        const Allocation best = allocate(plan);
        const AmongAnswer answer = grown_from_nothing(plan, 1 + seed % 2);
        ASSERT_EQ(answer.termination, best.termination);
        if (best.termination != Termination::optimal) continue;
        ++grown;
        ASSERT_EQ(answer.tiers, best.tiers);
        const auto verdict = examine(plan, answer.staffing, answer.tiers, answer.prices, Claim::proved);
        ASSERT_TRUE(verdict.accepted) << told(verdict);
        ASSERT_EQ(price_bound(plan, answer.prices), answer.tiers);
    }
    EXPECT_GT(grown * 2, cases);
}

TEST(RegionLaw, StaffingsOfPartsTogetherKeepEveryRuleOfTheWhole) {
    const std::uint64_t cases = given::law_cases(20'000);
    std::size_t joined = 0;
    for (std::uint64_t n = 0; n < cases; ++n) {
        const std::uint64_t seed = n == 0 ? 2731 : n;  // there one of two receivers is bound at another time
        SCOPED_TRACE(seed);
        const Plan plan = plan_of(seed);
        const auto sets = counted_sets(plan);
        if (std::ranges::any_of(sets, [](const CountedSet& set) { return set.lower > 0; })) continue;
        Random random(seed, 2);
        std::vector<RegionPart> parts(2);
        for (const Id<County> county : plan.rows().counties.ids())
            parts[random.below(2)].counties.push_back(county);
        for (const Id<Expert> expert : plan.rows().experts.ids())
            parts[random.below(2)].experts.push_back(expert);
        for (const SetShare& shared : shared_sets(plan)) {
            const auto first = static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(shared.upper) + 1));
            parts[0].shares.push_back({shared.set, first});
            parts[1].shares.push_back({shared.set, shared.upper - first});
        }
        Staffing together;
        for (const RegionPart& part : parts) {
            const Allocation own = allocate(region_plan(plan, part));
            ASSERT_EQ(own.termination, Termination::optimal);
            for (const Posting& row : own.staffing)
                together.push_back(row);
        }
        const auto verdict = examine(plan, together, tier_values(plan, together), {}, Claim::feasible);
        ASSERT_TRUE(verdict.accepted) << told(verdict);
        joined += together.empty() ? 0 : 1;
    }
    EXPECT_GT(joined * 20, cases);
}

TEST(Region, TheWholeAsOnePartIsStaffedAsWell) {
    for (std::uint64_t seed = 0; seed < 40; ++seed) {
        SCOPED_TRACE(seed);
        const Plan plan = plan_of(seed);
        RegionPart all;
        for (const Id<County> county : plan.rows().counties.ids())
            all.counties.push_back(county);
        for (const Id<Expert> expert : plan.rows().experts.ids())
            all.experts.push_back(expert);
        all.shares = shared_sets(plan);
        const Plan part = region_plan(plan, all);
        const bool has_shared_lower = std::ranges::any_of(plan.rows().quotas, [](const Quota& quota) {
            return quota.lower > 0 && (quota.holder.noun == Noun::sender || quota.holder.noun == Noun::plan);
        });
        if (!has_shared_lower) {
            EXPECT_EQ(allocate(part).tiers, allocate(plan).tiers);
        }
    }
}

}  // namespace
}  // namespace countyplan
