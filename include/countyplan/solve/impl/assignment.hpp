// The solver's half of assignment: chooses the orientation and the numbers, writes the proof.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <countyplan/error.hpp>
#include <countyplan/separate.hpp>
#include <countyplan/solve/assignment.hpp>
#include <countyplan/solve/impl/assignment_call.hpp>
#include <countyplan/solve/impl/assignment_change.hpp>
#include <countyplan/solve/impl/assignment_run.hpp>
#include <countyplan/solve/impl/vector_level.hpp>
#include <countyplan/solve/messages.hpp>
#include <countyplan/solve/proof/refusal.hpp>
#include <countyplan/solve/watch.hpp>

namespace countyplan::detail {

/// A copy of a table, turned so that it is not taller than wide if `turned`, its costs less `offset`; null if
/// stopped. Its memory is first touched where the watch is looked at.
template <class To, class From>
std::unique_ptr<To[]> copied(const AssignmentTable<From>& table, bool turned, std::int64_t offset, Watch& watch) {
    constexpr std::size_t tile = 64;
    auto copy = std::make_unique_for_overwrite<To[]>(table.rows * table.columns);
    const auto convert = [offset](From cost) {
        if (cost == std::numeric_limits<From>::max()) return std::numeric_limits<To>::max();
        return static_cast<To>(cost - offset);
    };
    for (std::size_t from = 0; from < table.rows; from += tile) {
        const std::size_t to = std::min(from + tile, table.rows);
        for (std::size_t first = 0; first < table.columns; first += tile) {
            const std::size_t last = std::min(first + tile, table.columns);
            for (std::size_t i = from; i < to; ++i) {
                const From* row = table.row(i);
                for (std::size_t j = first; j < last; ++j)
                    copy[turned ? j * table.rows + i : i * table.columns + j] = convert(row[j]);
            }
            if (watch.spend(static_cast<std::int64_t>(tile * tile / 2))) return nullptr;
        }
    }
    return copy;
}

template <class Cost>
class DenseAssignment {
  public:
    DenseAssignment(const BasicAssignmentProblem<Cost>& problem, const AssignmentOptions& options, VectorLevel level,
                    Watch& watch)
        : problem_(problem), options_(options), level_(level), watch_(watch), turned_(problem.rows > problem.columns) {}

    AssignmentResult run() {
        const AssignmentTable<Cost> given{problem_.cost.data(), problem_.rows, problem_.columns};
        if (problem_.rows == 0 || problem_.columns == 0) return nobody();
        if (options_.start != AssignmentStart{} && problem_.rows != problem_.columns) {
            if constexpr (sizeof(Cost) == sizeof(std::int64_t)) {
                const auto range = range_of(given);
                if (!range) return result({});
                check_range(*range);
            }
            auto warm = solve_from(problem_, options_.start, level_, watch_);
            if (warm) return *std::move(warm);
        }
        if constexpr (sizeof(Cost) == sizeof(std::int64_t)) {
            const auto range = range_of(given);
            if (!range) return result({});
            check_range(*range);
            const bool any = range->first <= range->second;
            const std::int64_t width = any ? range->second - range->first : 0;
            if (width > 2 * std::int64_t{PriceRange<std::int32_t>::most_cost}) {
                return result(turned_ ? solve_copy<Cost>(given) : solve_table(given));
            }
            offset_ = any ? range->first + width / 2 : 0;
            return result(solve_copy<std::int32_t>(given));
        } else {
            return result(turned_ ? solve_copy<Cost>(given) : solve_table(given));
        }
    }

  private:
    std::optional<std::pair<Cost, Cost>> range_of(const AssignmentTable<Cost>& table) const {
        constexpr std::size_t part = std::size_t{1} << 16;  // columns between two looks at the watch
        const auto kernel = AssignmentKernels<Cost, std::int64_t>::at(level_);
        std::pair<Cost, Cost> range{std::numeric_limits<Cost>::max(), std::numeric_limits<Cost>::min()};
        for (std::size_t i = 0; i < table.rows; ++i) {
            for (std::size_t from = 0; from < table.columns; from += part) {
                const std::size_t columns = std::min(part, table.columns - from);
                kernel.fold_range(table.row(i) + from, columns, range);
                if (watch_.spend(static_cast<std::int64_t>(columns / 4 + 8))) return std::nullopt;
            }
        }
        return range;
    }

