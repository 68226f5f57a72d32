#include <algorithm>
#include <array>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <countyplan/io/html.hpp>
#include <countyplan/io/result.hpp>
#include <countyplan/io/write.hpp>
#include <countyplan/report/portfolio.hpp>
#include <countyplan/track/track.hpp>

#include "command.hpp"
#include "input.hpp"
#include "interrupt.hpp"
#include "messages.hpp"
#include "record_messages.hpp"
#include "track_messages.hpp"
#include "usage.hpp"

namespace countyplan {

namespace {

constexpr const char* issued_file = "issued.csv";

/// How many causes of a county are told in lines.
constexpr std::size_t most_causes = 4;

std::vector<NamedBytes> output_files(const Plan& plan, const Tracking& tracking, Language language) {
    return {{"tracking.json", tracking_json(plan, tracking)},
            {"timeline.csv", table_csv(timeline_table(plan, tracking), language)},
            {"provinces.csv", table_csv(province_table(plan, tracking), language)},
            {"counties.csv", table_csv(county_table(plan, tracking), language)},
            {"warnings.csv", table_csv(warning_table(plan, tracking), language)},
            {"rates.csv", table_csv(rate_table(plan, tracking), language)},
            {"goals.csv", table_csv(goal_table(plan, tracking), language)},
            {"findings.csv", table_csv(finding_table(tracking_findings(tracking)), language)},
            {"report.html", html_page(portfolio(plan, nullptr, &tracking, plan.warnings()), language)}};
}

MessageArgument share_words(const std::optional<double>& value, Language language) {
    const auto share = value ? Share::from(*value) : std::nullopt;
    if (!share) return message::cli_no_value;
    return cell_text(Cell(*share), language);
}

/// Each county with its colour and the first causes of it, the worst counties first.
void tell_counties(const Plan& plan, const Tracking& tracking, Console& console) {
    std::array<std::vector<Id<County>>, enumerator_count<WarningColour>> of_colour{};
    for (const Id<County> id : tracking.warnings.counties.ids())
        of_colour[static_cast<std::size_t>(tracking.warnings.counties[id].colour)].push_back(id);
    for (const WarningColour colour :
         {WarningColour::red, WarningColour::amber, WarningColour::grey, WarningColour::green, WarningColour::blue}) {
        for (const Id<County> id : of_colour[static_cast<std::size_t>(colour)]) {
            const County& county = plan.rows().counties[id];
            const std::vector<std::uint32_t>& causes = tracking.warnings.counties[id].causes;
            console.line(Message(message::track_county,
                                 {to_text(county.code),
                                  MessageArgument(county.name_zh.empty() ? county.name_en : county.name_zh,
                                                  county.name_en.empty() ? county.name_zh : county.name_en),
                                  word(colour)}));
            for (std::size_t i = 0; i < std::min(causes.size(), most_causes); ++i) {
                const Message said = describe(plan, tracking.roll_up, tracking.warnings.causes[causes[i]]);
                console.line(Message(message::track_cause, {text(said, console.language())}));
            }
            if (causes.size() > most_causes) {
                console.line(Message(message::track_more_causes, {std::to_string(causes.size() - most_causes)}));
            }
        }
    }
    const auto counties = [&](WarningColour colour) {
        return std::to_string(of_colour[static_cast<std::size_t>(colour)].size());
    };
    console.line(Message(message::track_colours, {to_text(tracking.as_of.valid), counties(WarningColour::red),
                                                  counties(WarningColour::amber), counties(WarningColour::green),
                                                  counties(WarningColour::blue), counties(WarningColour::grey)}));
}

void summarise(const Plan& plan, const Tracking& tracking, Console& console) {
    const std::string as_of = to_text(tracking.as_of.valid);
    tell_counties(plan, tracking, console);
    for (std::size_t i = 0; i < tracking.roll_up.provinces.size(); ++i) {
        const ProvinceRollUp& province = tracking.roll_up.provinces[i];
        console.line(Message(
            message::track_province,
            {as_of, to_text(province.province), share_words(province.weighted.value, console.language()),
             word(tracking.options.roll_up.county_weight), share_words(province.equal.value, console.language()),
             share_words(province.weighted.coverage, console.language()),
             word(tracking.warnings.provinces[i].colour)}));
    }
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
    std::optional<Day> issued{};
};

ExitCode run(const Arguments& given, const Settings& settings, Console& console) {
    if (!given.output.empty()) {
        require_free_directory(given.output,
                               {"tracking.json", "timeline.csv", "provinces.csv", "counties.csv", "warnings.csv",
                                "rates.csv", "goals.csv", "findings.csv", "report.html", issued_file},
                               settings);
    }
    const Day recorded = given.recorded.value_or(given.as_of);
    if (given.issued && given.output.empty()) throw UsageError(message::track_issue_needs_output);
    if (given.issued && *given.issued <= recorded) {
        throw UsageError(Message(message::track_issue_too_early, {to_text(*given.issued), to_text(recorded)}));
    }
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
        std::vector<NamedBytes> files = output_files(plan, tracking, settings.language);
        if (given.issued) {
            const ById<Id<Fact>, Fact> facts(
                issue_report(plan, tracking.warnings, tracking.as_of, *given.issued, "countyplan track"));
            files.push_back({issued_file, ledger_csv(facts)});
        }
        save_directory(given.output, files, settings.existing());
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
    add_value(
        *command, "--issue", "--issue",
        [given](const std::string& option, const std::string& words) { given->issued = read_day(option, words); },
        message::track_option_issue, settings.language)
        ->type_name("DATE");
    command
        ->add_option("-o,--output", given->output, std::string(text(message::cli_option_directory, settings.language)))
        ->type_name("DIR");
    add_limits(*command, settings);
    add_force(*command, settings);
    add_encoding(*command, settings);
    add_salvage(*command, settings);
    return {command, [given, &settings](Console& console) { return run(*given, settings, console); }};
}

}  // namespace countyplan
