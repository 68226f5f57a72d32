// How a network is laid out, and what is told of it once both passes are done.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include <countyplan/track/impl/critical_path_passes.hpp>

namespace countyplan {

namespace detail {

inline std::uint32_t CriticalPathPasses::group_of(const CriticalPathTask& task) {
    const bool complete = task.actual_finish.has_value();
    for (std::size_t g = groups_.size(); g-- > 0;) {
        const Group& group = groups_[g];
        if (group.project == task.project && group.calendar == task.calendar && group.complete == complete) {
            return static_cast<std::uint32_t>(g);
        }
    }
    return no_node;
}

inline void CriticalPathPasses::lay_tasks() {
    const std::size_t n = order_.size();
    position_.resize(n);
    for (std::uint32_t p = 0; p < n; ++p)
        position_[order_[p]] = p;
    const bool as_ms_project = problem_.rules == ScheduleRules::ms_project;
    std::vector<std::uint8_t> follows(as_ms_project ? n : 0, 0);
    if (as_ms_project) {
        for (const CriticalPathLink& link : problem_.links)
            follows[link.successor] = 1;
        caps_.resize(n);
    }
    // Groups by (project, calendar, complete), numbered as they come; looked up in a table of one row per project.
    const std::size_t width = 2 * problem_.calendars.size();
    const bool is_small = problem_.projects.size() * width <= 4 * n + 1024;
    std::vector<std::uint32_t> known(is_small ? problem_.projects.size() * width : 0, no_node);
    std::vector<std::int64_t> starts;
    times_.resize(n + 2);
    times_[before_all()].early = 2 * no_early_bound;
    times_[after_all()] = {2 * no_late_bound, 2 * no_late_bound};
    release_.resize(n + 1);  // the passes look one beyond the last
    release_driver_.assign(n, Drivers::own);
    due_.resize(n);
    due_driver_.assign(n, Drivers::own);
    durations_.resize(n);
    group_.resize(n);
    early_arc_.resize(n);
    room_.resize(n);
    path_.assign(n + 2, 0);
    for (std::uint32_t v = 0; v < n; ++v) {
        const CriticalPathTask& task = problem_.tasks[v];
        const std::uint32_t p = position_[v];
        if (task.mandatory_start || task.mandatory_finish) mandated_.push_back(v);
        const std::size_t at = task.project * width + 2 * task.calendar + (task.actual_finish ? 1 : 0);
        std::uint32_t group = is_small ? known[at] : group_of(task);
        if (group == no_node) {
            group = static_cast<std::uint32_t>(groups_.size());
            groups_.push_back(
                {.project = task.project, .calendar = task.calendar, .complete = task.actual_finish.has_value()});
            starts.push_back(problem_.calendars[task.calendar].start_boundary(problem_.projects[task.project].start));
            if (is_small) known[at] = group;
        }
        group_[p] = group;
        const std::int64_t days = done_.left(task);
        const bool free = as_ms_project && follows[v] != 0;
        const OwnBounds own = own_bounds(task, days, done_.data_date(task), free ? no_early_bound : starts[group]);
        durations_[p] = static_cast<std::int32_t>(days);
        release_[p] = own.release;
        due_[p] = own.due;
        if (as_ms_project) caps_[p] = own.cap;
    }
}

inline void CriticalPathPasses::lay_rows(const std::vector<std::uint8_t>& is_laid, bool in) {
    const std::size_t n = order_.size();
    auto& first = in ? in_first_ : out_first_;
    auto& arcs = in ? in_ : out_;
    auto& links = in ? in_link_ : out_link_;
    const auto row_of = [&](const CriticalPathLink& link) {
        return in ? std::size_t{position_[link.successor]} : out_row(position_[link.predecessor]);
    };
    first.assign(n + 1, 0);
    for (std::size_t a = 0; a < is_laid.size(); ++a) {
        if (is_laid[a] != 0) ++first[row_of(problem_.links[a]) + 1];
    }
    for (std::size_t row = 0; row < n; ++row)
        first[row + 1] = first[row] + std::max(first[row + 1], 1U);
    const std::uint32_t nowhere = in ? before_all() : after_all();
    arcs.assign(first[n], {nowhere << 1, 0});
    links.assign(first[n], no_node);
    std::vector<std::uint32_t> next(first.begin(), first.end() - 1);
    for (std::uint32_t a = 0; a < is_laid.size(); ++a) {
        if (is_laid[a] == 0) continue;
        const CriticalPathLink& link = problem_.links[a];
        const std::uint32_t from = position_[link.predecessor];
        const std::uint32_t to = position_[link.successor];
        std::int32_t length = special;
        if (is_laid[a] == 1) {
            const bool at_finish = link.type == LinkKind::finish_start || link.type == LinkKind::finish_finish;
            const bool to_finish = link.type == LinkKind::finish_finish || link.type == LinkKind::start_finish;
            length = static_cast<std::int32_t>(link.lag + length_of(from, at_finish) - length_of(to, to_finish));
        }
        const std::uint32_t k = next[row_of(link)]++;
        arcs[k] = {(in ? from : to) << 1, length};
        links[k] = a;
    }
    for (std::size_t row = 0; row < n; ++row)
        arcs[first[row + 1] - 1].packed |= 1U;
}

inline void CriticalPathPasses::lay_links() {
    const std::size_t m = problem_.links.size();
    std::vector<std::uint8_t> is_laid(m, 1);  // 0: not, 1: plain, 2: special
    // Where everything follows one calendar and nothing has happened, every minimum lag is plain.
    const bool simple = problem_.calendars.size() == 1 && !problem_.data_date;
    for (std::uint32_t a = 0; a < m; ++a) {
        const CriticalPathLink& link = problem_.links[a];
        const bool is_minimum = link.bound == LinkBound::minimum;
        if (simple && is_minimum && (link.lag_calendar != LagCalendar::elapsed || link.lag == 0)) continue;
        LinkAction action = done_.action(link);
        if (is_minimum && action.is_plain()) continue;
        is_laid[a] = 0;
        action.from = position_[action.from];
        action.to = position_[action.to];
        if (!is_minimum) {
            if (!action.is_idle() || action.fixed_late) back_.push_back({a, action});
        } else if (!action.is_idle()) {
            is_laid[a] = 2;
            if (action_of_.empty()) action_of_.resize(m);
            action_of_[a] = static_cast<std::uint32_t>(actions_.size());
            actions_.push_back(action);
        }
    }
    lay_rows(is_laid, true);
    lay_rows(is_laid, false);
    drives_.resize(out_.size());
}

inline std::size_t CriticalPathPasses::push_back_links() {
    std::size_t first = size();
    for (const BackLink& back : back_) {
        const std::uint32_t to = back.action.to;
        const std::int64_t bound = early_bound(back.action);
        if (bound <= times_[to].early || bound <= release_[to]) continue;
        release_[to] = bound;
        release_driver_[to] = back.link;
        first = std::min<std::size_t>(first, to);
    }
    return first;
}

inline std::size_t CriticalPathPasses::pull_back_links() {
    std::size_t last = 0;
    for (const BackLink& back : back_) {
        const std::uint32_t from = back.action.from;
        const std::int64_t bound = late_bound(back.action);
        if (bound >= times_[from].late || bound >= due_[from]) continue;
        due_[from] = bound;
        due_driver_[from] = back.link;
        last = std::max<std::size_t>(last, from + std::size_t{1});
    }
    return last;
}

/// How far the groups reach by these positions.
inline void CriticalPathPasses::reach(std::size_t first, std::size_t last) {
    const Times* const times = times_.data();
    const std::int32_t* const days = durations_.data();
    if (groups_.size() == 1) {
        std::int64_t reach = groups_.front().reach;
        for (std::size_t p = first; p < last; ++p)
            reach = std::max(reach, times[p].early + days[p]);
        groups_.front().reach = reach;
        return;
    }
    for (std::size_t p = first; p < last; ++p) {
        std::int64_t& reach = groups_[group_[p]].reach;
        reach = std::max(reach, times[p].early + days[p]);
    }
}

/// Latest starts by the tasks' own bounds and the end of their projects, and who ends its project.
inline void CriticalPathPasses::limit(std::size_t first, std::size_t last) {
    Times* const times = times_.data();
    const std::int32_t* const days = durations_.data();
    const std::int64_t* const due = due_.data();
    std::uint8_t* const path = path_.data();
    while (first < last) {  // neighbours in one group at a time
        std::size_t next = groups_.size() == 1 ? last : first + 1;
        while (next < last && group_[next] == group_[first])
            ++next;
        const std::int64_t end = groups_[group_[first]].end;
        const std::int64_t root = groups_[group_[first]].root;
        const bool is_open = !groups_[group_[first]].complete;
        for (std::size_t p = first; p < next; ++p)
            times[p].late = std::min(due[p], end - days[p]);
        if (is_open) {
            for (std::size_t p = first; p < next; ++p)
                path[p] = times[p].early + days[p] >= root ? 1 : 0;
        }
        first = next;
    }
}

inline void CriticalPathPasses::turn() {
    const std::size_t projects = problem_.projects.size();
    reached_.assign(projects, no_early_bound);
    const auto instant = [&](const Group& group, std::int64_t finish) {
        return std::max(problem_.calendars[group.calendar].select_number(finish - 1) + 1,
                        problem_.projects[group.project].start.number() + std::int64_t{0});
    };
    for (const Group& group : groups_) {
        if (group.complete) continue;
        reached_[group.project] = std::max(reached_[group.project], instant(group, group.reach));
    }
    std::vector<std::pair<std::uint32_t, std::int64_t>> complete;  // positions and finishes as instants
    if (problem_.data_date) {
        for (std::uint32_t p = 0; p < size(); ++p) {
            const Group& group = groups_[group_[p]];
            if (!group.complete) continue;
            complete.emplace_back(p, instant(group, *problem_.tasks[order_[p]].actual_finish));
            reached_[group.project] = std::max(reached_[group.project], complete.back().second);
        }
    }
    ends_.resize(projects);
    for (std::size_t i = 0; i < projects; ++i) {
        const CriticalPathProject& project = problem_.projects[i];
        if (reached_[i] == no_early_bound) reached_[i] = project.start.number();
        ends_[i] = project.finish ? project.finish->number() + std::int64_t{1} : reached_[i];
    }
    for (Group& group : groups_) {
        const std::int64_t reached = reached_[group.project];
        group.end = problem_.calendars[group.calendar].rank_number(ends_[group.project]);
        group.root = group.complete || instant(group, group.reach) != reached ? no_late_bound : group.reach;
        // Where nothing lasts beyond the project's first morning, everything ends it.
        if (!group.complete && reached == problem_.projects[group.project].start.number()) group.root = no_early_bound;
    }
    for (const auto& [p, finish] : complete)
        path_[p] = finish == reached_[groups_[group_[p]].project] ? 1 : 0;
}

/// The position that a task's early start rests on; `no_node` if it is the task's own bound or what has happened.
inline std::uint32_t CriticalPathPasses::early_source(std::uint32_t position) const {
    const std::uint32_t a = early_driver(position);
    if (a == Drivers::own) return no_node;
    const LinkWay way = way_of(problem_, problem_.links[a]);
    if (problem_.data_date) {
        const LinkAction action = done_.action(problem_.links[a]);
        const std::int64_t event = times_[position].early + length_of(position, action.to_finish);
        if (action.fixed && *action.fixed == event) return no_node;
    }
    return position_[way.from];
}

inline std::vector<std::uint32_t> CriticalPathPasses::early_circle() const {
    std::vector<std::uint32_t> walk(size(), 0);
    for (std::uint32_t p = 0; p < size(); ++p) {
        std::uint32_t at = p;
        while (at != no_node && walk[at] == 0) {
            walk[at] = p + 1;
            at = early_source(at);
        }
        if (at == no_node || walk[at] != p + 1) continue;
        std::vector<std::uint32_t> circle;
        for (std::uint32_t v = at; circle.empty() || v != at; v = early_source(v))
            circle.push_back(early_driver(v));
        std::ranges::reverse(circle);
        std::ranges::rotate(circle, std::ranges::min_element(circle));
        return circle;
    }
    return {};
}

inline std::optional<MandatoryConflict> CriticalPathPasses::broken_mandate() const {
    if (problem_.rules == ScheduleRules::ms_project) return std::nullopt;
    for (const std::uint32_t v : mandated_) {
        const CriticalPathTask& task = problem_.tasks[v];
        std::uint32_t at = position_[v];
        if (times_[at].early <= own_bounds(task, durations_[at], no_early_bound, no_early_bound).mandate) continue;
        MandatoryConflict out;
        while (early_driver(at) != Drivers::own) {
            const bool rests = early_source(at) == no_node;  // on what has happened, wherever its task is scheduled
            const std::uint32_t a = early_driver(at);
            out.links.push_back(a);
            at = position_[way_of(problem_, problem_.links[a]).from];
            if (rests) break;
        }
        std::ranges::reverse(out.links);
        out.root = order_[at];
        return out;
    }
    return std::nullopt;
}

/// Everything from which a project's end is reached along driving links, where these may lead back.
inline void CriticalPathPasses::find_path(const std::vector<std::uint8_t>& driving) {
    std::vector<std::uint32_t> open;
    for (std::uint32_t p = 0; p < size(); ++p) {
        if (path_[p] != 0) open.push_back(p);
    }
    const CompressedRows into = CompressedRows::group(size(), driving.size(), [&](std::uint32_t a) {
        return driving[a] != 0 ? position_[way_of(problem_, problem_.links[a]).to] : no_node;
    });
    while (!open.empty()) {
        const std::uint32_t p = open.back();
        open.pop_back();
        for (const std::uint32_t a : into[p]) {
            const std::uint32_t from = position_[way_of(problem_, problem_.links[a]).from];
            if (path_[from] != 0) continue;
            path_[from] = 1;
            open.push_back(from);
        }
    }
}

inline CriticalPathResult CriticalPathPasses::result(std::int64_t critical_float) {
    CriticalPathResult out;
    out.driving.assign(problem_.links.size(), 0);
    for (std::size_t k = 0; k < out_.size(); ++k) {
        if (out_link_[k] != no_node) out.driving[out_link_[k]] = drives_[k];
    }
    for (const BackLink& back : back_) {
        const Slack slack = slack_of(back.action);
        room_[back.action.from].days = std::min(room_[back.action.from].days, slack.room);
        out.driving[back.link] = slack.drives ? 1 : 0;
    }
    if (!back_.empty()) find_path(out.driving);
    const std::size_t n = size();
    out.tasks.resize(n);
    out.drivers.early.resize(n);
    out.drivers.late.resize(n);
    for (std::uint32_t p = 0; p < n; ++p) {
        const std::uint32_t v = order_[p];
        CriticalPathDates& dates = out.tasks[v];
        dates.early_start = times_[p].early;
        dates.early_finish = times_[p].early + durations_[p];
        dates.late_start = times_[p].late;
        dates.late_finish = times_[p].late + durations_[p];
        dates.on_longest_path = path_[p] != 0;
        out.drivers.early[v] = early_driver(p);
        out.drivers.late[v] = late_driver(p);
        if (groups_[group_[p]].complete) continue;
        const std::int64_t total = times_[p].late - times_[p].early;
        dates.total_float = total;
        dates.free_float = std::max<std::int64_t>(0, room_[p].days == no_late_bound ? total : room_[p].days);
        dates.critical_by_float = total <= critical_float;
    }
    out.ends = ends_;
    out.out_of_sequence = done_.out_of_sequence();
    out.termination = Termination::optimal;
    out.cause = Cause::proved;
    out.claim = Claim::proved;
    return out;
}

}  // namespace detail

}  // namespace countyplan
