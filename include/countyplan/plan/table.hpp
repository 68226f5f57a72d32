// Which columns does a table of the plan have, and what does each one hold?
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
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
    bool is_younger = false;      ///< the first format of plans had no such column; `Value` is an `std::optional`
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
template <class Row, class T>
constexpr Field<Row, std::optional<T>> younger_field(std::string_view name, std::optional<T> Row::*member) {
    return {name, member, FieldUse::value, Noun::plan, true, true};
}

}  // namespace detail

/// Calls `visit(field)` for each column of `Row` in order.
template <class Row, class Visit>
constexpr void for_each_field(Visit&& visit) {
    std::apply([&](const auto&... field) { (visit(field), ...); }, Table<Row>::fields);
}

/// The columns that a table is written with: younger ones only where some row says something in them, so that
/// whoever does not use them has the same bytes and fingerprints as before there were any.
template <class Row>
class WrittenColumns {
  public:
    /// `rows` is a range of `Row`.
    template <class Rows>
    explicit WrittenColumns(const Rows& rows) {
        std::size_t at = 0;
        for_each_field<Row>([&](const auto& field) {
            if constexpr (requires(const Row& row) { (row.*field.member).has_value(); }) {
                const auto is_stated = [&](const Row& row) { return (row.*field.member).has_value(); };
                is_written_[at] = !field.is_younger || std::ranges::any_of(rows, is_stated);
            } else {
                is_written_[at] = true;
            }
            ++at;
        });
    }

    /// Whether a younger column is among them.
    [[nodiscard]] bool has_younger() const {
        bool out = false;
        for_each([&](const auto& field) { out = out || field.is_younger; });
        return out;
    }

    /// Calls `visit(field)` for each of them in order.
    template <class Visit>
    void for_each(Visit&& visit) const {
        std::size_t at = 0;
        for_each_field<Row>([&](const auto& field) {
            if (is_written_[at++]) visit(field);
        });
    }

  private:
    std::array<bool, std::tuple_size_v<std::remove_cvref_t<decltype(Table<Row>::fields)>>> is_written_{};
};

/// A kind of row that has a table.
template <class Row>
concept TableRow = requires {
    Table<Row>::name;
    Table<Row>::fields;
};

}  // namespace countyplan
