// Is the worst-off group as well off as can be, then the next worst, and so on?
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <variant>
#include <vector>

#include <countyplan/solve/proof/min_cost_flow.hpp>
#include <countyplan/solve/proof/verdict.hpp>
#include <countyplan/solve/termination.hpp>

namespace countyplan {

/// A network as in `MinCostFlowProblem`, without costs, and groups, each with an arc of its own. A group's
/// value depends on the flow of that arc alone and never falls as the flow grows: it is `value[k]` for the last
/// of its steps `k` (from `first[group]` up to below `first[group + 1]`) whose `threshold[k]` the flow reaches.
/// Wanted is a flow whose values, sorted from the worst, are lexicographically largest. If every unit of
/// flow raises a group's value until its last step, this is a few least-cost flows; else it is NP-hard, and
/// solved by branching. Formulae, proofs, the reduction: docs/math/leximin.md.
struct LeximinProblem {
    static constexpr std::int64_t unlimited = MinCostFlowProblem::unlimited;
    static constexpr std::int64_t max_bound = std::int64_t{1} << 61;

    std::size_t nodes = 0;                      ///< below 2^32 - 1, and so arcs and steps together
    std::vector<std::int64_t> supply = {};      ///< per node; above 0 produces, below 0 consumes; not INT64_MIN
    std::vector<std::uint32_t> tail = {};       ///< per arc
    std::vector<std::uint32_t> head = {};       ///< per arc
    std::vector<std::int64_t> lower = {};       ///< per arc, within ±max_bound
    std::vector<std::int64_t> upper = {};       ///< per arc, at least `lower`; within ±max_bound or `unlimited`
    std::vector<std::uint32_t> group_arc = {};  ///< per group; no arc twice
    std::vector<std::size_t> first = {0};       ///< groups + 1 of them, from 0, ascending: a step or more each
    std::vector<std::int64_t> threshold = {};   ///< per step, within ±max_bound, ascending in a group, its first
                                                ///< at most its arc's `lower`
    std::vector<std::int64_t> value = {};       ///< per step, any number that does not fall within a group

    [[nodiscard]] std::size_t arcs() const { return tail.size(); }
    [[nodiscard]] std::size_t groups() const { return group_arc.size(); }

    friend bool operator==(const LeximinProblem&, const LeximinProblem&) = default;
};

/// How many groups end with exactly this value.
struct LeximinLevel {
    std::int64_t value = 0;
    std::size_t groups = 0;

    friend bool operator==(const LeximinLevel&, const LeximinLevel&) = default;
};

/// Proof of a bound on the flows of one box. There is a tier per distinct value in the tables but the largest,
/// ascending; its cost is `scale` for each group that does not exceed the value. The bound is what the
/// Lagrangian with these potentials costs at least: the sum over arcs, for flows within the box and least
/// in all tiers before, of `cost + (potential[tail] - potential[head]) * flow`, less `potential * supply`
/// over the nodes. Tiers may be left out at the end.
struct LeximinBound {
    std::vector<std::int64_t> scale = {};                   ///< per tier, above 0
    std::vector<std::vector<std::int64_t>> potential = {};  ///< per tier: per node, or none where all are 0

    friend bool operator==(const LeximinBound&, const LeximinBound&) = default;
};

/// Either the flow of this group's arc is below the threshold of this step, or it is not.
struct LeximinBranch {
    std::uint32_t group = 0;
    std::size_t step = 0;

    friend bool operator==(const LeximinBranch&, const LeximinBranch&) = default;
};

/// A binary tree in prefix order, "below" before "not below". Each leaf shows that its box holds no flow
/// (ViolatedCut, with the box's bounds), or none that is better than the answer.
using LeximinProof = std::vector<std::variant<LeximinBound, LeximinBranch, ViolatedCut>>;

/// What belongs to each termination:
/// - optimal: flow, levels, a proof; `settled` counts all tiers; cause and claim proved
/// - infeasible: no flow, no levels, a proof that is one ViolatedCut; cause and claim proved
/// - feasible: flow and levels; cause time, steps or cancelled; claim bounded if `settled` is above 0, with a
///   proof that is one LeximinBound of so many tiers, else claim feasible and no proof
/// - unknown: nothing; cause time, steps or cancelled; claim estimate
struct LeximinResult {
    Termination termination = Termination::unknown;
    Cause cause = Cause::cancelled;
    Claim claim = Claim::estimate;
    std::vector<std::int64_t> flow = {};    ///< per arc
    std::vector<LeximinLevel> levels = {};  ///< the values that groups end with, from the worst
    std::size_t settled = 0;                ///< tiers from the worst value on in which nothing better exists
    LeximinProof proof = {};
    std::int64_t steps = 0;  ///< of all flows solved

    friend bool operator==(const LeximinResult&, const LeximinResult&) = default;
};

/// A flow whose worst group is as well off as can be, no matter how well the others are:
/// - optimal: flow, worst; a ViolatedCut of the network in which every group must exceed `worst`, or no
///   certificate if some group's table and bound do not let it exceed that, or there is no group; claim proved
/// - infeasible: no flow, worst 0, a ViolatedCut of the network itself; cause and claim proved
/// - feasible: flow, worst, no certificate; cause time, steps or cancelled; claim feasible
/// - unknown: nothing, worst 0; cause time, steps or cancelled; claim estimate
struct MaxMinResult {
    Termination termination = Termination::unknown;
    Cause cause = Cause::cancelled;
    Claim claim = Claim::estimate;
    std::vector<std::int64_t> flow = {};  ///< per arc
    std::int64_t worst = 0;               ///< 0 if there is no group
    std::variant<std::monostate, ViolatedCut> certificate = {};
    std::int64_t steps = 0;  ///< of all flows solved

    friend bool operator==(const MaxMinResult&, const MaxMinResult&) = default;
};

/// Whether `problem` is as its struct describes it; if not, what is wrong first. One pass.
[[nodiscard]] Verdict examine(const LeximinProblem& problem);

/// Whether `result` shows what it says about `problem`, from the definitions above; if not, which condition
/// fails first and where (`flow[3]`, `node[2]`, `levels[0]`, `worst`, `settled`, `proof[4]`, `cut[0]`,
/// `certificate`, `claim`, `termination`). O(arcs + steps) per tier with potentials, O(steps) per other tier,
/// for each leaf; exact for any field values; shares no code with the solver.
[[nodiscard]] Verdict examine(const LeximinProblem& problem, const LeximinResult& result);
[[nodiscard]] Verdict examine(const LeximinProblem& problem, const MaxMinResult& result);

/// `examine(problem, result).accepted`.
[[nodiscard]] bool verify(const LeximinProblem& problem, const LeximinResult& result);
[[nodiscard]] bool verify(const LeximinProblem& problem, const MaxMinResult& result);

}  // namespace countyplan

#if !defined(COUNTYPLAN_SEPARATE) || defined(COUNTYPLAN_BODIES_LEXIMIN)
#include <countyplan/solve/proof/impl/leximin.hpp>
#endif
