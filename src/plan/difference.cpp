// The bodies of plan/difference.hpp, compiled once for those who link countyplan::compiled.
#define COUNTYPLAN_BODIES_DIFFERENCE

#include <countyplan/plan/difference.hpp>
