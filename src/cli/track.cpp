#include <algorithm>
#include <array>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <countyplan/io/html.hpp>
#include <countyplan/io/result.hpp>
#include <countyplan/report/portfolio.hpp>
#include <countyplan/track/track.hpp>

#include "command.hpp"
#include "input.hpp"
#include "interrupt.hpp"
#include "messages.hpp"
#include "record_messages.hpp"
#include "usage.hpp"

namespace countyplan {

namespace {

std::vector<NamedBytes> output_files(const Plan& plan, const Tracking& tracking, Language language) {
    Findings findings = tracking.progress.findings;
    findings.insert(findings.end(), tracking.roll_up.findings.begin(), tracking.roll_up.findings.end());
    return {{"tracking.json", tracking_json(plan, tracking)},
            {"timeline.csv", table_csv(timeline_table(plan, tracking), language)},
            {"provinces.csv", table_csv(province_table(plan, tracking), language)},
            {"counties.csv", table_csv(county_table(plan, tracking), language)},
            {"goals.csv", table_csv(goal_table(plan, tracking), language)},
            {"findings.csv", table_csv(finding_table(findings), language)},
            {"report.html", html_page(portfolio(plan, nullptr, &tracking, plan.warnings()), language)}};
}

MessageArgument share_words(const std::optional<double>& value, Language language) {
    const auto share = value ? Share::from(*value) : std::nullopt;
    if (!share) return message::cli_no_value;
    return cell_text(Cell(*share), language);
}

void summarise(const Plan& plan, const Tracking& tracking, Console& console) {
    const std::string as_of = to_text(tracking.as_of.valid);
    for (const ProvinceRollUp& province : tracking.roll_up.provinces) {
        console.line(
            Message(message::cli_track_province,
                    {as_of, to_text(province.province), share_words(province.weighted.value, console.language()),
                     share_words(province.weighted.coverage, console.language())}));
    }
    std::array<std::size_t, enumerator_count<ProgressStatus>> count{};
    for (const RolledUp& county : tracking.roll_up.counties)
        ++count[static_cast<std::size_t>(county.status)];
    const auto counties = [&](ProgressStatus status) {
        return std::to_string(count[static_cast<std::size_t>(status)]);
    };
    console.line(
        Message(message::cli_track_counties, {as_of, counties(ProgressStatus::complete), counties(ProgressStatus::open),
                                              counties(ProgressStatus::overdue), counties(ProgressStatus::unknown)}));
    std::optional<Day> start;
    std::optional<Day> finish;
    for (const CountyTimeline& county : tracking.schedule.counties) {
        if (county.start && (!start || *county.start < *start)) start = county.start;
        if (county.finish && (!finish || *finish < *county.finish)) finish = county.finish;
    }
    if (!start || !finish) {
        console.line(message::cli_no_tasks);
        return;
    }
    const auto& tasks = tracking.schedule.tasks;
    console.line(Message(message::cli_track_schedule,
                         {std::to_string(plan.rows().tasks.size()),
                          std::to_string(std::ranges::count(tasks, true, &TaskDates::on_longest_path)),
                          std::to_string(std::ranges::count(tasks, true, &TaskDates::critical_by_float)),
                          to_text(*start), to_text(*finish)}));
}

struct Arguments {
    std::string plan;
    std::string output;
    Day as_of;
    std::optional<Day> recorded{};
};

ExitCode run(const Arguments& given, const Settings& settings, Console& console) {
    if (!given.output.empty()) {
        require_free_directory(given.output,
                               {"tracking.json", "timeline.csv", "provinces.csv", "counties.csv", "goals.csv",
                                "findings.csv", "report.html"},
                               settings);
    }
    const Day recorded = given.recorded.value_or(given.as_of);
    // what was recorded later must leave no trace in any output
    const Plan plan = known_by(plan_of_argument(given.plan, settings, console), recorded);
    const InterruptSignal interrupt(settings.language);
    const Tracking tracking = [&] {
        ProgressLine progress(message::cli_tracking, settings.language);
        const Stop stop{
            .time_limit = settings.time_limit, .step_limit = settings.step_limit, .token = interrupt.token()};
        return track(plan, given.as_of, {.recorded = recorded}, stop, progress.observer());
    }();
    if (settings.json) console.raw(tracking_json(plan, tracking));
    if (tracking.termination != Termination::optimal) {
        console.note(Message(message::cli_track_stopped, {word(tracking.cause)}));
        return ExitCode::stopped_early;
    }
    if (!given.output.empty()) {
        save_directory(given.output, output_files(plan, tracking, settings.language), settings.existing());
    }
    summarise(plan, tracking, console);
    return ExitCode::ok;
}

}  // namespace

Command track_command(CLI::App& app, Settings& settings) {
    const auto given = std::make_shared<Arguments>();
    CLI::App* const command = add_command(app, settings, "track", message::cli_track, message::cli_track_examples);
    command->add_option("PLAN", given->plan, std::string(text(message::cli_argument_plan, settings.language)))
        ->required()
        ->type_name("");
    add_value(
        *command, "--as-of", "--as-of",
        [given](const std::string& option, const std::string& words) { given->as_of = read_day(option, words); },
        message::cli_option_as_of, settings.language)
        ->required()
        ->type_name("DATE");
    add_value(
        *command, "--recorded", "--recorded",
        [given](const std::string& option, const std::string& words) { given->recorded = read_day(option, words); },
        message::cli_option_recorded, settings.language)
        ->type_name("DATE");
    command
        ->add_option("-o,--output", given->output, std::string(text(message::cli_option_directory, settings.language)))
        ->type_name("DIR");
    add_limits(*command, settings);
    add_force(*command, settings);
    add_encoding(*command, settings);
    return {command, [given, &settings](Console& console) { return run(*given, settings, console); }};
}

}  // namespace countyplan
