// How do the members of a JSON object become the fields of a row?
#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

#include <countyplan/io/csv.hpp>
#include <countyplan/io/json.hpp>
#include <countyplan/io/read.hpp>

#include "cell.hpp"
#include "finding_list.hpp"
#include "json_kind.hpp"

namespace countyplan::detail {

/// Which kind of JSON value holds a field's value.
template <class T>
constexpr JsonKind json_kind() {
    if constexpr (is_optional_cell<T>) {
        return json_kind<typename T::value_type>();
    } else if constexpr (std::same_as<T, bool>) {
        return JsonKind::boolean;
    } else if constexpr (std::same_as<T, std::int64_t> || std::same_as<T, WorkDays>) {
        return JsonKind::integer;
    } else if constexpr (std::same_as<T, double> || std::same_as<T, Money>) {
        return JsonKind::decimal;
    } else if constexpr (is_list_cell<T>) {
        return JsonKind::array;
    } else if constexpr (std::same_as<T, std::map<std::string, std::int64_t>> || TableRow<T>) {
        return JsonKind::object;
    } else {
        return JsonKind::text;
    }
}

inline bool fits(JsonKind kind, JsonKind wanted) {
    const auto is_number = [](JsonKind k) { return k == JsonKind::integer || k == JsonKind::decimal; };
    return kind == wanted || (is_number(kind) && is_number(wanted));
}

/// Reads members of one object into fields and gathers what is wrong.
class ObjectReader {
  public:
    ObjectReader(const std::string& file, const ReadOptions& options, FindingList& findings)
        : file_(file), options_(options), findings_(findings) {}

    /// Whether every member could be read.
    template <class Row>
    [[nodiscard]] bool read_row(const JsonValue& value, std::string_view table, std::optional<std::size_t> index,
                                Row& row) {
        table_ = table;
        row_ = index;
        is_whole_ = true;
        if (value.kind() != JsonKind::object) {
            mismatch(value, JsonKind::object, {});
            return false;
        }
        read_members(value, row);
        return is_whole_;
    }
    void unknown(const JsonValue& member) {
        const bool refused = options_.unknown == UnknownColumns::refused;
        add(member, {message::unknown_member, {excerpt(member.key())}}, {}, {},
            refused ? Severity::error : Severity::warning);
    }
    void missing(const JsonValue& object, std::string_view name) { missing(object, name, name); }
    void missing(const JsonValue& object, std::string_view name, std::string_view field) {
        add(object, {message::missing_member, {name}}, field, {message::fill_in}, Severity::error);
        is_whole_ = false;
    }
    void mismatch(const JsonValue& value, JsonKind wanted, std::string_view field, std::string_view table) {
        table_ = table;
        mismatch(value, wanted, field);
    }
    void mismatch(const JsonValue& value, JsonKind wanted, std::string_view field) {
        add(value, {message::type_mismatch, {json_kind_word(value.kind()), json_kind_word(wanted)}}, field, {},
            Severity::error);
        is_whole_ = false;
    }

    /// `is_whole` speaks of what is read from here on.
    void start_part() { is_whole_ = true; }
    [[nodiscard]] bool is_whole() const { return is_whole_; }

    /// A value of any type that a field may have.
    template <class T>
    void read_value(const JsonValue& value, std::string_view field, T& out) {
        if constexpr (is_optional_cell<T>) {
            out.reset();
            if (value.is_null()) return;
            const bool was_whole = std::exchange(is_whole_, true);
            read_value(value, field, out.emplace());
            if (!is_whole_) out.reset();
            is_whole_ = is_whole_ && was_whole;
        } else if (!fits(value.kind(), json_kind<T>())) {
            mismatch(value, json_kind<T>(), field);
        } else if constexpr (std::same_as<T, bool>) {
            out = value.boolean().value_or(false);
        } else if constexpr (std::same_as<T, std::map<std::string, std::int64_t>>) {
            out.clear();
            for (const JsonValue member : value)
                read_value(member, field, out[std::string(member.key())]);
        } else if constexpr (TableRow<T>) {
            const std::string outer = std::exchange(within_, within_ + std::string(field) + ".");
            read_members(value, out);
            within_ = outer;
        } else if constexpr (is_list_cell<T>) {
            out.clear();
            for (const JsonValue element : value)
                read_value(element, field, out.emplace_back());
        } else {
            auto problem = read_cell(value.text(), out);
            if (!problem) return;
            add(value, {*problem->what, {excerpt(value.text())}}, field, std::move(problem->remedy), Severity::error,
                std::move(problem->expected));
            out = T();
            is_whole_ = false;
        }
    }

  private:
    template <class Row>
    void read_members(const JsonValue& value, Row& row) {
        std::array<bool, std::tuple_size_v<std::remove_cvref_t<decltype(Table<Row>::fields)>>> seen{};
        for (const JsonValue member : value) {
            bool is_known = false;
            std::size_t at = 0;
            for_each_field<Row>([&](const auto& field) {
                if (member.key() == field.name) {
                    is_known = seen[at] = true;
                    read_field(member, field, row);
                }
                ++at;
            });
            if (!is_known) unknown(member);
        }
        std::size_t at = 0;
        for_each_field<Row>([&](const auto& field) {
            if (!seen[at++] && !may_be_empty(field)) missing(value, field.name);
        });
    }

    template <class Row, class T>
    void read_field(const JsonValue& member, const Field<Row, T>& field, Row& row) {
        read_value(member, field.name, row.*field.member);
        if (field.use == FieldUse::text && member.kind() == JsonKind::text && is_formula_like(member.text())) {
            add(member, {message::formula_like, {excerpt(member.text())}}, field.name, {message::quote_formula},
                Severity::warning);
        }
    }

    void add(const JsonValue& value, Message what, std::string_view field, Message remedy, Severity severity,
             Message expected = {}) {
        if (!findings_.takes(severity)) return findings_.leave_out();  // a pointer costs a walk over the siblings
        const Flaw flaw = value.flaw(what);
        findings_.add({.severity = severity,
                       .message = std::move(what),
                       .place = {table_, row_, within_ + std::string(field)},
                       .value = flaw.value,
                       .expected = std::move(expected),
                       .remedy = std::move(remedy),
                       .source = {file_, flaw.position.line, flaw.position.column, flaw.pointer}});
    }

    const std::string& file_;
    const ReadOptions& options_;
    FindingList& findings_;
    std::string table_;
    std::optional<std::size_t> row_;
    std::string within_;  ///< the field that holds the row at hand, and a dot
    bool is_whole_ = true;
};

}  // namespace countyplan::detail
