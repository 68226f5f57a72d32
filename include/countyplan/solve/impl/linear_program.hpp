// The solver's half of linear_program: scales, walks, and makes what it found provable.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <variant>
#include <vector>

#include <countyplan/error.hpp>
#include <countyplan/scalar/number.hpp>
#include <countyplan/separate.hpp>
#include <countyplan/solve/impl/linear_scale.hpp>
#include <countyplan/solve/impl/linear_simplex.hpp>
#include <countyplan/solve/linear_program.hpp>
#include <countyplan/solve/messages.hpp>
#include <countyplan/solve/watch.hpp>

namespace countyplan::detail {

class LinearSolver {
  public:
    LinearSolver(const LinearProgram& problem, const LinearProgramOptions& options, const Stop& stop,
                 const Progress& progress)
        : problem_(problem),
          watch_(stop, progress),
          walk_(problem.rows(), problem.columns(), static_cast<std::size_t>(options.refactor_after), watch_) {}

    LinearProgramResult run(const LinearBasis& start) {
        if (!prepare(start)) {
            result_.cause = watch_.cause();
            return std::move(result_);
        }
        const WalkEnd end = go_on();
        result_.basis = basis();
        switch (end) {
            case WalkEnd::optimal:
                finish_optimal();
                break;
            case WalkEnd::infeasible:
                finish_infeasible();
                break;
            case WalkEnd::unbounded:
                finish_unbounded();
                break;
            case WalkEnd::stopped:
            case WalkEnd::stuck:
                finish_early();
                break;
        }
        result_.steps = walk_.steps;
        return std::move(result_);
    }

  private:
    /// With more entries than this an early end is not followed by the search for a bound.
    static constexpr std::size_t entries_within_a_moment = 200'000;

    /// False if it had to stop before the first step.
    bool prepare(const LinearBasis& start) {
        const auto must_stop = [this] { return watch_.spend(Watch::grain); };
        if (must_stop()) return false;
        scale_ = scale_of(problem_);
        if (must_stop()) return false;
        const std::size_t columns = problem_.columns(), rows = problem_.rows();
        walk_.matrix.first = problem_.first;
        walk_.matrix.index = problem_.row;
        walk_.matrix.value = problem_.value;
        walk_.cost.resize(columns);
        for (std::size_t j = 0; j < columns; ++j) {
            for (std::size_t k = problem_.first[j]; k < problem_.first[j + 1]; ++k) {
                double& a = walk_.matrix.value[k];
                a = std::scalbn(a, scale_.row[problem_.row[k]] + scale_.column[j]);
            }
            walk_.cost[j] = std::scalbn(problem_.cost[j], scale_.column[j] + scale_.cost);
            walk_.lower.push_back(std::scalbn(problem_.lower[j], -scale_.column[j]));
            walk_.upper.push_back(std::scalbn(problem_.upper[j], -scale_.column[j]));
        }
        for (std::size_t i = 0; i < rows; ++i) {
            walk_.lower.push_back(std::scalbn(problem_.row_lower[i], scale_.row[i]));
            walk_.upper.push_back(std::scalbn(problem_.row_upper[i], scale_.row[i]));
        }
        walk_.status.assign(columns, BasisStatus::at_zero);
        walk_.status.resize(columns + rows, BasisStatus::basic);
        std::copy(start.column.begin(), start.column.end(), walk_.status.begin());
        std::copy(start.row.begin(), start.row.end(), walk_.status.begin() + static_cast<std::ptrdiff_t>(columns));
        if (must_stop()) return false;
        walk_.start();
        return true;
    }

