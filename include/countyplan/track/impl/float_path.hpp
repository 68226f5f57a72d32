// Counting and listing ways through a network, from its dates alone.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <numeric>
#include <optional>
#include <queue>
#include <span>
#include <utility>
#include <vector>

#include <countyplan/error.hpp>
#include <countyplan/graph/csr.hpp>
#include <countyplan/separate.hpp>
#include <countyplan/track/float_path.hpp>
#include <countyplan/track/impl/critical_path_fields.hpp>
#include <countyplan/track/impl/critical_path_meaning.hpp>

namespace countyplan {

namespace detail {

/// The instant at which a task finishes as one prints it.
COUNTYPLAN_INLINE std::int64_t finish_instant(const CriticalPathProblem& problem, const CriticalPathResult& result,
                                              std::size_t v) {
    const CriticalPathTask& task = problem.tasks[v];
    return problem.calendars[task.calendar].select_number(finish_of(task, result.tasks[v]) - 1) + 1;
}

/// Per project, the instant of its last finish; that of its start where it has no tasks.
COUNTYPLAN_INLINE std::vector<std::int64_t> reached_ends(const CriticalPathProblem& problem,
                                                         const CriticalPathResult& result) {
    std::vector<std::int64_t> out;
    for (const CriticalPathProject& project : problem.projects)
        out.push_back(project.start.number());
    std::vector<bool> seen(out.size(), false);
    for (std::size_t v = 0; v < problem.tasks.size(); ++v) {
        const std::uint32_t p = problem.tasks[v].project;
        const std::int64_t at = finish_instant(problem, result, v);
        out[p] = seen[p] ? std::max(out[p], at) : at;
        seen[p] = true;
    }
    return out;
}

/// The ways of a solved network along minimum lags, with what each of them leaves free.
class NetworkWays {
  public:
    NetworkWays(const CriticalPathProblem& problem, const CriticalPathResult& result)
        : problem_(problem), result_(result), n_(problem.tasks.size()) {
        const ScheduleMeaning means(problem);
        slack_.assign(problem.links.size(), 0);
        std::vector<std::uint8_t> leads(problem.links.size(), 0);
        for (std::uint32_t a = 0; a < problem.links.size(); ++a) {
            if (problem.links[a].bound != LinkBound::minimum) continue;
            const CriticalPathLink& link = problem.links[a];
            const std::int64_t bound = means.start_bound(a, result.tasks[link.predecessor].early_start);
            if (bound == ScheduleMeaning::lowest) continue;
            slack_[a] = result.tasks[link.successor].early_start - bound;
            leads[a] = 1;
        }
        into_ = CompressedRows::group(
            n_, slack_.size(), [&](std::uint32_t a) { return leads[a] != 0 ? problem.links[a].successor : no_node; });
        out_ = CompressedRows::group(
            n_, slack_.size(), [&](std::uint32_t a) { return leads[a] != 0 ? problem.links[a].predecessor : no_node; });
    }

    [[nodiscard]] std::int64_t slack(std::uint32_t a) const { return slack_[a]; }
    [[nodiscard]] std::span<const std::uint32_t> into(std::uint32_t v) const { return into_[v]; }
    [[nodiscard]] std::span<const std::uint32_t> out(std::uint32_t v) const { return out_[v]; }
    [[nodiscard]] bool begins(std::uint32_t v) const {
        return std::ranges::none_of(into_[v], [&](std::uint32_t a) { return slack_[a] == 0; });
    }

    /// Per task, from its finish to the last one of its project; and the same along the best way, or at once.
    void measure_ends() {
        const std::vector<std::int64_t> reached = reached_ends(problem_, result_);
        end_.resize(n_);
        best_.resize(n_);
        for (std::size_t v = 0; v < n_; ++v) {
            const CriticalPathTask& task = problem_.tasks[v];
            end_[v] = problem_.calendars[task.calendar].rank_number(reached[task.project]) -
                      finish_of(task, result_.tasks[v]);
        }
        best_ = end_;
        std::vector<std::uint32_t> left(n_), ready;
        for (std::uint32_t v = 0; v < n_; ++v) {
            left[v] = static_cast<std::uint32_t>(out_[v].size());
            if (left[v] == 0) ready.push_back(v);
        }
        for (std::size_t i = 0; i < ready.size(); ++i) {
            const std::uint32_t v = ready[i];
            for (const std::uint32_t a : out_[v])
                best_[v] = std::min(best_[v], slack_[a] + best_[problem_.links[a].successor]);
            for (const std::uint32_t a : into_[v]) {
                if (--left[problem_.links[a].predecessor] == 0) ready.push_back(problem_.links[a].predecessor);
            }
        }
    }
    [[nodiscard]] std::int64_t best(std::uint32_t v) const { return best_[v]; }
    [[nodiscard]] bool stops(std::uint32_t v) const {
        return std::ranges::all_of(
            out_[v], [&](std::uint32_t a) { return slack_[a] + best_[problem_.links[a].successor] > end_[v]; });
    }
    [[nodiscard]] std::int64_t end(std::uint32_t v) const { return end_[v]; }

