#include <countyplan/io/json.hpp>
#include <countyplan/io/write.hpp>

#include <countyplan/version.hpp>

#include "read_json.hpp"
#include "row_schema.hpp"

namespace countyplan {

namespace {

using detail::describe;
using detail::describe_row;

}  // namespace

std::string plan_schema() {
    JsonWriter writer;
    writer.begin_object();
    writer.key("$schema").text("https://json-schema.org/draft/2020-12/schema");
    writer.key("title").text("countyplan plan");
    writer.key("description")
        .text("One programme of all counties, as countyplan " + std::string(version) + " reads it.");
    writer.key("type").text("object");
    writer.key("additionalProperties").boolean(false);
    writer.key("required").begin_array();
    for (const std::string_view member : {"format", "name", "version", "period"})
        writer.text(member);
    writer.end_array();
    writer.key("properties").begin_object();
    writer.key("format").begin_object().key("const").text(detail::plan_format_name).end_object();
    writer.key("format_version").begin_object().key("enum").begin_array();
    for (std::int64_t known = 1; known <= detail::plan_format_version; ++known)
        writer.integer(known);
    writer.end_array().end_object();
    writer.key("name").begin_object().key("type").text("string").end_object();
    writer.key("version").begin_object().key("type").text("string").end_object();
    writer.key("period").begin_object();
    writer.key("type").text("object").key("additionalProperties").boolean(false);
    writer.key("required").begin_array().text("from").text("to").end_array();
    writer.key("properties").begin_object();
    for (const std::string_view member : {"from", "to"}) {
        writer.key(member).begin_object();
        describe<Day>(writer, FieldUse::value);
        writer.end_object();
    }
    writer.end_object().end_object();
    writer.key("rules").begin_object().key("type").text("array").key("items").begin_object();
    describe_row<Rule>(writer);
    writer.end_object().end_object();
    writer.key("weights").begin_object();
    describe_row<FitWeights>(writer);
    writer.end_object();
    writer.key("objective").begin_object();
    describe<Objective>(writer, FieldUse::value);
    writer.key("minItems").integer(1).key("uniqueItems").boolean(true);
    writer.end_object();
    const Draft none;
    for_each_table(none, [&](const auto& rows) {
        using Row = typename std::remove_cvref_t<decltype(rows)>::value_type;
        writer.key(Table<Row>::name).begin_object().key("type").text("array").key("items").begin_object();
        describe_row<Row>(writer);
        writer.end_object().end_object();
    });
    writer.end_object().end_object();
    return writer.take();
}

}  // namespace countyplan
