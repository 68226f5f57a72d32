// The bodies of solve/max_flow.hpp, compiled once for those who link countyplan::compiled.
#define COUNTYPLAN_BODIES_MAX_FLOW

#include <countyplan/solve/max_flow.hpp>
