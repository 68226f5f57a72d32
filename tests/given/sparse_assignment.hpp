// Sparse assignment problems from a seed, and their best total by exhaustion and by another method.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

#include <countyplan/solve/proof/sparse_assignment.hpp>
#include <countyplan/solve/random.hpp>

namespace given {

using namespace countyplan;

/// A problem with its pairs as (row, column, cost), in that order within a row.
template <class Cost>
struct GivenPair {
    std::uint32_t row, column;
    Cost cost;
};

template <class Cost>
BasicSparseAssignmentProblem<Cost> sparse_problem(std::size_t rows, std::size_t columns,
                                                  const std::vector<GivenPair<Cost>>& pairs) {
    BasicSparseAssignmentProblem<Cost> problem;
    problem.rows = rows;
    problem.columns = columns;
    problem.first.assign(rows + 1, 0);
    for (std::uint32_t row = 0; row < rows; ++row) {
        for (const auto& pair : pairs) {
            if (pair.row != row) continue;
            problem.column.push_back(pair.column);
            problem.cost.push_back(pair.cost);
        }
        problem.first[row + 1] = problem.column.size();
    }
    return problem;
}

/// Up to `most` rows and columns, all kinds of prices, densities, ties and parallel pairs.
template <class Cost>
BasicSparseAssignmentProblem<Cost> random_sparse_problem(std::uint64_t seed, std::uint64_t most = 5) {
    using Problem = BasicSparseAssignmentProblem<Cost>;
    Random random(seed, 41);
    const std::size_t rows = random.below(most + 1);
    const std::size_t columns = random.chance(1, 3) ? rows : random.below(most + 1);
    static constexpr std::int64_t reaches[] = {0, 1, 3, 10, 1000};
    const std::int64_t reach =
        random.chance(1, 20) ? (sizeof(Cost) == 4 ? 2'000'000'000 : Problem::max_cost) : reaches[random.below(5)];
    const std::int64_t least = random.chance(1, 3) ? -reach : 0;
    const auto draw = [&] { return static_cast<Cost>(random.between(least, reach)); };
    const std::uint64_t density = random.between(0, 10);
    std::vector<GivenPair<Cost>> pairs;
    for (std::uint32_t r = 0; r < rows; ++r) {
        for (std::uint32_t c = 0; c < columns; ++c) {
            if (random.chance(density, 10)) pairs.push_back({r, c, draw()});
            if (random.chance(1, 20)) pairs.push_back({r, c, draw()});  // parallel
        }
    }
    random.shuffle(std::span<GivenPair<Cost>>(pairs));
    auto problem = sparse_problem(rows, columns, pairs);
    const auto prices = [&](std::size_t members, std::vector<Cost>& price) {
        const auto one = [&] { return random.chance(1, 3) ? Problem::must_match : draw(); };
        switch (random.below(4)) {
            case 0:
                break;
            case 1:
                price.push_back(one());
                break;
            case 2:
                if (reach <= 1000) price.push_back(static_cast<Cost>(reach * 10 + 1));
                break;
            default:
                if (members < 2) break;
                for (std::size_t i = 0; i < members; ++i)
                    price.push_back(one());
        }
    };
    prices(rows, problem.unmatched_row);
    prices(columns, problem.unmatched_column);
    return problem;
}

/// The least total by trying every assignment; nothing if there is none.
template <class Cost>
std::optional<Int128> exhaustive_sparse_total(const BasicSparseAssignmentProblem<Cost>& problem) {
    constexpr Cost must_match = BasicSparseAssignmentProblem<Cost>::must_match;
    const auto row_price = [&](std::size_t r) {
        const auto& price = problem.unmatched_row;
        return price.empty() ? must_match : price[price.size() == 1 ? 0 : r];
    };
    const auto column_price = [&](std::size_t c) {
        const auto& price = problem.unmatched_column;
        return price.empty() ? Cost{0} : price[price.size() == 1 ? 0 : c];
    };
    std::optional<Int128> best;
    std::vector<bool> taken(problem.columns, false);
    const std::function<void(std::size_t, Int128)> place = [&](std::size_t row, Int128 total) {
        if (row == problem.rows) {
            for (std::size_t c = 0; c < problem.columns; ++c) {
                if (taken[c]) continue;
                if (column_price(c) == must_match) return;
                total += column_price(c);
            }
            if (!best || total < *best) best = total;
            return;
        }
        if (row_price(row) != must_match) place(row + 1, total + row_price(row));
        for (std::size_t entry = problem.first[row]; entry < problem.first[row + 1]; ++entry) {
            const std::uint32_t column = problem.column[entry];
            if (taken[column]) continue;
            taken[column] = true;
            place(row + 1, total + problem.cost[entry]);
            taken[column] = false;
        }
    };
    place(0, 0);
    return best;
}

}  // namespace given
