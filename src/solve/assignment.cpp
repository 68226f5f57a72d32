// The bodies of solve/assignment.hpp, compiled once for those who link countyplan::compiled.
#define COUNTYPLAN_BODIES_ASSIGNMENT

#include <countyplan/solve/assignment.hpp>
