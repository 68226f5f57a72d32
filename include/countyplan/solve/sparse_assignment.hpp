// Which of the listed pairs match rows and columns at the least total cost, with a proof?
#pragma once

#include <cstdint>
#include <vector>

#include <countyplan/scalar/enumerator.hpp>
#include <countyplan/solve/observer.hpp>
#include <countyplan/solve/proof/sparse_assignment.hpp>
#include <countyplan/solve/stop.hpp>

namespace countyplan {

enum class SparseAssignmentMethod {
    automatic,      ///< by measured features of the instance
    shortest_path,  ///< row reduction, then one shortest path per member left: best where one side is scarce
    auction,        ///< bids with falling increments, then shortest paths: best where both sides are equal
};

template <>
struct Enumerators<SparseAssignmentMethod> {
    static constexpr MessageText words[] = {
        {"automatic", "自动", "automatic"},
        {"shortest_path", "最短路", "shortest path"},
        {"auction", "拍卖", "auction"},
    };
};

struct SparseAssignmentOptions {
    SparseAssignmentMethod method = SparseAssignmentMethod::automatic;

    friend bool operator==(const SparseAssignmentOptions&, const SparseAssignmentOptions&) = default;
};

/// What is known before a solve, say from the answer to a similar problem; nothing in it need be right.
/// Empty lists mean nothing is known; others have one entry per row or per column.
struct SparseAssignmentStart {
    std::vector<std::uint32_t> column_of = {};    ///< per row: a column, or SparseAssignmentResult::unmatched
    std::vector<std::int64_t> column_price = {};  ///< any numbers

    friend bool operator==(const SparseAssignmentStart&, const SparseAssignmentStart&) = default;
};

/// Least-cost sparse assignment. Exact for every legal input; objective and bound have 128 bits. Inside, 32-bit
/// prices are used where they suffice, which changes no answer. A step is one bid or one member visited by a
/// search.
/// Throws `InvalidProblem` if the problem is not as described; never for infeasibility.
/// Time O(bidders * entries * log) at worst, where the lesser side bids; measured nearly linear where one side
/// is scarce. Memory beside problem and answer: 8 bytes per entry with 32-bit prices, 16 with 64-bit ones, 2
/// more for a moment; about 30 per row and column. Returns from a stop within 50 ms up to about 10 million
/// entries. Deterministic: same problem, options and step limit give the same result. Thread-safe.
/// Method: augmenting row reduction, Jonker & Volgenant, Computing 38 (1987); auction, Bertsekas, Annals of
/// Operations Research 14 (1988); see docs/math/sparse_assignment.md.
[[nodiscard]] SparseAssignmentResult solve(const SparseAssignmentProblem& problem,
                                           const SparseAssignmentOptions& options = {}, const Stop& stop = {},
                                           const Progress& progress = {});
[[nodiscard]] SparseAssignmentResult solve(const SparseAssignmentProblem32& problem,
                                           const SparseAssignmentOptions& options = {}, const Stop& stop = {},
                                           const Progress& progress = {});

/// As `solve`, but from `start`: the better it is, the less is left to do. Throws `InvalidProblem` also if a
/// list of `start` has the wrong length; pairs in it that are not there count as unmatched.
[[nodiscard]] SparseAssignmentResult solve_from(const SparseAssignmentProblem& problem,
                                                const SparseAssignmentStart& start, const Stop& stop = {},
                                                const Progress& progress = {});
[[nodiscard]] SparseAssignmentResult solve_from(const SparseAssignmentProblem32& problem,
                                                const SparseAssignmentStart& start, const Stop& stop = {},
                                                const Progress& progress = {});

}  // namespace countyplan

#if !defined(COUNTYPLAN_SEPARATE) || defined(COUNTYPLAN_BODIES_SPARSE_ASSIGNMENT)
#include <countyplan/solve/impl/sparse_assignment.hpp>
#endif
