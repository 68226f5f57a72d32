#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <countyplan/allocate/pairing.hpp>
#include <countyplan/error.hpp>
#include <countyplan/io/pairing_json.hpp>

#include "command.hpp"
#include "input.hpp"
#include "interrupt.hpp"
#include "messages.hpp"
#include "staffing_messages.hpp"
#include "usage.hpp"
#include "words.hpp"

namespace countyplan {

namespace {

struct Arguments {
    std::string plan;
    std::string output;
    PairingOptions options;
};

struct Paired {
    const Plan& plan;
    const PairingOptions& options;
    PairingProblem problem;
    PairingResult result;
    Verdict verdict;

    [[nodiscard]] bool has_amounts() const {
        return result.termination == Termination::optimal || result.termination == Termination::feasible;
    }
};

MessageArgument name_of(const Plan& plan, Id<Sender> id) {
    return id ? MessageArgument(plan.rows().senders[id].name_zh, plan.rows().senders[id].name_en) : MessageArgument("");
}
MessageArgument name_of(const Plan& plan, Id<County> id) {
    return id ? MessageArgument(plan.rows().counties[id].name_zh, plan.rows().counties[id].name_en)
              : MessageArgument("");
}

PairingProblem problem_of(const Plan& plan, const PairingOptions& options) {
    PairingProblem problem = pairing_problem(plan, options);
    if (problem.senders.empty()) {
        throw InvalidProblem({message::cli_pair_no_sender, {word(options.level)}}, "senders");
    }
    if (problem.receivers.empty()) throw InvalidProblem(message::cli_pair_no_county, "receivers");
    return problem;
}

/// A tie by the names of its two ends.
struct Ends {
    std::string receiver;
    MessageArgument receiver_name;
    std::string sender;
    MessageArgument sender_name;

