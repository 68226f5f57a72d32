// Networks of tasks to measure schedules on.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include <countyplan/solve/random.hpp>
#include <countyplan/track/critical_path.hpp>

namespace given {

/// `tasks` in 100 layers, three links each, one or two calendars; the seed is fixed.
inline countyplan::CriticalPathProblem layered_schedule(std::uint32_t tasks, bool two_calendars) {
    using namespace countyplan;
    Random random(1);
    CriticalPathProblem problem;
    problem.calendars.resize(two_calendars ? 2 : 1);
    if (two_calendars) problem.calendars[1] = Calendar(*Day::parse("2025-01-01"), std::vector<bool>(3650, true), {});
    problem.projects = {{.start = *Day::parse("2025-09-01")}};
    const std::uint32_t layer = std::max<std::uint32_t>(tasks / 100, 1);
    for (std::uint32_t i = 0; i < tasks; ++i) {
        CriticalPathTask task;
        task.duration = random.between(1, 20);
        task.calendar = two_calendars ? i % 2 : 0;
        problem.tasks.push_back(task);
        if (i < layer) continue;
        const std::uint32_t before = (i / layer - 1) * layer;
        for (int k = 0; k < 3; ++k) {
            CriticalPathLink link;
            link.predecessor = before + static_cast<std::uint32_t>(random.below(layer));
            link.successor = i;
            link.type = static_cast<LinkKind>(random.between(0, 3));
            link.lag = random.between(-2, 5);
            problem.links.push_back(link);
        }
    }
    return problem;
}

}  // namespace given
