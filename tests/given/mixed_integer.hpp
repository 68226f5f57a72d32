// Which seeded problems with whole numbers do the tests solve, and what is the answer by another way?
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include <countyplan/solve/proof/mixed_integer.hpp>
#include <countyplan/solve/random.hpp>

#include "given/linear_program.hpp"

namespace given {

using countyplan::MixedIntegerProgram;
using countyplan::Sense;

/// At most five columns, all bounded, most of them whole, and four rows of small whole numbers.
inline MixedIntegerProgram random_mixed_integer(std::uint64_t seed) {
    Random random(seed, 36);
    MixedIntegerProgram problem{.linear = random_linear_program(seed)};
    problem.sense = random.chance(1, 2) ? Sense::minimise : Sense::maximise;
    for (std::size_t j = 0; j < problem.linear.columns(); ++j) {
        double& lower = problem.linear.lower[j];
        double& upper = problem.linear.upper[j];
        if (std::isinf(lower)) lower = std::isinf(upper) ? -2.0 : upper - 3.0;
        if (std::isinf(upper)) upper = lower + 4.0;
        problem.is_integer.push_back(random.chance(3, 4) ? 1 : 0);
    }
    return problem;
}

/// The best of all ways to fix the whole columns, each completed by the best corner of the others; in the sense of
/// the problem, nothing if there is none.
inline std::optional<double> slow_mixed_integer(const MixedIntegerProgram& problem) {
    LinearProgram linear = relaxation(problem);
    std::optional<Fraction> best;
    const auto fix = [&](const auto& self, std::size_t j) -> void {
        while (j < linear.columns() && problem.is_integer[j] == 0)
            ++j;
        if (j == linear.columns()) {
            const auto corner = best_corner(linear, 10'000);
            if (corner && (!best || *corner < *best)) best = corner;
            return;
        }
        const double lower = linear.lower[j], upper = linear.upper[j];
        for (double v = lower; v <= upper; ++v) {
            linear.lower[j] = linear.upper[j] = v;
            self(self, j + 1);
        }
        linear.lower[j] = lower;
        linear.upper[j] = upper;
    };
    fix(fix, 0);
    if (!best) return std::nullopt;
    const double value = static_cast<double>(best->over) / static_cast<double>(best->under);
    return problem.sense == Sense::minimise ? value : -value;
}

/// A knapsack with several limits, hard for its size; all columns 0 or 1.
inline MixedIntegerProgram random_knapsack(std::uint64_t seed, std::size_t rows, std::size_t columns) {
    Random random(seed, 37);
    MixedIntegerProgram problem{.sense = Sense::maximise};
    problem.linear.row_lower.assign(rows, -infinity);
    problem.linear.row_upper.assign(rows, 0.0);
    for (std::size_t j = 0; j < columns; ++j) {
        std::vector<double> weight(rows);
        double sum = 0.0;
        for (std::size_t i = 0; i < rows; ++i) {
            weight[i] = static_cast<double>(random.between(10, 99));
            problem.linear.row_upper[i] += weight[i];
            sum += weight[i];
        }
        add_column(problem.linear, std::floor(sum / static_cast<double>(rows)) + static_cast<double>(random.below(10)),
                   0.0, 1.0, weight);
    }
    for (double& limit : problem.linear.row_upper)
        limit = std::floor(limit / 2.0);
    problem.is_integer.assign(columns, 1);
    return problem;
}

}  // namespace given
