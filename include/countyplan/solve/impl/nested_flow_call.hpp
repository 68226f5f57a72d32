// nested_flow with what its users cannot choose, for those who link its bodies too.
#pragma once

#include <cstddef>

#include <countyplan/solve/impl/vector_level.hpp>
#include <countyplan/solve/nested_flow.hpp>

namespace countyplan::detail {

/// How many pairs a part begins with, and when it is worth while.
struct NestedSiftSizes {
    std::size_t per_item = 8;    ///< the cheapest of each item
    std::size_t per_group = 32;  ///< the cheapest of each right group
    std::size_t more = 4;        ///< added per item and round
    std::size_t factor = 4;      ///< only if there are so many times as many pairs
};

/// As `solve` and, if `start` is given, `solve_from`. The same answer at every level.
template <class C>
NestedFlowResult solve_nested(const BasicNestedFlowProblem<C>& problem, NestedFlowMethod method,
                              const NestedFlowStart* start, const Stop& stop, const Progress& progress,
                              VectorLevel level = best_vector_level(), const NestedSiftSizes& sizes = {});

}  // namespace countyplan::detail
