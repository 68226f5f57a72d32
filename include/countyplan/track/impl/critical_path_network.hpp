// A network laid out for its passes: tasks in topological order, links as distances between starts.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include <countyplan/plan/calendar.hpp>
#include <countyplan/track/critical_path.hpp>

namespace countyplan {

namespace detail {

/// No bound from below, and far from overflow.
inline constexpr std::int64_t no_early_bound = -(std::int64_t{1} << 60);
/// No bound from above.
inline constexpr std::int64_t no_late_bound = std::int64_t{1} << 60;

/// From which event of which task to which a link leads; a maximum leads back.
struct LinkWay {
    std::uint32_t from = 0;
    std::uint32_t to = 0;
    bool from_finish = false;
    bool to_finish = false;
    std::int64_t lag = 0;
    const Calendar* counted = nullptr;  ///< unset: the lag counts civil days
};

inline LinkWay way_of(const CriticalPathProblem& problem, const CriticalPathLink& link) {
    const bool leaves_finish = link.type == LinkKind::finish_start || link.type == LinkKind::finish_finish;
    const bool arrives_finish = link.type == LinkKind::finish_finish || link.type == LinkKind::start_finish;
    LinkWay way{link.predecessor, link.successor, leaves_finish, arrives_finish, link.lag, nullptr};
    const CriticalPathTask& before = problem.tasks[link.predecessor];
    if (link.lag_calendar == LagCalendar::predecessor) way.counted = &problem.calendars[before.calendar];
    if (link.lag_calendar == LagCalendar::successor) {
        way.counted = &problem.calendars[problem.tasks[link.successor].calendar];
    }
    if (link.lag_calendar == LagCalendar::project) {
        way.counted = &problem.calendars[problem.projects[before.project].calendar];
    }
    if (link.bound == LinkBound::maximum) {
        std::swap(way.from, way.to);
        std::swap(way.from_finish, way.to_finish);
        way.lag = -way.lag;
    }
    return way;
}

/// A link as a monotone map from boundaries of the event it leaves to the boundary before which the
/// event it reaches may not lie; and the other way round, the latest boundary whose image fits.
class LinkMap {
  public:
    LinkMap(const CriticalPathProblem& problem, const LinkWay& way) : lag_(way.lag) {
        const Calendar* from = &problem.calendars[problem.tasks[way.from].calendar];
        const Calendar* to = &problem.calendars[problem.tasks[way.to].calendar];
        if (from == to && (lag_ == 0 || way.counted == from)) return;
        from_ = from;
        to_ = to;
        counted_ = way.counted;
        at_finish_ = way.from_finish;
    }

    /// Whether the map only adds its lag.
    [[nodiscard]] bool adds() const { return from_ == nullptr; }

    [[nodiscard]] std::int64_t image(std::int64_t w) const {
        if (from_ == nullptr) return w + lag_;
        std::int64_t instant = at_finish_ ? from_->select_number(w - 1) + 1 : from_->select_number(w);
        if (lag_ != 0 && counted_ == nullptr) instant += lag_;
        if (lag_ != 0 && counted_ != nullptr) {
            const std::int64_t moved = counted_->rank_number(instant) + lag_;
            instant = lag_ > 0 ? counted_->select_number(moved - 1) + 1 : counted_->select_number(moved);
        }
        return to_->rank_number(instant);
    }

    /// The greatest w with `image(w) <= bound`.
    [[nodiscard]] std::int64_t preimage(std::int64_t bound) const {
        if (from_ == nullptr) return bound - lag_;
        std::int64_t instant = to_->select_number(bound);
        if (lag_ != 0 && counted_ == nullptr) instant -= lag_;
        if (lag_ != 0 && counted_ != nullptr) {
            const std::int64_t moved =
                lag_ > 0 ? counted_->rank_number(instant) : counted_->rank_number(instant + 1) - 1;
            instant = counted_->select_number(moved - lag_);
        }
        return at_finish_ ? from_->rank_number(instant) : from_->rank_number(instant + 1) - 1;
    }

  private:
    const Calendar* from_ = nullptr;  ///< unset: one calendar, the map only adds
    const Calendar* to_ = nullptr;
    const Calendar* counted_ = nullptr;  ///< unset: the lag counts civil days
    std::int64_t lag_ = 0;
    bool at_finish_ = false;
};

/// How a link acts once it is known what has happened.
struct LinkAction {
    LinkMap map;
    std::uint32_t from = 0;  ///< positions
    std::uint32_t to = 0;
    bool from_finish = false;
    bool to_finish = false;
    bool moves = true;                                      ///< follows the scheduled event of `from`
    bool bounds_late = true;                                ///< bounds the late dates of `from`
    std::optional<std::int64_t> fixed = std::nullopt;       ///< bound on the event of `to` by what has happened
    std::optional<std::int64_t> fixed_late = std::nullopt;  ///< bound on the event of `from` likewise

    [[nodiscard]] bool is_plain() const { return moves && bounds_late && !fixed && map.adds(); }
    [[nodiscard]] bool is_idle() const { return !moves && !fixed; }
};

/// What has happened to the tasks of one network, and what is left of each.
class WorkDone {
  public:
    explicit WorkDone(const CriticalPathProblem& problem) : problem_(problem) {
        for (const Calendar& calendar : problem.calendars)
            data_date_.push_back(problem.data_date ? calendar.finish_boundary(*problem.data_date) : no_early_bound);
    }

