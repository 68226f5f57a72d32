// Our own solvers. The automatic choice is called "countyplan", a forced method "countyplan-<method>";
// "countyplan-min-cost-flow" solves a structured instance as a plain network.
#include <cstddef>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include <countyplan/solve/assignment.hpp>
#include <countyplan/solve/longest_path.hpp>
#include <countyplan/solve/matching.hpp>
#include <countyplan/solve/max_flow.hpp>
#include <countyplan/solve/min_cost_flow.hpp>
#include <countyplan/solve/nested_flow.hpp>
#include <countyplan/solve/sparse_assignment.hpp>

#include "own_problem.hpp"
#include "subject.hpp"

namespace bench {

namespace {

using namespace countyplan;

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
    [[nodiscard]] std::size_t answer_bytes() const override { return bytes_of(result_); }

  private:
    Problem problem_;
    Options options_;
    decltype(countyplan::solve(std::declval<const Problem&>(), std::declval<const Options&>())) result_;
};

template <class Options, class Problem>
std::unique_ptr<Subject> own(Problem problem, Options options = {}) {
    return std::make_unique<OwnSubject<Problem, Options>>(std::move(problem), options);
}

/// With the method of this name, or the default one if none is named; nothing if there is no such method.
template <class Options, class Problem>
std::unique_ptr<Subject> by_method(Problem problem, std::string_view name) {
    Options options;
    using Method = decltype(options.method);
    constexpr std::size_t count = std::size(Enumerators<Method>::words);
    bool known = name.empty();
    for (std::size_t i = 0; i < count && !known; ++i) {
        std::string word(Enumerators<Method>::words[i].code);
        for (char& c : word)
            c = c == '_' ? '-' : c;
        known = word == name;
        options.method = static_cast<Method>(i);
    }
    return known ? own(std::move(problem), options) : nullptr;
}

/// How each kind of instance is solved; the instance is used up.
struct Chooser {
    std::string_view method;

    std::unique_ptr<Subject> operator()(given::DenseInstance& instance) const {
        if (is_flow()) return flow(given::circulation(std::exchange(instance, {})));
        return by_method<AssignmentOptions>(assignment(std::exchange(instance, {})), method);
    }
    std::unique_ptr<Subject> operator()(given::SparseInstance& instance) const {
        if (is_flow()) return flow(given::circulation(std::exchange(instance, {})));
        return by_method<SparseAssignmentOptions>(sparse_assignment(std::exchange(instance, {})), method);
    }
    std::unique_ptr<Subject> operator()(given::StaffingInstance& instance) const {
        if (is_flow()) return flow(given::circulation(std::exchange(instance, {})));
        return by_method<NestedFlowOptions>(nested_flow(std::exchange(instance, {})), method);
    }
    std::unique_ptr<Subject> operator()(given::Circulation& network) const { return flow(std::exchange(network, {})); }
    std::unique_ptr<Subject> operator()(given::TaskInstance& instance) const {
        return own<LongestPathOptions>(longest_path(std::exchange(instance, {})));
    }
    std::unique_ptr<Subject> operator()(MatchingInstance& instance) const {
        return own<MatchingOptions>(matching(std::exchange(instance, {}).choice));
    }
    std::unique_ptr<Subject> operator()(FlowInstance& instance) const {
        return own<MaxFlowOptions>(max_flow(std::exchange(instance, {}).network));
    }

  private:
    [[nodiscard]] bool is_flow() const { return method == "min-cost-flow"; }
    static std::unique_ptr<Subject> flow(const given::Circulation& network) {
        return own<MinCostFlowOptions>(min_cost_flow(network));
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
