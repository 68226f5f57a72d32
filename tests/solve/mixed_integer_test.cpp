#include <countyplan/solve/mixed_integer.hpp>

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
#include <utility>
#include <variant>
#include <vector>

#include <countyplan/error.hpp>
#include <countyplan/solve/messages.hpp>
#include <countyplan/solve/random.hpp>

#include "../../examples/mip_backend/branch_and_bound.hpp"
#include "given/law.hpp"
#include "given/mixed_integer.hpp"

namespace {

using namespace countyplan;
using namespace std::chrono_literals;

constexpr double infinity = LinearProgram::infinity;
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

const MixedIntegerBackend small{"branch_and_bound", branch_and_bound};

/// A back end that says this, whatever it is asked.
MixedIntegerBackend says(BackendAnswer answer) {
    return {"parrot", [answer](const auto&, const auto&, const auto&, const auto&) { return answer; }};
}

testing::AssertionResult accepted(const MixedIntegerProgram& problem, const MixedIntegerResult& result) {
    const Verdict verdict = examine(problem, result);
    if (verdict.accepted && verify(problem, result)) return testing::AssertionSuccess();
    return testing::AssertionFailure() << verdict.place << ": " << text(verdict.why, Language::en);
}

/// Two kinds of team from 17 experts and 4 cars; best 22 at (2, 2), relaxation 23.8.
MixedIntegerProgram teams() {
    MixedIntegerProgram problem{.is_integer = {1, 1}, .sense = Sense::maximise};
    problem.linear.row_lower = {-infinity, -infinity};
    problem.linear.row_upper = {17, 4};
    given::add_column(problem.linear, 4, 0, infinity, {3, 1});
    given::add_column(problem.linear, 7, 0, infinity, {5, 1});
    return problem;
}

TEST(MixedInteger, SaysWhatIsProvedAndWhatIsTheBackEndsWord) {
    const auto problem = teams();
    const auto result = solve(problem, small);
    EXPECT_TRUE(accepted(problem, result));
    EXPECT_EQ(result.termination, Termination::optimal);
    EXPECT_EQ(result.x, (std::vector<double>{2, 2}));
    EXPECT_EQ(result.objective, 22);
    EXPECT_NEAR(*result.root_bound, 23.8, 1e-12);
    EXPECT_EQ(result.bound, 22);
    EXPECT_EQ(result.gap, 0);
    EXPECT_EQ(result.claim, Claim::claimed_by_backend);
    EXPECT_EQ(result.backend, "branch_and_bound");
}

TEST(MixedInteger, NeedsNoWordWhereTheRelaxationSuffices) {
    auto problem = teams();
    problem.linear.row_upper[0] = 16;
    const auto result = solve(problem, small);
    EXPECT_TRUE(accepted(problem, result));
    EXPECT_EQ(result.claim, Claim::proved);
    EXPECT_EQ(result.objective, 22);
    // a bound of 22.75 is as good as 22 where all values are whole
    problem.linear.cost = {1, 1};
    problem.linear.row_upper = {17, 4.75};
    const auto whole = solve(problem, small);
    EXPECT_TRUE(accepted(problem, whole));
    EXPECT_EQ(whole.claim, Claim::proved);
    EXPECT_EQ(whole.bound, 4);
    EXPECT_GT(*whole.root_bound, 4);
}

TEST(MixedInteger, ProvesInfeasibilityOfTheRelaxationWithoutABackEnd) {
    auto problem = teams();
    problem.linear.row_lower[1] = 4;
    problem.linear.row_upper[0] = 11;
    const auto result = solve(problem, says({.termination = Termination::optimal, .x = {0, 0}}));
    EXPECT_TRUE(accepted(problem, result));
    EXPECT_EQ(result.termination, Termination::infeasible);
    EXPECT_EQ(result.claim, Claim::proved);
    EXPECT_TRUE(result.backend.empty());
}

TEST(MixedInteger, TakesTheWordThatNoWholePointExists) {
    auto problem = teams();
    problem.linear.row_lower[1] = 3.25;
    problem.linear.row_upper[1] = 3.75;
    const auto result = solve(problem, small);
    EXPECT_TRUE(accepted(problem, result));
    EXPECT_EQ(result.termination, Termination::infeasible);
    EXPECT_EQ(result.claim, Claim::claimed_by_backend);
}

TEST(MixedInteger, BelievesNothingThatCanBeChecked) {
    const auto problem = teams();
    const auto result_of = [&](BackendAnswer answer) {
        const auto result = solve(problem, says(std::move(answer)));
        EXPECT_TRUE(accepted(problem, result));
        return result;
    };
    // points that break a row, a bound, or are no points
    for (const std::vector<double>& x :
         std::vector<std::vector<double>>{{3, 2}, {-1, 0}, {nan, 0}, {infinity, 0}, {1}, {}}) {
        EXPECT_EQ(result_of({.termination = Termination::optimal, .x = x}).termination, Termination::unknown);
        EXPECT_EQ(result_of({.termination = Termination::feasible, .x = x}).claim, Claim::bounded);
    }
    // nearly whole is rounded
    EXPECT_EQ(result_of({.termination = Termination::optimal, .x = {2.0000001, 1.9999999}}).objective, 22);
    // a bound below the point, no number, or weaker than what is proved
    EXPECT_EQ(result_of({.termination = Termination::feasible, .x = {2, 2}, .bound = 5}).bound, 22);
    EXPECT_EQ(result_of({.termination = Termination::feasible, .x = {1, 2}, .bound = nan}).bound, 23);
    EXPECT_EQ(result_of({.termination = Termination::feasible, .x = {1, 2}, .bound = 1e9}).bound, 23);
    EXPECT_EQ(result_of({.termination = Termination::feasible, .x = {1, 2}, .bound = 22.5}).claim,
              Claim::claimed_by_backend);
    // an end that its own point contradicts, wrong duals, a negative count
    EXPECT_EQ(result_of({.termination = Termination::infeasible, .x = {2, 2}}).termination, Termination::feasible);
    EXPECT_EQ(result_of({.termination = Termination::feasible, .x = {1, 1}, .root_dual = {nan, 1}, .steps = -5}).steps,
              0);
    EXPECT_EQ(result_of({.termination = Termination::unknown, .cause = Cause::proved}).cause, Cause::steps);
}

TEST(MixedInteger, FitsFractionsAnewToRoundedColumns) {
    MixedIntegerProgram problem{.is_integer = {1, 0}};
    problem.linear.row_lower = {1.0};
    problem.linear.row_upper = {1.0};
    given::add_column(problem.linear, 1, 0, 5, {0.3});
    given::add_column(problem.linear, 2, 0, 5, {1});
    const auto result = solve(problem, says({.termination = Termination::feasible, .x = {1.00001, 0.699997}}));
    EXPECT_TRUE(accepted(problem, result));
    EXPECT_EQ(result.x[0], 1.0);
    EXPECT_NEAR(result.x[1], 0.7, 1e-12);
}

TEST(MixedInteger, PassesOnTheRestOfTheTimeAndStopsByItself) {
    const auto problem = given::random_knapsack(1, 5, 40);
    std::stop_source source;
    source.request_stop();
    for (const Stop& stop : {Stop{.time_limit = 0s}, Stop{.time_limit = -1s}, Stop{.token = source.get_token()}}) {
        const auto result = solve(problem, small, {}, stop);
        EXPECT_TRUE(accepted(problem, result));
        EXPECT_EQ(result.termination, Termination::unknown);
    }
    const auto limited = solve(problem, small, {}, {.step_limit = 50});
    EXPECT_TRUE(accepted(problem, limited));
    EXPECT_EQ(limited.steps, 50);
    EXPECT_NE(limited.termination, Termination::optimal);
}

TEST(MixedInteger, NamesAnIrreducibleInfeasibleSubset) {
    MixedIntegerProgram problem{.is_integer = {1, 1, 1}};
    problem.linear.row_lower = {-infinity, 5, -infinity, 0};
    problem.linear.row_upper = {4, infinity, 9, 9};
    given::add_column(problem.linear, 1, 0, 3, {1, 1, 0, 1});
    given::add_column(problem.linear, 1, 0, 3, {1, 1, 1, 0});
    given::add_column(problem.linear, 1, 0, 3, {0, 0, 1, 1});
    const auto subset = infeasible_subset(problem, small);
    ASSERT_TRUE(subset);
    EXPECT_TRUE(subset->irreducible);
    EXPECT_EQ(subset->rows, (std::vector<std::uint32_t>{0, 1}));
    EXPECT_TRUE(subset->columns.empty());
    EXPECT_EQ(subset->claim, Claim::proved);
    EXPECT_TRUE(proves_infeasible(keep_only(problem, *subset).linear, subset->ray.value));
    // only whole numbers are missing: 2 x = 3
    MixedIntegerProgram halves{.is_integer = {1}};
    halves.linear.row_lower = {3, -7};
    halves.linear.row_upper = {3, 7};
    given::add_column(halves.linear, 0, 0, 9, {2, 1});
    const auto odd = infeasible_subset(halves, small);
    ASSERT_TRUE(odd);
    EXPECT_EQ(odd->rows, std::vector<std::uint32_t>{0});
    EXPECT_TRUE(odd->columns.empty());
    EXPECT_EQ(odd->claim, Claim::claimed_by_backend);
    EXPECT_FALSE(infeasible_subset(teams(), small));
}

// ---- reliability.md 2.5

TEST(MixedIntegerBadInput, Item53RefusesWhatIsNotAsDescribed) {
    const auto place_of = [](const MixedIntegerProgram& problem) { return examine(problem).place; };
    auto problem = teams();
    problem.is_integer.pop_back();
    EXPECT_EQ(place_of(problem), "is_integer");
    problem = teams();
    problem.is_integer[1] = 2;
    EXPECT_EQ(place_of(problem), "is_integer[1]");
    problem = teams();
    problem.sense = static_cast<Sense>(7);
    EXPECT_EQ(place_of(problem), "sense");
    problem = teams();
    problem.linear.cost[0] = nan;
    EXPECT_EQ(place_of(problem), "cost[0]");
    EXPECT_THROW((void)solve(problem, small), InvalidProblem);
    EXPECT_THROW((void)solve(teams(), {}), InvalidProblem);
    EXPECT_THROW((void)solve(teams(), small, {.relative_gap = -1}), InvalidProblem);
    EXPECT_THROW((void)solve(teams(), small, {.relative_gap = nan}), InvalidProblem);
    EXPECT_THROW((void)solve(teams(), small, {.root_steps = -1}), InvalidProblem);
}

TEST(MixedIntegerBadInput, Item58AMillionColumnsEndWithinTheLimit) {
    MixedIntegerProgram problem{.sense = Sense::maximise};
    problem.linear.row_lower.assign(100, -infinity);
    problem.linear.row_upper.assign(100, 1000.0);
    constexpr std::size_t columns = 1'000'000;
    problem.linear.cost.assign(columns, 1.0);
    problem.linear.lower.assign(columns, 0.0);
    problem.linear.upper.assign(columns, 1.0);
    problem.is_integer.assign(columns, 1);
    for (std::size_t j = 0; j < columns; ++j) {
        problem.linear.row.push_back(static_cast<std::uint32_t>(j % 100));
        problem.linear.value.push_back(1.0 + static_cast<double>(j % 7));
        problem.linear.first.push_back(j + 1);
    }
    const auto result = solve(problem, says({}), {}, {.time_limit = 200ms});
    EXPECT_TRUE(accepted(problem, result));
}

// ---- the verifier

TEST(MixedIntegerRefusal, BrokenResultsAreRefusedForTheRightReason) {
    const auto problem = teams();
    const auto right = solve(problem, small);
    ASSERT_TRUE(accepted(problem, right));
    struct Breakage {
        const char* place;
        std::function<void(MixedIntegerResult&)> apply;
    };
    const auto duals = [](MixedIntegerResult& r) -> RowDuals& { return std::get<RowDuals>(r.certificate); };
    const std::vector<Breakage> breakages{
        {"termination", [](auto& r) { r.termination = static_cast<Termination>(9); }},
        {"cause", [](auto& r) { r.cause = Cause::time; }},
        {"cause", [](auto& r) { r.termination = Termination::feasible; }},
        {"steps", [](auto& r) { r.steps = -1; }},
        {"claim", [](auto& r) { r.claim = Claim::proved; }},
        {"claim", [](auto& r) { r.claim = Claim::bounded; }},
        {"backend", [](auto& r) { r.backend.clear(); }},
        {"x", [](auto& r) { r.x.clear(); }},
        {"x", [](auto& r) { r.x.push_back(0); }},
        {"x[0]", [](auto& r) { r.x[0] = 1.5; }},
        {"x[0]", [](auto& r) { r.x[0] = 1.9999999999; }},
        {"x[0]", [](auto& r) { r.x[0] = nan; }},
        {"x[1]", [](auto& r) { r.x[1] = -1; }},
        {"row[0]", [](auto& r) { r.x[1] = 3; }},
        {"row[1]",
         [](auto& r) {
             r.x = {5, 0};
         }},
        {"row[0]", [](auto& r) { r.x[1] = 2.2000000001; }},
        {"objective", [](auto& r) { r.x[0] = 1; }},
        {"objective", [](auto& r) { r.objective = 23; }},
        {"objective", [](auto& r) { r.objective = nan; }},
        {"objective", [](auto& r) { r.objective.reset(); }},
        {"objective", [](auto& r) { r.termination = Termination::unknown, r.cause = Cause::time; }},
        {"x", [](auto& r) { r.termination = Termination::unknown, r.cause = Cause::time, r.objective.reset(); }},
        {"bound", [](auto& r) { r.termination = Termination::infeasible; }},
        {"bound", [](auto& r) { r.termination = Termination::unbounded; }},
        {"bound", [](auto& r) { r.bound.reset(); }},
        {"bound", [](auto& r) { r.bound = nan; }},
        {"bound", [](auto& r) { r.bound = 23.5; }},
        {"bound", [](auto& r) { r.bound = infinity; }},
        {"gap", [](auto& r) { r.bound = 23, r.gap = 1; }},
        {"gap", [](auto& r) { r.bound = 21, r.gap = 1; }},
        {"gap", [](auto& r) { r.gap.reset(); }},
        {"gap", [](auto& r) { r.gap = 1e-12; }},
        {"gap", [](auto& r) { r.gap = nan; }},
        {"root_bound", [](auto& r) { r.root_bound = 23.4; }},
        {"root_bound", [](auto& r) { r.root_bound.reset(); }},
        {"root_bound", [](auto& r) { r.certificate = std::monostate{}; }},
        {"certificate",
         [](auto& r) {
             r.certificate = FarkasRay{{0, 0}};
             r.root_bound.reset();
         }},
        {"root_bound", [&](auto& r) { duals(r).value[0] *= 2; }},
        {"root_bound", [&](auto& r) { duals(r).value[0] = nan; }},
        {"root_bound", [&](auto& r) { duals(r).value.pop_back(); }},
        {"root_bound", [&](auto& r) { duals(r).denominator = 0; }},
    };
    EXPECT_GE(breakages.size(), 40U);
    for (std::size_t i = 0; i < breakages.size(); ++i) {
        SCOPED_TRACE(i);
        MixedIntegerResult wrong = right;
        breakages[i].apply(wrong);
        EXPECT_EQ(examine(problem, wrong).place, breakages[i].place);
        EXPECT_FALSE(verify(problem, wrong));
    }
}

// ---- laws

TEST(MixedIntegerLaw, AgreesWithExhaustiveSearch) {
    for (std::uint64_t seed = 0; seed < given::law_cases(10'000); ++seed) {
        SCOPED_TRACE(seed);
        const auto problem = given::random_mixed_integer(seed);
        const auto slow = given::slow_mixed_integer(problem);
        const auto result = solve(problem, small);
        ASSERT_TRUE(accepted(problem, result));
        ASSERT_EQ(result.termination, slow ? Termination::optimal : Termination::infeasible);
        if (slow) {
            ASSERT_NEAR(*result.objective, *slow, 1e-9 * std::max(1.0, std::abs(*slow)));
        }
    }
}

TEST(MixedIntegerLaw, NoWrongCorruptionIsAccepted) {
    for (std::uint64_t seed = 0; seed < given::law_cases(100'000); ++seed) {
        SCOPED_TRACE(seed);
        Random random(seed, 38);
        const auto problem = given::random_mixed_integer(seed % 5'000);
        auto result = solve(problem, small);
        const auto right = result;
        const double amount = random.chance(1, 2) ? 1.0 : -1.0;
        switch (random.below(5)) {
            case 0:
                if (!result.x.empty()) result.x[random.below(result.x.size())] += amount;
                break;
            case 1:
                if (result.objective) *result.objective += amount;
                break;
            case 2:
                if (result.root_bound) *result.root_bound += amount;
                if (result.bound) *result.bound += amount;
                break;
            case 3:
                if (auto* d = std::get_if<RowDuals>(&result.certificate); d && !d->value.empty()) {
                    d->value[random.below(d->value.size())] += amount;
                }
                if (auto* f = std::get_if<FarkasRay>(&result.certificate); f && !f->value.empty()) {
                    f->value[random.below(f->value.size())] *= -1.0;
                }
                break;
            default:
                result.claim = static_cast<Claim>(random.below(5));
                break;
        }
        if (result == right || !verify(problem, result)) continue;
        ASSERT_EQ(result.termination, right.termination);
        ASSERT_EQ(result.claim, right.claim);
        if (right.objective) {
            ASSERT_NEAR(*result.objective, *right.objective, 1e-7);
        }
    }
}

}  // namespace