  private:
    const CriticalPathProblem& problem_;
    const CriticalPathResult& result_;
    std::size_t n_;
    std::vector<std::int64_t> slack_, end_, best_;
    CompressedRows into_, out_;
};

/// A part of a path from where it begins; the whole once it has stopped.
struct PathStep {
    std::int64_t slack = 0;  ///< so far
    std::uint32_t task = 0;
    std::uint32_t link = no_node;    ///< the one that led here
    std::uint32_t before = no_node;  ///< the step that led here
    bool has_stopped = false;
};

/// Adds up to the largest number at most.
inline void add_paths(std::uint64_t& sum, std::uint64_t more) {
    if (__builtin_add_overflow(sum, more, &sum)) sum = std::numeric_limits<std::uint64_t>::max();
}

/// Per project, the number of critical paths that end in it.
COUNTYPLAN_INLINE std::vector<std::uint64_t> critical_path_counts(const CriticalPathProblem& problem,
                                                                  const CriticalPathResult& result) {
    COUNTYPLAN_EXPECT(result.termination == Termination::optimal, "only a schedule with dates can be read");
    const std::size_t n = problem.tasks.size();
    const ScheduleMeaning means(problem);
    std::vector<std::uint32_t> station(n);
    std::iota(station.begin(), station.end(), 0U);
    CriticalPathProblem driven;
    driven.tasks.resize(n);
    for (std::size_t a = 0; a < problem.links.size(); ++a) {
        if (result.driving[a] != 0) driven.links.push_back(problem.links[a]);
    }
    const bool may_return = std::ranges::any_of(
        driven.links, [](const CriticalPathLink& link) { return link.bound == LinkBound::maximum; });
    if (may_return) station = connected_tasks(driven);

    std::vector<std::pair<std::uint32_t, std::uint32_t>> ways;
    for (std::size_t a = 0; a < problem.links.size(); ++a) {
        if (result.driving[a] == 0 || !result.tasks[means.waiting(a)].on_longest_path) continue;
        const std::pair way{station[means.awaited(a)], station[means.waiting(a)]};
        if (way.first != way.second) ways.push_back(way);
    }
    std::ranges::sort(ways);
    ways.erase(std::unique(ways.begin(), ways.end()), ways.end());
    const CompressedRows after = CompressedRows::group(n, ways.size(), [&](std::uint32_t i) { return ways[i].first; });
    std::vector<std::uint32_t> waits(n, 0), ready;
    std::vector<std::uint64_t> count(n, 0);
    for (const auto& way : ways)
        ++waits[way.second];
    for (std::uint32_t v = 0; v < n; ++v) {
        if (station[v] != v || waits[v] != 0 || !result.tasks[v].on_longest_path) continue;
        count[v] = 1;
        ready.push_back(v);
    }
    std::vector<std::uint64_t> out(problem.projects.size(), 0);
    for (std::size_t i = 0; i < ready.size(); ++i) {
        const std::uint32_t v = ready[i];
        if (after[v].empty()) add_paths(out[problem.tasks[v].project], count[v]);
        for (const std::uint32_t way : after[v]) {
            const std::uint32_t next = ways[way].second;
            add_paths(count[next], count[v]);
            if (--waits[next] == 0) ready.push_back(next);
        }
    }
    return out;
}

/// What becomes of chains all of whose tasks are complete.
enum class ChainsThatAreOver { listed, passed_over };

/// Finds the float paths to one task after another.
class FloatPathFinder {
  public:
    FloatPathFinder(const CriticalPathProblem& problem, const CriticalPathResult& result, FloatPathOrder order,
                    ChainsThatAreOver over = ChainsThatAreOver::listed)
        : problem_(problem),
          result_(result),
          order_(order),
          over_(over),
          ways_(problem, result),
          distance_(problem.tasks.size(), 0),
          taken_(problem.tasks.size(), 0) {}

    [[nodiscard]] std::vector<FloatPath> find(std::uint32_t last, std::size_t count) {
        std::vector<FloatPath> out;
        if (count == 0) return out;
        turns_ = {};
        const std::int64_t near = order_ == FloatPathOrder::free_float ? 0 : total_float(last);
        visited_.clear();
        list(out, go_back(last, near, std::nullopt));
        while (out.size() < count && !turns_.empty()) {
            const auto [distance, a] = turns_.top();
            turns_.pop();
            const std::uint32_t from = problem_.links[a].predecessor;
            if (taken_[from] == 0) list(out, go_back(from, distance, a));
        }
        for (const std::uint32_t v : visited_)
            taken_[v] = 0;
        return out;
    }

  private:
    using Turn = std::pair<std::int64_t, std::uint32_t>;  ///< how near, and the link that turns off
    static constexpr std::int64_t far = std::numeric_limits<std::int64_t>::max();

