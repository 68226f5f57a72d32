// The bodies of solve/matching.hpp, compiled once for those who link countyplan::compiled.
#define COUNTYPLAN_BODIES_MATCHING

#include <countyplan/solve/matching.hpp>
