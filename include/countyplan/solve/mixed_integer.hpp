// Which best point with whole numbers does an outside solver find, and what of it is proved?
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <countyplan/solve/linear_program.hpp>
#include <countyplan/solve/observer.hpp>
#include <countyplan/solve/proof/mixed_integer.hpp>
#include <countyplan/solve/stop.hpp>

namespace countyplan {

struct MixedIntegerOptions {
    double relative_gap = 0.0;  ///< the back end may stop at this gap over |objective|; 0 or more, finite
    /// Pivots spent on a root bound of our own before the back end starts; 0 or more.
    std::int64_t root_steps = 20'000;

    friend bool operator==(const MixedIntegerOptions&, const MixedIntegerOptions&) = default;
};

/// What a back end found; in the problem's sense. Nothing in it need be right.
struct BackendAnswer {
    Termination termination = Termination::unknown;
    Cause cause = Cause::steps;                  ///< where the termination is feasible or unknown
    std::vector<double> x = {};                  ///< whole to a tolerance; empty if none
    std::optional<double> bound = std::nullopt;  ///< no point is better, on its word
    std::vector<double> root_dual = {};          ///< of the relaxation that is minimised; empty if unknown
    std::int64_t steps = 0;
};

/// The seam for an outside solver: a name for its word, and a function that solves a legal problem within the
/// limits of `stop`, looking at its token as often as it can. examples/mip_backend shows one.
struct MixedIntegerBackend {
    std::string name;
    std::function<BackendAnswer(const MixedIntegerProgram&, const MixedIntegerOptions&, const Stop&, const Progress&)>
        run;
};

/// Solves with the help of `backend` and shows what can be shown: the point is rounded and checked exactly, the
/// bound of the relaxation is proved exactly, what lies between is called claimed_by_backend. Columns that may be
/// fractions are fitted anew to the rounded ones where rounding broke a row.
/// A step is a node of the back end. Throws `InvalidProblem` if problem or options are not as described, or if the
/// back end has no function; what the back end throws passes through. Returns within 50 ms of a stop outside the
/// back end, inside as soon as that looks. Thread-safe if the back end is.
[[nodiscard]] MixedIntegerResult solve(const MixedIntegerProgram& problem, const MixedIntegerBackend& backend,
                                       const MixedIntegerOptions& options = {}, const Stop& stop = {},
                                       const Progress& progress = {});

/// Rows and columns' bounds that together leave no point, each of them needed for that.
struct InfeasibleSubset {
    std::vector<std::uint32_t> rows = {};     ///< ascending
    std::vector<std::uint32_t> columns = {};  ///< those whose bounds are needed, ascending
    bool irreducible = false;                 ///< whether every member was tried; false after a stop
    Claim claim = Claim::estimate;            ///< proved if `ray` shows it, else claimed_by_backend
    FarkasRay ray = {};                       ///< for `keep_only(problem, subset)`; empty unless proved

    friend bool operator==(const InfeasibleSubset&, const InfeasibleSubset&) = default;
};

/// The problem without the rows' and columns' bounds that are not in the subset.
[[nodiscard]] MixedIntegerProgram keep_only(const MixedIntegerProgram& problem, const InfeasibleSubset& subset);

/// Finds such a subset by deletion (Chinneck & Dravnieks, ORSA J. on Computing 3 (1991)): each member is left out
/// in turn, and stays out if there is still no point. Starts from the support of a FarkasRay where the relaxation
/// is infeasible, and then asks the back end nothing. Nothing if the problem is not shown infeasible.
/// At most rows + columns solves.
[[nodiscard]] std::optional<InfeasibleSubset> infeasible_subset(const MixedIntegerProgram& problem,
                                                                const MixedIntegerBackend& backend,
                                                                const MixedIntegerOptions& options = {},
                                                                const Stop& stop = {});

}  // namespace countyplan

#if !defined(COUNTYPLAN_SEPARATE) || defined(COUNTYPLAN_BODIES_MIXED_INTEGER)
#include <countyplan/solve/impl/mixed_integer.hpp>
#endif
