#include <pybind11/stl.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <countyplan/track/float_path.hpp>
#include <countyplan/track/schedule_log.hpp>

#include "binders.hpp"
#include "enumeration.hpp"
#include "held_schedule.hpp"
#include "reason_columns.hpp"

namespace countyplan {

namespace {

std::vector<std::string> names_of(const ScheduleFile& file) {
    std::vector<std::string> out;
    out.reserve(file.tasks.size());
    for (const ExchangeTask& task : file.tasks)
        out.push_back(task.id);
    return out;
}

std::optional<std::uint32_t> number_of(const ScheduleFile& file, const std::string& id) {
    for (std::size_t v = 0; v < file.tasks.size(); ++v)
        if (file.tasks[v].id == id) return static_cast<std::uint32_t>(v);
    return std::nullopt;
}

std::uint32_t task_named(const HeldSchedule& held, const std::string& id) {
    if (const auto found = number_of(held.file(), id)) return *found;
    throw py::value_error("the schedule has no task '" + id + "'");
}

py::list log_columns(const HeldSchedule& held) {
    require_dates(held);
    return reason_columns(held.solved.problem, schedule_log(held.solved.problem, held.solved.result),
                          names_of(held.file()));
}

py::list float_paths_to(const HeldSchedule& held, const std::string& last, std::size_t most, const std::string& order) {
    const std::uint32_t task = task_named(held, last);
    require_dates(held);
    const auto by = enumerator_from<FloatPathOrder>(order);
    std::vector<FloatPath> found;
    {
        const py::gil_scoped_release released;
        found = float_paths(held.solved.problem, held.solved.result, task, most, by);
    }
    py::list out;
    for (const FloatPath& path : found) {
        py::dict row;
        row["tasks"] = task_ids(held.file(), path.tasks);
        row["joins"] = path.joins ? to_python(held.file().links[*path.joins].successor) : py::none();
        row["distance"] = to_python(path.distance);
        out.append(row);
    }
    return out;
}

py::list longest_paths_of(const HeldSchedule& held, std::size_t most) {
    require_dates(held);
    std::vector<NetworkPath> found;
    {
        const py::gil_scoped_release released;
        found = longest_paths(held.solved.problem, held.solved.result, most);
    }
    py::list out;
    for (const NetworkPath& path : found) {
        py::dict row;
        row["tasks"] = task_ids(held.file(), path.tasks);
        row["slack"] = path.slack;
        out.append(row);
    }
    return out;
}

/// The day of an instant: of a finish, the evening of the day before.
py::object day_of(const std::optional<std::int64_t>& instant, bool at_finish) {
    if (!instant) return py::none();
    return to_python(Day(std::chrono::sys_days(std::chrono::days(at_finish ? *instant - 1 : *instant))));
}

py::dict move_of(const HeldSchedule& before, const HeldSchedule& after, const std::string& id) {
    const std::uint32_t task = task_named(after, id);
    require_dates(before);
    require_dates(after);
    std::map<std::string_view, std::uint32_t> known;
    for (const std::uint32_t v : row_numbers(before.file().tasks.size()))
        known.emplace(before.id_of(v), v);
    std::vector<std::uint32_t> before_of;
    for (const ExchangeTask& row : after.file().tasks) {
        const auto found = known.find(row.id);
        before_of.push_back(found == known.end() ? Drivers::own : found->second);
    }
    MoveExplanation move;
    {
        const py::gil_scoped_release released;
        move = explain_move(before.solved.problem, before.solved.result, after.solved.problem, after.solved.result,
                            task, before_of);
    }
    const ScheduleFile& told = move.is_later ? after.file() : before.file();
    py::list steps;
    for (const MoveStep& step : move.steps) {
        py::dict row;
        row["task"] = to_python(told.tasks[step.task].id);
        row["date"] = step.at_finish ? "finish" : "start";
        row["before"] = day_of(step.before, step.at_finish);
        row["after"] = day_of(step.after, step.at_finish);
        row["cause"] = to_python(step.cause);
        row["other"] = step.other == Drivers::own ? py::object(py::none()) : to_python(told.tasks[step.other].id);
        row["bound"] = step.cause == MoveCause::bound ? to_python(step.bound) : py::none();
        row["lag_before"] = step.lag_before;
        row["lag_after"] = step.lag_after;
        row["work_before"] = step.work_before;
        row["work_after"] = step.work_after;
        steps.append(row);
    }
    py::dict out;
    out["is_later"] = move.is_later;
    out["steps"] = steps;
    out["sentences"] = to_python(sentences(move, id, names_of(told)));
    return out;
}

}  // namespace

void bind_schedule_log(py::module_& module) {
    bind_enumeration<DateDriver>(module, "DateDriver");
    bind_enumeration<MoveCause>(module, "MoveCause");
    bind_enumeration<FloatPathOrder>(module, "FloatPathOrder");
    module.def("schedule_log", &log_columns);
    module.def("float_paths", &float_paths_to);
    module.def("longest_paths", &longest_paths_of);
    module.def("count_critical_paths", [](const HeldSchedule& held) {
        require_dates(held);
        const py::gil_scoped_release released;
        return count_critical_paths(held.solved.problem, held.solved.result);
    });
    module.def("explain_move", &move_of);
}

}  // namespace countyplan
