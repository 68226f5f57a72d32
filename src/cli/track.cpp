#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <countyplan/io/flaw.hpp>
#include <countyplan/io/html.hpp>
#include <countyplan/io/result.hpp>
#include <countyplan/io/write.hpp>
#include <countyplan/report/portfolio.hpp>
#include <countyplan/report/tracking_tables.hpp>
#include <countyplan/track/task_reasons.hpp>
#include <countyplan/track/track.hpp>

#include "command.hpp"
#include "input.hpp"
#include "interrupt.hpp"
#include "messages.hpp"
#include "record_messages.hpp"
#include "schedule_messages.hpp"
#include "track_messages.hpp"
#include "usage.hpp"

namespace countyplan {

namespace {

constexpr const char* issued_file = "issued.csv";
constexpr std::array output_names{"tracking.json", "timeline.csv",     "provinces.csv",    "counties.csv",
                                  "warnings.csv",  "rates.csv",        "goals.csv",        "findings.csv",
                                  "report.html",   "earned_value.csv", "float_paths.csv",  "quality.csv",
                                  "baselines.csv", "variance.csv",     "schedule_log.csv", "delays.csv"};

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
            {"earned_value.csv", table_csv(earned_value_table(plan, tracking), language)},
            {"float_paths.csv", table_csv(float_path_table(plan, tracking), language)},
            {"quality.csv", table_csv(quality_table(plan, tracking), language)},
            {"baselines.csv", table_csv(baseline_table(plan, tracking), language)},
            {"variance.csv", table_csv(variance_table(plan, tracking), language)},
            {"schedule_log.csv", table_csv(schedule_log_table(plan, tracking), language)},
            {"delays.csv", table_csv(delay_table(plan, tracking), language)},
            {"findings.csv", table_csv(finding_table(tracking_findings(tracking)), language)},
            {"report.html", html_page(portfolio(plan, nullptr, &tracking, plan.warnings()), language)}};
}

MessageArgument share_words(const std::optional<double>& value, Language language) {
    const auto share = value ? Share::from(*value) : std::nullopt;
    if (!share) return message::cli_no_value;
    return cell_text(Cell(*share), language);
}

MessageArgument value_words(ValueUnit unit, std::optional<double> hundredths, Language language) {
    if (!hundredths) return message::cli_no_value;
    return cell_text(amount_cell(unit, hundredths), language);
}

/// What a county has earned, where it has anything to earn.
void tell_value(const EarnedValue& value, ValueUnit unit, Console& console) {
    const ValueSums& sums = value.sums;
    if (sums.budget == 0) return;
    const Language language = console.language();
    const auto amount = [&](std::int64_t hundredths) {
        return value_words(unit, static_cast<double>(hundredths), language);
    };
    const auto index = [&](std::optional<double> number) -> MessageArgument {
        if (!number) return message::cli_no_value;
        return cell_text(Cell(*number), language);
    };
    const ValueIndices indices = value.indices();
    console.line(
        Message(message::track_value,
                {word(unit), amount(sums.planned), amount(sums.earned),
                 sums.actual ? amount(*sums.actual) : MessageArgument(message::cli_no_value), amount(sums.budget)}));
    console.line(
        Message(message::track_indices, {index(indices.spi), index(indices.cpi), index(indices.spi_t),
                                         value_words(unit, indices[CostForecastBy::cpi].at_completion, language)}));
    if (value.left_out.tasks > 0) {
        console.line(Message(message::track_values_left_out, {std::to_string(value.left_out.tasks)}));
    }
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
            tell_value(tracking.earned_value.counties[id], tracking.options.value, console);
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
    ProgressLogic logic = ProgressLogic::retained;
    ValueUnit value = ValueUnit::money;
    std::string why{};  ///< id of a task
    std::optional<Day> since{};
};

