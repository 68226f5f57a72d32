// What did a solve answer and what proves it, as a file that somebody else can check?
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include <countyplan/io/solve_problem.hpp>

namespace countyplan {

/// The result of a `SolveProblem`, in the same order of alternatives.
using SolveResult = std::variant<MinCostFlowResult, AssignmentResult, SparseAssignmentResult, MaxFlowResult,
                                 MatchingResult, NestedFlowResult, ConvexFlowResult, LeximinResult>;

/// An answer with its certificate, and which problem it is of.
struct SolveRecord {
    Fingerprint problem = {};
    std::string method = {};  ///< by which it was found; proves nothing
    std::int64_t scale = 1;   ///< what the file's costs were multiplied by
    SolveResult result = {};

    friend bool operator==(const SolveRecord&, const SolveRecord&) = default;
};

/// One JSON object with all that `examine` needs; docs/format.md.
[[nodiscard]] std::string certificate_json(const SolveRecord& record);

struct SolveRecordReading {
    SolveRecord record = {};
    Findings findings = {};  ///< of form only
};

/// Reads what `certificate_json` writes; `name` stands for the file in findings.
[[nodiscard]] SolveRecordReading read_certificate(std::string bytes, const std::string& name,
                                                  const Limits& limits = ProblemOptions().limits);

/// What `solve/proof` says of a result that was read; refused at `problem` where the two differ in kind.
[[nodiscard]] Verdict examine(const SolveProblem& problem, const SolveResult& result);

[[nodiscard]] Termination termination_of(const SolveResult& result);
[[nodiscard]] Claim claim_of(const SolveResult& result);

/// The objective in the units of the file, exactly, as a decimal number: the total cost (one per tier), the
/// value of a flow, the size of a matching, the distinct values of groups from the worst. Empty where there is no
/// answer.
[[nodiscard]] std::vector<std::string> objective_of(const SolveResult& result, std::int64_t scale = 1);

}  // namespace countyplan
