// What do the checkers of all flows with supplies and bounds have to ask?
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
#include <countyplan/solve/messages.hpp>
#include <countyplan/solve/proof/min_cost_flow.hpp>
#include <countyplan/solve/proof/refusal.hpp>

namespace countyplan::detail {

inline Verdict out_of_range(std::int64_t found, std::int64_t least, std::int64_t most, std::string place) {
    return refuse({message::solve_out_of_range, {to_text(found), to_text(least), to_text(most)}}, std::move(place));
}

/// Whether the flow keeps bounds, balance and the stated totals. `add_cost(arc, flow, total)` is the problem's own.
template <class Problem, class AddCost>
Verdict check_flow(const Problem& problem, const MinCostFlowResult& result, const AddCost& add_cost) {
    if (Verdict v = check_length(result.flow.size(), problem.arcs(), "flow"); !v.accepted) return v;
    if (Verdict v = check_length(result.cost.size(), problem.tiers, "cost"); !v.accepted) return v;
    std::vector<int128> left(problem.nodes, 0);
    std::vector<int128> total(problem.tiers, 0);
    for (std::size_t arc = 0; arc < problem.arcs(); ++arc) {
        const std::int64_t flow = result.flow[arc];
        if (flow < problem.lower[arc] || flow > problem.upper[arc]) {
            return refuse({message::proof_flow_outside,
                           {to_text(flow), to_text(problem.lower[arc]), to_text(problem.upper[arc])}},
                          indexed("flow", arc));
        }
        left[problem.tail[arc]] += flow;
        left[problem.head[arc]] -= flow;
        if (flow != 0 && !add_cost(arc, flow, total)) {
            return refuse({message::solve_too_large, {"cost"}}, "cost");
        }
    }
    for (std::size_t node = 0; node < problem.nodes; ++node) {
        if (left[node] != problem.supply[node]) {
            return refuse({message::proof_unbalanced, {to_text(Int128(left[node])), to_text(problem.supply[node])}},
                          indexed("node", node));
        }
    }
    for (std::size_t tier = 0; tier < problem.tiers; ++tier) {
        if (result.cost[tier].value != total[tier]) {
            return refuse({message::proof_wrong_cost, {to_text(result.cost[tier]), to_text(Int128(total[tier]))}},
                          indexed("cost", tier));
        }
    }
    return {};
}

template <class Problem>
Verdict check_cut(const Problem& problem, const ViolatedCut& cut) {
    std::vector<bool> inside(problem.nodes, false);
    if (Verdict verdict = mark_nodes(cut.nodes, inside, "cut"); !verdict.accepted) return verdict;
    int128 supply = 0;
    for (const std::uint32_t node : cut.nodes)
        supply += problem.supply[node];
    int128 must_enter = 0, must_leave = 0, may_enter = 0, may_leave = 0;
    bool any_enter = false, any_leave = false;  // any amount may cross
    for (std::size_t arc = 0; arc < problem.arcs(); ++arc) {
        const bool leaves = inside[problem.tail[arc]];
        if (leaves == inside[problem.head[arc]]) continue;
        (leaves ? must_leave : must_enter) += problem.lower[arc];
        if (problem.upper[arc] == MinCostFlowProblem::unlimited) {
            (leaves ? any_leave : any_enter) = true;
        } else {
            (leaves ? may_leave : may_enter) += problem.upper[arc];
        }
    }
    const bool too_much = !any_leave && supply + must_enter > may_leave;
    const bool too_little = !any_enter && must_leave - supply > may_enter;
    return too_much || too_little ? Verdict{} : refuse(message::proof_cut_not_violated, "cut");
}

/// `cost(arc, tier)` is that of a unit on an arc without upper bound, sent beyond any amount.
template <class Problem, class Cost>
Verdict check_cycle(const Problem& problem, const NegativeCycle& cycle, const Cost& cost) {
    const auto& arcs = cycle.arcs;
    if (arcs.empty()) return refuse(message::proof_not_a_cycle, "cycle");
    std::vector<int128> total(problem.tiers, 0);
    for (std::size_t i = 0; i < arcs.size(); ++i) {
        if (Verdict verdict = check_step(problem, arcs, i); !verdict.accepted) return verdict;
        if (problem.upper[arcs[i]] != MinCostFlowProblem::unlimited) {
            return refuse({message::proof_cycle_capped, {to_text(problem.upper[arcs[i]])}}, indexed("cycle", i));
        }
        for (std::size_t tier = 0; tier < problem.tiers; ++tier) {
            total[tier] += cost(arcs[i], tier);
        }
    }
    for (const int128 sum : total) {
        if (sum < 0) return {};
        if (sum > 0) break;
    }
    return refuse(message::proof_cycle_not_negative, "cycle");
}

/// What every network with supplies and bounds must be, costs apart.
template <class Problem>
Verdict check_network(const Problem& problem) {
    constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min();
    constexpr std::int64_t unlimited = MinCostFlowProblem::unlimited;
    const std::size_t arcs = problem.arcs();
    if (Verdict v = check_counts(problem.nodes, arcs, std::numeric_limits<std::uint32_t>::max()); !v.accepted) return v;
    if (problem.tiers < 1 || problem.tiers > MinCostFlowProblem::max_tiers) {
        return refuse(
            {message::solve_out_of_range, {to_text(problem.tiers), "1", to_text(MinCostFlowProblem::max_tiers)}},
            "tiers");
    }
    if (Verdict v = check_length(problem.supply.size(), problem.nodes, "supply"); !v.accepted) return v;
    if (Verdict v = check_length(problem.head.size(), arcs, "head"); !v.accepted) return v;
    if (Verdict v = check_length(problem.lower.size(), arcs, "lower"); !v.accepted) return v;
    if (Verdict v = check_length(problem.upper.size(), arcs, "upper"); !v.accepted) return v;
    for (std::size_t node = 0; node < problem.nodes; ++node) {
        if (problem.supply[node] == least) return out_of_range(least, least + 1, unlimited, indexed("supply", node));
    }
    if (Verdict v = check_ends(problem.tail, problem.head, problem.nodes); !v.accepted) return v;
    for (std::size_t arc = 0; arc < arcs; ++arc) {
        const std::int64_t lower = problem.lower[arc];
        if (lower == least || lower == unlimited) {
            return out_of_range(lower, least + 1, unlimited - 1, indexed("lower", arc));
        }
        if (problem.upper[arc] < lower) {
            return refuse({message::solve_crossed_bounds, {to_text(problem.upper[arc]), to_text(lower)}},
                          indexed("upper", arc));
        }
    }
    return {};
}

/// Whether costs and their sums along paths stay in range.
inline Verdict check_costs(const std::vector<std::int64_t>& cost, std::size_t nodes, const char* field) {
    constexpr std::int64_t max_cost = MinCostFlowProblem::max_cost;
    std::int64_t largest = 0;
    for (std::size_t i = 0; i < cost.size(); ++i) {
        if (cost[i] < -max_cost || cost[i] > max_cost)
            return out_of_range(cost[i], -max_cost, max_cost, indexed(field, i));
        largest = std::max(largest, cost[i] < 0 ? -cost[i] : cost[i]);
    }
    if (int128{largest} * static_cast<std::int64_t>(nodes) >= std::int64_t{1} << 60) {
        return refuse({message::solve_too_large, {"nodes * cost"}}, field);
    }
    return {};
}

/// Whether the fields of `result` agree and what they say holds. `add_cost(arc, flow, total)`,
/// `check_optimal(potentials)` and `last_cost(arc, tier)` are the problem's own.
template <class Problem, class AddCost, class CheckOptimal, class LastCost>
Verdict check_flow_result(const Problem& problem, const MinCostFlowResult& result, const AddCost& add_cost,
                          const CheckOptimal& check_optimal, const LastCost& last_cost) {
    const auto disagree = [](const char* field) { return refuse(message::proof_fields_disagree, field); };
    const bool settled = result.termination == Termination::optimal || result.termination == Termination::infeasible ||
                         result.termination == Termination::unbounded;
    if (!cause_fits(result.cause, settled)) return disagree("cause");
    if (result.steps < 0) return disagree("steps");
    const bool has_flow = result.termination != Termination::infeasible && result.termination != Termination::unknown;
    const Claim claim = settled ? Claim::proved : has_flow ? Claim::feasible : Claim::estimate;
    if (result.claim != claim) return disagree("claim");
    if (has_flow) {
        if (Verdict verdict = check_flow(problem, result, add_cost); !verdict.accepted) return verdict;
    } else if (!result.flow.empty() || !result.cost.empty()) {
        return disagree(result.flow.empty() ? "cost" : "flow");
    }
    switch (result.termination) {
        case Termination::optimal:
            if (const auto* proof = std::get_if<Potentials>(&result.certificate)) return check_optimal(*proof);
            break;
        case Termination::infeasible:
            if (const auto* proof = std::get_if<ViolatedCut>(&result.certificate)) return check_cut(problem, *proof);
            break;
        case Termination::unbounded:
            if (const auto* proof = std::get_if<NegativeCycle>(&result.certificate)) {
                return check_cycle(problem, *proof, last_cost);
            }
            break;
        case Termination::feasible:
        case Termination::unknown:
            if (std::holds_alternative<std::monostate>(result.certificate)) return {};
            break;
        default:
            return disagree("termination");
    }
    return disagree("certificate");
}

}  // namespace countyplan::detail
