// How is CBC asked for the whole numbers of a mixed_integer problem?
#pragma once

#include <countyplan/solve/mixed_integer.hpp>

namespace countyplan {

/// COIN-OR branch and cut on one thread: `solve(problem, cbc_backend())`. Part of the component `mip`. Silent.
/// Looks at token and clock between simplex iterations and between nodes; a stop waits for what lies between two
/// looks, at worst one factorisation or one round of cuts. Answers to the same problem and step limit are the same.
/// Thread-safe: each call has a solver of its own. Throws `InvalidProblem` if the matrix has more entries than CBC
/// can count (2^31 - 1), `std::bad_alloc` where memory ends.
/// Forrest & Lougee-Heimer, CBC User Guide (2005).
[[nodiscard]] MixedIntegerBackend cbc_backend();

}  // namespace countyplan
