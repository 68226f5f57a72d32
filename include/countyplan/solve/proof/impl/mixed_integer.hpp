// The checker's half of mixed_integer: definitions only, nothing taken from a solver.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include <countyplan/scalar/number.hpp>
#include <countyplan/separate.hpp>
#include <countyplan/solve/messages.hpp>
#include <countyplan/solve/proof/impl/exact_sum.hpp>
#include <countyplan/solve/proof/impl/linear_program.hpp>
#include <countyplan/solve/proof/mixed_integer.hpp>
#include <countyplan/solve/proof/refusal.hpp>

namespace countyplan::detail {

inline bool is_whole(double v) { return std::isfinite(v) && std::floor(v) == v; }

/// `cost * x` rounded to the worse side.
inline double objective_of(const MixedIntegerProgram& problem, const std::vector<double>& x) {
    ExactSum total;
    for (std::size_t j = 0; j < x.size(); ++j)
        total.add(problem.linear.cost[j], x[j]);
    return problem.sense == Sense::minimise ? total.rounded_up() : total.rounded_down();
}

/// Rows whose value at whole columns is whole, and whose bounds are, have no allowance.
inline std::vector<bool> whole_rows(const MixedIntegerProgram& problem) {
    const LinearProgram& linear = problem.linear;
    std::vector<bool> whole(linear.rows());
    for (std::size_t i = 0; i < linear.rows(); ++i) {
        const double low = linear.row_lower[i], high = linear.row_upper[i];
        whole[i] = (std::isinf(low) || is_whole(low)) && (std::isinf(high) || is_whole(high));
    }
    for (std::size_t j = 0; j < linear.columns(); ++j) {
        for (std::size_t k = linear.first[j]; k < linear.first[j + 1]; ++k) {
            if (problem.is_integer[j] == 0 || !is_whole(linear.value[k])) whole[linear.row[k]] = false;
        }
    }
    return whole;
}

}  // namespace countyplan::detail

