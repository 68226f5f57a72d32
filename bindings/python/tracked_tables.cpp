#include "tracked_tables.hpp"

#include <pybind11/stl.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "column.hpp"
#include "reason_columns.hpp"

namespace countyplan {

namespace {

const std::string& task_id(const Tracked& tracked, Id<Task> task) { return tracked.plan.rows().tasks[task].id; }

const std::string& task_id(const Tracked& tracked, std::uint32_t task) { return task_id(tracked, Id<Task>(task)); }

std::string code_of(const Tracked& tracked, Id<County> county) {
    return to_text(tracked.plan.rows().counties[county].code);
}

std::vector<std::string> ids_of(const Tracked& tracked, const std::vector<std::uint32_t>& tasks) {
    std::vector<std::string> out;
    for (const std::uint32_t task : tasks)
        out.push_back(task_id(tracked, task));
    return out;
}

/// Values are whole hundredths.
double units(std::int64_t hundredths) { return static_cast<double>(hundredths) / 100.0; }

std::optional<double> units(const std::optional<std::int64_t>& hundredths) {
    return hundredths ? std::optional(units(*hundredths)) : std::nullopt;
}

std::optional<double> units(const std::optional<double>& hundredths) {
    return hundredths ? std::optional(*hundredths / 100.0) : std::nullopt;
}

/// One row for the whole and for each province, county, goal and task.
py::list earned_value_columns(const Tracked& tracked) {
    struct Row {
        std::string level{};
        std::string id{};
        const EarnedValue* value = nullptr;
        ValueIndices index{};
    };
    const EarnedValueReport& report = tracked.tracking.earned_value;
    const Draft& plan = tracked.plan.rows();
    std::vector<Row> rows;
    const auto add = [&](std::string level, std::string id, const EarnedValue& value) {
        rows.push_back({std::move(level), std::move(id), &value, value.indices()});
    };
    if (tracked.tracking.termination == Termination::optimal) add("whole", "", report.whole);
    for (const ProvinceEarnedValue& province : report.provinces)
        add("province", to_text(province.province), province.value);
    for (const Id<County> id : report.counties.ids())
        add("county", to_text(plan.counties[id].code), report.counties[id]);
    for (const Id<Goal> id : report.goals.ids())
        add("goal", plan.goals[id].id, report.goals[id]);
    for (const Id<Task> id : report.tasks.ids())
        add("task", plan.tasks[id].id, report.tasks[id]);
    py::list out;
    const auto put = [&](std::string_view name, auto value) { out.append(column(name, rows, value)); };
    put("level", [](const Row& row) { return row.level; });
    put("id", [](const Row& row) { return row.id; });
    put("bac", [](const Row& row) { return units(row.value->sums.budget); });
    put("pv", [](const Row& row) { return units(row.value->sums.planned); });
    put("ev", [](const Row& row) { return units(row.value->sums.earned); });
    put("ac", [](const Row& row) { return units(row.value->sums.actual); });
    put("at", [](const Row& row) { return row.value->sums.actual_time; });
    put("pd", [](const Row& row) { return row.value->sums.planned_duration; });
    put("es", [](const Row& row) {
        const auto& earned = row.value->sums.earned_schedule;
        return earned ? std::optional(earned->value()) : std::nullopt;
    });
    put("sv", [](const Row& row) { return units(row.index.schedule_variance); });
    put("cv", [](const Row& row) { return units(row.index.cost_variance); });
    const auto put_index = [&](std::string_view name, auto ValueIndices::*member) {
        put(name, [member](const Row& row) { return row.index.*member; });
    };
    put_index("spi", &ValueIndices::spi);
    put_index("cpi", &ValueIndices::cpi);
    put_index("sci", &ValueIndices::sci);
    put_index("tcpi", &ValueIndices::tcpi);
    put_index("sv_t", &ValueIndices::time_variance);
    put_index("spi_t", &ValueIndices::spi_t);
    put_index("sci_t", &ValueIndices::sci_t);
    put_index("tspi_t", &ValueIndices::tspi_t);
    put("adherence", [](const Row& row) { return row.value->adherence; });
    for (std::size_t i = 0; i < enumerator_count<CostForecastBy>; ++i) {
        const std::string by(name(static_cast<CostForecastBy>(i)));
        put("eac_" + by, [i](const Row& row) { return units(row.index.cost[i].at_completion); });
    }
    for (std::size_t i = 0; i < enumerator_count<TimeForecastBy>; ++i) {
        const std::string by(name(static_cast<TimeForecastBy>(i)));
        put("eac_t_" + by, [i](const Row& row) { return row.index.duration[i]; });
    }
    put("left_out", [](const Row& row) { return row.value->left_out.tasks; });
    put("without_actual", [](const Row& row) { return row.value->without_actual; });
    return out;
}

/// The tasks of each county in the order of a timeline.
py::list timeline_columns(const Tracked& tracked) {
    struct Row {
        Id<County> county;
        Id<Task> task;
    };
    const Schedule& schedule = tracked.tracking.schedule;
    std::vector<Row> rows;
    for (const Id<County> county : schedule.counties.ids()) {
        for (const Id<Task> task : schedule.counties[county].tasks)
            rows.push_back({county, task});
    }
    const auto dates = [&](const Row& row) -> const TaskDates& { return schedule.tasks[row.task]; };
    py::list out;
    const auto put = [&](std::string_view name, auto value) { out.append(column(name, rows, value)); };
    put("county", [&](const Row& row) { return code_of(tracked, row.county); });
    put("id", [&](const Row& row) { return task_id(tracked, row.task); });
    put("name_zh", [&](const Row& row) { return tracked.plan.rows().tasks[row.task].name_zh; });
    put("name_en", [&](const Row& row) { return tracked.plan.rows().tasks[row.task].name_en; });
    put("start", [&](const Row& row) { return dates(row).early_start; });
    put("finish", [&](const Row& row) { return dates(row).early_finish; });
    put("has_started", [&](const Row& row) { return dates(row).has_started; });
    put("is_complete", [&](const Row& row) { return dates(row).is_complete; });
    put("on_longest_path", [&](const Row& row) { return dates(row).on_longest_path; });
    put("total_float", [&](const Row& row) { return dates(row).total_float; });
    put("provisional", [&](const Row& row) { return dates(row).provisional; });
    return out;
}

py::list float_path_columns(const Tracked& tracked) {
    struct Row {
        Id<County> county;
        std::int64_t rank = 0;
        const FloatPath* path = nullptr;
    };
    const auto& paths = tracked.tracking.paths;
    const auto& links = tracked.tracking.schedule.problem.links;
    std::vector<Row> rows;
    for (const Id<County> county : paths.ids()) {
        std::int64_t rank = 0;
        for (const FloatPath& path : paths[county].nearest)
            rows.push_back({county, ++rank, &path});
    }
    py::list out;
    out.append(column("county", rows, [&](const Row& row) { return code_of(tracked, row.county); }));
    out.append(column("rank", rows, [](const Row& row) { return row.rank; }));
    out.append(column("tasks", rows, [&](const Row& row) { return ids_of(tracked, row.path->tasks); }));
    out.append(column("joins", rows, [&](const Row& row) {
        return row.path->joins ? task_id(tracked, links[*row.path->joins].successor) : std::string();
    }));
    out.append(column("distance", rows, [](const Row& row) { return row.path->distance; }));
    return out;
}

py::list log_columns(const Tracked& tracked) {
    std::vector<std::string> names;
    for (const Task& task : tracked.plan.rows().tasks.rows())
        names.push_back(task.id);
    return reason_columns(tracked.tracking.schedule.problem, tracked.tracking.log.rows(), names);
}

py::list quality_columns(const Tracked& tracked) {
    struct Row {
        Id<County> county;
        const QualityAnswer* answer = nullptr;
    };
    const auto& quality = tracked.tracking.quality;
    std::vector<Row> rows;
    for (const Id<County> county : quality.ids()) {
        for (const QualityAnswer& answer : quality[county].answers)
            rows.push_back({county, &answer});
    }
    py::list out;
    out.append(column("county", rows, [&](const Row& row) { return code_of(tracked, row.county); }));
    out.append(column("check", rows, [](const Row& row) { return row.answer->check; }));
    out.append(column("numerator", rows, [](const Row& row) { return row.answer->numerator; }));
    out.append(column("denominator", rows, [](const Row& row) { return row.answer->denominator; }));
    out.append(column("value", rows, [](const Row& row) { return row.answer->value(); }));
    out.append(column("limit", rows, [](const Row& row) { return row.answer->limit; }));
    out.append(column("passes", rows, [](const Row& row) { return row.answer->passes(); }));
    out.append(column("tasks", rows, [&](const Row& row) { return ids_of(tracked, row.answer->tasks); }));
    out.append(column("zh", rows, [](const Row& row) { return text(sentence(*row.answer), Language::zh); }));
    out.append(column("en", rows, [](const Row& row) { return text(sentence(*row.answer), Language::en); }));
    return out;
}

py::list baseline_columns(const Tracked& tracked) {
    const auto& counts = tracked.tracking.variance.counties;
    std::vector<Id<County>> rows;
    for (const Id<County> county : counts.ids())
        rows.push_back(county);
    py::list out;
    const auto put = [&](std::string_view name, auto value) { out.append(column(name, rows, value)); };
    put("county", [&](Id<County> id) { return code_of(tracked, id); });
    put("due", [&](Id<County> id) { return counts[id].due; });
    put("completed", [&](Id<County> id) { return counts[id].completed; });
    put("hits", [&](Id<County> id) { return counts[id].hits; });
    put("bei", [&](Id<County> id) { return counts[id].bei(); });
    put("hit_rate", [&](Id<County> id) { return counts[id].hit_rate(); });
    put("critical_length", [&](Id<County> id) { return counts[id].critical_length; });
    put("project_float", [&](Id<County> id) { return counts[id].project_float; });
    put("cpli", [&](Id<County> id) { return counts[id].cpli(); });
    return out;
}

py::list variance_columns(const Tracked& tracked) {
    const auto& rows = tracked.tracking.variance.tasks;
    py::list out;
    out.append(column("id", rows, [&](const TaskVariance& row) { return task_id(tracked, row.task); }));
    out.append(column("start", rows, [](const TaskVariance& row) { return row.start; }));
    out.append(column("finish", rows, [](const TaskVariance& row) { return row.finish; }));
    out.append(column("duration", rows, [](const TaskVariance& row) { return row.duration; }));
    return out;
}

py::list delay_columns(const Tracked& tracked) {
    struct Row {
        Id<County> county;
        const DelayWindow* window = nullptr;
    };
    const auto& delays = tracked.tracking.delays.counties;
    std::vector<Row> rows;
    for (const Id<County> county : delays.ids()) {
        for (const DelayWindow& window : delays[county].windows)
            rows.push_back({county, &window});
    }
    py::list out;
    out.append(column("county", rows, [&](const Row& row) { return code_of(tracked, row.county); }));
    out.append(column("until", rows, [](const Row& row) { return Day::parse(row.window->id); }));
    out.append(column("days", rows, [](const Row& row) { return row.window->days(); }));
    return out;
}

}  // namespace

py::object more_columns_of(const Tracked& tracked, const std::string& table) {
    if (table == "earned_value") return earned_value_columns(tracked);
    if (table == "timeline") return timeline_columns(tracked);
    if (table == "float_paths") return float_path_columns(tracked);
    if (table == "schedule_log") return log_columns(tracked);
    if (table == "quality") return quality_columns(tracked);
    if (table == "baseline") return baseline_columns(tracked);
    if (table == "variance") return variance_columns(tracked);
    if (table == "delays") return delay_columns(tracked);
    return py::none();
}

}  // namespace countyplan
