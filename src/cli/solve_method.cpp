#include "solve_method.hpp"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <sys/resource.h>

#include <countyplan/io/flaw.hpp>
#include <countyplan/solve/assignment.hpp>
#include <countyplan/solve/convex_flow.hpp>
#include <countyplan/solve/leximin.hpp>
#include <countyplan/solve/matching.hpp>
#include <countyplan/solve/max_flow.hpp>
#include <countyplan/solve/min_cost_flow.hpp>
#include <countyplan/solve/nested_flow.hpp>
#include <countyplan/solve/sparse_assignment.hpp>

#include "messages.hpp"
#include "usage.hpp"

namespace countyplan {

namespace {

/// The names of an enumeration's methods, or the one name where there is one method.
template <class Method>
std::vector<std::string_view> names_of_methods() {
    std::vector<std::string_view> out;
    for (const MessageText& word : Enumerators<Method>::words)
        out.push_back(word.code);
    return out;
}

constexpr std::string_view automatic = "automatic";
constexpr std::string_view max_flow_method = "push_relabel";
constexpr std::string_view leximin_method = "tiers";
constexpr std::string_view matching_method = "hopcroft_karp";

std::vector<std::string_view> methods_of(ProblemKind kind) {
    switch (kind) {
        case ProblemKind::min_cost_flow:
        case ProblemKind::convex_flow:
            return names_of_methods<FlowMethod>();
        case ProblemKind::assignment:
            return names_of_methods<AssignmentMethod>();
        case ProblemKind::sparse_assignment:
            return names_of_methods<SparseAssignmentMethod>();
        case ProblemKind::max_flow:
            return {automatic, max_flow_method};
        case ProblemKind::matching:
            return {automatic, matching_method};
        case ProblemKind::leximin:
            return {automatic, leximin_method};
        case ProblemKind::nested_flow:
            break;
    }
    std::vector<std::string_view> names = names_of_methods<NestedFlowMethod>();
    names.insert(names.begin(), automatic);
    return names;
}

double peak_rss_mib() {
    struct rusage usage {};
    if (::getrusage(RUSAGE_SELF, &usage) != 0) return 0;
    return static_cast<double>(usage.ru_maxrss) / 1024.0;  // Linux counts KiB
}

template <class Problem, class Options>
Solved answer(const Problem& problem, const Options& options, std::string method, const Stop& stop,
              const Progress& progress) {
    Solved out;
    out.method = std::move(method);
    const auto start = std::chrono::steady_clock::now();
    auto result = solve(problem, options, stop, progress);
    out.elapsed = std::chrono::steady_clock::now() - start;
    out.peak_rss_mib = peak_rss_mib();
    out.verdict = examine(problem, result);
    out.result = std::move(result);
    return out;
}

Solved answer(const MinCostFlowProblem& problem, const std::string& method, const Stop& stop,
              const Progress& progress) {
    const MinCostFlowOptions options{.method = *enumerator<FlowMethod>(method)};
    return answer(problem, options, method, stop, progress);
}

Solved answer(const ConvexFlowProblem& problem, const std::string& method, const Stop& stop, const Progress& progress) {
    const MinCostFlowOptions options{.method = *enumerator<FlowMethod>(method)};
    return answer(problem, options, method, stop, progress);
}

/// A table of small costs in half the memory.
std::optional<AssignmentProblem32> narrowed(const AssignmentProblem& problem) {
    AssignmentProblem32 out{.rows = problem.rows, .columns = problem.columns, .cost = {}};
    out.cost.reserve(problem.cost.size());
    for (const std::int64_t cost : problem.cost) {
        if (cost == AssignmentProblem::no_pair) {
            out.cost.push_back(AssignmentProblem32::no_pair);
        } else if (cost >= AssignmentProblem32::min_cost && cost <= AssignmentProblem32::max_cost) {
            out.cost.push_back(static_cast<std::int32_t>(cost));
        } else {
            return std::nullopt;
        }
    }
    return out;
}

Solved answer(AssignmentProblem& problem, const std::string& method, const Stop& stop, const Progress& progress) {
    const AssignmentOptions options{.method = *enumerator<AssignmentMethod>(method)};
    const auto small = narrowed(problem);
    if (!small) return answer(problem, options, method, stop, progress);
    problem = {};
    return answer(*small, options, method, stop, progress);
}

Solved answer(const SparseAssignmentProblem& problem, const std::string& method, const Stop& stop,
              const Progress& progress) {
    const SparseAssignmentOptions options{.method = *enumerator<SparseAssignmentMethod>(method)};
    return answer(problem, options, method, stop, progress);
}

Solved answer(const MaxFlowProblem& problem, const std::string&, const Stop& stop, const Progress& progress) {
    return answer(problem, MaxFlowOptions{}, std::string(max_flow_method), stop, progress);
}

Solved answer(const MatchingProblem& problem, const std::string&, const Stop& stop, const Progress& progress) {
    return answer(problem, MatchingOptions{}, std::string(matching_method), stop, progress);
}

Solved answer(const LeximinProblem& problem, const std::string&, const Stop& stop, const Progress& progress) {
    return answer(problem, LeximinOptions{}, std::string(leximin_method), stop, progress);
}

Solved answer(const NestedFlowProblem& problem, const std::string& method, const Stop& stop, const Progress& progress) {
    const NestedFlowOptions options{.method =
                                        enumerator<NestedFlowMethod>(method).value_or(NestedFlowOptions().method)};
    return answer(problem, options, std::string(name(options.method)), stop, progress);
}

}  // namespace

void require_method(ProblemKind kind, const std::string& method) {
    const std::vector<std::string_view> known = methods_of(kind);
    if (std::ranges::count(known, method) > 0) return;
    std::string choices;
    for (const std::string_view name : known)
        choices += (choices.empty() ? "" : ", ") + std::string(name);
    throw UsageError(Message(message::cli_unknown_choice, {"--method", excerpt(method), choices}));
}

Solved solve_problem(SolveProblem&& problem, const std::string& method, const Stop& stop, const Progress& progress) {
    return std::visit([&](auto& of_its_kind) { return answer(of_its_kind, method, stop, progress); }, problem);
}

}  // namespace countyplan
