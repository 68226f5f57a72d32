// Our own solvers. The automatic choice is called "countyplan", a forced method "countyplan-<method>";
// "countyplan-min-cost-flow" solves a structured instance as a plain network.
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <countyplan/solve/assignment.hpp>
#include <countyplan/solve/longest_path.hpp>
#include <countyplan/solve/matching.hpp>
#include <countyplan/solve/max_flow.hpp>
#include <countyplan/solve/min_cost_flow.hpp>
#include <countyplan/solve/sparse_assignment.hpp>

#include "subject.hpp"

namespace bench {

namespace {

using namespace countyplan;

template <class... T>
std::size_t sum_of_bytes(const std::vector<T>&... lists) {
    return (std::size_t{0} + ... + (lists.size() * sizeof(T)));
}

std::size_t bytes_of(const AssignmentProblem32& p) { return sum_of_bytes(p.cost); }
std::size_t bytes_of(const SparseAssignmentProblem32& p) { return sum_of_bytes(p.first, p.column, p.cost); }
std::size_t bytes_of(const MinCostFlowProblem& p) {
    return sum_of_bytes(p.supply, p.tail, p.head, p.lower, p.upper, p.cost);
}
std::size_t bytes_of(const MaxFlowProblem& p) { return sum_of_bytes(p.tail, p.head, p.capacity); }
std::size_t bytes_of(const MatchingProblem& p) { return sum_of_bytes(p.first, p.column); }
std::size_t bytes_of(const LongestPathProblem& p) {
    return sum_of_bytes(p.tail, p.head, p.length, p.release, p.deadline, p.span);
}

std::string objective_of(const AssignmentResult& r) { return to_text(r.objective); }
std::string objective_of(const SparseAssignmentResult& r) { return to_text(r.objective); }
std::string objective_of(const MinCostFlowResult& r) { return r.cost.empty() ? "none" : to_text(r.cost.front()); }
std::string objective_of(const MaxFlowResult& r) { return to_text(r.value); }
std::string objective_of(const MatchingResult& r) { return std::to_string(r.size); }
/// The makespan and the sum of all slacks.
std::string objective_of(const LongestPathResult& r) {
    std::int64_t slack = 0;
    for (std::size_t v = 0; v < r.latest.size(); ++v)
        slack += r.latest[v] - r.earliest[v];
    return std::to_string(r.horizon) + " " + std::to_string(slack);
}

template <class Problem, class Options>
class OwnSubject final : public Subject {
  public:
    OwnSubject(Problem problem, Options options) : problem_(std::move(problem)), options_(options) {}

    void prepare() override { result_ = {}; }
    void solve() override { result_ = countyplan::solve(problem_, options_); }
    [[nodiscard]] std::string objective() const override { return objective_of(result_); }
    [[nodiscard]] std::optional<bool> is_certified() const override {
        return result_.termination == Termination::optimal && verify(problem_, result_);
    }
    [[nodiscard]] std::size_t bytes() const override { return bytes_of(problem_); }

