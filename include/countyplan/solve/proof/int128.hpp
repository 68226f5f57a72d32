// What is the exact total of many 64-bit numbers?
#pragma once

#include <compare>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

namespace countyplan {

namespace detail {

// NOLINTNEXTLINE(modernize-use-using): __extension__ keeps -Wpedantic quiet only so
__extension__ typedef __int128 int128;
// NOLINTNEXTLINE(modernize-use-using)
__extension__ typedef unsigned __int128 uint128;

}  // namespace detail

/// A signed 128-bit integer: the exact sum of up to 2^24 products of any flow and any cost. A regular
/// value with sums, products and order; arithmetic that leaves 128 bits is the caller's mistake.
struct Int128 {
    detail::int128 value = 0;

    constexpr Int128() = default;
    template <std::integral T>
        requires(sizeof(T) <= sizeof(std::int64_t))
    constexpr Int128(T number) : value(number) {}  // NOLINT(google-explicit-constructor): widening only
    constexpr explicit Int128(detail::int128 number) : value(number) {}

    constexpr Int128& operator+=(Int128 other) {
        value += other.value;
        return *this;
    }
    constexpr Int128& operator-=(Int128 other) {
        value -= other.value;
        return *this;
    }
    friend constexpr Int128 operator+(Int128 a, Int128 b) { return Int128(a.value + b.value); }
    friend constexpr Int128 operator-(Int128 a, Int128 b) { return Int128(a.value - b.value); }
    friend constexpr Int128 operator*(Int128 a, Int128 b) { return Int128(a.value * b.value); }
    friend constexpr bool operator==(Int128 a, Int128 b) { return a.value == b.value; }
    friend constexpr std::strong_ordering operator<=>(Int128 a, Int128 b) {
        return a.value < b.value   ? std::strong_ordering::less
               : b.value < a.value ? std::strong_ordering::greater
                                   : std::strong_ordering::equal;
    }
};

/// The value if it fits 64 bits.
[[nodiscard]] constexpr std::optional<std::int64_t> to_int64(Int128 number) {
    if (number.value < std::numeric_limits<std::int64_t>::min()) return std::nullopt;
    if (number.value > std::numeric_limits<std::int64_t>::max()) return std::nullopt;
    return static_cast<std::int64_t>(number.value);
}

[[nodiscard]] constexpr double to_double(Int128 number) { return static_cast<double>(number.value); }

/// Decimal digits with an optional minus.
[[nodiscard]] inline std::string to_text(Int128 number) {
    const bool minus = number.value < 0;
    auto rest = static_cast<detail::uint128>(number.value);
    if (minus) rest = ~rest + 1;
    char buffer[40];  // 39 digits and a sign
    std::size_t at = sizeof buffer;
    do {
        buffer[--at] = static_cast<char>('0' + static_cast<int>(rest % 10));
        rest /= 10;
    } while (rest != 0);
    if (minus) buffer[--at] = '-';
    return std::string(buffer + at, sizeof buffer - at);
}

/// Reads what `to_text` writes and nothing else.
[[nodiscard]] inline std::optional<Int128> parse_int128(std::string_view text) {
    const bool minus = !text.empty() && text.front() == '-';
    const std::string_view digits = minus ? text.substr(1) : text;
    if (digits.empty() || digits.size() > 39 || (digits.front() == '0' && (digits.size() > 1 || minus))) {
        return std::nullopt;
    }
    constexpr detail::uint128 top = detail::uint128{1} << 127;
    detail::uint128 magnitude = 0;
    for (const char c : digits) {
        if (c < '0' || c > '9') return std::nullopt;
        const auto digit = static_cast<unsigned>(c - '0');
        if (magnitude > (top - digit) / 10) return std::nullopt;  // stays at or below 2^127
        magnitude = magnitude * 10 + digit;
    }
    if (!minus && magnitude == top) return std::nullopt;
    return Int128(static_cast<detail::int128>(minus ? ~magnitude + 1 : magnitude));
}

}  // namespace countyplan
