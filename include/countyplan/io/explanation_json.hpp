// How is an explanation written for machines?
#pragma once

#include <string>

#include <countyplan/allocate/explain/explanation.hpp>

namespace countyplan {

/// One JSON object: the members of `Explanation` that were asked for, and its `sentences`. A loss is an object of
/// tiers, or null where it is not known.
[[nodiscard]] std::string explanation_json(const Plan& plan, const Explanation& explanation);

}  // namespace countyplan
