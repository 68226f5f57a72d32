// What is the least value of a linear function under linear inequalities, with a proof?
#pragma once

#include <cstdint>

#include <countyplan/solve/observer.hpp>
#include <countyplan/solve/proof/linear_program.hpp>
#include <countyplan/solve/stop.hpp>

namespace countyplan {

struct LinearProgramOptions {
    /// Pivots between two factorisations of the basis, at least 1. May change the corner found among ties.
    std::int32_t refactor_after = 64;

    friend bool operator==(const LinearProgramOptions&, const LinearProgramOptions&) = default;
};

/// Linear programming by the bounded-variable revised simplex method, in doubles, with a proof in exact
/// arithmetic: an answer is called proved only if the checker says so. Infeasible goes before unbounded.
/// A step is one pivot or bound flip; the method gives up, with the cause `steps`, after
/// 50,000 + 100 * (rows + columns) of them.
/// Throws `InvalidProblem` if problem or options are not as described; never for infeasibility.
/// Meant for some thousands of rows and any number of columns that fits; time per step O(entries) at worst,
/// memory beside problem and answer about 40 bytes per entry and 150 per row and column.
/// Deterministic: same problem, options and step limit give the same result with one compiler; across
/// compilers objective and bound agree to 1e-9. Thread-safe.
/// Method: Devex pricing, Harris, Math. Programming 5 (1973); bound flipping, Maros, *Computational Techniques of
/// the Simplex Method* (2003); Bland's rule where steps stay at 0, Math. of Operations Research 2 (1977).
[[nodiscard]] LinearProgramResult solve(const LinearProgram& problem, const LinearProgramOptions& options = {},
                                        const Stop& stop = {}, const Progress& progress = {});

/// As `solve`, but from the basis of a similar problem, which may have had fewer columns and rows: what is new
/// is expected at the end. Any basis is a legal start; statuses that do not fit are mended. Throws
/// `InvalidProblem` also if the start has more columns or rows than the problem.
[[nodiscard]] LinearProgramResult solve_from(const LinearProgram& problem, const LinearBasis& start,
                                             const LinearProgramOptions& options = {}, const Stop& stop = {},
                                             const Progress& progress = {});

}  // namespace countyplan

#if !defined(COUNTYPLAN_SEPARATE) || defined(COUNTYPLAN_BODIES_LINEAR_PROGRAM)
#include <countyplan/solve/impl/linear_program.hpp>
#endif