namespace countyplan {

COUNTYPLAN_INLINE LinearProgram relaxation(const MixedIntegerProgram& problem) {
    LinearProgram linear = problem.linear;
    if (problem.sense == Sense::maximise) {
        for (double& c : linear.cost)
            c = 0.0 - c;
    }
    return linear;
}

COUNTYPLAN_INLINE double whole_bound(const MixedIntegerProgram& problem, double bound) {
    for (std::size_t j = 0; j < problem.linear.columns(); ++j) {
        const double c = problem.linear.cost[j];
        if (c != 0.0 && (problem.is_integer[j] == 0 || !detail::is_whole(c))) return bound;
    }
    return (problem.sense == Sense::minimise ? std::ceil(bound) : std::floor(bound)) + 0.0;
}

COUNTYPLAN_INLINE Verdict examine_point(const MixedIntegerProgram& problem, const std::vector<double>& x) {
    const std::vector<bool> whole = detail::whole_rows(problem);
    if (Verdict v = detail::check_point(problem.linear, x, [&](std::size_t i) { return !whole[i]; }); !v.accepted) {
        return v;
    }
    for (std::size_t j = 0; j < x.size(); ++j) {
        if (problem.is_integer[j] != 0 && !detail::is_whole(x[j])) {
            return detail::refuse({message::proof_not_whole, {to_text(x[j])}}, detail::indexed("x", j));
        }
    }
    return {};
}

COUNTYPLAN_INLINE Verdict examine(const MixedIntegerProgram& problem) {
    if (Verdict v = examine(problem.linear); !v.accepted) return v;
    if (Verdict v = detail::check_length(problem.is_integer.size(), problem.linear.columns(), "is_integer");
        !v.accepted) {
        return v;
    }
    for (std::size_t j = 0; j < problem.is_integer.size(); ++j) {
        if (problem.is_integer[j] > 1) {
            return detail::refuse({message::solve_out_of_range, {to_text(problem.is_integer[j]), "0", "1"}},
                                  detail::indexed("is_integer", j));
        }
    }
    if (problem.sense != Sense::minimise && problem.sense != Sense::maximise) {
        return detail::refuse({message::solve_out_of_range, {to_text(static_cast<int>(problem.sense)), "0", "1"}},
                              "sense");
    }
    return {};
}

COUNTYPLAN_INLINE Verdict examine(const MixedIntegerProgram& problem, const MixedIntegerResult& result) {
    using detail::refuse;
    if (Verdict verdict = examine(problem); !verdict.accepted) return verdict;
    const auto disagree = [](const char* field) { return refuse(message::proof_fields_disagree, field); };
    const auto wrong = [](const MessageText& what, std::optional<double> found, double right, const char* field) {
        return refuse({what, {found ? to_text(*found) : "-", to_text(right)}}, field);
    };
    const Termination end = result.termination;
    const bool settled = end == Termination::optimal || end == Termination::infeasible || end == Termination::unbounded;
    if (!settled && end != Termination::feasible && end != Termination::unknown) return disagree("termination");
    if (!detail::cause_fits(result.cause, settled)) return disagree("cause");
    if (result.steps < 0) return disagree("steps");
    const bool has_point = end == Termination::optimal || end == Termination::feasible;
    const bool may_bound = has_point || end == Termination::unknown;
    const double side = problem.sense == Sense::minimise ? 1.0 : -1.0;
    if (!may_bound && (result.bound || result.root_bound)) return disagree("bound");
    if (has_point) {
        if (Verdict v = examine_point(problem, result.x); !v.accepted) return v;
        const double exact = detail::objective_of(problem, result.x);
        if (result.objective != exact) return wrong(message::proof_wrong_value, result.objective, exact, "objective");
    } else if (!result.x.empty() || result.objective) {
        return disagree(result.objective ? "objective" : "x");
    }
    const auto* duals = std::get_if<RowDuals>(&result.certificate);
    const auto* ray = std::get_if<FarkasRay>(&result.certificate);
    if (result.root_bound.has_value() != (duals != nullptr)) return disagree("root_bound");
    if (ray != nullptr && end != Termination::infeasible) return disagree("certificate");
    std::optional<double> proved;
    if (duals != nullptr) {
        const double exact = side * dual_bound(relaxation(problem), *duals) + 0.0;
        if (!std::isfinite(exact)) return refuse(message::proof_bound_missing, "root_bound");
        if (result.root_bound != exact) {
            return wrong(message::proof_wrong_bound, result.root_bound, exact, "root_bound");
        }
        proved = whole_bound(problem, exact);
    }
    if (proved && !result.bound) return disagree("bound");
    if (result.bound && !std::isfinite(*result.bound)) return disagree("bound");
    if (proved && side * *result.bound < side * *proved) {
        return wrong(message::proof_wrong_bound, result.bound, *proved, "bound");
    }
    if (result.gap.has_value() != (has_point && result.bound.has_value())) return disagree("gap");
    if (result.gap) {
        const double gap = std::abs(*result.objective - *result.bound);
        if (result.gap != gap) return wrong(message::proof_wrong_value, result.gap, gap, "gap");
        const double allowed = LinearProgram::tolerance * std::max(1.0, std::abs(*result.objective));
        // a bound on the wrong side of the objective, or an optimum far from its bound
        if (side * (*result.objective - *result.bound) < -allowed || (end == Termination::optimal && gap > allowed)) {
            return wrong(message::proof_gap, result.objective, *result.bound, "gap");
        }
    }
    const bool on_word = result.bound.has_value() && result.bound != proved;
    Claim claim = Claim::estimate;
    if (end == Termination::infeasible) {
        claim = ray != nullptr ? Claim::proved : Claim::claimed_by_backend;
    } else if (end == Termination::unbounded || on_word) {
        claim = Claim::claimed_by_backend;
    } else if (end == Termination::optimal) {
        claim = Claim::proved;
        if (!result.bound) return disagree("bound");
    } else if (result.bound) {
        claim = Claim::bounded;
    } else if (has_point) {
        claim = Claim::feasible;
    }
    if (result.claim != claim) return disagree("claim");
    if (claim == Claim::claimed_by_backend && result.backend.empty()) return disagree("backend");
    if (ray == nullptr) return {};
    if (proves_infeasible(problem.linear, ray->value)) return {};
    return refuse(message::proof_not_contradictory, "ray");
}

COUNTYPLAN_INLINE bool verify(const MixedIntegerProgram& problem, const MixedIntegerResult& result) {
    return examine(problem, result).accepted;
}

}  // namespace countyplan
