// Who is posted where and how many does each sender send, and does that keep the hard rules?
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include <countyplan/allocate/eligibility.hpp>
#include <countyplan/plan/plan.hpp>
#include <countyplan/plan/staffing.hpp>

#include "objection.hpp"

namespace countyplan {

/// Plain counts of a staffing, made by walking its rows once.
struct HeadCount {
    std::vector<Id<Post>> post_of;                                          ///< per expert; empty: at home
    std::vector<std::int64_t> posted;                                       ///< per post
    std::vector<std::int64_t> sent;                                         ///< per sender, with those below it
    std::vector<std::array<std::int64_t, enumerator_count<Role>>> by_role;  ///< per sender, its own people only
};

/// Counts `staffing` into `count`. Objects to unknown ids, a person posted twice, an ineligible pair, dates
/// that are not the post's, a post above `max`, a quota exceeded.
[[nodiscard]] Objected count_heads(const Eligibility& eligibility, const Staffing& staffing, HeadCount& count);

}  // namespace countyplan
