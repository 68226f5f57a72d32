#include <countyplan/io/exchange/write_schedule.hpp>

#include <algorithm>
#include <utility>

#include <countyplan/io/csv.hpp>
#include <countyplan/io/exchange/read_schedule.hpp>
#include <countyplan/io/json.hpp>
#include <countyplan/plan/value_text.hpp>
#include <countyplan/scalar/number.hpp>
#include <countyplan/version.hpp>

#include "../file_name.hpp"
#include "../json_values.hpp"

namespace countyplan {

namespace {

void write_number(JsonWriter& writer, std::string_view key, const std::optional<std::int64_t>& value) {
    writer.key(key);
    if (value) {
        writer.integer(*value);
    } else {
        writer.null();
    }
}

void write_task(JsonWriter& writer, const ExchangeTask& task, const ExchangeDates& dates) {
    writer.begin_object();
    writer.key("id").text(task.id);
    writer.key("name").text(task.name);
    writer.key("start").text(to_text(dates.start));
    writer.key("finish").text(to_text(dates.finish));
    writer.key("early_start").integer(dates.early_start);
    writer.key("early_finish").integer(dates.early_finish);
    writer.key("late_start").integer(dates.late_start);
    writer.key("late_finish").integer(dates.late_finish);
    writer.key("early_start_day").text(to_text(dates.early_start_day));
    writer.key("early_finish_day").text(to_text(dates.early_finish_day));
    writer.key("late_start_day").text(to_text(dates.late_start_day));
    writer.key("late_finish_day").text(to_text(dates.late_finish_day));
    write_number(writer, "total_float", dates.total_float);
    write_number(writer, "free_float", dates.free_float);
    writer.key("critical_by_float").boolean(dates.critical_by_float);
    writer.key("on_longest_path").boolean(dates.on_longest_path);
    writer.key("provisional").boolean(dates.provisional);
    writer.end_object();
}

}  // namespace

std::optional<ScheduleOutput> schedule_output_of(std::string_view path) {
    for (const auto& [suffix, format] :
         {std::pair{".ics", ScheduleOutput::icalendar}, std::pair{".xml", ScheduleOutput::mspdi},
          std::pair{".csv", ScheduleOutput::csv}, std::pair{".json", ScheduleOutput::json}}) {
        if (detail::ends_with(path, suffix)) return format;
    }
    return std::nullopt;
}

std::string schedule_csv(const ScheduleFile& file, const SolvedSchedule& solved) {
    CsvWriter writer(CsvPurpose::for_people);
    for (const std::string_view column :
         {"id", "name", "project", "start", "finish", "early_start", "early_finish", "late_start", "late_finish",
          "early_start_day", "early_finish_day", "late_start_day", "late_finish_day", "total_float", "free_float",
          "critical_by_float", "on_longest_path", "provisional"}) {
        writer.text(column);
    }
    writer.end_record();
    for (std::size_t v = 0; v < solved.tasks.size(); ++v) {
        const ExchangeTask& task = file.tasks[v];
        const ExchangeDates& dates = solved.tasks[v];
        writer.text(task.id).text(task.name).text(task.project.empty() ? file.projects.front().id : task.project);
        writer.number(to_text(dates.start)).number(to_text(dates.finish));
        for (const std::int64_t index : {dates.early_start, dates.early_finish, dates.late_start, dates.late_finish})
            writer.number(to_text(index));
        for (const Day day :
             {dates.early_start_day, dates.early_finish_day, dates.late_start_day, dates.late_finish_day}) {
            writer.number(to_text(day));
        }
        for (const auto& value : {dates.total_float, dates.free_float})
            writer.number(value_text(value));
        for (const bool mark : {dates.critical_by_float, dates.on_longest_path, dates.provisional})
            writer.text(value_text(mark));
        writer.end_record();
    }
    return writer.take();
}

std::string solved_schedule_json(const ScheduleFile& file, const SolvedSchedule& solved, const Findings& findings) {
    const CriticalPathResult& result = solved.result;
    JsonWriter writer;
    writer.begin_object();
    writer.key("version").text(version);
    writer.key("name").text(file.name);
    writer.key("termination").text(name(result.termination));
    writer.key("cause").text(name(result.cause));
    writer.key("claim").text(name(result.claim));
    writer.key("steps").integer(result.steps);
    writer.key("certificate_valid").boolean(solved.verdict.accepted);
    writer.key("logic").text(name(solved.problem.logic));
    if (file.data_date) writer.key("data_date").text(to_text(*file.data_date));
    const Message conflict = conflict_message(file, solved);
    if (!conflict.empty()) {
        writer.key("conflict");
        detail::write_message(writer, conflict);
    }
    std::optional<Day> start;
    std::optional<Day> finish;
    for (const ExchangeDates& dates : solved.tasks) {
        start = std::min(start.value_or(dates.start), dates.start);
        finish = std::max(finish.value_or(dates.finish), dates.finish);
    }
    if (start) writer.key("start").text(to_text(*start));
    if (finish) writer.key("finish").text(to_text(*finish));
    writer.key("tasks").begin_array();
    for (std::size_t v = 0; v < solved.tasks.size(); ++v)
        write_task(writer, file.tasks[v], solved.tasks[v]);
    writer.end_array();
    writer.key("out_of_sequence").begin_array();
    for (const std::uint32_t k : result.out_of_sequence) {
        writer.begin_object();
        writer.key("predecessor").text(file.links[k].predecessor);
        writer.key("successor").text(file.links[k].successor);
        writer.key("type").text(name(file.links[k].type)).end_object();
    }
    writer.end_array();
    detail::write_findings(writer, findings);
    writer.end_object();
    return writer.take();
}

ScheduleWriting write_schedule(const ScheduleFile& file, const SolvedSchedule& solved, ScheduleOutput format,
                               Language language) {
    switch (format) {
        case ScheduleOutput::icalendar:
            return {.bytes = schedule_icalendar(file, solved, language)};
        case ScheduleOutput::mspdi:
            return schedule_mspdi(file, solved);
        case ScheduleOutput::csv:
            return {.bytes = schedule_csv(file, solved)};
        case ScheduleOutput::json:
            break;
    }
    return {.bytes = schedule_json(file)};
}

}  // namespace countyplan
