#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <countyplan/allocate/team.hpp>
#include <countyplan/io/team_json.hpp>
#include <countyplan/io/write.hpp>

#include "command.hpp"
#include "input.hpp"
#include "interrupt.hpp"
#include "messages.hpp"
#include "staffing_messages.hpp"
#include "usage.hpp"
#include "words.hpp"

namespace countyplan {

namespace {

constexpr std::size_t shown_at_most = 5;

struct Arguments {
    std::string plan;
    std::string output;
    TeamOptions options;
};

bool has_staffing(const TeamAllocation& answer) {
    return answer.termination == Termination::optimal || answer.termination == Termination::feasible;
}

/// Who goes to each school, by senders, most people first.
void print_schools(const Plan& plan, const TeamAllocation& answer, Console& console) {
    std::vector<std::map<std::size_t, std::int64_t>> senders(plan.rows().schools.size());
    for (const Posting& posting : answer.staffing) {
        const Id<Expert> expert = plan.find<Expert>(posting.expert);
        const Id<Post> post = plan.find<Post>(posting.post);
        ++senders[plan.school_of(post).value()][plan.sender_of(expert).value()];
    }
    for (const Id<School> school : plan.rows().schools.ids()) {
        const auto& there = senders[school.value()];
        if (there.empty()) continue;
        std::vector<std::pair<std::size_t, std::int64_t>> ranked(there.begin(), there.end());
        std::ranges::stable_sort(ranked, std::greater{}, &std::pair<std::size_t, std::int64_t>::second);
        std::int64_t people = 0;
        WordRow row;
        for (const auto& [sender, count] : ranked) {
            people += count;
            row.add({message::cli_team_sender, {plan.rows().senders[Id<Sender>(sender)].id, std::to_string(count)}});
        }
        console.line(Message(message::cli_team_school, {plan.rows().schools[school].id, std::to_string(people),
                                                        std::to_string(ranked.size()), row.words()}));
    }
}

/// What each coupling counts over its places, and where it is broken.
void print_couplings(const Plan& plan, const TeamAllocation& answer, Console& console) {
    for (const Id<Coupling> id : plan.rows().couplings.ids()) {
        const Coupling& coupling = plan.rows().couplings[id];
        std::size_t places = 0, broken_places = 0;
        std::int64_t breach = 0;
        WordRow broken;
        for (const CouplingCount& count : answer.couplings) {
            if (count.coupling != id) continue;
            ++places;
            breach += count.breach;
            if (count.breach > 0 && ++broken_places <= shown_at_most)
                broken.add({message::cli_team_breach, {to_text(count.place), std::to_string(count.breach)}});
        }
        if (broken_places > shown_at_most)
            broken.add({message::cli_team_breach_more, {std::to_string(broken_places - shown_at_most)}});
        if (breach == 0) {
            console.line(Message(message::cli_team_kept, {coupling.id, word(coupling.kind), std::to_string(places)}));
        } else {
            console.line(Message(coupling.is_hard() ? message::cli_team_broken : message::cli_team_paid,
                                 {coupling.id, word(coupling.kind), std::to_string(breach), broken.words(),
                                  std::to_string(coupling.price.value_or(0)), word(coupling.priced_tier())}));
        }
    }
    for (const LeftOutOfTeams& row : answer.left_out)
        console.line(Message(message::cli_team_left_out, {row.what, words_of(row.reason)}));
}

/// Percent of what was found, two decimals, rounded up.
std::string gap_text(std::int64_t found, std::int64_t bound) {
    if (found == 0) return "-";
    const double share = static_cast<double>(found - bound) / std::abs(static_cast<double>(found));
    std::string digits = std::to_string(static_cast<std::int64_t>(std::ceil(1e4 * share)));
    if (digits.size() < 3) digits.insert(0, 3 - digits.size(), '0');
    return digits.insert(digits.size() - 2, ".") + " %";
}

void print_stages(const Plan& plan, const TeamAllocation& answer, Console& console) {
    for (std::size_t s = 0; s < answer.stages.size(); ++s) {
        const TeamColumnsResult& stage = answer.stages[s].answer;
        WordRow tiers;
        for (std::size_t t = 0; t < answer.stages[s].weight.size(); ++t)
            if (answer.stages[s].weight[t] > 0) tiers.add(word(plan.rows().objective[t]));
        const std::string number = std::to_string(s + 1);
        if (stage.termination == Termination::optimal) {
            console.line(Message(message::cli_team_stage_proved, {number, tiers.words()}));
        } else if (stage.objective && stage.bound) {
            console.line(Message(message::cli_team_stage,
                                 {number, tiers.words(), std::to_string(*stage.objective), std::to_string(*stage.bound),
                                  gap_text(*stage.objective, *stage.bound)}));
        } else {
            console.line(Message(message::cli_team_stage_open, {number, tiers.words()}));
        }
    }
}

void print_staffing(const Plan& plan, const TeamAllocation& answer, Console& console) {
    print_schools(plan, answer, console);
    print_couplings(plan, answer, console);
    print_stages(plan, answer, console);
    std::int64_t target = 0;
    for (const Post& post : plan.rows().posts)
        target += post.target;
    WordRow values;
    for (std::size_t t = 0; t < answer.tiers.size(); ++t) {
        const TierValue& tier = answer.tiers[t];
        values.add({message::cli_tier_value, {word(tier.tier), to_text(tier.value)}});
        if (answer.price[t] > 0) values.add({message::cli_team_price, {std::to_string(answer.price[t])}});
    }
    console.line(Message(message::cli_allocate_tiers, {values.words()}));
    console.line(Message(message::cli_team_people, {std::to_string(answer.staffing.size()), std::to_string(target)}));
}

/// How many couplings that must be kept are broken, which only those left out can be.
std::size_t broken_hard(const Plan& plan, const TeamAllocation& answer) {
    std::size_t out = 0;
    for (const Id<Coupling> id : plan.rows().couplings.ids()) {
        const auto is_broken = [id](const CouplingCount& count) { return count.coupling == id && count.breach > 0; };
        if (plan.rows().couplings[id].is_hard() && std::ranges::any_of(answer.couplings, is_broken)) ++out;
    }
    return out;
}

/// What has been shown, and no more than that.
Message shown(const TeamAllocation& answer, const Verdict& verdict, std::size_t broken) {
    if (!verdict.accepted) {
        return {message::cli_solve_not_verified, {verdict.place, words_of(verdict.why)}};
    }
    if (broken > 0) return {message::cli_team_breaks, {std::to_string(broken)}};
    switch (answer.termination) {
        case Termination::optimal:
            if (answer.left_out.empty()) return message::cli_team_proved;
            return {message::cli_team_proved_but, {std::to_string(answer.left_out.size())}};
        case Termination::feasible:
            return {message::cli_team_bounded, {word(answer.cause)}};
        case Termination::infeasible:
            return message::cli_team_impossible;
        case Termination::unbounded:
        case Termination::unknown:
            break;
    }
    return {message::cli_team_nothing, {word(answer.cause)}};
}

ExitCode exit_of(const TeamAllocation& answer, const Verdict& verdict, std::size_t broken) {
    if (!verdict.accepted) return ExitCode::internal;
    if (broken > 0 || answer.termination == Termination::infeasible) return ExitCode::answer_is_no;
    return answer.termination == Termination::optimal ? ExitCode::ok : ExitCode::stopped_early;
}

ExitCode run(const Arguments& given, const Settings& settings, Console& console) {
    if (!given.output.empty()) require_free_file(given.output, {given.plan}, settings);
    const Plan plan = plan_of_argument(given.plan, settings, console);
    if (plan.rows().couplings.empty()) console.line(message::cli_team_no_couplings);
    const InterruptSignal interrupt(settings.language);
    TeamAllocation answer;
    {
        ProgressLine progress(message::cli_teaming, settings.language);
        answer = allocate_teams(plan, given.options, stop_of(settings, interrupt), progress.observer());
    }
    const Verdict verdict = examine(plan, answer);
    if (settings.json) console.raw(team_json(plan, answer, verdict));
    if (has_staffing(answer)) print_staffing(plan, answer, console);
    const std::size_t broken = broken_hard(plan, answer);
    console.line(shown(answer, verdict, broken));
    if (!given.output.empty() && verdict.accepted && has_staffing(answer)) {
        save_file(given.output, staffing_csv(answer.staffing), settings.existing());
        console.line(Message(message::cli_written, {given.output}));
    }
    return exit_of(answer, verdict, broken);
}

}  // namespace

Command team_command(CLI::App& app, Settings& settings) {
    const auto given = std::make_shared<Arguments>();
    CLI::App* const command = add_command(app, settings, "team", message::cli_team, message::cli_team_examples);
    const Language language = settings.language;
    command->add_option("PLAN", given->plan, std::string(text(message::cli_argument_plan, language)))
        ->required()
        ->type_name("");
    command->add_option("-o,--output", given->output, std::string(text(message::cli_option_team_output, language)))
        ->type_name("FILE");
    add_value(
        *command, "--seed", "--seed",
        [given](const std::string& option, const std::string& words) {
            given->options.columns.seed =
                read_number<std::uint64_t>(option, words, 0, std::numeric_limits<std::uint64_t>::max());
        },
        message::cli_option_team_seed, language)
        ->type_name("N");
    add_limits(*command, settings);
    add_force(*command, settings);
    add_encoding(*command, settings);
    return {command, [given, &settings](Console& console) { return run(*given, settings, console); }};
}

}  // namespace countyplan
