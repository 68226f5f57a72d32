#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <countyplan/allocate/allocate.hpp>
#include <countyplan/io/html.hpp>
#include <countyplan/io/result.hpp>
#include <countyplan/report/portfolio.hpp>

#include "command.hpp"
#include "input.hpp"
#include "interrupt.hpp"
#include "messages.hpp"
#include "tracking_default.hpp"
#include "usage.hpp"

namespace countyplan {

namespace {

constexpr std::size_t shown_at_most = 20;

Allocation solve_plan(const Plan& plan, const Settings& settings, const Interrupt& interrupt) {
    ProgressLine progress(message::cli_allocating, settings.language);
    const Stop stop{.time_limit = settings.time_limit, .step_limit = settings.step_limit, .token = interrupt.token()};
    return allocate(plan, {}, stop, progress.observer());
}

std::vector<NamedBytes> output_files(const Plan& plan, const Allocation& allocation, const Settings& settings,
                                     Console& console) {
    std::vector<NamedBytes> files = allocation_files(plan, allocation, settings.language);
    const auto tracking = tracking_for_report(plan, last_recorded_day(plan), settings, console);
    files.push_back(
        {"report.html",
         html_page(portfolio(plan, &allocation, tracking ? &*tracking : nullptr, plan.warnings()), settings.language)});
    return files;
}

void summarise(const Plan& plan, const Allocation& allocation, const std::string& directory, Console& console) {
    for (std::size_t i = 0; i < allocation.unfilled.size() && i < shown_at_most; ++i) {
        const Unfilled& unfilled = allocation.unfilled[i];
        console.line(Message(message::cli_unfilled_line, {unfilled.post, std::to_string(unfilled.short_of_target),
                                                          text(unfilled.reason, console.language())}));
    }
    if (allocation.unfilled.size() > shown_at_most) {
        console.line(Message(message::cli_unfilled_more, {std::to_string(allocation.unfilled.size() - shown_at_most),
                                                          directory + "/unfilled.csv"}));
    }
    std::int64_t target = 0;
    for (const Post& post : plan.rows().posts)
        target += post.target;
    const auto value = [&](Tier tier) { return to_text(allocation.tiers[static_cast<std::size_t>(tier)].value); };
    console.line(
        Message(message::cli_allocate_people, {std::to_string(allocation.staffing.size()), std::to_string(target),
                                               std::to_string(allocation.unfilled.size())}));
    console.line(Message(message::cli_allocate_tiers, {value(Tier::shortfall), value(Tier::critical_shortfall),
                                                       value(Tier::weighted_shortfall), value(Tier::fit)}));
    console.line(Message(message::cli_allocate_claim,
                         {word(allocation.termination), word(allocation.cause), std::to_string(allocation.steps)}));
}

ExitCode run(const std::string& path, const std::string& directory, const Settings& settings, Console& console) {
    require_free_directory(
        directory, {"staffing.csv", "unfilled.csv", "result.json", "certificate.json", "report.html"}, settings);
    const Plan plan = plan_of_argument(path, settings, console);
    const Interrupt interrupt(settings.language);
    const Allocation allocation = solve_plan(plan, settings, interrupt);
    save_directory(directory, output_files(plan, allocation, settings, console), settings.existing());
    if (settings.json) console.raw(allocation_json(plan, allocation));
    summarise(plan, allocation, directory, console);
    return allocation.termination == Termination::optimal ? ExitCode::ok : ExitCode::stopped_early;
}

}  // namespace

Command allocate_command(CLI::App& app, Settings& settings) {
    struct Arguments {
        std::string plan;
        std::string output;
    };
    const auto given = std::make_shared<Arguments>();
    CLI::App* const command =
        add_command(app, settings, "allocate", message::cli_allocate, message::cli_allocate_examples);
    command->add_option("PLAN", given->plan, std::string(text(message::cli_argument_plan, settings.language)))
        ->required()
        ->type_name("");
    command
        ->add_option("-o,--output", given->output, std::string(text(message::cli_option_directory, settings.language)))
        ->required()
        ->type_name("DIR");
    add_limits(*command, settings);
    add_force(*command, settings);
    add_encoding(*command, settings);
    return {command,
            [given, &settings](Console& console) { return run(given->plan, given->output, settings, console); }};
}

}  // namespace countyplan
