// One look at the network for all counties.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <tuple>
#include <vector>

#include <countyplan/error.hpp>
#include <countyplan/graph/csr.hpp>
#include <countyplan/separate.hpp>
#include <countyplan/track/county_paths.hpp>
#include <countyplan/track/impl/float_path.hpp>

namespace countyplan {

namespace detail {

/// Per project the task that finishes last; `no_node` without tasks. Of several one on the longest path, of these one
/// that drives nothing, of these the first.
COUNTYPLAN_INLINE std::vector<std::uint32_t> last_tasks(const CriticalPathProblem& problem,
                                                        const CriticalPathResult& result) {
    std::vector<std::uint32_t> out(problem.projects.size(), no_node);
    std::vector<std::uint8_t> drives(problem.tasks.size(), 0);
    for (std::size_t a = 0; a < problem.links.size(); ++a) {
        if (result.driving[a] != 0 && problem.links[a].bound == LinkBound::minimum) {
            drives[problem.links[a].predecessor] = 1;
        }
    }
    std::vector<std::tuple<std::int64_t, bool, bool>> best(problem.projects.size());
    for (std::uint32_t v = 0; v < problem.tasks.size(); ++v) {
        const std::uint32_t p = problem.tasks[v].project;
        const std::tuple at{finish_instant(problem, result, v), result.tasks[v].on_longest_path, drives[v] == 0};
        if (out[p] != no_node && at <= best[p]) continue;
        out[p] = v;
        best[p] = at;
    }
    return out;
}

}  // namespace detail

COUNTYPLAN_INLINE ById<Id<County>, CountyPaths> county_paths(const Schedule& schedule, const PathOptions& options) {
    COUNTYPLAN_EXPECT(schedule.termination == Termination::optimal, "only a schedule with dates can be read");
    const CriticalPathProblem& problem = schedule.problem;
    ById<Id<County>, CountyPaths> out(problem.projects.size());
    const std::vector<std::uint64_t> counts = detail::critical_path_counts(problem, schedule.result);
    const std::vector<std::uint32_t> last = detail::last_tasks(problem, schedule.result);
    detail::FloatPathFinder finder(problem, schedule.result, options.order, detail::ChainsThatAreOver::passed_over);
    for (const Id<County> county : out.ids()) {
        out[county].critical = counts[county.value()];
        if (last[county.value()] != no_node) out[county].nearest = finder.find(last[county.value()], options.count);
    }
    return out;
}

}  // namespace countyplan
