// The bodies of solve/nested_flow.hpp, compiled once for those who link countyplan::compiled.
#define COUNTYPLAN_BODIES_NESTED_FLOW

#include <countyplan/solve/nested_flow.hpp>
