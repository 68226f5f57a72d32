// The bodies of solve/assignment.hpp and solve/assignment_state.hpp, compiled once for those who link
// countyplan::compiled.
#define COUNTYPLAN_BODIES_ASSIGNMENT

#include <countyplan/solve/assignment.hpp>
#include <countyplan/solve/assignment_state.hpp>
