#include <countyplan/plan/event.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include <countyplan/plan/event_messages.hpp>

#include "given/allocate.hpp"
#include "given/event.hpp"
#include "given/law.hpp"

namespace countyplan {
namespace {

Plan sample() {
    Draft draft = given::small_draft(3);
    draft.staffing.push_back({"E-0", "P-0", given::day("2024-09-01"), given::day("2025-08-31")});
    draft.staffing.push_back({"E-1", "P-1", given::day("2024-09-01"), given::day("2025-08-31")});
    for (Post& post : draft.posts)
        post.max = std::max<std::int64_t>(post.max, 2);
    draft.quotas.push_back({.id = "Q-1", .holder = {Noun::county, "451024"}, .upper = 5});
    draft.pairings.clear();
    draft.pairings.push_back({.sender = "MM", .receiver = "451024", .required = true});
    draft.pairings.push_back({.sender = "MM", .receiver = "school-3", .kind = PairingKind::school});
    return Plan(std::move(draft));
}

Event event(std::int64_t number, EventKind kind, std::string subject) {
    return {.number = number, .day = given::day("2025-03-01"), .kind = kind, .subject = std::move(subject)};
}

/// Code and place of what is wrong.
std::string wrong(const Plan& plan, const std::vector<Event>& events, const LastEvent& last = {}) {
    std::string out;
    for (const Finding& finding : check_events(plan, events, last))
        out += (out.empty() ? "" : " ") + std::string(finding.message.code()) + "@" + to_text(finding.place);
    return out;
}

TEST(Event, AResignationForbidsEveryPostThatReachesTheDayAndEndsThePosting) {
    const Plan plan = sample();
    const Event leaves = event(1, EventKind::resigns, "expert:E-0");
    const Plan now = apply_events(plan, {{leaves}});
    ASSERT_EQ(now.rows().decisions.size(), plan.rows().decisions.size() + 1);
    const Decision& decision = now.rows().decisions.rows().back();
    EXPECT_EQ(decision.id, "event-1");
    EXPECT_EQ(decision.kind, DecisionKind::forbid);
    EXPECT_EQ(decision.who, (Reference{Noun::expert, "E-0"}));
    EXPECT_EQ(decision.from, leaves.day);
    EXPECT_FALSE(decision.to.has_value());
    ASSERT_EQ(now.rows().staffing.size(), 1U);
    EXPECT_EQ(now.rows().staffing.rows().front().expert, "E-1");
    EXPECT_EQ(now.rows().experts.size(), plan.rows().experts.size());
}

TEST(Event, AnIllnessAfterAPostingLeavesThePosting) {
    Event ill = event(1, EventKind::ill, "expert:E-0");
    ill.from = given::day("2025-09-01");
    ill.to = given::day("2025-12-31");
    const Plan now = apply_events(sample(), {{ill}});
    EXPECT_EQ(now.rows().staffing.size(), 2U);
    EXPECT_EQ(now.rows().decisions.rows().back().to, ill.to);
    ill.from.reset();  // from the day of the event
    EXPECT_EQ(apply_events(sample(), {{ill}}).rows().staffing.size(), 1U);
}

TEST(Event, ExtendsPeopleAndPosts) {
    Event person = event(1, EventKind::extended, "expert:E-2");
    person.to = given::day("2028-01-31");
    Event post = event(2, EventKind::extended, "post:P-1");
    post.to = given::day("2028-02-29");
    const Plan now = apply_events(sample(), {{person, post}});
    EXPECT_EQ(given::row_of(now.rows().experts, "E-2").available_to, person.to);
    EXPECT_EQ(given::row_of(now.rows().posts, "P-1").end, post.to);
}

TEST(Event, AddsSchoolsAndThenTheirPosts) {
    Event school = event(1, EventKind::new_school, "");
    school.school = School{.id = "school-9", .county = *Code::parse("451026"), .assisted = true};
    Event post = event(2, EventKind::new_post, "");
    post.post = Post{.id = "P-9", .school = "school-9", .subject = "maths"};
    Event longer = event(3, EventKind::extended, "post:P-9");
    longer.to = given::day("2028-02-29");
    const Plan now = apply_events(sample(), {{school, post, longer}});
    EXPECT_EQ(now.rows().schools.rows().back(), *school.school);
    EXPECT_EQ(now.rows().posts.rows().back().end, longer.to);
    EXPECT_EQ(wrong(sample(), {Event{.number = 1, .day = post.day, .kind = EventKind::new_post, .post = post.post}}),
              "unknown_reference@events[0].post.school");
    post.post->min = 5;
    EXPECT_EQ(wrong(sample(), {school, post}), "bounds_crossed@events[1].post.target");
    post.post = given::row_of(sample().rows().posts, "P-0");
    EXPECT_EQ(wrong(sample(), {school, post}), "duplicate_id@events[1].post.id");
}

TEST(Event, MovesEveryPairingWithTheReceiver) {
    Event moved = event(1, EventKind::pairing_moved, "sender:MM");
    moved.was = "451024";
    moved.now = "451026";
    const Plan now = apply_events(sample(), {{moved}});
    EXPECT_EQ(now.rows().pairings.rows()[0].receiver, "451026");
    EXPECT_TRUE(now.rows().pairings.rows()[0].required);
    moved.now = "999999";
    EXPECT_EQ(wrong(sample(), {moved}), "unknown_receiver@events[0].now");
    moved.now = "school-3";
    EXPECT_EQ(wrong(sample(), {moved}), "event_paired_already@events[0].now");
    moved.was = "451026";
    moved.now = "school-1";
    EXPECT_EQ(wrong(sample(), {moved}), "event_not_paired@events[0].was");
}

TEST(Event, StatesTheBoundsOfAQuotaAnew) {
    Event quota = event(1, EventKind::quota_changed, "quota:Q-1");
    quota.lower = 1;
    const Plan now = apply_events(sample(), {{quota}});
    EXPECT_EQ(now.rows().quotas.rows()[0].lower, 1);
    EXPECT_FALSE(now.rows().quotas.rows()[0].upper.has_value());
    quota.subject = "role:BA/mid_level";
    quota.lower.reset();
    quota.upper = 3;
    EXPECT_EQ(given::row_of(apply_events(sample(), {{quota}}).rows().senders, "BA").quota_mid_level, 3);
    quota.subject = "sender:BA";
    EXPECT_EQ(given::row_of(apply_events(sample(), {{quota}}).rows().senders, "BA").quota_total, 3);
}

TEST(Event, RefusesALogWithAGapOrANumberTwice) {
    const Plan plan = sample();
    const auto leaves = [](std::int64_t number, const char* who) { return event(number, EventKind::resigns, who); };
    EXPECT_EQ(wrong(plan, {leaves(1, "expert:E-0"), leaves(3, "expert:E-1")}), "event_gap@events[1].number");
    EXPECT_EQ(wrong(plan, {leaves(1, "expert:E-0"), leaves(1, "expert:E-1")}), "event_again@events[1].number");
    EXPECT_EQ(wrong(plan, {leaves(2, "expert:E-0"), leaves(1, "expert:E-1")}),
              "event_gap@events[0].number event_again@events[1].number");
    EXPECT_EQ(wrong(plan, {leaves(0, "expert:E-0")}), "event_again@events[0].number");
    EXPECT_EQ(wrong(plan, {leaves(5, "expert:E-0")}, {4, given::day("2025-01-01")}), "");
}

TEST(Event, RefusesADayBeforeThatOfTheEventBefore) {
    Event first = event(1, EventKind::resigns, "expert:E-0");
    Event second = event(2, EventKind::resigns, "expert:E-1");
    second.day = given::day("2025-02-28");
    EXPECT_EQ(wrong(sample(), {first, second}), "event_day_back@events[1].day");
    second.number = 1;
    EXPECT_EQ(wrong(sample(), {second}, {0, first.day}), "event_day_back@events[0].day");
}

TEST(Event, RefusesWhomThePlanDoesNotKnowWithTheNearestId) {
    const Findings found = check_events(sample(), {{event(1, EventKind::resigns, "expert:E-O")}});
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].message.code(), "unknown_reference");
    EXPECT_EQ(found[0].remedy.code(), "nearest_id");
    EXPECT_EQ(wrong(sample(), {event(1, EventKind::pairing_moved, "sender:XX")}),
              "required_field@events[0].was required_field@events[0].now");
    Event quota = event(1, EventKind::quota_changed, "quota:Q-9");
    EXPECT_EQ(wrong(sample(), {quota}), "event_unknown_quota@events[0].subject");
    quota.subject = "role:SZ/cook";
    EXPECT_EQ(wrong(sample(), {quota}), "event_subject@events[0].subject");
    quota.subject = "sender:";
    EXPECT_EQ(wrong(sample(), {quota}), "event_subject@events[0].subject");
}

