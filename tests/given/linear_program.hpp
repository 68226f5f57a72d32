// Which seeded linear programs do the tests solve, and what is the answer by another way?
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <optional>
#include <vector>

#include <countyplan/solve/proof/linear_program.hpp>
#include <countyplan/solve/random.hpp>

namespace given {

using countyplan::LinearProgram;
using countyplan::Random;
using countyplan::Termination;

inline constexpr double infinity = LinearProgram::infinity;

/// Adds a column with the nonzero entries of `dense`, one number per row.
inline void add_column(LinearProgram& problem, double cost, double lower, double upper,
                       const std::vector<double>& dense) {
    problem.cost.push_back(cost);
    problem.lower.push_back(lower);
    problem.upper.push_back(upper);
    for (std::size_t i = 0; i < dense.size(); ++i) {
        if (dense[i] == 0.0) continue;
        problem.row.push_back(static_cast<std::uint32_t>(i));
        problem.value.push_back(dense[i]);
    }
    problem.first.push_back(problem.row.size());
}

/// At most five columns and four rows of small whole numbers; any kind of bounds, often tied and degenerate.
inline LinearProgram random_linear_program(std::uint64_t seed) {
    Random random(seed, 31);
    LinearProgram problem;
    const std::size_t rows = random.below(5), columns = random.below(6);
    const std::uint64_t open = random.below(60);  // per cent of the bounds that are infinite
    const auto bounds = [&](std::vector<double>& lower, std::vector<double>& upper, std::int64_t reach) {
        const std::int64_t low = random.chance(1, 2) ? 0 : random.between(-reach, reach);
        const std::int64_t width = random.chance(1, 4) ? 0 : random.between(0, 2 * reach);
        lower.push_back(random.chance(open, 150) ? -infinity : static_cast<double>(low));
        upper.push_back(random.chance(open, 100) ? infinity : static_cast<double>(low + width));
    };
    std::vector<double> lower, upper;
    for (std::size_t j = 0; j < columns; ++j)
        bounds(lower, upper, 3);
    for (std::size_t i = 0; i < rows; ++i)
        bounds(problem.row_lower, problem.row_upper, 5);
    for (std::size_t j = 0; j < columns; ++j) {
        std::vector<double> dense(rows, 0.0);
        for (double& a : dense)
            a = random.chance(1, 3) ? 0.0 : static_cast<double>(random.between(-3, 3));
        add_column(problem, static_cast<double>(random.between(-4, 4)), lower[j], upper[j], dense);
    }
    return problem;
}

/// A set partition with a dear way out per row, as a column generation's master has: each column covers one to six
/// rows at a cost that grows with them.
inline LinearProgram random_cover(std::uint64_t seed, std::size_t rows, std::size_t columns) {
    Random random(seed, 35);
    LinearProgram problem;
    problem.row_lower.assign(rows, 1.0);
    problem.row_upper.assign(rows, 1.0);
    std::vector<double> dense(rows);
    for (std::size_t i = 0; i < rows; ++i) {
        dense.assign(rows, 0.0);
        dense[i] = 1.0;
        add_column(problem, 10'000.0, 0.0, infinity, dense);
    }
    for (std::size_t j = rows; j < columns; ++j) {
        dense.assign(rows, 0.0);
        const std::int64_t size = random.between(1, 6);
        for (std::int64_t t = 0; t < size; ++t)
            dense[random.below(rows)] = 1.0;
        add_column(problem, static_cast<double>(random.between(50, 150) * size), 0.0, infinity, dense);
    }
    return problem;
}

/// A fraction of 64-bit integers, always in lowest terms; for numbers as small as above.
struct Fraction {
    std::int64_t over = 0, under = 1;

    Fraction(std::int64_t a = 0, std::int64_t b = 1) : over(a), under(b) {  // NOLINT(google-explicit-constructor)
        if (under < 0) {
            over = -over;
            under = -under;
        }
        const std::int64_t divisor = std::gcd(over, under);
        if (divisor > 1) {
            over /= divisor;
            under /= divisor;
        }
    }
    friend Fraction operator+(Fraction a, Fraction b) {
        return {a.over * b.under + b.over * a.under, a.under * b.under};
    }
    friend Fraction operator-(Fraction a, Fraction b) {
        return {a.over * b.under - b.over * a.under, a.under * b.under};
    }
    friend Fraction operator*(Fraction a, Fraction b) { return {a.over * b.over, a.under * b.under}; }
    friend Fraction operator/(Fraction a, Fraction b) { return {a.over * b.under, a.under * b.over}; }
    friend bool operator<(Fraction a, Fraction b) { return a.over * b.under < b.over * a.under; }
    friend bool operator==(Fraction a, Fraction b) { return a.over == b.over && a.under == b.under; }
};

/// The least cost of all corners, exactly: each choice of as many variables (columns and row values) as there
/// are columns, each put at one of its bounds, whose equations have one solution; columns without bounds end at a
/// `box`. Nothing if there is no corner.
inline std::optional<Fraction> best_corner(const LinearProgram& problem, std::int64_t box) {
    const std::size_t columns = problem.columns(), rows = problem.rows();
    // constraints lower <= g x <= upper, the columns' own first
    struct Plane {
        std::vector<std::int64_t> g;
        std::int64_t lower, upper;
        bool has_lower, has_upper;
    };
    std::vector<Plane> planes;
    const auto whole = [](double v) { return static_cast<std::int64_t>(v); };
    for (std::size_t j = 0; j < columns; ++j) {
        Plane p{std::vector<std::int64_t>(columns, 0), -box, box, true, true};
        p.g[j] = 1;
        if (!std::isinf(problem.lower[j])) p.lower = whole(problem.lower[j]);
        if (!std::isinf(problem.upper[j])) p.upper = whole(problem.upper[j]);
        planes.push_back(p);
    }
    for (std::size_t i = 0; i < rows; ++i) {
        Plane p{std::vector<std::int64_t>(columns, 0), 0, 0, !std::isinf(problem.row_lower[i]),
                !std::isinf(problem.row_upper[i])};
        if (p.has_lower) p.lower = whole(problem.row_lower[i]);
        if (p.has_upper) p.upper = whole(problem.row_upper[i]);
        for (std::size_t j = 0; j < columns; ++j) {
            for (std::size_t k = problem.first[j]; k < problem.first[j + 1]; ++k) {
                if (problem.row[k] == i) p.g[j] = whole(problem.value[k]);
            }
        }
        planes.push_back(p);
    }
    std::optional<Fraction> best;
    std::vector<std::size_t> chosen;
    const auto corner = [&](const std::vector<std::int64_t>& right) {
        std::vector<std::vector<Fraction>> m(columns, std::vector<Fraction>(columns + 1));
        for (std::size_t r = 0; r < columns; ++r) {
            for (std::size_t j = 0; j < columns; ++j)
                m[r][j] = planes[chosen[r]].g[j];
            m[r][columns] = right[r];
        }
        for (std::size_t c = 0; c < columns; ++c) {
            std::size_t pivot = c;
            while (pivot < columns && m[pivot][c] == Fraction(0))
                ++pivot;
            if (pivot == columns) return;
            std::swap(m[pivot], m[c]);
            for (std::size_t r = 0; r < columns; ++r) {
                if (r == c || m[r][c] == Fraction(0)) continue;
                const Fraction factor = m[r][c] / m[c][c];
                for (std::size_t t = c; t <= columns; ++t)
                    m[r][t] = m[r][t] - factor * m[c][t];
            }
        }
        std::vector<Fraction> x(columns);
        Fraction total;
        for (std::size_t j = 0; j < columns; ++j) {
            x[j] = m[j][columns] / m[j][j];
            total = total + x[j] * Fraction(whole(problem.cost[j]));
        }
        for (const Plane& p : planes) {
            Fraction sum;
            for (std::size_t j = 0; j < columns; ++j)
                sum = sum + Fraction(p.g[j]) * x[j];
            if ((p.has_lower && sum < Fraction(p.lower)) || (p.has_upper && Fraction(p.upper) < sum)) return;
        }
        if (!best || total < *best) best = total;
    };
    const auto choose = [&](const auto& self, std::size_t next) -> void {
        if (chosen.size() == columns) {
            for (std::uint32_t sides = 0; sides < (1U << columns); ++sides) {
                std::vector<std::int64_t> right;
                for (std::size_t r = 0; r < columns; ++r) {
                    const Plane& p = planes[chosen[r]];
                    const bool up = (sides >> r & 1U) != 0;
                    if (up ? !p.has_upper || (p.has_lower && p.lower == p.upper) : !p.has_lower) break;
                    right.push_back(up ? p.upper : p.lower);
                }
                if (right.size() == columns) corner(right);
            }
            return;
        }
        if (planes.size() - next < columns - chosen.size()) return;
        chosen.push_back(next);
        self(self, next + 1);
        chosen.pop_back();
        self(self, next + 1);
    };
    if (columns == 0) {
        for (std::size_t i = 0; i < rows; ++i) {
            if (problem.row_lower[i] > 0.0 || problem.row_upper[i] < 0.0) return std::nullopt;
        }
        return Fraction(0);
    }
    choose(choose, 0);
    return best;
}

struct SlowLinear {
    Termination termination = Termination::unknown;
    double objective = 0.0;  ///< only if optimal
};

/// By the best corner in a box that is larger than all corners that need none; where a larger box has a better
/// one, there is no end.
inline SlowLinear slow_linear_program(const LinearProgram& problem) {
    const std::optional<Fraction> best = best_corner(problem, 10'000);
    if (!best) return {Termination::infeasible, 0.0};
    if (*best_corner(problem, 10'001) < *best) return {Termination::unbounded, 0.0};
    return {Termination::optimal, static_cast<double>(best->over) / static_cast<double>(best->under)};
}

}  // namespace given
