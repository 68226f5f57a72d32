#include <pybind11/stl.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <countyplan/io/log.hpp>
#include <countyplan/io/read.hpp>
#include <countyplan/track/ledger.hpp>
#include <countyplan/track/ledger_flaw.hpp>
#include <countyplan/track/recorded_baseline.hpp>
#include <countyplan/track/schedule.hpp>

#include "binders.hpp"
#include "column.hpp"
#include "encoding.hpp"
#include "enumeration.hpp"

namespace countyplan {

namespace {

/// Facts as a table, of a file or of a caller's rows.
struct FactTable {
    FactReading reading{};
    std::string path{};  ///< empty: rows
};

FactTable table_of(std::string bytes, std::string path, const ReadOptions& options) {
    FactTable out{read_facts(std::move(bytes), path.empty() ? "ledger.csv" : path, options), path};
    if (path.empty()) {
        for (Finding& finding : out.reading.findings)
            finding.source = {};
    }
    if (has_errors(out.reading.findings)) throw InvalidPlan(std::move(out.reading.findings));
    return out;
}

FactTable facts_at(const std::string& path, const std::string& encoding) {
    const py::gil_scoped_release released;
    const ReadOptions options{.encoding = encoding_from(encoding)};
    return table_of(read_file(path, options.limits), path, options);
}

FactTable facts_of(const std::string& csv) {
    const py::gil_scoped_release released;
    return table_of(csv, {}, {.encoding = Encoding::utf_8});
}

/// What there is to say about the facts, at their lines in the file or by their rows. Throws `InvalidPlan` for what may
/// not be recorded.
Findings remarks(const Plan& plan, const FactTable& given) {
    Findings out = given.reading.findings;
    const std::size_t known = plan.rows().ledger.size();
    for (Finding& finding : check_recording(plan, given.reading.facts.rows())) {
        if (finding.place.row && *finding.place.row >= known) {
            *finding.place.row -= known;
            if (!given.path.empty()) {
                finding.source = {
                    .file = given.path, .line = given.reading.lines[*finding.place.row], .column = 1, .pointer = {}};
            }
        }
        out.push_back(std::move(finding));
    }
    if (has_errors(out)) throw InvalidPlan(std::move(out));
    return out;
}

Plan with_facts(const Plan& plan, const FactReading& given) {
    if (given.facts.empty()) return plan;
    Draft draft = plan.rows();
    for (const Fact& fact : given.facts.rows())
        draft.ledger.push_back(fact);
    return Plan(std::move(draft));
}

py::tuple record_in(const Plan& plan, const FactTable& given) {
    Findings found;
    Plan after;
    {
        const py::gil_scoped_release released;
        found = remarks(plan, given);
        after = with_facts(plan, given.reading);
    }
    return py::make_tuple(std::move(after), finding_list(found), py::none(), py::none());
}

/// As `countyplan record`: the facts are on the disk when this returns, all of them or none.
py::tuple record_at(const std::string& path, const FactTable& given, const std::string& encoding, bool dry_run) {
    Findings found;
    Plan after;
    std::string log;
    LogEnd end;
    bool is_written = false;
    {
        const py::gil_scoped_release released;
        PlanReading reading = read_checked(path, {.encoding = encoding_from(encoding)});
        if (!reading.plan || has_errors(reading.findings)) throw InvalidPlan(std::move(reading.findings));
        found = remarks(*reading.plan, given);
        after = with_facts(*reading.plan, given.reading);
        log = ledger_log_path(path);
        end = reading.log_end;
        is_written = !dry_run && !given.reading.facts.empty();
        if (is_written) {
            end = append_to_log(log, LogKind::ledger, facts_payload(given.reading.facts.rows()), reading.log_end);
        }
    }
    return py::make_tuple(std::move(after), finding_list(found), py::bytes(log),
                          is_written ? py::object(py::int_(end.records)) : py::none());
}

// ---------------------------------------------------------------------------------------------------------------------

py::object fact_dict(const Ledger& ledger, Id<Fact> fact) {
    if (!fact) return py::none();
    return dict_of(ledger[fact]);
}

std::string fact_id(const Ledger& ledger, Id<Fact> fact) { return fact ? ledger[fact].id : std::string(); }

Reference reference_from(const std::string& text) {
    const std::size_t colon = text.find(':');
    if (colon != std::string::npos) {
        if (const auto noun = enumerator<Noun>(text.substr(0, colon))) return {*noun, text.substr(colon + 1)};
    }
    throw py::value_error("a subject is written noun:id, such as task:T-1, not '" + text + "'");
}

AsOf as_of_from(const py::handle& valid, const py::handle& recorded) {
    return {day_from(valid).value(), day_from(recorded).value()};
}

py::list flaws_of(const Ledger& ledger, const py::object& valid, const py::object& recorded) {
    const std::vector<LedgerFlaw> found = flaws(ledger, as_of_from(valid, recorded));
    py::list out;
    out.append(column("fact", found, [&](const LedgerFlaw& flaw) { return fact_id(ledger, flaw.fact); }));
    out.append(column("kind", found, [](const LedgerFlaw& flaw) { return flaw.kind; }));
    out.append(column("against", found, [&](const LedgerFlaw& flaw) { return fact_id(ledger, flaw.against); }));
    out.append(column("refused", found, [](const LedgerFlaw& flaw) { return flaw.refused; }));
    return out;
}

py::list targets_of(const Ledger& ledger, const std::string& indicator, const py::object& valid,
                    const py::object& recorded) {
    const Id<Indicator> id = ledger.plan().find<Indicator>(indicator);
    if (!id) throw py::value_error("the plan has no indicator '" + indicator + "'");
    py::list out;
    for (const RevisedTarget& target : targets(ledger, id, as_of_from(valid, recorded))) {
        py::dict row;
        row["fact"] = to_python(fact_id(ledger, target.fact));
        row["target"] = target.target;
        row["since"] = to_python(target.since);
        row["reason"] = to_python(target.reason);
        out.append(row);
    }
    return out;
}

py::list baselines_of(const Ledger& ledger, const py::object& valid, const py::object& recorded) {
    const std::vector<RecordedBaseline> found = recorded_baselines(ledger, as_of_from(valid, recorded));
    py::list out;
    out.append(column("county", found,
                      [&](const RecordedBaseline& row) { return ledger.plan().rows().counties[row.county].code; }));
    out.append(column("name", found, [](const RecordedBaseline& row) { return row.name; }));
    out.append(column("recorded_at", found, [](const RecordedBaseline& row) { return row.recorded; }));
    out.append(column("valid_at", found, [](const RecordedBaseline& row) { return row.valid; }));
    out.append(column("tasks", found, [](const RecordedBaseline& row) { return row.tasks; }));
    return out;
}

/// As `countyplan record --baseline`: the dates of the plan's own schedule.
std::vector<Fact> facts_of_baseline(const Plan& plan, const std::string& name, Day recorded) {
    const Schedule planned = schedule(plan);
    if (planned.termination != Termination::optimal) throw InvalidPlan(conflicts(plan, planned));
    return baseline_facts(plan, planned, name, recorded, "countyplan record");
}

// ---------------------------------------------------------------------------------------------------------------------

LedgerLog log_at(const std::string& path) {
    const py::gil_scoped_release released;
    return read_ledger_log(read_file(path, Limits{}));
}

/// The columns of facts, after the number of the record that holds each.
py::list log_columns(const LedgerLog& log) {
    std::vector<std::int64_t> record(log.facts.size());
    for (std::size_t r = 0; r < log.first.size(); ++r) {
        const std::size_t end = r + 1 < log.first.size() ? log.first[r + 1] : log.facts.size();
        for (std::size_t i = log.first[r]; i < end; ++i)
            record[i] = static_cast<std::int64_t>(r) + 1;
    }
    py::list out;
    out.append(column("record", record, [](std::int64_t number) { return number; }));
    for (const py::handle one : columns_of(log.facts))
        out.append(one);
    return out;
}

}  // namespace

void bind_ledger(py::module_& module) {
    bind_enumeration<LedgerFlawKind>(module, "LedgerFlawKind");
    py::class_<FactTable>(module, "FactTable")
        .def_static("of", &facts_of)
        .def_static("at", &facts_at)
        .def("size", [](const FactTable& table) { return table.reading.facts.size(); });
    module.def("record_in", &record_in);
    module.def("record_at", &record_at);
    module.def("known_by", [](const Plan& plan, const py::object& recorded) {
        const Day day = day_from(recorded).value();
        const py::gil_scoped_release released;
        return known_by(plan, day);
    });
    module.def("baseline_facts", [](const Plan& plan, const std::string& name, const py::object& recorded) {
        std::vector<Fact> facts;
        const Day day = day_from(recorded).value();
        {
            const py::gil_scoped_release released;
            facts = facts_of_baseline(plan, name, day);
        }
        return dicts_of(facts);
    });
    module.def("ledger_log_path", [](const std::string& path) { return py::bytes(ledger_log_path(path)); });

    py::class_<Ledger>(module, "Ledger")
        .def(py::init<Plan>(), py::call_guard<py::gil_scoped_release>())
        .def("find",
             [](const Ledger& ledger, const std::string& subject, const std::string& field, const py::object& valid,
                const py::object& recorded) {
                 return fact_dict(ledger, ledger.find(reference_from(subject), field, as_of_from(valid, recorded)));
             })
        .def("history",
             [](const Ledger& ledger, const std::string& subject, const std::string& field, const py::object& valid,
                const py::object& recorded) {
                 std::vector<Fact> facts;
                 for (const Id<Fact> fact : ledger.history(reference_from(subject), field, as_of_from(valid, recorded)))
                     facts.push_back(ledger[fact]);
                 return dicts_of(facts);
             })
        .def("digest", [](const Ledger& ledger,
                          const py::object& recorded) { return to_python(ledger.digest(day_from(recorded).value())); })
        .def("flaws", &flaws_of)
        .def("baselines", &baselines_of)
        .def("targets", &targets_of)
        .def("size", [](const Ledger& ledger) { return ledger.plan().rows().ledger.size(); });

    py::class_<LedgerLog>(module, "LedgerLog")
        .def_property_readonly("records", [](const LedgerLog& log) { return log.end.records; })
        .def_property_readonly("bytes", [](const LedgerLog& log) { return log.end.bytes; })
        .def_property_readonly("torn", [](const LedgerLog& log) { return log.torn; })
        .def_property_readonly("facts", [](const LedgerLog& log) { return dicts_of(log.facts); })
        .def("_size", [](const LedgerLog& log) { return log.facts.size(); })
        .def("_columns", &log_columns);
    module.def("read_ledger_log", &log_at);
}

}  // namespace countyplan