    [[nodiscard]] std::int64_t data_date(const CriticalPathTask& task) const { return data_date_[task.calendar]; }
    [[nodiscard]] std::int64_t left(const CriticalPathTask& task) const {
        if (task.actual_finish) return 0;
        if (task.remaining) return *task.remaining;
        if (!task.actual_start) return task.duration;
        return std::max(std::min<std::int64_t>(task.duration, 1),
                        task.duration - (data_date(task) - *task.actual_start));
    }
    /// When the start or the finish of a task happened.
    [[nodiscard]] static const std::optional<std::int64_t>& event(const CriticalPathTask& task, bool finish) {
        return finish ? task.actual_finish : task.actual_start;
    }

    [[nodiscard]] LinkAction action(const CriticalPathLink& link) const {
        LinkWay way = way_of(problem_, link);
        const CriticalPathTask& from = problem_.tasks[way.from];
        const CriticalPathTask& to = problem_.tasks[way.to];
        LinkAction out{LinkMap(problem_, way), way.from, way.to, way.from_finish, way.to_finish};
        if (!problem_.data_date) return out;
        const auto& left = event(from, way.from_finish);
        const auto& reached = event(to, way.to_finish);
        const bool is_maximum = link.bound == LinkBound::maximum;
        out.bounds_late = !left && !reached;
        if (is_maximum && reached) {
            out.moves = false;
            if (!left) out.fixed_late = out.map.preimage(*reached);
            return out;
        }
        if (problem_.logic != ProgressLogic::retained && to.actual_start) {
            out.moves = false;
            return out;
        }
        if (!left) return out;
        out.fixed = out.map.image(*left);
        if (is_maximum || problem_.logic == ProgressLogic::actual_dates) {
            out.moves = false;
        } else {
            way.lag = 0;
            out.map = LinkMap(problem_, way);
        }
        return out;
    }

    /// The links, in order, that what has been reported violates: their later event came before its bound,
    /// where an event that is not reported comes after the data date.
    [[nodiscard]] std::vector<std::uint32_t> out_of_sequence() const {
        std::vector<std::uint32_t> out;
        if (!problem_.data_date) return out;
        for (std::uint32_t a = 0; a < problem_.links.size(); ++a) {
            const LinkWay way = way_of(problem_, problem_.links[a]);
            const CriticalPathTask& from = problem_.tasks[way.from];
            const auto& reached = event(problem_.tasks[way.to], way.to_finish);
            if (!reached) continue;
            const std::int64_t open = data_date(from) + (way.from_finish && left(from) > 0 ? 1 : 0);
            const std::int64_t event_from = event(from, way.from_finish).value_or(open);
            if (*reached < LinkMap(problem_, way).image(event_from)) out.push_back(a);
        }
        return out;
    }

  private:
    const CriticalPathProblem& problem_;
    std::vector<std::int64_t> data_date_;  ///< per calendar
};

/// Own bounds of one task on its start: from below, from above in the late dates, and what is exact.
struct OwnBounds {
    std::int64_t release = no_early_bound;
    std::int64_t due = no_late_bound;
    std::int64_t mandate = no_late_bound;  ///< the latest start that its mandatory dates allow
    std::int64_t cap = no_late_bound;      ///< the latest start that goes before links by MS Project's rules
};

inline OwnBounds own_bounds(const CriticalPathTask& task, std::int64_t days, std::int64_t data_date,
                            std::int64_t project_start) {
    OwnBounds out;
    out.release = data_date;
    const auto from = [&](const std::optional<std::int64_t>& bound, std::int64_t length) {
        if (bound) out.release = std::max(out.release, *bound - length);
    };
    const auto until = [&](const std::optional<std::int64_t>& bound, std::int64_t length, std::int64_t& latest) {
        if (bound) latest = std::min(latest, *bound - length);
    };
    if (!task.actual_start) {
        out.release = std::max(out.release, project_start);
        from(task.start_no_earlier, 0);
        from(task.mandatory_start, 0);
        until(task.mandatory_start, 0, out.mandate);
        until(task.start_no_later, 0, out.cap);
    }
    if (!task.actual_finish) {
        from(task.finish_no_earlier, days);
        from(task.mandatory_finish, days);
        until(task.mandatory_finish, days, out.mandate);
        until(task.finish_no_later, days, out.cap);
        until(task.deadline, days, out.due);
    }
    out.cap = std::min(out.cap, out.mandate);
    out.due = std::min(out.due, out.cap);
    return out;
}

/// All tasks so that every minimum lag leads onward; fewer if these run in a circle.
inline std::vector<std::uint32_t> topological_order(const CriticalPathProblem& problem) {
    const std::size_t n = problem.tasks.size();
    std::vector<std::uint32_t> first(n + 1, 0), waiting(n, 0), order;
    for (const CriticalPathLink& link : problem.links) {
        if (link.bound != LinkBound::minimum) continue;
        ++first[link.predecessor + 1];
        ++waiting[link.successor];
    }
    for (std::size_t v = 0; v < n; ++v)
        first[v + 1] += first[v];
    std::vector<std::uint32_t> after(first[n]), next(first.begin(), first.end() - 1);
    for (const CriticalPathLink& link : problem.links) {
        if (link.bound == LinkBound::minimum) after[next[link.predecessor]++] = link.successor;
    }
    order.reserve(n);
    for (std::uint32_t v = 0; v < n; ++v) {
        if (waiting[v] == 0) order.push_back(v);
    }
    for (std::size_t i = 0; i < order.size(); ++i) {
        for (std::uint32_t k = first[order[i]]; k < first[order[i] + 1]; ++k) {
            if (--waiting[after[k]] == 0) order.push_back(after[k]);
        }
    }
    return order;
}

}  // namespace detail

}  // namespace countyplan
