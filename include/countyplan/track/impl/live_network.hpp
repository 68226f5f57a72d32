// A network whose dates are kept: how it is laid out, and how a change spreads.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include <countyplan/graph/dynamic_order.hpp>
#include <countyplan/solve/proof/longest_path.hpp>
#include <countyplan/track/critical_path.hpp>
#include <countyplan/track/impl/critical_path_network.hpp>
#include <countyplan/track/impl/live_queue.hpp>

namespace countyplan {

namespace detail {

/// The state of a live schedule. Rows of `problem.tasks` and `problem.links` are numbers, used or not.
class LiveNetwork {
  public:
    LiveNetwork(CriticalPathProblem given, const Dag& graph);
    LiveNetwork(const LiveNetwork&) = delete;
    LiveNetwork& operator=(const LiveNetwork&) = delete;

    // ---- the network ----

    CriticalPathProblem problem;
    DynamicOrder order;
    std::size_t steps = 0;

    /// Room for task `v`, whose fields stand in `problem`; it has no dates yet.
    void seat_task(std::uint32_t v);
    void unseat_task(std::uint32_t v);
    /// Reads the fields of task `v` again, with those of its links where these look different now.
    void read_task(std::uint32_t v, bool with_links);
    /// Puts link `a`, whose fields stand in `problem`, in its rows, or takes it out.
    void hang_link(std::uint32_t a);
    void unhang_link(std::uint32_t a);

    // ---- how a change spreads: first forward, then either back to where it was or on to late dates ----

    void touch(std::uint32_t v) { queue_.insert(order.position(v)); }
    /// Those at the other ends of links that look different to them now: `all`, or where the finish of `v` counts.
    void touch_successors(std::uint32_t v, bool all);
    void touch_predecessors(std::uint32_t v, bool all);
    void forward();
    /// What breaks a mandatory date after `forward`, of the task of the smallest number; `edited` may be `no_node`.
    [[nodiscard]] std::optional<MandatoryConflict> broken_mandate(std::uint32_t edited) const;
    void take_back();
    /// Ends of projects after `forward`; what waits for one that has moved is touched.
    void accept(std::uint32_t edited);
    void backward();

    // ---- dates ----

    [[nodiscard]] std::int64_t early(std::uint32_t v) const { return times_[v].early; }
    [[nodiscard]] std::int64_t late(std::uint32_t v) const { return late_of(times_[v]); }
    [[nodiscard]] std::int64_t days(std::uint32_t v) const { return times_[v].days; }
    [[nodiscard]] std::int64_t mandate(std::uint32_t v) const { return own_[v].mandate; }
    [[nodiscard]] std::int64_t release(std::uint32_t v) const { return own_[v].release; }
    [[nodiscard]] std::int64_t own_due(std::uint32_t v) const { return own_[v].due; }
    [[nodiscard]] std::int64_t project_due(std::uint32_t v) const { return groups_[times_[v].group].end - days(v); }
    [[nodiscard]] std::int64_t end(std::uint32_t project) const { return ends_[project]; }
    [[nodiscard]] std::int64_t reached(std::uint32_t project) const { return reached_[project]; }
    [[nodiscard]] std::int64_t evening(std::uint32_t v) const {
        return instant(groups_[times_[v].group], last_boundary(v));
    }
    [[nodiscard]] std::int64_t free_room(std::uint32_t v) const;

  private:
    /// A link seen from one of its ends.
    struct LinkEnd {
        std::uint32_t other = 0;
        std::uint32_t link = 0;
        std::int32_t lag = 0;
        std::uint32_t flags = 0;
    };
    static constexpr std::uint32_t from_finish = 1;
    static constexpr std::uint32_t to_finish = 2;
    static constexpr std::uint32_t special = 4;   ///< does more than add its lag
    static constexpr std::uint32_t crossing = 8;  ///< its successor counts from another end, or it is special
    /// The late start is the lesser of `due` and the end of the group and `tail` (negative).
    struct Times {
        std::int64_t early = no_early_bound;
        std::int64_t tail = 0;
        std::int64_t due = no_late_bound;
        std::int32_t days = 0;
        std::uint32_t group = 0;
    };
    struct LinkSeat {
        std::uint32_t out_at = 0;
        std::uint32_t in_at = 0;
        std::uint32_t crossing_at = no_node;  ///< unset: it does not cross
    };
    /// Where the last finish of a task counts.
    struct PeakSeat {
        std::uint32_t group = no_node;
        std::uint32_t at = 0;
    };
    /// Tasks of one project on one calendar.
    struct Group {
        std::uint32_t project = 0;
        std::uint32_t calendar = 0;
        std::int64_t start = 0;
        std::int64_t end = 0;
        Peak peak{};
        std::vector<std::uint32_t> crossings{};  ///< links that cross to its tasks
    };
    struct Moved {
        std::uint32_t task = 0;
        std::int64_t early = 0;
    };

