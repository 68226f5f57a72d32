#include <pybind11/stl.h>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include <countyplan/allocate/freeze.hpp>
#include <countyplan/allocate/replan.hpp>
#include <countyplan/allocate/trade_off.hpp>
#include <countyplan/io/event_log.hpp>
#include <countyplan/io/file.hpp>
#include <countyplan/io/result.hpp>

#include "binders.hpp"
#include "convert.hpp"
#include "enumeration.hpp"
#include "run.hpp"
#include "staffing_table.hpp"

namespace countyplan {

namespace {

/// A log of events as bytes: of a file, or the document of a list.
struct EventLog {
    std::string bytes{};
    std::string path{};  ///< empty: a list
    ReadOptions options{};
};

EventLog log_at(const std::string& path, const std::string& encoding) {
    EventLog out{{}, path, {}};
    if (encoding == "utf_8") out.options.encoding = Encoding::utf_8;
    if (encoding == "gb18030") out.options.encoding = Encoding::gb18030;
    const py::gil_scoped_release released;
    out.bytes = read_file(path, out.options.limits);
    return out;
}

/// Throws `InvalidPlan` with everything that is wrong.
EventReading events_of(const Plan& plan, const EventLog& log, const LastEvent& last) {
    const bool is_list = log.path.empty();
    EventReading out = read_events(plan, log.bytes, is_list ? "events.json" : log.path, log.options, last);
    if (is_list) {
        for (Finding& finding : out.findings)
            finding.source = {.file = {}, .line = 0, .column = 0, .pointer = std::move(finding.source.pointer)};
    }
    if (has_errors(out.findings)) throw InvalidPlan(std::move(out.findings));
    return out;
}

Plan plan_after(const Plan& plan, const EventLog& log, std::int64_t last) {
    const py::gil_scoped_release released;
    const LastEvent before{.number = last};
    return apply_events(plan, events_of(plan, log, before).events, before);
}

/// A class of the package's module of changed plans.
py::object replan_class(const char* name) { return py::module_::import("countyplan._replan").attr(name); }

py::dict change_dict(const PostingChange& change) {
    py::dict out;
    out["kind"] = to_python(change.kind);
    out["expert"] = to_python(change.expert());
    out["was"] = posting_dict(change.was);
    out["now"] = posting_dict(change.now);
    out["words"] = to_python(describe(change));
    return out;
}

py::object replan_after(const Plan& plan, const AllocationReading& former, const EventLog& log, std::int64_t last,
                        const RunOptions& options) {
    Replan found;
    AllocationReading answer;
    Findings warnings;
    // copies: a callback may drop the caller's last ones
    run(options, [&, plan, allocation = former.allocation, log](const Stop& stop, const Progress& progress) {
        const LastEvent before{.number = last};
        EventReading reading = events_of(plan, log, before);
        warnings = std::move(reading.findings);
        found = replan(plan, allocation, reading.events, {.allocate = {}, .last = before}, stop, progress);
        answer = reading_of(found.plan, std::move(found.allocation));
    });
    py::list changes;
    for (const PostingChange& change : found.changes)
        changes.append(change_dict(change));
    return replan_class("Replan")(found.plan, std::move(answer), changes, found.stays, found.last.number,
                                  finding_list(warnings));
}

// ---------------------------------------------------------------------------------------------------------------------

/// Who stays: pairs of a kind (a `Noun`'s name) and an id; dates where the package has seen to it that they are some.
Plan frozen_plan(const Plan& plan, const std::vector<std::pair<std::string, std::string>>& of, const py::object& before,
                 const py::object& after, const std::string& reason) {
    FreezeSelection selection{.of = {}, .before = day_from(before), .after = day_from(after), .reason = reason};
    for (const auto& [kind, id] : of)
        selection.of.push_back({enumerator_from<Noun>(kind), id});
    const py::gil_scoped_release released;
    return freeze(plan, selection);
}

Plan plan_with_nobody_worse(const Plan& plan, const std::string& reason) {
    const py::gil_scoped_release released;
    return nobody_worse(plan, reason);
}

// ---------------------------------------------------------------------------------------------------------------------

py::dict point_dict(const TradePoint& point) {
    py::dict tiers;
    for (const TierValue& tier : point.tiers)
        tiers[to_python(tier.tier)] = to_python(tier.value);
    py::dict out;
    out["first"] = to_python(point.first);
    out["second"] = to_python(point.second);
    out["tiers"] = tiers;
    out["staffing"] = dicts_of(point.staffing.rows());
    return out;
}

py::dict box_dict(const TradeBox& box) {
    py::dict out;
    out["from"] = to_python(box.from);
    out["to"] = to_python(box.to);
    out["known"] = to_python(box.known);
    out["possible"] = to_python(box.possible);
    return out;
}

py::object trade_off_of(const Plan& plan, const StaffingTable& former, const std::string& first,
                        const std::string& second, const std::vector<std::string>& dropped, std::size_t most_points,
                        const RunOptions& run_options) {
    TradeOffOptions options;
    options.first = enumerator_from<Tier>(first);
    options.second = enumerator_from<Tier>(second);
    for (const std::string& tier : dropped)
        options.dropped.push_back(enumerator_from<Tier>(tier));
    options.most_points = most_points;
    TradeOff curve;
    bool verified = false;
    run(run_options, [&, plan, staffing = former.reading.staffing](const Stop& stop, const Progress& progress) {
        curve = trade_off(plan, staffing, options, stop, progress);
        verified = verify(plan, staffing, curve);
    });
    py::list points;
    for (const TradePoint& point : curve.points)
        points.append(point_dict(point));
    py::list dropped_tiers;
    for (const Tier tier : curve.dropped)
        dropped_tiers.append(to_python(tier));
    py::list open;
    for (const TradeBox& box : curve.open)
        open.append(box_dict(box));
    return replan_class("TradeOff")(to_python(curve.termination), to_python(curve.cause), to_python(curve.claim),
                                    verified, to_python(curve.first), to_python(curve.second), dropped_tiers, points,
                                    open, curve.steps, to_python(curve.digests));
}

}  // namespace

void bind_replan(py::module_& module) {
    bind_enumeration<EventKind>(module, "EventKind");
    py::class_<EventLog>(module, "EventLog")
        .def_static("of",
                    [](std::string document) {
                        return EventLog{std::move(document), {}, {}};
                    })
        .def_static("at", &log_at);
    module.def("apply_events", &plan_after);
    module.def("freeze", &frozen_plan);
    module.def("nobody_worse", &plan_with_nobody_worse);
    module.def("replan", &replan_after);
    module.def("trade_off", &trade_off_of);
}

}  // namespace countyplan
