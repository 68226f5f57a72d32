// Which people shall stay where they serve at present, whatever else is decided?
#pragma once

#include <cstdint>
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

/// The plan with a decision `no_worse` for everybody, `no-worse-1` or the next number that is free: whoever serves at
/// present serves again, in a post wished for no less.
[[nodiscard]] Plan nobody_worse(const Plan& plan, const std::string& reason = {});

/// What becomes of the people of the present staffing.
struct Movers {
    std::int64_t stay = 0;   ///< in a post they serve in at present
    std::int64_t move = 0;   ///< to another post
    std::int64_t leave = 0;  ///< serve nowhere
    std::int64_t begin = 0;  ///< others who serve

    friend bool operator==(const Movers&, const Movers&) = default;
};
/// Postings of unknown people or posts count for nothing.
[[nodiscard]] Movers movers(const Plan& plan, const Staffing& staffing);

}  // namespace countyplan

#if !defined(COUNTYPLAN_SEPARATE) || defined(COUNTYPLAN_BODIES_ALLOCATE)
#include <countyplan/allocate/impl/freeze.hpp>
#endif
