// How are a re-plan and its trade-off written for machines?
#pragma once

#include <string>

#include <countyplan/allocate/replan.hpp>
#include <countyplan/allocate/trade_off.hpp>

namespace countyplan {

/// One JSON object: what the events led to, who moves, and the curve where there is one. `former`: what the answer
/// before the events belongs to; `path`: where the changed plan is, left out if empty.
[[nodiscard]] std::string replan_json(const Replan& replan, const TradeOff* curve, const Digests& former,
                                      const std::string& path);

/// One JSON object: the members of `TradeOff`, staffings and proofs included.
[[nodiscard]] std::string trade_off_json(const TradeOff& curve);

}  // namespace countyplan
