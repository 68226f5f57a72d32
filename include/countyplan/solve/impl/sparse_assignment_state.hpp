// Repair of a sparse assignment after edits, and what is known then.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <variant>
#include <vector>

#include <countyplan/error.hpp>
#include <countyplan/separate.hpp>
#include <countyplan/solve/impl/sparse_assignment_edit.hpp>
#include <countyplan/solve/messages.hpp>
#include <countyplan/solve/sparse_assignment_state.hpp>
#include <countyplan/solve/watch.hpp>

namespace countyplan {

COUNTYPLAN_INLINE SparseAssignmentState::SparseAssignmentState(const SparseAssignmentProblem& problem,
                                                               const SparseAssignmentOptions& options, const Stop& stop,
                                                               const Progress& progress) {
    build(problem, solve(problem, options, stop, progress));
}

COUNTYPLAN_INLINE SparseAssignmentState::SparseAssignmentState(const SparseAssignmentProblem32& problem,
                                                               const SparseAssignmentOptions& options, const Stop& stop,
                                                               const Progress& progress) {
    build(problem, solve(problem, options, stop, progress));
}

template <class Cost>
void SparseAssignmentState::build(const BasicSparseAssignmentProblem<Cost>& problem,
                                  const SparseAssignmentResult& solved) {
    const detail::UnmatchedPrices<Cost> row_price{
        problem.unmatched_row.empty() ? nullptr : problem.unmatched_row.data(), problem.unmatched_row.size() > 1};
    const Cost none = 0;
    const detail::UnmatchedPrices<Cost> column_price{
        problem.unmatched_column.empty() ? &none : problem.unmatched_column.data(),
        problem.unmatched_column.size() > 1};
    const auto note = [&](std::int64_t number) {
        if (number != detail::out_of_reach<std::int64_t>) largest_ = std::max(largest_, number < 0 ? -number : number);
    };
    std::vector<std::size_t> degree(problem.columns, 0);
    for (const std::uint32_t column : problem.column)
        ++degree[column];
    for (std::size_t column = 0; column < problem.columns; ++column) {
        columns_.add_member(degree[column]);
        column_limit_.push_back(column_price.template limit<std::int64_t>(column));
        note(column_limit_.back());
    }
    std::vector<std::uint32_t> listed_by(problem.columns, detail::no_partner);  // the last row that has listed it
    std::vector<std::size_t> listed_at(problem.columns, 0);
    for (std::uint32_t row = 0; row < problem.rows; ++row) {
        rows_.add_member(problem.first[row + 1] - problem.first[row]);
        row_limit_.push_back(row_price.template limit<std::int64_t>(row));
        note(row_limit_.back());
        for (std::size_t entry = problem.first[row]; entry < problem.first[row + 1]; ++entry) {
            const std::uint32_t column = problem.column[entry];
            const std::int64_t cost = problem.cost[entry];
            note(cost);
            if (listed_by[column] == row) {
                const std::size_t there = listed_at[column];
                if (cost >= rows_.cost(there)) continue;
                rows_.set_cost(there, cost);
                columns_.set_cost(columns_.find(column, row), cost);
            } else {
                listed_by[column] = row;
                listed_at[column] = rows_.end(row);
                rows_.add(row, column, cost);
                columns_.add(column, row, cost);
            }
        }
    }
    steps_ = solved.steps;
    row_.mate.assign(problem.rows, detail::no_partner);
    column_.mate.assign(problem.columns, detail::no_partner);
    row_.price.assign(problem.rows, 0);
    column_.price.assign(problem.columns, 0);
    if (const auto* prices = std::get_if<SparseAssignmentPrices>(&solved.certificate)) {
        row_.price = prices->row;
        column_.price = prices->column;
    } else {
        for (std::size_t column = 0; column < problem.columns; ++column)
            column_.price[column] = std::min<std::int64_t>(0, column_limit_[column]);
        for (std::size_t row = 0; row < problem.rows; ++row) {
            std::int64_t best = row_limit_[row];
            for (std::size_t entry = rows_.begin(row); entry < rows_.end(row); ++entry)
                best = std::min(best, rows_.cost(entry) - column_.price[rows_.other(entry)]);
            row_.price[row] = best == detail::out_of_reach<std::int64_t> ? 0 : best;
        }
    }
    for (std::uint32_t row = 0; row < problem.rows; ++row) {
        price_sum_ += row_.price[row];
        const std::uint32_t column = solved.column_of.empty() ? detail::no_partner : solved.column_of[row];
        if (column != detail::no_partner) {
            const std::size_t entry = rows_.find(row, column);
            if (rows_.cost(entry) == row_.price[row] + column_.price[column]) {
                row_.mate[row] = column;
                column_.mate[column] = row;
                continue;
            }
        }
        if (row_.price[row] < row_limit_[row]) free_rows_.push_back(row);
    }
    for (std::uint32_t column = 0; column < problem.columns; ++column) {
        price_sum_ += column_.price[column];
        if (column_.mate[column] == detail::no_partner && column_.price[column] < column_limit_[column]) {
            free_columns_.push_back(column);
        }
    }
    termination_ = solved.termination == Termination::feasible ? Termination::unknown : solved.termination;
    cause_ = solved.cause;
    if (const auto* shortage = std::get_if<SparseAssignmentShortage>(&solved.certificate)) shortage_ = *shortage;
}

/// Searches from one side's free members; false, and why in `end`, if one is left.
COUNTYPLAN_INLINE bool SparseAssignmentState::augment(bool row, Termination& end, detail::Watch& watch) {
    auto& roots = row ? free_rows_ : free_columns_;
    auto& own = row ? row_ : column_;
    auto& other = row ? column_ : row_;
    auto& search = row ? row_search_ : column_search_;
    const auto& limits = row ? row_limit_ : column_limit_;
    const auto limit = [&](std::uint32_t i) { return limits[i]; };
    const std::int64_t already = row_search_.visits() + column_search_.visits();
    const std::int64_t before = steps_;
    while (!roots.empty()) {
        const std::uint32_t root = roots.back();
        if (own.mate[root] != detail::no_partner || own.price[root] == limits[root]) {
            roots.pop_back();
            continue;
        }
        end = Termination::unknown;
        if (watch.exhausted(steps_)) return false;
        const auto found = search.augment(root, row ? rows_ : columns_, limit, own, other, watch);
        steps_ = before + row_search_.visits() + column_search_.visits() - already;
        switch (found) {
            case detail::SparseSearchEnd::augmented:
                price_sum_ += search.gain();
                roots.pop_back();
                break;
            case detail::SparseSearchEnd::shortage: {
                auto& members = row ? shortage_.rows : shortage_.columns;
                members = {root};
                for (const std::uint32_t object : search.reached())
                    members.push_back(other.mate[object]);
                std::sort(members.begin(), members.end());
                end = Termination::infeasible;
                return false;
            }
            case detail::SparseSearchEnd::overflow:
                throw InvalidProblem({message::solve_too_large, {"(rows + columns) * cost"}}, "cost");
            case detail::SparseSearchEnd::stopped:
                return false;
        }
    }
    return true;
}

COUNTYPLAN_INLINE Termination SparseAssignmentState::repair(const Stop& stop, const Progress& progress) {
    if (termination_ == Termination::infeasible) return termination_;
    detail::Watch watch(stop, progress);
    shortage_ = {};
    steps_ = 0;
    Termination end = Termination::optimal;
    if (augment(true, end, watch) && augment(false, end, watch)) end = Termination::optimal;
    termination_ = end;
    cause_ = end == Termination::unknown ? watch.cause() : Cause::proved;
    return termination_;
}

COUNTYPLAN_INLINE Int128 SparseAssignmentState::objective() const {
    COUNTYPLAN_EXPECT(termination_ == Termination::optimal, "there is a total only while optimal");
    return price_sum_;
}

COUNTYPLAN_INLINE std::uint32_t SparseAssignmentState::column_of(std::uint32_t row) const {
    COUNTYPLAN_EXPECT(row < rows(), "no such row");
    return row_.mate[row];
}

COUNTYPLAN_INLINE SparseAssignmentProblem SparseAssignmentState::problem() const {
    Problem problem;
    problem.rows = rows();
    problem.columns = columns();
    problem.first.assign(1, 0);
    for (std::size_t row = 0; row < rows(); ++row) {
        for (std::size_t entry = rows_.begin(row); entry < rows_.end(row); ++entry) {
            problem.column.push_back(rows_.other(entry));
            problem.cost.push_back(rows_.cost(entry));
        }
        problem.first.push_back(problem.column.size());
    }
    problem.unmatched_row = row_limit_;  // `out_of_reach` is `must_match`
    problem.unmatched_column = column_limit_;
    return problem;
}

COUNTYPLAN_INLINE SparseAssignmentResult SparseAssignmentState::result() const {
    static_assert(detail::out_of_reach<std::int64_t> == Problem::must_match);
    SparseAssignmentResult result;
    result.steps = steps_;
    if (termination_ == Termination::infeasible) {
        result.termination = Termination::infeasible;
        result.cause = Cause::proved;
        result.claim = Claim::proved;
        result.certificate = shortage_;
        return result;
    }
    result.bound = price_sum_;
    result.certificate = SparseAssignmentPrices{row_.price, column_.price};
    const bool optimal = termination_ == Termination::optimal;
    Int128 total;
    bool complete = true;
    if (optimal) {
        total = price_sum_;
    } else {
        for (std::uint32_t row = 0; row < rows() && complete; ++row) {
            const std::uint32_t column = row_.mate[row];
            const bool matched = column != detail::no_partner;
            complete = matched || row_limit_[row] != detail::out_of_reach<std::int64_t>;
            if (complete) total += matched ? rows_.cost(rows_.find(row, column)) : row_limit_[row];
        }
        for (std::size_t column = 0; column < columns() && complete; ++column) {
            if (column_.mate[column] != detail::no_partner) continue;
            complete = column_limit_[column] != detail::out_of_reach<std::int64_t>;
            if (complete) total += column_limit_[column];
        }
    }
    if (complete) {
        result.objective = total;
        result.column_of = row_.mate;
    }
    result.termination = optimal ? Termination::optimal : complete ? Termination::feasible : Termination::unknown;
    result.cause = optimal ? Cause::proved : cause_ == Cause::proved ? Cause::cancelled : cause_;
    result.claim = optimal ? Claim::proved : Claim::bounded;
    return result;
}

}  // namespace countyplan
