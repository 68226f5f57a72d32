// Is this draft sound enough to be a plan?
#pragma once

#include <countyplan/plan/draft.hpp>
#include <countyplan/plan/finding.hpp>

namespace countyplan {

/// Everything that is wrong with `draft`, all at once, in the order of tables, rows and fields.
/// No error among the findings: `Plan(draft)` will succeed. Never throws for wrong data.
/// Time O(n log n) in the number of rows.
[[nodiscard]] Findings check(const Draft& draft);

}  // namespace countyplan

#include <countyplan/plan/impl/check.hpp>
