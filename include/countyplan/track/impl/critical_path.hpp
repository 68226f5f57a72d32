// The solver's half of critical_path: one pass forward, one back, over links as monotone maps.
#pragma once

#include <algorithm>
#include <limits>
#include <string>
#include <utility>
#include <variant>

#include <countyplan/error.hpp>
#include <countyplan/graph/dag.hpp>
#include <countyplan/separate.hpp>
#include <countyplan/solve/longest_path.hpp>
#include <countyplan/solve/watch.hpp>
#include <countyplan/track/critical_path.hpp>
#include <countyplan/track/impl/critical_path_proof.hpp>
#include <countyplan/track/messages.hpp>

namespace countyplan {

namespace detail {

constexpr bool leaves_at_finish(LinkKind type) {
    return type == LinkKind::finish_start || type == LinkKind::finish_finish;
}
constexpr bool arrives_at_finish(LinkKind type) {
    return type == LinkKind::finish_finish || type == LinkKind::start_finish;
}

/// A link as a monotone map from boundaries of the predecessor's event to the boundary before which
/// the successor's event may not lie; and the other way round, the latest boundary whose image fits.
class LinkMap {
  public:
    LinkMap(const CriticalPathProblem& problem, const CriticalPathLink& link) : lag_(link.lag) {
        const CriticalPathTask& from = problem.tasks[link.predecessor];
        const CriticalPathTask& to = problem.tasks[link.successor];
        std::uint32_t counted = from.calendar;
        if (link.lag_calendar == LagCalendar::successor) counted = to.calendar;
        if (link.lag_calendar == LagCalendar::project) counted = problem.projects[from.project].calendar;
        const bool elapsed = link.lag_calendar == LagCalendar::elapsed;
        if (from.calendar == to.calendar && (lag_ == 0 || (!elapsed && counted == from.calendar))) return;
        from_ = &problem.calendars[from.calendar];
        to_ = &problem.calendars[to.calendar];
        if (!elapsed) counted_ = &problem.calendars[counted];
        at_finish_ = leaves_at_finish(link.type);
    }

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

[[noreturn]] inline void refuse_problem(Verdict verdict) {
    throw InvalidProblem(std::move(verdict.why), std::move(verdict.place));
}

inline std::vector<Arc> arcs_of(const CriticalPathProblem& problem) {
    std::vector<Arc> arcs;
    arcs.reserve(problem.links.size());
    for (const CriticalPathLink& link : problem.links)
        arcs.push_back({link.predecessor, link.successor});
    return arcs;
}

/// Both passes over one network, step by step, so that they may stop between any two tasks.
class CriticalPathPass {
  public:
    CriticalPathPass(const CriticalPathProblem& problem, Dag dag) : problem_(problem), dag_(std::move(dag)) {
        const std::size_t n = problem.tasks.size();
        result.tasks.resize(n);
        result.driving.assign(problem.links.size(), 0);
        result.drivers.early.assign(n, Drivers::own);
        result.drivers.late.assign(n, Drivers::end);
        maps_.reserve(problem.links.size());
        for (const CriticalPathLink& link : problem.links)
            maps_.emplace_back(problem, link);
        for (const CriticalPathProject& project : problem.projects)
            reached_.push_back(project.start.number());
    }

    [[nodiscard]] std::span<const NodeIndex> order() const { return dag_.order(); }
    [[nodiscard]] std::int64_t work(NodeIndex v) const {
        return 8 + 8 * static_cast<std::int64_t>(dag_.in_arcs(v).size() + dag_.out_arcs(v).size());
    }

    void forward(NodeIndex v) {
        const CriticalPathTask& task = problem_.tasks[v];
        const Calendar& calendar = problem_.calendars[task.calendar];
        std::int64_t start = calendar.start_boundary(problem_.projects[task.project].start);
        if (task.start_no_earlier) start = std::max(start, *task.start_no_earlier);
        if (task.finish_no_earlier) start = std::max(start, *task.finish_no_earlier - task.duration);
        for (const ArcIndex a : dag_.in_arcs(v)) {
            const CriticalPathLink& link = problem_.links[a];
            const CriticalPathDates& before = result.tasks[link.predecessor];
            const std::int64_t image =
                maps_[a].image(leaves_at_finish(link.type) ? before.early_finish : before.early_start);
            const std::int64_t bound = arrives_at_finish(link.type) ? image - task.duration : image;
            if (bound > start) {
                start = bound;
                result.drivers.early[v] = a;
            }
        }
        CriticalPathDates& dates = result.tasks[v];
        dates.early_start = start;
        dates.early_finish = start + task.duration;
        std::int64_t& reached = reached_[task.project];
        if (calendar.rank_number(reached) < dates.early_finish) {
            reached = calendar.select_number(dates.early_finish - 1) + 1;
        }
    }

