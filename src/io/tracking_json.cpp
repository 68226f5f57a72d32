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
#include "tracking_values.hpp"

namespace countyplan {

using detail::ForecastDetail;
using detail::write_count;
using detail::write_counts;
using detail::write_day;
using detail::write_delays;
using detail::write_digests;
using detail::write_findings;
using detail::write_log;
using detail::write_message;
using detail::write_number;
using detail::write_paths;
using detail::write_quality;
using detail::write_value;
using detail::write_variance;

namespace {

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
