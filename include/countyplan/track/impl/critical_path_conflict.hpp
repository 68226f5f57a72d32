// Whether pointers lead to roots, and whether links that are said to contradict each other do.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <countyplan/solve/proof/int128.hpp>
#include <countyplan/solve/proof/refusal.hpp>
#include <countyplan/track/critical_path.hpp>
#include <countyplan/track/impl/critical_path_fields.hpp>
#include <countyplan/track/impl/critical_path_meaning.hpp>
#include <countyplan/track/messages.hpp>

namespace countyplan {

namespace detail {

/// Follows each pointer to its root with the nodes seen on the way marked; nothing recurses.
template <class Next>
std::optional<std::size_t> pointer_cycle(std::size_t nodes, Next next) {
    std::vector<std::uint32_t> walk(nodes, 0);
    for (std::size_t v = 0; v < nodes; ++v) {
        const auto mark = static_cast<std::uint32_t>(v + 1);
        std::size_t at = v;
        while (at < nodes && walk[at] == 0) {
            walk[at] = mark;
            at = next(at);
        }
        if (at < nodes && walk[at] == mark) return at;
    }
    return std::nullopt;
}

/// Refuses a link that does not exist; accepts otherwise.
inline Verdict examine_numbers(const CriticalPathProblem& problem, const std::vector<std::uint32_t>& links) {
    for (std::size_t i = 0; i < links.size(); ++i) {
        if (links[i] < problem.links.size()) continue;
        return refuse({message::track_no_such_item, {std::to_string(links[i]), std::to_string(problem.links.size())}},
                      place_of("conflict", i));
    }
    return {};
}

/// Going round pushes every start on by the sum of the lengths.
inline Verdict examine_conflict(const CriticalPathProblem& problem, const ScheduleMeaning& means,
                                const LagCycle& cycle) {
    if (Verdict verdict = examine_numbers(problem, cycle.links); !verdict.accepted) return verdict;
    Int128 sum;
    for (std::size_t i = 0; i < cycle.links.size(); ++i) {
        const std::uint32_t before = cycle.links[i == 0 ? cycle.links.size() - 1 : i - 1];
        const auto length = means.length(cycle.links[i]);
        if (!length || means.waiting(before) != means.awaited(cycle.links[i])) {
            return refuse({message::schedule_no_conflict}, place_of("conflict", i));
        }
        sum += Int128(*length);
    }
    if (sum > Int128(0)) return {};
    return refuse({message::schedule_no_conflict}, "conflict");
}

/// Each link pushes its task at least to where the one before pushes it; the last one beyond what is allowed.
inline Verdict examine_conflict(const CriticalPathProblem& problem, const ScheduleMeaning& means,
                                const MandatoryConflict& conflict) {
    if (conflict.root >= problem.tasks.size()) {
        return refuse(
            {message::track_no_such_item, {std::to_string(conflict.root), std::to_string(problem.tasks.size())}},
            "conflict");
    }
    if (Verdict verdict = examine_numbers(problem, conflict.links); !verdict.accepted) return verdict;
    std::uint32_t at = conflict.root;
    std::int64_t start = means.release(at, false);
    for (std::size_t i = 0; i < conflict.links.size(); ++i) {
        const std::uint32_t a = conflict.links[i];
        const std::int64_t bound = means.start_bound(a, start);
        if (means.awaited(a) != at || bound == ScheduleMeaning::lowest) {
            return refuse({message::schedule_no_conflict}, place_of("conflict", i));
        }
        at = means.waiting(a);
        start = bound;
    }
    if (!means.as_ms_project() && start > means.mandate(at)) return {};
    return refuse({message::schedule_no_conflict}, "conflict");
}

}  // namespace detail

}  // namespace countyplan
