// The state of one dense assignment solve: prices, who has whom, and what each row knows of its columns.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

#include <countyplan/solve/impl/kernel_assignment.hpp>
#include <countyplan/solve/watch.hpp>

namespace countyplan::detail {

/// A table seen with at most as many rows as columns. Does not own its costs.
template <class Cost>
struct AssignmentTable {
    const Cost* cost = nullptr;
    std::size_t rows = 0;
    std::size_t columns = 0;

    [[nodiscard]] const Cost* row(std::size_t i) const { return cost + i * columns; }
};

/// How a part of a solve ended.
enum class SearchEnd {
    done,
    stopped,       ///< the watch says so
    short_of,      ///< some rows have too few allowed columns
    out_of_range,  ///< `Price` may be too narrow
    costly,        ///< another way may be cheaper
};

/// What prices and distances may reach so that no sum leaves `Price`: see docs/math/assignment.md.
template <class Price>
struct PriceRange {
    static constexpr int bits = std::numeric_limits<Price>::digits;
    static constexpr Price most_cost = Price{1} << (sizeof(Price) == 4 ? bits - 3 : 40);  ///< in size
    static constexpr Price reach = Price{1} << (bits - 2);  ///< prices above -reach, distances below
};

/// Columns left out of a row's list stay above its threshold for good, since prices only fall: a bid whose
/// two best list values are not above the threshold needs no look at the row.
template <class Cost, class Price>
class AssignmentSearch {
  public:
    static constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();
    static constexpr std::size_t most = CandidateShape::most;
    static constexpr std::int64_t no_limit = std::numeric_limits<std::int64_t>::max();

    AssignmentSearch(const AssignmentTable<Cost>& shape, const AssignmentKernels<Cost, Price>& functions, Watch& clock)
        : table(shape), kernel(functions), watch(clock) {
        price.assign(table.columns, 0);
        column_of.assign(table.rows, none);
        row_of.assign(table.columns, none);
        matched_cost.assign(table.rows, 0);
        low.assign(table.rows, std::numeric_limits<Price>::min() / 2);
        marks_.assign((table.columns + 63) / 64, 0);
        bits_.assign(marks_.size() + 1, 0);
        base_.assign(marks_.size() + 1, 0);
        cost_.resize(table.rows * most);
        column_.resize(table.rows * most);
        count_.assign(table.rows, 0);
        threshold_.assign(table.rows, std::numeric_limits<Price>::min());
    }

    const AssignmentTable<Cost> table;
    const AssignmentKernels<Cost, Price>& kernel;
    Watch& watch;

    std::vector<Price> price;              ///< per column; only falls
    std::vector<std::uint32_t> column_of;  ///< per row
    std::vector<std::uint32_t> row_of;     ///< per column
    std::vector<Cost> matched_cost;        ///< per matched row
    std::vector<Price> low;                ///< per row, at most its reduced costs: a valid price of it
    Price spread = 1;                      ///< no two allowed costs differ by more
    std::int64_t steps = 0;                ///< bids and rows visited by searches
    std::int64_t looks = 0;                ///< rows read from end to end

    /// The reduced cost that every unlisted column of the row has reached.
    [[nodiscard]] Price threshold(std::size_t i) const { return threshold_[i]; }
    [[nodiscard]] std::size_t count(std::size_t i) const { return count_[i]; }
    [[nodiscard]] const Cost* costs(std::size_t i) const { return cost_.data() + i * most; }
    [[nodiscard]] const std::uint32_t* columns(std::size_t i) const { return column_.data() + i * most; }

    /// To be done where prices rise.
    void forget_lists() { std::fill(count_.begin(), count_.end(), 0); }

    void match(std::size_t i, std::uint32_t j, Cost cost) {
        column_of[i] = j;
        row_of[j] = static_cast<std::uint32_t>(i);
        matched_cost[i] = cost;
    }

    /// Whether to stop before another step; tells the observer if it is time.
    bool halted() {
        if (watch.exhausted(steps)) return true;
        watch.report([this] {
            Tick tick;
            tick.steps = steps;
            return tick;
        });
        return false;
    }

    /// Makes the list of row `i` anew at the present prices. O(columns).
    void look(std::size_t i) {
        ++looks;
        watch.spend(static_cast<std::int64_t>(table.columns / 8 + 64));
        const Cost* row = table.row(i);
        const Price limit = kernel.limit_of(row, price.data(), table.columns);
        threshold_[i] = mark(row, limit);
        list_marked(i, row);
    }

    /// The same for one row after another while all prices are 0; widens `range` to the costs, and `forbidden` becomes
    /// true if a pair is. False if a cost is too large for `Price`.
    bool first_look(std::size_t i, std::pair<Cost, Cost>& range, bool& forbidden) {
        ++looks;
        watch.spend(static_cast<std::int64_t>(table.columns / 8 + 64));
        const Cost* row = table.row(i);
        const Cost* next = table.row(std::min(i + 1, table.rows - 1));
        constexpr Price within = PriceRange<Price>::most_cost;
        std::size_t below = 0;
        const Price limit =
            kernel.first_look(row, price.data(), table.columns, range, within, forbidden, marks_.data(), below, next);
        if (range.first < -within || range.second > within) return false;
        threshold_[i] = thinned(row, limit, below);
        list_marked(i, row);
        return true;
    }

