// The solver's half of leximin: the best worst value, then tier after tier, branching where a step splits.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <variant>
#include <vector>

#include <countyplan/error.hpp>
#include <countyplan/separate.hpp>
#include <countyplan/solve/impl/leximin_relaxation.hpp>
#include <countyplan/solve/impl/leximin_search.hpp>
#include <countyplan/solve/leximin.hpp>

namespace countyplan::detail {

/// Branches over boxes of flows, depth first, and writes the proof as it goes.
class LeximinTree {
  public:
    LeximinTree(const LeximinProblem& problem, const LeximinValues& values, SearchClock& clock)
        : problem_(problem), values_(values), clock_(clock), box_(without_costs(problem)) {}

    /// From a flow whose worst rank is the best; fills everything of the result but `steps`.
    void run(const std::vector<std::int64_t>& flow, std::size_t worst, LeximinResult& result) {
        offer(flow);
        bool root = true;
        do {
            const auto cause = clock_.must_end();
            const End end = cause ? End::stopped : solve_box(root ? &flow : nullptr, worst);
            if (cause) cause_ = *cause;
            root = false;
            if (end == End::stopped) return give_up(result);
            if (end == End::leaf) next_box();
        } while (!done_);
        result.termination = Termination::optimal;
        result.cause = Cause::proved;
        result.claim = Claim::proved;
        result.settled = values_.tiers();
        result.flow = std::move(best_);
        result.proof = std::move(proof_);
    }

  private:
    enum class End { leaf, branched, stopped };

    struct Open {
        std::uint32_t arc;
        std::int64_t threshold, lower, upper;
        bool above;
    };

    /// How the solved tiers' bounds compare with the best counts: above 0 if they forbid a better flow.
    [[nodiscard]] int compare(const std::vector<LeximinRelaxation::Bound>& bounds, std::size_t& tier) const {
        for (tier = 0; tier < bounds.size(); ++tier) {
            const int128 cost = int128{bounds[tier].scale} * count_[tier];
            if (bounds[tier].cost != cost) return bounds[tier].cost > cost ? 1 : -1;
        }
        return 0;
    }

    /// Solves the box, the root from the flow given.
    End solve_box(const std::vector<std::int64_t>* given, std::size_t worst) {
        MinCostFlowResult found;
        if (given == nullptr) {
            found = clock_.solve(box_);
            if (found.termination == Termination::infeasible) {
                proof_.emplace_back(std::get<ViolatedCut>(std::move(found.certificate)));
                return End::leaf;
            }
            if (found.termination != Termination::optimal) {
                cause_ = found.cause;
                return End::stopped;
            }
        }
        LeximinRelaxation relaxation(problem_, values_, box_, given != nullptr ? *given : found.flow);
        if (given != nullptr) relaxation.lift_all(worst);
        std::vector<LeximinRelaxation::Bound> bounds;
        LeximinBound proof;
        for (;;) {
            const bool solved = relaxation.advance(clock_, bounds, proof);
            offer(relaxation.flow());
            if (given != nullptr) {
                root_ = proof;
                root_bounds_ = bounds;
            }
            if (!solved) {
                cause_ = relaxation.cause();
                return End::stopped;
            }
            std::size_t tier = 0;
            const int order = compare(bounds, tier);
            if (order < 0) {
                branch(relaxation.branch(tier));
                return End::branched;
            }
            if (order > 0 || bounds.size() == values_.tiers()) {
                proof_.emplace_back(std::move(proof));
                return End::leaf;
            }
        }
    }

    void branch(const LeximinBranch& at) {
        proof_.emplace_back(at);
        const std::uint32_t arc = problem_.group_arc[at.group];
        const std::int64_t threshold = problem_.threshold[at.step];
        open_.push_back({arc, threshold, box_.lower[arc], box_.upper[arc], false});
        box_.upper[arc] = threshold - 1;
    }

    void next_box() {
        while (!open_.empty() && open_.back().above) {
            box_.lower[open_.back().arc] = open_.back().lower;
            open_.pop_back();
        }
        done_ = open_.empty();
        if (done_) return;
        Open& last = open_.back();
        box_.upper[last.arc] = last.upper;
        box_.lower[last.arc] = last.threshold;
        last.above = true;
    }