    void list(std::vector<FloatPath>& out, FloatPath path) const {
        const auto is_over = [&](std::uint32_t v) { return problem_.tasks[v].actual_finish.has_value(); };
        if (over_ == ChainsThatAreOver::passed_over && std::ranges::all_of(path.tasks, is_over)) return;
        out.push_back(std::move(path));
    }
    [[nodiscard]] std::int64_t total_float(std::uint32_t v) const { return result_.tasks[v].total_float.value_or(far); }
    [[nodiscard]] std::int64_t nearness(std::uint32_t a) const {
        const CriticalPathLink& link = problem_.links[a];
        if (order_ == FloatPathOrder::free_float) return distance_[link.successor] + ways_.slack(a);
        return total_float(link.predecessor);
    }

    [[nodiscard]] FloatPath go_back(std::uint32_t from, std::int64_t near, std::optional<std::uint32_t> joins) {
        FloatPath path;
        path.joins = joins;
        if (near != far) path.distance = near;
        for (Turn at{near, no_node};;) {
            const std::uint32_t v = at.second == no_node ? from : problem_.links[at.second].predecessor;
            taken_[v] = 1;
            visited_.push_back(v);
            distance_[v] = at.first;
            path.tasks.push_back(v);
            at = {far, no_node};
            for (const std::uint32_t a : ways_.into(v)) {
                if (taken_[problem_.links[a].predecessor] != 0) continue;
                const Turn turn{nearness(a), a};
                turns_.push(turn);
                at = std::min(at, turn);
            }
            if (at.second == no_node) break;
        }
        std::ranges::reverse(path.tasks);
        return path;
    }

    const CriticalPathProblem& problem_;
    const CriticalPathResult& result_;
    FloatPathOrder order_;
    ChainsThatAreOver over_;
    NetworkWays ways_;
    std::vector<std::int64_t> distance_;  ///< of those that are on a path
    std::vector<std::uint8_t> taken_;     ///< 1: on a path
    std::vector<std::uint32_t> visited_{};
    std::priority_queue<Turn, std::vector<Turn>, std::greater<>> turns_{};
};

}  // namespace detail

COUNTYPLAN_INLINE std::uint64_t count_critical_paths(const CriticalPathProblem& problem,
                                                     const CriticalPathResult& result) {
    std::uint64_t total = 0;
    for (const std::uint64_t count : detail::critical_path_counts(problem, result))
        detail::add_paths(total, count);
    return total;
}

COUNTYPLAN_INLINE std::vector<NetworkPath> longest_paths(const CriticalPathProblem& problem,
                                                         const CriticalPathResult& result, std::size_t count) {
    COUNTYPLAN_EXPECT(result.termination == Termination::optimal, "only a schedule with dates can be read");
    detail::NetworkWays ways(problem, result);
    ways.measure_ends();
    std::vector<detail::PathStep> steps;
    // What can still be reached is known exactly, so that no step leads to a path that is not wanted.
    using Open = std::pair<std::int64_t, std::uint32_t>;  // the slack of the best path through a step; its number
    const auto later = [](const Open& a, const Open& b) {
        return a.first != b.first ? a.first > b.first : a.second < b.second;
    };
    std::priority_queue<Open, std::vector<Open>, decltype(later)> open(later);
    const auto push = [&](const detail::PathStep& step) {
        const std::int64_t rest = step.has_stopped ? ways.end(step.task) : ways.best(step.task);
        open.emplace(step.slack + rest, static_cast<std::uint32_t>(steps.size()));
        steps.push_back(step);
    };
    for (auto v = static_cast<std::uint32_t>(problem.tasks.size()); v-- > 0;) {
        if (ways.begins(v)) push({.slack = 0, .task = v});
    }
    std::vector<NetworkPath> out;
    while (out.size() < count && !open.empty()) {
        const auto [slack, at] = open.top();
        open.pop();
        const detail::PathStep step = steps[at];
        if (step.has_stopped) {
            NetworkPath path;
            path.slack = slack;
            for (std::uint32_t i = step.before; i != no_node; i = steps[i].before) {
                path.tasks.push_back(steps[i].task);
                if (steps[i].link != no_node) path.links.push_back(steps[i].link);
            }
            std::ranges::reverse(path.tasks);
            std::ranges::reverse(path.links);
            out.push_back(std::move(path));
            continue;
        }
        if (ways.stops(step.task)) {
            push({.slack = step.slack, .task = step.task, .before = at, .has_stopped = true});
        }
        const auto links = ways.out(step.task);
        for (std::size_t i = links.size(); i-- > 0;) {
            push({.slack = step.slack + ways.slack(links[i]),
                  .task = problem.links[links[i]].successor,
                  .link = links[i],
                  .before = at});
        }
    }
    return out;
}

COUNTYPLAN_INLINE std::vector<FloatPath> float_paths(const CriticalPathProblem& problem,
                                                     const CriticalPathResult& result, std::uint32_t last,
                                                     std::size_t count, FloatPathOrder order) {
    COUNTYPLAN_EXPECT(result.termination == Termination::optimal, "only a schedule with dates can be read");
    return detail::FloatPathFinder(problem, result, order).find(last, count);
}

}  // namespace countyplan
