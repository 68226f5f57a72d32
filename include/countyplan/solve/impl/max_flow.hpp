// The solver's half of max_flow: chooses a number type, fills the network, writes flow and cut.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

#include <countyplan/error.hpp>
#include <countyplan/separate.hpp>
#include <countyplan/solve/impl/push_relabel.hpp>
#include <countyplan/solve/max_flow.hpp>
#include <countyplan/solve/watch.hpp>

namespace countyplan::detail {

inline int128 capacity_of_cut(const MaxFlowProblem& problem, const std::vector<bool>& inside) {
    int128 capacity = 0;
    for (std::size_t arc = 0; arc < problem.arcs(); ++arc) {
        if (inside[problem.tail[arc]] && !inside[problem.head[arc]]) capacity += problem.capacity[arc];
    }
    return capacity;
}

/// Takes the cut of these nodes if none of less capacity is known.
inline void offer_cut(const MaxFlowProblem& problem, const std::vector<bool>& inside, MaxFlowResult& result) {
    const Int128 capacity(capacity_of_cut(problem, inside));
    if (!result.cut.empty() && capacity > result.bound) return;
    result.bound = capacity;
    result.cut.clear();
    for (std::uint32_t node = 0; node < problem.nodes; ++node) {
        if (inside[node]) result.cut.push_back(node);
    }
}

/// What may be spent on giving excess back after the solve was stopped.
inline Stop last_moments(const Stop& stop, Cause cause, std::chrono::nanoseconds elapsed) {
    using namespace std::chrono_literals;
    if (cause != Cause::steps) return {.time_limit = 25ms};
    Stop rest{.time_limit = stop.time_limit, .token = stop.token};
    if (rest.time_limit) *rest.time_limit -= std::max<std::chrono::nanoseconds>(elapsed - 25ms, 0ns);
    return rest;
}

template <class Excess>
void push_and_relabel(const MaxFlowProblem& problem, const MaxFlowOptions& options, const Stop& stop, Watch& watch,
                      std::chrono::steady_clock::time_point begin, MaxFlowResult& result) {
    PushRelabel<Excess> network(problem, options.freshness, watch);
    if (!network.start()) return;
    const bool filled = network.fill();
    result.steps = network.steps();
    if (!filled || network.is_cut_off(problem.source)) {
        std::vector<bool> inside(problem.nodes);
        for (std::uint32_t node = 0; node < problem.nodes; ++node)
            inside[node] = network.is_cut_off(node);
        offer_cut(problem, inside, result);
    }
    const auto finish = [&](Watch& clock) {
        if (!network.give_back(clock)) return false;
        network.write_flow(result.flow);
        result.value = network.reached();
        return true;
    };
    if (filled && finish(watch)) {
        result.termination = Termination::optimal;
        result.cause = Cause::proved;
        result.claim = Claim::proved;
        return;
    }
    const Stop rest = last_moments(stop, watch.cause(), std::chrono::steady_clock::now() - begin);
    const Progress nobody;
    Watch clock(rest, nobody);
    if (!clock.stopped()) finish(clock);
}

}  // namespace countyplan::detail

namespace countyplan {

COUNTYPLAN_INLINE MaxFlowResult solve(const MaxFlowProblem& problem, const MaxFlowOptions& options, const Stop& stop,
                                      const Progress& progress) {
    const auto begin = std::chrono::steady_clock::now();
    detail::Watch watch(stop, progress);
    if (Verdict verdict = examine(problem); !verdict.accepted) {
        throw InvalidProblem(std::move(verdict.why), std::move(verdict.place));
    }
    if (options.freshness == 0) {
        throw InvalidProblem({message::solve_out_of_range, {"0", "1", "4294967295"}}, "options.freshness");
    }
    MaxFlowResult result;
    result.flow.assign(problem.arcs(), 0);
    std::vector<bool> inside(problem.nodes, false);
    inside[problem.source] = true;
    detail::offer_cut(problem, inside, result);
    const bool wide = result.bound > Int128(std::numeric_limits<std::int64_t>::max());
    inside.assign(problem.nodes, true);
    inside[problem.sink] = false;
    detail::offer_cut(problem, inside, result);
    if (!watch.exhausted(0)) {
        if (wide) {
            detail::push_and_relabel<detail::int128>(problem, options, stop, watch, begin, result);
        } else {
            detail::push_and_relabel<std::int64_t>(problem, options, stop, watch, begin, result);
        }
    }
    if (result.termination != Termination::optimal) result.cause = watch.cause();
    return result;
}

}  // namespace countyplan
