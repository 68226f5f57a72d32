// Which columns does a table of the plan have, and what does each one hold?
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

#include <countyplan/scalar/enumerator.hpp>

namespace countyplan {

/// The kinds of things that other things may refer to.
enum class Noun { plan, county, sender, school, post, expert, teacher, goal, indicator, task };

template <>
struct Enumerators<Noun> {
    static constexpr MessageText words[] = {{"plan", "方案", "plan"},           {"county", "县", "county"},
                                            {"sender", "派出方", "sender"},     {"school", "学校", "school"},
                                            {"post", "岗位", "post"},           {"expert", "帮扶人才", "expert"},
                                            {"teacher", "本地教师", "teacher"}, {"goal", "目标", "goal"},
                                            {"indicator", "指标", "indicator"}, {"task", "任务", "task"}};
};

/// A thing by kind and id, written `kind:id`. Default-constructed it names the plan itself.
struct Reference {
    Noun noun = Noun::plan;
    std::string id{};

    friend bool operator==(const Reference&, const Reference&) = default;
    friend auto operator<=>(const Reference&, const Reference&) = default;
    friend std::string to_text(const Reference& reference) {
        return std::string(name(reference.noun)) + ":" + reference.id;
    }
};

/// What a text column holds.
enum class FieldUse {
    value,      ///< a number, a date, an enumerator, a list of those
    key,        ///< the row's own id, unique in its table
    reference,  ///< the id of a row of `Field::refers_to`
    text        ///< words for people
};

/// One column: its name in files, the member that holds it, and what it means.
template <class Row, class T>
struct Field {
    using Value = T;
    std::string_view name;
    T Row::*member;
    FieldUse use = FieldUse::value;
    Noun refers_to = Noun::plan;  ///< for `FieldUse::reference`
    bool may_be_empty = false;    ///< for texts and lists; an `std::optional` may always be empty
};

/// Specialised for each kind of row: `name`, and `fields`, a tuple of `Field` in canonical order.
template <class Row>
struct Table;

namespace detail {

template <class Row, class T>
constexpr Field<Row, T> value_field(std::string_view name, T Row::*member) {
    return {name, member, FieldUse::value, Noun::plan, false};
}
/// A value that stays a list or text and may be left empty.
template <class Row, class T>
constexpr Field<Row, T> open_field(std::string_view name, T Row::*member) {
    return {name, member, FieldUse::value, Noun::plan, true};
}
template <class Row, class T>
constexpr Field<Row, T> key_field(std::string_view name, T Row::*member) {
    return {name, member, FieldUse::key, Noun::plan, false};
}
template <class Row, class T>
constexpr Field<Row, T> reference_field(std::string_view name, T Row::*member, Noun noun) {
    return {name, member, FieldUse::reference, noun, false};
}
template <class Row, class T>
constexpr Field<Row, T> open_reference_field(std::string_view name, T Row::*member, Noun noun) {
    return {name, member, FieldUse::reference, noun, true};
}
template <class Row, class T>
constexpr Field<Row, T> text_field(std::string_view name, T Row::*member) {
    return {name, member, FieldUse::text, Noun::plan, true};
}

}  // namespace detail

/// Calls `visit(field)` for each column of `Row` in order.
template <class Row, class Visit>
constexpr void for_each_field(Visit&& visit) {
    std::apply([&](const auto&... field) { (visit(field), ...); }, Table<Row>::fields);
}

/// A kind of row that has a table.
template <class Row>
concept TableRow = requires {
    Table<Row>::name;
    Table<Row>::fields;
};

}  // namespace countyplan
