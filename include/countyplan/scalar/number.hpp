// How is a plain number written, and read back, the same in every locale?
#pragma once

#include <charconv>
#include <cmath>
#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>

namespace countyplan {

/// Decimal digits with an optional minus; no plus, no spaces, no leading zeros, no separators.
template <std::integral T>
[[nodiscard]] std::optional<T> parse_number(std::string_view text) {
    const std::string_view digits = !text.empty() && text.front() == '-' ? text.substr(1) : text;
    if (digits.empty() || (digits.size() > 1 && digits.front() == '0') || text == "-0") return std::nullopt;
    T value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

/// A finite decimal such as `12`, `-0.5` or `1e-7`; no NaN, no infinity, no plus, no hexadecimal.
/// A value that overflows or underflows to a different one gives nothing. -0 becomes 0.
[[nodiscard]] inline std::optional<double> parse_decimal(std::string_view text) {
    if (text.empty()) return std::nullopt;
    for (const char c : text) {
        if (!((c >= '0' && c <= '9') || c == '-' || c == '.' || c == 'e' || c == 'E' || c == '+')) return std::nullopt;
    }
    if (text.front() == '+' || text.front() == '.' || text.back() == '.') return std::nullopt;
    double value = 0.0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
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
