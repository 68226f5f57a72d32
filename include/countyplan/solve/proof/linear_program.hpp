// Is this the least value of a linear function under linear inequalities?
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <variant>
#include <vector>

#include <countyplan/scalar/enumerator.hpp>
#include <countyplan/solve/proof/verdict.hpp>
#include <countyplan/solve/termination.hpp>

namespace countyplan {

/// Minimise `cost * x` subject to `row_lower <= A x <= row_upper` and `lower <= x <= upper`. A is stored by
/// columns: column j holds `value[k]` in row `row[k]` for `first[j] <= k < first[j + 1]`; a row at most once
/// per column, in any order. A lower bound may be `-infinity`, an upper bound `infinity`; all other numbers
/// are finite and at most `max_magnitude` in size. To maximise, negate `cost`.
/// Formulae: docs/math/linear_program.md.
struct LinearProgram {
    static constexpr double infinity = std::numeric_limits<double>::infinity();
    static constexpr double max_magnitude = 1e100;
    /// How far an answer may be off, as documented on the checks below. Everything else is exact.
    static constexpr double tolerance = 1e-8;

    std::vector<double> cost = {};         ///< per column
    std::vector<double> lower = {};        ///< per column
    std::vector<double> upper = {};        ///< per column, at least `lower`
    std::vector<double> row_lower = {};    ///< per row
    std::vector<double> row_upper = {};    ///< per row, at least `row_lower`
    std::vector<std::size_t> first = {0};  ///< columns + 1 entries
    std::vector<std::uint32_t> row = {};   ///< per entry
    std::vector<double> value = {};        ///< per entry

    [[nodiscard]] std::size_t rows() const { return row_lower.size(); }
    [[nodiscard]] std::size_t columns() const { return cost.size(); }

    friend bool operator==(const LinearProgram&, const LinearProgram&) = default;
};

/// Where a column, or the value of a row, stands in a basis.
enum class BasisStatus : std::uint8_t {
    at_lower,
    at_upper,
    basic,    ///< determined by the others; as many of these as there are rows
    at_zero,  ///< neither basic nor bounded
};

template <>
struct Enumerators<BasisStatus> {
    static constexpr MessageText words[] = {
        {"at_lower", "取下界", "at its lower bound"},
        {"at_upper", "取上界", "at its upper bound"},
        {"basic", "基变量", "basic"},
        {"at_zero", "取零", "at zero"},
    };
};

/// A corner of the feasible set, or of its surroundings. Good as a start for a similar problem; as such it may
/// be shorter than the problem: new columns start at a bound, new rows basic.
struct LinearBasis {
    std::vector<BasisStatus> column = {};
    std::vector<BasisStatus> row = {};

    friend bool operator==(const LinearBasis&, const LinearBasis&) = default;
};

/// Proof of a bound, one multiplier per row: above 0 it uses `row_lower`, below 0 `row_upper`. The reduced cost
/// `cost - A^T value` of a column uses `lower` where above 0 and `upper` where below 0; a bound that is needed
/// and infinite is replaced by the one that a single row and the other columns' bounds imply, if any.
/// The bound is `sum value * (row bound used) + sum reduced cost * (column bound used)`. So that thirds are exact
/// too, the multiplier of row i is `value[i] / denominator`.
struct RowDuals {
    std::vector<double> value = {};
    double denominator = 1.0;  ///< above 0

    [[nodiscard]] double of(std::size_t row) const { return value[row] / denominator; }

    friend bool operator==(const RowDuals&, const RowDuals&) = default;
};

/// Proof of infeasibility: multipliers whose bound, as of RowDuals but with all costs 0, is above 0
/// (Farkas, 1902).
struct FarkasRay {
    std::vector<double> value = {};

    friend bool operator==(const FarkasRay&, const FarkasRay&) = default;
};

/// Proof of unboundedness beside a feasible point, one entry per column, none larger than 1 in size: no column
/// moves towards a finite bound, no row towards one by more than `tolerance * 1e-2` times the largest term of
/// its sum, and `cost * direction` is below `-tolerance` times its largest term.
struct PrimalRay {
    std::vector<double> direction = {};

    friend bool operator==(const PrimalRay&, const PrimalRay&) = default;
};

/// What belongs to each termination:
/// - optimal: x, objective, bound, RowDuals; cause and claim proved. Objective and bound differ by at most
///   `tolerance * max(1, |objective|)`
/// - infeasible: FarkasRay alone; cause and claim proved; goes before unbounded
/// - unbounded: x, objective, PrimalRay; cause and claim proved
/// - feasible: x and objective; bound and RowDuals if there is a bound, then claim bounded, else claim feasible
/// - unknown: neither x nor objective; bound and RowDuals if there is a bound, then claim bounded, else estimate
/// The last two have the cause time, steps or cancelled; `steps` also where rounding keeps the method from
/// settling the question.
/// x keeps the bounds of the columns exactly and those of the rows within `tolerance * max(1, |bound|, largest
/// term of the row's sum)`. Basis and reduced costs are for the caller's use; no proof rests on them.
struct LinearProgramResult {
    Termination termination = Termination::unknown;
    Cause cause = Cause::cancelled;
    Claim claim = Claim::estimate;
    std::vector<double> x = {};                      ///< per column
    std::optional<double> objective = std::nullopt;  ///< the exact `cost * x`, rounded up
    std::optional<double> bound = std::nullopt;      ///< the exact bound of the certificate, rounded down
    std::variant<std::monostate, RowDuals, FarkasRay, PrimalRay> certificate = {};
    std::vector<double> reduced_cost = {};  ///< per column, `cost - A^T value` rounded down; only beside RowDuals
    LinearBasis basis = {};                 ///< where the solve ended; empty if it never began
    std::int64_t steps = 0;                 ///< pivots and bound flips

    friend bool operator==(const LinearProgramResult&, const LinearProgramResult&) = default;
};

/// The bound of RowDuals, computed exactly and rounded down; `-infinity` if there is none, or if they are not one
/// number per row. The problem must be one that `examine` accepts. O(entries).
[[nodiscard]] double dual_bound(const LinearProgram& problem, const RowDuals& duals);

/// `cost * x`, computed exactly and rounded up; one finite number per column.
[[nodiscard]] double total_cost(const LinearProgram& problem, std::span<const double> x);

/// The reduced cost of each column, computed exactly and rounded down; one finite number per row.
[[nodiscard]] std::vector<double> reduced_costs(const LinearProgram& problem, const RowDuals& duals);

/// Whether `row_multiplier` is a FarkasRay of the problem; exact. As `dual_bound`.
[[nodiscard]] bool proves_infeasible(const LinearProgram& problem, std::span<const double> row_multiplier);

/// Whether `problem` is as its struct describes it; if not, what is wrong first. O(entries).
[[nodiscard]] Verdict examine(const LinearProgram& problem);

/// Whether `result` shows what it says about `problem`, from the definitions above; if not, which condition
/// fails first and where (`x[3]`, `row[2]`, `row_dual[5]`, `column[4]`, `objective`, `bound`, `ray`). All sums
/// are exact for any field values (doubles are binary fractions); shares no code with the solver. O(entries).
[[nodiscard]] Verdict examine(const LinearProgram& problem, const LinearProgramResult& result);

/// `examine(problem, result).accepted`.
[[nodiscard]] bool verify(const LinearProgram& problem, const LinearProgramResult& result);

}  // namespace countyplan

#if !defined(COUNTYPLAN_SEPARATE) || defined(COUNTYPLAN_BODIES_LINEAR_PROGRAM)
#include <countyplan/solve/proof/impl/linear_program.hpp>
#endif
