// How the links and dates that exclude each other are named.
#pragma once

#include <algorithm>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include <countyplan/error.hpp>
#include <countyplan/plan/value_text.hpp>
#include <countyplan/separate.hpp>
#include <countyplan/track/messages.hpp>
#include <countyplan/track/schedule.hpp>

namespace countyplan {

namespace detail {

/// The tasks along links that lead on from each other; a maximum leads back.
inline std::string tasks_along(const Plan& plan, const CriticalPathProblem& problem,
                               std::span<const std::uint32_t> links) {
    constexpr std::size_t most = 12;
    const auto id_of = [&](std::uint32_t task) { return shown_text(plan.rows().tasks[Id<Task>(task)].id); };
    std::string out;
    for (std::size_t k = 0; k < std::min(links.size(), most); ++k) {
        const CriticalPathLink& link = problem.links[links[k]];
        const bool back = link.bound == LinkBound::maximum;
        if (k == 0) out = id_of(back ? link.successor : link.predecessor);
        out += " → " + id_of(back ? link.predecessor : link.successor);
    }
    return links.size() > most ? out + " → …" : out;
}

}  // namespace detail

COUNTYPLAN_INLINE Findings conflicts(const Plan& plan, const Schedule& schedule) {
    const CriticalPathProblem& problem = schedule.problem;
    const auto walk = [&](const std::vector<std::uint32_t>& links) {
        return detail::tasks_along(plan, problem, links);
    };
    if (const auto* const cycle = std::get_if<LagCycle>(&schedule.result.conflict)) {
        std::vector<std::uint32_t> links = cycle->links;
        const auto maximum =
            std::ranges::find(links, LinkBound::maximum, [&](std::uint32_t a) { return problem.links[a].bound; });
        COUNTYPLAN_EXPECT(maximum != links.end(), "minimum lags alone form no circle");
        const Id<Link> row = schedule.plan_link(*maximum);
        std::ranges::rotate(links, maximum);
        return {{.message = {message::schedule_lags_conflict, {walk(links)}},
                 .place = {"links", row.value(), "max_lag"},
                 .value = value_text(plan.rows().links[row].max_lag)}};
    }
    if (const auto* const conflict = std::get_if<MandatoryConflict>(&schedule.result.conflict)) {
        std::size_t last = conflict->root;
        if (!conflict->links.empty()) {
            const CriticalPathLink& link = problem.links[conflict->links.back()];
            last = link.bound == LinkBound::maximum ? link.predecessor : link.successor;
        }
        const Task& row = plan.rows().tasks[Id<Task>(last)];
        return {{.message = {message::schedule_date_conflict,
                             {conflict->links.empty() ? shown_text(row.id) : walk(conflict->links)}},
                 .place = {"tasks", last, "constraint_date"},
                 .value = value_text(row.constraint_date)}};
    }
    return {};
}

}  // namespace countyplan
