// What does a JSON text say, exactly and where, and how is one written?
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <countyplan/io/flaw.hpp>
#include <countyplan/io/limits.hpp>
#include <countyplan/scalar/number.hpp>

namespace countyplan {

enum class JsonKind : std::uint8_t { null, boolean, integer, decimal, text, array, object };

namespace detail {

struct JsonNode {
    JsonKind kind = JsonKind::null;
    bool key_in_arena = false;
    bool text_in_arena = false;
    bool truth = false;
    std::uint32_t offset = 0;  // of the value in the text
    std::uint32_t next = 0;    // the node after this value and all it holds
    std::uint32_t parent = 0;
    std::uint32_t key_begin = 0;
    std::uint32_t key_size = 0;
    std::uint32_t text_begin = 0;
    std::uint32_t text_size = 0;  // of an array or object: how many children
};

struct JsonTree {
    std::string source;  // UTF-8 as read, without byte order mark
    std::string arena;   // strings that held escapes
    std::size_t shift = 0;
    std::vector<JsonNode> nodes;      // in the order of the text
    std::vector<TextPosition> marks;  // where each 64 KiB of the text begins
};

}  // namespace detail

/// One value of a `JsonDocument`; a light view that dies with the document. Members keep their order.
class JsonValue {
  public:
    class Iterator;

    [[nodiscard]] JsonKind kind() const { return node().kind; }
    [[nodiscard]] bool is_null() const { return kind() == JsonKind::null; }
    /// Of a number: as it is written. Of a text: its characters. Else empty.
    [[nodiscard]] std::string_view text() const;
    [[nodiscard]] std::optional<bool> boolean() const;
    /// Exact; nothing if this is no number, has a fraction or exponent, or does not fit.
    [[nodiscard]] std::optional<std::int64_t> integer() const;
    /// Nothing if this is no number.
    [[nodiscard]] std::optional<double> decimal() const;
    /// The name under which an object holds this value; empty elsewhere.
    [[nodiscard]] std::string_view key() const;
    /// How many members or elements; 0 for anything else.
    [[nodiscard]] std::size_t size() const;
    /// The member of that name. Linear in `size()`.
    [[nodiscard]] std::optional<JsonValue> find(std::string_view key) const;
    [[nodiscard]] Iterator begin() const;
    [[nodiscard]] Iterator end() const;

    /// RFC 6901, empty for the whole document. Linear in the siblings before it; for messages.
    [[nodiscard]] std::string pointer() const;
    /// Byte offset in the file.
    [[nodiscard]] std::size_t offset() const { return node().offset + tree_->shift; }
    [[nodiscard]] TextPosition position() const;
    /// `message` at this value, with place, pointer and excerpt filled in.
    [[nodiscard]] Flaw flaw(Message message, Message remedy = {}) const;

  private:
    friend class JsonDocument;
    JsonValue(const detail::JsonTree& tree, std::size_t index) : tree_(&tree), index_(index) {}
    [[nodiscard]] const detail::JsonNode& node() const { return tree_->nodes[index_]; }

    const detail::JsonTree* tree_;
    std::size_t index_;
};

class JsonValue::Iterator {
  public:
    using iterator_category = std::input_iterator_tag;
    using value_type = JsonValue;
    using difference_type = std::ptrdiff_t;
    using pointer = const JsonValue*;
    using reference = JsonValue;

    Iterator(const detail::JsonTree& tree, std::size_t index) : tree_(&tree), index_(index) {}
    [[nodiscard]] JsonValue operator*() const { return JsonValue(*tree_, index_); }
    Iterator& operator++() {
        index_ = tree_->nodes[index_].next;
        return *this;
    }
    Iterator operator++(int) {
        const Iterator old = *this;
        ++*this;
        return old;
    }
    friend bool operator==(const Iterator&, const Iterator&) = default;

  private:
    const detail::JsonTree* tree_;
    std::size_t index_;
};

/// A JSON text that was read, or the flaws for which it was not. Movable and copyable; copies share.
class JsonDocument {
  public:
    /// Whether there is a value, and nothing but warnings.
    [[nodiscard]] bool ok() const { return tree_ != nullptr && !has_error(flaws_); }
    /// Only where `ok()`.
    [[nodiscard]] JsonValue root() const { return JsonValue(*tree_, 0); }
    [[nodiscard]] const std::vector<Flaw>& flaws() const { return flaws_; }

  private:
    friend struct JsonBuilder;
    std::shared_ptr<const detail::JsonTree> tree_;
    std::vector<Flaw> flaws_;
};

/// Whether `\u0000` inside a string is refused (`nul_in_text`) or kept.
enum class JsonNul { refused, kept };

/// Reads RFC 8259 strictly: UTF-8 only (a byte order mark at the start is dropped), no comments, no
/// trailing commas or bytes, no lone surrogates, no NaN or infinity, no number that a double cannot
/// hold, no key twice in one object. Time O(n log n) whatever the keys, memory O(n), no recursion.
[[nodiscard]] JsonDocument read_json(std::string bytes, const Limits& limits = {}, JsonNul nul = JsonNul::refused);

enum class JsonLayout { compact, indented };
/// `html`: also escapes `<`, `>`, `&`, U+2028 and U+2029, so that the text may stand in a script element.
enum class JsonPlace { file, html };

/// Writes one JSON value in the order of the calls. Broken UTF-8 in a text becomes U+FFFD.
class JsonWriter {
  public:
    explicit JsonWriter(JsonLayout layout = JsonLayout::indented, JsonPlace place = JsonPlace::file)
        : layout_(layout), place_(place) {}

    JsonWriter& begin_object() { return open('{'); }
    JsonWriter& end_object() { return close('}'); }
    JsonWriter& begin_array() { return open('['); }
    JsonWriter& end_array() { return close(']'); }
    JsonWriter& key(std::string_view name);
    JsonWriter& text(std::string_view value);
    JsonWriter& boolean(bool value) { return plain(value ? "true" : "false"); }
    JsonWriter& null() { return plain("null"); }
    template <std::integral T>
        requires(!std::same_as<T, bool> && !std::same_as<T, char>)
    JsonWriter& integer(T value) { return plain(to_text(value)); }
    /// The shortest decimal that reads back the same. Throws `std::invalid_argument` for NaN and infinity.
    JsonWriter& decimal(double value);
    /// A number that is already text, such as an exact total. Throws `std::invalid_argument` if it is none.
    JsonWriter& number(std::string_view digits);
    /// The whole text, with a newline at the end in the indented layout; the writer is empty afterwards.
    [[nodiscard]] std::string take();

  private:
    JsonWriter& open(char bracket);
    JsonWriter& close(char bracket);
    JsonWriter& plain(std::string_view token);
    void before_value();
    void new_line();
    void quoted(std::string_view value);

    JsonLayout layout_;
    JsonPlace place_;
    std::string out_;
    std::vector<bool> filled_;  // per open bracket: whether it holds something already
    bool after_key_ = false;
};

}  // namespace countyplan
