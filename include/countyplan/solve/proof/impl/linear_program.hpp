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
#include <countyplan/solve/proof/impl/linear_dual_bound.hpp>
#include <countyplan/solve/proof/linear_program.hpp>
#include <countyplan/solve/proof/refusal.hpp>

namespace countyplan::detail {

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

/// Whether x keeps all bounds; `loose(row)` says where rows have an allowance.
template <class Loose>
Verdict check_point(const LinearProgram& problem, const std::vector<double>& x, const Loose& loose) {
    if (Verdict v = check_length(x.size(), problem.columns(), "x"); !v.accepted) return v;
    const auto outside = [](double found, double lower, double upper, std::string place) {
        return refuse({message::proof_flow_outside, {to_text(found), to_text(lower), to_text(upper)}},
                      std::move(place));
    };
    for (std::size_t j = 0; j < x.size(); ++j) {
        if (Verdict v = check_finite(x[j], std::numeric_limits<double>::max(), indexed("x", j)); !v.accepted) return v;
        if (x[j] < problem.lower[j] || x[j] > problem.upper[j]) {
            return outside(x[j], problem.lower[j], problem.upper[j], indexed("x", j));
        }
    }
    const auto row = [&](std::size_t i, const ExactSum& sum, double largest) -> Verdict {
        const auto misses = [&](double bound, int wrong) {
            if (std::isinf(bound)) return false;
            ExactSum gap = sum;
            gap.subtract(bound);
            if (loose(i)) {
                const double allowed = LinearProgram::tolerance * std::max({1.0, std::abs(bound), largest});
                wrong < 0 ? gap.add(allowed) : gap.subtract(allowed);
            }
            return gap.sign() == wrong;
        };
        if (!misses(problem.row_lower[i], -1) && !misses(problem.row_upper[i], 1)) return {};
        return outside(sum.rounded_down(), problem.row_lower[i], problem.row_upper[i], indexed("row", i));
    };
    return visit_rows(problem, x, row);
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
    if (duals.denominator == 0.0) return refuse(message::proof_bound_missing, "denominator");
    DualBound dual(problem, duals.value, duals.denominator);
    Verdict wrong;
    const auto compare = [&](std::size_t j, const ExactSum& exact) {
        const double right = divided(exact.rounded_down(), duals.denominator);
        if (wrong.accepted && !(result.reduced_cost[j] == right)) {
            wrong = refuse({message::proof_wrong_value, {to_text(result.reduced_cost[j]), to_text(right)}},
                           indexed("reduced_cost", j));
        }
    };
    if (Verdict v = dual.compute(compare); !v.accepted) return v;
    if (!wrong.accepted) return wrong;
    const double exact = divided(dual.bound().rounded_down(), duals.denominator);
    if (result.bound == exact) return {};
    return refuse({message::proof_wrong_bound, {result.bound ? to_text(*result.bound) : "-", to_text(exact)}}, "bound");
}

}  // namespace countyplan::detail

namespace countyplan {

COUNTYPLAN_INLINE double dual_bound(const LinearProgram& problem, const RowDuals& duals) {
    detail::DualBound dual(problem, duals.value, duals.denominator);
    const bool has_bound = dual.compute([](std::size_t, const detail::ExactSum&) {}).accepted;
    if (!has_bound || duals.denominator == 0.0) return -LinearProgram::infinity;
    return detail::divided(dual.bound().rounded_down(), duals.denominator);
}

COUNTYPLAN_INLINE double total_cost(const LinearProgram& problem, std::span<const double> x) {
    detail::ExactSum total;
    for (std::size_t j = 0; j < problem.columns(); ++j)
        total.add(problem.cost[j], x[j]);
    return total.rounded_up();
}

COUNTYPLAN_INLINE std::vector<double> reduced_costs(const LinearProgram& problem, const RowDuals& duals) {
    std::vector<double> reduced(problem.columns());
    detail::ExactSum sum;
    for (std::size_t j = 0; j < problem.columns(); ++j) {
        sum.clear();
        sum.add(problem.cost[j], duals.denominator);
        for (std::size_t k = problem.first[j]; k < problem.first[j + 1]; ++k)
            sum.subtract(problem.value[k], duals.value[problem.row[k]]);
        reduced[j] = detail::divided(sum.rounded_down(), duals.denominator);
    }
    return reduced;
}

COUNTYPLAN_INLINE bool proves_infeasible(const LinearProgram& problem, std::span<const double> row_multiplier) {
    detail::DualBound dual(problem, row_multiplier, 0.0);
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
    if (!detail::cause_fits(result.cause, settled)) return disagree("cause");
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
        const auto everywhere = [](std::size_t) { return true; };
        if (Verdict v = detail::check_point(problem, result.x, everywhere); !v.accepted) return v;
        const double exact = total_cost(problem, result.x);
        if (result.objective != exact) {
            return detail::refuse(
                {message::proof_wrong_value, {result.objective ? to_text(*result.objective) : "-", to_text(exact)}},
                "objective");
        }
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
        detail::DualBound dual(problem, ray->value, 0.0);
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
