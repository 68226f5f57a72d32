// How do the plain structs of the solvers, arrays and all, become Python objects and come back?
#pragma once

#include <pybind11/numpy.h>
#include <pybind11/pybind11.h>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "convert.hpp"

namespace countyplan {

/// One field of a struct that Python sees.
template <class Struct, class Member>
struct ShownField {
    const char* name;
    Member Struct::*member;
};

template <class Struct, class Member>
[[nodiscard]] constexpr ShownField<Struct, Member> shown(const char* name, Member Struct::*member) {
    return {name, member};
}

/// Specialised for every struct that Python sees: `members`, a tuple of what `shown` makes.
template <class Struct>
struct ShownFields;

template <class T>
concept HasShownFields = requires {
    ShownFields<T>::members;
};

namespace detail {

template <class T>
inline constexpr bool is_shown_vector = false;
template <class T>
inline constexpr bool is_shown_vector<std::vector<T>> = true;
template <class T>
inline constexpr bool is_shown_variant = false;
template <class... T>
inline constexpr bool is_shown_variant<std::variant<T...>> = true;
template <class T>
inline constexpr bool is_shown_optional = false;
template <class T>
inline constexpr bool is_shown_optional<std::optional<T>> = true;

template <class T>
inline constexpr bool is_number = std::is_arithmetic_v<T> && !std::same_as<T, bool>;

}  // namespace detail

/// A view of the numbers that cannot be written to and keeps `owner` alive; a fresh array where there are none.
template <class T>
[[nodiscard]] py::object array_view(const std::vector<T>& values, const py::handle& owner) {
    py::array_t<T> out(static_cast<py::ssize_t>(values.size()), values.data(), values.empty() ? py::handle() : owner);
    out.attr("setflags")(py::arg("write") = false);
    return out;
}

/// The value for Python; arrays and structs in it point into `owner` and keep it alive.
template <class T>
[[nodiscard]] py::object shown_value(const T& value, const py::handle& owner) {
    if constexpr (detail::is_shown_vector<T>) {
        using Entry = typename T::value_type;
        if constexpr (detail::is_number<Entry>) {
            return array_view(value, owner);
        } else {
            py::tuple out(value.size());
            for (std::size_t i = 0; i < value.size(); ++i)
                out[i] = shown_value(value[i], owner);
            return out;
        }
    } else if constexpr (detail::is_shown_variant<T>) {
        return std::visit([&](const auto& one) { return shown_value(one, owner); }, value);
    } else if constexpr (detail::is_shown_optional<T>) {
        return value ? shown_value(*value, owner) : py::none();
    } else if constexpr (std::same_as<T, std::monostate>) {
        return py::none();
    } else if constexpr (HasShownFields<T>) {
        return py::cast(value, py::return_value_policy::reference_internal, owner);
    } else {
        return to_python(value);
    }
}

template <class T>
[[nodiscard]] constexpr const char* type_name() {
    if constexpr (std::same_as<T, double>)
        return "float64";
    else if constexpr (sizeof(T) == 4)
        return std::is_signed_v<T> ? "int32" : "uint32";
    else
        return std::is_signed_v<T> ? "int64" : "uint64";
}

template <class T>
void take(T& value, const py::handle& given, const std::string& name);

/// The first alternative that fits: None for nothing, else the struct of that class.
template <std::size_t at = 0, class... T>
void take_alternative(std::variant<T...>& value, const py::handle& given, const std::string& name) {
    if constexpr (at == sizeof...(T)) {
        throw py::type_error(name + " cannot be of type " + std::string(py::str(py::type::of(given).attr("__name__"))));
    } else {
        using One = std::variant_alternative_t<at, std::variant<T...>>;
        bool fits = false;
        if constexpr (std::same_as<One, std::monostate>) {
            fits = given.is_none();
        } else {
            fits = py::isinstance<One>(given);
        }
        if (!fits) return take_alternative<at + 1>(value, given, name);
        One one{};
        if constexpr (!std::same_as<One, std::monostate>) take(one, given, name);
        value = std::move(one);
    }
}

/// Sets a value from what a caller gave; TypeError, ValueError or OverflowError name the field.
template <class T>
void take(T& value, const py::handle& given, const std::string& name) {
    if constexpr (detail::is_shown_vector<T>) {
        using Entry = typename T::value_type;
        if constexpr (detail::is_number<Entry>) {
            const auto array = py::array_t<Entry, py::array::c_style>(
                py::reinterpret_borrow<py::object>(exact("array", given, name, type_name<Entry>())));
            value.assign(array.data(), array.data() + array.size());
        } else {
            if (!py::isinstance<py::tuple>(given) && !py::isinstance<py::list>(given))
                throw py::type_error(name + " must be a tuple");
            value.clear();
            for (const py::handle one : given) {
                value.emplace_back();
                take(value.back(), one, name + "[" + std::to_string(value.size() - 1) + "]");
            }
        }
    } else if constexpr (detail::is_shown_variant<T>) {
        take_alternative(value, given, name);
    } else if constexpr (detail::is_shown_optional<T>) {
        if (given.is_none()) {
            value.reset();
        } else {
            take(value.emplace(), given, name);
        }
    } else if constexpr (HasShownFields<T>) {
        if (!py::isinstance<T>(given)) {
            throw py::type_error(name + " must be a " + std::string(py::str(py::type::of<T>().attr("__name__"))));
        }
        value = given.cast<const T&>();
    } else if constexpr (std::same_as<T, Int128>) {
        value = *parse_int128(exact("wide", given, name, "").cast<std::string>());
    } else if constexpr (std::same_as<T, bool>) {
        value = exact("truth", given, name, "").cast<bool>();
    } else if constexpr (NamedEnum<T>) {
        value = enumerator_from<T>(exact("word", given, name, "").cast<std::string>());
    } else {
        value = exact("number", given, name, type_name<T>()).template cast<T>();
    }
}

/// Binds a struct: keyword-only constructor, read-only fields, equality, copying, pickling, a short `repr`.
template <class Struct>
py::class_<Struct> bind_struct(py::module_& module, const char* name) {
    py::class_<Struct> bound(module, name);
    const auto names = [] {
        return std::apply([](const auto&... field) { return py::make_tuple(field.name...); },
                          ShownFields<Struct>::members);
    };
    bound.def(py::init([names](const py::kwargs& given) {
        (void)exact("fields", given, std::string(py::str(py::type::of<Struct>().attr("__name__"))), "");
        Struct made{};
        std::apply(
            [&](const auto&... field) {
                ((given.contains(field.name) ? take(made.*field.member, given[field.name], field.name) : void()), ...);
            },
            ShownFields<Struct>::members);
        return made;
    }));
    std::apply(
        [&](const auto&... field) {
            (bound.def_property_readonly(field.name,
                                         [member = field.member](const py::object& self) {
                                             return shown_value(self.cast<const Struct&>().*member, self);
                                         }),
             ...);
        },
        ShownFields<Struct>::members);
    bound.attr("_fields") = names();
    bound.def(
        "__eq__", [](const Struct& a, const Struct& b) { return a == b; }, py::is_operator());
    bound.attr("__hash__") = py::none();
    bound.def("__copy__", [](const Struct& value) { return value; });
    bound.def("__deepcopy__", [](const Struct& value, const py::dict&) { return value; });
    bound.def("__reduce__",
              [](const py::object& self) { return py::module_::import("countyplan._arrays").attr("reduced")(self); });
    bound.def("__repr__", [](const py::object& self) {
        return py::module_::import("countyplan._arrays").attr("represented")(self);
    });
    return bound;
}

}  // namespace countyplan
