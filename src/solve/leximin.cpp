// The bodies of solve/leximin.hpp, compiled once for those who link countyplan::compiled.
#define COUNTYPLAN_BODIES_LEXIMIN

#include <countyplan/solve/leximin.hpp>
