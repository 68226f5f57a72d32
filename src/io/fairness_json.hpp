// How is the price of fairness written down, read back and held against its plan?
#pragma once

#include <string>

#include <countyplan/allocate/fairness_price.hpp>
#include <countyplan/io/json.hpp>
#include <countyplan/io/result.hpp>
#include <countyplan/plan/plan.hpp>

#include "member_reader.hpp"

namespace countyplan::detail {

/// Whether both staffings were found, so that there is something to write down.
[[nodiscard]] bool is_told(const FairnessPrice& price);

/// What it costs, as members of an object that the caller opens and closes.
void write_fairness(JsonWriter& writer, const Plan& plan, const FairnessPrice& price);

/// `fairness.json`: that, the other staffing and its prices.
[[nodiscard]] std::string fairness_json(const Plan& plan, const FairnessPrice& price);
void read_fairness(const JsonValue& root, MemberReader& reader, StatedFairness& out);

/// Whether all of it follows from the plan, the allocation and the other staffing's own prices.
[[nodiscard]] AnswerVerdict examine(const Plan& plan, const Allocation& allocation, const StatedFairness& stated);

}  // namespace countyplan::detail
