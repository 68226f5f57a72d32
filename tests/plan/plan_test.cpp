#include <countyplan/plan/plan.hpp>

#include <algorithm>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "given/plan.hpp"

namespace {

using namespace countyplan;
using given::day;

TEST(Plan, RefusesAnUnsoundDraftWithAllItsFindings) {
    Draft draft = given::small_draft();
    draft.posts.rows()[0].school = "?";
    draft.posts.rows()[1].min = -1;
    draft.counties.rows()[0].lng.reset();
    try {
        (void)Plan(draft);
        FAIL();
    } catch (const InvalidPlan& refused) {
        EXPECT_EQ(refused.findings(), check(draft));
        EXPECT_EQ(std::string(refused.what()),
                  "the plan has 2 errors; first posts[0].school: there is no school with the id '?'");
    }
    draft = given::small_draft();
    draft.counties.rows()[0].lng.reset();
    EXPECT_EQ(Plan(draft).warnings(), check(draft));
}

TEST(Plan, GivesBackTheRowsItWasMadeFrom) {
    const Plan plan(given::small_draft());
    EXPECT_EQ(plan.rows(), given::small_draft());
    EXPECT_EQ(Plan(plan.draft()), plan);
    const Plan copy = plan;
    EXPECT_EQ(&copy.rows(), &plan.rows()) << "copies share their storage";
}

TEST(PlanLaw, FindsEveryRowByItsIdAndFollowsEveryReference) {
    for (std::uint32_t seed = 0; seed < 100; ++seed) {
        const Plan plan(given::random_draft(seed, 1 + seed % 4));
        const Draft& rows = plan.rows();
        for (const Id<County> id : rows.counties.ids())
            ASSERT_EQ(plan.find<County>(to_text(rows.counties[id].code)), id);
        for (const Id<Post> id : rows.posts.ids()) {
            ASSERT_EQ(plan.find<Post>(rows.posts[id].id), id);
            ASSERT_EQ(rows.schools[plan.school_of(id)].id, rows.posts[id].school);
            ASSERT_EQ(std::ranges::count(plan.posts_of(plan.school_of(id)), id), 1);
        }
        for (const Id<Expert> id : rows.experts.ids())
            ASSERT_EQ(rows.senders[plan.sender_of(id)].id, rows.experts[id].sender);
        for (const Id<Goal> id : rows.goals.ids()) {
            const Id<Goal> parent = plan.parent_of(id);
            ASSERT_EQ(parent ? rows.goals[parent].id : "", rows.goals[id].parent);
        }
        for (const Id<Task> id : rows.tasks.ids()) {
            ASSERT_EQ(rows.goals[plan.goal_of(id)].id, rows.tasks[id].goal);
            ASSERT_EQ(plan.county_of(plan.goal_of(id)), plan.county_of(id));
        }
        ASSERT_FALSE(plan.find<Post>("no such post"));
        std::size_t schools = 0;
        for (const Id<County> id : rows.counties.ids())
            schools += CountyPlan(plan, id).schools().size();
        ASSERT_EQ(schools, rows.schools.size());
    }
}

TEST(Plan, FillsUnsetDatesWithItsPeriod) {
    Draft draft = given::small_draft();
    draft.posts.rows()[1].start = day("2026-01-01");
    const Plan plan(draft);
    EXPECT_EQ(plan.period_of(plan.find<Post>("P2")), (Period{day("2026-01-01"), day("2028-08-31")}));
    EXPECT_EQ(plan.availability_of(plan.find<Expert>("SZ-0002")), draft.period);
}

TEST(Fingerprint, LeavesFactsAndStaffingOutAndNothingElse) {
    const Plan plan(given::small_draft());
    Draft facts = plan.draft();
    facts.ledger.rows().pop_back();
    EXPECT_EQ(Plan(facts).fingerprint(), plan.fingerprint());
    EXPECT_NE(Plan(facts).digests().ledger, plan.digests().ledger);
    EXPECT_EQ(Plan(facts).digests().staffing, plan.digests().staffing);
    Draft staffing = plan.draft();
    staffing.staffing.clear();
    EXPECT_EQ(Plan(staffing).fingerprint(), plan.fingerprint());
    EXPECT_NE(Plan(staffing).digests().staffing, plan.digests().staffing);
    Draft rule = plan.draft();
    rule.rules = standard_rules();
    EXPECT_NE(Plan(rule).fingerprint(), plan.fingerprint());
}

TEST(FingerprintLaw, DiffersBetweenDifferentDrafts) {
    std::set<std::string> seen;
    for (std::uint32_t seed = 0; seed < 200; ++seed)
        seen.insert(to_text(digests_of(given::random_draft(seed, 2)).plan));
    EXPECT_EQ(seen.size(), 200U);
    // Known answer: version 5 of the name-based UUID, variant 1.
    const std::string text = to_text(fingerprint_of("countyplan"));
    EXPECT_EQ(text[14], '5');
    EXPECT_NE(std::string("89ab").find(text[19]), std::string::npos);
}

}  // namespace
