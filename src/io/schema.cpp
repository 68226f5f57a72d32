#include <countyplan/io/json.hpp>
#include <countyplan/io/write.hpp>

#include <map>

#include <countyplan/version.hpp>

#include "cell.hpp"
#include "read_json.hpp"

namespace countyplan {

namespace {

void write_words(JsonWriter& writer, std::span<const MessageText> words) {
    writer.key("enum").begin_array();
    for (const MessageText& word : words)
        writer.text(word.code);
    writer.end_array();
}

/// The members of the schema of one value; the object around them is the caller's.
template <class T>
void describe(JsonWriter& writer, FieldUse use) {
    const auto type = [&](std::string_view name) { writer.key("type").text(name); };
    if constexpr (detail::is_optional_cell<T>) {
        writer.key("anyOf").begin_array().begin_object();
        describe<typename T::value_type>(writer, use);
        writer.end_object().begin_object().key("type").text("null").end_object().end_array();
    } else if constexpr (detail::is_list_cell<T>) {
        type("array");
        writer.key("items").begin_object();
        describe<typename T::value_type>(writer, FieldUse::value);
        writer.end_object();
    } else if constexpr (std::same_as<T, std::map<std::string, std::int64_t>>) {
        type("object");
        writer.key("additionalProperties").begin_object().key("type").text("integer").end_object();
    } else if constexpr (std::same_as<T, bool>) {
        type("boolean");
    } else if constexpr (std::same_as<T, std::int64_t> || std::same_as<T, WorkDays>) {
        type("integer");
    } else if constexpr (std::same_as<T, double>) {
        type("number");
    } else if constexpr (std::same_as<T, Money>) {
        type("number");
        writer.key("description").text("yuan, at most two decimals");
    } else {
        type("string");
        if constexpr (NamedEnum<T>) {
            write_words(writer, Enumerators<T>::words);
        } else if constexpr (std::same_as<T, Day>) {
            writer.key("format").text("date");
        } else if constexpr (std::same_as<T, Code>) {
            writer.key("pattern").text("^[1-8][0-9]{5}$");
        } else if constexpr (std::same_as<T, Reference>) {
            writer.key("pattern").text("^[a-z]+:.*$");
        } else if (use == FieldUse::key) {
            writer.key("pattern").text("^[A-Za-z0-9][A-Za-z0-9_.-]*$");
            writer.key("maxLength").integer(256);
        }
    }
}

template <class Row>
void describe_row(JsonWriter& writer) {
    writer.key("type").text("object");
    writer.key("additionalProperties").boolean(false);
    writer.key("required").begin_array();
    for_each_field<Row>([&](const auto& field) {
        if (!detail::may_be_empty(field)) writer.text(field.name);
    });
    writer.end_array();
    writer.key("properties").begin_object();
    for_each_field<Row>([&](const auto& field) {
        writer.key(field.name).begin_object();
        describe<typename std::remove_cvref_t<decltype(field)>::Value>(writer, field.use);
        if (field.use == FieldUse::reference) {
            writer.key("description").text("refers to: " + std::string(name(field.refers_to)));
        }
        writer.end_object();
    });
    writer.end_object();
}

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
