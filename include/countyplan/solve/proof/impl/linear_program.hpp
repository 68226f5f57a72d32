// The checker's half of linear_program: definitions only, nothing taken from the solver.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <countyplan/scalar/number.hpp>
#include <countyplan/separate.hpp>
#include <countyplan/solve/messages.hpp>
#include <countyplan/solve/proof/impl/exact_sum.hpp>
#include <countyplan/solve/proof/linear_program.hpp>
#include <countyplan/solve/proof/refusal.hpp>

namespace countyplan::detail {

inline Verdict check_finite(double found, double most, std::string place) {
    if (found >= -most && found <= most) return {};
    return refuse({message::solve_out_of_range, {to_text(found), to_text(-most), to_text(most)}}, std::move(place));
}

/// A lower and an upper bound, either of which may be infinite outwards.
inline Verdict check_bounds(double lower, double upper, std::size_t index, const char* lower_name,
                            const char* upper_name) {
    constexpr double most = LinearProgram::max_magnitude;
    if (lower != -LinearProgram::infinity) {
        if (Verdict v = check_finite(lower, most, indexed(lower_name, index)); !v.accepted) return v;
    }
    if (upper != LinearProgram::infinity) {
        if (Verdict v = check_finite(upper, most, indexed(upper_name, index)); !v.accepted) return v;
    }
    if (lower > upper) {
        return refuse({message::solve_crossed_bounds, {to_text(upper), to_text(lower)}}, indexed(upper_name, index));
    }
    return {};
}

/// The size of a product, finite, for allowances.
inline double term_size(double a, double b) { return std::min(std::abs(a * b), std::numeric_limits<double>::max()); }

/// The bound that row multipliers prove, with the costs of the program or with none.
class DualBound {
  public:
    DualBound(const LinearProgram& problem, std::span<const double> multiplier, bool with_costs)
        : problem_(problem), multiplier_(multiplier), with_costs_(with_costs) {}

    /// Fills `bound()`; refuses if some part needs an infinite bound. `visit(column, reduced cost as ExactSum)`.
    template <class Visit>
    Verdict compute(const Visit& visit) {
        if (Verdict v = check_length(multiplier_.size(), problem_.rows(), "row_dual"); !v.accepted) return v;
        constexpr double most = std::numeric_limits<double>::max();
        for (std::size_t i = 0; i < problem_.rows(); ++i) {
            const double y = multiplier_[i];
            if (Verdict v = check_finite(y, most, indexed("row_dual", i)); !v.accepted) return v;
            if (y == 0.0) continue;
            const double used = y > 0.0 ? problem_.row_lower[i] : problem_.row_upper[i];
            if (std::isinf(used)) return refuse(message::proof_bound_missing, indexed("row_dual", i));
            total_.add(y, used);
        }
        for (std::size_t j = 0; j < problem_.columns(); ++j) {
            reduced_.clear();
            if (with_costs_) reduced_.add(problem_.cost[j]);
            for (std::size_t k = problem_.first[j]; k < problem_.first[j + 1]; ++k)
                reduced_.subtract(problem_.value[k], multiplier_[problem_.row[k]]);
            visit(j, reduced_);
            const int sign = reduced_.sign();
            if (sign == 0) continue;
            double used = sign > 0 ? problem_.lower[j] : problem_.upper[j];
            if (std::isinf(used)) used = implied_bound(j, sign > 0);
            if (std::isinf(used)) return refuse(message::proof_bound_missing, indexed("column", j));
            if (used == 0.0) continue;
            if (with_costs_) total_.add(problem_.cost[j], used);
            for (std::size_t k = problem_.first[j]; k < problem_.first[j + 1]; ++k)
                total_.subtract(problem_.value[k], multiplier_[problem_.row[k]], used);
        }
        return {};
    }

    [[nodiscard]] const ExactSum& bound() const { return total_; }

