#include <algorithm>
#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <countyplan/allocate/replan.hpp>
#include <countyplan/allocate/trade_off.hpp>
#include <countyplan/io/event_log.hpp>
#include <countyplan/io/replan_json.hpp>
#include <countyplan/io/result.hpp>
#include <countyplan/io/write.hpp>

#include "command.hpp"
#include "curve_table.hpp"
#include "freeze_argument.hpp"
#include "input.hpp"
#include "interrupt.hpp"
#include "messages.hpp"
#include "replan_messages.hpp"
#include "usage.hpp"
#include "verdict_text.hpp"
#include "words.hpp"

namespace countyplan {

namespace {

constexpr std::size_t changes_shown = 20;
constexpr const char* plan_file = "changed.plan.json";
constexpr const char* changes_file = "changes.csv";

struct Arguments {
    std::string plan;
    std::string result;
    std::string events;
    std::string output;
    bool trade_off = false;
    bool no_worse = false;
    std::optional<FreezeSelection> freeze;
};

std::vector<std::string> all_names() {
    std::vector<std::string> out = allocation_file_names();
    for (const char* const name : {plan_file, changes_file, curve_file, proofs_file})
        out.emplace_back(name);
    return out;
}

std::vector<Event> events_of_argument(const Plan& plan, const std::string& path, const Settings& settings,
                                      Console& console) {
    try {
        const ReadOptions options{.encoding = settings.encoding};
        EventReading reading = read_events(plan, read_file(path, options.limits), path, options);
        if (has_errors(reading.findings)) throw InvalidPlan(std::move(reading.findings));
        console.findings(reading.findings, true);
        return std::move(reading.events);
    } catch (const RefusedInput& refused) {
        throw InvalidPlan({finding_of(refused.flaw(), path)});
    }
}

Cell post_of(const std::optional<Posting>& posting) { return posting ? Cell(posting->post) : Cell(); }

ReportTable change_table(const Replan& replan) {
    ReportTable out{.id = "changes",
                    .title = message::cli_changes_title,
                    .columns = {Message(message::cli_column_expert), Message(message::cli_column_change),
                                Message(message::cli_column_was), Message(message::cli_column_now)},
                    .rows = {},
                    .empty_note = message::cli_changes_none};
    for (const PostingChange& change : replan.changes)
        out.rows.push_back({change.expert(), Message(word(change.kind)), post_of(change.was), post_of(change.now)});
    return out;
}

std::vector<NamedBytes> output_files(const Replan& replan, const TradeOff* curve, Language language) {
    std::vector<NamedBytes> files = allocation_files(replan.plan, replan.allocation, language);
    files.push_back({plan_file, plan_json(replan.plan.rows())});
    files.push_back({changes_file, table_csv(change_table(replan), language)});
    if (curve == nullptr) return files;
    files.push_back({curve_file, table_csv(curve_table(*curve), language)});
    files.push_back({proofs_file, trade_off_json(*curve)});
    return files;
}

void summarise(const Replan& replan, const TradeOff* curve, const Arguments& given, std::size_t events,
               Console& console) {
    for (std::size_t i = 0; i < std::min(changes_shown, replan.changes.size()); ++i)
        console.line(Message(message::cli_replan_change, {words_of(describe(replan.changes[i]))}));
    if (replan.changes.size() > changes_shown) {
        console.line(Message(message::cli_replan_more, {std::to_string(replan.changes.size() - changes_shown),
                                                        given.output + "/" + changes_file}));
    }
    for (const SetBound& bound : conflict(replan.plan, replan.allocation))
        console.line(Message(message::cli_replan_conflict, {words_of(describe(replan.plan, bound))}));
    if (curve != nullptr && !curve->points.empty()) console.line(curve_summary(*curve));
    console.line(Message(message::cli_replan_summary, {std::to_string(events), std::to_string(replan.stays),
                                                       std::to_string(replan.changes.size())}));
    const Allocation& allocation = replan.allocation;
    if (const std::size_t couplings = replan.plan.rows().couplings.size(); couplings > 0)
        console.line(Message(message::cli_replan_couplings, {std::to_string(couplings)}));
    console.line(Message(message::cli_allocate_claim,
                         {word(allocation.termination), word(allocation.cause), std::to_string(allocation.steps)}));
}

/// What is left of the time for all that the command does.
Stop rest_of(Stop stop, std::chrono::steady_clock::time_point begun) {
    const std::chrono::nanoseconds used = std::chrono::steady_clock::now() - begun;
    if (stop.time_limit) stop.time_limit = std::max(*stop.time_limit - used, std::chrono::nanoseconds(0));
    return stop;
}

ExitCode exit_code_of(const Allocation& allocation, const TradeOff* curve) {
    if (allocation.termination == Termination::infeasible) return ExitCode::answer_is_no;
    const bool is_whole = curve == nullptr || curve->termination == Termination::optimal;
    return allocation.termination == Termination::optimal && is_whole ? ExitCode::ok : ExitCode::stopped_early;
}

ExitCode run(const Arguments& given, const Settings& settings, Console& console) {
    require_free_directory(given.output, all_names(), settings);
    const Plan plan = plan_of_argument(given.plan, settings, console);
    const AllocationReading former = result_of_argument(given.result);
    if (const AnswerVerdict verdict = examine(plan, former); !verdict.accepted) {
        tell(verdict, former.allocation, console);
        return ExitCode::answer_is_no;
    }
    const std::vector<Event> events = events_of_argument(plan, given.events, settings, console);
    const InterruptSignal interrupt(settings.language);
    const auto begun = std::chrono::steady_clock::now();
    const Stop stop = stop_of(settings, interrupt);
    const Replan now = [&] {
        ProgressLine progress(message::cli_replanning, settings.language);
        const ReplanOptions options{
            .allocate = {.flow = {}, .given = former.allocation.given, .names = former.allocation.names},
            .freeze = given.freeze,
            .nobody_worse = given.no_worse};
        return replan(plan, former.allocation, events, options, stop, progress.observer());
    }();
    std::optional<TradeOff> curve;
    if (given.trade_off) {
        ProgressLine progress(message::cli_trading_off, settings.language);
        const TradeOffOptions options{.given = former.allocation.given, .names = former.allocation.names};
        curve = trade_off(now.plan, former.allocation.staffing, options, rest_of(stop, begun), progress.observer());
    }
    const TradeOff* const shown = curve ? &*curve : nullptr;
    save_directory(given.output, output_files(now, shown, settings.language), settings.existing(), real_files(),
                   all_names());
    if (settings.json) console.raw(replan_json(now, shown, plan.digests(), given.output + "/" + plan_file));
    summarise(now, shown, given, events.size(), console);
    return exit_code_of(now.allocation, shown);
}

}  // namespace

Command replan_command(CLI::App& app, Settings& settings) {
    const auto given = std::make_shared<Arguments>();
    CLI::App* const command = add_command(app, settings, "replan", message::cli_replan, message::cli_replan_examples);
    const auto say = [&settings](const MessageText& row) { return std::string(text(row, settings.language)); };
    command->add_option("PLAN", given->plan, say(message::cli_argument_plan))->required()->type_name("");
    command->add_option("RESULT_DIR", given->result, say(message::cli_argument_result))->required()->type_name("");
    command->add_option("EVENTS", given->events, say(message::cli_argument_events))->required()->type_name("");
    command->add_option("-o,--output", given->output, say(message::cli_option_directory))->required()->type_name("DIR");
    command->add_flag("--trade-off", given->trade_off, say(message::cli_option_trade_off));
    add_value(
        *command, "--freeze", "--freeze",
        [given](const std::string&, const std::string& words) { given->freeze = freeze_selection(words); },
        message::cli_option_freeze, settings.language)
        ->type_name("WHO");
    command->add_flag("--no-worse", given->no_worse, say(message::cli_option_no_worse));
    add_limits(*command, settings);
    add_force(*command, settings);
    add_encoding(*command, settings);
    return {command, [given, &settings](Console& console) { return run(*given, settings, console); }};
}

}  // namespace countyplan
