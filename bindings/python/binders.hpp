// Which parts of the library does the module show?
#pragma once

#include <pybind11/pybind11.h>

namespace countyplan {

// One per folder, allocate has four; each is called once, in this order.
void bind_scalar(pybind11::module_& module);
void bind_plan(pybind11::module_& module);
void bind_solve(pybind11::module_& module);
void bind_allocate(pybind11::module_& module);
void bind_explain(pybind11::module_& module);
void bind_audit(pybind11::module_& module);
void bind_replan(pybind11::module_& module);
void bind_track(pybind11::module_& module);
void bind_experiment(pybind11::module_& module);
void bind_io(pybind11::module_& module);

}  // namespace countyplan
