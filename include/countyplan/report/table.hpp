// What does a reader see, before anyone decides how it looks?
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <countyplan/scalar/day.hpp>
#include <countyplan/scalar/message.hpp>
#include <countyplan/scalar/money.hpp>
#include <countyplan/scalar/share.hpp>

namespace countyplan {

/// Words from the plan itself, given in both languages; the other one stands in for an empty one.
struct LocalText {
    std::string zh{};
    std::string en{};

    friend bool operator==(const LocalText&, const LocalText&) = default;
};

[[nodiscard]] inline const std::string& text(const LocalText& words, Language language) {
    const std::string& wanted = language == Language::zh ? words.zh : words.en;
    return wanted.empty() ? (language == Language::zh ? words.en : words.zh) : wanted;
}

/// How a cell is meant, for a reader in a hurry; never the only carrier of what it says.
enum class Tone { plain, good, watch, bad, muted };

/// One typed value. A `Share` is shown as a percentage, a `Message` as its sentence.
struct Cell {
    using Value =
        std::variant<std::monostate, std::string, LocalText, std::int64_t, double, Day, Money, Share, Message>;

    Value value{};
    Tone tone = Tone::plain;

    Cell() = default;
    // NOLINTNEXTLINE(google-explicit-constructor): a row of cells reads as a list of values
    Cell(Value content, Tone meaning = Tone::plain) : value(std::move(content)), tone(meaning) {}
    template <class T>
        requires std::constructible_from<Value, T> Cell(
            T content, Tone meaning = Tone::plain)  // NOLINT(google-explicit-constructor)
            : value(std::move(content)), tone(meaning) {}

        friend bool operator==(const Cell&, const Cell&) = default;

        /// Whether the value is a number, to be set to the right and left alone by spreadsheets.
        [[nodiscard]] bool is_number() const {
            return std::holds_alternative<std::int64_t>(value) || std::holds_alternative<double>(value) ||
                   std::holds_alternative<Money>(value) || std::holds_alternative<Share>(value);
        }
};

/// The words of a cell in one language: dates in ISO form, percentages with one decimal rounded
/// half up, decimals with at most two, money with two; nothing for an empty cell.
[[nodiscard]] std::string cell_text(const Cell& cell, Language language);

/// A table: every row has as many cells as there are columns.
struct ReportTable {
    std::string id{};  ///< for links and file names: `[a-z_]+`
    Message title{};
    std::vector<Cell> columns{};  ///< their titles
    std::vector<std::vector<Cell>> rows{};
    Message empty_note{};  ///< what to say instead of a table without rows

    friend bool operator==(const ReportTable&, const ReportTable&) = default;
};

struct ReportSection {
    std::string id{};
    Message title{};
    std::vector<Message> paragraphs{};
    std::vector<ReportTable> tables{};

    friend bool operator==(const ReportSection&, const ReportSection&) = default;
};

/// A labelled value at the head of a report.
struct KeyFigure {
    Message label{};
    Cell value{};

    friend bool operator==(const KeyFigure&, const KeyFigure&) = default;
};

struct Report {
    std::string name{};  ///< the plan's own name
    Message title{};
    std::vector<KeyFigure> figures{};
    std::vector<ReportSection> sections{};
    std::vector<KeyFigure> origin{};  ///< what it was made from: version, fingerprints, days

    friend bool operator==(const Report&, const Report&) = default;
};

}  // namespace countyplan
