// The checker's half of min_cost_flow: definitions only, nothing taken from the solver.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <countyplan/scalar/number.hpp>
#include <countyplan/separate.hpp>
#include <countyplan/solve/messages.hpp>
#include <countyplan/solve/proof/impl/flow_checks.hpp>
#include <countyplan/solve/proof/min_cost_flow.hpp>
#include <countyplan/solve/proof/refusal.hpp>

namespace countyplan {

namespace detail {

/// The exact cost of `flow` on `arc`, per tier, added to `total`; false where that leaves 128 bits.
inline bool add_cost(const MinCostFlowProblem& problem, std::size_t arc, std::int64_t flow,
                     std::vector<int128>& total) {
    for (std::size_t tier = 0; tier < problem.tiers; ++tier) {
        const int128 part = int128{flow} * problem.cost[arc * problem.tiers + tier];
        if (__builtin_add_overflow(total[tier], part, &total[tier])) return false;
    }
    return true;
}

inline Verdict check_potentials(const MinCostFlowProblem& problem, const std::vector<std::int64_t>& flow,
                                const Potentials& potentials) {
    const std::size_t tiers = problem.tiers;
    const auto& value = potentials.value;
    if (Verdict v = check_length(value.size(), problem.nodes * tiers, "potential"); !v.accepted) return v;
    for (std::size_t arc = 0; arc < problem.arcs(); ++arc) {
        int128 reduced = 0;  // the first component that is not 0
        for (std::size_t tier = 0; tier < tiers && reduced == 0; ++tier) {
            reduced = int128{problem.cost[arc * tiers + tier]} + value[problem.tail[arc] * tiers + tier] -
                      value[problem.head[arc] * tiers + tier];
        }
        const bool has_room = problem.upper[arc] == MinCostFlowProblem::unlimited || flow[arc] < problem.upper[arc];
        if (reduced < 0 && has_room) return refuse(message::proof_reduced_cost_negative, indexed("arc", arc));
        if (reduced > 0 && flow[arc] > problem.lower[arc]) {
            return refuse(message::proof_reduced_cost_positive, indexed("arc", arc));
        }
    }
    return {};
}

}  // namespace detail

COUNTYPLAN_INLINE Verdict examine(const MinCostFlowProblem& problem) {
    if (Verdict v = detail::check_network(problem); !v.accepted) return v;
    const std::size_t costs = problem.arcs() * problem.tiers;
    if (Verdict v = detail::check_length(problem.cost.size(), costs, "cost"); !v.accepted) return v;
    return detail::check_costs(problem.cost, problem.nodes, "cost");
}

COUNTYPLAN_INLINE Verdict examine(const MinCostFlowProblem& problem, const MinCostFlowResult& result) {
    if (Verdict verdict = examine(problem); !verdict.accepted) return verdict;
    return detail::check_flow_result(
        problem, result,
        [&](std::size_t arc, std::int64_t flow, std::vector<detail::int128>& total) {
            return detail::add_cost(problem, arc, flow, total);
        },
        [&](const Potentials& proof) { return detail::check_potentials(problem, result.flow, proof); },
        [&](std::size_t arc, std::size_t tier) { return problem.cost[arc * problem.tiers + tier]; });
}

COUNTYPLAN_INLINE bool verify(const MinCostFlowProblem& problem, const MinCostFlowResult& result) {
    return examine(problem, result).accepted;
}

}  // namespace countyplan
