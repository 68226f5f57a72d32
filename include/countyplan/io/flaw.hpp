// What is wrong with the bytes of one input, and where exactly?
#pragma once

#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <countyplan/scalar/message.hpp>

namespace countyplan {

/// A place in a text: 1-based line and column, the column in characters; 0 means unknown.
struct TextPosition {
    std::size_t line = 0;
    std::size_t column = 0;

    friend bool operator==(const TextPosition&, const TextPosition&) = default;
};

/// Something wrong, or worth a warning, at one place of one input.
struct Flaw {
    Message message = {};
    Message remedy = {};      ///< how to put it right; empty where nothing helps
    bool is_warning = false;  ///< the input is still read
    std::size_t offset = 0;   ///< in bytes from the start of the file as stored
    TextPosition position = {};
    std::string pointer = {};  ///< JSON Pointer; empty for other formats and for the whole document
    std::string value = {};    ///< the offending text, escaped and cut by `excerpt`

    friend bool operator==(const Flaw&, const Flaw&) = default;
};

/// Whether anything in the list is more than a warning.
[[nodiscard]] bool has_error(const std::vector<Flaw>& flaws);

/// An input that cannot be read at all: too large, not a snapshot, damaged.
class RefusedInput : public std::runtime_error {
  public:
    explicit RefusedInput(Flaw flaw);

    [[nodiscard]] const Flaw& flaw() const { return flaw_; }
    [[nodiscard]] const Message& message() const { return flaw_.message; }

  private:
    Flaw flaw_;
};

/// `text` made safe to show: control, bidirectional and invisible characters and broken UTF-8 become
/// `\n`, `\xNN` or `\u{NNNN}`; after 80 characters it ends with `…`.
[[nodiscard]] std::string excerpt(std::string_view text);

/// The line and column of byte `offset` of UTF-8 `text`, counted from byte `from`, which stands at
/// `start`. CR LF, LF and CR each end a line. Time O(offset - from).
[[nodiscard]] TextPosition position_of(std::string_view text, std::size_t offset, std::size_t from = 0,
                                       TextPosition start = {1, 1});

}  // namespace countyplan
