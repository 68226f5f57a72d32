// The bodies of solve/assignment.hpp and solve/assignment_state.hpp, compiled once for those who link
// countyplan::compiled.
#define COUNTYPLAN_BODIES_ASSIGNMENT

#include <countyplan/solve/assignment.hpp>
#include <countyplan/solve/assignment_state.hpp>

namespace countyplan::detail {

template AssignmentResult solve_dense(const AssignmentProblem&, const AssignmentOptions&, const Stop&, const Progress&,
                                      VectorLevel);
template AssignmentResult solve_dense(const AssignmentProblem32&, const AssignmentOptions&, const Stop&,
                                      const Progress&, VectorLevel);

}  // namespace countyplan::detail
