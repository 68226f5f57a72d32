#include <countyplan/io/json.hpp>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <stdexcept>
#include <utility>

#include <nlohmann/json.hpp>

#include <countyplan/error.hpp>
#include <countyplan/io/encoding.hpp>
#include <countyplan/io/messages.hpp>

#include "utf_8.hpp"

namespace countyplan {

namespace {

using detail::JsonNode;
using detail::JsonTree;

constexpr std::size_t mark_distance = std::size_t{64} << 10;
constexpr std::size_t few_members = 8;

bool is_container(JsonKind kind) { return kind == JsonKind::array || kind == JsonKind::object; }

std::string_view key_of(const JsonTree& tree, const JsonNode& node) {
    const std::string& from = node.key_in_arena ? tree.arena : tree.source;
    return std::string_view(from).substr(node.key_begin, node.key_size);
}

std::string_view text_of(const JsonTree& tree, const JsonNode& node) {
    if (is_container(node.kind)) return {};
    const std::string& from = node.text_in_arena ? tree.arena : tree.source;
    return std::string_view(from).substr(node.text_begin, node.text_size);
}

TextPosition place_of(const JsonTree& tree, std::size_t offset) {
    if (tree.marks.empty()) return position_of(tree.source, offset);
    const std::size_t mark = std::min(offset / mark_distance, tree.marks.size() - 1);
    return position_of(tree.source, offset, mark * mark_distance, tree.marks[mark]);
}

void set_marks(JsonTree& tree) {
    TextPosition at{1, 1};
    for (std::size_t from = 0; from < tree.source.size(); from += mark_distance) {
        tree.marks.push_back(at);
        at = position_of(tree.source, from + mark_distance, from, at);
    }
}

void put_pointer_part(std::string& out, std::string_view part) {
    out += '/';
    for (const char c : part) {
        if (c == '~') {
            out += "~0";
        } else if (c == '/') {
            out += "~1";
        } else {
            out += c;
        }
    }
}

std::string pointer_to(const JsonTree& tree, std::size_t index) {
    std::vector<std::string> parts;
    while (index != 0) {
        const JsonNode& node = tree.nodes[index];
        const std::size_t parent = node.parent;
        std::string part;
        if (tree.nodes[parent].kind == JsonKind::object) {
            put_pointer_part(part, key_of(tree, node));
        } else {
            std::size_t position = 0;
            for (std::size_t i = parent + 1; i != index; i = tree.nodes[i].next)
                ++position;
            put_pointer_part(part, to_text(position));
        }
        parts.push_back(std::move(part));
        index = parent;
    }
    std::string out;
    for (auto part = parts.rbegin(); part != parts.rend(); ++part)
        out += *part;
    return out;
}

/// Takes nlohmann's events and finds their places in the text itself: the events carry none.
class Events {
  public:
    using number_integer_t = nlohmann::json::number_integer_t;
    using number_unsigned_t = nlohmann::json::number_unsigned_t;
    using number_float_t = nlohmann::json::number_float_t;
    using string_t = nlohmann::json::string_t;
    using binary_t = nlohmann::json::binary_t;

    Events(JsonTree& tree, std::vector<Flaw>& flaws, const Limits& limits, JsonNul nul)
        : tree_(tree), flaws_(flaws), limits_(limits), nul_(nul) {}

    bool null() { return word(JsonKind::null, 4, false); }
    bool boolean(bool value) { return word(JsonKind::boolean, value ? 4 : 5, value); }
    bool number_integer(number_integer_t) { return number(); }
    bool number_unsigned(number_unsigned_t) { return number(); }
    bool number_float(number_float_t, const string_t&) { return number(); }
    bool string(string_t& value) {
        if (!begin(JsonKind::text)) return false;
        const Span span = take_string(value);
        JsonNode& node = tree_.nodes.back();
        node.text_in_arena = span.in_arena;
        node.text_begin = span.begin;
        node.text_size = span.size;
        return check_text(value, node.offset);
    }
    bool binary(binary_t&) { return false; }
    bool start_object(std::size_t) { return open(JsonKind::object); }
    bool start_array(std::size_t) { return open(JsonKind::array); }
    bool key(string_t& value) {
        skip();
        const std::size_t offset = cursor_;
        key_ = take_string(value);
        return check_text(value, offset);
    }
    bool end_array() {
        skip();
        ++cursor_;
        tree_.nodes[open_.back()].next = static_cast<std::uint32_t>(tree_.nodes.size());
        open_.pop_back();
        return true;
    }
    bool end_object() {
        const std::size_t object = open_.back();
        end_array();
        return no_key_twice(object);
    }

    bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception& error) {
        constexpr int number_overflow = 406;
        skip();
        const std::string_view source = tree_.source;
        const std::size_t at = std::min(position == 0 ? 0 : position - 1, source.size());
        const std::string_view token = source.substr(cursor_, 40);
        if (error.id == number_overflow) {
            flaw(Message(message::number_range,
                         {excerpt(source.substr(cursor_, std::min<std::size_t>(number_size(), 400)))}),
                 cursor_);
        } else if (const char c = at < source.size() ? source[at] : '\0';
                   starts_comment(at) || starts_comment(cursor_)) {
            flaw(message::json_comment, starts_comment(cursor_) ? cursor_ : at);
        } else if (open_.empty() && !tree_.nodes.empty()) {
            flaw(message::trailing_content, cursor_);
        } else if (is_no_number(token)) {
            flaw(message::not_a_number, cursor_);
        } else if (at == source.size()) {
            flaw(message::json_ends_early, at);
        } else if ((c == ']' || c == '}') && previous_is_comma(at)) {
            flaw(message::trailing_comma, at);
        } else if (std::string_view(error.what()).find("surrogate") != std::string_view::npos) {
            flaw(message::lone_surrogate, at);
        } else {
            flaw(message::json_syntax, at);
        }
        return false;
    }

  private:
    struct Span {
        std::uint32_t begin = 0;
        std::uint32_t size = 0;
        bool in_arena = false;
    };

    void skip() {
        const auto between = [](char c) {
            return c == ' ' || c == ',' || c == ':' || c == '\n' || c == '\r' || c == '\t';
        };
        while (cursor_ < tree_.source.size() && between(tree_.source[cursor_]))
            ++cursor_;
    }

    bool begin(JsonKind kind) {
        skip();
        if (tree_.nodes.size() >= limits_.values) {
            flaw(Message(message::value_limit, {to_text(limits_.values)}), cursor_);
            return false;
        }
        JsonNode node;
        node.kind = kind;
        node.offset = static_cast<std::uint32_t>(cursor_);
        node.next = static_cast<std::uint32_t>(tree_.nodes.size() + 1);
        if (!open_.empty()) {
            node.parent = static_cast<std::uint32_t>(open_.back());
            ++tree_.nodes[open_.back()].text_size;
        }
        node.key_in_arena = key_.in_arena;
        node.key_begin = key_.begin;
        node.key_size = key_.size;
        key_ = {};
        tree_.nodes.push_back(node);
        return true;
    }

    bool open(JsonKind kind) {
        skip();
        if (open_.size() >= limits_.depth) {
            flaw(Message(message::depth_limit, {to_text(limits_.depth)}), cursor_);
            return false;
        }
        if (!begin(kind)) return false;
        open_.push_back(tree_.nodes.size() - 1);
        ++cursor_;
        return true;
    }

    bool word(JsonKind kind, std::size_t size, bool truth) {
        if (!begin(kind)) return false;
        tree_.nodes.back().truth = truth;
        cursor_ += size;
        return true;
    }

    [[nodiscard]] std::size_t number_size() const {
        const std::size_t end =
            std::min(tree_.source.find_first_not_of("+-.0123456789eE", cursor_), tree_.source.size());
        return end - cursor_;
    }

