// Which seeded networks with groups do the tests solve, and what is the answer by another way?
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include <countyplan/solve/proof/leximin.hpp>
#include <countyplan/solve/random.hpp>

namespace given {

using countyplan::LeximinProblem;

inline void add_arc(LeximinProblem& problem, std::uint32_t tail, std::uint32_t head, std::int64_t lower,
                    std::int64_t upper) {
    problem.tail.push_back(tail);
    problem.head.push_back(head);
    problem.lower.push_back(lower);
    problem.upper.push_back(upper);
}

/// A group on this arc with its (threshold, value) steps.
inline void add_group(LeximinProblem& problem, std::uint32_t arc,
                      const std::vector<std::pair<std::int64_t, std::int64_t>>& steps) {
    problem.group_arc.push_back(arc);
    for (const auto& [threshold, value] : steps) {
        problem.threshold.push_back(threshold);
        problem.value.push_back(value);
    }
    problem.first.push_back(problem.threshold.size());
}

/// At most five nodes and eight arcs with narrow finite bounds, mostly planted round a flow; up to all arcs
/// have a group. With `smooth`, every unit of flow raises a group's value until its last step.
inline LeximinProblem random_leximin(std::uint64_t seed, bool smooth) {
    countyplan::Random random(seed, smooth ? 41 : 42);
    LeximinProblem problem;
    problem.nodes = 1 + random.below(5);
    problem.supply.assign(problem.nodes, 0);
    const std::uint64_t arcs = random.below(9);
    const auto node = [&] { return static_cast<std::uint32_t>(random.below(problem.nodes)); };
    const std::int64_t values = random.between(1, 6);
    for (std::uint32_t arc = 0; arc < arcs; ++arc) {
        const std::int64_t lower = random.chance(1, 4) ? random.between(-2, 1) : 0;
        const std::int64_t upper = lower + random.between(0, 3);
        const std::uint32_t tail = node();
        add_arc(problem, tail, node(), lower, upper);
        const std::int64_t flow = random.between(lower, upper);
        problem.supply[tail] += flow;
        problem.supply[problem.head.back()] -= flow;
        if (random.chance(1, 3)) continue;
        std::vector<std::pair<std::int64_t, std::int64_t>> steps;
        std::int64_t threshold = lower - (smooth ? 0 : random.between(0, 1));
        std::int64_t value = random.between(0, values);
        const std::int64_t last = random.between(threshold, upper + 1);
        for (;;) {
            steps.emplace_back(threshold, value);
            threshold += smooth ? 1 : random.between(1, 3);
            if (threshold > last) break;
            value += random.between(smooth ? 1 : 0, 2);
        }
        add_group(problem, arc, steps);
    }
    if (random.chance(1, 10)) {
        problem.supply[node()] += 1;
        problem.supply[node()] -= 1;
    }
    return problem;
}

/// The sorted values of the best flow by trying every flow; none if there is no flow.
inline std::optional<std::vector<std::int64_t>> exhaustive_leximin(const LeximinProblem& problem) {
    std::optional<std::vector<std::int64_t>> best;
    std::vector<std::int64_t> flow = problem.lower;
    for (;;) {
        std::vector<std::int64_t> left = problem.supply;
        for (std::size_t a = 0; a < flow.size(); ++a) {
            left[problem.tail[a]] -= flow[a];
            left[problem.head[a]] += flow[a];
        }
        if (left == std::vector<std::int64_t>(problem.nodes, 0)) {
            std::vector<std::int64_t> values;
            for (std::size_t g = 0; g < problem.group_arc.size(); ++g) {
                std::int64_t value = 0;
                for (std::size_t k = problem.first[g]; k < problem.first[g + 1]; ++k) {
                    if (problem.threshold[k] <= flow[problem.group_arc[g]]) value = problem.value[k];
                }
                values.push_back(value);
            }
            std::sort(values.begin(), values.end());
            if (!best || values > *best) best = values;
        }
        std::size_t a = 0;
        while (a < flow.size() && flow[a] == problem.upper[a]) {
            flow[a] = problem.lower[a];
            ++a;
        }
        if (a == flow.size()) return best;
        ++flow[a];
    }
}

/// Experts to schools, each expert with `choices` of them; a school's value is the share of its places that
/// are filled, in parts of 1000. Everybody who finds no place stays home.
inline LeximinProblem schools_leximin(std::uint32_t experts, std::uint32_t schools, std::uint32_t choices,
                                      std::uint64_t seed) {
    countyplan::Random random(seed, 43);
    LeximinProblem problem;
    problem.nodes = std::size_t{experts} + schools + 1;
    problem.supply.assign(problem.nodes, 0);
    const std::uint32_t home = experts + schools;
    for (std::uint32_t e = 0; e < experts; ++e) {
        problem.supply[e] = 1;
        for (std::uint32_t k = 0; k < choices; ++k) {
            const auto school = static_cast<std::uint32_t>(std::min(random.below(schools), random.below(schools)));
            add_arc(problem, e, experts + school, 0, 1);
        }
        add_arc(problem, e, home, 0, 1);
    }
    problem.supply[home] = -static_cast<std::int64_t>(experts);
    for (std::uint32_t s = 0; s < schools; ++s) {
        const std::int64_t places = random.between(1, 12);
        add_arc(problem, experts + s, home, 0, places);
        std::vector<std::pair<std::int64_t, std::int64_t>> steps;
        for (std::int64_t filled = 0; filled <= places; ++filled)
            steps.emplace_back(filled, filled * 1000 / places);
        add_group(problem, static_cast<std::uint32_t>(problem.tail.size() - 1), steps);
    }
    return problem;
}

}  // namespace given
