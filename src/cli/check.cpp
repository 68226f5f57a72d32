#include <algorithm>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>

#include <countyplan/io/result.hpp>

#include "command.hpp"
#include "input.hpp"
#include "messages.hpp"
#include "usage.hpp"

namespace countyplan {

namespace {

ExitCode run(const std::string& path, const Settings& settings, Console& console) {
    const Reading reading = [&] {
        const ProgressLine progress(message::cli_reading, settings.language);
        return read_argument(path, settings);
    }();
    const bool ok = !has_errors(reading.findings);
    if (settings.json) {
        const std::optional<Plan> plan = ok ? std::optional(Plan(reading.draft)) : std::nullopt;
        console.raw(check_json(plan ? &*plan : nullptr, reading.findings));
    }
    Findings by_severity = reading.findings;
    std::ranges::stable_sort(by_severity, {}, &Finding::severity);  // notes must not bury a warning
    console.findings(by_severity, false);
    const auto count = [&](Severity severity) {
        return std::to_string(std::ranges::count(reading.findings, severity, &Finding::severity));
    };
    const Draft& rows = reading.draft;
    console.line(Message(
        message::cli_check_summary,
        {std::to_string(rows.counties.size()),
         std::to_string(std::ranges::count(rows.schools, true, &School::assisted)), std::to_string(rows.posts.size()),
         std::to_string(rows.experts.size()), count(Severity::error), count(Severity::warning)}));
    return ok ? ExitCode::ok : ExitCode::bad_input;
}

}  // namespace

Command check_command(CLI::App& app, Settings& settings) {
    const auto path = std::make_shared<std::string>();
    CLI::App* const command = add_command(app, settings, "check", message::cli_check, message::cli_check_examples);
    command->add_option("PLAN", *path, std::string(text(message::cli_argument_plan, settings.language)))
        ->required()
        ->type_name("");
    add_encoding(*command, settings);
    add_salvage(*command, settings);
    return {command, [path, &settings](Console& console) { return run(*path, settings, console); }};
}

}  // namespace countyplan