    bool number() {
        if (!begin(JsonKind::integer)) return false;
        JsonNode& node = tree_.nodes.back();
        node.text_begin = static_cast<std::uint32_t>(cursor_);
        node.text_size = static_cast<std::uint32_t>(number_size());
        cursor_ += node.text_size;
        const std::string_view digits = text_of(tree_, node);
        if (digits.find_first_of(".eE") != std::string_view::npos) node.kind = JsonKind::decimal;
        if (!parse_decimal(digits)) {
            flaw(Message(message::number_range, {excerpt(digits)}), node.offset);
        } else if (digits.size() > limits_.text_bytes) {
            flaw(Message(message::text_limit, {to_text(limits_.text_bytes)}), node.offset);
        }
        return flaws_.size() < limits_.flaws;
    }

    /// The string at the cursor, whose characters are `value`: in the text itself unless it has escapes.
    Span take_string(const string_t& value) {
        const std::size_t first = ++cursor_;
        bool escaped = false;
        for (;;) {
            cursor_ = std::min(tree_.source.find_first_of("\"\\", cursor_), tree_.source.size());
            if (cursor_ == tree_.source.size() || tree_.source[cursor_] == '"') break;
            escaped = true;
            cursor_ += 2;
        }
        ++cursor_;
        if (!escaped) return {static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(value.size()), false};
        const std::size_t begin = tree_.arena.size();
        tree_.arena += value;
        return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(value.size()), true};
    }

    bool check_text(const string_t& value, std::size_t offset) {
        if (value.size() > limits_.text_bytes) {
            flaw(Message(message::text_limit, {to_text(limits_.text_bytes)}), offset);
        }
        if (nul_ == JsonNul::refused && value.find('\0') != string_t::npos) flaw(message::nul_in_text, offset);
        return flaws_.size() < limits_.flaws;
    }

    /// Sorts instead of hashing, so that no choice of keys makes it slow.
    bool no_key_twice(std::size_t object) {
        const std::size_t count = tree_.nodes[object].text_size;
        if (count < 2) return true;
        members_.clear();
        for (std::size_t i = object + 1; i < tree_.nodes.size(); i = tree_.nodes[i].next) {
            members_.emplace_back(key_of(tree_, tree_.nodes[i]), i);
        }
        if (count <= few_members) {
            bool any = false;
            for (std::size_t a = 0; a < count && !any; ++a) {
                for (std::size_t b = a + 1; b < count && !any; ++b)
                    any = members_[a].first == members_[b].first;
            }
            if (!any) return true;
        }
        std::sort(members_.begin(), members_.end());
        for (std::size_t i = 1; i < members_.size(); ++i) {
            const auto& [key, second] = members_[i];
            if (key != members_[i - 1].first) continue;
            const TextPosition first = place_of(tree_, tree_.nodes[members_[i - 1].second].offset);
            add(Message(message::duplicate_key, {excerpt(key), to_text(first.line), to_text(first.column)}),
                tree_.nodes[second].offset, pointer_to(tree_, second));
            if (flaws_.size() >= limits_.flaws) return false;
        }
        return true;
    }

    [[nodiscard]] bool starts_comment(std::size_t at) const {
        const std::string_view rest = std::string_view(tree_.source).substr(at);
        return rest.starts_with("//") || rest.starts_with("/*") || rest.starts_with("#");
    }

