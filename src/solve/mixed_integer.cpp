// The bodies of solve/mixed_integer.hpp, compiled once for those who link countyplan::compiled.
#define COUNTYPLAN_BODIES_MIXED_INTEGER

#include <countyplan/solve/mixed_integer.hpp>
