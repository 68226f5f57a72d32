// Where does the plan stand as of a day?
#pragma once

#include <optional>

#include <countyplan/track/ledger.hpp>
#include <countyplan/track/progress.hpp>
#include <countyplan/track/roll_up.hpp>
#include <countyplan/track/schedule.hpp>
#include <countyplan/track/warning.hpp>

namespace countyplan {

struct TrackOptions {
    std::optional<Day> recorded{};  ///< up to which day's knowledge; unset: the day asked about
    ScheduleOptions schedule{};
    ProgressOptions progress{};
    RollUpOptions roll_up{};
    WarningOptions warning{};

    friend bool operator==(const TrackOptions&, const TrackOptions&) = default;
};

/// Everything that is known about the plan as of a day. A pure function of plan, ledger, days, options; what is
/// recorded after `as_of.recorded` changes nothing in it.
struct Tracking {
    Digests digests{};  ///< the ledger's is of the facts recorded by `as_of.recorded`
    AsOf as_of{};
    TrackOptions options{};
    Termination termination = Termination::unknown;  ///< optimal, or as that of the schedule which is not
    Cause cause = Cause::cancelled;
    Schedule planned{};   ///< without progress
    Schedule schedule{};  ///< with what has happened; empty unless `planned` is optimal
    ProgressReport progress{};
    RollUp roll_up{};
    Warnings warnings{};  ///< empty posts by the plan's own staffing

    friend bool operator==(const Tracking&, const Tracking&) = default;
};

/// Schedule, progress, roll-up and warnings of `plan` as of `as_of`. Throws as `schedule` does.
[[nodiscard]] Tracking track(const Plan& plan, Day as_of, const TrackOptions& options = {}, const Stop& stop = {},
                             const Progress& progress = {});

/// What was strange: about the facts, then the weights, then the entries by hand.
[[nodiscard]] Findings tracking_findings(const Tracking& tracking);

/// Whether `tracking` belongs to `plan`, whatever was recorded since, its schedules' certificates hold, and progress,
/// roll-up and warnings are what the ledger gives.
[[nodiscard]] Verdict examine(const Plan& plan, const Tracking& tracking);
[[nodiscard]] bool verify(const Plan& plan, const Tracking& tracking);

}  // namespace countyplan

#if !defined(COUNTYPLAN_SEPARATE) || defined(COUNTYPLAN_BODIES_TRACK)
#include <countyplan/track/impl/track.hpp>
#endif
