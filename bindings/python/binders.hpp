// Which parts of the library does the module show?
#pragma once

#include <pybind11/pybind11.h>

namespace countyplan {

// One per folder or part of it; each is called once, in this order.
void bind_scalar(pybind11::module_& module);
void bind_plan(pybind11::module_& module);
void bind_solve(pybind11::module_& module);
void bind_assignment(pybind11::module_& module);
void bind_flow(pybind11::module_& module);
void bind_matching(pybind11::module_& module);
void bind_allocate(pybind11::module_& module);
void bind_explain(pybind11::module_& module);
void bind_audit(pybind11::module_& module);
void bind_mechanism(pybind11::module_& module);
void bind_replan(pybind11::module_& module);
void bind_regions(pybind11::module_& module);
void bind_measures(pybind11::module_& module);
void bind_track(pybind11::module_& module);
void bind_ledger(pybind11::module_& module);
void bind_experiment(pybind11::module_& module);
void bind_sweep(pybind11::module_& module);
void bind_io(pybind11::module_& module);
void bind_schedule(pybind11::module_& module);
void bind_schedule_log(pybind11::module_& module);
void bind_live(pybind11::module_& module);

}  // namespace countyplan
