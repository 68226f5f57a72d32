// How schedule, progress and roll-up are put together.
#pragma once

#include <countyplan/separate.hpp>
#include <countyplan/solve/remaining_time.hpp>
#include <countyplan/track/track.hpp>

namespace countyplan {

namespace detail {

/// What a report rests on that knows the facts recorded by a day.
inline Digests digests_known_by(const Ledger& ledger, Day recorded) {
    Digests out = ledger.plan().digests();
    out.ledger = ledger.digest(recorded);
    return out;
}

/// What rests on the schedule: progress, roll-up and colours.
inline void judge_progress(const Ledger& ledger, const Schedule& planned, const Schedule& expected, Tracking& out) {
    const Plan& plan = ledger.plan();
    out.progress = progress_of(ledger, planned, expected, out.as_of, out.options.progress);
    out.roll_up = roll_up(plan, out.progress, out.as_of, out.options.roll_up);
    out.warnings = warnings({.ledger = ledger,
                             .planned = planned,
                             .expected = expected,
                             .progress = out.progress,
                             .roll_up = out.roll_up,
                             .as_of = out.as_of,
                             .roll_up_options = out.options.roll_up,
                             .staffing = plan.rows().staffing,
                             .performance = {}},
                            out.options.warning);
}

}  // namespace detail

COUNTYPLAN_INLINE Tracking track(const Plan& plan, Day as_of, const TrackOptions& options, const Stop& stop,
                                 const Progress& progress) {
    Tracking out;
    const Ledger ledger(plan);
    out.as_of = {as_of, options.recorded.value_or(as_of)};
    out.digests = detail::digests_known_by(ledger, out.as_of.recorded);
    out.options = options;
    const detail::RemainingTime time(stop);
    out.planned = schedule(plan, options.schedule, stop, progress);
    out.termination = out.planned.termination;
    out.cause = out.planned.cause;
    if (out.termination != Termination::optimal) return out;
    out.schedule = schedule(ledger, out.as_of, options.schedule, time.rest(), progress);
    out.termination = out.schedule.termination;
    out.cause = out.schedule.cause;
    if (out.termination != Termination::optimal) return out;
    detail::judge_progress(ledger, out.planned, out.schedule, out);
    return out;
}

COUNTYPLAN_INLINE Findings tracking_findings(const Tracking& tracking) {
    Findings out = tracking.schedule.findings;
    for (const Findings* more : {&tracking.progress.findings, &tracking.roll_up.findings, &tracking.warnings.findings})
        out.insert(out.end(), more->begin(), more->end());
    return out;
}

COUNTYPLAN_INLINE Verdict examine(const Plan& plan, const Tracking& tracking) {
    const Ledger ledger(plan);
    if (tracking.digests != detail::digests_known_by(ledger, tracking.as_of.recorded))
        return detail::refuse({message::track_other_plan}, "digests");
    const bool both = tracking.planned.termination == Termination::optimal;
    const Schedule& last = both ? tracking.schedule : tracking.planned;
    if (tracking.termination != last.termination || tracking.cause != last.cause ||
        tracking.options.schedule != tracking.planned.options || tracking.options.schedule != last.options ||
        tracking.planned.as_of ||
        (both ? tracking.schedule.as_of != tracking.as_of : tracking.schedule != Schedule{}) ||
        tracking.as_of.recorded != tracking.options.recorded.value_or(tracking.as_of.valid)) {
        return detail::refuse({message::schedule_fields_disagree}, "termination");
    }
    if (Verdict verdict = examine(plan, tracking.planned); !verdict.accepted) return verdict;
    if (both) {
        if (Verdict verdict = examine(plan, tracking.schedule); !verdict.accepted) return verdict;
    }
    Tracking again;
    again.as_of = tracking.as_of;
    again.options = tracking.options;
    if (tracking.termination == Termination::optimal)
        detail::judge_progress(ledger, tracking.planned, tracking.schedule, again);
    if (again.progress != tracking.progress) return detail::refuse({message::track_not_reproduced}, "progress");
    if (again.roll_up != tracking.roll_up) return detail::refuse({message::track_not_reproduced}, "roll_up");
    if (again.warnings != tracking.warnings) return detail::refuse({message::track_not_reproduced}, "warnings");
    return {};
}

COUNTYPLAN_INLINE bool verify(const Plan& plan, const Tracking& tracking) { return examine(plan, tracking).accepted; }

}  // namespace countyplan
