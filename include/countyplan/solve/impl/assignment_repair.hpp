// From prices and pairs that nearly fit a table to a best assignment: a few searches on whole rows.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

#include <countyplan/solve/assignment.hpp>
#include <countyplan/solve/impl/kernel_assignment.hpp>
#include <countyplan/solve/watch.hpp>

namespace countyplan::detail {

/// The table made square in thought: where columns are more, one spare row at cost 0 holds all that are left
/// free; where rows are more, one spare column does. The spare's price is 0 between searches. Only rows that
/// a search visits are read.
template <class Cost>
class AssignmentRepair {
  public:
    static constexpr std::uint32_t none = AssignmentResult::unmatched;
    static constexpr std::uint32_t spare = none - 1;
    static constexpr std::int64_t reach = std::int64_t{1} << 60;  ///< of prices and distances
    static constexpr Cost no_pair = BasicAssignmentProblem<Cost>::no_pair;

    enum class End {
        done,
        stopped,
        hopeless,  ///< there is no way, or none within reach, or prices or pairs were not right
    };

    AssignmentRepair(const BasicAssignmentProblem<Cost>& problem, VectorLevel level, Watch& watch)
        : problem_(problem),
          kernel_(AssignmentKernels<Cost, std::int64_t>::at(level)),
          watch_(watch),
          wide_(problem.rows < problem.columns),
          tall_(problem.rows > problem.columns) {}

    std::vector<std::uint32_t> column_of;  ///< per row; `none` if free
    std::vector<std::int64_t> row_price;   ///< feasible with `column_price`
    std::vector<std::int64_t> column_price;
    std::int64_t steps = 0;
    std::int64_t most_steps = std::numeric_limits<std::int64_t>::max();  ///< it gives up after more

    /// The largest price that row `i` may have. O(columns).
    [[nodiscard]] std::int64_t row_limit(std::size_t i) const {
        const Cost* row = problem_.cost.data() + i * problem_.columns;
        std::int64_t least = tall_ ? 0 : reach;
        for (std::size_t j = 0; j < problem_.columns; ++j) {
            if (row[j] != no_pair) least = std::min(least, row[j] - column_price[j]);
        }
        return least == reach ? 0 : least;
    }

    /// The largest price that column `j` may have. O(rows).
    [[nodiscard]] std::int64_t column_limit(std::size_t j) const {
        std::int64_t least = wide_ ? 0 : reach;
        for (std::size_t i = 0; i < problem_.rows; ++i) {
            const Cost cost = problem_.cost[i * problem_.columns + j];
            if (cost != no_pair) least = std::min(least, cost - row_price[i]);
        }
        return least == reach ? 0 : least;
    }

    /// Makes the largest price of the larger side 0, as the spare's price needs.
    void level_signs() {
        const auto& larger = wide_ ? column_price : row_price;
        if (!wide_ && !tall_) return;
        shift(-*std::max_element(larger.begin(), larger.end()));
    }

    /// Whether no number is out of reach and no column given twice; to be asked before `complete`.
    bool prepare() {
        row_of_.assign(problem_.columns, none);
        for (std::size_t i = 0; i < problem_.rows; ++i) {
            const std::uint32_t j = column_of[i];
            if (j == none) continue;
            if (j >= problem_.columns || row_of_[j] != none) return false;
            row_of_[j] = static_cast<std::uint32_t>(i);
        }
        return within_reach();
    }

    static bool is_far(std::int64_t price) { return price < -reach / 2 || price > reach / 2; }
    [[nodiscard]] bool within_reach() const {
        return std::none_of(row_price.begin(), row_price.end(), is_far) &&
               std::none_of(column_price.begin(), column_price.end(), is_far);
    }

    /// Searches until every row, or every column, has its partner; pairs must be tight.
    End complete() {
        distance_.assign(problem_.columns, far_off);
        by_.assign(problem_.columns, none);
        for (;;) {
            const std::uint32_t start = next_start();
            if (start == none) return End::done;
            const End end = search(start);
            if (end != End::done) return end;
        }
    }

  private:
    static constexpr std::int64_t far_off = std::numeric_limits<std::int64_t>::max();

    /// Deals the free ones of the larger side to the spare, as far as it may hold them; a row to search from,
    /// the spare row, or `none` if nothing is left to do.
    std::uint32_t next_start() {
        const std::size_t rows = problem_.rows, columns = problem_.columns;
        std::uint32_t free_row = none;
        held_ = 0;
        if (tall_) {
            const std::size_t most = rows - columns;
            for (const bool priced : {false, true}) {  // those of price 0 are tight with the spare
                for (std::size_t i = 0; i < rows; ++i) {
                    if (column_of[i] != none && column_of[i] != spare) continue;
                    if ((row_price[i] != 0) != priced) continue;
                    column_of[i] = none;
                    if (!priced && held_ < most) {
                        column_of[i] = spare;
                        ++held_;
                    } else if (free_row == none || priced) {
                        free_row = static_cast<std::uint32_t>(i);
                    }
                }
            }
            room_ = most - held_;
            return free_row;
        }
        for (std::size_t i = 0; i < rows && free_row == none; ++i) {
            if (column_of[i] == none) free_row = static_cast<std::uint32_t>(i);
        }
        if (!wide_) return free_row;
        std::size_t most = columns - rows;
        bool open = false;
        for (std::size_t j = 0; j < columns; ++j) {
            if (row_of_[j] != none && row_of_[j] != spare) continue;
            const bool holds = column_price[j] == 0 && held_ < most;
            row_of_[j] = holds ? spare : none;
            held_ += holds ? 1 : 0;
            open = open || !holds;
        }
        return free_row != none ? free_row : open && held_ < most ? spare : none;
    }

