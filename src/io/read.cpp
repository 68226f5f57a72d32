#include <countyplan/io/read.hpp>

#include <algorithm>
#include <array>
#include <concepts>
#include <cstring>
#include <iterator>
#include <tuple>
#include <utility>

#include <countyplan/io/log_messages.hpp>
#include <countyplan/io/messages.hpp>
#include <countyplan/io/serialize.hpp>
#include <countyplan/plan/messages.hpp>

#include "cell.hpp"
#include "finding_list.hpp"
#include "read_json.hpp"
#include "source_map.hpp"
#include "unread.hpp"

namespace countyplan {

namespace detail {

namespace {

template <class Row>
constexpr auto csv_columns() {
    return std::apply(
        [](const auto&... field) {
            return std::array{CsvColumn{field.name, !may_be_empty(field)}...};
        },
        Table<Row>::fields);
}

template <class Row>
void read_table(TableSource& source, std::size_t shift, const ReadOptions& options, ById<Id<Row>, Row>& rows,
                FindingList& findings, Unread& unread) {
    static constexpr auto columns = csv_columns<Row>();
    const std::string table_name(Table<Row>::name);
    CsvTable table(source.text, columns, options.unknown, options.limits, shift);
    // each record ends in a line and has a comma for each column but one
    const auto lines = static_cast<std::size_t>(std::ranges::count(source.text, '\n'));
    const std::size_t expected = std::min({lines, source.text.size() / columns.size(), options.limits.records});
    rows.reserve(expected);
    source.rows.reserve(expected);
    while (table.next() && !findings.full()) {
        Row row{};
        bool is_whole = true;
        std::size_t column = 0;
        const auto complain = [&](const auto& field, CellProblem problem, std::string_view cell, Severity severity) {
            const TextPosition position = table.position(column);
            findings.add({.severity = severity,
                          .message = {*problem.what, {excerpt(cell)}},
                          .place = {table_name, rows.size(), std::string(field.name)},
                          .value = excerpt(cell),
                          .expected = std::move(problem.expected),
                          .remedy = std::move(problem.remedy),
                          .source = {source.file, position.line, position.column, {}}});
        };
        for_each_field<Row>([&](const auto& field) {
            const std::string_view cell = table[column];
            auto& value = row.*field.member;
            using Value = std::remove_cvref_t<decltype(value)>;
            if (cell.empty()) {
                // an empty id or reference is left for `check`, which knows what it should have named
                if (!may_be_empty(field) && !std::same_as<Value, std::string> && !std::same_as<Value, Code>) {
                    complain(field, {&message::required_field, {}, {message::fill_in}}, cell, Severity::error);
                    is_whole = false;
                }
            } else if (auto problem = read_cell(cell, value)) {
                complain(field, std::move(*problem), cell, Severity::error);
                is_whole = false;
                value = Value();
            } else if (field.use == FieldUse::text && is_formula_like(cell)) {
                complain(field, {&message::formula_like, {}, {message::quote_formula}}, cell, Severity::warning);
            }
            ++column;
        });
        if (!is_whole) unread.row(row, rows.size());
        source.rows.emplace_back(table.record_offset() - shift, table.line());
        rows.push_back(std::move(row));
    }
    if (findings.full()) findings.leave_out();
    if (has_error(table.flaws())) unread.table(table_name);
    for (const Flaw& flaw : table.flaws())
        findings.add(flaw, source.file, table_name);
}

/// A draft as it was read and not yet checked, with what is needed to place what the check finds.
struct Unchecked {
    explicit Unchecked(const ReadOptions& how) : options(how), findings(how.limits) {}

    /// What `check` found, with its sources, less the echoes of what could not be read.
    void add(Findings found) {
        if (findings.full()) return findings.leave_out();  // reading may have stopped, so rows may lack
        for (Finding& finding : found) {
            if (unread.is_echo(finding)) continue;
            if (!findings.takes(finding.severity)) {
                findings.leave_out();
                continue;
            }
            finding.source = sources.locate(finding.place, options.limits);
            if (finding.source.file.empty()) finding.source.file = file;
            findings.add(std::move(finding));
        }
    }

