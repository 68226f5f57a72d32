// Does every row of this table get a column of its own at the least total cost?
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <type_traits>
#include <variant>
#include <vector>

#include <countyplan/solve/proof/int128.hpp>
#include <countyplan/solve/proof/verdict.hpp>
#include <countyplan/solve/termination.hpp>

namespace countyplan {

/// A table of costs, row after row: `cost[row * columns + column]`. Every row gets a column of its own if
/// there are at most as many rows as columns, else every column a row of its own, at the least total cost.
/// The lesser of both counts is at most 2^20, the larger below 2^32 - 1. Formulae: docs/math/assignment.md.
template <class C>
struct BasicAssignmentProblem {
    static_assert(std::is_same_v<C, std::int32_t> || std::is_same_v<C, std::int64_t>);

    using Cost = C;
    /// In place of a cost: this row and this column may not be matched.
    static constexpr Cost no_pair = std::numeric_limits<Cost>::max();
    static constexpr Cost max_cost =
        static_cast<Cost>(sizeof(Cost) == 4 ? std::int64_t{no_pair} - 1 : std::int64_t{1} << 40);
    static constexpr Cost min_cost = sizeof(Cost) == 4 ? std::numeric_limits<Cost>::min() : -max_cost;
    static constexpr std::size_t max_side = std::size_t{1} << 20;

    std::size_t rows = 0;
    std::size_t columns = 0;
    std::vector<Cost> cost = {};  ///< each `no_pair` or in [min_cost, max_cost]

    friend bool operator==(const BasicAssignmentProblem&, const BasicAssignmentProblem&) = default;
};

using AssignmentProblem = BasicAssignmentProblem<std::int64_t>;    ///< costs of up to 2^40 in size
using AssignmentProblem32 = BasicAssignmentProblem<std::int32_t>;  ///< every 32-bit number but `no_pair`; faster

/// Proof of optimality, and of a bound: `row[r] + column[c] <= cost(r, c)` for every allowed pair. Where
/// rows are fewer, `column[c] <= 0`; where columns are fewer, `row[r] <= 0`. The sum of all prices is at most
/// the cost of every complete assignment. It is equal to that of one that uses only pairs whose prices add
/// up to their cost and leaves free only those whose price is 0.
struct AssignmentPrices {
    std::vector<std::int64_t> row = {};
    std::vector<std::int64_t> column = {};

    friend bool operator==(const AssignmentPrices&, const AssignmentPrices&) = default;
};

/// Proof of infeasibility (Hall, 1935): together these have fewer allowed partners than they are. They
/// are rows where rows are at most as many as columns, columns where columns are at most as many as rows.
struct HallShortage {
    std::vector<std::uint32_t> rows = {};     ///< each at most once; empty if `columns` is not
    std::vector<std::uint32_t> columns = {};  ///< each at most once; empty if `rows` is not

    friend bool operator==(const HallShortage&, const HallShortage&) = default;
};

/// What belongs to each termination:
/// - optimal: column_of, objective, bound equal to it, AssignmentPrices; cause and claim proved
/// - infeasible: no column_of, objective and bound 0, HallShortage; cause and claim proved
/// - feasible: column_of, objective, cause time, steps or cancelled; with AssignmentPrices their sum is the
///   bound and the claim is bounded, without certificate the bound is 0 and the claim is feasible
/// - unknown: no column_of, objective 0, cause time, steps or cancelled, claim estimate; AssignmentPrices and
///   bound as for feasible, or none
struct AssignmentResult {
    static constexpr std::uint32_t unmatched = std::numeric_limits<std::uint32_t>::max();

    Termination termination = Termination::unknown;
    Cause cause = Cause::cancelled;
    Claim claim = Claim::estimate;
    std::vector<std::uint32_t> column_of = {};  ///< per row; `unmatched` only where rows outnumber columns
    Int128 objective = {};                      ///< exact total cost of the matched pairs
    Int128 bound = {};                          ///< no complete assignment costs less: the sum of the prices
    std::variant<std::monostate, AssignmentPrices, HallShortage> certificate = {};
    std::int64_t steps = 0;  ///< bids and rows visited by searches

    friend bool operator==(const AssignmentResult&, const AssignmentResult&) = default;
};

/// Whether `problem` is as its struct describes it; if not, what is wrong first. One pass.
[[nodiscard]] Verdict examine(const AssignmentProblem& problem);
[[nodiscard]] Verdict examine(const AssignmentProblem32& problem);

/// Whether `result` shows what it says about `problem`, from the definitions above; if not, which condition
/// fails first and where (`column_of[3]`, `row[3]`, `column[2]`, `cost[17]`, `objective`, `bound`, `shortage`,
/// `rows[1]`, `columns[1]`, `certificate`, `termination`). One pass over the table, memory of one mark per row
/// and column; exact for any field values; shares no code with the solver.
[[nodiscard]] Verdict examine(const AssignmentProblem& problem, const AssignmentResult& result);
[[nodiscard]] Verdict examine(const AssignmentProblem32& problem, const AssignmentResult& result);

/// `examine(problem, result).accepted`.
[[nodiscard]] bool verify(const AssignmentProblem& problem, const AssignmentResult& result);
[[nodiscard]] bool verify(const AssignmentProblem32& problem, const AssignmentResult& result);

}  // namespace countyplan

#if !defined(COUNTYPLAN_SEPARATE) || defined(COUNTYPLAN_BODIES_ASSIGNMENT)
#include <countyplan/solve/proof/impl/assignment.hpp>
#endif
