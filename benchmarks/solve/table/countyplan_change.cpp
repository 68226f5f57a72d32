// Our own solvers after a change: "countyplan-repair" states a change of the cost that the answer pays for one row or
// item to what keeps the problem and its answer, and brings the answer up to date, each run after another one;
// "countyplan-warm-start" solves after one cost in a hundred has changed, always from the same answer. Every answer is
// verified before the next change.
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
#include <countyplan/solve/assignment_state.hpp>
#include <countyplan/solve/nested_flow.hpp>
#include <countyplan/solve/sparse_assignment.hpp>
#include <countyplan/solve/sparse_assignment_state.hpp>

#include "own_problem.hpp"
#include "subject.hpp"

namespace bench {

namespace {

using namespace countyplan;

// A problem kept with its answer, one form for each kind of instance: whether the answer pays a cost for a row or item;
// any cost of the instance; a change of the cost paid, and the answer after it.

class DenseRepair {
  public:
    explicit DenseRepair(const AssignmentProblem32& problem) : state_(problem), rows_(problem.rows) {}

    [[nodiscard]] std::size_t rows() const { return rows_; }
    [[nodiscard]] bool pays(std::uint32_t) const { return true; }
    [[nodiscard]] std::int64_t cost_at(std::uint64_t any) const {
        return state_.cost(static_cast<std::uint32_t>(any / state_.columns() % state_.rows()),
                           static_cast<std::uint32_t>(any % state_.columns()));
    }
    void change(std::uint32_t row, std::int64_t cost) {
        state_.set_cost(row, state_.column_of(row), cost);
        state_.repair();
    }
    [[nodiscard]] AssignmentProblem problem() const { return state_.problem(); }
    [[nodiscard]] AssignmentResult result() const { return state_.result(); }

  private:
    AssignmentState state_;
    std::size_t rows_;
};

class SparseRepair {
  public:
    explicit SparseRepair(SparseAssignmentProblem32 problem) : state_(problem), cost_(std::move(problem.cost)) {}

    [[nodiscard]] std::size_t rows() const { return state_.rows(); }
    [[nodiscard]] bool pays(std::uint32_t row) const {
        return state_.column_of(row) != SparseAssignmentResult::unmatched;
    }
    [[nodiscard]] std::int64_t cost_at(std::uint64_t any) const { return cost_[any % cost_.size()]; }
    void change(std::uint32_t row, std::int64_t cost) {
        state_.set_cost(row, state_.column_of(row), cost);
        state_.repair();
    }
    [[nodiscard]] SparseAssignmentProblem problem() const { return state_.problem(); }
    [[nodiscard]] SparseAssignmentResult result() const { return state_.result(); }

  private:
    SparseAssignmentState state_;
    std::vector<std::int32_t> cost_;
};

class StaffingRepair {
  public:
    explicit StaffingRepair(NestedFlowProblem32 problem)
        : problem_(std::move(problem)), result_(countyplan::solve(problem_)) {}

    [[nodiscard]] std::size_t rows() const { return problem_.items(); }
    [[nodiscard]] bool pays(std::uint32_t item) const { return result_.pair_of[item] != NestedFlowResult::unpaired; }
    [[nodiscard]] std::int64_t cost_at(std::uint64_t any) const { return problem_.cost[any % problem_.cost.size()]; }
    void change(std::uint32_t item, std::int64_t cost) {
        problem_.cost[result_.pair_of[item]] = static_cast<std::int32_t>(cost);
        auto& potentials = std::get<NestedFlowPotentials>(result_.certificate);
        result_ = solve_from(problem_, {std::move(result_.pair_of), std::move(potentials)});
    }
    [[nodiscard]] const NestedFlowProblem32& problem() const { return problem_; }
    [[nodiscard]] const NestedFlowResult& result() const { return result_; }

  private:
    NestedFlowProblem32 problem_;
    NestedFlowResult result_;
};

template <class Repair>
class RepairedSubject final : public Subject {
  public:
    template <class Problem>
    explicit RepairedSubject(Problem problem) : bytes_(bytes_of(problem)), repair_(std::move(problem)), stream_(1) {}

    void prepare() override {
        certified_ = certified_ && last_is_certified();
        do {
            row_ = static_cast<std::uint32_t>(stream_.word() % repair_.rows());
        } while (!repair_.pays(row_));
        cost_ = repair_.cost_at(stream_.word());
    }
    void solve() override { repair_.change(row_, cost_); }
    [[nodiscard]] std::string objective() const override { return objective_of(repair_.result()); }
    [[nodiscard]] std::optional<bool> is_certified() const override { return certified_ && last_is_certified(); }
    [[nodiscard]] std::size_t bytes() const override { return bytes_; }
    [[nodiscard]] std::size_t answer_bytes() const override { return bytes_of(repair_.result()); }

  private:
    [[nodiscard]] bool last_is_certified() const {
        return repair_.result().termination == Termination::optimal && verify(repair_.problem(), repair_.result());
    }

    std::size_t bytes_;
    Repair repair_;
    given::InstanceStream stream_;
    std::uint32_t row_ = 0;
    std::int64_t cost_ = 0;
    bool certified_ = true;
};

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
class RestartedSubject final : public Subject {
  public:
    explicit RestartedSubject(Problem problem)
        : problem_(std::move(problem)), stream_(1), before_(countyplan::solve(problem_)), original_(problem_.cost) {
        result_ = before_;
    }

    void prepare() override {
        certified_ = certified_ && last_is_certified();
        problem_.cost = original_;
        for (std::size_t i = 0; i < problem_.cost.size() / 100; ++i)
            problem_.cost[any()] = problem_.cost[any()];  // it becomes what another one is
    }
    void solve() override { result_ = restarted(problem_, before_); }
    [[nodiscard]] std::string objective() const override { return objective_of(result_); }
    [[nodiscard]] std::optional<bool> is_certified() const override { return certified_ && last_is_certified(); }
    [[nodiscard]] std::size_t bytes() const override { return bytes_of(problem_); }
    [[nodiscard]] std::size_t answer_bytes() const override { return bytes_of(result_); }

  private:
    [[nodiscard]] std::size_t any() { return stream_.word() % problem_.cost.size(); }
    [[nodiscard]] bool last_is_certified() const {
        return result_.termination == Termination::optimal && verify(problem_, result_);
    }

    using Result = decltype(countyplan::solve(std::declval<const Problem&>()));

    Problem problem_;
    given::InstanceStream stream_;
    Result before_, result_;
    std::vector<std::int32_t> original_;
    bool certified_ = true;
};

template <class Repair, class Problem>
std::unique_ptr<Subject> changed(Problem problem, bool one) {
    if (one) return std::make_unique<RepairedSubject<Repair>>(std::move(problem));
    return std::make_unique<RestartedSubject<Problem>>(std::move(problem));
}

}  // namespace

std::unique_ptr<Subject> countyplan_change(std::string_view solver, Instance& instance) {
    const bool one = solver == "countyplan-repair";
    if (!one && solver != "countyplan-warm-start") return nullptr;
    if (auto* dense = std::get_if<given::DenseInstance>(&instance)) {
        return changed<DenseRepair>(assignment(std::exchange(*dense, {})), one);
    }
    if (auto* sparse = std::get_if<given::SparseInstance>(&instance)) {
        return changed<SparseRepair>(sparse_assignment(std::exchange(*sparse, {})), one);
    }
    if (auto* staffing = std::get_if<given::StaffingInstance>(&instance)) {
        return changed<StaffingRepair>(nested_flow(std::exchange(*staffing, {})), one);
    }
    return nullptr;
}

}  // namespace bench
