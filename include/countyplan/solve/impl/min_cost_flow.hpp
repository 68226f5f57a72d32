// The solver's half of min_cost_flow: chooses a number type, runs the simplex, writes the proof.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include <countyplan/error.hpp>
#include <countyplan/separate.hpp>
#include <countyplan/solve/impl/network_simplex.hpp>
#include <countyplan/solve/messages.hpp>
#include <countyplan/solve/min_cost_flow.hpp>
#include <countyplan/solve/proof/refusal.hpp>
#include <countyplan/solve/watch.hpp>

namespace countyplan::detail {

/// One weight per tier and one for artificial arcs, such that the weighted sum of a cycle's costs has
/// the sign of its cost vector. A cycle holds at most `nodes + 1` arcs, and each arc once.
struct TierWeights {
    std::vector<int128> tier;
    int128 artificial = 1;
};

/// Per tier, at least the absolute cost of every cycle; O(arcs * tiers). Nothing if stopped.
COUNTYPLAN_INLINE std::optional<std::vector<int128>> cycle_reach(const MinCostFlowProblem& problem, Watch& watch) {
    const std::size_t tiers = problem.tiers;
    std::vector<int128> total(tiers, 0);
    std::vector<std::int64_t> largest(tiers, 0);
    for (std::size_t arc = 0; arc < problem.arcs(); ++arc) {
        for (std::size_t tier = 0; tier < tiers; ++tier) {
            const std::int64_t cost = problem.cost[arc * tiers + tier];
            const std::int64_t size = cost < 0 ? -cost : cost;
            total[tier] += size;
            if (size > largest[tier]) largest[tier] = size;
        }
        if (watch.spend(1)) return std::nullopt;
    }
    for (std::size_t tier = 0; tier < tiers; ++tier) {
        const int128 by_size = int128{largest[tier]} * static_cast<std::int64_t>(problem.nodes + 1);
        total[tier] = std::min(total[tier], by_size);
    }
    return total;
}

/// Weights whose sums stay below `most`; nothing if there are none.
COUNTYPLAN_INLINE std::optional<TierWeights> tier_weights(const std::vector<int128>& reach, int128 most) {
    TierWeights weights{std::vector<int128>(reach.size()), 1};
    for (std::size_t tier = reach.size(); tier-- > 0;) {
        weights.tier[tier] = weights.artificial;
        int128 part = 0;
        if (__builtin_mul_overflow(reach[tier], weights.artificial, &part)) return std::nullopt;
        if (part > most - weights.artificial) return std::nullopt;
        weights.artificial += part;
    }
    return weights;
}

/// The cost vectors folded into one number each.
template <class N>
class FoldedCosts {
  public:
    using Number = N;

    /// Check `watch.stopped()` afterwards.
    FoldedCosts(const MinCostFlowProblem& problem, const TierWeights& weights, Watch& watch)
        : cost_(problem.arcs()), artificial_(static_cast<N>(weights.artificial)) {
        std::vector<N> weight;
        for (const int128 w : weights.tier)
            weight.push_back(static_cast<N>(w));
        const std::int64_t* cost = problem.cost.data();
        for (std::size_t arc = 0; arc < cost_.size(); ++arc) {
            N sum = 0;
            for (std::size_t tier = 0; tier < problem.tiers; ++tier, ++cost) {
                if (*cost != 0) sum += static_cast<N>(*cost) * weight[tier];
            }
            cost_[arc] = sum;
            if (watch.spend(1)) return;
        }
    }

    [[nodiscard]] N operator()(std::size_t arc) const { return cost_[arc]; }
    [[nodiscard]] N artificial() const { return artificial_; }

  private:
    std::vector<N> cost_;
    N artificial_;
};

/// A cost vector with a leading component for artificial arcs, for costs too large to be folded.
struct CostVector {
    std::array<std::int64_t, MinCostFlowProblem::max_tiers + 1> part{};

