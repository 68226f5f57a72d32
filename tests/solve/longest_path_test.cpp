#include <countyplan/solve/longest_path.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <stop_token>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <countyplan/error.hpp>
#include <countyplan/solve/random.hpp>

#include "given/longest_path.hpp"

namespace {

using namespace countyplan;
using namespace std::chrono_literals;

constexpr std::int64_t unbounded = LongestPathProblem::unbounded;
constexpr std::int64_t max_time = LongestPathProblem::max_time;
constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min();

struct GivenArc {
    std::uint32_t tail, head;
    std::int64_t length;
};

LongestPathProblem graph(std::vector<std::int64_t> release, const std::vector<GivenArc>& arcs) {
    LongestPathProblem problem{.nodes = release.size(), .release = std::move(release)};
    for (const GivenArc& a : arcs)
        given::add_arc(problem, a.tail, a.head, a.length);
    return problem;
}

testing::AssertionResult proved(const LongestPathProblem& problem, const LongestPathResult& result) {
    const Verdict verdict = examine(problem, result);
    if (verdict.accepted && result.cause == Cause::proved && verify(problem, result))
        return testing::AssertionSuccess();
    return testing::AssertionFailure() << verdict.place << ": " << text(verdict.why, Language::en);
}

TEST(LongestPath, FindsEarliestAndLatestTimesOfASmallPlan) {
    // 0 (3 days) -> 1 (2) -> 3 (1); 0 -> 2 (4) -> 3
    auto problem = graph({0, 0, 0, 0}, {{0, 1, 3}, {0, 2, 3}, {1, 3, 2}, {2, 3, 4}});
    problem.span = {3, 2, 4, 1};
    const auto result = solve(problem);
    EXPECT_TRUE(proved(problem, result));
    EXPECT_EQ(result.earliest, (std::vector<std::int64_t>{0, 3, 3, 7}));
    EXPECT_EQ(result.latest, (std::vector<std::int64_t>{0, 5, 3, 7}));
    EXPECT_EQ(result.horizon, 8);
    const auto& drivers = std::get<Drivers>(result.certificate);
    EXPECT_EQ(drivers.early, (std::vector<std::uint32_t>{Drivers::own, 0, 1, 3}));
    EXPECT_EQ(drivers.late, (std::vector<std::uint32_t>{1, 2, 3, Drivers::end}));
}

TEST(LongestPath, LetsADeadlineMoveLateTimesOnly) {
    auto problem = graph({0, 0}, {{0, 1, 5}});
    problem.deadline = {unbounded, 3};
    const auto result = solve(problem);
    EXPECT_TRUE(proved(problem, result));
    EXPECT_EQ(result.earliest, (std::vector<std::int64_t>{0, 5}));
    EXPECT_EQ(result.latest, (std::vector<std::int64_t>{-2, 3}));
    EXPECT_EQ(std::get<Drivers>(result.certificate).late[1], Drivers::own);
}

TEST(LongestPath, MeasuresAgainstAGivenHorizon) {
    auto problem = graph({0, 0}, {{0, 1, 5}});
    problem.horizon = 4;
    const auto result = solve(problem);
    EXPECT_TRUE(proved(problem, result));
    EXPECT_EQ(result.latest, (std::vector<std::int64_t>{-1, 4}));
}

TEST(LongestPath, RepairsMaximumLagsAndNamesThoseThatCannotHold) {
    // 1 at least 4 after 0 through 2, and at most `most` after 0
    const auto lagged = [](std::int64_t most) { return graph({0, 0, 6}, {{0, 1, 4}, {2, 1, 3}, {1, 0, -most}}); };
    auto result = solve(lagged(5));
    EXPECT_TRUE(proved(lagged(5), result));
    EXPECT_EQ(result.earliest, (std::vector<std::int64_t>{4, 9, 6}));  // 0 is pulled after by its maximum lag
    result = solve(lagged(4));
    EXPECT_TRUE(proved(lagged(4), result));  // a cycle of length 0 is fine
    EXPECT_EQ(result.earliest, (std::vector<std::int64_t>{5, 9, 6}));
    result = solve(lagged(3));
    EXPECT_EQ(result.termination, Termination::infeasible);
    EXPECT_TRUE(proved(lagged(3), result));
    EXPECT_EQ(std::get<PositiveCycle>(result.certificate).arcs.size(), 2U);
}

TEST(LongestPath, AnswersEmptyAndSingleNodes) {
    const LongestPathProblem empty;
    EXPECT_TRUE(proved(empty, solve(empty)));
    EXPECT_EQ(solve(empty).horizon, 0);
    auto one = graph({-7}, {});
    EXPECT_TRUE(proved(one, solve(one)));
    EXPECT_EQ(solve(one).horizon, -7);
    one = graph({-7}, {{0, 0, 0}, {0, 0, -3}});
    EXPECT_TRUE(proved(one, solve(one)));
    one = graph({-7, 4}, {{1, 0, 9}, {0, 0, 1}});
    EXPECT_EQ(solve(one).termination, Termination::infeasible);
    EXPECT_TRUE(proved(one, solve(one)));
}

TEST(LongestPath, DrivesByTheOwnBoundFirstAndThenByTheFirstArc) {
    const auto tied = graph({0, 0, 5, 4}, {{0, 3, 4}, {1, 2, 5}, {0, 2, 5}});
    const auto result = solve(tied);
    EXPECT_EQ(std::get<Drivers>(result.certificate).early,
              (std::vector<std::uint32_t>{Drivers::own, Drivers::own, Drivers::own, Drivers::own}));
    const auto arcs = graph({0, 0, 0}, {{1, 2, 5}, {0, 2, 5}});
    EXPECT_EQ(std::get<Drivers>(solve(arcs).certificate).early[2], 0U);
}

TEST(LongestPath, KeepsTheLargestMagnitudesExact) {
    constexpr std::size_t length = 1000;
    LongestPathProblem problem{.nodes = length, .release = std::vector<std::int64_t>(length, -max_time)};
    for (std::uint32_t v = 0; v + 1 < length; ++v)
        given::add_arc(problem, v, v + 1, max_time);
    const auto result = solve(problem);
    EXPECT_TRUE(proved(problem, result));
    EXPECT_EQ(result.horizon, 998 * max_time);
}

TEST(LongestPathBadInput, Item63AChainOfAMillionEndsWithoutRecursion) {
    constexpr std::size_t nodes = 1'000'000;
    LongestPathProblem chain{.nodes = nodes, .release = std::vector<std::int64_t>(nodes, 0)};
    for (std::uint32_t v = 0; v + 1 < nodes; ++v)
        given::add_arc(chain, v + 1, v, v % 3 == 0 ? -1 : 2);
    auto result = solve(chain);
    EXPECT_TRUE(proved(chain, result));
    given::add_arc(chain, 0, nodes - 1, -2'000'000);  // one component of a million nodes, not positive
    result = solve(chain);
    EXPECT_EQ(result.termination, Termination::optimal);
    EXPECT_TRUE(proved(chain, result));
    chain.length.back() = -10;  // positive now, and the proof is a million arcs long
    result = solve(chain);
    EXPECT_EQ(result.termination, Termination::infeasible);
    EXPECT_TRUE(proved(chain, result));
}

TEST(LongestPathBadInput, Item63AChainOfFixedPairsTakesLinearTime) {
    constexpr std::uint32_t pairs = 200'000;  // start and finish of each task held together, one task after another
    LongestPathProblem chain{.nodes = 2 * pairs, .release = std::vector<std::int64_t>(2 * pairs, 0)};
    for (std::uint32_t k = 0; k < pairs; ++k) {
        given::add_arc(chain, 2 * k, 2 * k + 1, 3);
        given::add_arc(chain, 2 * k + 1, 2 * k, -3);
        if (k + 1 < pairs) given::add_arc(chain, 2 * k + 1, 2 * k + 2, 1);
    }
    const auto start = std::chrono::steady_clock::now();
    const auto result = solve(chain);
    EXPECT_LT(std::chrono::steady_clock::now() - start, 20s);
    EXPECT_TRUE(proved(chain, result));
    EXPECT_EQ(result.horizon, 4 * std::int64_t{pairs} - 1);
}

TEST(LongestPathBadInput, Item55StopsWithNothingClaimed) {
    const auto problem = given::layered_longest_path(20'000, 100'000, 200, 1);
    std::stop_source source;
    source.request_stop();
    for (const auto& [stop, cause] : {std::pair{Stop{.time_limit = 0ns}, Cause::time},
                                      {Stop{.time_limit = -1s}, Cause::time},
                                      {Stop{.step_limit = 0}, Cause::steps},
                                      {Stop{.step_limit = 777}, Cause::steps},
                                      {Stop{.step_limit = 30'000}, Cause::steps},
                                      {Stop{.token = source.get_token()}, Cause::cancelled}}) {
        const auto result = solve(problem, {}, stop);
        EXPECT_EQ(result.termination, Termination::unknown);
        EXPECT_EQ(result.cause, cause);
        EXPECT_TRUE(verify(problem, result));
        if (cause == Cause::steps) {
            EXPECT_EQ(result, solve(problem, {}, stop));
        }
    }
    EXPECT_TRUE(proved(problem, solve(problem, {}, Stop{.step_limit = 40'000})));
}

TEST(LongestPathBadInput, Item47ExtremeNumbersAreRefusedOrExact) {
    const auto refused = [](const LongestPathProblem& problem) {
        try {
            (void)solve(problem);
        } catch (const InvalidProblem& refusal) {
            EXPECT_FALSE(verify(problem, {}));
            return refusal.place();
        }
        return std::string("accepted");
    };
    auto good = graph({0, 0}, {{0, 1, 1}});
    good.deadline = {1, 1};
    good.span = {0, 0};
    EXPECT_EQ(refused(good), "accepted");
    const std::pair<std::string, std::function<void(LongestPathProblem&)>> cases[] = {
        {"length[0]", [](auto& p) { p.length[0] = least; }},
        {"length[0]", [](auto& p) { p.length[0] = max_time + 1; }},
        {"release[1]", [](auto& p) { p.release[1] = unbounded; }},
        {"deadline[0]", [](auto& p) { p.deadline[0] = least; }},
        {"span[1]", [](auto& p) { p.span[1] = -max_time - 1; }},
        {"horizon[0]", [](auto& p) { p.horizon = unbounded; }},
        {"tail[0]", [](auto& p) { p.tail[0] = 2; }},
        {"head[0]", [](auto& p) { p.head[0] = 4294967295U; }},
        {"head", [](auto& p) { p.head.clear(); }},
        {"length", [](auto& p) { p.length.push_back(0); }},
        {"release", [](auto& p) { p.release.pop_back(); }},
        {"deadline", [](auto& p) { p.deadline.pop_back(); }},
        {"span", [](auto& p) { p.span.push_back(0); }},
        {"nodes", [](auto& p) { p.nodes = ~std::size_t{0}; }},
    };
    for (const auto& [place, damage] : cases) {
        auto problem = good;
        damage(problem);
        EXPECT_EQ(refused(problem), place);
    }
}

TEST(LongestPathBadInput, Item56NothingStaysBehindBetweenCalls) {
    const auto problem = given::layered_longest_path(2000, 8000, 40, 2);
    const auto first = solve(problem);
    (void)solve(problem, {}, Stop{.step_limit = 5});
    auto wrong = problem;
    wrong.head[0] = 2000;
    EXPECT_THROW((void)solve(wrong), InvalidProblem);
    EXPECT_EQ(solve(problem), first);
}

TEST(LongestPathLaw, AgreesWithAllPairsDistances) {
    int impossible = 0;
    constexpr int cases = 50'000;
    for (std::uint64_t seed = 0; seed < cases; ++seed) {
        const auto problem = given::random_longest_path(seed);
        const auto result = solve(problem);
        const auto other = given::slow_longest_path(problem);
        ASSERT_TRUE(proved(problem, result)) << "seed " << seed;
        ASSERT_EQ(result.termination == Termination::optimal, other.has_value()) << "seed " << seed;
        if (!other) {
            ++impossible;
            continue;
        }
        ASSERT_EQ(result.earliest, other->earliest) << "seed " << seed;
        ASSERT_EQ(result.latest, other->latest) << "seed " << seed;
        ASSERT_EQ(result.horizon, other->horizon) << "seed " << seed;
    }
    EXPECT_GT(impossible, cases / 20);
    EXPECT_LT(impossible, cases / 2);
}

TEST(LongestPathLaw, LargeProblemsAreSolvedAlikeWithAndWithoutACycleAndInAnyUnit) {
    for (std::uint64_t seed = 0; seed < 8; ++seed) {
        SCOPED_TRACE(seed);
        Random random(seed, 6);
        auto problem = given::layered_longest_path(6000, 40'000, 60, seed);
        for (std::int64_t& length : problem.length)
            length = random.between(-1, 3);  // many ties
        for (int i = 0; i < 50; ++i) {
            const auto v = static_cast<std::uint32_t>(random.below(problem.nodes));
            given::add_arc(problem, v, v, random.between(-3, 0));
        }
        for (std::size_t v = 0; v < problem.nodes; ++v)
            problem.deadline.push_back(random.chance(1, 9) ? random.between(0, 99) : unbounded);
        const auto result = solve(problem);
        ASSERT_TRUE(proved(problem, result));

        auto cyclic = problem;  // two more nodes that hold each other: solved by components
        cyclic.nodes += 2;
        const auto first = static_cast<std::uint32_t>(problem.nodes);
        given::add_arc(cyclic, first, first + 1, 0);
        given::add_arc(cyclic, first + 1, first, 0);
        cyclic.release.resize(cyclic.nodes, 0);
        cyclic.span.resize(cyclic.nodes, 0);
        cyclic.deadline.resize(cyclic.nodes, unbounded);
        auto other = solve(cyclic);
        ASSERT_TRUE(proved(cyclic, other));
        auto& pointers = std::get<Drivers>(other.certificate);
        for (auto* times : {&other.earliest, &other.latest})
            times->resize(problem.nodes);
        for (auto* drivers : {&pointers.early, &pointers.late})
            drivers->resize(problem.nodes);
        EXPECT_EQ(result.earliest, other.earliest);
        EXPECT_EQ(result.latest, other.latest);
        EXPECT_EQ(result.certificate, other.certificate);

        auto crowded = problem;  // a node with so many arcs, so late, that one word is too short for it
        const auto crowd = static_cast<std::uint32_t>(crowded.nodes++);
        crowded.release.push_back(std::int64_t{1} << 29);
        crowded.span.push_back(0);
        crowded.deadline.push_back(unbounded);
        for (int i = 0; i < 200'000; ++i)
            given::add_arc(crowded, static_cast<std::uint32_t>(random.below(problem.nodes)), crowd, 0);
        other = solve(crowded);
        ASSERT_TRUE(proved(crowded, other));
        other.earliest.resize(problem.nodes);
        std::get<Drivers>(other.certificate).early.resize(problem.nodes);
        EXPECT_EQ(result.earliest, other.earliest);
        EXPECT_EQ(std::get<Drivers>(result.certificate).early, std::get<Drivers>(other.certificate).early);

        constexpr std::int64_t unit = 1 << 24;
        auto scaled = problem;
        for (auto* times : {&scaled.length, &scaled.release, &scaled.span, &scaled.deadline}) {
            for (std::int64_t& time : *times)
                time = time == unbounded ? time : time * unit;
        }
        auto large = solve(scaled);
        ASSERT_TRUE(proved(scaled, large));
        for (auto* times : {&large.earliest, &large.latest}) {
            for (std::int64_t& time : *times)
                time /= unit;
        }
        large.horizon /= unit;
        EXPECT_EQ(large, result);
    }
}

TEST(LongestPath, MeasuresFarBoundsWhereLengthsAreShort) {
    auto problem = graph({0, 0, 0}, {{0, 1, 5}, {1, 2, 5}});
    problem.horizon = max_time;
    problem.deadline = {-max_time, unbounded, unbounded};
    const auto result = solve(problem);
    EXPECT_TRUE(proved(problem, result));
    EXPECT_EQ(result.latest, (std::vector<std::int64_t>{-max_time, max_time - 5, max_time}));
}

TEST(LongestPathLaw, NeverAcceptsARandomMutationThatIsWrong) {
    int refused = 0;
    for (std::uint64_t seed = 0; seed < 20'000; ++seed) {
        Random random(seed, 8);
        const auto problem = given::random_longest_path(seed);
        auto result = solve(problem);
        const auto truth = result;
        const auto any = [&](auto& list) -> auto& { return list[random.below(list.size())]; };
        if (auto* drivers = std::get_if<Drivers>(&result.certificate); drivers != nullptr && problem.nodes > 0) {
            const auto pointer = [&] {
                const auto pick = random.below(problem.arcs() + 2);
                return pick < problem.arcs() ? static_cast<std::uint32_t>(pick)
                                             : static_cast<std::uint32_t>(Drivers::end + (pick - problem.arcs()));
            };
            switch (random.below(5)) {
                case 0:
                    any(result.earliest) += random.between(-2, 2);
                    break;
                case 1:
                    any(result.latest) += random.between(-2, 2);
                    break;
                case 2:
                    result.horizon += random.between(-1, 1);
                    break;
                case 3:
                    any(drivers->early) = pointer();
                    break;
                default:
                    any(drivers->late) = pointer();
                    break;
            }
        }
        if (auto* cycle = std::get_if<PositiveCycle>(&result.certificate)) {
            any(cycle->arcs) = static_cast<std::uint32_t>(random.below(problem.arcs()));
        }
        if (result == truth) continue;
        if (!verify(problem, result)) {
            ++refused;
            continue;
        }
        ASSERT_EQ(result.termination, truth.termination) << "seed " << seed;  // another right proof
        ASSERT_EQ(result.earliest, truth.earliest) << "seed " << seed;
        ASSERT_EQ(result.latest, truth.latest) << "seed " << seed;
        ASSERT_EQ(result.horizon, truth.horizon) << "seed " << seed;
    }
    EXPECT_GT(refused, 5000);
}

// ---- the verifier is tested by breaking right answers

TEST(LongestPathVerifier, RefusesEveryBrokenAnswer) {
    auto problem = graph({0, 1, 0, 0}, {{0, 1, 3}, {0, 2, 3}, {1, 3, 2}, {2, 3, 4}, {3, 2, -4}});
    problem.span = {3, 2, 4, 1};
    problem.deadline = {unbounded, 4, unbounded, unbounded};
    const auto result = solve(problem);
    ASSERT_TRUE(proved(problem, result));
    using P = LongestPathProblem;
    using R = LongestPathResult;
    const auto drivers = [](R& r) -> Drivers& { return std::get<Drivers>(r.certificate); };
    const std::pair<std::string, std::function<void(P&, R&)>> mutations[] = {
        {"arc[0]", [](P&, R& r) { r.earliest[1] -= 1; }},
        {"earliest[1]", [](P&, R& r) { r.earliest[1] += 1; }},
        {"earliest[0]", [](P&, R& r) { r.earliest[0] = -1; }},
        {"earliest[0]", [](P&, R& r) { r.earliest[0] = least; }},
        {"horizon", [](P&, R& r) { r.earliest[3] = unbounded; }},
        {"latest[1]", [](P&, R& r) { r.latest[1] += 1; }},
        {"latest[1]", [](P&, R& r) { r.latest[1] -= 1; }},
        {"latest[3]", [](P&, R& r) { r.latest[3] = unbounded; }},
        {"latest[3]", [](P&, R& r) { r.latest[3] += 1; }},
        {"horizon", [](P&, R& r) { r.horizon += 1; }},
        {"horizon", [](P&, R& r) { r.horizon -= 1; }},
        {"earliest[1]", [&](P&, R& r) { drivers(r).early[1] = Drivers::own; }},
        {"early[1]", [&](P&, R& r) { drivers(r).early[1] = 1; }},
        {"early[1]", [&](P&, R& r) { drivers(r).early[1] = 99; }},
        {"early[1]", [&](P&, R& r) { drivers(r).early[1] = Drivers::end; }},
        {"latest[1]", [&](P&, R& r) { drivers(r).late[1] = Drivers::end; }},
        {"late[0]", [&](P&, R& r) { drivers(r).late[0] = Drivers::own; }},
        {"late[0]", [&](P&, R& r) { drivers(r).late[0] = 2; }},
        {"early[2]", [&](P&, R& r) { drivers(r).early[2] = 4; }},  // 2 and 3 hold each other up
        {"early", [&](P&, R& r) { drivers(r).early.pop_back(); }},
        {"late", [&](P&, R& r) { drivers(r).late.clear(); }},
        {"earliest", [](P&, R& r) { r.earliest.clear(); }},
        {"latest", [](P&, R& r) { r.latest.push_back(0); }},
        {"certificate", [](P&, R& r) { r.certificate = std::monostate{}; }},
        {"certificate",
         [](P&, R& r) {
             r.certificate = PositiveCycle{{3, 4}};
         }},
        {"cause", [](P&, R& r) { r.cause = Cause::steps; }},
        {"claim", [](P&, R& r) { r.claim = Claim::feasible; }},
        {"steps", [](P&, R& r) { r.steps = -1; }},
        {"termination", [](P&, R& r) { r.termination = Termination::feasible; }},
        {"earliest", [](P&, R& r) { r.termination = Termination::infeasible; }},
        {"arc[1]", [](P& p, R&) { p.length[1] += 1; }},
        {"earliest[1]", [](P& p, R&) { p.release[1] = 4; }},
        {"latest[1]", [](P& p, R&) { p.deadline[1] = 3; }},
        {"horizon", [](P& p, R&) { p.span[3] += 1; }},
    };
    for (const auto& [place, damage] : mutations) {
        auto broken_problem = problem;
        auto broken = result;
        damage(broken_problem, broken);
        const Verdict verdict = examine(broken_problem, broken);
        EXPECT_FALSE(verdict.accepted) << place;
        EXPECT_EQ(verdict.place, place);
        EXPECT_FALSE(verify(broken_problem, broken));
    }
    auto other = result;  // a bound that touches without having been named drives as well
    other.steps = 0;
    EXPECT_TRUE(verify(problem, other));
}

TEST(LongestPathVerifier, RefusesEveryBrokenCycle) {
    const auto problem = graph({0, 0, 0}, {{0, 1, 2}, {1, 2, 2}, {2, 0, -3}, {1, 0, -2}});
    const auto result = solve(problem);
    ASSERT_EQ(result.termination, Termination::infeasible);
    ASSERT_TRUE(proved(problem, result));
    const std::pair<std::string, std::vector<std::uint32_t>> wrong[] = {
        {"cycle", {}}, {"cycle", {0, 3}}, {"cycle[0]", {0, 1}}, {"cycle[0]", {0, 2, 1}}, {"cycle[0]", {7}},
    };
    for (const auto& [place, arcs] : wrong) {
        auto broken = result;
        broken.certificate = PositiveCycle{arcs};
        EXPECT_EQ(examine(problem, broken).place, place);
    }
    auto turned = result;
    turned.certificate = PositiveCycle{{1, 2, 0}};
    EXPECT_TRUE(verify(problem, turned));
    turned.horizon = 1;
    EXPECT_FALSE(verify(problem, turned));
}

}  // namespace
