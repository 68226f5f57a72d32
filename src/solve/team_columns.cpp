// The bodies of solve/team_columns.hpp, compiled once for those who link countyplan::compiled.
#define COUNTYPLAN_BODIES_TEAM_COLUMNS

#include <countyplan/solve/team_columns.hpp>
