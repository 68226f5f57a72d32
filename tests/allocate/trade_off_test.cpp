#include <countyplan/allocate/trade_off.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "given/allocate.hpp"
#include "given/law.hpp"

namespace countyplan {
namespace {

using Values = std::vector<Int128>;

/// Tiers to be minimised.
Values costs(const std::vector<TierValue>& tiers) {
    Values out;
    for (const TierValue& tier : tiers)
        out.push_back(is_gain(tier.tier) ? Int128(0) - tier.value : tier.value);
    return out;
}

std::int64_t moves(const Plan& plan, const Staffing& former, const Staffing& now) {
    std::set<std::string> posted;
    for (const Posting& posting : former)
        if (plan.find<Expert>(posting.expert)) posted.insert(posting.expert);
    std::set<std::string> stay;
    for (const Posting& a : former)
        for (const Posting& b : now)
            if (a.expert == b.expert && a.post == b.post) stay.insert(a.expert);
    return static_cast<std::int64_t>(posted.size() - stay.size());
}

/// Calls `visit(staffing, tiers)` for every staffing that keeps the rules.
template <class Visit>
void for_each_staffing(const Plan& plan, const Visit& visit) {
    const std::size_t posts = plan.rows().posts.size();
    std::vector<std::size_t> at(plan.rows().experts.size(), 0);
    while (true) {
        std::vector<Posting> postings;
        for (std::size_t e = 0; e < at.size(); ++e) {
            if (at[e] == 0) continue;
            const Id<Post> post(at[e] - 1);
            const Period period = plan.period_of(post);
            postings.push_back(
                {plan.rows().experts[Id<Expert>(e)].id, plan.rows().posts[post].id, period.from, period.to});
        }
        const Staffing staffing(std::move(postings));
        const auto tiers = tier_values(plan, staffing);
        if (examine(plan, staffing, tiers, {}, Claim::feasible).accepted) visit(staffing, tiers);
        std::size_t e = 0;
        while (e < at.size() && ++at[e] > posts)
            at[e++] = 0;
        if (e == at.size()) return;
    }
}

/// Per number of moves the best tiers, among staffings whose tiers before `place` are the best there are.
std::map<std::int64_t, Values> best_of_moves(const Plan& plan, const Staffing& former, std::size_t place) {
    std::map<std::int64_t, Values> out;
    Values first;
    for_each_staffing(plan, [&](const Staffing& staffing, const std::vector<TierValue>& tiers) {
        const Values cost = costs(tiers);
        const Values before(cost.begin(), cost.begin() + static_cast<std::ptrdiff_t>(place));
        if (out.empty() || before < first) {
            out.clear();
            first = before;
        }
        if (before != first) return;
        const auto [entry, is_new] = out.try_emplace(moves(plan, former, staffing), cost);
        if (!is_new) entry->second = std::min(entry->second, cost);
    });
    return out;
}

/// Corners of the lower convex hull, from the fewest moves to the least cost in the tier.
std::vector<std::int64_t> corners(const std::map<std::int64_t, Values>& best, std::size_t place) {
    std::vector<std::int64_t> out;
    const auto loss = [&](std::int64_t m) { return best.at(m)[place].value; };
    for (const auto& [m, cost] : best) {
        if (!out.empty() && loss(m) >= loss(out.back())) continue;
        while (out.size() >= 2) {
            const std::int64_t a = out[out.size() - 2];
            const std::int64_t b = out.back();
            if ((loss(b) - loss(a)) * (m - a) < (loss(m) - loss(a)) * (b - a)) break;
            out.pop_back();
        }
        out.push_back(m);
    }
    return out;
}

Staffing some_staffing(const Plan& plan, std::uint64_t seed) {
    Random random(seed, 5);
    std::vector<Posting> out;
    for (const Expert& expert : plan.rows().experts) {
        if (random.chance(1, 3) || plan.rows().posts.empty()) continue;
        const Post& post = plan.rows().posts.rows()[random.below(plan.rows().posts.size())];
        out.push_back({expert.id, post.id, plan.rows().period.from, plan.rows().period.to});
    }
    out.push_back({"nobody", "P-0", plan.rows().period.from, plan.rows().period.to});
    return Staffing(std::move(out));
}

TEST(TradeOffLaw, EveryCornerIsThatOfAllStaffings) {
    std::size_t points = 0;
    for (std::uint64_t seed = 0; seed < given::law_cases(4'000); ++seed) {
        SCOPED_TRACE(seed);
        const Plan plan(given::rich_draft(seed, {.experts = 5, .posts = 3}));
        const Staffing former = some_staffing(plan, seed);
        for (std::size_t place = 0; place < plan.rows().objective.size(); ++place) {
            const Tier against = plan.rows().objective[place];
            const TradeOff curve = trade_off(plan, former, {.against = against});
            const auto best = best_of_moves(plan, former, place);
            ASSERT_TRUE(verify(plan, former, curve));
            if (best.empty()) {
                ASSERT_EQ(curve.termination, Termination::infeasible);
                continue;
            }
            ASSERT_EQ(curve.termination, Termination::optimal);
            std::vector<std::int64_t> found;
            for (const TradePoint& point : curve.points) {
                found.push_back(point.moves);
                ASSERT_EQ(costs(point.tiers), best.at(point.moves));
                ASSERT_EQ(point.value, point.tiers[place].value);
                ASSERT_EQ(point.moves, moves(plan, former, point.staffing));
            }
            ASSERT_EQ(found, corners(best, place));
            for (const TradeBox& box : curve.open) {
                for (const auto& [m, cost] : best) {
                    if (m > box.most_moves) continue;
                    const Int128 possible = is_gain(against) ? Int128(0) - box.possible : box.possible;
                    ASSERT_LE(possible, cost[place]);
                }
            }
            points += curve.points.size();
        }
    }
    EXPECT_GT(points, given::law_cases(4'000));
}

TEST(TradeOffLaw, TheEndsAreAllocationsWithMovesAsATier) {
    for (std::uint64_t seed = 0; seed < given::law_cases(10'000); ++seed) {
        SCOPED_TRACE(seed);
        Draft draft = given::rich_draft(seed, {.experts = 7, .posts = 6});
        std::erase(draft.objective, Tier::moves);
        if (draft.objective.empty()) draft.objective = standard_objective();
        const Plan plan(draft);
        const std::size_t place = seed % draft.objective.size();
        const TradeOff curve = trade_off(plan, draft.staffing, {.against = draft.objective[place]});
        const auto best_with_moves_at = [&](std::size_t at) {
            Draft other = draft;
            other.objective.insert(other.objective.begin() + static_cast<std::ptrdiff_t>(at), Tier::moves);
            return allocate(Plan(std::move(other)));
        };
        const Allocation still = best_with_moves_at(place);
        const Allocation best = best_with_moves_at(place + 1);
        if (still.termination == Termination::infeasible) {
            ASSERT_EQ(curve.termination, Termination::infeasible);
            continue;
        }
        const auto without_moves = [](std::vector<TierValue> tiers) {
            std::erase_if(tiers, [](const TierValue& tier) { return tier.tier == Tier::moves; });
            return tiers;
        };
        ASSERT_EQ(curve.points.front().tiers, without_moves(still.tiers));
        ASSERT_EQ(curve.points.back().tiers, without_moves(best.tiers));
        ASSERT_EQ(Int128(curve.points.front().moves), still.tiers[place].value);
        ASSERT_EQ(Int128(curve.points.back().moves), best.tiers[place + 1].value);
    }
}

/// A curve of at least three points.
std::pair<Plan, Staffing> with_corners() {
    for (std::uint64_t seed = 0;; ++seed) {
        Draft draft = given::small_draft(seed, {.experts = 12, .posts = 8});
        draft.rules.clear();
        const Plan plan(std::move(draft));
        const Staffing former = some_staffing(plan, seed);
        if (trade_off(plan, former).points.size() >= 3) return {plan, former};
    }
}

TEST(TradeOff, BrokenStatementsAreRefused) {
    const auto [plan, former] = with_corners();
    const TradeOff right = trade_off(plan, former);
    ASSERT_TRUE(verify(plan, former, right));
    const auto refuses = [&, &plan = plan, &former = former](auto change) {
        TradeOff wrong = right;
        change(wrong);
        return !verify(plan, former, wrong);
    };
    EXPECT_TRUE(refuses([](TradeOff& c) { ++c.points[1].moves; }));
    EXPECT_TRUE(refuses([](TradeOff& c) { c.points[1].value += Int128(1); }));
    EXPECT_TRUE(refuses([](TradeOff& c) { c.points[1].tiers[0].value += Int128(1); }));
    EXPECT_TRUE(refuses([](TradeOff& c) { c.points[1].staffing.rows().pop_back(); }));
    EXPECT_TRUE(refuses([](TradeOff& c) { std::swap(c.points[0], c.points[1]); }));
    EXPECT_TRUE(refuses([](TradeOff& c) { c.points.erase(c.points.begin() + 1); }));
    EXPECT_TRUE(refuses([](TradeOff& c) { c.points.clear(); }));
    EXPECT_TRUE(refuses([](TradeOff& c) { c.proofs.pop_back(); }));
    EXPECT_TRUE(refuses([](TradeOff& c) { c.proofs.erase(c.proofs.begin()); }));
    EXPECT_TRUE(refuses([](TradeOff& c) { c.proofs[0].weights = {1, 1'000'000'000}; }));
    EXPECT_TRUE(refuses([](TradeOff& c) { c.proofs[0].weights = {-1, 0}; }));
    EXPECT_TRUE(refuses([](TradeOff& c) { c.proofs[0].point = c.points.size(); }));
    EXPECT_TRUE(refuses([](TradeOff& c) { c.proofs.back().prices.clear(); }));
    EXPECT_TRUE(refuses([](TradeOff& c) { c.open.push_back({}); }));
    EXPECT_TRUE(refuses([](TradeOff& c) { c.against = Tier::hardship; }));
    EXPECT_TRUE(refuses([](TradeOff& c) { c.digests = {}; }));
    EXPECT_FALSE(verify(plan, {}, right));
}

TEST(TradeOff, WithFewerPointsItSaysWhatIsOpen) {
    const auto [plan, former] = with_corners();
    const TradeOff whole = trade_off(plan, former);
    const TradeOff ends = trade_off(plan, former, {.most_points = 2});
    EXPECT_EQ(ends.termination, Termination::feasible);
    EXPECT_EQ(ends.cause, Cause::steps);
    EXPECT_EQ(ends.claim, Claim::feasible);
    ASSERT_EQ(ends.points.size(), 2U);
    EXPECT_EQ(ends.points.front().tiers, whole.points.front().tiers);
    EXPECT_EQ(ends.points.back().tiers, whole.points.back().tiers);
    ASSERT_EQ(ends.open.size(), 1U);
    EXPECT_EQ(ends.open[0].possible, whole.points.back().value);
    EXPECT_TRUE(verify(plan, former, ends));
    TradeOff bare = ends;  // nothing shows that its points keep the bounds
    bare.proofs.clear();
    EXPECT_FALSE(verify(plan, former, bare));
    TradeOff boast = ends;
    boast.termination = Termination::optimal;
    EXPECT_FALSE(verify(plan, former, boast));
}

TEST(TradeOff, TwoWhoCanOnlySwapLeaveOneMoveOpen) {
    Draft draft;
    draft.period = {given::day("2024-09-01"), given::day("2026-02-28")};
    draft.counties.push_back({.code = *Code::parse("451024")});
    draft.schools.push_back({.id = "DB-1", .county = *Code::parse("451024"), .assisted = true});
    draft.senders.push_back({.id = "SZ"});
    for (const char* id : {"P-0", "P-1"})
        draft.posts.push_back({.id = id, .school = "DB-1", .min = 1});
    for (const char* wish : {"P-0", "P-1"})
        draft.experts.push_back({.id = "for-" + std::string(wish),
                                 .sender = "SZ",
                                 .roles = {Role::teacher},
                                 .prefers = {{Noun::post, wish}}});
    const Plan plan(draft);
    const Staffing former(std::vector<Posting>{{"for-P-0", "P-1", draft.period.from, draft.period.to},
                                               {"for-P-1", "P-0", draft.period.from, draft.period.to}});
    const TradeOff curve = trade_off(plan, former);
    ASSERT_EQ(curve.points.size(), 2U);
    EXPECT_EQ(curve.points[0].moves, 0);
    EXPECT_EQ(curve.points[1].moves, 2);
    ASSERT_EQ(curve.open.size(), 1U);
    const Int128 gain = curve.points[1].value - curve.points[0].value;
    EXPECT_EQ(curve.open[0], (TradeBox{1, 1, curve.points[0].value, curve.points[0].value + Int128(gain.value / 2)}));
    EXPECT_TRUE(verify(plan, former, curve));
}

TEST(TradeOff, StopsWhenAsked) {
    const auto [plan, former] = with_corners();
    std::stop_source source;
    source.request_stop();
    const TradeOff none = trade_off(plan, former, {}, {.token = source.get_token()});
    EXPECT_EQ(none.termination, Termination::unknown);
    EXPECT_EQ(none.cause, Cause::cancelled);
    EXPECT_TRUE(verify(plan, former, none));
    const TradeOff short_of_time = trade_off(plan, former, {}, {.time_limit = std::chrono::nanoseconds(0)});
    EXPECT_EQ(short_of_time.cause, Cause::time);
}

TEST(TradeOff, RefusesATierThatThePlanLacks) {
    const auto [plan, former] = with_corners();
    EXPECT_THROW((void)trade_off(plan, former, {.against = Tier::hardship}), InvalidProblem);
    EXPECT_THROW((void)trade_off(plan, former, {.most_points = 1}), InvalidProblem);
}

TEST(TradeOff, NobodyToMoveIsOnePoint) {
    const auto [plan, former] = with_corners();
    const TradeOff curve = trade_off(plan, {});
    ASSERT_EQ(curve.points.size(), 1U);
    EXPECT_EQ(curve.points[0].moves, 0);
    EXPECT_EQ(curve.points[0].tiers, allocate(plan).tiers);
    EXPECT_TRUE(verify(plan, {}, curve));
    EXPECT_EQ(trade_off(Plan{}, {}).points.size(), 1U);
}

}  // namespace
}  // namespace countyplan
