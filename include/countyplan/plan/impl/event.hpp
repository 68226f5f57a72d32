// How a log of events is judged and applied.
#pragma once

#include <algorithm>

#include <countyplan/plan/event.hpp>
#include <countyplan/plan/event_applier.hpp>
#include <countyplan/separate.hpp>

namespace countyplan {

COUNTYPLAN_INLINE Findings check_events(const Plan& plan, std::span<const Event> events, const LastEvent& last) {
    detail::EventApplier applier(plan, last);
    for (const Event& event : events)
        applier.add(event);
    if (!applier.findings().empty()) return applier.findings();
    Findings found = check(applier.draft());
    std::erase_if(found, [](const Finding& finding) { return finding.severity != Severity::error; });
    applier.relocate(found);
    return found;
}

COUNTYPLAN_INLINE Plan apply_events(const Plan& plan, std::span<const Event> events, const LastEvent& last) {
    detail::EventApplier applier(plan, last);
    for (const Event& event : events)
        applier.add(event);
    if (!applier.findings().empty()) throw InvalidPlan(applier.findings());
    return applier.plan();
}

}  // namespace countyplan
