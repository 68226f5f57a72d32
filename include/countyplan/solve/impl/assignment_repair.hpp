// From prices and pairs that nearly fit a table to a best assignment: a few searches.
#pragma once

#include <algorithm>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <utility>
#include <vector>

#include <countyplan/solve/assignment.hpp>
#include <countyplan/solve/impl/assignment_lists.hpp>
#include <countyplan/solve/impl/kernel_assignment.hpp>
#include <countyplan/solve/watch.hpp>

namespace countyplan::detail {

/// The table made square in thought: where columns are more, one spare row at cost 0 holds all that are left
/// free; where rows are more, one spare column does. The spare's price is 0 between searches. Only rows that
/// a search visits are read, and of those only the few columns that matter where they have been looked at before.
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

    /// `places`: how many columns a row keeps in mind.
    AssignmentRepair(const AssignmentSight<Cost>& sight, std::size_t places, VectorLevel level)
        : table(sight), lists(places, level), kernel_(AssignmentKernels<Cost, std::int64_t>::at(level)) {
        lists.resize(table.rows);
    }

    AssignmentSight<Cost> table;
    AssignmentLists<Cost> lists;
    std::vector<std::uint32_t> column_of;  ///< per row; `none` if free
    std::vector<std::int64_t> row_price;   ///< feasible with `column_price`
    std::vector<std::int64_t> column_price;
    std::int64_t steps = 0;
    bool keeps_lists = false;                                            ///< makes them of rows it visits
    std::int64_t most_steps = std::numeric_limits<std::int64_t>::max();  ///< it gives up after more

    /// The bound that the prices prove.
    [[nodiscard]] Int128 price_total() const {
        Int128 total = 0;
        for (const std::int64_t price : row_price)
            total += price;
        for (const std::int64_t price : column_price)
            total += price;
        return total;
    }

    /// The largest price that row `i` may have. O(columns).
    [[nodiscard]] std::int64_t row_limit(std::size_t i) {
        look(i);
        std::int64_t least = table.is_tall() ? 0 : reach;
        for (const auto& [j, cost] : lists.of(i))
            least = std::min(least, cost - column_price[j]);
        return least == reach ? 0 : least;
    }

    /// The largest price that column `j` may have. O(rows).
    [[nodiscard]] std::int64_t column_limit(std::size_t j) const {
        std::int64_t least = table.is_wide() ? 0 : reach;
        for (std::size_t i = 0; i < table.rows; ++i) {
            const Cost cost = table.row(i)[j];
            if (cost != no_pair) least = std::min(least, cost - row_price[i]);
        }
        return least == reach ? 0 : least;
    }

    /// Makes the largest price of the larger side 0, as the spare's price needs.
    void level_signs() {
        const auto& larger = table.is_wide() ? column_price : row_price;
        if (table.rows == table.columns || larger.empty()) return;
        shift(-*std::max_element(larger.begin(), larger.end()));
    }

