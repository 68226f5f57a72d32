// Is this draft sound enough to be a plan?
#pragma once

#include <countyplan/plan/draft.hpp>
#include <countyplan/plan/finding.hpp>

namespace countyplan {

/// Everything that is wrong with `draft`, all at once, in the order of tables, rows and fields; the
/// rules that are in force are judged too. No error among the findings: `Plan(draft)` will succeed.
/// Never throws for wrong data. An unknown id comes with the nearest known one, for the first 1,000. Of each
/// severity 100,000 are kept; a note at the end says so where there are more.
/// Time O(n log n) in the number of rows, whatever they hold.
[[nodiscard]] Findings check(const Draft& draft);

/// What `draft` does against one rule of the scheme, in the rule's severity and under its id; nothing
/// where the rule lacks a parameter or is not in force. A rule about terms holds for a posting when it
/// is in force on its first day, any other when it is in force on some day of the plan's period.
[[nodiscard]] Findings judge(const Draft& draft, const Rule& rule);

}  // namespace countyplan

#if !defined(COUNTYPLAN_SEPARATE) || defined(COUNTYPLAN_BODIES_PLAN)
#include <countyplan/plan/impl/check.hpp>
#endif
