// The commands that tell about the program itself: schema and version.
#include <string>

#include <countyplan/io/json.hpp>
#include <countyplan/io/write.hpp>
#include <countyplan/version.hpp>

#include "command.hpp"
#include "messages.hpp"

namespace countyplan {

Command schema_command(CLI::App& app, Settings& settings) {
    CLI::App* const command = add_command(app, settings, "schema", message::cli_schema, message::cli_schema_examples);
    return {command, [](Console& console) {
                console.raw(plan_schema());
                return ExitCode::ok;
            }};
}

Command version_command(CLI::App& app, Settings& settings) {
    CLI::App* const command =
        add_command(app, settings, "version", message::cli_version, message::cli_version_examples);
    return {command, [](Console& console) {
                if (console.json()) {
                    JsonWriter writer;
                    writer.begin_object();
                    writer.key("version").text(version).end_object();
                    console.raw(writer.take());
                } else {
                    console.raw("countyplan " + std::string(version) + "\n");
                }
                return ExitCode::ok;
            }};
}

}  // namespace countyplan
