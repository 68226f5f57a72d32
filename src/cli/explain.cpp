#include <memory>
#include <optional>
#include <string>

#include <countyplan/allocate/explain/explanation.hpp>
#include <countyplan/io/explanation_json.hpp>
#include <countyplan/io/flaw.hpp>

#include "command.hpp"
#include "explain_messages.hpp"
#include "input.hpp"
#include "interrupt.hpp"
#include "messages.hpp"
#include "usage.hpp"
#include "verdict_text.hpp"

namespace countyplan {

namespace {

struct Arguments {
    std::string plan;
    std::string result;
    std::string expert;
    std::string why_not;
    std::string post;
    Question question{};
};

template <class Row>
std::optional<Id<Row>> row_of(const Plan& plan, const char* option, const std::string& id) {
    if (id.empty()) return std::nullopt;
    const Id<Row> found = plan.find<Row>(id);
    if (!found) throw UsageError(Message(message::cli_explain_unknown, {option, excerpt(id)}));
    return found;
}

void require_question(const Arguments& given) {
    const Question& asked = given.question;
    if (!given.why_not.empty() && given.expert.empty()) throw UsageError(message::cli_explain_whom);
    const bool is_asked =
        !given.expert.empty() || !given.post.empty() || asked.weights || asked.subjects || asked.hinges > 0;
    if (!is_asked) throw UsageError(message::cli_explain_nothing);
}

ExitCode run(const Arguments& given, const Settings& settings, Console& console) {
    require_question(given);
    const Plan plan = plan_of_argument(given.plan, settings, console);
    const AllocationReading reading = result_of_argument(given.result);
    const AnswerVerdict verdict = examine(plan, reading);
    if (!verdict.accepted) {
        tell(verdict, reading.allocation, console);
        return ExitCode::answer_is_no;
    }
    Question question = given.question;
    question.expert = row_of<Expert>(plan, "--expert", given.expert);
    question.why_not = row_of<Post>(plan, "--why-not", given.why_not);
    question.post = row_of<Post>(plan, "--post", given.post);
    const InterruptSignal interrupt(settings.language);
    const Stop stop = stop_of(settings, interrupt);
    const Explanation found = [&] {
        const ProgressLine progress(message::cli_explaining, settings.language);
        return explain(plan, reading.allocation, question, stop);
    }();
    if (settings.json) console.raw(explanation_json(plan, found));
    for (const Message& sentence : sentences(plan, found))
        console.line(sentence);
    if (found.cause != Cause::proved) return ExitCode::stopped_early;
    return reading.allocation.termination == Termination::infeasible ? ExitCode::answer_is_no : ExitCode::ok;
}

}  // namespace

Command explain_command(CLI::App& app, Settings& settings) {
    const auto given = std::make_shared<Arguments>();
    CLI::App* const command =
        add_command(app, settings, "explain", message::cli_explain, message::cli_explain_examples);
    const auto say = [&settings](const MessageText& row) { return std::string(text(row, settings.language)); };
    command->add_option("PLAN", given->plan, say(message::cli_argument_plan))->required()->type_name("");
    command->add_option("RESULT_DIR", given->result, say(message::cli_argument_result))->required()->type_name("");
    command->add_option("--expert", given->expert, say(message::cli_option_explain_expert))->type_name("ID");
    command->add_option("--why-not", given->why_not, say(message::cli_option_why_not))->type_name("POST");
    command->add_option("--post", given->post, say(message::cli_option_explain_post))->type_name("ID");
    command->add_flag("--weights", given->question.weights, say(message::cli_option_weights));
    command->add_flag("--subjects", given->question.subjects, say(message::cli_option_subjects));
    const auto add_count = [&](const char* option, std::size_t& target, const MessageText& about) {
        add_value(
            *command, option, option,
            [&target, given](const std::string& name, const std::string& words) {
                target = read_number<std::size_t>(name, words, 0, 1'000'000);
            },
            about, settings.language)
            ->type_name("N");
    };
    add_count("--hinges", given->question.hinges, message::cli_option_hinges);
    add_count("--most", given->question.most, message::cli_option_most);
    add_limits(*command, settings);
    add_encoding(*command, settings);
    return {command, [given, &settings](Console& console) { return run(*given, settings, console); }};
}

}  // namespace countyplan
