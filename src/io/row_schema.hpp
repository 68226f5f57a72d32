// How does the JSON Schema of a row follow from its table?
#pragma once

#include <concepts>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>

#include <countyplan/io/json.hpp>
#include <countyplan/plan/table.hpp>
#include <countyplan/scalar/enumerator.hpp>

#include "cell.hpp"

namespace countyplan::detail {

inline void write_words(JsonWriter& writer, std::span<const MessageText> words) {
    writer.key("enum").begin_array();
    for (const MessageText& word : words)
        writer.text(word.code);
    writer.end_array();
}

/// The members of the schema of one value; the object around them is the caller's.
template <class T>
void describe(JsonWriter& writer, FieldUse use) {
    const auto type = [&](std::string_view name) { writer.key("type").text(name); };
    if constexpr (is_optional_cell<T>) {
        writer.key("anyOf").begin_array().begin_object();
        describe<typename T::value_type>(writer, use);
        writer.end_object().begin_object().key("type").text("null").end_object().end_array();
    } else if constexpr (is_list_cell<T>) {
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
        if (!may_be_empty(field)) writer.text(field.name);
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

}  // namespace countyplan::detail