TEST(Event, RefusesWhoeverHasLeftAlsoInALaterPartOfTheLog) {
    const Event leaves = event(1, EventKind::resigns, "expert:E-0");
    Event ill = event(2, EventKind::ill, "expert:E-0");
    ill.to = given::day("2025-12-31");
    EXPECT_EQ(wrong(sample(), {leaves, ill}), "event_after_leaving@events[1].subject");
    const Plan now = apply_events(sample(), {{leaves}});
    EXPECT_EQ(wrong(now, {ill}, {1, leaves.day}), "event_after_leaving@events[0].subject");
}

TEST(Event, RefusesFieldsThatItsKindDoesNotSpeakOf) {
    Event leaves = event(1, EventKind::resigns, "expert:E-0");
    leaves.to = leaves.day;
    leaves.upper = 3;
    leaves.was = "x";
    EXPECT_EQ(wrong(sample(), {leaves}),
              "event_unused@events[0].to event_unused@events[0].was event_unused@events[0].upper");
    Event post = event(1, EventKind::new_post, "post:P-9");
    EXPECT_EQ(wrong(sample(), {post}), "event_unused@events[0].subject required_field@events[0].post");
    Event bound = event(1, EventKind::quota_changed, "sender:SZ");
    bound.lower = 1;
    EXPECT_EQ(wrong(sample(), {bound}), "event_unused@events[0].lower");
}

