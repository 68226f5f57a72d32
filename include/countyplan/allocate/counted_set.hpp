// Which people, and which posts, are counted together: how many may serve, and what does one more cost?
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <vector>

#include <countyplan/plan/plan.hpp>

namespace countyplan {

/// People or posts that a plan counts together. `lower … upper` of them serve, or people serve in them; a convex
/// piecewise-linear cost of that number counts in the tiers of the plan's objective.
struct CountedSet {
    static constexpr std::int64_t unlimited = std::numeric_limits<std::int64_t>::max();

    std::string name{};
    bool receives = false;                 ///< its members are posts; else experts
    std::vector<std::uint32_t> members{};  ///< rows, ascending
    std::int64_t lower = 0;
    std::int64_t upper = unlimited;
    std::vector<std::int64_t> from{};   ///< per piece, ascending, the first 0: those beyond this many …
    std::vector<std::int64_t> slope{};  ///< `[piece * tiers + tier]`: … cost this much each; no piece: nothing

    /// The cost of one person when so many are there already, per tier; empty: nothing.
    [[nodiscard]] std::span<const std::int64_t> slope_after(std::int64_t people, std::size_t tiers) const {
        if (from.empty()) return {};
        std::size_t piece = from.size() - 1;
        while (from[piece] > people)
            --piece;
        return std::span(slope).subspan(piece * tiers, tiers);
    }

    friend bool operator==(const CountedSet&, const CountedSet&) = default;
};

/// What a plan counts, those of experts first. Sets of one side lie in each other or apart (`check` sees to that).
/// - `sender:S`: people of a sender with a `quota_total`, or, if it has none below it and the objective names
///   `sender_load`, of any, with all below it; one sent after k of n costs 10^6 (2k + 1) / n^2, rounded down
/// - `role:S/R`: a sender's own people whose first role is R, where it has a quota of that role
/// - `quota:Q` of a sender
/// - `must:E`: an expert whom a decision obliges to serve, exactly 1
/// - `quota:Q` of the plan, a county or a school: posts of that role and subject there
/// - `county:C` if the objective names `county_cover`: its posts; each person there earns `raise_values`
/// - `post:P`: the post, at most `max`. One person there earns 1 below `min` if critical (`critical_shortfall`) and 1
/// in
///   any case (`shortfall`), the priority below `target` (`weighted_shortfall`), and in `graded_shortfall` the priority
///   times the number missing below `target`
/// Earnings are negative costs. Nobody beyond all experts earns anything in a post, and beyond all of a sender's people
/// each costs what the last one does.
[[nodiscard]] std::vector<CountedSet> counted_sets(const Plan& plan);

}  // namespace countyplan

#if !defined(COUNTYPLAN_SEPARATE) || defined(COUNTYPLAN_BODIES_ALLOCATE)
#include <countyplan/allocate/impl/counted_set.hpp>
#endif
