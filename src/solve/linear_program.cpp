// The bodies of solve/linear_program.hpp, compiled once for those who link countyplan::compiled.
#define COUNTYPLAN_BODIES_LINEAR_PROGRAM

#include <countyplan/solve/linear_program.hpp>
