#include <algorithm>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include <countyplan/io/log.hpp>
#include <countyplan/io/read.hpp>
#include <countyplan/track/ledger_flaw.hpp>
#include <countyplan/track/recorded_baseline.hpp>
#include <countyplan/track/schedule.hpp>

#include "command.hpp"
#include "input.hpp"
#include "messages.hpp"
#include "record_messages.hpp"
#include "usage.hpp"

namespace countyplan {

namespace {

constexpr std::size_t facts_shown = 20;

struct Arguments {
    std::string plan;
    std::string facts;
    std::string baseline;  ///< record the plan's own dates under this name
    std::optional<Day> on{};
    bool dry_run = false;
};

void require_one_source(const Arguments& asked) {
    if (asked.facts.empty() == asked.baseline.empty()) throw UsageError(message::cli_record_facts_or_baseline);
    if (asked.on.has_value() == asked.baseline.empty()) throw UsageError(message::cli_record_baseline_needs_day);
}

FactReading facts_of_argument(const std::string& path, const Settings& settings) {
    try {
        const ReadOptions options{.encoding = settings.encoding};
        FactReading reading = read_facts(read_file(path, options.limits), path, options);
        if (has_errors(reading.findings)) throw InvalidPlan(std::move(reading.findings));
        return reading;
    } catch (const RefusedInput& refused) {
        throw InvalidPlan({finding_of(refused.flaw(), path)});
    }
}

/// What the plan's dates and budgets are, as a baseline. Throws `InvalidPlan` where they contradict each other.
FactReading facts_of_plan(const Plan& plan, const Arguments& asked) {
    const Schedule planned = schedule(plan);
    if (planned.termination != Termination::optimal) throw InvalidPlan(conflicts(plan, planned));
    FactReading out;
    for (Fact& fact : baseline_facts(plan, planned, asked.baseline, *asked.on, "countyplan record"))
        out.facts.push_back(std::move(fact));
    return out;
}

/// What there is to say about the facts, at their lines in the file.
Findings remarks(const Plan& plan, const FactReading& given, const std::string& path) {
    Findings out = given.findings;
    const std::size_t known = plan.rows().ledger.size();
    for (Finding& finding : check_recording(plan, given.facts.rows())) {
        if (finding.place.row && *finding.place.row >= known && !given.lines.empty()) {
            finding.source = {
                .file = path, .line = given.lines[*finding.place.row - known], .column = 1, .pointer = {}};
        }
        out.push_back(std::move(finding));
    }
    return out;
}

void tell_facts(const FactReading& given, Console& console) {
    const std::vector<Fact>& facts = given.facts.rows();
    for (std::size_t i = 0; i < std::min(facts.size(), facts_shown); ++i) {
        const Fact& fact = facts[i];
        if (!fact.value.empty()) {
            console.line(Message(message::cli_record_fact,
                                 {fact.id, to_text(fact.subject), fact.field, fact.value, to_text(fact.valid_at)}));
        }
        if (!fact.retracts.empty()) console.line(Message(message::cli_record_takes_back, {fact.id, fact.retracts}));
    }
    if (facts.size() > facts_shown) {
        console.line(Message(message::cli_record_more, {std::to_string(facts.size() - facts_shown)}));
    }
}

ExitCode run(const Arguments& asked, const Settings& settings, Console& console) {
    if (asked.plan == "-") throw UsageError(message::cli_record_no_stream);
    require_one_source(asked);
    PlanReading reading = [&] {
        const ProgressLine progress(message::cli_reading, settings.language);
        return read_plan_argument(asked.plan, settings);
    }();
    if (!reading.plan || has_errors(reading.findings)) throw InvalidPlan(std::move(reading.findings));
    const Plan& plan = *reading.plan;
    const bool is_baseline = asked.facts.empty();
    const FactReading given = is_baseline ? facts_of_plan(plan, asked) : facts_of_argument(asked.facts, settings);
    Findings found = remarks(plan, given, asked.facts);
    if (has_errors(found)) throw InvalidPlan(std::move(found));
    const std::string log = ledger_log_path(asked.plan);
    LogEnd end = reading.log_end;
    if (!asked.dry_run && !given.facts.empty()) {
        end = append_to_log(log, LogKind::ledger, facts_payload(given.facts.rows()), reading.log_end);
    }
    const bool is_written = end != reading.log_end;
    if (settings.json) console.raw(recording_json(given.facts.rows(), found, log, end, is_written));
    tell_facts(given, console);
    console.findings(found, false);
    const std::string facts = std::to_string(given.facts.size());
    const std::string strange = std::to_string(found.size());
    console.line(given.facts.empty() ? Message(message::cli_record_nothing, {is_baseline ? asked.plan : asked.facts})
                 : asked.dry_run     ? Message(message::cli_would_record, {facts, strange})
                                 : Message(message::cli_recorded, {facts, strange, log, std::to_string(end.records)}));
    return ExitCode::ok;
}

}  // namespace

Command record_command(CLI::App& app, Settings& settings) {
    const auto asked = std::make_shared<Arguments>();
    CLI::App* const command = add_command(app, settings, "record", message::cli_record, message::cli_record_examples);
    const auto say = [&settings](const MessageText& row) { return std::string(text(row, settings.language)); };
    command->add_option("PLAN", asked->plan, say(message::cli_argument_recorded_plan))->required()->type_name("");
    command->add_option("FACTS", asked->facts, say(message::cli_argument_facts))->type_name("");
    command->add_option("--baseline", asked->baseline, say(message::cli_option_baseline))->type_name("NAME");
    add_value(
        *command, "--on", "--on",
        [asked](const std::string& option, const std::string& words) { asked->on = read_day(option, words); },
        message::cli_option_on, settings.language)
        ->type_name("DATE");
    command->add_flag("--dry-run", asked->dry_run, say(message::cli_option_dry_run));
    add_encoding(*command, settings);
    return {command, [asked, &settings](Console& console) { return run(*asked, settings, console); }};
}

}  // namespace countyplan
