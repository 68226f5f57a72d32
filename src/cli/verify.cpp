#include <memory>
#include <string>

#include <countyplan/allocate/allocate.hpp>

#include "command.hpp"
#include "input.hpp"
#include "messages.hpp"
#include "usage.hpp"
#include "verdict_text.hpp"

namespace countyplan {

namespace {

struct Arguments {
    std::string plan;
    std::string result;
};

ExitCode run(const Arguments& given, const Settings& settings, Console& console) {
    const Plan plan = plan_of_argument(given.plan, settings, console);
    const AllocationReading reading = result_of_argument(given.result);
    const AnswerVerdict verdict = [&] {
        const ProgressLine progress(message::cli_verifying, settings.language);
        return examine(plan, reading);
    }();
    tell(verdict, reading.allocation, console);
    return verdict.accepted ? ExitCode::ok : ExitCode::answer_is_no;
}

}  // namespace

Command verify_command(CLI::App& app, Settings& settings) {
    const auto given = std::make_shared<Arguments>();
    CLI::App* const command = add_command(app, settings, "verify", message::cli_verify, message::cli_verify_examples);
    command->add_option("PLAN", given->plan, std::string(text(message::cli_argument_plan, settings.language)))
        ->required()
        ->type_name("");
    command->add_option("RESULT_DIR", given->result, std::string(text(message::cli_argument_result, settings.language)))
        ->required()
        ->type_name("");
    add_encoding(*command, settings);
    return {command, [given, &settings](Console& console) { return run(*given, settings, console); }};
}

}  // namespace countyplan
