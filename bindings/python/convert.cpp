#include "convert.hpp"

#include <datetime.h>

namespace countyplan {

py::object value_class(const char* name) { return py::module_::import("countyplan._values").attr(name); }

py::object to_python(std::string_view text) {
    PyObject* const out = PyUnicode_DecodeUTF8(text.data(), static_cast<Py_ssize_t>(text.size()), "strict");
    if (out == nullptr) throw py::error_already_set();
    return py::reinterpret_steal<py::object>(out);
}

py::object to_python(Day day) {
    if (PyDateTimeAPI == nullptr) PyDateTime_IMPORT;
    const std::chrono::year_month_day date(day.days());
    PyObject* const out =
        PyDate_FromDate(static_cast<int>(date.year()), static_cast<int>(static_cast<unsigned>(date.month())),
                        static_cast<int>(static_cast<unsigned>(date.day())));
    if (out == nullptr) throw py::error_already_set();
    return py::reinterpret_steal<py::object>(out);
}

py::object to_python(const Period& period) { return py::make_tuple(to_python(period.from), to_python(period.to)); }

py::object to_python(Money money) { return py::module_::import("decimal").attr("Decimal")(to_text(money)); }

py::object to_python(Int128 number) {
    PyObject* const out = PyLong_FromString(to_text(number).c_str(), nullptr, 10);
    if (out == nullptr) throw py::error_already_set();
    return py::reinterpret_steal<py::object>(out);
}

py::object to_python(const Message& message) {
    return value_class("Message")(to_python(message.code()), to_python(text(message, Language::zh)),
                                  to_python(text(message, Language::en)));
}

py::object to_python(const Digests& digests) {
    return value_class("Digests")(to_python(digests.plan), to_python(digests.staffing), to_python(digests.ledger));
}

py::object to_python(const Finding& finding) {
    const auto number = [](std::size_t value) { return value == 0 ? py::object(py::none()) : to_python(value); };
    const std::string& file = finding.source.file;
    PyObject* const path = PyUnicode_DecodeFSDefaultAndSize(file.data(), static_cast<Py_ssize_t>(file.size()));
    if (path == nullptr) throw py::error_already_set();
    return value_class("Finding")(
        py::arg("severity") = to_python(finding.severity), py::arg("message") = to_python(finding.message),
        py::arg("place") = to_python(to_text(finding.place)), py::arg("table") = to_python(finding.place.table),
        py::arg("row") = to_python(finding.place.row), py::arg("field") = to_python(finding.place.field),
        py::arg("rule") = to_python(finding.rule), py::arg("value") = to_python(finding.value),
        py::arg("expected") = to_python(finding.expected), py::arg("remedy") = to_python(finding.remedy),
        py::arg("file") = py::reinterpret_steal<py::object>(path), py::arg("line") = number(finding.source.line),
        py::arg("column") = number(finding.source.column), py::arg("pointer") = to_python(finding.source.pointer));
}

py::object to_python(const std::map<std::string, std::int64_t>& values) {
    py::dict out;
    for (const auto& [key, value] : values)
        out[to_python(key)] = to_python(value);
    return out;
}

py::list finding_list(const Findings& findings) {
    py::list out;
    for (const Finding& finding : findings)
        out.append(to_python(finding));
    return out;
}

py::object exact(const char* how, const py::handle& given, const std::string& name, const char* type) {
    return py::module_::import("countyplan._arrays").attr(how)(given, name, type);
}

std::optional<Day> day_from(const py::handle& date) {
    if (date.is_none()) return std::nullopt;
    if (PyDateTimeAPI == nullptr) PyDateTime_IMPORT;
    if (!PyDate_Check(date.ptr())) throw py::type_error("a datetime.date is needed");
    const std::chrono::year_month_day day{std::chrono::year(PyDateTime_GET_YEAR(date.ptr())),
                                          std::chrono::month(static_cast<unsigned>(PyDateTime_GET_MONTH(date.ptr()))),
                                          std::chrono::day(static_cast<unsigned>(PyDateTime_GET_DAY(date.ptr())))};
    return Day(std::chrono::sys_days(day));
}

Language language_from(const std::string& code) {
    if (code == "zh") return Language::zh;
    if (code == "en") return Language::en;
    throw py::value_error("a language is \"zh\" or \"en\", not \"" + code + "\"");
}

}  // namespace countyplan
