#include <countyplan/solve/convex_flow.hpp>

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
#include <variant>
#include <vector>

#include <countyplan/error.hpp>
#include <countyplan/solve/messages.hpp>
#include <countyplan/solve/random.hpp>

#include "given/convex_flow.hpp"
#include "given/law.hpp"

namespace {

using namespace countyplan;
using namespace std::chrono_literals;

constexpr std::int64_t unlimited = MinCostFlowProblem::unlimited;
constexpr std::int64_t max_cost = MinCostFlowProblem::max_cost;
constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min();
constexpr FlowMethod methods[] = {FlowMethod::network_simplex, FlowMethod::cost_scaling};

struct GivenPiece {
    std::int64_t from;
    std::vector<std::int64_t> slope;
};

struct GivenArc {
    std::uint32_t tail, head;
    std::int64_t upper;
    std::vector<GivenPiece> pieces;
};

ConvexFlowProblem network(std::vector<std::int64_t> supply, const std::vector<GivenArc>& arcs, std::size_t tiers = 1) {
    ConvexFlowProblem problem{.nodes = supply.size(), .tiers = tiers, .supply = std::move(supply)};
    problem.first_piece = {0};
    for (const GivenArc& a : arcs) {
        problem.tail.push_back(a.tail);
        problem.head.push_back(a.head);
        problem.lower.push_back(a.pieces.front().from);
        problem.upper.push_back(a.upper);
        for (const GivenPiece& piece : a.pieces) {
            problem.from.push_back(piece.from);
            problem.slope.insert(problem.slope.end(), piece.slope.begin(), piece.slope.end());
        }
        problem.first_piece.push_back(problem.from.size());
    }
    return problem;
}

testing::AssertionResult proved(const ConvexFlowProblem& problem, const ConvexFlowResult& result) {
    const Verdict verdict = examine(problem, result);
    if (verdict.accepted && result.cause == Cause::proved && verify(problem, result))
        return testing::AssertionSuccess();
    return testing::AssertionFailure() << verdict.place << ": " << text(verdict.why, Language::en);
}

ConvexFlowProblem two_ways() {  // four units over two arcs whose units grow dearer, and a way on
    return network({4, 0, -4},
                   {{0, 1, 5, {{0, {1, 0}}, {2, {5, 0}}}},
                    {0, 2, 3, {{0, {3, 1}}, {1, {7, 0}}}},
                    {1, 2, 4, {{0, {1, 0}}, {3, {1, 2}}}}},
                   2);
}

TEST(ConvexFlow, SpreadsWhereEachFurtherUnitCostsMore) {
    const auto problem = two_ways();
    const auto result = solve(problem);
    EXPECT_TRUE(proved(problem, result));
    EXPECT_EQ(result.flow, (std::vector<std::int64_t>{3, 1, 3}));
    EXPECT_EQ(result.cost, (std::vector<Int128>{2 + 5 + 3 + 3, 1}));
}

TEST(ConvexFlow, CountsNegativeFlowsFromZeroDownwards) {
    const auto problem = network({-3, 3}, {{0, 1, 4, {{-5, {1}}, {-2, {2}}, {1, {9}}}}});
    const auto result = solve(problem);
    EXPECT_TRUE(proved(problem, result));
    EXPECT_EQ(result.cost, std::vector<Int128>{-(2 * 2 + 1)});
}

TEST(ConvexFlow, CountsFromZeroWhereTheBoundsLeaveItOut) {
    const auto above = network({5, -5}, {{0, 1, 6, {{3, {2}}, {4, {7}}}}});
    EXPECT_EQ(solve(above).cost, std::vector<Int128>{4 * 2 + 7});
    EXPECT_TRUE(proved(above, solve(above)));
    const auto below = network({-5, 5}, {{0, 1, -2, {{-6, {2}}, {-4, {7}}}}});
    EXPECT_EQ(solve(below).cost, std::vector<Int128>{-(4 * 7 + 2)});
    EXPECT_TRUE(proved(below, solve(below)));
}

TEST(ConvexFlow, AnswersTheEmptyProblem) {
    const ConvexFlowProblem problem{.first_piece = {0}};
    EXPECT_TRUE(proved(problem, solve(problem)));
}

// ---- reliability.md 2.5

TEST(ConvexFlowBadInput, Item45EqualOrForbiddenPiecesEndInTheRightStatus) {
    auto problem = network({2, -2}, {{0, 1, 4, {{0, {7}}, {1, {7}}, {2, {7}}}}});
    EXPECT_TRUE(proved(problem, solve(problem)));
    EXPECT_EQ(solve(problem).cost, std::vector<Int128>{14});
    problem.supply = {5, -5};
    EXPECT_EQ(solve(problem).termination, Termination::infeasible);
    EXPECT_TRUE(proved(problem, solve(problem)));
}

TEST(ConvexFlowBadInput, Item46AnOptimumBeyond64BitsIsExact) {
    constexpr std::int64_t big = 4'000'000'000'000'000'000;
    const auto problem = network({big, -big}, {{0, 1, unlimited, {{0, {max_cost - 1}}, {big - 1, {max_cost}}}}});
    const auto result = solve(problem);
    EXPECT_TRUE(proved(problem, result));
    EXPECT_EQ(result.cost[0], Int128(big) * Int128(max_cost - 1) + Int128(1));
}

TEST(ConvexFlowBadInput, Item47ExtremeNumbersAreRefusedOrExact) {
    constexpr std::int64_t huge = unlimited - 1;
    const auto place = [](const ConvexFlowProblem& problem) {
        try {
            (void)solve(problem);
        } catch (const InvalidProblem& refusal) {
            EXPECT_FALSE(verify(problem, {}));
            return refusal.place();
        }
        return std::string("accepted");
    };
    EXPECT_EQ(place(network({0, 0}, {{0, 1, 1, {{0, {least}}}}})), "slope[0]");
    EXPECT_EQ(place(network({0, 0}, {{0, 1, 1, {{least, {0}}}}})), "lower[0]");
    EXPECT_EQ(place(network({0, 0}, {{0, 1, huge, {{-huge, {0}}, {-huge + 1, {1}}}}})), "from[1]");  // too wide
    const auto wide = network({0, 0}, {{0, 1, huge, {{-huge, {-max_cost}}}}, {1, 0, huge, {{-huge, {-1}}, {0, {0}}}}});
    const auto result = solve(wide);
    EXPECT_TRUE(proved(wide, result));
    EXPECT_EQ(result.cost[0], Int128(-max_cost) * Int128(huge));
}

TEST(ConvexFlowBadInput, Item48UnservedSupplyHasAWitness) {
    const auto problem = network({2, 0, -2}, {{0, 1, 5, {{0, {1}}, {1, {2}}}}});
    EXPECT_EQ(solve(problem).termination, Termination::infeasible);
    EXPECT_TRUE(proved(problem, solve(problem)));
}

TEST(ConvexFlowBadInput, Item49OnlyTheLastPiecesMakeAnEndlessGain) {
    auto problem =
        network({0, 0}, {{0, 1, unlimited, {{0, {-9}}, {4, {-2}}}}, {1, 0, unlimited, {{0, {1}}, {2, {2}}}}});
    EXPECT_EQ(solve(problem).termination, Termination::optimal);
    EXPECT_TRUE(proved(problem, solve(problem)));
    problem.slope[3] = 1;
    EXPECT_EQ(solve(problem).termination, Termination::unbounded);
    EXPECT_TRUE(proved(problem, solve(problem)));
    problem.supply = {1, 0};
    EXPECT_EQ(solve(problem).termination, Termination::infeasible);
    EXPECT_TRUE(proved(problem, solve(problem)));
}

TEST(ConvexFlowBadInput, Item50LoopsAndParallelArcs) {
    const auto loop = network({0}, {{0, 0, 9, {{-2, {-5}}, {3, {0}}, {5, {2}}}}});
    EXPECT_TRUE(proved(loop, solve(loop)));
    EXPECT_EQ(solve(loop).cost, std::vector<Int128>{-15});
    const auto twins = network({5, -5}, {{0, 1, 4, {{0, {1}}, {1, {3}}}}, {0, 1, 4, {{0, {2}}, {2, {4}}}}});
    EXPECT_TRUE(proved(twins, solve(twins)));
    EXPECT_EQ(solve(twins).cost, std::vector<Int128>{1 + 2 + 2 + 3 + 3});
}

TEST(ConvexFlowBadInput, Item51FixedArcsAreExact) {
    const auto problem = network({2, -2}, {{0, 1, 2, {{2, {3}}}}, {0, 1, 1, {{-1, {1}}, {0, {2}}}}});
    EXPECT_TRUE(proved(problem, solve(problem)));
    EXPECT_EQ(solve(problem).cost, std::vector<Int128>{6});
}

TEST(ConvexFlowBadInput, Item55StopsBeforeTheStartWithNothing) {
    const auto problem = two_ways();
    std::stop_source source;
    source.request_stop();
    for (const Stop& stop : {Stop{.time_limit = 0ns}, Stop{.step_limit = 0}, Stop{.token = source.get_token()}}) {
        const auto result = solve(problem, {}, stop);
        EXPECT_EQ(result.termination, Termination::unknown);
        EXPECT_TRUE(verify(problem, result));
    }
}

TEST(ConvexFlow, RefusesAProblemOfTheWrongShapeAndNamesThePlace) {
    using P = ConvexFlowProblem;
    const std::pair<std::string, std::function<void(P&)>> cases[] = {
        {"nodes", [](P& p) { p.nodes = ~std::size_t{0}; }},
        {"supply", [](P& p) { p.nodes = 1'000'000'000; }},
        {"tiers", [](P& p) { p.tiers = 0; }},
        {"tiers", [](P& p) { p.tiers = 17; }},
        {"head", [](P& p) { p.head.pop_back(); }},
        {"lower", [](P& p) { p.lower.pop_back(); }},
        {"upper", [](P& p) { p.upper.pop_back(); }},
        {"tail[1]", [](P& p) { p.tail[1] = 3; }},
        {"head[2]", [](P& p) { p.head[2] = 99; }},
        {"upper[0]", [](P& p) { p.upper[0] = -1; }},
        {"supply[1]", [](P& p) { p.supply[1] = least; }},
        {"first_piece", [](P& p) { p.first_piece.pop_back(); }},
        {"first_piece[0]", [](P& p) { p.first_piece[0] = 1; }},
        {"first_piece[1]", [](P& p) { p.first_piece[1] = 0; }},
        {"first_piece[1]", [](P& p) { p.first_piece[1] = 99; }},
        {"first_piece[3]", [](P& p) { p.first_piece[3] = 5; }},
        {"slope", [](P& p) { p.slope.pop_back(); }},
        {"slope", [](P& p) { p.tiers = 1; }},
        {"from[0]", [](P& p) { p.from[0] = 1; }},
        {"from[1]", [](P& p) { p.from[1] = 0; }},
        {"from[1]", [](P& p) { p.from[1] = 5; }},
        {"slope[2]", [](P& p) { p.slope[2] = 0; }},     // first tier falls
        {"slope[11]", [](P& p) { p.slope[11] = -1; }},  // equal first tiers, the second falls
        {"slope[0]", [](P& p) { p.slope[0] = -max_cost - 1; }},
    };
    for (const auto& [place, damage] : cases) {
        SCOPED_TRACE(place);
        auto problem = two_ways();
        damage(problem);
        EXPECT_EQ(examine(problem).place, place);
        EXPECT_THROW((void)solve(problem), InvalidProblem);
        EXPECT_FALSE(verify(problem, solve(two_ways())));
    }
}

// ---- laws

TEST(ConvexFlowLaw, EveryTerminationIsProvedAndAgreesWithUnitsOneByOne) {
    const std::uint64_t cases = given::law_cases(1'000'000);
    std::array<std::uint64_t, enumerator_count<Termination>> ended{};
    for (std::uint64_t seed = 0; seed < cases; ++seed) {
        const auto problem = given::random_convex_flow(seed);
        const auto result = solve(problem, {.method = methods[seed % 2]});
        ASSERT_TRUE(proved(problem, result)) << "seed " << seed;
        auto other = given::slow_min_cost_flow(given::one_arc_per_unit(problem));
        ASSERT_EQ(result.termination, other.termination) << "seed " << seed;
        ++ended[static_cast<std::size_t>(result.termination)];
        if (result.termination != Termination::optimal) continue;
        for (std::size_t a = 0; a < problem.arcs(); ++a) {
            const auto base = given::unit_cost(problem, a, problem.lower[a]);
            for (std::size_t tier = 0; tier < problem.tiers; ++tier)
                other.cost[tier] += base[tier];
        }
        ASSERT_EQ(result.cost, std::vector<Int128>(other.cost.begin(), other.cost.end())) << "seed " << seed;
    }
    EXPECT_GT(ended[static_cast<std::size_t>(Termination::optimal)], cases / 3);
    EXPECT_GT(ended[static_cast<std::size_t>(Termination::infeasible)], cases / 10);
    EXPECT_GT(ended[static_cast<std::size_t>(Termination::unbounded)], 0U);
}

TEST(ConvexFlowLaw, AgreesWithTryingEveryFlow) {
    std::uint64_t tried = 0;
    for (std::uint64_t seed = 0; tried < given::law_cases(100'000); ++seed) {
        auto problem = given::random_convex_flow(seed);
        if (problem.arcs() > 4) continue;
        for (std::size_t a = 0; a < problem.arcs(); ++a) {
            if (problem.upper[a] == unlimited) problem.upper[a] = problem.from[problem.first_piece[a + 1] - 1] + 2;
        }
        ++tried;
        const auto result = solve(problem);
        const auto other = given::exhaustive_convex_flow(problem);
        ASSERT_TRUE(proved(problem, result)) << "seed " << seed;
        ASSERT_EQ(result.termination, other.termination) << "seed " << seed;
        if (result.termination != Termination::optimal) continue;
        ASSERT_EQ(result.cost, std::vector<Int128>(other.cost.begin(), other.cost.end())) << "seed " << seed;
    }
}

TEST(ConvexFlowLaw, StopsSoundlyAfterAnyNumberOfSteps) {
    for (std::uint64_t seed = 0; seed < given::law_cases(10'000); ++seed) {
        const auto problem = given::random_convex_flow(seed);
        const Stop stop{.step_limit = static_cast<std::int64_t>(seed % 9)};
        ASSERT_TRUE(verify(problem, solve(problem, {.method = methods[seed % 2]}, stop))) << seed;
    }
}

// ---- the verifier is tested by breaking right answers

using Damage = std::function<void(ConvexFlowProblem&, ConvexFlowResult&)>;

void expect_refused(const ConvexFlowProblem& problem, const ConvexFlowResult& result,
                    const std::vector<std::pair<std::string, Damage>>& mutations) {
    ASSERT_TRUE(proved(problem, result));
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

TEST(ConvexFlowVerifier, RefusesEveryBrokenOptimum) {
    const auto problem = two_ways();
    auto result = solve(problem);  // flow 3, 1, 3; one unit more on arc 0 costs 5, on arc 1 costs 7
    std::get<Potentials>(result.certificate).value = {0, 0, 5, 0, 6, 1};
    auto price = [](ConvexFlowResult& r) -> std::vector<std::int64_t>& {
        return std::get<Potentials>(r.certificate).value;
    };
    using P = ConvexFlowProblem;
    using R = ConvexFlowResult;
    expect_refused(problem, result,
                   {
                       {"arc[0]", [&](P&, R& r) { price(r)[0] += 1; }},
                       {"arc[0]", [&](P&, R& r) { price(r)[1] += 1; }},
                       {"arc[0]", [&](P&, R& r) { price(r)[0] -= 1; }},
                       {"arc[0]", [&](P&, R& r) { price(r)[2] += 1; }},
                       {"arc[0]", [&](P&, R& r) { price(r)[3] -= 1; }},
                       {"arc[1]", [&](P&, R& r) { price(r)[4] += 2; }},
                       {"arc[1]", [&](P&, R& r) { price(r)[4] -= 4; }},
                       {"arc[2]", [&](P&, R& r) { price(r)[4] -= 1; }},
                       {"arc[2]", [&](P&, R& r) { price(r)[5] += 2; }},
                       {"arc[2]", [&](P&, R& r) { price(r)[5] -= 2; }},
                       {"arc[0]", [&](P&, R& r) { price(r)[0] = least; }},
                       {"arc[0]", [&](P&, R& r) { price(r)[0] = unlimited; }},
                       {"potential", [&](P&, R& r) { price(r).pop_back(); }},
                       {"potential", [&](P&, R& r) { price(r).clear(); }},
                       {"node[0]", [](P&, R& r) { r.flow[0] += 1; }},
                       {"node[0]", [](P&, R& r) { r.flow[1] -= 1; }},
                       {"node[1]", [](P&, R& r) { r.flow[2] += 1; }},
                       {"flow[2]", [](P&, R& r) { r.flow[2] += 2; }},
                       {"flow[0]", [](P&, R& r) { r.flow[0] = -1; }},
                       {"flow[0]", [](P&, R& r) { r.flow[0] = least; }},
                       {"flow[1]", [](P&, R& r) { r.flow[1] = unlimited; }},
                       {"flow", [](P&, R& r) { r.flow.pop_back(); }},
                       {"cost[0]", [](P&, R& r) { r.cost[0] += 1; }},
                       {"cost[1]", [](P&, R& r) { r.cost[1] -= 1; }},
                       {"cost", [](P&, R& r) { r.cost.pop_back(); }},
                       {"cost[0]", [](P& p, R&) { p.slope[0] -= 1; }},
                       {"cost[1]", [](P& p, R&) { p.from[5] = 2; }},
                       {"node[0]", [](P& p, R&) { p.supply[0] += 1; }},
                       {"flow[0]", [](P& p, R&) { p.upper[0] = 2, p.from[1] = 1; }},
                       {"from[1]", [](P& p, R&) { p.upper[0] = 2; }},
                       {"cause", [](P&, R& r) { r.cause = Cause::time; }},
                       {"claim", [](P&, R& r) { r.claim = Claim::estimate; }},
                       {"steps", [](P&, R& r) { r.steps = -1; }},
                       {"certificate", [](P&, R& r) { r.certificate = std::monostate{}; }},
                       {"certificate", [](P&, R& r) { r.certificate = ViolatedCut{{0}}; }},
                       {"certificate", [](P&, R& r) { r.certificate = NegativeCycle{{0}}; }},
                       {"flow", [](P&, R& r) { r.termination = Termination::infeasible; }},
                       {"certificate", [](P&, R& r) { r.termination = Termination::unbounded; }},
                       {"cause", [](P&, R& r) { r.termination = Termination::feasible; }},
                       {"termination",
                        [](P&, R& r) {
                            r.termination = static_cast<Termination>(9);
                            r.cause = Cause::time;
                            r.claim = Claim::feasible;
                        }},
                   });
}

TEST(ConvexFlowVerifier, RefusesEveryBrokenCutAndCycle) {
    const auto narrow =
        network({3, 2, -5}, {{0, 2, 2, {{0, {1}}, {1, {2}}}}, {1, 2, 2, {{0, {1}}}}, {2, 0, 9, {{0, {1}}}}});
    using P = ConvexFlowProblem;
    using R = ConvexFlowResult;
    auto nodes = [](R& r) -> std::vector<std::uint32_t>& { return std::get<ViolatedCut>(r.certificate).nodes; };
    expect_refused(narrow, solve(narrow),
                   {
                       {"cut", [&](P&, R& r) { nodes(r).clear(); }},
                       {"cut[0]", [&](P&, R& r) { nodes(r) = {7}; }},
                       {"cut[1]", [&](P&, R& r) { nodes(r).assign(2, 0); }},
                       {"cut", [](P& p, R&) { p.upper[0] = 4; }},
                       {"cut", [](P& p, R&) { p.upper[1] = unlimited; }},
                       {"flow", [](P&, R& r) { r.flow.push_back(0); }},
                   });
    const auto endless = network(
        {0, 0}, {{0, 1, unlimited, {{0, {-9}}, {4, {-2}}}}, {1, 0, unlimited, {{0, {1}}}}, {1, 0, 5, {{0, {-7}}}}});
    auto arcs = [](R& r) -> std::vector<std::uint32_t>& { return std::get<NegativeCycle>(r.certificate).arcs; };
    expect_refused(endless, solve(endless),
                   {
                       {"cycle", [&](P&, R& r) { arcs(r).clear(); }},
                       {"cycle[0]", [&](P&, R& r) { arcs(r).pop_back(); }},
                       {"cycle[0]", [&](P&, R& r) { arcs(r).assign(2, 9); }},
                       {"cycle",
                        [](P& p, R& r) {  // the last slopes sum to 0
                            p.slope[1] = -1;
                            r.flow.assign(3, 0);
                            r.cost.assign(1, 0);
                        }},
                       {"certificate", [](P&, R& r) { r.certificate = ViolatedCut{{0}}; }},
                   });
    auto capped = solve(endless);
    arcs(capped) = {0, 2};
    EXPECT_EQ(examine(endless, capped).place, "cycle[1]");
}

TEST(ConvexFlowVerifierLaw, NeverAcceptsARandomMutationThatIsWrong) {
    int refused = 0, accepted = 0;
    for (std::uint64_t seed = 0; seed < given::law_cases(100'000); ++seed) {
        Random random(seed, 9);
        const auto problem = given::random_convex_flow(seed % 4000);
        auto result = solve(problem);
        const auto truth = result;
        auto* potentials = std::get_if<Potentials>(&result.certificate);
        auto* cut = std::get_if<ViolatedCut>(&result.certificate);
        auto* cycle = std::get_if<NegativeCycle>(&result.certificate);
        const auto any = [&](auto& list) -> auto& { return list[random.below(list.size())]; };
        const auto change = random.below(5);
        if (change == 0 && !result.flow.empty()) any(result.flow) += random.between(-2, 2);
        if (change == 1 && !result.cost.empty()) any(result.cost) += random.between(-2, 2);
        if (change == 2 && potentials != nullptr && !potentials->value.empty()) {
            any(potentials->value) += random.between(-3, 3);
        }
        if (change == 3 && cut != nullptr && !cut->nodes.empty()) any(cut->nodes) = 0;
        if (change == 3 && cycle != nullptr)
            any(cycle->arcs) = static_cast<std::uint32_t>(random.below(problem.arcs()));
        if (change == 4) result.termination = static_cast<Termination>(random.below(5));
        if (result == truth) continue;
        if (!verify(problem, result)) {
            ++refused;
            continue;
        }
        ++accepted;  // accepted although changed: then what it says must still be true
        ASSERT_EQ(result.termination, truth.termination) << "seed " << seed;
        if (result.termination == Termination::optimal) {
            ASSERT_EQ(result.cost, truth.cost) << "seed " << seed;
        }
    }
    EXPECT_GT(refused, 50);
    EXPECT_GT(accepted, 0);
}

}  // namespace
