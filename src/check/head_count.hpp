// Who is posted where and how many does each tally count, and does that keep the hard rules?
#pragma once

#include <cstdint>
#include <vector>

#include <countyplan/allocate/eligibility.hpp>
#include <countyplan/plan/plan.hpp>
#include <countyplan/plan/staffing.hpp>

#include "objection.hpp"
#include "pair_list.hpp"
#include "tally.hpp"

namespace countyplan {

/// Plain counts of a staffing, made by walking its rows once.
struct HeadCount {
    std::vector<Id<Post>> post_of;      ///< per expert; empty: at home
    std::vector<std::int64_t> posted;   ///< per post
    std::vector<std::int64_t> counted;  ///< per tally
};

/// Counts `staffing` into `count`. Objects to unknown ids, a person posted twice, a pair that the plan or the
/// caller does not allow, dates that are not the post's, and a tally above or below its bounds: a post above `max`,
/// a quota exceeded or not reached, somebody at home whom a decision obliges to serve.
[[nodiscard]] Objected count_heads(const Eligibility& eligibility, const GivenBook& given, const TallySheet& sheet,
                                   const Staffing& staffing, HeadCount& count);

}  // namespace countyplan
