// How is the value of a field written, the one canonical way?
#pragma once

#include <concepts>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <countyplan/plan/table.hpp>
#include <countyplan/scalar/code.hpp>
#include <countyplan/scalar/day.hpp>
#include <countyplan/scalar/money.hpp>
#include <countyplan/scalar/number.hpp>

namespace countyplan {

/// The canonical text of a field's value: ISO dates, `true|false`, yuan with two decimals, shortest
/// decimals otherwise, names of enumerators, lists joined by `;`, nothing for an unset value.
[[nodiscard]] inline std::string value_text(const std::string& value) { return value; }
[[nodiscard]] inline std::string value_text(bool value) { return value ? "true" : "false"; }
template <NamedEnum E>
[[nodiscard]] std::string value_text(E value) {
    return std::string(name(value));
}
template <class T>
    requires(!std::same_as<T, bool> && !NamedEnum<T> && requires(const T& value) { to_text(value); })
[[nodiscard]] std::string value_text(const T& value) { return to_text(value); }
template <class T>
[[nodiscard]] std::string value_text(const std::optional<T>& value) {
    return value ? value_text(*value) : std::string{};
}
template <class T>
[[nodiscard]] std::string value_text(const std::vector<T>& values) {
    std::string out;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (i != 0) out += ';';
        out += value_text(values[i]);
    }
    return out;
}

/// `text` made safe to show: control, bidirectional and invisible characters and broken UTF-8 become
/// `\n`, `\xNN` or `\u{NNNN}`; cut to 80 characters, never inside one, and then ended by `…`.
[[nodiscard]] std::string shown_text(std::string_view text);

}  // namespace countyplan

#include <countyplan/plan/impl/text_form.hpp>