TEST(Event, RefusesDaysAndBoundsThatCross) {
    Event ill = event(1, EventKind::ill, "expert:E-0");
    ill.to = given::day("2025-02-01");
    EXPECT_EQ(wrong(sample(), {ill}), "period_reversed@events[0].to");
    Event shorter = event(1, EventKind::extended, "post:P-1");
    shorter.to = given::day("2020-01-01");
    EXPECT_EQ(wrong(sample(), {shorter}), "event_not_later@events[0].to");
    Event bound = event(1, EventKind::quota_changed, "quota:Q-1");
    bound.lower = 3;
    bound.upper = 2;
    EXPECT_EQ(wrong(sample(), {bound}), "bounds_crossed@events[0].upper");
    bound.lower.reset();
    bound.upper = -1;
    EXPECT_EQ(wrong(sample(), {bound}), "number_outside@events[0].upper");
}

TEST(Event, ApplyingThrowsAllThatIsWrong) {
    const std::vector<Event> events = {event(1, EventKind::resigns, "expert:?"), event(3, EventKind::resigns, "E-1")};
    try {
        (void)apply_events(sample(), events);
        FAIL();
    } catch (const InvalidPlan& invalid) {
        EXPECT_EQ(invalid.findings(), check_events(sample(), events));
        EXPECT_EQ(invalid.findings().size(), 2U);
    }
}

TEST(EventLaw, ALogLeavesTheSamePlanInPartsAsAtOnce) {
    for (std::uint64_t seed = 0; seed < given::law_cases(2000); ++seed) {
        SCOPED_TRACE(seed);
        const Plan plan(given::rich_draft(seed));
        const auto events = given::random_events(plan, seed, 6);
        const Plan whole = apply_events(plan, events);
        EXPECT_EQ(whole, apply_events(plan, events));
        for (std::size_t cut = 0; cut <= events.size(); ++cut) {
            const std::span<const Event> first(events.data(), cut);
            const std::span<const Event> rest = std::span(events).subspan(cut);
            const Plan parts = apply_events(apply_events(plan, first), rest, last_of(first));
            ASSERT_EQ(parts, whole);
            ASSERT_EQ(parts.digests(), whole.digests());
        }
    }
}

TEST(EventLaw, EveryKindComesUp) {
    std::set<EventKind> kinds;
    for (std::uint64_t seed = 0; seed < 20; ++seed)
        for (const Event& row : given::random_events(Plan(given::rich_draft(seed)), seed, 6))
            kinds.insert(row.kind);
    EXPECT_EQ(kinds.size(), enumerator_count<EventKind>);
}

TEST(EventMessages, HaveACodeOfTheirOwnAndBothTexts) {
    std::set<std::string_view> codes;
    for (const MessageText* row : all_event_messages) {
        EXPECT_TRUE(codes.insert(row->code).second) << row->code;
        EXPECT_NE(row->zh, row->en);
    }
    EXPECT_EQ(codes.size(), 11U);
}

}  // namespace
}  // namespace countyplan
