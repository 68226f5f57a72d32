#include <pybind11/stl.h>

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include <countyplan/allocate/mechanism.hpp>

#include "binders.hpp"
#include "column.hpp"
#include "enumeration.hpp"
#include "run.hpp"

namespace countyplan {

namespace {

/// A class of the package's module of mechanisms.
py::object mechanism_class(const char* name) { return py::module_::import("countyplan._mechanism").attr(name); }

py::object measures_object(const StaffingMeasures& m) {
    py::dict tiers;
    for (const TierValue& tier : m.tiers)
        tiers[to_python(tier.tier)] = to_python(tier.value);
    return mechanism_class("StaffingMeasures")(tiers, m.serving, m.wanted, m.filled, m.cover, m.critical_shortfall,
                                               m.shortfall, to_python(m.worst_county), m.worst_cover, m.best_cover,
                                               m.gini, m.wishing, m.wishes_met, m.mean_wish, m.moves, m.blocking);
}

py::object result_of(const MechanismResult& result) {
    const auto rule_of = [](const RuleOutcome& rule) {
        return mechanism_class("RuleOutcome")(to_python(rule.rule), rule.is_heeded, rule.breaches);
    };
    return mechanism_class("MechanismResult")(to_python(result.mechanism), to_python(result.termination),
                                              to_python(result.cause), dicts_of(result.staffing.rows()),
                                              result.measures ? measures_object(*result.measures) : py::none(),
                                              tuple_of(result.rules, rule_of), to_python(result.digests));
}

py::tuple compare(const Plan& plan, const std::vector<std::string>& names, std::vector<std::string> order,
                  const RunOptions& options) {
    std::vector<Mechanism> mechanisms;
    for (const std::string& word : names)
        mechanisms.push_back(enumerator_from<Mechanism>(word));
    const MechanismOptions how{.order = std::move(order)};
    std::vector<MechanismResult> found;
    run(options, [&, plan](const Stop& stop, const Progress& progress) {
        found = compare_mechanisms(plan, mechanisms, how, stop, progress);
    });
    return tuple_of(found, result_of);
}

}  // namespace

void bind_mechanism(py::module_& module) {
    bind_enumeration<Mechanism>(module, "Mechanism");
    module.def("compare_mechanisms", &compare);
    module.def("measures_of", [](const Plan& plan, const std::vector<std::pair<std::string, std::string>>& pairs) {
        Staffing staffing;
        for (const auto& [expert, post] : pairs)
            staffing.push_back({expert, post, {}, {}});
        StaffingMeasures found;
        {
            const py::gil_scoped_release released;
            found = measures_of(plan, staffing);
        }
        return measures_object(found);
    });
}

}  // namespace countyplan
