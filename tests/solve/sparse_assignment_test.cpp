#include <countyplan/solve/sparse_assignment.hpp>

#include <gtest/gtest.h>

#include <algorithm>
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
#include <countyplan/solve/min_cost_flow.hpp>
#include <countyplan/solve/random.hpp>

#include "given/law.hpp"
#include "given/sparse_assignment.hpp"

namespace {

using namespace countyplan;
using namespace std::chrono_literals;

using P = SparseAssignmentProblem;
using P32 = SparseAssignmentProblem32;
using R = SparseAssignmentResult;
using Pair = given::GivenPair<std::int64_t>;

constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t must = P::must_match;
constexpr SparseAssignmentMethod methods[] = {SparseAssignmentMethod::automatic, SparseAssignmentMethod::shortest_path,
                                              SparseAssignmentMethod::auction};

template <class Problem>
testing::AssertionResult proved(const Problem& problem, const R& result) {
    const Verdict verdict = examine(problem, result);
    if (verdict.accepted && result.cause == Cause::proved && verify(problem, result))
        return testing::AssertionSuccess();
    return testing::AssertionFailure() << verdict.place << ": " << text(verdict.why, Language::en);
}

P problem_of(std::size_t rows, std::size_t columns, const std::vector<Pair>& pairs,
             std::vector<std::int64_t> unmatched_row = {}, std::vector<std::int64_t> unmatched_column = {}) {
    P problem = given::sparse_problem(rows, columns, pairs);
    problem.unmatched_row = std::move(unmatched_row);
    problem.unmatched_column = std::move(unmatched_column);
    return problem;
}

/// Solves by every method, checks the proofs and returns the total or how it ended.
std::string proved_total(const P& problem) {
    std::string total;
    for (const auto method : methods) {
        const R result = solve(problem, {.method = method});
        EXPECT_TRUE(proved(problem, result));
        const std::string found = result.termination == Termination::optimal ? to_text(result.objective)
                                                                             : std::string(name(result.termination));
        EXPECT_TRUE(total.empty() || total == found);
        total = found;
    }
    return total;
}

TEST(SparseAssignment, MatchesAtTheLeastTotal) {
    const P problem = problem_of(2, 3, {{0, 0, 4}, {0, 1, 1}, {1, 1, 2}, {1, 2, 9}});
    const R result = solve(problem);
    EXPECT_TRUE(proved(problem, result));
    EXPECT_EQ(result.termination, Termination::optimal);
    EXPECT_EQ(result.claim, Claim::proved);
    EXPECT_EQ(result.column_of, (std::vector<std::uint32_t>{0, 1}));
    EXPECT_EQ(result.objective, Int128(6));
    EXPECT_EQ(result.bound, result.objective);
}

TEST(SparseAssignment, LeavesUnmatchedWhatCostsLessThatWay) {
    EXPECT_EQ(proved_total(problem_of(2, 2, {{0, 0, 4}, {1, 0, 6}, {1, 1, 9}}, {5})), "9");        // row 1 stays
    EXPECT_EQ(proved_total(problem_of(2, 2, {{0, 0, 4}, {1, 0, 6}, {1, 1, 9}}, {5}, {3})), "12");  // and column 1
    EXPECT_EQ(proved_total(problem_of(2, 2, {{0, 0, 4}, {1, 1, 9}}, {5}, {must})), "13");          // columns may not
    EXPECT_EQ(proved_total(problem_of(2, 2, {{0, 0, 4}, {1, 1, 9}}, {-7, must}, {1, 0})), "3");
    EXPECT_EQ(proved_total(problem_of(3, 2, {{0, 0, 4}, {1, 0, 5}, {2, 1, 1}}, {0, 9, 9})), "6");
}

TEST(SparseAssignment, ShowsWhoseChoiceIsTooSmall) {
    const P rows = problem_of(3, 4, {{0, 2, 1}, {1, 2, 1}, {2, 0, 1}, {2, 1, 1}, {2, 3, 1}});
    const R result = solve(rows);
    EXPECT_TRUE(proved(rows, result));
    ASSERT_EQ(result.termination, Termination::infeasible);
    EXPECT_EQ(std::get<SparseAssignmentShortage>(result.certificate).rows, (std::vector<std::uint32_t>{0, 1}));
    const P columns = problem_of(3, 2, {{1, 0, 4}, {1, 1, 4}}, {1}, {must});
    const R other = solve(columns);
    EXPECT_TRUE(proved(columns, other));
    EXPECT_EQ(std::get<SparseAssignmentShortage>(other.certificate).columns, (std::vector<std::uint32_t>{0, 1}));
}

TEST(SparseAssignment, StartsFromAnyPricesAndAnyMatching) {
    const P problem = given::random_sparse_problem<std::int64_t>(3, 40);
    const R result = solve(problem);
    ASSERT_TRUE(proved(problem, result));
    SparseAssignmentStart start{.column_of = result.column_of};
    if (const auto* prices = std::get_if<SparseAssignmentPrices>(&result.certificate)) {
        start.column_price = prices->column;
    }
    const R again = solve_from(problem, start);
    EXPECT_TRUE(proved(problem, again));
    EXPECT_EQ(again.objective, result.objective);
    start.column_price.assign(problem.columns, least);
    start.column_of.assign(problem.rows, 1'000'000);
    EXPECT_TRUE(proved(problem, solve_from(problem, start)));
    start.column_of.push_back(0);
    EXPECT_THROW((void)solve_from(problem, start), InvalidProblem);
}

// ---- reliability.md 2.5

TEST(SparseAssignmentBadInput, Item45EqualZeroOrForbiddenCostsEndInTheRightStatus) {
    for (const std::int64_t cost : {std::int64_t{0}, std::int64_t{7}, P::max_cost, P::min_cost}) {
        std::vector<Pair> all;
        for (std::uint32_t r = 0; r < 5; ++r) {
            for (std::uint32_t c = 0; c < 5; ++c)
                all.push_back({r, c, cost});
        }
        const P full = problem_of(5, 5, all);
        EXPECT_EQ(proved_total(full), to_text(Int128(5) * Int128(cost)));
        EXPECT_EQ(solve(full), solve(full));
        EXPECT_EQ(proved_total(problem_of(5, 5, {})), "infeasible");  // all forbidden
        EXPECT_EQ(proved_total(problem_of(3, 3, {{0, 2, cost}, {1, 0, cost}, {2, 1, cost}})),
                  to_text(Int128(3) * Int128(cost)));  // one permutation
    }
}

TEST(SparseAssignmentBadInput, Item46TotalsBeyondTheirTypeAreExact) {
    P32 narrow = given::sparse_problem<std::int32_t>(3, 3, {{0, 0, P32::max_cost}, {1, 1, P32::max_cost}, {2, 2, 5}});
    const R result = solve(narrow);
    EXPECT_TRUE(proved(narrow, result));
    EXPECT_EQ(result.objective, Int128(2) * Int128(P32::max_cost) + Int128(5));
    // a long alternating chain of costs of 1e9 in turn: prices far beyond 32 bits
    std::vector<given::GivenPair<std::int32_t>> chain;
    const std::uint32_t n = 300;
    for (std::uint32_t i = 0; i < n; ++i) {
        chain.push_back({i, i, 1'000'000'000});
        if (i + 1 < n) chain.push_back({i + 1, i, -1'000'000'000});
    }
    const P32 long_chain = given::sparse_problem(n, n, chain);
    const R chained = solve(long_chain);
    EXPECT_TRUE(proved(long_chain, chained));
    EXPECT_EQ(chained.objective, Int128(n) * Int128(1'000'000'000));
}

TEST(SparseAssignmentBadInput, Item46PricesThatOutgrow32BitsChangeNoAnswer) {
    std::vector<Pair> chain;
    const std::uint32_t n = 300;
    for (std::uint32_t i = 0; i < n; ++i) {
        chain.push_back({i, i, 60'000'000});
        if (i + 1 < n) chain.push_back({i + 1, i, -60'000'000});
    }
    EXPECT_EQ(proved_total(problem_of(n, n, chain)), to_text(Int128(n) * Int128(60'000'000)));
}

template <class Problem>
std::string refused_place(const Problem& problem) {
    try {
        (void)solve(problem);
    } catch (const InvalidProblem& refusal) {
        EXPECT_FALSE(verify(problem, {}));
        return refusal.place();
    }
    return "accepted";
}

TEST(SparseAssignmentBadInput, Item47ExtremeNumbersAreRefusedOrExact) {
    const auto with = [](std::int64_t cost) { return problem_of(1, 1, {{0, 0, cost}}); };
    EXPECT_EQ(refused_place(with(least)), "cost[0]");
    EXPECT_EQ(refused_place(with(must)), "cost[0]");
    EXPECT_EQ(refused_place(with(P::max_cost + 1)), "cost[0]");
    EXPECT_EQ(refused_place(problem_of(1, 1, {}, {least})), "unmatched_row[0]");
    EXPECT_EQ(refused_place(problem_of(1, 1, {}, {0}, {least})), "unmatched_column[0]");
    P32 narrow = given::sparse_problem<std::int32_t>(1, 1, {{0, 0, std::numeric_limits<std::int32_t>::min()}});
    EXPECT_EQ(solve(narrow).objective, Int128(std::numeric_limits<std::int32_t>::min()));
    EXPECT_TRUE(proved(narrow, solve(narrow)));
    P big = problem_of(1, 1, {{0, 0, P::max_cost}});
    big.columns = std::size_t{1} << 30;  // times the cost: 2^70
    EXPECT_EQ(refused_place(big), "cost");
}

TEST(SparseAssignmentBadInput, Item48WhoHasNoPairHasAWitness) {
    const P problem = problem_of(2, 3, {{0, 0, 1}, {0, 1, 1}});
    const R result = solve(problem);
    EXPECT_TRUE(proved(problem, result));
    EXPECT_EQ(std::get<SparseAssignmentShortage>(result.certificate).rows, (std::vector<std::uint32_t>{1}));
    EXPECT_EQ(proved_total(problem_of(1, 2, {{0, 0, 1}}, {}, {0, must})), "infeasible");
}

TEST(SparseAssignmentBadInput, Item50TheCheapestOfParallelPairsCounts) {
    EXPECT_EQ(proved_total(problem_of(2, 2, {{0, 0, 9}, {0, 0, 3}, {0, 0, 7}, {1, 1, 2}, {1, 0, -1}, {1, 1, 5}})), "5");
}

TEST(SparseAssignmentBadInput, Item52InstancesThatMadeOthersLoopEnd) {
    std::vector<Pair> blocks, machol;
    for (std::uint32_t r = 0; r < 100; ++r) {
        for (std::uint32_t c = 0; c < 100; ++c) {
            machol.push_back({r, c, std::int64_t{r + 1} * (c + 1)});
            if (r < 60 && c < 50) blocks.push_back({r, c, r % 2});  // 60 rows, 50 columns, ties
        }
    }
    EXPECT_EQ(proved_total(problem_of(100, 100, machol)), "171700");
    EXPECT_EQ(proved_total(problem_of(100, 100, blocks)), "infeasible");
    EXPECT_EQ(proved_total(problem_of(60, 60, blocks)), "infeasible");
}

TEST(SparseAssignmentBadInput, Item53SizesThatLieAreRefusedBeforeAnyMemory) {
    const P good = problem_of(2, 2, {{0, 0, 1}, {1, 1, 1}});
    const auto damaged = [&](const std::function<void(P&)>& damage) {
        P problem = good;
        damage(problem);
        return refused_place(problem);
    };
    EXPECT_EQ(damaged([](P& p) { p.rows = std::numeric_limits<std::size_t>::max(); }), "rows");
    EXPECT_EQ(damaged([](P& p) { p.columns = std::size_t{1} << 40; }), "columns");
    EXPECT_EQ(damaged([](P& p) { p.rows = 1'000'000; }), "first");
    EXPECT_EQ(damaged([](P& p) { p.first.pop_back(); }), "first");
    EXPECT_EQ(damaged([](P& p) { p.first.clear(); }), "first");
    EXPECT_EQ(damaged([](P& p) { p.first[0] = 1; }), "first[0]");
    EXPECT_EQ(damaged([](P& p) { p.first[1] = 3; }), "first[1]");
    EXPECT_EQ(damaged([](P& p) { p.first[2] = 0; }), "first[2]");
    EXPECT_EQ(damaged([](P& p) { p.first[2] = 1; }), "column");
    EXPECT_EQ(damaged([](P& p) { p.column.push_back(0); }), "column");
    EXPECT_EQ(damaged([](P& p) { p.cost.pop_back(); }), "cost");
    EXPECT_EQ(damaged([](P& p) { p.column[1] = 2; }), "column[1]");
    EXPECT_EQ(damaged([](P& p) { p.unmatched_row = {1, 2, 3}; }), "unmatched_row");
    EXPECT_EQ(damaged([](P& p) { p.unmatched_column = {1, 2, 3}; }), "unmatched_column");
}

TEST(SparseAssignmentBadInput, Item54EmptyAndThinProblemsHaveAnswers) {
    EXPECT_EQ(proved_total(P{}), "0");
    EXPECT_EQ(proved_total(P{.rows = 0, .columns = 3, .unmatched_column = {4}}), "12");
    EXPECT_EQ(proved_total(problem_of(3, 0, {}, {4})), "12");
    EXPECT_EQ(proved_total(problem_of(3, 0, {})), "infeasible");
    EXPECT_EQ(proved_total(problem_of(1, 4, {{0, 3, 8}, {0, 1, 2}})), "2");
    EXPECT_EQ(proved_total(problem_of(4, 1, {{0, 0, 8}, {2, 0, 2}}, {1})), "4");
}

TEST(SparseAssignmentBadInput, Item55ADeadlineThatHasPassedStopsAtOnce) {
    const P must_all = problem_of(2, 2, {{0, 0, 1}, {1, 1, 1}});
    const P may_stay = problem_of(2, 2, {{0, 0, 1}, {1, 1, 1}}, {9});
    for (const auto limit : {0ns, -5ns}) {
        const R result = solve(must_all, {}, Stop{.time_limit = limit});
        EXPECT_TRUE(verify(must_all, result));
        EXPECT_EQ(result.termination, Termination::unknown);
        EXPECT_EQ(result.cause, Cause::time);
        const R some = solve(may_stay, {}, Stop{.time_limit = limit});
        EXPECT_TRUE(verify(may_stay, some));
        EXPECT_EQ(some.termination, Termination::feasible);
        EXPECT_EQ(some.objective, Int128(18));
    }
    std::stop_source source;
    source.request_stop();
    const R cancelled = solve(must_all, {}, Stop{.token = source.get_token()});
    EXPECT_TRUE(verify(must_all, cancelled));
    EXPECT_EQ(cancelled.cause, Cause::cancelled);
}

TEST(SparseAssignmentBadInput, Item56ASecondCallGivesTheSame) {
    const P problem = given::random_sparse_problem<std::int64_t>(12, 30);
    const R first = solve(problem);
    P broken = problem;
    broken.cost.push_back(0);
    EXPECT_THROW((void)solve(broken), InvalidProblem);
    EXPECT_EQ(solve(problem), first);
}

// ---- laws

template <class Cost>
void expect_exhaustive_total(std::uint64_t cases) {
    std::size_t optimal = 0;
    for (std::uint64_t seed = 0; seed < cases; ++seed) {
        const auto problem = given::random_sparse_problem<Cost>(seed);
        const auto best = given::exhaustive_sparse_total(problem);
        const R result = solve(problem, {.method = methods[seed % 3]});
        ASSERT_TRUE(proved(problem, result)) << "seed " << seed;
        ASSERT_EQ(result.termination == Termination::optimal, best.has_value()) << "seed " << seed;
        if (!best) continue;
        ++optimal;
        ASSERT_EQ(result.objective, *best) << "seed " << seed;
    }
    EXPECT_GT(optimal, cases / 2);
}

TEST(SparseAssignmentLaw, AgreesWithExhaustion) { expect_exhaustive_total<std::int64_t>(given::law_cases(500'000)); }

TEST(SparseAssignmentLaw, AgreesWithExhaustionOnNarrowCosts) {
    expect_exhaustive_total<std::int32_t>(given::law_cases(500'000));
}

TEST(SparseAssignment, StartsAnewWherePricesAreBeyondAllHonestOnes) {
    SparseAssignmentProblem problem;
    problem.rows = 1;
    problem.columns = 3;
    problem.first = {0, 3};
    problem.column = {0, 1, 2};
    problem.cost = {2, -2, -5};
    SparseAssignmentStart start;
    start.column_price = {std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max() - 1,
                          6'290'000'000'000'000'000};
    const SparseAssignmentResult result = solve_from(problem, start);
    EXPECT_TRUE(verify(problem, result));
    EXPECT_EQ(result.objective, Int128(-5));
}

TEST(SparseAssignmentLaw, AnswersAlikeForBothCostTypesAndFromAnyStart) {
    for (std::uint64_t seed = 0; seed < given::law_cases(100'000); ++seed) {
        const auto narrow = given::random_sparse_problem<std::int32_t>(seed, 12);
        P wide{.rows = narrow.rows, .columns = narrow.columns, .first = narrow.first, .column = narrow.column};
        wide.cost.assign(narrow.cost.begin(), narrow.cost.end());
        const auto widen = [](const std::vector<std::int32_t>& from, std::vector<std::int64_t>& to) {
            for (const std::int32_t price : from)
                to.push_back(price == P32::must_match ? must : price);
        };
        widen(narrow.unmatched_row, wide.unmatched_row);
        widen(narrow.unmatched_column, wide.unmatched_column);
        const R result = solve(wide);
        ASSERT_EQ(solve(narrow), result) << "seed " << seed;
        Random random(seed, 6);
        SparseAssignmentStart start{.column_of = result.column_of};
        if (const auto* prices = std::get_if<SparseAssignmentPrices>(&result.certificate)) {
            start.column_price = prices->column;
        }
        for (auto& price : start.column_price)
            price += random.chance(1, 3) ? random.between(-20, 20) : 0;
        for (auto& column : start.column_of)
            column = random.chance(1, 5) ? static_cast<std::uint32_t>(random.below(15)) : column;
        const R warm = solve_from(wide, start);
        ASSERT_TRUE(proved(wide, warm)) << "seed " << seed;
        ASSERT_EQ(warm.objective, result.objective) << "seed " << seed;
    }
}

/// The same as a least-cost flow: what stays unmatched goes round by one more node.
MinCostFlowProblem as_flow(const P& problem) {
    const std::size_t rows = problem.rows, columns = problem.columns;
    MinCostFlowProblem flow;
    flow.nodes = rows + columns + 1;
    flow.supply.assign(flow.nodes, 1);
    const auto round = static_cast<std::uint32_t>(rows + columns);
    const auto arc = [&](std::size_t tail, std::size_t head, std::int64_t cost) {
        flow.tail.push_back(static_cast<std::uint32_t>(tail));
        flow.head.push_back(static_cast<std::uint32_t>(head));
        flow.lower.push_back(0);
        flow.upper.push_back(1);
        flow.cost.push_back(cost);
    };
    for (std::size_t r = 0; r < rows; ++r) {
        for (std::size_t e = problem.first[r]; e < problem.first[r + 1]; ++e)
            arc(r, rows + problem.column[e], problem.cost[e]);
        if (problem.unmatched_row.empty()) continue;
        const std::int64_t price = problem.unmatched_row[problem.unmatched_row.size() == 1 ? 0 : r];
        if (price != must) arc(r, round, price);
    }
    for (std::size_t c = 0; c < columns; ++c) {
        flow.supply[rows + c] = -1;
        const auto& prices = problem.unmatched_column;
        const std::int64_t price = prices.empty() ? 0 : prices[prices.size() == 1 ? 0 : c];
        if (price != must) arc(round, rows + c, price);
    }
    flow.supply[round] = static_cast<std::int64_t>(columns) - static_cast<std::int64_t>(rows);
    return flow;
}

TEST(SparseAssignmentLaw, AgreesWithLeastCostFlowOnMediumProblems) {
    for (std::uint64_t seed = 0; seed < given::law_cases(10'000); ++seed) {
        Random random(seed, 8);
        const auto rows = static_cast<std::uint32_t>(random.between(50, 300));
        const auto columns = random.chance(1, 2) ? rows : static_cast<std::uint32_t>(random.between(50, 300));
        std::vector<Pair> pairs;
        for (std::uint32_t r = 0; r < rows; ++r) {
            for (int k = 0; k < 6; ++k)
                pairs.push_back({r, static_cast<std::uint32_t>(random.below(columns)), random.between(0, 200)});
        }
        P problem = problem_of(rows, columns, pairs);
        if (random.chance(4, 5)) problem.unmatched_row = {random.between(50, 1000)};
        if (random.chance(1, 2)) problem.unmatched_column = {random.between(0, 500)};
        const R result = solve(problem, {.method = methods[seed % 3]});
        ASSERT_TRUE(proved(problem, result)) << "seed " << seed;
        const auto flow = solve(as_flow(problem));
        ASSERT_EQ(flow.termination, result.termination) << "seed " << seed;
        if (flow.termination == Termination::optimal) {
            ASSERT_EQ(flow.cost[0], result.objective) << "seed " << seed;
        }
    }
}

TEST(SparseAssignmentLaw, StopsSoundlyAfterAnyNumberOfSteps) {
    std::size_t stopped = 0;
    for (std::uint64_t seed = 0; seed < given::law_cases(10'000); ++seed) {
        Random random(seed, 3);
        const P problem = given::random_sparse_problem<std::int64_t>(seed, 25);
        const Stop stop{.step_limit = random.between(0, 80)};
        const SparseAssignmentOptions options{.method = methods[seed % 3]};
        const R result = solve(problem, options, stop);
        ASSERT_TRUE(examine(problem, result).accepted) << "seed " << seed << ' ' << examine(problem, result).place;
        ASSERT_EQ(solve(problem, options, stop), result) << "seed " << seed;
        const R best = solve(problem);
        if (result.cause == Cause::proved) continue;
        ++stopped;
        if (best.termination != Termination::optimal) continue;
        ASSERT_LE(result.bound, best.objective) << "seed " << seed;
        if (result.termination == Termination::feasible) {
            ASSERT_GE(result.objective, best.objective) << "seed " << seed;
        }
    }
    EXPECT_GT(stopped, given::law_cases(10'000) / 4);
}

// ---- the verifier is tested by breaking right answers

using Damage = std::function<void(P&, R&)>;

void expect_refused(const P& problem, const R& result, const std::vector<std::pair<std::string, Damage>>& mutations) {
    ASSERT_TRUE(proved(problem, result));
    for (std::size_t i = 0; i < mutations.size(); ++i) {
        P broken_problem = problem;
        R broken = result;
        mutations[i].second(broken_problem, broken);
        const Verdict verdict = examine(broken_problem, broken);
        EXPECT_FALSE(verdict.accepted) << "damage " << i;
        EXPECT_EQ(verdict.place, mutations[i].first) << "damage " << i;
        EXPECT_FALSE(verdict.why.empty());
        EXPECT_FALSE(verify(broken_problem, broken));
    }
}

SparseAssignmentPrices& prices_of(R& r) { return std::get<SparseAssignmentPrices>(r.certificate); }
SparseAssignmentShortage& shortage_of(R& r) { return std::get<SparseAssignmentShortage>(r.certificate); }

TEST(SparseAssignmentVerifier, RefusesEveryBrokenOptimum) {
    // row 0 to column 1, row 1 to column 0, row 2 and column 2 unmatched
    const P problem =
        problem_of(3, 3, {{0, 0, 4}, {0, 1, 1}, {1, 0, 2}, {1, 1, 2}, {2, 0, 9}, {2, 2, 20}}, {must, 30, 6}, {0, 0, 3});
    R result;
    result.termination = Termination::optimal;
    result.cause = Cause::proved;
    result.claim = Claim::proved;
    result.column_of = {1, 0, R::unmatched};
    result.objective = result.bound = 12;
    result.certificate = SparseAssignmentPrices{{1, 2, 6}, {0, 0, 3}};
    expect_refused(
        problem, result,
        {
            {"entry[1]", [](P&, R& r) { prices_of(r).row[0] += 1; }},
            {"bound", [](P&, R& r) { prices_of(r).row[0] -= 1; }},
            {"column_of[0]", [](P&, R& r) { prices_of(r).row[0] -= 1, r.bound = 11; }},
            {"entry[2]", [](P&, R& r) { prices_of(r).row[1] += 1; }},
            {"column_of[1]", [](P&, R& r) { prices_of(r).row[1] -= 1, r.bound = 11; }},
            {"row[2]", [](P&, R& r) { prices_of(r).row[2] += 1; }},
            {"row[2]", [](P&, R& r) { prices_of(r).row[2] -= 1, r.bound = 11; }},
            {"column[0]", [](P&, R& r) { prices_of(r).column[0] += 1; }},
            {"column[2]", [](P&, R& r) { prices_of(r).column[2] += 1; }},
            {"column[2]", [](P&, R& r) { prices_of(r).column[2] -= 1, r.bound = 11; }},
            {"row", [](P&, R& r) { prices_of(r).row.pop_back(); }},
            {"column", [](P&, R& r) { prices_of(r).column.clear(); }},
            {"bound", [](P&, R& r) { prices_of(r).row[0] = least; }},
            {"entry[0]", [](P&, R& r) { prices_of(r).row[0] = std::numeric_limits<std::int64_t>::max(); }},
            {"column[1]", [](P&, R& r) { prices_of(r).column[1] = std::numeric_limits<std::int64_t>::max(); }},
            {"column_of[0]", [](P&, R& r) { r.column_of[0] = 2; }},  // no such pair
            {"column_of[0]", [](P&, R& r) { r.column_of[0] = 3; }},  // no such column
            {"column_of[0]", [](P&, R& r) { r.column_of[0] = R::unmatched; }},
            {"column_of[1]", [](P&, R& r) { r.column_of[1] = 1; }},  // taken
            {"objective", [](P&, R& r) { r.column_of[1] = R::unmatched; }},
            {"objective", [](P&, R& r) { r.column_of[2] = 2; }},
            {"column_of", [](P&, R& r) { r.column_of.pop_back(); }},
            {"column_of", [](P&, R& r) { r.column_of.clear(); }},
            {"objective", [](P&, R& r) { r.objective += 1; }},
            {"objective", [](P&, R& r) { r.objective = Int128(least) * Int128(least); }},
            {"bound", [](P&, R& r) { r.bound -= 1; }},
            {"cause", [](P&, R& r) { r.cause = Cause::time; }},
            {"claim", [](P&, R& r) { r.claim = Claim::bounded; }},
            {"claim", [](P&, R& r) { r.claim = Claim::estimate; }},
            {"steps", [](P&, R& r) { r.steps = -1; }},
            {"certificate", [](P&, R& r) { r.certificate = std::monostate{}; }},
            {"certificate",
             [](P&, R& r) {
                 r.certificate = SparseAssignmentShortage{{0}, {}};
             }},
            {"certificate", [](P&, R& r) { r.termination = Termination::infeasible; }},
            {"cause", [](P&, R& r) { r.termination = Termination::feasible; }},
            {"termination", [](P&, R& r) { r.termination = Termination::unbounded; }},
            {"termination", [](P&, R& r) { r.termination = static_cast<Termination>(77); }},
            {"objective", [](P& p, R&) { p.cost[1] += 1; }},
            {"objective", [](P& p, R&) { p.cost[1] -= 1; }},
            {"entry[3]", [](P& p, R&) { p.cost[3] = 1; }},
            {"column_of[0]", [](P& p, R&) { p.column[1] = 2; }},
            {"objective", [](P& p, R&) { p.unmatched_row[2] = 5; }},
            {"column_of[2]", [](P& p, R&) { p.unmatched_row[2] = must; }},
            {"column[2]", [](P& p, R&) { p.unmatched_column[2] = must; }},
            {"objective", [](P& p, R&) { p.unmatched_column[2] = 4; }},
            {"cost[0]", [](P& p, R&) { p.cost[0] = least; }},
        });
}

TEST(SparseAssignmentVerifier, RefusesEveryBrokenShortage) {
    // rows 1 and 2 share column 0; row 0 may stay unmatched, row 3 has a column of its own
    const P problem = problem_of(4, 3, {{0, 0, 1}, {1, 0, 1}, {2, 0, 1}, {3, 1, 1}}, {5, must, must, must});
    const R result = solve(problem);
    ASSERT_EQ(result.termination, Termination::infeasible);
    ASSERT_EQ(shortage_of(const_cast<R&>(result)).rows, (std::vector<std::uint32_t>{1, 2}));
    expect_refused(problem, result,
                   {
                       {"shortage", [](P&, R& r) { shortage_of(r).rows.clear(); }},
                       {"shortage", [](P&, R& r) { shortage_of(r).rows = {1}; }},
                       {"shortage",
                        [](P&, R& r) {
                            shortage_of(r).rows = {1, 3};
                        }},
                       {"rows[0]",
                        [](P&, R& r) {
                            shortage_of(r).rows = {0, 1, 2};
                        }},
                       {"rows[1]",
                        [](P&, R& r) {
                            shortage_of(r).rows = {1, 1};
                        }},
                       {"rows[2]",
                        [](P&, R& r) {
                            shortage_of(r).rows = {1, 2, 4};
                        }},
                       {"columns[0]",
                        [](P&, R& r) {
                            shortage_of(r) = {{}, {2}};
                        }},
                       {"shortage", [](P&, R& r) { shortage_of(r).columns = {2}; }},
                       {"shortage", [](P& p, R&) { p.column[2] = 2; }},
                       {"rows[0]", [](P& p, R&) { p.unmatched_row[1] = 3; }},
                       {"column_of",
                        [](P&, R& r) {
                            r.column_of = {0, 0, 0, 0};
                        }},
                       {"objective", [](P&, R& r) { r.objective = 1; }},
                       {"bound", [](P&, R& r) { r.bound = 1; }},
                       {"claim", [](P&, R& r) { r.claim = Claim::feasible; }},
                       {"cause", [](P&, R& r) { r.cause = Cause::steps; }},
                   });
    R more = result;
    shortage_of(more).rows = {3, 2, 1};  // order does not matter, nor one too many
    EXPECT_TRUE(verify(problem, more));
}

TEST(SparseAssignmentVerifier, AcceptsLessThanIsTrueButNoMore) {
    const P problem = problem_of(2, 2, {{0, 0, 1}, {1, 1, 1}}, {9});
    R result = solve(problem);
    result.termination = Termination::feasible;
    result.cause = Cause::time;
    result.claim = Claim::bounded;
    EXPECT_TRUE(verify(problem, result));
    result.certificate = std::monostate{};
    EXPECT_EQ(examine(problem, result).place, "claim");
    result.claim = Claim::feasible;
    EXPECT_EQ(examine(problem, result).place, "bound");
    result.bound = 0;
    EXPECT_TRUE(verify(problem, result));
    result.termination = Termination::unknown;
    EXPECT_EQ(examine(problem, result).place, "claim");
    result.claim = Claim::estimate;
    EXPECT_EQ(examine(problem, result).place, "column_of");
}

TEST(SparseAssignmentVerifierLaw, NeverAcceptsARandomCorruptionThatIsWrong) {
    std::uint64_t refused = 0, accepted = 0;
    const std::uint64_t cases = given::law_cases(100'000);
    for (std::uint64_t seed = 0; seed < cases; ++seed) {
        Random random(seed, 9);
        const P problem = given::random_sparse_problem<std::int64_t>(seed);
        R result = solve(problem);
        const R truth = result;
        auto* prices = std::get_if<SparseAssignmentPrices>(&result.certificate);
        auto* shortage = std::get_if<SparseAssignmentShortage>(&result.certificate);
        const auto any = [&](auto& list) -> auto& { return list[random.below(list.size())]; };
        switch (random.below(6)) {
            case 0:
                if (!result.column_of.empty()) {
                    any(result.column_of) =
                        random.chance(1, 4) ? R::unmatched : static_cast<std::uint32_t>(random.below(6));
                }
                break;
            case 1:
                result.objective += random.between(-2, 2);
                break;
            case 2:
                if (prices != nullptr && !prices->row.empty()) any(prices->row) += random.between(-3, 3);
                if (prices != nullptr && random.chance(1, 2)) result.bound += random.between(-3, 3);
                break;
            case 3:
                if (prices != nullptr && !prices->column.empty()) any(prices->column) += random.between(-3, 3);
                break;
            case 4:
                if (shortage == nullptr) break;
                if (!shortage->rows.empty()) any(shortage->rows) = static_cast<std::uint32_t>(random.below(6));
                if (!shortage->columns.empty()) any(shortage->columns) = static_cast<std::uint32_t>(random.below(6));
                break;
            default:
                result.termination = static_cast<Termination>(random.below(5));
        }
        if (result == truth) continue;
        if (!verify(problem, result)) {
            ++refused;
            continue;
        }
        ++accepted;  // then what it says is still true
        ASSERT_EQ(result.termination, truth.termination) << "seed " << seed;
        ASSERT_EQ(result.objective, truth.objective) << "seed " << seed;
    }
    EXPECT_GT(refused, cases / 4);
    EXPECT_GT(accepted, 0U);
}

}  // namespace
