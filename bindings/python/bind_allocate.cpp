#include <pybind11/stl.h>

#include <countyplan/allocate/allocate.hpp>

#include "binders.hpp"
#include "column.hpp"
#include "enumeration.hpp"
#include "run.hpp"

namespace countyplan {

namespace {

py::dict tiers_of(const Allocation& allocation) {
    py::dict tiers;
    for (const TierValue& tier : allocation.tiers)
        tiers[to_python(tier.tier)] = to_python(tier.value);
    return tiers;
}

py::object unfilled_of(const Unfilled& unfilled) {
    return value_class("Unfilled")(to_python(unfilled.post), unfilled.short_of_min, unfilled.short_of_target,
                                   to_python(unfilled.reason), to_python(unfilled.group));
}

py::object scarce_of(const ScarceGroup& group) {
    return value_class("ScarceGroup")(to_python(group.posts), group.below_min, to_python(group.need), group.qualified,
                                      group.supply);
}

template <class T, class Make>
py::tuple tuple_of(const std::vector<T>& values, Make&& make) {
    py::tuple out(values.size());
    for (std::size_t i = 0; i < values.size(); ++i)
        out[i] = make(values[i]);
    return out;
}

py::list unfilled_columns(const Allocation& allocation) {
    const auto& rows = allocation.unfilled;
    const auto group = [](const Unfilled& row) {
        return row.group ? std::optional(static_cast<std::int64_t>(*row.group)) : std::nullopt;
    };
    py::list out;
    out.append(column("post", rows, [](const Unfilled& row) { return row.post; }));
    out.append(column("short_of_min", rows, [](const Unfilled& row) { return row.short_of_min; }));
    out.append(column("short_of_target", rows, [](const Unfilled& row) { return row.short_of_target; }));
    out.append(column("code", rows, [](const Unfilled& row) { return std::string(row.reason.code()); }));
    out.append(column("reason_zh", rows, [](const Unfilled& row) { return text(row.reason, Language::zh); }));
    out.append(column("reason_en", rows, [](const Unfilled& row) { return text(row.reason, Language::en); }));
    out.append(column("group", rows, group));
    return out;
}

py::list scarce_columns(const Allocation& allocation) {
    const auto& rows = allocation.scarce;
    py::list out;
    out.append(column("posts", rows, [](const ScarceGroup& row) { return row.posts; }));
    out.append(column("below_min", rows, [](const ScarceGroup& row) { return row.below_min; }));
    out.append(column("need", rows, [](const ScarceGroup& row) { return row.need; }));
    out.append(column("qualified", rows, [](const ScarceGroup& row) { return row.qualified; }));
    out.append(column("supply", rows, [](const ScarceGroup& row) { return row.supply; }));
    return out;
}

py::list tier_columns(const Allocation& allocation) {
    py::list out;
    out.append(column("tier", allocation.tiers, [](const TierValue& row) { return row.tier; }));
    out.append(column("value", allocation.tiers, [](const TierValue& row) { return row.value; }));
    return out;
}

py::list certificate_columns(const Allocation& allocation) {
    const auto& rows = allocation.potentials;
    py::list out;
    out.append(column("node", rows, [](const NodePotential& row) { return row.node; }));
    for (std::size_t tier = 0; tier < standard_tiers; ++tier)
        out.append(column(Enumerators<Tier>::words[tier].code, rows,
                          [&](const NodePotential& row) { return row.value[tier]; }));
    return out;
}

py::object columns_of_answer(const Allocation& allocation, const std::string& table) {
    if (table == "staffing") return columns_of(allocation.staffing.rows());
    if (table == "unfilled") return unfilled_columns(allocation);
    if (table == "scarce") return scarce_columns(allocation);
    if (table == "tiers") return tier_columns(allocation);
    if (table == "certificate") return certificate_columns(allocation);
    return py::none();
}

Allocation allocate_plan(const Plan& plan, std::size_t block, const RunOptions& options) {
    Allocation allocation;
    // a copy of the plan: a callback may drop the caller's last one
    run(options, [&, plan](const Stop& stop, const Progress& progress) {
        allocation = allocate(plan, {.flow = {.block = block}}, stop, progress);
    });
    return allocation;
}

py::object examine_allocation(const Plan& plan, const Allocation& allocation) {
    AnswerVerdict verdict;
    {
        const py::gil_scoped_release released;
        verdict = examine(plan, allocation);
    }
    if (verdict.accepted) return value_class("Verdict")(true);
    return value_class("Verdict")(false, to_python(name(verdict.part)), to_python(verdict.key), to_python(verdict.why),
                                  to_python(verdict.detail));
}

}  // namespace

void bind_allocate(py::module_& module) {
    bind_enumeration<Tier>(module, "Tier");
    py::class_<Allocation>(module, "Allocation")
        .def_property_readonly("termination", [](const Allocation& a) { return to_python(a.termination); })
        .def_property_readonly("cause", [](const Allocation& a) { return to_python(a.cause); })
        .def_property_readonly("claim", [](const Allocation& a) { return to_python(a.claim); })
        .def_property_readonly("tiers", &tiers_of)
        .def_property_readonly("staffing", [](const Allocation& a) { return dicts_of(a.staffing.rows()); })
        .def_property_readonly("unfilled", [](const Allocation& a) { return tuple_of(a.unfilled, unfilled_of); })
        .def_property_readonly("scarce", [](const Allocation& a) { return tuple_of(a.scarce, scarce_of); })
        .def_property_readonly("digests", [](const Allocation& a) { return to_python(a.digests); })
        .def_property_readonly("steps", [](const Allocation& a) { return a.steps; })
        .def_property_readonly("version", [](const Allocation& a) { return to_python(a.version); })
        .def("_posted", [](const Allocation& a) { return a.staffing.size(); })
        .def("_columns", &columns_of_answer)
        .def(
            "__eq__", [](const Allocation& a, const Allocation& b) { return a == b; }, py::is_operator())
        .def("__hash__", [](const Allocation& a) {
            return std::hash<std::string>{}(to_text(a.digests.plan)) ^ std::hash<std::size_t>{}(a.staffing.size());
        });
    module.def("allocate", &allocate_plan);
    module.def("examine_allocation", &examine_allocation);
}

}  // namespace countyplan
