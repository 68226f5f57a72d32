// Is this a best point with whole numbers under linear inequalities, and on whose word?
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include <countyplan/scalar/enumerator.hpp>
#include <countyplan/solve/proof/linear_program.hpp>
#include <countyplan/solve/proof/verdict.hpp>
#include <countyplan/solve/termination.hpp>

namespace countyplan {

enum class Sense : std::uint8_t { minimise, maximise };

template <>
struct Enumerators<Sense> {
    static constexpr MessageText words[] = {
        {"minimise", "最小化", "minimise"},
        {"maximise", "最大化", "maximise"},
    };
};

/// A linear program of which some columns must be whole numbers. Formulae: docs/math/mixed_integer.md.
struct MixedIntegerProgram {
    LinearProgram linear = {};                  ///< without the whole numbers; its cost counts in `sense`
    std::vector<std::uint8_t> is_integer = {};  ///< per column: 1 if it must be whole, else 0
    Sense sense = Sense::minimise;

    friend bool operator==(const MixedIntegerProgram&, const MixedIntegerProgram&) = default;
};

/// What belongs to each termination:
/// - optimal: x, objective, bound, gap; cause proved; claim proved if the bound is the proved one, else
///   claimed_by_backend. The gap is at most `LinearProgram::tolerance * max(1, |objective|)`
/// - feasible: x and objective; bound and gap where there is a bound, then claim bounded if it is the proved one,
///   else claimed_by_backend; without a bound claim feasible
/// - infeasible: claim proved with a FarkasRay of `linear`, else claimed_by_backend without; cause proved
/// - unbounded: nothing but the back end's word; cause proved, claim claimed_by_backend
/// - unknown: bound where there is one, then claim bounded or claimed_by_backend as above, else estimate
/// feasible and unknown have the cause time, steps or cancelled.
/// Wherever `root_bound` is set the certificate is RowDuals of the relaxation. The *proved bound* is `root_bound`,
/// moved to the next whole number where all costs are whole and stand at whole columns. A bound beyond it is the
/// back end's word.
/// x is whole where it must be, keeps the bounds of columns exactly, and rows of whole entries and bounds at whole
/// columns exactly; other rows as in LinearProgramResult.
struct MixedIntegerResult {
    Termination termination = Termination::unknown;
    Cause cause = Cause::cancelled;
    Claim claim = Claim::estimate;
    std::string backend = {};                         ///< whose word `claimed_by_backend` is; empty if none was asked
    std::vector<double> x = {};                       ///< per column
    std::optional<double> objective = std::nullopt;   ///< the exact `cost * x`, rounded to the worse side
    std::optional<double> bound = std::nullopt;       ///< no feasible point is better
    std::optional<double> gap = std::nullopt;         ///< `|objective - bound|`
    std::optional<double> root_bound = std::nullopt;  ///< of the relaxation, exact, rounded to the safe side
    std::variant<std::monostate, RowDuals, FarkasRay> certificate = {};
    std::int64_t steps = 0;  ///< nodes, or what the back end counts

    friend bool operator==(const MixedIntegerResult&, const MixedIntegerResult&) = default;
};

/// The linear program to minimise whose least value bounds the problem: costs negated if they are maximised.
[[nodiscard]] LinearProgram relaxation(const MixedIntegerProgram& problem);

/// A bound of the relaxation, in the problem's sense, moved to the next whole number where every objective is whole.
[[nodiscard]] double whole_bound(const MixedIntegerProgram& problem, double bound);

/// Whether x is a point as MixedIntegerResult describes it; if not, what fails first. Exact sums. O(entries).
[[nodiscard]] Verdict examine_point(const MixedIntegerProgram& problem, const std::vector<double>& x);

/// Whether `problem` is as its struct describes it; if not, what is wrong first. O(entries).
[[nodiscard]] Verdict examine(const MixedIntegerProgram& problem);

/// Whether `result` shows what it says about `problem`, as far as its claim goes: what rests on the back end's word
/// is checked for form and for agreement with what is proved. Places as for LinearProgram, and `gap`, `root_bound`,
/// `backend`. O(entries).
[[nodiscard]] Verdict examine(const MixedIntegerProgram& problem, const MixedIntegerResult& result);

/// `examine(problem, result).accepted`.
[[nodiscard]] bool verify(const MixedIntegerProgram& problem, const MixedIntegerResult& result);

}  // namespace countyplan

#if !defined(COUNTYPLAN_SEPARATE) || defined(COUNTYPLAN_BODIES_MIXED_INTEGER)
#include <countyplan/solve/proof/impl/mixed_integer.hpp>
#endif
