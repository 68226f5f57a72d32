// Early dates forward, late dates, floats and marks backward, over a network laid out once.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

#include <countyplan/graph/csr.hpp>
#include <countyplan/solve/proof/longest_path.hpp>
#include <countyplan/track/impl/critical_path_network.hpp>

namespace countyplan {

namespace detail {

/// The passes over one network. Tasks are known by their position in topological order, their dates by
/// their starts. A pass may be made of any stretches of positions, one after the other in its direction.
class CriticalPathPasses {
  public:
    CriticalPathPasses(const CriticalPathProblem& problem, std::vector<std::uint32_t> order)
        : problem_(problem), done_(problem), order_(std::move(order)) {
        lay_tasks();
        lay_links();
    }

    [[nodiscard]] std::size_t size() const { return order_.size(); }
    [[nodiscard]] std::size_t link_count() const { return in_.size(); }
    [[nodiscard]] const WorkDone& done() const { return done_; }

    /// Early starts of the positions from `first` to before `last`; `again` leaves what does not move alone.
    void early(std::size_t first, std::size_t last, bool again = false) {
        for (std::size_t next = first; first < last; first = next) {
            next = std::min(first + stretch, last);
            if (!caps_.empty()) {
                early_again<true>(first, next);
            } else {
                again ? early_again<false>(first, next) : early_pass(first, next);
            }
            reach(first, next);
        }
    }
    /// Late starts of the positions from `last` - 1 down to `first`, with free floats and driving links.
    void late(std::size_t last, std::size_t first, bool again = false) {
        if (again) return late_again(last, first);
        for (std::size_t next = last; first < last; last = next) {
            next = last - std::min(stretch, last - first);
            limit(next, last);
            late_pass(last, next);
        }
    }
    /// One round of maximum lags on early dates: the first position that must be computed again, or `size()`.
    std::size_t push_back_links();
    /// The same for late dates: one past the last position that must be computed again, or 0.
    std::size_t pull_back_links();
    /// Between the passes: where the projects end.
    void turn();

    /// Links whose pointers run in a circle; empty if none do.
    [[nodiscard]] std::vector<std::uint32_t> early_circle() const;
    /// The task of the smallest number that passes its mandatory date, and how it got there.
    [[nodiscard]] std::optional<MandatoryConflict> broken_mandate() const;
    /// Everything there is to tell. Only after both passes.
    [[nodiscard]] CriticalPathResult result(std::int64_t critical_float);

  private:
    /// A link seen from one of its ends. Every task has one at least: without links it leads nowhere.
    struct Arc {
        std::uint32_t packed = 0;  ///< twice the other position, and 1 on the last arc of a task
        std::int32_t length = 0;   ///< from start to start; `special`: see its action

        [[nodiscard]] std::uint32_t other() const { return packed >> 1; }
        [[nodiscard]] std::uint32_t is_last() const { return packed & 1U; }
    };
    static constexpr std::int32_t special = std::numeric_limits<std::int32_t>::min();
    static constexpr std::size_t stretch = 1024;  ///< positions whose fields stay in the nearest cache
    struct Times {
        std::int64_t early = 0;
        std::int64_t late = 0;
    };
    /// How far the early start may move alone, and the arc that the late start rests on.
    struct Room {
        std::int64_t days = 0;
        std::uint32_t arc = 0;
    };
    /// Tasks of one project on one calendar.
    struct Group {
        std::uint32_t project = 0;
        std::uint32_t calendar = 0;
        bool complete = false;
        std::int64_t reach = no_early_bound;  ///< the last early finish
        std::int64_t end = 0;                 ///< the end of the project
        std::int64_t root = 0;                ///< whoever finishes here or later ends the project, if not complete
    };
    /// A maximum lag.
    struct BackLink {
        std::uint32_t link = 0;
        LinkAction action;
    };

    void lay_tasks();
    void lay_links();
    void lay_rows(const std::vector<std::uint8_t>& is_laid, bool in);
    std::uint32_t group_of(const CriticalPathTask& task);
    void early_pass(std::size_t first, std::size_t last);
    void late_pass(std::size_t last, std::size_t first);
    template <bool Capped>
    void early_again(std::size_t first, std::size_t last);
    void late_again(std::size_t last, std::size_t first);
    /// Where the arcs out of a task begin: these stand from the last position to the first.
    [[nodiscard]] std::size_t out_row(std::size_t position) const { return size() - 1 - position; }
    /// Two positions behind all tasks, at which arcs lead nowhere.
    [[nodiscard]] std::uint32_t before_all() const { return static_cast<std::uint32_t>(size()); }
    [[nodiscard]] std::uint32_t after_all() const { return static_cast<std::uint32_t>(size()) + 1; }

