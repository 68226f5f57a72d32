#include <countyplan/plan/plan.hpp>

#include <algorithm>
#include <set>
#include <string>
#include <utility>

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

TEST(Fingerprint, IsTheNameBasedUuidThatOthersCompute) {
    // by Python's uuid.uuid5 in the namespace 6f1d5b0a-3c7e-4b52-9a41-8e27d066f319
    EXPECT_EQ(to_text(fingerprint_of("countyplan")), "662b7836-1b97-55ed-af99-9238c0fcab7b");
    const std::pair<std::size_t, const char*> known[] = {
        {0, "d934b529-954b-5d42-a2f8-dde317cb07c2"},     {1, "f46501d5-5d6b-50d4-9c8b-55aa2a1c6d4f"},
        {38, "d7c8f8a9-6300-581f-9e3f-8fb60ee68175"},    {39, "1b90e6ba-f42b-592e-9284-0b763f92eb78"},
        {40, "1122e09f-8401-5e74-b8be-125d8aab5b1c"},    {47, "0799d811-327e-5bd9-ab09-257542fe841d"},
        {48, "9760908a-fc59-50bf-b376-86d2539bf8a7"},    {49, "57c16b6c-3ee4-503f-b2f5-b383a13b5d01"},
        {112, "53cc8384-91a0-5566-a050-c89661b481ab"},   {32751, "05a5b82d-00dd-52b2-ac65-4cab44b24db7"},
        {32752, "f7e5664d-79db-5937-9a5f-33292252302d"}, {100000, "8c1367bd-e4c0-52f1-8d87-7e4f39a5b119"},
    };
    for (const auto& [size, uuid] : known)
        EXPECT_EQ(to_text(fingerprint_of(std::string(size, 'a'))), uuid) << size;
}

}  // namespace
