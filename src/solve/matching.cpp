// The bodies of solve/matching.hpp, solve/stable_matching.hpp and solve/top_trading_cycles.hpp, compiled once for those
// who link countyplan::compiled.
#define COUNTYPLAN_BODIES_MATCHING

#include <countyplan/solve/matching.hpp>
#include <countyplan/solve/stable_matching.hpp>
#include <countyplan/solve/top_trading_cycles.hpp>
