// Which baselines does the ledger hold, and which facts record one?
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <countyplan/plan/fact.hpp>
#include <countyplan/plan/plan.hpp>
#include <countyplan/track/baseline.hpp>
#include <countyplan/track/ledger.hpp>
#include <countyplan/track/schedule.hpp>

namespace countyplan {

/// What the facts `baseline.NAME` of one county's tasks say, all recorded on one day.
struct RecordedBaseline {
    std::string name{};
    Id<County> county{};
    Day recorded{};
    Day valid{};            ///< the last day on which it came into force
    std::size_t tasks = 0;  ///< how many it speaks of

    friend bool operator==(const RecordedBaseline&, const RecordedBaseline&) = default;
};

/// All baselines that count as of a day, by county and within it the oldest first (recorded, valid, name): the last
/// one of a county is what it is held to. O(facts + b log b) for b facts of baselines.
[[nodiscard]] std::vector<RecordedBaseline> recorded_baselines(const Ledger& ledger, AsOf as_of);

/// The baseline of that name, of all counties that have it; without tasks where none has. Days are counted on the
/// calendars of `planned`, which belongs to the ledger's plan; the day of a milestone is the last one worked before
/// it. `recorded` is the last day on which one of the counties recorded it.
[[nodiscard]] Baseline recorded_baseline(const Ledger& ledger, const Schedule& planned, AsOf as_of,
                                         std::string_view name);

/// What each county is held to as of a day: the last baseline that it has recorded, or the dates of `planned`, which is
/// optimal and without progress, where it has none (its name is then `plan`, as of the first day of the plan's period).
/// The id is the name, or the names that differ, joined by `;`.
[[nodiscard]] Baseline agreed_baseline(const Ledger& ledger, const Schedule& planned, AsOf as_of);

/// The facts that record the dates of `schedule`, which is optimal and belongs to `plan`, and the budgets of the plan
/// as a baseline of all counties: reported dates where there are any, else early ones. They hold from `recorded` on.
/// `recorded_baseline` gives the same boundaries back as long as the calendars stay as they are.
[[nodiscard]] std::vector<Fact> baseline_facts(const Plan& plan, const Schedule& schedule, const std::string& name,
                                               Day recorded, const std::string& source);

}  // namespace countyplan

#if !defined(COUNTYPLAN_SEPARATE) || defined(COUNTYPLAN_BODIES_TRACK)
#include <countyplan/track/impl/recorded_baseline.hpp>
#endif
