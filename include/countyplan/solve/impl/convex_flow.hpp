// The solver's half of convex_flow: one arc per piece.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <variant>
#include <vector>

#include <countyplan/error.hpp>
#include <countyplan/separate.hpp>
#include <countyplan/solve/convex_flow.hpp>
#include <countyplan/solve/messages.hpp>
#include <countyplan/solve/proof/refusal.hpp>

namespace countyplan {

namespace detail {

/// The first piece carries the flow from the lower bound on, each other one what goes beyond its `from`.
inline MinCostFlowProblem one_arc_per_piece(const ConvexFlowProblem& problem) {
    MinCostFlowProblem flat{.nodes = problem.nodes, .tiers = problem.tiers, .supply = problem.supply};
    const std::size_t pieces = problem.pieces();
    flat.tail.reserve(pieces);
    flat.head.reserve(pieces);
    flat.lower.reserve(pieces);
    flat.upper.reserve(pieces);
    for (std::size_t arc = 0; arc < problem.arcs(); ++arc) {
        const std::size_t begin = problem.first_piece[arc], end = problem.first_piece[arc + 1];
        for (std::size_t piece = begin; piece < end; ++piece) {
            const std::int64_t start = piece == begin ? 0 : problem.from[piece];
            const std::int64_t stop = piece + 1 == end ? problem.upper[arc] : problem.from[piece + 1];
            flat.tail.push_back(problem.tail[arc]);
            flat.head.push_back(problem.head[arc]);
            flat.lower.push_back(piece == begin ? problem.lower[arc] : 0);
            flat.upper.push_back(stop == MinCostFlowProblem::unlimited ? stop : stop - start);
        }
    }
    flat.cost = problem.slope;
    return flat;
}

/// The cost of `flow` units on an arc, which lies between the bounds.
inline void add_arc_cost(const ConvexFlowProblem& problem, std::size_t arc, std::int64_t flow,
                         std::vector<Int128>& total) {
    const std::size_t tiers = problem.tiers;
    const auto add = [&](std::size_t piece, int128 width) {
        for (std::size_t tier = 0; tier < tiers; ++tier) {
            int128& sum = total[tier].value;
            if (__builtin_add_overflow(sum, width * problem.slope[piece * tiers + tier], &sum))
                throw InvalidProblem({message::solve_too_large, {"cost"}}, "cost");
        }
    };
    // from the lower bound up to the flow, and back from the lower bound to 0
    const auto walk = [&](int128 to, int sign) {
        const std::size_t end = problem.first_piece[arc + 1];
        std::size_t piece = problem.first_piece[arc];
        int128 at = problem.lower[arc];
        if (to < at) return add(piece, sign * (to - at));
        for (; piece + 1 < end && int128{problem.from[piece + 1]} < to; ++piece) {
            add(piece, sign * (int128{problem.from[piece + 1]} - at));
            at = problem.from[piece + 1];
        }
        add(piece, sign * (to - at));
    };
    walk(flow, 1);
    walk(0, -1);
}

}  // namespace detail

COUNTYPLAN_INLINE ConvexFlowResult solve(const ConvexFlowProblem& problem, const MinCostFlowOptions& options,
                                         const Stop& stop, const Progress& progress) {
    if (Verdict verdict = examine(problem); !verdict.accepted) {
        throw InvalidProblem(std::move(verdict.why), std::move(verdict.place));
    }
    ConvexFlowResult result{solve(detail::one_arc_per_piece(problem), options, stop, progress)};
    if (!result.flow.empty() || !result.cost.empty()) {
        const auto by_piece = std::exchange(result.flow, std::vector<std::int64_t>(problem.arcs()));
        result.cost.assign(problem.tiers, Int128{});
        for (std::size_t arc = 0; arc < problem.arcs(); ++arc) {
            detail::int128 sum = 0;
            for (std::size_t piece = problem.first_piece[arc]; piece < problem.first_piece[arc + 1]; ++piece)
                sum += by_piece[piece];
            const auto flow = to_int64(Int128(sum));
            if (!flow) throw InvalidProblem(message::solve_flow_overflow, detail::indexed("upper", arc));
            result.flow[arc] = *flow;
            detail::add_arc_cost(problem, arc, *flow, result.cost);
        }
    }
    if (auto* cycle = std::get_if<NegativeCycle>(&result.certificate)) {
        std::vector<std::uint32_t> arc_of(problem.pieces());
        for (std::size_t arc = 0; arc < problem.arcs(); ++arc) {
            for (std::size_t piece = problem.first_piece[arc]; piece < problem.first_piece[arc + 1]; ++piece)
                arc_of[piece] = static_cast<std::uint32_t>(arc);
        }
        for (std::uint32_t& arc : cycle->arcs)
            arc = arc_of[arc];
    }
    return result;
}

}  // namespace countyplan
