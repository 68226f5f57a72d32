// Whether every single field is written as it should be: ids, texts, enumerators, days, numbers.
#pragma once

#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>
#include <vector>

#include <countyplan/plan/impl/draft_check.hpp>

namespace countyplan {

namespace detail {

inline constexpr std::size_t longest_id = 256;
inline constexpr std::size_t longest_name = 1024;
inline constexpr std::size_t longest_text = 1 << 20;

/// Whether a text is short and printable ASCII throughout: nothing can be wrong about it.
inline bool is_plain(std::string_view text) {
    return text.size() <= longest_id && std::ranges::all_of(text, [](char c) { return c >= 0x20 && c < 0x7F; });
}

/// UTF-8, no control characters (line breaks and tabs are let pass in long texts), not too long.
inline void check_text(DraftCheck& check, const Place& place, std::string_view text, bool is_name) {
    const std::size_t limit = is_name ? longest_name : longest_text;
    if (text.size() > limit) {
        check.error(place, {message::text_too_long, {std::to_string(text.size()), std::to_string(limit)}}, text,
                    {message::expect_at_most, {std::to_string(limit)}}, {message::fix_shorten});
    }
    bool invisible_seen = false;
    for (std::size_t at = 0; at < text.size();) {
        const CodePoint c = first_code_point(text.substr(at));
        if (c.size == 0) {
            check.error(place, {message::text_not_utf8, {std::to_string(at)}}, text.substr(at),
                        {message::expect_plain_text});
            return;
        }
        const bool is_break = c.value == '\n' || c.value == '\r' || c.value == '\t';
        if (is_control(c.value) && (is_name || !is_break)) {
            check.error(place, {message::control_character, {std::to_string(at), hexadecimal(c.value, 4)}}, text,
                        {message::expect_plain_text}, {message::fix_remove_character});
            return;
        }
        if (is_invisible(c.value) && !invisible_seen) {
            invisible_seen = true;
            check.warning(place, {message::invisible_character, {std::to_string(at), hexadecimal(c.value, 4)}}, text,
                          {message::expect_plain_text}, {message::fix_remove_character});
        }
        at += c.size;
    }
}

/// A short word that may stand in a list.
inline void check_word(DraftCheck& check, const Place& place, std::string_view text) {
    bool sound = !text.empty() && text.size() <= longest_name;
    for (std::size_t at = 0; sound && at < text.size();) {
        const CodePoint c = first_code_point(text.substr(at));
        sound = c.size != 0 && c.value != ';' && c.value != ' ' && c.value != 0x3000 && !is_control(c.value) &&
                !is_invisible(c.value);
        at += std::max<std::size_t>(c.size, 1);
    }
    if (!sound) {
        check.error(place, {message::word_format, {shown_text(text)}}, text, {message::expect_word});
    }
}

inline void check_id(DraftCheck& check, const Place& place, std::string_view id) {
    if (id.empty()) {
        check.error(place, {message::required_field}, {}, {message::expect_id}, {message::fix_fill_in});
    } else if (id.size() > longest_id) {
        check.error(place, {message::text_too_long, {std::to_string(id.size()), std::to_string(longest_id)}}, id,
                    {message::expect_id}, {message::fix_shorten});
    } else if (!is_id(id)) {
        check.error(place, {message::id_format, {shown_text(id)}}, id, {message::expect_id});
    }
}

template <NamedEnum E>
std::string all_names() {
    std::string out;
    for (const MessageText& row : Enumerators<E>::words)
        out += (out.empty() ? "" : ", ") + std::string(row.code);
    return out;
}

template <NamedEnum E>
void check_value(DraftCheck& check, const Place& place, E value) {
    if (static_cast<std::size_t>(value) < enumerator_count<E>) return;
    const std::string number = std::to_string(static_cast<long long>(value));
    check.error(place, {message::unknown_enumerator, {number}}, number, {message::expect_one_of, {all_names<E>()}});
}
inline void check_value(DraftCheck& check, const Place& place, Day day) {
    if (day >= first_day && day <= last_day) return;
    check.error(place, {message::day_out_of_range}, std::to_string(day.number()),
                {message::expect_between, {to_text(first_day), to_text(last_day)}});
}
inline void check_value(DraftCheck& check, const Place& place, double value) {
    if (std::isfinite(value)) return;
    check.error(place, {message::number_not_finite}, to_text(value), {message::expect_finite});
}
inline void check_value(DraftCheck& check, const Place& place, const std::string& text) {
    if (!text.empty()) check_word(check, place, text);
}
inline void check_value(DraftCheck&, const Place&, bool) {}
inline void check_value(DraftCheck&, const Place&, std::int64_t) {}
inline void check_value(DraftCheck&, const Place&, Code) {}
inline void check_value(DraftCheck&, const Place&, Money) {}
inline void check_value(DraftCheck&, const Place&, WorkDays) {}
template <class T>
void check_value(DraftCheck& check, const Place& place, const std::optional<T>& value) {
    if (value) check_value(check, place, *value);
}
template <class T>
void check_value(DraftCheck& check, const Place& place, const std::vector<T>& values) {
    for (const T& value : values) {
        if constexpr (std::same_as<T, std::string>) {
            check_word(check, place, value);
        } else {
            check_value(check, place, value);
        }
    }
}

template <class T>
bool is_unset(const T& value) {
    if constexpr (requires { value.empty(); }) return value.empty();
    if constexpr (std::same_as<T, Code>) return !value;
    return false;
}

/// Everything that one field alone can do wrong.
template <class Rows>
void check_fields(DraftCheck& check, const Rows& rows) {
    using Row = typename Rows::value_type;
    for (const auto id : rows.ids()) {
        for_each_field<Row>([&](const auto& field) {
            const auto& value = rows[id].*field.member;
            using Value = std::remove_cvref_t<decltype(value)>;
            if (field.use == FieldUse::text) {
                if constexpr (std::same_as<Value, std::string>) {
                    if (is_plain(value)) return;
                    check_text(check, place_of(id, field.name), value, !std::same_as<Row, Fact>);
                }
                return;
            }
            if (is_unset(value)) {
                if (field.may_be_empty || requires { value.has_value(); }) return;
                check.error(place_of(id, field.name), {message::required_field}, {}, {}, {message::fix_fill_in});
                return;
            }
            if (field.use == FieldUse::reference) return;
            if constexpr (std::same_as<Value, Day>) {
                if (value >= first_day && value <= last_day) return;
            }
            if constexpr (std::same_as<Value, std::string>) {
                const bool is_id_field = field.use == FieldUse::key || field.name == "subject" || field.name == "field";
                if (is_id_field && value.size() <= longest_id && is_id(value)) return;
                if (field.use == FieldUse::key) {
                    check_id(check, place_of(id, field.name), value);
                    return;
                }
                // These name rows, so that a wrong one is unknown.
                if (field.name == "receiver" || field.name == "scope" || field.name == "retracts") return;
                if (field.name == "subject" || field.name == "field") {
                    check_id(check, place_of(id, field.name), value);
                    return;
                }
            }
            if constexpr (std::same_as<Value, std::vector<std::string>>) {
                if (field.name == "subjects") {
                    for (const std::string& subject : value)
                        check_id(check, place_of(id, field.name), subject);
                    return;
                }
            }
            // References are looked at where they are followed.
            if constexpr (!std::same_as<Value, std::vector<Reference>> && !std::same_as<Value, Reference>) {
                check_value(check, place_of(id, field.name), value);
            }
        });
    }
}

/// Ids used twice, used by things of two kinds, and ids that people would read as the same.
inline void check_keys(DraftCheck& check) {
    struct Use {
        std::string_view key;
        std::size_t table;
        std::size_t row;
        Noun noun;
        std::string_view table_name;
        auto operator<=>(const Use&) const = default;
    };
    std::vector<Use> all;
    std::size_t table = 0;
    for_each_table(check.draft, [&](const auto& rows) {
        using Row = typename std::remove_cvref_t<decltype(rows)>::value_type;
        ++table;
        constexpr bool is_fact = std::same_as<Row, Fact>;
        // has ids, but nothing refers to them
        constexpr bool is_apart =
            std::same_as<Row, Quota> || std::same_as<Row, Decision> || std::same_as<Row, Coupling>;
        if constexpr (is_fact || is_apart || noun_of<Row>() != Noun::plan) {
            KeyIndex apart;
            if constexpr (is_apart) apart = KeyIndex(rows);
            const KeyIndex& keys = is_apart ? apart : is_fact ? check.index.facts() : check.index.of(noun_of<Row>());
            constexpr std::string_view field = std::same_as<Row, County> ? "code" : "id";
            const auto& entries = keys.entries();
            std::vector<std::pair<std::string, std::size_t>> alike;  // how people read it, first row
            for (std::size_t i = 0, first = 0; i < entries.size(); ++i) {
                const auto& [key, row] = entries[i];
                if (entries[first].first == key && i != first) {
                    check.error(place_of(Id<Row>(row), field),
                                {message::duplicate_id,
                                 {shown_text(key), to_text(place_of(Id<Row>(entries[first].second), field))}},
                                key, {message::expect_unique}, {message::fix_rename});
                    continue;
                }
                first = i;
                if (key.size() <= longest_id) alike.emplace_back(folded(key), row);
                if constexpr (!is_fact && !is_apart) all.push_back({key, table, row, noun_of<Row>(), Table<Row>::name});
            }
            if (!std::is_sorted(alike.begin(), alike.end())) std::sort(alike.begin(), alike.end());
            for (std::size_t i = 1, first = 0; i < alike.size(); ++i) {
                if (alike[i].first != alike[first].first) {
                    first = i;
                    continue;
                }
                const auto member = std::get<0>(Table<Row>::fields).member;
                const std::string mine = value_text(rows.rows()[alike[i].second].*member);
                const std::string other = value_text(rows.rows()[alike[first].second].*member);
                check.warning(
                    place_of(Id<Row>(alike[i].second), field),
                    {message::confusable_id,
                     {shown_text(mine), shown_text(other), to_text(place_of(Id<Row>(alike[first].second), field))}},
                    mine, {message::expect_unique}, {message::fix_rename});
            }
        }
    });
    std::sort(all.begin(), all.end());
    for (std::size_t i = 1, first = 0; i < all.size(); ++i) {
        if (all[i].key != all[first].key) {
            first = i;
            continue;
        }
        const auto place = [](const Use& use) {
            return Place{std::string(use.table_name), use.row, use.noun == Noun::county ? "code" : "id"};
        };
        check.warning(place(all[i]),
                      {message::shared_id, {shown_text(all[i].key), word(all[first].noun), to_text(place(all[first]))}},
                      all[i].key, {message::expect_unique}, {message::fix_rename});
    }
    for (const Id<School> id : check.draft.schools.ids()) {
        const std::string& key = check.draft.schools[id].id;
        if (Code::parse(key)) {
            check.error(place_of(id, "id"), {message::school_id_is_code, {shown_text(key)}}, key, {message::expect_id},
                        {message::fix_rename});
        }
    }
}

}  // namespace detail

}  // namespace countyplan
