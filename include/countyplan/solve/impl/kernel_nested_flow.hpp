// Which of an item's pairs offers most, and how much does the second one offer?
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <type_traits>

#include <countyplan/solve/impl/vector_level.hpp>

#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>
#endif

namespace countyplan::detail {

/// Of the offers `value[to] - cost * 2^shift`: the largest, its place (the first such), and the largest of
/// the others; `least` where there is none.
template <class N>
struct BasicNestedOffer {
    static constexpr N least = -(N{1} << (8 * sizeof(N) - 2));

    N best = least;
    N second = least;
    std::size_t pair = 0;

    friend bool operator==(const BasicNestedOffer&, const BasicNestedOffer&) = default;
};

using NestedOffer = BasicNestedOffer<std::int64_t>;

/// Looks at the pairs from `begin` on, after those that `out` knows.
template <class N, class P>
void add_nested_offers(BasicNestedOffer<N>& out, const std::uint32_t* to, const P* cost, std::size_t begin,
                       std::size_t count, const N* value, int shift) {
    const N unit = N{1} << shift;
    for (std::size_t k = begin; k < count; ++k) {
        const N offer = value[to[k]] - static_cast<N>(cost[k]) * unit;
        if (offer > out.best) {
            out.second = out.best;
            out.best = offer;
            out.pair = k;
        } else if (offer > out.second) {
            out.second = offer;
        }
    }
}

/// What the lanes of a vector found, each at its latest block.
inline NestedOffer join_nested_lanes(const std::int64_t* best, const std::int64_t* second, const std::int64_t* block,
                                     std::size_t lanes) {
    NestedOffer out;
    for (std::size_t lane = 0; lane < lanes; ++lane) {
        const auto place = static_cast<std::size_t>(block[lane]) + lane;
        if (best[lane] > out.best || (best[lane] == out.best && best[lane] > NestedOffer::least && place < out.pair)) {
            out.second = std::max(out.second, out.best);
            out.best = best[lane];
            out.pair = place;
        } else {
            out.second = std::max(out.second, best[lane]);
        }
        out.second = std::max(out.second, second[lane]);
    }
    return out;
}

#if defined(__x86_64__) && defined(__GNUC__)
#pragma GCC diagnostic push
#if !defined(__clang__)
#pragma GCC diagnostic ignored "-Wuninitialized"
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif
#pragma GCC diagnostic ignored "-Wsign-conversion"
#pragma GCC diagnostic ignored "-Wpedantic"

template <class P>
__attribute__((target("avx512f,avx512vl,avx512bw,avx512dq"))) NestedOffer best_nested_offer_avx512(
    const std::uint32_t* to, const P* cost, std::size_t count, const std::int64_t* value, int shift) {
    const __m512i least = _mm512_set1_epi64(NestedOffer::least);
    const __m128i by = _mm_cvtsi32_si128(shift);
    __m512i best = least;
    __m512i second = least;
    __m512i block = _mm512_setzero_si512();
    for (std::size_t k = 0; k < count; k += 8) {
        const auto in = static_cast<__mmask8>(count - k >= 8 ? 0xFF : (1U << (count - k)) - 1U);
        const __m256i at = _mm256_maskz_loadu_epi32(in, to + k);
        __m512i price;
        if constexpr (std::is_same_v<P, std::int32_t>) {
            price = _mm512_cvtepi32_epi64(_mm256_maskz_loadu_epi32(in, cost + k));
        } else {
            price = _mm512_maskz_loadu_epi64(in, cost + k);
        }
        const __m512i there = _mm512_mask_i32gather_epi64(least, in, at, value, 8);
        const __m512i offer = _mm512_mask_sub_epi64(least, in, there, _mm512_sll_epi64(price, by));
        const __mmask8 better = _mm512_cmpgt_epi64_mask(offer, best);
        second = _mm512_max_epi64(second, _mm512_min_epi64(offer, best));
        best = _mm512_max_epi64(best, offer);
        block = _mm512_mask_mov_epi64(block, better, _mm512_set1_epi64(static_cast<long long>(k)));
    }
    alignas(64) std::int64_t lanes[3][8];
    _mm512_store_si512(lanes[0], best);
    _mm512_store_si512(lanes[1], second);
    _mm512_store_si512(lanes[2], block);
    return join_nested_lanes(lanes[0], lanes[1], lanes[2], 8);
}

template <class P>
__attribute__((target("avx2"))) NestedOffer best_nested_offer_avx2(const std::uint32_t* to, const P* cost,
                                                                   std::size_t count, const std::int64_t* value,
                                                                   int shift) {
    const __m256i least = _mm256_set1_epi64x(NestedOffer::least);
    const __m128i by = _mm_cvtsi32_si128(shift);
    __m256i best = least;
    __m256i second = least;
    __m256i block = _mm256_setzero_si256();
    std::size_t k = 0;
    for (; k + 4 <= count; k += 4) {
        const __m128i at = _mm_loadu_si128(reinterpret_cast<const __m128i*>(to + k));
        __m256i price;
        if constexpr (std::is_same_v<P, std::int32_t>) {
            price = _mm256_cvtepi32_epi64(_mm_loadu_si128(reinterpret_cast<const __m128i*>(cost + k)));
        } else {
            price = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(cost + k));
        }
        const __m256i there = _mm256_i32gather_epi64(reinterpret_cast<const long long*>(value), at, 8);
        const __m256i offer = _mm256_sub_epi64(there, _mm256_sll_epi64(price, by));
        const __m256i better = _mm256_cmpgt_epi64(offer, best);
        const __m256i lower = _mm256_blendv_epi8(offer, best, better);
        second = _mm256_blendv_epi8(second, lower, _mm256_cmpgt_epi64(lower, second));
        best = _mm256_blendv_epi8(best, offer, better);
        block = _mm256_blendv_epi8(block, _mm256_set1_epi64x(static_cast<long long>(k)), better);
    }
    alignas(32) std::int64_t lanes[3][4];
    _mm256_store_si256(reinterpret_cast<__m256i*>(lanes[0]), best);
    _mm256_store_si256(reinterpret_cast<__m256i*>(lanes[1]), second);
    _mm256_store_si256(reinterpret_cast<__m256i*>(lanes[2]), block);
    NestedOffer out = join_nested_lanes(lanes[0], lanes[1], lanes[2], 4);
    add_nested_offers(out, to, cost, k, count, value, shift);
    return out;
}

#pragma GCC diagnostic pop
#endif

template <class N, class P>
BasicNestedOffer<N> best_nested_offer(const std::uint32_t* to, const P* cost, std::size_t count, const N* value,
                                      int shift, VectorLevel level) {
#if defined(__x86_64__) && defined(__GNUC__)
    if constexpr (std::is_same_v<N, std::int64_t>) {
        if (level == VectorLevel::avx512) return best_nested_offer_avx512(to, cost, count, value, shift);
        if (level == VectorLevel::avx2) return best_nested_offer_avx2(to, cost, count, value, shift);
    }
#endif
    static_cast<void>(level);
    BasicNestedOffer<N> out;
    add_nested_offers(out, to, cost, 0, count, value, shift);
    return out;
}

}  // namespace countyplan::detail
