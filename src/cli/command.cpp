#include "command.hpp"

#include <countyplan/io/json.hpp>
#include <countyplan/version.hpp>

#include "messages.hpp"
#include "usage.hpp"

namespace countyplan {

CLI::App* add_command(CLI::App& app, Settings& settings, const char* name, const MessageText& about,
                      const MessageText& examples) {
    CLI::App* const command = app.add_subcommand(name, std::string(text(about, settings.language)));
    command->footer(std::string(text(examples, settings.language)));
    command->group(std::string(text(message::cli_group_commands, settings.language)));
    command->set_help_flag("-h,--help", std::string(text(message::cli_option_help, settings.language)))
        ->group(std::string(text(message::cli_group_options, settings.language)));
    add_common(*command, settings);
    return command;
}

std::string written_json(const std::string& path) {
    JsonWriter writer;
    writer.begin_object();
    writer.key("version").text(version);
    writer.key("ok").boolean(true);
    writer.key("output").text(path).end_object();
    return writer.take();
}

}  // namespace countyplan
