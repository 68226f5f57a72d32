#include "solve.hpp"

#include <string>
#include <utility>

#include <countyplan/io/certificate.hpp>
#include <countyplan/io/file.hpp>

#include "messages.hpp"

namespace countyplan {

namespace {

std::string joined(const std::vector<std::string>& parts) {
    std::string out;
    for (const std::string& part : parts)
        out += (out.empty() ? "" : ", ") + part;
    return out;
}

}  // namespace

SolveCheck check_solve(const std::string& problem_path, const std::string& certificate_path,
                       std::optional<ProblemFormat> format, const std::function<void(const Message&)>& say) {
    ProblemOptions options{.format = format};
    const SolveRecordReading stated =
        read_certificate(read_file(certificate_path, options.limits), certificate_path, options.limits);
    if (has_errors(stated.findings)) return {.unreadable = stated.findings, .file = certificate_path};
    options.scale = stated.record.scale;
    ProblemReading reading = read_problem(problem_path, options);
    if (has_errors(reading.findings)) return {.unreadable = std::move(reading.findings), .file = problem_path};
    const SolveProblem& problem = reading.problem;
    say(Message(message::checked_problem, {word(kind_of(problem)), word(reading.format)}));

    const auto object = [&](std::string key, Message why) {
        return SolveCheck{.objection = Objection{certificate_path, std::move(key), std::move(why)}};
    };
    const SolveRecord& record = stated.record;
    if (record.result.index() != problem.index()) {
        return object("problem",
                      Message(message::fault_problem_kind,
                              {word(static_cast<ProblemKind>(record.result.index())), word(kind_of(problem))}));
    }
    if (const Fingerprint digest = fingerprint_of(problem); digest != record.problem) {
        return object("digest", Message(message::fault_problem_digest, {to_text(record.problem), to_text(digest)}));
    }
    say(Message(message::checked_problem_digest, {to_text(record.problem)}));
    if (Verdict verdict = examine(problem, record.result); !verdict.accepted) {
        return object(verdict.place.empty() ? "-" : verdict.place, std::move(verdict.why));
    }
    const std::vector<std::string> objective = objective_of(record.result, record.scale);
    say(Message(message::checked_answer, {word(termination_of(record.result)), word(claim_of(record.result))}));
    if (!objective.empty()) say(Message(message::checked_objective, {joined(objective)}));
    return {};
}

}  // namespace countyplan
