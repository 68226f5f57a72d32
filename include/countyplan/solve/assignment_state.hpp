// How do I keep a dense assignment optimal while rows, columns and costs come, go and change?
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include <countyplan/solve/assignment.hpp>
#include <countyplan/solve/impl/assignment_repair.hpp>

namespace countyplan {

/// A table with its prices and its pairs. Edits keep the prices right and part the pairs they break; `repair` then
/// augments from those alone. Each row keeps its few best columns in mind, so that one edit costs about what it
/// displaces: at 5000 rows a few hundred short lists and a few whole rows. A regular value; memory 8 bytes per pair,
/// an eighth more for rows and columns to come, and 1 KiB per row. Not thread-safe while it is changed.
/// Edits throw `InvalidProblem`, and change nothing, where a number does not exist, a list has the wrong length or a
/// cost is out of range.
class AssignmentState {
  public:
    using Problem = AssignmentProblem;

    /// Solves `problem`; see `solve`.
    explicit AssignmentState(const AssignmentProblem& problem, const AssignmentOptions& options = {},
                             const Stop& stop = {}, const Progress& progress = {});
    explicit AssignmentState(const AssignmentProblem32& problem, const AssignmentOptions& options = {},
                             const Stop& stop = {}, const Progress& progress = {});

    [[nodiscard]] std::size_t rows() const { return rows_; }
    [[nodiscard]] std::size_t columns() const { return columns_; }
    /// A cost or `Problem::no_pair`.
    [[nodiscard]] std::int64_t cost(std::uint32_t row, std::uint32_t column) const;

    /// A cost or `Problem::no_pair`. O(columns) at most.
    void set_cost(std::uint32_t row, std::uint32_t column, std::int64_t cost);
    /// `costs`: one per column, or one per row.
    void set_row(std::uint32_t row, std::span<const std::int64_t> costs);
    void set_column(std::uint32_t column, std::span<const std::int64_t> costs);
    /// The new one's number, which is the last.
    std::uint32_t add_row(std::span<const std::int64_t> costs);
    std::uint32_t add_column(std::span<const std::int64_t> costs);
    /// The last row or column takes the number of the one removed.
    void remove_row(std::uint32_t row);
    void remove_column(std::uint32_t column);

    /// Makes the assignment optimal again: optimal, infeasible, or unknown if stopped (call again to go on).
    /// A step is one row visited. Where there is no way left the table is solved anew.
    Termination repair(const Stop& stop = {}, const Progress& progress = {});

    /// What the last `repair`, or the constructor, ended with; unknown after an edit.
    [[nodiscard]] Termination termination() const { return termination_; }
    /// The total; only while optimal. O(rows + columns).
    [[nodiscard]] Int128 objective() const;
    /// A row's column or `AssignmentResult::unmatched`, from the last repair. O(1).
    [[nodiscard]] std::uint32_t column_of(std::uint32_t row) const;

    /// The problem as it is now, for `examine(problem(), result())`. O(rows * columns).
    [[nodiscard]] Problem problem() const;
    /// Answer and proof as of `solve`. O(rows + columns) while optimal.
    [[nodiscard]] AssignmentResult result() const;

  private:
    template <class Cost>
    void build(const BasicAssignmentProblem<Cost>& problem, AssignmentResult solved);
    void take(AssignmentResult solved);
    void make_room(std::size_t rows, std::size_t columns);
    void resize(std::size_t rows, std::size_t columns);
    void begin_edit();
    void free_row(std::uint32_t row);
    void free_column(std::uint32_t column);
    void price_column(std::uint32_t column);
    void check_row(std::uint32_t row) const;
    void check_column(std::uint32_t column) const;
    void check_costs(std::span<const std::int64_t> costs, std::size_t length) const;
    void check_sides(std::size_t rows, std::size_t columns) const;
    [[nodiscard]] std::int64_t* at(std::size_t row) { return cost_.data() + row * stride_; }
    [[nodiscard]] detail::AssignmentSight<std::int64_t> sight() const {
        return {cost_.data(), rows_, columns_, stride_};
    }

    std::size_t rows_ = 0, columns_ = 0;
    std::size_t stride_ = 0;          ///< columns there is room for
    std::vector<std::int64_t> cost_;  ///< rows there is room for
    detail::AssignmentRepair<std::int64_t> repair_;
    AssignmentResult last_;  ///< of a solve that left no prices to go on from
    Termination termination_ = Termination::unknown;
    Cause cause_ = Cause::cancelled;
    bool is_priced_ = false;  ///< `repair_` holds right prices and tight pairs
};

}  // namespace countyplan

#if !defined(COUNTYPLAN_SEPARATE) || defined(COUNTYPLAN_BODIES_ASSIGNMENT)
#include <countyplan/solve/impl/assignment_state.hpp>
#endif
