// Which chains of tasks lead to each county's last finish, and how many of them are critical?
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include <countyplan/plan/county.hpp>
#include <countyplan/track/float_path.hpp>
#include <countyplan/track/schedule.hpp>

namespace countyplan {

struct PathOptions {
    std::size_t count = 3;  ///< how many float paths for each county
    FloatPathOrder order = FloatPathOrder::free_float;

    friend bool operator==(const PathOptions&, const PathOptions&) = default;
};

struct CountyPaths {
    std::uint64_t critical = 0;        ///< critical paths that end with one of its tasks, as `count_critical_paths`
    std::vector<FloatPath> nearest{};  ///< float paths to its last finish on which something is left to do

    friend bool operator==(const CountyPaths&, const CountyPaths&) = default;
};

/// The paths of all counties; rows of tasks and links are those of the plan, links with a maximum lag left out. Of
/// several tasks that finish last one on the longest path that drives nothing is led to. `schedule` is optimal.
/// O((n + m) log m) for all counties together, where no links cross counties.
[[nodiscard]] ById<Id<County>, CountyPaths> county_paths(const Schedule& schedule, const PathOptions& options = {});

}  // namespace countyplan

#if !defined(COUNTYPLAN_SEPARATE) || defined(COUNTYPLAN_BODIES_TRACK)
#include <countyplan/track/impl/county_paths.hpp>
#endif
