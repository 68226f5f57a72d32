// The bodies of convex flows, compiled once for those who link countyplan::compiled.
#define COUNTYPLAN_BODIES_CONVEX_FLOW

#include <countyplan/solve/convex_flow.hpp>
