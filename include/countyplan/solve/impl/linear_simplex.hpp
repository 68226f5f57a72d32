// How does the simplex method walk from corner to corner?
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

#include <countyplan/solve/impl/linear_basis.hpp>
#include <countyplan/solve/impl/linear_ratio.hpp>
#include <countyplan/solve/proof/linear_program.hpp>
#include <countyplan/solve/watch.hpp>

namespace countyplan::detail {

/// Why a walk ended.
enum class WalkEnd { optimal, infeasible, unbounded, stopped, stuck };

/// The simplex method on `A x - s = 0`: variables `0 … columns-1` are the columns, `columns + i` the value of
/// row i. Public fields are the corner it stands on.
class LinearWalk {
  public:
    SparseColumns matrix = {};
    std::vector<double> lower = {}, upper = {};  ///< per variable
    std::vector<double> cost = {};               ///< per variable; 0 for rows
    std::vector<double> shift = {};              ///< added to cost, also while infeasible
    std::vector<BasisStatus> status = {};
    std::vector<double> x = {};
    std::vector<double> dual = {};       ///< per row; of the infeasibilities where the walk ended infeasible
    std::vector<double> direction = {};  ///< per variable, where it ended unbounded
    double dual_tolerance = 1e-9;        ///< on reduced costs
    std::int64_t steps = 0;

    LinearWalk(std::size_t rows, std::size_t columns, std::size_t refactor_after, Watch& watch)
        : rows_(rows),
          columns_(columns),
          refactor_after_(refactor_after),
          watch_(watch),
          ratio_(lower, upper, x, head_) {}
    LinearWalk(const LinearWalk&) = delete;
    LinearWalk& operator=(const LinearWalk&) = delete;

    [[nodiscard]] std::size_t variables() const { return rows_ + columns_; }
    [[nodiscard]] bool feasible() const { return feasible_; }

    /// After the fields are set: makes the statuses those of a basis.
    void start() {
        transpose();
        cost.resize(variables(), 0.0);
        shift.assign(variables(), 0.0);
        x.assign(variables(), 0.0);
        reduced_.assign(variables(), 0.0);
        weight_.assign(variables(), 1.0);
        row_values_.assign(variables(), 0.0);
        std::vector<std::uint32_t> wanted;
        for (std::size_t j = 0; j < variables(); ++j) {
            if (status[j] == BasisStatus::basic) wanted.push_back(static_cast<std::uint32_t>(j));
        }
        factor_.emplace(matrix, rows_);
        head_ = wanted;
        if (wanted.size() != rows_ || !factor_->factor(head_)) mend();
        place_all();
    }

    /// From the corner where it stands to a best one.
    WalkEnd primal(std::int64_t most_steps, const auto& report) {
        std::int64_t still = 0;      // steps of length 0 in a row
        std::size_t refactored = 0;  // in a row without a step
        std::fill(weight_.begin(), weight_.end(), 1.0);
        for (;;) {
            if (factor_->exchanges() >= refactor_after_ && !refactor()) return WalkEnd::stuck;
            if (!fresh_duals_) price_all();
            if (watch_.spend(static_cast<std::int64_t>(matrix.index.size() / 2 + 8 * variables() + 20 * rows_)) ||
                watch_.exhausted(steps)) {
                return WalkEnd::stopped;
            }
            watch_.report(report);
            if (steps >= most_steps) return WalkEnd::stuck;
            const bool careful = still > static_cast<std::int64_t>(200 + rows_ / 2);
            const std::size_t entering = choose_entering(careful);
            if (entering == none) {
                if (factor_->exchanges() > 0 || !exact_duals_) {
                    if (++refactored > 5) return WalkEnd::stuck;
                    if (!refactor()) return WalkEnd::stuck;
                    continue;
                }
                return feasible_ ? WalkEnd::optimal : WalkEnd::infeasible;
            }
            const double way = reduced_[entering] > 0.0 ? -1.0 : 1.0;
            load(entering, column_);
            factor_->solve(column_);
            const LinearMove move = feasible_ ? ratio_.harris(entering, way, careful, column_)
                                              : ratio_.breakpoints(entering, way, reduced_[entering], column_);
            if (move.place == rows_ && std::isinf(move.length)) {
                if (factor_->exchanges() > 0) {
                    if (!refactor()) return WalkEnd::stuck;
                    if (++refactored > 5) return WalkEnd::stuck;
                    continue;
                }
                if (!feasible_) {  // the sum of infeasibilities cannot fall for ever: this price is noise
                    if (weight_[entering] == ignored) return WalkEnd::stuck;
                    weight_[entering] = ignored;
                    continue;
                }
                set_direction(entering, way);
                return WalkEnd::unbounded;
            }
            refactored = 0;
            still = move.length > 1e-12 ? 0 : still + 1;
            ++steps;
            if (!take(entering, way, move)) return WalkEnd::stuck;
        }
    }

