// Which seeded convex-flow instances do the tests solve?
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include <countyplan/solve/proof/convex_flow.hpp>

#include "given/min_cost_flow.hpp"

namespace given {

using countyplan::ConvexFlowProblem;

/// The arcs of `random_min_cost_flow` with one to four pieces where there is width for them.
inline ConvexFlowProblem random_convex_flow(std::uint64_t seed) {
    Random random(seed, 31);
    const MinCostFlowProblem flat = random_min_cost_flow(seed);
    ConvexFlowProblem problem{.nodes = flat.nodes, .tiers = flat.tiers, .supply = flat.supply};
    problem.tail = flat.tail;
    problem.head = flat.head;
    problem.lower = flat.lower;
    problem.upper = flat.upper;
    problem.first_piece = {0};
    for (std::size_t a = 0; a < flat.arcs(); ++a) {
        std::vector<std::int64_t> slope(flat.cost.begin() + static_cast<std::ptrdiff_t>(a * flat.tiers),
                                        flat.cost.begin() + static_cast<std::ptrdiff_t>((a + 1) * flat.tiers));
        std::int64_t from = flat.lower[a];
        for (int piece = 0; piece < 4; ++piece) {
            problem.from.push_back(from);
            problem.slope.insert(problem.slope.end(), slope.begin(), slope.end());
            from += random.between(1, 3);
            if (from >= flat.upper[a] || random.chance(1, 3)) break;
            const std::size_t rising = random.below(flat.tiers);
            slope[rising] += random.between(1, 4);
            for (std::size_t tier = rising + 1; tier < flat.tiers; ++tier)
                slope[tier] = random.between(-5, 5);
        }
        problem.first_piece.push_back(problem.from.size());
    }
    return problem;
}

/// The cost of `flow` on `arc`, unit by unit.
inline std::vector<std::int64_t> unit_cost(const ConvexFlowProblem& problem, std::size_t arc, std::int64_t flow) {
    std::vector<std::int64_t> total(problem.tiers, 0);
    for (std::int64_t unit = std::min<std::int64_t>(flow, 0); unit < std::max<std::int64_t>(flow, 0); ++unit) {
        std::size_t piece = problem.first_piece[arc];
        while (piece + 1 < problem.first_piece[arc + 1] && problem.from[piece + 1] <= unit)
            ++piece;
        for (std::size_t tier = 0; tier < problem.tiers; ++tier) {
            total[tier] += (flow < 0 ? -1 : 1) * problem.slope[piece * problem.tiers + tier];
        }
    }
    return total;
}

/// Tries every flow; only for a handful of arcs with narrow finite bounds.
inline SlowFlow exhaustive_convex_flow(const ConvexFlowProblem& problem) {
    SlowFlow answer{Termination::infeasible, {}};
    std::vector<std::int64_t> flow = problem.lower;
    for (;;) {
        std::vector<std::int64_t> left = problem.supply;
        std::vector<std::int64_t> cost(problem.tiers, 0);
        for (std::size_t a = 0; a < flow.size(); ++a) {
            left[problem.tail[a]] -= flow[a];
            left[problem.head[a]] += flow[a];
            const auto part = unit_cost(problem, a, flow[a]);
            for (std::size_t tier = 0; tier < problem.tiers; ++tier)
                cost[tier] += part[tier];
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

/// The same network with one arc per unit of width (unlimited tails as one arc), for the slow method; its
/// costs count from the lower bounds on.
inline MinCostFlowProblem one_arc_per_unit(const ConvexFlowProblem& problem) {
    MinCostFlowProblem flat{.nodes = problem.nodes, .tiers = problem.tiers, .supply = problem.supply};
    for (std::size_t a = 0; a < problem.arcs(); ++a) {
        flat.supply[problem.tail[a]] -= problem.lower[a];
        flat.supply[problem.head[a]] += problem.lower[a];
        for (std::size_t p = problem.first_piece[a]; p < problem.first_piece[a + 1]; ++p) {
            const bool last = p + 1 == problem.first_piece[a + 1];
            const std::int64_t stop = last ? problem.upper[a] : problem.from[p + 1];
            const auto at = problem.slope.begin() + static_cast<std::ptrdiff_t>(p * problem.tiers);
            const std::vector<std::int64_t> slope(at, at + static_cast<std::ptrdiff_t>(problem.tiers));
            if (stop == MinCostFlowProblem::unlimited) {
                add_arc(flat, problem.tail[a], problem.head[a], 0, stop, slope);
                continue;
            }
            for (std::int64_t unit = problem.from[p]; unit < stop; ++unit)
                add_arc(flat, problem.tail[a], problem.head[a], 0, 1, slope);
        }
    }
    return flat;
}

}  // namespace given
