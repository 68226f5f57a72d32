#include <algorithm>
#include <cstddef>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include <countyplan/io/journal.hpp>
#include <countyplan/io/json.hpp>
#include <countyplan/version.hpp>

#include "command.hpp"
#include "experiment_messages.hpp"
#include "input.hpp"
#include "messages.hpp"
#include "usage.hpp"

namespace countyplan {

namespace {

struct Arguments {
    std::vector<std::string> journals;
    std::string output;
};

std::string merged_json(const Arguments& given, std::size_t rows, std::size_t errors, const std::string& digest) {
    JsonWriter writer;
    writer.begin_object();
    writer.key("version").text(version);
    writer.key("output").text(given.output);
    writer.key("rows").integer(rows);
    writer.key("errors").integer(errors);
    writer.key("digest").text(digest).end_object();
    return writer.take();
}

ExitCode run(const Arguments& given, const Settings& settings, Console& console) {
    require_free_file(given.output, given.journals, settings);
    std::vector<JournalReading> journals;
    for (const std::string& path : given.journals) {
        journals.push_back(read_journal(read_file(path)));
        if (journals.back().torn > 0) console.note(Message(message::cli_merge_torn, {path}));
    }
    const std::vector<ExperimentRow> rows = merged_rows(journals);
    const std::string digest = journal_digest(rows);
    const auto errors = static_cast<std::size_t>(std::ranges::count_if(
        rows, [](const ExperimentRow& row) { return std::holds_alternative<PointError>(row.outcome); }));
    save_file(given.output, rows_csv(rows), settings.existing());
    if (settings.json) console.raw(merged_json(given, rows.size(), errors, digest));
    console.line(
        Message(message::cli_merge_summary, {std::to_string(rows.size()), std::to_string(errors), given.output}));
    console.line(Message(message::cli_digest, {digest}));
    return ExitCode::ok;
}

}  // namespace

Command merge_command(CLI::App& app, Settings& settings) {
    const auto given = std::make_shared<Arguments>();
    CLI::App* const command = add_command(app, settings, "merge", message::cli_merge, message::cli_merge_examples);
    const auto say = [&settings](const MessageText& row) { return std::string(text(row, settings.language)); };
    command->add_option("JOURNAL", given->journals, say(message::cli_argument_journals))->required()->type_name("");
    command->add_option("-o,--output", given->output, say(message::cli_option_rows))->required()->type_name("FILE");
    add_force(*command, settings);
    return {command, [given, &settings](Console& console) { return run(*given, settings, console); }};
}

}  // namespace countyplan
