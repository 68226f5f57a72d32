// Is this the cheapest way to pair items with places when quotas nest on both sides?
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <type_traits>
#include <variant>
#include <vector>

#include <countyplan/solve/proof/int128.hpp>
#include <countyplan/solve/proof/verdict.hpp>
#include <countyplan/solve/termination.hpp>

namespace countyplan {

/// Groups in groups, with limits on how many units each holds in total and, where wanted, a convex
/// piecewise-linear cost of that total.
struct NestedQuotas {
    static constexpr std::uint32_t outermost = std::numeric_limits<std::uint32_t>::max();
    static constexpr std::int64_t unlimited = std::numeric_limits<std::int64_t>::max();

    std::vector<std::uint32_t> parent = {};  ///< per group: the group round it, of a lower number; or `outermost`
    std::vector<std::int64_t> lower = {};    ///< per group, 0 or more
    std::vector<std::int64_t> upper = {};    ///< per group, at least `lower`; may be `unlimited`
    /// Pieces of group g: `first_piece[g] … first_piece[g + 1] - 1`. Empty: no group has any and all totals
    /// are free of cost.
    std::vector<std::size_t> first_piece = {};
    std::vector<std::int64_t> from = {};   ///< per piece, ascending in a group, its first 0: units beyond this many
    std::vector<std::int64_t> slope = {};  ///< `[piece * tiers + tier]`: cost each; lexicographically not falling

    [[nodiscard]] std::size_t groups() const { return parent.size(); }

    friend bool operator==(const NestedQuotas&, const NestedQuotas&) = default;
};

/// Items on the left are paired with groups on the right, each item at most once, along listed pairs: those
/// of item i are `first[i] … first[i + 1] - 1`. A chosen pair is one unit in the item's left group, in the
/// pair's right group and in all groups round these. Find the choice that keeps every quota at the least
/// cost of pairs and totals; costs are vectors compared lexicographically, first tier first.
/// Formulae: docs/math/nested_flow.md.
template <class C>
struct BasicNestedFlowProblem {
    static_assert(std::is_same_v<C, std::int32_t> || std::is_same_v<C, std::int64_t>);

    using Cost = C;
    static constexpr std::size_t max_tiers = 16;
    static constexpr std::int64_t max_cost = std::int64_t{1} << 40;  ///< of slopes, and of pairs if 64-bit
    static constexpr std::int64_t max_pair_cost =
        sizeof(Cost) == 4 ? std::int64_t{std::numeric_limits<std::int32_t>::max()} : max_cost;

    std::size_t tiers = 1;      ///< 1 … max_tiers
    std::size_t pair_tier = 0;  ///< the first tier in which pairs cost anything, below `tiers`
    NestedQuotas left = {};     ///< fewer than 2^31 groups, and so `right` and items; fewer than 2^32 - 1 pairs;
    NestedQuotas right = {};    ///< (groups + items + 1) * largest cost below 2^60 in each tier
    std::vector<std::uint32_t> group = {};  ///< per item: its left group
    std::vector<std::size_t> first = {};    ///< items + 1 entries, ascending from 0; may be empty if no item
    std::vector<std::uint32_t> to = {};     ///< per pair: its right group
    /// `[pair * (tiers - pair_tier) + tier - pair_tier]`, in [-max_pair_cost, max_pair_cost].
    std::vector<Cost> cost = {};

    [[nodiscard]] std::size_t items() const { return group.size(); }
    [[nodiscard]] std::size_t pairs() const { return to.size(); }

    friend bool operator==(const BasicNestedFlowProblem&, const BasicNestedFlowProblem&) = default;
};

using NestedFlowProblem = BasicNestedFlowProblem<std::int64_t>;
using NestedFlowProblem32 = BasicNestedFlowProblem<std::int32_t>;  ///< half the memory

/// Proof of optimality, `[group * tiers + tier]`: potentials of the network in which units run from a home of
/// potential 0 through the left groups, inwards, an item, the right groups, outwards, and home again. Write
/// `cost + value(from) - value(to)` for a reduced cost vector. Then, lexicographically: a group's next unit
/// has one >= 0 if the total is below `upper`, its last unit one <= 0 if the total is above `lower`; an
/// unpaired item has no pair with one < 0 as seen from its left group; of a paired item, `value` of the
/// chosen right group minus the cost is at least `value` of the left group and of each pair's right group
/// minus that pair's cost.
struct NestedFlowPotentials {
    std::vector<std::int64_t> left = {};
    std::vector<std::int64_t> right = {};

    friend bool operator==(const NestedFlowPotentials&, const NestedFlowPotentials&) = default;
};

/// Proof of infeasibility: a set S of the network's groups, perhaps with its home, into which more must run
/// than can leave: `lower(into S) > upper(out of S)`. Of each item whose left group is in S, one unit can
/// leave if it has a pair outside S; no quota counts for more than the number of items.
struct NestedFlowCut {
    bool home = false;
    std::vector<std::uint32_t> left = {};   ///< each at most once
    std::vector<std::uint32_t> right = {};  ///< each at most once

    friend bool operator==(const NestedFlowCut&, const NestedFlowCut&) = default;
};

/// What belongs to each termination (there is no unbounded):
/// - optimal: pair_of, cost, NestedFlowPotentials; cause and claim proved
/// - infeasible: no pair_of, no cost, NestedFlowCut; cause and claim proved
/// - feasible: pair_of and cost, no certificate; cause time, steps or cancelled; claim feasible
/// - unknown: no pair_of, no cost, no certificate; cause time, steps or cancelled; claim estimate
struct NestedFlowResult {
    static constexpr std::uint32_t unpaired = std::numeric_limits<std::uint32_t>::max();

    Termination termination = Termination::unknown;
    Cause cause = Cause::cancelled;
    Claim claim = Claim::estimate;
    std::vector<std::uint32_t> pair_of = {};  ///< per item: the number of its chosen pair, or `unpaired`
    std::vector<Int128> cost = {};            ///< per tier, the exact total of pairs and group totals
    std::variant<std::monostate, NestedFlowPotentials, NestedFlowCut> certificate = {};
    std::int64_t steps = 0;  ///< bids, and groups reached by searches

    friend bool operator==(const NestedFlowResult&, const NestedFlowResult&) = default;
};

/// Whether `problem` is as its struct describes it; if not, what is wrong first. One pass, no memory.
[[nodiscard]] Verdict examine(const NestedFlowProblem& problem);
[[nodiscard]] Verdict examine(const NestedFlowProblem32& problem);

/// Whether `result` shows what it says about `problem`, from the definitions above; if not, which condition
/// fails first and where (`pair_of[3]`, `left[2]`, `right[5]`, `item[7]`, `cost[0]`, `cut`, `cut.left[1]`,
/// `potential.left`, `termination` …). One pass, O((groups + pairs) * tiers); exact for any field values;
/// shares no code with the solver. A feasible or unknown result is accepted as no more than that.
[[nodiscard]] Verdict examine(const NestedFlowProblem& problem, const NestedFlowResult& result);
[[nodiscard]] Verdict examine(const NestedFlowProblem32& problem, const NestedFlowResult& result);

/// `examine(problem, result).accepted`.
[[nodiscard]] bool verify(const NestedFlowProblem& problem, const NestedFlowResult& result);
[[nodiscard]] bool verify(const NestedFlowProblem32& problem, const NestedFlowResult& result);

}  // namespace countyplan

#if !defined(COUNTYPLAN_SEPARATE) || defined(COUNTYPLAN_BODIES_NESTED_FLOW)
#include <countyplan/solve/proof/impl/nested_flow.hpp>
#endif
