// How a draft is checked: each part adds what it finds, then all is put in order.
#pragma once

#include <countyplan/plan/check.hpp>
#include <countyplan/plan/impl/check_coupling.hpp>
#include <countyplan/plan/impl/check_fact.hpp>
#include <countyplan/plan/impl/check_form.hpp>
#include <countyplan/plan/impl/check_quota.hpp>
#include <countyplan/plan/impl/check_range.hpp>
#include <countyplan/plan/impl/check_reference.hpp>
#include <countyplan/plan/impl/check_repeat.hpp>
#include <countyplan/plan/impl/check_staffing.hpp>
#include <countyplan/plan/impl/judge.hpp>
#include <countyplan/separate.hpp>

namespace countyplan {

COUNTYPLAN_INLINE Findings check(const Draft& draft) {
    detail::DraftCheck check(draft);
    detail::check_header(check);
    detail::check_rules(check);
    for_each_table(draft, [&](const auto& rows) { detail::check_fields(check, rows); });
    detail::check_keys(check);
    for_each_table(draft, [&](const auto& rows) { detail::check_references(check, rows); });
    detail::check_mixed_references(check);
    detail::check_lists(check);
    detail::check_counties_agree(check);
    detail::check_parents(check, draft.senders);
    detail::check_parents(check, draft.goals);
    detail::check_links(check);
    detail::check_coordinates(check, draft.counties);
    detail::check_coordinates(check, draft.senders);
    detail::check_coordinates(check, draft.schools);
    detail::check_people_ranges(check);
    detail::check_work_ranges(check);
    detail::check_indicators(check);
    detail::check_sibling_weights(check);
    detail::check_repeated_rows(check);
    detail::check_people_twice(check);
    detail::check_objective(check);
    detail::check_quotas(check);
    detail::check_decisions(check);
    detail::check_couplings(check);
    detail::check_staffing(check);
    detail::check_facts(check);
    for (const Rule& rule : draft.rules)
        detail::judge_rule(check, rule);
    detail::put_in_order(check.findings);
    return std::move(check.findings);
}

COUNTYPLAN_INLINE Findings judge(const Draft& draft, const Rule& rule) {
    detail::DraftCheck check(draft);
    detail::judge_rule(check, rule);
    detail::put_in_order(check.findings);
    return std::move(check.findings);
}

}  // namespace countyplan
