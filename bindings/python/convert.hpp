// How does a value of countyplan become a Python object?
#pragma once

#include <pybind11/pybind11.h>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <countyplan/error.hpp>
#include <countyplan/plan/finding.hpp>
#include <countyplan/plan/fingerprint.hpp>
#include <countyplan/plan/table.hpp>
#include <countyplan/scalar/code.hpp>
#include <countyplan/scalar/day.hpp>
#include <countyplan/scalar/enumerator.hpp>
#include <countyplan/scalar/message.hpp>
#include <countyplan/scalar/money.hpp>
#include <countyplan/solve/proof/int128.hpp>

namespace countyplan {

namespace py = pybind11;

/// The package's own value classes (`countyplan._values`): plain Python, so that they pickle and compare.
[[nodiscard]] py::object value_class(const char* name);

[[nodiscard]] py::object to_python(std::string_view text);
[[nodiscard]] inline py::object to_python(const std::string& text) { return to_python(std::string_view(text)); }
[[nodiscard]] inline py::object to_python(bool value) { return py::bool_(value); }
template <std::integral T>
    requires(!std::same_as<T, bool>)
[[nodiscard]] py::object to_python(T value) { return py::int_(value); }
[[nodiscard]] inline py::object to_python(double value) { return py::float_(value); }
[[nodiscard]] inline py::object to_python(WorkDays days) { return py::int_(days.count()); }
[[nodiscard]] inline py::object to_python(Code code) { return to_python(to_text(code)); }
[[nodiscard]] inline py::object to_python(const Reference& reference) { return to_python(to_text(reference)); }
[[nodiscard]] inline py::object to_python(const Fingerprint& fingerprint) { return to_python(to_text(fingerprint)); }
/// `datetime.date`.
[[nodiscard]] py::object to_python(Day day);
/// A tuple of two dates.
[[nodiscard]] py::object to_python(const Period& period);
/// `decimal.Decimal`, yuan with two decimals.
[[nodiscard]] py::object to_python(Money money);
[[nodiscard]] py::object to_python(Int128 number);
[[nodiscard]] py::object to_python(const Message& message);
[[nodiscard]] py::object to_python(const Digests& digests);
[[nodiscard]] py::object to_python(const Finding& finding);
[[nodiscard]] py::object to_python(const std::map<std::string, std::int64_t>& values);

/// The members of the Python class of `E`, in order; a tuple that is set once and never freed.
template <NamedEnum E>
struct EnumerationMembers {
    static inline PyObject* tuple = nullptr;
};

template <NamedEnum E>
[[nodiscard]] py::object to_python(E value) {
    return py::reinterpret_borrow<py::object>(
        PyTuple_GET_ITEM(EnumerationMembers<E>::tuple, static_cast<Py_ssize_t>(value)));
}

template <class T>
[[nodiscard]] py::object to_python(const std::optional<T>& value) {
    return value ? to_python(*value) : py::none();
}

/// A tuple.
template <class T>
[[nodiscard]] py::object to_python(const std::vector<T>& values) {
    py::tuple out(values.size());
    for (std::size_t i = 0; i < values.size(); ++i)
        out[i] = to_python(values[i]);
    return out;
}

/// A list, for findings.
[[nodiscard]] py::list finding_list(const Findings& findings);

/// What `how` of the package's `_arrays` makes of what a caller gave for `name`: an exact int, float, text, or array of
/// that type.
[[nodiscard]] py::object exact(const char* how, const py::handle& given, const std::string& name, const char* type);

/// Nothing for None; the caller has seen to it that it is a `datetime.date`.
[[nodiscard]] std::optional<Day> day_from(const py::handle& date);

/// The enumerator of that name; the package has already refused other names.
template <NamedEnum E>
[[nodiscard]] E enumerator_from(const std::string& code) {
    if (const auto value = enumerator<E>(code)) return *value;
    throw py::value_error("unknown name: " + code);
}

/// "zh" or "en".
[[nodiscard]] Language language_from(const std::string& code);

}  // namespace countyplan
