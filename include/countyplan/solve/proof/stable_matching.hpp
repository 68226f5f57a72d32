// Does this choice of pairs leave nobody who would rather deal with each other?
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include <countyplan/solve/proof/nested_flow.hpp>
#include <countyplan/solve/proof/verdict.hpp>
#include <countyplan/solve/termination.hpp>

namespace countyplan {

/// Pair k joins a group on the left with one on the right, and counts in all groups round these. Each side ranks
/// the pairs; a group prefers, of the pairs inside it, those of lower rank. A choice is legal if no group holds
/// more than its upper quota. A pair that is not chosen *blocks* if both sides would take it: a side would not just if
/// some full group round the pair holds only pairs that it ranks at least as high. Find a legal choice that no
/// pair blocks; there always is one. Experts of one posting, schools of some places: the college admissions
/// problem. Formulae and sources: docs/math/stable_matching.md.
struct StableMatchingProblem {
    static constexpr std::int64_t max_rank = std::int64_t{1} << 62;

    NestedQuotas left = {};  ///< every `lower` 0 and no pieces; fewer than 2^31 groups; likewise `right`
    NestedQuotas right = {};
    std::vector<std::uint32_t> left_group = {};   ///< per pair; fewer than 2^32 - 1
    std::vector<std::uint32_t> right_group = {};  ///< per pair
    std::vector<std::int64_t> left_rank = {};     ///< per pair, in [-max_rank, max_rank]; the lower the better
    std::vector<std::int64_t> right_rank = {};    ///< likewise

    [[nodiscard]] std::size_t pairs() const { return left_group.size(); }

    friend bool operator==(const StableMatchingProblem&, const StableMatchingProblem&) = default;
};

/// What belongs to each termination; a legal choice is always there and is its own certificate:
/// - optimal: no pair blocks; cause and claim proved
/// - feasible: some pair may block; cause time, steps or cancelled; claim feasible
struct StableMatchingResult {
    Termination termination = Termination::feasible;
    Cause cause = Cause::cancelled;
    Claim claim = Claim::feasible;
    std::vector<std::uint32_t> chosen = {};  ///< pairs, ascending
    std::int64_t steps = 0;                  ///< offers made

    friend bool operator==(const StableMatchingResult&, const StableMatchingResult&) = default;
};

/// Whether `problem` is as its struct describes it; if not, what is wrong first. One pass, no memory.
[[nodiscard]] Verdict examine(const StableMatchingProblem& problem);

/// Whether `result` shows what it says about `problem`; if not, which condition fails first and where (`chosen[3]`,
/// `left[2]`, `right[5]`, `pair[7]`, `claim`, `termination` …). O(groups + pairs); exact for any field values;
/// shares no code with the solver.
[[nodiscard]] Verdict examine(const StableMatchingProblem& problem, const StableMatchingResult& result);

/// `examine(problem, result).accepted`.
[[nodiscard]] bool verify(const StableMatchingProblem& problem, const StableMatchingResult& result);

/// The pairs that block `chosen`, ascending: how far any choice, however made, is from a stable one. Throws
/// `InvalidProblem` if the problem is not as described or the choice, ascending, breaks a quota. O(groups + pairs).
[[nodiscard]] std::vector<std::uint32_t> blocking_pairs(const StableMatchingProblem& problem,
                                                        const std::vector<std::uint32_t>& chosen);

}  // namespace countyplan

#if !defined(COUNTYPLAN_SEPARATE) || defined(COUNTYPLAN_BODIES_MATCHING)
#include <countyplan/solve/proof/impl/stable_matching.hpp>
#endif
