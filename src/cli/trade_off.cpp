#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <countyplan/allocate/trade_off.hpp>
#include <countyplan/io/replan_json.hpp>
#include <countyplan/io/write.hpp>

#include "command.hpp"
#include "curve_table.hpp"
#include "freeze_argument.hpp"
#include "input.hpp"
#include "interrupt.hpp"
#include "messages.hpp"
#include "replan_messages.hpp"
#include "staffing_argument.hpp"
#include "usage.hpp"

namespace countyplan {

namespace {

struct Arguments {
    std::string plan;
    std::string output;
    std::string former;
    std::string given;
    TradeOffOptions options{};
};

const std::vector<std::string>& all_names() {
    static const std::vector<std::string> names = {curve_file, proofs_file};
    return names;
}

Staffing former_of(const Plan& plan, const Arguments& given, const Settings& settings, Console& console) {
    if (given.former.empty()) return plan.rows().staffing;
    const StaffingReading reading = staffing_of_argument(given.former, settings, console);
    require_known(plan, reading, given.former);
    return reading.staffing;
}

ExitCode run(const Arguments& given, const Settings& settings, Console& console) {
    require_free_directory(given.output, all_names(), settings);
    const Plan plan = plan_of_argument(given.plan, settings, console);
    const Staffing former = former_of(plan, given, settings, console);
    GivenWords said = given_of_argument(plan, given.given, settings, console);
    TradeOffOptions options = given.options;
    options.given = std::move(said.given);
    options.names = std::move(said.names);
    const InterruptSignal interrupt(settings.language);
    const Stop stop = stop_of(settings, interrupt);
    const TradeOff curve = [&] {
        ProgressLine progress(message::cli_trading_off, settings.language);
        return trade_off(plan, former, options, stop, progress.observer());
    }();
    const std::vector<NamedBytes> files = {{curve_file, table_csv(curve_table(curve), settings.language)},
                                           {proofs_file, trade_off_json(curve)}};
    save_directory(given.output, files, settings.existing(), real_files(), all_names());
    if (settings.json) console.raw(trade_off_json(curve));
    if (!curve.points.empty()) console.line(curve_summary(curve));
    console.line(Message(message::cli_allocate_claim,
                         {word(curve.termination), word(curve.cause), std::to_string(curve.steps)}));
    if (curve.termination == Termination::infeasible) return ExitCode::answer_is_no;
    return curve.termination == Termination::optimal ? ExitCode::ok : ExitCode::stopped_early;
}

}  // namespace

Command trade_off_command(CLI::App& app, Settings& settings) {
    const auto given = std::make_shared<Arguments>();
    CLI::App* const command =
        add_command(app, settings, "trade-off", message::cli_trade_off, message::cli_trade_off_examples);
    const auto say = [&settings](const MessageText& row) { return std::string(text(row, settings.language)); };
    command->add_option("PLAN", given->plan, say(message::cli_argument_plan))->required()->type_name("");
    const auto add_tier = [&](const char* name, Tier& target, const MessageText& about) {
        add_value(
            *command, name, name,
            [&target, given](const std::string& option, const std::string& words) {
                target = read_choice<Tier>(option, words);
            },
            about, settings.language)
            ->required();
    };
    add_tier("FIRST", given->options.first, message::cli_argument_first);
    add_tier("SECOND", given->options.second, message::cli_argument_second);
    command->add_option("-o,--output", given->output, say(message::cli_option_directory))->required()->type_name("DIR");
    command->add_option("--former", given->former, say(message::cli_option_former))->type_name("CSV");
    add_given(*command, given->given, settings.language);
    command
        ->add_option_function<std::vector<std::string>>(
            "--drop",
            [given](const std::vector<std::string>& words) {
                for (const std::string& word : words)
                    given->options.dropped.push_back(read_choice<Tier>("--drop", word));
            },
            say(message::cli_option_drop))
        ->type_name("TIER")
        ->delimiter(',')
        ->allow_extra_args(false);
    add_value(
        *command, "--points", "--points",
        [given](const std::string& option, const std::string& words) {
            given->options.most_points = read_number<std::size_t>(option, words, 2, 1'000'000);
        },
        message::cli_option_points, settings.language)
        ->type_name("N");
    add_limits(*command, settings);
    add_force(*command, settings);
    add_encoding(*command, settings);
    return {command, [given, &settings](Console& console) { return run(*given, settings, console); }};
}

}  // namespace countyplan
