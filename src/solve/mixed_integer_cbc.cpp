#include <countyplan/solve/mixed_integer_cbc.hpp>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

#include <CbcCompareActual.hpp>
#include <CbcEventHandler.hpp>
#include <CbcHeuristic.hpp>
#include <CbcHeuristicFPump.hpp>
#include <CbcHeuristicLocal.hpp>
#include <CbcModel.hpp>
#include <CglClique.hpp>
#include <CglFlowCover.hpp>
#include <CglGomory.hpp>
#include <CglKnapsackCover.hpp>
#include <CglMixedIntegerRounding2.hpp>
#include <CglProbing.hpp>
#include <ClpEventHandler.hpp>
#include <CoinPackedMatrix.hpp>
#include <OsiClpSolverInterface.hpp>

#include <countyplan/error.hpp>
#include <countyplan/scalar/number.hpp>
#include <countyplan/solve/messages.hpp>
#include <countyplan/solve/proof/mixed_integer.hpp>

namespace countyplan {

namespace {

using Clock = std::chrono::steady_clock;

/// What both event handlers ask, and where they leave the reason.
struct Limits {
    const Stop& stop;
    const Progress& progress;
    double side;  ///< -1 where the problem is maximised
    Clock::time_point start = Clock::now();
    Clock::time_point last_tick = start;
    std::optional<Cause> cause = std::nullopt;

    bool stopped() {
        if (!cause && stop.token.stop_requested()) cause = Cause::cancelled;
        if (!cause && stop.time_limit && Clock::now() - start >= *stop.time_limit) cause = Cause::time;
        return cause.has_value();
    }
};

class IterationEvents : public ClpEventHandler {
  public:
    explicit IterationEvents(Limits& limits) : limits_(&limits) {}

    int event(Event which) override {
        if (which == endOfIteration && ++iterations_ % 16 != 0) return -1;
        return limits_->stopped() ? 5 : -1;
    }

    [[nodiscard]] ClpEventHandler* clone() const override { return new IterationEvents(*this); }

  private:
    Limits* limits_;
    int iterations_ = 0;
};

class NodeEvents : public CbcEventHandler {
  public:
    explicit NodeEvents(Limits& limits) : limits_(&limits) {}

    CbcAction event(CbcEvent) override {
        if (limits_->progress && model_ != nullptr) report();
        return limits_->stopped() ? stop : noAction;
    }

    [[nodiscard]] CbcEventHandler* clone() const override { return new NodeEvents(*this); }

  private:
    void report() {
        constexpr std::chrono::milliseconds between{300};
        const auto now = Clock::now();
        if (now - limits_->last_tick < between) return;
        limits_->last_tick = now;
        Tick tick;
        tick.elapsed = now - limits_->start;
        tick.steps = model_->getNodeCount();
        if (model_->getSolutionCount() > 0) tick.best = limits_->side * model_->getObjValue();
        tick.bound = limits_->side * model_->getBestPossibleObjValue();
        limits_->progress(tick);
    }

