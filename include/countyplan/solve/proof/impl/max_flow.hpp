// The checker's half of max_flow: definitions only, nothing taken from the solver.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include <countyplan/scalar/number.hpp>
#include <countyplan/separate.hpp>
#include <countyplan/solve/messages.hpp>
#include <countyplan/solve/proof/max_flow.hpp>
#include <countyplan/solve/proof/refusal.hpp>

namespace countyplan::detail {

/// Whether the flow keeps capacities, balance and the stated value.
inline Verdict check_max_flow(const MaxFlowProblem& problem, const MaxFlowResult& result) {
    if (Verdict v = check_length(result.flow.size(), problem.arcs(), "flow"); !v.accepted) return v;
    std::vector<int128> left(problem.nodes, 0);
    for (std::size_t arc = 0; arc < problem.arcs(); ++arc) {
        const std::int64_t flow = result.flow[arc];
        if (flow < 0 || flow > problem.capacity[arc]) {
            return refuse({message::proof_flow_outside, {to_text(flow), "0", to_text(problem.capacity[arc])}},
                          indexed("flow", arc));
        }
        left[problem.tail[arc]] += flow;
        left[problem.head[arc]] -= flow;
    }
    for (std::size_t node = 0; node < problem.nodes; ++node) {
        if (node == problem.source || node == problem.sink || left[node] == 0) continue;
        return refuse({message::proof_unbalanced, {to_text(Int128(left[node])), "0"}}, indexed("node", node));
    }
    if (result.value.value != left[problem.source]) {
        return refuse({message::proof_wrong_value, {to_text(result.value), to_text(Int128(left[problem.source]))}},
                      "value");
    }
    return {};
}

/// Whether the cut parts source from sink and has the stated capacity.
inline Verdict check_capacity(const MaxFlowProblem& problem, const MaxFlowResult& result) {
    std::vector<bool> inside(problem.nodes, false);
    for (std::size_t i = 0; i < result.cut.size(); ++i) {
        const std::uint32_t node = result.cut[i];
        if (node >= problem.nodes) {
            return refuse({message::proof_no_such_item, {to_text(node), to_text(problem.nodes)}}, indexed("cut", i));
        }
        if (inside[node]) return refuse({message::proof_named_twice, {to_text(node)}}, indexed("cut", i));
        if (i > 0 && result.cut[i - 1] > node) {
            return refuse({message::proof_descending, {to_text(node), to_text(result.cut[i - 1])}}, indexed("cut", i));
        }
        inside[node] = true;
    }
    if (!inside[problem.source] || inside[problem.sink]) return refuse(message::proof_not_apart, "cut");
    int128 capacity = 0;
    for (std::size_t arc = 0; arc < problem.arcs(); ++arc) {
        if (inside[problem.tail[arc]] && !inside[problem.head[arc]]) capacity += problem.capacity[arc];
    }
    if (result.bound.value != capacity) {
        return refuse({message::proof_wrong_bound, {to_text(result.bound), to_text(Int128(capacity))}}, "bound");
    }
    return {};
}

}  // namespace countyplan::detail

namespace countyplan {

COUNTYPLAN_INLINE Verdict examine(const MaxFlowProblem& problem) {
    using detail::indexed;
    const std::size_t arcs = problem.arcs();
    constexpr std::size_t most_nodes = std::numeric_limits<std::uint32_t>::max() - std::size_t{1};
    if (problem.nodes < 2 || problem.nodes > most_nodes) {
        return detail::refuse({message::solve_out_of_range, {to_text(problem.nodes), "2", to_text(most_nodes)}},
                              "nodes");
    }
    if (arcs >= std::size_t{1} << 31) return detail::refuse({message::solve_too_large, {"arcs"}}, "tail");
    if (Verdict v = detail::check_length(problem.head.size(), arcs, "head"); !v.accepted) return v;
    if (Verdict v = detail::check_length(problem.capacity.size(), arcs, "capacity"); !v.accepted) return v;
    const auto no_such_node = [&](std::uint32_t found, std::string place) {
        return detail::refuse({message::solve_no_such_node, {to_text(found), to_text(problem.nodes)}},
                              std::move(place));
    };
    if (problem.source >= problem.nodes) return no_such_node(problem.source, "source");
    if (problem.sink >= problem.nodes) return no_such_node(problem.sink, "sink");
    if (problem.source == problem.sink) return detail::refuse(message::solve_source_is_sink, "sink");
    for (std::size_t arc = 0; arc < arcs; ++arc) {
        if (problem.tail[arc] >= problem.nodes) return no_such_node(problem.tail[arc], indexed("tail", arc));
        if (problem.head[arc] >= problem.nodes) return no_such_node(problem.head[arc], indexed("head", arc));
        if (problem.capacity[arc] < 0) {
            return detail::refuse({message::solve_out_of_range,
                                   {to_text(problem.capacity[arc]), "0", to_text(MaxFlowProblem::max_capacity)}},
                                  indexed("capacity", arc));
        }
    }
    return {};
}

COUNTYPLAN_INLINE Verdict examine(const MaxFlowProblem& problem, const MaxFlowResult& result) {
    if (Verdict verdict = examine(problem); !verdict.accepted) return verdict;
    if (Verdict verdict = detail::check_ending(result, Claim::bounded); !verdict.accepted) return verdict;
    if (Verdict verdict = detail::check_max_flow(problem, result); !verdict.accepted) return verdict;
    if (Verdict verdict = detail::check_capacity(problem, result); !verdict.accepted) return verdict;
    if (result.termination == Termination::optimal && result.value != result.bound) {
        return detail::refuse({message::proof_gap, {to_text(result.value), to_text(result.bound)}}, "value");
    }
    return {};
}

COUNTYPLAN_INLINE bool verify(const MaxFlowProblem& problem, const MaxFlowResult& result) {
    return examine(problem, result).accepted;
}

}  // namespace countyplan
