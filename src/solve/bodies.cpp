// The long bodies of solve/, compiled once for those who link countyplan::compiled.
#define COUNTYPLAN_BODIES_SOLVE

#include <countyplan/solve/inverse_distribution.hpp>
#include <countyplan/solve/longest_path.hpp>
#include <countyplan/solve/min_cost_flow.hpp>
#include <countyplan/solve/team_annealing.hpp>
