// As of which day does a report speak when nobody says?
#pragma once

#include <optional>
#include <span>
#include <string>

#include <countyplan/plan/plan.hpp>
#include <countyplan/track/track.hpp>

#include "console.hpp"

namespace countyplan {

/// The last day on which a fact was recorded; without facts, the first day of the plan's period.
[[nodiscard]] Day last_recorded_day(const Plan& plan);

/// Where the plan stands; nothing, and a note why, where its tasks cannot be scheduled or time ran out.
[[nodiscard]] std::optional<Tracking> tracking_for_report(const Plan& plan, Day as_of, const Settings& settings,
                                                          Console& console);

}  // namespace countyplan
