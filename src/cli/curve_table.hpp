// How is a trade-off shown, as a table and in a sentence?
#pragma once

#include <countyplan/allocate/trade_off.hpp>
#include <countyplan/report/table.hpp>
#include <countyplan/scalar/message.hpp>

namespace countyplan {

inline constexpr const char* curve_file = "trade_off.csv";
inline constexpr const char* proofs_file = "trade_off.json";

/// A row per point: the values of both tiers, those of all tiers of the plan, and what is possible before the next.
[[nodiscard]] ReportTable curve_table(const TradeOff& curve);

/// How many points, and from where to where. The curve has points.
[[nodiscard]] Message curve_summary(const TradeOff& curve);

}  // namespace countyplan
