#include <algorithm>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <countyplan/allocate/comparison.hpp>
#include <countyplan/io/comparison_json.hpp>

#include "command.hpp"
#include "freeze_argument.hpp"
#include "input.hpp"
#include "messages.hpp"
#include "staffing_argument.hpp"
#include "staffing_messages.hpp"
#include "usage.hpp"
#include "words.hpp"

namespace countyplan {

namespace {

struct Arguments {
    std::string plan;
    std::string a;
    std::string b;
    std::string given;
};

/// With its sign, also where it is above 0.
std::string signed_text(Int128 number) { return (number > Int128(0) ? "+" : "") + to_text(number); }

MessageArgument days(const Posting& posting) {
    const Message period(message::cli_diff_period, {to_text(posting.from), to_text(posting.to)});
    return words_of(period);
}

Message sentence(const PostingChange& change) {
    switch (change.kind) {
        case PostingChangeKind::ended:
            return {message::cli_diff_ended, {change.expert(), change.was->post, days(*change.was)}};
        case PostingChangeKind::begun:
            return {message::cli_diff_begun, {change.expert(), change.now->post, days(*change.now)}};
        case PostingChangeKind::moved:
            return {message::cli_diff_moved,
                    {change.expert(), change.was->post, days(*change.was), change.now->post, days(*change.now)}};
        case PostingChangeKind::redated:
            return {message::cli_diff_redated,
                    {change.expert(), change.was->post, days(*change.was), days(*change.now)}};
    }
    return {};
}

void print_changes(const StaffingComparison& found, Console& console) {
    for (const PostingChange& change : found.changes)
        console.line(sentence(change));
    const auto count = [&](PostingChangeKind kind) {
        return std::to_string(std::ranges::count(found.changes, kind, &PostingChange::kind));
    };
    console.line(
        Message(message::cli_diff_changes,
                {std::to_string(found.changes.size()), count(PostingChangeKind::ended), count(PostingChangeKind::begun),
                 count(PostingChangeKind::moved), count(PostingChangeKind::redated)}));
}

const MessageText& which_is_better(const TierComparison& tier) {
    if (tier.a == tier.b) return message::cli_diff_same;
    return is_gain(tier.tier) == (tier.a < tier.b) ? message::cli_diff_better : message::cli_diff_worse;
}

/// The tiers; of fit no items here, for people tell them factor by factor.
void print_tiers(const StaffingComparison& found, const UserTierNames& names, Console& console) {
    for (const TierComparison& tier : found.tiers) {
        console.line(Message(message::cli_diff_tier, {tier_word(tier.tier, names), to_text(tier.a), to_text(tier.b),
                                                      signed_text(tier.difference()), which_is_better(tier)}));
        if (tier.tier == Tier::fit) continue;
        for (const TierItem& item : tier.items)
            console.line(Message(message::cli_diff_item, {to_text(item.item), to_text(item.a), to_text(item.b)}));
    }
}

MessageArgument posts_text(const std::vector<std::string>& posts) {
    if (posts.empty()) return message::cli_no_post;
    std::string out;
    for (const std::string& post : posts)
        out += (out.empty() ? "" : ", ") + post;
    return out;
}

/// The factors that differ, with the points that each adds.
MessageArgument factors_text(const FitComparison& person) {
    std::string zh;
    std::string en;
    for (std::size_t f = 0; f < fit_factor_count; ++f) {
        const std::int64_t more = person.b[f].points - person.a[f].points;
        if (more == 0) continue;
        const Message factor(message::cli_diff_factor, {word(person.a[f].factor), signed_text(Int128(more))});
        zh += (zh.empty() ? "" : "，") + text(factor, Language::zh);
        en += (en.empty() ? "" : ", ") + text(factor, Language::en);
    }
    if (zh.empty()) return message::cli_diff_same;
    return {std::move(zh), std::move(en)};
}

void print_people(const StaffingComparison& found, const UserTierNames& names, Console& console) {
    for (const FitComparison& person : found.people) {
        console.line(
            Message(message::cli_diff_person, {person.expert, posts_text(person.posts_a), posts_text(person.posts_b),
                                               signed_text(Int128(person.difference())), factors_text(person)}));
    }
    if (const auto tier = found.decided_by()) {
        const MessageText& verdict = found.is_better() ? message::cli_diff_better : message::cli_diff_worse;
        console.line(Message(message::cli_diff_decided, {verdict, tier_word(*tier, names)}));
    } else {
        console.line(message::cli_diff_equal);
    }
}

ExitCode run(const Arguments& given, const Settings& settings, Console& console) {
    const Plan plan = plan_of_argument(given.plan, settings, console);
    const StaffingReading a = staffing_of_argument(given.a, settings, console);
    const StaffingReading b = staffing_of_argument(given.b, settings, console);
    require_known(plan, a, given.a);
    require_known(plan, b, given.b);
    const GivenWords said = given_of_argument(plan, given.given, settings, console);
    const StaffingComparison found = compare_staffings(plan, a.staffing, b.staffing, said.given);
    if (settings.json) console.raw(comparison_json(plan, found, said.names));
    print_changes(found, console);
    print_tiers(found, said.names, console);
    print_people(found, said.names, console);
    return ExitCode::ok;
}

}  // namespace

Command diff_command(CLI::App& app, Settings& settings) {
    const auto given = std::make_shared<Arguments>();
    CLI::App* const command = add_command(app, settings, "diff", message::cli_diff, message::cli_diff_examples);
    const Language language = settings.language;
    command->add_option("PLAN", given->plan, std::string(text(message::cli_argument_plan, language)))
        ->required()
        ->type_name("");
    command->add_option("A", given->a, std::string(text(message::cli_argument_staffing_a, language)))
        ->required()
        ->type_name("");
    command->add_option("B", given->b, std::string(text(message::cli_argument_staffing_b, language)))
        ->required()
        ->type_name("");
    add_given(*command, given->given, language);
    add_encoding(*command, settings);
    return {command, [given, &settings](Console& console) { return run(*given, settings, console); }};
}

}  // namespace countyplan
