// What problem of `solve/` does this file hold, in whichever of the usual formats?
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include <countyplan/io/file.hpp>
#include <countyplan/io/limits.hpp>
#include <countyplan/plan/finding.hpp>
#include <countyplan/plan/fingerprint.hpp>
#include <countyplan/scalar/enumerator.hpp>
#include <countyplan/solve/proof/assignment.hpp>
#include <countyplan/solve/proof/convex_flow.hpp>
#include <countyplan/solve/proof/leximin.hpp>
#include <countyplan/solve/proof/matching.hpp>
#include <countyplan/solve/proof/max_flow.hpp>
#include <countyplan/solve/proof/min_cost_flow.hpp>
#include <countyplan/solve/proof/nested_flow.hpp>
#include <countyplan/solve/proof/sparse_assignment.hpp>

namespace countyplan {

/// A problem that can be read from a file.
using SolveProblem = std::variant<MinCostFlowProblem, AssignmentProblem, SparseAssignmentProblem, MaxFlowProblem,
                                  MatchingProblem, NestedFlowProblem, ConvexFlowProblem, LeximinProblem>;

/// The alternatives of `SolveProblem`, in its order.
enum class ProblemKind {
    min_cost_flow,
    assignment,
    sparse_assignment,
    max_flow,
    matching,
    nested_flow,
    convex_flow,
    leximin
};

template <>
struct Enumerators<ProblemKind> {
    static constexpr MessageText words[] = {
        {"min_cost_flow", "最小费用流", "minimum-cost flow"},
        {"assignment", "指派", "assignment"},
        {"sparse_assignment", "稀疏指派", "sparse assignment"},
        {"max_flow", "最大流", "maximum flow"},
        {"matching", "最大匹配", "maximum matching"},
        {"nested_flow", "嵌套配额流", "flow with nested quotas"},
        {"convex_flow", "凸费用流", "convex-cost flow"},
        {"leximin", "字典序最大最小", "leximin flow"},
    };
};

[[nodiscard]] inline ProblemKind kind_of(const SolveProblem& problem) {
    return static_cast<ProblemKind>(problem.index());
}

/// docs/format.md says what each holds.
enum class ProblemFormat {
    dimacs_min,
    dimacs_max,
    dimacs_asn,
    or_library,         ///< n, then n * n costs that run over lines
    or_library_sparse,  ///< n, then lines `row column cost`
    cost_matrix,        ///< `n` or `rows columns`, then one line per row
    matrix_market,      ///< coordinate
    json,               ///< countyplan's own: every kind of problem
};

template <>
struct Enumerators<ProblemFormat> {
    static constexpr MessageText words[] = {
        {"dimacs_min", "DIMACS 最小费用流", "DIMACS minimum-cost flow"},
        {"dimacs_max", "DIMACS 最大流", "DIMACS maximum flow"},
        {"dimacs_asn", "DIMACS 指派", "DIMACS assignment"},
        {"or_library", "OR-Library 指派", "OR-Library assignment"},
        {"or_library_sparse", "OR-Library 稀疏指派", "OR-Library sparse assignment"},
        {"cost_matrix", "成本矩阵", "cost matrix"},
        {"matrix_market", "Matrix Market", "Matrix Market"},
        {"json", "JSON 问题", "JSON problem"},
    };
};

struct ProblemOptions {
    std::optional<ProblemFormat> format = std::nullopt;  ///< unset: by suffix and content
    std::int64_t scale = 1;  ///< every cost times this, a power of ten from 1 to 10^9, must be a whole number
    Limits limits = {.file_bytes = std::size_t{1} << 30};

    friend bool operator==(const ProblemOptions&, const ProblemOptions&) = default;
};

/// What was read, and everything found wrong with it, each with file, line and column or JSON Pointer.
/// Where there is no error, `examine` accepts the problem.
struct ProblemReading {
    SolveProblem problem = {};
    ProblemFormat format = ProblemFormat::json;
    Findings findings = {};
};

/// The format by the end of the name (`.min`, `.max`, `.asn`, `.mtx`, `.json`), then by the content; by a
/// name such as `assign100.txt` or `assignp800.txt` where the content leaves it open. Nothing where neither
/// tells.
[[nodiscard]] std::optional<ProblemFormat> problem_format_of(std::string_view name, std::string_view bytes);

/// Reads a text; `name` stands for the file in findings and helps to tell the format. No count in it is
/// believed before there are bytes for it. Time linear in the bytes; memory that of the text and the problem.
[[nodiscard]] ProblemReading read_problem_text(std::string bytes, const std::string& name,
                                               const ProblemOptions& options = {});

/// Reads a file. Throws `IoError` where the system refuses to read, `RefusedInput` where it is too large.
[[nodiscard]] ProblemReading read_problem(const std::string& path, const ProblemOptions& options = {},
                                          Files& files = real_files());

/// One JSON object that `read_problem_text` reads as the same problem.
[[nodiscard]] std::string problem_json(const SolveProblem& problem);

/// The JSON Schema of such objects.
[[nodiscard]] std::string problem_schema();

/// Equal problems of one kind have equal fingerprints on every machine, whatever files they come from.
[[nodiscard]] Fingerprint fingerprint_of(const SolveProblem& problem);

}  // namespace countyplan
