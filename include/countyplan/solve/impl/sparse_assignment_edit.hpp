// Edits of a sparse assignment: each keeps the prices right and parts the pairs it breaks.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>

#include <countyplan/error.hpp>
#include <countyplan/scalar/number.hpp>
#include <countyplan/separate.hpp>
#include <countyplan/solve/messages.hpp>
#include <countyplan/solve/proof/int128.hpp>
#include <countyplan/solve/sparse_assignment_state.hpp>

namespace countyplan {

namespace detail {

inline std::int64_t sparse_limit(std::int64_t price) {
    return price == SparseAssignmentProblem::must_match ? out_of_reach<std::int64_t> : price;
}

}  // namespace detail

COUNTYPLAN_INLINE void SparseAssignmentState::check_row(std::uint32_t row) const {
    if (row >= rows()) throw InvalidProblem({message::proof_no_such_item, {to_text(row), to_text(rows())}}, "row");
}

COUNTYPLAN_INLINE void SparseAssignmentState::check_column(std::uint32_t column) const {
    if (column < columns()) return;
    throw InvalidProblem({message::proof_no_such_item, {to_text(column), to_text(columns())}}, "column");
}

COUNTYPLAN_INLINE void SparseAssignmentState::check_cost(std::int64_t cost, std::size_t members,
                                                         bool may_be_must_match) const {
    const bool must = may_be_must_match && cost == Problem::must_match;
    if (!must && (cost < Problem::min_cost || cost > Problem::max_cost)) {
        throw InvalidProblem(
            {message::solve_out_of_range, {to_text(cost), to_text(Problem::min_cost), to_text(Problem::max_cost)}},
            "cost");
    }
    const std::int64_t size = must ? 0 : cost < 0 ? -cost : cost;
    const detail::int128 largest = std::max(largest_, size);
    if (largest * static_cast<std::int64_t>(members) >= std::int64_t{1} << 60) {
        throw InvalidProblem({message::solve_too_large, {"(rows + columns) * cost"}}, "cost");
    }
}

/// Parts a matched row from its column; both want a search.
COUNTYPLAN_INLINE void SparseAssignmentState::part(std::uint32_t row) {
    const std::uint32_t column = row_.mate[row];
    if (column == detail::no_partner) return;
    row_.mate[row] = column_.mate[column] = detail::no_partner;
    free_rows_.push_back(row);
    free_columns_.push_back(column);
}

COUNTYPLAN_INLINE void SparseAssignmentState::set_price(detail::SparseSide<std::int64_t>& side, std::uint32_t i,
                                                        std::int64_t price) {
    price_sum_ += Int128(price) - Int128(side.price[i]);
    side.price[i] = price;
}

/// Lowers the price of an unmatched pair's row where the pair has become too cheap for both prices.
COUNTYPLAN_INLINE void SparseAssignmentState::price_pair(std::uint32_t row, std::uint32_t column, std::int64_t cost) {
    if (row_.price[row] + column_.price[column] <= cost) return;
    part(row);
    set_price(row_, row, cost - column_.price[column]);
    free_rows_.push_back(row);
}

COUNTYPLAN_INLINE void SparseAssignmentState::set_cost(std::uint32_t row, std::uint32_t column, std::int64_t cost) {
    check_row(row);
    check_column(column);
    check_cost(cost, rows() + columns(), false);
    largest_ = std::max(largest_, cost < 0 ? -cost : cost);
    termination_ = Termination::unknown;
    const std::size_t entry = rows_.find(row, column);
    if (entry == rows_.end(row)) {
        rows_.add(row, column, cost);
        columns_.add(column, row, cost);
        price_pair(row, column, cost);
        return;
    }
    const std::int64_t before = rows_.cost(entry);
    rows_.set_cost(entry, cost);
    columns_.set_cost(columns_.find(column, row), cost);
    if (row_.mate[row] != column) {
        price_pair(row, column, cost);
    } else if (cost < before) {
        set_price(row_, row, row_.price[row] - (before - cost));
    } else if (cost > before) {
        part(row);
    }
}

COUNTYPLAN_INLINE void SparseAssignmentState::remove_pair(std::uint32_t row, std::uint32_t column) {
    check_row(row);
    check_column(column);
    const std::size_t entry = rows_.find(row, column);
    if (entry == rows_.end(row)) return;
    termination_ = Termination::unknown;
    rows_.remove(row, entry);
    columns_.remove(column, columns_.find(column, row));
    if (row_.mate[row] == column) part(row);
}

COUNTYPLAN_INLINE void SparseAssignmentState::set_limit(bool row, std::uint32_t i, std::int64_t price) {
    const std::int64_t limit = detail::sparse_limit(price);
    if (limit != detail::out_of_reach<std::int64_t>) largest_ = std::max(largest_, price < 0 ? -price : price);
    termination_ = Termination::unknown;
    auto& side = row ? row_ : column_;
    (row ? row_limit_ : column_limit_)[i] = limit;
    if (side.price[i] > limit) {
        const std::uint32_t mate = side.mate[i];
        if (mate != detail::no_partner) part(row ? i : mate);
        set_price(side, i, limit);
    } else if (side.mate[i] == detail::no_partner) {
        (row ? free_rows_ : free_columns_).push_back(i);
    }
}

COUNTYPLAN_INLINE void SparseAssignmentState::set_unmatched_row(std::uint32_t row, std::int64_t price) {
    check_row(row);
    check_cost(price, rows() + columns(), true);
    set_limit(true, row, price);
}

COUNTYPLAN_INLINE void SparseAssignmentState::set_unmatched_column(std::uint32_t column, std::int64_t price) {
    check_column(column);
    check_cost(price, rows() + columns(), true);
    set_limit(false, column, price);
}

COUNTYPLAN_INLINE std::uint32_t SparseAssignmentState::add_member(bool row, std::span<const SparsePartner> partners,
                                                                  std::int64_t unmatched) {
    const std::size_t members = rows() + columns() + 1;
    if (members >= std::size_t{1} << 31) throw InvalidProblem({message::solve_too_large, {"rows, columns"}}, "rows");
    check_cost(unmatched, members, true);
    for (const SparsePartner& partner : partners) {
        row ? check_column(partner.other) : check_row(partner.other);
        check_cost(partner.cost, members, false);
    }
    termination_ = Termination::unknown;
    auto& own_pairs = row ? rows_ : columns_;
    auto& other_pairs = row ? columns_ : rows_;
    auto& own = row ? row_ : column_;
    auto& other = row ? column_ : row_;
    const auto i = static_cast<std::uint32_t>(own_pairs.members());
    const std::int64_t limit = detail::sparse_limit(unmatched);
    if (limit != detail::out_of_reach<std::int64_t>) {
        largest_ = std::max(largest_, unmatched < 0 ? -unmatched : unmatched);
    }
    own_pairs.add_member(partners.size());
    std::int64_t best = limit;
    for (const SparsePartner& partner : partners) {
        largest_ = std::max(largest_, partner.cost < 0 ? -partner.cost : partner.cost);
        best = std::min(best, partner.cost - other.price[partner.other]);
        if (const std::size_t there = own_pairs.find(i, partner.other); there < own_pairs.end(i)) {
            if (partner.cost >= own_pairs.cost(there)) continue;
            own_pairs.set_cost(there, partner.cost);
            other_pairs.set_cost(other_pairs.find(partner.other, i), partner.cost);
        } else {
            own_pairs.add(i, partner.other, partner.cost);
            other_pairs.add(partner.other, i, partner.cost);
        }
    }
    if (best == detail::out_of_reach<std::int64_t>) best = 0;
    own.price.push_back(best);
    own.mate.push_back(detail::no_partner);
    (row ? row_limit_ : column_limit_).push_back(limit);
    price_sum_ += best;
    (row ? free_rows_ : free_columns_).push_back(i);
    return i;
}

COUNTYPLAN_INLINE std::uint32_t SparseAssignmentState::add_row(std::span<const SparsePartner> partners,
                                                               std::int64_t unmatched) {
    return add_member(true, partners, unmatched);
}

COUNTYPLAN_INLINE std::uint32_t SparseAssignmentState::add_column(std::span<const SparsePartner> partners,
                                                                  std::int64_t unmatched) {
    return add_member(false, partners, unmatched);
}

COUNTYPLAN_INLINE void SparseAssignmentState::remove_member(bool row, std::uint32_t i) {
    termination_ = Termination::unknown;
    auto& own_pairs = row ? rows_ : columns_;
    auto& other_pairs = row ? columns_ : rows_;
    auto& own = row ? row_ : column_;
    if (own.mate[i] != detail::no_partner) part(row ? i : own.mate[i]);
    for (std::size_t entry = own_pairs.begin(i); entry < own_pairs.end(i); ++entry) {
        const std::uint32_t other = own_pairs.other(entry);
        other_pairs.remove(other, other_pairs.find(other, i));
    }
    own_pairs.clear(i);
    (row ? row_limit_ : column_limit_)[i] = 0;
    set_price(own, i, 0);
}

COUNTYPLAN_INLINE void SparseAssignmentState::remove_row(std::uint32_t row) {
    check_row(row);
    remove_member(true, row);
}

COUNTYPLAN_INLINE void SparseAssignmentState::remove_column(std::uint32_t column) {
    check_column(column);
    remove_member(false, column);
}

}  // namespace countyplan
