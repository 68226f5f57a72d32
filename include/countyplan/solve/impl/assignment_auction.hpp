// The first part of a dense assignment solve: prices from bids, exact up to what the paths finish.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

#include <countyplan/solve/impl/assignment_search.hpp>

namespace countyplan::detail {

/// Bids per row and phase after which a phase is given up; the paths finish what it leaves.
inline constexpr std::size_t bids_per_row = 50;

/// Bertsekas' forward auction with falling `step`s of a square table: a row takes its best column and lowers
/// the price to `step` below its second choice. One phase per step, the last with step `last`. Ends early
/// where prices leave their range, and as `costly` where rows were looked at more than `most_looks` times.
template <class Cost, class Price>
SearchEnd auction(AssignmentSearch<Cost, Price>& s, Price step, Price last, std::int64_t most_looks) {
    using Search = AssignmentSearch<Cost, Price>;
    constexpr Price shrink = 6;
    std::vector<std::uint32_t> waiting(s.table.rows);
    for (;; step = std::max<Price>(last, step / shrink)) {
        std::fill(s.column_of.begin(), s.column_of.end(), Search::none);
        std::fill(s.row_of.begin(), s.row_of.end(), Search::none);
        for (std::size_t i = 0; i < waiting.size(); ++i)
            waiting[i] = static_cast<std::uint32_t>(waiting.size() - 1 - i);
        std::size_t left = s.table.rows * bids_per_row;
        std::size_t count = waiting.size();
        while (count > 0 && left-- > 0) {
            const std::uint32_t i = waiting[count - 1];
            const BestTwo<Price> best = s.best_two(i);
            if (s.halted()) return SearchEnd::stopped;
            if (s.looks > most_looks) return SearchEnd::costly;
            const std::uint32_t j = s.columns(i)[best.at];
            const Price gap = best.second == no_price<Price> ? s.spread : static_cast<Price>(best.second - best.first);
            if (s.price[j] - gap - step <= -PriceRange<Price>::reach) return SearchEnd::out_of_range;
            s.price[j] = static_cast<Price>(s.price[j] - gap - step);
            const std::uint32_t loser = s.row_of[j];
            --count;
            if (loser != Search::none) {
                s.column_of[loser] = Search::none;
                waiting[count++] = loser;
            }
            s.match(i, j, s.costs(i)[best.at]);
            ++s.steps;
        }
        if (step <= last) return SearchEnd::done;
    }
}

/// Augmenting row reduction (Jonker & Volgenant, 1987): like bids with step 0, which keep every matched pair
/// tight and every column matched once it is priced, so also for tables that are not square. What it cannot
/// place at once stays free.
template <class Cost, class Price>
SearchEnd reduce_rows(AssignmentSearch<Cost, Price>& s) {
    using Search = AssignmentSearch<Cost, Price>;
    constexpr std::size_t chain = 30;  // bids per row
    std::size_t left = s.table.rows * chain;
    for (int pass = 0; pass < 2; ++pass) {
        for (std::size_t start = 0; start < s.table.rows; ++start) {
            auto i = static_cast<std::uint32_t>(start);
            while (s.column_of[i] == Search::none && left > 0) {
                --left;
                const BestTwo<Price> best = s.best_two(i);
                if (s.halted()) return SearchEnd::stopped;
                const std::uint32_t j = s.columns(i)[best.at];
                const std::uint32_t loser = s.row_of[j];
                const Price gap =
                    best.second == no_price<Price> ? Price{0} : static_cast<Price>(best.second - best.first);
                if (gap == 0 && loser != Search::none) break;
                if (s.price[j] - gap <= -PriceRange<Price>::reach) return SearchEnd::out_of_range;
                s.price[j] = static_cast<Price>(s.price[j] - gap);
                if (loser != Search::none) s.column_of[loser] = Search::none;
                s.match(i, j, s.costs(i)[best.at]);
                ++s.steps;
                if (loser != Search::none) i = loser;
            }
        }
    }
    return SearchEnd::done;
}

/// Frees the rows whose pair is not tight, gives free rows a free tight column of theirs if their best is
/// one, and lists those that remain.
template <class Cost, class Price>
SearchEnd keep_tight(AssignmentSearch<Cost, Price>& s, std::vector<std::uint32_t>& free) {
    using Search = AssignmentSearch<Cost, Price>;
    std::vector<std::uint32_t> loose;
    for (std::size_t i = 0; i < s.table.rows; ++i) {
        const auto row = static_cast<std::uint32_t>(i);
        const std::uint32_t j = s.column_of[i];
        if (j == Search::none) {
            loose.push_back(row);
            continue;
        }
        const Price best = s.best_two(i).first;
        if (s.halted()) return SearchEnd::stopped;
        if (static_cast<Price>(s.matched_cost[i]) - s.price[j] == best) continue;
        s.row_of[j] = Search::none;
        s.column_of[i] = Search::none;
        loose.push_back(row);
    }
    for (const std::uint32_t i : loose) {
        const BestTwo<Price> best = s.best_two(i);
        if (s.halted()) return SearchEnd::stopped;
        const std::uint32_t j = s.columns(i)[best.at];
        if (s.row_of[j] == Search::none) {
            s.match(i, j, s.costs(i)[best.at]);
        } else {
            free.push_back(i);
        }
    }
    return SearchEnd::done;
}

/// What the first looks tell: how many columns are some row's first choice, and how far a list reaches.
template <class Price>
struct FirstLooks {
    std::size_t wanted_columns = 0;
    Price reach = 1;  ///< the median over the rows of threshold less best
};

template <class Cost, class Price>
SearchEnd first_looks(AssignmentSearch<Cost, Price>& s, FirstLooks<Price>& found) {
    std::vector<bool> wanted(s.table.columns, false);
    std::vector<Price> reach;
    reach.reserve(s.table.rows);
    for (std::size_t i = 0; i < s.table.rows; ++i) {
        const BestTwo<Price> best = s.best_two(i);
        if (s.halted()) return SearchEnd::stopped;
        wanted[s.columns(i)[best.at]] = true;
        const Price threshold = s.threshold(i);
        reach.push_back(threshold == no_price<Price> ? s.spread : static_cast<Price>(threshold - best.first));
    }
    found.wanted_columns = static_cast<std::size_t>(std::count(wanted.begin(), wanted.end(), true));
    const auto middle = reach.begin() + static_cast<std::ptrdiff_t>(reach.size() / 2);
    std::nth_element(reach.begin(), middle, reach.end());
    found.reach = *middle;
    return SearchEnd::done;
}

}  // namespace countyplan::detail
