// What a network must be before anything is computed from it.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <countyplan/graph/csr.hpp>
#include <countyplan/solve/proof/refusal.hpp>
#include <countyplan/track/critical_path.hpp>
#include <countyplan/track/messages.hpp>

namespace countyplan {

namespace detail {

inline std::string place_of(const char* list, std::size_t at, const char* field = "") {
    std::string out = std::string(list) + "[" + std::to_string(at) + "]";
    if (*field != '\0') out += std::string(".") + field;
    return out;
}

/// One task's fields, by themselves and with the data date.
class TaskFields {
  public:
    explicit TaskFields(const CriticalPathProblem& problem) : problem_(problem) {}

    /// Whether row i is as its struct describes it; `verdict()` tells of the first that is not.
    bool accepts(std::size_t i) {
        const CriticalPathTask& task = problem_.tasks[i];
        at_ = i;
        within(task.duration, 0, CriticalPathProblem::max_days, "duration");
        if (task.remaining) within(*task.remaining, 0, CriticalPathProblem::max_days, "remaining");
        exists(task.calendar, problem_.calendars.size(), "calendar");
        exists(task.project, problem_.projects.size(), "project");
        bound(task.start_no_earlier, "start_no_earlier");
        bound(task.finish_no_earlier, "finish_no_earlier");
        bound(task.start_no_later, "start_no_later");
        bound(task.finish_no_later, "finish_no_later");
        bound(task.deadline, "deadline");
        bound(task.mandatory_start, "mandatory_start");
        bound(task.mandatory_finish, "mandatory_finish");
        bound(task.actual_start, "actual_start");
        bound(task.actual_finish, "actual_finish");
        if (verdict_.accepted && (task.actual_start || task.actual_finish || task.remaining)) progress(task);
        return verdict_.accepted;
    }
    [[nodiscard]] const Verdict& verdict() const { return verdict_; }

  private:
    void progress(const CriticalPathTask& task) {
        const char* first = task.actual_start ? "actual_start" : task.actual_finish ? "actual_finish" : "remaining";
        if (!problem_.data_date) return refuse_field({message::track_without_data_date}, first);
        const std::int64_t data_date = problem_.calendars[task.calendar].finish_boundary(*problem_.data_date);
        if (task.actual_finish && !task.actual_start) {
            return refuse_field({message::track_finish_without_start}, "actual_start");
        }
        const auto beyond = [&](std::int64_t value, const char* field) {
            refuse_field({message::track_beyond_data_date, {std::to_string(value), std::to_string(data_date)}}, field);
        };
        if (task.actual_start && *task.actual_start >= data_date) return beyond(*task.actual_start, "actual_start");
        if (task.actual_finish && *task.actual_finish > data_date) return beyond(*task.actual_finish, "actual_finish");
        if (task.actual_finish && *task.actual_finish < *task.actual_start) {
            return refuse_field({message::track_finish_before_start,
                                 {std::to_string(*task.actual_finish), std::to_string(*task.actual_start)}},
                                "actual_finish");
        }
        if (!task.remaining) return;
        if (task.actual_finish && *task.remaining != 0) {
            return refuse_field({message::track_complete_but_remaining, {std::to_string(*task.remaining)}},
                                "remaining");
        }
        if (task.actual_start && !task.actual_finish && *task.remaining == 0 && task.duration > 0) {
            refuse_field({message::track_nothing_remains}, "remaining");
        }
    }

    void refuse_field(Message why, const char* field) {
        if (verdict_.accepted) verdict_ = refuse(std::move(why), place_of("tasks", at_, field));
    }
    void within(std::int64_t value, std::int64_t low, std::int64_t high, const char* field) {
        if (low <= value && value <= high) return;
        refuse_field({message::track_out_of_range, {std::to_string(value), std::to_string(low), std::to_string(high)}},
                     field);
    }
    void exists(std::size_t value, std::size_t count, const char* field) {
        if (value >= count) {
            refuse_field({message::track_no_such_item, {std::to_string(value), std::to_string(count)}}, field);
        }
    }
    void bound(const std::optional<std::int64_t>& value, const char* field) {
        if (value) within(*value, -CriticalPathProblem::max_boundary, CriticalPathProblem::max_boundary, field);
    }

