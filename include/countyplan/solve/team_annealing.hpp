// Which teams are good and keep the rules, at any size and without a bound?
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include <countyplan/solve/stop.hpp>
#include <countyplan/solve/team_columns.hpp>

namespace countyplan {

struct TeamAnnealingOptions {
    std::uint64_t seed = 1;
    std::int64_t moves = 4'000'000;  ///< of one cooling
    std::int64_t coolings = 1;       ///< each begins at the best choice so far, every other one less hot

    friend bool operator==(const TeamAnnealingOptions&, const TeamAnnealingOptions&) = default;
};

/// The best choice met that keeps the hard rules, per expert a pair or `TeamColumnsResult::unassigned`; nothing if none
/// was met. `start` is such a choice and may break rules; where it keeps them, the answer costs no more. The problem
/// is one that `examine` accepts, but for its costs, which may be larger: twice the sum of what every expert can cost
/// at most, and of all prices, is to be below 2^63. A move takes O(counters + rows of the pairs changed). Limits of
/// steps do not count. Deterministic where time does not end it. Thread-safe. Method: Kirkpatrick, Gelatt and Vecchi,
/// Science 220 (1983), with a temperature that falls geometrically, so that costs of every size have their time.
[[nodiscard]] std::optional<std::vector<std::uint32_t>> anneal_teams(const TeamColumnsProblem& problem,
                                                                     const std::vector<std::uint32_t>& start,
                                                                     const TeamAnnealingOptions& options = {},
                                                                     const Stop& stop = {});

}  // namespace countyplan

#if !defined(COUNTYPLAN_SEPARATE) || defined(COUNTYPLAN_BODIES_SOLVE)
#include <countyplan/solve/impl/team_annealing.hpp>
#endif
