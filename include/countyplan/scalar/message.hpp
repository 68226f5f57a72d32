// How does countyplan say one thing in Chinese and in English?
#pragma once

#include <cstddef>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace countyplan {

enum class Language { zh, en };

namespace detail {

/// The set of placeholders `{0}` … `{9}` that a text uses, one bit each; -1 for a stray brace.
constexpr int placeholders(std::string_view text) {
    int used = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] == '}') return -1;
        if (text[at] != '{') continue;
        if (at + 2 >= text.size() || text[at + 1] < '0' || text[at + 1] > '9' || text[at + 2] != '}') return -1;
        used |= 1 << (text[at + 1] - '0');
        at += 2;
    }
    return used;
}

}  // namespace detail

/// One row of a folder's table of messages: a stable code and its text in both languages.
/// Placeholders are `{0}` … `{9}`. A row without a text in either language, or whose two texts use
/// different placeholders, does not compile.
struct MessageText {
    std::string_view code;
    std::string_view zh;
    std::string_view en;

    // NOLINTNEXTLINE(google-explicit-constructor): a failed check here is a compile error by design
    consteval MessageText(std::string_view code_, std::string_view zh_, std::string_view en_)
        : code(code_), zh(zh_), en(en_) {
        const int used = detail::placeholders(zh_);
        if (code_.empty() || zh_.empty() || en_.empty()) throw "a message needs a code and both texts";
        if (used < 0 || used != detail::placeholders(en_)) throw "zh and en must use the same placeholders";
    }
};

/// What fills a placeholder: a plain text, a text that is given in both languages (a county's name, a
/// sentence read back from a file), or a word of the field (a role, a kind); such a word points into a
/// table that lives as long as the program.
struct MessageArgument {
    std::string text;  ///< in both languages, or in Chinese where `english` is set
    std::optional<std::string> english;
    const MessageText* term = nullptr;

    MessageArgument(std::string value) : text(std::move(value)) {}  // NOLINT(google-explicit-constructor)
    MessageArgument(std::string_view value) : text(value) {}        // NOLINT(google-explicit-constructor)
    MessageArgument(const char* value) : text(value) {}             // NOLINT(google-explicit-constructor)
    MessageArgument(const MessageText& word) : term(&word) {}       // NOLINT(google-explicit-constructor)
    MessageArgument(std::string chinese_text, std::string english_text)
        : text(std::move(chinese_text)), english(std::move(english_text)) {}

    [[nodiscard]] std::string_view in(Language language) const {
        if (term != nullptr) return language == Language::zh ? term->zh : term->en;
        return language == Language::en && english ? *english : text;
    }

    friend bool operator==(const MessageArgument& a, const MessageArgument& b) {
        if ((a.term == nullptr) != (b.term == nullptr)) return false;
        return a.term == nullptr ? a.text == b.text && a.english == b.english : a.term->code == b.term->code;
    }
};

/// A code and its arguments; becomes words only in `text`. Empty when default-constructed.
class Message {
  public:
    Message() = default;
    /// Keeps a reference to `row`, which must live as long as the program (rows of a table do).
    Message(const MessageText& row, std::initializer_list<MessageArgument> arguments = {})  // NOLINT
        : row_(&row), arguments_(arguments) {}

    /// The stable code, empty for an empty message.
    [[nodiscard]] std::string_view code() const { return row_ == nullptr ? std::string_view{} : row_->code; }
    [[nodiscard]] bool empty() const { return row_ == nullptr; }
    [[nodiscard]] std::span<const MessageArgument> arguments() const { return arguments_; }

    friend bool operator==(const Message& a, const Message& b) {
        return a.code() == b.code() && a.arguments_ == b.arguments_;
    }

    /// The sentence in one language. A placeholder without an argument stays as it is written.
    friend std::string text(const Message& message, Language language) {
        std::string out;
        if (message.row_ == nullptr) return out;
        const std::string_view pattern = language == Language::zh ? message.row_->zh : message.row_->en;
        for (std::size_t at = 0; at < pattern.size(); ++at) {
            if (pattern[at] != '{') {
                out += pattern[at];
                continue;
            }
            const auto index = static_cast<std::size_t>(pattern[at + 1] - '0');
            if (index < message.arguments_.size()) {
                out += message.arguments_[index].in(language);
            } else {
                out += pattern.substr(at, 3);
            }
            at += 2;
        }
        return out;
    }

  private:
    const MessageText* row_ = nullptr;
    std::vector<MessageArgument> arguments_;
};

/// The same word in one language.
[[nodiscard]] constexpr std::string_view text(const MessageText& word, Language language) {
    return language == Language::zh ? word.zh : word.en;
}

}  // namespace countyplan
