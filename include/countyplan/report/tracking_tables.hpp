// What lies behind the progress and the dates of a plan: values, paths, quality, baseline and delays, as tables.
#pragma once

#include <optional>

#include <countyplan/plan/plan.hpp>
#include <countyplan/report/table.hpp>
#include <countyplan/track/track.hpp>

namespace countyplan {

/// An amount in the unit of earned value, from hundredths of it: money to whole fen, the rest as numbers. Empty where
/// it is undefined.
[[nodiscard]] Cell amount_cell(ValueUnit unit, std::optional<double> hundredths);

/// Earned value and earned schedule of provinces, counties and goals with their indices and forecasts: cost by CPI,
/// time by SPI(t). Undefined indices are empty; slow ones stand out by the thresholds of the warnings.
[[nodiscard]] ReportTable earned_value_table(const Plan& plan, const Tracking& tracking);

/// The float paths of each county, nearest first, with the number of its critical paths.
[[nodiscard]] ReportTable float_path_table(const Plan& plan, const Tracking& tracking);

/// The fourteen checks of plan quality for each county; the first few tasks that count against it by id.
[[nodiscard]] ReportTable quality_table(const Plan& plan, const Tracking& tracking);

/// Each county against its baseline: what was due, what became of it, and the indices.
[[nodiscard]] ReportTable baseline_table(const Plan& plan, const Tracking& tracking);

/// Each task against its baseline, in working days.
[[nodiscard]] ReportTable variance_table(const Plan& plan, const Tracking& tracking);

/// What each date of each task rests on. Where what remains of a task begins has a row once it has started.
[[nodiscard]] ReportTable schedule_log_table(const Plan& plan, const Tracking& tracking);

/// By how many working days the end of each county moved from day to day.
[[nodiscard]] ReportTable delay_table(const Plan& plan, const Tracking& tracking);

}  // namespace countyplan
