// How a plan is turned into a problem where the caller's rules have spoken earlier.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <countyplan/allocate/allocation_problem.hpp>
#include <countyplan/allocate/impl/allocation_problem.hpp>
#include <countyplan/allocate/user_rule.hpp>
#include <countyplan/plan/plan.hpp>

namespace countyplan::detail {

inline void require_within(const GivenPair& pair) {
    const auto is_within = [](std::int64_t points) {
        return points >= -UserTier::most_points && points <= UserTier::most_points;
    };
    if (pair.points < 0 || pair.points > GivenPair::most_points) throw InvalidMeasure("points", pair.expert, pair.post);
    for (std::size_t own = 0; own < user_tiers; ++own) {
        if (!is_within(pair.user[own]))
            throw InvalidMeasure(std::string(name(static_cast<Tier>(enumerator_count<Tier> - user_tiers + own))),
                                 pair.expert, pair.post);
    }
}

/// By the rules; where there are none, by what such rules said of any pairs. Nothing if interrupted.
inline std::optional<AllocationProblem> problem_with_given(const Plan& plan, const UserRules& rules,
                                                           const std::vector<GivenPair>& given,
                                                           const UserTierNames& names, const Interrupt& interrupt) {
    if (!rules.empty() || given.empty()) return allocation_problem(plan, rules, interrupt);
    for (const GivenPair& pair : given)
        require_within(pair);
    auto out = ProblemBuilder(plan, {}, given, interrupt).build();
    if (out) {
        out->given = given;
        out->names = names;
    }
    return out;
}

}  // namespace countyplan::detail
