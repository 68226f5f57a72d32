// Is this the cheapest way to send what is supplied to where it is needed?
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <variant>
#include <vector>

#include <countyplan/solve/proof/int128.hpp>
#include <countyplan/solve/proof/verdict.hpp>
#include <countyplan/solve/termination.hpp>

namespace countyplan {

/// A network with nodes `0 … nodes-1` and arcs `0 … tail.size()-1`; loops and parallel arcs are
/// allowed. Find a flow per arc, within its bounds, such that at each node outflow minus inflow is the
/// supply, at the least cost; costs are vectors compared lexicographically, first tier first.
/// Formulae: docs/math/min_cost_flow.md.
struct MinCostFlowProblem {
    static constexpr std::int64_t unlimited = std::numeric_limits<std::int64_t>::max();
    static constexpr std::int64_t max_cost = std::int64_t{1} << 40;
    static constexpr std::size_t max_tiers = 16;

    std::size_t nodes = 0;  ///< below 2^32 - 1, and so the arcs; `nodes * largest cost` below 2^60 in each tier
    std::size_t tiers = 1;  ///< 1 … max_tiers; the first matters most; all are minimised
    std::vector<std::int64_t> supply = {};  ///< per node; above 0 produces, below 0 consumes; not INT64_MIN
    std::vector<std::uint32_t> tail = {};   ///< per arc
    std::vector<std::uint32_t> head = {};   ///< per arc
    std::vector<std::int64_t> lower = {};   ///< per arc; may be negative; neither INT64_MIN nor `unlimited`
    std::vector<std::int64_t> upper = {};   ///< per arc, at least `lower`; may be `unlimited`
    std::vector<std::int64_t> cost = {};    ///< `cost[arc * tiers + tier]`, in [-max_cost, max_cost]

    [[nodiscard]] std::size_t arcs() const { return tail.size(); }

    friend bool operator==(const MinCostFlowProblem&, const MinCostFlowProblem&) = default;
};

/// Proof of optimality, `value[node * tiers + tier]`. The reduced cost vector of an arc is
/// `cost + value[tail] - value[head]`: lexicographically >= 0 where the flow is below the upper bound,
/// <= 0 where it is above the lower one (so 0 strictly between).
struct Potentials {
    std::vector<std::int64_t> value = {};

    friend bool operator==(const Potentials&, const Potentials&) = default;
};

/// Proof of infeasibility, a set S of nodes: either more must leave S than can,
/// `supply(S) + lower(into S) > upper(out of S)`, or more must enter S than can,
/// `lower(out of S) - supply(S) > upper(into S)`. Arcs inside S and loops do not count; a sum with an
/// unlimited arc is infinite. Supplies that do not sum to 0 are shown by the set of all nodes.
struct ViolatedCut {
    std::vector<std::uint32_t> nodes = {};  ///< each at most once

    friend bool operator==(const ViolatedCut&, const ViolatedCut&) = default;
};

/// Proof of unboundedness beside a feasible flow: a closed walk along arcs without upper bound whose
/// cost vector is lexicographically negative. Each arc starts where the one before ends.
struct NegativeCycle {
    std::vector<std::uint32_t> arcs = {};

    friend bool operator==(const NegativeCycle&, const NegativeCycle&) = default;
};

/// What belongs to each termination:
/// - optimal: flow, cost, Potentials; cause and claim proved
/// - infeasible: no flow, no cost, ViolatedCut; cause and claim proved; goes before unbounded
/// - unbounded: a feasible flow and its cost, NegativeCycle; cause and claim proved
/// - feasible: flow and cost, no certificate; cause time, steps or cancelled; claim feasible
/// - unknown: no flow, no cost, no certificate; cause time, steps or cancelled; claim estimate
struct MinCostFlowResult {
    Termination termination = Termination::unknown;
    Cause cause = Cause::cancelled;
    Claim claim = Claim::estimate;
    std::vector<std::int64_t> flow = {};  ///< per arc
    std::vector<Int128> cost = {};        ///< per tier, the exact total of flow times cost
    std::variant<std::monostate, Potentials, ViolatedCut, NegativeCycle> certificate = {};
    std::int64_t steps = 0;  ///< pivots

    friend bool operator==(const MinCostFlowResult&, const MinCostFlowResult&) = default;
};

/// Whether `problem` is as its struct describes it; if not, what is wrong first. O(arcs * tiers).
[[nodiscard]] Verdict examine(const MinCostFlowProblem& problem);

/// Whether `result` shows what it says about `problem`, from the definitions above; if not, which
/// condition fails first and where (`flow[3]`, `node[2]`, `arc[5]`, `potential[17]`, `cut[0]`, `cycle[1]`,
/// `cost[0]`, `termination`). One pass, O(nodes * tiers + arcs * tiers); exact for any field values;
/// shares no code with the solver. A feasible or unknown result is accepted as no more than that.
[[nodiscard]] Verdict examine(const MinCostFlowProblem& problem, const MinCostFlowResult& result);

/// `examine(problem, result).accepted`.
[[nodiscard]] bool verify(const MinCostFlowProblem& problem, const MinCostFlowResult& result);

}  // namespace countyplan

#if !defined(COUNTYPLAN_SEPARATE) || defined(COUNTYPLAN_BODIES_SOLVE)
#include <countyplan/solve/proof/impl/min_cost_flow.hpp>
#endif