  private:
    Problem problem_;
    Options options_;
    decltype(countyplan::solve(std::declval<const Problem&>(), std::declval<const Options&>())) result_;
};

template <class Problem, class Options = MinCostFlowOptions>
std::unique_ptr<Subject> own(Problem problem, Options options = {}) {
    return std::make_unique<OwnSubject<Problem, Options>>(std::move(problem), options);
}

/// The named method of an options struct; nothing if there is none of this name.
template <class Options, class Method>
std::optional<Options> with_method(std::string_view name,
                                   std::initializer_list<std::pair<std::string_view, Method>> methods) {
    Options options;
    if (name.empty()) return options;
    for (const auto& [word, method] : methods) {
        options.method = method;
        if (word == name) return options;
    }
    return std::nullopt;
}

template <class Wide, class Narrow>
std::vector<Wide> widened(const std::vector<Narrow>& numbers) {
    return std::vector<Wide>(numbers.begin(), numbers.end());
}

MinCostFlowProblem min_cost_flow(const given::Circulation& network) {
    const std::size_t nodes = given::at(network.nodes);
    return {.nodes = nodes,
            .supply = std::vector<std::int64_t>(nodes, 0),
            .tail = widened<std::uint32_t>(network.tail),
            .head = widened<std::uint32_t>(network.head),
            .lower = widened<std::int64_t>(network.lower),
            .upper = widened<std::int64_t>(network.upper),
            .cost = widened<std::int64_t>(network.cost)};
}

MaxFlowProblem max_flow(const given::Circulation& network) {
    MaxFlowProblem problem{.nodes = given::at(network.nodes),
                           .source = static_cast<std::uint32_t>(network.head.back()),
                           .sink = static_cast<std::uint32_t>(network.tail.back()),
                           .tail = widened<std::uint32_t>(network.tail),
                           .head = widened<std::uint32_t>(network.head),
                           .capacity = widened<std::int64_t>(network.upper)};
    problem.capacity.back() = 0;  // the arc back
    return problem;
}

SparseAssignmentProblem32 sparse_assignment(given::SparseInstance instance) {
    return {.rows = given::at(instance.experts),
            .columns = given::at(instance.posts),
            .first = widened<std::size_t>(instance.first),
            .column = widened<std::uint32_t>(instance.post),
            .cost = std::move(instance.cost),
            .unmatched_row = {instance.penalty}};
}

MatchingProblem matching(const given::SparseInstance& instance) {
    return {.rows = given::at(instance.experts),
            .columns = given::at(instance.posts),
            .first = widened<std::size_t>(instance.first),
            .column = widened<std::uint32_t>(instance.post)};
}

LongestPathProblem longest_path(const given::TaskInstance& instance) {
    LongestPathProblem problem{.nodes = instance.duration.size(),
                               .tail = widened<std::uint32_t>(instance.from),
                               .head = widened<std::uint32_t>(instance.to),
                               .release = std::vector<std::int64_t>(instance.duration.size(), 0),
                               .span = widened<std::int64_t>(instance.duration)};
    for (const std::uint32_t task : problem.tail)
        problem.length.push_back(problem.span[task]);
    return problem;
}

/// How each kind of instance is solved by the method named.
struct Chooser {
    std::string_view method;

    std::unique_ptr<Subject> operator()(given::DenseInstance& instance) const {
        if (method == "min-cost-flow") return own(min_cost_flow(given::circulation(std::exchange(instance, {}))));
        const auto options = with_method<AssignmentOptions, AssignmentMethod>(
            method, {{"auction", AssignmentMethod::auction},
                     {"core", AssignmentMethod::core},
                     {"shortest-path", AssignmentMethod::shortest_path}});
        if (!options) return nullptr;
        return own(AssignmentProblem32{.rows = given::at(instance.rows),
                                       .columns = given::at(instance.columns),
                                       .cost = std::move(instance.cost)},
                   *options);
    }
    std::unique_ptr<Subject> operator()(given::SparseInstance& instance) const {
        if (method == "min-cost-flow") return own(min_cost_flow(given::circulation(std::exchange(instance, {}))));
        const auto options = with_method<SparseAssignmentOptions, SparseAssignmentMethod>(
            method,
            {{"auction", SparseAssignmentMethod::auction}, {"shortest-path", SparseAssignmentMethod::shortest_path}});
        if (!options) return nullptr;
        return own(sparse_assignment(std::exchange(instance, {})), *options);
    }
    std::unique_ptr<Subject> operator()(given::StaffingInstance& instance) const {
        return own(min_cost_flow(given::circulation(std::exchange(instance, {}))));
    }
    std::unique_ptr<Subject> operator()(given::Circulation& network) const {
        return own(min_cost_flow(std::exchange(network, {})));
    }
    std::unique_ptr<Subject> operator()(given::TaskInstance& instance) const {
        return own(longest_path(std::exchange(instance, {})), LongestPathOptions{});
    }
    std::unique_ptr<Subject> operator()(MatchingInstance& instance) const {
        return own(matching(std::exchange(instance, {}).choice), MatchingOptions{});
    }
    std::unique_ptr<Subject> operator()(FlowInstance& instance) const {
        return own(max_flow(std::exchange(instance, {}).network), MaxFlowOptions{});
    }
};

}  // namespace

std::unique_ptr<Subject> countyplan_subject(std::string_view solver, Instance& instance) {
    constexpr std::string_view prefix = "countyplan";
    if (!solver.starts_with(prefix)) return nullptr;
    solver.remove_prefix(prefix.size());
    if (solver.starts_with("-")) solver.remove_prefix(1);
    return std::visit(Chooser{solver}, instance);
}

}  // namespace bench
