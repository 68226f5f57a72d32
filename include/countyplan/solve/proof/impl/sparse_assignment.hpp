// The checker's half of sparse_assignment: definitions only, nothing taken from the solver.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <countyplan/scalar/number.hpp>
#include <countyplan/separate.hpp>
#include <countyplan/solve/messages.hpp>
#include <countyplan/solve/proof/refusal.hpp>
#include <countyplan/solve/proof/sparse_assignment.hpp>

namespace countyplan {

namespace detail {

template <class Cost>
Verdict check_sparse_range(const std::vector<Cost>& numbers, bool may_be_must_match, const char* field) {
    using Problem = BasicSparseAssignmentProblem<Cost>;
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        const Cost number = numbers[i];
        if (number >= Problem::min_cost && number <= Problem::max_cost) continue;
        if (may_be_must_match && number == Problem::must_match) continue;
        return refuse(
            {message::solve_out_of_range, {to_text(number), to_text(Problem::min_cost), to_text(Problem::max_cost)}},
            indexed(field, i));
    }
    return {};
}

/// The length of a list that holds nothing, one number for all, or one for each.
inline Verdict check_sparse_length(std::size_t found, std::size_t each, const char* field) {
    return found <= 1 ? Verdict{} : check_length(found, each, field);
}

/// The largest size of a number, `must_match` left out.
template <class Cost>
int128 largest_sparse_size(const std::vector<Cost>& numbers) {
    Cost least = 0, most = 0;
    for (const Cost number : numbers) {
        if (number == BasicSparseAssignmentProblem<Cost>::must_match) continue;
        least = std::min(least, number);
        most = std::max(most, number);
    }
    return std::max(int128{most}, -int128{least});
}

/// Whether every list is as long as it should be, and the rows lie one after another. O(rows).
template <class Cost>
Verdict examine_sparse_shape(const BasicSparseAssignmentProblem<Cost>& problem) {
    constexpr std::size_t limit = std::size_t{1} << 31;
    const std::size_t entries = problem.column.size();
    if (problem.rows >= limit) return refuse({message::solve_too_large, {"rows"}}, "rows");
    if (problem.columns >= limit) return refuse({message::solve_too_large, {"columns"}}, "columns");
    if (entries >= limit) return refuse({message::solve_too_large, {"column"}}, "column");
    if (problem.rows > 0 || !problem.first.empty()) {
        if (Verdict v = check_length(problem.first.size(), problem.rows + 1, "first"); !v.accepted) return v;
        if (problem.first[0] != 0) {
            return refuse({message::solve_out_of_range, {to_text(problem.first[0]), "0", "0"}}, "first[0]");
        }
        for (std::size_t row = 0; row < problem.rows; ++row) {
            if (problem.first[row + 1] >= problem.first[row] && problem.first[row + 1] <= entries) continue;
            return refuse({message::solve_out_of_range,
                           {to_text(problem.first[row + 1]), to_text(problem.first[row]), to_text(entries)}},
                          indexed("first", row + 1));
        }
    }
    const std::size_t listed = problem.first.empty() ? 0 : problem.first.back();
    if (Verdict v = check_length(entries, listed, "column"); !v.accepted) return v;
    if (Verdict v = check_length(problem.cost.size(), entries, "cost"); !v.accepted) return v;
    if (Verdict v = check_sparse_length(problem.unmatched_row.size(), problem.rows, "unmatched_row"); !v.accepted) {
        return v;
    }
    return check_sparse_length(problem.unmatched_column.size(), problem.columns, "unmatched_column");
}

template <class Cost>
Verdict examine_sparse_problem(const BasicSparseAssignmentProblem<Cost>& problem) {
    if (Verdict v = examine_sparse_shape(problem); !v.accepted) return v;
    const std::size_t entries = problem.column.size();
    for (std::size_t entry = 0; entry < entries; ++entry) {
        if (problem.column[entry] < problem.columns) continue;
        return refuse({message::proof_no_such_item, {to_text(problem.column[entry]), to_text(problem.columns)}},
                      indexed("column", entry));
    }
    const auto& row_price = problem.unmatched_row;
    const auto& column_price = problem.unmatched_column;
    if (Verdict v = check_sparse_range(problem.cost, false, "cost"); !v.accepted) return v;
    if (Verdict v = check_sparse_range(row_price, true, "unmatched_row"); !v.accepted) return v;
    if (Verdict v = check_sparse_range(column_price, true, "unmatched_column"); !v.accepted) return v;
    const int128 largest = std::max(
        {largest_sparse_size(problem.cost), largest_sparse_size(row_price), largest_sparse_size(column_price)});
    if (largest * static_cast<std::int64_t>(problem.rows + problem.columns) >= std::int64_t{1} << 60) {
        return refuse({message::solve_too_large, {"(rows + columns) * cost"}}, "cost");
    }
    return {};
}

/// What row `row`, or a column, costs when it stays unmatched; nothing if it must not.
template <class Cost>
std::optional<std::int64_t> price_of_unmatched_row(const BasicSparseAssignmentProblem<Cost>& problem, std::size_t row) {
    if (problem.unmatched_row.empty()) return std::nullopt;
    const Cost price = problem.unmatched_row[problem.unmatched_row.size() == 1 ? 0 : row];
    if (price == BasicSparseAssignmentProblem<Cost>::must_match) return std::nullopt;
    return price;
}

template <class Cost>
std::optional<std::int64_t> price_of_unmatched_column(const BasicSparseAssignmentProblem<Cost>& problem,
                                                      std::size_t column) {
    if (problem.unmatched_column.empty()) return 0;
    const Cost price = problem.unmatched_column[problem.unmatched_column.size() == 1 ? 0 : column];
    if (price == BasicSparseAssignmentProblem<Cost>::must_match) return std::nullopt;
    return price;
}

/// Whether `column_of` is an assignment of the stated total; marks the matched columns.
template <class Cost>
Verdict check_sparse_matching(const BasicSparseAssignmentProblem<Cost>& problem, const SparseAssignmentResult& result,
                              std::vector<bool>& matched) {
    if (Verdict v = check_length(result.column_of.size(), problem.rows, "column_of"); !v.accepted) return v;
    matched.assign(problem.columns, false);
    int128 total = 0;
    for (std::size_t row = 0; row < problem.rows; ++row) {
        const std::uint32_t column = result.column_of[row];
        if (column == SparseAssignmentResult::unmatched) {
            const auto price = price_of_unmatched_row(problem, row);
            if (!price) return refuse(message::proof_left_unmatched, indexed("column_of", row));
            total += *price;
            continue;
        }
        if (column >= problem.columns) {
            return refuse({message::proof_no_such_item, {to_text(column), to_text(problem.columns)}},
                          indexed("column_of", row));
        }
        if (matched[column]) {
            return refuse({message::proof_named_twice, {to_text(column)}}, indexed("column_of", row));
        }
        matched[column] = true;
        std::optional<Cost> cheapest;
        for (std::size_t entry = problem.first[row]; entry < problem.first[row + 1]; ++entry) {
            if (problem.column[entry] != column) continue;
            if (!cheapest || problem.cost[entry] < *cheapest) cheapest = problem.cost[entry];
        }
        if (!cheapest) return refuse(message::proof_pair_forbidden, indexed("column_of", row));
        total += *cheapest;
    }
    for (std::size_t column = 0; column < problem.columns; ++column) {
        if (matched[column]) continue;
        const auto price = price_of_unmatched_column(problem, column);
        if (!price) return refuse(message::proof_left_unmatched, indexed("column", column));
        total += *price;
    }
    if (result.objective.value == total) return {};
    return refuse({message::proof_wrong_cost, {to_text(result.objective), to_text(Int128(total))}}, "objective");
}

/// Whether the prices keep the cost of every pair and of staying unmatched, and add up to the bound.
template <class Cost>
Verdict check_sparse_prices(const BasicSparseAssignmentProblem<Cost>& problem, const SparseAssignmentPrices& prices,
                            Int128 bound) {
    if (Verdict v = check_length(prices.row.size(), problem.rows, "row"); !v.accepted) return v;
    if (Verdict v = check_length(prices.column.size(), problem.columns, "column"); !v.accepted) return v;
    int128 sum = 0;  // of fewer than 2^32 numbers of 64 bits
    const auto above = [](std::int64_t price, std::int64_t limit, std::string place) {
        return refuse({message::proof_price_above_unmatched, {to_text(price), to_text(limit)}}, std::move(place));
    };
    for (std::size_t column = 0; column < problem.columns; ++column) {
        const std::int64_t price = prices.column[column];
        const auto limit = price_of_unmatched_column(problem, column);
        if (limit && price > *limit) return above(price, *limit, indexed("column", column));
        sum += price;
    }
    for (std::size_t row = 0; row < problem.rows; ++row) {
        const std::int64_t price = prices.row[row];
        const auto limit = price_of_unmatched_row(problem, row);
        if (limit && price > *limit) return above(price, *limit, indexed("row", row));
        sum += price;
        for (std::size_t entry = problem.first[row]; entry < problem.first[row + 1]; ++entry) {
            const int128 both = int128{price} + prices.column[problem.column[entry]];
            if (both <= problem.cost[entry]) continue;
            return refuse({message::proof_price_above_cost, {to_text(Int128(both)), to_text(problem.cost[entry])}},
                          indexed("entry", entry));
        }
    }
    if (bound.value == sum) return {};
    return refuse({message::proof_wrong_bound, {to_text(bound), to_text(Int128(sum))}}, "bound");
}

/// Whether prices that keep every cost meet those of what is chosen.
template <class Cost>
Verdict check_sparse_equality(const BasicSparseAssignmentProblem<Cost>& problem, const SparseAssignmentResult& result,
                              const SparseAssignmentPrices& prices, const std::vector<bool>& matched) {
    const auto below = [](std::int64_t price, std::int64_t limit, std::string place) {
        return refuse({message::proof_price_below_unmatched, {to_text(price), to_text(limit)}}, std::move(place));
    };
    for (std::size_t row = 0; row < problem.rows; ++row) {
        const std::uint32_t column = result.column_of[row];
        if (column == SparseAssignmentResult::unmatched) {
            const std::int64_t limit = *price_of_unmatched_row(problem, row);
            if (prices.row[row] < limit) return below(prices.row[row], limit, indexed("row", row));
            continue;
        }
        const int128 both = int128{prices.row[row]} + prices.column[column];
        bool met = false;
        for (std::size_t entry = problem.first[row]; entry < problem.first[row + 1] && !met; ++entry) {
            met = problem.column[entry] == column && problem.cost[entry] == both;
        }
        if (met) continue;
        return refuse(message::proof_price_off_cost, indexed("column_of", row));
    }
    for (std::size_t column = 0; column < problem.columns; ++column) {
        if (matched[column]) continue;
        const std::int64_t limit = *price_of_unmatched_column(problem, column);
        if (prices.column[column] < limit) return below(prices.column[column], limit, indexed("column", column));
    }
    return {};
}

/// Marks the named of one side; each must exist, be named once, and may not stay unmatched.
template <class Limit>
Verdict mark_named(const std::vector<std::uint32_t>& named, const char* side, std::size_t count, const Limit& limit,
                   std::vector<bool>& marked) {
    marked.assign(count, false);
    for (std::size_t i = 0; i < named.size(); ++i) {
        if (named[i] >= count) {
            return refuse({message::proof_no_such_item, {to_text(named[i]), to_text(count)}}, indexed(side, i));
        }
        if (marked[named[i]]) return refuse({message::proof_named_twice, {to_text(named[i])}}, indexed(side, i));
        if (limit(named[i])) return refuse(message::proof_may_stay_unmatched, indexed(side, i));
        marked[named[i]] = true;
    }
    return {};
}

template <class Cost>
Verdict check_sparse_shortage(const BasicSparseAssignmentProblem<Cost>& problem,
                              const SparseAssignmentShortage& shortage) {
    std::vector<bool> named, partner;
    const bool of_rows = !shortage.rows.empty();
    if (of_rows && !shortage.columns.empty()) return refuse(message::proof_fields_disagree, "shortage");
    Verdict v =
        of_rows
            ? mark_named(
                  shortage.rows, "rows", problem.rows,
                  [&](std::size_t row) { return price_of_unmatched_row(problem, row).has_value(); }, named)
            : mark_named(
                  shortage.columns, "columns", problem.columns,
                  [&](std::size_t column) { return price_of_unmatched_column(problem, column).has_value(); }, named);
    if (!v.accepted) return v;
    partner.assign(of_rows ? problem.columns : problem.rows, false);
    for (std::size_t row = 0; row < problem.rows; ++row) {
        for (std::size_t entry = problem.first[row]; entry < problem.first[row + 1]; ++entry) {
            const std::uint32_t column = problem.column[entry];
            if (of_rows ? named[row] : named[column]) partner[of_rows ? column : row] = true;
        }
    }
    const auto partners = static_cast<std::size_t>(std::count(partner.begin(), partner.end(), true));
    const std::size_t members = of_rows ? shortage.rows.size() : shortage.columns.size();
    if (partners < members) return {};
    return refuse({message::proof_no_shortage, {to_text(members), to_text(partners)}}, "shortage");
}

template <class Cost>
Verdict examine_sparse_result(const BasicSparseAssignmentProblem<Cost>& problem, const SparseAssignmentResult& result) {
    if (Verdict verdict = examine_sparse_problem(problem); !verdict.accepted) return verdict;
    const auto disagree = [](const char* field) { return refuse(message::proof_fields_disagree, field); };
    const bool optimal = result.termination == Termination::optimal;
    const bool infeasible = result.termination == Termination::infeasible;
    const bool feasible = result.termination == Termination::feasible;
    if (!optimal && !infeasible && !feasible && result.termination != Termination::unknown) {
        return disagree("termination");
    }
    if (!cause_fits(result.cause, optimal || infeasible)) return disagree("cause");
    if (result.steps < 0) return disagree("steps");
    const auto* prices = std::get_if<SparseAssignmentPrices>(&result.certificate);
    const auto* shortage = std::get_if<SparseAssignmentShortage>(&result.certificate);
    if (infeasible != (shortage != nullptr) || (optimal && prices == nullptr)) return disagree("certificate");
    const Claim claim = optimal || infeasible ? Claim::proved
                        : prices != nullptr   ? Claim::bounded
                        : feasible            ? Claim::feasible
                                              : Claim::estimate;
    if (result.claim != claim) return disagree("claim");
    std::vector<bool> matched;
    if (optimal || feasible) {
        if (Verdict v = check_sparse_matching(problem, result, matched); !v.accepted) return v;
    } else if (!result.column_of.empty() || result.objective.value != 0) {
        return disagree(result.column_of.empty() ? "objective" : "column_of");
    }
    if (prices == nullptr) {
        if (result.bound.value != 0) return disagree("bound");
        return shortage != nullptr ? check_sparse_shortage(problem, *shortage) : Verdict{};
    }
    if (Verdict v = check_sparse_prices(problem, *prices, result.bound); !v.accepted) return v;
    return optimal ? check_sparse_equality(problem, result, *prices, matched) : Verdict{};
}

}  // namespace detail

COUNTYPLAN_INLINE Verdict examine(const SparseAssignmentProblem& problem) {
    return detail::examine_sparse_problem(problem);
}

COUNTYPLAN_INLINE Verdict examine(const SparseAssignmentProblem32& problem) {
    return detail::examine_sparse_problem(problem);
}

COUNTYPLAN_INLINE Verdict examine(const SparseAssignmentProblem& problem, const SparseAssignmentResult& result) {
    return detail::examine_sparse_result(problem, result);
}

COUNTYPLAN_INLINE Verdict examine(const SparseAssignmentProblem32& problem, const SparseAssignmentResult& result) {
    return detail::examine_sparse_result(problem, result);
}

COUNTYPLAN_INLINE bool verify(const SparseAssignmentProblem& problem, const SparseAssignmentResult& result) {
    return examine(problem, result).accepted;
}

COUNTYPLAN_INLINE bool verify(const SparseAssignmentProblem32& problem, const SparseAssignmentResult& result) {
    return examine(problem, result).accepted;
}

}  // namespace countyplan
