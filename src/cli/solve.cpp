// countyplan solve: one problem file in, one proved answer out.
#include <charconv>
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <system_error>
#include <utility>
#include <variant>
#include <vector>

#include <unistd.h>

#include <countyplan/io/certificate.hpp>
#include <countyplan/io/json.hpp>
#include <countyplan/io/messages.hpp>
#include <countyplan/plan/plan.hpp>
#include <countyplan/version.hpp>

#include "command.hpp"
#include "input.hpp"
#include "interrupt.hpp"
#include "messages.hpp"
#include "solve_method.hpp"
#include "usage.hpp"

namespace countyplan {

namespace {

constexpr std::int64_t most_threads = 1'024;

struct Arguments {
    std::string file;
    std::string certificate;
    ProblemOptions options;
    std::string method = "automatic";
};

ProblemReading read_problem_argument(const std::string& path, const ProblemOptions& options) {
    try {
        if (path != "-") return read_problem(path, options);
        return read_problem_text(read_stream(STDIN_FILENO, "-", options.limits), "-", options);
    } catch (const RefusedInput& refused) {
        return {.findings = {finding_of(refused.flaw(), path)}};
    }
}

SolveProblem problem_of_argument(const Arguments& given, const Settings& settings) {
    const ProgressLine progress(message::cli_reading_problem, settings.language);
    ProblemReading reading = read_problem_argument(given.file, given.options);
    if (has_errors(reading.findings)) throw InvalidPlan(std::move(reading.findings));
    return std::move(reading.problem);
}

Solved solve_argument(SolveProblem problem, const std::string& method, const Settings& settings) {
    const InterruptSignal interrupt(settings.language);
    ProgressLine progress(message::cli_solving, settings.language);
    const Stop stop = stop_of(settings, interrupt);
    return solve_problem(std::move(problem), method, stop, progress.observer());
}

Cause cause_of(const SolveResult& result) {
    return std::visit([](const auto& answer) { return answer.cause; }, result);
}

std::int64_t steps_of(const SolveResult& result) {
    return std::visit([](const auto& answer) { return answer.steps; }, result);
}

std::string solve_json(const Arguments& given, ProblemKind kind, const Solved& solved) {
    const std::vector<std::string> objective = objective_of(solved.result, given.options.scale);
    JsonWriter writer;
    writer.begin_object();
    writer.key("version").text(version);
    writer.key("problem").text(name(kind));
    writer.key("termination").text(name(termination_of(solved.result)));
    writer.key("cause").text(name(cause_of(solved.result)));
    writer.key("claim").text(name(claim_of(solved.result)));
    writer.key("objective");
    if (objective.empty()) {
        writer.null();
    } else if (objective.size() == 1) {
        writer.number(objective.front());
    } else {
        writer.begin_array();
        for (const std::string& tier : objective)
            writer.number(tier);
        writer.end_array();
    }
    writer.key("certificate_valid").boolean(solved.verdict.accepted);
    writer.key("seconds").decimal(std::chrono::duration<double>(solved.elapsed).count());
    writer.key("peak_rss_mib").decimal(solved.peak_rss_mib);
    writer.key("method").text(solved.method);
    writer.key("steps").integer(steps_of(solved.result)).end_object();
    return writer.take();
}

std::string fixed(double value, int decimals) {
    char buffer[64];
    const auto [end, error] = std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::fixed, decimals);
    return error == std::errc{} ? std::string(buffer, end) : std::string("?");
}

void summarise(const Arguments& given, ProblemKind kind, const Solved& solved, Console& console) {
    std::string objective;
    for (const std::string& tier : objective_of(solved.result, given.options.scale))
        objective += (objective.empty() ? "" : ", ") + tier;
    console.line(Message(message::cli_solve_problem, {word(kind)}));
    console.line(Message(
        message::cli_solve_termination,
        {word(termination_of(solved.result)), word(cause_of(solved.result)), std::to_string(steps_of(solved.result))}));
    if (objective.empty()) {
        console.line(message::cli_solve_no_objective);
    } else {
        console.line(Message(message::cli_solve_objective, {objective}));
    }
    console.line(solved.verdict.accepted
                     ? Message(message::cli_solve_verified, {word(claim_of(solved.result))})
                     : Message(message::cli_solve_not_verified,
                               {solved.verdict.place, text(solved.verdict.why, console.language())}));
    console.line(Message(message::cli_solve_seconds,
                         {fixed(std::chrono::duration<double>(solved.elapsed).count(), 6), solved.method}));
    console.line(Message(message::cli_solve_memory, {fixed(solved.peak_rss_mib, 1)}));
}

ExitCode exit_of(const Solved& solved) {
    if (!solved.verdict.accepted) return ExitCode::internal;
    switch (termination_of(solved.result)) {
        case Termination::optimal:
            return ExitCode::ok;
        case Termination::infeasible:
        case Termination::unbounded:
            return ExitCode::answer_is_no;
        case Termination::feasible:
        case Termination::unknown:
            break;
    }
    return ExitCode::stopped_early;
}

ExitCode run(const Arguments& given, const Settings& settings, Console& console) {
    const bool wants_certificate = !given.certificate.empty();
    if (wants_certificate) require_free_file(given.certificate, {given.file}, settings);
    SolveProblem problem = problem_of_argument(given, settings);
    const ProblemKind kind = kind_of(problem);
    require_method(kind, given.method);
    const Fingerprint digest = wants_certificate ? fingerprint_of(problem) : Fingerprint{};
    Solved solved = solve_argument(std::move(problem), given.method, settings);
    if (settings.json) console.raw(solve_json(given, kind, solved));
    summarise(given, kind, solved, console);
    const ExitCode code = exit_of(solved);
    if (wants_certificate) {
        const SolveRecord record{.problem = digest,
                                 .method = solved.method,
                                 .scale = given.options.scale,
                                 .result = std::move(solved.result)};
        save_file(given.certificate, certificate_json(record), settings.existing());
        console.line(Message(message::cli_written, {given.certificate}));
    }
    return code;
}

std::int64_t read_scale(const std::string& option, const std::string& words) {
    constexpr std::int64_t most = 1'000'000'000;
    const auto scale = read_number<std::int64_t>(option, words, 1, most);
    std::int64_t rest = scale;
    while (rest % 10 == 0)
        rest /= 10;
    if (rest != 1) {
        throw UsageError(Message(message::cli_unknown_choice, {option, excerpt(words), "1, 10, 100, ..., 1000000000"}));
    }
    return scale;
}

}  // namespace

