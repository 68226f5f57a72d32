// The solver's half of mixed_integer: a proved root bound, a back end's search, and what both allow to say.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

#include <countyplan/error.hpp>
#include <countyplan/scalar/number.hpp>
#include <countyplan/separate.hpp>
#include <countyplan/solve/messages.hpp>
#include <countyplan/solve/mixed_integer.hpp>
#include <countyplan/solve/remaining_time.hpp>

namespace countyplan::detail {

inline void require_legal(const MixedIntegerProgram& problem, const MixedIntegerBackend& backend,
                          const MixedIntegerOptions& options) {
    if (const Verdict v = examine(problem); !v.accepted) throw InvalidProblem(v.why, v.place);
    if (!(options.relative_gap >= 0.0 && std::isfinite(options.relative_gap))) {
        throw InvalidProblem({message::solve_out_of_range, {to_text(options.relative_gap), "0", "1"}}, "relative_gap");
    }
    if (options.root_steps < 0) {
        throw InvalidProblem({message::solve_out_of_range, {to_text(options.root_steps), "0", "9223372036854775807"}},
                             "root_steps");
    }
    if (!backend.run) throw InvalidProblem({message::solve_wrong_length, {"0", "1"}}, "backend.run");
}

class MixedIntegerSolver {
  public:
    MixedIntegerSolver(const MixedIntegerProgram& problem, const MixedIntegerBackend& backend,
                       const MixedIntegerOptions& options, const Stop& stop, const Progress& progress)
        : problem_(problem),
          backend_(backend),
          options_(options),
          progress_(progress),
          time_(stop),
          side_(problem.sense == Sense::minimise ? 1.0 : -1.0) {}

    MixedIntegerResult run() {
        LinearProgram root = relaxation(problem_);
        LinearProgramResult relaxed = solve(root, {}, time_.rest(options_.root_steps));
        if (relaxed.termination == Termination::infeasible) {
            end_with(Termination::infeasible, Cause::proved);
            result_.claim = Claim::proved;
            result_.certificate = std::get<FarkasRay>(std::move(relaxed.certificate));
            return std::move(result_);
        }
        if (auto* duals = std::get_if<RowDuals>(&relaxed.certificate)) offer(root, std::move(*duals));
        if (const auto cause = time_.cause()) {
            end_with(Termination::unknown, *cause);
        } else {
            result_.backend = backend_.name;
            BackendAnswer answer = backend_.run(problem_, options_, time_.rest(), progress_);
            if (answer.root_dual.size() == root.rows()) offer(root, {std::move(answer.root_dual)});
            take(std::move(answer));
        }
        conclude();
        return std::move(result_);
    }

  private:
    void end_with(Termination termination, Cause cause) {
        result_.termination = termination;
        result_.cause = cause;
    }

    /// Keeps the duals of the relaxation if their bound is the best so far.
    void offer(const LinearProgram& root, RowDuals duals) {
        const double bound = side_ * dual_bound(root, duals) + 0.0;
        if (!std::isfinite(bound) || (result_.root_bound && side_ * *result_.root_bound >= side_ * bound)) return;
        result_.root_bound = bound;
        result_.certificate = std::move(duals);
    }

    void take(BackendAnswer answer) {
        result_.steps = std::max<std::int64_t>(answer.steps, 0);
        const bool ended = answer.termination == Termination::optimal ||
                           answer.termination == Termination::infeasible ||
                           answer.termination == Termination::unbounded;
        end_with(answer.termination, ended ? Cause::proved : answer.cause);
        if (!ended && answer.cause == Cause::proved) result_.cause = Cause::steps;
        const bool has_point = answer.x.size() == problem_.linear.columns() && keep_point(std::move(answer.x));
        if (answer.termination == Termination::optimal && !has_point) end_with(Termination::unknown, Cause::steps);
        if (answer.termination == Termination::feasible && !has_point) result_.termination = Termination::unknown;
        if (answer.termination == Termination::unknown && has_point) result_.termination = Termination::feasible;
        if (has_point &&
            (answer.termination == Termination::infeasible || answer.termination == Termination::unbounded)) {
            end_with(Termination::feasible, Cause::steps);  // its words contradict each other
        }
        if (answer.bound && std::isfinite(*answer.bound)) claimed_ = *answer.bound;
        if (result_.termination == Termination::optimal && (!claimed_ || options_.relative_gap == 0.0)) {
            claimed_ = result_.objective;
        }
    }

