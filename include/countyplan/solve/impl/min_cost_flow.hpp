// The solver's half of min_cost_flow: chooses a number type, runs the simplex, writes the proof.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include <countyplan/error.hpp>
#include <countyplan/separate.hpp>
#include <countyplan/solve/impl/folded_costs.hpp>
#include <countyplan/solve/impl/network_simplex.hpp>
#include <countyplan/solve/impl/residual_solve.hpp>
#include <countyplan/solve/messages.hpp>
#include <countyplan/solve/min_cost_flow.hpp>
#include <countyplan/solve/proof/refusal.hpp>
#include <countyplan/solve/watch.hpp>

namespace countyplan::detail {

/// Writes the flow of the current basis and its cost.
template <class Costs>
void write_flow(const MinCostFlowProblem& problem, const NetworkSimplex<Costs>& simplex, MinCostFlowResult& result) {
    result.flow = problem.lower;
    simplex.each_flow([&](std::size_t arc, int128 above) {
        const auto flow = to_int64(Int128(above + problem.lower[arc]));
        if (!flow) throw InvalidProblem(message::solve_flow_overflow, indexed("upper", arc));
        result.flow[arc] = *flow;
    });
    write_cost(problem, result);
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

/// Whether cost scaling is expected to be the faster method; the limits are measured.
inline bool suits_scaling(const MinCostFlowProblem& problem, std::int64_t largest) {
    return problem.nodes >= 500 && problem.arcs() / 64 < problem.nodes && largest <= std::int64_t{1} << 27;
}

/// Solves by cost scaling if `method` says so or the measured choice. Nothing if the numbers or an endless
/// gain call for the simplex.
inline std::optional<MinCostFlowResult> run_residual(const MinCostFlowProblem& problem,
                                                     const FoldedCosts<std::int64_t>& costs, FlowMethod method,
                                                     Watch& watch) {
    if (method == FlowMethod::network_simplex) return std::nullopt;
    std::int64_t largest = 1;
    for (std::size_t a = 0; a < problem.arcs(); ++a)
        largest = std::max(largest, costs(a) < 0 ? -costs(a) : costs(a));
    if (method == FlowMethod::automatic && !suits_scaling(problem, largest)) return std::nullopt;
    const auto extent = flow_extent(problem, costs, watch);
    if (!extent || !extent->fits || extent->has_endless_gain) return std::nullopt;
    if (largest <= ResidualNetwork<std::int32_t, std::int32_t>::most_cost &&
        extent->widest <= std::numeric_limits<std::int32_t>::max() / 2) {
        auto found = solve_residual<std::int32_t, std::int32_t>(problem, costs, *extent, watch);
        if (found) return found;
    }
    if (int128{largest} * static_cast<std::int64_t>(problem.nodes + 1) >= int128{1} << 56) return std::nullopt;
    return solve_residual<std::int64_t, std::int64_t>(problem, costs, *extent, watch);
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
        const detail::FoldedCosts<std::int64_t> costs(problem, *weights, watch);
        if (watch.stopped()) return given_up();
        if (auto found = detail::run_residual(problem, costs, options.method, watch)) return std::move(*found);
        return run(costs);
    }
    if (const auto weights = detail::tier_weights(*reach, detail::int128{1} << 124)) {
        return run(detail::FoldedCosts<detail::int128>(problem, *weights, watch));
    }
    return run(detail::VectorCosts(problem));
}

}  // namespace countyplan
