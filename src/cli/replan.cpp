#include <algorithm>
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
#include "input.hpp"
#include "interrupt.hpp"
#include "messages.hpp"
#include "replan_messages.hpp"
#include "usage.hpp"

namespace countyplan {

namespace {

constexpr std::size_t changes_shown = 20;
constexpr const char* plan_file = "changed.plan.json";
constexpr const char* changes_file = "changes.csv";
constexpr const char* curve_file = "trade_off.csv";
constexpr const char* proofs_file = "trade_off.json";

struct Arguments {
    std::string plan;
    std::string result;
    std::string events;
    std::string output;
    bool trade_off = false;
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

/// The point's box, if the curve is open after it.
const TradeBox* box_after(const TradeOff& curve, const TradePoint& point) {
    const auto found = std::ranges::find(curve.open, point.moves + 1, &TradeBox::least_moves);
    return found == curve.open.end() ? nullptr : &*found;
}

ReportTable curve_table(const TradeOff& curve) {
    ReportTable out{.id = "trade_off",
                    .title = message::cli_curve_title,
                    .columns = {Message(message::cli_column_moves)},
                    .rows = {},
                    .empty_note = message::cli_curve_none};
    if (curve.points.empty()) return out;
    for (const TierValue& tier : curve.points.front().tiers)
        out.columns.emplace_back(Message(word(tier.tier)));
    out.columns.emplace_back(Message(message::cli_column_open));
    for (const TradePoint& point : curve.points) {
        out.rows.push_back({point.moves});
        for (const TierValue& tier : point.tiers)
            out.rows.back().emplace_back(to_text(tier.value));
        const TradeBox* const box = box_after(curve, point);
        out.rows.back().push_back(box == nullptr ? Cell() : Cell(to_text(box->possible)));
    }
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

MessageArgument words_of(const Message& message) { return {text(message, Language::zh), text(message, Language::en)}; }

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
    if (curve != nullptr && !curve->points.empty()) {
        const TradePoint& first = curve->points.front();
        const TradePoint& last = curve->points.back();
        console.line(Message(
            message::cli_trade_off_summary,
            {std::to_string(curve->points.size()), std::to_string(first.moves), std::to_string(last.moves),
             word(curve->against), to_text(first.value), to_text(last.value), std::to_string(curve->open.size())}));
    }
    console.line(Message(message::cli_replan_summary, {std::to_string(events), std::to_string(replan.stays),
                                                       std::to_string(replan.changes.size())}));
    const Allocation& allocation = replan.allocation;
    console.line(Message(message::cli_allocate_claim,
                         {word(allocation.termination), word(allocation.cause), std::to_string(allocation.steps)}));
}

ExitCode exit_code_of(const Allocation& allocation, const TradeOff* curve) {
    if (allocation.termination == Termination::infeasible) return ExitCode::answer_is_no;
    const bool is_whole = curve == nullptr || curve->termination == Termination::optimal;
    return allocation.termination == Termination::optimal && is_whole ? ExitCode::ok : ExitCode::stopped_early;
}

ExitCode run(const Arguments& given, const Settings& settings, Console& console) {
    require_free_directory(given.output, all_names(), settings);
    const Plan plan = plan_of_argument(given.plan, settings, console);
    const Allocation former = result_of_argument(given.result).allocation;
    const std::vector<Event> events = events_of_argument(plan, given.events, settings, console);
    const InterruptSignal interrupt(settings.language);
    const Stop stop{.time_limit = settings.time_limit, .step_limit = settings.step_limit, .token = interrupt.token()};
    const Replan now = [&] {
        ProgressLine progress(message::cli_replanning, settings.language);
        return replan(plan, former, events, {}, stop, progress.observer());
    }();
    std::optional<TradeOff> curve;
    if (given.trade_off) {
        ProgressLine progress(message::cli_trading_off, settings.language);
        curve = trade_off(now.plan, former.staffing, {}, stop, progress.observer());
    }
    const TradeOff* const shown = curve ? &*curve : nullptr;
    save_directory(given.output, output_files(now, shown, settings.language), settings.existing(), real_files(),
                   all_names());
    if (settings.json) console.raw(replan_json(now, shown));
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
    add_limits(*command, settings);
    add_force(*command, settings);
    add_encoding(*command, settings);
    return {command, [given, &settings](Console& console) { return run(*given, settings, console); }};
}

}  // namespace countyplan
