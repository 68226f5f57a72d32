// The solver's half of max_flow: chooses a number type, fills the network, writes flow and cut.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <numeric>
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

/// The two cuts that are there without a search, and the widest arc.
struct FirstCuts {
    int128 out_of_source = 0;
    int128 into_sink = 0;
    std::int64_t widest = 0;
};

inline FirstCuts first_cuts(const MaxFlowProblem& problem) {
    FirstCuts cuts;
    for (std::size_t arc = 0; arc < problem.arcs(); ++arc) {
        const std::uint32_t tail = problem.tail[arc], head = problem.head[arc];
        cuts.widest = std::max(cuts.widest, problem.capacity[arc]);
        if (tail == head || (tail != problem.source && head != problem.sink)) continue;
        if (tail == problem.source) cuts.out_of_source += problem.capacity[arc];
        if (head == problem.sink) cuts.into_sink += problem.capacity[arc];
    }
    return cuts;
}

/// What may be spent on giving excess back after the solve was stopped.
inline Stop last_moments(const Stop& stop, Cause cause, std::chrono::nanoseconds elapsed) {
    using namespace std::chrono_literals;
    if (cause != Cause::steps) return {.time_limit = 25ms};
    Stop rest{.time_limit = stop.time_limit, .token = stop.token};
    if (rest.time_limit) *rest.time_limit -= std::max<std::chrono::nanoseconds>(elapsed - 25ms, 0ns);
    return rest;
}

template <class Excess, class Room>
void push_and_relabel(const MaxFlowProblem& problem, const MaxFlowOptions& options, const Stop& stop, Watch& watch,
                      std::chrono::steady_clock::time_point begin, MaxFlowResult& result) {
    PushRelabel<Excess, Room> network(problem, options.freshness, result.bound, watch);
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
    const detail::FirstCuts cuts = detail::first_cuts(problem);
    if (cuts.out_of_source < cuts.into_sink) {
        result.bound = Int128(cuts.out_of_source);
        result.cut.assign(1, problem.source);
    } else {
        result.bound = Int128(cuts.into_sink);
        result.cut.resize(problem.nodes - 1);
        std::iota(result.cut.begin(), result.cut.begin() + problem.sink, 0U);
        std::iota(result.cut.begin() + problem.sink, result.cut.end(), problem.sink + 1);
    }
    if (!watch.exhausted(0)) {
        constexpr std::int64_t narrow = std::numeric_limits<std::int32_t>::max();
        const bool sums_fit = cuts.out_of_source <= std::numeric_limits<std::int64_t>::max();
        if (!sums_fit) {
            detail::push_and_relabel<detail::int128, std::int64_t>(problem, options, stop, watch, begin, result);
        } else if (cuts.widest > narrow) {
            detail::push_and_relabel<std::int64_t, std::int64_t>(problem, options, stop, watch, begin, result);
        } else {
            detail::push_and_relabel<std::int64_t, std::int32_t>(problem, options, stop, watch, begin, result);
        }
    }
    if (result.termination != Termination::optimal) result.cause = watch.cause();
    return result;
}

}  // namespace countyplan
