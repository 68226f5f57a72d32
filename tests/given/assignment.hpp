// Which seeded assignment tables do the tests solve, and what is the answer by another way?
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include <countyplan/solve/proof/assignment.hpp>
#include <countyplan/solve/random.hpp>

namespace given {

using countyplan::AssignmentProblem;
using countyplan::AssignmentProblem32;
using countyplan::BasicAssignmentProblem;
using countyplan::Random;

/// A table of up to `side` rows and columns: square, wide, tall or empty; costs wide, narrow, tied or of
/// extreme size; some pairs forbidden, at times whole blocks.
template <class Cost>
BasicAssignmentProblem<Cost> random_assignment(std::uint64_t seed, std::size_t side) {
    using Problem = BasicAssignmentProblem<Cost>;
    Random random(seed, 21);
    Problem problem;
    problem.rows = random.below(side + 1);
    problem.columns = random.chance(1, 2) ? problem.rows : random.below(side + 1);
    const std::uint64_t kind = random.below(8);
    const std::uint64_t forbidden = random.chance(1, 2) ? 0 : random.below(70);
    const Cost shift = random.chance(1, 4) ? static_cast<Cost>(random.between(-1000000, 1000000)) : Cost{0};
    for (std::size_t i = 0; i < problem.rows; ++i) {
        for (std::size_t j = 0; j < problem.columns; ++j) {
            Cost cost = static_cast<Cost>(random.between(-9, 9));
            if (kind == 0) cost = static_cast<Cost>(random.between(0, 1));
            if (kind == 1) cost = static_cast<Cost>(random.between(0, 1000000));
            if (kind == 2) cost = static_cast<Cost>((i + 1) * (j + 1));
            if (kind == 3) cost = static_cast<Cost>(random.between(Problem::min_cost, Problem::max_cost));
            if (kind == 4) cost = random.chance(1, 2) ? Problem::min_cost : Problem::max_cost;
            if (kind == 5) cost = static_cast<Cost>(7);
            if (kind != 3 && kind != 4) cost = static_cast<Cost>(cost + shift);
            problem.cost.push_back(random.chance(forbidden, 100) ? Problem::no_pair : cost);
        }
    }
    if (random.chance(1, 10)) {  // a block without pairs
        const std::size_t rows = random.below(problem.rows + 1), columns = random.below(problem.columns + 1);
        for (std::size_t i = 0; i < rows; ++i)
            std::fill_n(problem.cost.begin() + static_cast<std::ptrdiff_t>(i * problem.columns), columns,
                        Problem::no_pair);
    }
    return problem;
}

/// A square table of costs in [0, 1000], all pairs allowed.
inline AssignmentProblem spread_assignment(std::size_t side, std::uint64_t seed) {
    Random random(seed, 25);
    AssignmentProblem problem{side, side, {}};
    for (std::size_t cell = 0; cell < side * side; ++cell)
        problem.cost.push_back(random.between(0, 1000));
    return problem;
}

/// The least total by trying every set of partners: per subset of the larger side, dealt member by member of
/// the smaller one. Only for sides of at most about ten. Nothing if there is no complete assignment.
template <class Cost>
std::optional<countyplan::Int128> cheapest(const BasicAssignmentProblem<Cost>& problem) {
    const bool tall = problem.rows > problem.columns;
    const std::size_t small = tall ? problem.columns : problem.rows, large = tall ? problem.rows : problem.columns;
    const std::size_t sets = std::size_t{1} << large;
    std::vector<std::optional<countyplan::Int128>> least(sets);
    least[0] = countyplan::Int128(0);
    std::optional<countyplan::Int128> best;
    for (std::size_t set = 0; set < sets; ++set) {
        if (!least[set]) continue;
        const auto member = static_cast<std::size_t>(__builtin_popcountll(set));
        if (member == small) {
            if (!best || *least[set] < *best) best = least[set];
            continue;
        }
        for (std::size_t other = 0; other < large; ++other) {
            if ((set >> other & 1) != 0) continue;
            const Cost cost = problem.cost[tall ? other * problem.columns + member : member * problem.columns + other];
            if (cost == BasicAssignmentProblem<Cost>::no_pair) continue;
            const countyplan::Int128 total = *least[set] + countyplan::Int128(cost);
            auto& known = least[set | std::size_t{1} << other];
            if (!known || total < *known) known = total;
        }
    }
    return best;
}

}  // namespace given
