// What is told of a live schedule on demand: its network without gaps, dates, floats, marks and the certificate.
#pragma once

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include <countyplan/graph/csr.hpp>
#include <countyplan/track/critical_path.hpp>
#include <countyplan/track/impl/live_network.hpp>

namespace countyplan {

namespace detail {

inline std::vector<std::uint32_t> live_tasks(const LiveNetwork& network) {
    std::vector<std::uint32_t> out;
    for (std::uint32_t v = 0; v < network.order.node_limit(); ++v) {
        if (network.order.has_node(v)) out.push_back(v);
    }
    return out;
}

inline std::vector<std::uint32_t> live_links(const LiveNetwork& network) {
    std::vector<std::uint32_t> out;
    for (std::uint32_t a = 0; a < network.order.arc_limit(); ++a) {
        if (network.order.has_arc(a)) out.push_back(a);
    }
    return out;
}

inline CriticalPathProblem live_problem(const LiveNetwork& network) {
    const CriticalPathProblem& kept = network.problem;
    CriticalPathProblem out{.calendars = kept.calendars,
                            .projects = kept.projects,
                            .data_date = kept.data_date,
                            .logic = kept.logic,
                            .rules = kept.rules};
    std::vector<std::uint32_t> row(network.order.node_limit());
    for (const std::uint32_t v : live_tasks(network)) {
        row[v] = static_cast<std::uint32_t>(out.tasks.size());
        out.tasks.push_back(kept.tasks[v]);
    }
    for (const std::uint32_t a : live_links(network)) {
        out.links.push_back(kept.links[a]);
        out.links.back().predecessor = row[out.links.back().predecessor];
        out.links.back().successor = row[out.links.back().successor];
    }
    return out;
}

/// A task's dates and floats, without marks.
inline CriticalPathDates live_dates(const LiveNetwork& network, std::uint32_t v) {
    CriticalPathDates out;
    out.early_start = network.early(v);
    out.early_finish = out.early_start + network.days(v);
    out.late_start = network.late(v);
    out.late_finish = out.late_start + network.days(v);
    if (network.problem.tasks[v].actual_finish) return out;
    const std::int64_t room = network.free_room(v);
    out.total_float = out.late_start - out.early_start;
    out.free_float = std::max<std::int64_t>(0, room == no_late_bound ? *out.total_float : room);
    return out;
}

/// Reads a certificate off the dates that are kept; no date is computed here.
class LiveReport {
  public:
    LiveReport(const LiveNetwork& network, const CriticalPathOptions& options)
        : network_(network), options_(options), problem_(live_problem(network)), numbers_(live_tasks(network)) {}

    [[nodiscard]] CriticalPathResult run() {
        read_tasks();
        read_links();
        find_path();
        const WorkDone done(problem_);
        out_.out_of_sequence = done.out_of_sequence();
        for (std::uint32_t p = 0; p < problem_.projects.size(); ++p)
            out_.ends.push_back(network_.end(p));
        out_.termination = Termination::optimal;
        out_.cause = Cause::proved;
        out_.claim = Claim::proved;
        out_.steps = static_cast<std::int64_t>(network_.steps);
        return std::move(out_);
    }

  private:
    void read_tasks() {
        const std::size_t n = numbers_.size();
        out_.drivers.early.assign(n, Drivers::own);
        out_.drivers.late.assign(n, Drivers::own);
        for (std::size_t i = 0; i < n; ++i) {
            const std::uint32_t v = numbers_[i];
            CriticalPathDates& dates = out_.tasks.emplace_back(live_dates(network_, v));
            dates.critical_by_float = dates.total_float && *dates.total_float <= options_.critical_float;
            dates.on_longest_path = network_.evening(v) == network_.reached(problem_.tasks[i].project);
            early_bound_.push_back(network_.release(v));
            late_bound_.push_back(std::min(network_.own_due(v), network_.project_due(v)));
            if (network_.project_due(v) < network_.own_due(v)) out_.drivers.late[i] = Drivers::end;
        }
    }

    /// Of the links that bind most the one of the smallest number, if it binds more than the task's own bound.
    void read_links() {
        const WorkDone done(problem_);
        for (std::uint32_t a = 0; a < problem_.links.size(); ++a) {
            const LinkAction action = done.action(problem_.links[a]);
            const CriticalPathDates& from = out_.tasks[action.from];
            const CriticalPathDates& to = out_.tasks[action.to];
            const std::int64_t target = action.to_finish ? to.early_finish : to.early_start;
            std::int64_t bound = no_early_bound;
            if (action.moves) bound = action.map.image(action.from_finish ? from.early_finish : from.early_start);
            out_.driving.push_back(bound == target || (action.fixed && *action.fixed == target) ? 1 : 0);
            if (action.fixed) bound = std::max(bound, *action.fixed);
            if (action.to_finish) bound -= to.early_finish - to.early_start;
            if (bound > early_bound_[action.to]) {
                early_bound_[action.to] = bound;
                out_.drivers.early[action.to] = a;
            }
            if (!action.moves || !action.bounds_late) continue;
            std::int64_t late = action.map.preimage(action.to_finish ? to.late_finish : to.late_start);
            if (action.from_finish) late -= from.late_finish - from.late_start;
            if (late < late_bound_[action.from]) {
                late_bound_[action.from] = late;
                out_.drivers.late[action.from] = a;
            }
        }
        for (std::size_t i = 0; i < numbers_.size(); ++i) {  // by the rules of MS Project own bounds may go first
            if (early_bound_[i] != out_.tasks[i].early_start) out_.drivers.early[i] = Drivers::own;
        }
    }

    /// Everything from which a project's end is reached along driving links.
    void find_path() {
        const CompressedRows into = CompressedRows::group(numbers_.size(), problem_.links.size(), [&](std::uint32_t a) {
            return out_.driving[a] != 0 ? problem_.links[a].successor : no_node;
        });
        std::vector<std::uint32_t> open;
        for (std::uint32_t i = 0; i < numbers_.size(); ++i) {
            if (out_.tasks[i].on_longest_path) open.push_back(i);
        }
        while (!open.empty()) {
            const std::uint32_t i = open.back();
            open.pop_back();
            for (const std::uint32_t a : into[i]) {
                CriticalPathDates& before = out_.tasks[problem_.links[a].predecessor];
                if (before.on_longest_path) continue;
                before.on_longest_path = true;
                open.push_back(problem_.links[a].predecessor);
            }
        }
    }

    const LiveNetwork& network_;
    const CriticalPathOptions& options_;
    CriticalPathProblem problem_;
    std::vector<std::uint32_t> numbers_;
    std::vector<std::int64_t> early_bound_, late_bound_;  ///< the greatest, and the least, so far
    CriticalPathResult out_{};
};

inline CriticalPathResult live_result(const LiveNetwork& network, const CriticalPathOptions& options) {
    return LiveReport(network, options).run();
}

}  // namespace detail

}  // namespace countyplan
