// What assignment problem does this table of costs describe?
#pragma once

#include <string>

#include <countyplan/io/solve_problem.hpp>

namespace countyplan {

/// Reads a dense table (`or_library`, `cost_matrix`; `options.format` says which): `+inf` forbids a pair.
[[nodiscard]] ProblemReading read_cost_matrix(std::string bytes, const std::string& name,
                                              const ProblemOptions& options = {});

/// Reads a list of pairs (`or_library_sparse`, `matrix_market`; `options.format` says which): pairs that are
/// not listed, or listed with `+inf`, are forbidden. Matrix Market: coordinate, integer or real (pattern: a
/// matching), general or symmetric.
[[nodiscard]] ProblemReading read_cost_pairs(std::string bytes, const std::string& name,
                                             const ProblemOptions& options = {});

}  // namespace countyplan
