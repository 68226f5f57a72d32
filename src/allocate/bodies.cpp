// The long bodies of allocate/, compiled once for those who link countyplan::compiled.
#define COUNTYPLAN_BODIES_ALLOCATE

#include <countyplan/allocate/allocate.hpp>
#include <countyplan/allocate/allocation_problem.hpp>
#include <countyplan/allocate/audit.hpp>
#include <countyplan/allocate/bound.hpp>
#include <countyplan/allocate/comparison.hpp>
#include <countyplan/allocate/counted_set.hpp>
#include <countyplan/allocate/coupling.hpp>
#include <countyplan/allocate/eligibility.hpp>
#include <countyplan/allocate/explain/explain.hpp>
#include <countyplan/allocate/explain/explanation.hpp>
#include <countyplan/allocate/explain/feedback.hpp>
#include <countyplan/allocate/explain/weight_range.hpp>
#include <countyplan/allocate/explain/worth.hpp>
#include <countyplan/allocate/fairness.hpp>
#include <countyplan/allocate/fairness_price.hpp>
#include <countyplan/allocate/freeze.hpp>
#include <countyplan/allocate/mechanism.hpp>
#include <countyplan/allocate/objective.hpp>
#include <countyplan/allocate/pairing.hpp>
#include <countyplan/allocate/region.hpp>
#include <countyplan/allocate/replan.hpp>
#include <countyplan/allocate/score.hpp>
#include <countyplan/allocate/team.hpp>
#include <countyplan/allocate/team_problem.hpp>
#include <countyplan/allocate/trade_off.hpp>
