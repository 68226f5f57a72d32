// What a network must be before anything is computed from it.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

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

/// Everything about a network except cycles.
inline Verdict examine_fields(const CriticalPathProblem& problem) {
    using Problem = CriticalPathProblem;
    Verdict verdict;
    const auto within = [&](std::int64_t value, std::int64_t low, std::int64_t high, const char* list, std::size_t at,
                            const char* field) {
        if (!verdict.accepted || (low <= value && value <= high)) return;
        verdict =
            refuse({message::track_out_of_range, {std::to_string(value), std::to_string(low), std::to_string(high)}},
                   place_of(list, at, field));
    };
    const auto exists = [&](std::size_t value, std::size_t count, const char* list, std::size_t at, const char* field) {
        if (!verdict.accepted || value < count) return;
        verdict = refuse({message::track_no_such_item, {std::to_string(value), std::to_string(count)}},
                         place_of(list, at, field));
    };
    const auto bound = [&](const std::optional<std::int64_t>& value, std::size_t at, const char* field) {
        if (value) within(*value, -Problem::max_boundary, Problem::max_boundary, "tasks", at, field);
    };
    constexpr std::size_t most = no_node - 2;
    if (problem.tasks.size() > most || problem.links.size() > most) {
        return refuse(
            {message::track_out_of_range,
             {std::to_string(std::max(problem.tasks.size(), problem.links.size())), "0", std::to_string(most)}},
            problem.tasks.size() > most ? "tasks" : "links");
    }
    for (std::size_t i = 0; i < problem.projects.size(); ++i)
        exists(problem.projects[i].calendar, problem.calendars.size(), "projects", i, "calendar");
    for (std::size_t i = 0; i < problem.tasks.size() && verdict.accepted; ++i) {
        const CriticalPathTask& task = problem.tasks[i];
        within(task.duration, 0, Problem::max_days, "tasks", i, "duration");
        exists(task.calendar, problem.calendars.size(), "tasks", i, "calendar");
        exists(task.project, problem.projects.size(), "tasks", i, "project");
        bound(task.start_no_earlier, i, "start_no_earlier");
        bound(task.finish_no_earlier, i, "finish_no_earlier");
        bound(task.start_no_later, i, "start_no_later");
        bound(task.finish_no_later, i, "finish_no_later");
    }
    for (std::size_t i = 0; i < problem.links.size() && verdict.accepted; ++i) {
        const CriticalPathLink& link = problem.links[i];
        exists(link.predecessor, problem.tasks.size(), "links", i, "predecessor");
        exists(link.successor, problem.tasks.size(), "links", i, "successor");
        within(link.lag, -Problem::max_days, Problem::max_days, "links", i, "lag");
    }
    const bool has_more =
        problem.data_date || problem.rules != ScheduleRules::standard ||
        std::ranges::any_of(problem.links, [](const CriticalPathLink& l) { return l.bound != LinkBound::minimum; });
    if (verdict.accepted && has_more) return refuse({message::track_not_yet_scheduled}, "problem");
    for (std::size_t i = 0; i < problem.tasks.size() && verdict.accepted; ++i) {
        const CriticalPathTask& t = problem.tasks[i];
        if (t.deadline || t.mandatory_start || t.mandatory_finish || t.actual_start || t.actual_finish || t.remaining)
            verdict = refuse({message::track_not_yet_scheduled}, place_of("tasks", i));
    }
    return verdict;
}

}  // namespace detail

}  // namespace countyplan
