// How many ways through a network are critical, which are the longest, and which come next?
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include <countyplan/scalar/enumerator.hpp>
#include <countyplan/track/critical_path.hpp>

namespace countyplan {

/// The number of critical paths: chains of driving links, as long as they can be made, that end with a task
/// which ends its project. Two links between the same tasks are one way; tasks that maximum lags hold to each
/// other both ways count as one. The largest number stands for itself and everything above. `result` is optimal
/// and belongs to `problem`, here and below. Never lists them: O(n + m log m).
[[nodiscard]] std::uint64_t count_critical_paths(const CriticalPathProblem& problem, const CriticalPathResult& result);

/// A chain of minimum lags from a task that none of them drives to the end of a project.
struct NetworkPath {
    std::vector<std::uint32_t> tasks{};  ///< at least one
    std::vector<std::uint32_t> links{};  ///< between each task and the next
    /// Working days by which it is shorter than a longest path: what its links leave free, each counted by the
    /// calendar of the task that waits, and what lies between its last finish and the project's last one.
    std::int64_t slack = 0;

    friend bool operator==(const NetworkPath&, const NetworkPath&) = default;
};

/// The `count` longest paths (all, where there are fewer), by slack; among equals those that turn off later first.
/// A path stops where its task has no successors, or where the project's end is nearer than through any of them.
/// Links that say nothing, because of what has happened, lead no path. O(n + m + count * length * degree * log).
[[nodiscard]] std::vector<NetworkPath> longest_paths(const CriticalPathProblem& problem,
                                                     const CriticalPathResult& result, std::size_t count);

/// What makes one way nearer than another.
enum class FloatPathOrder {
    total_float,  ///< the least total float of the task it turns to
    free_float,   ///< the least sum of what the links on the way to the end leave free
};

template <>
struct Enumerators<FloatPathOrder> {
    static constexpr MessageText words[] = {{"total_float", "按总时差", "by total float"},
                                            {"free_float", "按自由时差", "by free float"}};
};

/// A chain of tasks that leads into a nearer one.
struct FloatPath {
    std::vector<std::uint32_t> tasks{};    ///< in the order of work
    std::optional<std::uint32_t> joins{};  ///< the link from its last task to a nearer path; unset: the first
    std::optional<std::int64_t> distance = std::nullopt;  ///< total float, or sum of free float; unset: a complete task

    friend bool operator==(const FloatPath&, const FloatPath&) = default;
};

/// The first `count` float paths that lead to `last`. Each task is on one of them at most: the first goes back from
/// `last`, always to the nearest predecessor that is on none; each further one begins where the nearest such task
/// turns off. Ties by the smaller link. After Primavera's multiple float paths; the order within ties is our own.
/// `last` exists. O((n + m) log m).
[[nodiscard]] std::vector<FloatPath> float_paths(const CriticalPathProblem& problem, const CriticalPathResult& result,
                                                 std::uint32_t last, std::size_t count,
                                                 FloatPathOrder order = FloatPathOrder::free_float);

}  // namespace countyplan

#if !defined(COUNTYPLAN_SEPARATE) || defined(COUNTYPLAN_BODIES_TRACK)
#include <countyplan/track/impl/float_path.hpp>
#endif
