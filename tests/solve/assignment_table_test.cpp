#include <countyplan/solve/assignment.hpp>

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <utility>
#include <variant>
#include <vector>

#include <countyplan/solve/impl/assignment_call.hpp>
#include <countyplan/solve/random.hpp>

#include "given/assignment.hpp"
#include "given/law.hpp"

namespace {

using namespace countyplan;

constexpr detail::VectorLevel levels[] = {detail::VectorLevel::plain, detail::VectorLevel::avx2,
                                          detail::VectorLevel::avx512};
constexpr AssignmentMethod methods[] = {AssignmentMethod::automatic, AssignmentMethod::auction, AssignmentMethod::core,
                                        AssignmentMethod::shortest_path};

TEST(AssignmentLaw, EveryMethodFindsTheSameOptimumOfMediumTables) {
    for (std::uint64_t seed = 0; seed < given::law_cases(10'000); ++seed) {
        const auto check = [&](const auto& problem) {
            const auto first = solve(problem, {methods[0]});
            ASSERT_TRUE(verify(problem, first)) << "seed " << seed;
            for (const AssignmentMethod method : methods) {
                const auto result = solve(problem, {method});
                ASSERT_TRUE(verify(problem, result)) << "seed " << seed << " " << name(method);
                ASSERT_EQ(result.termination, first.termination) << "seed " << seed;
                ASSERT_EQ(result.objective, first.objective) << "seed " << seed;
            }
        };
        if (seed % 2 == 0) check(given::random_assignment<std::int64_t>(seed, 200));
        if (seed % 2 == 1) check(given::random_assignment<std::int32_t>(seed, 200));
        if (HasFatalFailure()) return;
    }
}

TEST(AssignmentLaw, EveryVectorLevelGivesTheSameBytes) {
    const auto highest = detail::best_vector_level();
    for (std::uint64_t seed = 0; seed < given::law_cases(3'000); ++seed) {
        const auto check = [&](const auto& problem) {
            const AssignmentOptions options{methods[seed % 4]};
            const auto plain = detail::solve_dense(problem, options, {}, {}, detail::VectorLevel::plain);
            for (const auto level : levels) {
                if (level > highest) continue;
                ASSERT_EQ(detail::solve_dense(problem, options, {}, {}, level), plain) << "seed " << seed;
            }
        };
        if (seed % 4 == 0) check(given::random_assignment<std::int64_t>(seed, 300));
        if (seed % 4 != 0) check(given::random_assignment<std::int32_t>(seed, 300));
        if (HasFatalFailure()) return;
    }
}

TEST(AssignmentTable, PatternsSolvedFromAPartOfThemAreProvedAtEveryLevel) {
    // all rows want the same columns: (i + 1)(j + 1), and products of few numbers with noise
    for (std::uint64_t seed = 0; seed < 3; ++seed) {
        Random random(seed, 27);
        constexpr std::size_t side = 420;
        AssignmentProblem32 problem{side, side, {}};
        std::vector<std::int32_t> row(2 * side), column(2 * side);
        for (std::size_t i = 0; i < 2 * side; ++i) {
            row[i] = static_cast<std::int32_t>(random.below(500));
            column[i] = static_cast<std::int32_t>(random.below(500));
        }
        for (std::size_t i = 0; i < side; ++i) {
            for (std::size_t j = 0; j < side; ++j) {
                const auto noise = static_cast<std::int32_t>(random.below(1000));
                problem.cost.push_back(seed == 0 ? static_cast<std::int32_t>((i + 1) * (j + 1))
                                                 : row[i] * column[j] + row[side + i] * column[side + j] + noise);
            }
        }
        const auto result = solve(problem);
        EXPECT_TRUE(verify(problem, result));
        EXPECT_EQ(result.objective, solve(problem, {AssignmentMethod::shortest_path}).objective);
        if (seed == 0) {
            EXPECT_EQ(result.objective, Int128(side * (side + 1) * (side + 2) / 6));
        }
        for (const auto level : levels) {
            if (level > detail::best_vector_level()) continue;
            EXPECT_EQ(detail::solve_dense(problem, {}, {}, {}, level), result);
        }
        for (std::int64_t limit = 0; limit < result.steps; limit += result.steps / 40 + 1) {
            EXPECT_TRUE(verify(problem, solve(problem, {}, Stop{.step_limit = limit})));
        }
    }
}

/// One change of a table, with what it was called.
template <class Problem>
AssignmentChange change_somewhere(Problem& problem, Random& random) {
    using Cost = typename Problem::Cost;
    using Kind = AssignmentChangeKind;
    const auto cost = [&] {
        if (random.chance(1, 6)) return Problem::no_pair;
        const Cost near = problem.cost.empty() ? Cost{0} : problem.cost[random.below(problem.cost.size())];
        return near == Problem::no_pair || near > 1000 || near < -1000
                   ? near
                   : static_cast<Cost>(near + static_cast<Cost>(random.between(-9, 9)));
    };
    AssignmentChange change;
    change.kind = static_cast<Kind>(random.below(7));
    const auto at = [](std::size_t k) { return static_cast<std::ptrdiff_t>(k); };
    const bool needs_pair = change.kind != Kind::row_added && change.kind != Kind::column_added;
    if (needs_pair && problem.cost.empty()) change.kind = Kind::row_added;
    if (needs_pair && !problem.cost.empty()) {
        change.row = static_cast<std::uint32_t>(random.below(problem.rows));
        change.column = static_cast<std::uint32_t>(random.below(problem.columns));
    }
    const std::size_t columns = problem.columns;
    switch (change.kind) {
        case Kind::cost:
            problem.cost[change.row * columns + change.column] = cost();
            break;
        case Kind::row_costs:
            for (std::size_t j = 0; j < columns; ++j)
                problem.cost[change.row * columns + j] = cost();
            break;
        case Kind::column_costs:
            for (std::size_t i = 0; i < problem.rows; ++i)
                problem.cost[i * columns + change.column] = cost();
            break;
        case Kind::row_added:
            for (std::size_t j = 0; j < columns; ++j)
                problem.cost.push_back(cost());
            ++problem.rows;
            break;
        case Kind::row_removed:
            problem.cost.erase(problem.cost.begin() + at(change.row * columns),
                               problem.cost.begin() + at((change.row + 1) * columns));
            --problem.rows;
            break;
        case Kind::column_added:
            for (std::size_t i = problem.rows; i-- > 0;)
                problem.cost.insert(problem.cost.begin() + at((i + 1) * columns), cost());
            ++problem.columns;
            break;
        case Kind::column_removed:
            for (std::size_t i = problem.rows; i-- > 0;)
                problem.cost.erase(problem.cost.begin() + at(i * columns + change.column));
            --problem.columns;
            break;
    }
    return change;
}

TEST(AssignmentRepairLaw, EveryChangeEndsInAProvedOptimum) {
    for (std::uint64_t seed = 0; seed < given::law_cases(100'000); ++seed) {
        const auto check = [&](auto problem) {
            Random random(seed, 22);
            auto result = solve(problem);
            for (int round = 0; round < 12; ++round) {
                const auto change = change_somewhere(problem, random);
                result = repair(problem, std::move(result), change);
                const Verdict verdict = examine(problem, result);
                ASSERT_TRUE(verdict.accepted)
                    << "seed " << seed << " round " << round << " kind " << static_cast<int>(change.kind) << " "
                    << verdict.place << " " << text(verdict.why, Language::en);
                ASSERT_EQ(result.cause, Cause::proved) << "seed " << seed;
            }
        };
        const std::size_t side = seed % 20 == 0 ? 90 : 6;
        if (seed % 2 == 0) check(given::random_assignment<std::int64_t>(seed, side));
        if (seed % 2 == 1) check(given::random_assignment<std::int32_t>(seed, side));
        if (HasFatalFailure()) return;
    }
}

TEST(AssignmentStartLaw, EveryStartEndsInAProvedOptimum) {
    for (std::uint64_t seed = 0; seed < given::law_cases(100'000); ++seed) {
        const auto check = [&](const auto& problem) {
            Random random(seed, 23);
            const auto cold = solve(problem);
            AssignmentOptions options;
            const auto* prices = std::get_if<AssignmentPrices>(&cold.certificate);
            if (prices != nullptr && random.chance(2, 3)) options.start.column_price = prices->column;
            if (random.chance(2, 3)) options.start.column_of = cold.column_of;
            for (auto& price : options.start.column_price) {
                if (random.chance(1, 4)) price += random.between(-9, 9);
            }
            for (auto& column : options.start.column_of) {
                if (random.chance(1, 9)) column = AssignmentResult::unmatched;
            }
            const auto warm = solve(problem, options);
            const Verdict verdict = examine(problem, warm);
            ASSERT_TRUE(verdict.accepted)
                << "seed " << seed << " " << verdict.place << " " << text(verdict.why, Language::en);
            ASSERT_EQ(warm.termination, cold.termination) << "seed " << seed;
            ASSERT_EQ(warm.objective, cold.objective) << "seed " << seed;
        };
        const std::size_t side = seed % 20 == 0 ? 90 : 6;
        if (seed % 2 == 0) check(given::random_assignment<std::int64_t>(seed, side));
        if (seed % 2 == 1) check(given::random_assignment<std::int32_t>(seed, side));
        if (HasFatalFailure()) return;
    }
}

}  // namespace
