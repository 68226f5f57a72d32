// How a change spreads to the dates that depend on it, forward and backward, and no further.
#pragma once

#include <algorithm>

#include <countyplan/track/impl/live_network.hpp>

namespace countyplan {

namespace detail {

inline void LiveNetwork::touch_successors(std::uint32_t v, bool all) {
    for (const LinkEnd& link : out_[v]) {
        if (all || (link.flags & from_finish) != 0) touch(link.other);
    }
}

inline void LiveNetwork::touch_predecessors(std::uint32_t v, bool all) {
    for (const LinkEnd& link : in_[v]) {
        if (all || (link.flags & to_finish) != 0) touch(link.other);
    }
}

// ---- forward ----

inline std::int64_t LiveNetwork::early_bound(const LinkEnd& link, std::uint32_t from, std::uint32_t to) const {
    if ((link.flags & special) == 0) return times_[from].early + length(link, times_[from], times_[to]);
    const LinkAction action = done_.action(problem.links[link.link]);
    std::int64_t bound = no_early_bound;
    if (action.moves) bound = action.map.image(event(from, times_[from].early, action.from_finish));
    if (action.fixed) bound = std::max(bound, *action.fixed);
    return bound - (action.to_finish ? days(to) : 0);
}

inline std::int64_t LiveNetwork::pull_early(std::uint32_t v) const {
    std::int64_t start = own_[v].release;
    for (const LinkEnd& link : in_[v])
        start = std::max(start, early_bound(link, link.other, v));
    if (!as_ms_project()) return start;
    return std::max(std::min(start, own_[v].cap), done_.data_date(problem.tasks[v]));
}

/// A successor is looked at only where its start may rise, or may have rested on what falls.
inline void LiveNetwork::forward() {
    moved_.clear();
    while (!queue_.empty()) {
        const std::uint32_t v = order.node_at(queue_.pop_first());
        ++steps;
        const std::int64_t before = times_[v].early;
        const std::int64_t start = pull_early(v);
        if (start == before) continue;
        moved_.push_back({v, before});
        times_[v].early = std::max(start, before);  // what a link bounds most by, before or after
        for (const LinkEnd& link : out_[v]) {
            const std::int64_t bound = early_bound(link, v, link.other);
            const std::int64_t next = times_[link.other].early;
            if (start > before ? bound > next : bound >= next) touch(link.other);
        }
        times_[v].early = start;
    }
}

inline std::uint32_t LiveNetwork::early_driver(std::uint32_t v) const {
    std::uint32_t driver = Drivers::own;
    if (times_[v].early == own_[v].release) return driver;
    for (const LinkEnd& link : in_[v]) {
        if (link.link < driver && early_bound(link, link.other, v) == times_[v].early) driver = link.link;
    }
    return driver;
}

inline std::optional<MandatoryConflict> LiveNetwork::broken_mandate(std::uint32_t edited) const {
    if (as_ms_project()) return std::nullopt;
    std::uint32_t at = no_node;
    const auto look = [&](std::uint32_t v) {
        if (v != no_node && times_[v].early > own_[v].mandate) at = std::min(at, v);
    };
    look(edited);
    for (const Moved& moved : moved_)
        look(moved.task);
    if (at == no_node) return std::nullopt;
    MandatoryConflict out;
    for (std::uint32_t a = early_driver(at); a != Drivers::own; a = early_driver(at)) {
        const CriticalPathLink& link = problem.links[a];
        const LinkAction action = done_.action(link);
        const bool has_happened = action.fixed && *action.fixed == event(at, times_[at].early, action.to_finish);
        out.links.push_back(a);
        at = link.predecessor;
        if (has_happened) break;  // it rests on that, wherever the predecessor is scheduled
    }
    std::ranges::reverse(out.links);
    out.root = at;
    return out;
}

inline void LiveNetwork::take_back() {
    for (const Moved& moved : moved_)
        times_[moved.task].early = moved.early;
    moved_.clear();
}

// ---- ends of projects ----

inline void LiveNetwork::mark_project(std::uint32_t project) {
    if (is_marked_[project] != 0) return;
    is_marked_[project] = 1;
    marked_.push_back(project);
}

inline void LiveNetwork::count_finish(std::uint32_t v) {
    PeakSeat& seat = peak_seats_[v];
    if (seat.group != no_node && seat.group != times_[v].group) unseat_task(v);
    Group& group = groups_[times_[v].group];
    const std::int64_t before = group.peak.top();
    if (seat.group == no_node) {
        seat = {times_[v].group, group.peak.add(last_boundary(v))};
    } else {
        group.peak.set(seat.at, last_boundary(v));
    }
    if (group.peak.top() != before) mark_project(group.project);
}

inline void LiveNetwork::move_end(std::uint32_t project) {
    std::int64_t reached = no_early_bound;
    for (const std::uint32_t g : groups_of_project_[project]) {
        const std::int64_t last = groups_[g].peak.top();
        if (last != no_early_bound) reached = std::max(reached, instant(groups_[g], last));
    }
    const CriticalPathProject& row = problem.projects[project];
    reached_[project] = reached == no_early_bound ? row.start.number() : reached;
    if (row.finish || ends_[project] == reached_[project]) return;
    ends_[project] = reached_[project];
    for (const std::uint32_t g : groups_of_project_[project]) {
        Group& group = groups_[g];
        const std::int64_t end = problem.calendars[group.calendar].rank_number(ends_[project]);
        if (end == group.end) continue;
        group.end = end;
        for (const std::uint32_t a : group.crossings)
            touch(problem.links[a].predecessor);
    }
}

inline void LiveNetwork::accept(std::uint32_t edited) {
    if (edited != no_node) count_finish(edited);
    for (const Moved& moved : moved_)
        count_finish(moved.task);
    moved_.clear();
    for (const std::uint32_t project : marked_) {
        is_marked_[project] = 0;
        move_end(project);
    }
    marked_.clear();
}

// ---- backward ----

/// The bound of a link that crosses, given the late start it leads to.
inline std::int64_t LiveNetwork::late_bound(const LinkEnd& link, std::uint32_t from, std::uint32_t to,
                                            std::int64_t late) const {
    if ((link.flags & special) == 0) return late - length(link, times_[from], times_[to]);
    const LinkAction action = done_.action(problem.links[link.link]);
    if (!action.moves || !action.bounds_late) return no_late_bound;
    return action.map.preimage(event(to, late, action.to_finish)) - (action.from_finish ? days(from) : 0);
}

inline std::pair<std::int64_t, std::int64_t> LiveNetwork::pull_late(std::uint32_t v) const {
    const Times& own = times_[v];
    std::int64_t tail = -std::int64_t{own.days};
    std::int64_t due = own_[v].due;
    for (const LinkEnd& link : out_[v]) {
        const Times& next = times_[link.other];
        if ((link.flags & crossing) == 0) [[likely]] {
            const std::int64_t add = length(link, own, next);
            tail = std::min(tail, next.tail - add);
            due = std::min(due, less(next.due, add));
            continue;
        }
        due = std::min(due, late_bound(link, v, link.other, late_of(next)));
    }
    return {tail, due};
}

inline void LiveNetwork::backward() {
    while (!queue_.empty()) {
        const std::uint32_t v = order.node_at(queue_.pop_last());
        ++steps;
        const Times before = times_[v];
        const auto [tail, due] = pull_late(v);
        if (tail == before.tail && due == before.due) continue;
        times_[v].tail = tail;
        times_[v].due = due;
        const std::int64_t late_before = late_of(before);
        const std::int64_t late = late_of(times_[v]);
        for (const LinkEnd& link : in_[v]) {
            const Times& previous = times_[link.other];
            if ((link.flags & crossing) != 0) {
                if (late == late_before) continue;
                const std::int64_t bound = late_bound(link, link.other, v, std::min(late, late_before));
                if (late < late_before ? bound < previous.due : bound <= previous.due) touch(link.other);
                continue;
            }
            const std::int64_t add = length(link, previous, before);
            const bool tail_may = tail < before.tail ? tail - add < previous.tail
                                                     : tail > before.tail && before.tail - add <= previous.tail;
            const bool due_may = due < before.due ? less(due, add) < previous.due
                                                  : due > before.due && less(before.due, add) <= previous.due;
            if (tail_may || due_may) touch(link.other);
        }
    }
}

/// How far the early date may move before a successor's does; `no_late_bound` without one.
inline std::int64_t LiveNetwork::free_room(std::uint32_t v) const {
    std::int64_t room = no_late_bound;
    for (const LinkEnd& link : out_[v]) {
        const Times& next = times_[link.other];
        if ((link.flags & special) == 0) {
            room = std::min(room, next.early - length(link, times_[v], next) - times_[v].early);
            continue;
        }
        const LinkAction action = done_.action(problem.links[link.link]);
        if (!action.moves) continue;
        const std::int64_t target = event(link.other, next.early, action.to_finish);
        const std::int64_t here = event(v, times_[v].early, action.from_finish);
        room = std::min(room, std::max<std::int64_t>(0, action.map.preimage(target) - here));
    }
    return room;
}

}  // namespace detail

}  // namespace countyplan
