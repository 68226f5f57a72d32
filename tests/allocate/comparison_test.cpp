#include <countyplan/allocate/comparison.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <span>
#include <string>
#include <vector>

#include <countyplan/allocate/score.hpp>
#include <countyplan/plan/check.hpp>
#include <countyplan/solve/random.hpp>

#include "given/allocate.hpp"
#include "given/law.hpp"
#include "given/plan.hpp"

namespace countyplan {
namespace {

/// Some people somewhere, now and then by a wrong name, twice, or on other days.
Staffing any_staffing(const Draft& draft, std::uint64_t seed) {
    Random random(seed, 3);
    Staffing out;
    for (const Expert& expert : draft.experts) {
        for (std::uint64_t times = random.below(8) == 0 ? 2 : random.below(2); times-- > 0;) {
            const std::size_t at = random.below(draft.posts.size());
            Posting posting{expert.id, draft.posts.rows()[at].id, draft.period.from, draft.period.to};
            if (random.chance(1, 12)) posting.post = "P-none";
            if (random.chance(1, 12)) posting.expert = "E-none";
            if (random.chance(1, 8)) posting.to = given::day("2026-01-31");
            out.push_back(posting);
        }
    }
    random.shuffle(std::span(out.rows()));
    return out;
}

/// A few tiers in any order.
Objective any_objective(std::uint64_t seed) {
    Random random(seed, 4);
    Objective out;
    for (std::size_t t = 0; t < enumerator_count<Tier> - user_tiers; ++t)
        out.push_back(static_cast<Tier>(t));
    random.shuffle(std::span(out));
    out.resize(1 + random.below(out.size()));
    return out;
}

Draft any_draft(std::uint64_t seed) {
    Draft draft = given::small_draft(seed, {8, 6});
    draft.rules.clear();
    draft.objective = any_objective(seed);
    draft.staffing = any_staffing(draft, seed + 1'000'000);
    std::erase_if(draft.staffing.rows(), [](const Posting& p) { return p.post == "P-none" || p.expert == "E-none"; });
    return draft;
}

TEST(ComparisonLaw, TheItemsOfATierAddUpToItsDifference) {
    std::map<Tier, std::size_t> seen;
    for (std::uint64_t seed = 0; seed < given::law_cases(40'000); ++seed) {
        SCOPED_TRACE(seed);
        const Draft draft = any_draft(seed);
        if (has_errors(check(draft))) continue;  // the present staffing has somebody in two places at once
        const Plan plan(draft);
        const Staffing a = any_staffing(draft, seed);
        const Staffing b = any_staffing(draft, seed + 1'000);
        const StaffingComparison found = compare_staffings(plan, a, b);
        const std::vector<TierValue> of_a = tier_values(plan, a);
        const std::vector<TierValue> of_b = tier_values(plan, b);
        ASSERT_EQ(found.tiers.size(), draft.objective.size());
        for (std::size_t t = 0; t < found.tiers.size(); ++t) {
            const TierComparison& tier = found.tiers[t];
            ASSERT_EQ(tier.tier, draft.objective[t]);
            ASSERT_EQ(tier.a, of_a[t].value);
            ASSERT_EQ(tier.b, of_b[t].value);
            Int128 sum{};
            std::set<Reference> items;
            for (const TierItem& item : tier.items) {
                ASSERT_NE(item.a, item.b);
                ASSERT_TRUE(items.insert(item.item).second);
                sum += item.b - item.a;
            }
            ASSERT_EQ(sum, tier.difference()) << name(tier.tier);
            seen[tier.tier] += sum != Int128(0) ? 1 : 0;
        }
    }
    for (std::size_t t = 0; t < enumerator_count<Tier> - user_tiers; ++t)
        EXPECT_GT(seen[static_cast<Tier>(t)], given::law_cases(40'000) / 100) << name(static_cast<Tier>(t));
}

TEST(ComparisonLaw, TheFactorsOfPeopleAddUpToTheDifferenceOfScores) {
    for (std::uint64_t seed = 0; seed < given::law_cases(20'000); ++seed) {
        SCOPED_TRACE(seed);
        const Draft draft = any_draft(seed);
        if (has_errors(check(draft))) continue;
        const Plan plan(draft);
        const FitScore fit(plan);
        const Staffing a = any_staffing(draft, seed);
        const Staffing b = any_staffing(draft, seed + 1'000);
        std::map<std::string, std::int64_t> expected;  // by expert, those that differ
        for (const auto& [staffing, sign] : {std::pair(&a, -1), std::pair(&b, 1)}) {
            for (const Posting& posting : *staffing) {
                const Id<Expert> expert = plan.find<Expert>(posting.expert);
                const Id<Post> post = plan.find<Post>(posting.post);
                if (expert && post) expected[posting.expert] += sign * fit.score(expert, post);
            }
        }
        std::erase_if(expected, [](const auto& row) { return row.second == 0; });
        std::map<std::string, std::int64_t> found;
        for (const FitComparison& person : compare_staffings(plan, a, b).people) {
            for (std::size_t f = 0; f < fit_factor_count; ++f) {
                ASSERT_EQ(person.a[f].points, person.a[f].value * person.a[f].weight);
                ASSERT_EQ(person.b[f].points, person.b[f].value * person.b[f].weight);
                ASSERT_EQ(person.b[f].factor, static_cast<FitFactor>(f));
            }
            if (person.difference() != 0) found[person.expert] = person.difference();
        }
        ASSERT_EQ(found, expected);
    }
}

std::vector<Posting> sorted(const Staffing& staffing) {
    std::vector<Posting> out = staffing.rows();
    std::ranges::sort(out);
    return out;
}

TEST(ComparisonLaw, TheChangesMadeInAGiveB) {
    for (std::uint64_t seed = 0; seed < given::law_cases(40'000); ++seed) {
        SCOPED_TRACE(seed);
        const Draft draft = any_draft(seed);
        const Staffing a = any_staffing(draft, seed);
        const Staffing b = any_staffing(draft, seed + 1'000);
        std::vector<Posting> made = sorted(a);
        for (const PostingChange& change : posting_changes(a, b)) {
            ASSERT_EQ(change.was.has_value(), change.kind != PostingChangeKind::begun);
            ASSERT_EQ(change.now.has_value(), change.kind != PostingChangeKind::ended);
            if (change.was && change.now) {
                ASSERT_EQ(change.was->expert, change.now->expert);
                ASSERT_EQ(change.was->post == change.now->post, change.kind == PostingChangeKind::redated);
            }
            if (change.was) {
                const auto at = std::ranges::find(made, *change.was);
                ASSERT_NE(at, made.end());
                made.erase(at);
            }
            if (change.now) made.push_back(*change.now);
        }
        std::ranges::sort(made);
        ASSERT_EQ(made, sorted(b));
    }
}

TEST(ComparisonLaw, TurnedRoundItIsTheSameWithTheOtherSign) {
    for (std::uint64_t seed = 0; seed < given::law_cases(10'000); ++seed) {
        SCOPED_TRACE(seed);
        const Draft draft = any_draft(seed);
        if (has_errors(check(draft))) continue;
        const Plan plan(draft);
        const Staffing a = any_staffing(draft, seed);
        const Staffing b = any_staffing(draft, seed + 1'000);
        const StaffingComparison there = compare_staffings(plan, a, b);
        const StaffingComparison back = compare_staffings(plan, b, a);
        ASSERT_EQ(there.changes.size(), back.changes.size());
        ASSERT_EQ(there.decided_by(), back.decided_by());
        ASSERT_EQ(there.is_better(), there.decided_by().has_value() && !back.is_better());
        for (std::size_t t = 0; t < there.tiers.size(); ++t)
            ASSERT_EQ(there.tiers[t].difference(), Int128(0) - back.tiers[t].difference());
        const StaffingComparison none = compare_staffings(plan, a, a);
        ASSERT_TRUE(none.changes.empty());
        ASSERT_TRUE(none.people.empty());
        ASSERT_FALSE(none.decided_by() || none.is_better());
    }
}

Posting first_day_to_last(const char* expert, const char* post) {
    return {expert, post, given::day("2025-09-01"), given::day("2028-08-31")};
}

TEST(Comparison, SaysWhoEndsBeginsMovesOrGetsOtherDays) {
    Staffing a;
    a.push_back(first_day_to_last("SZ-0001", "P1"));
    a.push_back(first_day_to_last("SZ-0002", "P4"));
    a.push_back(first_day_to_last("SZ-0003", "P2"));
    Staffing b;
    b.push_back(first_day_to_last("SZ-0004", "P2"));
    b.push_back(first_day_to_last("SZ-0001", "P4"));
    b.push_back(first_day_to_last("SZ-0003", "P2"));
    b.rows()[2].to = given::day("2027-08-31");
    const std::vector<PostingChange> changes = posting_changes(a, b);
    ASSERT_EQ(changes.size(), 4U);
    EXPECT_EQ(changes[0], (PostingChange{PostingChangeKind::moved, a.rows()[0], b.rows()[1]}));
    EXPECT_EQ(changes[1], (PostingChange{PostingChangeKind::ended, a.rows()[1], std::nullopt}));
    EXPECT_EQ(changes[2], (PostingChange{PostingChangeKind::redated, a.rows()[2], b.rows()[2]}));
    EXPECT_EQ(changes[3], (PostingChange{PostingChangeKind::begun, std::nullopt, b.rows()[0]}));
    EXPECT_EQ(changes[3].expert(), "SZ-0004");

    const StaffingComparison found = compare_staffings(Plan(given::small_draft()), a, b);
    EXPECT_EQ(found.decided_by(), Tier::critical_shortfall);  // P1 is left without a principal
    EXPECT_FALSE(found.is_better());
    ASSERT_EQ(found.tiers[0].items.size(), 1U);
    EXPECT_EQ(to_text(found.tiers[0].items[0].item), "post:P1");
    EXPECT_EQ(found.tiers[0].items[0].b, Int128(1));
    ASSERT_FALSE(found.people.empty());
    EXPECT_EQ(found.people[0].expert, "SZ-0001");
    EXPECT_EQ(found.people[0].posts_a, std::vector<std::string>{"P1"});
    EXPECT_EQ(found.people[0].posts_b, std::vector<std::string>{"P4"});
    EXPECT_EQ(found.people[0].a[static_cast<std::size_t>(FitFactor::wish)].value, 1000);
    EXPECT_EQ(found.people[0].b[static_cast<std::size_t>(FitFactor::wish)].value, 0);
}

}  // namespace
}  // namespace countyplan
