// What is an enumerator called in files, in Python and in sentences?
#pragma once

#include <cstddef>
#include <iterator>
#include <optional>
#include <string_view>
#include <type_traits>

#include <countyplan/scalar/message.hpp>

namespace countyplan {

/// Specialised beside each enumeration: `static constexpr MessageText words[]`, one row per
/// enumerator in order (values 0, 1, 2 …). The row's code is the name used in CSV, JSON and Python.
template <class E>
struct Enumerators;

/// An enumeration that has its table of words.
template <class E>
concept NamedEnum = std::is_enum_v<E> && requires {
    Enumerators<E>::words[0].code;
};

template <NamedEnum E>
inline constexpr std::size_t enumerator_count = std::size(Enumerators<E>::words);

/// The word for `value`. `value` must be a declared enumerator.
template <NamedEnum E>
[[nodiscard]] constexpr const MessageText& word(E value) {
    return Enumerators<E>::words[static_cast<std::size_t>(value)];
}

/// The name of `value` in files and in Python.
template <NamedEnum E>
[[nodiscard]] constexpr std::string_view name(E value) {
    return word(value).code;
}

/// The enumerator of that name, if there is one. Names are compared bytewise.
template <NamedEnum E>
[[nodiscard]] constexpr std::optional<E> enumerator(std::string_view text) {
    for (std::size_t i = 0; i < enumerator_count<E>; ++i) {
        if (Enumerators<E>::words[i].code == text) return static_cast<E>(i);
    }
    return std::nullopt;
}

}  // namespace countyplan
