#include <memory>
#include <string>
#include <utility>

#include <countyplan/io/exchange/indicator_export.hpp>
#include <countyplan/io/graph_export.hpp>
#include <countyplan/io/write.hpp>

#include "command.hpp"
#include "input.hpp"
#include "messages.hpp"
#include "schedule_messages.hpp"
#include "usage.hpp"

namespace countyplan {

namespace {

struct Arguments {
    std::string from;
    std::string to;
    IndicatorExportOptions indicators;
};

ExitCode run(const Arguments& given, const Settings& settings, Console& console) {
    const auto graph = graph_format_of(given.to);
    const auto indicators = indicator_format_of(given.to);
    const auto format = plan_format_of(given.to);
    if (indicators == IndicatorFormat::iati && given.indicators.publisher.empty()) {
        throw UsageError(message::cli_publisher_missing);
    }
    if (!graph && !indicators && !format) throw UsageError(Message(message::cli_output_suffix, {excerpt(given.to)}));
    if (graph || indicators || *format != PlanFormat::tables) {
        require_free_file(given.to, {given.from}, settings);
    } else {
        require_free_tables(given.to, {given.from}, settings);
    }
    const Plan plan = plan_of_argument(given.from, settings, console);
    const ProgressLine progress(message::cli_writing, settings.language);
    if (graph) {
        save_file(given.to, graph_text(plan, plan_graph(plan), *graph), settings.existing());
    } else if (indicators) {
        const IndicatorWriting writing = *indicators == IndicatorFormat::iati
                                             ? iati_results(plan, given.indicators)
                                             : dhis2_data_values(plan, given.indicators);
        console.findings(writing.findings, true);
        save_file(given.to, writing.bytes, settings.existing());
    } else {
        write_plan(plan.rows(), given.to, settings.existing());
    }
    if (settings.json) console.raw(written_json(given.to));
    console.line(Message(message::cli_written, {given.to}));
    return ExitCode::ok;
}

}  // namespace

Command convert_command(CLI::App& app, Settings& settings) {
    const auto given = std::make_shared<Arguments>();
    CLI::App* const command =
        add_command(app, settings, "convert", message::cli_convert, message::cli_convert_examples);
    command->add_option("IN", given->from, std::string(text(message::cli_argument_plan, settings.language)))
        ->required()
        ->type_name("");
    command->add_option("OUT", given->to, std::string(text(message::cli_argument_output, settings.language)))
        ->required()
        ->type_name("");
    add_value(
        *command, "--as-of", "--as-of",
        [given](const std::string& option, const std::string& words) {
            given->indicators.as_of.valid = read_day(option, words);
        },
        message::cli_option_values_as_of, settings.language)
        ->type_name("DATE");
    command
        ->add_option("--publisher", given->indicators.publisher,
                     std::string(text(message::cli_option_publisher, settings.language)))
        ->type_name("ID");
    add_force(*command, settings);
    add_encoding(*command, settings);
    add_salvage(*command, settings);
    return {command, [given, &settings](Console& console) { return run(*given, settings, console); }};
}

}  // namespace countyplan
