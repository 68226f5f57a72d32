// A back end of your own in fifty lines: put HiGHS or a commercial solver in the place of this small branch and bound.
#pragma once

#include <chrono>
#include <cmath>
#include <cstddef>
#include <tuple>
#include <utility>
#include <vector>

#include <countyplan/solve/mixed_integer.hpp>

inline countyplan::BackendAnswer branch_and_bound(const countyplan::MixedIntegerProgram& problem,
                                                  const countyplan::MixedIntegerOptions& options,
                                                  const countyplan::Stop& stop, const countyplan::Progress& progress) {
    using namespace countyplan;
    static_cast<void>(options);   // a gap to stop at
    static_cast<void>(progress);  // to be told from time to time
    BackendAnswer answer;
    LinearProgram node = relaxation(problem);
    double best = LinearProgram::infinity;
    std::vector<std::pair<std::vector<double>, std::vector<double>>> open{{node.lower, node.upper}};
    LinearBasis basis;
    const auto start = std::chrono::steady_clock::now();
    while (!open.empty()) {
        const bool late = stop.time_limit && std::chrono::steady_clock::now() - start >= *stop.time_limit;
        const bool spent = stop.step_limit && answer.steps >= *stop.step_limit;
        if (late || spent || stop.token.stop_requested()) {
            answer.cause = late ? Cause::time : spent ? Cause::steps : Cause::cancelled;
            answer.termination = answer.x.empty() ? Termination::unknown : Termination::feasible;
            return answer;
        }
        std::tie(node.lower, node.upper) = std::move(open.back());
        open.pop_back();
        ++answer.steps;
        const LinearProgramResult relaxed = solve_from(node, basis);
        if (relaxed.termination == Termination::unbounded) return {.termination = Termination::unbounded};
        if (!relaxed.objective || *relaxed.objective >= best - 1e-9) continue;
        basis = relaxed.basis;
        std::size_t split = node.columns();
        for (std::size_t j = 0; j < node.columns() && split == node.columns(); ++j) {
            const double x = relaxed.x[j];
            if (problem.is_integer[j] != 0 && std::abs(x - std::nearbyint(x)) > 1e-7) split = j;
        }
        if (split == node.columns()) {
            best = *relaxed.objective;
            answer.x = relaxed.x;
            continue;
        }
        for (const bool up : {true, false}) {
            auto bounds = std::pair(node.lower, node.upper);
            (up ? bounds.first : bounds.second)[split] =
                up ? std::ceil(relaxed.x[split]) : std::floor(relaxed.x[split]);
            open.push_back(std::move(bounds));
        }
    }
    answer.termination = answer.x.empty() ? Termination::infeasible : Termination::optimal;
    return answer;
}
