// The bodies of solve/linear_program.hpp and solve/mixed_integer.hpp, which share exact sums, compiled once for those
// who link countyplan::compiled.
#define COUNTYPLAN_BODIES_LINEAR_PROGRAM
#define COUNTYPLAN_BODIES_MIXED_INTEGER

#include <countyplan/solve/linear_program.hpp>
#include <countyplan/solve/mixed_integer.hpp>
