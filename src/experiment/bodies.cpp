// The long bodies of experiment/, compiled once for those who link countyplan::compiled.
#define COUNTYPLAN_BODIES_EXPERIMENT

#include <countyplan/experiment/generate.hpp>
#include <countyplan/experiment/point.hpp>
#include <countyplan/experiment/rolling.hpp>
#include <countyplan/experiment/scenario.hpp>
#include <countyplan/experiment/sweep.hpp>
