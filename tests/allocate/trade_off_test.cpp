#include <countyplan/allocate/trade_off.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "expect/verdict.hpp"
#include "given/allocate.hpp"
#include "given/law.hpp"

namespace countyplan {
namespace {

using expect::told;

using Values = std::vector<Int128>;

Int128 cost(Tier tier, Int128 value) { return is_gain(tier) ? Int128() - value : value; }

/// Tiers to be minimised.
Values costs(const std::vector<TierValue>& tiers) {
    Values out;
    for (const TierValue& tier : tiers)
        out.push_back(cost(tier.tier, tier.value));
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
void for_each_staffing(const Plan& plan, std::span<const GivenPair> given, const Visit& visit) {
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
        const auto tiers = tier_values(plan, staffing, given);
        if (examine(plan, staffing, tiers, {}, Claim::feasible, given).accepted) visit(staffing, tiers);
        std::size_t e = 0;
        while (e < at.size() && ++at[e] > posts)
            at[e++] = 0;
        if (e == at.size()) return;
    }
}

/// Which tiers are weighed, and which of those before them do not count.
struct Asked {
    Tier first = Tier::moves;
    Tier second = Tier::fit;
    std::vector<Tier> dropped{};
};

/// How many tiers stand before both.
std::ptrdiff_t first_of_both(const Plan& plan, const Asked& asked) {
    const Objective& objective = plan.rows().objective;
    return std::ranges::find_if(objective, [&](Tier tier) { return tier == asked.first || tier == asked.second; }) -
           objective.begin();
}

/// Per cost of the first tier the least ones of the second and of those that break ties, among all staffings that are
/// best in the tiers that count before.
std::map<Int128, Values> best_of_first(const Plan& plan, const Staffing& former, const Asked& asked,
                                       std::span<const GivenPair> given = {}) {
    const Objective& objective = plan.rows().objective;
    const auto is_axis = [&asked](Tier tier) { return tier == asked.first || tier == asked.second; };
    const std::ptrdiff_t axis = first_of_both(plan, asked);
    std::map<Int128, Values> out;
    Values least;
    for_each_staffing(plan, given, [&](const Staffing& staffing, const std::vector<TierValue>& tiers) {
        const Values cost = costs(tiers);
        const auto value = [&](Tier tier) {
            if (tier == Tier::moves) return Int128(moves(plan, former, staffing));
            return cost[static_cast<std::size_t>(std::ranges::find(objective, tier) - objective.begin())];
        };
        Values kept;
        Values rest = {value(asked.second)};
        for (std::size_t t = 0; t < cost.size(); ++t) {
            if (is_axis(objective[t])) continue;
            const bool is_kept =
                static_cast<std::ptrdiff_t>(t) < axis && std::ranges::count(asked.dropped, objective[t]) == 0;
            (is_kept ? kept : rest).push_back(cost[t]);
        }
        if (out.empty() || kept < least) {
            out.clear();
            least = kept;
        }
        if (kept != least) return;
        const auto [entry, is_new] = out.try_emplace(value(asked.first), rest);
        if (!is_new) entry->second = std::min(entry->second, rest);
    });
    return out;
}

/// Those that none beats, by cost of the first tier: of the second.
std::vector<std::pair<Int128, Int128>> unbeaten(const std::map<Int128, Values>& best) {
    std::vector<std::pair<Int128, Int128>> out;
    for (const auto& [first, rest] : best)
        if (out.empty() || rest.front() < out.back().second) out.emplace_back(first, rest.front());
    return out;
}

/// Below the line between the two: less than 0; on it: 0.
Int128 height(const std::pair<Int128, Int128>& a, const std::pair<Int128, Int128>& b,
              const std::pair<Int128, Int128>& at) {
    return (at.first - a.first) * (a.second - b.second) + (at.second - a.second) * (b.first - a.first);
}

/// Corners of the lower convex hull, from the least cost in the first tier to the least in the second.
std::vector<std::pair<Int128, Int128>> corners(const std::map<Int128, Values>& best) {
    std::vector<std::pair<Int128, Int128>> out;
    for (const auto& at : unbeaten(best)) {
        while (out.size() >= 2 && !(height(out[out.size() - 2], at, out.back()) < Int128()))
            out.pop_back();
        out.push_back(at);
    }
    return out;
}

/// Whether the curve says that a staffing of these costs may be.
bool is_open(const TradeOff& curve, const std::pair<Int128, Int128>& at) {
    return std::ranges::any_of(curve.open, [&](const TradeBox& box) {
        return cost(curve.first, box.from) <= at.first && at.first <= cost(curve.first, box.to) &&
               cost(curve.second, box.possible) <= at.second && at.second < cost(curve.second, box.known);
    });
}

/// Two tiers of the plan's objective or moves, and perhaps one before them that does not count.
Asked some_tiers(const Plan& plan, Random& random) {
    std::vector<Tier> tiers = plan.rows().objective;
    if (std::ranges::count(tiers, Tier::moves) == 0) tiers.push_back(Tier::moves);
    Asked out;
    out.first = tiers[random.below(tiers.size())];
    std::erase(tiers, out.first);
    out.second = tiers[random.below(tiers.size())];
    for (const Tier tier : plan.rows().objective) {
        if (tier == out.first || tier == out.second) break;
        if (random.chance(3, 4)) out.dropped.push_back(tier);
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

TEST(TradeOffLaw, EveryCornerIsThatOfAllStaffingsAndAllElseLiesWhereTheCurveIsOpen) {
    std::size_t points = 0;
    std::size_t boxed = 0;
    for (std::uint64_t seed = 0; seed < given::law_cases(12'000); ++seed) {
        SCOPED_TRACE(seed);
        Draft draft = given::rich_draft(seed, {.experts = 5, .posts = 3});
        if (seed % 3 != 0) {  // more choice
            draft.rules.clear();
            draft.quotas.clear();
            draft.decisions.clear();
            draft.objective = {Tier::fit, Tier::hardship, Tier::wishes, Tier::weighted_shortfall, Tier::sender_load};
            std::ranges::rotate(draft.objective, draft.objective.begin() + static_cast<std::ptrdiff_t>(seed % 5));
        }
        const Plan plan(std::move(draft));
        const Staffing former = some_staffing(plan, seed);
        Random random(seed, 6);
        if (plan.rows().objective == Objective{Tier::moves}) continue;  // nothing to weigh them against
        const Asked asked = some_tiers(plan, random);
        const TradeOff curve =
            trade_off(plan, former, {.first = asked.first, .second = asked.second, .dropped = asked.dropped});
        const auto best = best_of_first(plan, former, asked);
        ASSERT_TRUE(verify(plan, former, curve)) << told(examine(plan, former, curve));
        if (best.empty()) {
            ASSERT_EQ(curve.termination, Termination::infeasible);
            continue;
        }
        ASSERT_EQ(curve.termination, Termination::optimal);
        std::vector<std::pair<Int128, Int128>> found;
        for (const TradePoint& point : curve.points) {
            found.emplace_back(cost(asked.first, point.first), cost(asked.second, point.second));
            Values rest = {found.back().second};
            for (const TierValue& tier : point.tiers) {
                if (tier.tier == asked.first || tier.tier == asked.second) continue;
                const bool is_kept = std::ranges::count(asked.dropped, tier.tier) == 0 &&
                                     &tier - point.tiers.data() < first_of_both(plan, asked);
                if (!is_kept) rest.push_back(cost(tier.tier, tier.value));
            }
            ASSERT_EQ(rest, best.at(found.back().first));
        }
        ASSERT_EQ(found, corners(best));
        points += found.size();
        std::size_t at = 0;
        for (const auto& staffing : unbeaten(best)) {
            if (std::ranges::count(found, staffing) > 0) continue;
            ++boxed;
            ASSERT_TRUE(is_open(curve, staffing));
        }
        for (const TradeBox& box : curve.open) {  // each has a place that no proof rules out
            const std::pair place(cost(asked.first, box.to), cost(asked.second, box.possible));
            while (!(place.first < found[at + 1].first))
                ++at;
            ASSERT_GE(height(found[at], found[at + 1], place), Int128());
            ASSERT_LT(found[at + 1].second, place.second);
            ASSERT_LT(place.second, found[at].second);
            ASSERT_LE(cost(asked.first, box.from), place.first);
        }
    }
    EXPECT_GT(points, given::law_cases(12'000) / 2);
    EXPECT_GT(boxed, 0U);
}

TEST(TradeOffLaw, WhatIsTooLargeToBeWeighedExactlyIsLeftOpen) {
    std::size_t inexact = 0;
    for (std::uint64_t seed = 0; seed < given::law_cases(2'000); ++seed) {
        SCOPED_TRACE(seed);
        Draft draft = given::rich_draft(seed, {.experts = 5, .posts = 3});
        draft.objective = {Tier::fit, Tier::hardship};
        const Plan plan(std::move(draft));
        TradeOffOptions options{.first = Tier::hardship, .second = Tier::fit};
        options.rules.factors.push_back({"large", 1'000'000, [seed](Id<Expert> expert, Id<Post> post) {
                                             Random random(seed, 100 * expert.value() + post.value());
                                             return Measure{static_cast<double>(random.below(1000)), 0};
                                         }});
        const TradeOff curve = trade_off(plan, {}, options);
        ASSERT_TRUE(verify(plan, {}, curve)) << told(examine(plan, {}, curve));
        if (curve.termination == Termination::infeasible) continue;
        if (curve.termination == Termination::feasible) {
            ++inexact;
            ASSERT_EQ(curve.cause, Cause::steps);
        }
        const auto best = best_of_first(plan, {}, {.first = Tier::hardship, .second = Tier::fit}, curve.given);
        const auto all = corners(best);
        for (const TradePoint& point : curve.points)
            ASSERT_EQ(std::ranges::count(all, std::pair(point.first, cost(Tier::fit, point.second))), 1);
        for (const auto& at : unbeaten(best)) {
            const auto is_this = [&](const TradePoint& point) { return point.first == at.first; };
            ASSERT_TRUE(std::ranges::any_of(curve.points, is_this) || is_open(curve, at));
        }
    }
    EXPECT_GT(inexact, 0U);
}

TEST(TradeOffLaw, TheEndsAreAllocationsWithMovesAsATier) {
    for (std::uint64_t seed = 0; seed < given::law_cases(10'000); ++seed) {
        SCOPED_TRACE(seed);
        Draft draft = given::rich_draft(seed, {.experts = 7, .posts = 6});
        std::erase(draft.objective, Tier::moves);
        if (draft.objective.empty()) draft.objective = standard_objective();
        const Plan plan(draft);
        const std::size_t place = seed % draft.objective.size();
        const TradeOff curve =
            trade_off(plan, draft.staffing, {.first = Tier::moves, .second = draft.objective[place]});
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
        ASSERT_EQ(curve.points.front().first, still.tiers[place].value);
        ASSERT_EQ(curve.points.back().first, best.tiers[place + 1].value);
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
    EXPECT_TRUE(refuses([](TradeOff& c) { c.points[1].first += Int128(1); }));
    EXPECT_TRUE(refuses([](TradeOff& c) { c.points[1].second += Int128(1); }));
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
    EXPECT_TRUE(refuses([](TradeOff& c) { c.second = Tier::hardship; }));
    EXPECT_TRUE(refuses([](TradeOff& c) { c.digests = {}; }));
    EXPECT_TRUE(refuses([](TradeOff& c) { c.dropped = {Tier::shortfall}; }));
    EXPECT_TRUE(refuses([](TradeOff& c) { c.claim = Claim::feasible; }));
    EXPECT_TRUE(refuses([](TradeOff& c) { c.claim = Claim::estimate; }));
    EXPECT_TRUE(refuses([](TradeOff& c) { c.cause = Cause::steps; }));
    EXPECT_TRUE(refuses([](TradeOff& c) { c.termination = Termination::feasible; }));
    EXPECT_TRUE(refuses([](TradeOff& c) { c.termination = Termination::infeasible; }));
    EXPECT_TRUE(refuses([](TradeOff& c) { c.termination = Termination::unbounded; }));
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
    EXPECT_EQ(ends.open[0].possible, whole.points.back().second - Int128(1));
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
    EXPECT_EQ(curve.points[0].first, Int128(0));
    EXPECT_EQ(curve.points[1].first, Int128(2));
    ASSERT_EQ(curve.open.size(), 1U);
    const Int128 gain = curve.points[1].second - curve.points[0].second;
    EXPECT_EQ(curve.open[0], (TradeBox{Int128(1), Int128(1), curve.points[0].second,
                                       curve.points[0].second + Int128(gain.value / 2)}));
    EXPECT_TRUE(verify(plan, former, curve));
}

TEST(TradeOffLaw, WhatTheCallersRulesSaidEarlierGivesTheSameCurve) {
    std::size_t corners = 0;
    for (std::uint64_t seed = 0; seed < given::law_cases(1'000); ++seed) {
        Draft draft = given::small_draft(seed, {.experts = 10, .posts = 8});
        draft.rules.clear();
        draft.objective = {Tier::weighted_shortfall, Tier::user_1};
        const Plan plan(std::move(draft));
        const Staffing former = some_staffing(plan, seed);
        TradeOffOptions options{.second = Tier::user_1, .dropped = {Tier::weighted_shortfall}};
        EXPECT_THROW((void)trade_off(plan, former, options), InvalidUserTier);
        options.rules.tiers.push_back({Tier::user_1, "rapport", [](Id<Expert> expert, Id<Post> post) {
                                           return static_cast<std::int64_t>((expert.value() * 7 + post.value() * 5) %
                                                                            11);
                                       }});
        const TradeOff asked = trade_off(plan, former, options);
        ASSERT_EQ(asked.termination, Termination::optimal);
        EXPECT_TRUE(verify(plan, former, asked)) << told(examine(plan, former, asked));
        if (asked.given.empty()) continue;
        EXPECT_EQ(asked.names[0], "rapport");
        corners += asked.points.size();
        options.rules = {};
        options.given = asked.given;
        options.names = asked.names;
        EXPECT_EQ(trade_off(plan, former, options), asked) << seed;
        options.given[0].user[0] = UserTier::most_points + 1;
        EXPECT_THROW((void)trade_off(plan, former, options), InvalidMeasure);
    }
    EXPECT_GT(corners, given::law_cases(1'000));
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

TEST(TradeOff, RefusesTiersThatCannotBeWeighed) {
    const auto [plan, former] = with_corners();
    const auto place = [&, &plan = plan, &former = former](const TradeOffOptions& options) {
        try {
            (void)trade_off(plan, former, options);
        } catch (const InvalidProblem& invalid) {
            return invalid.place();
        }
        return std::string();
    };
    EXPECT_EQ(place({.second = Tier::hardship}), "second");
    EXPECT_EQ(place({.first = Tier::hardship}), "first");
    EXPECT_EQ(place({.first = Tier::fit}), "second");
    EXPECT_EQ(place({.dropped = {Tier::fit}}), "dropped");
    EXPECT_EQ(place({.dropped = {Tier::hardship}}), "dropped");
    EXPECT_EQ(place({.dropped = {Tier::shortfall}}), "");
    EXPECT_THROW((void)trade_off(plan, former, {.most_points = 1}), InvalidProblem);
}

TEST(TradeOff, NobodyToMoveIsOnePoint) {
    const auto [plan, former] = with_corners();
    const TradeOff curve = trade_off(plan, {});
    ASSERT_EQ(curve.points.size(), 1U);
    EXPECT_EQ(curve.points[0].first, Int128(0));
    EXPECT_EQ(curve.points[0].tiers, allocate(plan).tiers);
    EXPECT_TRUE(verify(plan, {}, curve));
    EXPECT_EQ(trade_off(Plan{}, {}).points.size(), 1U);
}

}  // namespace
}  // namespace countyplan
