// The program `countyplan`: reads the command line, runs one command, turns every ending into an exit code.
#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <exception>
#include <memory>
#include <new>
#include <string>
#include <string_view>
#include <vector>

#include <fcntl.h>
#include <unistd.h>

#include <CLI/CLI.hpp>

#include <countyplan/allocate/user_rule.hpp>
#include <countyplan/error.hpp>
#include <countyplan/io/file.hpp>
#include <countyplan/io/flaw.hpp>
#include <countyplan/io/json.hpp>
#include <countyplan/io/result.hpp>
#include <countyplan/plan/plan.hpp>
#include <countyplan/version.hpp>

#include "command.hpp"
#include "console.hpp"
#include "exit_code.hpp"
#include "messages.hpp"
#include "settings.hpp"
#include "usage.hpp"

extern char** environ;  // NOLINT(readability-redundant-declaration): POSIX leaves it to the program

namespace countyplan {

namespace {

/// A descriptor that is closed would be given to the next file that is opened.
void hold_standard_descriptors() {
    for (int descriptor = 0; descriptor <= 2; ++descriptor) {
        if (::fcntl(descriptor, F_GETFD) >= 0) continue;
        if (::open("/dev/null", O_RDONLY) < 0) return;  // takes the lowest free one; writing to it fails
    }
}

void note_unknown_variables(Console& console) {
    constexpr std::string_view prefix = "COUNTYPLAN_";
    // the last one tells this project's own tests where the programs are
    constexpr std::string_view known[] = {"COUNTYPLAN_LANG", "COUNTYPLAN_TIME", "COUNTYPLAN_BIN_DIR"};
    for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
        const std::string_view whole = *entry;
        const std::string_view name = whole.substr(0, whole.find('='));
        if (!name.starts_with(prefix) || std::ranges::count(known, name) > 0) continue;
        console.note(Message(message::cli_unknown_variable, {excerpt(name)}));
    }
}

/// --lang must be known before the help texts are made, and --json before anything fails; the parser looks at
/// both again, strictly.
void glance(int count, char** words, Settings& settings) {
    for (int i = 1; i < count; ++i) {
        const std::string_view word = words[i];
        std::string_view value;
        if (word == "--lang" && i + 1 < count) {
            value = words[i + 1];
        } else if (word.starts_with("--lang=")) {
            value = word.substr(7);
        } else {
            settings.json = settings.json || word == "--json";
            continue;
        }
        if (const auto language = enumerator<Language>(value)) settings.language = *language;
    }
}

/// What is wrong with the command line, in our own words where the parser's are known.
Message usage_message(const CLI::ParseError& error, const CLI::App& app) {
    const std::string name = error.get_name();
    const std::string words = error.what();
    const std::vector<std::string> left = app.remaining(true);
    const bool no_command = name == "RequiredError" && words.find("subcommand") != words.npos;
    if ((name == "ExtrasError" || no_command) && !left.empty()) {
        return Message(message::cli_unexpected_argument, {excerpt(left.front())});
    }
    if (no_command) return message::cli_no_command;
    constexpr std::string_view required = " is required";
    if (name == "RequiredError") {
        return Message(message::cli_missing_argument, {excerpt(words.substr(0, words.find(required)))});
    }
    if (name == "ArgumentMismatch") return Message(message::cli_value_missing, {excerpt(words)});
    return Message(message::cli_error_at, {name, excerpt(words)});
}

std::string error_json(ExitCode code, const Message& message, const std::string& where) {
    JsonWriter writer;
    writer.begin_object();
    writer.key("version").text(version);
    writer.key("ok").boolean(false);
    writer.key("exit").integer(static_cast<int>(code));
    writer.key("error").begin_object();
    writer.key("code").text(message.code());
    if (!where.empty()) writer.key("place").text(where);
    writer.key("zh").text(text(message, Language::zh));
    writer.key("en").text(text(message, Language::en)).end_object().end_object();
    return writer.take();
}

/// One run, from the parsed command line to the exit code; every exception of the library ends here.
class Program {
  public:
    Program(Settings& settings, Console& console) : settings_(settings), console_(console) {}

    ExitCode run(int count, char** words) {
        try {
            glance(count, words, settings_);  // twice: a refusal of the environment comes out as asked, too
            settings_ = settings_of_environment();
            glance(count, words, settings_);
            note_unknown_variables(console_);
            const ExitCode code = parse_and_run(count, words);
            console_.flush();
            return code;
        } catch (const UsageError& error) {
            return wrong_usage(error.message());
        } catch (const InvalidPlan& invalid) {
            console_.findings(invalid.findings(), true);
            return end(ExitCode::bad_input, check_json(nullptr, invalid.findings()));
        } catch (const RefusedInput& refused) {
            return fail(ExitCode::bad_input, refused.message(), "");
        } catch (const InvalidProblem& invalid) {
            return fail(ExitCode::bad_input, invalid.message(), invalid.place());
        } catch (const InvalidUserTier& unsaid) {
            const Message why(message::cli_tier_unsaid, {word(unsaid.tier()), name(unsaid.tier())});
            return fail(ExitCode::bad_input, why, "objective");
        } catch (const IoError& error) {
            const ExitCode code = fail(ExitCode::io, error.message(), error.path());
            if (error.code() == EEXIST) console_.note(message::cli_use_force);
            return code;
        } catch (const OutputError& error) {
            console_.note(Message(message::cli_output_failed, {std::strerror(error.code())}));  // NOLINT
            return ExitCode::io;
        } catch (const std::bad_alloc&) {
            return fail(ExitCode::internal, message::cli_out_of_memory, "");
        } catch (const std::exception& error) {
            return fail(ExitCode::internal, Message(message::cli_internal_error, {error.what()}), "");
        }
    }

