#include <countyplan/solve/max_flow.hpp>

#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include <countyplan/error.hpp>
#include <countyplan/solve/random.hpp>

#include "given/law.hpp"
#include "given/max_flow.hpp"

namespace {

using namespace countyplan;
using namespace std::chrono_literals;

constexpr std::int64_t most = MaxFlowProblem::max_capacity;
constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min();

MaxFlowProblem network(std::size_t nodes, std::uint32_t source, std::uint32_t sink,
                       const std::vector<std::array<std::int64_t, 3>>& arcs) {
    MaxFlowProblem problem{.nodes = nodes, .source = source, .sink = sink};
    for (const auto& [tail, head, capacity] : arcs)
        given::add_arc(problem, static_cast<std::uint32_t>(tail), static_cast<std::uint32_t>(head), capacity);
    return problem;
}

testing::AssertionResult proved(const MaxFlowProblem& problem, const MaxFlowResult& result) {
    const Verdict verdict = examine(problem, result);
    if (verdict.accepted && result.termination == Termination::optimal && verify(problem, result))
        return testing::AssertionSuccess();
    return testing::AssertionFailure() << verdict.place << ": " << text(verdict.why, Language::en);
}

std::string proved_value(const MaxFlowProblem& problem) {
    const auto result = solve(problem);
    EXPECT_TRUE(proved(problem, result));
    return to_text(result.value);
}

TEST(MaxFlow, FillsTheNarrowestCut) {
    // Ahuja, Magnanti & Orlin's shape: two ways that share a middle arc
    const auto problem = network(4, 0, 3, {{0, 1, 4}, {0, 2, 2}, {1, 2, 3}, {1, 3, 1}, {2, 3, 5}});
    const auto result = solve(problem);
    EXPECT_EQ(result.value, Int128(6));
    EXPECT_EQ(result.bound, Int128(6));
    EXPECT_EQ(result.claim, Claim::proved);
    EXPECT_TRUE(proved(problem, result));
}

TEST(MaxFlow, NamesTheLargestOfTheLeastCuts) {
    const auto problem = network(4, 0, 3, {{0, 1, 2}, {1, 2, 2}, {2, 3, 2}});
    EXPECT_EQ(solve(problem).cut, (std::vector<std::uint32_t>{0, 1, 2}));
}

TEST(MaxFlow, SendsNothingWhereNothingCanGo) {
    EXPECT_EQ(proved_value(network(2, 0, 1, {})), "0");
    EXPECT_EQ(proved_value(network(2, 1, 0, {{0, 1, 5}})), "0");
    EXPECT_EQ(proved_value(network(3, 0, 2, {{0, 1, 5}})), "0");
    EXPECT_EQ(proved_value(network(3, 0, 2, {{0, 1, 5}, {1, 2, 0}})), "0");
}

TEST(MaxFlow, DoesTheSameOnASecondCallAndAtAnyFreshness) {
    const auto problem = given::level_max_flow(20, 30, 1);
    const auto result = solve(problem);
    EXPECT_EQ(result, solve(problem));
    for (const std::uint32_t freshness : {1U, 7U, 4294967295U}) {
        const auto other = solve(problem, MaxFlowOptions{.freshness = freshness});
        EXPECT_TRUE(proved(problem, other));
        EXPECT_EQ(other.value, result.value);
        EXPECT_EQ(other.cut, result.cut);
    }
    EXPECT_THROW((void)solve(problem, MaxFlowOptions{.freshness = 0}), InvalidProblem);
}

// ---- reliability.md 2.5

TEST(MaxFlowBadInput, Item45EqualAndEmptyCapacities) {
    for (const std::int64_t capacity : {std::int64_t{0}, std::int64_t{1}, most}) {
        MaxFlowProblem grid{.nodes = 8, .source = 6, .sink = 7};
        for (std::uint32_t i = 0; i < 3; ++i) {
            given::add_arc(grid, 6, i, capacity);
            given::add_arc(grid, 3 + i, 7, capacity);
            for (std::uint32_t j = 3; j < 6; ++j)
                given::add_arc(grid, i, j, capacity);
        }
        EXPECT_EQ(proved_value(grid), to_text(Int128(3) * Int128(capacity)));
    }
}

TEST(MaxFlowBadInput, Item46AValueBeyond64BitsIsExact) {
    MaxFlowProblem problem{.nodes = 4, .source = 0, .sink = 3};
    for (int i = 0; i < 5; ++i) {
        given::add_arc(problem, 0, 1, most);
        given::add_arc(problem, 1, 2, most);
        given::add_arc(problem, 2, 3, most - 1);
    }
    EXPECT_EQ(proved_value(problem), "46116860184273879030");
}

TEST(MaxFlowBadInput, Item47ExtremeNumbersAreRefusedOrExact) {
    const auto refused = [](const MaxFlowProblem& problem) {
        try {
            (void)solve(problem);
        } catch (const InvalidProblem& refusal) {
            EXPECT_FALSE(verify(problem, {}));
            return refusal.place();
        }
        return std::string("accepted");
    };
    EXPECT_EQ(refused(network(2, 0, 1, {{0, 1, least}})), "capacity[0]");
    EXPECT_EQ(refused(network(2, 0, 1, {{0, 1, -1}})), "capacity[0]");
    EXPECT_EQ(refused(network(2, 0, 1, {{0, 1, 1}, {2, 1, 1}})), "tail[1]");
    EXPECT_EQ(refused(network(2, 0, 1, {{0, 2, 1}})), "head[0]");
    EXPECT_EQ(refused(network(2, 2, 1, {})), "source");
    EXPECT_EQ(refused(network(2, 0, 2, {})), "sink");
    EXPECT_EQ(refused(network(2, 1, 1, {})), "sink");
    EXPECT_EQ(refused(network(1, 0, 0, {})), "nodes");
    EXPECT_EQ(refused(network(0, 0, 0, {})), "nodes");
    // the largest number as a capacity all round a cycle, on the way and beside it
    EXPECT_EQ(
        proved_value(network(
            5, 0, 4, {{0, 1, most}, {1, 2, most}, {2, 1, most}, {2, 3, most}, {3, 1, most}, {3, 4, most}, {0, 4, 3}})),
        "9223372036854775810");
}

TEST(MaxFlowBadInput, Item50LoopsParallelArcsAndArcsAgainstTheFlow) {
    EXPECT_EQ(proved_value(network(2, 0, 1, {{0, 0, 9}, {1, 1, 9}, {0, 1, 2}, {0, 1, 3}, {1, 0, 7}})), "5");
    EXPECT_EQ(proved_value(network(4, 0, 3, {{0, 1, 5}, {1, 0, 5}, {1, 2, 4}, {2, 1, 4}, {2, 3, 3}, {3, 2, 9}})), "3");
}

TEST(MaxFlowBadInput, Item52NetworksKnownForEndlessLoopsEnd) {
    // ways that undo each other: the classic case in which augmenting by ones takes 2 * capacity steps
    EXPECT_EQ(proved_value(network(4, 0, 3, {{0, 1, most}, {0, 2, most}, {1, 2, 1}, {1, 3, most}, {2, 3, most}})),
              to_text(Int128(2) * Int128(most)));
    // a chain in which all excess must come back
    MaxFlowProblem chain{.nodes = 3000, .source = 0, .sink = 2999};
    for (std::uint32_t v = 0; v + 1 < 2999; ++v)
        given::add_arc(chain, v, v + 1, 1000);
    given::add_arc(chain, 2998, 2999, 1);
    EXPECT_EQ(proved_value(chain), "1");
}

TEST(MaxFlowBadInput, Item53SizesThatLieAreRefusedBeforeAnyIsUsed) {
    const auto place = [](const MaxFlowProblem& problem) {
        try {
            (void)solve(problem);
        } catch (const InvalidProblem& refusal) {
            return refusal.place();
        }
        return std::string("accepted");
    };
    MaxFlowProblem problem{.nodes = std::numeric_limits<std::size_t>::max()};
    EXPECT_EQ(place(problem), "nodes");
    problem.nodes = std::numeric_limits<std::uint32_t>::max();
    EXPECT_EQ(place(problem), "nodes");
    problem = network(2, 0, 1, {{0, 1, 1}});
    problem.head.clear();
    EXPECT_EQ(place(problem), "head");
    problem.head = {1};
    problem.capacity.push_back(2);
    EXPECT_EQ(place(problem), "capacity");
}

TEST(MaxFlowBadInput, Item55StopsBeforeTheStartWithNoFlowAndABound) {
    const auto problem = given::level_max_flow(20, 30, 2);
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
        EXPECT_EQ(result.termination, Termination::feasible);
        EXPECT_EQ(result.cause, cause);
        EXPECT_EQ(result.value, Int128(0));
        EXPECT_TRUE(verify(problem, result));
    }
}

