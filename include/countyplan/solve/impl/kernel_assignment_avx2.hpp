// The inner loops of dense assignment in AVX2, for 32-bit costs and prices.
#pragma once

#include <countyplan/solve/impl/kernel_assignment_plain.hpp>

#if defined(COUNTYPLAN_ASSIGNMENT_VECTORS)

#pragma GCC diagnostic push
#if !defined(__clang__)
#pragma GCC diagnostic ignored "-Wuninitialized"  // inside g++ 12's own intrinsics
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif

namespace countyplan::detail {

#define COUNTYPLAN_AVX2 __attribute__((target("avx2,popcnt,bmi")))

struct Avx2AssignmentKernel {
    using Plain = PlainAssignmentKernel<std::int32_t, std::int32_t>;

    COUNTYPLAN_AVX2 static __m256i load(const void* from) {
        return _mm256_loadu_si256(static_cast<const __m256i*>(from));
    }
    COUNTYPLAN_AVX2 static void store(void* to, __m256i value) {
        _mm256_storeu_si256(static_cast<__m256i*>(to), value);
    }
    /// One bit per lane that is set.
    COUNTYPLAN_AVX2 static unsigned bits(__m256i mask) {
        return static_cast<unsigned>(_mm256_movemask_ps(_mm256_castsi256_ps(mask)));
    }

    COUNTYPLAN_AVX2 static bool fold_range(const std::int32_t* row, std::size_t columns,
                                           std::pair<std::int32_t, std::int32_t>& range) {
        const __m256i none = _mm256_set1_epi32(Plain::no_pair);
        const __m256i lowest = _mm256_set1_epi32(std::numeric_limits<std::int32_t>::min());
        __m256i low = none, high = lowest, forbidden = _mm256_setzero_si256();
        std::size_t j = 0;
        for (; j + 8 <= columns; j += 8) {
            const __m256i c = load(row + j);
            const __m256i absent = _mm256_cmpeq_epi32(c, none);
            low = _mm256_min_epi32(low, c);
            high = _mm256_max_epi32(high, _mm256_blendv_epi8(c, lowest, absent));
            forbidden = _mm256_or_si256(forbidden, absent);
        }
        std::array<std::int32_t, 8> lane;
        store(lane.data(), low);
        range.first = std::min(range.first, *std::min_element(lane.begin(), lane.end()));
        store(lane.data(), high);
        range.second = std::max(range.second, *std::max_element(lane.begin(), lane.end()));
        return Plain::fold_range(row + j, columns - j, range) || bits(forbidden) != 0;
    }

    COUNTYPLAN_AVX2 static void lower_prices(const std::int32_t* row, std::size_t columns, std::int32_t own,
                                             std::int32_t* price) {
        for (std::size_t j = 0; j < columns; ++j)
            price[j] = std::min(price[j], row[j] - own);
    }

    COUNTYPLAN_AVX2 static __m256i lower_to(__m256i least, const std::int32_t* row, const std::int32_t* price) {
        const __m256i none = _mm256_set1_epi32(Plain::no_pair);
        const __m256i c = load(row);
        const __m256i r = _mm256_sub_epi32(c, load(price));
        return _mm256_min_epi32(least, _mm256_blendv_epi8(r, none, _mm256_cmpeq_epi32(c, none)));
    }

    /// How many lanes hold at most a number; a lambda would not be compiled for this level.
    struct LaneCount {
        const __m256i* lane;

        COUNTYPLAN_AVX2 int operator()(std::int32_t most) const {
            const __m256i bound = _mm256_set1_epi32(most);
            int above = 0;
            for (std::size_t q = 0; q < 8; ++q)
                above += __builtin_popcount(bits(_mm256_cmpgt_epi32(lane[q], bound)));
            return 64 - above;
        }
    };

    COUNTYPLAN_AVX2 static std::int32_t limit_of(const std::int32_t* row, const std::int32_t* price,
                                                 std::size_t columns) {
        __m256i lane[8];
        for (__m256i& one : lane)
            one = _mm256_set1_epi32(Plain::no_pair);
        std::size_t j = 0;
        for (; j + 64 <= columns; j += 64) {
            for (std::size_t q = 0; q < 8; ++q)
                lane[q] = lower_to(lane[q], row + j + 8 * q, price + j + 8 * q);
        }
        std::array<std::int32_t, 64> rest;
        rest.fill(Plain::no_pair);
        for (std::size_t q = 0; j + q < columns; ++q) {
            if (row[j + q] != Plain::no_pair) rest[q] = row[j + q] - price[j + q];
        }
        __m256i low = _mm256_set1_epi32(Plain::no_pair);
        __m256i high = _mm256_set1_epi32(std::numeric_limits<std::int32_t>::min());
        for (std::size_t q = 0; q < 8; ++q) {
            lane[q] = _mm256_min_epi32(lane[q], load(rest.data() + 8 * q));
            low = _mm256_min_epi32(low, lane[q]);
            high = _mm256_max_epi32(high, lane[q]);
        }
        std::array<std::int32_t, 8> least, most;
        store(least.data(), low);
        store(most.data(), high);
        return Plain::limit_between(*std::min_element(least.begin(), least.end()),
                                    *std::max_element(most.begin(), most.end()), LaneCount{lane});
    }

