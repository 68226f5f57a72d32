// What network does this DIMACS file describe?
#pragma once

#include <string>

#include <countyplan/io/solve_problem.hpp>

namespace countyplan {

/// Reads `p min`, `p max` and `p asn` (DIMACS Implementation Challenge, 1991). Nodes are numbered from 1 in
/// the file and from 0 in the problem, arcs in the order of the file. A minimum-cost flow may have lower
/// bounds and costs of either sign; an upper bound that is negative and below the lower bound means none.
/// In an assignment the nodes with `n` lines are the rows, the others the columns, both in order.
[[nodiscard]] ProblemReading read_dimacs(std::string bytes, const std::string& name,
                                         const ProblemOptions& options = {});

}  // namespace countyplan