    /// A shortest augmenting path from `start`; ends in a column that nobody holds or in the spare's room.
    End search(std::uint32_t start) {
        priced_ = column_price;  // settled columns get a price at which nothing reaches them
        std::fill(distance_.begin(), distance_.end(), far_off);
        settled_.clear();
        visited_.clear();
        spare_column_ = far_off;
        spare_row_ = far_off;
        spare_settled_ = false;
        bool right = true;
        if (start == spare) {
            visit_spare_row(0, none);
        } else {
            right = visit(start, 0);
        }
        std::int64_t length = far_off;
        std::uint32_t end = none;
        for (;;) {
            if (!right || steps > most_steps) return End::hopeless;
            watch_.spend(static_cast<std::int64_t>(problem_.columns / 4 + 64));
            if (watch_.exhausted(steps)) return End::stopped;
            const std::int64_t least = kernel_.least(distance_.data(), distance_.size());
            const bool by_spare = tall_ && !spare_settled_ && spare_column_ <= least;
            length = by_spare ? spare_column_ : least;
            if (length >= reach) return End::hopeless;
            if (by_spare) {
                if (room_ > 0) {
                    end = spare;
                    break;
                }
                spare_settled_ = true;
                for (std::size_t i = 0; i < problem_.rows && right; ++i) {
                    if (column_of[i] != spare) continue;
                    if (watch_.spend(static_cast<std::int64_t>(problem_.columns / 4 + 64))) return End::stopped;
                    right = row_price[i] == 0 && visit(static_cast<std::uint32_t>(i), length);
                }
                continue;
            }
            const auto j =
                static_cast<std::uint32_t>(std::find(distance_.begin(), distance_.end(), least) - distance_.begin());
            if (row_of_[j] == none) {
                end = j;
                break;
            }
            settled_.emplace_back(j, length);
            distance_[j] = far_off;
            priced_[j] = -2 * reach;
            if (row_of_[j] == spare) {
                if (spare_row_ == far_off) visit_spare_row(length, j);
            } else {
                const std::uint32_t i = row_of_[j];
                right = problem_.cost[std::size_t{i} * problem_.columns + j] == row_price[i] + column_price[j] &&
                        visit(i, length);
            }
        }
        flip(start, end);
        return reprice(length) ? End::done : End::hopeless;
    }

    /// False if a pair of the row costs less than its prices say.
    bool visit(std::uint32_t i, std::int64_t distance) {
        ++steps;
        visited_.emplace_back(i, distance);
        const std::int64_t base = distance - row_price[i];
        const Cost* row = problem_.cost.data() + std::size_t{i} * problem_.columns;
        std::uint64_t places = 0;
        for (std::size_t from = 0;; from += 64) {
            from = kernel_.shorter_in_row(row, priced_.data(), distance_.data(), from, problem_.columns, base, reach,
                                          places);
            if (from >= problem_.columns) break;
            for (; places != 0; places &= places - 1) {
                const std::size_t j = from + static_cast<std::size_t>(__builtin_ctzll(places));
                distance_[j] = row[j] - priced_[j] + base;
                by_[j] = i;
                if (distance_[j] < distance) return false;
            }
        }
        if (tall_ && !spare_settled_ && base < spare_column_) {
            spare_column_ = base;
            spare_by_ = i;
        }
        return !tall_ || row_price[i] <= 0;
    }

    void visit_spare_row(std::int64_t distance, std::uint32_t entry) {
        spare_row_ = distance;
        spare_entry_ = entry;
        for (std::size_t j = 0; j < problem_.columns; ++j) {
            const std::int64_t d = distance - priced_[j];
            if (d >= reach || d >= distance_[j]) continue;
            distance_[j] = d;
            by_[j] = spare;
        }
    }

    void flip(std::uint32_t start, std::uint32_t end) {
        std::uint32_t j = end;
        for (;;) {
            const std::uint32_t i = j == spare ? spare_by_ : by_[j];
            if (i == spare) {
                row_of_[j] = spare;
                if (start == spare && spare_entry_ == none) return;
                j = spare_entry_;
                continue;
            }
            const std::uint32_t next = column_of[i];
            column_of[i] = j;
            if (j != spare) row_of_[j] = i;
            if (i == start) return;
            j = next;
        }
    }

    /// Whether all prices stay within reach.
    bool reprice(std::int64_t length) {
        for (const auto& [j, distance] : settled_)
            column_price[j] += distance - length;
        for (const auto& [i, distance] : visited_)
            row_price[i] += length - distance;
        if (wide_ && spare_row_ != far_off) shift(length - spare_row_);
        if (tall_ && spare_settled_) shift(spare_column_ - length);
        return within_reach();
    }

    /// Adds `amount` to the prices of the larger side and takes it from the other's.
    void shift(std::int64_t amount) {
        if (amount == 0) return;
        for (std::int64_t& price : row_price)
            price += tall_ ? amount : -amount;
        for (std::int64_t& price : column_price)
            price += tall_ ? -amount : amount;
    }

    const BasicAssignmentProblem<Cost>& problem_;
    const AssignmentKernels<Cost, std::int64_t> kernel_;
    Watch& watch_;
    const bool wide_, tall_;
    std::vector<std::uint32_t> row_of_;
    std::vector<std::int64_t> priced_, distance_;
    std::vector<std::uint32_t> by_;  ///< per column, the row or spare it was reached from
    std::vector<std::pair<std::uint32_t, std::int64_t>> settled_, visited_;
    std::size_t held_ = 0, room_ = 0;      ///< what the spare holds, and may hold beside
    std::int64_t spare_column_ = far_off;  ///< its distance
    std::int64_t spare_row_ = far_off;
    std::uint32_t spare_by_ = none, spare_entry_ = none;
    bool spare_settled_ = false;
};

}  // namespace countyplan::detail
