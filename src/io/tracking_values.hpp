// How do values, paths, quality, baselines and delays of tracking stand in JSON?
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <countyplan/io/json.hpp>
#include <countyplan/track/track.hpp>

namespace countyplan::detail {

inline void write_number(JsonWriter& writer, const std::optional<double>& number) {
    if (number) {
        writer.decimal(*number);
    } else {
        writer.null();
    }
}

inline void write_day(JsonWriter& writer, const std::optional<Day>& day) {
    if (day) {
        writer.text(to_text(*day));
    } else {
        writer.null();
    }
}

inline void write_count(JsonWriter& writer, const std::optional<WorkDays>& days) {
    if (days) {
        writer.integer(days->count());
    } else {
        writer.null();
    }
}

inline void write_tasks(JsonWriter& writer, const Plan& plan, const std::vector<std::uint32_t>& tasks) {
    writer.begin_array();
    for (const std::uint32_t task : tasks)
        writer.text(plan.rows().tasks[Id<Task>(task)].id);
    writer.end_array();
}

/// Values are in hundredths of the unit.
inline void write_forecasts(JsonWriter& writer, const ValueIndices& index) {
    writer.key("cost_forecasts").begin_object();
    for (std::size_t i = 0; i < index.cost.size(); ++i) {
        const CostForecast& forecast = index.cost[i];
        writer.key(name(static_cast<CostForecastBy>(i))).begin_object();
        writer.key("eac");
        write_number(writer, forecast.at_completion);
        writer.key("etc");
        write_number(writer, forecast.to_complete);
        writer.key("vac");
        write_number(writer, forecast.variance);
        writer.end_object();
    }
    writer.end_object();
    writer.key("duration_forecasts").begin_object();
    for (std::size_t i = 0; i < index.duration.size(); ++i) {
        writer.key(name(static_cast<TimeForecastBy>(i)));
        write_number(writer, index.duration[i]);
    }
    writer.end_object();
}

enum class ForecastDetail { left_out, told };

inline void write_value(JsonWriter& writer, const EarnedValue& value, ForecastDetail forecasts) {
    const ValueSums& sums = value.sums;
    const ValueIndices index = value.indices();
    writer.begin_object();
    writer.key("bac").integer(sums.budget);
    writer.key("pv").integer(sums.planned);
    writer.key("ev").integer(sums.earned);
    writer.key("ac");
    if (sums.actual) {
        writer.integer(*sums.actual);
    } else {
        writer.null();
    }
    writer.key("at").integer(sums.actual_time);
    writer.key("pd").integer(sums.planned_duration);
    writer.key("es");
    write_number(writer, sums.earned_schedule ? std::optional(sums.earned_schedule->value()) : std::nullopt);
    writer.key("sv").integer(index.schedule_variance);
    writer.key("cv");
    if (index.cost_variance) {
        writer.integer(*index.cost_variance);
    } else {
        writer.null();
    }
    for (const auto& [key, number] :
         {std::pair{"spi", index.spi}, std::pair{"cpi", index.cpi}, std::pair{"sci", index.sci},
          std::pair{"tcpi", index.tcpi}, std::pair{"sv_t", index.time_variance}, std::pair{"spi_t", index.spi_t},
          std::pair{"sci_t", index.sci_t}, std::pair{"tspi_t", index.tspi_t},
          std::pair{"adherence", value.adherence}}) {
        writer.key(key);
        write_number(writer, number);
    }
    writer.key("without_actual").integer(static_cast<std::int64_t>(value.without_actual));
    writer.key("left_out").begin_object();
    writer.key("tasks").integer(static_cast<std::int64_t>(value.left_out.tasks));
    writer.key("bac").integer(value.left_out.budget);
    writer.key("pv").integer(value.left_out.planned).end_object();
    if (forecasts == ForecastDetail::told) write_forecasts(writer, index);
    writer.end_object();
}

inline void write_link(JsonWriter& writer, const Plan& plan, const CriticalPathLink& link) {
    writer.begin_object();
    writer.key("predecessor").text(plan.rows().tasks[Id<Task>(link.predecessor)].id);
    writer.key("successor").text(plan.rows().tasks[Id<Task>(link.successor)].id);
    writer.key("type").text(name(link.type));
    writer.key("lag").integer(link.lag);
    writer.key("bound").text(name(link.bound));
    writer.end_object();
}

inline void write_reason(JsonWriter& writer, const Plan& plan, const CriticalPathProblem& problem,
                         const DateReason& reason) {
    writer.begin_object();
    writer.key("driver").text(name(reason.driver));
    if (reason.driver == DateDriver::link) {
        writer.key("link");
        write_link(writer, plan, problem.links[reason.link]);
        writer.key("by_actual").boolean(reason.by_actual);
    }
    writer.key("days_off").integer(reason.days_off);
    writer.end_object();
}

inline void write_log(JsonWriter& writer, const Plan& plan, const CriticalPathProblem& problem, const TaskLog& log) {
    writer.begin_object();
    for (const auto& [key, reason] :
         {std::pair{"start", &log.start}, std::pair{"resume", &log.resume}, std::pair{"finish", &log.finish},
          std::pair{"late_start", &log.late_start}, std::pair{"late_finish", &log.late_finish}}) {
        writer.key(key);
        write_reason(writer, plan, problem, *reason);
    }
    writer.end_object();
}

inline void write_paths(JsonWriter& writer, const Plan& plan, const CriticalPathProblem& problem,
                        const CountyPaths& paths) {
    writer.key("critical_paths").integer(paths.critical);
    writer.key("float_paths").begin_array();
    for (const FloatPath& path : paths.nearest) {
        writer.begin_object();
        writer.key("distance");
        if (path.distance) {
            writer.integer(*path.distance);
        } else {
            writer.null();
        }
        writer.key("tasks");
        write_tasks(writer, plan, path.tasks);
        writer.key("joins");
        if (path.joins) {
            write_link(writer, plan, problem.links[*path.joins]);
        } else {
            writer.null();
        }
        writer.end_object();
    }
    writer.end_array();
}

inline void write_quality(JsonWriter& writer, const Plan& plan, const PlanQuality& quality) {
    writer.key("quality").begin_array();
    for (const QualityAnswer& answer : quality.answers) {
        writer.begin_object();
        writer.key("check").text(name(answer.check));
        writer.key("numerator").integer(answer.numerator);
        writer.key("denominator").integer(answer.denominator);
        writer.key("value");
        write_number(writer, answer.value());
        writer.key("limit").decimal(answer.limit);
        writer.key("passes");
        if (const auto passes = answer.passes()) {
            writer.boolean(*passes);
        } else {
            writer.null();
        }
        writer.key("tasks");
        write_tasks(writer, plan, answer.tasks);
        writer.end_object();
    }
    writer.end_array();
}

inline void write_counts(JsonWriter& writer, const BaselineCounts& counts) {
    writer.begin_object();
    writer.key("due").integer(static_cast<std::int64_t>(counts.due));
    writer.key("completed").integer(static_cast<std::int64_t>(counts.completed));
    writer.key("hits").integer(static_cast<std::int64_t>(counts.hits));
    writer.key("bei");
    write_number(writer, counts.bei());
    writer.key("hit_rate");
    write_number(writer, counts.hit_rate());
    writer.key("critical_length");
    write_count(writer, counts.critical_length);
    writer.key("project_float");
    write_count(writer, counts.project_float);
    writer.key("cpli");
    write_number(writer, counts.cpli());
    writer.end_object();
}

inline void write_delays(JsonWriter& writer, const DelayAnalysis& delays) {
    writer.key("delays").begin_object();
    writer.key("slip").integer(delays.slip());
    writer.key("windows").begin_array();
    for (const DelayWindow& window : delays.windows) {
        writer.begin_object();
        writer.key("to").text(window.id);
        writer.key("days").integer(window.days());
        writer.end_object();
    }
    writer.end_array().end_object();
}

/// What was agreed and is gone, or was not agreed and is here.
inline void write_variance(JsonWriter& writer, const Plan& plan, const BaselineComparison& variance) {
    writer.key("baseline").begin_object();
    writer.key("id").text(variance.baseline);
    writer.key("whole");
    write_counts(writer, variance.whole);
    writer.key("tasks").begin_array();
    for (const TaskVariance& row : variance.tasks) {
        writer.begin_object();
        writer.key("task").text(plan.rows().tasks[row.task].id);
        writer.key("start").integer(row.start.count());
        writer.key("finish").integer(row.finish.count());
        writer.key("duration").integer(row.duration.count());
        writer.end_object();
    }
    writer.end_array();
    for (const auto& [key, tasks] : {std::pair{"added", &variance.added}, std::pair{"missed", &variance.missed}}) {
        writer.key(key).begin_array();
        for (const Id<Task> task : *tasks)
            writer.text(plan.rows().tasks[task].id);
        writer.end_array();
    }
    writer.key("removed").begin_array();
    for (const std::string& task : variance.removed)
        writer.text(task);
    writer.end_array().end_object();
}

}  // namespace countyplan::detail
