// The checker's half of assignment: definitions only, nothing taken from the solver.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <countyplan/scalar/number.hpp>
#include <countyplan/separate.hpp>
#include <countyplan/solve/messages.hpp>
#include <countyplan/solve/proof/assignment.hpp>
#include <countyplan/solve/proof/refusal.hpp>

namespace countyplan {

namespace detail {

/// Whether sizes and table agree; the costs are not looked at.
template <class Cost>
Verdict examine_shape(const BasicAssignmentProblem<Cost>& problem) {
    using Problem = BasicAssignmentProblem<Cost>;
    constexpr std::size_t limit = std::numeric_limits<std::uint32_t>::max();
    if (problem.rows >= limit) return refuse({message::solve_too_large, {"rows"}}, "rows");
    if (problem.columns >= limit) return refuse({message::solve_too_large, {"columns"}}, "columns");
    if (std::min(problem.rows, problem.columns) > Problem::max_side) {
        return refuse({message::solve_too_large, {"rows, columns"}}, "rows");
    }
    std::size_t cells = 0;
    if (__builtin_mul_overflow(problem.rows, problem.columns, &cells)) {
        return refuse({message::solve_too_large, {"rows * columns"}}, "rows");
    }
    return check_length(problem.cost.size(), cells, "cost");
}

template <class Cost>
Verdict examine_table(const BasicAssignmentProblem<Cost>& problem) {
    using Problem = BasicAssignmentProblem<Cost>;
    if (Verdict v = examine_shape(problem); !v.accepted) return v;
    if constexpr (sizeof(Cost) == sizeof(std::int64_t)) {
        for (std::size_t cell = 0; cell < problem.cost.size(); ++cell) {
            const Cost cost = problem.cost[cell];
            if ((cost < Problem::min_cost || cost > Problem::max_cost) && cost != Problem::no_pair) {
                return refuse({message::solve_out_of_range,
                               {to_text(cost), to_text(Problem::min_cost), to_text(Problem::max_cost)}},
                              indexed("cost", cell));
            }
        }
    }
    return {};
}

/// Who is matched, and what that costs.
struct MatchedSides {
    std::vector<bool> row, column;
    int128 cost = 0;
};

/// Whether `column_of` is a complete assignment along allowed pairs; fills `matched`.
template <class Cost>
Verdict check_matching(const BasicAssignmentProblem<Cost>& problem, const std::vector<std::uint32_t>& column_of,
                       MatchedSides& matched) {
    if (Verdict v = check_length(column_of.size(), problem.rows, "column_of"); !v.accepted) return v;
    matched.row.assign(problem.rows, false);
    matched.column.assign(problem.columns, false);
    std::size_t pairs = 0;
    for (std::size_t row = 0; row < problem.rows; ++row) {
        const std::uint32_t column = column_of[row];
        if (column == AssignmentResult::unmatched) {
            if (problem.rows > problem.columns) continue;
            return refuse(message::proof_left_unmatched, indexed("column_of", row));
        }
        if (column >= problem.columns) {
            return refuse({message::proof_no_such_item, {to_text(column), to_text(problem.columns)}},
                          indexed("column_of", row));
        }
        if (matched.column[column]) {
            return refuse({message::proof_named_twice, {to_text(column)}}, indexed("column_of", row));
        }
        const Cost cost = problem.cost[row * problem.columns + column];
        if (cost == BasicAssignmentProblem<Cost>::no_pair) {
            return refuse(message::proof_pair_forbidden, indexed("column_of", row));
        }
        matched.row[row] = matched.column[column] = true;
        matched.cost += cost;
        ++pairs;
    }
    if (pairs == std::min(problem.rows, problem.columns)) return {};
    const auto free = std::find(matched.column.begin(), matched.column.end(), false);
    return refuse(message::proof_left_unmatched,
                  indexed("column", static_cast<std::size_t>(free - matched.column.begin())));
}

/// Whether the prices of one side may be positive, as the larger side's must not be.
inline Verdict check_signs(const std::vector<std::int64_t>& price, const char* side) {
    for (std::size_t i = 0; i < price.size(); ++i) {
        if (price[i] > 0) return refuse({message::proof_price_positive, {to_text(price[i])}}, indexed(side, i));
    }
    return {};
}

/// Whether the prices keep every allowed pair's cost and their signs, so that their sum is a bound.
template <class Cost>
Verdict check_prices(const BasicAssignmentProblem<Cost>& problem, const AssignmentPrices& prices, Int128 bound) {
    if (Verdict v = check_length(prices.row.size(), problem.rows, "row"); !v.accepted) return v;
    if (Verdict v = check_length(prices.column.size(), problem.columns, "column"); !v.accepted) return v;
    if (problem.rows < problem.columns) {
        if (Verdict v = check_signs(prices.column, "column"); !v.accepted) return v;
    }
    if (problem.columns < problem.rows) {
        if (Verdict v = check_signs(prices.row, "row"); !v.accepted) return v;
    }
    int128 sum = 0;  // of at most 2^33 numbers of 64 bits
    for (std::size_t row = 0; row < problem.rows; ++row) {
        sum += prices.row[row];
        const Cost* cost = problem.cost.data() + row * problem.columns;
        for (std::size_t column = 0; column < problem.columns; ++column) {
            if (cost[column] == BasicAssignmentProblem<Cost>::no_pair) continue;
            const int128 both = int128{prices.row[row]} + prices.column[column];
            if (both <= cost[column]) continue;
            return refuse({message::proof_price_above_cost, {to_text(Int128(both)), to_text(cost[column])}},
                          indexed("cost", row * problem.columns + column));
        }
    }
    for (const std::int64_t price : prices.column)
        sum += price;
    if (bound.value == sum) return {};
    return refuse({message::proof_wrong_bound, {to_text(bound), to_text(Int128(sum))}}, "bound");
}

/// Whether the chosen pairs cost what their prices say, and those left free have price 0.
template <class Cost>
Verdict check_slackness(const BasicAssignmentProblem<Cost>& problem, const std::vector<std::uint32_t>& column_of,
                        const AssignmentPrices& prices, const MatchedSides& matched) {
    for (std::size_t row = 0; row < problem.rows; ++row) {
        if (!matched.row[row]) {
            if (prices.row[row] == 0) continue;
            return refuse({message::proof_price_not_zero, {to_text(prices.row[row])}}, indexed("row", row));
        }
        const std::uint32_t column = column_of[row];
        const Cost cost = problem.cost[row * problem.columns + column];
        const int128 both = int128{prices.row[row]} + prices.column[column];
        if (both == cost) continue;
        return refuse({message::proof_price_below_cost, {to_text(Int128(both)), to_text(cost)}},
                      indexed("column_of", row));
    }
    for (std::size_t column = 0; column < problem.columns; ++column) {
        if (matched.column[column] || prices.column[column] == 0) continue;
        return refuse({message::proof_price_not_zero, {to_text(prices.column[column])}}, indexed("column", column));
    }
    return {};
}

template <class Cost>
Verdict check_shortage(const BasicAssignmentProblem<Cost>& problem, const HallShortage& shortage) {
    const bool by_rows = shortage.columns.empty();
    if (!by_rows && !shortage.rows.empty()) return refuse(message::proof_fields_disagree, "shortage");
    if (by_rows ? problem.rows > problem.columns : problem.columns > problem.rows) {
        return refuse(message::proof_fields_disagree, "shortage");
    }
    const auto& named = by_rows ? shortage.rows : shortage.columns;
    const std::size_t own = by_rows ? problem.rows : problem.columns;
    const std::size_t other = by_rows ? problem.columns : problem.rows;
    std::vector<bool> inside(own, false);
    for (std::size_t i = 0; i < named.size(); ++i) {
        const std::string place = indexed(by_rows ? "rows" : "columns", i);
        if (named[i] >= own) return refuse({message::proof_no_such_item, {to_text(named[i]), to_text(own)}}, place);
        if (inside[named[i]]) return refuse({message::proof_named_twice, {to_text(named[i])}}, place);
        inside[named[i]] = true;
    }
    std::vector<bool> partner(other, false);
    for (std::size_t row = 0; row < problem.rows; ++row) {
        if (by_rows && !inside[row]) continue;
        const Cost* cost = problem.cost.data() + row * problem.columns;
        for (std::size_t column = 0; column < problem.columns; ++column) {
            if (cost[column] == BasicAssignmentProblem<Cost>::no_pair) continue;
            if (by_rows) partner[column] = true;
            if (!by_rows && inside[column]) partner[row] = true;
        }
    }
    const auto partners = static_cast<std::size_t>(std::count(partner.begin(), partner.end(), true));
    if (partners < named.size()) return {};
    return refuse({message::proof_no_shortage, {to_text(named.size()), to_text(partners)}}, "shortage");
}

/// Whether the fields belong together as the struct says, before anything is computed.
inline Verdict check_fields(const AssignmentResult& result) {
    const auto disagree = [](const char* place) { return refuse(message::proof_fields_disagree, place); };
    const bool ended = result.termination == Termination::optimal || result.termination == Termination::infeasible;
    const bool answer = result.termination == Termination::optimal || result.termination == Termination::feasible;
    if (!ended && !answer && result.termination != Termination::unknown) return disagree("termination");
    if (!cause_fits(result.cause, ended)) return disagree("cause");
    if (result.steps < 0) return disagree("steps");
    const bool prices = std::holds_alternative<AssignmentPrices>(result.certificate);
    const bool shortage = std::holds_alternative<HallShortage>(result.certificate);
    Claim claim = Claim::proved;
    if (result.termination == Termination::feasible) claim = prices ? Claim::bounded : Claim::feasible;
    if (result.termination == Termination::unknown) claim = Claim::estimate;
    if (result.claim != claim) return disagree("claim");
    if (shortage != (result.termination == Termination::infeasible)) return disagree("certificate");
    if (result.termination == Termination::optimal && !prices) return disagree("certificate");
    if (!answer && !result.column_of.empty()) return disagree("column_of");
    if (!answer && result.objective != Int128(0)) return disagree("objective");
    if (!prices && result.bound != Int128(0)) return disagree("bound");
    return {};
}

template <class Cost>
Verdict examine_result(const BasicAssignmentProblem<Cost>& problem, const AssignmentResult& result) {
    if (Verdict v = examine_table(problem); !v.accepted) return v;
    if (Verdict v = check_fields(result); !v.accepted) return v;
    if (const auto* shortage = std::get_if<HallShortage>(&result.certificate)) {
        return check_shortage(problem, *shortage);
    }
    MatchedSides matched;
    if (result.termination != Termination::unknown) {
        if (Verdict v = check_matching(problem, result.column_of, matched); !v.accepted) return v;
        if (result.objective.value != matched.cost) {
            return refuse({message::proof_wrong_cost, {to_text(result.objective), to_text(Int128(matched.cost))}},
                          "objective");
        }
    }
    const auto* prices = std::get_if<AssignmentPrices>(&result.certificate);
    if (prices == nullptr) return {};
    if (Verdict v = check_prices(problem, *prices, result.bound); !v.accepted) return v;
    if (result.termination != Termination::optimal) return {};
    return check_slackness(problem, result.column_of, *prices, matched);
}

}  // namespace detail

COUNTYPLAN_INLINE Verdict examine(const AssignmentProblem& problem) { return detail::examine_table(problem); }
COUNTYPLAN_INLINE Verdict examine(const AssignmentProblem32& problem) { return detail::examine_table(problem); }

COUNTYPLAN_INLINE Verdict examine(const AssignmentProblem& problem, const AssignmentResult& result) {
    return detail::examine_result(problem, result);
}
COUNTYPLAN_INLINE Verdict examine(const AssignmentProblem32& problem, const AssignmentResult& result) {
    return detail::examine_result(problem, result);
}

COUNTYPLAN_INLINE bool verify(const AssignmentProblem& problem, const AssignmentResult& result) {
    return examine(problem, result).accepted;
}
COUNTYPLAN_INLINE bool verify(const AssignmentProblem32& problem, const AssignmentResult& result) {
    return examine(problem, result).accepted;
}

}  // namespace countyplan
