// Which commands does the program know, and what does each do when it is chosen?
#pragma once

#include <functional>

#include <CLI/CLI.hpp>

#include "console.hpp"
#include "exit_code.hpp"
#include "settings.hpp"

namespace countyplan {

/// One command: its part of the command line, and its work.
struct Command {
    CLI::App* app = nullptr;
    std::function<ExitCode(Console&)> run;
};

// Each adds its command to `app`. `settings` is filled in by parsing and must outlive the command.
[[nodiscard]] Command check_command(CLI::App& app, Settings& settings);
[[nodiscard]] Command allocate_command(CLI::App& app, Settings& settings);
[[nodiscard]] Command track_command(CLI::App& app, Settings& settings);
[[nodiscard]] Command record_command(CLI::App& app, Settings& settings);
[[nodiscard]] Command schedule_command(CLI::App& app, Settings& settings);
[[nodiscard]] Command report_command(CLI::App& app, Settings& settings);
[[nodiscard]] Command convert_command(CLI::App& app, Settings& settings);
[[nodiscard]] Command generate_command(CLI::App& app, Settings& settings);
[[nodiscard]] Command explain_command(CLI::App& app, Settings& settings);
[[nodiscard]] Command feedback_command(CLI::App& app, Settings& settings);
[[nodiscard]] Command verify_command(CLI::App& app, Settings& settings);
[[nodiscard]] Command audit_command(CLI::App& app, Settings& settings);
[[nodiscard]] Command pair_command(CLI::App& app, Settings& settings);
[[nodiscard]] Command team_command(CLI::App& app, Settings& settings);
[[nodiscard]] Command diff_command(CLI::App& app, Settings& settings);
[[nodiscard]] Command compare_command(CLI::App& app, Settings& settings);
[[nodiscard]] Command replan_command(CLI::App& app, Settings& settings);
[[nodiscard]] Command trade_off_command(CLI::App& app, Settings& settings);
[[nodiscard]] Command sweep_command(CLI::App& app, Settings& settings);
[[nodiscard]] Command merge_command(CLI::App& app, Settings& settings);
[[nodiscard]] Command solve_command(CLI::App& app, Settings& settings);
[[nodiscard]] Command schema_command(CLI::App& app, Settings& settings);
[[nodiscard]] Command version_command(CLI::App& app, Settings& settings);

/// A subcommand with its texts and the options that all of them have.
[[nodiscard]] CLI::App* add_command(CLI::App& app, Settings& settings, const char* name, const MessageText& about,
                                    const MessageText& examples);

/// The object that says which output was written.
[[nodiscard]] std::string written_json(const std::string& path);

}  // namespace countyplan