    /// Beyond this a late bound is none; differences of real ones are smaller by far.
    static constexpr std::int64_t beyond = no_late_bound / 2;

    std::uint32_t group_of(const CriticalPathTask& task);
    void read_fields(std::uint32_t v);
    [[nodiscard]] bool as_ms_project() const { return problem.rules == ScheduleRules::ms_project; }
    [[nodiscard]] std::int64_t late_of(const Times& t) const { return std::min(t.due, groups_[t.group].end + t.tail); }
    /// What a plain link adds from start to start.
    [[nodiscard]] static std::int64_t length(const LinkEnd& link, const Times& from, const Times& to) {
        return link.lag + ((link.flags & from_finish) != 0 ? from.days : 0) -
               ((link.flags & to_finish) != 0 ? to.days : 0);
    }
    [[nodiscard]] static std::int64_t less(std::int64_t due, std::int64_t length) {
        return due > beyond ? no_late_bound : due - length;
    }
    [[nodiscard]] std::int64_t event(std::uint32_t v, std::int64_t start, bool finish) const {
        return start + (finish ? days(v) : 0);
    }
    [[nodiscard]] std::int64_t early_bound(const LinkEnd& link, std::uint32_t from, std::uint32_t to) const;
    [[nodiscard]] std::int64_t late_bound(const LinkEnd& link, std::uint32_t from, std::uint32_t to,
                                          std::int64_t late) const;
    [[nodiscard]] std::int64_t pull_early(std::uint32_t v) const;
    [[nodiscard]] std::pair<std::int64_t, std::int64_t> pull_late(std::uint32_t v) const;  ///< tail and due
    [[nodiscard]] std::int64_t last_boundary(std::uint32_t v) const {
        return problem.tasks[v].actual_finish.value_or(times_[v].early + times_[v].days);
    }
    [[nodiscard]] std::int64_t instant(const Group& group, std::int64_t finish) const {
        return std::max(problem.calendars[group.calendar].select_number(finish - 1) + 1,
                        problem.projects[group.project].start.number() + std::int64_t{0});
    }
    /// The link of the smallest number that an early start rests on.
    [[nodiscard]] std::uint32_t early_driver(std::uint32_t v) const;
    void count_finish(std::uint32_t v);
    void mark_project(std::uint32_t project);
    void move_end(std::uint32_t project);