  private:
    /// A bound of the column that one row and the bounds of its other columns imply, rounded outwards; the best
    /// of all rows, infinite if there is none.
    double implied_bound(std::size_t j, bool lower) {
        if (row_first_.empty()) transpose();
        double best = lower ? -LinearProgram::infinity : LinearProgram::infinity;
        for (std::size_t k = problem_.first[j]; k < problem_.first[j + 1]; ++k) {
            const double a = problem_.value[k];
            const std::size_t i = problem_.row[k];
            if (a == 0.0) continue;
            // x >= (L - most of the others) / a if a > 0, x >= (U - least of the others) / a if a < 0, and so on
            const bool from_lower = lower == (a > 0.0);
            const double side = from_lower ? problem_.row_lower[i] : problem_.row_upper[i];
            if (std::isinf(side)) continue;
            if (!rest_of_row(i, j, side, from_lower)) continue;
            const double rest = from_lower ? rest_.rounded_down() : rest_.rounded_up();
            if (lower) {
                best = std::max(best, std::nextafter(rest / a, -LinearProgram::infinity));
            } else {
                best = std::min(best, std::nextafter(rest / a, LinearProgram::infinity));
            }
        }
        return best;
    }

    /// side - (the most or least that the other columns give to row i); false if that is infinite.
    bool rest_of_row(std::size_t i, std::size_t j, double side, bool most) {
        rest_.clear();
        rest_.add(side);
        for (std::size_t t = row_first_[i]; t < row_first_[i + 1]; ++t) {
            const std::size_t other = row_column_[t];
            const double b = row_value_[t];
            if (other == j || b == 0.0) continue;
            const double used = most == (b > 0.0) ? problem_.upper[other] : problem_.lower[other];
            if (std::isinf(used)) return false;
            rest_.subtract(b, used);
        }
        return true;
    }

    void transpose() {
        row_first_.assign(problem_.rows() + 1, 0);
        for (const std::uint32_t i : problem_.row)
            ++row_first_[i + 1];
        for (std::size_t i = 0; i < problem_.rows(); ++i)
            row_first_[i + 1] += row_first_[i];
        row_column_.resize(problem_.row.size());
        row_value_.resize(problem_.row.size());
        std::vector<std::size_t> next(row_first_.begin(), row_first_.end() - 1);
        for (std::size_t j = 0; j < problem_.columns(); ++j) {
            for (std::size_t k = problem_.first[j]; k < problem_.first[j + 1]; ++k) {
                const std::size_t at = next[problem_.row[k]]++;
                row_column_[at] = static_cast<std::uint32_t>(j);
                row_value_[at] = problem_.value[k];
            }
        }
    }

