// The digests of the integer solvers' answers to seeded problems, and the totals of those that use fractions.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include <countyplan/solve/impl/vector_level.hpp>

namespace same_bytes {

/// A name and a digest each; 0 where an answer does not stand its own check.
using Digests = std::vector<std::pair<std::string, std::uint64_t>>;

/// Solved on so many threads at once. One source file each, so that none takes long to compile.
Digests assignment_digests(countyplan::detail::VectorLevel level, unsigned threads);
Digests sparse_assignment_digests(unsigned threads);
Digests flow_digests(unsigned threads);
Digests leximin_digests(unsigned threads);
Digests path_digests(unsigned threads);
/// `nested_flow.totals` are facts of the problems; `nested_flow.answers` are one choice among equals.
Digests nested_flow_digests(countyplan::detail::VectorLevel level, unsigned threads);

/// Objective and bound of linear and mixed-integer programs; not a number where an answer does not stand its check.
std::vector<std::pair<std::string, double>> linear_totals();

}  // namespace same_bytes
