// A dense assignment solve that starts from an earlier one: from its prices, its pairs, or one change away.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

#include <countyplan/error.hpp>
#include <countyplan/scalar/number.hpp>
#include <countyplan/solve/assignment.hpp>
#include <countyplan/solve/impl/assignment_repair.hpp>
#include <countyplan/solve/messages.hpp>
#include <countyplan/solve/proof/refusal.hpp>
#include <countyplan/solve/watch.hpp>

namespace countyplan::detail {

template <class Cost>
AssignmentSight<Cost> sight_of(const BasicAssignmentProblem<Cost>& problem) {
    return {problem.cost.data(), problem.rows, problem.columns, problem.columns};
}

/// Fills the gaps of a stopped repair with the first allowed pairs; a feasible result if that succeeds.
template <class Cost>
void place_greedily(const AssignmentSight<Cost>& table, std::vector<std::uint32_t> column_of,
                    AssignmentResult& result) {
    std::vector<bool> taken(table.columns, false);
    std::size_t pairs = 0;
    for (std::uint32_t& column : column_of) {
        if (column >= table.columns) {
            column = AssignmentResult::unmatched;
            continue;
        }
        taken[column] = true;
        ++pairs;
    }
    std::size_t looks = std::size_t{1} << 22;  // a few milliseconds
    const auto allowed = [&](std::size_t i, std::size_t j) {
        return table.row(i)[j] != BasicAssignmentProblem<Cost>::no_pair;
    };
    for (std::size_t i = 0; i < table.rows && pairs < table.columns; ++i) {
        for (std::size_t j = 0; j < table.columns && column_of[i] == AssignmentResult::unmatched; ++j) {
            if (looks-- == 0) return;
            if (taken[j] || !allowed(i, j)) continue;
            column_of[i] = static_cast<std::uint32_t>(j);
            taken[j] = true;
            ++pairs;
        }
    }
    if (pairs != std::min(table.rows, table.columns)) return;
    result.termination = Termination::feasible;
    result.claim = Claim::bounded;
    for (std::size_t i = 0; i < table.rows; ++i) {
        if (column_of[i] != AssignmentResult::unmatched) {
            result.objective += table.row(i)[column_of[i]];
        }
    }
    result.column_of = std::move(column_of);
}

/// Runs the searches and writes the result; nothing if the table must be solved anew.
template <class Cost>
std::optional<AssignmentResult> completed_repair(AssignmentRepair<Cost>& repair, Watch& watch) {
    using Repair = AssignmentRepair<Cost>;
    if (!repair.prepare()) return std::nullopt;
    const auto end = repair.complete(watch);
    if (end == Repair::End::hopeless) return std::nullopt;
    AssignmentResult result;
    result.steps = repair.steps;
    result.bound = repair.price_total();
    result.cause = watch.stopped() ? watch.cause() : Cause::proved;
    if (end == Repair::End::done) {
        result.termination = Termination::optimal;
        result.cause = Cause::proved;
        result.claim = Claim::proved;
        for (std::uint32_t& column : repair.column_of)
            column = column == Repair::spare ? AssignmentResult::unmatched : column;
        result.column_of = std::move(repair.column_of);
        result.objective = result.bound;
    } else {
        place_greedily(repair.table, repair.column_of, result);
    }
    result.certificate = AssignmentPrices{std::move(repair.row_price), std::move(repair.column_price)};
    return result;
}

/// What a start says, made to fit; nothing if it is of no use or the solve must stop.
template <class Cost>
std::optional<AssignmentResult> solve_from(const BasicAssignmentProblem<Cost>& problem, const AssignmentStart& start,
                                           VectorLevel level, Watch& watch) {
    constexpr std::uint32_t none = AssignmentResult::unmatched;
    constexpr Cost no_pair = BasicAssignmentProblem<Cost>::no_pair;
    AssignmentRepair<Cost> repair(sight_of(problem), problem.columns, level);
    repair.column_price = start.column_price;
    if (repair.column_price.empty()) repair.column_price.assign(problem.columns, 0);
    repair.column_of = start.column_of;
    if (repair.column_of.empty()) repair.column_of.assign(problem.rows, none);
    const auto pay = static_cast<std::int64_t>(problem.columns + 8);
    constexpr int passes = 8;
    for (int pass = 0; start.column_price.empty() && pass < passes; ++pass) {
        // the pairs should be tight: nobody may gain by another's column (Bellman-Ford, a few rounds)
        bool changed = false;
        for (std::size_t i = 0; i < problem.rows; ++i) {
            const std::uint32_t own = repair.column_of[i];
            const Cost* row = problem.cost.data() + i * problem.columns;
            if (own == none || row[own] == no_pair) continue;
            if (watch.spend(pay)) return std::nullopt;
            const std::int64_t kept = row[own] - repair.column_price[own];
            for (std::size_t j = 0; j < problem.columns; ++j) {
                if (row[j] == no_pair || row[j] - repair.column_price[j] >= kept) continue;
                repair.column_price[j] = row[j] - kept;
                changed = true;
            }
        }
        if (!changed) break;
    }
    if (problem.rows < problem.columns) {
        for (std::int64_t& price : repair.column_price)
            price = std::min<std::int64_t>(price, 0);
    }
    const auto far = [](std::int64_t price) {
        return price < -AssignmentRepair<Cost>::reach / 2 || price > AssignmentRepair<Cost>::reach / 2;
    };
    if (std::any_of(repair.column_price.begin(), repair.column_price.end(), far)) return std::nullopt;
    repair.row_price.assign(problem.rows, 0);
    std::size_t loose = 0;
    for (std::size_t i = 0; i < problem.rows; ++i) {
        if (watch.spend(pay)) return std::nullopt;
        const std::int64_t price = repair.row_price[i] = repair.row_limit(i);
        std::uint32_t& own = repair.column_of[i];
        if (own == none) {
            ++loose;
            continue;
        }
        const Cost cost = problem.cost[i * problem.columns + own];
        if (cost != no_pair && cost == price + repair.column_price[own]) continue;
        own = none;
        ++loose;
    }
    if (loose > problem.rows / 4 + 8 + (problem.rows - std::min(problem.rows, problem.columns))) return std::nullopt;
    repair.most_steps = static_cast<std::int64_t>(2 * problem.rows + 64);
    return completed_repair(repair, watch);
}

template <class Cost>
void check_start(const BasicAssignmentProblem<Cost>& problem, const AssignmentStart& start) {
    const auto fail = [](const Verdict& verdict) {
        if (!verdict.accepted) throw InvalidProblem(verdict.why, "start." + verdict.place);
    };
    if (!start.column_price.empty()) fail(check_length(start.column_price.size(), problem.columns, "column_price"));
    if (start.column_of.empty()) return;
    fail(check_length(start.column_of.size(), problem.rows, "column_of"));
    std::vector<bool> taken(problem.columns, false);
    for (std::size_t i = 0; i < start.column_of.size(); ++i) {
        const std::uint32_t j = start.column_of[i];
        if (j == AssignmentResult::unmatched) continue;
        if (j >= problem.columns) {
            fail(
                refuse({message::proof_no_such_item, {to_text(j), to_text(problem.columns)}}, indexed("column_of", i)));
        }
        if (taken[j]) fail(refuse({message::proof_named_twice, {to_text(j)}}, indexed("column_of", i)));
        taken[j] = true;
    }
}

/// Whether the costs at `first`, `first + stride` … are as described; throws if not.
template <class Cost>
void check_costs(const BasicAssignmentProblem<Cost>& problem, std::size_t first, std::size_t stride,
                 std::size_t count) {
    using Problem = BasicAssignmentProblem<Cost>;
    for (std::size_t k = 0; k < count; ++k) {
        const Cost cost = problem.cost[first + k * stride];
        if (cost == Problem::no_pair || (cost >= Problem::min_cost && cost <= Problem::max_cost)) continue;
        throw InvalidProblem(
            {message::solve_out_of_range, {to_text(cost), to_text(Problem::min_cost), to_text(Problem::max_cost)}},
            indexed("cost", first + k * stride));
    }
}

/// Nothing if the table must be solved anew.
template <class Cost>
std::optional<AssignmentResult> repaired(const BasicAssignmentProblem<Cost>& problem, AssignmentResult& previous,
                                         const AssignmentChange& change, VectorLevel level, Watch& watch) {
    using Kind = AssignmentChangeKind;
    constexpr std::uint32_t none = AssignmentResult::unmatched;
    const Kind kind = change.kind;
    auto* prices = std::get_if<AssignmentPrices>(&previous.certificate);
    if (previous.termination != Termination::optimal || prices == nullptr) return std::nullopt;
    if (problem.rows == 0 || problem.columns == 0) return std::nullopt;
    const bool row_gone = kind == Kind::row_removed, column_gone = kind == Kind::column_removed;
    const std::size_t rows = problem.rows + (row_gone ? 1 : 0) - (kind == Kind::row_added ? 1 : 0);
    const std::size_t columns = problem.columns + (column_gone ? 1 : 0) - (kind == Kind::column_added ? 1 : 0);
    if (previous.column_of.size() != rows || prices->row.size() != rows || prices->column.size() != columns) {
        return std::nullopt;
    }
    const bool by_row = kind == Kind::cost || kind == Kind::row_costs || row_gone;
    const bool by_column = kind == Kind::cost || kind == Kind::column_costs || column_gone;
    if ((by_row && change.row >= rows) || (by_column && change.column >= columns)) return std::nullopt;
    if (rows == 0 || columns == 0) return std::nullopt;

    AssignmentRepair<Cost> repair(sight_of(problem), problem.columns, level);
    repair.column_of = std::move(previous.column_of);
    repair.row_price = std::move(prices->row);
    repair.column_price = std::move(prices->column);
    if (!repair.within_reach()) return std::nullopt;
    auto& column_of = repair.column_of;
    const auto lose_column = [&column_of](std::uint32_t j) {
        const auto holder = std::find(column_of.begin(), column_of.end(), j);
        if (holder != column_of.end()) *holder = none;
    };
    if (row_gone) {
        column_of.erase(column_of.begin() + change.row);
        repair.row_price.erase(repair.row_price.begin() + change.row);
    }
    if (column_gone) {
        lose_column(change.column);
        repair.column_price.erase(repair.column_price.begin() + change.column);
        for (std::uint32_t& j : column_of)
            j -= j != none && j > change.column ? 1 : 0;
    }
    repair.level_signs();
    const std::size_t row = kind == Kind::row_added ? rows : change.row;
    const std::size_t column = kind == Kind::column_added ? columns : change.column;
    const std::size_t cell = row * problem.columns;
    if (kind == Kind::cost) {
        check_costs(problem, cell + column, 1, 1);
        const Cost cost = problem.cost[cell + column];
        const bool kept = cost == BasicAssignmentProblem<Cost>::no_pair ||
                          cost >= repair.row_price[row] + repair.column_price[column];
        if (column_of[row] == column || !kept) {
            column_of[row] = none;
            repair.row_price[row] = repair.row_limit(row);
        }
    }
    if (kind == Kind::row_costs || kind == Kind::row_added) {
        check_costs(problem, cell, 1, problem.columns);
        column_of.resize(problem.rows);
        repair.row_price.resize(problem.rows);
        column_of[row] = none;
        repair.row_price[row] = repair.row_limit(row);
    }
    if (kind == Kind::column_costs || kind == Kind::column_added) {
        check_costs(problem, column, problem.columns, problem.rows);
        if (kind == Kind::column_costs) lose_column(change.column);
        repair.column_price.resize(problem.columns);
        repair.column_price[column] = repair.column_limit(column);
    }
    return completed_repair(repair, watch);
}

}  // namespace countyplan::detail