    /// Rounds and checks; where a row breaks, fits the columns that may be fractions to the whole ones.
    bool keep_point(std::vector<double> x) {
        const LinearProgram& linear = problem_.linear;
        bool fractions = false;
        for (std::size_t j = 0; j < x.size(); ++j) {
            if (!std::isfinite(x[j])) return false;
            if (problem_.is_integer[j] != 0) {
                x[j] = std::nearbyint(x[j]) + 0.0;
            } else {
                x[j] = std::clamp(x[j], linear.lower[j], linear.upper[j]) + 0.0;
                fractions = true;
            }
        }
        if (!examine_point(problem_, x).accepted) {
            if (!fractions) return false;
            LinearProgram rest = relaxation(problem_);
            for (std::size_t j = 0; j < x.size(); ++j) {
                if (problem_.is_integer[j] == 0) continue;
                if (x[j] < linear.lower[j] || x[j] > linear.upper[j]) return false;
                rest.lower[j] = rest.upper[j] = x[j];
            }
            LinearProgramResult fitted = solve(rest, {}, time_.rest(options_.root_steps));
            if (!fitted.objective || !examine_point(problem_, fitted.x).accepted) return false;
            x = std::move(fitted.x);
        }
        result_.objective = side_ * total_cost(relaxation(problem_), x) + 0.0;
        result_.x = std::move(x);
        return true;
    }

    /// Bound, gap, termination and claim from the point, the proved bound and the back end's word.
    void conclude() {
        if (result_.termination == Termination::infeasible || result_.termination == Termination::unbounded) {
            result_.root_bound.reset();
            result_.certificate = std::monostate{};
            result_.claim = Claim::claimed_by_backend;
            return;
        }
        std::optional<double> proved;
        if (result_.root_bound) proved = whole_bound(problem_, *result_.root_bound);
        result_.bound = proved;
        if (claimed_) {
            double claimed = *claimed_;
            if (result_.objective && side_ * claimed > side_ * *result_.objective) claimed = *result_.objective;
            if (!proved || side_ * claimed > side_ * *proved) result_.bound = claimed;
        }
        if (result_.objective && result_.bound) {
            result_.gap = std::abs(*result_.objective - *result_.bound);
            const double allowed = LinearProgram::tolerance * std::max(1.0, std::abs(*result_.objective));
            if (*result_.gap <= allowed) {
                if (proved && std::abs(*result_.objective - *proved) <= allowed) {  // no word needed
                    result_.bound = proved;
                    result_.gap = std::abs(*result_.objective - *proved);
                }
                end_with(Termination::optimal, Cause::proved);
            } else if (result_.termination == Termination::optimal) {
                end_with(Termination::feasible, Cause::steps);  // within the gap that was asked for
            }
        }
        if (result_.bound && result_.bound != proved) {
            result_.claim = Claim::claimed_by_backend;
        } else if (result_.termination == Termination::optimal) {
            result_.claim = Claim::proved;
        } else if (result_.bound) {
            result_.claim = Claim::bounded;
        } else {
            result_.claim = result_.objective ? Claim::feasible : Claim::estimate;
        }
    }

    const MixedIntegerProgram& problem_;
    const MixedIntegerBackend& backend_;
    const MixedIntegerOptions& options_;
    const Progress& progress_;
    RemainingTime time_;
    double side_;
    std::optional<double> claimed_ = std::nullopt;
    MixedIntegerResult result_ = {};
};

}  // namespace countyplan::detail