    /// A new try where a walk got stuck: independent columns of the same corner, or else the rows alone, and fewer
    /// exchanges between two factorisations.
    void restart() {
        refactor_after_ = std::max<std::size_t>(refactor_after_ / 4, 1);
        mend();
        if (!sound_) {
            for (std::size_t i = 0; i < rows_; ++i)
                head_[i] = static_cast<std::uint32_t>(columns_ + i);
            mend();
        }
        place_all();
    }

    /// Reduced costs and duals anew after costs or shifts have changed.
    void reprice() { fresh_duals_ = false; }

    /// Computes duals for the true costs where the walk stands, feasible or not.
    void price_true_costs() { price_all(true); }

  private:
    static constexpr std::size_t none = static_cast<std::size_t>(-1);
    static constexpr double ignored = 1e300;  ///< the weight of a column that cannot enter

    void transpose() {
        row_.first.assign(rows_ + 1, 0);
        for (const std::uint32_t i : matrix.index)
            ++row_.first[i + 1];
        for (std::size_t i = 0; i < rows_; ++i)
            row_.first[i + 1] += row_.first[i];
        row_.index.resize(matrix.index.size());
        row_.value.resize(matrix.index.size());
        std::vector<std::size_t> next(row_.first.begin(), row_.first.end() - 1);
        for (std::size_t j = 0; j < columns_; ++j) {
            for (std::size_t t = matrix.first[j]; t < matrix.first[j + 1]; ++t) {
                const std::size_t at = next[matrix.index[t]]++;
                row_.index[at] = static_cast<std::uint32_t>(j);
                row_.value[at] = matrix.value[t];
            }
        }
    }

    /// Replaces what is no basis by independent columns.
    void mend() {
        std::vector<std::uint32_t> wanted;
        for (const std::uint32_t j : head_)
            wanted.push_back(j);
        head_ = independent_columns(matrix, rows_, wanted);
        for (std::size_t j = 0; j < variables(); ++j) {
            if (status[j] == BasisStatus::basic) status[j] = BasisStatus::at_lower;
        }
        for (const std::uint32_t j : head_)
            status[j] = BasisStatus::basic;
        sound_ = factor_->factor(head_);
    }

    /// Puts each nonbasic variable at a bound it has, then computes the basic ones.
    void place_all() {
        for (std::size_t j = 0; j < variables(); ++j) {
            if (status[j] == BasisStatus::basic) continue;
            const bool low = !std::isinf(lower[j]), high = !std::isinf(upper[j]);
            if (status[j] == BasisStatus::at_upper && high) {
                x[j] = upper[j];
            } else if (low && (status[j] != BasisStatus::at_zero || !high || lower[j] > -upper[j])) {
                status[j] = BasisStatus::at_lower;
                x[j] = lower[j];
            } else if (high) {
                status[j] = BasisStatus::at_upper;
                x[j] = upper[j];
            } else {
                status[j] = BasisStatus::at_zero;
                x[j] = 0.0;
            }
        }
        place_basics();
    }

