#include <countyplan/solve/team_columns.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <set>
#include <stop_token>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include <countyplan/error.hpp>
#include <countyplan/solve/impl/team_columns_state.hpp>
#include <countyplan/solve/random.hpp>
#include <countyplan/solve/team_columns_messages.hpp>

#include "given/law.hpp"
#include "given/team_columns.hpp"

namespace {

using namespace countyplan;

testing::AssertionResult accepted(const Verdict& verdict) {
    if (verdict.accepted) return testing::AssertionSuccess();
    return testing::AssertionFailure() << verdict.place << ": " << text(verdict.why, Language::en);
}

/// Two schools of one post each for `heads` people; costs[e][h], all of one sender each.
TeamColumnsProblem simple(const std::vector<std::vector<std::int64_t>>& costs, std::int64_t charge) {
    TeamColumnsProblem p;
    for (std::size_t h = 0; h < costs[0].size(); ++h) {
        p.lower.push_back(1);
        p.target.push_back(1);
        p.upper.push_back(1);
        p.shortfall.push_back(0);
        p.charge.push_back(charge);
        p.most_senders.push_back(1);
        p.first_post.push_back(p.upper.size());
    }
    for (const auto& row : costs) {
        p.sender_of.push_back(p.senders++);
        for (std::uint32_t h = 0; h < row.size(); ++h) {
            p.post.push_back(h);
            p.cost.push_back(row[h]);
        }
        p.first_pair.push_back(p.post.size());
    }
    return p;
}

TEST(TeamColumns, PutsPeopleWhereTheyCostLeast) {
    const auto p = simple({{1, 5}, {2, 9}}, 10);
    const auto result = solve(p);
    EXPECT_TRUE(accepted(examine(p, result)));
    EXPECT_EQ(result.termination, Termination::optimal);
    EXPECT_EQ(result.objective, 27);
    EXPECT_EQ(result.pair_of, (std::vector<std::uint32_t>{1, 2}));
}

TEST(TeamColumns, ProvesThatThereIsNoChoice) {
    const auto p = simple({{1, 5}}, 0);  // two posts that need somebody, one person
    const auto result = solve(p);
    EXPECT_EQ(result.termination, Termination::infeasible);
    EXPECT_TRUE(accepted(examine(p, result)));
}

TEST(TeamColumns, AnEmptyProblemIsSolved) {
    const TeamColumnsProblem p;
    const auto result = solve(p);
    EXPECT_EQ(result.termination, Termination::optimal);
    EXPECT_EQ(result.objective, 0);
    EXPECT_TRUE(accepted(examine(p, result)));
}

/// Solves a small problem and compares with all choices.
void expect_right(std::uint64_t seed, unsigned rules) {
    const auto p = given::random_teams(seed, rules);
    const auto best = given::cheapest_teams(p);
    const auto result = solve(p);
    ASSERT_TRUE(accepted(examine(p, result))) << "seed " << seed << " rules " << rules;
    if (!best) {
        ASSERT_EQ(result.termination, Termination::infeasible) << "seed " << seed << " rules " << rules;
        return;
    }
    ASSERT_EQ(result.termination, Termination::optimal) << "seed " << seed << " rules " << rules;
    ASSERT_EQ(result.objective, best) << "seed " << seed << " rules " << rules;
    ASSERT_EQ(given::team_total(p, result.pair_of), best) << "seed " << seed << " rules " << rules;
}

TEST(TeamColumnsLaw, EachRuleAndEachPairOfRulesAgreesWithAllChoices) {
    std::vector<unsigned> sets{0};
    for (unsigned a = 1; a < given::all_team_rules; a *= 2) {
        for (unsigned b = a; b < given::all_team_rules; b *= 2)
            sets.push_back(a | b);
    }
    const auto each = given::law_cases(60'000) / sets.size() + 1;
    for (const unsigned rules : sets) {
        for (std::uint64_t seed = 0; seed < each; ++seed)
            ASSERT_NO_FATAL_FAILURE(expect_right(seed, rules));
    }
}

TEST(TeamColumnsLaw, AllRulesAtOnceAgreeWithAllChoices) {
    const auto cases = given::law_cases(20'000);
    for (std::uint64_t seed = 0; seed < cases; ++seed)
        ASSERT_NO_FATAL_FAILURE(expect_right(seed + 1'000'000, given::all_team_rules - 1));
}

/// Alters one field of a result.
void spoil(TeamColumnsResult& r, const TeamColumnsProblem& p, Random& random) {
    const auto some = [&random](std::int64_t size) { return random.between(-size, size); };
    TeamNode* node = r.proof.nodes.empty() ? nullptr : &r.proof.nodes[random.below(r.proof.nodes.size())];
    switch (random.below(14)) {
        case 0:
            if (r.objective) *r.objective += some(3);
            return;
        case 1:
            if (r.bound) *r.bound += some(3);
            return;
        case 2:
            if (r.bound && r.objective) *r.bound = *r.objective += random.between(1, 2);
            return;
        case 3:
            if (!r.pair_of.empty())
                r.pair_of[random.below(p.experts())] = static_cast<std::uint32_t>(random.below(p.pairs() + 1));
            return;
        case 4:
            if (!r.pair_of.empty()) r.pair_of[random.below(p.experts())] = TeamColumnsResult::unassigned;
            return;
        case 5:
            if (node != nullptr && !node->expert.empty())
                node->expert[random.below(node->expert.size())] += some(std::int64_t{1} << 22);
            return;
        case 6:
            if (node != nullptr && !node->row.empty())
                node->row[random.below(node->row.size())] += some(std::int64_t{1} << 22);
            return;
        case 7:
            if (node != nullptr) node->scale = random.chance(1, 2) ? 0 : node->scale * 2 + 1;
            return;
        case 8:
            if (node != nullptr) node->question = static_cast<TeamQuestion>(random.below(4));
            return;
        case 9:
            if (node != nullptr) std::swap(node->no, node->yes);
            return;
        case 10:
            if (node != nullptr) node->subject = static_cast<std::uint32_t>(random.below(p.pairs() + 2));
            return;
        case 11: {
            if (r.proof.relaxation.empty()) return;
            TeamRelaxation& relaxed = r.proof.relaxation[random.below(r.proof.relaxation.size())];
            relaxed.counters = static_cast<std::uint32_t>(random.below(3));
            relaxed.limit = static_cast<std::uint8_t>(random.below(3));
            return;
        }
        case 12: {
            if (r.proof.relaxation.empty()) return;
            auto& begins = r.proof.relaxation[random.below(r.proof.relaxation.size())].block_begins;
            if (random.chance(1, 3)) begins.clear();
            begins.push_back(static_cast<std::uint32_t>(random.chance(1, 3) ? random() : random.below(3)));
            return;
        }
        default:
            r.termination = static_cast<Termination>(random.below(5));
            if (random.chance(1, 2)) r.claim = Claim::proved;
            if (random.chance(1, 2)) r.cause = Cause::proved;
            return;
    }
}

TEST(TeamColumnsLaw, NoSpoiltCertificateIsAcceptedForAWrongClaim) {
    const auto cases = given::law_cases(100'000);
    std::uint64_t refused = 0;
    for (std::uint64_t seed = 0; seed < cases; ++seed) {
        Random random(seed, 62);
        const auto p = given::random_teams(seed % 5000, static_cast<unsigned>(random.below(given::all_team_rules)));
        const Stop stop{.step_limit = random.chance(1, 2) ? random.between(1, 300) : 100'000};
        auto result = solve(p, {}, stop);
        ASSERT_TRUE(accepted(examine(p, result))) << seed;
        spoil(result, p, random);
        if (random.chance(1, 3)) spoil(result, p, random);
        if (!verify(p, result)) {
            ++refused;
            continue;
        }
        const auto best = given::cheapest_teams(p);
        if (result.termination == Termination::infeasible) {
            ASSERT_FALSE(best) << seed;
        }
        if (result.bound && best) {
            ASSERT_LE(*result.bound, *best) << seed;
        }
        if (result.objective) {
            ASSERT_EQ(given::team_total(p, result.pair_of), result.objective) << seed;
        }
        if (result.termination == Termination::optimal) {
            ASSERT_EQ(result.objective, best) << seed;
        }
    }
    EXPECT_GT(refused, cases / 4);
}

TEST(TeamColumnsLaw, AChangedScoreIsTheScoreOfTheChange) {
    const auto moves = given::law_cases(1'000'000);
    std::uint64_t legal = 0;
    for (std::uint64_t done = 0, seed = 0; done < moves; ++seed) {
        const auto p = given::random_teams(seed, static_cast<unsigned>(seed) % given::all_team_rules);
        if (p.pairs() == 0) continue;
        const Stop stop;
        const Progress progress;
        const TeamWorkers workers;
        detail::Watch watch(stop, progress);
        const detail::TeamModel model(p, workers, watch);
        detail::TeamState state(model);
        Random random(seed, 63);
        for (int i = 0; i < 50; ++i, ++done) {
            const auto e = static_cast<std::uint32_t>(random.below(p.experts()));
            const std::size_t choices = p.first_pair[e + 1] - p.first_pair[e];
            const std::size_t choice = random.below(choices + 1);
            state.assign(e, choice == choices ? detail::TeamState::nobody
                                              : static_cast<std::uint32_t>(p.first_pair[e] + choice));
            detail::TeamState anew(model);
            for (std::uint32_t x = 0; x < p.experts(); ++x)
                anew.assign(x, state.pair_of()[x]);
            ASSERT_EQ(state.score(), anew.score()) << seed;
            const auto total = given::team_total(p, state.pair_of());
            ASSERT_EQ(total.has_value(), state.score().broken == 0) << seed;
            const TeamCost cost = team_cost(p, state.pair_of());
            ASSERT_EQ(total.has_value(), cost.verdict.accepted) << seed;
            if (!total) continue;
            ++legal;
            ASSERT_EQ(*total, state.score().cost) << seed;
            ASSERT_EQ(*total, cost.total) << seed;
        }
    }
    EXPECT_GT(legal, moves / 10);
}

TEST(TeamColumns, StoppedAnywhereItHoldsWhatItSays) {
    for (std::uint64_t seed = 0; seed < 40; ++seed) {
        const auto p = given::random_teams(seed, given::all_team_rules - 1);
        const auto best = given::cheapest_teams(p);
        for (const std::int64_t limit : {0, 1, 2, 3, 5, 8, 13, 40, 100, 300}) {
            const auto result = solve(p, {}, {.step_limit = limit});
            ASSERT_TRUE(accepted(examine(p, result))) << seed << ' ' << limit;
            if (best && result.bound) {
                ASSERT_LE(*result.bound, *best);
            }
            ASSERT_EQ(result, solve(p, {}, {.step_limit = limit}));
        }
    }
    const auto p = simple({{1, 5}, {2, 9}}, 10);
    std::stop_source source;
    source.request_stop();
    EXPECT_EQ(solve(p, {}, {.token = source.get_token()}).cause, Cause::cancelled);
    EXPECT_EQ(solve(p, {}, {.time_limit = std::chrono::nanoseconds{0}}).cause, Cause::time);
}

/// Any choice, legal or not, and any multipliers.
TeamColumnsStart random_start(const TeamColumnsProblem& p, Random& random) {
    TeamColumnsStart start;
    for (std::size_t e = 0; e < p.experts() && random.chance(9, 10); ++e) {
        const std::size_t choices = p.first_pair[e + 1] - p.first_pair[e], choice = random.below(choices + 1);
        start.pair_of.push_back(choice == choices ? TeamColumnsResult::unassigned
                                                  : static_cast<std::uint32_t>(p.first_pair[e] + choice));
    }
    if (start.pair_of.size() < p.experts()) start.pair_of.clear();
    if (random.chance(1, 4)) return start;
    start.scale = random.between(1, 1000);
    const std::int64_t most = random.chance(1, 20) ? std::numeric_limits<std::int64_t>::max() : 20 * start.scale;
    for (std::size_t e = 0; e < p.experts(); ++e)
        start.expert.push_back(random.between(0, most));
    for (std::size_t r = 0; r < p.rows.size(); ++r)
        start.row.push_back(random.between(-most, most));
    return start;
}

TEST(TeamColumns, WorkersDoNotChangeTheAnswer) {
    const TeamWorkers workers{.lanes = 3, .run = [](const std::function<void(std::size_t)>& task) {
                                  std::vector<std::thread> threads;
                                  for (std::size_t lane = 0; lane < 3; ++lane)
                                      threads.emplace_back(task, lane);
                                  for (std::thread& thread : threads)
                                      thread.join();
                              }};
    for (std::uint64_t seed = 0; seed < 10; ++seed) {
        const auto p = given::random_teams(seed, given::all_team_rules - 1);
        EXPECT_EQ(solve(p), solve(p, {}, {}, {}, workers)) << seed;
        Random random(seed, 66);
        const TeamColumnsOptions options{.start = random_start(p, random)};
        EXPECT_EQ(solve(p, options), solve(p, options, {}, {}, workers)) << seed;
    }
}

TEST(TeamColumnsLaw, WhateverItBeginsWithItEndsAtTheOptimum) {
    const auto cases = given::law_cases(50'000);
    std::uint64_t legal = 0;
    for (std::uint64_t seed = 0; seed < cases; ++seed) {
        Random random(seed, 65);
        const auto p = given::random_teams(seed, static_cast<unsigned>(random.below(given::all_team_rules)));
        const TeamColumnsOptions options{.seed = seed, .start = random_start(p, random)};
        const auto best = given::cheapest_teams(p);
        const auto result = solve(p, options);
        ASSERT_TRUE(accepted(examine(p, result))) << seed;
        ASSERT_EQ(result.termination, best ? Termination::optimal : Termination::infeasible) << seed;
        ASSERT_EQ(result.objective, best) << seed;
        const Stop stop{.step_limit = random.between(0, 60)};
        const auto early = solve(p, options, stop);
        ASSERT_TRUE(accepted(examine(p, early))) << seed;
        ASSERT_EQ(early, solve(p, options, stop)) << seed;
        if (best && early.bound) {
            ASSERT_LE(*early.bound, *best) << seed;
        }
        if (options.start.pair_of.empty()) continue;
        if (const auto total = given::team_total(p, options.start.pair_of)) {
            ++legal;
            ASSERT_TRUE(early.objective) << seed;
            ASSERT_LE(*early.objective, *total) << seed;
        }
    }
    EXPECT_GT(legal, cases / 50);
}

TEST(TeamColumnsLaw, MultipliersOfAProofBoundAtOnce) {
    const auto cases = given::law_cases(5'000);
    std::uint64_t above = 0;
    for (std::uint64_t seed = 0; seed < cases; ++seed) {
        const auto p = given::random_teams(seed, static_cast<unsigned>(seed) % given::all_team_rules);
        const auto whole = solve(p);
        if (whole.proof.nodes.size() != 1 || whole.proof.nodes[0].scale == 0 || !whole.bound) continue;
        const TeamNode& root = whole.proof.nodes[0];
        const Stop one_round{.step_limit = static_cast<std::int64_t>(p.schools())};
        const auto plain = solve(p, {}, one_round);
        const auto told = solve(p, {.start = {.expert = root.expert, .row = root.row, .scale = root.scale}}, one_round);
        ASSERT_TRUE(accepted(examine(p, told))) << seed;
        ASSERT_TRUE(told.bound) << seed;
        ASSERT_GE(*told.bound, *whole.bound) << seed;
        above += plain.bound && *plain.bound < *told.bound ? 1 : 0;
    }
    EXPECT_GT(above, cases / 20);
}

TEST(TeamColumns, AStartIsMendedAndNeverToldWhileItBreaksARule) {
    const auto p = simple({{1, 5}, {2, 9}, {3, 3}}, 10);
    const TeamColumnsOptions both_at_one{.start = {.pair_of = {0, 2, TeamColumnsResult::unassigned}}};
    EXPECT_FALSE(solve(p, both_at_one, {.step_limit = 0}).objective);
    EXPECT_EQ(solve(p, both_at_one).objective, 24);
    const TeamColumnsOptions dear{.start = {.pair_of = {1, 2, TeamColumnsResult::unassigned}}};
    const auto at_once = solve(p, dear, {.step_limit = 0});
    EXPECT_EQ(at_once.objective, 27);
    EXPECT_TRUE(accepted(examine(p, at_once)));
}

/// Eleven posts of two heads each: 3^11 cells are too many for one table.
TEST(TeamColumns, ALargeSchoolIsRelaxedAndSaysSo) {
    TeamColumnsProblem p;
    Random random(5, 64);
    p.charge = {7};
    p.most_senders = {2};
    p.senders = 3;
    for (int i = 0; i < 11; ++i) {
        p.upper.push_back(2);
        p.target.push_back(1);
        p.lower.push_back(0);
        p.shortfall.push_back(40);
    }
    p.first_post.push_back(11);
    for (std::uint32_t e = 0; e < 14; ++e) {
        p.sender_of.push_back(e % 3);
        for (std::uint32_t i = e % 4; i < 11; i += 3) {
            p.post.push_back(i);
            p.cost.push_back(random.between(0, 50));
        }
        p.first_pair.push_back(p.post.size());
    }
    const auto result = solve(p, {}, {.step_limit = 3000});
    EXPECT_TRUE(accepted(examine(p, result)));
    EXPECT_TRUE(is_relaxed(p, result.proof));
    ASSERT_TRUE(result.objective && result.bound);
    EXPECT_LE(*result.bound, *result.objective);
    EXPECT_FALSE(is_relaxed(simple({{1}}, 0), solve(simple({{1}}, 0)).proof));
}

std::string place_of_refusal(const TeamColumnsProblem& problem, const TeamColumnsStart& start = {}) {
    try {
        (void)solve(problem, {.start = start});
    } catch (const InvalidProblem& refusal) {
        return refusal.place();
    }
    return "none";
}

TEST(TeamColumnsBadInput, WhatIsNotAsDescribedIsNamed) {
    auto good = simple({{1, 5}, {2, 9}}, 10);
    good.counters.push_back({{0, 1, 0, 1}, {0, 0, 0, 0}, {1, 1, 1, 1}});
    good.rows.push_back({{0, 3}, {1, 1}, 0, 2});
    const auto with = [&good](auto change) {
        auto p = good;
        change(p);
        return place_of_refusal(p);
    };
    EXPECT_EQ(place_of_refusal(good), "none");
    EXPECT_EQ(with([](auto& p) { p.first_post.pop_back(); }), "first_post");
    EXPECT_EQ(with([](auto& p) { p.first_post[1] = 3; }), "first_post[1]");
    EXPECT_EQ(with([](auto& p) { p.lower.pop_back(); }), "lower");
    EXPECT_EQ(with([](auto& p) { p.target.push_back(0); }), "target");
    EXPECT_EQ(with([](auto& p) { p.shortfall.clear(); }), "shortfall");
    EXPECT_EQ(with([](auto& p) { p.most_senders.clear(); }), "most_senders");
    EXPECT_EQ(with([](auto& p) { p.lower[1] = 2; }), "lower[1]");
    EXPECT_EQ(with([](auto& p) { p.target[0] = 2; }), "target[0]");
    EXPECT_EQ(with([](auto& p) { p.upper[0] = 2000; }), "upper[0]");
    EXPECT_EQ(with([](auto& p) { p.shortfall[0] = -1; }), "shortfall[0]");
    EXPECT_EQ(with([](auto& p) { p.charge[1] = -1; }), "charge[1]");
    EXPECT_EQ(with([](auto& p) { p.sender_of[1] = 2; }), "sender_of[1]");
    EXPECT_EQ(with([](auto& p) { p.first_pair[1] = 5; }), "first_pair[1]");
    EXPECT_EQ(with([](auto& p) { p.post[1] = 2; }), "post[1]");
    EXPECT_EQ(with([](auto& p) { p.post[1] = 0; }), "post[1]");
    EXPECT_EQ(with([](auto& p) { p.cost.pop_back(); }), "cost");
    EXPECT_EQ(with([](auto& p) { p.cost[2] = TeamColumnsProblem::max_cost + 1; }), "cost[2]");
    EXPECT_EQ(with([](auto& p) { p.counters[0].counts.pop_back(); }), "counters[0].counts");
    EXPECT_EQ(with([](auto& p) { p.counters[0].counts[1] = 2; }), "counters[0].counts[1]");
    EXPECT_EQ(with([](auto& p) { p.counters[0].lower.pop_back(); }), "counters[0].lower");
    EXPECT_EQ(with([](auto& p) { p.counters[0].upper[2] = -1; }), "counters[0].upper[2]");
    EXPECT_EQ(with([](auto& p) { p.counters[0].below_price = -1; }), "counters[0].below_price");
    EXPECT_EQ(with([](auto& p) { p.rows[0].pair[1] = 4; }), "rows[0].pair[1]");
    EXPECT_EQ(with([](auto& p) { p.rows[0].pair[1] = 0; }), "rows[0].pair[1]");
    EXPECT_EQ(with([](auto& p) { p.rows[0].coefficient.pop_back(); }), "rows[0].coefficient");
    EXPECT_EQ(with([](auto& p) { p.rows[0].lower = 3; }), "rows[0].upper");
    EXPECT_EQ(with([](auto& p) { p.rows[0].above_price = -7; }), "rows[0].above_price");
}

TEST(TeamColumnsBadInput, AStartOfAnotherShapeIsNamed) {
    auto p = simple({{1, 5}, {2, 9}}, 10);
    p.rows.push_back({{0, 3}, {1, 1}, 0, 2});
    const auto nobody = TeamColumnsResult::unassigned;
    EXPECT_EQ(place_of_refusal(p, {{1, nobody}, {0, 4}, {-3}, 2}), "none");
    EXPECT_EQ(place_of_refusal(p, {.pair_of = {0}}), "start.pair_of");
    EXPECT_EQ(place_of_refusal(p, {.pair_of = {0, 1}}), "start.pair_of[1]");
    EXPECT_EQ(place_of_refusal(p, {.pair_of = {4, nobody}}), "start.pair_of[0]");
    EXPECT_EQ(place_of_refusal(p, {.scale = 1}), "start.expert");
    EXPECT_EQ(place_of_refusal(p, {.expert = {0, 0, 0}, .row = {0}, .scale = 1}), "start.expert");
    EXPECT_EQ(place_of_refusal(p, {.expert = {0, 0}, .row = {}, .scale = 1}), "start.row");
    EXPECT_EQ(place_of_refusal(p, {.expert = {0, 0}, .row = {0}}), "start.scale");
    EXPECT_EQ(place_of_refusal(p, {.scale = -1}), "start.scale");
    EXPECT_EQ(place_of_refusal(p, {.expert = {0, -1}, .row = {0}, .scale = 1}), "start.expert[1]");
}

TEST(TeamColumnsMessages, HaveUniqueCodesAndBothTexts) {
    std::set<std::string_view> codes;
    for (const MessageText* row : message::all_team_columns_messages) {
        EXPECT_TRUE(codes.insert(row->code).second) << row->code;
        EXPECT_NE(row->zh, row->en);
    }
    EXPECT_EQ(codes.size(), 2U);
}

}  // namespace
