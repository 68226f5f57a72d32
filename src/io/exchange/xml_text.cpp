#include "xml_text.hpp"

#include <algorithm>
#include <charconv>
#include <string>
#include <system_error>
#include <utility>

#include <countyplan/io/exchange/messages.hpp>
#include <countyplan/io/messages.hpp>
#include <countyplan/scalar/number.hpp>

#include "../utf_8.hpp"

namespace countyplan::detail {

namespace {

bool is_reference_character(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '#';
}

class XmlScan {
  public:
    XmlScan(std::string_view text, const Limits& limits) : text_(text), limits_(limits) {}

    std::vector<Flaw> run() {
        std::size_t at = 0;
        while (at < text_.size() && flaws_.empty()) {
            if (text_[at] == '<') {
                at = markup(at);
            } else {
                if (text_[at] == '&') reference(at);
                ++at;
            }
        }
        return std::move(flaws_);
    }

  private:
    void flaw(Message what, std::size_t at, Message remedy = {}) {
        Flaw out;
        out.message = std::move(what);
        out.remedy = std::move(remedy);
        out.offset = at;
        out.position = position_of(text_, at);
        out.value = excerpt(text_.substr(at, 40));
        flaws_.push_back(std::move(out));
    }

    /// The place after `end`, which must come.
    std::size_t after(std::string_view end, std::size_t from, std::size_t start) {
        const std::size_t found = text_.find(end, from);
        if (found != std::string_view::npos) return found + end.size();
        flaw({message::xml_syntax, {text_.substr(start, 9)}}, start);
        return text_.size();
    }

    void reference(std::size_t at) {
        std::size_t end = at + 1;
        while (end < text_.size() && end - at < 12 && is_reference_character(text_[end]))
            ++end;
        const std::string_view name = text_.substr(at, end - at);
        const bool is_closed = end < text_.size() && text_[end] == ';';
        constexpr std::string_view known[] = {"&lt", "&gt", "&amp", "&apos", "&quot"};
        if (is_closed && (std::ranges::count(known, name) > 0 || is_character(name))) return;
        flaw({message::xml_entity, {excerpt(name)}}, at, message::xml_remove_doctype);
    }

    /// `&#10` or `&#xA`, of a character that XML may hold.
    static bool is_character(std::string_view name) {
        if (!name.starts_with("&#")) return false;
        const bool is_hex = name.starts_with("&#x");
        const std::string_view digits = name.substr(is_hex ? 3 : 2);
        std::uint32_t value = 0;
        const auto [end, error] =
            std::from_chars(digits.data(), digits.data() + digits.size(), value, is_hex ? 16 : 10);
        if (error != std::errc{} || end != digits.data() + digits.size()) return false;
        if (value < 0x20) return value == 9 || value == 10 || value == 13;
        return value <= 0xD7FF || (value >= 0xE000 && value <= 0xFFFD) || (value >= 0x10000 && value <= 0x10FFFF);
    }

    std::size_t markup(std::size_t at) {
        const std::string_view rest = text_.substr(at);
        if (rest.starts_with("<!--")) return after("-->", at + 4, at);
        if (rest.starts_with("<![CDATA[")) return after("]]>", at + 9, at);
        if (rest.starts_with("<?")) return after("?>", at + 2, at);
        if (rest.starts_with("<!")) {
            flaw(message::xml_doctype, at, message::xml_remove_doctype);
            return text_.size();
        }
        const bool closes = rest.starts_with("</");
        char quote = 0;
        for (std::size_t end = at + 1; end < text_.size(); ++end) {
            const char c = text_[end];
            if (quote != 0) {
                if (c == quote) quote = 0;
                if (c == '&') reference(end);
                if (!flaws_.empty()) return end;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (c == '<') {
                flaw({message::xml_syntax, {"<"}}, end);
                return end;
            } else if (c == '>') {
                if (closes) {
                    depth_ -= depth_ > 0 ? 1 : 0;
                } else {
                    opened(at, text_[end - 1] == '/');
                }
                return end + 1;
            }
        }
        flaw({message::xml_syntax, {text_.substr(at, 9)}}, at);
        return text_.size();
    }

    void opened(std::size_t at, bool is_empty) {
        if (++elements_ > limits_.values) flaw({message::value_limit, {to_text(limits_.values)}}, at);
        if (depth_ + 1 > limits_.depth) flaw({message::depth_limit, {to_text(limits_.depth)}}, at);
        if (!is_empty) ++depth_;
    }

    std::string_view text_;
    const Limits& limits_;
    std::size_t depth_ = 0;
    std::size_t elements_ = 0;
    std::vector<Flaw> flaws_;
};

}  // namespace

LineIndex::LineIndex(std::string_view text) {
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] == '\n' || (text[at] == '\r' && !text.substr(at + 1).starts_with('\n'))) ends_.push_back(at);
    }
}

std::size_t LineIndex::line(std::size_t offset) const {
    return static_cast<std::size_t>(std::ranges::lower_bound(ends_, offset) - ends_.begin()) + 1;
}

std::vector<Flaw> xml_flaws(std::string_view text, const Limits& limits) { return XmlScan(text, limits).run(); }

std::string xml_escaped(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t size = utf_8_sequence(text, at);
        const auto byte = static_cast<unsigned char>(text[at]);
        const bool is_lost =
            size == 0 || (byte < 0x20 && byte != '\t' && byte != '\n') ||
            (size == 3 && (text.substr(at, 3) == "\xEF\xBF\xBE" || text.substr(at, 3) == "\xEF\xBF\xBF"));
        if (is_lost) {
            out += "\xEF\xBF\xBD";
        } else if (byte == '<') {
            out += "&lt;";
        } else if (byte == '>') {
            out += "&gt;";
        } else if (byte == '&') {
            out += "&amp;";
        } else if (byte == '"') {
            out += "&quot;";
        } else {
            out += text.substr(at, size);
        }
        at += size == 0 ? 1 : size;
    }
    return out;
}

}  // namespace countyplan::detail
