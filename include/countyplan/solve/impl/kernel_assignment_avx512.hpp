// The inner loops of dense assignment in AVX-512, for 32-bit costs and prices.
#pragma once

#include <countyplan/solve/impl/kernel_assignment_plain.hpp>

#if defined(COUNTYPLAN_ASSIGNMENT_VECTORS)

#pragma GCC diagnostic push
#if !defined(__clang__)
#pragma GCC diagnostic ignored "-Wuninitialized"  // inside g++ 12's own intrinsics
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif

namespace countyplan::detail {

#define COUNTYPLAN_AVX512 __attribute__((target("avx512f,avx512vl,avx512bw,avx512dq,popcnt,bmi")))

struct Avx512AssignmentKernel {
    using Plain = PlainAssignmentKernel<std::int32_t, std::int32_t>;

    COUNTYPLAN_AVX512 static bool fold_range(const std::int32_t* row, std::size_t columns,
                                             std::pair<std::int32_t, std::int32_t>& range) {
        const __m512i none = _mm512_set1_epi32(Plain::no_pair);
        __m512i low = none, high = _mm512_set1_epi32(std::numeric_limits<std::int32_t>::min());
        __mmask16 forbidden = 0;
        std::size_t j = 0;
        for (; j + 16 <= columns; j += 16) {
            const __m512i c = _mm512_loadu_si512(row + j);
            const __mmask16 absent = _mm512_cmpeq_epi32_mask(c, none);
            low = _mm512_min_epi32(low, c);
            high = _mm512_mask_max_epi32(high, static_cast<__mmask16>(~absent), high, c);
            forbidden = static_cast<__mmask16>(forbidden | absent);
        }
        range.first = std::min(range.first, _mm512_reduce_min_epi32(low));
        range.second = std::max(range.second, _mm512_reduce_max_epi32(high));
        return Plain::fold_range(row + j, columns - j, range) || forbidden != 0;
    }

    COUNTYPLAN_AVX512 static void lower_prices(const std::int32_t* row, std::size_t columns, std::int32_t own,
                                               std::int32_t* price) {
        for (std::size_t j = 0; j < columns; ++j)
            price[j] = std::min(price[j], row[j] - own);
    }

    COUNTYPLAN_AVX512 static __m512i lower_to(__m512i least, const std::int32_t* row, const std::int32_t* price) {
        const __m512i c = _mm512_loadu_si512(row);
        const __mmask16 here = _mm512_cmpneq_epi32_mask(c, _mm512_set1_epi32(Plain::no_pair));
        return _mm512_mask_min_epi32(least, here, least, _mm512_sub_epi32(c, _mm512_loadu_si512(price)));
    }

    /// How many lanes hold at most a number; a lambda would not be compiled for this level.
    struct LaneCount {
        __m512i a, b, c, d;

        COUNTYPLAN_AVX512 int operator()(std::int32_t most) const {
            const __m512i bound = _mm512_set1_epi32(most);
            const auto one = static_cast<unsigned>(_mm512_cmple_epi32_mask(a, bound)) |
                             static_cast<unsigned>(_mm512_cmple_epi32_mask(b, bound)) << 16;
            const auto two = static_cast<unsigned>(_mm512_cmple_epi32_mask(c, bound)) |
                             static_cast<unsigned>(_mm512_cmple_epi32_mask(d, bound)) << 16;
            return __builtin_popcount(one) + __builtin_popcount(two);
        }
    };

    COUNTYPLAN_AVX512 static std::int32_t limit_of(const std::int32_t* row, const std::int32_t* price,
                                                   std::size_t columns) {
        const __m512i none = _mm512_set1_epi32(Plain::no_pair);
        __m512i a = none, b = none, c = none, d = none;
        std::size_t j = 0;
        for (; j + 64 <= columns; j += 64) {
            a = lower_to(a, row + j, price + j);
            b = lower_to(b, row + j + 16, price + j + 16);
            c = lower_to(c, row + j + 32, price + j + 32);
            d = lower_to(d, row + j + 48, price + j + 48);
        }
        return limit_from({a, b, c, d}, row, price, j, columns);
    }

