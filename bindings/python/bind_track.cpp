#include <pybind11/stl.h>

#include <countyplan/track/track.hpp>

#include "binders.hpp"
#include "column.hpp"
#include "enumeration.hpp"
#include "run.hpp"
#include "tracked.hpp"
#include "tracked_tables.hpp"

namespace countyplan {

namespace {

/// The ids of the rows that were tracked: none where the search was stopped.
template <class I, class T>
std::vector<I> ids_of(const ById<I, T>& rows) {
    std::vector<I> out;
    out.reserve(rows.size());
    for (const I id : rows.ids())
        out.push_back(id);
    return out;
}

/// The columns that every node of the roll-up has.
template <class Rows, class Node>
void append_rolled_up(py::list& out, const Rows& rows, Node node) {
    out.append(column("value", rows, [&](const auto& row) { return node(row).value; }));
    out.append(column("coverage", rows, [&](const auto& row) { return node(row).coverage; }));
    out.append(column("oldest", rows, [&](const auto& row) { return node(row).oldest; }));
    out.append(column("mode", rows, [&](const auto& row) { return node(row).mode; }));
    out.append(column("status", rows, [&](const auto& row) { return node(row).status; }));
}

py::list task_columns(const Tracked& tracked) {
    const auto& plan = tracked.plan.rows().tasks;
    const auto& dates = tracked.tracking.schedule.tasks;
    const auto& earned = tracked.tracking.progress.tasks;
    const auto ids = ids_of(dates);
    py::list out;
    const auto add = [&](std::string_view name, auto value) { out.append(column(name, ids, value)); };
    const auto of_plan = [&](std::string_view name, auto Task::*member) {
        add(name, [&, member](Id<Task> id) { return plan[id].*member; });
    };
    const auto of_dates = [&](std::string_view name, auto TaskDates::*member) {
        add(name, [&, member](Id<Task> id) { return dates[id].*member; });
    };
    const auto of_earned = [&](std::string_view name, auto Earned::*member) {
        add(name, [&, member](Id<Task> id) { return earned[id].*member; });
    };
    of_plan("id", &Task::id);
    of_plan("county", &Task::county);
    of_plan("goal", &Task::goal);
    of_plan("school", &Task::school);
    of_plan("name_zh", &Task::name_zh);
    of_plan("name_en", &Task::name_en);
    of_plan("milestone", &Task::milestone);
    of_dates("early_start", &TaskDates::early_start);
    of_dates("early_finish", &TaskDates::early_finish);
    of_dates("late_start", &TaskDates::late_start);
    of_dates("late_finish", &TaskDates::late_finish);
    of_dates("total_float", &TaskDates::total_float);
    of_dates("free_float", &TaskDates::free_float);
    of_dates("interfering_float", &TaskDates::interfering_float);
    of_dates("critical_by_float", &TaskDates::critical_by_float);
    of_dates("on_longest_path", &TaskDates::on_longest_path);
    of_dates("provisional", &TaskDates::provisional);
    of_earned("value", &Earned::value);
    of_earned("evidence", &Earned::evidence);
    of_earned("started", &Earned::started);
    of_earned("finished", &Earned::finished);
    of_earned("cancelled", &Earned::cancelled);
    of_earned("on_hold", &Earned::on_hold);
    of_earned("status", &Earned::status);
    add("colour", [&](Id<Task> id) { return tracked.tracking.warnings.tasks[id].colour; });
    return out;
}

py::list indicator_columns(const Tracked& tracked) {
    const auto& plan = tracked.plan.rows().indicators;
    const auto& earned = tracked.tracking.progress.indicators;
    const auto ids = ids_of(earned);
    py::list out;
    const auto add = [&](std::string_view name, auto value) { out.append(column(name, ids, value)); };
    add("id", [&](Id<Indicator> id) { return plan[id].id; });
    add("goal", [&](Id<Indicator> id) { return plan[id].goal; });
    add("name_zh", [&](Id<Indicator> id) { return plan[id].name_zh; });
    add("name_en", [&](Id<Indicator> id) { return plan[id].name_en; });
    add("reading", [&](Id<Indicator> id) { return earned[id].reading; });
    add("value", [&](Id<Indicator> id) { return earned[id].value; });
    add("target", [&](Id<Indicator> id) { return earned[id].target; });
    add("evidence", [&](Id<Indicator> id) { return earned[id].evidence; });
    add("status", [&](Id<Indicator> id) { return earned[id].status; });
    add("colour", [&](Id<Indicator> id) { return tracked.tracking.warnings.indicators[id].colour; });
    return out;
}

py::list goal_columns(const Tracked& tracked) {
    const auto& plan = tracked.plan.rows().goals;
    const auto& goals = tracked.tracking.roll_up.goals;
    const auto ids = ids_of(goals);
    py::list out;
    out.append(column("id", ids, [&](Id<Goal> id) { return plan[id].id; }));
    out.append(column("county", ids, [&](Id<Goal> id) { return plan[id].county; }));
    out.append(column("parent", ids, [&](Id<Goal> id) { return plan[id].parent; }));
    out.append(column("name_zh", ids, [&](Id<Goal> id) { return plan[id].name_zh; }));
    out.append(column("name_en", ids, [&](Id<Goal> id) { return plan[id].name_en; }));
    append_rolled_up(out, ids, [&](Id<Goal> id) -> const RolledUp& { return goals[id]; });
    out.append(column("colour", ids, [&](Id<Goal> id) { return tracked.tracking.warnings.goals[id].colour; }));
    return out;
}

py::list county_columns(const Tracked& tracked) {
    const auto& plan = tracked.plan.rows().counties;
    const auto& counties = tracked.tracking.roll_up.counties;
    const auto& lines = tracked.tracking.schedule.counties;
    const auto ids = ids_of(counties);
    py::list out;
    out.append(column("code", ids, [&](Id<County> id) { return plan[id].code; }));
    out.append(column("name_zh", ids, [&](Id<County> id) { return plan[id].name_zh; }));
    out.append(column("name_en", ids, [&](Id<County> id) { return plan[id].name_en; }));
    append_rolled_up(out, ids, [&](Id<County> id) -> const RolledUp& { return counties[id]; });
    out.append(column("colour", ids, [&](Id<County> id) { return tracked.tracking.warnings.counties[id].colour; }));
    out.append(column("start", ids, [&](Id<County> id) { return lines[id].start; }));
    out.append(column("finish", ids, [&](Id<County> id) { return lines[id].finish; }));
    out.append(column("tasks", ids, [&](Id<County> id) { return lines[id].tasks.size(); }));
    out.append(column("critical_by_float", ids, [&](Id<County> id) { return lines[id].critical_by_float; }));
    out.append(column("critical_paths", ids, [&](Id<County> id) { return tracked.tracking.paths[id].critical; }));
    out.append(column("provisional", ids, [&](Id<County> id) { return lines[id].provisional; }));
    return out;
}

py::list province_columns(const Tracked& tracked) {
    const auto& rows = tracked.tracking.roll_up.provinces;
    py::list out;
    out.append(column("code", rows, [](const ProvinceRollUp& row) { return row.province; }));
    append_rolled_up(out, rows, [](const ProvinceRollUp& row) -> const RolledUp& { return row.weighted; });
    out.append(column("equal_value", rows, [](const ProvinceRollUp& row) { return row.equal.value; }));
    out.append(column("equal_coverage", rows, [](const ProvinceRollUp& row) { return row.equal.coverage; }));
    out.append(column("colour", tracked.tracking.warnings.provinces, [](const Warning& row) { return row.colour; }));
    return out;
}

/// One row per cause of each county's colour.
py::list cause_columns(const Tracked& tracked) {
    struct Row {
        Id<County> county;
        const WarningCause* cause;
    };
    const Warnings& warnings = tracked.tracking.warnings;
    std::vector<Row> rows;
    for (const Id<County> county : warnings.counties.ids()) {
        for (const std::uint32_t cause : warnings.counties[county].causes)
            rows.push_back({county, &warnings.causes[cause]});
    }
    const auto said = [&](const Row& row, Language language) {
        return text(describe(tracked.plan, tracked.tracking.roll_up, *row.cause), language);
    };
    py::list out;
    out.append(column("county", rows, [&](const Row& row) { return tracked.plan.rows().counties[row.county].code; }));
    out.append(column("colour", rows, [&](const Row& row) { return warnings.counties[row.county].colour; }));
    out.append(column("reason", rows, [](const Row& row) { return row.cause->reason; }));
    out.append(column("place", rows, [](const Row& row) { return to_text(place_of(*row.cause)); }));
    out.append(column("zh", rows, [&](const Row& row) { return said(row, Language::zh); }));
    out.append(column("en", rows, [&](const Row& row) { return said(row, Language::en); }));
    return out;
}

/// One row per area, indicator and group; the group of all together is empty.
py::list rate_columns(const Tracked& tracked) {
    struct Row {
        const RateRollUp* rate;
        const RateGroup* group;
    };
    std::vector<Row> rows;
    for (const RateRollUp& rate : tracked.tracking.roll_up.rates) {
        rows.push_back({&rate, &rate.whole});
        for (const RateGroup& group : rate.groups)
            rows.push_back({&rate, &group});
    }
    py::list out;
    out.append(column("area", rows, [](const Row& row) { return row.rate->area; }));
    out.append(column("indicator", rows,
                      [&](const Row& row) { return tracked.plan.rows().indicators[row.rate->indicator].id; }));
    out.append(column("group", rows, [](const Row& row) { return row.group->group; }));
    out.append(column("numerator", rows, [](const Row& row) { return row.group->numerator; }));
    out.append(column("denominator", rows, [](const Row& row) { return row.group->denominator; }));
    out.append(column("value", rows, [](const Row& row) { return row.group->value(); }));
    out.append(column("with_data", rows, [](const Row& row) { return row.rate->with_data; }));
    out.append(column("indicators", rows, [](const Row& row) { return row.rate->indicators; }));
    return out;
}

py::object columns_of_tracking(const Tracked& tracked, const std::string& table) {
    if (table == "tasks") return task_columns(tracked);
    if (table == "indicators") return indicator_columns(tracked);
    if (table == "goals") return goal_columns(tracked);
    if (table == "counties") return county_columns(tracked);
    if (table == "provinces") return province_columns(tracked);
    if (table == "causes") return cause_columns(tracked);
    if (table == "rates") return rate_columns(tracked);
    return more_columns_of(tracked, table);
}

/// Those that are named; the others stay.
WarningOptions warning_options(const py::dict& given) {
    WarningOptions options;
    const auto share = [](const py::handle& value, const std::string& name) {
        const auto out = Share::from(value.cast<double>());
        if (!out) throw py::value_error("warning: " + name + " must lie between 0 and 1");
        return *out;
    };
    for (const auto& [key, value] : given) {
        const auto name = key.cast<std::string>();
        if (name == "parents") options.parents = enumerator_from<ParentRule>(value.cast<std::string>());
        if (name == "slow_red") options.slow_red = value.cast<double>();
        if (name == "slow_amber") options.slow_amber = value.cast<double>();
        if (name == "little_float") options.little_float = WorkDays(value.cast<std::int64_t>());
        if (name == "large_share") options.large_share = share(value, name);
        if (name == "mean_red") options.mean_red = value.cast<double>();
        if (name == "mean_amber") options.mean_amber = value.cast<double>();
        if (name == "crossing") options.crossing = value.cast<double>();
        if (name == "judged_after") options.judged_after = share(value, name);
    }
    return options;
}

/// The same; limits of checks are named as the checks are.
QualityLimits quality_limits(const py::dict& given) {
    QualityLimits limits;
    for (const auto& [key, value] : given) {
        const auto name = key.cast<std::string>();
        if (name == "long_days") {
            limits.long_days = value.cast<std::int64_t>();
        } else if (name == "test_days") {
            limits.test_days = value.cast<std::int64_t>();
        } else {
            limits.limit[static_cast<std::size_t>(enumerator_from<QualityCheck>(name))] = value.cast<double>();
        }
    }
    return limits;
}

TrackOptions track_options(const py::dict& given) {
    TrackOptions options;
    options.recorded = day_from(given["recorded"]);
    options.schedule.logic = enumerator_from<ProgressLogic>(given["logic"].cast<std::string>());
    options.schedule.critical_float = WorkDays(given["critical_float"].cast<std::int64_t>());
    options.progress.evidence_for_percent = given["evidence_for_percent"].cast<bool>();
    options.roll_up.missing = enumerator_from<MissingPolicy>(given["missing"].cast<std::string>());
    options.roll_up.max_age = std::chrono::days(given["max_age"].cast<std::int32_t>());
    const auto coverage = Share::from(given["coverage_needed"].cast<double>());
    if (!coverage) throw py::value_error("coverage_needed must lie between 0 and 1");
    options.roll_up.coverage_needed = *coverage;
    options.roll_up.county_weight = enumerator_from<CountyWeight>(given["county_weight"].cast<std::string>());
    options.value = enumerator_from<ValueUnit>(given["value"].cast<std::string>());
    options.paths = {.count = given["paths"].cast<std::size_t>(),
                     .order = enumerator_from<FloatPathOrder>(given["path_order"].cast<std::string>())};
    options.warning = warning_options(given["warning"]);
    options.quality = quality_limits(given["quality"]);
    for (const py::handle day : given["windows"])
        options.windows.push_back(day_from(day).value());
    if (!given["mode"].is_none()) options.roll_up.mode = enumerator_from<WeightMode>(given["mode"].cast<std::string>());
    return options;
}

Tracked track_plan(const Plan& plan, const py::object& as_of, const py::dict& given, const RunOptions& options) {
    const Day day = day_from(as_of).value();
    const TrackOptions track_how = track_options(given);
    Tracked tracked{plan, {}};
    run(options, [&](const Stop& stop, const Progress& progress) {
        tracked.tracking = track(tracked.plan, day, track_how, stop, progress);
    });
    return tracked;
}

py::object examine_tracking(const Plan& plan, const Tracked& tracked) {
    Verdict verdict;
    {
        const py::gil_scoped_release released;
        verdict = examine(plan, tracked.tracking);
    }
    if (verdict.accepted) return value_class("Verdict")(true);
    return value_class("Verdict")(false, "tracking", to_python(verdict.place), to_python(verdict.why));
}

py::list findings_of(const Tracked& tracked) { return finding_list(tracking_findings(tracked.tracking)); }

}  // namespace

void bind_track(py::module_& module) {
    bind_enumeration<WeightMode>(module, "WeightMode");
    bind_enumeration<MissingPolicy>(module, "MissingPolicy");
    bind_enumeration<CountyWeight>(module, "CountyWeight");
    bind_enumeration<ProgressStatus>(module, "ProgressStatus");
    bind_enumeration<ValueUnit>(module, "ValueUnit");
    bind_enumeration<QualityCheck>(module, "QualityCheck");
    bind_enumeration<ParentRule>(module, "ParentRule");
    py::class_<Tracked>(module, "Tracking")
        .def_property_readonly("as_of", [](const Tracked& t) { return to_python(t.tracking.as_of.valid); })
        .def_property_readonly("recorded", [](const Tracked& t) { return to_python(t.tracking.as_of.recorded); })
        .def_property_readonly("termination", [](const Tracked& t) { return to_python(t.tracking.termination); })
        .def_property_readonly("cause", [](const Tracked& t) { return to_python(t.tracking.cause); })
        .def_property_readonly("claim", [](const Tracked& t) { return to_python(t.tracking.schedule.claim); })
        .def_property_readonly("digests", [](const Tracked& t) { return to_python(t.tracking.digests); })
        .def_property_readonly("baseline", [](const Tracked& t) { return to_python(t.tracking.variance.baseline); })
        .def_property_readonly("value", [](const Tracked& t) { return to_python(t.tracking.options.value); })
        .def_property_readonly("findings", &findings_of)
        .def("_sizes",
             [](const Tracked& t) {
                 return py::make_tuple(t.tracking.schedule.tasks.size(), t.tracking.roll_up.counties.size());
             })
        .def("_columns", &columns_of_tracking)
        .def(
            "__eq__", [](const Tracked& a, const Tracked& b) { return a.tracking == b.tracking; }, py::is_operator())
        .def("__hash__", [](const Tracked& t) {
            return std::hash<std::string>{}(to_text(t.tracking.digests.ledger)) ^
                   static_cast<std::size_t>(t.tracking.as_of.valid.number());
        });
    module.def("track", &track_plan);
    module.def("examine_tracking", &examine_tracking);
}

}  // namespace countyplan
