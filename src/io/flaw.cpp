#include <countyplan/io/flaw.hpp>

#include <algorithm>
#include <cstdint>
#include <utility>

#include <countyplan/io/encoding.hpp>

#include "utf_8.hpp"

namespace countyplan {

namespace {

constexpr std::size_t excerpt_characters = 80;
constexpr char hex_digits[] = "0123456789ABCDEF";

bool is_hidden(std::uint32_t c) {
    return c < 0x20 || (c >= 0x7F && c <= 0x9F) || c == 0xAD || c == 0x61C || (c >= 0x200B && c <= 0x200F) ||
           (c >= 0x2028 && c <= 0x202E) || (c >= 0x2060 && c <= 0x2069) || c == 0xFEFF;
}

void put_escape(std::string& out, std::uint32_t c) {
    if (c == '\n') {
        out += "\\n";
    } else if (c == '\r') {
        out += "\\r";
    } else if (c == '\t') {
        out += "\\t";
    } else if (c < 0x80) {
        out += {'\\', 'x', hex_digits[c >> 4], hex_digits[c & 15]};
    } else {
        out += {'\\',
                'u',
                '{',
                hex_digits[(c >> 12) & 15],
                hex_digits[(c >> 8) & 15],
                hex_digits[(c >> 4) & 15],
                hex_digits[c & 15],
                '}'};
    }
}

}  // namespace

bool has_error(const std::vector<Flaw>& flaws) {
    return std::any_of(flaws.begin(), flaws.end(), [](const Flaw& flaw) { return !flaw.is_warning; });
}

RefusedInput::RefusedInput(Flaw flaw) : std::runtime_error(text(flaw.message, Language::en)), flaw_(std::move(flaw)) {}

std::string excerpt(std::string_view text) {
    std::string out;
    std::size_t at = 0;
    for (std::size_t shown = 0; at < text.size(); ++shown) {
        if (shown == excerpt_characters) return out + "…";
        const std::size_t size = detail::utf_8_sequence(text, at);
        if (size == 0) {
            const auto byte = static_cast<unsigned char>(text[at]);
            out += {'\\', 'x', hex_digits[byte >> 4], hex_digits[byte & 15]};
            ++at;
            continue;
        }
        const std::uint32_t c = detail::utf_8_character(text, at, size);
        if (is_hidden(c)) {
            put_escape(out, c);
        } else {
            out += text.substr(at, size);
        }
        at += size;
    }
    return out;
}

TextPosition position_of(std::string_view text, std::size_t offset, std::size_t from, TextPosition start) {
    TextPosition at = start;
    const std::size_t end = std::min(offset, text.size());
    for (std::size_t i = from; i < end; ++i) {
        const char c = text[i];
        if (c == '\n' || (c == '\r' && !(i + 1 < text.size() && text[i + 1] == '\n'))) {
            ++at.line;
            at.column = 1;
        } else if ((static_cast<unsigned char>(c) & 0xC0U) != 0x80U) {
            ++at.column;
        }
    }
    return at;
}

}  // namespace countyplan
