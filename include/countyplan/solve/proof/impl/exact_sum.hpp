// What is the exact sum of products of doubles?
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>

#include <countyplan/solve/proof/int128.hpp>

namespace countyplan::detail {

/// A sum of products of up to three finite doubles, without rounding: a double is a whole number times a power
/// of two, and every bit such a product can reach has its place here. Positive and negative products are summed
/// apart, so that carries stay short. Kulisch, Computer Arithmetic and Validity (2013).
class ExactSum {
  public:
    void add(double a, double b = 1.0, double c = 1.0) { add_product(a, b, c, false); }
    void subtract(double a, double b = 1.0, double c = 1.0) { add_product(a, b, c, true); }

    void clear() {
        for (std::size_t i = first_; i < last_; ++i)
            plus_[i] = minus_[i] = 0;
        first_ = words;
        last_ = 0;
    }

    /// -1, 0 or 1.
    [[nodiscard]] int sign() const {
        for (std::size_t i = last_; i-- > first_;) {
            if (plus_[i] != minus_[i]) return plus_[i] > minus_[i] ? 1 : -1;
        }
        return 0;
    }

    /// The largest double that is not above the sum; -infinity below all doubles.
    [[nodiscard]] double rounded_down() const { return rounded(sign() < 0); }
    /// The least double that is not below the sum; infinity above all doubles.
    [[nodiscard]] double rounded_up() const { return rounded(sign() > 0); }

  private:
    // three smallest doubles multiply to 2^-3222, three largest stay below 2^3072; 2^64 of them need 64 bits more
    static constexpr std::size_t words = 102;
    static constexpr int lowest = -3264;

    struct Parts {
        std::uint64_t digits;
        int exponent;
        bool negative;
    };

    static Parts parts(double a) {
        const auto bits = std::bit_cast<std::uint64_t>(a);
        const auto power = static_cast<int>(bits >> 52 & 0x7FF);
        const std::uint64_t fraction = bits & ((std::uint64_t{1} << 52) - 1);
        return {power == 0 ? fraction : fraction | std::uint64_t{1} << 52, std::max(power, 1) - 1075, bits >> 63 != 0};
    }

    void add_product(double a, double b, double c, bool negative) {
        const Parts p = parts(a), q = parts(b), r = parts(c);
        if (p.digits == 0 || q.digits == 0 || r.digits == 0) return;
        const uint128 pair = uint128{p.digits} * q.digits;
        const uint128 low = uint128{static_cast<std::uint64_t>(pair)} * r.digits;
        const uint128 high = uint128{static_cast<std::uint64_t>(pair >> 64)} * r.digits + (low >> 64);
        const std::uint64_t digits[3] = {static_cast<std::uint64_t>(low), static_cast<std::uint64_t>(high),
                                         static_cast<std::uint64_t>(high >> 64)};
        const auto place = static_cast<std::size_t>(p.exponent + q.exponent + r.exponent - lowest);
        const std::size_t start = place / 64;
        const auto shift = static_cast<unsigned>(place % 64);
        auto& sum = (negative != (p.negative != (q.negative != r.negative))) ? minus_ : plus_;
        std::uint64_t rest = 0;
        bool carry = false;
        std::size_t at = start;
        for (std::size_t i = 0; i < 4; ++i, ++at) {
            const std::uint64_t word = i < 3 ? digits[i] : 0;
            const std::uint64_t part = word << shift | rest;
            rest = shift == 0 ? 0 : word >> (64 - shift);
            add_word(sum[at], part, carry);
        }
        for (; carry; ++at)
            add_word(sum[at], 0, carry);
        first_ = std::min(first_, start);
        last_ = std::max(last_, at);
    }

    static void add_word(std::uint64_t& word, std::uint64_t part, bool& carry) {
        const uint128 total = uint128{word} + part + (carry ? 1 : 0);
        word = static_cast<std::uint64_t>(total);
        carry = total >> 64 != 0;
    }

    /// The size cut to a double, or the next larger one where `away` from zero and not exact.
    [[nodiscard]] double rounded(bool away) const {
        const int direction = sign();
        if (direction == 0) return 0.0;
        const auto& more = direction > 0 ? plus_ : minus_;
        const auto& less = direction > 0 ? minus_ : plus_;
        std::array<std::uint64_t, words> size{};
        bool borrow = false;
        std::size_t top = first_;
        for (std::size_t i = first_; i < last_; ++i) {
            const uint128 taken = uint128{less[i]} + (borrow ? 1 : 0);
            borrow = taken > more[i];
            size[i] = static_cast<std::uint64_t>(uint128{more[i]} - taken);
            if (size[i] != 0) top = i;
        }
        // the bit of the highest digit, and the lowest bit that a double of this size holds
        const int highest = static_cast<int>(top * 64) + 63 - std::countl_zero(size[top]);
        const int end = std::max(highest - 52, -1074 - lowest);
        constexpr double infinite = std::numeric_limits<double>::infinity();
        constexpr double largest = std::numeric_limits<double>::max();
        if (highest + lowest > 1023) return (away ? infinite : largest) * direction;
        const auto word = static_cast<std::size_t>(end) / 64;
        const auto shift = static_cast<unsigned>(end) % 64;
        std::uint64_t digits = size[word] >> shift;
        if (shift != 0 && word + 1 < words) digits |= size[word + 1] << (64 - shift);
        bool exact = shift == 0 || size[word] << (64 - shift) == 0;
        for (std::size_t i = first_; exact && i < word; ++i)
            exact = size[i] == 0;
        if (!exact && away) ++digits;
        // digits * 2^(end + lowest), put together from its bits; digits may have become 2^53
        std::uint64_t bits = 0;
        if (digits >> 52 == 0) {
            bits = digits;  // below the normal range, where end is fixed
        } else {
            bits = (static_cast<std::uint64_t>(end + lowest + 1075) << 52) + (digits - (std::uint64_t{1} << 52));
        }
        if (direction < 0) bits |= std::uint64_t{1} << 63;
        return std::bit_cast<double>(bits);
    }

    std::array<std::uint64_t, words> plus_{};
    std::array<std::uint64_t, words> minus_{};
    std::size_t first_ = words;  ///< the words in use are [first_, last_)
    std::size_t last_ = 0;
};

}  // namespace countyplan::detail
