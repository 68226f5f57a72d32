// How is a problem laid out as a residual network, solved there, and its answer read off?
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

#include <countyplan/error.hpp>
#include <countyplan/solve/impl/cost_scaling.hpp>
#include <countyplan/solve/impl/folded_costs.hpp>
#include <countyplan/solve/impl/price_refinement.hpp>
#include <countyplan/solve/impl/residual_network.hpp>
#include <countyplan/solve/impl/shortest_augmentation.hpp>
#include <countyplan/solve/impl/stretches.hpp>
#include <countyplan/solve/messages.hpp>
#include <countyplan/solve/proof/min_cost_flow.hpp>
#include <countyplan/solve/proof/refusal.hpp>
#include <countyplan/solve/watch.hpp>

namespace countyplan::detail {

inline void settle(MinCostFlowResult& result, Termination termination) {
    result.termination = termination;
    result.cause = Cause::proved;
    result.claim = Claim::proved;
}

/// The exact totals of `result.flow`.
inline void write_cost(const MinCostFlowProblem& problem, MinCostFlowResult& result) {
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

/// What of a problem decides how it may be solved. All but `has_endless_gain` only where `fits`.
struct FlowExtent {
    bool has_endless_gain = false;  ///< perhaps: an arc without upper bound has a negative cost
    bool fits = false;              ///< all sums of flows stay below 2^62
    std::int64_t widest = 0;        ///< the largest capacity, that of unlimited arcs included
    std::int64_t unlimited = 0;     ///< a capacity that no best flow without idle cycles exceeds
};

/// One pass; nothing if stopped. `cost(arc)` is the folded cost.
template <class Costs>
std::optional<FlowExtent> flow_extent(const MinCostFlowProblem& problem, const Costs& cost, Watch& watch) {
    FlowExtent extent;
    int128 sum = 0, open = 0;
    int128 widest = 0;
    for (const std::int64_t supply : problem.supply)
        sum += supply < 0 ? -int128{supply} : int128{supply};
    for (std::size_t a = 0; a < problem.arcs(); ++a) {
        const int128 lower = problem.lower[a];
        sum += 2 * (lower < 0 ? -lower : lower);
        if (problem.upper[a] == MinCostFlowProblem::unlimited) {
            ++open;
            if (cost(a) < 0) extent.has_endless_gain = true;
        } else {
            sum += problem.upper[a] - lower;
            widest = std::max(widest, problem.upper[a] - lower);
        }
        if (watch.spend(1)) return std::nullopt;
    }
    const int128 enough = sum + 1;
    extent.fits = sum + open * enough < int128{1} << 62;
    if (!extent.fits) return extent;
    extent.unlimited = static_cast<std::int64_t>(enough);
    extent.widest = static_cast<std::int64_t>(open > 0 ? enough : widest);
    return extent;
}

/// Lays out the arcs that can carry anything, or all but loops if `with_fixed`; without flow. `cost(arc)`
/// fits `Cost`.
template <class Cost, class Flow, class Costs>
ResidualNetwork<Cost, Flow> residual_network(const MinCostFlowProblem& problem, const Costs& cost,
                                             const FlowExtent& extent, bool with_fixed, Watch& watch) {
    ResidualNetwork<Cost, Flow> net;
    const std::size_t n = problem.nodes, m = problem.arcs();
    net.first_out.assign(n + 1, 0);
    net.first_in.assign(n + 1, 0);
    net.in_use.assign(n, 0);
    net.current_out.assign(n, 0);
    net.current_in.assign(n, 0);
    net.price.assign(n, 0);
    net.excess = problem.supply;
    const auto counts = [&](std::size_t a) {
        return (with_fixed || problem.lower[a] != problem.upper[a]) && problem.tail[a] != problem.head[a];
    };
    for (std::size_t a = 0; a < m; ++a) {
        net.excess[problem.tail[a]] -= problem.lower[a];
        net.excess[problem.head[a]] += problem.lower[a];
        if (watch.spend(1)) return net;
        if (!counts(a)) continue;
        ++net.first_out[problem.tail[a] + 1];
        ++net.first_in[problem.head[a] + 1];
    }
    for (std::size_t v = 0; v < n; ++v) {
        net.first_out[v + 1] += net.first_out[v];
        net.first_in[v + 1] += net.first_in[v];
    }
    const std::size_t kept = net.first_out[n];
    const auto all = [&](auto&... lists) { return (lengthen(lists, kept, watch) && ...); };
    if (!all(net.out, net.in, net.slot, net.flow, net.capacity, net.original)) return net;
    auto next_out = net.first_out;
    auto next_in = net.first_in;
    for (std::size_t a = 0; a < m; ++a) {
        if (watch.spend(2)) return net;
        if (!counts(a)) continue;
        const std::uint32_t tail = problem.tail[a], head = problem.head[a];
        const std::uint32_t k = next_out[tail]++, i = next_in[head]++;
        const auto c = static_cast<Cost>(cost(a));
        net.out[k] = {head, c};
        net.in[i] = {k, tail, c};
        net.slot[k] = i;
        if (problem.lower[a] == problem.upper[a]) net.out[k].cost = net.closed;
        net.capacity[k] = static_cast<Flow>(
            problem.upper[a] == MinCostFlowProblem::unlimited ? extent.unlimited : problem.upper[a] - problem.lower[a]);
        net.original[k] = static_cast<std::uint32_t>(a);
    }
    return net;
}

/// The flow on the problem's own arcs; loops are full where they pay.
template <class Cost, class Flow, class Costs>
void read_flow(const MinCostFlowProblem& problem, const Costs& cost, const ResidualNetwork<Cost, Flow>& net,
               const std::vector<Flow>& flow, MinCostFlowResult& result) {
    result.flow = problem.lower;
    for (std::uint32_t k = 0; k < net.arcs(); ++k) {
        if (flow[k] == 0) continue;
        std::int64_t& at = result.flow[net.original[k]];
        if (__builtin_add_overflow(at, static_cast<std::int64_t>(flow[k]), &at))
            throw InvalidProblem(message::solve_flow_overflow, indexed("upper", net.original[k]));
    }
    for (std::size_t a = 0; a < problem.arcs(); ++a) {
        if (problem.tail[a] == problem.head[a] && cost(a) < 0) result.flow[a] = problem.upper[a];
    }
    write_cost(problem, result);
}

/// Potentials per tier of an optimal residual network: along a tree of shortest ways, folded costs first.
/// Two ways to a node differ by a cycle, so their order is that of the cost vectors.
template <class Cost, class Flow>
Potentials residual_potentials(const MinCostFlowProblem& problem, const ResidualNetwork<Cost, Flow>& net) {
    const std::size_t tiers = problem.tiers;
    const std::uint32_t n = net.nodes();
    Potentials potentials{std::vector<std::int64_t>(std::size_t{n} * tiers, 0)};
    constexpr Cost narrow = Cost{1} << std::min<std::size_t>(8 * sizeof(Cost) - 2, 61);
    const bool fits =
        std::all_of(net.price.begin(), net.price.end(), [](Cost price) { return -narrow <= price && price <= narrow; });
    if (tiers == 1 && fits) {
        for (std::uint32_t v = 0; v < n; ++v)
            potentials.value[v] = -static_cast<std::int64_t>(net.price[v]);
        return potentials;
    }
    // a root with a free arc to every node; its price makes all of them non-negative
    struct Entry {
        Cost distance;
        std::uint32_t node;
        bool operator<(const Entry& other) const { return distance > other.distance; }
    };
    constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();
    const Cost base = n == 0 ? Cost{0} : *std::min_element(net.price.begin(), net.price.end());
    std::vector<Cost> distance(n);
    std::vector<std::uint32_t> by(n, none);  // arc of the problem
    std::vector<bool> done(n, false);
    std::vector<Entry> heap;
    for (std::uint32_t v = 0; v < n; ++v) {
        distance[v] = net.price[v] - base;
        heap.push_back({distance[v], v});
    }
    std::make_heap(heap.begin(), heap.end());
    auto& value = potentials.value;
    while (!heap.empty()) {
        const std::uint32_t v = heap.front().node;
        std::pop_heap(heap.begin(), heap.end());
        heap.pop_back();
        if (done[v]) continue;
        done[v] = true;
        if (by[v] != none) {
            const bool along = problem.head[by[v]] == v;
            const std::uint32_t from = along ? problem.tail[by[v]] : problem.head[by[v]];
            for (std::size_t tier = 0; tier < tiers; ++tier) {
                const std::int64_t cost = problem.cost[by[v] * tiers + tier];
                value[v * tiers + tier] = value[from * tiers + tier] + (along ? cost : -cost);
            }
        }
        const auto reach = [&](std::uint32_t w, Cost cost, std::uint32_t arc) {
            if (done[w]) return;
            const Cost through = distance[v] + cost + net.price[w] - net.price[v];
            if (through >= distance[w]) return;
            distance[w] = through;
            by[w] = net.original[arc];
            heap.push_back({through, w});
            std::push_heap(heap.begin(), heap.end());
        };
        for (std::uint32_t a = net.first_out[v]; a < net.first_out[v + 1]; ++a) {
            if (net.out[a].cost != net.closed) reach(net.out[a].head, net.out[a].cost, a);
        }
        for (std::uint32_t i = net.first_in[v]; i < net.first_in[v] + net.in_use[v]; ++i)
            reach(net.in[i].tail, -net.in[i].cost, net.in[i].arc);
    }
    return potentials;
}

/// A sixteenth of the mean cost is a good first epsilon, far below the largest cost: measured.
template <class Cost, class Flow>
int first_shift(const ResidualNetwork<Cost, Flow>& net) {
    int128 sum = 0;
    for (const auto& entry : net.in)
        sum += entry.cost < 0 ? -int128{entry.cost} : int128{entry.cost};
    int shift = 0;
    while (net.arcs() > 0 && ((sum / net.arcs()) >> shift) > 31)
        ++shift;
    return shift;
}

/// Solves by cost scaling down to an epsilon of one and shortest ways from there. Nothing if prices outgrow `Cost`.
template <class Cost, class Flow, class Costs>
std::optional<MinCostFlowResult> solve_residual(const MinCostFlowProblem& problem, const Costs& cost,
                                                const FlowExtent& extent, Watch& watch) {
    MinCostFlowResult result;
    auto net = residual_network<Cost, Flow>(problem, cost, extent, false, watch);
    std::vector<Flow> best;
    const auto give_up = [&] {
        result.cause = watch.cause();
        if (best.empty()) return result;
        read_flow(problem, cost, net, best, result);
        result.termination = Termination::feasible;
        result.claim = Claim::feasible;
        return result;
    };
    if (watch.stopped()) return give_up();
    const auto glance = [&] { return Tick{.steps = result.steps}; };
    CostScaling<Cost, Flow> scaling(net, watch, result.steps);
    for (int shift = first_shift(net);; shift = std::max(shift - 4, 0)) {
        const bool is_refined = !best.empty() && PriceRefinement<Cost, Flow>(net, shift, watch).run();
        if (watch.stopped()) return give_up();
        if (is_refined && shift > 0) continue;
        if (is_refined) break;
        const FlowPass pass = scaling.refine(shift, glance);
        if (pass == FlowPass::too_large) return std::nullopt;
        if (pass == FlowPass::stopped) return give_up();
        if (pass == FlowPass::infeasible) {
            result.certificate = ViolatedCut{scaling.cut()};
            settle(result, Termination::infeasible);
            return result;
        }
        best = net.flow;
        if (shift == 0) break;
    }
    ShortestAugmentation<Cost, Flow> paths(net, watch, result.steps);
    paths.put_in_order();
    if (watch.stopped()) return give_up();
    const FlowPass pass = paths.run(glance);
    if (pass == FlowPass::too_large) return std::nullopt;
    if (pass == FlowPass::stopped) return give_up();
    if (pass == FlowPass::infeasible) {
        result.certificate = ViolatedCut{paths.cut()};
        settle(result, Termination::infeasible);
        return result;
    }
    result.certificate = residual_potentials(problem, net);
    for (auto* unused : {&net.slot, &net.first_in, &net.first_out})  // before the answer is laid out beside it
        *unused = {};
    net.in = {};
    best = {};
    read_flow(problem, cost, net, net.flow, result);
    settle(result, Termination::optimal);
    return result;
}

}  // namespace countyplan::detail
