// How does one field of many rows become a column that pandas takes without a loop over rows?
#pragma once

#include <pybind11/numpy.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <ranges>
#include <string>
#include <type_traits>
#include <unordered_map>
#include <utility>
#include <vector>

#include "convert.hpp"

namespace countyplan {

namespace detail {

template <class T>
struct Unwrapped {
    using type = T;
    static constexpr bool optional = false;
};
template <class T>
struct Unwrapped<std::optional<T>> {
    using type = T;
    static constexpr bool optional = true;
};

template <class T>
inline constexpr bool is_whole_number = (std::integral<T> && !std::same_as<T, bool>) || std::same_as<T, WorkDays>;

template <class T>
std::int64_t whole_number(const T& value) {
    if constexpr (std::same_as<T, WorkDays>)
        return value.count();
    else
        return static_cast<std::int64_t>(value);
}

/// An array with `size` elements, filled by `at(i)`.
template <class T, class At>
py::array filled(std::size_t size, At&& at) {
    py::array_t<T> out(static_cast<py::ssize_t>(size));
    T* const data = out.mutable_data();
    for (std::size_t i = 0; i < size; ++i)
        data[i] = at(i);
    return out;
}

/// Python objects of values, made once for those that come again and again, such as the schools of posts.
template <class T>
class SameObjects {
  public:
    template <class Given>
    [[nodiscard]] py::object of(const Given& value) {
        if constexpr (std::same_as<Given, std::string> || std::same_as<Given, std::vector<std::string>>) {
            if (!is_worth_it_) return to_python(value);
            ++asked_;
            const auto place = made_.find(value);
            if (place != made_.end()) return place->second;
            py::object out = to_python(value);
            made_.emplace(value, out);
            is_worth_it_ = made_.size() < few || 2 * made_.size() < asked_;
            return out;
        } else {
            return to_python(value);
        }
    }

  private:
    static constexpr std::size_t few = 4096;

    struct Hash {
        std::size_t operator()(const std::string& text) const { return std::hash<std::string>{}(text); }
        template <class Each>
        std::size_t operator()(const std::vector<Each>& values) const {
            std::size_t out = values.size();
            for (const Each& value : values)
                out = 31 * out + (*this)(value);
            return out;
        }
    };
    static constexpr bool is_text = std::same_as<T, std::string> || std::same_as<T, std::vector<std::string>>;

    std::unordered_map<std::conditional_t<is_text, T, std::string>, py::object, Hash> made_;
    std::size_t asked_ = 0;
    bool is_worth_it_ = true;
};

/// The categories of an enumeration, as names.
template <NamedEnum E>
py::tuple words_of() {
    py::tuple out(enumerator_count<E>);
    for (std::size_t i = 0; i < enumerator_count<E>; ++i)
        out[i] = to_python(Enumerators<E>::words[i].code);
    return out;
}

}  // namespace detail

/// (name, kind, values, more) for `_frames.frame`, of `value(row)` for each row. Kinds: `plain` (an array of
/// int64, float64 with NaN for unset, or bool), `integer` and `boolean` (an array and a mask of unset ones), `date`
/// (days since 1970-01-01, the least number for unset), `word` (positions in the tuple of names, -1 for unset),
/// `object`.
template <std::ranges::random_access_range Rows, class Value>
[[nodiscard]] py::tuple column(std::string_view name, const Rows& rows, Value value) {
    using Given = std::remove_cvref_t<std::invoke_result_t<Value&, std::ranges::range_reference_t<const Rows>>>;
    using T = typename detail::Unwrapped<Given>::type;
    constexpr bool optional = detail::Unwrapped<Given>::optional;
    const auto size = static_cast<std::size_t>(std::ranges::size(rows));
    const auto at = [&](std::size_t i) -> decltype(auto) {
        return value(*(std::ranges::begin(rows) + static_cast<std::ptrdiff_t>(i)));
    };
    const auto done = [&](const char* kind, py::object values, py::object more = py::none()) {
        return py::make_tuple(to_python(name), kind, std::move(values), std::move(more));
    };
    // `get(i, empty, convert)`: the converted value, or what stands for an unset one.
    const auto get = [&](std::size_t i, auto empty, auto convert) {
        const Given given = at(i);
        if constexpr (optional) {
            return given ? convert(*given) : empty;
        } else {
            return convert(given);
        }
    };
    if constexpr (std::same_as<T, bool>) {
        auto truths =
            detail::filled<bool>(size, [&](std::size_t i) { return get(i, false, [](bool v) { return v; }); });
        if constexpr (!optional)
            return done("plain", std::move(truths));
        else
            return done("boolean", std::move(truths),
                        detail::filled<bool>(size, [&](std::size_t i) { return !at(i).has_value(); }));
    } else if constexpr (detail::is_whole_number<T>) {
        auto numbers = detail::filled<std::int64_t>(size, [&](std::size_t i) {
            return get(i, std::int64_t{0}, [](const T& v) { return detail::whole_number(v); });
        });
        if constexpr (!optional)
            return done("plain", std::move(numbers));
        else
            return done("integer", std::move(numbers),
                        detail::filled<bool>(size, [&](std::size_t i) { return !at(i).has_value(); }));
    } else if constexpr (std::same_as<T, double>) {
        return done("plain", detail::filled<double>(size, [&](std::size_t i) {
                        return get(i, std::numeric_limits<double>::quiet_NaN(), [](double v) { return v; });
                    }));
    } else if constexpr (std::same_as<T, Day>) {
        return done("date", detail::filled<std::int64_t>(size, [&](std::size_t i) {
                        return get(i, std::numeric_limits<std::int64_t>::min(),
                                   [](Day v) { return std::int64_t{v.number()}; });
                    }));
    } else if constexpr (NamedEnum<T>) {
        return done("word",
                    detail::filled<std::int32_t>(size,
                                                 [&](std::size_t i) {
                                                     return get(i, std::int32_t{-1},
                                                                [](T v) { return static_cast<std::int32_t>(v); });
                                                 }),
                    detail::words_of<T>());
    } else {
        py::array values(py::dtype("O"), static_cast<py::ssize_t>(size));
        auto** const data = static_cast<PyObject**>(values.mutable_data());  // all null
        detail::SameObjects<T> same;
        for (std::size_t i = 0; i < size; ++i)
            data[i] = same.of(at(i)).release().ptr();
        return done("object", std::move(values));
    }
}

/// All columns of a table of the plan.
template <class Row>
[[nodiscard]] py::list columns_of(const std::vector<Row>& rows) {
    py::list out;
    for_each_field<Row>([&](const auto& field) {
        out.append(column(
            field.name, rows, [&](const Row& row) -> const auto& { return row.*field.member; }));
    });
    return out;
}

/// What `make` makes of each value.
template <class T, class Make>
[[nodiscard]] py::tuple tuple_of(const std::vector<T>& values, const Make& make) {
    py::tuple out(values.size());
    for (std::size_t i = 0; i < values.size(); ++i)
        out[i] = make(values[i]);
    return out;
}

/// A row of a table, by the names of its columns.
template <class Row>
[[nodiscard]] py::dict dict_of(const Row& row) {
    py::dict out;
    for_each_field<Row>([&](const auto& field) { out[to_python(field.name)] = to_python(row.*field.member); });
    return out;
}

/// All rows of a table of the plan, as a list of dicts.
template <class Row>
[[nodiscard]] py::list dicts_of(const std::vector<Row>& rows) {
    py::list out(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i)
        out[i] = dict_of(rows[i]);
    return out;
}

}  // namespace countyplan
