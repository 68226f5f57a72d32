// Edits of a dense assignment, its repair after them, and what is known then.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <variant>
#include <vector>

#include <countyplan/error.hpp>
#include <countyplan/scalar/number.hpp>
#include <countyplan/separate.hpp>
#include <countyplan/solve/assignment_state.hpp>
#include <countyplan/solve/impl/assignment_change.hpp>
#include <countyplan/solve/impl/vector_level.hpp>
#include <countyplan/solve/messages.hpp>
#include <countyplan/solve/proof/refusal.hpp>
#include <countyplan/solve/watch.hpp>

namespace countyplan {

COUNTYPLAN_INLINE AssignmentState::AssignmentState(const AssignmentProblem& problem, const AssignmentOptions& options,
                                                   const Stop& stop, const Progress& progress)
    : repair_({}, problem.columns + 16, detail::best_vector_level()) {
    build(problem, solve(problem, options, stop, progress));
}

COUNTYPLAN_INLINE AssignmentState::AssignmentState(const AssignmentProblem32& problem, const AssignmentOptions& options,
                                                   const Stop& stop, const Progress& progress)
    : repair_({}, problem.columns + 16, detail::best_vector_level()) {
    build(problem, solve(problem, options, stop, progress));
}

template <class Cost>
void AssignmentState::build(const BasicAssignmentProblem<Cost>& problem, AssignmentResult solved) {
    repair_.keeps_lists = true;
    make_room(problem.rows, problem.columns);
    resize(problem.rows, problem.columns);
    for (std::size_t row = 0; row < rows_; ++row) {
        const Cost* from = problem.cost.data() + row * columns_;
        std::transform(from, from + columns_, at(row), [](Cost cost) {
            return cost == BasicAssignmentProblem<Cost>::no_pair ? Problem::no_pair : std::int64_t{cost};
        });
    }
    take(std::move(solved));
    for (std::size_t row = 0; row < rows_ && is_priced_; ++row)
        repair_.lists.look(row, at(row), repair_.column_price);
}

/// Goes on from a whole solve.
COUNTYPLAN_INLINE void AssignmentState::take(AssignmentResult solved) {
    last_ = std::move(solved);
    termination_ = last_.termination == Termination::feasible ? Termination::unknown : last_.termination;
    cause_ = last_.cause;
    const auto* prices = std::get_if<AssignmentPrices>(&last_.certificate);
    is_priced_ = last_.termination == Termination::optimal && prices != nullptr;
    if (!is_priced_) return;
    for (std::size_t row = 0; row < rows_; ++row)
        repair_.lists.forget(row);
    repair_.row_price = prices->row;
    repair_.column_price = prices->column;
    repair_.column_of = std::move(last_.column_of);
    repair_.steps = last_.steps;
    repair_.level_signs();
    last_ = {};
}

/// O(rows * columns) where there is too little.
COUNTYPLAN_INLINE void AssignmentState::make_room(std::size_t rows, std::size_t columns) {
    constexpr std::size_t least = 16;
    const auto wider = [](std::size_t length) { return length + length / 16 + least; };
    const std::size_t stride = columns > stride_ ? wider(columns) : stride_;
    const std::size_t room = stride_ == 0 || rows > cost_.size() / stride_ ? wider(rows) : cost_.size() / stride_;
    if (stride == stride_ && room * stride == cost_.size()) return;
    std::vector<std::int64_t> cost(room * stride);
    for (std::size_t row = 0; row < rows_; ++row)
        std::copy_n(at(row), columns_, cost.data() + row * stride);
    cost_ = std::move(cost);
    stride_ = stride;
    repair_.table = sight();
}

COUNTYPLAN_INLINE void AssignmentState::resize(std::size_t rows, std::size_t columns) {
    rows_ = rows;
    columns_ = columns;
    repair_.table = sight();
    repair_.lists.resize(rows);
}

COUNTYPLAN_INLINE void AssignmentState::check_row(std::uint32_t row) const {
    if (row >= rows_) throw InvalidProblem({message::proof_no_such_item, {to_text(row), to_text(rows_)}}, "row");
}
COUNTYPLAN_INLINE void AssignmentState::check_column(std::uint32_t column) const {
    if (column >= columns_)
        throw InvalidProblem({message::proof_no_such_item, {to_text(column), to_text(columns_)}}, "column");
}
COUNTYPLAN_INLINE void AssignmentState::check_costs(std::span<const std::int64_t> costs, std::size_t length) const {
    if (const Verdict v = detail::check_length(costs.size(), length, "cost"); !v.accepted)
        throw InvalidProblem(v.why, v.place);
    for (std::size_t k = 0; k < length; ++k) {
        if (costs[k] == Problem::no_pair || (costs[k] >= Problem::min_cost && costs[k] <= Problem::max_cost)) continue;
        throw InvalidProblem(
            {message::solve_out_of_range, {to_text(costs[k]), to_text(Problem::min_cost), to_text(Problem::max_cost)}},
            detail::indexed("cost", k));
    }
}
COUNTYPLAN_INLINE void AssignmentState::check_sides(std::size_t rows, std::size_t columns) const {
    constexpr std::size_t longest = AssignmentResult::unmatched - 2;  // the spare has a number too
    if (std::min(rows, columns) > Problem::max_side || std::max(rows, columns) > longest)
        throw InvalidProblem({message::solve_too_large, {"rows * columns"}}, "rows");
}

COUNTYPLAN_INLINE std::int64_t AssignmentState::cost(std::uint32_t row, std::uint32_t column) const {
    COUNTYPLAN_EXPECT(row < rows_ && column < columns_, "no such pair");
    return cost_[row * stride_ + column];
}

COUNTYPLAN_INLINE void AssignmentState::begin_edit() {
    repair_.table = sight();  // of a copy still the original's
    termination_ = Termination::unknown;
    cause_ = Cause::cancelled;
    last_ = {};
}

/// The row's prices and list are made anew from its costs.
COUNTYPLAN_INLINE void AssignmentState::free_row(std::uint32_t row) {
    repair_.column_of[row] = repair_.none;
    repair_.row_price[row] = repair_.row_limit(row);
}
COUNTYPLAN_INLINE void AssignmentState::free_column(std::uint32_t column) {
    const auto holder = std::find(repair_.column_of.begin(), repair_.column_of.end(), column);
    if (holder != repair_.column_of.end()) *holder = repair_.none;
}
/// A column's price is made anew, and every row told what it costs.
COUNTYPLAN_INLINE void AssignmentState::price_column(std::uint32_t column) {
    const std::int64_t price = repair_.column_price[column] = repair_.column_limit(column);
    for (std::size_t row = 0; row < rows_; ++row) {
        const std::int64_t cost = at(row)[column];
        repair_.lists.tell(row, column, cost == Problem::no_pair ? repair_.lists.all_listed : cost - price);
    }
}

COUNTYPLAN_INLINE void AssignmentState::set_cost(std::uint32_t row, std::uint32_t column, std::int64_t cost) {
    check_row(row);
    check_column(column);
    check_costs({&cost, 1}, 1);
    at(row)[column] = cost;
    begin_edit();
    if (!is_priced_) return;
    const bool allowed = cost != Problem::no_pair;
    const std::int64_t reduced = allowed ? cost - repair_.column_price[column] : repair_.lists.all_listed;
    repair_.lists.tell(row, column, reduced);
    if (repair_.column_of[row] == column || reduced < repair_.row_price[row]) free_row(row);
}

COUNTYPLAN_INLINE void AssignmentState::set_row(std::uint32_t row, std::span<const std::int64_t> costs) {
    check_row(row);
    check_costs(costs, columns_);
    std::copy(costs.begin(), costs.end(), at(row));
    begin_edit();
    if (is_priced_) free_row(row);
}

COUNTYPLAN_INLINE void AssignmentState::set_column(std::uint32_t column, std::span<const std::int64_t> costs) {
    check_column(column);
    check_costs(costs, rows_);
    for (std::size_t row = 0; row < rows_; ++row)
        at(row)[column] = costs[row];
    begin_edit();
    if (!is_priced_) return;
    free_column(column);
    price_column(column);
}

COUNTYPLAN_INLINE std::uint32_t AssignmentState::add_row(std::span<const std::int64_t> costs) {
    check_costs(costs, columns_);
    check_sides(rows_ + 1, columns_);
    make_room(rows_ + 1, columns_);
    const auto row = static_cast<std::uint32_t>(rows_);
    resize(rows_ + 1, columns_);
    std::copy(costs.begin(), costs.end(), at(row));
    begin_edit();
    if (!is_priced_) return row;
    repair_.level_signs();
    repair_.column_of.push_back(repair_.none);
    repair_.row_price.push_back(0);
    free_row(row);
    return row;
}

COUNTYPLAN_INLINE std::uint32_t AssignmentState::add_column(std::span<const std::int64_t> costs) {
    check_costs(costs, rows_);
    check_sides(rows_, columns_ + 1);
    make_room(rows_, columns_ + 1);
    const auto column = static_cast<std::uint32_t>(columns_);
    resize(rows_, columns_ + 1);
    for (std::size_t row = 0; row < rows_; ++row)
        at(row)[column] = costs[row];
    begin_edit();
    if (!is_priced_) return column;
    repair_.level_signs();
    repair_.column_price.push_back(0);
    price_column(column);
    return column;
}

COUNTYPLAN_INLINE void AssignmentState::remove_row(std::uint32_t row) {
    check_row(row);
    const std::size_t last = rows_ - 1;
    if (row != last) std::copy_n(at(last), columns_, at(row));
    begin_edit();
    repair_.lists.remove_row(row);
    resize(last, columns_);
    if (!is_priced_) return;
    repair_.column_of[row] = repair_.column_of[last];
    repair_.row_price[row] = repair_.row_price[last];
    repair_.column_of.pop_back();
    repair_.row_price.pop_back();
    repair_.level_signs();
}

COUNTYPLAN_INLINE void AssignmentState::remove_column(std::uint32_t column) {
    check_column(column);
    const auto last = static_cast<std::uint32_t>(columns_ - 1);
    for (std::size_t row = 0; row < rows_; ++row)
        at(row)[column] = at(row)[last];
    begin_edit();
    resize(rows_, last);
    if (!is_priced_) return;
    free_column(column);
    const auto holder = std::find(repair_.column_of.begin(), repair_.column_of.end(), last);
    if (holder != repair_.column_of.end()) *holder = column;
    repair_.column_price[column] = repair_.column_price[last];
    repair_.column_price.pop_back();
    repair_.lists.rename_column(column, last);
    repair_.level_signs();
}

COUNTYPLAN_INLINE Termination AssignmentState::repair(const Stop& stop, const Progress& progress) {
    if (termination_ == Termination::optimal || termination_ == Termination::infeasible) return termination_;
    using Repair = detail::AssignmentRepair<std::int64_t>;
    if (is_priced_ && rows_ > 0 && columns_ > 0) {
        detail::Watch watch(stop, progress);
        repair_.table = sight();
        repair_.steps = 0;
        auto end = Repair::End::hopeless;
        if (repair_.prepare()) end = repair_.complete(watch);
        std::replace(repair_.column_of.begin(), repair_.column_of.end(), Repair::spare, Repair::none);
        if (end == Repair::End::done) {
            termination_ = Termination::optimal;
            cause_ = Cause::proved;
            return termination_;
        }
        if (end == Repair::End::stopped) {
            cause_ = watch.cause();
            return termination_;
        }
    }
    take(solve(problem(), {}, stop, progress));
    return termination_;
}

COUNTYPLAN_INLINE Int128 AssignmentState::objective() const {
    COUNTYPLAN_EXPECT(termination_ == Termination::optimal, "there is a total only while optimal");
    Int128 sum;
    for (const std::int64_t price : repair_.row_price)
        sum += price;
    for (const std::int64_t price : repair_.column_price)
        sum += price;
    return sum;
}

COUNTYPLAN_INLINE std::uint32_t AssignmentState::column_of(std::uint32_t row) const {
    COUNTYPLAN_EXPECT(row < rows_ && termination_ == Termination::optimal, "no such row, or not optimal");
    return repair_.column_of[row];
}

COUNTYPLAN_INLINE AssignmentProblem AssignmentState::problem() const {
    Problem problem{rows_, columns_, {}};
    problem.cost.reserve(rows_ * columns_);
    for (std::size_t row = 0; row < rows_; ++row) {
        const auto from = cost_.begin() + static_cast<std::ptrdiff_t>(row * stride_);
        problem.cost.insert(problem.cost.end(), from, from + static_cast<std::ptrdiff_t>(columns_));
    }
    return problem;
}

COUNTYPLAN_INLINE AssignmentResult AssignmentState::result() const {
    if (!is_priced_) return last_;
    AssignmentResult result;
    result.steps = repair_.steps;
    result.bound = repair_.price_total();
    result.cause = cause_;
    result.certificate = AssignmentPrices{repair_.row_price, repair_.column_price};
    if (termination_ == Termination::optimal) {
        result.termination = Termination::optimal;
        result.claim = Claim::proved;
        result.column_of = repair_.column_of;
        result.objective = result.bound;
    } else {
        detail::place_greedily(sight(), repair_.column_of, result);
    }
    return result;
}

}  // namespace countyplan
