// How is an applicant's feedback written for machines?
#pragma once

#include <string>

#include <countyplan/allocate/explain/feedback.hpp>

namespace countyplan {

/// One JSON object: the members of `Feedback`. A post that is none is null, `behind` an object of tiers, and the ends
/// of an interval are rounded to six decimals.
[[nodiscard]] std::string feedback_json(const Plan& plan, const Feedback& feedback);

}  // namespace countyplan
