#include <countyplan/io/html.hpp>

#include <cstddef>
#include <cstdint>

#include "html_style.hpp"
#include "utf_8.hpp"

namespace countyplan {

namespace {

std::string_view class_of(Tone tone) {
    switch (tone) {
        case Tone::plain:
            return {};
        case Tone::good:
            return "good";
        case Tone::watch:
            return "watch";
        case Tone::bad:
            return "bad";
        case Tone::muted:
            return "muted";
    }
    return {};
}

/// The size of a character at this byte that turns the direction of what follows (U+202A to U+202E and
/// U+2066 to U+2069) or that XML does not allow (U+FFFE, U+FFFF); 0 for any other.
std::size_t unshowable(std::string_view text, std::size_t at) {
    const auto lead = static_cast<unsigned char>(text[at]);
    if (lead != 0xE2 && lead != 0xEF) return 0;
    const std::size_t size = detail::utf_8_sequence(text, at);
    if (size != 3) return 0;
    const std::uint32_t code = detail::utf_8_character(text, at, size);
    const bool turns = (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069);
    return turns || code >= 0xFFFE ? size : 0;
}

class Page {
  public:
    explicit Page(Language language) : language_(language) {}

    [[nodiscard]] std::string write(const Report& report) {
        head(report);
        out_ += "<body>\n<header>\n<h1>" + words(report.title) + "</h1>\n";
        if (!report.name.empty()) out_ += "<p class=\"name\"><bdi>" + html_escaped(report.name) + "</bdi></p>\n";
        out_ += "</header>\n";
        navigation(report);
        out_ += "<main>\n";
        figures(report.figures, "figures");
        for (const ReportSection& section : report.sections)
            write(section);
        out_ += "</main>\n<footer>\n";
        figures(report.origin, "origin");
        out_ += "</footer>\n</body>\n</html>\n";
        return std::move(out_);
    }

  private:
    [[nodiscard]] std::string words(const Message& message) const { return html_escaped(text(message, language_)); }

    void head(const Report& report) {
        out_ += "<!DOCTYPE html>\n<html lang=\"";
        out_ += language_ == Language::zh ? "zh-CN" : "en";
        out_ += "\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"";
        out_ += "default-src 'none'; style-src 'sha256-" + std::string(detail::html_style_digest) +
                "'; base-uri 'none'; form-action 'none'\">\n";
        out_ += "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n";
        out_ += "<meta name=\"referrer\" content=\"no-referrer\">\n";
        out_ += "<title>" + words(report.title) + "</title>\n<style>" + std::string(detail::html_style) +
                "</style>\n</head>\n";
    }

    void navigation(const Report& report) {
        out_ += "<nav>";
        for (const ReportSection& section : report.sections) {
            out_ += "<a href=\"#" + html_escaped(section.id) + "\">" + words(section.title) + "</a> ";
        }
        out_ += "</nav>\n";
    }

    void figures(const std::vector<KeyFigure>& list, std::string_view kind) {
        if (list.empty()) return;
        out_ += "<dl class=\"" + std::string(kind) + "\">\n";
        for (const KeyFigure& figure : list) {
            out_ += "<div><dt>" + words(figure.label) + "</dt><dd>";
            content(figure.value);
            out_ += "</dd></div>\n";
        }
        out_ += "</dl>\n";
    }

    void write(const ReportSection& section) {
        out_ += "<section id=\"" + html_escaped(section.id) + "\">\n<h2>" + words(section.title) + "</h2>\n";
        for (const Message& paragraph : section.paragraphs)
            out_ += "<p>" + words(paragraph) + "</p>\n";
        for (const ReportTable& table : section.tables)
            write(table);
        out_ += "</section>\n";
    }

    void write(const ReportTable& table) {
        if (table.rows.empty()) {
            out_ += "<p class=\"muted\">" + words(table.empty_note) + "</p>\n";
            return;
        }
        out_ += "<div class=\"scroll\" tabindex=\"0\">\n<table>\n<caption>" + words(table.title) +
                "</caption>\n<thead><tr>";
        for (const Cell& column : table.columns) {
            out_ += "<th scope=\"col\">";
            content(column);
            out_ += "</th>";
        }
        out_ += "</tr></thead>\n<tbody>\n";
        for (const std::vector<Cell>& row : table.rows) {
            out_ += "<tr>";
            for (const Cell& cell : row)
                write(cell);
            out_ += "</tr>\n";
        }
        out_ += "</tbody>\n</table>\n</div>\n";
    }

    void write(const Cell& cell) {
        std::string kinds(class_of(cell.tone));
        if (cell.is_number()) kinds += kinds.empty() ? "number" : " number";
        out_ += kinds.empty() ? "<td>" : "<td class=\"" + kinds + "\">";
        content(cell);
        out_ += "</td>";
    }

    /// Words of the plan stand in an element of their own, so that their direction stays their own.
    void content(const Cell& cell) {
        const std::string shown = html_escaped(cell_text(cell, language_));
        const bool is_foreign = std::holds_alternative<std::string>(cell.value) ||
                                std::holds_alternative<LocalText>(cell.value) ||
                                std::holds_alternative<Message>(cell.value);
        out_ += is_foreign && !shown.empty() ? "<bdi>" + shown + "</bdi>" : shown;
    }

    Language language_;
    std::string out_;
};

}  // namespace

std::string html_escaped(std::string_view text) {
    static constexpr std::string_view digits = "0123456789abcdef";
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size(); ++at) {
        const auto byte = static_cast<unsigned char>(text[at]);
        const bool is_c1 =
            byte == 0xC2 && at + 1 < text.size() && (static_cast<unsigned char>(text[at + 1]) & 0xE0) == 0x80;
        if (byte < 0x20 || byte == 0x7F || is_c1) {
            const auto code = is_c1 ? static_cast<unsigned char>(text[++at]) : byte;
            out += "\\x";
            out += digits[code >> 4];
            out += digits[code & 15];
            continue;
        }
        if (const std::size_t size = unshowable(text, at); size != 0) {
            const std::uint32_t code = detail::utf_8_character(text, at, size);
            out += "\\u{";
            for (int shift = 12; shift >= 0; shift -= 4)
                out += digits[code >> shift & 15];
            out += '}';
            at += size - 1;
            continue;
        }
        switch (byte) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '"':
                out += "&quot;";
                break;
            case '\'':
                out += "&#39;";
                break;
            default:
                out += text[at];
        }
    }
    return out;
}

std::string html_page(const Report& report, Language language) { return Page(language).write(report); }

}  // namespace countyplan
