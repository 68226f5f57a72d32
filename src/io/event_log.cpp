#include <countyplan/io/event_log.hpp>

#include <algorithm>
#include <array>
#include <concepts>
#include <tuple>
#include <type_traits>
#include <utility>

#include <countyplan/io/csv.hpp>
#include <countyplan/io/encoding.hpp>
#include <countyplan/io/json.hpp>
#include <countyplan/io/messages.hpp>
#include <countyplan/plan/messages.hpp>

#include "cell.hpp"
#include "finding_list.hpp"
#include "object_reader.hpp"
#include "row_writer.hpp"
#include "source_map.hpp"

namespace countyplan {

namespace {

using detail::CellProblem;
using detail::FindingList;
using detail::ObjectReader;
using detail::SourceMap;
using detail::TableSource;

constexpr std::string_view events_format = "countyplan.events";
constexpr std::int64_t events_version = 1;

const std::string& events_table() {
    static const std::string name(Table<Event>::name);
    return name;
}

template <class T>
inline constexpr bool is_row_cell = false;
template <TableRow Row>
inline constexpr bool is_row_cell<std::optional<Row>> = true;

/// Reads the records of one table of events.
class EventTableReader {
  public:
    EventTableReader(TableSource& source, std::size_t shift, const ReadOptions& options, FindingList& findings)
        : source_(source), shift_(shift), options_(options), findings_(findings) {}

    [[nodiscard]] std::vector<Event> read() {
        static constexpr auto columns = std::apply(
            [](const auto&... field) {
                return std::array{CsvColumn{field.name, !detail::may_be_empty(field)}...};
            },
            Table<Event>::fields);
        std::vector<Event> out;
        CsvTable table(source_.text, columns, options_.unknown, options_.limits, shift_);
        while (table.next() && !findings_.full()) {
            Event event;
            std::size_t column = 0;
            for_each_field<Event>(
                [&](const auto& field) { read_field(table, column++, field, out.size(), event.*field.member); });
            source_.rows.emplace_back(table.record_offset() - shift_, table.line());
            out.push_back(std::move(event));
        }
        if (findings_.full()) findings_.leave_out();
        for (const Flaw& flaw : table.flaws())
            findings_.add(flaw, source_.file, events_table());
        return out;
    }

  private:
    template <class Field, class Value>
    void read_field(const CsvTable& table, std::size_t column, const Field& field, std::size_t row, Value& value) {
        const std::string_view cell = table[column];
        const auto complain = [&](CellProblem problem, Severity severity = Severity::error) {
            const TextPosition position = table.position(column);
            findings_.add({.severity = severity,
                           .message = {*problem.what, {excerpt(cell)}},
                           .place = {events_table(), row, std::string(field.name)},
                           .value = excerpt(cell),
                           .expected = std::move(problem.expected),
                           .remedy = std::move(problem.remedy),
                           .source = {source_.file, position.line, position.column, {}}});
        };
        if (cell.empty()) {
            if (!detail::may_be_empty(field)) complain({&message::required_field, {}, {message::fill_in}});
        } else if constexpr (is_row_cell<Value>) {
            read_row(table, column, field.name, row, value);
        } else if (auto problem = detail::read_cell(cell, value)) {
            complain(std::move(*problem));
        } else if (field.use == FieldUse::text && is_formula_like(cell)) {
            complain({&message::formula_like, {}, {message::quote_formula}}, Severity::warning);
        }
    }

    /// A row as a JSON object in a cell; what is wrong in it stands where the cell does.
    template <class Row>
    void read_row(const CsvTable& table, std::size_t column, std::string_view name, std::size_t index,
                  std::optional<Row>& out) {
        const JsonDocument document = read_json(std::string(table[column]), options_.limits);
        FindingList inside(options_.limits);
        for (const Flaw& flaw : document.flaws())
            inside.add(flaw, source_.file);
        if (document.ok()) {
            (void)ObjectReader(source_.file, options_, inside)
                .read_row(document.root(), events_table(), index, out.emplace());
        }
        const TextPosition position = table.position(column);
        for (Finding& finding : inside.take()) {
            const std::string dot = finding.place.field.empty() ? "" : ".";
            finding.place = {events_table(), index, std::string(name) + dot + finding.place.field};
            finding.source.file = source_.file;
            finding.source.line = position.line;
            finding.source.column = position.column;
            findings_.add(std::move(finding));
        }
    }

