#include <countyplan/allocate/freeze.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include <countyplan/allocate/allocate.hpp>
#include <countyplan/allocate/score.hpp>
#include <countyplan/error.hpp>

#include "given/allocate.hpp"
#include "given/law.hpp"
#include "given/plan.hpp"

namespace countyplan {
namespace {

/// The code and the place of a refusal.
std::string refusal_of(const Plan& plan, const FreezeSelection& selection) {
    try {
        (void)freeze(plan, selection);
    } catch (const InvalidProblem& error) {
        return std::string(error.message().code()) + " " + error.place();
    }
    return "";
}

/// Whether the posting is of what the selection names, from its words.
bool is_meant(const Draft& draft, const Posting& posting, const FreezeSelection& selection) {
    const Post& post = given::row_of(draft.posts, posting.post);
    const School& school = given::row_of(draft.schools, post.school);
    std::vector<std::string> senders;
    for (std::string at = given::row_of(draft.experts, posting.expert).sender; !at.empty();
         at = given::row_of(draft.senders, at).parent)
        senders.push_back(at);
    const bool is_of = selection.of.empty() || std::ranges::any_of(selection.of, [&](const Reference& of) {
                           return of == Reference{Noun::plan, ""} || of == Reference{Noun::expert, posting.expert} ||
                                  of == Reference{Noun::post, post.id} || of == Reference{Noun::school, school.id} ||
                                  of == Reference{Noun::county, to_text(school.county)} ||
                                  (of.noun == Noun::sender && std::ranges::count(senders, of.id) > 0);
                       });
    return is_of && (!selection.before || posting.from < *selection.before) &&
           (!selection.after || posting.to > *selection.after);
}

// By person, sender, post, school, county, date and predicate: exactly the postings that the words name are frozen, and
// whoever is frozen serves in such a post or is named by the conflict.
TEST(FreezeLaw, WhoeverIsMeantStaysOrIsNamedByTheConflict) {
    std::map<Noun, std::size_t> used;
    std::size_t kept = 0;
    std::size_t impossible = 0;
    for (std::uint64_t seed = 0; seed < given::law_cases(20'000); ++seed) {
        SCOPED_TRACE(seed);
        const Plan plan(given::rich_draft(seed, {2 + seed % 5, 2 + seed % 3}));
        const Draft& rows = plan.rows();
        if (rows.staffing.empty()) continue;
        const Posting& one = rows.staffing.rows()[seed % rows.staffing.size()];
        const Post& post = given::row_of(rows.posts, one.post);
        const std::vector<Reference> holders = {
            {Noun::expert, one.expert},
            {Noun::post, post.id},
            {Noun::school, post.school},
            {Noun::county, to_text(given::row_of(rows.schools, post.school).county)},
            {Noun::sender, given::row_of(rows.experts, one.expert).sender},
            {Noun::plan, ""}};
        FreezeSelection selection;
        if (seed % 7 != 6) selection.of.push_back(holders[seed % 7 % holders.size()]);
        if (seed % 3 == 0) selection.before = one.from + std::chrono::days(1);
        if (seed % 4 == 0) selection.after = one.to - std::chrono::days(1);
        if (seed % 5 == 0)
            selection.picks = [&](Id<Expert> expert, Id<Post>) { return rows.experts[expert].id == one.expert; };
        for (const Reference& of : selection.of)
            ++used[of.noun];
        std::vector<Id<Posting>> meant;
        for (const Id<Posting> id : rows.staffing.ids()) {
            const bool is_picked = !selection.picks || rows.staffing[id].expert == one.expert;
            if (is_picked && is_meant(rows, rows.staffing[id], selection)) meant.push_back(id);
        }
        ASSERT_EQ(frozen_postings(plan, selection), meant);
        ASSERT_FALSE(meant.empty());
        const Plan frozen = freeze(plan, selection);
        const Allocation best = allocate(frozen);
        if (best.termination == Termination::infeasible) {
            ++impossible;
            ASSERT_TRUE(verify(frozen, best));
            continue;
        }
        ASSERT_EQ(best.termination, Termination::optimal);
        for (const Id<Posting> id : meant) {
            ++kept;
            const std::string& expert = rows.staffing[id].expert;
            const auto served = std::ranges::find(best.staffing, expert, &Posting::expert);
            ASSERT_NE(served, best.staffing.end()) << expert;
            ASSERT_TRUE(std::ranges::any_of(meant, [&](Id<Posting> other) {
                return rows.staffing[other].expert == expert && rows.staffing[other].post == served->post;
            })) << expert;
        }
    }
    for (const Noun noun : {Noun::expert, Noun::post, Noun::school, Noun::county, Noun::sender, Noun::plan})
        EXPECT_GT(used[noun], 0U) << name(noun);
    EXPECT_GT(kept, 0U);
    EXPECT_GT(impossible, 0U);
}

TEST(Freeze, RefusesASelectionByName) {
    Draft draft = given::small_draft();
    draft.staffing = Staffing();
    draft.staffing.push_back(
        {draft.experts.rows()[0].id, draft.posts.rows()[0].id, draft.period.from, draft.period.to});
    const Plan plan(draft);
    const std::string away = draft.experts.rows()[1].id;
    EXPECT_EQ(refusal_of(plan, {}), "");
    EXPECT_EQ(refusal_of(plan, {.of = {{Noun::school, "nowhere"}}}), "freeze_unknown of[0]");
    EXPECT_EQ(refusal_of(plan, {.of = {{Noun::plan, ""}, {Noun::expert, "E-no"}}}), "freeze_unknown of[1]");
    EXPECT_EQ(refusal_of(plan, {.of = {{Noun::task, "T-1"}}}), "freeze_kind of[0]");
    EXPECT_EQ(refusal_of(plan, {.of = {{Noun::expert, away}}}), "freeze_without_posting of[0]");
    EXPECT_EQ(refusal_of(plan, {.before = draft.period.from}), "freeze_nobody of");
    EXPECT_EQ(refusal_of(plan, {.after = draft.period.to}), "freeze_nobody of");
    EXPECT_EQ(refusal_of(plan, {.picks = [](Id<Expert>, Id<Post>) { return false; }}), "freeze_nobody of");
    FreezeSelection thrower{.picks = [](Id<Expert>, Id<Post>) -> bool { throw std::runtime_error("mine"); }};
    EXPECT_THROW((void)freeze(plan, thrower), std::runtime_error);
}

TEST(Freeze, TakesIdsThatAreFreeAndKeepsTheReason) {
    Draft draft = given::small_draft();
    draft.staffing = Staffing();
    draft.staffing.push_back(
        {draft.experts.rows()[0].id, draft.posts.rows()[0].id, draft.period.from, draft.period.to});
    draft.decisions.push_back({.id = "freeze-1", .kind = DecisionKind::no_worse});
    const Plan frozen = freeze(Plan(draft), {.reason = "term not over"});
    ASSERT_EQ(frozen.rows().decisions.size(), 2U);
    EXPECT_EQ(frozen.rows().decisions.rows()[1].id, "freeze-2");
    EXPECT_EQ(frozen.rows().decisions.rows()[1].reason, "term not over");
    const Plan twice = nobody_worse(nobody_worse(frozen));
    EXPECT_EQ(twice.rows().decisions.rows()[3].id, "no-worse-2");
}

// Whoever serves at present serves again, in a post wished for no less, and those who move are counted.
TEST(NobodyWorseLaw, EverybodyServesAgainWishedForNoLess) {
    std::size_t people = 0;
    Movers all;
    for (std::uint64_t seed = 0; seed < given::law_cases(10'000); ++seed) {
        SCOPED_TRACE(seed);
        const Plan plan = nobody_worse(Plan(given::rich_draft(seed, {2 + seed % 5, 2 + seed % 3})));
        const Draft& rows = plan.rows();
        const Allocation best = allocate(plan);
        if (best.termination == Termination::infeasible) continue;
        const FitScore fit(plan);
        std::map<std::string, std::vector<std::string>> held;
        for (const Posting& row : rows.staffing)
            held[row.expert].push_back(row.post);
        Movers counted;
        for (const Posting& row : best.staffing) {
            const auto was = held.find(row.expert);
            if (was == held.end()) {
                ++counted.begin;
                continue;
            }
            ++people;
            ++(std::ranges::count(was->second, row.post) > 0 ? counted.stay : counted.move);
            const auto wish = [&](const std::string& post) {
                return fit.value(FitFactor::wish, plan.find<Expert>(row.expert), plan.find<Post>(post));
            };
            for (const std::string& post : was->second)
                ASSERT_GE(wish(row.post), wish(post));
        }
        counted.leave = static_cast<std::int64_t>(held.size()) - counted.stay - counted.move;
        ASSERT_EQ(counted.leave, 0);
        ASSERT_EQ(movers(plan, best.staffing), counted);
        ASSERT_EQ(movers(plan, {}).leave, static_cast<std::int64_t>(held.size()));
        all.move += counted.move;
        all.begin += counted.begin;
    }
    EXPECT_GT(people, 0U);
    EXPECT_GT(all.move, 0);
    EXPECT_GT(all.begin, 0);
}

}  // namespace
}  // namespace countyplan
