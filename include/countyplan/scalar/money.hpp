// How much money, exactly?
#pragma once

#include <compare>
#include <cstdint>
#include <limits>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

#include <countyplan/scalar/share.hpp>

namespace countyplan {

/// Whole fen (1/100 yuan) in 64 bits. Sums and multiples throw `std::overflow_error` when they leave
/// the range, never wrap.
class Money {
  public:
    constexpr Money() = default;
    explicit constexpr Money(std::int64_t fen) : fen_(fen) {}

    /// Yuan with at most two decimals: `12`, `-0.50`, `12.3`. No sign `+`, no thousands separators,
    /// no leading zeros, no exponent; anything else, or a value out of range, gives nothing.
    [[nodiscard]] static constexpr std::optional<Money> parse(std::string_view text) {
        const bool negative = !text.empty() && text.front() == '-';
        if (negative) text.remove_prefix(1);
        const auto point = text.find('.');
        const std::string_view yuan = text.substr(0, point);
        const std::string_view cents = point == std::string_view::npos ? std::string_view{} : text.substr(point + 1);
        if (yuan.empty() || cents.size() > 2 || (point != std::string_view::npos && cents.empty())) return std::nullopt;
        if (yuan.size() > 1 && yuan.front() == '0') return std::nullopt;
        std::int64_t fen = 0;
        for (std::size_t at = 0; at < yuan.size() + 2; ++at) {
            const std::size_t cent = at - yuan.size();
            const char digit = at < yuan.size() ? yuan[at] : cent < cents.size() ? cents[cent] : '0';
            if (digit < '0' || digit > '9') return std::nullopt;
            if (__builtin_mul_overflow(fen, std::int64_t{10}, &fen)) return std::nullopt;
            if (__builtin_sub_overflow(fen, std::int64_t{digit - '0'}, &fen)) return std::nullopt;
        }
        if (negative) return Money(fen);
        if (fen == std::numeric_limits<std::int64_t>::min()) return std::nullopt;
        return Money(-fen);
    }

    [[nodiscard]] constexpr std::int64_t fen() const { return fen_; }

    friend constexpr auto operator<=>(Money, Money) = default;
    friend constexpr Money operator+(Money a, Money b) {
        std::int64_t sum = 0;
        if (__builtin_add_overflow(a.fen_, b.fen_, &sum)) throw std::overflow_error("money out of range");
        return Money(sum);
    }
    friend constexpr Money operator-(Money a, Money b) {
        std::int64_t difference = 0;
        if (__builtin_sub_overflow(a.fen_, b.fen_, &difference)) throw std::overflow_error("money out of range");
        return Money(difference);
    }
    friend constexpr Money operator*(Money a, std::int64_t times) {
        std::int64_t product = 0;
        if (__builtin_mul_overflow(a.fen_, times, &product)) throw std::overflow_error("money out of range");
        return Money(product);
    }
    /// Rounded to the nearest fen, halves away from zero. Exact to 1 part in 2^53; the whole is exact.
    friend constexpr Money operator*(Money a, Share share) {
        if (share.value() == 1.0) return a;
        const double part = static_cast<double>(a.fen_) * share.value();  // below 2^63, share being below 1
        const auto whole = static_cast<std::int64_t>(part);
        const double rest = part - static_cast<double>(whole);
        return Money(rest >= 0.5 ? whole + 1 : rest <= -0.5 ? whole - 1 : whole);
    }

    /// Yuan with exactly two decimals, e.g. `12.30`.
    friend std::string to_text(Money money) {
        const bool negative = money.fen_ < 0;
        const std::uint64_t fen =
            negative ? 0 - static_cast<std::uint64_t>(money.fen_) : static_cast<std::uint64_t>(money.fen_);
        const std::uint64_t cents = fen % 100;
        return (negative ? "-" : "") + std::to_string(fen / 100) + (cents < 10 ? ".0" : ".") + std::to_string(cents);
    }

  private:
    std::int64_t fen_ = 0;
};

}  // namespace countyplan
