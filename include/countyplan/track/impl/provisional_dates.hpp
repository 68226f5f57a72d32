// Which dates of a schedule may still move because holidays are not announced.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include <countyplan/track/critical_path.hpp>

namespace countyplan {

namespace detail {

/// Which dates rest on days whose holidays are not announced: those that lie there, and those that
/// were counted from there. Followed along the drivers, from their roots.
class ProvisionalDates {
  public:
    ProvisionalDates(const CriticalPathProblem& problem, const CriticalPathResult& result)
        : problem_(problem), result_(result) {
        const std::size_t n = problem.tasks.size();
        early_.assign(n, unknown);
        late_.assign(n, unknown);
        for (std::size_t v = 0; v < n; ++v)
            follow(
                v, early_, [&](std::size_t at) { return result_.drivers.early[at]; }, true);
        end_.assign(problem.projects.size(), 0);
        for (std::size_t v = 0; v < n; ++v) {
            const CriticalPathTask& task = problem.tasks[v];
            const std::int64_t end = result.ends[task.project];
            const Calendar& calendar = problem.calendars[task.calendar];
            // Whoever counts on another calendar than the task that ends last counts its days anew.
            if (early_[v] == 1 && calendar.rank_number(end) == result.tasks[v].early_finish) end_[task.project] = 1;
            mixed_.resize(problem.projects.size(), Mixed{});
            Mixed& mixed = mixed_[task.project];
            if (mixed.seen && mixed.calendar != task.calendar) mixed.several = true;
            mixed = {true, mixed.several, task.calendar};
        }
        mixed_.resize(problem.projects.size(), Mixed{});
        for (std::size_t v = 0; v < n; ++v)
            follow(
                v, late_, [&](std::size_t at) { return result_.drivers.late[at]; }, false);
    }

    [[nodiscard]] bool at(std::size_t v) const {
        const CriticalPathDates& d = result_.tasks[v];
        return early_[v] == 1 || late_[v] == 1 || lies_beyond(v, d.early_start, d.early_finish) ||
               lies_beyond(v, d.late_start, d.late_finish);
    }

  private:
    static constexpr std::uint8_t unknown = 2;
    struct Mixed {
        bool seen = false;
        bool several = false;
        std::uint32_t calendar = 0;
    };

    [[nodiscard]] bool lies_beyond(std::size_t v, std::int64_t start, std::int64_t finish) const {
        const Calendar& calendar = problem_.calendars[problem_.tasks[v].calendar];
        if (!calendar.announced_to()) return true;
        const std::int64_t last = calendar.announced_to()->number();
        return calendar.select_number(finish - 1) > last || calendar.select_number(start) > last;
    }

    /// Where a driver comes from: forward from its earlier event, backward from its later one.
    [[nodiscard]] std::size_t other_end(std::uint32_t a, bool early) const {
        const CriticalPathLink& link = problem_.links[a];
        return early == (link.bound == LinkBound::minimum) ? link.predecessor : link.successor;
    }

    template <class Driver>
    void follow(std::size_t v, std::vector<std::uint8_t>& mark, Driver driver, bool early) {
        walk_.clear();
        std::size_t at = v;
        while (mark[at] == unknown) {
            walk_.push_back(at);
            const std::uint32_t a = driver(at);
            if (a == Drivers::own || a == Drivers::end) break;
            at = other_end(a, early);
        }
        while (!walk_.empty()) {
            at = walk_.back();
            walk_.pop_back();
            const CriticalPathDates& d = result_.tasks[at];
            const bool beyond =
                early ? lies_beyond(at, d.early_start, d.early_finish) : lies_beyond(at, d.late_start, d.late_finish);
            const std::uint32_t a = driver(at);
            bool is = beyond;
            if (a == Drivers::end) {
                const std::size_t p = problem_.tasks[at].project;
                is = end_[p] != 0 || (mixed_[p].several && beyond);
            } else if (a != Drivers::own) {
                const CriticalPathLink& link = problem_.links[a];
                const bool same = problem_.tasks[link.predecessor].calendar == problem_.tasks[link.successor].calendar;
                const bool counts = same && (link.lag == 0 || link.lag_calendar == LagCalendar::predecessor ||
                                             link.lag_calendar == LagCalendar::successor);
                is = mark[other_end(a, early)] == 1 || (!counts && beyond);
            }
            mark[at] = is ? 1 : 0;
        }
    }

    const CriticalPathProblem& problem_;
    const CriticalPathResult& result_;
    std::vector<std::uint8_t> early_, late_, end_;
    std::vector<Mixed> mixed_;
    std::vector<std::size_t> walk_;
};

}  // namespace detail

}  // namespace countyplan