    const LinearProgram& problem_;
    std::span<const double> multiplier_;
    bool with_costs_;
    ExactSum total_, reduced_, rest_;
    std::vector<std::size_t> row_first_;  ///< rows of the matrix, once they are needed
    std::vector<std::uint32_t> row_column_;
    std::vector<double> row_value_;
};

/// The exact value of each row at x, beside the largest term of its sum: `visit(row, sum, largest)`.
template <class Visit>
Verdict visit_rows(const LinearProgram& problem, const std::vector<double>& x, const Visit& visit) {
    std::vector<std::vector<std::pair<double, double>>> terms(problem.rows());
    for (std::size_t j = 0; j < problem.columns(); ++j) {
        if (x[j] == 0.0) continue;
        for (std::size_t k = problem.first[j]; k < problem.first[j + 1]; ++k)
            terms[problem.row[k]].emplace_back(problem.value[k], x[j]);
    }
    ExactSum sum;
    for (std::size_t i = 0; i < problem.rows(); ++i) {
        sum.clear();
        double largest = 0.0;
        for (const auto& [a, b] : terms[i]) {
            sum.add(a, b);
            largest = std::max(largest, term_size(a, b));
        }
        if (Verdict v = visit(i, sum, largest); !v.accepted) return v;
    }
    return {};
}

/// Whether x keeps all bounds and the objective is its cost.
inline Verdict check_point(const LinearProgram& problem, const std::vector<double>& x,
                           std::optional<double> objective) {
    if (Verdict v = check_length(x.size(), problem.columns(), "x"); !v.accepted) return v;
    const auto outside = [](double found, double lower, double upper, std::string place) {
        return refuse({message::proof_flow_outside, {to_text(found), to_text(lower), to_text(upper)}},
                      std::move(place));
    };
    ExactSum total;
    for (std::size_t j = 0; j < x.size(); ++j) {
        if (Verdict v = check_finite(x[j], std::numeric_limits<double>::max(), indexed("x", j)); !v.accepted) return v;
        if (x[j] < problem.lower[j] || x[j] > problem.upper[j]) {
            return outside(x[j], problem.lower[j], problem.upper[j], indexed("x", j));
        }
        total.add(problem.cost[j], x[j]);
    }
    const auto row = [&](std::size_t i, const ExactSum& sum, double largest) -> Verdict {
        const auto misses = [&](double bound, int wrong) {
            if (std::isinf(bound)) return false;
            ExactSum gap = sum;
            gap.subtract(bound);
            const double allowed = LinearProgram::tolerance * std::max({1.0, std::abs(bound), largest});
            wrong < 0 ? gap.add(allowed) : gap.subtract(allowed);
            return gap.sign() == wrong;
        };
        if (!misses(problem.row_lower[i], -1) && !misses(problem.row_upper[i], 1)) return {};
        return outside(sum.rounded_down(), problem.row_lower[i], problem.row_upper[i], indexed("row", i));
    };
    if (Verdict v = visit_rows(problem, x, row); !v.accepted) return v;
    const double exact = total.rounded_up();
    if (objective == exact) return {};
    return refuse({message::proof_wrong_value, {objective ? to_text(*objective) : "-", to_text(exact)}}, "objective");
}

inline Verdict check_ray(const LinearProgram& problem, const PrimalRay& ray) {
    const auto& direction = ray.direction;
    if (Verdict v = check_length(direction.size(), problem.columns(), "ray"); !v.accepted) return v;
    ExactSum total;
    double largest = 0.0;
    for (std::size_t j = 0; j < direction.size(); ++j) {
        const double r = direction[j];
        if (Verdict v = check_finite(r, 1.0, indexed("ray", j)); !v.accepted) return v;
        if ((r > 0.0 && !std::isinf(problem.upper[j])) || (r < 0.0 && !std::isinf(problem.lower[j]))) {
            return refuse(message::proof_ray_leaves, indexed("ray", j));
        }
        total.add(problem.cost[j], r);
        largest = std::max(largest, term_size(problem.cost[j], r));
    }
    const auto row = [&](std::size_t i, const ExactSum& sum, double most) -> Verdict {
        const auto moves = [&](int way) {
            ExactSum part = sum;
            way > 0 ? part.subtract(LinearProgram::tolerance * 1e-2, most)
                    : part.add(LinearProgram::tolerance * 1e-2, most);
            return part.sign() == way;
        };
        const bool leaves =
            (moves(1) && !std::isinf(problem.row_upper[i])) || (moves(-1) && !std::isinf(problem.row_lower[i]));
        return leaves ? refuse(message::proof_ray_leaves, indexed("row", i)) : Verdict{};
    };
    if (Verdict v = visit_rows(problem, direction, row); !v.accepted) return v;
    total.add(LinearProgram::tolerance, largest);
    return total.sign() < 0 ? Verdict{} : refuse(message::proof_ray_not_better, "ray");
}

/// Whether bound and reduced costs are those of the multipliers.
inline Verdict check_duals(const LinearProgram& problem, const LinearProgramResult& result, const RowDuals& duals) {
    if (Verdict v = check_length(result.reduced_cost.size(), problem.columns(), "reduced_cost"); !v.accepted) return v;
    DualBound dual(problem, duals.value, true);
    Verdict wrong;
    const auto compare = [&](std::size_t j, const ExactSum& exact) {
        const double right = exact.rounded_down();
        if (wrong.accepted && !(result.reduced_cost[j] == right)) {
            wrong = refuse({message::proof_wrong_value, {to_text(result.reduced_cost[j]), to_text(right)}},
                           indexed("reduced_cost", j));
        }
    };
    if (Verdict v = dual.compute(compare); !v.accepted) return v;
    if (!wrong.accepted) return wrong;
    const double exact = dual.bound().rounded_down();
    if (result.bound == exact) return {};
    return refuse({message::proof_wrong_bound, {result.bound ? to_text(*result.bound) : "-", to_text(exact)}}, "bound");
}

}  // namespace countyplan::detail

