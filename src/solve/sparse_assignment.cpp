// The bodies of solve/sparse_assignment.hpp, compiled once for those who link countyplan::compiled.
#define COUNTYPLAN_BODIES_SPARSE_ASSIGNMENT

#include <countyplan/solve/sparse_assignment.hpp>
