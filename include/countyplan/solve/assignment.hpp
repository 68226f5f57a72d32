// What is the cheapest way to give every row of a table a column of its own, with a proof?
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include <countyplan/scalar/enumerator.hpp>
#include <countyplan/solve/observer.hpp>
#include <countyplan/solve/proof/assignment.hpp>
#include <countyplan/solve/stop.hpp>

namespace countyplan {

/// The table whose costs are `scale` times these, rounded to the nearest integer (halves away from 0): row
/// after row, +infinity for a forbidden pair. The total of any assignment of k pairs differs from `scale`
/// times its own by at most k / 2, so a best one of the table is within `k / scale` of the best, and the gap
/// is 0 where every scaled cost is an integer. Throws `InvalidProblem` for NaN, -infinity, a scaled cost above
/// 2^40 in size, a scale that is not positive and finite, or a list of another length.
[[nodiscard]] AssignmentProblem assignment_from_doubles(std::span<const double> cost, std::size_t rows,
                                                        std::size_t columns, double scale);

/// How the prices come about; all end in exact shortest augmenting paths. Where the sides differ in size,
/// every method is `shortest_path`.
enum class AssignmentMethod {
    automatic,      ///< where costs look independent, `core`, or `shortest_path` if there are more rows than
                    ///< values; prices from a ninth of the table where all rows want the same few columns; else
                    ///< `auction`
    auction,        ///< forward auction, its step scaled from the range of costs down to 1
    core,           ///< the same, from the range of the best columns of each row
    shortest_path,  ///< augmenting row reduction only (Jonker & Volgenant)
};

template <>
struct Enumerators<AssignmentMethod> {
    static constexpr MessageText words[] = {
        {"automatic", "自动", "automatic"},
        {"auction", "拍卖", "auction"},
        {"core", "核心", "core"},
        {"shortest_path", "最短路", "shortest path"},
    };
};

/// Where to start instead of from nothing: prices, pairs or both, from whatever source. A poor start costs
/// time, never the optimum. Of its pairs those are kept that its prices make tight.
struct AssignmentStart {
    std::vector<std::int64_t> column_price = {};  ///< per column, or empty: found from the pairs
    std::vector<std::uint32_t> column_of = {};    ///< per row, a column or `AssignmentResult::unmatched`; or empty

    friend bool operator==(const AssignmentStart&, const AssignmentStart&) = default;
};

struct AssignmentOptions {
    AssignmentMethod method = AssignmentMethod::automatic;
    AssignmentStart start = {};

    friend bool operator==(const AssignmentOptions&, const AssignmentOptions&) = default;
};

/// A best assignment. Exact for every legal table; the objective has 128 bits. A step is a bid or a row
/// visited by a search. Throws `InvalidProblem` if the table is not as described; never for infeasibility.
/// Stopped early it returns the best complete assignment at hand, if any, and the bound that its prices
/// prove. Time O(rows^2 * columns) in the worst case; on common tables it grows like the table.
/// Memory beside the problem: 600 bytes per row; a copy of the table (in 32 bits if its costs allow) where
/// costs have 64 bits or rows outnumber columns; one bit per pair where pairs are forbidden.
/// Deterministic: same problem, options and step limit give the same result on every machine. Thread-safe.
/// Methods: Bertsekas, Ann. Oper. Res. 14 (1988); Jonker & Volgenant, Computing 38 (1987).
[[nodiscard]] AssignmentResult solve(const AssignmentProblem& problem, const AssignmentOptions& options = {},
                                     const Stop& stop = {}, const Progress& progress = {});
[[nodiscard]] AssignmentResult solve(const AssignmentProblem32& problem, const AssignmentOptions& options = {},
                                     const Stop& stop = {}, const Progress& progress = {});

enum class AssignmentChangeKind {
    cost,            ///< one pair's cost, forbidden or not
    row_costs,       ///< any costs of one row
    column_costs,    ///< any costs of one column
    row_added,       ///< as the last one
    row_removed,     ///< later rows moved up
    column_added,    ///< as the last one
    column_removed,  ///< later columns moved up
};

/// What became of a table since it was solved.
struct AssignmentChange {
    AssignmentChangeKind kind = AssignmentChangeKind::cost;
    std::uint32_t row = 0;     ///< of the pair, or the row; a removed one's number before
    std::uint32_t column = 0;  ///< of the pair, or the column; a removed one's number before

    friend bool operator==(const AssignmentChange&, const AssignmentChange&) = default;
};

/// A best assignment of the table after one change, from the proved result before it: one search from the
/// kept prices. Reads only the changed row or column and the rows that the search visits, so it does not
/// notice other changes, nor a `previous` that was not right; `verify` does. Where `previous` is not
/// optimal, does not fit, or there is no way left, it solves anew. Throws as `solve` does, where a changed
/// cost or the sizes are not as described. Typically a few dozen rows, O(rows * columns) in the worst case.
[[nodiscard]] AssignmentResult repair(const AssignmentProblem& problem, AssignmentResult previous,
                                      const AssignmentChange& change, const Stop& stop = {},
                                      const Progress& progress = {});
[[nodiscard]] AssignmentResult repair(const AssignmentProblem32& problem, AssignmentResult previous,
                                      const AssignmentChange& change, const Stop& stop = {},
                                      const Progress& progress = {});

}  // namespace countyplan

#if !defined(COUNTYPLAN_SEPARATE) || defined(COUNTYPLAN_BODIES_ASSIGNMENT)
#include <countyplan/solve/impl/assignment.hpp>
#endif
