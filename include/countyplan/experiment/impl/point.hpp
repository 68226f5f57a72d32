// How values are written in one way only.
#pragma once

#include <array>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <stdexcept>
#include <string>

#include <countyplan/experiment/point.hpp>
#include <countyplan/plan/fingerprint.hpp>
#include <countyplan/separate.hpp>

namespace countyplan {

namespace detail {

/// The fewest digits that read back the same; plain from 1e-4 to below 1e16, always with a point or an exponent.
inline std::string canonical_decimal(double value) {
    if (!std::isfinite(value)) throw std::invalid_argument("a decimal must be finite");
    std::array<char, 32> shortest{};
    const auto end =
        std::to_chars(shortest.data(), shortest.data() + shortest.size(), value, std::chars_format::scientific).ptr;
    const std::string_view text(shortest.data(), static_cast<std::size_t>(end - shortest.data()));
    const std::size_t e = text.find('e');
    const std::string sign = text.front() == '-' ? "-" : "";
    std::string digits;
    for (const char c : text.substr(0, e))
        if (c >= '0' && c <= '9') digits += c;
    int exponent = 0;
    const std::size_t first = e + (text[e + 1] == '+' ? 2 : 1);
    std::from_chars(text.data() + first, text.data() + text.size(), exponent);
    if (exponent < -4 || exponent >= 16) {
        const std::string power = std::to_string(std::abs(exponent));
        return sign + digits.substr(0, 1) + (digits.size() > 1 ? "." + digits.substr(1) : "") + "e" +
               (exponent < 0 ? "-" : "+") + (power.size() < 2 ? "0" : "") + power;
    }
    if (exponent < 0) return sign + "0." + std::string(static_cast<std::size_t>(-exponent - 1), '0') + digits;
    const auto whole = static_cast<std::size_t>(exponent) + 1;
    if (digits.size() <= whole) return sign + digits + std::string(whole - digits.size(), '0') + ".0";
    return sign + digits.substr(0, whole) + "." + digits.substr(whole);
}

struct CanonicalWriter {
    std::string operator()(std::monostate) const { return "null"; }
    std::string operator()(bool value) const { return value ? "true" : "false"; }
    std::string operator()(std::int64_t value) const { return std::to_string(value); }
    std::string operator()(double value) const { return canonical_decimal(value); }
    std::string operator()(const std::string& value) const { return canonical_json(std::string_view(value)); }
};

}  // namespace detail

COUNTYPLAN_INLINE std::string canonical_json(std::string_view text) {
    static constexpr std::string_view digits = "0123456789abcdef";
    static constexpr std::string_view controls = "\b\t\n\f\r", letters = "btnfr";
    std::string out = "\"";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (byte >= 0x20) {
            out += c;
        } else if (const std::size_t at = controls.find(c); at != std::string_view::npos) {
            out += '\\';
            out += letters[at];
        } else {
            out += "\\u00";
            out += digits[byte >> 4];
            out += digits[byte & 15];
        }
    }
    return out + '"';
}

COUNTYPLAN_INLINE std::string canonical_json(const PointValue& value) {
    return std::visit(detail::CanonicalWriter{}, value);
}

COUNTYPLAN_INLINE std::string canonical_json(const NamedValues& values) {
    std::string out = "{";
    for (const auto& [name, value] : values) {
        if (out.size() > 1) out += ',';
        out += canonical_json(std::string_view(name)) + ':' + canonical_json(value);
    }
    return out + '}';
}

COUNTYPLAN_INLINE std::string digits_of(const Fingerprint& fingerprint) {
    std::string out = to_text(fingerprint);
    std::erase(out, '-');
    return out;
}

COUNTYPLAN_INLINE std::string point_key(const ExperimentPoint& point, std::string_view input,
                                        std::string_view version) {
    return digits_of(
        fingerprint_of("{\"input\":" + canonical_json(input) + ",\"point\":" + canonical_json(point.parameters) +
                       ",\"seed\":" + std::to_string(point.seed) + ",\"version\":" + canonical_json(version) + "}"));
}

COUNTYPLAN_INLINE std::string input_of(const Plan& plan) {
    const Digests& digests = plan.digests();
    return to_text(digests.plan) + "/" + to_text(digests.staffing) + "/" + to_text(digests.ledger);
}

}  // namespace countyplan