    Limits* limits_;
};

/// CBC's own infinity, and a count of its type.
double bound_of(double bound) { return std::isinf(bound) ? std::copysign(COIN_DBL_MAX, bound) : bound; }

void load(OsiClpSolverInterface& solver, const LinearProgram& linear) {
    constexpr auto most = static_cast<std::size_t>(std::numeric_limits<int>::max());
    if (linear.row.size() >= most) {
        throw InvalidProblem({message::solve_too_large, {to_text(linear.row.size())}}, "row");
    }
    std::vector<int> index(linear.row.begin(), linear.row.end());
    std::vector<CoinBigIndex> first;
    first.reserve(linear.first.size());
    for (const std::size_t at : linear.first)
        first.push_back(static_cast<CoinBigIndex>(at));
    const CoinPackedMatrix matrix(true, static_cast<int>(linear.rows()), static_cast<int>(linear.columns()),
                                  first.back(), linear.value.data(), index.data(), first.data(), nullptr);
    const auto bounds = [](std::vector<double> list) {
        std::transform(list.begin(), list.end(), list.begin(), bound_of);
        return list;
    };
    solver.loadProblem(matrix, bounds(linear.lower).data(), bounds(linear.upper).data(), linear.cost.data(),
                       bounds(linear.row_lower).data(), bounds(linear.row_upper).data());
}

void add_methods(CbcModel& model) {
    CglProbing probing;
    probing.setUsingObjective(1);
    probing.setMaxPass(1);
    probing.setMaxLook(10);
    CglGomory gomory;
    gomory.setLimit(300);
    CglKnapsackCover cover;
    CglClique clique;
    clique.setStarCliqueReport(false);
    clique.setRowCliqueReport(false);
    CglMixedIntegerRounding2 rounding;
    CglFlowCover flow;
    model.addCutGenerator(&probing, -1, "probing");
    model.addCutGenerator(&gomory, -1, "gomory");
    model.addCutGenerator(&cover, -1, "cover");
    model.addCutGenerator(&clique, -1, "clique");
    model.addCutGenerator(&rounding, -1, "rounding");
    model.addCutGenerator(&flow, -1, "flow");
    CbcRounding simple(model);
    CbcHeuristicFPump pump(model);
    pump.setMaximumPasses(20);
    CbcHeuristicLocal local(model);
    model.addHeuristic(&pump);
    model.addHeuristic(&simple);
    model.addHeuristic(&local);
}

BackendAnswer run_cbc(const MixedIntegerProgram& problem, const MixedIntegerOptions& options, const Stop& stop,
                      const Progress& progress) {
    const double side = problem.sense == Sense::minimise ? 1.0 : -1.0;
    Limits limits{stop, progress, side};
    BackendAnswer answer;
    const auto stopped = [&] {
        answer.termination = answer.x.empty() ? Termination::unknown : Termination::feasible;
        answer.cause = limits.cause.value_or(Cause::steps);
        return answer;
    };
    if (limits.stopped()) return stopped();
    OsiClpSolverInterface solver;
    solver.messageHandler()->setLogLevel(0);
    solver.setHintParam(OsiDoReducePrint, true, OsiHintDo);
    load(solver, relaxation(problem));
    for (std::size_t j = 0; j < problem.is_integer.size(); ++j) {
        if (problem.is_integer[j] != 0) solver.setInteger(static_cast<int>(j));
    }
    IterationEvents iterations(limits);
    solver.getModelPtr()->passInEventHandler(&iterations);
    solver.initialSolve();
    if (limits.stopped()) return stopped();
    if (solver.isProvenPrimalInfeasible()) {
        answer.termination = Termination::infeasible;
        return answer;
    }
    if (solver.isProvenOptimal()) {
        const double* dual = solver.getRowPrice();
        answer.root_dual.assign(dual, dual + problem.linear.rows());
    }

    CbcModel model(solver);
    model.setLogLevel(0);
    model.messageHandler()->setLogLevel(0);
    model.solver()->messageHandler()->setLogLevel(0);
    NodeEvents nodes(limits);
    model.passInEventHandler(&nodes);
    add_methods(model);
    model.setIntegerTolerance(1e-7);
    model.setAllowableGap(1e-10);
    model.setAllowableFractionGap(options.relative_gap);
    if (stop.time_limit) {
        const std::chrono::duration<double> rest = *stop.time_limit - (Clock::now() - limits.start);
        model.setMaximumSeconds(std::max(rest.count(), 0.0));
    }
    if (stop.step_limit) {
        model.setMaximumNodes(static_cast<int>(std::clamp<std::int64_t>(*stop.step_limit, 0, 2'000'000'000)));
    }
    model.branchAndBound();

    answer.steps = model.getNodeCount();
    if (model.bestSolution() != nullptr) {
        answer.x.assign(model.bestSolution(), model.bestSolution() + problem.linear.columns());
    }
    const double bound = model.getBestPossibleObjValue();
    if (std::abs(bound) < 1e49) answer.bound = side * bound;
    if (model.isProvenInfeasible() && answer.x.empty()) {
        answer.termination = Termination::infeasible;
        answer.bound.reset();
    } else if (model.isContinuousUnbounded()) {
        answer.termination = Termination::unbounded;
    } else if (model.isProvenOptimal() && !answer.x.empty()) {
        answer.termination = Termination::optimal;
    } else {
        if (!limits.stopped() && model.isSecondsLimitReached()) limits.cause = Cause::time;
        return stopped();
    }
    return answer;
}

}  // namespace

MixedIntegerBackend cbc_backend() { return {"cbc", run_cbc}; }

}  // namespace countyplan
