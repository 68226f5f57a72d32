#include <pybind11/stl.h>

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <countyplan/allocate/allocation_problem.hpp>
#include <countyplan/allocate/counted_set.hpp>
#include <countyplan/allocate/eligibility.hpp>
#include <countyplan/allocate/explain/worth.hpp>
#include <countyplan/allocate/fairness.hpp>
#include <countyplan/allocate/fulfilment.hpp>
#include <countyplan/allocate/objective.hpp>
#include <countyplan/allocate/score.hpp>
#include <countyplan/io/result.hpp>

#include "binders.hpp"
#include "enumeration.hpp"
#include "run.hpp"
#include "staffing_table.hpp"

namespace countyplan {

namespace {

/// A class of the package's module of measures.
py::object measure_class(const char* name) { return py::module_::import("countyplan._measures").attr(name); }

template <class Row>
Id<Row> row_of(const Plan& plan, const std::string& id, const char* noun) {
    const Id<Row> found = plan.find<Row>(id);
    if (!found) throw py::value_error(std::string("the plan has no ") + noun + " '" + id + "'");
    return found;
}

py::object coverage_of(const Plan& plan) {
    const RuleCoverage coverage = rule_coverage(plan);
    const auto left_out = tuple_of(coverage.left_out, [](const LeftOutRule& row) {
        return measure_class("LeftOutRule")(to_python(row.rule), to_python(row.kind), to_python(row.reason));
    });
    return measure_class("RuleCoverage")(coverage.sender_quotas, coverage.quotas, coverage.decisions,
                                         to_python(coverage.terms), left_out);
}

py::tuple sets_of(const Plan& plan) {
    return tuple_of(counted_sets(plan), [&](const CountedSet& set) {
        py::tuple members(set.members.size());
        for (std::size_t i = 0; i < set.members.size(); ++i) {
            members[i] = to_python(set.receives ? plan.rows().posts.rows()[set.members[i]].id
                                                : plan.rows().experts.rows()[set.members[i]].id);
        }
        const auto upper = set.upper == CountedSet::unlimited ? std::nullopt : std::optional(set.upper);
        return measure_class("CountedSet")(to_python(set.name), set.receives ? "posts" : "experts", members, set.lower,
                                           to_python(upper));
    });
}

py::tuple refusals_of(const Plan& plan, const std::string& expert, const std::string& post) {
    const Id<Expert> who = row_of<Expert>(plan, expert, "expert");
    const Id<Post> where = row_of<Post>(plan, post, "post");
    return tuple_of(Eligibility(plan).refusals(who, where), [](const Refusal& refusal) {
        return measure_class("Refusal")(to_python(refusal.kind), to_python(refusal.reason), to_python(refusal.rule));
    });
}

py::tuple posts_for(const Plan& plan, const std::string& expert) {
    const Id<Expert> who = row_of<Expert>(plan, expert, "expert");
    std::vector<Id<Post>> posts;
    Eligibility(plan).append_posts_of(who, posts);
    return tuple_of(posts, [&](Id<Post> post) { return to_python(plan.rows().posts[post].id); });
}

py::tuple fit_of(const Plan& plan, const std::string& expert, const std::string& post) {
    const Id<Expert> who = row_of<Expert>(plan, expert, "expert");
    const Id<Post> where = row_of<Post>(plan, post, "post");
    const FactorTable table = FitScore(plan).factors(who, where);
    py::tuple out(table.size());
    for (std::size_t f = 0; f < table.size(); ++f)
        out[f] =
            py::module_::import("countyplan._staffing")
                .attr("FactorPoints")(to_python(table[f].factor), table[f].value, table[f].weight, table[f].points);
    return out;
}

py::dict values_of(const Plan& plan, const StaffingTable& table) {
    py::dict out;
    for (const TierValue& tier : tier_values(plan, table.reading.staffing))
        out[to_python(tier.tier)] = to_python(tier.value);
    return out;
}

py::list shortage_columns(const Plan& plan, const StaffingTable& table) {
    const std::vector<Shortage> rows = shortages(plan, table.reading.staffing);
    py::list out;
    out.append(column("post", rows, [&](const Shortage& row) { return plan.rows().posts[row.post].id; }));
    out.append(column("short_of_min", rows, [](const Shortage& row) { return row.short_of_min; }));
    out.append(column("short_of_target", rows, [](const Shortage& row) { return row.short_of_target; }));
    return out;
}

py::list fulfilment_columns(const Plan& plan, const StaffingTable& table) {
    const std::vector<Fulfilment> rows = fulfilment(plan, table.reading.staffing);
    py::list out;
    out.append(column("county", rows, [&](const Fulfilment& row) { return plan.rows().counties[row.county].code; }));
    out.append(column("role", rows, [](const Fulfilment& row) { return row.role; }));
    out.append(column("subject", rows, [](const Fulfilment& row) { return row.subject; }));
    out.append(column("min", rows, [](const Fulfilment& row) { return row.min; }));
    out.append(column("target", rows, [](const Fulfilment& row) { return row.target; }));
    out.append(column("posted", rows, [](const Fulfilment& row) { return row.posted; }));
    out.append(column("filled", rows, [](const Fulfilment& row) { return row.filled; }));
    return out;
}

py::list cover_columns(const Plan& plan, const StaffingTable& table) {
    const std::vector<CountyCover> rows = county_covers(plan, table.reading.staffing);
    py::list out;
    out.append(column("county", rows, [&](const CountyCover& row) { return plan.rows().counties[row.county].code; }));
    out.append(column("serving", rows, [](const CountyCover& row) { return row.serving; }));
    out.append(column("wanted", rows, [](const CountyCover& row) { return row.wanted; }));
    return out;
}

py::object columns_of_measure(const Plan& plan, const StaffingTable& table, const std::string& measure) {
    if (measure == "shortages") return shortage_columns(plan, table);
    if (measure == "fulfilment") return fulfilment_columns(plan, table);
    if (measure == "counties") return cover_columns(plan, table);
    return py::none();
}

// ---------------------------------------------------------------------------------------------------------------------

py::object effect_of(const Plan& plan, const std::optional<Effect>& effect) {
    if (!effect) return py::none();
    py::dict loss;
    for (std::size_t t = 0; t < effect->loss.size(); ++t)
        loss[to_python(plan.rows().objective[t])] = to_python(effect->loss[t]);
    return measure_class("Effect")(to_python(effect->termination), loss);
}

py::tuple worth_of(const Plan& plan, const AllocationReading& answer, const std::string& set,
                   const RunOptions& options) {
    std::vector<BoundWorth> found;
    // copies: another thread may drop the caller's last ones
    run(options, [&, plan, allocation = answer.allocation](const Stop& stop, const Progress&) {
        found = worth(plan, allocation, set, stop);
    });
    return tuple_of(found, [&](const BoundWorth& row) {
        return measure_class("BoundWorth")(to_python(row.bound.set), row.bound.is_lower ? "lower" : "upper",
                                           row.bound.bound, effect_of(plan, row.less), effect_of(plan, row.more));
    });
}

}  // namespace

void bind_measures(py::module_& module) {
    bind_enumeration<RefusalKind>(module, "RefusalKind");
    module.def("rule_coverage", &coverage_of);
    module.def("counted_sets", &sets_of);
    module.def("refusals", &refusals_of);
    module.def("eligible_posts", &posts_for);
    module.def("fit", &fit_of);
    module.def("tier_values", &values_of);
    module.def("measure_columns", &columns_of_measure);
    module.def("worth", &worth_of);
}

}  // namespace countyplan
