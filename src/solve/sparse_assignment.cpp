// The bodies of solve/sparse_assignment.hpp and of its state, compiled once for those who link
// countyplan::compiled.
#define COUNTYPLAN_BODIES_SPARSE_ASSIGNMENT

#include <countyplan/solve/sparse_assignment.hpp>
#include <countyplan/solve/sparse_assignment_state.hpp>
