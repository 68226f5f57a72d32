// Is this the most that can flow from source to sink?
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include <countyplan/solve/proof/int128.hpp>
#include <countyplan/solve/proof/verdict.hpp>
#include <countyplan/solve/termination.hpp>

namespace countyplan {

/// A network with nodes `0 … nodes-1` and arcs `0 … tail.size()-1`; loops and parallel arcs are allowed.
/// Find a flow per arc, from 0 to its capacity, that neither starts nor ends at any node but `source` and
/// `sink` and brings as much as possible from one to the other. Formulae: docs/math/max_flow.md.
struct MaxFlowProblem {
    static constexpr std::int64_t max_capacity = std::numeric_limits<std::int64_t>::max();

    std::size_t nodes = 2;  ///< from 2 up to below 2^32 - 1
    std::uint32_t source = 0;
    std::uint32_t sink = 1;                   ///< not the source
    std::vector<std::uint32_t> tail = {};     ///< per arc; fewer than 2^31 arcs
    std::vector<std::uint32_t> head = {};     ///< per arc
    std::vector<std::int64_t> capacity = {};  ///< per arc, 0 … max_capacity; a number like any other, even the last

    [[nodiscard]] std::size_t arcs() const { return tail.size(); }

    friend bool operator==(const MaxFlowProblem&, const MaxFlowProblem&) = default;
};

/// What belongs to each termination; a flow and a cut are always there, if only the flow of nothing:
/// - optimal: the value equals the bound; cause and claim proved
/// - feasible: the value is below the bound, or equal to it by chance; cause time, steps or cancelled; claim
///   bounded
struct MaxFlowResult {
    Termination termination = Termination::feasible;
    Cause cause = Cause::cancelled;
    Claim claim = Claim::bounded;
    std::vector<std::int64_t> flow = {};  ///< per arc
    Int128 value = {};                    ///< what leaves the source less what enters it
    Int128 bound = {};                    ///< no flow has a larger value: the capacity of `cut`
    /// Certificate (Ford & Fulkerson, 1956): nodes with the source among them and the sink not. All that flows
    /// to the sink crosses the arcs that leave these nodes. Ascending.
    std::vector<std::uint32_t> cut = {};
    std::int64_t steps = 0;  ///< nodes discharged

    friend bool operator==(const MaxFlowResult&, const MaxFlowResult&) = default;
};

/// Whether `problem` is as its struct describes it; if not, what is wrong first. One pass.
[[nodiscard]] Verdict examine(const MaxFlowProblem& problem);

/// Whether `result` shows what it says about `problem`, from the definitions above; if not, which
/// condition fails first and where (`flow[3]`, `node[2]`, `cut[0]`, `value`, `bound`, `claim`, `termination`).
/// One pass, memory of one number per node; exact for any field values; shares no code with the solver.
[[nodiscard]] Verdict examine(const MaxFlowProblem& problem, const MaxFlowResult& result);

/// `examine(problem, result).accepted`.
[[nodiscard]] bool verify(const MaxFlowProblem& problem, const MaxFlowResult& result);

}  // namespace countyplan

#if !defined(COUNTYPLAN_SEPARATE) || defined(COUNTYPLAN_BODIES_MAX_FLOW)
#include <countyplan/solve/proof/impl/max_flow.hpp>
#endif
