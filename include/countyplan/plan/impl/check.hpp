// How a draft is checked.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include <countyplan/plan/check.hpp>
#include <countyplan/plan/messages.hpp>
#include <countyplan/plan/value_text.hpp>

namespace countyplan {

namespace detail {

/// The ids of one kind of thing and where each stands first.
using IdsOfNoun = std::map<Noun, std::map<std::string, Place, std::less<>>>;

template <class Row>
constexpr Noun noun_of() {
    if constexpr (std::same_as<Row, County>) return Noun::county;
    if constexpr (std::same_as<Row, Sender>) return Noun::sender;
    if constexpr (std::same_as<Row, School>) return Noun::school;
    if constexpr (std::same_as<Row, Post>) return Noun::post;
    if constexpr (std::same_as<Row, Expert>) return Noun::expert;
    if constexpr (std::same_as<Row, Teacher>) return Noun::teacher;
    if constexpr (std::same_as<Row, Goal>) return Noun::goal;
    if constexpr (std::same_as<Row, Indicator>) return Noun::indicator;
    if constexpr (std::same_as<Row, Task>) return Noun::task;
    return Noun::plan;
}

template <class Rows>
void check_keys(const Rows& rows, std::map<std::string, Place, std::less<>>& ids, Findings& out) {
    using Row = typename Rows::value_type;
    for (const auto id : rows.ids()) {
        for_each_field<Row>([&](const auto& field) {
            if (field.use != FieldUse::key) return;
            const std::string key = value_text(rows[id].*field.member);
            Place place{std::string(Table<Row>::name), id.value(), std::string(field.name)};
            if (key.empty()) {
                out.push_back({Severity::error, {message::required_field}, place, {}, {}, {}, {}, {}});
                return;
            }
            const auto [known, is_new] = ids.try_emplace(key, place);
            if (!is_new) {
                out.push_back({Severity::error,
                               {message::duplicate_id, {key, to_text(known->second)}},
                               place,
                               {},
                               key,
                               {},
                               {},
                               {}});
            }
        });
    }
}

template <class Rows>
void check_references(const Rows& rows, const IdsOfNoun& ids, Findings& out) {
    using Row = typename Rows::value_type;
    for (const auto id : rows.ids()) {
        for_each_field<Row>([&](const auto& field) {
            if (field.use != FieldUse::reference) return;
            const std::string key = value_text(rows[id].*field.member);
            const Place place{std::string(Table<Row>::name), id.value(), std::string(field.name)};
            if (key.empty()) {
                if (!field.may_be_empty) {
                    out.push_back({Severity::error, {message::required_field}, place, {}, {}, {}, {}, {}});
                }
                return;
            }
            if (!ids.at(field.refers_to).contains(key)) {
                out.push_back({Severity::error,
                               {message::unknown_reference, {key, word(field.refers_to)}},
                               place,
                               {},
                               key,
                               {},
                               {},
                               {}});
            }
        });
    }
}

}  // namespace detail

inline Findings check(const Draft& draft) {
    Findings out;
    detail::IdsOfNoun ids;
    for_each_table(draft, [&](const auto& rows) {
        using Row = typename std::remove_cvref_t<decltype(rows)>::value_type;
        if constexpr (std::same_as<Row, Fact>) {
            std::map<std::string, Place, std::less<>> facts;
            detail::check_keys(rows, facts, out);
        } else if constexpr (detail::noun_of<Row>() != Noun::plan) {
            detail::check_keys(rows, ids[detail::noun_of<Row>()], out);
        }
    });
    for_each_table(draft, [&](const auto& rows) { detail::check_references(rows, ids, out); });
    return out;
}

}  // namespace countyplan