    TableSource& source_;
    std::size_t shift_;
    const ReadOptions& options_;
    FindingList& findings_;
};

std::vector<Event> read_table(std::string bytes, const std::string& name, const ReadOptions& options,
                              SourceMap& sources, FindingList& findings) {
    DecodedText decoded = decode(std::move(bytes), options.encoding);
    for (const Flaw& flaw : decoded.flaws)
        findings.add(flaw, name, events_table());
    if (!decoded.ok()) return {};
    TableSource& source = sources.table(events_table());
    source.file = name;
    source.text = std::move(decoded.text);
    return EventTableReader(source, decoded.skipped, options, findings).read();
}

/// Whether the document says that it is a log of events, in a version that is read here.
bool is_log(const JsonValue& root, const std::string& name, ObjectReader& reader, FindingList& findings) {
    if (root.kind() != JsonKind::object) {
        reader.mismatch(root, JsonKind::object, {});
        return false;
    }
    const auto format = root.find("format");
    const auto version = root.find("format_version");
    if (!format) reader.missing(root, "format");
    if (!version) reader.missing(root, "format_version");
    if (!format || !version) return false;
    if (format->kind() != JsonKind::text || format->text() != events_format) {
        findings.add(format->flaw({message::wrong_format, {excerpt(format->text()), events_format}}), name);
        return false;
    }
    if (version->kind() != JsonKind::integer || version->integer() != events_version) {
        const std::string known = std::to_string(events_version);
        findings.add(version->flaw({message::newer_format, {excerpt(version->text()), known}}), name);
        return false;
    }
    return true;
}

std::vector<Event> read_document(std::string bytes, const std::string& name, const ReadOptions& options,
                                 SourceMap& sources, FindingList& findings) {
    std::vector<Event> out;
    const JsonDocument document = read_json(std::move(bytes), options.limits);
    for (const Flaw& flaw : document.flaws())
        findings.add(flaw, name);
    ObjectReader reader(name, options, findings);
    if (!document.ok() || !is_log(document.root(), name, reader, findings)) return out;
    sources.document(name, document);
    for (const JsonValue member : document.root())
        if (member.key() != "format" && member.key() != "format_version" && member.key() != events_table())
            reader.unknown(member);
    const auto rows = document.root().find(events_table());
    if (!rows) {
        reader.missing(document.root(), events_table());
    } else if (rows->kind() != JsonKind::array) {
        reader.mismatch(*rows, JsonKind::array, {}, events_table());
    } else if (rows->size() > options.limits.records) {
        findings.add(rows->flaw({message::record_limit, {to_text(options.limits.records)}}), name, events_table());
    } else {
        for (const JsonValue element : *rows) {
            if (findings.full()) break;
            const std::size_t index = out.size();
            (void)reader.read_row(element, events_table(), index, out.emplace_back());
        }
    }
    return out;
}

/// Whether a field is as in an event that does not speak of it.
template <class T>
bool is_blank(const T& value) {
    if constexpr (detail::is_optional_cell<T>) {
        return !value.has_value();
    } else if constexpr (std::same_as<T, std::string>) {
        return value.empty();
    } else {
        return false;
    }
}

template <class T>
std::string cell_of(const T& value) {
    if constexpr (is_row_cell<T>) {
        if (!value) return {};
        JsonWriter writer(JsonLayout::compact);
        detail::write_row(writer, *value);
        return writer.take();
    } else {
        return value_text(value);
    }
}

}  // namespace

EventReading read_events(const Plan& plan, std::string bytes, const std::string& name, const ReadOptions& options,
                         const LastEvent& last) {
    EventReading out;
    FindingList findings(options.limits);
    SourceMap sources;
    out.events = name.ends_with(".json") ? read_document(std::move(bytes), name, options, sources, findings)
                                         : read_table(std::move(bytes), name, options, sources, findings);
    if (!findings.has_errors()) {
        for (Finding& finding : check_events(plan, out.events, last)) {
            finding.source = sources.locate(finding.place, options.limits);
            findings.add(std::move(finding));
        }
    }
    out.findings = findings.take();
    return out;
}

std::string events_csv(std::span<const Event> events) {
    CsvWriter writer;
    const auto each_column = [&](const auto& visit) {
        for_each_field<Event>([&](const auto& field) {
            const bool is_used =
                std::ranges::any_of(events, [&](const Event& event) { return !is_blank(event.*field.member); });
            if (is_used || !detail::may_be_empty(field)) visit(field);
        });
    };
    each_column([&](const auto& field) { writer.text(field.name); });
    writer.end_record();
    for (const Event& event : events) {
        each_column([&](const auto& field) { writer.text(cell_of(event.*field.member)); });
        writer.end_record();
    }
    return writer.take();
}

std::string events_json(std::span<const Event> events) {
    JsonWriter writer;
    writer.begin_object();
    writer.key("format").text(events_format);
    writer.key("format_version").integer(events_version);
    writer.key(events_table()).begin_array();
    for (const Event& event : events)
        detail::write_row(writer, event);
    writer.end_array().end_object();
    return writer.take();
}

}  // namespace countyplan