    /// x of the basic variables from A x - s = 0, with one step of refinement.
    void place_basics() {
        for (std::size_t k = 0; k < rows_; ++k)
            x[head_[k]] = 0.0;
        for (int round = 0; round < 2; ++round) {
            column_.assign(rows_, 0.0);
            for (std::size_t j = 0; j < columns_; ++j) {
                if (x[j] == 0.0) continue;
                for (std::size_t t = matrix.first[j]; t < matrix.first[j + 1]; ++t)
                    column_[matrix.index[t]] -= matrix.value[t] * x[j];
            }
            for (std::size_t i = 0; i < rows_; ++i)
                column_[i] += x[columns_ + i];
            factor_->solve(column_);
            for (std::size_t k = 0; k < rows_; ++k)
                x[head_[k]] += column_[k];
        }
        fresh_duals_ = false;
    }

    bool refactor() {
        if (!factor_->factor(head_)) mend();
        if (!sound_) return false;
        place_all();
        return true;
    }

    /// Whether basics are within bounds, then duals and reduced costs for the costs that matter then.
    void price_all(bool as_if_feasible = false) {
        std::vector<double>& c = row_values_;
        feasible_ = true;
        for (std::size_t k = 0; k < rows_; ++k)
            feasible_ = feasible_ && ratio_.outside(head_[k]) == 0.0;
        const bool true_costs = feasible_ || as_if_feasible;
        for (std::size_t j = 0; j < variables(); ++j)
            c[j] = shift[j] + (true_costs ? cost[j] : 0.0);
        if (!true_costs) {
            for (std::size_t k = 0; k < rows_; ++k)
                c[head_[k]] += ratio_.outside(head_[k]);
        }
        dual.resize(rows_);
        for (std::size_t k = 0; k < rows_; ++k)
            dual[k] = c[head_[k]];
        factor_->solve_transposed(dual);
        if (factor_->exchanges() == 0) {  // one step of refinement, where conclusions are drawn
            std::vector<double>& rest = column_;
            rest.assign(rows_, 0.0);
            for (std::size_t k = 0; k < rows_; ++k)
                rest[k] = c[head_[k]] - times(head_[k], dual);
            factor_->solve_transposed(rest);
            for (std::size_t i = 0; i < rows_; ++i)
                dual[i] += rest[i];
        }
        for (std::size_t j = 0; j < variables(); ++j)
            reduced_[j] = status[j] == BasisStatus::basic ? 0.0 : c[j] - times(j, dual);
        fresh_duals_ = true;
        exact_duals_ = true;
    }

    [[nodiscard]] double times(std::size_t j, const std::vector<double>& y) const {
        if (j >= columns_) return -y[j - columns_];
        double sum = 0.0;
        for (std::size_t t = matrix.first[j]; t < matrix.first[j + 1]; ++t)
            sum += matrix.value[t] * y[matrix.index[t]];
        return sum;
    }

    void load(std::size_t j, std::vector<double>& v) const {
        v.assign(rows_, 0.0);
        if (j >= columns_) {
            v[j - columns_] = -1.0;
            return;
        }
        for (std::size_t t = matrix.first[j]; t < matrix.first[j + 1]; ++t)
            v[matrix.index[t]] = matrix.value[t];
    }

    /// The largest Devex price, or the first candidate where careful.
    [[nodiscard]] std::size_t choose_entering(bool careful) const {
        std::size_t best = none;
        double most = 0.0;
        for (std::size_t j = 0; j < variables(); ++j) {
            const double d = reduced_[j];
            if (std::abs(d) <= dual_tolerance || status[j] == BasisStatus::basic) continue;
            if (lower[j] == upper[j]) continue;
            if (status[j] == BasisStatus::at_lower && d > 0.0) continue;
            if (status[j] == BasisStatus::at_upper && d < 0.0) continue;
            if (careful) return j;
            const double price = d * d / weight_[j];
            if (price > most) {
                most = price;
                best = j;
            }
        }
        return best;
    }

