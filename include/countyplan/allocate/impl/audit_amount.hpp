// By how much does a pair, or a posting, miss what a rule asks for?
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstdlib>

#include <countyplan/allocate/eligibility.hpp>
#include <countyplan/plan/plan.hpp>
#include <countyplan/plan/rule.hpp>

namespace countyplan {

namespace detail {

/// People counted together, and how many there may be.
struct StaffingLimit {
    std::int64_t count = 0;
    std::int64_t upper = 0;
};

inline std::int64_t days_apart(Day a, Day b) { return std::abs(std::int64_t{a.number()} - b.number()); }

/// Of a pair that is refused so: ranks of title, years of service, days not available, months short of a term.
inline std::int64_t refusal_amount(const Plan& plan, const Refusal& refusal, Id<Expert> expert, Id<Post> post) {
    const Expert& person = plan.rows().experts[expert];
    const Post& place = plan.rows().posts[post];
    const Period free = plan.availability_of(expert);
    const Period whole = plan.period_of(post);
    switch (refusal.kind) {
        case RefusalKind::title:
            return static_cast<std::int64_t>(place.min_title.value_or(Title::none)) -
                   static_cast<std::int64_t>(person.title);
        case RefusalKind::years:
            return place.min_years.value_or(0) - person.years;
        case RefusalKind::availability: {
            const auto from = std::max(whole.from, plan.rows().period.from).number();
            const auto to = std::min(whole.to, plan.rows().period.to).number();
            const auto served = std::min(to, free.to.number()) - std::max(from, free.from.number()) + 1;
            return std::int64_t{to} - from + 1 - std::max(0, served);
        }
        case RefusalKind::term: {
            const auto rule = std::ranges::find(plan.rows().rules, refusal.rule, &Rule::id);
            if (rule == plan.rows().rules.end()) return 0;
            const Period served{whole.from, free.to};
            return rule->parameters.at("min_months") - (served.empty() ? 0 : whole_months(served));
        }
        default:
            return 0;
    }
}

/// Of a posting whose length breaks the rule, in months; 0 for rules that count no months.
inline std::int64_t term_amount(const Rule& rule, const Posting& posting) {
    if (rule.kind != RuleKind::principal_term && rule.kind != RuleKind::staff_term) return 0;
    const std::int64_t months = whole_months({posting.from, posting.to});
    const std::int64_t least = rule.parameters.at("min_months");
    return months < least ? least - months : months - rule.parameters.at("max_months");
}

}  // namespace detail

}  // namespace countyplan
