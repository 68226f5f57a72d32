// The long bodies of experiment/, compiled once for those who link countyplan::compiled.
#define COUNTYPLAN_BODIES_EXPERIMENT

#include <countyplan/experiment/generate.hpp>
