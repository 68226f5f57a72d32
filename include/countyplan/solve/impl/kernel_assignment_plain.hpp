// The inner loops of dense assignment in plain code, for any costs and prices.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <type_traits>
#include <utility>

#if defined(__x86_64__) && defined(__GNUC__)
#define COUNTYPLAN_ASSIGNMENT_VECTORS
#include <immintrin.h>
#endif

namespace countyplan::detail {

/// What a row knows of its cheapest columns: at most `most` of them in ascending order, and a threshold
/// that the reduced cost of every other allowed column reached when the row was looked at.
struct CandidateShape {
    static constexpr std::size_t most = 64;    ///< entries kept
    static constexpr std::size_t lanes = 64;   ///< a row's columns are dealt to lanes in turn
    static constexpr std::size_t wanted = 32;  ///< lane minima that must be among the entries
};

/// The two least reduced costs of a list; `at` is the place of the first among equals.
template <class Price>
struct BestTwo {
    Price first;
    Price second;
    std::uint32_t at;
};

/// Absent columns and forbidden pairs count as this reduced cost.
template <class Price>
inline constexpr Price no_price = std::numeric_limits<Price>::max();

// ---- plain

template <class Cost, class Price>
struct PlainAssignmentKernel {
    static constexpr Cost no_pair = std::numeric_limits<Cost>::max();

    /// Widens `range` (least, most) to the row's costs; whether a pair is forbidden.
    static bool fold_range(const Cost* row, std::size_t columns, std::pair<Cost, Cost>& range) {
        bool forbidden = false;
        for (std::size_t j = 0; j < columns; ++j) {
            const bool absent = row[j] == no_pair;
            forbidden = forbidden || absent;
            range.first = std::min(range.first, row[j]);  // `no_pair` is above all
            range.second = std::max(range.second, absent ? std::numeric_limits<Cost>::min() : row[j]);
        }
        return forbidden;
    }

    /// Lowers each price to the row's cost less `own`, where it is above; no pair is forbidden.
    static void lower_prices(const Cost* row, std::size_t columns, Price own, Price* price) {
        for (std::size_t j = 0; j < columns; ++j)
            price[j] = std::min(price[j], static_cast<Price>(row[j] - own));
    }

    /// A limit that about `wanted` reduced costs of the row are below; the row's columns are dealt to lanes in
    /// turn, and it is the lanes' least that are counted. `no_price` if too few lanes have any.
    static Price limit_of(const Cost* row, const Price* price, std::size_t columns) {
        std::array<Price, CandidateShape::lanes> least;
        least.fill(no_price<Price>);
        for (std::size_t j = 0; j < columns; ++j) {
            if (row[j] == no_pair) continue;
            Price& lane = least[j % CandidateShape::lanes];
            lane = std::min(lane, static_cast<Price>(row[j] - price[j]));
        }
        return limit_between(*std::min_element(least.begin(), least.end()),
                             *std::max_element(least.begin(), least.end()), [&least](Price most) {
                                 return std::count_if(least.begin(), least.end(),
                                                      [most](Price r) { return r <= most; });
                             });
    }

    /// The part of `limit_of` that all levels share; `low` and `high` are the least and the largest of the lanes.
    template <class Count>
    static Price limit_between(Price low, Price high, const Count& at_most) {
        if (high == no_price<Price>) return high;
        for (int round = 0; round < 12 && high - low > 1; ++round) {
            const Price middle = static_cast<Price>(low + (high - low) / 2);
            const auto below = static_cast<std::size_t>(at_most(middle));
            if (below < CandidateShape::wanted) {
                low = middle;
                continue;
            }
            high = middle;
            if (below <= CandidateShape::wanted + CandidateShape::wanted / 4) break;
        }
        return static_cast<Price>(high + 1);
    }

    /// One bit per column, 64 to a word: whether its reduced cost is below `limit`; returns how many are.
    static std::size_t mark_below(const Cost* row, const Price* price, std::size_t columns, Price limit,
                                  std::uint64_t* marks) {
        std::size_t count = 0;
        for (std::size_t from = 0; from < columns; from += 64) {
            const std::size_t to = std::min(from + 64, columns);
            std::uint64_t word = 0;
            for (std::size_t j = from; j < to; ++j) {
                const bool below = row[j] != no_pair && static_cast<Price>(row[j] - price[j]) < limit;
                word |= std::uint64_t{below} << (j - from);
                count += below ? 1 : 0;
            }
            marks[from / 64] = word;
        }
        return count;
    }

    /// `fold_range`, `limit_of` and `mark_below` at once, for a row that is read for the first time while all prices
    /// are 0; `no_price` and nothing marked where the range leaves [-within, within]. `forbidden` becomes true if a
    /// pair is; `soon` is the row to be read next, part of which may be asked for.
    static Price first_look(const Cost* row, const Price* price, std::size_t columns, std::pair<Cost, Cost>& range,
                            Price within, bool& forbidden, std::uint64_t* marks, std::size_t& below,
                            const Cost* /*soon*/) {
        forbidden = fold_range(row, columns, range) || forbidden;
        below = 0;
        if (range.first < -within || range.second > within) return no_price<Price>;
        const Price limit = limit_of(row, price, columns);
        below = mark_below(row, price, columns, limit, marks);
        return limit;
    }

    static BestTwo<Price> best_two(const Cost* cost, const std::uint32_t* column, std::size_t count,
                                   const Price* price) {
        BestTwo<Price> best{no_price<Price>, no_price<Price>, 0};
        for (std::size_t q = 0; q < count; ++q) {
            const Price r = static_cast<Price>(cost[q] - price[column[q]]);
            if (r < best.first) {
                best = {r, best.first, static_cast<std::uint32_t>(q)};
            } else if (r < best.second) {
                best.second = r;
            }
        }
        return best;
    }

    /// The places of the list whose distance `cost - price + base` is below `limit` and what is known.
    static std::uint64_t shorter(const Cost* cost, const std::uint32_t* column, std::size_t count, const Price* price,
                                 const Price* distance, Price base, Price limit) {
        std::uint64_t places = 0;
        for (std::size_t q = 0; q < count; ++q) {
            const Price d = static_cast<Price>(cost[q] - price[column[q]] + base);
            if (d < limit && d < distance[column[q]]) places |= std::uint64_t{1} << q;
        }
        return places;
    }

    /// The same for a whole row from column `from` on, in blocks of 64: finds the next block that has any
    /// and returns its first column, `columns` if there is none.
    static std::size_t shorter_in_row(const Cost* row, const Price* price, const Price* distance, std::size_t from,
                                      std::size_t columns, Price base, Price limit, std::uint64_t& places) {
        for (; from < columns; from += 64) {
            const std::size_t to = std::min(from + 64, columns);
            places = 0;
            for (std::size_t j = from; j < to; ++j) {
                if (row[j] == no_pair) continue;
                const Price d = static_cast<Price>(row[j] - price[j] + base);
                if (d < limit && d < distance[j]) places |= std::uint64_t{1} << (j - from);
            }
            if (places != 0) return from;
        }
        return columns;
    }

    static Price least(const Price* number, std::size_t count) {
        Price found = no_price<Price>;
        for (std::size_t k = 0; k < count; ++k)
            found = std::min(found, number[k]);
        return found;
    }
};

}  // namespace countyplan::detail