    /// The limit once the lanes hold the least before column `j`; fewer than 64 are left.
    COUNTYPLAN_AVX512 static std::int32_t limit_from(LaneCount lanes, const std::int32_t* row,
                                                     const std::int32_t* price, std::size_t j, std::size_t columns) {
        auto& [a, b, c, d] = lanes;
        alignas(64) std::array<std::int32_t, 64> rest;
        rest.fill(Plain::no_pair);
        if (j < columns) {
            for (std::size_t q = 0; j + q < columns; ++q) {
                if (row[j + q] != Plain::no_pair) rest[q] = row[j + q] - price[j + q];
            }
            a = _mm512_min_epi32(a, _mm512_load_si512(rest.data()));
            b = _mm512_min_epi32(b, _mm512_load_si512(rest.data() + 16));
            c = _mm512_min_epi32(c, _mm512_load_si512(rest.data() + 32));
            d = _mm512_min_epi32(d, _mm512_load_si512(rest.data() + 48));
        }
        std::int32_t low = _mm512_reduce_min_epi32(_mm512_min_epi32(_mm512_min_epi32(a, b), _mm512_min_epi32(c, d)));
        std::int32_t high = _mm512_reduce_max_epi32(_mm512_max_epi32(_mm512_max_epi32(a, b), _mm512_max_epi32(c, d)));
        return Plain::limit_between(low, high, lanes);
    }

    COUNTYPLAN_AVX512 static std::int32_t first_look(const std::int32_t* row, const std::int32_t* price,
                                                     std::size_t columns, std::pair<std::int32_t, std::int32_t>& range,
                                                     std::int32_t within, bool& forbidden, std::uint64_t* marks,
                                                     std::size_t& below, const std::int32_t* soon) {
        const __m512i none = _mm512_set1_epi32(Plain::no_pair);
        LaneCount lanes{none, none, none, none};
        __m512i high = _mm512_set1_epi32(std::numeric_limits<std::int32_t>::min());
        unsigned absent = 0;
        std::size_t j = 0;
        for (; j + 64 <= columns; j += 64) {
            const __m512i a = _mm512_loadu_si512(row + j), b = _mm512_loadu_si512(row + j + 16);
            const __m512i c = _mm512_loadu_si512(row + j + 32), d = _mm512_loadu_si512(row + j + 48);
            lanes = {_mm512_min_epi32(lanes.a, a), _mm512_min_epi32(lanes.b, b), _mm512_min_epi32(lanes.c, c),
                     _mm512_min_epi32(lanes.d, d)};
            const __m512i most = _mm512_max_epi32(_mm512_max_epi32(a, b), _mm512_max_epi32(c, d));
            if (_mm512_cmpeq_epi32_mask(most, none) == 0) {
                high = _mm512_max_epi32(high, most);
                continue;
            }
            absent = 1;
            for (const __m512i& four : {a, b, c, d})
                high = _mm512_mask_max_epi32(high, _mm512_cmpneq_epi32_mask(four, none), high, four);
        }
        range.second = std::max(range.second, _mm512_reduce_max_epi32(high));
        const __m512i low = _mm512_min_epi32(_mm512_min_epi32(lanes.a, lanes.b), _mm512_min_epi32(lanes.c, lanes.d));
        range.first = std::min(range.first, _mm512_reduce_min_epi32(low));
        forbidden = Plain::fold_range(row + j, columns - j, range) || absent != 0 || forbidden;
        below = 0;
        if (range.first < -within || range.second > within) return no_price<std::int32_t>;
        const std::int32_t limit = limit_from(lanes, row, price, j, columns);

        const __m512i bound = _mm512_set1_epi32(limit);
        std::size_t from = 0;
        for (; from + 64 <= columns; from += 64) {
            std::uint64_t word = 0;
            for (std::size_t q = 0; q < 64; q += 16) {
                const __m512i c = _mm512_loadu_si512(row + from + q);
                word |= std::uint64_t{_mm512_mask_cmplt_epi32_mask(_mm512_cmpneq_epi32_mask(c, none), c, bound)} << q;
            }
            // half of it comes while this row is at hand, the other half while it is read
            __builtin_prefetch(soon + from / 2, 0, 2);
            __builtin_prefetch(soon + from / 2 + 16, 0, 2);
            marks[from / 64] = word;
            below += static_cast<std::size_t>(__builtin_popcountll(word));
        }
        below += Plain::mark_below(row + from, price + from, columns - from, limit, marks + from / 64);
        return limit;
    }

