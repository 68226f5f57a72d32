// How is a row of a table written as a JSON object?
#pragma once

#include <concepts>
#include <cstdint>
#include <map>
#include <string>

#include <countyplan/io/json.hpp>
#include <countyplan/plan/table.hpp>
#include <countyplan/plan/value_text.hpp>

#include "cell.hpp"

namespace countyplan::detail {

template <class Row>
void write_row(JsonWriter& writer, const Row& row);

template <class T>
void write_value(JsonWriter& writer, const T& value) {
    if constexpr (is_optional_cell<T>) {
        write_value(writer, *value);
    } else if constexpr (std::same_as<T, bool>) {
        writer.boolean(value);
    } else if constexpr (std::same_as<T, double> || std::same_as<T, std::int64_t> || std::same_as<T, WorkDays> ||
                         std::same_as<T, Money>) {
        writer.number(value_text(value));
    } else if constexpr (is_list_cell<T>) {
        writer.begin_array();
        for (const auto& element : value)
            write_value(writer, element);
        writer.end_array();
    } else if constexpr (std::same_as<T, std::map<std::string, std::int64_t>>) {
        writer.begin_object();
        for (const auto& [key, number] : value)
            writer.key(key).integer(number);
        writer.end_object();
    } else if constexpr (TableRow<T>) {
        write_row(writer, value);
    } else {
        writer.text(value_text(value));
    }
}

/// Whether an absent member reads back as this value.
template <class Row, class T>
bool may_be_left_out(const Field<Row, T>& field, const T& value) {
    if constexpr (is_optional_cell<T>) {
        return !value.has_value();
    } else if constexpr (requires { value.empty(); }) {
        return field.may_be_empty && value.empty();
    } else {
        return false;
    }
}

template <class Row>
void write_row(JsonWriter& writer, const Row& row) {
    writer.begin_object();
    for_each_field<Row>([&](const auto& field) {
        if (may_be_left_out(field, row.*field.member)) return;
        writer.key(field.name);
        write_value(writer, row.*field.member);
    });
    writer.end_object();
}

}  // namespace countyplan::detail
