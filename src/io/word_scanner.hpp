// What is the next word of this text, and on which line does it stand?
#pragma once

#include <cstddef>
#include <string_view>

#include <countyplan/io/flaw.hpp>

namespace countyplan::detail {

/// Walks a text word by word. Words are divided by spaces, tabs and line ends (LF, CR LF or CR). Words are
/// views into the text. Places are worked out only when somebody asks.
class WordScanner {
  public:
    explicit WordScanner(std::string_view text) : text_(text) {}

    /// The next word on this line; empty at its end.
    [[nodiscard]] std::string_view word_in_line() {
        while (at_ < text_.size() && is_blank(text_[at_]))
            ++at_;
        return take();
    }

    /// The next word on this or a later line; empty at the end of the text.
    [[nodiscard]] std::string_view word() {
        while (at_ < text_.size() && (is_blank(text_[at_]) || is_end(text_[at_])))
            ++at_;
        return take();
    }

    /// The rest of this line, with blanks, which is left behind.
    std::string_view rest_of_line() {
        word_ = at_;
        while (at_ < text_.size() && !is_end(text_[at_]))
            ++at_;
        return text_.substr(word_, at_ - word_);
    }

    /// Goes to the next line. False where there is none; a line end that ends the text starts no line.
    bool next_line() {
        (void)rest_of_line();
        if (at_ < text_.size()) at_ += text_.substr(at_).starts_with("\r\n") ? 2 : 1;
        word_ = at_;
        return at_ < text_.size();
    }

    /// Bytes not yet read.
    [[nodiscard]] std::size_t left() const { return text_.size() - at_; }
    /// Of the word given last, or of the place where one was looked for.
    [[nodiscard]] std::size_t offset() const { return word_; }
    [[nodiscard]] TextPosition position() const { return position_of(text_, word_); }

  private:
    static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\f' || c == '\v'; }
    static bool is_end(char c) { return c == '\n' || c == '\r'; }

    std::string_view take() {
        word_ = at_;
        while (at_ < text_.size() && !is_blank(text_[at_]) && !is_end(text_[at_]))
            ++at_;
        return text_.substr(word_, at_ - word_);
    }

    std::string_view text_;
    std::size_t at_ = 0;
    std::size_t word_ = 0;
};

}  // namespace countyplan::detail