    [[nodiscard]] std::int64_t length_of(std::uint32_t position, bool finish) const {
        return finish ? durations_[position] : 0;
    }
    [[nodiscard]] const LinkAction& action_of(std::uint32_t link) const { return actions_[action_of_[link]]; }
    /// The bound of a link on the early start it leads to.
    [[nodiscard]] std::int64_t early_bound(const LinkAction& action) const {
        std::int64_t event = no_early_bound;
        if (action.moves) {
            event = action.map.image(times_[action.from].early + length_of(action.from, action.from_finish));
        }
        if (action.fixed) event = std::max(event, *action.fixed);
        return event - length_of(action.to, action.to_finish);
    }
    /// The bound of a link on the late start it leaves.
    [[nodiscard]] std::int64_t late_bound(const LinkAction& action) const {
        std::int64_t event = no_late_bound;
        if (action.moves && action.bounds_late) {
            event = action.map.preimage(times_[action.to].late + length_of(action.to, action.to_finish));
        }
        if (action.fixed_late) event = std::min(event, *action.fixed_late);
        return event - length_of(action.from, action.from_finish);
    }
    struct Slack {
        std::int64_t room = no_late_bound;  ///< how far the early date it leaves may move alone
        bool drives = false;
    };
    [[nodiscard]] Slack slack_of(const LinkAction& action) const {
        const std::int64_t event = times_[action.from].early + length_of(action.from, action.from_finish);
        const std::int64_t target = times_[action.to].early + length_of(action.to, action.to_finish);
        Slack out;
        if (action.moves) {
            out.room = std::max<std::int64_t>(0, action.map.preimage(target) - event);
            out.drives = action.map.image(event) == target;
        }
        out.drives = out.drives || (action.fixed && *action.fixed == target);
        return out;
    }
    [[nodiscard]] std::uint32_t early_driver(std::uint32_t position) const {
        const std::uint32_t k = early_arc_[position];
        return k == Drivers::own ? release_driver_[position] : in_link_[k];
    }
    [[nodiscard]] std::uint32_t late_driver(std::uint32_t position) const {
        const std::uint32_t k = room_[position].arc;
        if (k != Drivers::own) return out_link_[k];
        return due_[position] <= end_of(position) ? due_driver_[position] : Drivers::end;
    }
    [[nodiscard]] std::uint32_t early_source(std::uint32_t position) const;
    /// The latest start by the end of the task's project.
    [[nodiscard]] std::int64_t end_of(std::uint32_t position) const {
        return groups_[group_[position]].end - durations_[position];
    }
    void reach(std::size_t first, std::size_t last);
    void limit(std::size_t first, std::size_t last);
    void find_path(const std::vector<std::uint8_t>& driving);

