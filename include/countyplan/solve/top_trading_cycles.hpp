// Who gets which place if priorities may be traded, or if people choose one after another?
#pragma once

#include <cstdint>
#include <vector>

#include <countyplan/solve/observer.hpp>
#include <countyplan/solve/proof/top_trading_cycles.hpp>
#include <countyplan/solve/stop.hpp>

namespace countyplan {

struct SchoolChoiceOptions {
    friend bool operator==(const SchoolChoiceOptions&, const SchoolChoiceOptions&) = default;
};

/// Top trading cycles: every place with room points to the agent left that it gives the highest priority, every agent
/// to the best place on its list that has room; each agent on a cycle gets the place it points to. Pareto-efficient,
/// and nobody gains by listing other than the truth. Agents whose places are all full go without. A step is one pointer
/// that is followed. Stopped early it returns what was given out by then. Throws `InvalidProblem` if the problem is not
/// as described. O(pairs * log(pairs)); memory beside problem and answer: 12 bytes per pair, 20 per agent and place.
/// Deterministic: same problem and step limit give the same result. Thread-safe.
/// Method: Shapley & Scarf, J. Mathematical Economics 1 (1974); with priorities and capacities by Abdulkadiroglu &
/// Sonmez, American Economic Review 93 (2003).
[[nodiscard]] SchoolChoiceResult solve(const SchoolChoiceProblem& problem, const SchoolChoiceOptions& options = {},
                                       const Stop& stop = {}, const Progress& progress = {});

/// Serial dictatorship: each agent in turn takes the best place it wants that has room; priorities do not
/// matter. Throws `InvalidProblem` if the problem is not as described or `order` does not name each agent once.
/// O(agents + places + pairs).
[[nodiscard]] SchoolChoiceResult serial_dictatorship(const SchoolChoiceProblem& problem,
                                                     std::vector<std::uint32_t> order);

}  // namespace countyplan

#if !defined(COUNTYPLAN_SEPARATE) || defined(COUNTYPLAN_BODIES_MATCHING)
#include <countyplan/solve/impl/top_trading_cycles.hpp>
#endif
