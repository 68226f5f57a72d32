// The solver's half of sparse_assignment: checks what comes in and chooses a number type.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <type_traits>
#include <utility>

#include <countyplan/error.hpp>
#include <countyplan/separate.hpp>
#include <countyplan/solve/impl/sparse_assignment_solver.hpp>
#include <countyplan/solve/impl/stretches.hpp>
#include <countyplan/solve/messages.hpp>
#include <countyplan/solve/proof/int128.hpp>
#include <countyplan/solve/proof/refusal.hpp>
#include <countyplan/solve/sparse_assignment.hpp>
#include <countyplan/solve/watch.hpp>

namespace countyplan::detail {

/// Takes all costs into `costs`; whether the problem certainly is as its struct describes it, as far as was looked
/// before a stop.
template <class Cost>
bool survey_pairs(const BasicSparseAssignmentProblem<Cost>& problem, Watch& watch, SparseRange& costs) {
    using Problem = BasicSparseAssignmentProblem<Cost>;
    Cost least = 0, most = 0;
    std::size_t last = 0;
    (void)in_stretches(problem.column.size(), 1, watch, [&](std::size_t begin, std::size_t end) {
        for (std::size_t entry = begin; entry < end; ++entry) {
            least = std::min(least, problem.cost[entry]);
            most = std::max(most, problem.cost[entry]);
        }
        for (std::size_t entry = begin; entry < end; ++entry)
            last = std::max<std::size_t>(last, problem.column[entry]);
    });
    costs.least = std::min<std::int64_t>(costs.least, least);
    costs.greatest = std::max<std::int64_t>(costs.greatest, most);
    if (costs.least < Problem::min_cost || costs.greatest > Problem::max_cost) return false;
    const int128 size = std::max(int128{costs.greatest}, -int128{costs.least});
    return (last < problem.columns || problem.column.empty()) &&
           size * static_cast<std::int64_t>(problem.rows + problem.columns) < std::int64_t{1} << 60;
}

/// Solves with 32-bit prices, which suffice as a rule, or else with 64-bit ones; `how` is a method or a start.
template <class Cost, class How>
SparseAssignmentResult solve_sparse(const BasicSparseAssignmentProblem<Cost>& problem, const How& how, const Stop& stop,
                                    const Progress& progress) {
    Watch watch(stop, progress);
    const auto refuse = [](Verdict verdict) {
        if (!verdict.accepted) throw InvalidProblem(std::move(verdict.why), std::move(verdict.place));
    };
    refuse(examine_sparse_shape(problem));
    SparseRange costs;
    costs.take(problem.unmatched_row);
    costs.take(problem.unmatched_column);
    if (!survey_pairs(problem, watch, costs)) refuse(examine(problem));
    constexpr std::int64_t narrow = std::int64_t{1} << 26;
    if (costs.least >= -narrow && costs.greatest <= narrow) {
        if (auto answer = SparseSolver<std::int32_t, Cost>(problem, costs, watch).run(how)) return *std::move(answer);
    }
    if (auto answer = SparseSolver<std::int64_t, Cost>(problem, costs, watch).run(how)) return *std::move(answer);
    if constexpr (std::is_same_v<How, SparseAssignmentStart>) {  // the start's prices were far from any honest ones
        return solve_sparse(problem, SparseAssignmentMethod::automatic, stop, progress);
    } else {
        throw InvalidProblem({message::solve_too_large, {"(rows + columns) * cost"}}, "cost");
    }
}

template <class Cost>
SparseAssignmentResult solve_sparse_from(const BasicSparseAssignmentProblem<Cost>& problem,
                                         const SparseAssignmentStart& start, const Stop& stop,
                                         const Progress& progress) {
    const auto need = [](std::size_t found, std::size_t needed, const char* field) {
        if (found == 0) return;
        if (Verdict verdict = check_length(found, needed, field); !verdict.accepted) {
            throw InvalidProblem(std::move(verdict.why), std::move(verdict.place));
        }
    };
    need(start.column_of.size(), problem.rows, "start.column_of");
    need(start.column_price.size(), problem.columns, "start.column_price");
    return solve_sparse(problem, start, stop, progress);
}

}  // namespace countyplan::detail

namespace countyplan {

COUNTYPLAN_INLINE SparseAssignmentResult solve(const SparseAssignmentProblem& problem,
                                               const SparseAssignmentOptions& options, const Stop& stop,
                                               const Progress& progress) {
    return detail::solve_sparse(problem, options.method, stop, progress);
}

COUNTYPLAN_INLINE SparseAssignmentResult solve(const SparseAssignmentProblem32& problem,
                                               const SparseAssignmentOptions& options, const Stop& stop,
                                               const Progress& progress) {
    return detail::solve_sparse(problem, options.method, stop, progress);
}

COUNTYPLAN_INLINE SparseAssignmentResult solve_from(const SparseAssignmentProblem& problem,
                                                    const SparseAssignmentStart& start, const Stop& stop,
                                                    const Progress& progress) {
    return detail::solve_sparse_from(problem, start, stop, progress);
}

COUNTYPLAN_INLINE SparseAssignmentResult solve_from(const SparseAssignmentProblem32& problem,
                                                    const SparseAssignmentStart& start, const Stop& stop,
                                                    const Progress& progress) {
    return detail::solve_sparse_from(problem, start, stop, progress);
}

}  // namespace countyplan
