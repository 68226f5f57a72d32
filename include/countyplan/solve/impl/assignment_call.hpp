// assignment with what its users cannot choose, for those who link its bodies too.
#pragma once

#include <countyplan/solve/assignment.hpp>
#include <countyplan/solve/impl/vector_level.hpp>

namespace countyplan::detail {

/// As `solve`. The same answer at every level.
template <class Cost>
AssignmentResult solve_dense(const BasicAssignmentProblem<Cost>& problem, const AssignmentOptions& options,
                             const Stop& stop, const Progress& progress, VectorLevel level);

}  // namespace countyplan::detail
