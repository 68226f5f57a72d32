// What have the caller's own rules to say of a staffing?
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <utility>

#include <countyplan/allocate/audit.hpp>
#include <countyplan/allocate/audit_messages.hpp>
#include <countyplan/allocate/impl/pair_costs.hpp>
#include <countyplan/allocate/objective.hpp>
#include <countyplan/allocate/user_rule.hpp>

namespace countyplan::detail {

/// Adds the pairs that the caller's rules refuse, and the values of all tiers.
inline void judge_given(const Plan& plan, const Staffing& staffing, std::span<const GivenPair> given, Audit& out) {
    const GivenIndex index(plan, given);
    for (std::size_t row = 0; row < staffing.size(); ++row) {
        const Posting& posting = staffing.rows()[row];
        const Id<Expert> expert = plan.find<Expert>(posting.expert);
        const Id<Post> post = plan.find<Post>(posting.post);
        if (!expert || !post) continue;
        const GivenPair* const said = index.find(expert, post);
        if (said == nullptr || said->allowed) continue;
        Finding finding;
        finding.message = {message::audit_given, {posting.expert, posting.post}};
        finding.place = {"staffing", row, "post"};
        finding.rule = "staffing.given";
        finding.value = posting.post;
        out.findings.push_back(std::move(finding));
        out.amounts.push_back(0);
    }
    out.tiers = tier_values(plan, staffing, given);
}

}  // namespace countyplan::detail
