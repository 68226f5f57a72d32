#include <pybind11/stl.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <countyplan/io/exchange/plan_schedule.hpp>
#include <countyplan/io/exchange/read_schedule.hpp>
#include <countyplan/io/exchange/solved_schedule.hpp>
#include <countyplan/io/exchange/write_schedule.hpp>
#include <countyplan/io/file.hpp>

#include "binders.hpp"
#include "column.hpp"
#include "encoding.hpp"
#include "enumeration.hpp"
#include "held_schedule.hpp"
#include "run.hpp"

namespace countyplan {

namespace {

using Reading = std::shared_ptr<ScheduleReading>;

ScheduleReadOptions read_options(const py::dict& given) {
    ScheduleReadOptions options;
    const auto format = given["format"].cast<std::string>();
    if (format != "automatic") options.format = enumerator_from<ScheduleFormat>(format);
    options.encoding = encoding_from(given["encoding"].cast<std::string>());
    options.data_date = day_from(given["data_date"]);
    if (const auto start = day_from(given["start"])) options.start = *start;
    return options;
}

/// Throws `InvalidPlan` with everything that was found, if there is an error.
Reading accepted(ScheduleReading reading) {
    if (has_errors(reading.findings)) throw InvalidPlan(std::move(reading.findings));
    return std::make_shared<ScheduleReading>(std::move(reading));
}

Reading schedule_at(const std::string& path, const py::dict& given) {
    const ScheduleReadOptions options = read_options(given);
    const py::gil_scoped_release released;
    return accepted(read_schedule(path, options));
}

/// The document of a caller's rows; there is no file that findings could name.
Reading schedule_of(const std::string& document) {
    const py::gil_scoped_release released;
    ScheduleReading reading = read_schedule_text(document, "schedule.json", {.format = ScheduleFormat::json});
    for (Finding& finding : reading.findings)
        finding.source = {.file = {}, .line = 0, .column = 0, .pointer = std::move(finding.source.pointer)};
    return accepted(std::move(reading));
}

/// What `make(rows)` makes of the table of that name; the package has refused other names.
template <class Make>
py::object of_exchange_table(const ScheduleFile& file, const std::string& wanted, Make&& make) {
    py::object out = py::none();
    const auto visit = [&]<class Row>(const std::vector<Row>& rows) {
        if (wanted == Table<Row>::name) out = make(rows);
    };
    visit(file.projects);
    visit(file.calendars);
    visit(file.exceptions);
    visit(file.tasks);
    visit(file.links);
    return out;
}

HeldSchedule solve_file(const Reading& reading, const py::dict& given, const RunOptions& run_options) {
    HeldSchedule held{.reading = reading};
    held.options.critical_float = WorkDays(given["critical_float"].cast<std::int64_t>());
    held.options.logic = enumerator_from<ProgressLogic>(given["logic"].cast<std::string>());
    held.options.rules = enumerator_from<ScheduleRules>(given["rules"].cast<std::string>());
    run(run_options, [&](const Stop& stop, const Progress& progress) {
        held.solved = solve_schedule(held.file(), held.options, stop, progress);
    });
    return held;
}

py::list task_columns(const HeldSchedule& held) {
    const ScheduleFile& file = held.file();
    const auto rows = row_numbers(held.solved.tasks.size());
    py::list out;
    const auto add = [&](std::string_view name, auto value) { out.append(column(name, rows, value)); };
    const auto of_dates = [&](std::string_view name, auto ExchangeDates::*member) {
        add(name, [&, member](std::uint32_t v) { return held.solved.tasks[v].*member; });
    };
    add("id", [&](std::uint32_t v) { return file.tasks[v].id; });
    add("name", [&](std::uint32_t v) { return file.tasks[v].name; });
    add("project", [&](std::uint32_t v) {
        return file.tasks[v].project.empty() ? file.projects.front().id : file.tasks[v].project;
    });
    of_dates("start", &ExchangeDates::start);
    of_dates("finish", &ExchangeDates::finish);
    of_dates("early_start", &ExchangeDates::early_start);
    of_dates("early_finish", &ExchangeDates::early_finish);
    of_dates("late_start", &ExchangeDates::late_start);
    of_dates("late_finish", &ExchangeDates::late_finish);
    of_dates("early_start_day", &ExchangeDates::early_start_day);
    of_dates("early_finish_day", &ExchangeDates::early_finish_day);
    of_dates("late_start_day", &ExchangeDates::late_start_day);
    of_dates("late_finish_day", &ExchangeDates::late_finish_day);
    of_dates("total_float", &ExchangeDates::total_float);
    of_dates("free_float", &ExchangeDates::free_float);
    add("interfering_float", [&](std::uint32_t v) { return held.solved.result.tasks[v].interfering_float(); });
    of_dates("critical_by_float", &ExchangeDates::critical_by_float);
    of_dates("on_longest_path", &ExchangeDates::on_longest_path);
    of_dates("provisional", &ExchangeDates::provisional);
    return out;
}

py::list link_columns(const HeldSchedule& held) {
    const auto& links = held.file().links;
    const CriticalPathResult& result = held.solved.result;
    const bool has_dates = !held.solved.tasks.empty();
    const auto rows = row_numbers(has_dates ? links.size() : 0);
    py::list out;
    out.append(column("predecessor", rows, [&](std::uint32_t k) { return links[k].predecessor; }));
    out.append(column("successor", rows, [&](std::uint32_t k) { return links[k].successor; }));
    out.append(column("type", rows, [&](std::uint32_t k) { return links[k].type; }));
    out.append(column("lag", rows, [&](std::uint32_t k) { return links[k].lag.value_or(WorkDays()); }));
    out.append(column("bound", rows, [&](std::uint32_t k) { return links[k].bound.value_or(LinkBound::minimum); }));
    out.append(column("driving", rows, [&](std::uint32_t k) { return result.driving[k] != 0; }));
    out.append(column("out_of_sequence", rows,
                      [&](std::uint32_t k) { return std::ranges::binary_search(result.out_of_sequence, k); }));
    return out;
}

py::object dates_columns(const HeldSchedule& held, const std::string& table) {
    if (table == "tasks") return task_columns(held);
    if (table == "links") return link_columns(held);
    return py::none();
}

py::object verdict_of(const HeldSchedule& held) {
    const Verdict& verdict = held.solved.verdict;
    if (verdict.accepted) return value_class("Verdict")(true);
    return value_class("Verdict")(false, "schedule", to_python(verdict.place), to_python(verdict.why));
}

/// The warnings: what of the schedule the format cannot hold.
py::list write_dates(const HeldSchedule& held, const std::string& path, const std::string& format, bool replace,
                     const std::string& language) {
    require_dates(held);
    ScheduleWriting writing;
    {
        const auto output = enumerator_from<ScheduleOutput>(format);
        const Language words = language_from(language);
        const py::gil_scoped_release released;
        writing = write_schedule(held.file(), held.solved, output, words);
        if (has_errors(writing.findings)) throw InvalidPlan(std::move(writing.findings));
        save_file(path, writing.bytes, replace ? Existing::replace : Existing::refuse);
    }
    return finding_list(writing.findings);
}

void write_file(const Reading& reading, const std::string& path, bool replace) {
    const py::gil_scoped_release released;
    save_file(path, schedule_json(reading->file), replace ? Existing::replace : Existing::refuse);
}

py::object output_format_of(const std::string& path) {
    const auto format = schedule_output_of(path);
    return format ? to_python(name(*format)) : py::none();
}

}  // namespace

void bind_schedule(py::module_& module) {
    bind_enumeration<ProgressLogic>(module, "ProgressLogic");
    bind_enumeration<ScheduleRules>(module, "ScheduleRules");
    bind_enumeration<LinkBound>(module, "LinkBound");
    bind_enumeration<Weekday>(module, "Weekday");
    bind_enumeration<ScheduleFormat>(module, "ScheduleFormat");
    bind_enumeration<ScheduleOutput>(module, "ScheduleOutput");

    py::class_<ScheduleReading, Reading>(module, "ScheduleFile")
        .def_property_readonly("name", [](const ScheduleReading& r) { return to_python(r.file.name); })
        .def_property_readonly("data_date", [](const ScheduleReading& r) { return to_python(r.file.data_date); })
        .def_property_readonly("format", [](const ScheduleReading& r) { return to_python(r.format); })
        .def_property_readonly("warnings", [](const ScheduleReading& r) { return finding_list(r.findings); })
        .def("_sizes",
             [](const ScheduleReading& r) { return py::make_tuple(r.file.tasks.size(), r.file.links.size()); })
        .def("_rows",
             [](const ScheduleReading& r, const std::string& table) {
                 return of_exchange_table(r.file, table, [](const auto& rows) { return dicts_of(rows); });
             })
        .def("_columns",
             [](const ScheduleReading& r, const std::string& table) {
                 return of_exchange_table(r.file, table, [](const auto& rows) { return columns_of(rows); });
             })
        .def("_document", [](const ScheduleReading& r) { return to_python(schedule_json(r.file)); })
        .def(
            "__eq__", [](const ScheduleReading& a, const ScheduleReading& b) { return a.file == b.file; },
            py::is_operator())
        .def("__hash__", [](const ScheduleReading& r) {
            return std::hash<std::string>{}(r.file.name) ^ r.file.tasks.size() ^ (r.file.links.size() << 20U);
        });

    py::class_<HeldSchedule>(module, "SolvedSchedule")
        .def_property_readonly("file", [](const HeldSchedule& h) { return h.reading; })
        .def_property_readonly("termination",
                               [](const HeldSchedule& h) { return to_python(h.solved.result.termination); })
        .def_property_readonly("cause", [](const HeldSchedule& h) { return to_python(h.solved.result.cause); })
        .def_property_readonly("claim", [](const HeldSchedule& h) { return to_python(h.solved.result.claim); })
        .def_property_readonly("verdict", &verdict_of)
        .def_property_readonly("conflict",
                               [](const HeldSchedule& h) { return to_python(conflict_message(h.file(), h.solved)); })
        .def_property_readonly("steps", [](const HeldSchedule& h) { return h.solved.result.steps; })
        .def("_size", [](const HeldSchedule& h) { return h.solved.tasks.size(); })
        .def("_columns", &dates_columns)
        .def(
            "__eq__",
            [](const HeldSchedule& a, const HeldSchedule& b) {
                return a.file() == b.file() && a.options == b.options && a.solved.result == b.solved.result;
            },
            py::is_operator())
        .def("__hash__",
             [](const HeldSchedule& h) { return std::hash<std::string>{}(h.file().name) ^ h.solved.tasks.size(); });

    module.def("read_schedule", &schedule_at);
    module.def("schedule_of", &schedule_of);
    module.def("plan_schedule", [](const Plan& plan) {
        const py::gil_scoped_release released;
        return std::make_shared<ScheduleReading>(ScheduleReading{.file = plan_schedule(plan)});
    });
    module.def("solve_schedule", &solve_file);
    module.def("write_dates", &write_dates);
    module.def("write_schedule_file", &write_file);
    module.def("schedule_output_of", &output_format_of);
    module.def("schedule_schema", [] { return to_python(schedule_schema()); });
}

}  // namespace countyplan
