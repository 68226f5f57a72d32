#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <countyplan/io/json.hpp>
#include <countyplan/io/result.hpp>
#include <countyplan/version.hpp>

#include "json_values.hpp"

namespace countyplan {

using detail::write_digests;
using detail::write_findings;
using detail::write_message;

namespace {

void write_number(JsonWriter& writer, const std::optional<double>& number) {
    if (number) {
        writer.decimal(*number);
    } else {
        writer.null();
    }
}

void write_day(JsonWriter& writer, const std::optional<Day>& day) {
    if (day) {
        writer.text(to_text(*day));
    } else {
        writer.null();
    }
}

/// The colour of a thing; its causes are positions in the list `causes`.
void write_warning(JsonWriter& writer, const Warning& warning) {
    writer.key("colour").text(name(warning.colour));
    writer.key("computed").text(name(warning.computed));
    writer.key("causes").begin_array();
    for (const std::uint32_t cause : warning.causes)
        writer.integer(cause);
    writer.end_array();
}

void write_cause(JsonWriter& writer, const Plan& plan, const Tracking& tracking, const WarningCause& cause) {
    writer.begin_object();
    writer.key("reason").text(name(cause.reason));
    writer.key("place").text(to_text(place_of(cause)));
    writer.key("message");
    write_message(writer, describe(plan, tracking.roll_up, cause));
    writer.end_object();
}

void write_group(JsonWriter& writer, const RateGroup& group) {
    writer.key("numerator").decimal(group.numerator);
    writer.key("denominator").decimal(group.denominator);
    writer.key("value");
    write_number(writer, group.value());
    writer.key("oldest");
    write_day(writer, group.evidence);
}

void write_rate(JsonWriter& writer, const Plan& plan, const RateRollUp& rate) {
    writer.begin_object();
    writer.key("area").text(to_text(rate.area));
    writer.key("indicator").text(plan.rows().indicators[rate.indicator].id);
    writer.key("with_data").integer(static_cast<std::int64_t>(rate.with_data));
    writer.key("indicators").integer(static_cast<std::int64_t>(rate.indicators));
    write_group(writer, rate.whole);
    writer.key("groups").begin_array();
    for (const RateGroup& group : rate.groups) {
        writer.begin_object();
        writer.key("group").text(group.group);
        write_group(writer, group);
        writer.end_object();
    }
    writer.end_array().end_object();
}

void write_rolled_up(JsonWriter& writer, const RolledUp& node) {
    writer.key("value");
    write_number(writer, node.value);
    writer.key("coverage").decimal(node.coverage);
    writer.key("oldest");
    write_day(writer, node.oldest);
    writer.key("mode").text(name(node.mode));
    writer.key("status").text(name(node.status));
}

void write_count(JsonWriter& writer, const std::optional<WorkDays>& days) {
    if (days) {
        writer.integer(days->count());
    } else {
        writer.null();
    }
}

void write_tasks(JsonWriter& writer, const Plan& plan, const std::vector<std::uint32_t>& tasks) {
    writer.begin_array();
    for (const std::uint32_t task : tasks)
        writer.text(plan.rows().tasks[Id<Task>(task)].id);
    writer.end_array();
}

/// Values are in hundredths of the unit.
void write_forecasts(JsonWriter& writer, const ValueIndices& index) {
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

void write_value(JsonWriter& writer, const EarnedValue& value, ForecastDetail forecasts) {
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

void write_link(JsonWriter& writer, const Plan& plan, const CriticalPathLink& link) {
    writer.begin_object();
    writer.key("predecessor").text(plan.rows().tasks[Id<Task>(link.predecessor)].id);
    writer.key("successor").text(plan.rows().tasks[Id<Task>(link.successor)].id);
    writer.key("type").text(name(link.type));
    writer.key("lag").integer(link.lag);
    writer.key("bound").text(name(link.bound));
    writer.end_object();
}

void write_reason(JsonWriter& writer, const Plan& plan, const CriticalPathProblem& problem, const DateReason& reason) {
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

void write_log(JsonWriter& writer, const Plan& plan, const CriticalPathProblem& problem, const TaskLog& log) {
    writer.begin_object();
    for (const auto& [key, reason] :
         {std::pair{"start", &log.start}, std::pair{"resume", &log.resume}, std::pair{"finish", &log.finish},
          std::pair{"late_start", &log.late_start}, std::pair{"late_finish", &log.late_finish}}) {
        writer.key(key);
        write_reason(writer, plan, problem, *reason);
    }
    writer.end_object();
}

void write_paths(JsonWriter& writer, const Plan& plan, const CriticalPathProblem& problem, const CountyPaths& paths) {
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

void write_quality(JsonWriter& writer, const Plan& plan, const PlanQuality& quality) {
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

void write_counts(JsonWriter& writer, const BaselineCounts& counts) {
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

void write_delays(JsonWriter& writer, const DelayAnalysis& delays) {
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
void write_variance(JsonWriter& writer, const Plan& plan, const BaselineComparison& variance) {
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

/// The members of a task; the caller opens and closes the object.
void write_task_members(JsonWriter& writer, const Plan& plan, const Tracking& tracking, Id<Task> id) {
    const TaskDates& planned = tracking.planned.tasks[id];
    const TaskDates& dates = tracking.schedule.tasks[id];
    const Earned& earned = tracking.progress.tasks[id];
    writer.key("task").text(plan.rows().tasks[id].id);
    writer.key("planned_start").text(to_text(planned.early_start));
    writer.key("planned_finish").text(to_text(planned.early_finish));
    writer.key("early_start").text(to_text(dates.early_start));
    writer.key("early_finish").text(to_text(dates.early_finish));
    writer.key("late_start").text(to_text(dates.late_start));
    writer.key("late_finish").text(to_text(dates.late_finish));
    writer.key("total_float");
    write_count(writer, dates.total_float);
    writer.key("free_float");
    write_count(writer, dates.free_float);
    writer.key("critical_by_float").boolean(dates.critical_by_float);
    writer.key("on_longest_path").boolean(dates.on_longest_path);
    writer.key("provisional").boolean(dates.provisional);
    writer.key("earned");
    write_number(writer, earned.value);
    writer.key("status").text(name(earned.status));
    write_warning(writer, tracking.warnings.tasks[id]);
    writer.key("earned_value");
    write_value(writer, tracking.earned_value.tasks[id], ForecastDetail::left_out);
    writer.key("log");
    write_log(writer, plan, tracking.schedule.problem, tracking.log[id]);
}

}  // namespace

std::string tracking_json(const Plan& plan, const Tracking& tracking) {
    JsonWriter writer;
    writer.begin_object();
    writer.key("plan").text(plan.rows().name);
    writer.key("version").text(version);
    writer.key("as_of").text(to_text(tracking.as_of.valid));
    writer.key("recorded").text(to_text(tracking.as_of.recorded));
    writer.key("termination").text(name(tracking.termination));
    writer.key("cause").text(name(tracking.cause));
    write_digests(writer, tracking.digests);
    writer.key("logic").text(name(tracking.options.schedule.logic));
    writer.key("value_unit").text(name(tracking.options.value));
    writer.key("earned_value");
    write_value(writer, tracking.earned_value.whole, ForecastDetail::told);
    write_variance(writer, plan, tracking.variance);
    writer.key("provinces").begin_array();
    for (std::size_t i = 0; i < tracking.roll_up.provinces.size(); ++i) {
        const ProvinceRollUp& province = tracking.roll_up.provinces[i];
        writer.begin_object();
        writer.key("province").text(to_text(province.province));
        write_rolled_up(writer, province.weighted);
        writer.key("counties_equal").begin_object();
        write_rolled_up(writer, province.equal);
        writer.end_object();
        write_warning(writer, tracking.warnings.provinces[i]);
        writer.key("earned_value");
        write_value(writer, tracking.earned_value.provinces[i].value, ForecastDetail::told);
        writer.end_object();
    }
    writer.end_array();
    writer.key("counties").begin_array();
    for (const Id<County> id : tracking.roll_up.counties.ids()) {
        writer.begin_object();
        writer.key("county").text(to_text(plan.rows().counties[id].code));
        write_rolled_up(writer, tracking.roll_up.counties[id]);
        write_warning(writer, tracking.warnings.counties[id]);
        writer.key("earned_value");
        write_value(writer, tracking.earned_value.counties[id], ForecastDetail::told);
        write_paths(writer, plan, tracking.schedule.problem, tracking.paths[id]);
        write_quality(writer, plan, tracking.quality[id]);
        writer.key("baseline");
        write_counts(writer, tracking.variance.counties[id]);
        write_delays(writer, tracking.delays.counties[id]);
        writer.end_object();
    }
    writer.end_array();
    writer.key("goals").begin_array();
    for (const Id<Goal> id : tracking.roll_up.goals.ids()) {
        writer.begin_object();
        writer.key("goal").text(plan.rows().goals[id].id);
        write_rolled_up(writer, tracking.roll_up.goals[id]);
        write_warning(writer, tracking.warnings.goals[id]);
        writer.key("earned_value");
        write_value(writer, tracking.earned_value.goals[id], ForecastDetail::told);
        writer.end_object();
    }
    writer.end_array();
    writer.key("indicators").begin_array();
    for (const Id<Indicator> id : tracking.progress.indicators.ids()) {
        const Earned& earned = tracking.progress.indicators[id];
        writer.begin_object();
        writer.key("indicator").text(plan.rows().indicators[id].id);
        writer.key("reading");
        write_number(writer, earned.reading);
        writer.key("target");
        write_number(writer, earned.target);
        writer.key("earned");
        write_number(writer, earned.value);
        writer.key("status").text(name(earned.status));
        write_warning(writer, tracking.warnings.indicators[id]);
        writer.end_object();
    }
    writer.end_array();
    writer.key("rates").begin_array();
    for (const RateRollUp& rate : tracking.roll_up.rates)
        write_rate(writer, plan, rate);
    writer.end_array();
    writer.key("tasks").begin_array();
    if (tracking.termination == Termination::optimal) {
        for (const Id<Task> id : tracking.schedule.tasks.ids()) {
            writer.begin_object();
            write_task_members(writer, plan, tracking, id);
            writer.end_object();
        }
    }
    writer.end_array();
    writer.key("causes").begin_array();
    for (const WarningCause& cause : tracking.warnings.causes)
        write_cause(writer, plan, tracking, cause);
    writer.end_array();
    write_findings(writer, tracking_findings(tracking));
    writer.end_object();
    return writer.take();
}

std::string task_reasons_json(const Plan& plan, const Tracking& tracking, const TaskReasons& reasons) {
    JsonWriter writer;
    writer.begin_object();
    writer.key("plan").text(plan.rows().name);
    writer.key("version").text(version);
    writer.key("as_of").text(to_text(tracking.as_of.valid));
    writer.key("recorded").text(to_text(tracking.as_of.recorded));
    write_digests(writer, tracking.digests);
    write_task_members(writer, plan, tracking, reasons.task);
    const auto write_sentences = [&](const std::vector<Message>& sentences) {
        writer.begin_array();
        for (const Message& sentence : sentences)
            write_message(writer, sentence);
        writer.end_array();
    };
    writer.key("sentences");
    write_sentences(reasons.log);
    writer.key("since");
    write_day(writer, reasons.since);
    writer.key("cause").text(name(reasons.cause));
    writer.key("moved");
    write_sentences(reasons.moved);
    writer.end_object();
    return writer.take();
}

}  // namespace countyplan
