// In which units are the numbers of a linear program near 1?
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

#include <countyplan/solve/proof/linear_program.hpp>

namespace countyplan::detail {

/// Powers of two that bring the entries of rows and columns near 1.
struct LinearScale {
    std::vector<int> row, column;
    int cost = 0;
};

/// Two rounds of geometric means, in powers of two; none where the entries are even enough.
inline LinearScale scale_of(const LinearProgram& problem) {
    LinearScale scale{std::vector<int>(problem.rows(), 0), std::vector<int>(problem.columns(), 0)};
    int least = 2000, most = -2000;
    for (const double a : problem.value) {
        if (a == 0.0) continue;
        least = std::min(least, std::ilogb(a));
        most = std::max(most, std::ilogb(a));
    }
    if (most - least > 6 || (most > least - 1 && (most > 20 || least < -20))) {
        constexpr int empty = 1 << 20;
        for (int round = 0; round < 2; ++round) {
            std::vector<int> low(problem.rows(), empty), high(problem.rows(), -empty);
            const auto entry = [&](std::size_t k, std::size_t j) {
                return std::ilogb(problem.value[k]) + scale.row[problem.row[k]] + scale.column[j];
            };
            for (std::size_t j = 0; j < problem.columns(); ++j) {
                for (std::size_t k = problem.first[j]; k < problem.first[j + 1]; ++k) {
                    if (problem.value[k] == 0.0) continue;
                    low[problem.row[k]] = std::min(low[problem.row[k]], entry(k, j));
                    high[problem.row[k]] = std::max(high[problem.row[k]], entry(k, j));
                }
            }
            for (std::size_t i = 0; i < problem.rows(); ++i)
                scale.row[i] -= low[i] <= high[i] ? (low[i] + high[i]) / 2 : 0;
            for (std::size_t j = 0; j < problem.columns(); ++j) {
                int small = empty, large = -empty;
                for (std::size_t k = problem.first[j]; k < problem.first[j + 1]; ++k) {
                    if (problem.value[k] == 0.0) continue;
                    small = std::min(small, entry(k, j));
                    large = std::max(large, entry(k, j));
                }
                scale.column[j] -= small <= large ? (small + large) / 2 : 0;
            }
        }
    }
    std::vector<int> sizes;
    for (std::size_t j = 0; j < problem.columns(); ++j) {
        if (problem.cost[j] != 0.0) sizes.push_back(std::ilogb(problem.cost[j]) + scale.column[j]);
    }
    if (!sizes.empty()) {
        const auto middle = sizes.begin() + static_cast<std::ptrdiff_t>(sizes.size() / 2);
        std::nth_element(sizes.begin(), middle, sizes.end());
        scale.cost = -*middle;
    }
    return scale;
}

}  // namespace countyplan::detail
