// How are a re-plan and its trade-off written for machines?
#pragma once

#include <string>

#include <countyplan/allocate/replan.hpp>
#include <countyplan/allocate/trade_off.hpp>

namespace countyplan {

/// One JSON object: what the events led to, who moves, and the curve where there is one.
[[nodiscard]] std::string replan_json(const Replan& replan, const TradeOff* curve = nullptr);

/// One JSON object: the members of `TradeOff`, staffings and proofs included.
[[nodiscard]] std::string trade_off_json(const TradeOff& curve);

}  // namespace countyplan
