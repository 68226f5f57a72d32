// Which people shall stay where they serve at present, whatever else is decided?
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <countyplan/plan/plan.hpp>
#include <countyplan/plan/staffing.hpp>
#include <countyplan/plan/table.hpp>
#include <countyplan/scalar/day.hpp>
#include <countyplan/scalar/id.hpp>

namespace countyplan {

/// Postings of the present staffing: those of something in `of` that the rest does not leave out.
struct FreezeSelection {
    /// Experts, senders (with all below them), posts, schools or counties; empty: everybody.
    std::vector<Reference> of{};
    std::optional<Day> before{};                        ///< only postings that begin before this day
    std::optional<Day> after{};                         ///< only postings that end after this day
    std::function<bool(Id<Expert>, Id<Post>)> picks{};  ///< only pairs that it picks; empty: all
    std::string reason{};                               ///< of the decisions that come of it
};

/// The postings meant, in the order of the present staffing. Throws `InvalidProblem` with the place in the selection
/// (`of[0]`) where something in `of` does not exist, is none of those kinds, or has no present posting; and what
/// `picks` throws.
[[nodiscard]] std::vector<Id<Posting>> frozen_postings(const Plan& plan, const FreezeSelection& selection);

/// The plan with a decision `keep` for each person meant, `freeze-1`, `freeze-2` … (other numbers where such ids are
/// taken). Whoever is no longer eligible for a post so kept makes it a plan that no allocation can keep: `conflict`
/// names the person. Throws as `frozen_postings` does, and `InvalidProblem` at `of` where nobody is meant.
[[nodiscard]] Plan freeze(const Plan& plan, const FreezeSelection& selection);

}  // namespace countyplan

#if !defined(COUNTYPLAN_SEPARATE) || defined(COUNTYPLAN_BODIES_ALLOCATE)
#include <countyplan/allocate/impl/freeze.hpp>
#endif
