#include <countyplan/report/tracking_tables.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <countyplan/report/messages.hpp>
#include <countyplan/report/tracking_messages.hpp>

#include "words.hpp"

namespace countyplan {

using detail::county_words;
using detail::titles;

namespace {

/// How many tasks a cell names.
constexpr std::size_t most_named = 6;

/// Hundredths of the unit, as money or as a number.
Cell value_cell(ValueUnit unit, std::int64_t hundredths, Tone tone = Tone::plain) {
    if (unit == ValueUnit::money) return {Money(hundredths), tone};
    return {static_cast<double>(hundredths) / 100.0, tone};
}

/// An index that should be at least 1.
Cell index_cell(std::optional<double> index, const WarningOptions& limits) {
    if (!index) return Cell();
    return {*index, *index < limits.slow_red ? Tone::bad : *index < limits.slow_amber ? Tone::watch : Tone::plain};
}

Cell number_or_empty(std::optional<double> number) { return number ? Cell(*number) : Cell(); }

Cell share_or_empty(std::optional<double> number) {
    const auto share = number ? Share::from(*number) : std::nullopt;
    return share ? Cell(*share) : Cell();
}

Cell count_cell(std::size_t count) { return static_cast<std::int64_t>(count); }

Cell days_cell(const std::optional<WorkDays>& days) { return days ? Cell(days->count()) : Cell(); }

/// Days by which something is late; more than none is bad.
Cell late_cell(WorkDays days) { return {days.count(), days.count() > 0 ? Tone::bad : Tone::plain}; }

std::string joined(const Plan& plan, const std::vector<std::uint32_t>& tasks, std::string_view between,
                   std::size_t most) {
    std::string out;
    for (std::size_t i = 0; i < std::min(tasks.size(), most); ++i)
        out += (i == 0 ? "" : std::string(between)) + plan.rows().tasks[Id<Task>(tasks[i])].id;
    if (tasks.size() > most) out += std::string(between) + "+" + std::to_string(tasks.size() - most);
    return out;
}

std::vector<Cell> value_cells(Cell area, Cell goal, const Tracking& tracking, const EarnedValue& value) {
    const ValueUnit unit = tracking.earned_value.unit;
    const WarningOptions& limits = tracking.options.warning;
    const ValueSums& sums = value.sums;
    const ValueIndices index = value.indices();
    return {std::move(area),
            std::move(goal),
            value_cell(unit, sums.budget),
            value_cell(unit, sums.planned),
            value_cell(unit, sums.earned),
            sums.actual ? value_cell(unit, *sums.actual) : Cell(),
            value_cell(unit, index.schedule_variance, index.schedule_variance < 0 ? Tone::watch : Tone::plain),
            index.cost_variance
                ? value_cell(unit, *index.cost_variance, *index.cost_variance < 0 ? Tone::watch : Tone::plain)
                : Cell(),
            index_cell(index.spi, limits),
            index_cell(index.cpi, limits),
            index_cell(index.spi_t, limits),
            number_or_empty(index.tcpi),
            amount_cell(unit, index[CostForecastBy::cpi].at_completion),
            amount_cell(unit, index[CostForecastBy::cpi].variance),
            sums.planned_duration,
            number_or_empty(index[TimeForecastBy::earned_schedule_spi_t]),
            share_or_empty(value.adherence),
            count_cell(value.left_out.tasks)};
}

Day finish_on(const Schedule& schedule, Id<County> county, std::int64_t boundary) {
    const CriticalPathProblem& problem = schedule.problem;
    return problem.calendars[problem.projects[county.value()].calendar].finish_day(boundary);
}

}  // namespace

Cell amount_cell(ValueUnit unit, std::optional<double> hundredths) {
    if (!hundredths) return Cell();
    if (unit == ValueUnit::money && std::abs(*hundredths) < 0x1p62) return Money(std::llround(*hundredths));
    return *hundredths / 100.0;
}

ReportTable earned_value_table(const Plan& plan, const Tracking& tracking) {
    const EarnedValueReport& report = tracking.earned_value;
    ReportTable out{
        .id = "earned_value",
        .title = Message(message::table_earned_value, {word(report.unit)}),
        .columns = titles({message::column_area, message::column_goal, message::column_bac, message::column_pv,
                           message::column_ev, message::column_ac, message::column_sv, message::column_cv,
                           message::column_spi, message::column_cpi, message::column_spi_t, message::column_tcpi,
                           message::column_eac, message::column_vac, message::column_pd, message::column_eac_t,
                           message::column_adherence, message::column_left_out}),
        .empty_note = message::nothing_planned};
    for (const ProvinceEarnedValue& province : report.provinces)
        out.rows.push_back(value_cells(to_text(province.province), Cell(), tracking, province.value));
    for (const Id<County> county : report.counties.ids()) {
        out.rows.push_back(value_cells(county_words(plan, county), Cell(), tracking, report.counties[county]));
        for (const Id<Goal> goal : plan.goals_of(county)) {
            out.rows.push_back(
                value_cells(county_words(plan, county), plan.rows().goals[goal].id, tracking, report.goals[goal]));
        }
    }
    return out;
}

ReportTable float_path_table(const Plan& plan, const Tracking& tracking) {
    ReportTable out{.id = "float_paths",
                    .title = message::table_float_paths,
                    .columns = titles({message::column_county, message::column_critical_paths, message::column_path,
                                       message::column_distance, message::column_tasks, message::column_joins}),
                    .empty_note = message::nothing_planned};
    for (const Id<County> county : tracking.paths.ids()) {
        const CountyPaths& paths = tracking.paths[county];
        for (std::size_t i = 0; i < paths.nearest.size(); ++i) {
            const FloatPath& path = paths.nearest[i];
            const std::vector<std::uint32_t> joined_task =
                path.joins ? std::vector{tracking.schedule.problem.links[*path.joins].successor}
                           : std::vector<std::uint32_t>{};
            out.rows.push_back({county_words(plan, county), to_text(paths.critical), count_cell(i + 1),
                                path.distance ? Cell(*path.distance) : Cell(),
                                joined(plan, path.tasks, " > ", path.tasks.size()), joined(plan, joined_task, "", 1)});
        }
    }
    return out;
}

ReportTable quality_table(const Plan& plan, const Tracking& tracking) {
    ReportTable out{.id = "quality",
                    .title = message::table_quality,
                    .columns = titles({message::column_county, message::column_check, message::column_found,
                                       message::column_of, message::column_index, message::column_quality_limit,
                                       message::column_kept, message::column_tasks}),
                    .empty_note = message::nothing_planned};
    for (const Id<County> county : tracking.quality.ids()) {
        for (const QualityAnswer& answer : tracking.quality[county].answers) {
            const std::optional<bool> kept = answer.passes();
            out.rows.push_back({county_words(plan, county), Message(word(answer.check)), answer.numerator,
                                answer.denominator, number_or_empty(answer.value()), answer.limit,
                                !kept   ? Cell()
                                : *kept ? Cell(Message(message::word_yes), Tone::good)
                                        : Cell(Message(message::word_no), Tone::bad),
                                joined(plan, answer.tasks, "; ", most_named)});
        }
    }
    return out;
}

ReportTable baseline_table(const Plan& plan, const Tracking& tracking) {
    ReportTable out{
        .id = "baselines",
        .title = Message(message::table_baselines, {tracking.variance.baseline}),
        .columns = titles({message::column_county, message::column_due, message::column_completed, message::column_hits,
                           message::column_bei, message::column_hit_rate, message::column_critical_length,
                           message::column_project_float, message::column_cpli}),
        .empty_note = message::nothing_planned};
    for (const Id<County> county : tracking.variance.counties.ids()) {
        const BaselineCounts& counts = tracking.variance.counties[county];
        out.rows.push_back({county_words(plan, county), count_cell(counts.due), count_cell(counts.completed),
                            count_cell(counts.hits), index_cell(counts.bei(), tracking.options.warning),
                            share_or_empty(counts.hit_rate()), days_cell(counts.critical_length),
                            days_cell(counts.project_float), index_cell(counts.cpli(), tracking.options.warning)});
    }
    return out;
}

ReportTable variance_table(const Plan& plan, const Tracking& tracking) {
    ReportTable out{.id = "variance",
                    .title = Message(message::table_variance, {tracking.variance.baseline}),
                    .columns = titles({message::column_county, message::column_task, message::column_name,
                                       message::column_start_variance, message::column_finish_variance,
                                       message::column_duration_variance}),
                    .empty_note = message::nothing_planned};
    for (const TaskVariance& row : tracking.variance.tasks) {
        const Task& task = plan.rows().tasks[row.task];
        out.rows.push_back({county_words(plan, plan.county_of(row.task)), task.id,
                            LocalText{task.name_zh, task.name_en}, late_cell(row.start), late_cell(row.finish),
                            late_cell(row.duration)});
    }
    return out;
}

ReportTable schedule_log_table(const Plan& plan, const Tracking& tracking) {
    ReportTable out{.id = "schedule_log",
                    .title = message::table_schedule_log,
                    .columns = titles({message::column_county, message::column_task, message::column_which_date,
                                       message::column_date, message::column_rests_on, message::column_other_task,
                                       message::column_link, message::column_lag, message::column_days_off}),
                    .empty_note = message::nothing_planned};
    const CriticalPathProblem& problem = tracking.schedule.problem;
    for (const CountyTimeline& county : tracking.schedule.counties) {
        for (const Id<Task> id : county.tasks) {
            const TaskDates& dates = tracking.schedule.tasks[id];
            const TaskLog& log = tracking.log[id];
            const auto add = [&](const MessageText& which, Day day, const DateReason& reason, bool is_late) {
                std::vector<Cell> cells{county_words(plan, county.county), plan.rows().tasks[id].id, Message(which),
                                        day, Message(word(reason.driver))};
                if (reason.driver == DateDriver::link) {
                    const CriticalPathLink& link = problem.links[reason.link];
                    const std::uint32_t other =
                        is_late == (link.bound == LinkBound::minimum) ? link.successor : link.predecessor;
                    cells.insert(cells.end(), {plan.rows().tasks[Id<Task>(other)].id, std::string(name(link.type)),
                                               link.lag, reason.days_off});
                } else {
                    cells.insert(cells.end(), {Cell(), Cell(), Cell(), reason.days_off});
                }
                out.rows.push_back(std::move(cells));
            };
            add(message::column_start, dates.early_start, log.start, false);
            if (dates.has_started && !dates.is_complete) {
                const Calendar& calendar = tracking.schedule.calendars()[dates.calendar];
                add(message::word_resume, calendar.start_day(dates.boundary.early_start), log.resume, false);
            }
            add(message::column_finish, dates.early_finish, log.finish, false);
            if (dates.is_complete) continue;
            add(message::column_late_start, dates.late_start, log.late_start, true);
            add(message::column_late_finish, dates.late_finish, log.late_finish, true);
        }
    }
    return out;
}

ReportTable delay_table(const Plan& plan, const Tracking& tracking) {
    ReportTable out{.id = "delays",
                    .title = message::table_delays,
                    .columns = titles({message::column_county, message::column_window, message::column_end_before,
                                       message::column_end_after, message::column_delay}),
                    .empty_note = message::nothing_moved};
    for (const Id<County> county : tracking.delays.counties.ids()) {
        if (!tracking.schedule.counties[county].finish) continue;
        for (const DelayWindow& window : tracking.delays.counties[county].windows) {
            out.rows.push_back(
                {county_words(plan, county), window.id, finish_on(tracking.schedule, county, window.before),
                 finish_on(tracking.schedule, county, window.after), late_cell(WorkDays(window.days()))});
        }
    }
    return out;
}

}  // namespace countyplan