    WorkDone done_;
    std::vector<Times> times_;
    std::vector<OwnBounds> own_;
    std::vector<std::vector<LinkEnd>> in_, out_;
    std::vector<LinkSeat> link_seats_;
    std::vector<PeakSeat> peak_seats_;
    std::vector<Group> groups_;
    std::vector<std::vector<std::uint32_t>> groups_of_project_;
    std::vector<std::int64_t> ends_, reached_;  ///< per project
    std::vector<std::uint8_t> is_marked_;       ///< per project: its last finish has moved
    std::vector<std::uint32_t> marked_;
    std::vector<Moved> moved_;
    PositionQueue queue_;
};

// ---- layout ----

inline LiveNetwork::LiveNetwork(CriticalPathProblem given, const Dag& graph)
    : problem(std::move(given)),
      order(graph),
      done_(problem),
      groups_of_project_(problem.projects.size()),
      is_marked_(problem.projects.size(), 0) {
    for (const CriticalPathProject& project : problem.projects) {
        reached_.push_back(project.start.number());
        ends_.push_back(project.finish ? project.finish->number() + std::int64_t{1} : reached_.back());
    }
    const auto n = static_cast<std::uint32_t>(problem.tasks.size());
    for (std::uint32_t v = 0; v < n; ++v)
        seat_task(v);
    link_seats_.resize(problem.links.size());
    for (std::uint32_t a = 0; a < problem.links.size(); ++a)
        hang_link(a);
    for (std::uint32_t at = 0; at < n; ++at) {
        const std::uint32_t v = order.node_at(at);
        if (as_ms_project()) read_fields(v);
        times_[v].early = pull_early(v);
        count_finish(v);
    }
    accept(no_node);
    for (std::uint32_t at = n; at-- > 0;)
        touch(order.node_at(at));
    backward();
    steps += n;
}

inline std::uint32_t LiveNetwork::group_of(const CriticalPathTask& task) {
    std::vector<std::uint32_t>& known = groups_of_project_[task.project];
    const auto found =
        std::ranges::find_if(known, [&](std::uint32_t g) { return groups_[g].calendar == task.calendar; });
    if (found != known.end()) return *found;
    const auto group = static_cast<std::uint32_t>(groups_.size());
    const Calendar& calendar = problem.calendars[task.calendar];
    groups_.push_back({.project = task.project,
                       .calendar = task.calendar,
                       .start = calendar.start_boundary(problem.projects[task.project].start),
                       .end = calendar.rank_number(ends_[task.project])});
    known.push_back(group);
    return group;
}

inline void LiveNetwork::seat_task(std::uint32_t v) {
    if (v >= times_.size()) {
        times_.resize(v + std::size_t{1});
        own_.resize(times_.size());
        in_.resize(times_.size());
        out_.resize(times_.size());
        peak_seats_.resize(times_.size());
        queue_.reserve(times_.size());
    }
    times_[v] = {};
    read_fields(v);
}

inline void LiveNetwork::unseat_task(std::uint32_t v) {
    PeakSeat& seat = peak_seats_[v];
    if (seat.group == no_node) return;
    Group& group = groups_[seat.group];
    const std::int64_t before = group.peak.top();
    group.peak.remove(seat.at);
    if (group.peak.top() != before) mark_project(group.project);
    seat = {};
}

inline void LiveNetwork::read_fields(std::uint32_t v) {
    const CriticalPathTask& task = problem.tasks[v];
    const std::int64_t left = done_.left(task);
    times_[v].days = static_cast<std::int32_t>(left);
    times_[v].group = group_of(task);
    const bool is_free = as_ms_project() && !in_[v].empty();
    own_[v] = own_bounds(task, left, done_.data_date(task), is_free ? no_early_bound : groups_[times_[v].group].start);
}

inline void LiveNetwork::read_task(std::uint32_t v, bool with_links) {
    std::vector<std::uint32_t> links;
    if (with_links) {
        for (const auto* row : {&in_[v], &out_[v]}) {
            for (const LinkEnd& link : *row)
                links.push_back(link.link);
        }
    }
    for (const std::uint32_t a : links)
        unhang_link(a);
    read_fields(v);
    for (const std::uint32_t a : links)
        hang_link(a);
    if (as_ms_project()) read_fields(v);  // whether anything goes before it
}

inline void LiveNetwork::hang_link(std::uint32_t a) {
    if (a >= link_seats_.size()) link_seats_.resize(a + std::size_t{1});
    const CriticalPathLink& link = problem.links[a];
    const LinkAction action = done_.action(link);
    const std::uint32_t group = times_[link.successor].group;
    std::uint32_t flags = (action.from_finish ? from_finish : 0) | (action.to_finish ? to_finish : 0);
    if (!action.is_plain()) flags |= special | crossing;
    if (times_[link.predecessor].group != group) flags |= crossing;
    LinkSeat& seat = link_seats_[a];
    auto& out = out_[link.predecessor];
    auto& in = in_[link.successor];
    seat = {static_cast<std::uint32_t>(out.size()), static_cast<std::uint32_t>(in.size()), no_node};
    const auto lag = static_cast<std::int32_t>(link.lag);
    out.push_back({link.successor, a, lag, flags});
    in.push_back({link.predecessor, a, lag, flags});
    if ((flags & crossing) == 0) return;
    seat.crossing_at = static_cast<std::uint32_t>(groups_[group].crossings.size());
    groups_[group].crossings.push_back(a);
}

/// To be called while the groups of both ends are those with which the link was put in.
inline void LiveNetwork::unhang_link(std::uint32_t a) {
    const CriticalPathLink& link = problem.links[a];
    const LinkSeat seat = link_seats_[a];
    auto& out = out_[link.predecessor];
    out[seat.out_at] = out.back();
    link_seats_[out.back().link].out_at = seat.out_at;
    out.pop_back();
    auto& in = in_[link.successor];
    in[seat.in_at] = in.back();
    link_seats_[in.back().link].in_at = seat.in_at;
    in.pop_back();
    if (seat.crossing_at == no_node) return;
    auto& crossings = groups_[times_[link.successor].group].crossings;
    crossings[seat.crossing_at] = crossings.back();
    link_seats_[crossings.back()].crossing_at = seat.crossing_at;
    crossings.pop_back();
}

}  // namespace detail

}  // namespace countyplan

#include <countyplan/track/impl/live_spread.hpp>
