// What does a plan say once something has happened?
#pragma once

#include <span>

#include <countyplan/plan/event_row.hpp>
#include <countyplan/plan/finding.hpp>
#include <countyplan/plan/plan.hpp>

namespace countyplan {

/// Everything that is wrong with the events after `last`, each event seen in the plan that those before it leave;
/// one that is wrong changes nothing. Places are `events[i].field`, i counting from the first given. Where the
/// events are right, the errors of the plan that they make, too.
[[nodiscard]] Findings check_events(const Plan& plan, std::span<const Event> events, const LastEvent& last = {});

/// The plan that the events after `last` leave. No row is removed but postings, so ids stay.
/// - `resigns`, `ill`: a decision `event-<number>` that forbids the expert all posts whose period meets those days;
///   postings of the present staffing that meet them end
/// - `extended`: `available_to`, or the post's `end`
/// - `pairing_moved`: the receiver of all pairings of the sender with `was`
/// - `quota_changed`: `quota_total`, `quota_<role>`, or `lower` and `upper` of the quota
/// Applied in two parts they leave the same plan as at once. Throws `InvalidPlan` with what `check_events` finds. Time
/// that of one `Plan(draft)`.
[[nodiscard]] Plan apply_events(const Plan& plan, std::span<const Event> events, const LastEvent& last = {});

/// Where the log stands after these events.
[[nodiscard]] inline LastEvent last_of(std::span<const Event> events, const LastEvent& last = {}) {
    return events.empty() ? last : LastEvent{events.back().number, events.back().day};
}

}  // namespace countyplan

#if !defined(COUNTYPLAN_SEPARATE) || defined(COUNTYPLAN_BODIES_PLAN)
#include <countyplan/plan/impl/event.hpp>
#endif