namespace countyplan {

COUNTYPLAN_INLINE double dual_bound(const LinearProgram& problem, std::span<const double> row_dual) {
    detail::DualBound dual(problem, row_dual, true);
    if (!dual.compute([](std::size_t, const detail::ExactSum&) {}).accepted) return -LinearProgram::infinity;
    return dual.bound().rounded_down();
}

COUNTYPLAN_INLINE double total_cost(const LinearProgram& problem, std::span<const double> x) {
    detail::ExactSum total;
    for (std::size_t j = 0; j < problem.columns(); ++j)
        total.add(problem.cost[j], x[j]);
    return total.rounded_up();
}

COUNTYPLAN_INLINE std::vector<double> reduced_costs(const LinearProgram& problem, std::span<const double> row_dual) {
    std::vector<double> reduced(problem.columns());
    detail::ExactSum sum;
    for (std::size_t j = 0; j < problem.columns(); ++j) {
        sum.clear();
        sum.add(problem.cost[j]);
        for (std::size_t k = problem.first[j]; k < problem.first[j + 1]; ++k)
            sum.subtract(problem.value[k], row_dual[problem.row[k]]);
        reduced[j] = sum.rounded_down();
    }
    return reduced;
}

COUNTYPLAN_INLINE bool proves_infeasible(const LinearProgram& problem, std::span<const double> row_multiplier) {
    detail::DualBound dual(problem, row_multiplier, false);
    return dual.compute([](std::size_t, const detail::ExactSum&) {}).accepted && dual.bound().sign() > 0;
}

COUNTYPLAN_INLINE Verdict examine(const LinearProgram& problem) {
    using detail::check_length;
    using detail::indexed;
    constexpr double most = LinearProgram::max_magnitude;
    constexpr std::size_t largest = std::numeric_limits<std::uint32_t>::max();
    const std::size_t rows = problem.rows(), columns = problem.columns();
    if (rows >= largest) return detail::refuse({message::solve_too_large, {"rows"}}, "row_lower");
    if (columns >= largest) return detail::refuse({message::solve_too_large, {"columns"}}, "cost");
    if (Verdict v = check_length(problem.lower.size(), columns, "lower"); !v.accepted) return v;
    if (Verdict v = check_length(problem.upper.size(), columns, "upper"); !v.accepted) return v;
    if (Verdict v = check_length(problem.row_upper.size(), rows, "row_upper"); !v.accepted) return v;
    if (Verdict v = check_length(problem.first.size(), columns + 1, "first"); !v.accepted) return v;
    if (Verdict v = check_length(problem.value.size(), problem.row.size(), "value"); !v.accepted) return v;
    for (std::size_t j = 0; j <= columns; ++j) {
        const std::size_t least = j == 0 ? 0 : problem.first[j - 1];
        const std::size_t most_here = j == 0 ? 0 : problem.row.size();
        if (problem.first[j] < least || problem.first[j] > most_here) {
            return detail::refuse(
                {message::solve_out_of_range, {to_text(problem.first[j]), to_text(least), to_text(most_here)}},
                indexed("first", j));
        }
    }
    if (Verdict v = check_length(problem.row.size(), problem.first.back(), "row"); !v.accepted) return v;
    for (std::size_t i = 0; i < rows; ++i) {
        if (Verdict v = detail::check_bounds(problem.row_lower[i], problem.row_upper[i], i, "row_lower", "row_upper");
            !v.accepted) {
            return v;
        }
    }
    std::vector<std::uint32_t> seen_in(rows, static_cast<std::uint32_t>(largest));
    for (std::size_t j = 0; j < columns; ++j) {
        if (Verdict v = detail::check_finite(problem.cost[j], most, indexed("cost", j)); !v.accepted) return v;
        if (Verdict v = detail::check_bounds(problem.lower[j], problem.upper[j], j, "lower", "upper"); !v.accepted) {
            return v;
        }
        for (std::size_t k = problem.first[j]; k < problem.first[j + 1]; ++k) {
            const std::uint32_t i = problem.row[k];
            if (i >= rows) {
                return detail::refuse({message::proof_no_such_item, {to_text(i), to_text(rows)}}, indexed("row", k));
            }
            if (seen_in[i] == j) return detail::refuse({message::proof_named_twice, {to_text(i)}}, indexed("row", k));
            seen_in[i] = static_cast<std::uint32_t>(j);
            if (Verdict v = detail::check_finite(problem.value[k], most, indexed("value", k)); !v.accepted) return v;
        }
    }
    return {};
}

COUNTYPLAN_INLINE Verdict examine(const LinearProgram& problem, const LinearProgramResult& result) {
    if (Verdict verdict = examine(problem); !verdict.accepted) return verdict;
    const auto disagree = [](const char* field) { return detail::refuse(message::proof_fields_disagree, field); };
    const Termination end = result.termination;
    const bool settled = end == Termination::optimal || end == Termination::infeasible || end == Termination::unbounded;
    if (!settled && end != Termination::feasible && end != Termination::unknown) return disagree("termination");
    if (settled != (result.cause == Cause::proved)) return disagree("cause");
    if (result.steps < 0) return disagree("steps");
    const bool has_point = end != Termination::infeasible && end != Termination::unknown;
    const auto* duals = std::get_if<RowDuals>(&result.certificate);
    const Claim claim = settled     ? Claim::proved
                        : duals     ? Claim::bounded
                        : has_point ? Claim::feasible
                                    : Claim::estimate;
    if (result.claim != claim) return disagree("claim");
    if (result.bound.has_value() != (duals != nullptr)) return disagree("bound");
    if (duals == nullptr && !result.reduced_cost.empty()) return disagree("reduced_cost");
    if (has_point) {
        if (Verdict v = detail::check_point(problem, result.x, result.objective); !v.accepted) return v;
    } else if (!result.x.empty() || result.objective) {
        return disagree(result.objective ? "objective" : "x");
    }
    if (duals != nullptr) {
        if (end == Termination::infeasible || end == Termination::unbounded) return disagree("certificate");
        if (Verdict v = detail::check_duals(problem, result, *duals); !v.accepted) return v;
        if (end != Termination::optimal) return {};
        const double allowed = LinearProgram::tolerance * std::max(1.0, std::abs(*result.objective));
        if (std::abs(*result.objective - *result.bound) <= allowed) return {};
        return detail::refuse({message::proof_gap, {to_text(*result.objective), to_text(*result.bound)}}, "objective");
    }
    if (const auto* ray = std::get_if<FarkasRay>(&result.certificate); ray && end == Termination::infeasible) {
        detail::DualBound dual(problem, ray->value, false);
        if (Verdict v = dual.compute([](std::size_t, const detail::ExactSum&) {}); !v.accepted) return v;
        return dual.bound().sign() > 0 ? Verdict{} : detail::refuse(message::proof_not_contradictory, "ray");
    }
    if (const auto* ray = std::get_if<PrimalRay>(&result.certificate); ray && end == Termination::unbounded) {
        return detail::check_ray(problem, *ray);
    }
    const bool none = std::holds_alternative<std::monostate>(result.certificate);
    return none && !settled ? Verdict{} : disagree("certificate");
}

COUNTYPLAN_INLINE bool verify(const LinearProgram& problem, const LinearProgramResult& result) {
    return examine(problem, result).accepted;
}

}  // namespace countyplan
