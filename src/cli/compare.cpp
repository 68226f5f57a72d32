#include <algorithm>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <countyplan/allocate/mechanism.hpp>
#include <countyplan/io/mechanism_json.hpp>
#include <countyplan/io/write.hpp>
#include <countyplan/scalar/number.hpp>

#include "command.hpp"
#include "experiment_messages.hpp"
#include "input.hpp"
#include "interrupt.hpp"
#include "messages.hpp"
#include "usage.hpp"

namespace countyplan {

namespace {

struct Arguments {
    std::string plan;
    std::string output;
    std::vector<Mechanism> mechanisms;
    MechanismOptions options;
};

constexpr std::size_t rules_shown = 5;

std::vector<Mechanism> all_mechanisms() {
    std::vector<Mechanism> out;
    for (std::size_t m = 0; m < enumerator_count<Mechanism>; ++m)
        out.push_back(static_cast<Mechanism>(m));
    return out;
}

std::string staffing_file(Mechanism mechanism) { return std::string(name(mechanism)) + ".staffing.csv"; }

std::vector<std::string> all_names() {
    std::vector<std::string> out = {"comparison.csv", "rules.csv", "comparison.json"};
    for (const Mechanism mechanism : all_mechanisms())
        out.push_back(staffing_file(mechanism));
    return out;
}

void print(const MechanismResult& result, Console& console) {
    if (!result.measures) {
        console.line(Message(message::cli_compare_nothing,
                             {word(result.mechanism), word(result.termination), word(result.cause)}));
        return;
    }
    const StaffingMeasures& m = *result.measures;
    console.line(
        Message(message::cli_compare_line, {word(result.mechanism), std::to_string(m.filled), std::to_string(m.wanted),
                                            std::to_string(m.critical_shortfall), std::to_string(m.shortfall),
                                            m.worst_county, to_text(m.worst_cover), to_text(m.gini)}));
    console.line(Message(message::cli_compare_people, {std::to_string(m.wishes_met), std::to_string(m.wishing),
                                                       std::to_string(m.moves), std::to_string(m.blocking)}));
    std::size_t ignored = 0;
    std::size_t broken = 0;
    std::string names;
    for (const RuleOutcome& rule : result.rules) {
        ignored += rule.is_heeded ? 0 : 1;
        if (rule.breaches == 0) continue;
        if (++broken <= rules_shown) names += (names.empty() ? "" : ", ") + rule.rule;
    }
    if (broken > rules_shown) names += ", …";
    console.line(broken == 0
                     ? Message(message::cli_compare_kept, {std::to_string(ignored)})
                     : Message(message::cli_compare_rules, {std::to_string(ignored), std::to_string(broken), names}));
}

ExitCode exit_of(const std::vector<MechanismResult>& results) {
    const auto ended = [&results](Termination termination) {
        return std::ranges::any_of(results,
                                   [&](const MechanismResult& result) { return result.termination == termination; });
    };
    if (ended(Termination::infeasible)) return ExitCode::answer_is_no;
    return ended(Termination::feasible) || ended(Termination::unknown) ? ExitCode::stopped_early : ExitCode::ok;
}

ExitCode run(const Arguments& given, const Settings& settings, Console& console) {
    if (!given.output.empty()) require_free_directory(given.output, all_names(), settings);
    const Plan plan = plan_of_argument(given.plan, settings, console);
    const InterruptSignal interrupt(settings.language);
    const std::vector<MechanismResult> results = [&] {
        ProgressLine progress(message::cli_comparing, settings.language);
        const Stop stop = stop_of(settings, interrupt);
        return compare_mechanisms(plan, given.mechanisms, given.options, stop, progress.observer());
    }();
    if (!given.output.empty()) {
        std::vector<NamedBytes> files = {{"comparison.csv", mechanisms_csv(results, settings.language)},
                                         {"rules.csv", mechanism_rules_csv(results)},
                                         {"comparison.json", mechanisms_json(plan, results)}};
        for (const MechanismResult& result : results)
            if (result.measures) files.push_back({staffing_file(result.mechanism), staffing_csv(result.staffing)});
        save_directory(given.output, files, settings.existing(), real_files(), all_names());
    }
    if (settings.json) console.raw(mechanisms_json(plan, results));
    for (const MechanismResult& result : results)
        print(result, console);
    if (!given.output.empty()) console.line(Message(message::cli_written, {given.output}));
    return exit_of(results);
}

std::vector<Mechanism> read_mechanisms(const std::string& option, const std::string& words) {
    if (words == "all") return all_mechanisms();
    std::vector<Mechanism> out;
    for (const std::string& part : comma_parts(words)) {
        const auto mechanism = read_choice<Mechanism>(option, part);
        if (std::ranges::count(out, mechanism) == 0) out.push_back(mechanism);
    }
    return out;
}

}  // namespace

Command compare_command(CLI::App& app, Settings& settings) {
    const auto given = std::make_shared<Arguments>();
    given->mechanisms = all_mechanisms();
    CLI::App* const command =
        add_command(app, settings, "compare", message::cli_compare, message::cli_compare_examples);
    const auto say = [&settings](const MessageText& row) { return std::string(text(row, settings.language)); };
    command->add_option("PLAN", given->plan, say(message::cli_argument_plan))->required()->type_name("");
    command->add_option("-o,--output", given->output, say(message::cli_option_compare_directory))->type_name("DIR");
    add_value(
        *command, "--mechanisms", "--mechanisms",
        [given](const std::string& option, const std::string& words) {
            given->mechanisms = read_mechanisms(option, words);
        },
        message::cli_option_mechanisms, settings.language)
        ->type_name("NAMES");
    add_value(
        *command, "--order", "--order",
        [given](const std::string&, const std::string& words) { given->options.order = comma_parts(words); },
        message::cli_option_turns, settings.language)
        ->type_name("IDS");
    add_limits(*command, settings);
    add_force(*command, settings);
    add_encoding(*command, settings);
    return {command, [given, &settings](Console& console) { return run(*given, settings, console); }};
}

}  // namespace countyplan
