// What do the cells of a comma-separated table say, and how is one written?
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <countyplan/io/flaw.hpp>
#include <countyplan/io/limits.hpp>

namespace countyplan {

/// Reads records by RFC 4180 from UTF-8 text in one pass; lines end with CR LF, LF or CR, mixed, the
/// last one optionally. Broken quoting is a flaw (`stray_quote`, `unterminated_quote`); an empty line
/// is skipped with a warning. The text must outlive the reader; cells live as long as both.
class CsvReader {
  public:
    /// `shift` bytes of the file come before `text` (a dropped byte order mark).
    explicit CsvReader(std::string_view text, const Limits& limits = {}, char delimiter = ',', std::size_t shift = 0);

    /// Moves to the next record. False at the end, after a flaw that ends reading, or after too many.
    bool next();

    [[nodiscard]] std::span<const std::string_view> cells() const { return cells_; }
    /// 1-based number of the current record; the header is 1.
    [[nodiscard]] std::size_t record() const { return record_; }
    /// The line on which the current record begins.
    [[nodiscard]] std::size_t line() const { return record_line_; }
    /// Byte offset in the file of the current record.
    [[nodiscard]] std::size_t record_offset() const { return record_start_ + shift_; }
    /// Byte offset in the file of a cell of the current record.
    [[nodiscard]] std::size_t offset(std::size_t cell) const { return starts_[cell] + shift_; }
    [[nodiscard]] TextPosition position(std::size_t cell) const;

    /// A flaw at a cell of the current record (for a table that knows more than the grammar).
    void add(Flaw flaw, std::size_t cell);
    [[nodiscard]] const std::vector<Flaw>& flaws() const { return flaws_; }
    /// Whether reading ended before the end of the text; there is an error among the flaws then.
    [[nodiscard]] bool stopped() const { return stopped_; }

  private:
    bool parse_record();
    bool quoted_cell();
    void flaw_at(Message message, Message remedy, std::size_t at, std::string_view value, bool is_warning = false);
    void keep(Flaw flaw);
    void end_line();
    char* room(std::size_t size);

    std::string_view text_;
    Limits limits_;
    char delimiter_;
    std::size_t shift_ = 0;
    std::size_t at_ = 0;
    std::size_t line_ = 1;
    std::size_t record_ = 0;
    std::size_t record_line_ = 1;
    std::size_t record_start_ = 0;
    bool stopped_ = false;
    std::size_t errors_ = 0;
    std::vector<std::string_view> cells_;
    std::vector<std::size_t> starts_;
    std::vector<std::unique_ptr<char[]>> arena_;
    std::size_t arena_left_ = 0;
    char* arena_next_ = nullptr;
    std::vector<Flaw> flaws_;
};

struct CsvColumn {
    std::string_view name;
    bool required = true;
};

/// Whether a column that the table does not know is an error or a warning.
enum class UnknownColumns { refused, listed };

/// Reads a table whose first record names its columns, in any order. Flaws: `missing_header`,
/// `wrong_delimiter`, `duplicate_column`, `missing_column`, `unknown_column`, `ragged_record` (the
/// record is left out). The names must outlive the table.
class CsvTable {
  public:
    CsvTable(std::string_view text, std::span<const CsvColumn> columns,
             UnknownColumns unknown = UnknownColumns::refused, const Limits& limits = {}, std::size_t shift = 0);

    /// Moves to the next whole record. False at the end; also where the header could not be used.
    bool next();

    /// Whether the file has this column (an index into the constructor's `columns`).
    [[nodiscard]] bool has(std::size_t column) const { return cell_of_[column].has_value(); }
    /// The cell, empty where the file lacks the column.
    [[nodiscard]] std::string_view operator[](std::size_t column) const {
        return cell_of_[column] ? reader_.cells()[*cell_of_[column]] : std::string_view{};
    }
    /// Where the cell begins; the start of the record where the file lacks the column.
    [[nodiscard]] TextPosition position(std::size_t column) const { return reader_.position(cell_or_first(column)); }
    [[nodiscard]] std::size_t offset(std::size_t column) const { return reader_.offset(cell_or_first(column)); }
    [[nodiscard]] std::size_t record() const { return reader_.record(); }
    [[nodiscard]] std::size_t record_offset() const { return reader_.record_offset(); }
    [[nodiscard]] std::size_t line() const { return reader_.line(); }
    [[nodiscard]] const std::vector<Flaw>& flaws() const { return reader_.flaws(); }
    [[nodiscard]] bool stopped() const { return reader_.stopped(); }

  private:
    [[nodiscard]] std::size_t cell_or_first(std::size_t column) const { return cell_of_[column].value_or(0); }
    void read_header(std::string_view text, std::span<const CsvColumn> columns, UnknownColumns unknown);

    CsvReader reader_;
    std::vector<std::optional<std::size_t>> cell_of_;
    std::vector<std::string> header_;
    bool usable_ = false;
};

/// `canonical`: the plan's own tables, raw. `for_people`: text that a spreadsheet would take for a
/// formula gets an apostrophe before it.
enum class CsvPurpose { canonical, for_people };

/// Writes UTF-8 with byte order mark, LF, quotes only where needed; one empty cell alone is `""`.
class CsvWriter {
  public:
    explicit CsvWriter(CsvPurpose purpose = CsvPurpose::canonical);

    CsvWriter& text(std::string_view cell);
    /// A cell of a numeric column, never altered; holds only what `to_text` of a number gives.
    CsvWriter& number(std::string_view digits);
    void end_record();
    /// The whole file; the writer is empty afterwards.
    [[nodiscard]] std::string take();

  private:
    void put(std::string_view cell);

    CsvPurpose purpose_;
    std::string out_;
    std::size_t cells_ = 0;
    bool last_empty_ = false;
};

/// Whether a spreadsheet may read `cell` as a formula: `= + - @` (also full-width), TAB, CR or LF at
/// the start, after spaces, or after `;`, TAB, CR or LF, where another list separator would split it.
[[nodiscard]] bool is_formula_like(std::string_view cell);

/// `cell` with an apostrophe before each place that `is_formula_like` finds.
[[nodiscard]] std::string neutralised(std::string_view cell);

}  // namespace countyplan
