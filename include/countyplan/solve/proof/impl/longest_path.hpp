// The checker's half of longest_path: definitions only, nothing taken from the solver.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <countyplan/scalar/number.hpp>
#include <countyplan/separate.hpp>
#include <countyplan/solve/messages.hpp>
#include <countyplan/solve/proof/int128.hpp>
#include <countyplan/solve/proof/longest_path.hpp>
#include <countyplan/solve/proof/refusal.hpp>

namespace countyplan {

namespace detail {

/// Refuses the first entry outside [-max_time, max_time]; `exempt` is always allowed.
inline Verdict check_times_range(const std::vector<std::int64_t>& times, const char* field, std::int64_t exempt = 0) {
    constexpr std::int64_t most = LongestPathProblem::max_time;
    for (std::size_t i = 0; i < times.size(); ++i) {
        if ((times[i] < -most || times[i] > most) && times[i] != exempt) {
            return refuse({message::solve_out_of_range, {to_text(times[i]), to_text(-most), to_text(most)}},
                          indexed(field, i));
        }
    }
    return {};
}

/// Whether following the pointers from every node ends at a root. `next(v)` is `nodes` for a root.
template <class Next>
Verdict check_forest(std::size_t nodes, const Next& next, const char* field) {
    std::vector<std::uint8_t> seen(nodes, 0);  // 1 on the way from the current node, 2 known to end
    for (std::size_t start = 0; start < nodes; ++start) {
        std::size_t v = start;
        for (; v != nodes && seen[v] == 0; v = next(v))
            seen[v] = 1;
        if (v != nodes && seen[v] == 1) return refuse(message::proof_pointer_cycle, indexed(field, v));
        for (v = start; v != nodes && seen[v] == 1; v = next(v))
            seen[v] = 2;
    }
    return {};
}

inline Verdict check_drivers(const LongestPathProblem& problem, const LongestPathResult& result,
                             const Drivers& drivers) {
    const std::size_t nodes = problem.nodes;
    const auto& early = result.earliest;
    const auto& late = result.latest;
    const auto differs = [](std::int64_t found, const std::string& needed, std::string place) {
        return refuse({message::proof_not_attained, {to_text(found), needed}}, std::move(place));
    };
    const auto breaks = [](std::int64_t found, const std::string& bound, std::string place) {
        return refuse({message::proof_bound_broken, {to_text(found), bound}}, std::move(place));
    };
    const auto text_of = [](int128 value) { return to_text(Int128(value)); };
    const auto span = [&](std::size_t v) { return problem.span.empty() ? 0 : problem.span[v]; };
    const auto deadline = [&](std::size_t v) {
        return problem.deadline.empty() ? LongestPathProblem::unbounded : problem.deadline[v];
    };

    for (const auto& [found, field] : {std::pair{early.size(), "earliest"},
                                       {late.size(), "latest"},
                                       {drivers.early.size(), "early"},
                                       {drivers.late.size(), "late"}}) {
        if (Verdict v = check_length(found, nodes, field); !v.accepted) return v;
    }
    // the horizon is the given one, or reached by a node and exceeded by none
    bool reached = nodes == 0 && result.horizon == 0;
    for (std::size_t v = 0; v < nodes; ++v) {
        const int128 finish = int128{early[v]} + span(v);
        if (!problem.horizon && finish > result.horizon) return breaks(result.horizon, text_of(finish), "horizon");
        reached |= finish == result.horizon;
    }
    if (problem.horizon && result.horizon != *problem.horizon) {
        return differs(result.horizon, to_text(*problem.horizon), "horizon");
    }
    if (!problem.horizon && !reached) return refuse(message::proof_fields_disagree, "horizon");
    // every bound holds
    for (std::size_t v = 0; v < nodes; ++v) {
        if (early[v] < problem.release[v]) {
            return breaks(early[v], to_text(problem.release[v]), indexed("earliest", v));
        }
        if (deadline(v) != LongestPathProblem::unbounded && late[v] > deadline(v)) {
            return breaks(late[v], to_text(deadline(v)), indexed("latest", v));
        }
        const int128 last = int128{result.horizon} - span(v);
        if (late[v] > last) return breaks(late[v], text_of(last), indexed("latest", v));
    }
    for (std::size_t arc = 0; arc < problem.arcs(); ++arc) {
        const std::uint32_t tail = problem.tail[arc], head = problem.head[arc];
        const int128 least = int128{early[tail]} + problem.length[arc];
        if (early[head] < least) return breaks(early[head], text_of(least), indexed("arc", arc));
        const int128 most = int128{late[head]} - problem.length[arc];
        if (late[tail] > most) return breaks(late[tail], text_of(most), indexed("arc", arc));
    }
    // every time is attained along its pointer
    for (std::size_t v = 0; v < nodes; ++v) {
        const std::uint32_t into = drivers.early[v], out = drivers.late[v];
        int128 needed = problem.release[v];
        if (into != Drivers::own) {
            if (into >= problem.arcs() || problem.head[into] != v) {
                return refuse({message::proof_pointer_elsewhere, {to_text(into)}}, indexed("early", v));
            }
            needed = int128{early[problem.tail[into]]} + problem.length[into];
        }
        if (early[v] != needed) return differs(early[v], text_of(needed), indexed("earliest", v));
        if (out == Drivers::own) {
            needed = deadline(v);
            if (needed == LongestPathProblem::unbounded) {
                return refuse({message::proof_pointer_elsewhere, {to_text(out)}}, indexed("late", v));
            }
        } else if (out == Drivers::end) {
            needed = int128{result.horizon} - span(v);
        } else {
            if (out >= problem.arcs() || problem.tail[out] != v) {
                return refuse({message::proof_pointer_elsewhere, {to_text(out)}}, indexed("late", v));
            }
            needed = int128{late[problem.head[out]]} - problem.length[out];
        }
        if (late[v] != needed) return differs(late[v], text_of(needed), indexed("latest", v));
    }
    const auto before = [&](std::size_t v) -> std::size_t {
        return drivers.early[v] == Drivers::own ? nodes : problem.tail[drivers.early[v]];
    };
    const auto after = [&](std::size_t v) -> std::size_t {
        return drivers.late[v] >= Drivers::end ? nodes : problem.head[drivers.late[v]];
    };
    if (Verdict v = check_forest(nodes, before, "early"); !v.accepted) return v;
    return check_forest(nodes, after, "late");
}

inline Verdict check_positive_cycle(const LongestPathProblem& problem, const PositiveCycle& cycle) {
    const auto& arcs = cycle.arcs;
    if (arcs.empty()) return refuse(message::proof_not_a_cycle, "cycle");
    int128 total = 0;
    for (std::size_t i = 0; i < arcs.size(); ++i) {
        if (Verdict verdict = check_step(problem, arcs, i); !verdict.accepted) return verdict;
        total += problem.length[arcs[i]];
    }
    if (total > 0) return {};
    return refuse({message::proof_cycle_not_positive, {to_text(Int128(total))}}, "cycle");
}

/// Whether every list is as long as it should be, and none too long.
inline Verdict check_lengths(const LongestPathProblem& problem) {
    const std::size_t nodes = problem.nodes, arcs = problem.arcs();
    if (Verdict v = check_counts(nodes, arcs, Drivers::end); !v.accepted) return v;
    if (Verdict v = check_length(problem.head.size(), arcs, "head"); !v.accepted) return v;
    if (Verdict v = check_length(problem.length.size(), arcs, "length"); !v.accepted) return v;
    if (Verdict v = check_length(problem.release.size(), nodes, "release"); !v.accepted) return v;
    if (!problem.deadline.empty()) {
        if (Verdict v = check_length(problem.deadline.size(), nodes, "deadline"); !v.accepted) return v;
    }
    if (problem.span.empty()) return {};
    return check_length(problem.span.size(), nodes, "span");
}

}  // namespace detail

COUNTYPLAN_INLINE Verdict examine(const LongestPathProblem& problem) {
    using detail::check_times_range;
    const std::size_t nodes = problem.nodes;
    if (Verdict v = detail::check_lengths(problem); !v.accepted) return v;
    std::int64_t longest = 0;
    if (Verdict v = detail::check_ends(problem.tail, problem.head, nodes); !v.accepted) return v;
    if (Verdict v = check_times_range(problem.length, "length"); !v.accepted) return v;
    if (Verdict v = check_times_range(problem.release, "release"); !v.accepted) return v;
    if (Verdict v = check_times_range(problem.deadline, "deadline", LongestPathProblem::unbounded); !v.accepted)
        return v;
    if (Verdict v = check_times_range(problem.span, "span"); !v.accepted) return v;
    if (problem.horizon) {
        if (Verdict v = check_times_range({*problem.horizon}, "horizon"); !v.accepted) return v;
    }
    for (const std::int64_t length : problem.length)
        longest = std::max(longest, length < 0 ? -length : length);
    if (detail::int128{longest} * static_cast<std::int64_t>(nodes) >= std::int64_t{1} << 60) {
        return detail::refuse({message::solve_too_large, {"nodes * length"}}, "length");
    }
    return {};
}

COUNTYPLAN_INLINE Verdict examine(const LongestPathProblem& problem, const LongestPathResult& result) {
    if (Verdict verdict = examine(problem); !verdict.accepted) return verdict;
    const auto disagree = [](const char* field) { return detail::refuse(message::proof_fields_disagree, field); };
    const bool settled = result.termination == Termination::optimal || result.termination == Termination::infeasible;
    if (!settled && result.termination != Termination::unknown) return disagree("termination");
    if (!detail::cause_fits(result.cause, settled)) return disagree("cause");
    if (result.claim != (settled ? Claim::proved : Claim::estimate)) return disagree("claim");
    if (result.steps < 0) return disagree("steps");
    if (result.termination == Termination::optimal) {
        const auto* drivers = std::get_if<Drivers>(&result.certificate);
        return drivers != nullptr ? detail::check_drivers(problem, result, *drivers) : disagree("certificate");
    }
    if (!result.earliest.empty()) return disagree("earliest");
    if (!result.latest.empty()) return disagree("latest");
    if (result.horizon != 0) return disagree("horizon");
    if (result.termination == Termination::unknown) {
        return std::holds_alternative<std::monostate>(result.certificate) ? Verdict{} : disagree("certificate");
    }
    const auto* cycle = std::get_if<PositiveCycle>(&result.certificate);
    return cycle != nullptr ? detail::check_positive_cycle(problem, *cycle) : disagree("certificate");
}

COUNTYPLAN_INLINE bool verify(const LongestPathProblem& problem, const LongestPathResult& result) {
    return examine(problem, result).accepted;
}

}  // namespace countyplan
