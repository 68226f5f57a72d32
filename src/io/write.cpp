#include <countyplan/io/write.hpp>

#include <countyplan/io/csv.hpp>
#include <countyplan/io/json.hpp>
#include <countyplan/io/log_messages.hpp>
#include <countyplan/io/read.hpp>
#include <countyplan/io/serialize.hpp>
#include <countyplan/io/table_messages.hpp>
#include <countyplan/plan/value_text.hpp>

#include "read_json.hpp"
#include "row_writer.hpp"

namespace countyplan {

namespace {

template <class Rows>
std::string table_csv(const Rows& rows) {
    using Row = typename Rows::value_type;
    CsvWriter writer;
    const WrittenColumns<Row> columns(rows);
    columns.for_each([&](const auto& field) { writer.text(field.name); });
    writer.end_record();
    for (const Row& row : rows) {
        columns.for_each([&](const auto& field) { writer.text(value_text(row.*field.member)); });
        writer.end_record();
    }
    return writer.take();
}

void write_header(JsonWriter& writer, const Draft& draft) {
    writer.key("format").text(detail::plan_format_name);
    writer.key("format_version").integer(needs_younger_format(draft) ? detail::plan_format_version : 1);
    writer.key("name").text(draft.name);
    writer.key("version").text(draft.version);
    writer.key("period").begin_object();
    writer.key("from").text(to_text(draft.period.from));
    writer.key("to").text(to_text(draft.period.to)).end_object();
    writer.key("rules").begin_array();
    for (const Rule& rule : draft.rules)
        detail::write_row(writer, rule);
    writer.end_array();
    writer.key("weights");
    detail::write_row(writer, draft.weights);
    if (draft.objective == standard_objective()) return;
    writer.key("objective");
    detail::write_value(writer, draft.objective);
}

}  // namespace

std::vector<NamedBytes> plan_tables(const Draft& draft) {
    std::vector<NamedBytes> out;
    JsonWriter header;
    header.begin_object();
    write_header(header, draft);
    header.end_object();
    out.push_back({"plan.json", header.take()});
    for_each_table(draft, [&](const auto& rows) {
        using Row = typename std::remove_cvref_t<decltype(rows)>::value_type;
        if (is_younger_table<Row> && rows.empty()) return;
        out.push_back({std::string(Table<Row>::name) + ".csv", table_csv(rows)});
    });
    return out;
}

std::string plan_json(const Draft& draft) {
    JsonWriter writer;
    writer.begin_object();
    write_header(writer, draft);
    for_each_table(draft, [&](const auto& rows) {
        using Row = typename std::remove_cvref_t<decltype(rows)>::value_type;
        if (is_younger_table<Row> && rows.empty()) return;
        writer.key(Table<Row>::name).begin_array();
        for (const Row& row : rows)
            detail::write_row(writer, row);
        writer.end_array();
    });
    writer.end_object();
    return writer.take();
}

std::string plan_snapshot(const Draft& draft) { return save_snapshot(SnapshotKind::draft, draft); }

std::string staffing_csv(const Staffing& staffing) { return table_csv(staffing); }

std::string ledger_csv(const ById<Id<Fact>, Fact>& facts) { return table_csv(facts); }

void write_plan(const Draft& draft, const std::string& path, Existing existing, Files& files) {
    const std::optional<PlanFormat> format = plan_format_of(path);
    if (!format) {
        throw RefusedInput(Flaw{.message = {message::unknown_suffix, {excerpt(path)}},
                                .remedy = {message::expect_suffix},
                                .value = excerpt(path)});
    }
    FileStatus log;
    const std::string log_path = ledger_log_path(path, files);
    if (files.status_at(log_path, log) == 0 && log.kind != FileKind::absent) {
        throw IoError(Message(message::log_in_the_way, {excerpt(path), excerpt(log_path)}), path, 0);
    }
    switch (*format) {
        case PlanFormat::tables:
            return save_directory(path, plan_tables(draft), existing, files);
        case PlanFormat::json:
            return save_file(path, plan_json(draft), existing, files);
        case PlanFormat::snapshot:
            return save_file(path, plan_snapshot(draft), existing, files);
    }
}

}  // namespace countyplan
