// Which seeded max-flow instances do the tests solve, and what is the answer by another way?
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include <countyplan/solve/proof/int128.hpp>
#include <countyplan/solve/proof/max_flow.hpp>
#include <countyplan/solve/random.hpp>

namespace given {

using countyplan::MaxFlowProblem;

inline void add_arc(MaxFlowProblem& problem, std::uint32_t tail, std::uint32_t head, std::int64_t capacity) {
    problem.tail.push_back(tail);
    problem.head.push_back(head);
    problem.capacity.push_back(capacity);
}

/// At most eight nodes; loops, parallel and antiparallel arcs, empty ones, ties, and now and then capacities
/// whose sum does not fit 64 bits.
inline MaxFlowProblem random_max_flow(std::uint64_t seed) {
    countyplan::Random random(seed, 21);
    MaxFlowProblem problem;
    problem.nodes = 2 + random.below(7);
    const auto node = [&] { return static_cast<std::uint32_t>(random.below(problem.nodes)); };
    problem.source = node();
    problem.sink = (problem.source + 1 + static_cast<std::uint32_t>(random.below(problem.nodes - 1))) %
                   static_cast<std::uint32_t>(problem.nodes);
    const std::uint64_t arcs = random.below(4 * problem.nodes + 1);
    const bool huge = random.chance(1, 8);
    const std::int64_t widest = random.between(1, 12);
    for (std::uint64_t i = 0; i < arcs; ++i) {
        const std::uint32_t tail = random.chance(1, 5) ? problem.source : node();
        std::int64_t capacity = random.between(0, widest);
        if (huge && random.chance(1, 2)) capacity = MaxFlowProblem::max_capacity - capacity;
        add_arc(problem, tail, random.chance(1, 5) ? problem.sink : node(), capacity);
    }
    return problem;
}

/// The least capacity of all cuts, by trying each; for a handful of nodes.
inline countyplan::Int128 least_cut(const MaxFlowProblem& problem) {
    countyplan::Int128 least;
    bool any = false;
    for (std::uint64_t set = 0; set < std::uint64_t{1} << problem.nodes; ++set) {
        if ((set >> problem.source & 1) == 0 || (set >> problem.sink & 1) == 1) continue;
        countyplan::Int128 capacity;
        for (std::size_t a = 0; a < problem.tail.size(); ++a) {
            if ((set >> problem.tail[a] & 1) == 1 && (set >> problem.head[a] & 1) == 0) {
                capacity += problem.capacity[a];
            }
        }
        if (!any || capacity < least) least = capacity;
        any = true;
    }
    return least;
}

/// Frames of a x a nodes, one behind the other, neighbours joined both ways by wide arcs, each frame to
/// a shuffled next one by narrow arcs (Goldfarb & Grigoriadis, Annals of OR 13, 1988).
inline MaxFlowProblem frames_max_flow(std::uint32_t side, std::uint32_t frames, std::uint64_t seed) {
    countyplan::Random random(seed, 22);
    MaxFlowProblem problem;
    const std::uint32_t square = side * side;
    problem.nodes = std::size_t{square} * frames;
    problem.source = 0;
    problem.sink = square * frames - 1;
    std::vector<std::uint32_t> order(square);
    for (std::uint32_t f = 0; f < frames; ++f) {
        const std::uint32_t base = f * square;
        for (std::uint32_t i = 0; i < square; ++i) {
            order[i] = i;
            if (i % side + 1 < side) {
                add_arc(problem, base + i, base + i + 1, 10000 * std::int64_t{square});
                add_arc(problem, base + i + 1, base + i, 10000 * std::int64_t{square});
            }
            if (i + side < square) {
                add_arc(problem, base + i, base + i + side, 10000 * std::int64_t{square});
                add_arc(problem, base + i + side, base + i, 10000 * std::int64_t{square});
            }
        }
        if (f + 1 == frames) break;
        random.shuffle(std::span(order));
        for (std::uint32_t i = 0; i < square; ++i)
            add_arc(problem, base + i, base + square + order[i], random.between(1, 10000));
    }
    return problem;
}

/// Levels of nodes, each node with three arcs to random ones of the next level, as in DIMACS's
/// washington-rlg; source before the first and sink behind the last level.
inline MaxFlowProblem level_max_flow(std::uint32_t levels, std::uint32_t width, std::uint64_t seed) {
    countyplan::Random random(seed, 23);
    MaxFlowProblem problem;
    problem.nodes = std::size_t{levels} * width + 2;
    problem.source = levels * width;
    problem.sink = levels * width + 1;
    for (std::uint32_t i = 0; i < width; ++i)
        add_arc(problem, problem.source, i, 3 * 10000);
    for (std::uint32_t l = 0; l + 1 < levels; ++l) {
        for (std::uint32_t i = 0; i < width; ++i) {
            for (int k = 0; k < 3; ++k) {
                const std::int64_t capacity = random.between(1, 10000);
                const auto next = static_cast<std::uint32_t>(random.below(width));
                add_arc(problem, l * width + i, (l + 1) * width + next, capacity);
            }
        }
    }
    for (std::uint32_t i = 0; i < width; ++i)
        add_arc(problem, (levels - 1) * width + i, problem.sink, 3 * 10000);
    return problem;
}

/// A picture: pixels joined to their neighbours both ways, each to source or sink with a random weight.
inline MaxFlowProblem grid_max_flow(std::uint32_t side, std::uint64_t seed) {
    countyplan::Random random(seed, 24);
    MaxFlowProblem problem;
    const std::uint32_t pixels = side * side;
    problem.nodes = std::size_t{pixels} + 2;
    problem.source = pixels;
    problem.sink = pixels + 1;
    for (std::uint32_t i = 0; i < pixels; ++i) {
        const std::int64_t bright = random.between(-100, 100) + ((i / side / 16 + i % side / 16) % 2 == 0 ? 40 : -40);
        if (bright > 0) add_arc(problem, problem.source, i, bright);
        if (bright < 0) add_arc(problem, i, problem.sink, -bright);
        const std::int64_t smooth = random.between(10, 40);
        if (i % side + 1 < side) {
            add_arc(problem, i, i + 1, smooth);
            add_arc(problem, i + 1, i, smooth);
        }
        if (i + side < pixels) {
            add_arc(problem, i, i + side, smooth);
            add_arc(problem, i + side, i, smooth);
        }
    }
    return problem;
}

/// Matching as a flow: every left node has `degree` unit arcs to random right ones.
inline MaxFlowProblem unit_max_flow(std::uint32_t left, std::uint32_t right, std::uint32_t degree, std::uint64_t seed) {
    countyplan::Random random(seed, 25);
    MaxFlowProblem problem;
    problem.nodes = std::size_t{left} + right + 2;
    problem.source = left + right;
    problem.sink = left + right + 1;
    for (std::uint32_t i = 0; i < left; ++i) {
        add_arc(problem, problem.source, i, 1);
        for (std::uint32_t k = 0; k < degree; ++k)
            add_arc(problem, i, left + static_cast<std::uint32_t>(random.below(right)), 1);
    }
    for (std::uint32_t j = 0; j < right; ++j)
        add_arc(problem, left + j, problem.sink, 1);
    return problem;
}

}  // namespace given
