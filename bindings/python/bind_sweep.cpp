#include <pybind11/stl.h>

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <variant>

#include <countyplan/experiment/point.hpp>
#include <countyplan/experiment/sweep.hpp>

#include "binders.hpp"
#include "convert.hpp"

namespace countyplan {

namespace {

using PythonValues = std::map<std::string, std::variant<std::monostate, bool, std::int64_t, double, std::string>>;

py::object to_object(const PointValue& value) {
    return std::visit(
        [](const auto& held) -> py::object {
            if constexpr (std::is_same_v<std::remove_cvref_t<decltype(held)>, std::monostate>)
                return py::none();
            else
                return to_python(held);
        },
        value);
}

/// One plan and the scenario that was run last.
class HeldRunner {
  public:
    explicit HeldRunner(const Plan& plan) : input_(input_of(plan)), runner_(plan) {}

    [[nodiscard]] const std::string& input() const { return input_; }

    /// ("row", values) or ("error", {kind, text}). One call at a time.
    py::tuple run(const PythonValues& parameters, std::uint64_t seed) {
        std::optional<std::variant<NamedValues, PointError>> end;
        {
            const py::gil_scoped_release released;
            const std::lock_guard lock(mutex_);
            end = runner_.run({parameters, seed});
        }
        py::dict out;
        if (const auto* error = std::get_if<PointError>(&*end)) {
            out["kind"] = to_python(error->kind);
            out["text"] = to_python(error->text);
            return py::make_tuple("error", out);
        }
        for (const auto& [name, value] : std::get<NamedValues>(*end))
            out[to_python(name)] = to_object(value);
        return py::make_tuple("row", out);
    }

  private:
    std::string input_;
    std::mutex mutex_;
    PointRunner runner_;
};

}  // namespace

void bind_sweep(py::module_& module) {
    py::class_<HeldRunner>(module, "PointRunner")
        .def(py::init<const Plan&>())
        .def_property_readonly("input", &HeldRunner::input)
        .def("run", &HeldRunner::run);
}

}  // namespace countyplan