namespace countyplan {

COUNTYPLAN_INLINE MixedIntegerResult solve(const MixedIntegerProgram& problem, const MixedIntegerBackend& backend,
                                           const MixedIntegerOptions& options, const Stop& stop,
                                           const Progress& progress) {
    detail::require_legal(problem, backend, options);
    return detail::MixedIntegerSolver(problem, backend, options, stop, progress).run();
}

COUNTYPLAN_INLINE MixedIntegerProgram keep_only(const MixedIntegerProgram& problem, const InfeasibleSubset& subset) {
    MixedIntegerProgram kept = problem;
    constexpr double infinity = LinearProgram::infinity;
    kept.linear.lower.assign(problem.linear.columns(), -infinity);
    kept.linear.upper.assign(problem.linear.columns(), infinity);
    kept.linear.row_lower.assign(problem.linear.rows(), -infinity);
    kept.linear.row_upper.assign(problem.linear.rows(), infinity);
    for (const std::uint32_t i : subset.rows) {
        kept.linear.row_lower[i] = problem.linear.row_lower[i];
        kept.linear.row_upper[i] = problem.linear.row_upper[i];
    }
    for (const std::uint32_t j : subset.columns) {
        kept.linear.lower[j] = problem.linear.lower[j];
        kept.linear.upper[j] = problem.linear.upper[j];
    }
    kept.linear.cost.assign(problem.linear.columns(), 0.0);
    return kept;
}

COUNTYPLAN_INLINE std::optional<InfeasibleSubset> infeasible_subset(const MixedIntegerProgram& problem,
                                                                    const MixedIntegerBackend& backend,
                                                                    const MixedIntegerOptions& options,
                                                                    const Stop& stop) {
    detail::require_legal(problem, backend, options);
    const detail::RemainingTime time(stop);
    InfeasibleSubset subset;
    for (std::uint32_t i = 0; i < problem.linear.rows(); ++i)
        subset.rows.push_back(i);
    for (std::uint32_t j = 0; j < problem.linear.columns(); ++j)
        subset.columns.push_back(j);
    // what shows that these members leave no point; nothing if they may leave one
    const auto shown = [&](const InfeasibleSubset& members) {
        const MixedIntegerProgram kept = keep_only(problem, members);
        std::optional<std::pair<Claim, FarkasRay>> proof;
        const LinearProgramResult relaxed = solve(kept.linear, {}, time.rest(std::nullopt));
        if (const auto* ray = std::get_if<FarkasRay>(&relaxed.certificate)) {
            proof.emplace(Claim::proved, *ray);
        } else if (subset.claim != Claim::proved) {
            const BackendAnswer answer = backend.run(kept, options, time.rest(), {});
            if (answer.termination == Termination::infeasible) proof.emplace(Claim::claimed_by_backend, FarkasRay{});
        }
        return proof;
    };
    const auto keep = [&](InfeasibleSubset members) {
        auto proof = shown(members);
        if (!proof) return false;
        subset = std::move(members);
        subset.claim = proof->first;
        subset.ray = std::move(proof->second);
        return true;
    };
    if (!keep(subset)) return std::nullopt;
    if (subset.claim == Claim::proved) {  // rows without multiplier are not needed
        InfeasibleSubset support = subset;
        std::erase_if(support.rows, [&](std::uint32_t i) { return subset.ray.value[i] == 0.0; });
        keep(std::move(support));
    }
    for (const auto list : {&InfeasibleSubset::rows, &InfeasibleSubset::columns}) {
        for (std::size_t at = 0; at < (subset.*list).size();) {
            if (time.cause()) return subset;
            InfeasibleSubset fewer = subset;
            (fewer.*list).erase((fewer.*list).begin() + static_cast<std::ptrdiff_t>(at));
            if (!keep(std::move(fewer))) ++at;
        }
    }
    subset.irreducible = !time.cause();
    return subset;
}

}  // namespace countyplan
