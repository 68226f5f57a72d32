#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <memory>
#include <string>

#include <countyplan/allocate/explain/feedback.hpp>
#include <countyplan/io/feedback_json.hpp>
#include <countyplan/io/flaw.hpp>

#include "command.hpp"
#include "feedback_messages.hpp"
#include "input.hpp"
#include "interrupt.hpp"
#include "messages.hpp"
#include "usage.hpp"
#include "verdict_text.hpp"
#include "words.hpp"

namespace countyplan {

namespace {

constexpr std::int64_t most_samples = 1'000'000;
constexpr std::int64_t everybody = 1'000;

struct Arguments {
    std::string plan;
    std::string result;
    std::string expert;
    FeedbackOptions options{};
};

std::string percent(double share) { return std::to_string(std::lround(100 * share)); }

/// The first tier in which the post is behind.
Message behind_words(const Plan& plan, const PostChance& row) {
    const auto first = std::ranges::find_if(row.behind, [](const Int128& value) { return value != Int128(0); });
    if (first == row.behind.end()) return message::cli_feedback_level;
    const auto tier = static_cast<std::size_t>(first - row.behind.begin());
    return Message(message::cli_feedback_behind, {word(plan.rows().objective[tier]), to_text(*first)});
}

void tell(const Plan& plan, const Feedback& told, const Arguments& given, Console& console) {
    if (told.post.empty()) {
        console.line(Message(message::cli_feedback_stays, {told.expert}));
    } else {
        console.line(Message(message::cli_feedback_posted, {told.expert, told.post}));
    }
    const std::string samples = std::to_string(told.samples);
    if (told.posts.empty()) console.line(Message(message::cli_feedback_nowhere, {told.expert}));
    for (const PostChance& row : told.posts) {
        const Message post(row.is_wished ? message::cli_feedback_wished : message::cli_feedback_post, {row.post});
        console.line(
            Message(message::cli_feedback_line, {words_of(post), std::to_string(row.times), samples, percent(row.low),
                                                 percent(row.high), words_of(behind_words(plan, row))}));
    }
    console.line(Message(message::cli_feedback_home, {std::to_string(told.at_home), samples}));
    if (told.impossible > 0)
        console.line(Message(message::cli_feedback_impossible, {std::to_string(told.impossible), samples}));
    if (told.termination != Termination::optimal) {
        console.line(
            Message(message::cli_feedback_stopped, {samples, std::to_string(given.options.samples), word(told.cause)}));
    }
}

ExitCode run(const Arguments& given, const Settings& settings, Console& console) {
    const Plan plan = plan_of_argument(given.plan, settings, console);
    const AllocationReading reading = result_of_argument(given.result);
    const AnswerVerdict verdict = examine(plan, reading);
    if (!verdict.accepted) {
        tell(verdict, reading.allocation, console);
        return ExitCode::answer_is_no;
    }
    const Id<Expert> expert = plan.find<Expert>(given.expert);
    if (!expert) throw UsageError(Message(message::cli_feedback_unknown, {"--expert", excerpt(given.expert)}));
    const Termination termination = reading.allocation.termination;
    if (termination != Termination::optimal)
        throw InvalidProblem(Message(message::cli_feedback_not_best, {word(termination)}), given.result);
    const InterruptSignal interrupt(settings.language);
    const Stop stop = stop_of(settings, interrupt);
    const Feedback told = [&] {
        const ProgressLine progress(message::cli_sampling, settings.language);
        return feedback(plan, reading.allocation, expert, given.options, stop);
    }();
    if (settings.json) console.raw(feedback_json(plan, told));
    tell(plan, told, given, console);
    return told.termination == Termination::optimal ? ExitCode::ok : ExitCode::stopped_early;
}

}  // namespace

Command feedback_command(CLI::App& app, Settings& settings) {
    const auto given = std::make_shared<Arguments>();
    CLI::App* const command =
        add_command(app, settings, "feedback", message::cli_feedback, message::cli_feedback_examples);
    const auto say = [&settings](const MessageText& row) { return std::string(text(row, settings.language)); };
    command->add_option("PLAN", given->plan, say(message::cli_argument_plan))->required()->type_name("");
    command->add_option("RESULT_DIR", given->result, say(message::cli_argument_result))->required()->type_name("");
    command->add_option("--expert", given->expert, say(message::cli_option_feedback_expert))
        ->required()
        ->type_name("ID");
    const auto add_number = [&]<class T>(const char* option, T& target, T low, T high, const char* type,
                                         const MessageText& about) {
        add_value(
            *command, option, option,
            [&target, low, high, given](const std::string& name, const std::string& words) {
                target = read_number<T>(name, words, low, high);
            },
            about, settings.language)
            ->type_name(type);
    };
    FeedbackOptions& options = given->options;
    add_number("--samples", options.samples, std::int64_t{1}, most_samples, "N", message::cli_option_samples);
    add_number("--absent", options.absent, std::int64_t{0}, everybody, "PER_MILLE", message::cli_option_absent);
    add_number("--seed", options.seed, std::uint64_t{0}, std::numeric_limits<std::uint64_t>::max(), "N",
               message::cli_option_feedback_seed);
    add_limits(*command, settings);
    add_encoding(*command, settings);
    return {command, [given, &settings](Console& console) { return run(*given, settings, console); }};
}

}  // namespace countyplan
