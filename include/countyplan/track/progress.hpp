// How much of a task or of an indicator has been earned, on what evidence?
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <countyplan/plan/plan.hpp>
#include <countyplan/track/ledger.hpp>
#include <countyplan/track/schedule.hpp>

namespace countyplan {

/// What can be said of a task or a node at present; the first that holds.
enum class ProgressStatus {
    unknown,   ///< no data, or too little of it
    complete,  ///< earned in full; for a task, reported finished
    overdue,   ///< the planned finish has passed
    open,      ///< neither; more is not judged yet
};

template <>
struct Enumerators<ProgressStatus> {
    static constexpr MessageText words[] = {{"unknown", "未知", "unknown"},
                                            {"complete", "已完成", "complete"},
                                            {"overdue", "逾期", "overdue"},
                                            {"open", "进行中", "open"}};
};

struct ProgressOptions {
    bool evidence_for_percent = true;  ///< a reported percentage without evidence counts as no data

    friend bool operator==(const ProgressOptions&, const ProgressOptions&) = default;
};

/// How many of how many, for one group of people or for all of them.
struct RateGroup {
    std::string group{};  ///< empty: all
    double numerator = 0.0;
    double denominator = 0.0;       ///< >= 0
    std::optional<Day> evidence{};  ///< the day its fact held; of a sum, the oldest

    /// Unset where nobody counts.
    [[nodiscard]] std::optional<double> value() const {
        if (denominator == 0.0) return std::nullopt;
        return numerator / denominator;
    }

    friend bool operator==(const RateGroup&, const RateGroup&) = default;
};

/// What a task or an indicator has earned.
struct Earned {
    std::optional<double> value{};    ///< in [0, 1]; unset: no data, never 0
    std::optional<Day> evidence{};    ///< the day the newest fact used held; unset where none was needed
    bool cancelled = false;           ///< counts nowhere from its cancelling on
    bool on_hold = false;             ///< counts as before
    std::optional<Day> started{};     ///< tasks only, as reported
    std::optional<Day> finished{};    ///< tasks only, as reported
    std::optional<double> reading{};  ///< indicators only: the last reported value, or that of its rate
    std::optional<double> target{};   ///< indicators only: the plan's, or the last fact `target`
    std::vector<RateGroup> groups{};  ///< indicators whose reading is a rate: the whole first, then groups by name
    bool apportioned = false;         ///< earns what the rest of its goal earns
    ProgressStatus status = ProgressStatus::unknown;

    friend bool operator==(const Earned&, const Earned&) = default;
};

/// All of a plan's tasks and indicators as of a day, and what was strange about their facts (each
/// finding's place is a row of `ledger`, `tasks` or `indicators`).
struct ProgressReport {
    ById<Id<Task>, Earned> tasks{};
    ById<Id<Indicator>, Earned> indicators{};
    std::vector<Id<Goal>> cancelled_goals{};  ///< by the fact `status`, in id order
    Findings findings{};

    friend bool operator==(const ProgressReport&, const ProgressReport&) = default;
};

/// What each task and indicator has earned, by its method:
/// - `zero_hundred`, `fifty_fifty`, `twenty_eighty`: from the facts `started` and `finished`
/// - `percent`: fact `percent` (0 to 100), with evidence
/// - `units`: fact `units` over fact `units_total`
/// - `weighted_steps`: facts `step_weight.NAME` (>= 0) and `step_done.NAME` (0 to 1), sum(w done) / sum(w)
///   over the steps that have a weight; without such steps fact `step`, `done/total` by weight
/// - `loe`: the planned share of its dates that has passed
/// - `apportioned`: nothing of its own; the roll-up lets it earn what the rest of its goal earns
/// - `kpi_linear`, `kpi_threshold`: the only indicator of its goal
/// A reported finish earns everything, except by the last two lines. An indicator earns
/// clamp((v - baseline) / (target - baseline), 0, 1), undefined where the two are equal; the target is the
/// plan's, or the last fact `target`. Its reading v is
/// fact `value`, or the rate `rate` or `rate.GROUP` (`count/of`; times 100 where it is a percentage),
/// whichever held later; groups add up by their counts where there is no `rate` of the whole.
/// `planned` is the schedule without progress, `expected` the one of the ledger as of the same day: what it
/// does not take for started or finished is neither here. O(facts + tasks + indicators).
/// Source: ANSI/EIA-748 families.
[[nodiscard]] ProgressReport progress_of(const Ledger& ledger, const Schedule& planned, const Schedule& expected,
                                         AsOf as_of, const ProgressOptions& options = {});

}  // namespace countyplan

#if !defined(COUNTYPLAN_SEPARATE) || defined(COUNTYPLAN_BODIES_TRACK)
#include <countyplan/track/impl/progress.hpp>
#endif
