// Which seeded longest-path instances do the tests solve, and what is the answer by another way?
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include <countyplan/solve/proof/longest_path.hpp>
#include <countyplan/solve/random.hpp>

namespace given {

using countyplan::LongestPathProblem;
using countyplan::Random;

inline void add_arc(LongestPathProblem& problem, std::uint32_t tail, std::uint32_t head, std::int64_t length) {
    problem.tail.push_back(tail);
    problem.head.push_back(head);
    problem.length.push_back(length);
}

/// At most nine nodes under random names; mostly arcs onward, sometimes maximum lags back, loops and
/// parallel arcs; deadlines, spans and the horizon set or not.
inline LongestPathProblem random_longest_path(std::uint64_t seed) {
    Random random(seed, 3);
    LongestPathProblem problem;
    problem.nodes = random.below(10);
    if (problem.nodes == 0) return problem;
    std::vector<std::uint32_t> name(problem.nodes);
    for (std::uint32_t v = 0; v < name.size(); ++v)
        name[v] = v;
    random.shuffle(std::span(name));
    const std::uint64_t arcs = random.below(3 * problem.nodes);
    const std::uint64_t back = random.below(40);
    for (std::uint64_t i = 0; i < arcs; ++i) {
        std::uint64_t a = random.below(problem.nodes), b = random.below(problem.nodes);
        const bool onward = !random.chance(back, 100);
        if (onward && a == b) continue;
        if (onward != (a < b)) std::swap(a, b);
        add_arc(problem, name[a], name[b], onward ? random.between(-2, 6) : random.between(-12, 0));
    }
    for (std::size_t v = 0; v < problem.nodes; ++v) {
        problem.release.push_back(random.chance(1, 3) ? random.between(-5, 12) : 0);
    }
    if (random.chance(1, 2)) {
        for (std::size_t v = 0; v < problem.nodes; ++v) {
            problem.deadline.push_back(random.chance(1, 2) ? LongestPathProblem::unbounded : random.between(0, 20));
        }
    }
    if (random.chance(2, 3)) {
        for (std::size_t v = 0; v < problem.nodes; ++v)
            problem.span.push_back(random.between(0, 5));
    }
    if (random.chance(1, 4)) problem.horizon = random.between(-5, 30);
    return problem;
}

/// `nodes` tasks in layers, each with some predecessors one to five layers before, under random names.
inline LongestPathProblem layered_longest_path(std::size_t nodes, std::size_t arcs, std::size_t layers,
                                               std::uint64_t seed) {
    Random random(seed, 4);
    LongestPathProblem problem;
    problem.nodes = nodes;
    problem.release.assign(nodes, 0);
    std::vector<std::uint32_t> name(nodes);
    for (std::uint32_t v = 0; v < nodes; ++v)
        name[v] = v;
    random.shuffle(std::span(name));
    for (std::size_t v = 0; v < nodes; ++v)
        problem.span.push_back(random.between(1, 100));
    const std::size_t width = nodes / layers;
    for (std::size_t i = 0; i < arcs; ++i) {
        const std::size_t v = width + random.below(nodes - width);
        const std::size_t before = std::min<std::size_t>(v / width, random.chance(70, 100) ? 1 : 1 + random.below(5));
        const std::size_t u = (v / width - before) * width + random.below(width);
        add_arc(problem, name[u], name[v], problem.span[name[u]]);
    }
    return problem;
}

struct SlowTimes {
    std::vector<std::int64_t> earliest, latest;
    std::int64_t horizon = 0;
};

/// Longest distances between all pairs by matrix closure (Floyd-Warshall); nothing if some cycle is
/// positive. For small numbers only.
inline std::optional<SlowTimes> slow_longest_path(const LongestPathProblem& problem) {
    constexpr std::int64_t no_way = std::int64_t{-1} << 50;
    const std::size_t n = problem.nodes;
    std::vector<std::vector<std::int64_t>> way(n, std::vector<std::int64_t>(n, no_way));
    for (std::size_t v = 0; v < n; ++v)
        way[v][v] = 0;
    for (std::size_t a = 0; a < problem.tail.size(); ++a) {
        auto& known = way[problem.tail[a]][problem.head[a]];
        known = std::max(known, problem.length[a]);
    }
    for (std::size_t k = 0; k < n; ++k) {
        for (std::size_t i = 0; i < n; ++i) {
            for (std::size_t j = 0; j < n; ++j) {
                if (way[i][k] == no_way || way[k][j] == no_way) continue;
                way[i][j] = std::max(way[i][j], way[i][k] + way[k][j]);
            }
        }
    }
    SlowTimes times;
    for (std::size_t v = 0; v < n; ++v) {
        if (way[v][v] > 0) return std::nullopt;
    }
    const auto span = [&](std::size_t v) { return problem.span.empty() ? 0 : problem.span[v]; };
    for (std::size_t v = 0; v < n; ++v) {
        std::int64_t early = problem.release[v];
        for (std::size_t u = 0; u < n; ++u) {
            if (way[u][v] != no_way) early = std::max(early, problem.release[u] + way[u][v]);
        }
        times.earliest.push_back(early);
        times.horizon = v == 0 ? early + span(v) : std::max(times.horizon, early + span(v));
    }
    if (problem.horizon) times.horizon = *problem.horizon;
    for (std::size_t v = 0; v < n; ++v) {
        std::int64_t late = times.horizon - span(v);
        for (std::size_t w = 0; w < n; ++w) {
            if (way[v][w] == no_way) continue;
            const std::int64_t own = problem.deadline.empty() ? LongestPathProblem::unbounded : problem.deadline[w];
            late = std::min(late, std::min(own, times.horizon - span(w)) - way[v][w]);
        }
        times.latest.push_back(late);
    }
    return times;
}

}  // namespace given
