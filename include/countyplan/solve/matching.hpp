// How many pairs can be made at once, which graph parts decide that, and who is needed for it?
#pragma once

#include <countyplan/solve/observer.hpp>
#include <countyplan/solve/proof/matching.hpp>
#include <countyplan/solve/stop.hpp>

namespace countyplan {

struct MatchingOptions {
    friend bool operator==(const MatchingOptions&, const MatchingOptions&) = default;
};

/// A maximum matching and a cover of the same size: nodes with one choice left are matched first, then a forest
/// of alternating paths grows from the side with fewer free nodes and is mended after each augmentation; where the
/// mending costs too much, shortest augmenting paths take over, many at a time. A step is one node visited by
/// these searches. Throws `InvalidProblem` if the problem is not as described.
/// O(pairs * sqrt(rows + columns)); memory beside the problem and the answer: 4 bytes per pair, about 30 per
/// row and column. Deterministic: same problem and step limit give the same result. Thread-safe.
/// Stopped, it returns the matching it has, and as a cover the smaller side.
/// Method: Karp & Sipser, FOCS 1981; Azad, Buluc & Pothen, IEEE TPDS 28 (2017); Hopcroft & Karp, SIAM J. Comput. 2
/// (1973).
[[nodiscard]] MatchingResult solve(const MatchingProblem& problem, const MatchingOptions& options = {},
                                   const Stop& stop = {}, const Progress& progress = {});

/// The parts and blocks of the graph, and so for every node whether its loss lowers the matching, from any
/// maximum matching. Throws `InvalidProblem` if the result is not accepted as an optimal one of this problem.
/// O(rows + columns + pairs). Method: Dulmage & Mendelsohn, Canadian J. Math. 10 (1958); Pothen & Fan, ACM
/// TOMS 16 (1990); blocks by Tarjan, SIAM J. Comput. 1 (1972).
[[nodiscard]] MatchingParts matching_parts(const MatchingProblem& problem, const MatchingResult& result);

}  // namespace countyplan

#if !defined(COUNTYPLAN_SEPARATE) || defined(COUNTYPLAN_BODIES_MATCHING)
#include <countyplan/solve/impl/matching.hpp>
#endif
