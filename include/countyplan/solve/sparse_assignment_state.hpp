// How do I keep a sparse assignment optimal while rows, columns and costs come, go and change?
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include <countyplan/solve/impl/sparse_assignment_lists.hpp>
#include <countyplan/solve/impl/sparse_assignment_search.hpp>
#include <countyplan/solve/impl/sparse_assignment_sides.hpp>
#include <countyplan/solve/sparse_assignment.hpp>

namespace countyplan {

/// A pair seen from one of its ends: the other end and the cost.
struct SparsePartner {
    std::uint32_t other = 0;
    std::int64_t cost = 0;

    friend bool operator==(const SparsePartner&, const SparsePartner&) = default;
};

/// A problem with its prices and its matching. Edits keep the prices right and part the pairs they break;
/// `repair` then augments from those alone, so that one edit costs about the part of the problem it touches.
/// Rows and columns keep their numbers; a removed one stays as a number without pairs that may stay unmatched
/// at price 0. Of parallel pairs only the cheapest is kept. A regular value; memory about 40 bytes per pair and
/// 120 per row and column. Not thread-safe while it is changed.
/// Edits throw `InvalidProblem`, and change nothing, where a number does not exist or a cost is out of range.
class SparseAssignmentState {
  public:
    using Problem = SparseAssignmentProblem;

    /// Solves `problem`; see `solve`.
    explicit SparseAssignmentState(const SparseAssignmentProblem& problem, const SparseAssignmentOptions& options = {},
                                   const Stop& stop = {}, const Progress& progress = {});
    explicit SparseAssignmentState(const SparseAssignmentProblem32& problem,
                                   const SparseAssignmentOptions& options = {}, const Stop& stop = {},
                                   const Progress& progress = {});

    [[nodiscard]] std::size_t rows() const { return rows_.members(); }
    [[nodiscard]] std::size_t columns() const { return columns_.members(); }

    /// Adds a pair or changes its cost. O(entries of its row and column).
    void set_cost(std::uint32_t row, std::uint32_t column, std::int64_t cost);
    /// Removes a pair, if it is there.
    void remove_pair(std::uint32_t row, std::uint32_t column);
    /// A price, or `Problem::must_match`.
    void set_unmatched_row(std::uint32_t row, std::int64_t price);
    void set_unmatched_column(std::uint32_t column, std::int64_t price);
    /// The new one's number; `unmatched` is a price or `Problem::must_match`.
    std::uint32_t add_row(std::span<const SparsePartner> partners, std::int64_t unmatched);
    std::uint32_t add_column(std::span<const SparsePartner> partners, std::int64_t unmatched);
    void remove_row(std::uint32_t row);
    void remove_column(std::uint32_t column);

    /// Makes the matching optimal again: optimal, infeasible, or unknown if stopped (call again to go on).
    /// A step is one member visited.
    Termination repair(const Stop& stop = {}, const Progress& progress = {});

    /// What the last `repair`, or the constructor, ended with; unknown after an edit.
    [[nodiscard]] Termination termination() const { return termination_; }
    /// The total; only while optimal.
    [[nodiscard]] Int128 objective() const;
    /// A row's column or `SparseAssignmentResult::unmatched`, from the last repair. O(1).
    [[nodiscard]] std::uint32_t column_of(std::uint32_t row) const;

    /// The problem as it is now, for `examine(problem(), result())`. O(rows + columns + entries).
    [[nodiscard]] Problem problem() const;
    /// Answer and proof as of `solve`. O(rows + columns) while optimal or infeasible, else O(entries) more.
    [[nodiscard]] SparseAssignmentResult result() const;

  private:
    template <class Cost>
    void build(const BasicSparseAssignmentProblem<Cost>& problem, const SparseAssignmentResult& solved);
    void check_row(std::uint32_t row) const;
    void check_column(std::uint32_t column) const;
    void check_cost(std::int64_t cost, std::size_t members, bool may_be_must_match) const;
    void part(std::uint32_t row);
    void set_price(detail::SparseSide<std::int64_t>& side, std::uint32_t i, std::int64_t price);
    void price_pair(std::uint32_t row, std::uint32_t column, std::int64_t cost);
    std::uint32_t add_member(bool row, std::span<const SparsePartner> partners, std::int64_t unmatched);
    void set_limit(bool row, std::uint32_t i, std::int64_t price);
    void remove_member(bool row, std::uint32_t i);
    bool augment(bool row, Termination& end, detail::Watch& watch);

    detail::PairLists rows_, columns_;
    std::vector<std::int64_t> row_limit_, column_limit_;  ///< `out_of_reach` where one must be matched
    detail::SparseSide<std::int64_t> row_, column_;
    std::vector<std::uint32_t> free_rows_, free_columns_;  ///< perhaps below their price
    detail::SparseSearch<std::int64_t> row_search_, column_search_;
    SparseAssignmentShortage shortage_;
    Int128 price_sum_;
    std::int64_t largest_ = 0;  ///< size of the largest cost or price there ever was
    std::int64_t steps_ = 0;
    Termination termination_ = Termination::unknown;
    Cause cause_ = Cause::cancelled;
};

}  // namespace countyplan

#if !defined(COUNTYPLAN_SEPARATE) || defined(COUNTYPLAN_BODIES_SPARSE_ASSIGNMENT)
#include <countyplan/solve/impl/sparse_assignment_state.hpp>
#endif
