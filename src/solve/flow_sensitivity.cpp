// The bodies of the sensitivity of flows, compiled once for those who link countyplan::compiled.
#define COUNTYPLAN_BODIES_FLOW_SENSITIVITY

#include <countyplan/solve/flow_sensitivity.hpp>