void require_sound(const Arguments& given, Day recorded) {
    if (given.issued && given.output.empty()) throw UsageError(message::track_issue_needs_output);
    if (given.issued && *given.issued <= recorded) {
        throw UsageError(Message(message::track_issue_too_early, {to_text(*given.issued), to_text(recorded)}));
    }
    if (given.since && given.why.empty()) throw UsageError(message::track_since_whom);
    if (given.since && *given.since >= given.as_of) {
        throw UsageError(Message(message::track_since_late, {to_text(*given.since), to_text(given.as_of)}));
    }
}

void tell_reasons(const TaskReasons& reasons, Console& console) {
    for (const Message& sentence : reasons.log)
        console.line(sentence);
    if (!reasons.since) return;
    console.line(Message(message::track_moved_since, {to_text(*reasons.since)}));
    for (const Message& sentence : reasons.moved)
        console.line(sentence);
}

ExitCode run(const Arguments& given, const Settings& settings, Console& console) {
    const Day recorded = given.recorded.value_or(given.as_of);
    require_sound(given, recorded);
    if (!given.output.empty()) {
        std::vector<std::string> names{issued_file};
        for (const char* const name : output_names)
            names.emplace_back(name);
        require_free_directory(given.output, names, settings);
    }
    // what was recorded later must leave no trace in any output
    const Plan plan = known_by(plan_of_argument(given.plan, settings, console), recorded);
    const Id<Task> asked = given.why.empty() ? Id<Task>() : plan.find<Task>(given.why);
    if (!given.why.empty() && !asked) throw UsageError(Message(message::track_no_such_task, {excerpt(given.why)}));
    const bool tells_delays = !given.output.empty() || (settings.json && !asked);  // a schedule for each window
    const InterruptSignal interrupt(settings.language);
    const Stop stop = stop_of(settings, interrupt);
    const Tracking tracking = [&] {
        ProgressLine progress(message::cli_tracking, settings.language);
        return track(plan, given.as_of,
                     {.recorded = recorded,
                      .schedule = {.logic = given.logic},
                      .value = given.value,
                      .windows = tells_delays ? month_windows(plan, given.as_of) : std::vector<Day>{}},
                     stop, progress.observer());
    }();
    if (tracking.termination == Termination::infeasible) {
        const Schedule& last =
            tracking.planned.termination == Termination::optimal ? tracking.schedule : tracking.planned;
        if (settings.json) console.raw(tracking_json(plan, tracking));
        console.findings(conflicts(plan, last), true);
        return ExitCode::answer_is_no;
    }
    if (tracking.termination != Termination::optimal) {
        if (settings.json) console.raw(tracking_json(plan, tracking));
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
    if (!asked) {
        if (settings.json) console.raw(tracking_json(plan, tracking));
        summarise(plan, tracking, console);
        return ExitCode::ok;
    }
    const TaskReasons reasons = task_reasons(plan, tracking, asked, given.since, stop);
    if (settings.json) console.raw(task_reasons_json(plan, tracking, reasons));
    tell_reasons(reasons, console);
    if (reasons.cause != Cause::proved) {
        console.note(Message(message::cli_track_stopped, {word(reasons.cause)}));
        return ExitCode::stopped_early;
    }
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
    add_value(
        *command, "--logic", "--logic",
        [given](const std::string& option, const std::string& words) {
            given->logic = read_choice<ProgressLogic>(option, words);
        },
        message::cli_option_logic, settings.language)
        ->type_name("NAME");
    add_value(
        *command, "--value", "--value",
        [given](const std::string& option, const std::string& words) {
            given->value = read_choice<ValueUnit>(option, words);
        },
        message::track_option_value, settings.language)
        ->type_name("UNIT");
    command->add_option("--why", given->why, std::string(text(message::track_option_why, settings.language)))
        ->type_name("TASK");
    add_value(
        *command, "--since", "--since",
        [given](const std::string& option, const std::string& words) { given->since = read_day(option, words); },
        message::track_option_since, settings.language)
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
