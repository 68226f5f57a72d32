// The bodies of solve/nested_flow.hpp, compiled once for those who link countyplan::compiled.
#define COUNTYPLAN_BODIES_NESTED_FLOW

#include <countyplan/solve/nested_flow.hpp>

namespace countyplan::detail {

template NestedFlowResult solve_nested(const NestedFlowProblem&, NestedFlowMethod, const NestedFlowStart*, const Stop&,
                                       const Progress&, VectorLevel, const NestedSiftSizes&);
template NestedFlowResult solve_nested(const NestedFlowProblem32&, NestedFlowMethod, const NestedFlowStart*,
                                       const Stop&, const Progress&, VectorLevel, const NestedSiftSizes&);

}  // namespace countyplan::detail
