#include <countyplan/plan/difference.hpp>

#include <random>

#include <gtest/gtest.h>

#include "given/plan.hpp"

namespace {

using namespace countyplan;
using given::day;

/// `draft` after some rows were dropped, edited, shuffled, doubled or borrowed from elsewhere.
Draft edited(Draft draft, const Draft& other, std::mt19937& random) {
    const auto below = [&](std::size_t bound) { return static_cast<std::size_t>(random()) % bound; };
    const auto edit = [&](auto& rows, const auto& source, auto change) {
        for (std::size_t times = below(4); times > 0; --times) {
            const std::size_t what = below(5);
            if (what == 0 && !source.empty()) {
                rows.insert(rows.begin() + static_cast<std::ptrdiff_t>(below(rows.size() + 1)),
                            source[below(source.size())]);
            }
            if (rows.empty()) continue;
            const auto any = [&] { return rows.begin() + static_cast<std::ptrdiff_t>(below(rows.size())); };
            if (what == 1) rows.erase(any());
            if (what == 2) std::swap(*any(), *any());
            if (what == 3) change(*any());
            if (what == 4) std::rotate(rows.begin(), any(), rows.end());
        }
    };
    edit(draft.rules, other.rules, [](Rule& row) { row.parameters["min"] += 1; });
    edit(draft.counties.rows(), other.counties.rows(), [](County& row) { row.name_zh += "改"; });
    edit(draft.senders.rows(), other.senders.rows(), [](Sender& row) { row.quota_total = 3; });
    edit(draft.pairings.rows(), other.pairings.rows(), [](Pairing& row) { row.required = !row.required; });
    edit(draft.schools.rows(), other.schools.rows(), [](School& row) { row.id += "x"; });
    edit(draft.posts.rows(), other.posts.rows(), [](Post& row) { row.max += 1; });
    edit(draft.experts.rows(), other.experts.rows(), [](Expert& row) { row.subjects.push_back("art"); });
    edit(draft.teachers.rows(), other.teachers.rows(), [](Teacher& row) { row.years += 1; });
    edit(draft.mentors.rows(), other.mentors.rows(), [](Mentorship& row) { row.from = given::day("2026-01-01"); });
    edit(draft.goals.rows(), other.goals.rows(), [](Goal& row) { row.weight = 2.5; });
    edit(draft.indicators.rows(), other.indicators.rows(), [](Indicator& row) { row.target.reset(); });
    edit(draft.tasks.rows(), other.tasks.rows(), [](Task& row) { row.duration = WorkDays(99); });
    edit(draft.links.rows(), other.links.rows(), [](Link& row) { row.lag = WorkDays(7); });
    edit(draft.calendar.rows(), other.calendar.rows(), [](CalendarDay& row) { row.name_zh = "节"; });
    edit(draft.terms.rows(), other.terms.rows(), [](Term& row) { row.to = row.to + std::chrono::days(1); });
    edit(draft.influence.rows(), other.influence.rows(), [](Influence& row) { row.weight += 1; });
    edit(draft.distances.rows(), other.distances.rows(), [](Distance& row) { row.km += 1; });
    edit(draft.couplings.rows(), other.couplings.rows(), [](Coupling& row) { row.price = 3; });
    edit(draft.staffing.rows(), other.staffing.rows(), [](Posting& row) { row.to = row.to - std::chrono::days(9); });
    edit(draft.ledger.rows(), other.ledger.rows(), [](Fact& row) { row.value = "1"; });
    if (below(3) == 0) draft.name = other.name;
    if (below(3) == 0) draft.version += "b";
    if (below(3) == 0) draft.period.to = day("2027-08-31");
    if (below(3) == 0) draft.weights.continuity += 1;
    return draft;
}

TEST(DifferenceLaw, AppliedToTheOneGivesTheOtherAndTurnedRoundTheWayBack) {
    for (std::uint32_t seed = 0; seed < 600; ++seed) {
        std::mt19937 random(seed);
        const Draft a = given::random_draft(seed, 1 + seed % 3);
        const Draft other = given::random_draft(seed + 1000, 2);
        const Draft b = seed % 4 == 0 ? other : edited(a, other, random);
        const PlanDifference script = difference(a, b);
        ASSERT_EQ(apply(script, a), b) << seed;
        ASSERT_EQ(apply(reverse(script), b), a) << seed;
        ASSERT_EQ(reverse(reverse(script)), script) << seed;
        ASSERT_EQ(script.empty(), a == b) << seed;
        ASSERT_TRUE(difference(a, a).empty()) << seed;
        const StaffingDifference postings = difference(a.staffing, b.staffing);
        ASSERT_EQ(postings, script.staffing) << seed;
        ASSERT_EQ(apply(postings, a.staffing), b.staffing) << seed;
        ASSERT_EQ(apply(reverse(postings), b.staffing), a.staffing) << seed;
    }
}

TEST(Difference, NamesWhatWasRemovedAddedChangedAndMoved) {
    const Draft a = given::small_draft();
    Draft b = a;
    b.version = "2";
    auto& posts = b.posts.rows();
    posts[1].max = 3;
    posts[1].min_years = 4;
    posts.erase(posts.begin() + 2);
    posts.push_back({.id = "P6", .school = "DB-V", .subject = "nursing"});
    std::swap(b.teachers.rows()[0], b.teachers.rows()[2]);
    std::swap(b.teachers.rows()[0], b.teachers.rows()[1]);  // T2 T3 T1: one move is enough
    const PlanDifference script = difference(a, b);
    EXPECT_EQ(script.version, (ValueChange<std::string>{"1", "2"}));
    EXPECT_FALSE(script.name);
    ASSERT_EQ(script.posts.removed.size(), 1U);
    EXPECT_EQ(script.posts.removed[0].at, 2U);
    EXPECT_EQ(script.posts.removed[0].row.id, "P3");
    ASSERT_EQ(script.posts.added.size(), 1U);
    EXPECT_EQ(script.posts.added[0].at, 4U);
    EXPECT_TRUE(script.posts.moved.empty());
    ASSERT_EQ(script.posts.changed.size(), 1U);
    EXPECT_EQ(field_changes(script.posts.changed[0]),
              (std::vector<FieldChange>{{"max", "2", "3"}, {"min_years", "", "4"}}));
    EXPECT_EQ(script.teachers.moved, (std::vector<RowMove>{{0, 2}}));
    EXPECT_TRUE(script.experts.empty());
}

TEST(Difference, ShowsAPostingThatWasGivenOtherDays) {
    Staffing now = given::small_draft().staffing;
    now.rows()[0].to = day("2027-08-31");
    const StaffingDifference script = difference(given::small_draft().staffing, now);
    ASSERT_EQ(script.changed.size(), 1U);
    EXPECT_EQ(field_changes(script.changed[0]), (std::vector<FieldChange>{{"to", "2028-08-31", "2027-08-31"}}));
}

TEST(Difference, WorksBetweenPlansAndChecksTheResult) {
    const Plan a(given::small_draft());
    Draft draft = a.draft();
    draft.experts.rows()[0].years = 23;
    const Plan b(draft);
    EXPECT_EQ(apply(difference(a, b), a), b);
    draft.experts.rows()[0].years = -1;
    EXPECT_THROW((void)apply(difference(a.rows(), draft), a), InvalidPlan);
}

TEST(DifferenceRefusal, DoesNotFitAnotherDraft) {
    const Draft a = given::small_draft();
    Draft b = a;
    b.posts.rows()[1].max = 3;
    b.teachers.rows().erase(b.teachers.begin());
    const PlanDifference script = difference(a, b);
    Draft other = a;
    other.posts.rows()[1].max = 9;
    try {
        (void)apply(script, other);
        FAIL();
    } catch (const UnfitDifference& unfit) {
        EXPECT_EQ(to_text(unfit.place()), "posts[1]");
        EXPECT_EQ(unfit.message().code(), "unfit_difference");
    }
    EXPECT_THROW((void)apply(script, Draft{}), UnfitDifference);
    EXPECT_THROW((void)apply(script, b), UnfitDifference);
    PlanDifference renamed;
    renamed.name = ValueChange<std::string>{"x", "y"};
    EXPECT_THROW((void)apply(renamed, a), UnfitDifference);
    // A script damaged by hand: every broken position is refused, none reads outside.
    for (const std::size_t at : {std::size_t{1}, std::size_t{7}, static_cast<std::size_t>(-1)}) {
        PlanDifference broken = script;
        broken.teachers.moved.push_back({0, at});
        EXPECT_THROW((void)apply(broken, a), UnfitDifference) << at;
        broken = script;
        broken.teachers.added.push_back({at + 5, {}});
        if (at + 5 != 2) {
            EXPECT_THROW((void)apply(broken, a), UnfitDifference) << at;
        }
        broken = script;
        broken.teachers.removed.push_back({at, {}});
        EXPECT_THROW((void)apply(broken, a), UnfitDifference) << at;
    }
}

}  // namespace
