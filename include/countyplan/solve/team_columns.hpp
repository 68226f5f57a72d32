// Which teams cost least together, under rules that couple people, and how far is that from the optimum at most?
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include <countyplan/solve/observer.hpp>
#include <countyplan/solve/proof/team_columns.hpp>
#include <countyplan/solve/stop.hpp>

namespace countyplan {

/// What a solve begins with, each part by itself or none: a choice, and multipliers as a leaf of a proof has them, all
/// over `scale`. A flow without the rules that couple people has both: its staffing, and its prices of experts.
struct TeamColumnsStart {
    /// Per expert: a pair of theirs, or `TeamColumnsResult::unassigned`. It may break rules: then it is mended as well
    /// as the search can, and told only once it breaks none.
    std::vector<std::uint32_t> pair_of = {};
    std::vector<std::int64_t> expert = {};  ///< per expert, 0 or more
    std::vector<std::int64_t> row = {};     ///< per row; taken for 0 where the row's bounds and prices do not allow it
    std::int64_t scale = 0;                 ///< 1 or more beside multipliers, else 0

    friend bool operator==(const TeamColumnsStart&, const TeamColumnsStart&) = default;
};

struct TeamColumnsOptions {
    std::uint64_t seed = 1;       ///< of the search for good teams
    TeamColumnsStart start = {};  ///< multipliers give the first bound, in one round of pricing

    friend bool operator==(const TeamColumnsOptions&, const TeamColumnsOptions&) = default;
};

/// Lends other threads to a solve, without changing its answer. `run(task)` calls `task(0)` … `task(lanes - 1)`, on any
/// threads, and returns once all have. Without a function everything is done on the calling thread.
struct TeamWorkers {
    std::size_t lanes = 1;
    std::function<void(const std::function<void(std::size_t)>& task)> run = {};
};

/// Column generation over whole teams with exact pricing, a search for good teams, and branching on "has the school
/// anyone of this sender?" and on pairs. A step is one cheapest team of one school. The bound holds at any stop after
/// the first round of pricing; where a school's table would have more than 2^14 cells it is the relaxed one, see
/// `is_relaxed`. Throws `InvalidProblem` if the problem or the start is not as described; never for infeasibility.
/// Pricing takes O(pairs of the school * cells); memory beside problem and answer: 8 * cells * (senders + 1) bytes of
/// the largest school per lane, and the teams found. Deterministic: same problem, options and step limit give
/// the same result with one compiler, with any workers. Thread-safe. Method: Barnhart et al., Operations Research 46
/// (1998); smoothing of duals, Wentges, Int. Transactions in Operational Research 4 (1997).
[[nodiscard]] TeamColumnsResult solve(const TeamColumnsProblem& problem, const TeamColumnsOptions& options = {},
                                      const Stop& stop = {}, const Progress& progress = {},
                                      const TeamWorkers& workers = {});

}  // namespace countyplan

#if !defined(COUNTYPLAN_SEPARATE) || defined(COUNTYPLAN_BODIES_TEAM_COLUMNS)
#include <countyplan/solve/impl/team_columns.hpp>
#endif