    template <class To>
    TableAnswer solve_copy(const AssignmentTable<Cost>& given) {
        const auto copy = copied<To>(given, turned_, offset_, watch_);
        if (!copy) return {};
        AssignmentTable<To> table{copy.get(), given.rows, given.columns};
        if (turned_) std::swap(table.rows, table.columns);
        return solve_table(table);
    }

    template <class C>
    TableAnswer solve_table(const AssignmentTable<C>& table) {
        const AssignmentStart none;
        const AssignmentStart& start = problem_.rows == problem_.columns ? options_.start : none;
        if constexpr (sizeof(C) == sizeof(std::int32_t)) {
            auto answer = AssignmentRun<C, std::int32_t>(table, options_.method, start, level_, watch_).run();
            if (answer.end != SearchEnd::out_of_range) return answer;
        }
        return AssignmentRun<C, std::int64_t>(table, options_.method, start, level_, watch_).run();
    }

    void check_range(const std::pair<Cost, Cost>& range) const {
        using Problem = BasicAssignmentProblem<Cost>;
        if (range.first > range.second) return;
        if (range.first >= Problem::min_cost && range.second <= Problem::max_cost) return;
        const Verdict verdict = examine(problem_);
        throw InvalidProblem(verdict.why, verdict.place);
    }

    AssignmentResult nobody() const {
        AssignmentResult result;
        result.termination = Termination::optimal;
        result.cause = Cause::proved;
        result.claim = Claim::proved;
        result.column_of.assign(problem_.rows, AssignmentResult::unmatched);
        result.certificate = AssignmentPrices{std::vector<std::int64_t>(problem_.rows, 0),
                                              std::vector<std::int64_t>(problem_.columns, 0)};
        return result;
    }

    AssignmentResult result(TableAnswer answer) const {
        AssignmentResult result;
        result.steps = answer.steps;
        if (answer.end == SearchEnd::short_of) {
            result.termination = Termination::infeasible;
            result.cause = Cause::proved;
            result.claim = Claim::proved;
            std::sort(answer.shortage.begin(), answer.shortage.end());
            HallShortage shortage;
            (turned_ ? shortage.columns : shortage.rows) = std::move(answer.shortage);
            result.certificate = std::move(shortage);
            return result;
        }
        const bool ended = answer.end == SearchEnd::done;
        const bool priced = !answer.row_price.empty();
        result.cause = ended ? Cause::proved : watch_.cause();
        if (!answer.column_of.empty()) {
            result.termination = ended ? Termination::optimal : Termination::feasible;
            result.claim = ended ? Claim::proved : priced ? Claim::bounded : Claim::feasible;
            place(answer.column_of, result);
        }
        if (priced) {
            for (std::int64_t& price : answer.row_price) {
                price += offset_;
                result.bound += price;
            }
            for (const std::int64_t price : answer.column_price)
                result.bound += price;
            if (turned_) std::swap(answer.row_price, answer.column_price);
            result.certificate = AssignmentPrices{std::move(answer.row_price), std::move(answer.column_price)};
        }
        return result;
    }

    /// Writes the pairs in the problem's own orientation, and what they cost.
    void place(const std::vector<std::uint32_t>& column_of, AssignmentResult& result) const {
        result.column_of.assign(problem_.rows, AssignmentResult::unmatched);
        for (std::size_t i = 0; i < column_of.size(); ++i) {
            const std::size_t row = turned_ ? column_of[i] : i;
            const std::size_t column = turned_ ? i : column_of[i];
            result.column_of[row] = static_cast<std::uint32_t>(column);
            result.objective += problem_.cost[row * problem_.columns + column];
        }
    }

