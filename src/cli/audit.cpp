#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include <countyplan/allocate/audit.hpp>
#include <countyplan/io/audit_json.hpp>

#include "command.hpp"
#include "freeze_argument.hpp"
#include "input.hpp"
#include "messages.hpp"
#include "staffing_argument.hpp"
#include "staffing_messages.hpp"
#include "usage.hpp"

namespace countyplan {

namespace {

struct Arguments {
    std::string plan;
    std::string staffing;
    std::string given;
    AuditOptions options{.blocking_pairs = 20};
};

MessageArgument or_none(const std::string& id, const MessageText& none) {
    return id.empty() ? MessageArgument(none) : MessageArgument(id);
}

void summarise(const Audit& found, const UserTierNames& names, std::size_t postings, Console& console) {
    Findings by_severity = found.findings;
    std::ranges::stable_sort(by_severity, {}, &Finding::severity);  // notes must not bury an error
    console.findings(by_severity, false);
    for (const BlockingPair& pair : found.blocking) {
        console.line(Message(message::cli_audit_blocking, {pair.expert, or_none(pair.present, message::cli_no_post),
                                                           pair.post, or_none(pair.displaced, message::cli_nobody)}));
    }
    if (found.blocking_count > found.blocking.size()) {
        console.line(Message(message::cli_audit_more, {std::to_string(found.blocking_count - found.blocking.size())}));
    }
    for (const TierValue& tier : found.tiers)
        console.line(Message(message::cli_audit_tier, {tier_word(tier.tier, names), to_text(tier.value)}));
    const auto count = [&](Severity severity) {
        return std::to_string(std::ranges::count(found.findings, severity, &Finding::severity));
    };
    console.line(
        Message(message::cli_audit_summary, {std::to_string(postings), count(Severity::error), count(Severity::warning),
                                             count(Severity::note), std::to_string(found.blocking_count)}));
}

ExitCode run(const Arguments& given, const Settings& settings, Console& console) {
    const Plan plan = plan_of_argument(given.plan, settings, console);
    const StaffingReading staffing = staffing_of_argument(given.staffing, settings, console);
    GivenWords said = given_of_argument(plan, given.given, settings, console);
    const AuditOptions options{.blocking_pairs = given.options.blocking_pairs, .given = std::move(said.given)};
    Audit found = [&] {
        const ProgressLine progress(message::cli_auditing, settings.language);
        return audit(plan, staffing.staffing, options);
    }();
    locate(found.findings, staffing, given.staffing, given.plan);
    if (settings.json) console.raw(audit_json(plan, found, said.names));
    summarise(found, said.names, staffing.staffing.size(), console);
    return has_errors(found.findings) ? ExitCode::bad_input : ExitCode::ok;
}

}  // namespace

Command audit_command(CLI::App& app, Settings& settings) {
    const auto given = std::make_shared<Arguments>();
    CLI::App* const command = add_command(app, settings, "audit", message::cli_audit, message::cli_audit_examples);
    const Language language = settings.language;
    command->add_option("PLAN", given->plan, std::string(text(message::cli_argument_plan, language)))
        ->required()
        ->type_name("");
    command->add_option("STAFFING", given->staffing, std::string(text(message::cli_argument_staffing, language)))
        ->required()
        ->type_name("");
    add_value(
        *command, "--blocking", "--blocking",
        [given](const std::string& option, const std::string& words) {
            given->options.blocking_pairs =
                static_cast<std::size_t>(read_number<std::int64_t>(option, words, 0, 1'000'000));
        },
        message::cli_option_blocking, language)
        ->type_name("N");
    add_given(*command, given->given, language);
    add_encoding(*command, settings);
    return {command, [given, &settings](Console& console) { return run(*given, settings, console); }};
}

}  // namespace countyplan
