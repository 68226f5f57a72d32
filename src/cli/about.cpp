// The commands that tell about the program itself: schema and version.
#include <memory>
#include <string>

#include <countyplan/io/exchange/read_schedule.hpp>
#include <countyplan/io/json.hpp>
#include <countyplan/io/solve_problem.hpp>
#include <countyplan/io/write.hpp>
#include <countyplan/version.hpp>

#include "command.hpp"
#include "messages.hpp"
#include "usage.hpp"

namespace countyplan {

namespace {

enum class SchemaOf { plan, problem, schedule };

}  // namespace

template <>
struct Enumerators<SchemaOf> {
    static constexpr MessageText words[] = {
        {"plan", "方案", "plan"}, {"problem", "问题", "problem"}, {"schedule", "进度文件", "schedule"}};
};

Command schema_command(CLI::App& app, Settings& settings) {
    CLI::App* const command = add_command(app, settings, "schema", message::cli_schema, message::cli_schema_examples);
    const auto of = std::make_shared<SchemaOf>(SchemaOf::plan);
    add_value(
        *command, "--of", "--of",
        [of](const std::string& option, const std::string& words) { *of = read_choice<SchemaOf>(option, words); },
        message::cli_option_schema, settings.language)
        ->type_name("plan|problem|schedule");
    return {command, [of](Console& console) {
                switch (*of) {
                    case SchemaOf::plan:
                        console.raw(plan_schema());
                        break;
                    case SchemaOf::problem:
                        console.raw(problem_schema());
                        break;
                    case SchemaOf::schedule:
                        console.raw(schedule_schema());
                        break;
                }
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
