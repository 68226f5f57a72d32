// countyplan schedule: another program's schedule in, proved dates out.
#include <algorithm>
#include <array>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <unistd.h>

#include <countyplan/io/exchange/read_schedule.hpp>
#include <countyplan/io/exchange/solved_schedule.hpp>
#include <countyplan/io/exchange/write_schedule.hpp>
#include <countyplan/io/messages.hpp>
#include <countyplan/plan/plan.hpp>
#include <countyplan/plan/value_text.hpp>
#include <countyplan/scalar/number.hpp>

#include "command.hpp"
#include "input.hpp"
#include "interrupt.hpp"
#include "messages.hpp"
#include "schedule_messages.hpp"
#include "usage.hpp"

namespace countyplan {

namespace {

struct Arguments {
    std::string file;
    std::string output;
    ScheduleReadOptions reading;
    SolvedScheduleOptions solving;
};

ScheduleReading read_argument(const Arguments& given, const Settings& settings) {
    const ProgressLine progress(message::cli_reading_schedule, settings.language);
    ScheduleReadOptions options = given.reading;
    options.encoding = settings.encoding;
    try {
        if (given.file != "-") return read_schedule(given.file, options);
        return read_schedule_text(read_stream(STDIN_FILENO, "-", options.limits), "-", options);
    } catch (const RefusedInput& refused) {
        return {.findings = {finding_of(refused.flaw(), given.file)}};
    }
}

/// How many columns of a terminal a text takes, near enough for ids: one per character.
std::size_t width(const std::string& text) {
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

/// The dates as a table of words; columns are padded to their widest cell.
std::string table_text(const ScheduleFile& file, const SolvedSchedule& solved) {
    constexpr std::size_t columns = 11;
    std::vector<std::array<std::string, columns>> rows;
    rows.push_back({"ID", "ES", "EF", "LS", "LF", "TF", "FF", "CRIT", "START", "FINISH", "NAME"});
    for (std::size_t v = 0; v < solved.tasks.size(); ++v) {
        const ExchangeDates& dates = solved.tasks[v];
        const std::string marks = std::string(dates.critical_by_float ? "F" : "") + (dates.on_longest_path ? "L" : "");
        rows.push_back({printable(file.tasks[v].id), to_text(dates.early_start), to_text(dates.early_finish),
                        to_text(dates.late_start), to_text(dates.late_finish), value_text(dates.total_float),
                        value_text(dates.free_float), marks, to_text(dates.start),
                        to_text(dates.finish) + (dates.provisional ? "?" : ""), printable(file.tasks[v].name)});
    }
    std::array<std::size_t, columns> widest{};
    for (const auto& row : rows) {
        for (std::size_t c = 0; c < columns; ++c)
            widest[c] = std::max(widest[c], width(row[c]));
    }
    std::string out;
    for (const auto& row : rows) {
        std::string line;
        for (std::size_t c = 0; c < columns; ++c) {
            if (c != 0) line += "  ";
            line += row[c];
            if (c + 1 < columns) line.append(widest[c] - width(row[c]), ' ');
        }
        out += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
    }
    return out;
}

void summarise(const ScheduleFile& file, const SolvedSchedule& solved, Console& console) {
    if (solved.tasks.empty()) {
        console.line(message::cli_schedule_empty);
        return;
    }
    if (!console.json()) console.raw(table_text(file, solved));
    Day start = solved.tasks.front().start;
    Day finish = solved.tasks.front().finish;
    for (const ExchangeDates& dates : solved.tasks) {
        start = std::min(start, dates.start);
        finish = std::max(finish, dates.finish);
    }
    console.line(Message(message::cli_schedule_summary,
                         {std::to_string(solved.tasks.size()),
                          std::to_string(std::ranges::count(solved.tasks, true, &ExchangeDates::on_longest_path)),
                          std::to_string(std::ranges::count(solved.tasks, true, &ExchangeDates::critical_by_float)),
                          to_text(start), to_text(finish)}));
    if (!solved.result.out_of_sequence.empty()) {
        console.line(Message(message::cli_schedule_sequence, {std::to_string(solved.result.out_of_sequence.size())}));
    }
    console.line(Message(message::cli_solve_verified, {word(solved.result.claim)}));
}

ExitCode run(const Arguments& given, const Settings& settings, Console& console) {
    std::optional<ScheduleOutput> format;
    if (!given.output.empty()) {
        format = schedule_output_of(given.output);
        if (!format) throw UsageError(Message(message::cli_output_suffix, {excerpt(given.output)}));
        require_free_file(given.output, {given.file}, settings);
    }
    ScheduleReading reading = read_argument(given, settings);
    if (has_errors(reading.findings)) throw InvalidPlan(std::move(reading.findings));
    if (!settings.json) console.findings(reading.findings, true);
    const InterruptSignal interrupt(settings.language);
    const SolvedSchedule solved = [&] {
        ProgressLine progress(message::cli_scheduling, settings.language);
        const Stop stop = stop_of(settings, interrupt);
        return solve_schedule(reading.file, given.solving, stop, progress.observer());
    }();
    ScheduleWriting writing;
    const bool has_dates = solved.result.termination == Termination::optimal && solved.verdict.accepted;
    if (has_dates && format) {
        writing = write_schedule(reading.file, solved, *format, settings.language);
        if (has_errors(writing.findings)) throw InvalidPlan(std::move(writing.findings));
        if (!settings.json) console.findings(writing.findings, true);
        reading.findings.insert(reading.findings.end(), writing.findings.begin(), writing.findings.end());
    }
    if (settings.json) console.raw(solved_schedule_json(reading.file, solved, reading.findings));
    if (!solved.verdict.accepted) {
        console.note(Message(message::cli_solve_not_verified,
                             {solved.verdict.place, text(solved.verdict.why, console.language())}));
        return ExitCode::internal;
    }
    if (const Message conflict = conflict_message(reading.file, solved); !conflict.empty()) {
        console.note(Message(message::cli_error, {text(conflict, console.language())}));
        return ExitCode::answer_is_no;
    }
    if (!has_dates) {
        console.note(Message(message::cli_track_stopped, {word(solved.result.cause)}));
        return ExitCode::stopped_early;
    }
    summarise(reading.file, solved, console);
    if (format) {
        save_file(given.output, writing.bytes, settings.existing());
        console.line(Message(message::cli_written, {given.output}));
    }
    return ExitCode::ok;
}

}  // namespace

Command schedule_command(CLI::App& app, Settings& settings) {
    const auto given = std::make_shared<Arguments>();
    CLI::App* const command =
        add_command(app, settings, "schedule", message::cli_schedule, message::cli_schedule_examples);
    const Language language = settings.language;
    command->add_option("FILE", given->file, std::string(text(message::cli_argument_schedule, language)))
        ->required()
        ->type_name("");
    add_value(
        *command, "--format", "--format",
        [given](const std::string& option, const std::string& words) {
            given->reading.format = read_choice<ScheduleFormat>(option, words);
        },
        message::cli_option_schedule_format, language)
        ->type_name("NAME");
    add_value(
        *command, "--logic", "--logic",
        [given](const std::string& option, const std::string& words) {
            given->solving.logic = read_choice<ProgressLogic>(option, words);
        },
        message::cli_option_logic, language)
        ->type_name("NAME");
    add_value(
        *command, "--rules", "--rules",
        [given](const std::string& option, const std::string& words) {
            given->solving.rules = read_choice<ScheduleRules>(option, words);
        },
        message::cli_option_rules, language)
        ->type_name("NAME");
    add_value(
        *command, "--data-date", "--data-date",
        [given](const std::string& option, const std::string& words) {
            given->reading.data_date = read_day(option, words);
        },
        message::cli_option_data_date, language)
        ->type_name("DATE");
    add_value(
        *command, "--start", "--start",
        [given](const std::string& option, const std::string& words) {
            given->reading.start = read_day(option, words);
        },
        message::cli_option_schedule_start, language)
        ->type_name("DATE");
    command->add_option("-o,--output", given->output, std::string(text(message::cli_option_schedule_output, language)))
        ->type_name("FILE");
    add_limits(*command, settings);
    add_force(*command, settings);
    add_encoding(*command, settings);
    return {command, [given, &settings](Console& console) { return run(*given, settings, console); }};
}

}  // namespace countyplan