    /// Between the passes.
    void turn() {
        result.ends = reached_;
        for (std::size_t p = 0; p < reached_.size(); ++p) {
            if (problem_.projects[p].finish) result.ends[p] = problem_.projects[p].finish->number() + std::int64_t{1};
        }
    }

    void backward(NodeIndex v, std::int64_t critical_float) {
        const CriticalPathTask& task = problem_.tasks[v];
        const Calendar& calendar = problem_.calendars[task.calendar];
        CriticalPathDates& dates = result.tasks[v];
        std::int64_t finish = calendar.rank_number(result.ends[task.project]);
        std::uint32_t driver = Drivers::end;
        const auto own = [&](std::int64_t bound) {
            if (bound > finish) return;
            finish = bound;
            driver = Drivers::own;
        };
        if (task.finish_no_later) own(*task.finish_no_later);
        if (task.start_no_later) own(*task.start_no_later + task.duration);
        std::int64_t slack = std::numeric_limits<std::int64_t>::max();
        const std::int64_t reached = reached_[task.project];
        bool on_path = calendar.rank_number(reached) == dates.early_finish && calendar.is_working_number(reached - 1);
        for (const ArcIndex a : dag_.out_arcs(v)) {
            const CriticalPathLink& link = problem_.links[a];
            const CriticalPathDates& after = result.tasks[link.successor];
            const bool at_finish = leaves_at_finish(link.type);
            const bool to_finish = arrives_at_finish(link.type);
            const std::int64_t latest = maps_[a].preimage(to_finish ? after.late_finish : after.late_start);
            const std::int64_t bound = at_finish ? latest : latest + task.duration;
            if (bound < finish) {
                finish = bound;
                driver = a;
            }
            const std::int64_t event = at_finish ? dates.early_finish : dates.early_start;
            const std::int64_t target = to_finish ? after.early_finish : after.early_start;
            slack = std::min(slack, maps_[a].preimage(target) - event);
            if (maps_[a].image(event) == target) {
                result.driving[a] = 1;
                on_path = on_path || after.on_longest_path;
            }
        }
        result.drivers.late[v] = driver;
        dates.late_finish = finish;
        dates.late_start = finish - task.duration;
        dates.total_float = dates.late_start - dates.early_start;
        dates.free_float = dag_.out_arcs(v).empty() ? std::max<std::int64_t>(0, *dates.total_float) : slack;
        dates.critical_by_float = *dates.total_float <= critical_float;
        dates.on_longest_path = on_path;
    }

    CriticalPathResult result{};

  private:
    const CriticalPathProblem& problem_;
    Dag dag_;
    std::vector<LinkMap> maps_;
    std::vector<std::int64_t> reached_;  ///< per project: the day number after its last early finish
};

}  // namespace detail

COUNTYPLAN_INLINE CriticalPathResult solve(const CriticalPathProblem& problem, const CriticalPathOptions& options,
                                           const Stop& stop, const Progress& progress) {
    if (Verdict verdict = detail::examine_fields(problem); !verdict.accepted) {
        detail::refuse_problem(std::move(verdict));
    }
    detail::Watch watch(stop, progress);
    CriticalPathResult stopped;
    const auto give_up = [&](std::int64_t steps) {
        stopped.cause = watch.cause();
        stopped.steps = steps;
        return stopped;
    };
    if (watch.stopped()) return give_up(0);
    auto graph = Dag::build(problem.tasks.size(), detail::arcs_of(problem));
    if (const Cycle* cycle = std::get_if<Cycle>(&graph)) throw InvalidProblem(cycle_message(*cycle), "links");
    if (watch.spend(0)) return give_up(0);

    detail::CriticalPathPass pass(problem, std::get<Dag>(std::move(graph)));
    std::int64_t steps = 0;
    const auto next = [&](NodeIndex v) {
        const bool stops = watch.exhausted(steps) || watch.spend(pass.work(v));
        watch.report([&] { return Tick{.elapsed = {}, .steps = steps}; });
        if (!stops) ++steps;
        return !stops;
    };
    for (const NodeIndex v : pass.order()) {
        if (!next(v)) return give_up(steps);
        pass.forward(v);
    }
    pass.turn();
    for (std::size_t i = pass.order().size(); i-- > 0;) {
        const NodeIndex v = pass.order()[i];
        if (!next(v)) return give_up(steps);
        pass.backward(v, options.critical_float);
    }
    pass.result.termination = Termination::optimal;
    pass.result.cause = Cause::proved;
    pass.result.claim = Claim::proved;
    pass.result.steps = steps;
    return std::move(pass.result);
}

}  // namespace countyplan
