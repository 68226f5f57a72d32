// What do a plan's couplings count in a staffing, and what does breaking them cost?
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <countyplan/plan/plan.hpp>
#include <countyplan/plan/staffing.hpp>
#include <countyplan/scalar/id.hpp>

namespace countyplan {

/// One coupling in one place, and, where it speaks of groups, of one group.
struct CouplingCount {
    Id<Coupling> coupling{};
    Reference place{};         ///< a school, a county or the plan; `together` and `unit`: the plan
    std::string group{};       ///< `together` and `apart`
    std::int64_t value = 0;    ///< people, senders, places or yuan, as the kind says; `share`: people named
    std::int64_t serving = 0;  ///< `share`, `leader`: all people who serve there
    std::int64_t breach = 0;   ///< by how much the coupling is broken there

    friend bool operator==(const CouplingCount&, const CouplingCount&) = default;
};

/// What each coupling counts, couplings in the plan's order, places in theirs, groups by name. Places are those where
/// the plan has posts, within the coupling's `where`. A person counts once per post; postings of people or posts that
/// the plan does not have count nowhere. The breach of
/// - `share`: people named who would have to be added to `n` serving, lower x n <= 1000 x people, or taken away,
///   1000 x people <= upper x n, rounded up
/// - `together`: of a group of which somebody serves, all its people less those in the place that has most of them
/// - others: as `CouplingKind` says.
/// Time O(couplings x (postings + places)).
[[nodiscard]] std::vector<CouplingCount> coupling_counts(const Plan& plan, const Staffing& staffing);

/// What the counts cost, per tier of the plan's objective: breach x price of the couplings that have one.
/// Throws `std::overflow_error` where a tier leaves 64 bits.
[[nodiscard]] std::vector<std::int64_t> coupling_costs(const Plan& plan, const std::vector<CouplingCount>& counts);

}  // namespace countyplan

#if !defined(COUNTYPLAN_SEPARATE) || defined(COUNTYPLAN_BODIES_ALLOCATE)
#include <countyplan/allocate/impl/coupling.hpp>
#endif
