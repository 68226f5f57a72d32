#include <countyplan/solve/sparse_assignment_state.hpp>

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include <countyplan/error.hpp>
#include <countyplan/solve/random.hpp>

#include "given/law.hpp"
#include "given/sparse_assignment.hpp"

namespace {

using namespace countyplan;
using P = SparseAssignmentProblem;

constexpr std::int64_t must = P::must_match;

P two_by_two() { return given::sparse_problem<std::int64_t>(2, 2, {{0, 0, 1}, {0, 1, 5}, {1, 0, 2}, {1, 1, 9}}); }

TEST(SparseAssignmentState, FollowsEachKindOfEdit) {
    SparseAssignmentState state(two_by_two());
    EXPECT_EQ(state.termination(), Termination::optimal);
    EXPECT_EQ(state.objective(), Int128(7));
    state.set_cost(1, 1, 3);
    EXPECT_EQ(state.termination(), Termination::unknown);
    EXPECT_EQ(state.repair(), Termination::optimal);
    EXPECT_EQ(state.objective(), Int128(4));
    EXPECT_EQ(state.column_of(0), 0U);
    state.remove_pair(1, 1);
    EXPECT_EQ(state.repair(), Termination::optimal);
    EXPECT_EQ(state.objective(), Int128(7));
    const SparsePartner partners[] = {{0, 1}, {1, 1}};
    const std::uint32_t row = state.add_row(partners, 100);
    EXPECT_EQ(row, 2U);
    EXPECT_EQ(state.repair(), Termination::optimal);
    EXPECT_EQ(state.objective(), Int128(107));
    state.remove_row(0);
    EXPECT_EQ(state.repair(), Termination::optimal);
    EXPECT_EQ(state.objective(), Int128(3));
    state.set_unmatched_row(2, must);
    const SparsePartner rows[] = {{2, -4}};
    EXPECT_EQ(state.add_column(rows, 0), 2U);
    EXPECT_EQ(state.repair(), Termination::optimal);
    EXPECT_EQ(state.objective(), Int128(-2));
    state.remove_column(0);
    EXPECT_EQ(state.repair(), Termination::infeasible);
    EXPECT_TRUE(verify(state.problem(), state.result()));
    state.set_unmatched_row(1, 8);
    EXPECT_EQ(state.repair(), Termination::optimal);
    EXPECT_EQ(state.objective(), Int128(4));
    EXPECT_TRUE(verify(state.problem(), state.result()));
}

TEST(SparseAssignmentState, RefusesEditsThatMakeNoSenseAndStaysAsItWas) {
    SparseAssignmentState state(two_by_two());
    const auto before = state.result();
    const SparsePartner nobody[] = {{7, 1}};
    const SparsePartner too_dear[] = {{0, P::max_cost + 1}};
    EXPECT_THROW(state.set_cost(2, 0, 1), InvalidProblem);
    EXPECT_THROW(state.set_cost(0, 2, 1), InvalidProblem);
    EXPECT_THROW(state.set_cost(0, 0, P::max_cost + 1), InvalidProblem);
    EXPECT_THROW(state.set_cost(0, 0, std::numeric_limits<std::int64_t>::min()), InvalidProblem);
    EXPECT_THROW(state.set_cost(0, 0, must), InvalidProblem);
    EXPECT_THROW(state.remove_pair(9, 0), InvalidProblem);
    EXPECT_THROW(state.remove_row(2), InvalidProblem);
    EXPECT_THROW(state.remove_column(2), InvalidProblem);
    EXPECT_THROW(state.set_unmatched_row(2, 0), InvalidProblem);
    EXPECT_THROW(state.set_unmatched_column(0, P::min_cost - 1), InvalidProblem);
    EXPECT_THROW(state.add_row(nobody, 0), InvalidProblem);
    EXPECT_THROW(state.add_column(too_dear, 0), InvalidProblem);
    EXPECT_EQ(state.result(), before);
    EXPECT_EQ(state.problem().rows, 2U);
}

TEST(SparseAssignmentState, GoesOnAfterAStop) {
    SparseAssignmentState state(two_by_two(), {}, Stop{.step_limit = 0});
    EXPECT_EQ(state.termination(), Termination::unknown);
    EXPECT_TRUE(verify(state.problem(), state.result()));
    EXPECT_EQ(state.repair({.step_limit = 0}), Termination::unknown);
    EXPECT_TRUE(verify(state.problem(), state.result()));
    const SparseAssignmentState copy = state;
    EXPECT_EQ(state.repair(), Termination::optimal);
    EXPECT_EQ(state.objective(), Int128(7));
    EXPECT_EQ(copy.termination(), Termination::unknown);
}

TEST(SparseAssignmentStateLaw, AgreesWithExhaustionAfterEveryRepair) {
    std::size_t optimal = 0, infeasible = 0;
    for (std::uint64_t seed = 0; seed < given::law_cases(200'000); ++seed) {
        SparseAssignmentState state(given::random_sparse_problem<std::int64_t>(seed));
        Random random(seed, 5);
        const auto cost = [&] { return random.between(-3, 12); };
        const auto price = [&] { return random.chance(1, 4) ? must : random.between(-2, 15); };
        const auto row = [&] { return static_cast<std::uint32_t>(random.below(state.rows())); };
        const auto column = [&] { return static_cast<std::uint32_t>(random.below(state.columns())); };
        for (int edit = 0; edit < 6; ++edit) {
            const auto kind = random.below(9);
            const bool any_row = state.rows() > 0, any_column = state.columns() > 0;
            std::vector<SparsePartner> partners;
            const std::size_t others = kind == 6 ? state.columns() : state.rows();
            for (int i = 0; i < 3 && others > 0; ++i)
                partners.push_back({static_cast<std::uint32_t>(random.below(others)), cost()});
            const bool room = state.rows() + state.columns() < 14;
            if (kind < 3 && any_row && any_column) state.set_cost(row(), column(), cost());
            if (kind == 3 && any_row && any_column) state.remove_pair(row(), column());
            if (kind == 4 && any_row) state.set_unmatched_row(row(), price());
            if (kind == 5 && any_column) state.set_unmatched_column(column(), price());
            if (kind == 6 && room) state.add_row(partners, price());
            if (kind == 7 && room) state.add_column(partners, price());
            if (kind == 8 && any_row && random.chance(1, 2)) {
                state.remove_row(row());
            } else if (kind == 8 && any_column) {
                state.remove_column(column());
            }
            if (random.chance(1, 5)) continue;  // several edits at once
            const auto problem = state.problem();
            if (random.chance(1, 5)) {
                state.repair({.step_limit = random.between(0, 2)});
                ASSERT_TRUE(verify(problem, state.result())) << "seed " << seed;
            }
            const Termination end = state.repair();
            ASSERT_TRUE(verify(problem, state.result())) << "seed " << seed;
            const auto best = given::exhaustive_sparse_total(problem);
            ASSERT_EQ(end, best ? Termination::optimal : Termination::infeasible) << "seed " << seed;
            if (best) {
                ASSERT_EQ(state.objective(), *best) << "seed " << seed;
            }
            ++(best ? optimal : infeasible);
        }
    }
    EXPECT_GT(optimal, infeasible);
    EXPECT_GT(infeasible, 0U);
}

}  // namespace
