// How a text is taken apart into characters, shown safely, and compared loosely.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include <countyplan/plan/value_text.hpp>

namespace countyplan {

namespace detail {

/// The first character of a text and the bytes it takes; no bytes where the text is empty or broken.
struct CodePoint {
    char32_t value = 0;
    std::size_t size = 0;
};

/// Strict UTF-8 (RFC 3629): no overlong forms, no surrogates, nothing above U+10FFFF.
constexpr CodePoint first_code_point(std::string_view text) {
    if (text.empty()) return {};
    const auto byte = [&](std::size_t at) { return static_cast<std::uint8_t>(text[at]); };
    const std::uint8_t lead = byte(0);
    if (lead < 0x80) return {lead, 1};
    const std::size_t size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || text.size() < size) return {};
    char32_t value = lead & (0xFFU >> (size + 1));
    for (std::size_t at = 1; at < size; ++at) {
        if ((byte(at) & 0xC0) != 0x80) return {};
        value = (value << 6) | (byte(at) & 0x3FU);
    }
    constexpr std::array<char32_t, 5> least = {0, 0, 0x80, 0x800, 0x10000};
    if (value < least[size] || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) return {};
    return {value, size};
}

constexpr bool is_control(char32_t c) { return c < 0x20 || (c >= 0x7F && c < 0xA0); }

/// Characters that are not seen, or that turn the text round: joiners, marks, bidirectional controls.
constexpr bool is_invisible(char32_t c) {
    return c == 0xAD || c == 0x61C || c == 0x180E || (c >= 0x200B && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E) ||
           (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF || (c >= 0xE0000 && c <= 0xE007F);
}

/// The byte at which `text` stops being UTF-8; its size if it never does.
constexpr std::size_t utf8_until(std::string_view text) {
    std::size_t at = 0;
    while (at < text.size()) {
        const std::size_t size = first_code_point(text.substr(at)).size;
        if (size == 0) return at;
        at += size;
    }
    return at;
}

inline std::string hexadecimal(std::uint32_t value, std::size_t least_digits) {
    std::string out;
    while (value != 0 || out.size() < least_digits) {
        out += "0123456789ABCDEF"[value & 15];
        value >>= 4;
    }
    std::reverse(out.begin(), out.end());
    return out;
}

/// Whether `text` is an id as people write them: `[A-Za-z0-9][A-Za-z0-9_.-]*`.
constexpr bool is_id(std::string_view text) {
    const auto is_letter_or_digit = [](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    };
    if (text.empty() || !is_letter_or_digit(text.front())) return false;
    return std::all_of(text.begin(), text.end(),
                       [&](char c) { return is_letter_or_digit(c) || c == '_' || c == '.' || c == '-'; });
}

/// What people would read as the same: lower case, full width as half width, without spaces, invisible
/// characters and accents (composed or combining). Bytes that are not UTF-8 stay.
inline std::string folded(std::string_view text) {
    static constexpr std::string_view latin =
        "aaaaaaaceeeeiiiidnooooo*ouuuuytsaaaaaaaceeeeiiiidnooooo/ouuuuyty";  // U+00C0 to U+00FF
    static_assert(latin.size() == 64);
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        CodePoint c = first_code_point(text);
        const std::string_view bytes = text.substr(0, std::max<std::size_t>(c.size, 1));
        text.remove_prefix(bytes.size());
        if (c.value >= 0xFF01 && c.value <= 0xFF5E) c.value -= 0xFEE0;
        if (c.value == ' ' || c.value == '\t' || c.value == 0xA0 || c.value == 0x3000 || is_invisible(c.value)) {
            if (c.size != 0) continue;
        }
        if (c.value >= 0x300 && c.value <= 0x36F) continue;
        if (c.size != 0 && c.value < 0x80) {
            const char ascii = static_cast<char>(c.value);
            out += ascii >= 'A' && ascii <= 'Z' ? static_cast<char>(ascii - 'A' + 'a') : ascii;
        } else if (c.value >= 0xC0 && c.value <= 0xFF) {
            out += latin[c.value - 0xC0];
        } else {
            out += bytes;
        }
    }
    return out;
}

}  // namespace detail

inline std::string shown_text(std::string_view text) {
    constexpr std::size_t limit = 80;
    std::string out;
    std::size_t characters = 0;
    while (!text.empty()) {
        const detail::CodePoint c = detail::first_code_point(text);
        std::string piece;
        if (c.size == 0) {
            piece = "\\x" + detail::hexadecimal(static_cast<std::uint8_t>(text.front()), 2);
        } else if (c.value == '\n') {
            piece = "\\n";
        } else if (detail::is_control(c.value) && c.value < 0x80) {
            piece = "\\x" + detail::hexadecimal(c.value, 2);
        } else if (detail::is_control(c.value) || detail::is_invisible(c.value)) {
            piece = "\\u{" + detail::hexadecimal(c.value, 4) + "}";
        } else {
            piece = text.substr(0, c.size);
        }
        const std::size_t width = c.size > 1 && piece.size() == c.size ? 1 : piece.size();
        if (characters + width > limit) return out + "…";
        characters += width;
        out += piece;
        text.remove_prefix(std::max<std::size_t>(c.size, 1));
    }
    return out;
}

}  // namespace countyplan
