// In which encoding are these bytes, and what do they say in UTF-8?
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <countyplan/io/flaw.hpp>

namespace countyplan {

/// `automatic`: a byte order mark decides; else strict UTF-8; else, unless the bytes are plainly a
/// damaged UTF-8 text, strict GB18030 with the warning `encoding_guessed`.
enum class Encoding { automatic, utf_8, gb18030 };

struct DecodedText {
    std::string text;                     ///< UTF-8 without byte order mark; empty if refused
    Encoding encoding = Encoding::utf_8;  ///< what the bytes were; never `automatic`
    std::size_t skipped = 0;              ///< bytes of the mark that was dropped
    std::vector<Flaw> flaws;

    [[nodiscard]] bool ok() const { return !has_error(flaws); }
};

/// Decodes a whole file. Refused: nothing but white space, UTF-16 and UTF-32 (by name), a byte that
/// does not belong, a truncated tail (all with their offset), NUL. Warned of: a byte order mark inside.
[[nodiscard]] DecodedText decode(std::string bytes, Encoding wanted = Encoding::automatic);

/// The offset of the first byte that strict UTF-8 does not allow (overlong forms, surrogates, beyond
/// U+10FFFF, lone or missing continuation bytes); nothing if the text is valid. Linear.
[[nodiscard]] std::optional<std::size_t> first_invalid_utf_8(std::string_view bytes);

}  // namespace countyplan
