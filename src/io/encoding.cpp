#include <countyplan/io/encoding.hpp>

#include <iconv.h>

#include <cerrno>
#include <cstdint>
#include <cstring>
#include <utility>

#include <countyplan/io/messages.hpp>
#include <countyplan/scalar/number.hpp>

#include "utf_8.hpp"

namespace countyplan {

namespace {

constexpr std::string_view utf_8_mark = "\xEF\xBB\xBF";
constexpr std::string_view gb18030_mark = "\x84\x31\x95\x33";

unsigned byte_at(std::string_view bytes, std::size_t at) { return static_cast<unsigned char>(bytes[at]); }

/// The name of an encoding that is recognised only to be refused; empty for all others.
std::string_view refused_mark(std::string_view bytes) {
    using namespace std::string_view_literals;
    if (bytes.starts_with("\xFF\xFE\0\0"sv)) return "UTF-32 LE";
    if (bytes.starts_with("\0\0\xFE\xFF"sv)) return "UTF-32 BE";
    if (bytes.starts_with("\xFF\xFE"sv)) return "UTF-16 LE";
    if (bytes.starts_with("\xFE\xFF"sv)) return "UTF-16 BE";
    return {};
}

bool is_blank(std::string_view text) { return text.find_first_not_of(" \t\r\n\f\v") == std::string_view::npos; }

std::string hexadecimal(std::string_view bytes, std::size_t at, std::size_t count) {
    constexpr char digits[] = "0123456789ABCDEF";
    std::string out;
    for (std::size_t i = at; i < bytes.size() && i < at + count; ++i) {
        if (!out.empty()) out += ' ';
        out += {digits[byte_at(bytes, i) >> 4], digits[byte_at(bytes, i) & 15U]};
    }
    return out;
}

/// `bytes` up to `at` may be in any ASCII-compatible encoding: columns then count bytes above 0x7F.
Flaw flaw_at(std::string_view bytes, std::size_t at, Message message, Message remedy) {
    Flaw flaw;
    flaw.message = std::move(message);
    flaw.remedy = std::move(remedy);
    flaw.offset = at;
    flaw.position = position_of(bytes, at);
    flaw.value = hexadecimal(bytes, at, 4);
    return flaw;
}

/// Which of two encodings do bytes that are not valid UTF-8 look like? In Chinese text most bytes of
/// the right reading are frequent characters: U+4E00..9FFF and full-width punctuation in UTF-8, symbols
/// and first-level characters of GB 2312 in GB18030. "Any valid multi-byte sequence" would not do:
/// `D1 A7` is 学 in GB18030 and a Cyrillic letter in UTF-8, so nearly every GB18030 file has some.
bool looks_like_damaged_utf_8(std::string_view bytes) {
    std::uint64_t as_utf_8 = 0;
    for (std::size_t at = 0; at < bytes.size();) {
        const std::size_t size = byte_at(bytes, at) < 0x80 ? 1 : detail::utf_8_sequence(bytes, at);
        if (size == 3) {
            const std::uint32_t c = detail::utf_8_character(bytes, at, size);
            if ((c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3000 && c <= 0x303F) || (c >= 0xFF00 && c <= 0xFFEF) ||
                (c >= 0x2010 && c <= 0x2030)) {
                as_utf_8 += size;
            }
        }
        at += size == 0 ? 1 : size;
    }
    if (as_utf_8 == 0) return false;
    std::uint64_t as_gb18030 = 0;
    for (std::size_t at = 0; at < bytes.size();) {
        const unsigned lead = byte_at(bytes, at);
        if (lead < 0x80 || at + 1 == bytes.size()) {
            ++at;
            continue;
        }
        const unsigned trail = byte_at(bytes, at + 1);
        if (trail >= 0x30 && trail <= 0x39) {
            at += 4;
            continue;
        }
        const bool frequent = (lead >= 0xA1 && lead <= 0xA3) || (lead >= 0xB0 && lead <= 0xD7);
        if (frequent && trail >= 0xA1 && trail <= 0xFE) as_gb18030 += 2;
        at += trail < 0x40 ? 1 : 2;
    }
    return as_utf_8 >= as_gb18030;
}

/// The way a valid four-byte character of GB18030 begins.
bool begins_four_bytes(std::string_view bytes, std::size_t at) {
    return at + 1 < bytes.size() && byte_at(bytes, at + 1) >= 0x30 && byte_at(bytes, at + 1) <= 0x39;
}

struct Converted {
    std::string text;
    std::optional<Flaw> flaw;
};

class Converter {
  public:
    Converter() : handle_(iconv_open("UTF-8", "GB18030")) {}
    Converter(const Converter&) = delete;
    Converter& operator=(const Converter&) = delete;
    ~Converter() {
        if (usable()) iconv_close(handle_);
    }
    [[nodiscard]] bool usable() const {
        // NOLINTNEXTLINE(performance-no-int-to-ptr): this is how iconv reports failure
        return handle_ != reinterpret_cast<iconv_t>(-1);
    }
    [[nodiscard]] std::size_t run(char** in, std::size_t* in_left, char** out, std::size_t* out_left) {
        return iconv(handle_, in, in_left, out, out_left);
    }

