// The bodies of repairable flows, compiled once for those who link countyplan::compiled.
#define COUNTYPLAN_BODIES_REPAIRABLE_FLOW

#include <countyplan/solve/repairable_flow.hpp>