    Ends(const Paired& paired, const PairingTie& tie)
        : receiver(paired.problem.receivers[tie.receiver].id),
          receiver_name(name_of(paired.plan, paired.plan.find<County>(receiver))),
          sender(paired.problem.senders[tie.sender].id),
          sender_name(name_of(paired.plan, paired.plan.find<Sender>(sender))) {}
};

void print_pairings(const Paired& paired, Console& console) {
    const PairingProblem& problem = paired.problem;
    const std::vector<ReceiverCover> covered = covers(problem, paired.result);
    std::vector<std::size_t> ties;
    for (std::size_t t = 0; t < problem.ties.size(); ++t)
        if (paired.result.amount[t] > 0) ties.push_back(t);
    std::ranges::stable_sort(ties, {}, [&](std::size_t t) { return problem.ties[t].receiver; });
    for (const std::size_t t : ties) {
        const PairingTie& tie = problem.ties[t];
        const Ends ends(paired, tie);
        console.line(
            Message(message::cli_pair_line,
                    {ends.receiver, ends.receiver_name, ends.sender, ends.sender_name,
                     std::to_string(paired.result.amount[t]), word(paired.options.unit), std::to_string(tie.km),
                     tie.present ? message::cli_pair_present : message::cli_pair_new}));
    }
    for (std::size_t r = 0; r < covered.size(); ++r) {
        const PairingReceiver& receiver = problem.receivers[r];
        if (covered[r].served == receiver.need) continue;
        console.line(Message(
            message::cli_pair_unserved,
            {receiver.id, name_of(paired.plan, paired.plan.find<County>(receiver.id)), std::to_string(receiver.need),
             std::to_string(receiver.need - covered[r].served), word(paired.options.unit)}));
    }
}

/// The values of tiers by their names, or of those that are not 0.
template <class Value>
MessageArgument tiers_text(const PairingProblem& problem, const std::vector<Value>& values, bool with_zero) {
    WordRow row;
    for (std::size_t t = 0; t < values.size(); ++t)
        if (with_zero || values[t] != Value(0))
            row.add({message::cli_pair_tier, {word(problem.order[t]), to_text(values[t])}});
    return row.words();
}

void print_loads(const Paired& paired, Console& console) {
    const std::vector<SenderLoad> of = loads(paired.problem, paired.result);
    for (std::size_t s = 0; s < of.size(); ++s) {
        const PairingSender& sender = paired.problem.senders[s];
        if (of[s].amount == 0) continue;
        const Message load(
            message::cli_pair_load,
            {sender.id, name_of(paired.plan, paired.plan.find<Sender>(sender.id)), std::to_string(of[s].amount),
             sender.capacity ? MessageArgument(std::to_string(*sender.capacity))
                             : MessageArgument(message::cli_pair_unlimited),
             std::to_string(of[s].receivers)});
        const bool is_scarce = std::ranges::any_of(of[s].worth, [](std::int64_t worth) { return worth > 0; });
        if (!is_scarce) {
            console.line(load);
            continue;
        }
        const Message worth(message::cli_pair_worth, {tiers_text(paired.problem, of[s].worth, false)});
        console.line(Message(message::cli_refused_detail, {words_of(load), words_of(worth)}));
    }
}

void print_changes(const Paired& paired, Console& console) {
    const PairingChanges changed = changes(paired.problem, paired.result);
    for (const std::uint32_t t : changed.ended) {
        const Ends ends(paired, paired.problem.ties[t]);
        console.line(
            Message(message::cli_pair_ended, {ends.receiver, ends.receiver_name, ends.sender, ends.sender_name}));
    }
    const Day day = paired.options.as_of.value_or(paired.plan.rows().period.from);
    console.line(Message(message::cli_pair_changes,
                         {to_text(day), std::to_string(changed.begun.size()), std::to_string(changed.ended.size())}));
}

template <class Rows>
std::string ids_text(const std::vector<std::uint32_t>& rows, const Rows& of) {
    std::string out;
    for (const std::uint32_t row : rows)
        out += (out.empty() ? "" : ", ") + of[row].id;
    return out;
}

std::string order_text(const PairingProblem& problem) {
    std::string out;
    for (const PairingTier tier : problem.order)
        out += (out.empty() ? "" : ", ") + std::string(name(tier));
    return out;
}

/// What has been shown, and no more than that.
Message shown(const Paired& paired) {
    if (!paired.verdict.accepted) {
        return {message::cli_solve_not_verified, {paired.verdict.place, words_of(paired.verdict.why)}};
    }
    switch (paired.result.termination) {
        case Termination::optimal:
            return {message::cli_pair_proved, {order_text(paired.problem)}};
        case Termination::infeasible:
            return {message::cli_pair_impossible,
                    {ids_text(paired.result.conflict.senders, paired.problem.senders),
                     ids_text(paired.result.conflict.receivers, paired.problem.receivers)}};
        case Termination::feasible:
            return {message::cli_pair_not_proved, {word(paired.result.cause)}};
        case Termination::unbounded:
        case Termination::unknown:
            break;
    }
    return {message::cli_pair_nothing, {word(paired.result.cause)}};
}

ExitCode exit_of(const Paired& paired) {
    if (!paired.verdict.accepted) return ExitCode::internal;
    if (paired.result.termination == Termination::optimal) return ExitCode::ok;
    return paired.result.termination == Termination::infeasible ? ExitCode::answer_is_no : ExitCode::stopped_early;
}

ExitCode run(const Arguments& given, const Settings& settings, Console& console) {
    if (!given.output.empty()) require_free_file(given.output, {given.plan}, settings);
    const Plan plan = plan_of_argument(given.plan, settings, console);
    const InterruptSignal interrupt(settings.language);
    Paired paired{plan, given.options, problem_of(plan, given.options), {}, {}};
    {
        ProgressLine progress(message::cli_pairing, settings.language);
        const Stop stop = stop_of(settings, interrupt);
        paired.result = solve(paired.problem, {}, stop, progress.observer());
        paired.verdict = examine(paired.problem, paired.result);
    }
    if (settings.json) console.raw(pairing_json(plan, paired.problem, paired.result, paired.verdict));
    if (paired.has_amounts()) {
        print_pairings(paired, console);
        print_loads(paired, console);
        print_changes(paired, console);
        console.line(Message(message::cli_pair_tiers, {tiers_text(paired.problem, paired.result.tiers, true)}));
    }
    console.line(shown(paired));
    if (!given.output.empty() && paired.verdict.accepted && paired.has_amounts()) {
        save_file(given.output, pairings_csv(renewed_pairings(plan, paired.problem, paired.result, given.options)),
                  settings.existing());
        console.line(Message(message::cli_written, {given.output}));
    }
    return exit_of(paired);
}

std::vector<PairingTier> read_order(const std::string& option, std::string_view words) {
    std::vector<PairingTier> out;
    for (const std::string& part : comma_parts(words))
        out.push_back(read_choice<PairingTier>(option, part));
    std::vector<PairingTier> sorted = out;
    std::ranges::sort(sorted);
    if (out.front() != PairingTier::unserved || std::ranges::adjacent_find(sorted) != sorted.end()) {
        throw UsageError(Message(message::cli_pair_bad_order, {option}));
    }
    return out;
}

}  // namespace

Command pair_command(CLI::App& app, Settings& settings) {
    const auto given = std::make_shared<Arguments>();
    CLI::App* const command = add_command(app, settings, "pair", message::cli_pair, message::cli_pair_examples);
    const Language language = settings.language;
    command->add_option("PLAN", given->plan, std::string(text(message::cli_argument_plan, language)))
        ->required()
        ->type_name("");
    command->add_option("-o,--output", given->output, std::string(text(message::cli_option_pairings, language)))
        ->type_name("FILE");
    const auto add = [&](const char* option, const char* type, const MessageText& about, auto read) {
        add_value(*command, option, option, read, about, language)->type_name(type);
    };
    add("--as-of", "DATE", message::cli_option_pair_day, [given](const std::string& option, const std::string& words) {
        given->options.as_of = read_day(option, words);
    });
    add("--unit", "NAME", message::cli_option_unit, [given](const std::string& option, const std::string& words) {
        given->options.unit = read_choice<PairingUnit>(option, words);
    });
    add("--level", "NAME", message::cli_option_level, [given](const std::string& option, const std::string& words) {
        given->options.level = read_choice<SenderKind>(option, words);
    });
    add("--under", "ID", message::cli_option_under,
        [given](const std::string&, const std::string& words) { given->options.under = words; });
    add("--most", "N", message::cli_option_most, [given](const std::string& option, const std::string& words) {
        given->options.most = read_number<std::int64_t>(option, words, 0, PairingProblem::max_amount);
    });
    add("--order", "TIERS", message::cli_option_order, [given](const std::string& option, const std::string& words) {
        given->options.order = read_order(option, words);
    });
    add_limits(*command, settings);
    add_force(*command, settings);
    add_encoding(*command, settings);
    return {command, [given, &settings](Console& console) { return run(*given, settings, console); }};
}

}  // namespace countyplan
