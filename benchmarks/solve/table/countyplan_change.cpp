// Our own solvers after a change: "countyplan-repair" solves again after the cost of one pair that the answer
// uses has changed, each run after another one; "countyplan-warm-start" after one cost in a hundred has,
// always from the same answer. Every answer is verified before the next change.
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <countyplan/solve/assignment.hpp>
#include <countyplan/solve/nested_flow.hpp>
#include <countyplan/solve/sparse_assignment.hpp>

#include "own_problem.hpp"
#include "subject.hpp"

namespace bench {

namespace {

using namespace countyplan;

// The number of the cost that the answer pays for this row or item, if any.

std::optional<std::size_t> paid_by(const AssignmentProblem32& problem, const AssignmentResult& result,
                                   std::size_t row) {
    return row * problem.columns + result.column_of[row];
}
std::optional<std::size_t> paid_by(const SparseAssignmentProblem32& problem, const SparseAssignmentResult& result,
                                   std::size_t row) {
    for (std::size_t k = problem.first[row]; k < problem.first[row + 1]; ++k) {
        if (problem.column[k] == result.column_of[row]) return k;
    }
    return std::nullopt;
}
std::optional<std::size_t> paid_by(const NestedFlowProblem32&, const NestedFlowResult& result, std::size_t item) {
    if (result.pair_of[item] == NestedFlowResult::unpaired) return std::nullopt;
    return result.pair_of[item];
}

std::size_t rows_of(const AssignmentProblem32& problem) { return problem.rows; }
std::size_t rows_of(const SparseAssignmentProblem32& problem) { return problem.rows; }
std::size_t rows_of(const NestedFlowProblem32& problem) { return problem.items(); }

// Solving again from the answer before a change of one cost, which is used up.

AssignmentResult repaired(const AssignmentProblem32& problem, AssignmentResult previous, std::size_t changed) {
    const auto row = static_cast<std::uint32_t>(changed / problem.columns);
    const auto column = static_cast<std::uint32_t>(changed % problem.columns);
    return repair(problem, std::move(previous), {.kind = AssignmentChangeKind::cost, .row = row, .column = column});
}
SparseAssignmentResult repaired(const SparseAssignmentProblem32& problem, SparseAssignmentResult previous,
                                std::size_t) {
    auto& prices = std::get<SparseAssignmentPrices>(previous.certificate);
    return solve_from(problem, {std::move(previous.column_of), std::move(prices.column)});
}
NestedFlowResult repaired(const NestedFlowProblem32& problem, NestedFlowResult previous, std::size_t) {
    auto& potentials = std::get<NestedFlowPotentials>(previous.certificate);
    return solve_from(problem, {std::move(previous.pair_of), std::move(potentials)});
}

// Solving again from the answer to a problem whose costs were a little different.

AssignmentResult restarted(const AssignmentProblem32& problem, const AssignmentResult& before) {
    const auto& prices = std::get<AssignmentPrices>(before.certificate);
    return solve(problem, AssignmentOptions{.start = {prices.column, before.column_of}});
}
SparseAssignmentResult restarted(const SparseAssignmentProblem32& problem, const SparseAssignmentResult& before) {
    const auto& prices = std::get<SparseAssignmentPrices>(before.certificate);
    return solve_from(problem, {before.column_of, prices.column});
}
NestedFlowResult restarted(const NestedFlowProblem32& problem, const NestedFlowResult& before) {
    return solve_from(problem, {before.pair_of, std::get<NestedFlowPotentials>(before.certificate)});
}

template <class Problem>
class ChangedSubject final : public Subject {
  public:
    ChangedSubject(Problem problem, bool one) : problem_(std::move(problem)), one_(one), stream_(1) {
        result_ = countyplan::solve(problem_);
        if (one_) return;
        before_ = result_;
        original_ = problem_.cost;
    }

    void prepare() override {
        certified_ = certified_ && last_is_certified();
        if (one_) {
            std::optional<std::size_t> paid;
            while (!paid)
                paid = paid_by(problem_, result_, stream_.word() % rows_of(problem_));
            change(changed_ = *paid);
            return;
        }
        problem_.cost = original_;
        for (std::size_t i = 0; i < problem_.cost.size() / 100; ++i)
            change(any());
    }
    void solve() override {
        result_ = one_ ? repaired(problem_, std::move(result_), changed_) : restarted(problem_, before_);
    }
    [[nodiscard]] std::string objective() const override { return objective_of(result_); }
    [[nodiscard]] std::optional<bool> is_certified() const override { return certified_ && last_is_certified(); }
    [[nodiscard]] std::size_t bytes() const override { return bytes_of(problem_); }
    [[nodiscard]] std::size_t answer_bytes() const override { return bytes_of(result_); }

  private:
    [[nodiscard]] std::size_t any() { return stream_.word() % problem_.cost.size(); }
    /// It becomes what another one is.
    void change(std::size_t number) { problem_.cost[number] = problem_.cost[any()]; }
    [[nodiscard]] bool last_is_certified() const {
        return result_.termination == Termination::optimal && verify(problem_, result_);
    }

    using Result = decltype(countyplan::solve(std::declval<const Problem&>()));

    Problem problem_;
    bool one_;
    given::InstanceStream stream_;
    Result result_, before_;
    std::vector<std::int32_t> original_;
    std::size_t changed_ = 0;
    bool certified_ = true;
};

template <class Problem>
std::unique_ptr<Subject> changed(Problem problem, bool one) {
    return std::make_unique<ChangedSubject<Problem>>(std::move(problem), one);
}

}  // namespace

std::unique_ptr<Subject> countyplan_change(std::string_view solver, Instance& instance) {
    const bool one = solver == "countyplan-repair";
    if (!one && solver != "countyplan-warm-start") return nullptr;
    if (auto* dense = std::get_if<given::DenseInstance>(&instance)) {
        return changed(assignment(std::exchange(*dense, {})), one);
    }
    if (auto* sparse = std::get_if<given::SparseInstance>(&instance)) {
        return changed(sparse_assignment(std::exchange(*sparse, {})), one);
    }
    if (auto* staffing = std::get_if<given::StaffingInstance>(&instance)) {
        return changed(nested_flow(std::exchange(*staffing, {})), one);
    }
    return nullptr;
}

}  // namespace bench