    WalkEnd go_on() {
        const auto most = static_cast<std::int64_t>(50'000 + 100 * (problem_.rows() + problem_.columns()));
        const auto report = [this] {
            Tick tick;
            tick.steps = walk_.steps;
            if (walk_.feasible()) {
                double sum = 0.0;
                for (std::size_t j = 0; j < problem_.columns(); ++j)
                    sum += walk_.cost[j] * walk_.x[j];
                tick.best = std::scalbn(sum, -scale_.cost);
            }
            return tick;
        };
        WalkEnd end = walk_.primal(most, report);
        for (int tries = 0; end == WalkEnd::stuck && walk_.steps < most && tries < 3; ++tries) {
            walk_.restart();
            end = walk_.primal(most, report);
        }
        return end;
    }

    [[nodiscard]] LinearBasis basis() const {
        const auto split = walk_.status.begin() + static_cast<std::ptrdiff_t>(problem_.columns());
        return {{walk_.status.begin(), split}, {split, walk_.status.end()}};
    }

    [[nodiscard]] std::vector<double> point() const {
        std::vector<double> x(problem_.columns());
        for (std::size_t j = 0; j < x.size(); ++j) {
            x[j] = std::clamp(std::scalbn(walk_.x[j], scale_.column[j]), problem_.lower[j], problem_.upper[j]) + 0.0;
        }
        return x;
    }

    /// The walk's duals in the problem's units; none of rows that are basic or lack the bound.
    [[nodiscard]] std::vector<double> duals(bool of_costs) const {
        std::vector<double> y(problem_.rows());
        for (std::size_t i = 0; i < y.size(); ++i) {
            y[i] = std::scalbn(walk_.dual[i], scale_.row[i] - (of_costs ? scale_.cost : 0));
            const double used = y[i] > 0.0 ? problem_.row_lower[i] : problem_.row_upper[i];
            if (std::isinf(used) || (of_costs && walk_.status[problem_.columns() + i] == BasisStatus::basic))
                y[i] = 0.0;
        }
        return y;
    }

    /// Numbers that rounding has moved a little from a short binary fraction are put back.
    static std::vector<double> snapped(std::vector<double> y) {
        double largest = 0.0;
        for (const double v : y)
            largest = std::max(largest, std::abs(v));
        if (largest == 0.0 || !std::isfinite(largest)) return y;
        const int size = std::ilogb(largest);
        if (size < -900) return y;
        for (double& v : y) {
            const double rounded = std::scalbn(std::nearbyint(std::scalbn(v, 26 - size)), size - 26);
            if (std::abs(rounded - v) <= std::scalbn(1.0, size - 36)) v = rounded;
        }
        return y;
    }

    /// The same numbers as whole ones over a denominator, if they seem to be fractions with a small one.
    static std::optional<RowDuals> fractions(const std::vector<double>& y) {
        constexpr double most = 0x1p30, close = 1e-10;
        double denominator = 1.0;
        for (const double v : y) {
            double part = v * denominator, before = 0.0, now = 1.0;
            // the denominators of the continued fraction of what is left
            double rest = part;
            while (std::abs(part * now - std::nearbyint(part * now)) > close * std::max(1.0, std::abs(part * now))) {
                const double fraction = rest - std::floor(rest);
                if (fraction < 1e-9 || now > 1e5) return std::nullopt;
                rest = 1.0 / fraction;
                before = std::exchange(now, std::floor(rest) * now + before);
            }
            denominator *= now;
            if (!(denominator <= most)) return std::nullopt;
        }
        RowDuals duals{y, denominator};
        for (double& v : duals.value)
            v = std::nearbyint(v * denominator);
        return duals;
    }

    /// Keeps the duals if their bound is the best so far.
    void offer(RowDuals duals) {
        const double bound = dual_bound(problem_, duals);
        if (!std::isfinite(bound) || (result_.bound && *result_.bound >= bound)) return;
        result_.bound = bound;
        best_duals_ = std::move(duals);
    }

    [[nodiscard]] bool is_closed() const {
        if (!result_.bound) return false;
        const double allowed = LinearProgram::tolerance * std::max(1.0, std::abs(*result_.objective));
        return std::abs(*result_.objective - *result_.bound) <= allowed;
    }

    /// Costs moved a little so that the reduced costs of columns without bound get clear signs.
    void shift_costs(double size) {
        walk_.dual_tolerance = size / 8.0;
        for (std::size_t j = 0; j < problem_.columns(); ++j) {
            constexpr double far = 1e6;
            const bool low = walk_.lower[j] > -far, high = walk_.upper[j] < far;
            walk_.shift[j] = low == high ? 0.0 : (low ? -size : size) * std::max(1.0, std::abs(walk_.cost[j]));
        }
        walk_.reprice();
    }

    void settle(Termination termination) {
        result_.termination = termination;
        result_.cause = Cause::proved;
        result_.claim = Claim::proved;
    }

    void finish_optimal() {
        result_.x = point();
        result_.objective = total_cost(problem_, result_.x);
        const std::vector<double> y = duals(true);
        offer({snapped(y)});
        if (!is_closed()) {
            if (auto exact = fractions(y)) offer(*std::move(exact));
        }
        if (!is_closed()) offer({y});
        for (const double size : {1e-10, 1e-8}) {
            if (is_closed()) break;
            shift_costs(size);
            if (go_on() != WalkEnd::optimal) break;
            offer({duals(true)});
        }
        if (is_closed()) settle(Termination::optimal);
        attach_duals();
        if (result_.termination == Termination::optimal && verify(problem_, result_)) return;
        claim_less();
    }

    void finish_infeasible() {
        if (prove_infeasible()) return;
        for (const double size : {1e-10, 1e-8}) {
            shift_costs(size);
            if (go_on() != WalkEnd::infeasible) break;
            if (prove_infeasible()) return;
        }
        claim_less();
    }

    bool prove_infeasible() {
        std::vector<double> y = duals(false);
        double largest = 0.0;
        for (const double v : y)
            largest = std::max(largest, std::abs(v));
        if (largest == 0.0 || !std::isfinite(largest)) {
            if (!std::isfinite(largest)) return false;
        } else {
            for (double& v : y)
                v = std::scalbn(v, -std::ilogb(largest));
        }
        std::vector<std::vector<double>> tries{snapped(y)};
        if (auto exact = fractions(y)) tries.push_back(std::move(exact->value));
        tries.push_back(std::move(y));
        for (std::vector<double>& multipliers : tries) {
            if (!proves_infeasible(problem_, multipliers)) continue;
            settle(Termination::infeasible);
            result_.certificate = FarkasRay{std::move(multipliers)};
            return true;
        }
        return false;
    }

    void finish_unbounded() {
        PrimalRay ray{std::vector<double>(problem_.columns())};
        double largest = 0.0;
        for (std::size_t j = 0; j < ray.direction.size(); ++j) {
            double& r = ray.direction[j];
            r = std::scalbn(walk_.direction[j], scale_.column[j]);
            if (std::abs(walk_.direction[j]) < 1e-12 || !std::isinf(r > 0.0 ? problem_.upper[j] : problem_.lower[j])) {
                r = 0.0;
            }
            largest = std::max(largest, std::abs(r));
        }
        const int size = largest > 0.0 ? std::ilogb(largest) + 1 : 0;
        for (double& r : ray.direction)
            r = std::scalbn(r, -size);
        settle(Termination::unbounded);
        result_.x = point();
        result_.objective = total_cost(problem_, result_.x);
        result_.certificate = std::move(ray);
        if (!verify(problem_, result_)) claim_less();
    }

    void finish_early() {
        const bool feasible = walk_.feasible();
        if (feasible) {
            result_.x = point();
            result_.objective = total_cost(problem_, result_.x);
        }
        if (problem_.row.size() <= entries_within_a_moment) {
            walk_.price_true_costs();
            offer({snapped(duals(true))});
            attach_duals();
        }
        claim_less();
    }

    void attach_duals() {
        if (!result_.bound) return;
        result_.reduced_cost = reduced_costs(problem_, best_duals_);
        result_.certificate = best_duals_;
    }

    /// What is left where the question is not settled: the point if it stands, the bound if there is one.
    void claim_less() {
        const bool bounded = std::holds_alternative<RowDuals>(result_.certificate);
        if (!bounded) result_.certificate = std::monostate{};
        result_.cause = watch_.stopped() ? watch_.cause() : Cause::steps;
        if (result_.objective) {
            result_.termination = Termination::feasible;
            result_.claim = bounded ? Claim::bounded : Claim::feasible;
            if (verify(problem_, result_)) return;
            result_.x.clear();
            result_.objective.reset();
        }
        result_.termination = Termination::unknown;
        result_.claim = bounded ? Claim::bounded : Claim::estimate;
    }

    const LinearProgram& problem_;
    Watch watch_;
    LinearWalk walk_;
    LinearScale scale_ = {};
    LinearProgramResult result_ = {};
    RowDuals best_duals_ = {};  ///< those of result_.bound
};

inline void require_legal(const LinearProgram& problem, const LinearBasis& start, const LinearProgramOptions& options) {
    if (const Verdict v = examine(problem); !v.accepted) throw InvalidProblem(v.why, v.place);
    if (options.refactor_after < 1) {
        throw InvalidProblem({message::solve_out_of_range, {to_text(options.refactor_after), "1", "2147483647"}},
                             "refactor_after");
    }
    const auto at_most = [](std::size_t found, std::size_t most, const char* place) {
        if (found <= most) return;
        throw InvalidProblem({message::solve_wrong_length, {to_text(found), to_text(most)}}, place);
    };
    at_most(start.column.size(), problem.columns(), "start.column");
    at_most(start.row.size(), problem.rows(), "start.row");
}

}  // namespace countyplan::detail

namespace countyplan {

COUNTYPLAN_INLINE LinearProgramResult solve_from(const LinearProgram& problem, const LinearBasis& start,
                                                 const LinearProgramOptions& options, const Stop& stop,
                                                 const Progress& progress) {
    detail::require_legal(problem, start, options);
    return detail::LinearSolver(problem, options, stop, progress).run(start);
}

COUNTYPLAN_INLINE LinearProgramResult solve(const LinearProgram& problem, const LinearProgramOptions& options,
                                            const Stop& stop, const Progress& progress) {
    return solve_from(problem, {}, options, stop, progress);
}

}  // namespace countyplan
