// Which sparse assignment problem do these pairs and costs make?
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include <countyplan/solve/proof/sparse_assignment.hpp>

#include "problem_text.hpp"

namespace countyplan::detail {

inline constexpr NumberRange pair_costs{SparseAssignmentProblem::min_cost, SparseAssignmentProblem::max_cost};
/// The cost of a pair that is listed only to be forbidden.
inline constexpr std::int64_t no_cost = std::numeric_limits<std::int64_t>::max();

/// Pairs in the order of the file, numbered from 0.
struct CostPairs {
    std::size_t rows = 0;
    std::size_t columns = 0;
    std::vector<std::uint32_t> row = {};
    std::vector<std::uint32_t> column = {};
    std::vector<std::int64_t> cost = {};

    void add(std::uint32_t r, std::uint32_t c, std::int64_t price) {
        row.push_back(r);
        column.push_back(c);
        cost.push_back(price);
    }
};

/// Every row must be matched if there are at most as many rows as columns, else every column; as in a dense
/// table. Pairs keep their order within a row; forbidden ones are left out.
[[nodiscard]] inline SparseAssignmentProblem sparse_problem(const CostPairs& pairs) {
    SparseAssignmentProblem problem;
    problem.rows = pairs.rows;
    problem.columns = pairs.columns;
    problem.first.assign(pairs.rows + 1, 0);
    for (std::size_t i = 0; i < pairs.row.size(); ++i) {
        if (pairs.cost[i] != no_cost) ++problem.first[pairs.row[i] + 1];
    }
    for (std::size_t r = 0; r < pairs.rows; ++r)
        problem.first[r + 1] += problem.first[r];
    problem.column.resize(problem.first.back());
    problem.cost.resize(problem.first.back());
    std::vector<std::size_t> next = problem.first;
    for (std::size_t i = 0; i < pairs.row.size(); ++i) {
        if (pairs.cost[i] == no_cost) continue;
        const std::size_t at = next[pairs.row[i]]++;
        problem.column[at] = pairs.column[i];
        problem.cost[at] = pairs.cost[i];
    }
    if (pairs.rows > pairs.columns) {
        problem.unmatched_row = {0};
        problem.unmatched_column = {SparseAssignmentProblem::must_match};
    }
    return problem;
}

}  // namespace countyplan::detail
