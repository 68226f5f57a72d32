#include <countyplan/solve/assignment_state.hpp>

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include <countyplan/error.hpp>
#include <countyplan/solve/random.hpp>

#include "given/assignment.hpp"
#include "given/law.hpp"

namespace {

using namespace countyplan;
using P = AssignmentProblem;

P two_by_two() { return {.rows = 2, .columns = 2, .cost = {1, 5, 2, 9}}; }

TEST(AssignmentState, FollowsEachKindOfEdit) {
    AssignmentState state(two_by_two());
    EXPECT_EQ(state.termination(), Termination::optimal);
    EXPECT_EQ(state.objective(), Int128(7));
    state.set_cost(1, 1, 3);
    EXPECT_EQ(state.termination(), Termination::unknown);
    EXPECT_EQ(state.repair(), Termination::optimal);
    EXPECT_EQ(state.objective(), Int128(4));
    EXPECT_EQ(state.column_of(0), 0U);
    EXPECT_EQ(state.cost(1, 1), 3);
    state.set_cost(1, 1, P::no_pair);
    EXPECT_EQ(state.repair(), Termination::optimal);
    EXPECT_EQ(state.objective(), Int128(7));
    const std::int64_t third[] = {-4, 0};
    EXPECT_EQ(state.add_row(third), 2U);  // one row stays free
    EXPECT_EQ(state.repair(), Termination::optimal);
    EXPECT_EQ(state.objective(), Int128(1));
    const std::int64_t last[] = {7, 8, 9};
    EXPECT_EQ(state.add_column(last), 2U);
    EXPECT_EQ(state.repair(), Termination::optimal);
    EXPECT_EQ(state.objective(), Int128(9));
    state.remove_row(0);  // row 2 becomes row 0
    EXPECT_EQ(state.rows(), 2U);
    EXPECT_EQ(state.repair(), Termination::optimal);
    EXPECT_EQ(state.objective(), Int128(2));
    state.remove_column(0);
    state.set_cost(1, 0, P::no_pair);
    EXPECT_EQ(state.repair(), Termination::infeasible);
    EXPECT_TRUE(verify(state.problem(), state.result()));
    const std::int64_t row[] = {6, 6};
    state.set_row(1, row);
    EXPECT_EQ(state.repair(), Termination::optimal);
    EXPECT_EQ(state.objective(), Int128(6));
    const std::int64_t column[] = {1, 1};
    state.set_column(1, column);
    EXPECT_EQ(state.repair(), Termination::optimal);
    EXPECT_EQ(state.objective(), Int128(7));
    EXPECT_TRUE(verify(state.problem(), state.result()));
}

TEST(AssignmentState, RefusesEditsThatMakeNoSenseAndStaysAsItWas) {
    AssignmentState state(two_by_two());
    const auto before = state.result();
    const std::int64_t three[] = {1, 2, 3};
    const std::int64_t too_dear[] = {0, P::max_cost + 1};
    EXPECT_THROW(state.set_cost(2, 0, 1), InvalidProblem);
    EXPECT_THROW(state.set_cost(0, 2, 1), InvalidProblem);
    EXPECT_THROW(state.set_cost(0, 0, P::max_cost + 1), InvalidProblem);
    EXPECT_THROW(state.set_cost(0, 0, std::numeric_limits<std::int64_t>::min()), InvalidProblem);
    EXPECT_THROW(state.set_row(0, three), InvalidProblem);
    EXPECT_THROW(state.set_column(0, too_dear), InvalidProblem);
    EXPECT_THROW(state.set_row(2, too_dear), InvalidProblem);
    EXPECT_THROW(state.add_row(three), InvalidProblem);
    EXPECT_THROW(state.add_column(too_dear), InvalidProblem);
    EXPECT_THROW(state.remove_row(2), InvalidProblem);
    EXPECT_THROW(state.remove_column(2), InvalidProblem);
    EXPECT_EQ(state.result(), before);
    EXPECT_EQ(state.problem(), two_by_two());
}

TEST(AssignmentState, GrowsFromNothingAndShrinksToNothing) {
    AssignmentState state(P{});
    EXPECT_EQ(state.termination(), Termination::optimal);
    for (std::int64_t n = 0; n < 40; ++n) {
        state.add_row(std::vector<std::int64_t>(state.columns(), n));
        ASSERT_EQ(state.repair(), Termination::optimal);
        state.add_column(std::vector<std::int64_t>(state.rows(), n + 1));
        ASSERT_EQ(state.repair(), Termination::optimal);
        ASSERT_TRUE(verify(state.problem(), state.result())) << n;
    }
    while (state.rows() > 0) {
        state.remove_row(0);
        ASSERT_EQ(state.repair(), Termination::optimal);
        state.remove_column(static_cast<std::uint32_t>(state.columns() / 2));
        ASSERT_EQ(state.repair(), Termination::optimal);
        ASSERT_TRUE(verify(state.problem(), state.result()));
    }
}

TEST(AssignmentState, GoesOnAfterAStop) {
    const auto problem = given::random_assignment<std::int32_t>(2, 40);
    AssignmentState state(problem);
    for (std::uint32_t row = 0; row < state.rows(); ++row)
        state.set_row(row, std::vector<std::int64_t>(state.columns(), row % 3));
    EXPECT_EQ(state.repair({.step_limit = 1}), Termination::unknown);
    EXPECT_TRUE(verify(state.problem(), state.result()));
    AssignmentState other = state;  // goes its own way
    EXPECT_EQ(state.repair(), Termination::optimal);
    EXPECT_TRUE(verify(state.problem(), state.result()));
    state = AssignmentState(two_by_two());
    other.set_cost(0, 0, -5);
    EXPECT_EQ(other.repair(), Termination::optimal);
    EXPECT_TRUE(verify(other.problem(), other.result()));
}

/// Some costs of a line: as large as the table's, ties and forbidden pairs among them.
std::vector<std::int64_t> line(Random& random, std::size_t length, std::int64_t widest) {
    std::vector<std::int64_t> costs(length);
    for (std::int64_t& cost : costs) {
        const bool forbidden = random.below(8) == 0;
        cost = forbidden ? P::no_pair
                         : static_cast<std::int64_t>(random.below(2 * static_cast<std::uint64_t>(widest) + 1)) - widest;
    }
    return costs;
}

TEST(AssignmentStateLaw, FollowsAnyChangesAsIfSolvedAnew) {
    for (std::uint64_t seed = 0; seed < given::law_cases(20'000); ++seed) {
        SCOPED_TRACE(seed);
        Random random(seed, 22);
        const std::size_t side = seed % 50 == 0 ? 150 : 12;
        AssignmentState state = seed % 2 == 0 ? AssignmentState(given::random_assignment<std::int64_t>(seed, side))
                                              : AssignmentState(given::random_assignment<std::int32_t>(seed, side));
        const std::int64_t widest = seed % 3 == 0 ? 4 : seed % 3 == 1 ? 1000 : P::max_cost;
        for (int edit = 0; edit < 25; ++edit) {
            const std::size_t rows = state.rows(), columns = state.columns();
            const auto row = static_cast<std::uint32_t>(random.below(rows + 1));
            const auto column = static_cast<std::uint32_t>(random.below(columns + 1));
            switch (random.below(7)) {
                case 0:
                    state.add_row(line(random, columns, widest));
                    break;
                case 1:
                    state.add_column(line(random, rows, widest));
                    break;
                case 2:
                    if (row < rows) state.remove_row(row);
                    break;
                case 3:
                    if (column < columns) state.remove_column(column);
                    break;
                case 4:
                    if (row < rows) state.set_row(row, line(random, columns, widest));
                    break;
                case 5:
                    if (column < columns) state.set_column(column, line(random, rows, widest));
                    break;
                default:
                    if (row < rows && column < columns) state.set_cost(row, column, line(random, 1, widest)[0]);
            }
            if (random.below(4) == 0) continue;  // the next edit comes before the repair
            const Termination end = state.repair();
            const P problem = state.problem();
            const AssignmentResult result = state.result(), anew = solve(problem);
            ASSERT_EQ(end, anew.termination) << edit;
            ASSERT_EQ(result.objective, anew.objective) << edit;
            ASSERT_TRUE(verify(problem, result)) << edit;
            if (end == Termination::optimal) {
                ASSERT_EQ(state.objective(), result.objective);
            }
        }
    }
}

}  // namespace
