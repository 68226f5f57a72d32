// Which seeded matching instances do the tests solve, and what is the answer by another way?
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

#include <countyplan/solve/proof/matching.hpp>
#include <countyplan/solve/random.hpp>

namespace given {

using countyplan::MatchingProblem;

inline MatchingProblem matching_problem(std::size_t columns, const std::vector<std::vector<std::uint32_t>>& allowed) {
    MatchingProblem problem{.rows = allowed.size(), .columns = columns};
    for (const auto& row : allowed) {
        problem.column.insert(problem.column.end(), row.begin(), row.end());
        problem.first.push_back(problem.column.size());
    }
    return problem;
}

/// At most nine rows and nine columns, none of either now and then; pairs listed twice, full tables, nothing.
inline MatchingProblem random_matching(std::uint64_t seed) {
    countyplan::Random random(seed, 31);
    MatchingProblem problem{.rows = random.below(10), .columns = random.below(10)};
    const std::uint64_t percent = random.chance(1, 20) ? 100 * random.below(2) : random.below(60);
    for (std::size_t r = 0; r < problem.rows; ++r) {
        for (std::uint32_t c = 0; c < problem.columns; ++c) {
            if (random.chance(percent, 100)) problem.column.push_back(c);
            if (random.chance(percent, 1000)) problem.column.push_back(c);
        }
        problem.first.push_back(problem.column.size());
    }
    return problem;
}

/// The size of a maximum matching without one row and one column, if given, by trying every set of columns.
inline std::size_t largest_matching(const MatchingProblem& problem, std::size_t row_lost = SIZE_MAX,
                                    std::size_t column_lost = SIZE_MAX) {
    std::vector<bool> can(std::size_t{1} << problem.columns, false);  // be exactly the columns matched so far
    can[0] = true;
    for (std::size_t r = 0; r < problem.rows; ++r) {
        if (r == row_lost) continue;
        for (std::size_t set = can.size(); set-- > 0;) {
            if (!can[set]) continue;
            for (std::size_t k = problem.first[r]; k < problem.first[r + 1]; ++k) {
                const std::size_t c = problem.column[k];
                if (c != column_lost && (set >> c & 1) == 0) can[set | std::size_t{1} << c] = true;
            }
        }
    }
    int most = 0;
    for (std::size_t set = 0; set < can.size(); ++set) {
        if (can[set]) most = std::max(most, std::popcount(set));
    }
    return static_cast<std::size_t>(most);
}

/// `degree` random columns per row.
inline MatchingProblem sparse_matching(std::uint32_t rows, std::uint32_t columns, std::uint32_t degree,
                                       std::uint64_t seed) {
    countyplan::Random random(seed, 32);
    MatchingProblem problem{.rows = rows, .columns = columns};
    for (std::uint32_t r = 0; r < rows; ++r) {
        for (std::uint32_t k = 0; k < degree; ++k)
            problem.column.push_back(static_cast<std::uint32_t>(random.below(columns)));
        problem.first.push_back(problem.column.size());
    }
    return problem;
}

}  // namespace given
