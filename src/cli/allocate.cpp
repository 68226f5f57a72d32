#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <countyplan/allocate/allocate.hpp>
#include <countyplan/allocate/fairness_price.hpp>
#include <countyplan/allocate/freeze.hpp>
#include <countyplan/io/html.hpp>
#include <countyplan/io/result.hpp>
#include <countyplan/io/write.hpp>
#include <countyplan/report/portfolio.hpp>

#include "command.hpp"
#include "freeze_argument.hpp"
#include "input.hpp"
#include "interrupt.hpp"
#include "messages.hpp"
#include "staffing_messages.hpp"
#include "tracking_default.hpp"
#include "usage.hpp"

namespace countyplan {

namespace {

constexpr std::size_t shown_at_most = 20;
constexpr const char* report_file = "report.html";
constexpr const char* decided_file = "decided.plan.json";

struct Arguments {
    std::string plan;
    std::string output;
    bool prices = false;
    bool fairness = false;
    bool no_worse = false;
    std::optional<FreezeSelection> freeze;
    std::string given;

    [[nodiscard]] bool decides() const { return no_worse || freeze; }
};

Allocation solve_plan(const Plan& plan, const AllocateOptions& options, const Settings& settings,
                      const InterruptSignal& interrupt) {
    ProgressLine progress(message::cli_allocating, settings.language);
    return allocate(plan, options, stop_of(settings, interrupt), progress.observer());
}

/// The plan with what the arguments decide besides.
Plan decided(Plan plan, const Arguments& given, Console& console) {
    if (given.freeze) {
        console.line(Message(message::cli_frozen, {std::to_string(frozen_postings(plan, *given.freeze).size())}));
        plan = freeze(plan, *given.freeze);
    }
    return given.no_worse ? nobody_worse(plan) : plan;
}

AllocateOptions options_of(const Plan& plan, const Arguments& given, const Settings& settings, Console& console) {
    AllocateOptions out;
    GivenWords said = given_of_argument(plan, given.given, settings, console);
    out.given = std::move(said.given);
    out.names = std::move(said.names);
    return out;
}

std::vector<NamedBytes> output_files(const Plan& plan, const Allocation& allocation, const FairnessPrice* fairness,
                                     bool decides, const Settings& settings, Console& console) {
    std::vector<NamedBytes> files = allocation_files(plan, allocation, settings.language, fairness);
    if (decides) files.push_back({decided_file, plan_json(plan.rows())});
    const auto tracking = tracking_for_report(plan, last_recorded_day(plan), settings, console);
    files.push_back({report_file,
                     html_page(portfolio(plan, &allocation, tracking ? &*tracking : nullptr, plan.warnings(), fairness),
                               settings.language)});
    return files;
}

std::vector<std::string> file_names() {
    std::vector<std::string> out = allocation_file_names();
    out.emplace_back(report_file);
    out.emplace_back(decided_file);
    return out;
}

/// Texts in a row, each with `between` before it but the first.
std::string joined(const std::vector<std::string>& parts, std::string_view between) {
    std::string out;
    for (const std::string& part : parts)
        out.append(out.empty() ? "" : between).append(part);
    return out;
}

std::string words_of(const Message& message, const Console& console) { return text(message, console.language()); }

/// What of the plan is kept exactly, what counts in which order, and which rules are for others to judge.
void tell_class(const Plan& plan, Console& console) {
    const RuleCoverage coverage = rule_coverage(plan);
    std::vector<std::string> left_out;
    for (const LeftOutRule& row : coverage.left_out)
        left_out.push_back(words_of({message::cli_rule_words, {row.rule, word(row.kind)}}, console));
    for (const Coupling& row : plan.rows().couplings)
        left_out.push_back(words_of({message::cli_rule_words, {row.id, word(row.kind)}}, console));
    std::vector<std::string> order;
    for (const Tier tier : plan.rows().objective)
        order.push_back(words_of(word(tier), console));
    console.line(
        Message(message::cli_exact_class, {std::to_string(coverage.sender_quotas), std::to_string(coverage.quotas),
                                           std::to_string(coverage.decisions), std::to_string(coverage.terms.size())}));
    console.line(Message(message::cli_objective, {joined(order, " > ")}));
    if (!left_out.empty()) {
        console.line(
            Message(message::cli_left_out, {joined(left_out, console.language() == Language::zh ? "，" : ", ")}));
    }
    if (!plan.rows().couplings.empty()) console.line(message::cli_team_instead);
}

/// A counted set by its name, in words.
Message set_words(const std::string& set) {
    const std::size_t colon = set.find(':');
    const std::string kind = set.substr(0, colon);
    const std::string id = set.substr(colon + 1);
    if (kind == "sender") return {message::cli_set_sender, {id}};
    if (kind == "role") {
        const std::size_t slash = id.rfind('/');
        const auto role = enumerator<Role>(id.substr(slash + 1));
        return {message::cli_set_role,
                {id.substr(0, slash), role ? MessageArgument(word(*role)) : MessageArgument("")}};
    }
    if (kind == "quota") return {message::cli_set_quota, {id}};
    if (kind == "must") return {message::cli_set_must, {id}};
    if (kind == "county") return {message::cli_set_county, {id}};
    return {message::cli_set_post, {id}};
}

/// A set that nobody may be counted in has any price, so none is told.
void tell_prices(const Plan& plan, const Allocation& allocation, Console& console) {
    std::set<std::string> closed;
    for (CountedSet& set : counted_sets(plan))
        if (set.upper == 0) closed.insert(std::move(set.name));
    console.line(message::cli_prices);
    for (const SetPrice& price : allocation.prices) {
        if (closed.contains(price.set)) {
            console.line(Message(message::cli_price_closed, {words_of(set_words(price.set), console)}));
            continue;
        }
        std::vector<std::string> parts;
        for (std::size_t t = 0; t < price.value.size(); ++t) {
            if (price.value[t] == 0) continue;
            parts.push_back(
                words_of({message::cli_tier_value,
                          {tier_word(allocation.tiers[t].tier, allocation.names), std::to_string(price.value[t])}},
                         console));
        }
        console.line(
            Message(message::cli_price_line, {words_of(set_words(price.set), console),
                                              joined(parts, console.language() == Language::zh ? "；" : "; ")}));
    }
}

/// The first of those that are served least, in shares.
const CountyCover* worst_of(const std::vector<CountyCover>& covers) {
    const CountyCover* worst = nullptr;
    for (const CountyCover& cover : covers) {
        if (cover.wanted == 0) continue;
        if (worst == nullptr || is_fairer({*worst}, {cover})) worst = &cover;
    }
    return worst;
}

/// Nothing if not asked for, or if fairness has no price.
std::optional<FairnessPrice> fairness_of(const Plan& plan, const Allocation& allocation, const Arguments& given,
                                         const AllocateOptions& options, const Stop& stop) {
    const bool is_asked = given.fairness && (allocation.termination == Termination::optimal ||
                                             allocation.termination == Termination::feasible);
    if (!is_asked || std::ranges::count(plan.rows().objective, Tier::county_cover) == 0) return std::nullopt;
    return price_of_fairness(plan, allocation, options, stop);
}

void tell_fairness(const Plan& plan, const std::optional<FairnessPrice>& found, Console& console) {
    if (!found) {
        console.line(message::cli_fairness_none);
        return;
    }
    const FairnessPrice& price = *found;
    console.line(message::cli_fairness);
    if (price.termination != Termination::optimal) {
        console.line(Message(message::cli_fairness_stopped, {word(price.cause)}));
        return;
    }
    for (const FairnessTier& row : price.tiers) {
        if (row.fair == row.unfair) continue;
        console.line(Message(message::cli_fairness_line, {word(row.tier), to_text(row.fair), to_text(row.unfair)}));
    }
    const CountyCover* fair = worst_of(price.fair);
    const CountyCover* unfair = worst_of(price.unfair);
    if (fair == nullptr || unfair == nullptr) return;
    const auto code = [&plan](const CountyCover& cover) { return to_text(plan.rows().counties[cover.county].code); };
    console.line(Message(message::cli_fairness_worst,
                         {code(*fair), std::to_string(fair->serving), std::to_string(fair->wanted), code(*unfair),
                          std::to_string(unfair->serving), std::to_string(unfair->wanted)}));
}

void tell_unfilled(const Allocation& allocation, const std::string& directory, Console& console) {
    for (std::size_t i = 0; i < allocation.unfilled.size() && i < shown_at_most; ++i) {
        const Unfilled& unfilled = allocation.unfilled[i];
        console.line(Message(message::cli_unfilled_line, {unfilled.post, std::to_string(unfilled.short_of_target),
                                                          words_of(unfilled.reason, console)}));
    }
    if (allocation.unfilled.size() > shown_at_most) {
        console.line(Message(message::cli_unfilled_more, {std::to_string(allocation.unfilled.size() - shown_at_most),
                                                          directory + "/unfilled.csv"}));
    }
}

void tell_conflict(const Plan& plan, const Allocation& allocation, Console& console) {
    const std::vector<SetBound> bounds = conflict(plan, allocation);
    for (std::size_t i = 0; i < bounds.size() && i < shown_at_most; ++i)
        console.line(Message(message::cli_conflict_line, {words_of(describe(plan, bounds[i]), console)}));
    if (bounds.size() > shown_at_most)
        console.line(Message(message::cli_conflict_more, {std::to_string(bounds.size() - shown_at_most)}));
}

void tell_staffing(const Plan& plan, const Allocation& allocation, Console& console) {
    std::int64_t target = 0;
    for (const Post& post : plan.rows().posts)
        target += post.target;
    console.line(
        Message(message::cli_allocate_people, {std::to_string(allocation.staffing.size()), std::to_string(target),
                                               std::to_string(allocation.unfilled.size())}));
    std::vector<std::string> values;
    for (const TierValue& tier : allocation.tiers)
        values.push_back(words_of(
            {message::cli_tier_value, {tier_word(tier.tier, allocation.names), to_text(tier.value)}}, console));
    console.line(
        Message(message::cli_allocate_tiers, {joined(values, console.language() == Language::zh ? "；" : "; ")}));
}

void tell_movers(const Plan& plan, const Allocation& allocation, Console& console) {
    const Movers counted = movers(plan, allocation.staffing);
    const std::int64_t present = counted.stay + counted.move + counted.leave;
    console.line(Message(message::cli_movers,
                         {std::to_string(present), std::to_string(counted.stay), std::to_string(counted.move),
                          std::to_string(counted.leave), std::to_string(counted.begin)}));
}

void summarise(const Plan& plan, const Allocation& allocation, const std::optional<FairnessPrice>& fairness,
               const Arguments& given, Console& console) {
    tell_class(plan, console);
    switch (allocation.termination) {
        case Termination::infeasible:
            console.line(message::cli_conflict);
            tell_conflict(plan, allocation, console);
            break;
        case Termination::optimal:
        case Termination::feasible:
            tell_unfilled(allocation, given.output, console);
            if (given.prices && !allocation.prices.empty()) tell_prices(plan, allocation, console);
            tell_staffing(plan, allocation, console);
            if (given.decides()) tell_movers(plan, allocation, console);
            if (given.fairness) tell_fairness(plan, fairness, console);
            break;
        default:
            console.line(message::cli_nothing_found);
    }
    if (given.decides()) console.line(Message(message::cli_decided_plan, {given.output + "/" + decided_file}));
    console.line(Message(message::cli_allocate_claim,
                         {word(allocation.termination), word(allocation.cause), std::to_string(allocation.steps)}));
}

ExitCode exit_code_of(Termination termination) {
    if (termination == Termination::optimal) return ExitCode::ok;
    return termination == Termination::infeasible ? ExitCode::answer_is_no : ExitCode::stopped_early;
}

ExitCode run(const Arguments& given, const Settings& settings, Console& console) {
    require_free_directory(given.output, file_names(), settings);
    const Plan plan = decided(plan_of_argument(given.plan, settings, console), given, console);
    const AllocateOptions options = options_of(plan, given, settings, console);
    const InterruptSignal interrupt(settings.language);
    const auto begin = std::chrono::steady_clock::now();
    const Allocation allocation = solve_plan(plan, options, settings, interrupt);
    Stop rest = stop_of(settings, interrupt);  // of the one limit, for what is asked besides
    if (rest.time_limit) *rest.time_limit -= std::chrono::steady_clock::now() - begin;
    const auto price = fairness_of(plan, allocation, given, options, rest);
    const FairnessPrice* const fairness = price ? &*price : nullptr;
    save_directory(given.output, output_files(plan, allocation, fairness, given.decides(), settings, console),
                   settings.existing(), real_files(), file_names());
    if (settings.json) console.raw(allocation_json(plan, allocation, fairness));
    summarise(plan, allocation, price, given, console);
    return exit_code_of(allocation.termination);
}

}  // namespace

Command allocate_command(CLI::App& app, Settings& settings) {
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
    command->add_flag("--prices", given->prices, std::string(text(message::cli_option_prices, settings.language)));
    command->add_flag("--fairness", given->fairness,
                      std::string(text(message::cli_option_fairness, settings.language)));
    add_value(
        *command, "--freeze", "--freeze",
        [given](const std::string&, const std::string& words) { given->freeze = freeze_selection(words); },
        message::cli_option_freeze, settings.language)
        ->type_name("WHO");
    command->add_flag("--no-worse", given->no_worse,
                      std::string(text(message::cli_option_no_worse, settings.language)));
    add_given(*command, given->given, settings.language);
    add_limits(*command, settings);
    add_force(*command, settings);
    add_encoding(*command, settings);
    return {command, [given, &settings](Console& console) { return run(*given, settings, console); }};
}

}  // namespace countyplan