    ReadOptions options;
    std::string file{};    ///< of everything that `sources` does not know
    bool is_whole = true;  ///< whether there is a draft to check
    Draft draft{};
    SourceMap sources{};
    Unread unread{};
    FindingList findings;
    LogEnd log_end{};
};

Reading as_draft(Unchecked read) {
    if (read.is_whole) read.add(read.findings.full() ? Findings{} : check(read.draft));
    return {std::move(read.draft), read.findings.take(), read.log_end};
}

PlanReading as_plan(Unchecked read) {
    PlanReading out{.log_end = read.log_end};
    if (read.is_whole && !read.findings.has_errors()) {
        try {
            out.plan.emplace(std::move(read.draft));
            read.add(out.plan->warnings());
        } catch (const InvalidPlan& invalid) {
            read.add(invalid.findings());
        }
    } else if (read.is_whole) {
        read.add(read.findings.full() ? Findings{} : check(read.draft));
    }
    out.findings = read.findings.take();
    return out;
}

constexpr std::string_view ledger_log_name = "ledger.log";

std::string joined(const std::string& directory, std::string_view name) {
    return directory + (directory.ends_with('/') ? "" : "/") + std::string(name);
}

/// Also by way of a symbolic link.
bool is_directory(const std::string& path, Files& files) {
    FileStatus status;
    if (files.status_at(path, status) < 0) return false;
    std::vector<std::string> names;
    return status.kind == FileKind::directory || (status.kind == FileKind::link && files.list(path, names) >= 0);
}

template <class Row>
std::string file_of() {
    return std::string(Table<Row>::name) + ".csv";
}

std::string lower_case(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return out;
}

/// A file that looks like a table but is none: `expert.csv`, `Schools.CSV`.
void note_strangers(const std::vector<std::string>& names, const std::string& path, FindingList& findings) {
    for (const std::string& name : names) {
        const std::string folded = lower_case(name);
        if (!folded.ends_with(".csv")) continue;
        const std::string stem = folded.substr(0, folded.size() - 4);
        bool is_known = false;
        Message remedy;
        const Draft none;
        for_each_table(none, [&](const auto& rows) {
            using Row = typename std::remove_cvref_t<decltype(rows)>::value_type;
            is_known = is_known || name == file_of<Row>();
            if (stem == Table<Row>::name || stem + "s" == Table<Row>::name) {
                remedy = {message::rename_table, {file_of<Row>()}};
            }
        });
        if (is_known) continue;
        findings.add({.severity = Severity::warning,
                      .message = {message::unknown_table, {excerpt(name)}},
                      .value = excerpt(name),
                      .remedy = std::move(remedy),
                      .source = {.file = joined(path, name)}});
    }
}

/// Puts the facts of the log, if there is one, after those of the ledger.
void read_log_beside(const std::string& path, Files& files, Unchecked& out) {
    FileStatus status;
    if (out.findings.full() || files.status_at(path, status) < 0 || status.kind == FileKind::absent) return;
    try {
        const ReadOptions& options = out.options;
        LedgerLog log = read_ledger_log(read_file(path, options.limits, files), options.limits, options.damaged_log);
        out.log_end = log.end;
        const auto warn = [&](Message message) {
            out.findings.add({.severity = Severity::warning,
                              .message = std::move(message),
                              .place = {.table = std::string(Table<Fact>::name)},
                              .source = {.file = path}});
        };
        if (log.torn > 0) warn({message::log_torn, {to_text(log.torn)}});
        if (log.damage) {
            out.findings.add(*log.damage, path, std::string(Table<Fact>::name));
            warn({message::log_salvaged, {to_text(log.end.records), to_text(log.left_out)}});
        }
        for (std::size_t& row : log.first)
            row += out.draft.ledger.size();
        out.sources.log(path, std::move(log.first));
        std::vector<Fact>& ledger = out.draft.ledger.rows();
        if (ledger.empty()) {
            ledger = std::move(log.facts);
        } else {
            ledger.insert(ledger.end(), std::move_iterator(log.facts.begin()), std::move_iterator(log.facts.end()));
        }
    } catch (const RefusedInput& refused) {
        out.findings.add(refused.flaw(), path, std::string(Table<Fact>::name));
        out.unread.table(Table<Fact>::name);
    }
}

Unchecked read_tables(const std::string& path, const ReadOptions& options, Files& files) {
    Unchecked out(options);
    FindingList& findings = out.findings;
    SourceMap& sources = out.sources;
    Unread& unread = out.unread;
    std::vector<std::string> names;
    if (const int error = files.list(path, names); error < 0) {
        throw IoError({message::io_error,
                       {message::action_list, path, std::string(std::strerror(-error)), std::to_string(-error)}},
                      path, -error);
    }
    std::ranges::sort(names);
    const auto has = [&](const std::string& name) { return std::ranges::binary_search(names, name); };
    note_strangers(names, path, findings);
    const std::string header = joined(path, "plan.json");
    bool has_header = false;
    if (has("plan.json")) {
        const JsonDocument document = read_json(read_file(header, options.limits, files), options.limits);
        for (const Flaw& flaw : document.flaws())
            findings.add(flaw, header);
        sources.document(header, document);
        has_header = document.ok() &&
                     read_header(document.root(), header, JsonScope::header, options, out.draft, findings, unread);
    } else {
        findings.add({.severity = Severity::error,
                      .message = {message::missing_file, {"plan.json"}},
                      .source = {.file = header}});
    }
    if (!has_header) unread.header("period");
    for_each_table(out.draft, [&](auto& rows) {
        using Row = typename std::remove_cvref_t<decltype(rows)>::value_type;
        TableSource& source = sources.table(std::string(Table<Row>::name));
        source.file = joined(path, file_of<Row>());
        if (!has(file_of<Row>()) || findings.full()) return;
        DecodedText decoded = decode(read_file(source.file, options.limits, files), options.encoding);
        for (const Flaw& flaw : decoded.flaws)
            findings.add(flaw, source.file, std::string(Table<Row>::name));
        if (!decoded.ok()) return unread.table(Table<Row>::name);
        source.text = std::move(decoded.text);
        read_table(source, decoded.skipped, options, rows, findings, unread);
    });
    read_log_beside(joined(path, ledger_log_name), files, out);
    return out;
}

Unchecked read_document_text(std::string bytes, const std::string& name, const ReadOptions& options) {
    Unchecked out(options);
    out.file = name;
    const JsonDocument document = read_json(std::move(bytes), options.limits);
    for (const Flaw& flaw : document.flaws())
        out.findings.add(flaw, name);
    out.is_whole = document.ok();
    if (out.is_whole) {
        out.sources.document(name, document);
        out.is_whole = read_document(document.root(), name, options, out.draft, out.findings, out.unread);
    }
    return out;
}

Unchecked read_any(const std::string& path, const ReadOptions& options, Files& files) {
    const bool is_tables = is_directory(path, files);
    const std::optional<PlanFormat> format = is_tables ? PlanFormat::tables : plan_format_of(path);
    if (!format) {
        throw RefusedInput(Flaw{.message = {message::unknown_suffix, {excerpt(path)}},
                                .remedy = {message::expect_suffix},
                                .value = excerpt(path)});
    }
    if (*format == PlanFormat::tables) return read_tables(path, options, files);
    std::string bytes = read_file(path, options.limits, files);
    Unchecked out(options);
    if (*format == PlanFormat::json) {
        out = read_document_text(std::move(bytes), path, options);
    } else {
        out.file = path;
        out.draft = load_snapshot<Draft>(SnapshotKind::draft, bytes, options.limits);
    }
    if (out.is_whole) read_log_beside(ledger_log_path(path, files), files, out);
    return out;
}

}  // namespace

}  // namespace detail

std::optional<PlanFormat> plan_format_of(std::string_view path) {
    if (path.ends_with(".plan.json")) return PlanFormat::json;
    if (path.ends_with(".plan.snapshot")) return PlanFormat::snapshot;
    while (path.ends_with('/'))
        path.remove_suffix(1);
    const std::string_view name = path.substr(path.rfind('/') == std::string_view::npos ? 0 : path.rfind('/') + 1);
    if (name.empty() || name == "." || name == ".." || name.find('.') == std::string_view::npos) {
        return PlanFormat::tables;
    }
    return std::nullopt;
}

std::string ledger_log_path(const std::string& plan, Files& files) {
    if (detail::is_directory(plan, files) || plan_format_of(plan) == PlanFormat::tables) {
        return detail::joined(plan, detail::ledger_log_name);
    }
    return plan + ".log";
}

Reading read_draft_json(std::string bytes, const std::string& name, const ReadOptions& options) {
    return detail::as_draft(detail::read_document_text(std::move(bytes), name, options));
}

PlanReading read_checked_json(std::string bytes, const std::string& name, const ReadOptions& options) {
    return detail::as_plan(detail::read_document_text(std::move(bytes), name, options));
}

Reading read_draft(const std::string& path, const ReadOptions& options, Files& files) {
    return detail::as_draft(detail::read_any(path, options, files));
}

PlanReading read_checked(const std::string& path, const ReadOptions& options, Files& files) {
    return detail::as_plan(detail::read_any(path, options, files));
}

Plan read_plan(const std::string& path, const ReadOptions& options, Files& files) {
    PlanReading reading = read_checked(path, options, files);
    if (!reading.plan || has_errors(reading.findings)) throw InvalidPlan(std::move(reading.findings));
    return *std::move(reading.plan);
}

namespace {

/// One table as plain rows, and the line on which each begins.
template <class Rows>
void read_rows(std::string bytes, const std::string& name, const ReadOptions& options, Rows& rows, Findings& found,
               std::vector<std::size_t>& lines) {
    detail::FindingList findings(options.limits);
    DecodedText decoded = decode(std::move(bytes), options.encoding);
    for (const Flaw& flaw : decoded.flaws)
        findings.add(flaw, name, std::string(Table<typename Rows::value_type>::name));
    if (decoded.ok()) {
        detail::TableSource source{.file = name, .text = std::move(decoded.text), .rows = {}};
        detail::Unread unread;
        detail::read_table(source, decoded.skipped, options, rows, findings, unread);
        for (const auto& [offset, line] : source.rows)
            lines.push_back(line);
    }
    found = findings.take();
}

}  // namespace

StaffingReading read_staffing(std::string bytes, const std::string& name, const ReadOptions& options) {
    StaffingReading out;
    read_rows(std::move(bytes), name, options, out.staffing, out.findings, out.lines);
    return out;
}

FactReading read_facts(std::string bytes, const std::string& name, const ReadOptions& options) {
    FactReading out;
    read_rows(std::move(bytes), name, options, out.facts, out.findings, out.lines);
    return out;
}

}  // namespace countyplan
