// How is a plain number written, and read back, the same in every locale?
#pragma once

#include <charconv>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>

namespace countyplan {

/// Decimal digits with an optional minus; no plus, no spaces, no leading zeros, no separators.
template <std::integral T>
    requires(!std::same_as<T, bool> && !std::same_as<T, char>)
[[nodiscard]] std::optional<T> parse_number(std::string_view text) {
    const std::string_view digits = !text.empty() && text.front() == '-' ? text.substr(1) : text;
    if (digits.empty() || (digits.size() > 1 && digits.front() == '0') || text == "-0") return std::nullopt;
    T value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

namespace detail {

/// Whether `text` is a number as JSON writes it: digits without leading zeros, then perhaps a point
/// with digits, then perhaps an exponent with digits.
[[nodiscard]] constexpr bool is_decimal(std::string_view text) {
    std::size_t at = 0;
    const auto next = [&](char wanted) {
        if (at == text.size() || text[at] != wanted) return false;
        ++at;
        return true;
    };
    const auto digits = [&] {
        const std::size_t start = at;
        while (at < text.size() && text[at] >= '0' && text[at] <= '9')
            ++at;
        return at - start;
    };
    next('-');
    const bool zero = at < text.size() && text[at] == '0';
    const std::size_t whole = digits();
    if (whole == 0 || (zero && whole > 1)) return false;
    if (next('.') && digits() == 0) return false;
    if (next('e') || next('E')) {
        if (!next('+')) next('-');
        if (digits() == 0) return false;
    }
    return at == text.size();
}

}  // namespace detail

/// A finite decimal as JSON writes it, such as `12`, `-0.5` or `1e-7`; no NaN, no infinity, no plus, no
/// leading zeros, no hexadecimal. A value that overflows, or underflows to 0, gives nothing. -0 becomes 0.
[[nodiscard]] inline std::optional<double> parse_decimal(std::string_view text) {
    if (!detail::is_decimal(text)) return std::nullopt;
    double value = 0.0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
    if (value == 0.0 && text.substr(0, text.find_first_of("eE")).find_first_of("123456789") != text.npos) {
        return std::nullopt;
    }
    return value + 0.0;
}

template <std::integral T>
    requires(!std::same_as<T, bool> && !std::same_as<T, char>)
[[nodiscard]] std::string to_text(T value) { return std::to_string(value); }

/// The shortest decimal that reads back as the same number.
[[nodiscard]] inline std::string to_text(double value) {
    char buffer[32];
    const auto [end, error] = std::to_chars(buffer, buffer + sizeof buffer, value + 0.0);
    (void)error;  // 32 characters hold every double
    return std::string(buffer, end);
}

}  // namespace countyplan
