#include <countyplan/solve/linear_program.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>
#include <utility>
#include <variant>
#include <vector>

#include <countyplan/error.hpp>
#include <countyplan/solve/messages.hpp>
#include <countyplan/solve/random.hpp>

#include "given/law.hpp"
#include "given/linear_program.hpp"

namespace {

using namespace countyplan;
using namespace std::chrono_literals;

constexpr double infinity = LinearProgram::infinity;
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

testing::AssertionResult accepted(const LinearProgram& problem, const LinearProgramResult& result) {
    const Verdict verdict = examine(problem, result);
    if (verdict.accepted && verify(problem, result)) return testing::AssertionSuccess();
    return testing::AssertionFailure() << verdict.place << ": " << text(verdict.why, Language::en);
}

struct GivenColumn {
    double cost, lower, upper;
    std::vector<double> entries;  // one per row
};

LinearProgram program(std::vector<double> row_lower, std::vector<double> row_upper,
                      const std::vector<GivenColumn>& columns) {
    LinearProgram problem{.row_lower = std::move(row_lower), .row_upper = std::move(row_upper)};
    for (const GivenColumn& c : columns)
        given::add_column(problem, c.cost, c.lower, c.upper, c.entries);
    return problem;
}

/// Solves, checks and gives the objective; NaN and a failure unless the optimum is proved.
double proved_optimum(const LinearProgram& problem) {
    const auto result = solve(problem);
    EXPECT_TRUE(accepted(problem, result));
    EXPECT_EQ(result.termination, Termination::optimal);
    return result.objective.value_or(nan);
}

/// Two columns, optimum -14 at (2, 6): Wyndor Glass, Hillier & Lieberman (costs negated), -36.
LinearProgram windows() {
    return program({-infinity, -infinity, -infinity}, {4, 12, 18},
                   {{-3, 0, infinity, {1, 0, 3}}, {-5, 0, infinity, {0, 2, 2}}});
}

TEST(LinearProgram, FindsTheBestCorner) {
    const auto problem = windows();
    const auto result = solve(problem);
    EXPECT_TRUE(accepted(problem, result));
    EXPECT_EQ(result.termination, Termination::optimal);
    EXPECT_EQ(result.claim, Claim::proved);
    EXPECT_EQ(result.x, (std::vector<double>{2, 6}));
    EXPECT_EQ(result.objective, -36);
    EXPECT_EQ(result.bound, -36);
    const auto& duals = std::get<RowDuals>(result.certificate);
    EXPECT_DOUBLE_EQ(duals.of(0), 0.0);
    EXPECT_DOUBLE_EQ(duals.of(1), -1.5);
    EXPECT_DOUBLE_EQ(duals.of(2), -1.0);
}

TEST(LinearProgram, AnswersWithoutRowsOrColumns) {
    EXPECT_EQ(proved_optimum({}), 0.0);
    EXPECT_EQ(proved_optimum(program({}, {}, {{-2, 0, 3, {}}, {5, -1, 3, {}}, {0, -infinity, infinity, {}}})), -11.0);
    EXPECT_EQ(proved_optimum(program({-1, 0}, {0, infinity}, {})), 0.0);
    const auto empty_row = program({1}, {2}, {});
    const auto result = solve(empty_row);
    EXPECT_EQ(result.termination, Termination::infeasible);
    EXPECT_TRUE(accepted(empty_row, result));
}

TEST(LinearProgram, ProvesInfeasibilityBeforeUnboundedness) {
    const auto problem = program({3, -infinity}, {infinity, 2}, {{-1, 0, infinity, {0, 0}}, {0, 0, infinity, {1, 1}}});
    const auto result = solve(problem);
    EXPECT_EQ(result.termination, Termination::infeasible);
    EXPECT_TRUE(accepted(problem, result));
}

TEST(LinearProgram, ShowsADirectionWithoutEnd) {
    const auto problem = program({-infinity}, {1}, {{-1, 0, infinity, {1}}, {-1, 0, infinity, {-2}}});
    const auto result = solve(problem);
    EXPECT_EQ(result.termination, Termination::unbounded);
    EXPECT_TRUE(accepted(problem, result));
}

TEST(LinearProgram, ProvesThirdsOnFreeColumns) {
    // 3 x = 1 with x free: no double multiplier prices x to exactly 0, a denominator does
    const auto problem = program({1}, {1}, {{1, -infinity, infinity, {3}}});
    const auto result = solve(problem);
    EXPECT_EQ(result.termination, Termination::optimal);
    EXPECT_TRUE(accepted(problem, result));
    EXPECT_NEAR(*result.objective, 1.0 / 3.0, 1e-12);
}

/// Examples on which textbook pivoting goes round for ever.
TEST(LinearProgram, EndsOnBealesCycle) {
    EXPECT_NEAR(proved_optimum(program({-infinity, -infinity, -infinity}, {0, 0, 1},
                                       {{-0.75, 0, infinity, {0.25, 0.5, 0}},
                                        {150, 0, infinity, {-60, -90, 0}},
                                        {-0.02, 0, infinity, {-0.04, -0.02, 1}},
                                        {6, 0, infinity, {9, 3, 0}}})),
                -0.05, 1e-12);
}

TEST(LinearProgram, EndsOnKuhnsCycle) {
    EXPECT_NEAR(proved_optimum(program({-infinity, -infinity, -infinity}, {0, 0, 2},
                                       {{-2, 0, infinity, {-2, 1.0 / 3, 2}},
                                        {-3, 0, infinity, {-9, 1, 3}},
                                        {1, 0, infinity, {1, -1.0 / 3, -1}},
                                        {12, 0, infinity, {9, -2, -12}}})),
                -2.0, 1e-9);
}

TEST(LinearProgram, EndsOnMarshallAndSuurballesCycle) {
    const auto problem = program({-infinity, -infinity}, {0, 0},
                                 {{-0.4, 0, infinity, {0.6, 0.2}},
                                  {-0.4, 0, infinity, {-6.4, -1.8}},
                                  {1.8, 0, infinity, {4.8, 0.6}},
                                  {0, 0, 1, {0, 0}}});
    const auto result = solve(problem);
    EXPECT_TRUE(accepted(problem, result));
    EXPECT_TRUE(result.termination == Termination::optimal || result.termination == Termination::unbounded);
}

TEST(LinearProgram, CrossesTheKleeMintyCube) {
    constexpr std::size_t n = 12;
    LinearProgram cube;
    for (std::size_t i = 0; i < n; ++i) {
        cube.row_lower.push_back(-infinity);
        cube.row_upper.push_back(std::pow(5.0, static_cast<double>(i + 1)));
    }
    for (std::size_t j = 0; j < n; ++j) {
        std::vector<double> entries(n, 0.0);
        entries[j] = 1.0;
        for (std::size_t i = j + 1; i < n; ++i)
            entries[i] = std::pow(2.0, static_cast<double>(i - j + 1));
        given::add_column(cube, -std::pow(2.0, static_cast<double>(n - 1 - j)), 0.0, infinity, entries);
    }
    EXPECT_EQ(proved_optimum(cube), -std::pow(5.0, static_cast<double>(n)));
}

TEST(LinearProgram, GoesOnFromABasisAfterColumnsAndRowsWereAdded) {
    auto problem = given::random_cover(3, 40, 400);
    const auto first = solve(problem);
    ASSERT_EQ(first.termination, Termination::optimal);
    const auto again = solve_from(problem, first.basis);
    EXPECT_TRUE(accepted(problem, again));
    EXPECT_EQ(again.steps, 0);
    std::vector<double> column(40, 0.0);
    column[1] = column[5] = column[9] = 1.0;
    given::add_column(problem, 1.0, 0.0, infinity, column);
    const auto with_column = solve_from(problem, first.basis);
    EXPECT_TRUE(accepted(problem, with_column));
    EXPECT_LE(*with_column.objective, *first.objective + 1e-9);
    EXPECT_LT(with_column.steps, first.steps);
    // a row that forbids half of what the first column does
    problem.row_lower.push_back(-infinity);
    problem.row_upper.push_back(0.5);
    LinearProgram more{.row_lower = problem.row_lower, .row_upper = problem.row_upper};
    for (std::size_t j = 0; j < problem.columns(); ++j) {
        std::vector<double> entries(41, 0.0);
        for (std::size_t k = problem.first[j]; k < problem.first[j + 1]; ++k)
            entries[problem.row[k]] = problem.value[k];
        entries[40] = j % 2 == 0 ? 1.0 : 0.0;
        given::add_column(more, problem.cost[j], problem.lower[j], problem.upper[j], entries);
    }
    const auto with_row = solve_from(more, with_column.basis);
    EXPECT_TRUE(accepted(more, with_row));
    EXPECT_EQ(with_row.termination, Termination::optimal);
    EXPECT_NEAR(*with_row.objective, *solve(more).objective, 1e-9 * std::abs(*with_row.objective));
    EXPECT_LT(with_row.steps, solve(more).steps);
}

TEST(LinearProgram, MendsAStartThatIsNoBasis) {
    const auto problem = windows();
    for (const BasisStatus s :
         {BasisStatus::basic, BasisStatus::at_lower, BasisStatus::at_upper, BasisStatus::at_zero}) {
        const LinearBasis start{{s, s}, {s, s, s}};
        const auto result = solve_from(problem, start);
        EXPECT_TRUE(accepted(problem, result));
        EXPECT_EQ(result.objective, -36);
    }
}

TEST(LinearProgram, DoesTheSameOnASecondCall) {
    const auto problem = given::random_cover(7, 30, 200);
    EXPECT_EQ(solve(problem), solve(problem));
}

// ---- reliability.md 2.5

TEST(LinearProgramBadInput, Item44RefusesWhatIsNoNumberAndKeepsSignlessZeros) {
    const auto refused = [](LinearProgram problem, const std::string& place) {
        try {
            (void)solve(problem);
            ADD_FAILURE() << "accepted";
        } catch (const InvalidProblem& e) {
            EXPECT_EQ(e.place(), place);
        }
    };
    for (const double bad : {nan, infinity, -infinity, 1e101}) {
        auto problem = windows();
        problem.cost[1] = bad;
        refused(problem, "cost[1]");
        problem = windows();
        problem.value[2] = bad;
        refused(problem, "value[2]");
    }
    for (const double bad : {nan, infinity, 1e101}) {
        auto problem = windows();
        problem.lower[0] = bad;
        refused(problem, "lower[0]");
        problem = windows();
        problem.upper[0] = -bad;
        refused(problem, "upper[0]");
        problem = windows();
        problem.row_lower[2] = bad;
        refused(problem, "row_lower[2]");
        problem = windows();
        problem.row_upper[2] = -bad;
        refused(problem, "row_upper[2]");
    }
    auto zeros = windows();
    const auto plain = solve(zeros);
    zeros.lower = {-0.0, -0.0};
    zeros.row_lower[0] = -infinity;
    EXPECT_EQ(solve(zeros), plain);
    auto tiny = windows();
    tiny.cost[0] = std::numeric_limits<double>::denorm_min();
    EXPECT_TRUE(accepted(tiny, solve(tiny)));
    tiny.value[0] = std::numeric_limits<double>::denorm_min();
    EXPECT_TRUE(accepted(tiny, solve(tiny)));
}

TEST(LinearProgramBadInput, Item46LargeNumbersAreExactOrHonest) {
    auto problem = windows();
    for (double& c : problem.cost)
        c *= 1e9;
    for (double& b : problem.row_upper)
        b *= 1e9;
    EXPECT_EQ(proved_optimum(problem), -36e18);
    for (double& c : problem.cost)
        c *= 1e80;
    EXPECT_NEAR(proved_optimum(problem) / -36e98, 1.0, 1e-9);
}

TEST(LinearProgramBadInput, Item52EndsWhereAllIsTiedWithinRounding) {
    Random random(5, 52);
    LinearProgram problem;
    const std::size_t rows = 30;
    problem.row_lower.assign(rows, 1.0);
    problem.row_upper.assign(rows, 1.0);
    for (std::size_t j = 0; j < 300; ++j) {
        std::vector<double> entries(rows, 0.0);
        entries[random.below(rows)] = entries[random.below(rows)] = 1.0;
        given::add_column(problem, 1.0 + 1e-12 * static_cast<double>(random.below(10)), 0.0, infinity, entries);
    }
    const auto result = solve(problem);
    EXPECT_TRUE(accepted(problem, result));
    EXPECT_TRUE(result.termination == Termination::optimal || result.termination == Termination::infeasible);
}

TEST(LinearProgramBadInput, Item53RefusesSizesThatLie) {
    const auto place_of = [](const LinearProgram& problem) { return examine(problem).place; };
    auto problem = windows();
    problem.first[1] = std::numeric_limits<std::size_t>::max();
    EXPECT_EQ(place_of(problem), "first[1]");
    problem = windows();
    problem.first[2] = 3;
    EXPECT_EQ(place_of(problem), "row");
    problem = windows();
    problem.first.clear();
    EXPECT_EQ(place_of(problem), "first");
    problem = windows();
    problem.first[0] = 1;
    EXPECT_EQ(place_of(problem), "first[0]");
    problem = windows();
    problem.row[1] = 3;
    EXPECT_EQ(place_of(problem), "row[1]");
    problem = windows();
    problem.row[1] = problem.row[0];
    EXPECT_EQ(place_of(problem), "row[1]");
    problem = windows();
    problem.upper[0] = -1;
    EXPECT_EQ(place_of(problem), "upper[0]");
    EXPECT_THROW((void)solve_from(windows(), {std::vector<BasisStatus>(3), {}}), InvalidProblem);
    EXPECT_THROW((void)solve(windows(), {.refactor_after = 0}), InvalidProblem);
}

TEST(LinearProgramBadInput, Item55StopsAtOnceAndIsHonest) {
    const auto problem = given::random_cover(9, 60, 2000);
    std::stop_source source;
    source.request_stop();
    for (const Stop& stop :
         {Stop{.time_limit = 0s}, Stop{.time_limit = -1s}, Stop{.step_limit = 0}, Stop{.token = source.get_token()}}) {
        const auto result = solve(problem, {}, stop);
        EXPECT_TRUE(accepted(problem, result));
        EXPECT_NE(result.cause, Cause::proved);
    }
}

TEST(LinearProgramBadInput, Item57TellsCostsApartThatDifferInTheTwelfthPlace) {
    const auto problem =
        program({1}, {1}, {{1.0, 0, infinity, {1}}, {1.0 - 1e-12, 0, infinity, {1}}, {1.0 + 1e-12, 0, infinity, {1}}});
    const auto result = solve(problem);
    EXPECT_TRUE(accepted(problem, result));
    // what is not told apart shows in the gap
    EXPECT_LE(*result.objective - *result.bound, 2e-12);
}

// ---- the verifier

struct Breakage {
    const char* name;
    const char* place;
    std::function<void(LinearProgramResult&)> apply;
};

TEST(LinearProgramRefusal, BrokenOptimaAreRefusedForTheRightReason) {
    const auto problem = windows();
    const auto right = solve(problem);
    const auto duals = [](LinearProgramResult& r) -> RowDuals& { return std::get<RowDuals>(r.certificate); };
    const std::vector<Breakage> breakages{
        {"unknown", "x",
         [](auto& r) {
             r.termination = Termination::unknown, r.cause = Cause::time, r.claim = Claim::bounded, r.objective.reset();
         }},
        {"objective kept", "objective",
         [](auto& r) { r.termination = Termination::unknown, r.cause = Cause::time, r.claim = Claim::bounded; }},
        {"infeasible", "claim", [](auto& r) { r.termination = Termination::infeasible, r.claim = Claim::bounded; }},
        {"infeasible with point", "objective", [](auto& r) { r.termination = Termination::infeasible; }},
        {"unbounded with duals", "certificate", [](auto& r) { r.termination = Termination::unbounded; }},
        {"feasible but proved", "cause", [](auto& r) { r.termination = Termination::feasible; }},
        {"feasible, claim", "claim", [](auto& r) { r.termination = Termination::feasible, r.cause = Cause::time; }},
        {"no such end", "termination", [](auto& r) { r.termination = static_cast<Termination>(9); }},
        {"cause", "cause", [](auto& r) { r.cause = Cause::time; }},
        {"claim", "claim", [](auto& r) { r.claim = Claim::bounded; }},
        {"claim less", "claim", [](auto& r) { r.claim = Claim::feasible; }},
        {"steps", "steps", [](auto& r) { r.steps = -1; }},
        {"no bound", "bound", [](auto& r) { r.bound.reset(); }},
        {"no x", "x", [](auto& r) { r.x.clear(); }},
        {"long x", "x", [](auto& r) { r.x.push_back(0); }},
        {"x below", "x[0]", [](auto& r) { r.x[0] = -1e-300; }},
        {"x nan", "x[1]", [](auto& r) { r.x[1] = nan; }},
        {"x infinite", "x[1]", [](auto& r) { r.x[1] = infinity; }},
        {"row above", "row[1]", [](auto& r) { r.x[1] = 6.001; }},
        {"row a little above", "row[0]",
         [](auto& r) {
             r.x[0] = 4.0000001;
             r.x[1] = 0;
         }},
        {"other row", "row[2]", [](auto& r) { r.x[0] = 3; }},
        {"worse point", "objective", [](auto& r) { r.x[0] = 1; }},
        {"worse point, its objective", "objective",
         [](auto& r) {
             r.x[0] = 1;
             r.objective = -33;
         }},
        {"objective", "objective", [](auto& r) { r.objective = -36.0000000001; }},
        {"no objective", "objective", [](auto& r) { r.objective.reset(); }},
        {"objective nan", "objective", [](auto& r) { r.objective = nan; }},
        {"bound", "bound", [](auto& r) { r.bound = -36.0000000001; }},
        {"bound nan", "bound", [](auto& r) { r.bound = nan; }},
        {"bound infinite", "bound", [](auto& r) { r.bound = infinity; }},
        {"reduced cost", "reduced_cost[1]", [](auto& r) { r.reduced_cost[1] = 1e-30; }},
        {"reduced cost nan", "reduced_cost[0]", [](auto& r) { r.reduced_cost[0] = nan; }},
        {"no reduced costs", "reduced_cost", [](auto& r) { r.reduced_cost.clear(); }},
        {"no certificate", "claim",
         [](auto& r) {
             r.certificate = std::monostate{};
             r.bound.reset();
             r.reduced_cost.clear();
             r.claim = Claim::bounded;
         }},
        {"no certificate but proved", "certificate",
         [](auto& r) {
             r.certificate = std::monostate{};
             r.bound.reset();
             r.reduced_cost.clear();
         }},
        {"ray instead", "certificate",
         [](auto& r) {
             r.certificate = FarkasRay{{0, 0, 0}};
             r.bound.reset();
             r.reduced_cost.clear();
         }},
        {"direction instead", "certificate",
         [](auto& r) {
             r.certificate = PrimalRay{{0, 0}};
             r.bound.reset();
             r.reduced_cost.clear();
         }},
        {"dual sign", "row_dual[0]", [&](auto& r) { duals(r).value[0] = 1e-300; }},
        {"dual nan", "row_dual[0]", [&](auto& r) { duals(r).value[0] = nan; }},
        {"dual infinite", "row_dual[2]", [&](auto& r) { duals(r).value[2] = -infinity; }},
        {"duals short", "row_dual", [&](auto& r) { duals(r).value.pop_back(); }},
        {"denominator 0", "denominator", [&](auto& r) { duals(r).denominator = 0; }},
        {"denominator below 0", "denominator", [&](auto& r) { duals(r).denominator = -1; }},
        {"denominator nan", "denominator", [&](auto& r) { duals(r).denominator = nan; }},
        {"denominator infinite", "denominator", [&](auto& r) { duals(r).denominator = infinity; }},
        {"weaker duals", "reduced_cost[0]", [&](auto& r) { duals(r).value[2] = -1.25; }},
    };
    EXPECT_GE(breakages.size(), 40U);
    ASSERT_TRUE(accepted(problem, right));
    for (const Breakage& b : breakages) {
        SCOPED_TRACE(b.name);
        LinearProgramResult wrong = right;
        b.apply(wrong);
        EXPECT_EQ(examine(problem, wrong).place, b.place);
        EXPECT_FALSE(verify(problem, wrong));
    }
}

TEST(LinearProgramRefusal, BrokenRaysAreRefused) {
    const auto none = program({3, -infinity}, {infinity, 2}, {{-1, 0, infinity, {0, 0}}, {0, 0, infinity, {1, 1}}});
    auto result = solve(none);
    auto& ray = std::get<FarkasRay>(result.certificate).value;
    const auto right = ray;
    for (const auto& [wrong, place] :
         std::vector<std::pair<std::vector<double>, const char*>>{{{0, 0}, "ray"},
                                                                  {{right[0]}, "row_dual"},
                                                                  {{-right[0], right[1]}, "row_dual[0]"},
                                                                  {{nan, 0}, "row_dual[0]"},
                                                                  {{right[0], 2 * right[1]}, "ray"}}) {
        ray = wrong;
        EXPECT_EQ(examine(none, result).place, place);
    }
    const auto endless = program({-infinity}, {1}, {{-1, 0, infinity, {1}}, {-1, 0, infinity, {-2}}, {0, 0, 1, {0}}});
    auto open = solve(endless);
    ASSERT_TRUE(accepted(endless, open));
    auto& direction = std::get<PrimalRay>(open.certificate).direction;
    for (const auto& [wrong, place] :
         std::vector<std::pair<std::vector<double>, const char*>>{{{0, 0, 0}, "ray"},
                                                                  {{0, 1}, "ray"},
                                                                  {{1, 0, 0}, "row[0]"},
                                                                  {{-0.5, 1, 0}, "ray[0]"},
                                                                  {{0, 1, 0.5}, "ray[2]"},
                                                                  {{0, 2, 0}, "ray[1]"},
                                                                  {{0, nan, 0}, "ray[1]"},
                                                                  {{1, 0.49999999, 0}, "row[0]"}}) {
        direction = wrong;
        EXPECT_EQ(examine(endless, open).place, place);
    }
    direction = {0, 1, 0};
    EXPECT_TRUE(accepted(endless, open));
}

// ---- laws

TEST(LinearProgramLaw, EveryTerminationIsProvedAndAgreesWithAllCorners) {
    for (std::uint64_t seed = 0; seed < given::law_cases(100'000); ++seed) {
        SCOPED_TRACE(seed);
        const auto problem = given::random_linear_program(seed);
        const auto slow = given::slow_linear_program(problem);
        const auto result = solve(problem);
        ASSERT_TRUE(accepted(problem, result));
        ASSERT_EQ(result.termination, slow.termination);
        if (result.termination == Termination::optimal) {
            ASSERT_NEAR(*result.objective, slow.objective, 1e-9 * std::max(1.0, std::abs(slow.objective)));
        }
    }
}

TEST(LinearProgramLaw, AnyStartAndAnyRefactoringGiveTheSameValue) {
    for (std::uint64_t seed = 0; seed < given::law_cases(100'000); ++seed) {
        SCOPED_TRACE(seed);
        Random random(seed, 32);
        const auto problem = given::random_linear_program(seed);
        LinearBasis start;
        for (std::size_t j = random.below(problem.columns() + 1); j > 0; --j)
            start.column.push_back(static_cast<BasisStatus>(random.below(4)));
        for (std::size_t i = random.below(problem.rows() + 1); i > 0; --i)
            start.row.push_back(static_cast<BasisStatus>(random.below(4)));
        const auto plain = solve(problem);
        const auto other =
            solve_from(problem, start, {.refactor_after = static_cast<std::int32_t>(1 + random.below(3))});
        ASSERT_TRUE(accepted(problem, other));
        ASSERT_EQ(other.termination, plain.termination);
        if (plain.termination == Termination::optimal) {
            ASSERT_NEAR(*other.objective, *plain.objective, 1e-9 * std::max(1.0, std::abs(*plain.objective)));
        }
    }
}

TEST(LinearProgramLaw, NoWrongCorruptionIsAccepted) {
    for (std::uint64_t seed = 0; seed < given::law_cases(100'000); ++seed) {
        SCOPED_TRACE(seed);
        Random random(seed, 33);
        const auto problem = given::random_linear_program(seed % 20'000);
        auto result = solve(problem);
        const auto right = result;
        const auto corrupt = [&](std::vector<double>& list) {
            if (list.empty()) return;
            double& v = list[random.below(list.size())];
            const double amount = static_cast<double>(random.between(1, 3)) * (random.chance(1, 2) ? 1.0 : 1e-3);
            v += random.chance(1, 2) ? amount : -amount;
        };
        switch (random.below(5)) {
            case 0:
                corrupt(result.x);
                break;
            case 1:
                if (auto* d = std::get_if<RowDuals>(&result.certificate)) corrupt(d->value);
                if (auto* f = std::get_if<FarkasRay>(&result.certificate)) corrupt(f->value);
                if (auto* p = std::get_if<PrimalRay>(&result.certificate)) corrupt(p->direction);
                break;
            case 2:
                if (result.objective) *result.objective -= 1e-6;
                if (result.bound) *result.bound += 1e-6;
                break;
            case 3:
                result.termination = static_cast<Termination>(random.below(5));
                break;
            case 4:
                corrupt(result.reduced_cost);
                break;
            default:
                break;
        }
        if (result == right || !verify(problem, result)) continue;
        // accepted: then it must be true
        ASSERT_EQ(result.termination, right.termination);
        if (right.termination == Termination::optimal) {
            ASSERT_NEAR(*result.objective, *right.objective, 1e-7 * std::max(1.0, std::abs(*right.objective)));
        }
    }
}

TEST(LinearProgramLaw, ACancelAnywhereLeavesAnHonestResult) {
    const auto problem = given::random_cover(11, 60, 1500);
    const auto full = solve(problem);
    ASSERT_EQ(full.termination, Termination::optimal);
    auto worst = 0ns;
    for (std::uint64_t seed = 0; seed < given::law_cases(10'000); ++seed) {
        SCOPED_TRACE(seed);
        Random random(seed, 34);
        std::stop_source source;
        std::chrono::steady_clock::time_point asked{};
        std::jthread caller([&, wait = std::chrono::microseconds(random.below(8000))] {
            std::this_thread::sleep_for(wait);
            asked = std::chrono::steady_clock::now();
            source.request_stop();
        });
        const auto result = solve(problem, {}, {.token = source.get_token()});
        const auto ended = std::chrono::steady_clock::now();
        caller.join();
        if (ended > asked) worst = std::max(worst, std::chrono::nanoseconds(ended - asked));
        ASSERT_TRUE(accepted(problem, result));
        if (result.bound) {
            ASSERT_LE(*result.bound, *full.objective + 1e-6);
        }
        if (result.objective) {
            ASSERT_GE(*result.objective, *full.objective - 1e-6);
        }
    }
    RecordProperty("worst_ms", std::to_string(std::chrono::duration<double, std::milli>(worst).count()));
    EXPECT_LT(worst, 2s);  // the limit of 50 ms is measured, not asserted: sanitizers and shared machines are slow
}

TEST(LinearProgramLaw, EveryStepLimitLeavesAnHonestResult) {
    const auto problem = given::random_cover(12, 30, 300);
    const auto full = solve(problem);
    std::optional<double> before;
    for (std::int64_t limit = 0; limit <= full.steps; ++limit) {
        const auto result = solve(problem, {}, {.step_limit = limit});
        ASSERT_TRUE(accepted(problem, result));
        ASSERT_LE(result.steps, limit);
        if (result.bound) {
            ASSERT_LE(*result.bound, *full.objective + 1e-6);
        }
        if (result.objective && before) {
            ASSERT_LE(*result.objective, *before + 1e-6);
        }
        if (result.objective) before = result.objective;
    }
}

}  // namespace
