#include <pybind11/stl.h>

#include <countyplan/solve/nested_flow.hpp>
#include <countyplan/solve/termination.hpp>

#include "binders.hpp"
#include "enumeration.hpp"
#include "run.hpp"

namespace countyplan {

void bind_solve(py::module_& module) {
    bind_enumeration<Termination>(module, "Termination");
    bind_enumeration<Cause>(module, "Cause");
    bind_enumeration<Claim>(module, "Claim");
    bind_enumeration<NestedFlowMethod>(module, "NestedFlowMethod");

    py::module_::import("atexit").attr("register")(py::cpp_function(&end_runs));
    py::class_<RunOptions>(module, "RunOptions")
        .def(py::init([](std::optional<std::int64_t> time_limit, std::optional<std::int64_t> step_limit,
                         py::object progress, bool raise_on_interrupt) {
            return RunOptions{time_limit, step_limit, std::move(progress), raise_on_interrupt};
        }));
}

}  // namespace countyplan
