// Where does the plan stand as of a day?
#pragma once

#include <optional>
#include <vector>

#include <countyplan/track/baseline.hpp>
#include <countyplan/track/county_paths.hpp>
#include <countyplan/track/delay.hpp>
#include <countyplan/track/earned_value.hpp>
#include <countyplan/track/ledger.hpp>
#include <countyplan/track/plan_quality.hpp>
#include <countyplan/track/progress.hpp>
#include <countyplan/track/recorded_baseline.hpp>
#include <countyplan/track/roll_up.hpp>
#include <countyplan/track/schedule.hpp>
#include <countyplan/track/schedule_log.hpp>
#include <countyplan/track/warning.hpp>

namespace countyplan {

struct TrackOptions {
    std::optional<Day> recorded{};  ///< up to which day's knowledge; unset: the day asked about
    ScheduleOptions schedule{};
    ProgressOptions progress{};
    RollUpOptions roll_up{};
    WarningOptions warning{};
    ValueUnit value = ValueUnit::money;  ///< in what work is valued
    PathOptions paths{};
    QualityLimits quality{};
    /// Days before the one asked about, ascending, on which one looked: what moved the ends is told from each to the
    /// next, and from the last to the day asked about. Empty: no delays are told.
    std::vector<Day> windows{};

    friend bool operator==(const TrackOptions&, const TrackOptions&) = default;
};

/// Everything that is known about the plan as of a day. A pure function of plan, ledger, days, options; what is
/// recorded after `as_of.recorded` changes nothing in it. Unless `termination` is optimal, everything below
/// `schedule` is empty.
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
    EarnedValueReport earned_value{};
    Warnings warnings{};            ///< empty posts by the plan's own staffing; SPI(t) by `earned_value`
    ById<Id<Task>, TaskLog> log{};  ///< what each date of `schedule` rests on
    ById<Id<County>, CountyPaths> paths{};
    ById<Id<County>, PlanQuality> quality{};
    BaselineComparison variance{};  ///< of `schedule` from `agreed_baseline`
    DelayReport delays{};

    friend bool operator==(const Tracking&, const Tracking&) = default;
};

/// Schedule, progress, roll-up, earned value, warnings and what lies behind the dates of `plan` as of `as_of`.
/// Throws as `schedule` and `earned_value` do, and `InvalidProblem` where `windows` do not ascend or are not before
/// `as_of`.
[[nodiscard]] Tracking track(const Plan& plan, Day as_of, const TrackOptions& options = {}, const Stop& stop = {},
                             const Progress& progress = {});

/// Days for `TrackOptions::windows`: the day before the plan's period and, of the month ends from then on, the last
/// twelve before `as_of`. Empty where the period begins after `as_of`.
[[nodiscard]] std::vector<Day> month_windows(const Plan& plan, Day as_of);

/// What was strange: about the facts, then the weights, the values, and the entries by hand.
[[nodiscard]] Findings tracking_findings(const Tracking& tracking);

/// Whether `tracking` belongs to `plan`, whatever was recorded since, its schedules' certificates hold, and everything
/// else is what the ledger and the schedules give.
[[nodiscard]] Verdict examine(const Plan& plan, const Tracking& tracking);
[[nodiscard]] bool verify(const Plan& plan, const Tracking& tracking);

}  // namespace countyplan

#if !defined(COUNTYPLAN_SEPARATE) || defined(COUNTYPLAN_BODIES_TRACK)
#include <countyplan/track/impl/track.hpp>
#endif