    friend CostVector operator+(CostVector a, const CostVector& b) {
        for (std::size_t i = 0; i < a.part.size(); ++i)
            a.part[i] += b.part[i];
        return a;
    }
    friend CostVector operator-(CostVector a, const CostVector& b) {
        for (std::size_t i = 0; i < a.part.size(); ++i)
            a.part[i] -= b.part[i];
        return a;
    }
    friend bool operator<(const CostVector& a, const CostVector& b) { return a.part < b.part; }
};

class VectorCosts {
  public:
    using Number = CostVector;

    explicit VectorCosts(const MinCostFlowProblem& problem) : problem_(problem) {}

    [[nodiscard]] CostVector operator()(std::size_t arc) const {
        CostVector cost;
        for (std::size_t tier = 0; tier < problem_.tiers; ++tier) {
            cost.part[tier + 1] = problem_.cost[arc * problem_.tiers + tier];
        }
        return cost;
    }
    [[nodiscard]] static CostVector artificial() {
        CostVector cost;
        cost.part[0] = 1;
        return cost;
    }

  private:
    const MinCostFlowProblem& problem_;
};

/// Only artificial arcs cost: finds out whether there is a flow at all.
struct NoCosts {
    using Number = std::int64_t;

    [[nodiscard]] std::int64_t operator()(std::size_t /*arc*/) const { return 0; }
    [[nodiscard]] std::int64_t artificial() const { return 1; }
};

/// Writes the flow of the current basis and its cost.
template <class Costs>
void write_flow(const MinCostFlowProblem& problem, const NetworkSimplex<Costs>& simplex, MinCostFlowResult& result) {
    result.flow = problem.lower;
    simplex.each_flow([&](std::size_t arc, int128 above) {
        const auto flow = to_int64(Int128(above + problem.lower[arc]));
        if (!flow) throw InvalidProblem(message::solve_flow_overflow, indexed("upper", arc));
        result.flow[arc] = *flow;
    });
    result.cost.assign(problem.tiers, Int128{});
    for (std::size_t arc = 0; arc < problem.arcs(); ++arc) {
        if (result.flow[arc] == 0) continue;
        for (std::size_t tier = 0; tier < problem.tiers; ++tier) {
            const int128 part = int128{result.flow[arc]} * problem.cost[arc * problem.tiers + tier];
            int128& sum = result.cost[tier].value;
            if (__builtin_add_overflow(sum, part, &sum))
                throw InvalidProblem({message::solve_too_large, {"cost"}}, "cost");
        }
    }
}

/// The potentials of the final tree, one component per tier. Its artificial arcs carry nothing, so all of
/// them lead to the root (the tree is strongly feasible) and the artificial cost cancels.
template <class Costs>
Potentials tree_potentials(const MinCostFlowProblem& problem, const NetworkSimplex<Costs>& simplex) {
    const std::size_t tiers = problem.tiers;
    Potentials potentials{std::vector<std::int64_t>(problem.nodes * tiers, 0)};
    auto& value = potentials.value;
    simplex.each_tree_arc([&](std::uint32_t node, std::uint32_t parent, std::size_t arc, bool upward) {
        if (parent == problem.nodes) return;
        for (std::size_t tier = 0; tier < tiers; ++tier) {
            const std::int64_t cost = problem.cost[arc * tiers + tier];
            value[node * tiers + tier] = value[parent * tiers + tier] + (upward ? -cost : cost);
        }
    });
    return potentials;
}

/// The nodes whose supply cannot all leave: those that hang on the root by arcs that lead to it.
template <class Costs>
ViolatedCut tree_cut(const MinCostFlowProblem& problem, const NetworkSimplex<Costs>& simplex) {
    std::vector<bool> inside(problem.nodes, false);
    simplex.each_tree_arc([&](std::uint32_t node, std::uint32_t parent, std::size_t /*arc*/, bool upward) {
        inside[node] = parent == problem.nodes ? upward : inside[parent];
    });
    ViolatedCut cut;
    for (std::uint32_t node = 0; node < problem.nodes; ++node) {
        if (inside[node]) cut.nodes.push_back(node);
    }
    return cut;
}

COUNTYPLAN_INLINE void settle(MinCostFlowResult& result, Termination termination) {
    result.termination = termination;
    result.cause = Cause::proved;
    result.claim = Claim::proved;
}

template <class Costs>
MinCostFlowResult run_simplex(const MinCostFlowProblem& problem, const Costs& costs, std::size_t block, Watch& watch) {
    MinCostFlowResult result;
    NetworkSimplex<Costs> simplex(problem, costs, block, 0, watch);
    const auto end = simplex.run();
    result.steps = simplex.steps();
    const auto stopped = [&](const auto& current) {
        result.cause = watch.cause();
        if (!current.is_feasible()) return;
        write_flow(problem, current, result);
        result.termination = Termination::feasible;
        result.claim = Claim::feasible;
    };
    if (end == NetworkSimplex<Costs>::End::stopped) {
        stopped(simplex);
    } else if (end == NetworkSimplex<Costs>::End::optimal && simplex.is_feasible()) {
        write_flow(problem, simplex, result);
        result.certificate = tree_potentials(problem, simplex);
        settle(result, Termination::optimal);
    } else if (end == NetworkSimplex<Costs>::End::optimal) {
        result.certificate = tree_cut(problem, simplex);
        settle(result, Termination::infeasible);
    } else if (simplex.is_feasible()) {
        write_flow(problem, simplex, result);
        result.certificate = NegativeCycle{simplex.cycle()};
        settle(result, Termination::unbounded);
    } else {  // an endless gain was met before a flow was found: is there a flow?
        const NoCosts none;
        NetworkSimplex<NoCosts> search(problem, none, block, result.steps, watch);
        const auto found = search.run();
        result.steps = search.steps();
        if (found == NetworkSimplex<NoCosts>::End::stopped) {
            stopped(search);
        } else if (search.is_feasible()) {
            write_flow(problem, search, result);
            result.certificate = NegativeCycle{simplex.cycle()};
            settle(result, Termination::unbounded);
        } else {
            result.certificate = tree_cut(problem, search);
            settle(result, Termination::infeasible);
        }
    }
    return result;
}

}  // namespace countyplan::detail

