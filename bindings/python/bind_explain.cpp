#include <pybind11/stl.h>

#include <optional>
#include <string>

#include <countyplan/allocate/explanation.hpp>
#include <countyplan/io/explanation_json.hpp>
#include <countyplan/io/result.hpp>

#include "binders.hpp"
#include "convert.hpp"
#include "run.hpp"

namespace countyplan {

namespace {

template <class Row>
std::optional<Id<Row>> row_of(const Plan& plan, const std::optional<std::string>& id, const char* noun) {
    if (!id) return std::nullopt;
    const Id<Row> found = plan.find<Row>(*id);
    if (!found) throw py::value_error(std::string("the plan has no ") + noun + " '" + *id + "'");
    return found;
}

std::string explain_allocation(const Plan& plan, const AllocationReading& reading,
                               const std::optional<std::string>& expert, const std::optional<std::string>& why_not,
                               const std::optional<std::string>& post, bool weights, bool subjects, std::size_t hinges,
                               std::size_t most, const RunOptions& options) {
    const Question question{.expert = row_of<Expert>(plan, expert, "expert"),
                            .why_not = row_of<Post>(plan, why_not, "post"),
                            .post = row_of<Post>(plan, post, "post"),
                            .weights = weights,
                            .subjects = subjects,
                            .hinges = hinges,
                            .most = most};
    std::string out;
    // copies: another thread may drop the caller's last ones
    run(options, [&, plan, allocation = reading.allocation](const Stop& stop, const Progress&) {
        out = explanation_json(plan, explain(plan, allocation, question, stop));
    });
    return out;
}

}  // namespace

void bind_explain(py::module_& module) { module.def("explain", &explain_allocation); }

}  // namespace countyplan