  private:
    ExitCode parse_and_run(int count, char** words) {
        CLI::App app(std::string(text(message::cli_program, settings_.language)), "countyplan");
        const std::vector<Command> commands = declare(app);
        try {
            app.parse(count, words);
        } catch (const CLI::CallForHelp&) {
            return help(app);
        } catch (const CLI::CallForVersion&) {
            console_.raw("countyplan " + std::string(version) + "\n");
            return ExitCode::ok;
        } catch (const CLI::ParseError& error) {
            const auto chosen = app.get_subcommands();
            usage_of_ = chosen.empty() ? "countyplan" : "countyplan " + chosen.front()->get_name();
            if (count <= 1) usage_text_ = app.help();
            return wrong_usage(usage_message(error, app));
        }
        const auto chosen = app.get_subcommands();
        for (const Command& command : commands) {
            if (!chosen.empty() && command.app == chosen.front()) return command.run(console_);
        }
        return wrong_usage(message::cli_no_command);
    }

    std::vector<Command> declare(CLI::App& app) {
        const auto say = [this](const MessageText& row) { return std::string(text(row, settings_.language)); };
        app.footer(say(message::cli_program_examples));
        const auto labels = app.get_formatter();
        for (const auto& [label, row] :
             {std::pair{"Usage", &message::cli_label_usage}, std::pair{"OPTIONS", &message::cli_label_options},
              std::pair{"SUBCOMMAND", &message::cli_label_command}, std::pair{"REQUIRED", &message::cli_label_required},
              std::pair{"Positionals", &message::cli_group_positionals}}) {
            labels->label(label, say(*row));
        }
        app.option_defaults()->group(say(message::cli_group_options));
        app.set_help_flag("-h,--help", say(message::cli_option_help))->group(say(message::cli_group_options));
        app.set_version_flag("--version", std::string(version), say(message::cli_option_version));
        app.require_subcommand(1);
        add_common(app, settings_);
        return {check_command(app, settings_),     allocate_command(app, settings_), track_command(app, settings_),
                record_command(app, settings_),    schedule_command(app, settings_), report_command(app, settings_),
                convert_command(app, settings_),   generate_command(app, settings_), verify_command(app, settings_),
                explain_command(app, settings_),   feedback_command(app, settings_), audit_command(app, settings_),
                pair_command(app, settings_),      diff_command(app, settings_),     replan_command(app, settings_),
                trade_off_command(app, settings_), team_command(app, settings_),     compare_command(app, settings_),
                sweep_command(app, settings_),     merge_command(app, settings_),    solve_command(app, settings_),
                schema_command(app, settings_),    version_command(app, settings_)};
    }

    ExitCode help(CLI::App& app) {
        const auto chosen = app.get_subcommands();
        console_.raw(chosen.empty() ? app.help() : chosen.front()->help("countyplan"));
        return ExitCode::ok;
    }

    ExitCode wrong_usage(const Message& why) {
        if (usage_text_.empty()) {
            console_.note(Message(message::cli_usage_error, {text(why, settings_.language)}));
            console_.note(Message(message::cli_help_hint, {usage_of_}));
        } else {
            (void)!::write(STDERR_FILENO, usage_text_.data(), usage_text_.size());
        }
        return end(ExitCode::usage, error_json(ExitCode::usage, why, ""));
    }

    ExitCode fail(ExitCode code, const Message& message, const std::string& place) {
        console_.note(Message(message::cli_error, {text(message, settings_.language)}));
        return end(code, error_json(code, message, place));
    }

    /// Leaves exactly one object under --json, nothing half said otherwise.
    ExitCode end(ExitCode code, const std::string& object) {
        console_.drop_output();
        if (!settings_.json) return code;
        console_.raw(object);
        try {
            console_.flush();
        } catch (const OutputError&) {
            return ExitCode::io;
        }
        return code;
    }

    Settings& settings_;
    Console& console_;
    std::string usage_of_ = "countyplan";
    std::string usage_text_;
};

}  // namespace

}  // namespace countyplan

int main(int count, char** words) {
    countyplan::hold_standard_descriptors();
    (void)std::signal(SIGPIPE, SIG_IGN);  // a closed pipe is an error like any other
    countyplan::Settings settings;
    countyplan::Console console(settings);
    return static_cast<int>(countyplan::Program(settings, console).run(count, words));
}