  private:
    iconv_t handle_;
};

Converted from_gb18030(std::string& bytes, std::size_t skip) {
    Converted result;
    Converter converter;
    if (!converter.usable()) {
        result.flaw = flaw_at(bytes, 0, message::encoding_unavailable, message::save_as_utf_8);
        return result;
    }
    char* in = bytes.data() + skip;
    std::size_t in_left = bytes.size() - skip;
    std::size_t used = 0;
    result.text.resize(in_left + in_left / 4 + 64);
    for (;;) {
        char* out = result.text.data() + used;
        std::size_t out_left = result.text.size() - used;
        const std::size_t outcome = converter.run(&in, &in_left, &out, &out_left);
        used = result.text.size() - out_left;
        if (outcome != static_cast<std::size_t>(-1)) break;
        if (errno == E2BIG) {
            result.text.resize(result.text.size() + result.text.size() / 2);
            continue;
        }
        const std::size_t at = bytes.size() - in_left;
        if (errno == EINVAL) {
            result.flaw =
                flaw_at(bytes, at, Message(message::truncated_gb18030, {to_text(at)}), message::restore_the_file);
        } else {
            const std::size_t shown = begins_four_bytes(bytes, at) ? 4 : 2;
            result.flaw =
                flaw_at(bytes, at, Message(message::invalid_gb18030, {to_text(at), hexadecimal(bytes, at, shown)}),
                        message::restore_the_file);
        }
        result.text.clear();
        return result;
    }
    result.text.resize(used);
    return result;
}

Flaw invalid_utf_8_flaw(std::string_view bytes, std::size_t at) {
    return flaw_at(bytes, at, Message(message::invalid_utf_8, {to_text(at), hexadecimal(bytes, at, 4)}),
                   message::restore_the_file);
}

/// What is refused or warned of in text of every encoding. Offsets are in `text` plus what was skipped.
void look_at_text(DecodedText& result, bool offsets_known) {
    const std::string_view text = result.text;
    const auto note = [&](std::size_t at, const MessageText& row, bool is_warning) {
        Flaw flaw;
        flaw.message = row;
        flaw.is_warning = is_warning;
        flaw.position = position_of(text, at);
        flaw.offset = offsets_known ? at + result.skipped : 0;
        flaw.value = excerpt(text.substr(at > 20 ? at - 20 : 0, 40));
        result.flaws.push_back(std::move(flaw));
    };
    if (is_blank(text)) {
        result.flaws.push_back(
            Flaw{.message = message::empty_input, .remedy = {}, .position = {1, 1}, .pointer = {}, .value = {}});
    } else if (const void* nul = std::memchr(text.data(), 0, text.size()); nul != nullptr) {
        note(static_cast<std::size_t>(static_cast<const char*>(nul) - text.data()), message::nul_in_text, false);
    } else if (const std::size_t mark = text.find(utf_8_mark); mark != std::string_view::npos) {
        note(mark, message::mark_inside, true);
    }
    if (!result.ok()) result.text.clear();
}

}  // namespace

std::optional<std::size_t> first_invalid_utf_8(std::string_view bytes) {
    const char* const data = bytes.data();
    const std::size_t size = bytes.size();
    std::size_t at = 0;
    while (at < size) {
        while (at + 32 <= size) {  // the common case: nothing but ASCII
            std::uint64_t word[4];
            std::memcpy(word, data + at, sizeof word);
            if (((word[0] | word[1] | word[2] | word[3]) & 0x8080808080808080U) != 0) break;
            at += 32;
        }
        const std::size_t stop = at + 32 < size ? at + 32 : size;
        while (at < stop) {
            const auto c = static_cast<unsigned char>(data[at]);
            if (c < 0x80) {
                ++at;
            } else if (c >= 0xE1 && c <= 0xEC && at + 2 < size &&
                       (static_cast<unsigned char>(data[at + 1]) >> 6) == 2 &&
                       (static_cast<unsigned char>(data[at + 2]) >> 6) == 2) {
                at += 3;  // nearly all Chinese characters
            } else {
                const std::size_t length = detail::utf_8_sequence(bytes, at);
                if (length == 0) return at;
                at += length;
            }
        }
    }
    return std::nullopt;
}

DecodedText decode(std::string bytes, Encoding wanted) {
    DecodedText result;
    if (const std::string_view refused = refused_mark(bytes); !refused.empty()) {
        result.flaws.push_back(
            flaw_at(bytes, 0, Message(message::unsupported_encoding, {refused}), message::save_as_utf_8));
        return result;
    }
    const bool marked_utf_8 = bytes.starts_with(utf_8_mark);
    const bool marked_gb18030 = bytes.starts_with(gb18030_mark);
    if (wanted == Encoding::automatic && marked_gb18030) wanted = Encoding::gb18030;
    if (wanted == Encoding::automatic && marked_utf_8) wanted = Encoding::utf_8;

    bool guessed = false;
    if (wanted != Encoding::gb18030) {
        const std::optional<std::size_t> broken = first_invalid_utf_8(bytes);
        if (!broken) {
            result.encoding = Encoding::utf_8;
            result.skipped = marked_utf_8 ? utf_8_mark.size() : 0;
            result.text = std::move(bytes);
            result.text.erase(0, result.skipped);
            look_at_text(result, true);
            return result;
        }
        if (wanted == Encoding::utf_8 || looks_like_damaged_utf_8(bytes)) {
            result.encoding = Encoding::utf_8;
            result.flaws.push_back(invalid_utf_8_flaw(bytes, *broken));
            return result;
        }
        guessed = true;
    }

    result.encoding = Encoding::gb18030;
    result.skipped = marked_gb18030 ? gb18030_mark.size() : 0;
    Converted converted = from_gb18030(bytes, result.skipped);
    if (converted.flaw) {
        if (guessed) converted.flaw->remedy = message::name_the_encoding;
        result.flaws.push_back(std::move(*converted.flaw));
        return result;
    }
    result.text = std::move(converted.text);
    if (guessed) {
        Flaw flaw;
        flaw.message = message::encoding_guessed;
        flaw.remedy = message::name_the_encoding;
        flaw.is_warning = true;
        result.flaws.push_back(std::move(flaw));
    }
    look_at_text(result, false);
    return result;
}

}  // namespace countyplan
