// The exact end of a dense assignment solve: shortest augmenting paths on candidate lists.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <type_traits>
#include <utility>
#include <vector>

#include <countyplan/solve/impl/assignment_search.hpp>
#include <countyplan/solve/proof/int128.hpp>

namespace countyplan::detail {

/// Gives free rows a column each by shortest paths; a row whose unlisted columns could matter is looked at
/// anew, then as a whole, so the search is exact. Matched pairs must be tight, columns left free unpriced
/// where the table is not square.
template <class Cost, class Price>
class AssignmentPaths {
  public:
    using Search = AssignmentSearch<Cost, Price>;

    explicit AssignmentPaths(Search& search) : s_(search) {
        distance_.assign(s_.table.columns, no_price<Price>);
        by_.resize(s_.table.columns);
        base_.resize(s_.table.rows);
    }

    /// Gives row `start` a column. There must be a way to one; none within reach is `out_of_range`.
    SearchEnd augment(std::uint32_t start) {
        limit_ = PriceRange<Price>::reach;
        end_ = Search::none;
        heap_.clear();
        waiting_.clear();
        std::uint32_t row = start;
        Price base = static_cast<Price>(-s_.best_two(start).first);
        for (;;) {
            s_.watch.spend(64);
            if (s_.halted()) {
                forget();
                return SearchEnd::stopped;
            }
            ++s_.steps;
            base_[row] = base;
            relax_list(row);
            wait(row);
            while (!settled_enough()) {
                const std::uint32_t next = waiting_.front().second;
                std::pop_heap(waiting_.begin(), waiting_.end(), std::greater<>());
                waiting_.pop_back();
                const Price before = s_.threshold(next);
                s_.look(next);
                relax_list(next);
                if (s_.threshold(next) > before) {
                    wait(next);
                } else {
                    relax_row(next);
                }
            }
            if (heap_.empty() || distance_of(heap_.front()) >= limit_) break;
            const auto key = heap_.front();
            std::pop_heap(heap_.begin(), heap_.end(), std::greater<>());
            heap_.pop_back();
            const auto column = static_cast<std::uint32_t>(key);
            const Price done = distance_[column];
            settled_.emplace_back(column, done);
            distance_[column] = std::numeric_limits<Price>::min();
            row = s_.row_of[column];
            base = static_cast<Price>(done - (static_cast<Price>(s_.matched_cost[row]) - s_.price[column]));
        }
        if (end_ == Search::none) {
            forget();
            return SearchEnd::out_of_range;
        }
        for (const auto& [column, at] : settled_)
            s_.price[column] = static_cast<Price>(s_.price[column] + at - limit_);
        for (std::uint32_t column = end_;;) {
            const std::uint32_t holder = by_[column];
            const std::uint32_t next = s_.column_of[holder];
            s_.match(holder, column, s_.table.row(holder)[column]);
            if (holder == start) break;
            column = next;
        }
        bool narrow = false;
        for (const auto& [column, at] : settled_)
            narrow = narrow || s_.price[column] <= -PriceRange<Price>::reach;
        forget();
        return narrow ? SearchEnd::out_of_range : SearchEnd::done;
    }

  private:
    using Key = std::conditional_t<sizeof(Price) == 4, std::int64_t, int128>;

    static Price distance_of(Key key) { return static_cast<Price>(key >> 32); }

    void label(std::uint32_t row, std::uint32_t column, Price distance) {
        if (distance_[column] == no_price<Price>) touched_.push_back(column);
        distance_[column] = distance;
        by_[column] = row;
        if (s_.row_of[column] == Search::none) {
            if (distance < limit_) {
                limit_ = distance;
                end_ = column;
            }
            return;
        }
        heap_.push_back(Key{distance} * (Key{1} << 32) + Key{column});
        std::push_heap(heap_.begin(), heap_.end(), std::greater<>());
    }

    void relax_list(std::uint32_t row) {
        const Cost* cost = s_.costs(row);
        const std::uint32_t* column = s_.columns(row);
        std::uint64_t places =
            s_.kernel.shorter(cost, column, s_.count(row), s_.price.data(), distance_.data(), base_[row], limit_);
        for (; places != 0; places &= places - 1) {
            const auto q = static_cast<std::size_t>(__builtin_ctzll(places));
            const Price d = static_cast<Price>(static_cast<Price>(cost[q]) - s_.price[column[q]] + base_[row]);
            if (d < limit_) label(row, column[q], d);
        }
    }

    void relax_row(std::uint32_t row) {
        s_.watch.spend(static_cast<std::int64_t>(s_.table.columns / 8));
        const Cost* cost = s_.table.row(row);
        std::uint64_t places = 0;
        for (std::size_t from = 0;; from += 64) {
            from = s_.kernel.shorter_in_row(cost, s_.price.data(), distance_.data(), from, s_.table.columns, base_[row],
                                            limit_, places);
            if (from >= s_.table.columns) return;
            for (; places != 0; places &= places - 1) {
                const std::size_t j = from + static_cast<std::size_t>(__builtin_ctzll(places));
                const Price d = static_cast<Price>(static_cast<Price>(cost[j]) - s_.price[j] + base_[row]);
                if (d < limit_) label(row, static_cast<std::uint32_t>(j), d);
            }
        }
    }

    /// Puts off the unlisted columns of a row until they could matter.
    void wait(std::uint32_t row) {
        const Price threshold = s_.threshold(row);
        if (threshold == no_price<Price>) return;
        waiting_.emplace_back(static_cast<Price>(threshold + base_[row]), row);
        std::push_heap(waiting_.begin(), waiting_.end(), std::greater<>());
    }

    /// Drops outdated labels; whether no waiting row could have a shorter one.
    bool settled_enough() {
        while (!heap_.empty()) {
            const auto column = static_cast<std::uint32_t>(heap_.front());
            if (distance_[column] == distance_of(heap_.front())) break;
            std::pop_heap(heap_.begin(), heap_.end(), std::greater<>());
            heap_.pop_back();
        }
        const Price top = heap_.empty() ? limit_ : std::min(limit_, distance_of(heap_.front()));
        return waiting_.empty() || waiting_.front().first >= top;
    }

    void forget() {
        for (const std::uint32_t column : touched_)
            distance_[column] = no_price<Price>;
        touched_.clear();
        settled_.clear();
    }

    Search& s_;
    std::vector<Price> distance_;    ///< per column; least of all once settled
    std::vector<std::uint32_t> by_;  ///< per labelled column, the row it was reached from
    std::vector<Price> base_;        ///< per reached row, its distance less its price
    std::vector<std::uint32_t> touched_;
    std::vector<std::pair<std::uint32_t, Price>> settled_;
    std::vector<Key> heap_;
    std::vector<std::pair<Price, std::uint32_t>> waiting_;
    Price limit_ = 0;
    std::uint32_t end_ = Search::none;
};

}  // namespace countyplan::detail
