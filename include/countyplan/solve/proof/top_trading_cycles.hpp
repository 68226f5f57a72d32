// Can nobody be given a better place without another's getting a worse one?
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include <countyplan/solve/proof/verdict.hpp>
#include <countyplan/solve/termination.hpp>

namespace countyplan {

/// Agents rank the places that are open to them, best first, in compressed rows: agent `a` the pairs
/// `first[a] … first[a + 1] - 1`, of which it would go only to the first `wanted[a]`. A place gives all agents that it
/// is open to priorities. Each agent gets at most one place, each place at most `capacity` agents: the school choice
/// problem. Formulae: docs/math/top_trading_cycles.md.
struct SchoolChoiceProblem {
    std::vector<std::int64_t> capacity = {};  ///< per place, 0 or more; fewer than 2^31 places
    std::vector<std::size_t> first = {0};     ///< agents + 1 of them, from 0, never descending; fewer than 2^31 agents
    std::vector<std::uint32_t> place = {};    ///< per pair; an agent lists a place at most once; fewer than 2^32 - 1
    std::vector<std::size_t> wanted = {};     ///< per agent, at most the pairs it has; empty: all of them
    std::vector<std::int64_t> priority = {};  ///< per pair; the lower, the earlier; of equals the agent of lower number

    [[nodiscard]] std::size_t agents() const { return first.empty() ? 0 : first.size() - 1; }
    [[nodiscard]] std::size_t places() const { return capacity.size(); }
    /// The end of the pairs that the agent would take.
    [[nodiscard]] std::size_t last(std::size_t agent) const {
        return wanted.empty() ? first[agent + 1] : first[agent] + wanted[agent];
    }

    friend bool operator==(const SchoolChoiceProblem&, const SchoolChoiceProblem&) = default;
};

/// What belongs to each termination; places within capacities are always there:
/// - optimal: Pareto-efficient, with `order`; cause and claim proved
/// - feasible: no order; cause time, steps or cancelled; claim feasible
struct SchoolChoiceResult {
    static constexpr std::uint32_t unassigned = std::numeric_limits<std::uint32_t>::max();

    Termination termination = Termination::feasible;
    Cause cause = Cause::cancelled;
    Claim claim = Claim::feasible;
    std::vector<std::uint32_t> pair_of = {};  ///< per agent: the number of its pair, or `unassigned`
    /// Certificate: all agents; if each in turn takes the best place it wants that has room left, the
    /// result is `pair_of`. Whoever chose first cannot do better, so neither can whoever chose second, and so on.
    std::vector<std::uint32_t> order = {};
    std::int64_t steps = 0;  ///< times an agent or a place pointed

    friend bool operator==(const SchoolChoiceResult&, const SchoolChoiceResult&) = default;
};

/// Whether `problem` is as its struct describes it; if not, what is wrong first. One mark per place.
[[nodiscard]] Verdict examine(const SchoolChoiceProblem& problem);

/// Whether `result` shows what it says about `problem`; if not, which condition fails first and where (`pair_of[3]`,
/// `capacity[2]`, `order[5]`, `claim`, `termination` …). O(agents + places + pairs); exact for any field values; shares
/// no code with the solver. That the priorities were followed is not part of the claim.
[[nodiscard]] Verdict examine(const SchoolChoiceProblem& problem, const SchoolChoiceResult& result);

/// `examine(problem, result).accepted`.
[[nodiscard]] bool verify(const SchoolChoiceProblem& problem, const SchoolChoiceResult& result);

}  // namespace countyplan

#if !defined(COUNTYPLAN_SEPARATE) || defined(COUNTYPLAN_BODIES_MATCHING)
#include <countyplan/solve/proof/impl/top_trading_cycles.hpp>
#endif
