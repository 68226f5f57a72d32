// Which pairs does nobody want to leave for each other, at the best for one side?
#pragma once

#include <countyplan/scalar/enumerator.hpp>
#include <countyplan/solve/observer.hpp>
#include <countyplan/solve/proof/stable_matching.hpp>
#include <countyplan/solve/stop.hpp>

namespace countyplan {

/// Who makes the offers, and so gets the best that any stable choice has for it.
enum class ProposingSide { left, right };

template <>
struct Enumerators<ProposingSide> {
    static constexpr MessageText words[] = {{"left", "左侧", "left"}, {"right", "右侧", "right"}};
};

struct StableMatchingOptions {
    ProposingSide proposing = ProposingSide::left;

    friend bool operator==(const StableMatchingOptions&, const StableMatchingOptions&) = default;
};

/// Deferred acceptance under nested quotas: the proposing side offers its best pairs, the other side holds the best
/// of what it was offered and rejects the rest, until nothing is rejected. Of pairs that a side ranks alike it
/// prefers the one of lower number; with ties so broken the answer is, of all stable choices, the one that the
/// proposing side would keep if it could pick from it and any other together. A step is one offer. Stopped early it
/// returns what is held. Throws `InvalidProblem` if the problem is not as described.
/// O(pairs * (log(pairs) + depth * log(groups))); memory beside the problem and the answer: about 40 bytes per pair and
/// 60 per group. Deterministic: same problem, options and step limit give the same result. Thread-safe. Method: Gale &
/// Shapley, American Mathematical Monthly 69 (1962); Fleiner, Mathematics of Operations Research 28 (2003), of which
/// nested quotas are a case.
[[nodiscard]] StableMatchingResult solve(const StableMatchingProblem& problem,
                                         const StableMatchingOptions& options = {}, const Stop& stop = {},
                                         const Progress& progress = {});

}  // namespace countyplan

#if !defined(COUNTYPLAN_SEPARATE) || defined(COUNTYPLAN_BODIES_MATCHING)
#include <countyplan/solve/impl/stable_matching.hpp>
#endif
