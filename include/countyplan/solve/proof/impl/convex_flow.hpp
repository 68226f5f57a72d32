// The checker's half of convex_flow: reads marginal costs off the cost functions, nothing taken from the solver.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include <countyplan/scalar/number.hpp>
#include <countyplan/separate.hpp>
#include <countyplan/solve/messages.hpp>
#include <countyplan/solve/proof/convex_flow.hpp>
#include <countyplan/solve/proof/impl/flow_checks.hpp>
#include <countyplan/solve/proof/refusal.hpp>

namespace countyplan {

namespace detail {

/// The piece that holds the unit from `flow` to `flow + 1`; the first one holds all that lies before it, too.
inline std::size_t piece_above(const ConvexFlowProblem& problem, std::size_t arc, std::int64_t flow) {
    const auto begin = problem.from.begin() + static_cast<std::ptrdiff_t>(problem.first_piece[arc]);
    const auto end = problem.from.begin() + static_cast<std::ptrdiff_t>(problem.first_piece[arc + 1]);
    return static_cast<std::size_t>(std::upper_bound(begin + 1, end, flow) - problem.from.begin()) - 1;
}

/// The cost of `flow` on `arc`: slopes summed from 0 to `flow`, piece by piece.
inline bool add_cost(const ConvexFlowProblem& problem, std::size_t arc, std::int64_t flow, std::vector<int128>& total) {
    const std::size_t begin = problem.first_piece[arc], end = problem.first_piece[arc + 1];
    const int128 low = flow < 0 ? int128{flow} : 0, high = flow < 0 ? 0 : int128{flow};
    for (std::size_t piece = begin; piece < end; ++piece) {
        const int128 left = piece == begin ? low : std::max<int128>(low, problem.from[piece]);
        const int128 right = piece + 1 == end ? high : std::min<int128>(high, problem.from[piece + 1]);
        if (left >= right) continue;
        const int128 width = flow < 0 ? left - right : right - left;
        for (std::size_t tier = 0; tier < problem.tiers; ++tier) {
            const int128 part = width * problem.slope[piece * problem.tiers + tier];
            if (__builtin_add_overflow(total[tier], part, &total[tier])) return false;
        }
    }
    return true;
}

inline Verdict check_marginals(const ConvexFlowProblem& problem, const std::vector<std::int64_t>& flow,
                               const Potentials& potentials) {
    const std::size_t tiers = problem.tiers;
    const auto& value = potentials.value;
    if (Verdict v = check_length(value.size(), problem.nodes * tiers, "potential"); !v.accepted) return v;
    for (std::size_t arc = 0; arc < problem.arcs(); ++arc) {
        const auto reduced = [&](std::size_t piece) {  // the first component that is not 0
            int128 sum = 0;
            for (std::size_t tier = 0; tier < tiers && sum == 0; ++tier) {
                sum = int128{problem.slope[piece * tiers + tier]} + value[problem.tail[arc] * tiers + tier] -
                      value[problem.head[arc] * tiers + tier];
            }
            return sum;
        };
        const bool has_room = problem.upper[arc] == MinCostFlowProblem::unlimited || flow[arc] < problem.upper[arc];
        if (has_room && reduced(piece_above(problem, arc, flow[arc])) < 0) {
            return refuse(message::proof_reduced_cost_negative, indexed("arc", arc));
        }
        if (flow[arc] > problem.lower[arc] && reduced(piece_above(problem, arc, flow[arc] - 1)) > 0) {
            return refuse(message::proof_reduced_cost_positive, indexed("arc", arc));
        }
    }
    return {};
}

/// Whether the pieces of `arc` reach from bound to bound and never get cheaper.
inline Verdict check_pieces(const ConvexFlowProblem& problem, std::size_t arc) {
    const std::size_t begin = problem.first_piece[arc], end = problem.first_piece[arc + 1];
    const std::size_t tiers = problem.tiers;
    const std::int64_t lower = problem.lower[arc], upper = problem.upper[arc];
    if (problem.from[begin] != lower) return out_of_range(problem.from[begin], lower, lower, indexed("from", begin));
    for (std::size_t piece = begin + 1; piece < end; ++piece) {
        const std::int64_t from = problem.from[piece], before = problem.from[piece - 1];
        if (from <= before || from >= upper) return out_of_range(from, before + 1, upper - 1, indexed("from", piece));
        const bool is_open = piece + 1 == end && upper == MinCostFlowProblem::unlimited;
        const int128 width = int128{piece + 1 == end ? upper : problem.from[piece + 1]} - from;
        if (!is_open && width >= MinCostFlowProblem::unlimited) {
            return refuse({message::solve_too_large, {"from"}}, indexed("from", piece));
        }
        for (std::size_t tier = 0; tier < tiers; ++tier) {
            const std::int64_t here = problem.slope[piece * tiers + tier];
            const std::int64_t there = problem.slope[(piece - 1) * tiers + tier];
            if (here < there) return refuse(message::solve_not_convex, indexed("slope", piece * tiers + tier));
            if (here > there) break;
        }
    }
    return {};
}

}  // namespace detail

COUNTYPLAN_INLINE Verdict examine(const ConvexFlowProblem& problem) {
    using detail::check_length;
    if (Verdict v = detail::check_network(problem); !v.accepted) return v;
    const std::size_t arcs = problem.arcs(), pieces = problem.pieces();
    if (pieces >= std::numeric_limits<std::uint32_t>::max()) {
        return detail::refuse({message::solve_too_large, {"pieces"}}, "from");
    }
    if (Verdict v = check_length(problem.first_piece.size(), arcs + 1, "first_piece"); !v.accepted) return v;
    if (Verdict v = check_length(problem.slope.size(), pieces * problem.tiers, "slope"); !v.accepted) return v;
    for (std::size_t arc = 0; arc <= arcs; ++arc) {
        const std::size_t found = problem.first_piece[arc];
        const std::size_t least = arc == 0 ? 0 : problem.first_piece[arc - 1] + 1;
        const std::size_t most = arc == 0 ? 0 : arc == arcs ? pieces : pieces - (arcs - arc);
        if (found < least || found > most || (arc == arcs && found != pieces)) {
            return detail::refuse(
                {message::solve_out_of_range, {to_text(found), to_text(arc == arcs ? pieces : least), to_text(most)}},
                detail::indexed("first_piece", arc));
        }
    }
    for (std::size_t arc = 0; arc < arcs; ++arc) {
        if (Verdict v = detail::check_pieces(problem, arc); !v.accepted) return v;
    }
    return detail::check_costs(problem.slope, problem.nodes, "slope");
}

COUNTYPLAN_INLINE Verdict examine(const ConvexFlowProblem& problem, const ConvexFlowResult& result) {
    if (Verdict verdict = examine(problem); !verdict.accepted) return verdict;
    return detail::check_flow_result(
        problem, result,
        [&](std::size_t arc, std::int64_t flow, std::vector<detail::int128>& total) {
            return detail::add_cost(problem, arc, flow, total);
        },
        [&](const Potentials& proof) { return detail::check_marginals(problem, result.flow, proof); },
        [&](std::size_t arc, std::size_t tier) {
            return problem.slope[(problem.first_piece[arc + 1] - 1) * problem.tiers + tier];
        });
}

COUNTYPLAN_INLINE bool verify(const ConvexFlowProblem& problem, const ConvexFlowResult& result) {
    return examine(problem, result).accepted;
}

}  // namespace countyplan
