#include <countyplan/plan/finding.hpp>

#include "binders.hpp"
#include "enumeration.hpp"

namespace countyplan {

void bind_scalar(py::module_& module) {
    // every later error speaks with it
    bind_enumeration<Severity>(module, "Severity");
}

}  // namespace countyplan
