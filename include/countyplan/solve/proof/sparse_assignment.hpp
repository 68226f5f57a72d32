// Are rows and columns paired along the listed pairs at the least total cost, some perhaps left unmatched?
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

/// The pairs that may be matched, row by row: those of row r are `first[r] … first[r + 1] - 1`, each with its
/// column and cost. Rows and columns are matched at most once; whoever stays unmatched costs a price or must
/// not stay so. Find the choice of least total: costs of chosen pairs plus prices of the unmatched.
/// A pair may be listed more than once, in any order; its cheapest entry counts.
/// Formulae: docs/math/sparse_assignment.md.
template <class C>
struct BasicSparseAssignmentProblem {
    static_assert(std::is_same_v<C, std::int32_t> || std::is_same_v<C, std::int64_t>);

    using Cost = C;
    /// In place of a price: this row or column may not stay unmatched.
    static constexpr Cost must_match = std::numeric_limits<Cost>::max();
    static constexpr Cost max_cost =
        static_cast<Cost>(sizeof(Cost) == 4 ? std::int64_t{must_match} - 1 : std::int64_t{1} << 40);
    static constexpr Cost min_cost = sizeof(Cost) == 4 ? std::numeric_limits<Cost>::min() : -max_cost;

    std::size_t rows = 0;     ///< below 2^31, and so columns and entries; `(rows + columns) * largest cost or
                              ///< price` below 2^60
    std::size_t columns = 0;  ///< see `rows`
    std::vector<std::size_t> first = {};     ///< rows + 1 entries, ascending from 0; may be empty if rows is 0
    std::vector<std::uint32_t> column = {};  ///< per entry
    std::vector<Cost> cost = {};             ///< per entry, in [min_cost, max_cost]
    /// What a row costs that stays unmatched: one entry for all, or one per row, each a price in
    /// [min_cost, max_cost] or `must_match`. Empty: every row must be matched.
    std::vector<Cost> unmatched_row = {};
    /// The same for columns. Empty: a column stays unmatched at price 0.
    std::vector<Cost> unmatched_column = {};

    friend bool operator==(const BasicSparseAssignmentProblem&, const BasicSparseAssignmentProblem&) = default;
};

using SparseAssignmentProblem = BasicSparseAssignmentProblem<std::int64_t>;    ///< costs of up to 2^40 in size
using SparseAssignmentProblem32 = BasicSparseAssignmentProblem<std::int32_t>;  ///< half the memory

/// Proof of optimality, and of a bound: `row[r] + column[c] <= cost` for every pair, `row[r]` at most the
/// price of leaving row r unmatched where it may stay so, and likewise for columns. The sum of all these is at
/// most the total of every assignment, and equal to that of one where each chosen pair and each unmatched row
/// and column has equality.
struct SparseAssignmentPrices {
    std::vector<std::int64_t> row = {};
    std::vector<std::int64_t> column = {};

    friend bool operator==(const SparseAssignmentPrices&, const SparseAssignmentPrices&) = default;
};

/// Proof of infeasibility (Hall, 1935): these rows, or these columns, must all be matched and have fewer
/// partners than they are.
struct SparseAssignmentShortage {
    std::vector<std::uint32_t> rows = {};     ///< each at most once; empty if `columns` is not
    std::vector<std::uint32_t> columns = {};  ///< each at most once; empty if `rows` is not

    friend bool operator==(const SparseAssignmentShortage&, const SparseAssignmentShortage&) = default;
};

/// What belongs to each termination:
/// - optimal: column_of, objective, bound equal to it, SparseAssignmentPrices; cause and claim proved
/// - infeasible: no column_of, objective and bound 0, SparseAssignmentShortage; cause and claim proved
/// - feasible: column_of, objective; cause time, steps or cancelled; with SparseAssignmentPrices their sum is
///   the bound and the claim is bounded, without certificate the bound is 0 and the claim is feasible
/// - unknown: no column_of, objective 0; cause time, steps or cancelled; with SparseAssignmentPrices bound and
///   claim as for feasible, without certificate the bound is 0 and the claim is estimate
struct SparseAssignmentResult {
    static constexpr std::uint32_t unmatched = std::numeric_limits<std::uint32_t>::max();

    Termination termination = Termination::unknown;
    Cause cause = Cause::cancelled;
    Claim claim = Claim::estimate;
    std::vector<std::uint32_t> column_of = {};  ///< per row; or `unmatched`
    Int128 objective = {};                      ///< exact total of chosen pairs and of the unmatched
    Int128 bound = {};                          ///< no assignment has a lower total
    std::variant<std::monostate, SparseAssignmentPrices, SparseAssignmentShortage> certificate = {};
    std::int64_t steps = 0;  ///< rows and columns looked at: bids and visits of searches

    friend bool operator==(const SparseAssignmentResult&, const SparseAssignmentResult&) = default;
};

/// Whether `problem` is as its struct describes it; if not, what is wrong first. One pass, no memory.
[[nodiscard]] Verdict examine(const SparseAssignmentProblem& problem);
[[nodiscard]] Verdict examine(const SparseAssignmentProblem32& problem);

/// Whether `result` shows what it says about `problem`, from the definitions above; if not, which condition
/// fails first and where (`column_of[3]`, `entry[17]`, `row[3]`, `column[2]`, `objective`, `bound`, `shortage`,
/// `rows[1]`, `columns[1]`, `cause`, `claim`, `steps`, `certificate`, `termination`). Two passes over the
/// entries, memory of one number per column; exact for any field values; shares no code with the solver.
[[nodiscard]] Verdict examine(const SparseAssignmentProblem& problem, const SparseAssignmentResult& result);
[[nodiscard]] Verdict examine(const SparseAssignmentProblem32& problem, const SparseAssignmentResult& result);

/// `examine(problem, result).accepted`.
[[nodiscard]] bool verify(const SparseAssignmentProblem& problem, const SparseAssignmentResult& result);
[[nodiscard]] bool verify(const SparseAssignmentProblem32& problem, const SparseAssignmentResult& result);

}  // namespace countyplan

#if !defined(COUNTYPLAN_SEPARATE) || defined(COUNTYPLAN_BODIES_SPARSE_ASSIGNMENT)
#include <countyplan/solve/proof/impl/sparse_assignment.hpp>
#endif
