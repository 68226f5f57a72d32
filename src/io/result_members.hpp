// How are the members that a result's files share written and read?
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <countyplan/allocate/objective.hpp>
#include <countyplan/io/flaw.hpp>
#include <countyplan/io/json.hpp>
#include <countyplan/io/messages.hpp>
#include <countyplan/io/table_messages.hpp>
#include <countyplan/plan/rule.hpp>

#include "member_reader.hpp"

namespace countyplan::detail {

inline void write_numbers(JsonWriter& writer, std::span<const std::int64_t> numbers) {
    writer.begin_array();
    for (const std::int64_t number : numbers)
        writer.integer(number);
    writer.end_array();
}

inline void write_prices(JsonWriter& writer, std::span<const SetPrice> prices) {
    writer.key("prices").begin_array();
    for (const SetPrice& price : prices) {
        writer.begin_object();
        writer.key("set").text(price.set);
        writer.key("value");
        write_numbers(writer, price.value);
        writer.end_object();
    }
    writer.end_array();
}

/// Members that are not among these are refused.
inline void refuse_others(MemberReader& reader, const JsonValue& object,
                          std::initializer_list<std::string_view> known) {
    for (const JsonValue member : object) {
        if (std::ranges::count(known, member.key()) > 0) continue;
        reader.complain(member, {message::unknown_member, {excerpt(member.key())}});
    }
}

/// Whole numbers, as many as `width` where that is known.
inline void read_numbers(MemberReader& reader, const JsonValue& value, std::optional<std::size_t> width,
                         std::vector<std::int64_t>& out) {
    if (!reader.is(value, JsonKind::array)) return;
    if (width && value.size() != *width) {
        reader.complain(value, {message::price_shape, {std::to_string(*width)}});
        return;
    }
    for (const JsonValue number : value)
        reader.integer(number, out.emplace_back());
}

/// A count, 0 or more.
inline void read_count(MemberReader& reader, const JsonValue& object, std::string_view key, std::int64_t& out) {
    if (const auto value = reader.member(object, key)) reader.integer(*value, out, 0);
}

/// A sentence, kept as its words.
inline void read_message(MemberReader& reader, const JsonValue& object, Message& out) {
    const auto reason = reader.member(object, "reason", JsonKind::object);
    if (!reason) return;
    std::string code;
    std::string zh;
    std::string en;
    reader.value(*reason, "code", code);
    reader.value(*reason, "zh", zh);
    reader.value(*reason, "en", en);
    refuse_others(reader, *reason, {"code", "zh", "en"});
    out = {message::stored_text, {MessageArgument(std::move(zh), std::move(en))}};
}

/// The elements of a member that is an array, each by `read(element, value)`.
template <class T, class Read>
void read_list(MemberReader& reader, const JsonValue& root, std::string_view key, std::vector<T>& out, Read&& read) {
    const auto list = reader.member(root, key, JsonKind::array);
    if (!list) return;
    for (const JsonValue entry : *list)
        read(entry, out.emplace_back());
}

/// A list of tiers by name.
inline void read_order(MemberReader& reader, const JsonValue& list, Objective& out) {
    for (const JsonValue tier : list) {
        if (const auto known = enumerator<Tier>(tier.text())) {
            out.push_back(*known);
        } else {
            reader.complain(tier, {message::unknown_member, {excerpt(tier.text())}});
        }
    }
}

inline void read_prices(MemberReader& reader, const JsonValue& root, std::size_t width, std::vector<SetPrice>& out) {
    read_list(reader, root, "prices", out, [&](const JsonValue& entry, SetPrice& price) {
        if (!reader.is(entry, JsonKind::object)) return;
        reader.value(entry, "set", price.set);
        if (const auto value = reader.member(entry, "value")) read_numbers(reader, *value, width, price.value);
        refuse_others(reader, entry, {"set", "value"});
    });
}

}  // namespace countyplan::detail
