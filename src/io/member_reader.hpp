// How are the members of a document of ours read, each complaint with its pointer?
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <countyplan/io/json.hpp>
#include <countyplan/io/problem_messages.hpp>
#include <countyplan/io/table_messages.hpp>
#include <countyplan/plan/fingerprint.hpp>
#include <countyplan/solve/proof/int128.hpp>

#include "cell.hpp"
#include "finding_list.hpp"
#include "json_kind.hpp"

namespace countyplan::detail {

/// Reads members of one document; every complaint is a finding with its pointer.
class MemberReader {
  public:
    MemberReader(std::string file, FindingList& findings) : file_(std::move(file)), findings_(findings) {}

    [[nodiscard]] bool full() const { return findings_.full(); }

    void complain(const JsonValue& value, Message what, Message expected = {}, Message remedy = {}) {
        if (!findings_.takes(Severity::error)) return findings_.leave_out();  // a pointer costs a walk
        Flaw flaw = value.flaw(std::move(what));
        findings_.add({.severity = Severity::error,
                       .message = flaw.message,
                       .value = flaw.value,
                       .expected = std::move(expected),
                       .remedy = std::move(remedy),
                       .source = {file_, flaw.position.line, flaw.position.column, flaw.pointer}});
    }

    [[nodiscard]] std::optional<JsonValue> member(const JsonValue& object, std::string_view key) {
        auto found = object.find(key);
        if (!found) complain(object, {message::missing_member, {key}});
        return found;
    }

    /// Whether the value is of this kind.
    [[nodiscard]] bool is(const JsonValue& value, JsonKind wanted) {
        if (value.kind() == wanted) return true;
        complain(value, {message::type_mismatch, {json_kind_word(value.kind()), json_kind_word(wanted)}});
        return false;
    }

    /// A member that must be of this kind.
    [[nodiscard]] std::optional<JsonValue> member(const JsonValue& object, std::string_view key, JsonKind wanted) {
        const auto found = member(object, key);
        return found && is(*found, wanted) ? found : std::nullopt;
    }

    /// The text of a member, read as the field's type would be read from a cell; a truth.
    template <class T>
    void value(const JsonValue& object, std::string_view key, T& out) {
        constexpr bool is_truth = std::same_as<T, bool>;
        const auto found = member(object, key, is_truth ? JsonKind::boolean : JsonKind::text);
        if (!found) return;
        if constexpr (is_truth) {
            out = *found->boolean();
        } else if (auto problem = read_cell(found->text(), out)) {
            complain(*found, {*problem->what, {excerpt(found->text())}}, std::move(problem->expected));
        }
    }

    void integer(const JsonValue& value, std::int64_t& out, std::int64_t low = std::numeric_limits<std::int64_t>::min(),
                 std::int64_t high = std::numeric_limits<std::int64_t>::max()) {
        if (value.kind() != JsonKind::decimal && !is(value, JsonKind::integer)) return;
        const auto number = value.integer();
        if (number && *number >= low && *number <= high) {
            out = *number;
        } else {
            complain(value, {message::number_range, {excerpt(value.text())}},
                     {message::expect_range, {to_text(low), to_text(high)}});
        }
    }

    void exact(const JsonValue& value, Int128& out) {
        const auto number = value.kind() == JsonKind::integer ? parse_int128(value.text()) : std::nullopt;
        if (number) {
            out = *number;
        } else {
            complain(value, {message::number_range, {excerpt(value.text())}}, {message::expect_integer});
        }
    }

    /// A fingerprint as `to_text` writes it.
    void fingerprint(const JsonValue& object, std::string_view key, Fingerprint& out) {
        const auto found = member(object, key, JsonKind::text);
        if (!found) return;
        Fingerprint read;
        std::size_t digits = 0;
        for (const char c : found->text()) {
            const int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
            if (digit < 0 || digits == 32) continue;
            auto& byte = read.bytes[digits / 2];
            byte = static_cast<std::uint8_t>(byte * 16 + digit);
            ++digits;
        }
        if (to_text(read) != found->text()) {
            complain(*found, {message::fingerprint_format, {excerpt(found->text())}});
        } else {
            out = read;
        }
    }

    /// Whether the document is of this format, in the version that is read here.
    [[nodiscard]] bool is_format(const JsonValue& root, std::string_view format, std::int64_t version) {
        if (!is(root, JsonKind::object)) return false;
        const auto stated = member(root, "format");
        const auto stated_version = member(root, "format_version");
        if (!stated || !stated_version) return false;
        if (stated->text() != format) {
            complain(*stated, {message::wrong_format, {excerpt(stated->text()), format}});
            return false;
        }
        const auto number = stated_version->integer();
        if (number != version) {
            const MessageText& why = number && *number < version ? message::older_format : message::newer_format;
            complain(*stated_version, {why, {excerpt(stated_version->text()), to_text(version)}});
            return false;
        }
        return true;
    }

  private:
    std::string file_;
    FindingList& findings_;
};

}  // namespace countyplan::detail