    COUNTYPLAN_AVX512 static std::size_t mark_below(const std::int32_t* row, const std::int32_t* price,
                                                    std::size_t columns, std::int32_t limit, std::uint64_t* marks) {
        const __m512i none = _mm512_set1_epi32(Plain::no_pair), bound = _mm512_set1_epi32(limit);
        std::size_t from = 0, count = 0;
        for (; from + 64 <= columns; from += 64) {
            std::uint64_t word = 0;
            for (std::size_t q = 0; q < 64; q += 16) {
                const __m512i c = _mm512_loadu_si512(row + from + q);
                const __m512i r = _mm512_sub_epi32(c, _mm512_loadu_si512(price + from + q));
                word |= std::uint64_t{_mm512_mask_cmplt_epi32_mask(_mm512_cmpneq_epi32_mask(c, none), r, bound)} << q;
            }
            marks[from / 64] = word;
            count += static_cast<std::size_t>(__builtin_popcountll(word));
        }
        return count + Plain::mark_below(row + from, price + from, columns - from, limit, marks + from / 64);
    }

    COUNTYPLAN_AVX512 static BestTwo<std::int32_t> best_two(const std::int32_t* cost, const std::uint32_t* column,
                                                            std::size_t count, const std::int32_t* price) {
        const __m512i none = _mm512_set1_epi32(no_price<std::int32_t>);
        const __m512i step = _mm512_set1_epi32(16);
        __m512i at = _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
        __m512i one = none, two = none, where = none;
        for (std::size_t q = 0; q < count; q += 16) {
            const std::size_t left = count - q;
            const auto here = static_cast<__mmask16>(left >= 16 ? 0xffff : (1U << left) - 1);
            const __m512i j = _mm512_maskz_loadu_epi32(here, column + q);
            const __m512i c = _mm512_maskz_loadu_epi32(here, cost + q);
            const __m512i r = _mm512_mask_sub_epi32(none, here, c, _mm512_i32gather_epi32(j, price, 4));
            const __mmask16 less = _mm512_cmplt_epi32_mask(r, one);
            two = _mm512_min_epi32(two, _mm512_max_epi32(r, one));
            one = _mm512_min_epi32(one, r);
            where = _mm512_mask_mov_epi32(where, less, at);
            at = _mm512_add_epi32(at, step);
        }
        BestTwo<std::int32_t> best{_mm512_reduce_min_epi32(one), 0, 0};
        if (best.first == no_price<std::int32_t>) return {best.first, best.first, 0};
        const __mmask16 equal = _mm512_cmpeq_epi32_mask(one, _mm512_set1_epi32(best.first));
        best.at = static_cast<std::uint32_t>(_mm512_mask_reduce_min_epi32(equal, where));
        if ((equal & (equal - 1)) != 0) {
            best.second = best.first;
        } else {
            const __m512i rest = _mm512_mask_mov_epi32(one, equal, two);
            best.second = _mm512_reduce_min_epi32(rest);
        }
        return best;
    }

    COUNTYPLAN_AVX512 static std::uint64_t shorter(const std::int32_t* cost, const std::uint32_t* column,
                                                   std::size_t count, const std::int32_t* price,
                                                   const std::int32_t* distance, std::int32_t base,
                                                   std::int32_t limit) {
        const __m512i add = _mm512_set1_epi32(base), bound = _mm512_set1_epi32(limit);
        std::uint64_t places = 0;
        for (std::size_t q = 0; q < count; q += 16) {
            const std::size_t left = count - q;
            const auto here = static_cast<__mmask16>(left >= 16 ? 0xffff : (1U << left) - 1);
            const __m512i j = _mm512_maskz_loadu_epi32(here, column + q);
            const __m512i c = _mm512_maskz_loadu_epi32(here, cost + q);
            const __m512i d = _mm512_add_epi32(_mm512_sub_epi32(c, _mm512_i32gather_epi32(j, price, 4)), add);
            const __m512i known = _mm512_min_epi32(_mm512_i32gather_epi32(j, distance, 4), bound);
            places |= std::uint64_t{_mm512_mask_cmplt_epi32_mask(here, d, known)} << q;
        }
        return places;
    }

