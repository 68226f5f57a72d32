#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <countyplan/io/json.hpp>
#include <countyplan/io/table_messages.hpp>
#include <countyplan/version.hpp>

#include "../member_reader.hpp"
#include "../object_reader.hpp"
#include "../row_schema.hpp"
#include "../row_writer.hpp"
#include "schedule_builder.hpp"
#include "xml_text.hpp"

namespace countyplan {

namespace {

constexpr std::string_view schedule_format_name = "countyplan.schedule";
constexpr std::int64_t schedule_format_version = 1;

/// Calls `visit(rows)` for each table of the file, in its order.
template <class File, class Visit>
void for_each_exchange_table(File& file, Visit&& visit) {
    visit(file.projects);
    visit(file.calendars);
    visit(file.exceptions);
    visit(file.tasks);
    visit(file.links);
}

template <class Rows>
using RowOf = typename std::remove_cvref_t<Rows>::value_type;

}  // namespace

namespace detail {

void read_schedule_document(std::string bytes, ScheduleBuilder& out) {
    const LineIndex rows_stand(bytes);
    const JsonDocument document = read_json(std::move(bytes), out.options().limits);
    for (const Flaw& flaw : document.flaws())
        out.add(flaw);
    if (!document.ok()) return;
    const JsonValue root = document.root();
    MemberReader header(out.name(), out.findings());
    if (!header.is_format(root, schedule_format_name, schedule_format_version)) return;
    ReadOptions options;
    options.limits = out.options().limits;
    ObjectReader reader(out.name(), options, out.findings());
    std::vector<std::size_t>* const lines[] = {&out.project_lines, &out.calendar_lines, &out.exception_lines,
                                               &out.task_lines, &out.link_lines};
    for (const JsonValue member : root) {
        if (member.key() == "format" || member.key() == "format_version") continue;
        if (member.key() == "name") {
            reader.read_value(member, "name", out.file.name);
            continue;
        }
        if (member.key() == "data_date") {
            reader.read_value(member, "data_date", out.file.data_date);
            continue;
        }
        bool is_known = false;
        std::size_t table = 0;
        for_each_exchange_table(out.file, [&](auto& rows) {
            using Row = RowOf<decltype(rows)>;
            std::vector<std::size_t>& places = *lines[table++];
            if (member.key() != Table<Row>::name) return;
            is_known = true;
            const std::string name(Table<Row>::name);
            if (member.kind() != JsonKind::array) return reader.mismatch(member, JsonKind::array, {}, name);
            if (member.size() > options.limits.records) {
                out.add(member.flaw({message::record_limit, {to_text(options.limits.records)}}));
                return;
            }
            for (const JsonValue element : member) {
                if (out.full()) return;
                Row row{};
                (void)reader.read_row(element, name, rows.size(), row);
                rows.push_back(std::move(row));
                places.push_back(rows_stand.line(element.offset()));
            }
        });
        if (!is_known) reader.unknown(member);
    }
}

}  // namespace detail

std::string schedule_json(const ScheduleFile& file) {
    JsonWriter writer;
    writer.begin_object();
    writer.key("format").text(schedule_format_name);
    writer.key("format_version").integer(schedule_format_version);
    if (!file.name.empty()) writer.key("name").text(file.name);
    if (file.data_date) writer.key("data_date").text(to_text(*file.data_date));
    for_each_exchange_table(file, [&](const auto& rows) {
        if (rows.empty()) return;
        writer.key(Table<RowOf<decltype(rows)>>::name).begin_array();
        for (const auto& row : rows)
            detail::write_row(writer, row);
        writer.end_array();
    });
    writer.end_object();
    return writer.take();
}

std::string schedule_schema() {
    JsonWriter writer;
    writer.begin_object();
    writer.key("$schema").text("https://json-schema.org/draft/2020-12/schema");
    writer.key("title").text("countyplan schedule");
    writer.key("description").text("Tasks and links, as countyplan " + std::string(version) + " reads them.");
    writer.key("type").text("object");
    writer.key("additionalProperties").boolean(false);
    writer.key("required").begin_array();
    for (const std::string_view member : {"format", "format_version", "projects"})
        writer.text(member);
    writer.end_array();
    writer.key("properties").begin_object();
    writer.key("format").begin_object().key("const").text(schedule_format_name).end_object();
    writer.key("format_version").begin_object().key("const").integer(schedule_format_version).end_object();
    writer.key("name").begin_object().key("type").text("string").end_object();
    writer.key("data_date").begin_object();
    detail::describe<std::optional<Day>>(writer, FieldUse::value);
    writer.end_object();
    const ScheduleFile none;
    for_each_exchange_table(none, [&](const auto& rows) {
        using Row = RowOf<decltype(rows)>;
        writer.key(Table<Row>::name).begin_object().key("type").text("array").key("items").begin_object();
        detail::describe_row<Row>(writer);
        writer.end_object().end_object();
    });
    writer.end_object().end_object();
    return writer.take();
}

}  // namespace countyplan
