#include <pybind11/stl.h>

#include <string>
#include <utility>
#include <vector>

#include "binders.hpp"
#include "held_schedule.hpp"
#include "live_file.hpp"

namespace countyplan {

namespace {

/// The rows of a document, in which what they refer to stands for what the live schedule has. Throws `InvalidPlan`.
ScheduleFile edited_rows(const std::string& document) {
    ScheduleReading reading = read_schedule_text(document, "schedule.json", {.format = ScheduleFormat::json});
    for (Finding& finding : reading.findings)
        finding.source = {};
    if (has_errors(reading.findings)) throw InvalidPlan(std::move(reading.findings));
    return std::move(reading.file);
}

LiveFile live_of(const ScheduleReading& reading, const std::string& logic, const std::string& rules) {
    return LiveFile(reading.file,
                    {.logic = enumerator_from<ProgressLogic>(logic), .rules = enumerator_from<ScheduleRules>(rules)});
}

HeldSchedule solved_of(const LiveFile& live, std::int64_t critical_float) {
    HeldSchedule out{.options = live.options()};
    out.options.critical_float = WorkDays(critical_float);
    out.reading = std::make_shared<ScheduleReading>(ScheduleReading{.file = live.file()});
    out.solved = live.solved(out.options);
    return out;
}

py::dict dates_of(const LiveFile& live, const std::string& id) {
    const ExchangeDates dates = live.dates(id);
    py::dict out;
    out["start"] = to_python(dates.start);
    out["finish"] = to_python(dates.finish);
    out["early_start"] = dates.early_start;
    out["early_finish"] = dates.early_finish;
    out["late_start"] = dates.late_start;
    out["late_finish"] = dates.late_finish;
    out["early_start_day"] = to_python(dates.early_start_day);
    out["early_finish_day"] = to_python(dates.early_finish_day);
    out["late_start_day"] = to_python(dates.late_start_day);
    out["late_finish_day"] = to_python(dates.late_finish_day);
    out["total_float"] = to_python(dates.total_float);
    out["free_float"] = to_python(dates.free_float);
    out["provisional"] = dates.provisional;
    return out;
}

}  // namespace

void bind_live(py::module_& module) {
    py::class_<LiveFile>(module, "LiveFile")
        .def_static("of", &live_of)
        .def("add_task", [](LiveFile& l, const std::string& text) { l.add_task(edited_rows(text).tasks.at(0)); })
        .def("change_task", [](LiveFile& l, const std::string& text) { l.change_task(edited_rows(text).tasks.at(0)); })
        .def("remove_task", &LiveFile::remove_task)
        .def("add_link", [](LiveFile& l, const std::string& text) { return l.add_link(edited_rows(text).links.at(0)); })
        .def("change_link", [](LiveFile& l, std::int64_t number,
                               const std::string& text) { l.change_link(number, edited_rows(text).links.at(0)); })
        .def("remove_link", &LiveFile::remove_link)
        .def("has_task", &LiveFile::has_task)
        .def("task", [](const LiveFile& l, const std::string& id) { return dict_of(l.task(id)); })
        .def("link", [](const LiveFile& l, std::int64_t number) { return dict_of(l.link(number)); })
        .def("task_ids", [](const LiveFile& l) { return to_python(l.task_ids()); })
        .def("link_numbers", [](const LiveFile& l) { return to_python(l.link_numbers()); })
        .def("sizes", [](const LiveFile& l) { return py::make_tuple(l.task_count(), l.link_count()); })
        .def("steps", &LiveFile::steps)
        .def("data_date", [](const LiveFile& l) { return to_python(l.file().data_date); })
        .def("dates", &dates_of)
        .def("finish", [](const LiveFile& l, const std::string& project) { return to_python(l.finish(project)); })
        .def("file",
             [](const LiveFile& l) { return std::make_shared<ScheduleReading>(ScheduleReading{.file = l.file()}); })
        .def("solved", &solved_of);
}

}  // namespace countyplan
