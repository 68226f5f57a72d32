// Which seeded min-cost-flow instances do the tests solve, and what is the answer by another way?
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

#include <countyplan/solve/proof/min_cost_flow.hpp>
#include <countyplan/solve/random.hpp>

namespace given {

using countyplan::MinCostFlowProblem;
using countyplan::Random;
using countyplan::Termination;

/// Adds an arc; tiers without a cost get 0.
inline void add_arc(MinCostFlowProblem& problem, std::uint32_t tail, std::uint32_t head, std::int64_t lower,
                    std::int64_t upper, std::vector<std::int64_t> cost) {
    problem.tail.push_back(tail);
    problem.head.push_back(head);
    problem.lower.push_back(lower);
    problem.upper.push_back(upper);
    cost.resize(problem.tiers, 0);
    problem.cost.insert(problem.cost.end(), cost.begin(), cost.end());
}

/// At most seven nodes; loops, parallel and antiparallel arcs, lower bounds of either sign, arcs without
/// upper bound, one to three tiers. Mostly planted around a flow, then sometimes disturbed.
/// `dense` gives 13 to 20 arcs per node, mostly narrow ones.
inline MinCostFlowProblem random_min_cost_flow(std::uint64_t seed, bool dense = false) {
    Random random(seed, dense ? 11 : 1);
    MinCostFlowProblem problem;
    problem.nodes = 1 + random.below(7);
    problem.tiers = 1 + random.below(3);
    problem.supply.assign(problem.nodes, 0);
    const std::uint64_t arcs = dense ? problem.nodes * static_cast<std::uint64_t>(random.between(13, 20))
                                     : random.below(2 * problem.nodes + 5);
    const bool dear = random.chance(1, 2);  // mostly positive costs: fewer endless gains
    const std::uint64_t open = random.below(dense ? 3 : 25);
    const auto node = [&] { return static_cast<std::uint32_t>(random.below(problem.nodes)); };
    for (std::uint64_t i = 0; i < arcs; ++i) {
        const std::int64_t lower = random.chance(1, 3) ? random.between(-3, 2) : 0;
        const std::int64_t upper =
            random.chance(open, 100) ? MinCostFlowProblem::unlimited : lower + random.between(0, dense ? 1 : 5);
        std::vector<std::int64_t> cost;
        for (std::size_t tier = 0; tier < problem.tiers; ++tier) {
            cost.push_back(random.chance(1, 3) ? 0 : random.between(dear ? -1 : -5, 5));
        }
        const std::uint32_t tail = node();
        add_arc(problem, tail, node(), lower, upper, cost);
        const std::int64_t flow = lower + random.between(0, upper == MinCostFlowProblem::unlimited ? 5 : upper - lower);
        problem.supply[tail] += flow;
        problem.supply[problem.head.back()] -= flow;
    }
    if (random.chance(78, 100)) {
        const std::int64_t moved = random.between(1, dense ? 20 : 4);
        problem.supply[node()] += moved;
        problem.supply[node()] -= moved;
    }
    if (random.chance(2, 100)) problem.supply[node()] += random.between(-2, 2);
    return problem;
}

/// 50 to 300 nodes, two to ten arcs per node; widths, costs and tiers vary with the seed. Planted around a
/// flow, so mostly feasible; a few arcs have no upper bound.
inline MinCostFlowProblem middling_min_cost_flow(std::uint64_t seed) {
    Random random(seed, 21);
    MinCostFlowProblem problem;
    problem.nodes = static_cast<std::size_t>(random.between(50, 300));
    problem.tiers = random.chance(1, 4) ? 2 : 1;
    problem.supply.assign(problem.nodes, 0);
    const std::int64_t wide = random.chance(1, 2) ? 1 : random.between(2, 1000);
    const std::int64_t dear = random.chance(1, 3) ? 10 : 100'000;
    const bool may_pay = random.chance(1, 3);
    const std::size_t arcs = problem.nodes * static_cast<std::size_t>(random.between(2, 10));
    const auto node = [&] { return static_cast<std::uint32_t>(random.below(problem.nodes)); };
    for (std::size_t i = 0; i < arcs; ++i) {
        const std::int64_t lower = random.chance(1, 6) ? random.between(-wide, wide) : 0;
        std::int64_t upper = lower + random.between(0, 2 * wide);
        std::vector<std::int64_t> cost;
        for (std::size_t tier = 0; tier < problem.tiers; ++tier)
            cost.push_back(random.between(may_pay ? -dear / 4 : 0, dear));
        if (random.chance(1, 50)) {
            upper = MinCostFlowProblem::unlimited;
            cost[0] = cost[0] < 0 ? -cost[0] : cost[0] + 1;
        }
        const std::uint32_t tail = node();
        add_arc(problem, tail, node(), lower, upper, cost);
        const std::int64_t most = upper == MinCostFlowProblem::unlimited ? lower + wide : upper;
        const std::int64_t flow = random.between(lower, most);
        problem.supply[tail] += flow;
        problem.supply[problem.head.back()] -= flow;
    }
    if (random.chance(1, 20)) {
        const std::int64_t moved = random.between(1, 5 * wide);
        problem.supply[node()] += moved;
        problem.supply[node()] -= moved;
    }
    return problem;
}

/// The answer by a second way that shares nothing with the solver.
struct SlowFlow {
    Termination termination = Termination::unknown;
    std::vector<std::int64_t> cost;  ///< per tier, only if optimal
};

/// Shortest augmenting paths until the supplies are served, then lexicographically negative cycles
/// (Bellman-Ford on cost vectors) are cancelled one by one. For small numbers only.
inline SlowFlow slow_min_cost_flow(const MinCostFlowProblem& problem) {
    struct Edge {
        std::size_t from, to;
        std::int64_t room;
        std::vector<std::int64_t> cost;
    };
    constexpr std::int64_t infinite = std::int64_t{1} << 50;
    std::vector<Edge> edges;  // 2k along arc k, 2k+1 against it
    std::vector<std::int64_t> excess = problem.supply;
    SlowFlow answer;
    answer.cost.assign(problem.tiers, 0);
    for (std::size_t a = 0; a < problem.tail.size(); ++a) {
        const std::size_t from = problem.tail[a], to = problem.head[a];
        std::vector<std::int64_t> cost, back;
        for (std::size_t tier = 0; tier < problem.tiers; ++tier) {
            cost.push_back(problem.cost[a * problem.tiers + tier]);
            back.push_back(-cost.back());
            answer.cost[tier] += cost.back() * problem.lower[a];
        }
        const bool open = problem.upper[a] == MinCostFlowProblem::unlimited;
        edges.push_back({from, to, open ? infinite : problem.upper[a] - problem.lower[a], cost});
        edges.push_back({to, from, 0, back});
        excess[from] -= problem.lower[a];
        excess[to] += problem.lower[a];
    }
    const auto send = [&](std::size_t edge, std::int64_t amount) {
        if (edges[edge].room < infinite / 2) edges[edge].room -= amount;
        if (edges[edge ^ 1].room < infinite / 2) edges[edge ^ 1].room += amount;
        for (std::size_t tier = 0; tier < problem.tiers; ++tier)
            answer.cost[tier] += edges[edge].cost[tier] * amount;
    };

    std::int64_t balance = 0;
    for (const std::int64_t e : excess)
        balance += e;
    if (balance != 0) return {Termination::infeasible, {}};
    for (std::size_t start = 0; start < problem.nodes; ++start) {
        while (excess[start] > 0) {
            std::vector<std::optional<std::size_t>> by(problem.nodes);
            std::vector<bool> seen(problem.nodes, false);
            std::deque<std::size_t> queue{start};
            seen[start] = true;
            std::optional<std::size_t> goal;
            while (!queue.empty() && !goal) {
                const std::size_t v = queue.front();
                queue.pop_front();
                if (excess[v] < 0) goal = v;
                for (std::size_t e = 0; e < edges.size(); ++e) {
                    if (edges[e].from != v || edges[e].room == 0 || seen[edges[e].to]) continue;
                    seen[edges[e].to] = true;
                    by[edges[e].to] = e;
                    queue.push_back(edges[e].to);
                }
            }
            if (!goal) return {Termination::infeasible, {}};
            for (std::size_t v = *goal; v != start; v = edges[*by[v]].from)
                send(*by[v], 1);
            --excess[start];
            ++excess[*goal];
        }
    }

    // a lexicographically negative cycle among the edges that `use` admits, as edge numbers
    const auto negative_cycle = [&](const auto& use) -> std::vector<std::size_t> {
        std::vector<std::vector<std::int64_t>> distance(problem.nodes, std::vector<std::int64_t>(problem.tiers, 0));
        std::vector<std::optional<std::size_t>> by(problem.nodes);
        std::size_t touched = problem.nodes;  // none
        for (std::size_t round = 0; round <= problem.nodes; ++round) {
            touched = problem.nodes;
            for (std::size_t e = 0; e < edges.size(); ++e) {
                if (!use(edges[e])) continue;
                std::vector<std::int64_t> through = distance[edges[e].from];
                for (std::size_t tier = 0; tier < problem.tiers; ++tier)
                    through[tier] += edges[e].cost[tier];
                if (through < distance[edges[e].to]) {
                    distance[edges[e].to] = through;
                    by[edges[e].to] = e;
                    touched = edges[e].to;
                }
            }
            if (touched == problem.nodes) return {};
        }
        std::size_t v = touched;
        for (std::size_t i = 0; i < problem.nodes; ++i)
            v = edges[*by[v]].from;
        std::vector<std::size_t> cycle;
        std::size_t w = v;
        do {
            cycle.push_back(*by[w]);
            w = edges[*by[w]].from;
        } while (w != v);
        return cycle;
    };
    if (!negative_cycle([&](const Edge& e) { return e.room >= infinite / 2; }).empty()) {
        return {Termination::unbounded, {}};
    }
    for (;;) {
        const auto cycle = negative_cycle([](const Edge& e) { return e.room > 0; });
        if (cycle.empty()) break;
        std::int64_t amount = infinite;
        for (const std::size_t e : cycle)
            amount = std::min(amount, edges[e].room);
        for (const std::size_t e : cycle)
            send(e, amount);
    }
    answer.termination = Termination::optimal;
    return answer;
}

/// Tries every flow; only for a handful of arcs with narrow finite bounds.
inline SlowFlow exhaustive_min_cost_flow(const MinCostFlowProblem& problem) {
    SlowFlow answer{Termination::infeasible, {}};
    std::vector<std::int64_t> flow = problem.lower;
    for (;;) {
        std::vector<std::int64_t> left = problem.supply;
        std::vector<std::int64_t> cost(problem.tiers, 0);
        for (std::size_t a = 0; a < flow.size(); ++a) {
            left[problem.tail[a]] -= flow[a];
            left[problem.head[a]] += flow[a];
            for (std::size_t tier = 0; tier < problem.tiers; ++tier) {
                cost[tier] += flow[a] * problem.cost[a * problem.tiers + tier];
            }
        }
        if (left == std::vector<std::int64_t>(problem.nodes, 0)) {
            if (answer.termination == Termination::infeasible || cost < answer.cost) answer.cost = cost;
            answer.termination = Termination::optimal;
        }
        std::size_t a = 0;
        while (a < flow.size() && flow[a] == problem.upper[a]) {
            flow[a] = problem.lower[a];
            ++a;
        }
        if (a == flow.size()) return answer;
        ++flow[a];
    }
}

/// Experts to posts in the shape that `allocate` makes: source -> expert -> post -> sink, each post's
/// shortfall bought at the source in the first tiers, the fit of a pair in the last one. About `percent`
/// of all pairs exist.
inline MinCostFlowProblem staffing_min_cost_flow(std::size_t experts, std::size_t posts, unsigned percent,
                                                 std::size_t tiers, std::uint64_t seed) {
    MinCostFlowProblem problem;
    problem.nodes = 2 + experts + posts;
    problem.tiers = tiers;
    problem.supply.assign(problem.nodes, 0);
    const std::size_t pairs = experts * posts / 100 * percent;
    const std::size_t arcs = pairs + pairs / 20 + experts + 2 * posts + 1;
    problem.tail.reserve(arcs);
    problem.head.reserve(arcs);
    problem.lower.reserve(arcs);
    problem.upper.reserve(arcs);
    problem.cost.reserve(arcs * tiers);
    Random random(seed, 2);
    const auto post_node = [&](std::size_t post) { return static_cast<std::uint32_t>(2 + experts + post); };
    std::vector<std::int64_t> cost(tiers, 0);
    const auto arc = [&](std::uint32_t tail, std::uint32_t head, std::int64_t upper) {
        problem.tail.push_back(tail);
        problem.head.push_back(head);
        problem.lower.push_back(0);
        problem.upper.push_back(upper);
        problem.cost.insert(problem.cost.end(), cost.begin(), cost.end());
    };
    for (std::size_t e = 0; e < experts; ++e)
        arc(0, static_cast<std::uint32_t>(2 + e), 1);
    for (std::size_t e = 0; e < experts; ++e) {
        for (std::size_t p = 0; p < posts; ++p) {
            if (!random.chance(percent, 100)) continue;
            cost[tiers - 1] = -random.between(0, 10000);
            arc(static_cast<std::uint32_t>(2 + e), post_node(p), 1);
        }
    }
    for (std::size_t p = 0; p < posts; ++p) {
        cost.assign(tiers, 0);
        const std::int64_t target = random.between(1, 4);
        arc(post_node(p), 1, target);
        if (tiers > 1) cost[0] = random.chance(1, 5) ? 1 : 0;
        if (tiers > 2) cost[1] = random.between(1, 5);
        arc(0, post_node(p), target);
        problem.supply[0] += target;
        problem.supply[1] -= target;
        problem.lower[problem.lower.size() - 2] = target;
    }
    return problem;
}

}  // namespace given