TEST(MaxFlowBadInputLaw, Item55StopsAnywhereWithAFlowAndABound) {
    const auto problem = given::level_max_flow(12, 20, 3);
    const auto full = solve(problem);
    ASSERT_TRUE(proved(problem, full));
    bool some = false;
    for (std::uint64_t seed = 0; seed < given::law_cases(10'000); ++seed) {
        Random random(seed, 51);
        const Stop stop{.step_limit = random.between(0, full.steps + 2)};
        const auto result = solve(problem, {}, stop);
        ASSERT_TRUE(verify(problem, result)) << "seed " << seed;
        ASSERT_LE(result.value, full.value);
        ASSERT_GE(result.bound, full.value);
        some |= result.termination == Termination::feasible && result.value > Int128(0);
        if (seed % 50 == 0) {
            ASSERT_EQ(result, solve(problem, {}, stop));
        }
    }
    EXPECT_TRUE(some);
    EXPECT_EQ(solve(problem, {}, Stop{.step_limit = full.steps + 1}), full);
}

TEST(MaxFlowBadInput, Item55ReactsToADeadline) {
    const auto problem = given::level_max_flow(128, 512, 4);
    for (const auto limit : {1ms, 10ms, 40ms}) {
        const auto start = std::chrono::steady_clock::now();
        const auto result = solve(problem, {}, Stop{.time_limit = limit});
        const auto took = std::chrono::steady_clock::now() - start;
        EXPECT_TRUE(verify(problem, result));
        if (result.cause == Cause::proved) continue;
        EXPECT_EQ(result.cause, Cause::time);
        EXPECT_LT(took - limit, 500ms);  // ten times the promise, for loaded machines and slow builds
    }
}

TEST(MaxFlowBadInput, Item56NothingStaysBehindBetweenCalls) {
    auto problem = given::level_max_flow(20, 30, 5);
    const auto first = solve(problem);
    auto wrong = problem;
    wrong.capacity.pop_back();
    EXPECT_THROW((void)solve(wrong), InvalidProblem);
    (void)solve(problem, {}, Stop{.step_limit = 10});
    EXPECT_EQ(solve(problem), first);
    const MaxFlowProblem moved = std::move(problem);
    EXPECT_EQ(solve(moved), first);
}

TEST(MaxFlow, ShowsItsProgressAndLetsWhatItThrowsThrough) {  // none is due if the machine is fast
    const auto problem = given::unit_max_flow(60'000, 60'000, 3, 6);
    std::vector<Tick> ticks;
    const auto result = solve(problem, {}, {}, [&](const Tick& tick) { ticks.push_back(tick); });
    for (std::size_t i = 1; i < ticks.size(); ++i) {
        EXPECT_LE(ticks[i - 1].steps, ticks[i].steps);
        EXPECT_LE(ticks[i - 1].best, ticks[i].best);
    }
    EXPECT_EQ(result, solve(problem));
}

// ---- laws

TEST(MaxFlowLaw, EveryFlowIsProvedAndAsLargeAsTheLeastOfAllCuts) {
    std::uint64_t beyond = 0;
    for (std::uint64_t seed = 0; seed < given::law_cases(1'000'000); ++seed) {
        const auto problem = given::random_max_flow(seed);
        const auto result = solve(problem);
        ASSERT_TRUE(proved(problem, result)) << "seed " << seed;
        ASSERT_EQ(result.value, given::least_cut(problem)) << "seed " << seed;
        beyond += result.value > Int128(most);
    }
    EXPECT_GT(beyond, 0U);
}

TEST(MaxFlowLaw, StopsSoundlyAfterAnyNumberOfSteps) {
    for (std::uint64_t seed = 0; seed < given::law_cases(100'000); ++seed) {
        const auto problem = given::random_max_flow(seed);
        const Stop stop{.step_limit = static_cast<std::int64_t>(seed % 7)};
        const auto result = solve(problem, {}, stop);
        ASSERT_TRUE(verify(problem, result)) << "seed " << seed;
        ASSERT_LE(result.steps, *stop.step_limit);
    }
}

TEST(MaxFlowLaw, MiddlingNetworksOfEveryShapeAreProved) {
    for (std::uint64_t seed = 0; seed < given::law_cases(1'000); ++seed) {
        const auto side = static_cast<std::uint32_t>(2 + seed % 5);
        for (const auto& problem : {given::frames_max_flow(side, 6, seed), given::level_max_flow(8, 3 * side, seed),
                                    given::grid_max_flow(4 * side, seed), given::unit_max_flow(60, 55, 2, seed)}) {
            ASSERT_TRUE(proved(problem, solve(problem))) << "seed " << seed;
        }
    }
}

// ---- the verifier

using Damage = std::function<void(MaxFlowProblem&, MaxFlowResult&)>;

TEST(MaxFlowVerifier, RefusesEveryBrokenAnswerForTheRightReason) {
    const auto problem = network(4, 0, 3, {{0, 1, 4}, {0, 2, 2}, {1, 2, 3}, {1, 3, 1}, {2, 3, 5}, {3, 3, 8}});
    const auto result = solve(problem);  // cut {0, 1, 2}, value 6
    ASSERT_TRUE(proved(problem, result));
    ASSERT_EQ(result.flow, (std::vector<std::int64_t>{4, 2, 3, 1, 5, 0}));
    using P = MaxFlowProblem;
    using R = MaxFlowResult;
    const std::pair<std::string, Damage> mutations[] = {
        {"flow[0]", [](P&, R& r) { r.flow[0] = 5; }},
        {"flow[0]", [](P&, R& r) { r.flow[0] = -1; }},
        {"flow[2]", [](P&, R& r) { r.flow[2] = least; }},
        {"flow[4]", [](P&, R& r) { r.flow[4] = most; }},
        {"flow[5]", [](P&, R& r) { r.flow[5] = 9; }},
        {"node[1]", [](P&, R& r) { r.flow[0] = 3; }},
        {"node[2]", [](P&, R& r) { r.flow[1] = 1; }},
        {"node[1]", [](P&, R& r) { r.flow[2] = 2; }},
        {"node[2]", [](P&, R& r) { r.flow[4] = 4; }},
        {"flow", [](P&, R& r) { r.flow.pop_back(); }},
        {"flow", [](P&, R& r) { r.flow.push_back(0); }},
        {"flow", [](P&, R& r) { r.flow.clear(); }},
        {"value", [](P&, R& r) { r.value += 1; }},
        {"value", [](P&, R& r) { r.value = -6; }},
        {"value", [](P&, R& r) { r.value = 0; }},
        {"bound", [](P&, R& r) { r.bound += 1; }},
        {"bound", [](P&, R& r) { r.bound = 0; }},
        {"cut", [](P&, R& r) { r.cut.clear(); }},
        {"cut", [](P&, R& r) { r.cut = {1}; }},
        {"cut",
         [](P&, R& r) {
             r.cut = {0, 3};
         }},
        {"cut",
         [](P&, R& r) {
             r.cut = {0, 1, 2, 3};
         }},
        {"cut[0]", [](P&, R& r) { r.cut = {4}; }},
        {"cut[1]",
         [](P&, R& r) {
             r.cut = {0, 4000000000U};
         }},
        {"cut[1]",
         [](P&, R& r) {
             r.cut = {0, 0};
         }},
        {"cut[1]",
         [](P&, R& r) {
             r.cut = {1, 0};
         }},
        {"bound",
         [](P&, R& r) {
             r.cut = {0, 2};
         }},
        {"value",
         [](P&, R& r) {
             r.cut = {0, 2};
             r.bound = 9;
         }},
        {"cause", [](P&, R& r) { r.cause = Cause::time; }},
        {"cause", [](P&, R& r) { r.termination = Termination::feasible; }},
        {"claim", [](P&, R& r) { r.claim = Claim::bounded; }},
        {"claim", [](P&, R& r) { r.claim = Claim::feasible; }},
        {"claim",
         [](P&, R& r) {
             r.termination = Termination::feasible;
             r.cause = Cause::steps;
         }},
        {"termination", [](P&, R& r) { r.termination = Termination::infeasible; }},
        {"termination", [](P&, R& r) { r.termination = Termination::unbounded; }},
        {"termination", [](P&, R& r) { r.termination = Termination::unknown; }},
        {"termination", [](P&, R& r) { r.termination = static_cast<Termination>(77); }},
        {"steps", [](P&, R& r) { r.steps = -1; }},
        {"flow[0]", [](P& p, R&) { p.capacity[0] = 3; }},
        {"bound", [](P& p, R&) { p.capacity[4] = 6; }},
        {"node[1]", [](P& p, R&) { p.tail[3] = 0; }},
        {"node[0]", [](P& p, R&) { p.source = 1; }},
        {"node[3]", [](P& p, R&) { p.sink = 2; }},
        {"sink", [](P& p, R&) { p.sink = 0; }},
        {"nodes", [](P& p, R&) { p.nodes = 0; }},
        {"capacity[5]", [](P& p, R&) { p.capacity[5] = -1; }},
        {"head[0]", [](P& p, R&) { p.head[0] = 9; }},
    };
    for (const auto& [place, damage] : mutations) {
        auto broken_problem = problem;
        auto broken = result;
        damage(broken_problem, broken);
        const Verdict verdict = examine(broken_problem, broken);
        EXPECT_FALSE(verdict.accepted) << place;
        EXPECT_EQ(verdict.place, place);
        EXPECT_FALSE(verdict.why.empty());
        EXPECT_FALSE(verify(broken_problem, broken)) << place;
    }
}

TEST(MaxFlowVerifier, AcceptsOtherRightAnswers) {
    const auto problem = network(4, 0, 3, {{0, 1, 2}, {1, 2, 2}, {2, 3, 2}, {2, 1, 5}});
    auto result = solve(problem);
    for (const std::vector<std::uint32_t>& cut : {std::vector<std::uint32_t>{0}, {0, 1}, {0, 1, 2}}) {
        result.cut = cut;
        EXPECT_TRUE(verify(problem, result));
    }
    auto less = result;  // a flow of nothing says less than it could
    less.flow = {0, 0, 0, 0};
    less.value = 0;
    less.termination = Termination::feasible;
    less.cause = Cause::time;
    less.claim = Claim::bounded;
    EXPECT_TRUE(verify(problem, less));
    const auto round = network(4, 0, 3, {{0, 1, 2}, {1, 2, 4}, {2, 3, 2}, {2, 1, 5}});
    result.flow = {2, 4, 2, 2};  // flow may go round
    result.cut = {0};
    EXPECT_TRUE(verify(round, result));
}

TEST(MaxFlowVerifierLaw, NeverAcceptsARandomMutationThatIsWrong) {
    std::uint64_t refused = 0, accepted = 0;
    for (std::uint64_t seed = 0; seed < given::law_cases(100'000); ++seed) {
        Random random(seed, 52);
        const auto problem = given::random_max_flow(random.below(5000));
        auto result = solve(problem);
        const auto truth = result;
        const auto change = random.below(6);
        if (change == 0 && !result.flow.empty()) result.flow[random.below(result.flow.size())] += random.between(-2, 2);
        if (change == 1) result.value += random.between(-2, 2);
        if (change == 2) result.bound += random.between(-2, 2);
        if (change == 3) result.cut[random.below(result.cut.size())] = static_cast<std::uint32_t>(random.below(9));
        if (change == 4 && result.cut.size() > 1) result.cut.pop_back();
        if (change == 5) result.termination = static_cast<Termination>(random.below(5));
        if (result == truth) continue;
        if (!verify(problem, result)) {
            ++refused;
            continue;
        }
        ++accepted;  // then what it says must still be true
        ASSERT_EQ(result.termination, Termination::optimal) << "seed " << seed;
        ASSERT_EQ(result.value, truth.value) << "seed " << seed;
    }
    EXPECT_GT(refused, given::law_cases(100'000) / 4);
    EXPECT_GT(accepted, 0U);
}

}  // namespace
