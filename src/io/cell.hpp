// How does the text of one cell, or one JSON value, become the value of a field?
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <countyplan/io/messages.hpp>
#include <countyplan/io/table_messages.hpp>
#include <countyplan/plan/finding.hpp>
#include <countyplan/plan/messages.hpp>
#include <countyplan/plan/table.hpp>
#include <countyplan/scalar/code.hpp>
#include <countyplan/scalar/day.hpp>
#include <countyplan/scalar/money.hpp>
#include <countyplan/scalar/number.hpp>

namespace countyplan::detail {

/// Why a text is no value of its field: a row of the message table (one argument: the text), what would
/// have been right and what to do.
struct CellProblem {
    const MessageText* what;
    Message expected;
    Message remedy;
};

using CellResult = std::optional<CellProblem>;  // nothing: the value was taken

inline bool looks_like_number(std::string_view text) { return parse_decimal(text).has_value(); }

inline CellResult number_problem(std::string_view text, const MessageText& expected) {
    if (looks_like_number(text)) return CellProblem{&message::number_range, {expected}, {}};
    return CellProblem{&message::number_format, {expected}, {message::plain_number_only}};
}

inline CellResult read_cell(std::string_view text, std::string& out) {
    out.assign(text);
    return std::nullopt;
}

inline CellResult read_cell(std::string_view text, Code& out) {
    if (const auto code = Code::parse(text)) {
        out = *code;
        return std::nullopt;
    }
    const bool numeric = looks_like_number(text);
    return CellProblem{
        &message::id_format, {message::expect_code}, numeric ? Message(message::undo_excel_number) : Message()};
}

inline CellResult read_cell(std::string_view text, bool& out) {
    if (text == "true" || text == "false") {
        out = text == "true";
        return std::nullopt;
    }
    return CellProblem{&message::boolean_format, {message::expect_boolean}, {}};
}

inline CellResult read_cell(std::string_view text, std::int64_t& out) {
    if (const auto number = parse_number<std::int64_t>(text)) {
        out = *number;
        return std::nullopt;
    }
    return number_problem(text, message::expect_integer);
}

inline CellResult read_cell(std::string_view text, WorkDays& out) {
    std::int64_t count = 0;
    CellResult problem = read_cell(text, count);
    if (!problem) out = WorkDays(count);
    return problem;
}

inline CellResult read_cell(std::string_view text, double& out) {
    if (const auto number = parse_decimal(text)) {
        out = *number;
        return std::nullopt;
    }
    return CellProblem{&message::number_format, {message::expect_decimal}, {message::plain_number_only}};
}

inline CellResult read_cell(std::string_view text, Day& out) {
    if (const auto day = Day::parse(text)) {
        out = *day;
        return std::nullopt;
    }
    return CellProblem{&message::date_format, {message::expect_date}, {message::iso_dates_only}};
}

inline CellResult read_cell(std::string_view text, Money& out) {
    if (const auto money = Money::parse(text)) {
        out = *money;
        return std::nullopt;
    }
    return CellProblem{&message::money_format, {message::expect_money}, {message::plain_number_only}};
}

template <NamedEnum E>
CellResult read_cell(std::string_view text, E& out) {
    if (const auto value = enumerator<E>(text)) {
        out = *value;
        return std::nullopt;
    }
    std::string words;
    for (const MessageText& row : Enumerators<E>::words)
        words += (words.empty() ? "" : ", ") + std::string(row.code);
    return CellProblem{&message::unknown_word, {message::expect_listed_word, {words}}, {}};
}

inline CellResult read_cell(std::string_view text, Reference& out) {
    const auto colon = text.find(':');
    const auto noun = enumerator<Noun>(text.substr(0, colon == std::string_view::npos ? 0 : colon));
    if (!noun) return CellProblem{&message::reference_format, {message::expect_reference}, {}};
    out = {*noun, std::string(text.substr(colon + 1))};
    return std::nullopt;
}

template <class T>
CellResult read_cell(std::string_view text, std::optional<T>& out) {
    return read_cell(text, out.emplace());
}

template <class T>
CellResult read_cell(std::string_view text, std::vector<T>& out) {
    while (true) {
        const auto end = text.find(';');
        const std::string_view item = text.substr(0, end);
        if (item.empty()) return CellProblem{&message::list_format, {message::expect_list}, {}};
        if (auto problem = read_cell(item, out.emplace_back())) return problem;
        if (end == std::string_view::npos) return std::nullopt;
        text.remove_prefix(end + 1);
    }
}

template <class T>
inline constexpr bool is_optional_cell = false;
template <class T>
inline constexpr bool is_optional_cell<std::optional<T>> = true;
template <class T>
inline constexpr bool is_list_cell = false;
template <class T>
inline constexpr bool is_list_cell<std::vector<T>> = true;

/// Whether an empty cell, or an absent member, is a legal value of the field.
template <class Row, class T>
constexpr bool may_be_empty(const Field<Row, T>& field) {
    return is_optional_cell<T> || field.may_be_empty;
}

}  // namespace countyplan::detail