    const BasicAssignmentProblem<Cost>& problem_;
    const AssignmentOptions& options_;
    const VectorLevel level_;
    Watch& watch_;
    const bool turned_;        ///< rows outnumber columns, so the table is worked on by columns
    std::int64_t offset_ = 0;  ///< added to the costs of the copy gives the problem's
};

template <class Cost>
AssignmentResult solve_dense(const BasicAssignmentProblem<Cost>& problem, const AssignmentOptions& options,
                             const Stop& stop, const Progress& progress, VectorLevel level) {
    if (const Verdict verdict = examine_shape(problem); !verdict.accepted) {
        throw InvalidProblem(verdict.why, verdict.place);
    }
    check_start(problem, options.start);
    Watch watch(stop, progress);
    return DenseAssignment<Cost>(problem, options, level, watch).run();
}

template <class Cost>
AssignmentResult repair_dense(const BasicAssignmentProblem<Cost>& problem, AssignmentResult& previous,
                              const AssignmentChange& change, const Stop& stop, const Progress& progress,
                              VectorLevel level) {
    if (const Verdict verdict = examine_shape(problem); !verdict.accepted) {
        throw InvalidProblem(verdict.why, verdict.place);
    }
    Watch watch(stop, progress);
    auto result = repaired(problem, previous, change, level, watch);
    if (result) return *std::move(result);
    const AssignmentOptions anew;
    return DenseAssignment<Cost>(problem, anew, level, watch).run();
}

}  // namespace countyplan::detail

namespace countyplan {

COUNTYPLAN_INLINE AssignmentProblem assignment_from_doubles(std::span<const double> cost, std::size_t rows,
                                                            std::size_t columns, double scale) {
    const auto refuse = [](std::string what, const char* least, const char* most, std::string place) {
        throw InvalidProblem({message::solve_out_of_range, {std::move(what), least, most}}, std::move(place));
    };
    if (!(scale > 0) || std::isinf(scale)) refuse("scale", "above 0", "finite", "scale");
    std::size_t cells = 0;
    if (__builtin_mul_overflow(rows, columns, &cells)) {
        throw InvalidProblem({message::solve_too_large, {"rows * columns"}}, "rows");
    }
    if (const Verdict v = detail::check_length(cost.size(), cells, "cost"); !v.accepted) {
        throw InvalidProblem(v.why, v.place);
    }
    AssignmentProblem problem{rows, columns, {}};
    problem.cost.reserve(cells);
    for (std::size_t cell = 0; cell < cells; ++cell) {
        if (cost[cell] == std::numeric_limits<double>::infinity()) {
            problem.cost.push_back(AssignmentProblem::no_pair);
            continue;
        }
        const double scaled = std::round(cost[cell] * scale);
        constexpr auto most = static_cast<double>(AssignmentProblem::max_cost);
        if (!(scaled >= -most && scaled <= most)) {
            refuse("cost * scale", "-2^40", "2^40", detail::indexed("cost", cell));
        }
        problem.cost.push_back(static_cast<std::int64_t>(scaled));
    }
    return problem;
}

COUNTYPLAN_INLINE AssignmentResult solve(const AssignmentProblem& problem, const AssignmentOptions& options,
                                         const Stop& stop, const Progress& progress) {
    return detail::solve_dense(problem, options, stop, progress, detail::best_vector_level());
}
COUNTYPLAN_INLINE AssignmentResult solve(const AssignmentProblem32& problem, const AssignmentOptions& options,
                                         const Stop& stop, const Progress& progress) {
    return detail::solve_dense(problem, options, stop, progress, detail::best_vector_level());
}

COUNTYPLAN_INLINE AssignmentResult repair(const AssignmentProblem& problem, AssignmentResult previous,
                                          const AssignmentChange& change, const Stop& stop, const Progress& progress) {
    return detail::repair_dense(problem, previous, change, stop, progress, detail::best_vector_level());
}
COUNTYPLAN_INLINE AssignmentResult repair(const AssignmentProblem32& problem, AssignmentResult previous,
                                          const AssignmentChange& change, const Stop& stop, const Progress& progress) {
    return detail::repair_dense(problem, previous, change, stop, progress, detail::best_vector_level());
}

}  // namespace countyplan