    /// Whether no number is out of reach and no column given twice; to be asked before `complete`.
    bool prepare() {
        row_of_.assign(table.columns, none);
        for (std::size_t i = 0; i < table.rows; ++i) {
            const std::uint32_t j = column_of[i];
            if (j == none || j == spare) continue;
            if (j >= table.columns || row_of_[j] != none) return false;
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
    End complete(Watch& watch) {
        distance_.assign(table.columns, far_off);
        by_.assign(table.columns, none);
        for (;;) {
            const std::uint32_t start = next_start();
            if (start == none) return End::done;
            const End end = search(start, watch);
            for (const std::uint32_t j : touched_)
                distance_[j] = far_off;
            if (end != End::done) return end;
        }
    }

  private:
    static constexpr std::int64_t far_off = std::numeric_limits<std::int64_t>::max();
    static constexpr std::int64_t settled = std::numeric_limits<std::int64_t>::min();

    /// Columns of a row that are put off.
    struct Waiting {
        std::int64_t reached;  ///< no distance to one of them is less
        std::uint32_t row, place;

        friend auto operator<=>(const Waiting&, const Waiting&) = default;
    };

    /// Deals the free ones of the larger side to the spare, as far as it may hold them; a row to search from,
    /// the spare row, or `none` if nothing is left to do.
    std::uint32_t next_start() {
        const std::size_t rows = table.rows, columns = table.columns;
        std::uint32_t free_row = none;
        held_ = 0;
        if (table.is_tall()) {
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
        if (!table.is_wide()) return free_row;
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
    End search(std::uint32_t start, Watch& watch) {
        touched_.clear();
        heap_.clear();
        waiting_.clear();
        settled_.clear();
        visited_.clear();
        nearest_end_ = far_off;
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
            watch.spend(std::exchange(work_, 64));
            if (watch.exhausted(steps)) return End::stopped;
            const bool spare_waits = table.is_tall() && !spare_settled_;
            const std::int64_t least = std::min(nearest(), spare_waits ? spare_column_ : far_off);
            if (!waiting_.empty() && waiting_.front().reached < std::min(least, nearest_end_)) {
                right = look_on();
                continue;
            }
            length = least;
            if (length >= reach) return End::hopeless;
            if (spare_waits && spare_column_ == least) {
                if (room_ > 0) {
                    end = spare;
                    break;
                }
                spare_settled_ = true;
                for (std::size_t i = 0; i < table.rows && right; ++i) {
                    if (column_of[i] != spare) continue;
                    if (watch.spend(std::exchange(work_, 64))) return End::stopped;
                    right = row_price[i] == 0 && visit(static_cast<std::uint32_t>(i), length);
                }
                continue;
            }
            const std::uint32_t j = heap_.front().second;
            pop(heap_);
            if (row_of_[j] == none) {
                end = j;
                break;
            }
            settled_.emplace_back(j, length);
            distance_[j] = settled;
            if (row_of_[j] == spare) {
                if (spare_row_ == far_off) visit_spare_row(length, j);
            } else {
                const std::uint32_t i = row_of_[j];
                right = table.row(i)[j] == row_price[i] + column_price[j] && visit(i, length);
            }
        }
        flip(start, end);
        return reprice(length) ? End::done : End::hopeless;
    }

    template <class Entry>
    static void pop(std::vector<Entry>& heap) {
        std::pop_heap(heap.begin(), heap.end(), std::greater<>());
        heap.pop_back();
    }
    template <class Entry>
    static void push(std::vector<Entry>& heap, const Entry& entry) {
        heap.push_back(entry);
        std::push_heap(heap.begin(), heap.end(), std::greater<>());
    }

    /// The distance of the nearest column that is not settled; `far_off` if none is known.
    std::int64_t nearest() {
        while (!heap_.empty() && distance_[heap_.front().second] != heap_.front().first)
            pop(heap_);
        return heap_.empty() ? far_off : heap_.front().first;
    }

    /// No shorter way to a column leads past the nearest known end.
    void label(std::uint32_t j, std::int64_t distance, std::uint32_t by) {
        if (distance >= distance_[j] || distance >= nearest_end_ || distance >= reach) return;
        if (distance_[j] == far_off) touched_.push_back(j);
        distance_[j] = distance;
        by_[j] = by;
        if (row_of_[j] == none) nearest_end_ = distance;
        push(heap_, {distance, j});
    }

    void look(std::size_t i) {
        work_ += static_cast<std::int64_t>(table.columns / 4);
        lists.look(i, table.row(i), column_price);
    }

    /// False if a pair of the row costs less than its prices say.
    bool visit(std::uint32_t i, std::int64_t distance) {
        ++steps;
        visited_.emplace_back(i, distance);
        const std::int64_t base = distance - row_price[i];
        if (table.is_tall() && !spare_settled_ && base < spare_column_) {
            spare_column_ = base;
            spare_by_ = i;
        }
        if (table.is_tall() && row_price[i] > 0) return false;
        if (lists.has(i)) return relax_list(i, base);
        if (!keeps_lists) return relax_row(i, base);
        look(i);
        return relax_list(i, base);
    }

    /// The next few of the listed columns; the others wait until they could matter.
    bool relax_list(std::uint32_t i, std::int64_t base, std::size_t place = 0) {
        const std::int64_t least = base + row_price[i];  // what the row's own distance is
        const auto listed = lists.of(i).subspan(place);
        for (const auto& [j, cost] : listed.first(std::min(listed.size(), lists.stride))) {
            const std::int64_t distance = cost - column_price[j] + base;
            if (distance < least) return false;
            label(j, distance, i);
        }
        place += lists.stride;
        const std::int64_t reached = lists.reached_from(i, place);
        if (reached == lists.all_listed) return true;
        push(waiting_, Waiting{reached + base, i, static_cast<std::uint32_t>(place)});
        return true;
    }

    bool relax_row(std::uint32_t i, std::int64_t base) {
        work_ += static_cast<std::int64_t>(table.columns / 4);
        const std::int64_t least = base + row_price[i];
        const Cost* row = table.row(i);
        std::uint64_t places = 0;
        for (std::size_t from = 0;; from += 64) {
            from = kernel_.shorter_in_row(row, column_price.data(), distance_.data(), from, table.columns, base,
                                          std::min(nearest_end_, reach), places);
            if (from >= table.columns) return true;
            for (; places != 0; places &= places - 1) {
                const std::size_t j = from + static_cast<std::size_t>(__builtin_ctzll(places));
                const std::int64_t distance = row[j] - column_price[j] + base;
                if (distance < least) return false;
                label(static_cast<std::uint32_t>(j), distance, i);
            }
        }
    }

    /// Goes on with the row whose columns put off could be nearest: along its list, then by a list made anew, then
    /// with all of them if that shows no more.
    bool look_on() {
        const auto [key, i, place] = waiting_.front();
        pop(waiting_);
        const std::int64_t before = lists.reached_from(i, place);
        const std::int64_t base = key - before;
        if (place < lists.of(i).size()) return relax_list(i, base, place);
        look(i);
        return lists.threshold(i) > before ? relax_list(i, base) : relax_row(i, base);
    }

    void visit_spare_row(std::int64_t distance, std::uint32_t entry) {
        spare_row_ = distance;
        spare_entry_ = entry;
        for (std::size_t j = 0; j < table.columns; ++j)
            label(static_cast<std::uint32_t>(j), distance - column_price[j], spare);
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
        if (table.is_wide() && spare_row_ != far_off) shift(length - spare_row_);
        if (table.is_tall() && spare_settled_) shift(spare_column_ - length);
        return within_reach();
    }

    /// Adds `amount` to the prices of the larger side and takes it from the other's.
    void shift(std::int64_t amount) {
        if (amount == 0) return;
        const bool tall = table.is_tall();
        lists.lift(tall ? -amount : amount);
        for (std::int64_t& price : row_price)
            price += tall ? amount : -amount;
        for (std::int64_t& price : column_price)
            price += tall ? -amount : amount;
    }

    AssignmentKernels<Cost, std::int64_t> kernel_;
    std::vector<std::uint32_t> row_of_;
    std::vector<std::int64_t> distance_;  ///< per column; `settled` once done
    std::vector<std::uint32_t> by_;       ///< per column, the row or spare it was reached from
    std::vector<std::uint32_t> touched_;
    std::vector<std::pair<std::int64_t, std::uint32_t>> heap_;  ///< distance and column; may be out of date
    std::vector<Waiting> waiting_;
    std::vector<std::pair<std::uint32_t, std::int64_t>> settled_, visited_;
    std::int64_t work_ = 0;  ///< that no watch has been told of
    std::int64_t nearest_end_ = far_off;
    std::size_t held_ = 0, room_ = 0;      ///< what the spare holds, and may hold beside
    std::int64_t spare_column_ = far_off;  ///< its distance
    std::int64_t spare_row_ = far_off;
    std::uint32_t spare_by_ = none, spare_entry_ = none;
    bool spare_settled_ = false;
};

}  // namespace countyplan::detail