    const CriticalPathProblem& problem_;
    std::size_t at_ = 0;
    Verdict verdict_{};
};

/// A minimum lag between two tasks, within its range: what nearly every link is.
inline bool is_sound(const CriticalPathProblem& problem, const CriticalPathLink& link) {
    return link.predecessor < problem.tasks.size() && link.successor < problem.tasks.size() &&
           link.predecessor != link.successor && link.lag >= -CriticalPathProblem::max_days &&
           link.lag <= CriticalPathProblem::max_days && link.bound == LinkBound::minimum;
}

inline Verdict examine_link(const CriticalPathProblem& problem, std::size_t i) {
    const CriticalPathLink& link = problem.links[i];
    const std::size_t n = problem.tasks.size();
    for (const std::uint32_t end : {link.predecessor, link.successor}) {
        if (end < n) continue;
        return refuse({message::track_no_such_item, {std::to_string(end), std::to_string(n)}},
                      place_of("links", i, link.predecessor < n ? "successor" : "predecessor"));
    }
    constexpr std::int64_t most = CriticalPathProblem::max_days;
    if (link.lag < -most || link.lag > most) {
        return refuse(
            {message::track_out_of_range, {std::to_string(link.lag), std::to_string(-most), std::to_string(most)}},
            place_of("links", i, "lag"));
    }
    if (link.predecessor == link.successor) {
        return refuse({message::track_self_link, {std::to_string(link.successor)}}, place_of("links", i));
    }
    if (link.bound == LinkBound::maximum && problem.rules == ScheduleRules::ms_project) {
        return refuse({message::track_no_maximum_lags}, place_of("links", i, "bound"));
    }
    return {};
}

/// Everything about a network except circles.
inline Verdict examine_fields(const CriticalPathProblem& problem) {
    constexpr std::size_t most = no_node / 2 - 2;  // a bit of every position is used otherwise
    if (problem.tasks.size() > most || problem.links.size() > most) {
        return refuse(
            {message::track_out_of_range,
             {std::to_string(std::max(problem.tasks.size(), problem.links.size())), "0", std::to_string(most)}},
            problem.tasks.size() > most ? "tasks" : "links");
    }
    for (std::size_t i = 0; i < problem.calendars.size(); ++i) {
        if (problem.calendars[i].is_idle()) return refuse({message::track_idle_calendar}, place_of("calendars", i));
    }
    for (std::size_t i = 0; i < problem.projects.size(); ++i) {
        if (problem.projects[i].calendar < problem.calendars.size()) continue;
        return refuse({message::track_no_such_item,
                       {std::to_string(problem.projects[i].calendar), std::to_string(problem.calendars.size())}},
                      place_of("projects", i, "calendar"));
    }
    TaskFields fields(problem);
    for (std::size_t i = 0; i < problem.tasks.size(); ++i) {
        if (!fields.accepts(i)) return fields.verdict();
    }
    for (std::size_t i = 0; i < problem.links.size(); ++i) {
        if (is_sound(problem, problem.links[i])) continue;
        if (Verdict verdict = examine_link(problem, i); !verdict.accepted) return verdict;
    }
    return {};
}

/// Per task, the smallest task it is connected with both ways along links, maximum lags leading back.
inline std::vector<std::uint32_t> connected_tasks(const CriticalPathProblem& problem) {
    const std::size_t n = problem.tasks.size();
    const auto tail = [&](std::uint32_t a) {
        const CriticalPathLink& link = problem.links[a];
        return link.bound == LinkBound::maximum ? link.successor : link.predecessor;
    };
    const auto head = [&](std::uint32_t a) {
        const CriticalPathLink& link = problem.links[a];
        return link.bound == LinkBound::maximum ? link.predecessor : link.successor;
    };
    const CompressedRows out = CompressedRows::group(n, problem.links.size(), tail);
    const CompressedRows into = CompressedRows::group(n, problem.links.size(), head);
    std::vector<std::uint32_t> next(n, 0), left, open;  // `left`: in the order in which the search leaves them
    std::vector<std::uint8_t> seen(n, 0);
    for (std::uint32_t root = 0; root < n; ++root) {
        if (seen[root] != 0) continue;
        seen[root] = 1;
        open.push_back(root);
        while (!open.empty()) {
            const std::uint32_t v = open.back();
            if (next[v] == out[v].size()) {
                left.push_back(v);
                open.pop_back();
                continue;
            }
            const std::uint32_t w = head(out[v][next[v]++]);
            if (seen[w] != 0) continue;
            seen[w] = 1;
            open.push_back(w);
        }
    }
    std::vector<std::uint32_t> component(n, no_node);
    for (std::size_t i = n; i-- > 0;) {
        if (component[left[i]] != no_node) continue;
        component[left[i]] = left[i];
        open.push_back(left[i]);
        while (!open.empty()) {
            const std::uint32_t v = open.back();
            open.pop_back();
            for (const std::uint32_t a : into[v]) {
                const std::uint32_t w = tail(a);
                if (component[w] != no_node) continue;
                component[w] = left[i];
                open.push_back(w);
            }
        }
    }
    return component;
}

/// Circles that maximum lags close are counted on one calendar: else going round has no length.
inline Verdict examine_circles(const CriticalPathProblem& problem) {
    if (std::ranges::none_of(problem.links,
                             [](const CriticalPathLink& link) { return link.bound == LinkBound::maximum; })) {
        return {};
    }
    const std::vector<std::uint32_t> component = connected_tasks(problem);
    for (std::size_t a = 0; a < problem.links.size(); ++a) {
        const CriticalPathLink& link = problem.links[a];
        if (component[link.predecessor] != component[link.successor]) continue;
        const CriticalPathTask& before = problem.tasks[link.predecessor];
        const std::uint32_t calendar = before.calendar;
        const bool is_shared = calendar == problem.tasks[link.successor].calendar;
        bool counts = link.lag == 0 || link.lag_calendar == LagCalendar::predecessor ||
                      link.lag_calendar == LagCalendar::successor;
        if (link.lag_calendar == LagCalendar::project) {
            counts = counts || problem.projects[before.project].calendar == calendar;
        }
        if (is_shared && counts) continue;
        return refuse({message::track_mixed_circle}, place_of("links", a));
    }
    return {};
}

}  // namespace detail

}  // namespace countyplan
