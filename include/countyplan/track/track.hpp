// Where does the plan stand as of a day?
#pragma once

#include <optional>

#include <countyplan/track/ledger.hpp>
#include <countyplan/track/progress.hpp>
#include <countyplan/track/roll_up.hpp>
#include <countyplan/track/schedule.hpp>

namespace countyplan {

struct TrackOptions {
    std::optional<Day> recorded{};  ///< up to which day's knowledge; unset: the day asked about
    ScheduleOptions schedule{};
    ProgressOptions progress{};
    RollUpOptions roll_up{};

    friend bool operator==(const TrackOptions&, const TrackOptions&) = default;
};

/// Everything that is known about the plan as of a day. A pure function of plan, ledger, days, options.
struct Tracking {
    Digests digests{};
    AsOf as_of{};
    TrackOptions options{};
    Termination termination = Termination::unknown;  ///< as `schedule`'s; unknown: nothing else is set
    Cause cause = Cause::cancelled;
    Schedule schedule{};
    ProgressReport progress{};
    RollUp roll_up{};

    friend bool operator==(const Tracking&, const Tracking&) = default;
};

/// Schedule, progress and roll-up of `plan` as of `as_of`. Throws as `schedule` does.
[[nodiscard]] Tracking track(const Plan& plan, Day as_of, const TrackOptions& options = {}, const Stop& stop = {},
                             const Progress& progress = {});

/// Whether `tracking` belongs to `plan`, its schedule's certificate holds, and progress and roll-up are
/// what the ledger gives.
[[nodiscard]] Verdict examine(const Plan& plan, const Tracking& tracking);
[[nodiscard]] bool verify(const Plan& plan, const Tracking& tracking);

}  // namespace countyplan

#if !defined(COUNTYPLAN_SEPARATE) || defined(COUNTYPLAN_BODIES_TRACK)
#include <countyplan/track/impl/track.hpp>
#endif