    COUNTYPLAN_AVX2 static std::size_t mark_below(const std::int32_t* row, const std::int32_t* price,
                                                  std::size_t columns, std::int32_t limit, std::uint64_t* marks) {
        const __m256i none = _mm256_set1_epi32(Plain::no_pair), bound = _mm256_set1_epi32(limit);
        std::size_t from = 0, count = 0;
        for (; from + 64 <= columns; from += 64) {
            std::uint64_t word = 0;
            for (std::size_t q = 0; q < 64; q += 8) {
                const __m256i c = load(row + from + q);
                const __m256i below = _mm256_cmpgt_epi32(bound, _mm256_sub_epi32(c, load(price + from + q)));
                word |= std::uint64_t{bits(_mm256_andnot_si256(_mm256_cmpeq_epi32(c, none), below))} << q;
            }
            marks[from / 64] = word;
            count += static_cast<std::size_t>(__builtin_popcountll(word));
        }
        return count + Plain::mark_below(row + from, price + from, columns - from, limit, marks + from / 64);
    }

    static std::int32_t first_look(const std::int32_t* row, const std::int32_t* price, std::size_t columns,
                                   std::pair<std::int32_t, std::int32_t>& range, std::int32_t within, bool& forbidden,
                                   std::uint64_t* marks, std::size_t& below, const std::int32_t* /*soon*/) {
        forbidden = fold_range(row, columns, range) || forbidden;
        below = 0;
        if (range.first < -within || range.second > within) return no_price<std::int32_t>;
        const std::int32_t limit = limit_of(row, price, columns);
        below = mark_below(row, price, columns, limit, marks);
        return limit;
    }

    COUNTYPLAN_AVX2 static BestTwo<std::int32_t> best_two(const std::int32_t* cost, const std::uint32_t* column,
                                                          std::size_t count, const std::int32_t* price) {
        const __m256i none = _mm256_set1_epi32(no_price<std::int32_t>), step = _mm256_set1_epi32(8);
        __m256i at = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7);
        __m256i one = none, two = none, where = none;
        std::size_t q = 0;
        for (; q + 8 <= count; q += 8) {
            const __m256i r = _mm256_sub_epi32(load(cost + q), _mm256_i32gather_epi32(price, load(column + q), 4));
            const __m256i less = _mm256_cmpgt_epi32(one, r);
            two = _mm256_min_epi32(two, _mm256_max_epi32(r, one));
            one = _mm256_min_epi32(one, r);
            where = _mm256_blendv_epi8(where, at, less);
            at = _mm256_add_epi32(at, step);
        }
        std::array<std::int32_t, 8> ones, twos;
        std::array<std::uint32_t, 8> wheres;
        store(ones.data(), one);
        store(twos.data(), two);
        store(wheres.data(), where);
        BestTwo<std::int32_t> best{no_price<std::int32_t>, no_price<std::int32_t>, 0};
        for (std::size_t k = 0; k < 8; ++k) {
            if (ones[k] < best.first || (ones[k] == best.first && wheres[k] < best.at)) {
                best.second = std::min(best.first, twos[k]);
                best.first = ones[k];
                best.at = wheres[k];
            } else {
                best.second = std::min(best.second, ones[k]);
            }
        }
        for (; q < count; ++q) {
            const std::int32_t r = cost[q] - price[column[q]];
            if (r < best.first) {
                best = {r, best.first, static_cast<std::uint32_t>(q)};
            } else if (r < best.second) {
                best.second = r;
            }
        }
        return best;
    }

    COUNTYPLAN_AVX2 static std::uint64_t shorter(const std::int32_t* cost, const std::uint32_t* column,
                                                 std::size_t count, const std::int32_t* price,
                                                 const std::int32_t* distance, std::int32_t base, std::int32_t limit) {
        const __m256i add = _mm256_set1_epi32(base), bound = _mm256_set1_epi32(limit);
        std::uint64_t places = 0;
        std::size_t q = 0;
        for (; q + 8 <= count; q += 8) {
            const __m256i j = load(column + q);
            const __m256i r = _mm256_sub_epi32(load(cost + q), _mm256_i32gather_epi32(price, j, 4));
            const __m256i known = _mm256_min_epi32(_mm256_i32gather_epi32(distance, j, 4), bound);
            places |= std::uint64_t{bits(_mm256_cmpgt_epi32(known, _mm256_add_epi32(r, add)))} << q;
        }
        if (q == count) return places;
        return places | Plain::shorter(cost + q, column + q, count - q, price, distance, base, limit) << q;
    }

    COUNTYPLAN_AVX2 static std::size_t shorter_in_row(const std::int32_t* row, const std::int32_t* price,
                                                      const std::int32_t* distance, std::size_t from,
                                                      std::size_t columns, std::int32_t base, std::int32_t limit,
                                                      std::uint64_t& places) {
        const __m256i none = _mm256_set1_epi32(Plain::no_pair);
        const __m256i add = _mm256_set1_epi32(base), bound = _mm256_set1_epi32(limit);
        for (; from + 64 <= columns; from += 64) {
            places = 0;
            for (std::size_t q = 0; q < 64; q += 8) {
                const std::size_t j = from + q;
                const __m256i c = load(row + j);
                const __m256i d = _mm256_add_epi32(_mm256_sub_epi32(c, load(price + j)), add);
                const __m256i known = _mm256_min_epi32(load(distance + j), bound);
                const __m256i less = _mm256_andnot_si256(_mm256_cmpeq_epi32(c, none), _mm256_cmpgt_epi32(known, d));
                places |= std::uint64_t{bits(less)} << q;
            }
            if (places != 0) return from;
        }
        return Plain::shorter_in_row(row, price, distance, from, columns, base, limit, places);
    }

    static std::int32_t least(const std::int32_t* number, std::size_t count) { return Plain::least(number, count); }
};

#undef COUNTYPLAN_AVX2

}  // namespace countyplan::detail

#pragma GCC diagnostic pop

#endif