Command solve_command(CLI::App& app, Settings& settings) {
    const auto given = std::make_shared<Arguments>();
    CLI::App* const command = add_command(app, settings, "solve", message::cli_solve, message::cli_solve_examples);
    const Language language = settings.language;
    command->add_option("FILE", given->file, std::string(text(message::cli_argument_problem, language)))
        ->required()
        ->type_name("");
    add_value(
        *command, "--format", "--format",
        [given](const std::string& option, const std::string& words) {
            given->options.format = read_choice<ProblemFormat>(option, words);
        },
        message::cli_option_problem_format, language)
        ->type_name("NAME");
    add_value(
        *command, "--scale", "--scale",
        [given](const std::string& option, const std::string& words) {
            given->options.scale = read_scale(option, words);
        },
        message::cli_option_scale, language)
        ->type_name("N");
    add_value(
        *command, "--method", "--method",
        [given](const std::string&, const std::string& words) { given->method = words; }, message::cli_option_method,
        language)
        ->type_name("NAME");
    add_value(
        *command, "--threads", "--threads",
        [](const std::string& option, const std::string& words) {
            (void)read_number<std::int64_t>(option, words, 1, most_threads);  // each solver uses one
        },
        message::cli_option_threads, language)
        ->type_name("N");
    command
        ->add_option("--certificate", given->certificate, std::string(text(message::cli_option_certificate, language)))
        ->type_name("FILE");
    add_limits(*command, settings);
    add_force(*command, settings);
    return {command, [given, &settings](Console& console) { return run(*given, settings, console); }};
}

}  // namespace countyplan