    void set_direction(std::size_t entering, double way) {
        direction.assign(variables(), 0.0);
        direction[entering] = way;
        for (std::size_t k = 0; k < rows_; ++k)
            direction[head_[k]] = std::abs(column_[k]) > RatioTest::least_pivot ? -way * column_[k] : 0.0;
    }

    /// Moves, and exchanges the two variables unless it is a flip. False if the basis fell apart.
    bool take(std::size_t entering, double way, const LinearMove& move) {
        for (std::size_t k = 0; k < rows_; ++k)
            x[head_[k]] -= way * move.length * column_[k];
        if (move.place == rows_) {
            status[entering] = way > 0.0 ? BasisStatus::at_upper : BasisStatus::at_lower;
            x[entering] = way > 0.0 ? upper[entering] : lower[entering];
            if (!feasible_) fresh_duals_ = false;
            return true;
        }
        const std::size_t leaving = head_[move.place];
        const double pivot = column_[move.place];
        if (feasible_) {
            update_prices(entering, leaving, move.place, pivot);
        } else {
            weight_[leaving] = std::max(weight_[entering] / (pivot * pivot), 1.0);
            fresh_duals_ = false;
        }
        x[entering] += way * move.length;
        status[entering] = BasisStatus::basic;
        status[leaving] = move.to_upper ? BasisStatus::at_upper : BasisStatus::at_lower;
        x[leaving] = move.to_upper ? upper[leaving] : lower[leaving];
        factor_->exchange(column_, move.place);
        head_[move.place] = static_cast<std::uint32_t>(entering);
        if (std::abs(pivot) < 1e-6) return refactor();
        return true;
    }

    /// Reduced costs and Devex weights after an exchange, along the row of the leaving variable.
    void update_prices(std::size_t entering, std::size_t leaving, std::size_t place, double pivot) {
        compute_row(place);
        const double step = reduced_[entering] / pivot;
        const double reference = weight_[entering];
        const auto update = [&](std::size_t j) {
            const double a = row_values_[j];
            row_values_[j] = 0.0;
            if (a == 0.0 || status[j] == BasisStatus::basic) return;
            reduced_[j] -= step * a;
            weight_[j] = std::max(weight_[j], a / pivot * (a / pivot) * reference);
        };
        for (const std::uint32_t j : touched_)
            update(j);
        reduced_[entering] = 0.0;
        reduced_[leaving] = -step;
        weight_[leaving] = std::max(reference / (pivot * pivot), 1.0);
        exact_duals_ = false;
    }

    /// Row `place` of B^-1 A over all variables into row_values_, the variables met into touched_.
    void compute_row(std::size_t place) {
        rho_.assign(rows_, 0.0);
        rho_[place] = 1.0;
        factor_->solve_transposed(rho_);
        std::fill(row_values_.begin(), row_values_.end(), 0.0);
        touched_.clear();
        for (std::size_t i = 0; i < rows_; ++i) {
            const double r = rho_[i];
            if (std::abs(r) < 1e-14) continue;
            for (std::size_t t = row_.first[i]; t < row_.first[i + 1]; ++t) {
                const std::uint32_t j = row_.index[t];
                if (row_values_[j] == 0.0) touched_.push_back(j);
                row_values_[j] += r * row_.value[t];
            }
            row_values_[columns_ + i] = -r;
            touched_.push_back(static_cast<std::uint32_t>(columns_ + i));
        }
    }

    std::size_t rows_;
    std::size_t columns_;
    std::size_t refactor_after_;
    Watch& watch_;
    SparseColumns row_ = {};  ///< the matrix by rows
    std::optional<BasisFactor> factor_ = std::nullopt;
    std::vector<std::uint32_t> head_ = {};  ///< the basic variables
    std::vector<double> reduced_ = {}, weight_ = {}, row_values_ = {}, column_ = {}, rho_ = {};
    std::vector<std::uint32_t> touched_ = {};
    RatioTest ratio_;
    bool feasible_ = false;
    bool fresh_duals_ = false;
    bool exact_duals_ = false;
    bool sound_ = true;
};

}  // namespace countyplan::detail
