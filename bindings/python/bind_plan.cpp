#include <pybind11/stl.h>

#include <algorithm>
#include <concepts>

#include <countyplan/io/serialize.hpp>
#include <countyplan/io/write.hpp>
#include <countyplan/plan/plan.hpp>
#include <countyplan/plan/subject.hpp>

#include "binders.hpp"
#include "column.hpp"
#include "enumeration.hpp"

namespace countyplan {

namespace {

/// Calls `visit(name, rows)` for each table, the rules first.
template <class Visit>
void for_each_python_table(const Draft& draft, Visit&& visit) {
    visit(Table<Rule>::name, draft.rules);
    for_each_table(draft, [&]<class Row>(const ById<Id<Row>, Row>& table) { visit(Table<Row>::name, table.rows()); });
}

/// What `make(rows)` makes of the table of that name; the package has refused other names.
template <class Make>
py::object of_table(const Plan& plan, const std::string& wanted, Make&& make) {
    py::object out = py::none();
    for_each_python_table(plan.rows(), [&](std::string_view name, const auto& rows) {
        if (name == wanted) out = make(rows);
    });
    return out;
}

py::tuple tables_of(const Draft& draft) {
    py::list names;
    for_each_python_table(draft, [&](std::string_view name, const auto&) { names.append(to_python(name)); });
    return py::tuple(names);
}

py::dict sizes_of(const Plan& plan) {
    py::dict sizes;
    for_each_python_table(plan.rows(),
                          [&](std::string_view name, const auto& rows) { sizes[to_python(name)] = rows.size(); });
    return sizes;
}

py::dict weights_of(const Plan& plan) {
    py::dict weights;
    for_each_field<FitWeights>(
        [&](const auto& field) { weights[to_python(field.name)] = to_python(plan.rows().weights.*field.member); });
    return weights;
}

}  // namespace

void bind_plan(py::module_& module) {
    bind_enumeration<Role>(module, "Role");
    bind_enumeration<Title>(module, "Title");
    bind_enumeration<Degree>(module, "Degree");
    bind_enumeration<SchoolKind>(module, "SchoolKind");
    bind_enumeration<SenderKind>(module, "SenderKind");
    bind_enumeration<PairingKind>(module, "PairingKind");
    bind_enumeration<DecisionKind>(module, "DecisionKind");
    bind_enumeration<InfluenceKind>(module, "InfluenceKind");
    bind_enumeration<IndicatorKind>(module, "IndicatorKind");
    bind_enumeration<Direction>(module, "Direction");
    bind_enumeration<CalendarKind>(module, "CalendarKind");
    bind_enumeration<Measurement>(module, "Measurement");
    bind_enumeration<ConstraintKind>(module, "ConstraintKind");
    bind_enumeration<LinkKind>(module, "LinkKind");
    bind_enumeration<LagCalendar>(module, "LagCalendar");
    bind_enumeration<DayKind>(module, "DayKind");
    bind_enumeration<TermKind>(module, "TermKind");
    bind_enumeration<RuleKind>(module, "RuleKind");

    py::class_<Plan>(module, "Plan")
        .def_property_readonly("name", [](const Plan& plan) { return to_python(plan.rows().name); })
        .def_property_readonly("version", [](const Plan& plan) { return to_python(plan.rows().version); })
        .def_property_readonly("period", [](const Plan& plan) { return to_python(plan.rows().period); })
        .def_property_readonly("fingerprint", [](const Plan& plan) { return to_python(plan.fingerprint()); })
        .def_property_readonly("digests", [](const Plan& plan) { return to_python(plan.digests()); })
        .def_property_readonly("warnings", [](const Plan& plan) { return finding_list(plan.warnings()); })
        .def_property_readonly("weights", &weights_of)
        .def_property_readonly("tables", [](const Plan& plan) { return tables_of(plan.rows()); })
        .def("_sizes", &sizes_of)
        .def("_rows",
             [](const Plan& plan, const std::string& table) {
                 return of_table(plan, table, [](const auto& rows) { return dicts_of(rows); });
             })
        .def("_columns",
             [](const Plan& plan, const std::string& table) {
                 return of_table(plan, table, [](const auto& rows) { return columns_of(rows); });
             })
        .def(
            "__eq__", [](const Plan& a, const Plan& b) { return a == b; }, py::is_operator())
        .def("__hash__", [](const Plan& plan) { return std::hash<std::string>{}(to_text(plan.fingerprint())); })
        .def("__copy__", [](const Plan& plan) { return plan; })
        .def("__deepcopy__", [](const Plan& plan, const py::dict&) { return plan; })
        .def(py::pickle(
            [](const Plan& plan) {
                std::string bytes;
                {
                    const py::gil_scoped_release released;
                    bytes = plan_snapshot(plan.rows());
                }
                return py::make_tuple(py::bytes(bytes));
            },
            [](const py::tuple& state) {
                if (state.size() != 1) throw py::value_error("this is not the state of a plan");
                const auto bytes = state[0].cast<std::string>();
                const py::gil_scoped_release released;
                return Plan(load_snapshot<Draft>(SnapshotKind::draft, bytes));
            }));

    module.def("plan_tables", [] { return tables_of(Draft()); });
    module.def("subject_words", [] {
        py::dict words;
        for (const MessageText& row : detail::subject_words)
            words[to_python(row.code)] = py::make_tuple(to_python(row.zh), to_python(row.en));
        return words;
    });
    module.def("check_plan", [](const Plan& plan) {
        Findings findings;
        {
            const py::gil_scoped_release released;
            findings = check(plan.rows());
        }
        return finding_list(findings);
    });
}

}  // namespace countyplan
