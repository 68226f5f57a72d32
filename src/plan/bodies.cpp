// The long bodies of plan/, compiled once for those who link countyplan::compiled.
#define COUNTYPLAN_BODIES_PLAN

#include <countyplan/plan/check.hpp>
#include <countyplan/plan/event.hpp>
#include <countyplan/plan/fingerprint.hpp>
#include <countyplan/plan/plan.hpp>
#include <countyplan/plan/rule.hpp>