    const CriticalPathProblem& problem_;
    WorkDone done_;
    std::vector<std::uint32_t> order_;
    std::vector<std::uint32_t> position_;
    std::vector<Times> times_;
    std::vector<std::int64_t> release_;  ///< the task's own bound, or that of a maximum lag
    std::vector<std::uint32_t> release_driver_;
    std::vector<std::int64_t> due_;  ///< the task's own bound on its late start, or that of a maximum lag
    std::vector<std::uint32_t> due_driver_;
    std::vector<std::uint32_t> mandated_;  ///< tasks with mandatory dates
    std::vector<std::int64_t> caps_;       ///< only by the rules of MS Project: latest starts that go before links
    std::vector<std::int32_t> durations_;
    std::vector<std::uint32_t> group_;
    std::vector<Group> groups_;
    std::vector<std::uint32_t> in_first_, out_first_, in_link_, out_link_;  ///< `no_node`: leads nowhere
    std::vector<Arc> in_, out_;
    std::vector<std::uint32_t> action_of_;  ///< per link; empty if all links are plain
    std::vector<LinkAction> actions_;
    std::vector<BackLink> back_;
    /// The arc that a date rests on; `own`: a bound, that of a maximum lag, or the end (`early_driver`, `late_driver`).
    std::vector<std::uint32_t> early_arc_;
    std::vector<Room> room_;
    std::vector<std::uint8_t> path_, drives_;
    std::vector<std::int64_t> reached_, ends_;  ///< per project
};

// Which of several links binds last cannot be foretold, and often not how many there are. So nothing branches on
// either: the passes run from arc to arc and write what holds so far.

inline void CriticalPathPasses::early_pass(std::size_t first, std::size_t last) {
    if (first == last) return;
    Times* const times = times_.data();
    const Arc* const arcs = in_.data();
    const std::int64_t* const releases = release_.data();
    std::uint32_t* const driver_out = early_arc_.data();
    std::size_t p = first;
    std::int64_t start = releases[p];
    std::uint32_t driver = Drivers::own;
    for (std::uint32_t k = in_first_[first], end = in_first_[last]; k < end; ++k) {
        const Arc arc = arcs[k];
        std::int64_t bound = times[arc.other()].early + arc.length;
        if (arc.length == special) [[unlikely]]
            bound = early_bound(action_of(in_link_[k]));
        driver = bound > start ? k : driver;
        start = bound > start ? bound : start;
        times[p].early = start;
        driver_out[p] = driver;
        p += arc.is_last();
        const std::int64_t release = releases[p];  // read anyway, so that nothing branches
        start = arc.is_last() != 0 ? release : start;
        driver = arc.is_last() != 0 ? Drivers::own : driver;
    }
}

inline void CriticalPathPasses::late_pass(std::size_t last, std::size_t first) {
    if (first == last) return;
    Times* const times = times_.data();
    const Arc* const arcs = out_.data();
    Room* const room_out = room_.data();
    std::uint8_t* const path_out = path_.data();
    std::uint8_t* const drives_out = drives_.data();
    std::size_t p = last;
    std::size_t is_next = 1;
    std::int64_t start = 0;
    std::int64_t room = 0;
    std::uint32_t driver = 0;
    const std::size_t end = out_first_[out_row(first) + 1];
    for (std::size_t k = out_first_[out_row(last - 1)]; k < end; ++k) {
        p -= is_next;
        const Arc arc = arcs[k];
        const Times after = times[arc.other()];
        std::int64_t bound = after.late - arc.length;
        std::int64_t slack = after.early - arc.length - times[p].early;
        std::uint32_t drives = slack == 0 ? 1 : 0;
        if (arc.length == special) [[unlikely]] {
            const LinkAction& action = action_of(out_link_[k]);
            bound = late_bound(action);
            const Slack found = slack_of(action);
            slack = found.room;
            drives = found.drives ? 1 : 0;
        }
        const std::int64_t limit = times[p].late;
        start = is_next != 0 ? limit : start;
        driver = is_next != 0 ? Drivers::own : driver;
        room = is_next != 0 ? no_late_bound : room;
        is_next = arc.is_last();
        driver = bound < start ? static_cast<std::uint32_t>(k) : driver;
        start = bound < start ? bound : start;
        room = slack < room ? slack : room;
        drives_out[k] = static_cast<std::uint8_t>(drives);
        path_out[p] = static_cast<std::uint8_t>(path_out[p] | (drives & path_out[arc.other()]));
        times[p].late = start;
        room_out[p] = {room, driver};
    }
}

template <bool Capped>
void CriticalPathPasses::early_again(std::size_t first, std::size_t last) {
    for (std::size_t p = first; p < last; ++p) {
        std::int64_t start = release_[p];
        std::uint32_t driver = Drivers::own;
        for (std::uint32_t k = in_first_[p]; k < in_first_[p + 1]; ++k) {
            const std::int64_t bound = in_[k].length == special ? early_bound(action_of(in_link_[k]))
                                                                : times_[in_[k].other()].early + in_[k].length;
            if (bound <= start) continue;
            start = bound;
            driver = k;
        }
        if constexpr (Capped) {
            const std::int64_t kept = std::max(std::min(start, caps_[p]), done_.data_date(problem_.tasks[order_[p]]));
            if (kept != start) driver = Drivers::own;
            start = kept;
        } else {
            if (start <= times_[p].early) continue;
        }
        times_[p].early = start;
        early_arc_[p] = driver;
    }
}

inline void CriticalPathPasses::late_again(std::size_t last, std::size_t first) {
    for (std::size_t p = last; p-- > first;) {
        std::int64_t start = std::min(due_[p], end_of(static_cast<std::uint32_t>(p)));
        std::uint32_t driver = Drivers::own;
        for (std::uint32_t k = out_first_[out_row(p)]; k < out_first_[out_row(p) + 1]; ++k) {
            const std::int64_t bound = out_[k].length == special ? late_bound(action_of(out_link_[k]))
                                                                 : times_[out_[k].other()].late - out_[k].length;
            if (bound >= start) continue;
            start = bound;
            driver = k;
        }
        if (start >= times_[p].late) continue;
        times_[p].late = start;
        room_[p].arc = driver;
    }
}

}  // namespace detail

}  // namespace countyplan

#include <countyplan/track/impl/critical_path_layout.hpp>
