// Which random number comes next, the same on every machine?
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <tuple>
#include <utility>

#include <countyplan/error.hpp>

namespace countyplan {

namespace detail {

/// Philox4x32 with ten rounds: 128 random bits that depend on key and counter only.
/// Salmon, Moraes, Dror & Shaw, Supercomputing 2011.
[[nodiscard]] constexpr std::array<std::uint32_t, 4> philox(std::array<std::uint32_t, 4> counter,
                                                            std::array<std::uint32_t, 2> key) {
    for (int round = 0; round < 10; ++round) {
        const std::uint64_t a = std::uint64_t{0xD2511F53} * counter[0];
        const std::uint64_t b = std::uint64_t{0xCD9E8D57} * counter[2];
        counter = {static_cast<std::uint32_t>(b >> 32) ^ counter[1] ^ key[0], static_cast<std::uint32_t>(b),
                   static_cast<std::uint32_t>(a >> 32) ^ counter[3] ^ key[1], static_cast<std::uint32_t>(a)};
        key[0] += 0x9E3779B9;
        key[1] += 0xBB67AE85;
    }
    return counter;
}

}  // namespace detail

/// A sequence of 64-bit random numbers named by (seed, stream): the k-th number depends on these three
/// alone, so trial 7 of a simulation draws the same numbers on any thread. A regular value of 40 bytes;
/// models std::uniform_random_bit_generator, but the members below are the portable way to use it.
class Random {
  public:
    using result_type = std::uint64_t;

    explicit constexpr Random(std::uint64_t seed = 0, std::uint64_t stream = 0) : seed_(seed), stream_(stream) {}

    [[nodiscard]] static constexpr result_type min() { return 0; }
    [[nodiscard]] static constexpr result_type max() { return std::numeric_limits<result_type>::max(); }

    /// The next 64 bits.
    constexpr result_type operator()() {
        if ((drawn_ & 1) == 0) {
            const auto block = detail::philox({low(drawn_ >> 1), high(drawn_ >> 1), low(stream_), high(stream_)},
                                              {low(seed_), high(seed_)});
            now_ = join(block[0], block[1]);
            next_ = join(block[2], block[3]);
        }
        return (drawn_++ & 1) == 0 ? now_ : next_;
    }

    /// Uniform in [0, count), without bias; `count` above 0. Lemire, ACM TOMACS 29 (2019).
    [[nodiscard]] constexpr std::uint64_t below(std::uint64_t count) {
        COUNTYPLAN_EXPECT(count > 0, "cannot draw from an empty range");
        auto [top, bottom] = multiply((*this)(), count);
        if (bottom < count) {
            const std::uint64_t unfair = (0 - count) % count;
            while (bottom < unfair)  // NOLINT(bugprone-infinite-loop): tie changes it
                std::tie(top, bottom) = multiply((*this)(), count);
        }
        return top;
    }

    /// Uniform in [first, last], both included; `first` at most `last`.
    [[nodiscard]] constexpr std::int64_t between(std::int64_t first, std::int64_t last) {
        COUNTYPLAN_EXPECT(first <= last, "cannot draw from an empty range");
        const std::uint64_t width = static_cast<std::uint64_t>(last) - static_cast<std::uint64_t>(first);
        const std::uint64_t step = width == max() ? (*this)() : below(width + 1);
        return static_cast<std::int64_t>(static_cast<std::uint64_t>(first) + step);
    }

    /// True in `parts` of `whole` cases; `parts` at most `whole`, `whole` above 0.
    [[nodiscard]] constexpr bool chance(std::uint64_t parts, std::uint64_t whole) { return below(whole) < parts; }

    /// Uniform in [0, 1), one of 2^53 doubles.
    [[nodiscard]] constexpr double unit() { return static_cast<double>((*this)() >> 11) * 0x1p-53; }

    /// Puts the items into a random order, each order equally likely.
    template <class T>
    constexpr void shuffle(std::span<T> items) {
        for (std::size_t left = items.size(); left > 1; --left) {
            using std::swap;
            const auto other = static_cast<std::size_t>(below(left));
            if (other != left - 1) swap(items[other], items[left - 1]);
        }
    }

    friend constexpr bool operator==(const Random& a, const Random& b) {
        return a.seed_ == b.seed_ && a.stream_ == b.stream_ && a.drawn_ == b.drawn_;
    }

  private:
    static constexpr std::uint32_t low(std::uint64_t x) { return static_cast<std::uint32_t>(x); }
    static constexpr std::uint32_t high(std::uint64_t x) { return static_cast<std::uint32_t>(x >> 32); }
    static constexpr std::uint64_t join(std::uint32_t a, std::uint32_t b) { return std::uint64_t{b} << 32 | a; }

    /// The 128-bit product as (upper, lower) half.
    static constexpr std::pair<std::uint64_t, std::uint64_t> multiply(std::uint64_t a, std::uint64_t b) {
        const std::uint64_t ll = std::uint64_t{low(a)} * low(b);
        const std::uint64_t lh = std::uint64_t{low(a)} * high(b);
        const std::uint64_t hl = std::uint64_t{high(a)} * low(b);
        const std::uint64_t hh = std::uint64_t{high(a)} * high(b);
        const std::uint64_t middle = high(ll) + std::uint64_t{low(lh)} + low(hl);
        return {hh + high(lh) + high(hl) + high(middle), middle << 32 | low(ll)};
    }

    std::uint64_t seed_;
    std::uint64_t stream_;
    std::uint64_t drawn_ = 0;
    std::uint64_t now_ = 0;
    std::uint64_t next_ = 0;
};

}  // namespace countyplan
