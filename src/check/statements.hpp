// Is what a result says about itself true?
#pragma once

#include <string>

#include <countyplan/allocate/eligibility.hpp>
#include <countyplan/io/result.hpp>

#include "head_count.hpp"
#include "objection.hpp"

namespace countyplan {

/// It was computed from this plan and its present staffing.
[[nodiscard]] Objected examine_digests(const Plan& plan, const Allocation& stated);
/// Termination, cause and claim go together, and what is proved brings its proof.
[[nodiscard]] Objected examine_claim(const Allocation& stated);
/// The values of the tiers are those of the staffing, counted anew; `out` tells them.
[[nodiscard]] Objected examine_tiers(const Eligibility& eligibility, const HeadCount& count, const Allocation& stated,
                                     std::string& out);
/// The posts left short are all listed with their numbers, which their reasons name, every group that a reason rests on
/// is scarce, and in a best staffing every shortage that counts rests on one.
[[nodiscard]] Objected examine_unfilled(const Eligibility& eligibility, const HeadCount& count,
                                        const Allocation& stated);

/// The table for people says what `result.json` says, in one language or the other.
[[nodiscard]] Objected examine_unfilled_table(const Plan& plan, const Allocation& stated, const std::string& bytes);

}  // namespace countyplan
