// How schedule, progress and roll-up are put together.
#pragma once

#include <countyplan/separate.hpp>
#include <countyplan/track/track.hpp>

namespace countyplan {

namespace detail {

/// What a report rests on that knows the facts recorded by a day.
inline Digests digests_known_by(const Ledger& ledger, Day recorded) {
    Digests out = ledger.plan().digests();
    out.ledger = ledger.digest(recorded);
    return out;
}

}  // namespace detail

COUNTYPLAN_INLINE Tracking track(const Plan& plan, Day as_of, const TrackOptions& options, const Stop& stop,
                                 const Progress& progress) {
    Tracking out;
    const Ledger ledger(plan);
    out.as_of = {as_of, options.recorded.value_or(as_of)};
    out.digests = detail::digests_known_by(ledger, out.as_of.recorded);
    out.options = options;
    out.schedule = schedule(plan, options.schedule, stop, progress);
    out.termination = out.schedule.termination;
    out.cause = out.schedule.cause;
    if (out.termination != Termination::optimal) return out;
    out.progress = progress_of(ledger, out.schedule, out.as_of, options.progress);
    out.roll_up = roll_up(plan, out.progress, out.as_of, options.roll_up);
    return out;
}

COUNTYPLAN_INLINE Verdict examine(const Plan& plan, const Tracking& tracking) {
    const Ledger ledger(plan);
    if (tracking.digests != detail::digests_known_by(ledger, tracking.as_of.recorded))
        return detail::refuse({message::track_other_plan}, "digests");
    if (tracking.termination != tracking.schedule.termination || tracking.cause != tracking.schedule.cause ||
        tracking.options.schedule != tracking.schedule.options ||
        tracking.as_of.recorded != tracking.options.recorded.value_or(tracking.as_of.valid)) {
        return detail::refuse({message::schedule_fields_disagree}, "termination");
    }
    if (Verdict verdict = examine(plan, tracking.schedule); !verdict.accepted) return verdict;
    ProgressReport progress;
    RollUp rolled;
    if (tracking.termination == Termination::optimal) {
        progress = progress_of(ledger, tracking.schedule, tracking.as_of, tracking.options.progress);
        rolled = roll_up(plan, progress, tracking.as_of, tracking.options.roll_up);
    }
    if (progress != tracking.progress) return detail::refuse({message::track_not_reproduced}, "progress");
    if (rolled != tracking.roll_up) return detail::refuse({message::track_not_reproduced}, "roll_up");
    return {};
}

COUNTYPLAN_INLINE bool verify(const Plan& plan, const Tracking& tracking) { return examine(plan, tracking).accepted; }

}  // namespace countyplan
