#include <countyplan/allocate/replan.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include <countyplan/allocate/impl/sifted_pairs.hpp>
#include <countyplan/allocate/replan_messages.hpp>

#include "expect/verdict.hpp"
#include "given/allocate.hpp"
#include "given/event.hpp"
#include "given/law.hpp"

namespace countyplan {
namespace {

using expect::told;

/// A school with two physics posts, and three teachers.
Plan physics() {
    Draft draft;
    draft.period = {given::day("2024-09-01"), given::day("2026-02-28")};
    draft.counties.push_back({.code = *Code::parse("451024")});
    draft.schools.push_back({.id = "DB-1", .county = *Code::parse("451024"), .assisted = true});
    draft.senders.push_back({.id = "SZ", .quota_total = 3});
    for (const char* id : {"P-0", "P-1"})
        draft.posts.push_back({.id = id, .school = "DB-1", .subject = "physics", .min = 1});
    for (const char* id : {"SZ-0", "SZ-1", "SZ-2"})
        draft.experts.push_back({.id = id,
                                 .sender = "SZ",
                                 .roles = {Role::teacher},
                                 .subjects = {"physics"},
                                 .title = std::string(id) == "SZ-2" ? Title::none : Title::senior});
    return Plan(std::move(draft));
}

Event leaves(std::int64_t number, const std::string& who) {
    return {.number = number, .day = given::day("2024-10-08"), .subject = "expert:" + who};
}

TEST(Replan, SomebodyAtHomeComesForSomebodyWhoLeaves) {
    const Plan plan = physics();
    const Allocation former = allocate(plan);
    const std::string who = former.staffing.rows().front().expert;
    const Replan now = replan(plan, former, {{leaves(1, who)}});
    EXPECT_EQ(now.allocation.termination, Termination::optimal);
    EXPECT_TRUE(verify(now.plan, now.allocation)) << told(examine(now.plan, now.allocation));
    EXPECT_EQ(now.last, (LastEvent{1, given::day("2024-10-08")}));
    EXPECT_EQ(now.stays, 1);
    std::set<std::string> words;
    for (const PostingChange& change : now.changes)
        words.insert(text(describe(change), Language::en));
    const std::string post = former.staffing.rows().front().post;
    EXPECT_EQ(words, (std::set<std::string>{"'" + who + "' leaves '" + post + "' and goes home",
                                            "'SZ-2' comes to '" + post + "'"}));
}

TEST(Replan, WhoeverIsFrozenStaysAndWhoeverLeavesIsNotMeant) {
    Draft draft = physics().draft();
    const Period period = draft.period;
    draft.staffing = Staffing({{"SZ-1", "P-1", period.from, period.to}, {"SZ-2", "P-0", period.from, period.to}});
    const Plan plan(draft);
    const Allocation former = allocate(plan);
    const std::vector<Event> events = {leaves(1, "SZ-1")};
    ReplanOptions options;
    options.freeze = FreezeSelection{};
    const Replan now = replan(plan, former, events, options);
    ASSERT_EQ(now.plan.rows().decisions.size(), 2U);  // the event's, and this one
    EXPECT_EQ(now.plan.rows().decisions.rows()[1].kind, DecisionKind::keep);
    EXPECT_EQ(now.plan.rows().decisions.rows()[1].who.id, "SZ-2");
    ASSERT_EQ(now.allocation.termination, Termination::optimal);
    EXPECT_TRUE(std::ranges::any_of(now.allocation.staffing, [](const Posting& posting) {
        return posting.expert == "SZ-2" && posting.post == "P-0";
    }));
    EXPECT_TRUE(verify(now.plan, now.allocation)) << told(examine(now.plan, now.allocation));
    options.freeze = FreezeSelection{.of = {{Noun::expert, "SZ-1"}}};
    EXPECT_THROW((void)replan(plan, former, events, options), InvalidProblem);
    EXPECT_THROW(Replanner(plan, former, options), std::invalid_argument);
    options = {.nobody_worse = true};
    EXPECT_THROW(Replanner(plan, former, options), std::invalid_argument);
}

TEST(ReplanLaw, WhatIsDecidedBesidesIsWhatThePlanWouldDecide) {
    std::size_t frozen = 0;
    for (std::uint64_t seed = 0; seed < given::law_cases(10'000); ++seed) {
        const Plan plan(given::rich_draft(seed));
        const Allocation former = allocate(plan);
        const bool has_somebody = !frozen_postings(plan, {}).empty();
        ReplanOptions options;
        if (has_somebody && seed % 2 == 0) options.freeze = FreezeSelection{};
        options.nobody_worse = seed % 3 == 0;
        Plan wanted = plan;
        if (options.freeze) wanted = freeze(wanted, *options.freeze);
        if (options.nobody_worse) wanted = nobody_worse(wanted);
        frozen += options.freeze ? 1U : 0U;
        const Replan now = replan(plan, former, {}, options);
        const Allocation whole = allocate(wanted);
        ASSERT_EQ(now.plan, wanted) << seed;
        ASSERT_EQ(now.allocation.termination, whole.termination) << seed;
        ASSERT_EQ(now.allocation.tiers, whole.tiers) << seed;
        ASSERT_TRUE(verify(now.plan, now.allocation)) << seed << told(examine(now.plan, now.allocation));
    }
    EXPECT_GT(frozen, given::law_cases(10'000) / 10);
}

TEST(Replan, SaysSoWhenAnObligedPersonLeaves) {
    Draft draft = physics().draft();
    draft.decisions.push_back({.id = "D-1", .kind = DecisionKind::require, .who = {Noun::expert, "SZ-1"}});
    const Plan plan(std::move(draft));
    const Replan now = replan(plan, allocate(plan), {{leaves(1, "SZ-1")}});
    EXPECT_EQ(now.allocation.termination, Termination::infeasible);
    EXPECT_TRUE(now.changes.empty());
    const auto bounds = conflict(now.plan, now.allocation);
    ASSERT_EQ(bounds.size(), 1U);
    EXPECT_EQ(bounds[0].set, "must:SZ-1");
    Replanner repairs(plan, allocate(plan));
    EXPECT_EQ(repairs.add(leaves(1, "SZ-1")).termination, Termination::infeasible);
}

TEST(Replan, WhoeverWasKeptInAPostMayServeElsewhereOnceTheyAreIll) {
    for (const DecisionKind kind : {DecisionKind::keep, DecisionKind::no_worse}) {
        Draft draft = physics().draft();
        draft.experts.rows().resize(1);
        draft.experts.rows().front().prefers = {{Noun::post, "P-1"}};
        draft.posts.rows()[0].end = given::day("2025-02-28");
        draft.posts.rows()[1].start = given::day("2025-03-01");
        draft.staffing = Staffing({{"SZ-0", "P-1", given::day("2025-03-01"), given::day("2026-02-28")}});
        draft.decisions.push_back({.id = "D-1", .kind = kind, .who = {Noun::sender, "SZ"}});
        const Plan plan(std::move(draft));
        Replanner repairs(plan, allocate(plan));
        ASSERT_EQ(repairs.staffing().rows().front().post, "P-1");
        Event ill{.number = 1, .day = given::day("2024-10-08"), .kind = EventKind::ill, .subject = "expert:SZ-0"};
        ill.from = given::day("2025-06-01");
        ill.to = given::day("2025-06-30");
        const Repair now = repairs.add(ill);
        EXPECT_EQ(now.tiers, allocate(repairs.plan()).tiers);
        ASSERT_EQ(repairs.staffing().size(), 1U);
        EXPECT_EQ(repairs.staffing().rows().front().post, "P-0");
    }
}

TEST(Replan, ACancelledOneKeepsTheEventForTheNext) {
    const Plan plan = physics();
    Replanner repairs(plan, allocate(plan));
    std::stop_source source;
    source.request_stop();
    const Repair stopped = repairs.add(leaves(1, "SZ-0"), {.token = source.get_token()});
    EXPECT_EQ(stopped.termination, Termination::unknown);
    EXPECT_EQ(stopped.cause, Cause::cancelled);
    EXPECT_TRUE(stopped.moves.empty());
    Event post{.number = 2, .day = given::day("2024-10-08"), .kind = EventKind::new_post};
    post.post = Post{.id = "P-2", .school = "DB-1", .subject = "physics", .min = 1};
    EXPECT_EQ(repairs.add(post, {.token = source.get_token()}).termination, Termination::unknown);
    const Repair now = repairs.add(leaves(3, "SZ-1"));
    EXPECT_EQ(now.termination, Termination::optimal);
    EXPECT_TRUE(now.rebuilt);
    EXPECT_EQ(now.tiers, allocate(repairs.plan()).tiers);
}

TEST(Replan, AWrongEventChangesNothing) {
    const Plan plan = physics();
    Replanner repairs(plan, allocate(plan));
    const Staffing before = repairs.staffing();
    EXPECT_THROW((void)repairs.add(leaves(2, "SZ-0")), InvalidPlan);
    EXPECT_THROW((void)repairs.add(leaves(1, "SZ-9")), InvalidPlan);
    Event post{.number = 1, .day = given::day("2024-10-08"), .kind = EventKind::new_post};
    post.post = Post{.id = "P-2", .school = "DB-7", .subject = "physics", .min = 1};
    try {
        (void)repairs.add(post);
        FAIL();
    } catch (const InvalidPlan& invalid) {
        EXPECT_EQ(to_text(invalid.findings().front().place), "events[0].post.school");
    }
    EXPECT_EQ(repairs.plan(), plan);
    EXPECT_EQ(repairs.staffing(), before);
    EXPECT_EQ(repairs.last(), LastEvent{});
    post.post->school = "DB-1";
    EXPECT_EQ(repairs.add(post).termination, Termination::optimal);
}

TEST(Replan, ACopyGoesItsOwnWay) {
    const Plan plan = physics();
    Replanner one(plan, allocate(plan));
    Replanner other = one;
    (void)one.add(leaves(1, "SZ-0"));
    EXPECT_EQ(other.plan(), plan);
    EXPECT_EQ(other.add(leaves(1, "SZ-2")).tiers, allocate(other.plan()).tiers);
}

TEST(ReplanLaw, EveryRepairIsAsGoodAsAFullSolve) {
    std::map<EventKind, int> edited;
    for (std::uint64_t seed = 0; seed < given::law_cases(20'000); ++seed) {
        SCOPED_TRACE(seed);
        const Plan plan(given::rich_draft(seed, {.experts = 6, .posts = 5}));
        const Allocation former = allocate(plan);
        const auto events = given::random_events(plan, seed, 5);
        Replanner repairs(plan, former);
        ASSERT_EQ(repairs.start().termination, former.termination);
        ASSERT_EQ(repairs.start().tiers, former.tiers);
        std::map<std::string, std::string> post_of;
        for (const Posting& posting : repairs.staffing())
            post_of[posting.expert] = posting.post;
        for (std::size_t k = 0; k < events.size(); ++k) {
            SCOPED_TRACE(k);
            const Repair repair = repairs.add(events[k]);
            if (!repair.rebuilt) ++edited[events[k].kind];
            const Plan now = apply_events(plan, std::span(events).first(k + 1));
            ASSERT_EQ(repairs.plan(), now);
            const Allocation full = allocate(now);
            ASSERT_EQ(repair.termination, full.termination);
            ASSERT_EQ(repair.tiers, full.tiers);
            if (full.termination != Termination::optimal) {
                ASSERT_TRUE(repair.moves.empty());
                continue;
            }
            for (const PostMove& move : repair.moves) {
                const std::string& expert = now.rows().experts[move.expert].id;
                ASSERT_EQ(post_of[expert], move.was ? now.rows().posts[move.was].id : "");
                post_of[expert] = move.now ? now.rows().posts[move.now].id : "";
            }
            std::erase_if(post_of, [](const auto& entry) { return entry.second.empty(); });
            ASSERT_EQ(post_of.size(), repairs.staffing().size());
            for (const Posting& posting : repairs.staffing())
                ASSERT_EQ(post_of[posting.expert], posting.post);
            const Allocation told_whole = repairs.allocation();
            ASSERT_TRUE(verify(now, told_whole)) << told(examine(now, told_whole));
            ASSERT_EQ(told_whole.tiers, full.tiers);
        }
        const Replan whole = replan(plan, former, events);
        ASSERT_EQ(whole.plan, repairs.plan());
        ASSERT_EQ(whole.allocation.tiers, allocate(whole.plan).tiers);
        ASSERT_EQ(whole, replan(plan, former, events));  // a replay of the log
    }
    EXPECT_GT(edited[EventKind::resigns], 0);
    EXPECT_GT(edited[EventKind::ill], 0);
    EXPECT_GT(edited[EventKind::quota_changed], 0);
}

TEST(ReplanLaw, WhatIsSiftedIsAsGoodAsTheWholeAndProved) {
    std::size_t optimal = 0;
    for (std::uint64_t seed = 0; seed < given::law_cases(20'000); ++seed) {
        SCOPED_TRACE(seed);
        Draft draft = given::small_draft(seed, {.experts = 12, .posts = 8});
        if (seed % 2 == 0) draft.rules.clear();
        NestedFlowProblem flow = allocation_problem(Plan(std::move(draft)))->flow;
        ASSERT_EQ(flow.pair_tier + 1, flow.tiers);
        const auto nowhere = static_cast<std::uint32_t>(flow.right.groups());
        flow.right.parent.push_back(NestedQuotas::outermost);
        flow.right.lower.push_back(0);
        flow.right.upper.push_back(0);
        flow.right.first_piece.push_back(flow.right.from.size());
        NestedFlowStart start{{}, std::get<NestedFlowPotentials>(solve(flow).certificate)};
        start.pair_of = solve(flow).pair_of;
        detail::SiftedPairs sifted({.least_pairs = 0, .kept = 1 + seed % 3});
        Random random(seed, 8);
        for (int change = 0; change < 6 && flow.pairs() > 0; ++change) {
            if (random.chance(1, 3)) {
                const std::size_t group = random.below(nowhere);
                flow.right.upper[group] = flow.right.lower[group] + static_cast<std::int64_t>(random.below(3));
            } else {
                const std::size_t item = random.below(flow.items());
                for (std::size_t pair = flow.first[item]; pair < flow.first[item + 1]; ++pair)
                    if (random.chance(2, 3)) flow.to[pair] = nowhere;
            }
            NestedFlowResult found = sifted.solve(flow, start, nowhere, {});
            const NestedFlowResult whole = solve(flow);
            ASSERT_EQ(found.termination, whole.termination);
            ASSERT_EQ(found.cost, whole.cost);
            if (found.termination != Termination::optimal) continue;
            ++optimal;
            auto& potentials = std::get<NestedFlowPotentials>(found.certificate);
            start = {found.pair_of, potentials};
            for (std::size_t t = 0; t < flow.tiers; ++t)
                potentials.right[nowhere * flow.tiers + t] = -(std::int64_t{1} << 59);
            ASSERT_TRUE(verify(flow, found)) << examine(flow, found).place;
        }
    }
    EXPECT_GT(optimal, 2 * given::law_cases(20'000));
}

TEST(ReplanMessages, HaveACodeOfTheirOwnAndBothTexts) {
    std::set<std::string_view> codes;
    for (const MessageText* row : all_replan_messages) {
        EXPECT_TRUE(codes.insert(row->code).second) << row->code;
        EXPECT_NE(row->zh, row->en);
    }
    EXPECT_EQ(codes.size(), 13U);
}

}  // namespace
}  // namespace countyplan