    [[nodiscard]] static bool is_no_number(std::string_view token) {
        std::string lower(token.substr(0, 4));
        std::transform(lower.begin(), lower.end(), lower.begin(),
                       [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
        if (lower.starts_with('+') || lower.starts_with('-')) lower.erase(0, 1);
        return lower.starts_with("nan") || lower.starts_with("inf");
    }

    [[nodiscard]] bool previous_is_comma(std::size_t at) const {
        const std::size_t before = at == 0 ? std::string::npos : tree_.source.find_last_not_of(" \t\r\n", at - 1);
        return before != std::string::npos && tree_.source[before] == ',';
    }

    void flaw(Message message, std::size_t offset) {
        std::string pointer;
        if (!tree_.nodes.empty()) {
            const std::size_t last = tree_.nodes.size() - 1;
            const bool at_last = tree_.nodes[last].offset == offset;
            pointer = pointer_to(tree_, at_last || open_.empty() ? last : open_.back());
            if (open_.empty() && !at_last) pointer.clear();
            if (!at_last && key_.size != 0) {
                const std::string& from = key_.in_arena ? tree_.arena : tree_.source;
                put_pointer_part(pointer, std::string_view(from).substr(key_.begin, key_.size));
            }
        }
        add(std::move(message), offset, std::move(pointer));
    }

    void add(Message message, std::size_t offset, std::string pointer) {
        Flaw made;
        made.message = std::move(message);
        made.offset = offset + tree_.shift;
        made.position = place_of(tree_, offset);
        made.pointer = std::move(pointer);
        made.value = excerpt(std::string_view(tree_.source).substr(offset, 60));
        flaws_.push_back(std::move(made));
    }

    JsonTree& tree_;
    std::vector<Flaw>& flaws_;
    const Limits& limits_;
    JsonNul nul_;
    std::size_t cursor_ = 0;  // just after the last event's text
    Span key_;
    std::vector<std::size_t> open_;
    std::vector<std::pair<std::string_view, std::size_t>> members_;  // of the object that just ended
};

}  // namespace

/// Puts a document together; the only maker of one.
struct JsonBuilder {
    static JsonDocument build(std::string bytes, const Limits& limits, JsonNul nul) {
        JsonDocument document;
        const std::size_t most = std::min<std::size_t>(limits.file_bytes, std::numeric_limits<std::uint32_t>::max());
        if (bytes.size() > most) {
            Flaw flaw;
            flaw.message = Message(message::size_limit, {"JSON", to_text(most)});
            flaw.offset = most;
            document.flaws_.push_back(std::move(flaw));
            return document;
        }
        DecodedText decoded = decode(std::move(bytes), Encoding::utf_8);
        document.flaws_ = std::move(decoded.flaws);
        if (has_error(document.flaws_)) return document;
        const auto tree = std::make_shared<JsonTree>();
        tree->source = std::move(decoded.text);
        tree->shift = decoded.skipped;
        set_marks(*tree);
        Events events(*tree, document.flaws_, limits, nul);
        const char* const first = tree->source.data();
        const bool read = nlohmann::json::sax_parse(first, first + tree->source.size(), &events);
        if (read) document.tree_ = tree;
        return document;
    }
};

JsonDocument read_json(std::string bytes, const Limits& limits, JsonNul nul) {
    return JsonBuilder::build(std::move(bytes), limits, nul);
}

std::string_view JsonValue::text() const { return text_of(*tree_, node()); }

std::optional<bool> JsonValue::boolean() const {
    return kind() == JsonKind::boolean ? std::optional<bool>(node().truth) : std::nullopt;
}

std::optional<std::int64_t> JsonValue::integer() const {
    if (kind() != JsonKind::integer) return std::nullopt;
    return text() == "-0" ? 0 : parse_number<std::int64_t>(text());
}

std::optional<double> JsonValue::decimal() const {
    if (kind() != JsonKind::integer && kind() != JsonKind::decimal) return std::nullopt;
    return parse_decimal(text());
}

std::string_view JsonValue::key() const { return key_of(*tree_, node()); }

std::size_t JsonValue::size() const { return is_container(kind()) ? node().text_size : 0; }

std::optional<JsonValue> JsonValue::find(std::string_view key) const {
    if (kind() != JsonKind::object) return std::nullopt;
    for (const JsonValue member : *this) {
        if (member.key() == key) return member;
    }
    return std::nullopt;
}

JsonValue::Iterator JsonValue::begin() const { return Iterator(*tree_, index_ + 1); }

JsonValue::Iterator JsonValue::end() const { return Iterator(*tree_, node().next); }

std::string JsonValue::pointer() const { return pointer_to(*tree_, index_); }

TextPosition JsonValue::position() const { return place_of(*tree_, node().offset); }

Flaw JsonValue::flaw(Message message, Message remedy) const {
    Flaw made;
    made.message = std::move(message);
    made.remedy = std::move(remedy);
    made.offset = offset();
    made.position = position();
    made.pointer = pointer();
    switch (kind()) {
        case JsonKind::null:
            made.value = "null";
            break;
        case JsonKind::boolean:
            made.value = node().truth ? "true" : "false";
            break;
        case JsonKind::integer:
        case JsonKind::decimal:
        case JsonKind::text:
            made.value = excerpt(text().substr(0, 400));
            break;
        case JsonKind::array:
        case JsonKind::object:
            made.value = excerpt(std::string_view(tree_->source).substr(node().offset, 60));
            break;
    }
    return made;
}

JsonWriter& JsonWriter::open(char bracket) {
    before_value();
    out_ += bracket;
    filled_.push_back(false);
    return *this;
}

JsonWriter& JsonWriter::close(char bracket) {
    COUNTYPLAN_EXPECT(!filled_.empty() && !after_key_, "a bracket is closed that was never opened");
    const bool held = filled_.back();
    filled_.pop_back();
    if (held) new_line();
    out_ += bracket;
    return *this;
}

JsonWriter& JsonWriter::plain(std::string_view token) {
    before_value();
    out_ += token;
    return *this;
}

void JsonWriter::new_line() {
    if (layout_ == JsonLayout::compact) return;
    out_ += '\n';
    out_.append(2 * filled_.size(), ' ');
}

void JsonWriter::before_value() {
    if (std::exchange(after_key_, false) || filled_.empty()) return;
    if (filled_.back()) out_ += ',';
    filled_.back() = true;
    new_line();
}

JsonWriter& JsonWriter::key(std::string_view name) {
    before_value();
    quoted(name);
    out_ += layout_ == JsonLayout::compact ? ":" : ": ";
    after_key_ = true;
    return *this;
}

JsonWriter& JsonWriter::text(std::string_view value) {
    before_value();
    quoted(value);
    return *this;
}

JsonWriter& JsonWriter::decimal(double value) {
    if (!std::isfinite(value)) throw std::invalid_argument("JSON has no NaN and no infinity");
    return plain(to_text(value));
}

JsonWriter& JsonWriter::number(std::string_view digits) {
    if (!nlohmann::json::accept(digits) ||
        (digits.front() != '-' && !(digits.front() >= '0' && digits.front() <= '9'))) {
        throw std::invalid_argument("not a JSON number: " + excerpt(digits));
    }
    return plain(digits);
}

void JsonWriter::quoted(std::string_view value) {
    constexpr char digits[] = "0123456789abcdef";
    const auto escape = [&](std::uint32_t c) {
        out_ += {'\\', 'u', digits[(c >> 12) & 15U], digits[(c >> 8) & 15U], digits[(c >> 4) & 15U], digits[c & 15U]};
    };
    out_ += '"';
    for (std::size_t at = 0; at < value.size();) {
        const char c = value[at];
        if (c >= 0x20 && c < 0x7F) {
            const bool markup = place_ == JsonPlace::html && (c == '<' || c == '>' || c == '&');
            if (markup) {
                escape(static_cast<unsigned char>(c));
            } else {
                if (c == '"' || c == '\\') out_ += '\\';
                out_ += c;
            }
            ++at;
            continue;
        }
        const std::size_t size = detail::utf_8_sequence(value, at);
        if (size == 0) {
            out_ += "\xEF\xBF\xBD";
            ++at;
            continue;
        }
        const std::uint32_t character = detail::utf_8_character(value, at, size);
        if (character == '\n') {
            out_ += "\\n";
        } else if (character == '\r') {
            out_ += "\\r";
        } else if (character == '\t') {
            out_ += "\\t";
        } else if (character <= 0x9F || (place_ == JsonPlace::html && (character == 0x2028 || character == 0x2029))) {
            escape(character);
        } else {
            out_ += value.substr(at, size);
        }
        at += size;
    }
    out_ += '"';
}

std::string JsonWriter::take() {
    COUNTYPLAN_EXPECT(filled_.empty() && !after_key_, "the JSON text is not complete");
    if (layout_ == JsonLayout::indented) out_ += '\n';
    filled_.clear();
    after_key_ = false;
    return std::exchange(out_, {});
}

}  // namespace countyplan
