#include <countyplan/solve/leximin.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <span>
#include <stop_token>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <countyplan/error.hpp>
#include <countyplan/solve/random.hpp>

#include "given/law.hpp"
#include "given/leximin.hpp"

namespace {

using namespace countyplan;
using namespace std::chrono_literals;

constexpr std::int64_t unlimited = LeximinProblem::unlimited;
constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min();

testing::AssertionResult accepted(const Verdict& verdict) {
    if (verdict.accepted) return testing::AssertionSuccess();
    return testing::AssertionFailure() << verdict.place << ": " << text(verdict.why, Language::en);
}

std::vector<std::int64_t> values_of(const LeximinResult& result) {
    std::vector<std::int64_t> values;
    for (const LeximinLevel& level : result.levels)
        values.insert(values.end(), level.groups, level.value);
    return values;
}

/// Solves, checks the proof and returns the sorted values.
std::vector<std::int64_t> proved_values(const LeximinProblem& problem) {
    const auto result = solve(problem);
    EXPECT_EQ(result.termination, Termination::optimal);
    EXPECT_TRUE(accepted(examine(problem, result)));
    const auto worst = max_min(problem);
    EXPECT_EQ(worst.termination, Termination::optimal);
    EXPECT_TRUE(accepted(examine(problem, worst)));
    const auto values = values_of(result);
    EXPECT_EQ(worst.worst, values.empty() ? 0 : values[0]);
    return values;
}

/// `supply` units at node 0, one arc to node 1 per group with up to as many units as it has steps, and a
/// way past them; each unit is worth as listed.
LeximinProblem shared_supply(std::int64_t supply, const std::vector<std::vector<std::int64_t>>& worth) {
    LeximinProblem problem{.nodes = 2, .supply = {supply, -supply}};
    for (const auto& values : worth) {
        given::add_arc(problem, 0, 1, 0, static_cast<std::int64_t>(values.size()) - 1);
        std::vector<std::pair<std::int64_t, std::int64_t>> steps;
        for (std::size_t k = 0; k < values.size(); ++k)
            steps.emplace_back(static_cast<std::int64_t>(k), values[k]);
        given::add_group(problem, static_cast<std::uint32_t>(problem.tail.size() - 1), steps);
    }
    given::add_arc(problem, 0, 1, 0, unlimited);
    return problem;
}

/// Items with one unit each, groups that need `needed` of the items they list to be worth 1.
LeximinProblem packing(std::uint32_t items, std::int64_t needed, const std::vector<std::vector<std::uint32_t>>& sets) {
    LeximinProblem problem{.nodes = items + sets.size() + 1};
    const auto idle = static_cast<std::uint32_t>(problem.nodes - 1);
    problem.supply.assign(problem.nodes, 0);
    problem.supply[idle] = -std::int64_t{items};
    for (std::uint32_t i = 0; i < items; ++i) {
        problem.supply[i] = 1;
        given::add_arc(problem, i, idle, 0, 1);
    }
    for (std::uint32_t s = 0; s < sets.size(); ++s) {
        for (const std::uint32_t i : sets[s])
            given::add_arc(problem, i, items + s, 0, 1);
        given::add_arc(problem, items + s, idle, 0, unlimited);
        given::add_group(problem, static_cast<std::uint32_t>(problem.tail.size() - 1), {{0, 0}, {needed, 1}});
    }
    return problem;
}

TEST(Leximin, LiftsTheWorstThenTheNext) {
    // seven units: 3 of 4 places filled, 2 of 3 and 2 of 3, rather than 4, 3 and 0
    const auto problem = shared_supply(7, {{0, 250, 500, 750, 1000}, {0, 333, 666, 1000}, {0, 333, 666, 1000}});
    EXPECT_EQ(proved_values(problem), (std::vector<std::int64_t>{666, 666, 750}));
    const auto result = solve(problem);
    EXPECT_EQ(result.flow, (std::vector<std::int64_t>{3, 2, 2, 0}));
    EXPECT_EQ(result.claim, Claim::proved);
    EXPECT_EQ(result.proof.size(), 1U);
    EXPECT_EQ(result.settled, 6U);
}

TEST(Leximin, ProvesWhyTheWorstCannotBeBetter) {
    const auto problem = shared_supply(7, {{0, 250, 500, 750, 1000}, {0, 333, 666, 1000}, {0, 333, 666, 1000}});
    const auto result = max_min(problem);
    EXPECT_EQ(result.worst, 666);
    EXPECT_TRUE(std::holds_alternative<ViolatedCut>(result.certificate));
    EXPECT_TRUE(verify(problem, result));
}

TEST(Leximin, DoesNotStopAtTheWorst) {
    // one group has nothing to gain; the others still get their best
    EXPECT_EQ(proved_values(shared_supply(3, {{5}, {7, 8}, {6, 9, 10}})), (std::vector<std::int64_t>{5, 8, 10}));
    EXPECT_EQ(proved_values(shared_supply(2, {{5}, {7, 8}, {6, 9, 10}})), (std::vector<std::int64_t>{5, 8, 9}));
}

TEST(Leximin, ChoosesAmongTiesSoThatMostGroupsGain) {
    // the middle group would spoil it for both its neighbours
    const auto problem = packing(4, 2, {{1, 2}, {0, 1}, {2, 3}});
    EXPECT_EQ(proved_values(problem), (std::vector<std::int64_t>{0, 1, 1}));
}

TEST(Leximin, BranchesWhereStepsNeedSeveralUnitsAtOnce) {
    // three triples over six items that each share an item with the next: at most one can be served, though
    // halves of all three could be
    const auto problem = packing(6, 3, {{0, 1, 2}, {2, 3, 4}, {4, 5, 0}});
    EXPECT_EQ(proved_values(problem), (std::vector<std::int64_t>{0, 0, 1}));
    EXPECT_GT(solve(problem).proof.size(), 1U);
}

TEST(Leximin, AcceptsNegativeFlowsLoopsAndEveryValue) {
    LeximinProblem problem{.nodes = 2, .supply = {0, 0}};
    given::add_arc(problem, 0, 1, -3, 2);
    given::add_arc(problem, 0, 1, -2, 2);
    given::add_arc(problem, 1, 1, 0, 4);
    given::add_group(problem, 0, {{-5, least}, {-2, -7}, {0, 0}, {1, unlimited}});
    given::add_group(problem, 1, {{-2, least}, {0, 1}});
    given::add_group(problem, 2, {{0, 0}, {4, 3}});
    EXPECT_EQ(proved_values(problem), (std::vector<std::int64_t>{0, 1, 3}));
}

// ---- reliability.md 2.5

TEST(LeximinBadInput, Item47ExtremeNumbersAreRefusedOrExact) {
    const auto refused = [](const auto& damage) {
        auto problem = shared_supply(2, {{0, 1}, {0, 1, 2}});
        damage(problem);
        std::string place = "accepted";
        try {
            (void)solve(problem);
        } catch (const InvalidProblem& refusal) {
            EXPECT_FALSE(verify(problem, LeximinResult{}));
            EXPECT_FALSE(verify(problem, MaxMinResult{}));
            place = refusal.place();
        }
        if (place != "accepted") {
            EXPECT_THROW((void)max_min(problem), InvalidProblem);
        }
        return place;
    };
    constexpr std::int64_t beyond = LeximinProblem::max_bound + 1;
    using P = LeximinProblem;
    EXPECT_EQ(refused([](P&) {}), "accepted");
    EXPECT_EQ(refused([](P& p) { p.supply[1] = least; }), "supply[1]");
    EXPECT_EQ(refused([](P& p) { p.lower[2] = least; }), "lower[2]");
    EXPECT_EQ(refused([](P& p) { p.lower[2] = unlimited; }), "lower[2]");
    EXPECT_EQ(refused([](P& p) { p.lower[0] = 2; }), "upper[0]");
    EXPECT_EQ(refused([](P& p) { p.lower[0] = -beyond; }), "lower[0]");
    EXPECT_EQ(refused([](P& p) { p.upper[0] = beyond; }), "upper[0]");
    EXPECT_EQ(refused([](P& p) { p.upper[0] = unlimited; }), "accepted");
    EXPECT_EQ(refused([](P& p) { p.threshold[1] = beyond; }), "threshold[1]");
    EXPECT_EQ(refused([](P& p) { p.threshold[0] = least; }), "threshold[0]");
    EXPECT_EQ(refused([](P& p) { p.threshold[0] = 1; }), "threshold[0]");
    EXPECT_EQ(refused([](P& p) { p.threshold[4] = 1; }), "threshold[4]");
    EXPECT_EQ(refused([](P& p) { p.value[3] = -1; }), "value[3]");
    EXPECT_EQ(refused([](P& p) { p.tail[1] = 2; }), "tail[1]");
    EXPECT_EQ(refused([](P& p) { p.head[2] = 4000000000U; }), "head[2]");
    EXPECT_EQ(refused([](P& p) { p.group_arc[1] = 3; }), "group_arc[1]");
    EXPECT_EQ(refused([](P& p) { p.group_arc[1] = 0; }), "group_arc[1]");
    // a step at the largest threshold, far out of reach and just within it
    auto far = shared_supply(2, {{0, 1}, {0, 1, 2}});
    far.threshold[1] = LeximinProblem::max_bound;
    EXPECT_EQ(proved_values(far), (std::vector<std::int64_t>{0, 2}));
    far.upper[0] = unlimited;
    far.supply = {LeximinProblem::max_bound, -LeximinProblem::max_bound};
    EXPECT_EQ(proved_values(far), (std::vector<std::int64_t>{0, 2}));
    far.supply = {LeximinProblem::max_bound + 2, -LeximinProblem::max_bound - 2};
    EXPECT_EQ(proved_values(far), (std::vector<std::int64_t>{1, 2}));
}

TEST(LeximinBadInput, Item48WithoutAFlowThereIsAViolatedCut) {
    auto problem = shared_supply(2, {{0, 1}});
    problem.upper.back() = 0;
    const auto result = solve(problem);
    EXPECT_EQ(result.termination, Termination::infeasible);
    EXPECT_TRUE(accepted(examine(problem, result)));
    const auto worst = max_min(problem);
    EXPECT_EQ(worst.termination, Termination::infeasible);
    EXPECT_TRUE(accepted(examine(problem, worst)));
    problem.supply = {1, 0};
    EXPECT_TRUE(accepted(examine(problem, solve(problem))));
}

TEST(LeximinBadInput, Item53SizesThatLieAreRefusedBeforeAnyIsUsed) {
    const auto place = [](const auto& damage) {
        auto problem = shared_supply(2, {{0, 1}, {0, 1, 2}});
        damage(problem);
        try {
            (void)solve(problem);
        } catch (const InvalidProblem& refusal) {
            return refusal.place();
        }
        return std::string("accepted");
    };
    using P = LeximinProblem;
    EXPECT_EQ(place([](P& p) { p.nodes = std::numeric_limits<std::size_t>::max(); }), "nodes");
    EXPECT_EQ(place([](P& p) { p.nodes = 1'000'000; }), "supply");
    EXPECT_EQ(place([](P& p) { p.head.pop_back(); }), "head");
    EXPECT_EQ(place([](P& p) { p.lower.clear(); }), "lower");
    EXPECT_EQ(place([](P& p) { p.upper.push_back(1); }), "upper");
    EXPECT_EQ(place([](P& p) { p.first.clear(); }), "first");
    EXPECT_EQ(place([](P& p) { p.first[0] = 1; }), "first[0]");
    EXPECT_EQ(place([](P& p) { p.first[1] = 0; }), "first[1]");
    EXPECT_EQ(place([](P& p) { p.first[2] = std::numeric_limits<std::size_t>::max(); }), "first[2]");
    EXPECT_EQ(place([](P& p) { p.first[2] = 4; }), "first[2]");
    EXPECT_EQ(place([](P& p) { p.value.pop_back(); }), "value");
    EXPECT_EQ(place([](P& p) { p.threshold.pop_back(); }), "value");
}

TEST(LeximinBadInput, Item54NothingAtAll) {
    EXPECT_TRUE(proved_values({}).empty());
    EXPECT_TRUE(proved_values(shared_supply(3, {})).empty());
    EXPECT_EQ(proved_values(shared_supply(0, {{0, 1}})), (std::vector<std::int64_t>{0}));
    EXPECT_EQ(proved_values(shared_supply(0, {{4}})), (std::vector<std::int64_t>{4}));
}

TEST(LeximinBadInput, Item55StopsBeforeTheStartWithNothing) {
    const auto problem = given::schools_leximin(100, 30, 3, 1);
    std::stop_source source;
    source.request_stop();
    const std::pair<Stop, Cause> cases[] = {
        {{.time_limit = 0ns}, Cause::time},
        {{.time_limit = -5s}, Cause::time},
        {{.step_limit = 0}, Cause::steps},
        {{.step_limit = -1}, Cause::steps},
        {{.token = source.get_token()}, Cause::cancelled},
    };
    for (const auto& [stop, cause] : cases) {
        const auto result = solve(problem, {}, stop);
        EXPECT_EQ(result.termination, Termination::unknown);
        EXPECT_EQ(result.cause, cause);
        EXPECT_TRUE(accepted(examine(problem, result)));
        const auto worst = max_min(problem, stop);
        EXPECT_EQ(worst.termination, Termination::unknown);
        EXPECT_TRUE(accepted(examine(problem, worst)));
    }
}

TEST(LeximinBadInputLaw, Item55StopsAnywhereWithAFlowAndTheLevelsThatAreSettled) {
    const auto problem = given::schools_leximin(60, 15, 3, 2);
    const auto full = solve(problem);
    ASSERT_EQ(full.termination, Termination::optimal);
    const auto best = values_of(full);
    std::size_t most_settled = 0;
    bool unknown = false;
    for (std::uint64_t seed = 0; seed < given::law_cases(10'000); ++seed) {
        Random random(seed, 71);
        const Stop stop{.step_limit = random.between(0, full.steps + 1)};
        const auto result = solve(problem, {}, stop);
        ASSERT_TRUE(accepted(examine(problem, result))) << "seed " << seed;
        if (seed % 50 == 0) {
            ASSERT_EQ(result, solve(problem, {}, stop));
        }
        unknown |= result.termination == Termination::unknown;
        if (result.termination != Termination::feasible) continue;
        ASSERT_LE(values_of(result), best);
        most_settled = std::max(most_settled, result.settled);
    }
    EXPECT_TRUE(unknown);
    EXPECT_GT(most_settled, 0U);
    EXPECT_EQ(solve(problem, {}, Stop{.step_limit = full.steps + 1}), full);
}

TEST(LeximinBadInput, Item55ReactsToADeadline) {
    const auto problem = given::schools_leximin(5000, 900, 4, 3);
    for (const auto limit : {1ms, 20ms, 80ms}) {
        const auto start = std::chrono::steady_clock::now();
        const auto result = solve(problem, {}, Stop{.time_limit = limit});
        const auto took = std::chrono::steady_clock::now() - start;
        EXPECT_TRUE(accepted(examine(problem, result)));
        if (result.cause == Cause::proved) continue;
        EXPECT_EQ(result.cause, Cause::time);
        EXPECT_LT(took - limit, 500ms);  // ten times the promise, for loaded machines and slow builds
    }
}

TEST(LeximinBadInput, Item56NothingStaysBehindBetweenCalls) {
    auto problem = given::schools_leximin(60, 15, 3, 4);
    const auto first = solve(problem);
    auto wrong = problem;
    wrong.value.pop_back();
    EXPECT_THROW((void)solve(wrong), InvalidProblem);
    (void)solve(problem, {}, Stop{.step_limit = 30});
    EXPECT_EQ(solve(problem), first);
    const LeximinProblem moved = std::move(problem);
    EXPECT_EQ(solve(moved), first);
}

TEST(LeximinBadInput, Item59GroupsThatValueNothing) {
    EXPECT_EQ(proved_values(shared_supply(5, {{0, 0, 0}, {0, 0, 0}, {0, 0}})), (std::vector<std::int64_t>{0, 0, 0}));
    EXPECT_EQ(proved_values(shared_supply(5, {{3, 3, 3}, {3}, {3, 3}})), (std::vector<std::int64_t>{3, 3, 3}));
}

TEST(LeximinBadInput, Item59OneGroupValuesAll) {
    EXPECT_EQ(proved_values(shared_supply(3, {{0, 0, 0, 0}, {0, 1, 2, 3}, {0, 0, 0, 0}})),
              (std::vector<std::int64_t>{0, 0, 3}));
}

TEST(LeximinBadInput, Item59TiesGiveOneVectorWhateverTheOrder) {
    std::vector<std::vector<std::int64_t>> worth(6, {0, 1, 2, 3});
    worth[3] = {0, 2, 3};
    worth[5] = {1, 2};
    const auto values = proved_values(shared_supply(9, worth));
    EXPECT_EQ(values, (std::vector<std::int64_t>{1, 2, 2, 2, 2, 2}));
    const auto first = solve(shared_supply(9, worth));
    EXPECT_EQ(first, solve(shared_supply(9, worth)));
    Random random(1, 72);
    for (int i = 0; i < 20; ++i) {
        random.shuffle(std::span(worth));
        EXPECT_EQ(proved_values(shared_supply(9, worth)), values);
    }
}

// ---- laws

void expect_the_best(const LeximinProblem& problem, const std::string& where) {
    const auto best = given::exhaustive_leximin(problem);
    const auto result = solve(problem);
    ASSERT_TRUE(accepted(examine(problem, result))) << where;
    ASSERT_EQ(result.termination, best ? Termination::optimal : Termination::infeasible) << where;
    const auto worst = max_min(problem);
    ASSERT_TRUE(accepted(examine(problem, worst))) << where;
    ASSERT_EQ(worst.termination, result.termination) << where;
    if (!best) return;
    ASSERT_EQ(values_of(result), *best) << where;
    ASSERT_EQ(worst.worst, best->empty() ? 0 : best->front()) << where;
}

TEST(LeximinLaw, SmoothTablesNeedNoBranchesAndAgreeWithTryingEveryFlow) {
    for (std::uint64_t seed = 0; seed < given::law_cases(500'000); ++seed) {
        const auto problem = given::random_leximin(seed, true);
        expect_the_best(problem, "seed " + std::to_string(seed));
        ASSERT_FALSE(HasFatalFailure());
        if (seed % 10 == 0) {
            ASSERT_EQ(solve(problem).proof.size(), 1U) << "seed " << seed;
        }
    }
}

TEST(LeximinLaw, TablesOfAnyShapeAgreeWithTryingEveryFlow) {
    std::uint64_t branched = 0;
    for (std::uint64_t seed = 0; seed < given::law_cases(500'000); ++seed) {
        const auto problem = given::random_leximin(seed, false);
        expect_the_best(problem, "seed " + std::to_string(seed));
        ASSERT_FALSE(HasFatalFailure());
        if (seed % 10 == 0) branched += solve(problem).proof.size() > 1;
    }
    EXPECT_GT(branched, 0U);
}

TEST(LeximinLaw, StopsSoundlyAfterAnyNumberOfSteps) {
    for (std::uint64_t seed = 0; seed < given::law_cases(50'000); ++seed) {
        const auto problem = given::random_leximin(seed, seed % 2 == 0);
        const Stop stop{.step_limit = static_cast<std::int64_t>(seed % 13)};
        ASSERT_TRUE(accepted(examine(problem, solve(problem, {}, stop)))) << "seed " << seed;
        ASSERT_TRUE(accepted(examine(problem, max_min(problem, stop)))) << "seed " << seed;
    }
}

TEST(LeximinLaw, PackingsAgreeWithTryingEverySet) {
    for (std::uint64_t seed = 0; seed < given::law_cases(2'000); ++seed) {
        Random random(seed, 73);
        const auto items = static_cast<std::uint32_t>(random.between(3, 9));
        std::vector<std::vector<std::uint32_t>> sets(random.below(7));
        for (auto& set : sets) {
            std::vector<std::uint32_t> all(items);
            for (std::uint32_t i = 0; i < items; ++i)
                all[i] = i;
            random.shuffle(std::span(all));
            set.assign(all.begin(), all.begin() + 3);
        }
        int most = 0;
        for (std::uint32_t chosen = 0; chosen < 1U << sets.size(); ++chosen) {
            std::vector<int> used(items, 0);
            int count = 0;
            for (std::size_t s = 0; s < sets.size(); ++s) {
                if ((chosen >> s & 1) == 0) continue;
                ++count;
                for (const std::uint32_t i : sets[s])
                    ++used[i];
            }
            if (std::all_of(used.begin(), used.end(), [](int times) { return times <= 1; }))
                most = std::max(most, count);
        }
        std::vector<std::int64_t> expected(sets.size() - static_cast<std::size_t>(most), 0);
        expected.resize(sets.size(), 1);
        ASSERT_EQ(proved_values(packing(items, 3, sets)), expected) << "seed " << seed;
    }
}

// ---- the verifier

using Damage = std::function<void(LeximinProblem&, LeximinResult&)>;

TEST(LeximinVerifier, RefusesEveryBrokenAnswerForTheRightReason) {
    const auto problem = shared_supply(7, {{0, 250, 500, 750, 1000}, {0, 333, 666, 1000}, {0, 333, 666, 1000}});
    const auto result = solve(problem);  // flow 3, 2, 2, 0
    ASSERT_TRUE(accepted(examine(problem, result)));
    using P = LeximinProblem;
    using R = LeximinResult;
    const auto bound = [](R& r) -> LeximinBound& { return std::get<LeximinBound>(r.proof[0]); };
    const auto worse = [](R& r, std::vector<std::int64_t> flow, std::vector<LeximinLevel> levels) {
        r.flow = std::move(flow);
        r.levels = std::move(levels);
    };
    const std::pair<std::string, Damage> mutations[] = {
        {"flow[0]", [](P&, R& r) { r.flow[0] = 5; }},
        {"flow[1]", [](P&, R& r) { r.flow[1] = -1; }},
        {"flow[2]", [](P&, R& r) { r.flow[2] = least; }},
        {"flow[2]", [](P&, R& r) { r.flow[2] = unlimited; }},
        {"node[0]", [](P&, R& r) { r.flow[3] = 1; }},
        {"node[0]", [](P&, R& r) { r.flow[3] = unlimited; }},
        {"flow", [](P&, R& r) { r.flow.pop_back(); }},
        {"flow", [](P&, R& r) { r.flow.clear(); }},
        {"levels", [](P&, R& r) { r.levels.clear(); }},
        {"levels", [](P&, R& r) { r.levels.pop_back(); }},
        {"levels[0]", [](P&, R& r) { r.levels[0].groups = 1; }},
        {"levels[0]", [](P&, R& r) { r.levels[0].value = 750; }},
        {"levels[1]", [](P&, R& r) { r.levels[1].value = 1000; }},
        {"proof[0]",
         [&](P&, R& r) {  // the first group takes from the second
             worse(r, {4, 1, 2, 0}, {{333, 1}, {666, 1}, {1000, 1}});
         }},
        {"proof[0]",
         [&](P&, R& r) {  // wasted
             worse(r, {2, 2, 2, 1}, {{500, 1}, {666, 2}});
         }},
        {"proof[0]",
         [&](P&, R& r) {
             worse(r, {0, 0, 0, 7}, {{0, 3}});
         }},
        {"proof[0]", [&](P&, R& r) { bound(r).scale[0] = 0; }},
        {"proof[0]", [&](P&, R& r) { bound(r).scale[3] = -5; }},
        {"proof[0]", [&](P&, R& r) { bound(r).scale[1] = least; }},
        {"proof[0]", [&](P&, R& r) { bound(r).scale.pop_back(); }},
        {"proof[0]", [&](P&, R& r) { bound(r).potential.pop_back(); }},
        {"proof[0]", [&](P&, R& r) { bound(r).potential.emplace_back(); }},
        {"proof[0]",
         [&](P&, R& r) {
             bound(r).scale.push_back(1);
             bound(r).potential.emplace_back();
         }},
        {"proof[0]",
         [&](P&, R& r) {  // one tier fewer
             bound(r).scale.pop_back();
             bound(r).potential.pop_back();
         }},
        {"proof[0]", [&](P&, R& r) { bound(r).potential[0] = {1}; }},
        {"proof[0]",
         [&](P&, R& r) {
             bound(r).potential[0] = {1, 2, 3};
         }},
        {"proof[0]",
         [&](P&, R& r) {  // no prices at all
             for (auto& list : bound(r).potential)
                 list.clear();
         }},
        {"arc[3]",
         [&](P&, R& r) {  // it would pay to send more by the endless arc
             bound(r).potential[0] = {0, 1};
         }},
        {"proof[0]",
         [&](P&, R& r) {
             bound(r).potential[0] = {unlimited, least};
         }},
        {"proof", [](P&, R& r) { r.proof.clear(); }},
        {"proof[1]", [](P&, R& r) { r.proof.push_back(r.proof[0]); }},
        {"cut", [](P&, R& r) { r.proof[0] = ViolatedCut{{0}}; }},
        {"cut[0]", [](P&, R& r) { r.proof[0] = ViolatedCut{{7}}; }},
        {"cut[1]",
         [](P&, R& r) {
             r.proof[0] = ViolatedCut{{1, 1}};
         }},
        {"proof[0]",
         [](P&, R& r) {
             r.proof[0] = LeximinBranch{3, 0};
         }},
        {"proof[0]",
         [](P&, R& r) {
             r.proof[0] = LeximinBranch{0, 5};
         }},
        {"proof[0]",
         [](P&, R& r) {  // below 0 there is nothing
             r.proof[0] = LeximinBranch{0, 0};
         }},
        {"proof",
         [](P&, R& r) {  // the second half is missing
             r.proof.insert(r.proof.begin(), LeximinBranch{0, 2});
         }},
        {"settled", [](P&, R& r) { r.settled = 4; }},
        {"settled", [](P&, R& r) { r.settled = 0; }},
        {"settled", [](P&, R& r) { r.settled = std::numeric_limits<std::size_t>::max(); }},
        {"cause", [](P&, R& r) { r.cause = Cause::steps; }},
        {"cause", [](P&, R& r) { r.termination = Termination::feasible; }},
        {"claim", [](P&, R& r) { r.claim = Claim::bounded; }},
        {"claim", [](P&, R& r) { r.claim = Claim::claimed_by_backend; }},
        {"flow", [](P&, R& r) { r.termination = Termination::infeasible; }},
        {"termination", [](P&, R& r) { r.termination = Termination::unbounded; }},
        {"termination", [](P&, R& r) { r.termination = static_cast<Termination>(-1); }},
        {"steps", [](P&, R& r) { r.steps = -1; }},
        {"levels[1]", [](P& p, R&) { p.value[3] = 800; }},
        {"node[0]", [](P& p, R&) { p.supply[0] = 8; }},
        {"flow[1]", [](P& p, R&) { p.upper[1] = 1; }},
    };
    for (const auto& [place, damage] : mutations) {
        auto broken_problem = problem;
        auto broken = result;
        damage(broken_problem, broken);
        const Verdict verdict = examine(broken_problem, broken);
        EXPECT_FALSE(verdict.accepted) << place;
        EXPECT_EQ(verdict.place, place) << text(verdict.why, Language::en);
        EXPECT_FALSE(verdict.why.empty());
        EXPECT_FALSE(verify(broken_problem, broken)) << place;
    }
}

TEST(LeximinVerifier, AcceptsMoreBranchesThanNeededAndBoundsOfFewerTiers) {
    const auto problem = shared_supply(7, {{0, 250, 500, 750, 1000}, {0, 333, 666, 1000}, {0, 333, 666, 1000}});
    auto result = solve(problem);
    const auto whole = std::get<LeximinBound>(result.proof[0]);
    result.proof = {LeximinBranch{1, 6}, whole, whole};  // step 6: a unit for the second group
    EXPECT_TRUE(accepted(examine(problem, result)));
    auto part = whole;
    part.scale.resize(2);
    part.potential.resize(2);
    auto stopped = result;
    stopped.termination = Termination::feasible;
    stopped.cause = Cause::time;
    stopped.claim = Claim::bounded;
    stopped.settled = 2;
    stopped.proof = {part};
    EXPECT_TRUE(accepted(examine(problem, stopped)));
    stopped.settled = 1;
    EXPECT_EQ(examine(problem, stopped).place, "settled");
    stopped.settled = 0;
    stopped.claim = Claim::feasible;
    EXPECT_EQ(examine(problem, stopped).place, "proof");
    stopped.proof.clear();
    EXPECT_TRUE(accepted(examine(problem, stopped)));
}

TEST(LeximinVerifier, RefusesEveryBrokenWorstValue) {
    const auto problem = shared_supply(7, {{0, 250, 500, 750, 1000}, {0, 333, 666, 1000}, {0, 333, 666, 1000}});
    const auto result = max_min(problem);
    ASSERT_TRUE(accepted(examine(problem, result)));
    using R = MaxMinResult;
    const std::pair<std::string, std::function<void(R&)>> mutations[] = {
        {"worst", [](R& r) { r.worst = 750; }},
        {"worst", [](R& r) { r.worst = 0; }},
        {"flow[0]", [](R& r) { r.flow[0] = 9; }},
        {"node[0]", [](R& r) { r.flow[0] -= 1; }},
        {"flow", [](R& r) { r.flow.clear(); }},
        {"certificate", [](R& r) { r.certificate = std::monostate{}; }},
        {"cut", [](R& r) { r.certificate = ViolatedCut{}; }},
        {"cut[0]", [](R& r) { r.certificate = ViolatedCut{{2}}; }},
        {"cut",
         [](R& r) {  // a worse flow, whose worst group can be lifted
             r.flow = {4, 1, 2, 0};
             r.worst = 333;
         }},
        {"claim", [](R& r) { r.claim = Claim::feasible; }},
        {"cause", [](R& r) { r.cause = Cause::time; }},
        {"cause", [](R& r) { r.termination = Termination::feasible; }},
        {"termination", [](R& r) { r.termination = Termination::unbounded; }},
        {"flow", [](R& r) { r.termination = Termination::infeasible; }},
        {"steps", [](R& r) { r.steps = -1; }},
    };
    for (const auto& [place, damage] : mutations) {
        auto broken = result;
        damage(broken);
        const Verdict verdict = examine(problem, broken);
        EXPECT_FALSE(verdict.accepted) << place;
        EXPECT_EQ(verdict.place, place) << text(verdict.why, Language::en);
    }
}

TEST(LeximinVerifierLaw, NeverAcceptsARandomMutationThatIsWrong) {
    std::uint64_t refused = 0, accepted_still = 0;
    for (std::uint64_t seed = 0; seed < given::law_cases(100'000); ++seed) {
        Random random(seed, 74);
        const auto problem = given::random_leximin(random.below(5000), seed % 2 == 0);
        auto result = solve(problem);
        const auto truth = result;
        const auto any = [&](auto& list) -> auto& { return list[random.below(list.size())]; };
        const auto change = random.below(8);
        auto* entry = result.proof.empty() ? nullptr : &any(result.proof);
        auto* bound = entry == nullptr ? nullptr : std::get_if<LeximinBound>(entry);
        auto* cut = entry == nullptr ? nullptr : std::get_if<ViolatedCut>(entry);
        auto* branch = entry == nullptr ? nullptr : std::get_if<LeximinBranch>(entry);
        if (change == 0 && !result.flow.empty()) any(result.flow) += random.between(-1, 1);
        if (change == 1 && !result.levels.empty()) any(result.levels).value += random.between(-1, 1);
        if (change <= 3 && bound != nullptr && !bound->potential.empty()) {
            auto& list = any(bound->potential);
            list.resize(problem.nodes, 0);
            any(list) += random.between(-2, 2);
        }
        if (change == 4 && bound != nullptr && !bound->scale.empty()) any(bound->scale) += random.between(-1, 1);
        if (change == 5 && cut != nullptr && !cut->nodes.empty()) any(cut->nodes) = 0;
        if (change == 5 && branch != nullptr) branch->step += 1;
        if (change == 6 && !result.proof.empty()) result.proof.erase(result.proof.begin());
        if (change == 7) result.termination = static_cast<Termination>(random.below(5));
        if (result == truth) continue;
        if (!verify(problem, result)) {
            ++refused;
            continue;
        }
        ++accepted_still;  // then what it says must still be true
        ASSERT_EQ(result.termination, truth.termination) << "seed " << seed;
        ASSERT_EQ(result.levels, truth.levels) << "seed " << seed;
    }
    EXPECT_GT(refused, given::law_cases(100'000) / 10);
    EXPECT_GT(accepted_still, 0U);
}

}  // namespace
