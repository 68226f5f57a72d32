// The bodies of solve/matching.hpp and solve/stable_matching.hpp, compiled once for those who link countyplan::compiled.
#define COUNTYPLAN_BODIES_MATCHING

#include <countyplan/solve/matching.hpp>
#include <countyplan/solve/stable_matching.hpp>