    COUNTYPLAN_AVX512 static std::size_t shorter_in_row(const std::int32_t* row, const std::int32_t* price,
                                                        const std::int32_t* distance, std::size_t from,
                                                        std::size_t columns, std::int32_t base, std::int32_t limit,
                                                        std::uint64_t& places) {
        const __m512i none = _mm512_set1_epi32(Plain::no_pair);
        const __m512i add = _mm512_set1_epi32(base), bound = _mm512_set1_epi32(limit);
        for (; from + 64 <= columns; from += 64) {
            places = 0;
            for (std::size_t q = 0; q < 64; q += 16) {
                const std::size_t j = from + q;
                const __m512i c = _mm512_loadu_si512(row + j);
                const __m512i d = _mm512_add_epi32(_mm512_sub_epi32(c, _mm512_loadu_si512(price + j)), add);
                const __m512i known = _mm512_min_epi32(_mm512_loadu_si512(distance + j), bound);
                const __mmask16 allowed = _mm512_cmpneq_epi32_mask(c, none);
                places |= std::uint64_t{_mm512_mask_cmplt_epi32_mask(allowed, d, known)} << q;
            }
            if (places != 0) return from;
        }
        return Plain::shorter_in_row(row, price, distance, from, columns, base, limit, places);
    }

    static std::int32_t least(const std::int32_t* number, std::size_t count) { return Plain::least(number, count); }
};

/// 64-bit prices: the loops that searches on whole rows spend their time in; the others in plain code.
template <class Cost>
struct Avx512WideAssignmentKernel : PlainAssignmentKernel<Cost, std::int64_t> {
    using Plain = PlainAssignmentKernel<Cost, std::int64_t>;

    COUNTYPLAN_AVX512 static std::size_t shorter_in_row(const Cost* row, const std::int64_t* price,
                                                        const std::int64_t* distance, std::size_t from,
                                                        std::size_t columns, std::int64_t base, std::int64_t limit,
                                                        std::uint64_t& places) {
        const __m512i none = _mm512_set1_epi64(Plain::no_pair);
        const __m512i add = _mm512_set1_epi64(base), bound = _mm512_set1_epi64(limit);
        for (; from + 64 <= columns; from += 64) {
            places = 0;
            for (std::size_t q = 0; q < 64; q += 8) {
                const std::size_t j = from + q;
                const __m512i c = load(row + j);
                const __m512i d = _mm512_add_epi64(_mm512_sub_epi64(c, _mm512_loadu_si512(price + j)), add);
                const __m512i known = _mm512_min_epi64(_mm512_loadu_si512(distance + j), bound);
                const __mmask8 allowed = _mm512_cmpneq_epi64_mask(c, none);
                places |= std::uint64_t{_mm512_mask_cmplt_epi64_mask(allowed, d, known)} << q;
            }
            if (places != 0) return from;
        }
        return Plain::shorter_in_row(row, price, distance, from, columns, base, limit, places);
    }

    COUNTYPLAN_AVX512 static std::int64_t least(const std::int64_t* number, std::size_t count) {
        __m512i found = _mm512_set1_epi64(no_price<std::int64_t>);
        std::size_t k = 0;
        for (; k + 8 <= count; k += 8)
            found = _mm512_min_epi64(found, _mm512_loadu_si512(number + k));
        return std::min<std::int64_t>(_mm512_reduce_min_epi64(found), Plain::least(number + k, count - k));
    }

  private:
    COUNTYPLAN_AVX512 static __m512i load(const std::int64_t* from) { return _mm512_loadu_si512(from); }
    COUNTYPLAN_AVX512 static __m512i load(const std::int32_t* from) {
        return _mm512_cvtepi32_epi64(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(from)));
    }
};

#undef COUNTYPLAN_AVX512

}  // namespace countyplan::detail

#pragma GCC diagnostic pop

#endif
