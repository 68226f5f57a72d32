// How does an enumeration become a Python one with the names of the files?
#pragma once

#include "convert.hpp"

namespace countyplan {

/// Makes the class `module.<name>`, a `countyplan.Word` with the members' names in both languages.
template <NamedEnum E>
void bind_enumeration(py::module_& module, const char* name) {
    py::list members;
    for (const MessageText& row : Enumerators<E>::words)
        members.append(py::make_tuple(to_python(row.code),
                                      py::make_tuple(to_python(row.code), to_python(row.zh), to_python(row.en))));
    const py::object made =
        py::module_::import("countyplan._words").attr("Word")(name, members, py::arg("module") = "countyplan");
    EnumerationMembers<E>::tuple = py::tuple(made).release().ptr();
    module.attr(name) = made;
}

}  // namespace countyplan
