#include <pybind11/stl.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include <countyplan/allocate/explain/explanation.hpp>
#include <countyplan/allocate/explain/feedback.hpp>
#include <countyplan/allocate/fairness_price.hpp>
#include <countyplan/io/explanation_json.hpp>
#include <countyplan/io/feedback_json.hpp>
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

std::string feedback_for(const Plan& plan, const AllocationReading& reading, const std::string& expert,
                         std::int64_t samples, std::int64_t absent, std::uint64_t seed, std::size_t posts,
                         const RunOptions& options) {
    const Id<Expert> applicant = *row_of<Expert>(plan, expert, "expert");
    const FeedbackOptions how{.samples = samples, .absent = absent, .seed = seed, .posts = posts};
    std::string out;
    run(options, [&, plan, allocation = reading.allocation](const Stop& stop, const Progress&) {
        out = feedback_json(plan, feedback(plan, allocation, applicant, how, stop));
    });
    return out;
}

py::dict fairness_price(const Plan& plan, const AllocationReading& reading, const RunOptions& options) {
    FairnessPrice price;
    AllocationReading other;
    run(options, [&, plan, allocation = reading.allocation](const Stop& stop, const Progress&) {
        price = price_of_fairness(plan, allocation, {}, stop);
        other = reading_of(price.other_plan, price.other);
    });
    py::dict tiers;
    for (const FairnessTier& row : price.tiers) {
        py::dict values;
        values["fair"] = to_python(row.fair);
        values["unfair"] = to_python(row.unfair);
        tiers[to_python(row.tier)] = values;
    }
    py::list counties;
    for (std::size_t i = 0; i < price.fair.size(); ++i) {
        py::dict row;
        row["county"] = to_python(plan.rows().counties[price.fair[i].county].code);
        row["wanted"] = price.fair[i].wanted;
        row["fair"] = price.fair[i].serving;
        row["unfair"] = price.unfair[i].serving;
        counties.append(row);
    }
    py::dict out;
    out["termination"] = to_python(price.termination);
    out["cause"] = to_python(price.cause);
    out["tiers"] = tiers;
    out["counties"] = counties;
    out["other"] = py::cast(std::move(other));
    out["other_plan"] = py::cast(price.other_plan);
    return out;
}

}  // namespace

void bind_explain(py::module_& module) {
    module.def("explain", &explain_allocation);
    module.def("feedback", &feedback_for);
    module.def("price_of_fairness", &fairness_price);
}

}  // namespace countyplan