    /// Keeps the flow if none better is known.
    void offer(const std::vector<std::int64_t>& flow) {
        std::vector<std::int64_t> count(values_.count(), 0);
        for (std::size_t group = 0; group < problem_.groups(); ++group)
            ++count[rank_at(problem_, values_, group, flow[problem_.group_arc[group]])];
        for (std::size_t rank = 1; rank < count.size(); ++rank)
            count[rank] += count[rank - 1];
        if (has_best_ && count >= count_) return;
        has_best_ = true;
        count_ = std::move(count);
        best_ = flow;
    }

    void give_up(LeximinResult& result) {
        result.termination = Termination::feasible;
        result.cause = cause_;
        result.flow = std::move(best_);
        std::size_t tier = 0;
        (void)compare(root_bounds_, tier);
        result.settled = tier;
        result.claim = tier > 0 ? Claim::bounded : Claim::feasible;
        if (tier == 0) return;
        root_.scale.resize(tier);
        root_.potential.resize(tier);
        result.proof.emplace_back(std::move(root_));
    }

    const LeximinProblem& problem_;
    const LeximinValues& values_;
    SearchClock& clock_;
    MinCostFlowProblem box_;
    std::vector<Open> open_;
    bool done_ = false;
    std::vector<std::int64_t> best_;
    std::vector<std::int64_t> count_;  ///< per rank, the groups of `best_` that do not exceed it
    bool has_best_ = false;
    LeximinProof proof_;
    LeximinBound root_;
    std::vector<LeximinRelaxation::Bound> root_bounds_;
    Cause cause_ = Cause::cancelled;
};

inline void require_valid(const LeximinProblem& problem) {
    Verdict verdict = examine(problem);
    if (!verdict.accepted) throw InvalidProblem(std::move(verdict.why), std::move(verdict.place));
}

}  // namespace countyplan::detail

namespace countyplan {

COUNTYPLAN_INLINE LeximinResult solve(const LeximinProblem& problem, const LeximinOptions& /*options*/,
                                      const Stop& stop, const Progress& progress) {
    detail::SearchClock clock(stop, progress);
    detail::require_valid(problem);
    LeximinResult result;
    const detail::LeximinValues values(problem);
    detail::WorstRank worst(problem, values);
    const Termination found = worst.find(clock);
    if (found == Termination::optimal) {
        detail::LeximinTree(problem, values, clock).run(worst.flow, worst.rank, result);
    } else {
        result.termination = found;
        result.cause = found == Termination::infeasible ? Cause::proved : worst.cause;
        result.claim = found == Termination::infeasible ? Claim::proved
                       : found == Termination::feasible ? Claim::feasible
                                                        : Claim::estimate;
        result.flow = std::move(worst.flow);
        if (found == Termination::infeasible) result.proof.emplace_back(std::move(worst.cut));
    }
    if (result.termination == Termination::optimal || result.termination == Termination::feasible) {
        result.levels = detail::levels_of(problem, values, result.flow);
    }
    result.steps = clock.steps();
    return result;
}

COUNTYPLAN_INLINE MaxMinResult max_min(const LeximinProblem& problem, const Stop& stop, const Progress& progress) {
    detail::SearchClock clock(stop, progress);
    detail::require_valid(problem);
    MaxMinResult result;
    const detail::LeximinValues values(problem);
    detail::WorstRank worst(problem, values);
    result.termination = worst.find(clock);
    result.steps = clock.steps();
    const bool infeasible = result.termination == Termination::infeasible;
    const bool optimal = result.termination == Termination::optimal;
    result.cause = infeasible || optimal ? Cause::proved : worst.cause;
    result.claim = infeasible || optimal                         ? Claim::proved
                   : result.termination == Termination::feasible ? Claim::feasible
                                                                 : Claim::estimate;
    if (result.termination == Termination::unknown) return result;
    result.flow = std::move(worst.flow);
    if (!infeasible && problem.groups() > 0) result.worst = values[worst.rank];
    if (infeasible || (optimal && problem.groups() > 0 && worst.rank < worst.hope)) {
        result.certificate = std::move(worst.cut);
    }
    return result;
}

}  // namespace countyplan
