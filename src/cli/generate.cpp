#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string>

#include <countyplan/experiment/generate.hpp>
#include <countyplan/io/write.hpp>

#include "command.hpp"
#include "input.hpp"
#include "messages.hpp"
#include "usage.hpp"

namespace countyplan {

namespace {

constexpr std::int64_t guangxi_counties = 20;
constexpr std::int64_t most_counties = 1'600;

struct Arguments {
    std::int64_t counties = guangxi_counties;
    std::uint64_t seed = 1;
    std::optional<GenerateBase> base;
    std::optional<bool> policy;
    std::string output;
};

ExitCode run(const Arguments& given, const Settings& settings, Console& console) {
    const GenerateBase base =
        given.base.value_or(given.counties == guangxi_counties ? GenerateBase::guangxi : GenerateBase::invented);
    if (base == GenerateBase::guangxi && given.counties != guangxi_counties) {
        throw UsageError(message::cli_guangxi_counties);
    }
    const auto format = plan_format_of(given.output);
    if (!format) throw UsageError(Message(message::cli_output_suffix, {excerpt(given.output)}));
    if (*format == PlanFormat::tables) {
        require_free_tables(given.output, {}, settings);
    } else {
        require_free_file(given.output, {}, settings);
    }
    const ProgressLine progress(message::cli_generating, settings.language);
    const Draft draft =
        generate({.base = base, .seed = given.seed, .counties = given.counties, .policy = given.policy});
    write_plan(draft, given.output, settings.existing());
    if (settings.json) console.raw(written_json(given.output));
    console.line(Message(message::cli_written, {given.output}));
    return ExitCode::ok;
}

}  // namespace

Command generate_command(CLI::App& app, Settings& settings) {
    const auto given = std::make_shared<Arguments>();
    CLI::App* const command =
        add_command(app, settings, "generate", message::cli_generate, message::cli_generate_examples);
    add_value(
        *command, "--counties", "--counties",
        [given](const std::string& option, const std::string& words) {
            given->counties = read_number<std::int64_t>(option, words, 1, most_counties);
        },
        message::cli_option_counties, settings.language)
        ->type_name("N");
    add_value(
        *command, "--seed", "--seed",
        [given](const std::string& option, const std::string& words) {
            given->seed = read_number<std::uint64_t>(option, words, 0, std::numeric_limits<std::uint64_t>::max());
        },
        message::cli_option_seed, settings.language)
        ->type_name("N");
    add_value(
        *command, "--base", "--base",
        [given](const std::string& option, const std::string& words) {
            given->base = read_choice<GenerateBase>(option, words);
        },
        message::cli_option_base, settings.language)
        ->type_name("NAME");
    const auto add_policy = [&](const char* option, bool policy, const MessageText& about) {
        command->add_flag_callback(
            option,
            [given, option, policy] {
                if (given->policy == !policy) throw UsageError(Message(message::cli_unexpected_argument, {option}));
                given->policy = policy;
            },
            std::string(text(about, settings.language)));
    };
    add_policy("--policy", true, message::cli_option_policy);
    add_policy("--no-policy", false, message::cli_option_no_policy);
    command
        ->add_option("-o,--output", given->output, std::string(text(message::cli_argument_output, settings.language)))
        ->required()
        ->type_name("DIR");
    add_force(*command, settings);
    return {command, [given, &settings](Console& console) { return run(*given, settings, console); }};
}

}  // namespace countyplan
