#include <pybind11/pybind11.h>

#include <cerrno>
#include <exception>

#include <countyplan/allocate/user_rule.hpp>
#include <countyplan/error.hpp>
#include <countyplan/io/file.hpp>
#include <countyplan/io/flaw.hpp>
#include <countyplan/plan/plan.hpp>
#include <countyplan/version.hpp>

#include "binders.hpp"
#include "convert.hpp"

namespace countyplan {

namespace {

py::object error_class(const char* name) { return py::module_::import("countyplan._errors").attr(name); }

void raise(const py::object& error) { PyErr_SetObject(py::type::of(error).ptr(), error.ptr()); }

/// The kind of OSError that belongs to the errno, with the message in both languages.
py::object os_error(const IoError& failure) {
    const std::string& path = failure.path();
    const auto name = py::reinterpret_steal<py::object>(
        PyUnicode_DecodeFSDefaultAndSize(path.data(), static_cast<Py_ssize_t>(path.size())));
    const int code = failure.code() == 0 ? EINVAL : failure.code();
    py::object error =
        py::module_::import("builtins").attr("OSError")(code, to_python(text(failure.message(), Language::en)), name);
    error.attr("message") = to_python(failure.message());
    return error;
}

void translate(std::exception_ptr pointer) {
    if (!pointer) return;
    try {
        std::rethrow_exception(pointer);
    } catch (const InvalidPlan& invalid) {
        raise(error_class("InvalidPlan")(finding_list(invalid.findings())));
    } catch (const InvalidProblem& invalid) {
        raise(error_class("InvalidProblem")(to_python(invalid.message()), to_python(invalid.place())));
    } catch (const InvalidMeasure& invalid) {
        raise(error_class("InvalidMeasure")(to_python(invalid.factor()), to_python(invalid.expert()),
                                            to_python(invalid.post())));
    } catch (const RefusedInput& refused) {
        const Flaw& flaw = refused.flaw();
        raise(error_class("RefusedInput")(to_python(flaw.message), to_python(flaw.remedy), to_python(flaw.value),
                                          flaw.offset, to_python(flaw.pointer)));
    } catch (const IoError& failure) {
        raise(os_error(failure));
    }
}

}  // namespace

}  // namespace countyplan

PYBIND11_MODULE(_core, module) {
    using namespace countyplan;
    module.doc() = "The compiled part of countyplan; use the package.";
    module.attr("__version__") = to_python(version);
    py::register_local_exception_translator(translate);
    bind_scalar(module);
    bind_plan(module);
    bind_solve(module);
    bind_assignment(module);
    bind_flow(module);
    bind_matching(module);
    bind_allocate(module);
    bind_explain(module);
    bind_audit(module);
    bind_mechanism(module);
    bind_replan(module);
    bind_regions(module);
    bind_measures(module);
    bind_track(module);
    bind_ledger(module);
    bind_experiment(module);
    bind_sweep(module);
    bind_io(module);
    bind_schedule(module);
    bind_schedule_log(module);
    bind_live(module);
}