namespace countyplan {

COUNTYPLAN_INLINE MinCostFlowResult solve(const MinCostFlowProblem& problem, const MinCostFlowOptions& options,
                                          const Stop& stop, const Progress& progress) {
    detail::Watch watch(stop, progress);
    if (Verdict verdict = examine(problem); !verdict.accepted) {
        throw InvalidProblem(std::move(verdict.why), std::move(verdict.place));
    }
    MinCostFlowResult result;
    const auto given_up = [&] {
        result.cause = watch.cause();
        return result;
    };
    if (watch.exhausted(0)) return given_up();
    detail::int128 balance = 0;
    for (const std::int64_t supply : problem.supply)
        balance += supply;
    if (balance != 0) {
        ViolatedCut all;
        for (std::size_t node = 0; node < problem.nodes; ++node)
            all.nodes.push_back(static_cast<std::uint32_t>(node));
        result.certificate = std::move(all);
        detail::settle(result, Termination::infeasible);
        return result;
    }
    const auto reach = detail::cycle_reach(problem, watch);
    if (!reach) return given_up();
    const auto run = [&](const auto& costs) {
        if (watch.stopped()) return given_up();
        return detail::run_simplex(problem, costs, options.block, watch);
    };
    // Five times the artificial weight bounds every intermediate number.
    if (const auto weights = detail::tier_weights(*reach, detail::int128{1} << 60)) {
        return run(detail::FoldedCosts<std::int64_t>(problem, *weights, watch));
    }
    if (const auto weights = detail::tier_weights(*reach, detail::int128{1} << 124)) {
        return run(detail::FoldedCosts<detail::int128>(problem, *weights, watch));
    }
    return run(detail::VectorCosts(problem));
}

}  // namespace countyplan
