// Are these the earliest and latest times that the constraints allow?
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <variant>
#include <vector>

#include <countyplan/solve/proof/verdict.hpp>
#include <countyplan/solve/termination.hpp>

namespace countyplan {

/// Nodes `0 … nodes-1` with times to find, and arcs that say `time[head] >= time[tail] + length`.
/// Lengths of either sign; arcs may close cycles (a maximum lag is an arc back with the negated
/// length), loops and parallel arcs are allowed. Bounds are whole numbers of any one unit.
/// Formulae: docs/math/longest_path.md.
struct LongestPathProblem {
    static constexpr std::int64_t unbounded = std::numeric_limits<std::int64_t>::max();
    static constexpr std::int64_t max_time = std::int64_t{1} << 40;

    std::size_t nodes = 0;                   ///< below 2^32 - 2, and so the arcs; `nodes * largest length` below 2^60
    std::vector<std::uint32_t> tail = {};    ///< per arc
    std::vector<std::uint32_t> head = {};    ///< per arc
    std::vector<std::int64_t> length = {};   ///< per arc, in [-max_time, max_time]
    std::vector<std::int64_t> release = {};  ///< per node, its own lower bound, in [-max_time, max_time]
    /// Per node, bounds the latest time only; `unbounded`: none; empty: no node has one.
    std::vector<std::int64_t> deadline = {};
    std::vector<std::int64_t> span = {};  ///< per node, what must fit between its time and the horizon; empty: zeros
    std::optional<std::int64_t> horizon = std::nullopt;  ///< unset: the largest earliest time + span

    [[nodiscard]] std::size_t arcs() const { return tail.size(); }

    friend bool operator==(const LongestPathProblem&, const LongestPathProblem&) = default;
};

/// Proof of both sets of times: per node what its time rests on, an arc's number or one of the two
/// constants. Each set of pointers is a forest rooted at the nodes' own bounds.
struct Drivers {
    static constexpr std::uint32_t own = std::numeric_limits<std::uint32_t>::max();  ///< release, or deadline
    static constexpr std::uint32_t end = own - 1;                                    ///< the horizon (late only)

    std::vector<std::uint32_t> early = {};  ///< an arc into the node, or `own`
    std::vector<std::uint32_t> late = {};   ///< an arc out of the node, `own` or `end`

    friend bool operator==(const Drivers&, const Drivers&) = default;
};

/// Proof of infeasibility: a closed walk whose lengths sum to more than 0. Each arc starts where the
/// one before ends.
struct PositiveCycle {
    std::vector<std::uint32_t> arcs = {};

    friend bool operator==(const PositiveCycle&, const PositiveCycle&) = default;
};

/// earliest[v] = max(release[v], earliest[u] + length over arcs u -> v);
/// latest[v] = min(deadline[v], horizon - span[v], latest[w] - length over arcs v -> w), which may lie
/// before the earliest time (negative float); that is an answer, not infeasibility.
/// - optimal: both times, the horizon, Drivers; cause and claim proved
/// - infeasible: no times, PositiveCycle; cause and claim proved
/// - unknown: no times, no certificate; cause time, steps or cancelled; claim estimate
struct LongestPathResult {
    Termination termination = Termination::unknown;
    Cause cause = Cause::cancelled;
    Claim claim = Claim::estimate;
    std::vector<std::int64_t> earliest = {};  ///< per node
    std::vector<std::int64_t> latest = {};    ///< per node
    std::int64_t horizon = 0;                 ///< the given one, or the largest earliest time + span; 0 without nodes
    std::variant<std::monostate, Drivers, PositiveCycle> certificate = {};
    std::int64_t steps = 0;  ///< times looked at

    friend bool operator==(const LongestPathResult&, const LongestPathResult&) = default;
};

/// Whether `problem` is as its struct describes it; if not, what is wrong first. O(nodes + arcs).
[[nodiscard]] Verdict examine(const LongestPathProblem& problem);

/// Whether `result` shows what it says about `problem`: every bound holds, every time is attained along
/// its pointer, no pointers run in a circle. If not, which condition fails first and where
/// (`arc[5]`, `earliest[3]`, `latest[3]`, `early[3]`, `late[3]`, `cycle[0]`, `horizon`, `termination`).
/// O(nodes + arcs); exact for any field values; shares no code with the solver.
[[nodiscard]] Verdict examine(const LongestPathProblem& problem, const LongestPathResult& result);

/// `examine(problem, result).accepted`.
[[nodiscard]] bool verify(const LongestPathProblem& problem, const LongestPathResult& result);

}  // namespace countyplan

#if !defined(COUNTYPLAN_SEPARATE) || defined(COUNTYPLAN_BODIES_SOLVE)
#include <countyplan/solve/proof/impl/longest_path.hpp>
#endif