    /// The best column of row `i` at the present prices, and a reduced cost that no other undercuts.
    BestTwo<Price> best_two(std::size_t i) {
        auto best = kernel.best_two(costs(i), columns(i), count_[i], price.data());
        if (best.first > threshold_[i] || count_[i] == 0) {
            look(i);
            best = kernel.best_two(costs(i), columns(i), count_[i], price.data());
        }
        low[i] = best.first;
        best.second = std::min(best.second, threshold_[i]);
        return best;
    }

  private:
    static constexpr std::size_t most_thinned = 4 * most;  ///< marked columns that are still sorted

    /// Marks the columns below `limit`, or below a lower one that about `wanted` to `most` are below, if there
    /// is one; returns what the others have reached.
    Price mark(const Cost* row, Price limit) { return thinned(row, limit, mark_below(row, limit)); }

    std::size_t mark_below(const Cost* row, Price limit) {
        return kernel.mark_below(row, price.data(), table.columns, limit, marks_.data());
    }

    /// The same once those below `limit` are marked, `count` of them.
    Price thinned(const Cost* row, Price limit, std::size_t count) {
        if (count <= most) return limit;
        if (count <= most_thinned) {
            const Price lower = lower_limit(row);
            if (keep_below(row, lower)) return lower;
        }
        // too many are below `to`; some are below `best`
        constexpr Price lowest = std::numeric_limits<Price>::min() / 2;
        Price from = lowest, to = std::min<Price>(limit, std::numeric_limits<Price>::max() / 2), best = from;
        while (to - from > 1) {
            const Price middle = static_cast<Price>(from + (to - from) / 2);
            count = mark_below(row, middle);
            if (count > most) {
                to = middle;
                continue;
            }
            from = middle;
            if (count > 0) best = middle;
            if (count >= CandidateShape::wanted) return middle;
        }
        mark_below(row, best == from && best != lowest ? best : to);
        return from;  // all of `to` share the reduced cost `from`
    }

    /// The reduced cost of one of the marked, at most `most_thinned`, that about a list of them are below.
    Price lower_limit(const Cost* row) const {
        std::array<Price, most_thinned> reduced{};
        std::size_t count = 0;
        for (std::size_t w = 0; w < marks_.size(); ++w) {
            for (std::uint64_t word = marks_[w]; word != 0; word &= word - 1) {
                const std::size_t j = w * 64 + static_cast<std::size_t>(__builtin_ctzll(word));
                reduced[count++] = static_cast<Price>(row[j] - price[j]);
            }
        }
        const auto place = reduced.begin() + (most + CandidateShape::wanted) / 2;
        std::nth_element(reduced.begin(), place, reduced.begin() + static_cast<std::ptrdiff_t>(count));
        return *place;
    }

    /// Leaves only those below `limit` marked; whether there are any.
    bool keep_below(const Cost* row, Price limit) {
        bool any = false;
        for (std::size_t w = 0; w < marks_.size(); ++w) {
            for (std::uint64_t word = marks_[w]; word != 0; word &= word - 1) {
                const std::size_t j = w * 64 + static_cast<std::size_t>(__builtin_ctzll(word));
                const bool below = static_cast<Price>(row[j] - price[j]) < limit;
                any |= below;
                if (!below) marks_[w] ^= word & (0 - word);
            }
        }
        return any;
    }

    /// Lists what is marked, from the row's own number on, so that rows alike begin with different columns.
    void list_marked(std::size_t i, const Cost* row) {
        const auto words = static_cast<std::uint32_t>(marks_.size());
        const auto start = static_cast<std::uint32_t>(words == 0 ? 0 : i / 64 % words);
        std::uint64_t* bits = bits_.data();
        std::uint32_t* base = base_.data();
        const std::uint64_t* marks = marks_.data();
        std::size_t waiting = 0;
        for (const auto& [first, last] : {std::pair{start, words}, std::pair{0U, start}}) {
            for (std::uint32_t w = first; w < last; ++w) {
                bits[waiting] = marks[w];
                base[waiting] = w * 64;
                waiting += marks[w] != 0 ? 1 : 0;
            }
        }
        Cost* cost = cost_.data() + i * most;
        std::uint32_t* column = column_.data() + i * most;
        std::size_t count = 0;
        // one column of each word per turn, without a branch on how many are left in it
        while (waiting > 0 && count < most) {
            const std::size_t turn = std::min(waiting, most - count);
            std::size_t again = 0;
            for (std::size_t w = 0; w < turn; ++w) {
                const std::uint64_t word = bits[w];
                const std::uint32_t first = base[w];
                const std::uint32_t j = first + static_cast<std::uint32_t>(__builtin_ctzll(word));
                column[count] = j;
                cost[count++] = row[j];
                bits[again] = word & (word - 1);
                base[again] = first;
                again += bits[again] != 0 ? 1 : 0;
            }
            waiting = again;
        }
        count_[i] = static_cast<std::uint32_t>(count);
    }

    std::vector<std::uint64_t> bits_;   ///< words with marks left
    std::vector<std::uint32_t> base_;   ///< their first columns
    std::vector<std::uint64_t> marks_;  ///< one bit per column
    std::vector<Cost> cost_;
    std::vector<std::uint32_t> column_;
    std::vector<std::uint32_t> count_;
    std::vector<Price> threshold_;
};

}  // namespace countyplan::detail
