#include <memory>
#include <optional>
#include <string>

#include <countyplan/allocate/allocate.hpp>
#include <countyplan/io/html.hpp>
#include <countyplan/report/portfolio.hpp>

#include "command.hpp"
#include "input.hpp"
#include "messages.hpp"
#include "tracking_default.hpp"
#include "usage.hpp"
#include "verdict_text.hpp"

namespace countyplan {

namespace {

struct Arguments {
    std::string plan;
    std::string result;
    std::string output;
    std::optional<Day> as_of;
};

ExitCode run(const Arguments& given, const Settings& settings, Console& console) {
    require_free_file(given.output, {given.plan, given.result}, settings);
    const Plan whole = plan_of_argument(given.plan, settings, console);
    const Day as_of = given.as_of.value_or(last_recorded_day(whole));
    // what was recorded later must leave no trace on the page
    const Plan plan = known_by(whole, as_of);
    std::optional<AllocationReading> result;
    if (!given.result.empty()) {
        result = result_of_argument(given.result);
        // a page that shows somebody else's result, or a changed one, would be believed
        if (const AnswerVerdict verdict = examine(plan, *result); !verdict.accepted) {
            tell(verdict, result->allocation, console);
            return ExitCode::answer_is_no;
        }
    }
    const ProgressLine progress(message::cli_tracking, settings.language);
    const auto tracking = tracking_for_report(plan, as_of, settings, console);
    const auto fairness = result ? fairness_of(*result) : std::nullopt;
    const Report report = portfolio(plan, result ? &result->allocation : nullptr, tracking ? &*tracking : nullptr,
                                    plan.warnings(), fairness ? &*fairness : nullptr);
    save_file(given.output, html_page(report, settings.language), settings.existing());
    if (settings.json) console.raw(written_json(given.output));
    console.line(Message(message::cli_written, {given.output}));
    return ExitCode::ok;
}

}  // namespace

Command report_command(CLI::App& app, Settings& settings) {
    const auto given = std::make_shared<Arguments>();
    CLI::App* const command = add_command(app, settings, "report", message::cli_report, message::cli_report_examples);
    command->add_option("PLAN", given->plan, std::string(text(message::cli_argument_plan, settings.language)))
        ->required()
        ->type_name("");
    command->add_option("RESULT_DIR", given->result, std::string(text(message::cli_argument_result, settings.language)))
        ->type_name("");
    command->add_option("-o,--output", given->output, std::string(text(message::cli_option_file, settings.language)))
        ->required()
        ->type_name("FILE");
    add_value(
        *command, "--as-of", "--as-of",
        [given](const std::string& option, const std::string& words) { given->as_of = read_day(option, words); },
        message::cli_option_as_of_default, settings.language)
        ->type_name("DATE");
    add_force(*command, settings);
    add_encoding(*command, settings);
    add_salvage(*command, settings);
    return {command, [given, &settings](Console& console) { return run(*given, settings, console); }};
}

}  // namespace countyplan
