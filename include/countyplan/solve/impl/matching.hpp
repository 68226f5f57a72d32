// The solver's half of matching: greedy start, forest, augmenting phases, cover, parts.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include <countyplan/error.hpp>
#include <countyplan/separate.hpp>
#include <countyplan/solve/impl/matching_call.hpp>
#include <countyplan/solve/impl/matching_forest.hpp>
#include <countyplan/solve/impl/matching_parts.hpp>
#include <countyplan/solve/impl/matching_search.hpp>
#include <countyplan/solve/matching.hpp>
#include <countyplan/solve/proof/refusal.hpp>
#include <countyplan/solve/watch.hpp>

namespace countyplan::detail {

/// After a search from `from` that met no free node: reached nodes need their neighbours in the cover, the
/// others are in it themselves.
template <class Search>
void write_cover(const MatchingSide& from, const MatchingSide& to, const Search& search,
                 std::vector<std::uint32_t>& cover_from, std::vector<std::uint32_t>& cover_to) {
    cover_from.clear();
    cover_to.clear();
    for (std::uint32_t node = 0; node < from.size(); ++node) {
        if (from.mate[node] != no_mate && !search.reached(node)) cover_from.push_back(node);
    }
    for (std::uint32_t node = 0; node < to.size(); ++node) {
        if (to.mate[node] != no_mate && search.reached(to.mate[node])) cover_to.push_back(node);
    }
}

/// A matching at least as large as the greedy one; true if it is maximum and has its cover. Trees taken down may
/// cost up to `patience`; after that paths are sought in phases, whose number is bounded.
inline bool match(const MatchingProblem& problem, MatchingGraph& graph, std::int64_t patience, Watch& watch,
                  MatchingResult& result) {
    if (watch.stopped()) return false;
    result.size = GreedyMatching(graph, watch).run();
    if (watch.stopped()) return false;
    const bool from_rows = problem.rows - result.size <= problem.columns - result.size;
    MatchingSide& from = from_rows ? graph.row : graph.column;
    MatchingSide& to = from_rows ? graph.column : graph.row;
    const auto cover = [&](const auto& search) {
        write_cover(from, to, search, from_rows ? result.cover_rows : result.cover_columns,
                    from_rows ? result.cover_columns : result.cover_rows);
        return true;
    };
    const auto count = [&](const auto& search) {
        return [&] {
            ++result.size;
            watch.report([&] {
                return Tick{.steps = search.steps(),
                            .best = static_cast<double>(result.size),
                            .bound = static_cast<double>(result.bound)};
            });
        };
    };
    {
        MatchingForest forest(from, to, patience, watch);
        const auto end = forest.run(count(forest));
        result.steps = forest.steps();
        if (end == MatchingForest::End::maximum) return cover(forest);
        if (end == MatchingForest::End::stopped) return false;
    }
    MatchingSearch search(from, to, result.steps, watch);
    const bool done = search.run(count(search));
    result.steps = search.steps();
    return done && cover(search);
}

COUNTYPLAN_INLINE MatchingResult solve_matching(const MatchingProblem& problem, std::int64_t patience, const Stop& stop,
                                                const Progress& progress) {
    Watch watch(stop, progress);
    if (Verdict verdict = examine(problem); !verdict.accepted) {
        throw InvalidProblem(std::move(verdict.why), std::move(verdict.place));
    }
    MatchingResult result;
    const std::size_t smaller = std::min(problem.rows, problem.columns);
    auto& cover = problem.rows <= problem.columns ? result.cover_rows : result.cover_columns;
    for (std::size_t node = 0; node < smaller; ++node)
        cover.push_back(static_cast<std::uint32_t>(node));
    result.bound = smaller;
    if (watch.exhausted(0)) {
        result.column_of.assign(problem.rows, MatchingResult::unmatched);
        result.cause = watch.cause();
        return result;
    }
    MatchingGraph graph(problem, watch);
    const bool maximum = match(problem, graph, patience, watch, result);
    result.column_of = std::move(graph.row.mate);
    if (maximum) {
        result.bound = result.cover_rows.size() + result.cover_columns.size();
        result.termination = Termination::optimal;
        result.cause = Cause::proved;
        result.claim = Claim::proved;
    } else {
        result.cause = watch.cause();
    }
    return result;
}

}  // namespace countyplan::detail

namespace countyplan {

COUNTYPLAN_INLINE MatchingResult solve(const MatchingProblem& problem, const MatchingOptions& /*options*/,
                                       const Stop& stop, const Progress& progress) {
    const auto patience = static_cast<std::int64_t>(8 * (problem.rows + problem.columns + problem.column.size()));
    return detail::solve_matching(problem, patience, stop, progress);
}

COUNTYPLAN_INLINE MatchingParts matching_parts(const MatchingProblem& problem, const MatchingResult& result) {
    if (Verdict verdict = examine(problem, result); !verdict.accepted) {
        throw InvalidProblem(std::move(verdict.why), std::move(verdict.place));
    }
    if (result.termination != Termination::optimal) {
        throw InvalidProblem({message::proof_gap, {to_text(result.size), to_text(result.bound)}}, "termination");
    }
    const Stop never;
    const Progress nobody;
    detail::Watch watch(never, nobody);
    detail::MatchingGraph graph(problem, watch);
    graph.row.mate = result.column_of;
    for (std::uint32_t row = 0; row < problem.rows; ++row) {
        if (result.column_of[row] != MatchingResult::unmatched) graph.column.mate[result.column_of[row]] = row;
    }
    MatchingParts parts;
    parts.row_part.assign(problem.rows, MatchingPart::balanced);
    parts.column_part.assign(problem.columns, MatchingPart::balanced);
    parts.row_block.assign(problem.rows, MatchingParts::no_block);
    parts.column_block.assign(problem.columns, MatchingParts::no_block);
    detail::spread_part(graph.row, graph.column, MatchingPart::row_surplus, parts.row_part, parts.column_part);
    detail::spread_part(graph.column, graph.row, MatchingPart::column_surplus, parts.column_part, parts.row_part);
    detail::BlockSearch(graph, parts).run();
    return parts;
}

}  // namespace countyplan
