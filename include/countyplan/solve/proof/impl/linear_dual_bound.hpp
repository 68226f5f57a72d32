// Which bound do row multipliers of a linear program prove, exactly?
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <countyplan/scalar/number.hpp>
#include <countyplan/solve/messages.hpp>
#include <countyplan/solve/proof/impl/exact_sum.hpp>
#include <countyplan/solve/proof/linear_program.hpp>
#include <countyplan/solve/proof/refusal.hpp>

namespace countyplan::detail {

inline Verdict check_finite(double found, double most, std::string place) {
    if (found >= -most && found <= most) return {};
    return refuse({message::solve_out_of_range, {to_text(found), to_text(-most), to_text(most)}}, std::move(place));
}

/// A number over a denominator, rounded down.
inline double divided(double number, double denominator) {
    if (denominator == 1.0 || number == 0.0) return number;
    return std::nextafter(number / denominator, -LinearProgram::infinity);
}

/// The bound that row multipliers prove, times `factor`, which is theirs: the costs count so often.
class DualBound {
  public:
    DualBound(const LinearProgram& problem, std::span<const double> multiplier, double factor)
        : problem_(problem), multiplier_(multiplier), factor_(factor) {}

    /// Fills `bound()`; refuses if some part needs an infinite bound. `visit(column, reduced cost as ExactSum)`.
    template <class Visit>
    Verdict compute(const Visit& visit) {
        if (Verdict v = check_length(multiplier_.size(), problem_.rows(), "row_dual"); !v.accepted) return v;
        constexpr double most = std::numeric_limits<double>::max();
        if (!(factor_ >= 0.0 && factor_ <= most)) {
            return refuse({message::solve_out_of_range, {to_text(factor_), "0", to_text(most)}}, "denominator");
        }
        for (std::size_t i = 0; i < problem_.rows(); ++i) {
            const double y = multiplier_[i];
            if (Verdict v = check_finite(y, most, indexed("row_dual", i)); !v.accepted) return v;
            if (y == 0.0) continue;
            const double used = y > 0.0 ? problem_.row_lower[i] : problem_.row_upper[i];
            if (std::isinf(used)) return refuse(message::proof_bound_missing, indexed("row_dual", i));
            total_.add(y, used);
        }
        for (std::size_t j = 0; j < problem_.columns(); ++j) {
            reduced_.clear();
            reduced_.add(problem_.cost[j], factor_);
            for (std::size_t k = problem_.first[j]; k < problem_.first[j + 1]; ++k)
                reduced_.subtract(problem_.value[k], multiplier_[problem_.row[k]]);
            visit(j, reduced_);
            const int sign = reduced_.sign();
            if (sign == 0) continue;
            double used = sign > 0 ? problem_.lower[j] : problem_.upper[j];
            if (std::isinf(used)) used = implied_bound(j, sign > 0);
            if (std::isinf(used)) return refuse(message::proof_bound_missing, indexed("column", j));
            if (used == 0.0) continue;
            total_.add(problem_.cost[j], factor_, used);
            for (std::size_t k = problem_.first[j]; k < problem_.first[j + 1]; ++k)
                total_.subtract(problem_.value[k], multiplier_[problem_.row[k]], used);
        }
        return {};
    }

    [[nodiscard]] const ExactSum& bound() const { return total_; }

  private:
    /// A bound of the column that one row and the bounds of its other columns imply, rounded outwards; the best
    /// of all rows, infinite if there is none.
    double implied_bound(std::size_t j, bool lower) {
        if (row_first_.empty()) transpose();
        double best = lower ? -LinearProgram::infinity : LinearProgram::infinity;
        for (std::size_t k = problem_.first[j]; k < problem_.first[j + 1]; ++k) {
            const double a = problem_.value[k];
            const std::size_t i = problem_.row[k];
            if (a == 0.0) continue;
            // x >= (L - most of the others) / a if a > 0, x >= (U - least of the others) / a if a < 0, and so on
            const bool from_lower = lower == (a > 0.0);
            const double side = from_lower ? problem_.row_lower[i] : problem_.row_upper[i];
            if (std::isinf(side)) continue;
            if (!rest_of_row(i, j, side, from_lower)) continue;
            const double rest = from_lower ? rest_.rounded_down() : rest_.rounded_up();
            if (lower) {
                best = std::max(best, std::nextafter(rest / a, -LinearProgram::infinity));
            } else {
                best = std::min(best, std::nextafter(rest / a, LinearProgram::infinity));
            }
        }
        return best;
    }

    /// side - (the most or least that the other columns give to row i); false if that is infinite.
    bool rest_of_row(std::size_t i, std::size_t j, double side, bool most) {
        rest_.clear();
        rest_.add(side);
        for (std::size_t t = row_first_[i]; t < row_first_[i + 1]; ++t) {
            const std::size_t other = row_column_[t];
            const double b = row_value_[t];
            if (other == j || b == 0.0) continue;
            const double used = most == (b > 0.0) ? problem_.upper[other] : problem_.lower[other];
            if (std::isinf(used)) return false;
            rest_.subtract(b, used);
        }
        return true;
    }

    void transpose() {
        row_first_.assign(problem_.rows() + 1, 0);
        for (const std::uint32_t i : problem_.row)
            ++row_first_[i + 1];
        for (std::size_t i = 0; i < problem_.rows(); ++i)
            row_first_[i + 1] += row_first_[i];
        row_column_.resize(problem_.row.size());
        row_value_.resize(problem_.row.size());
        std::vector<std::size_t> next(row_first_.begin(), row_first_.end() - 1);
        for (std::size_t j = 0; j < problem_.columns(); ++j) {
            for (std::size_t k = problem_.first[j]; k < problem_.first[j + 1]; ++k) {
                const std::size_t at = next[problem_.row[k]]++;
                row_column_[at] = static_cast<std::uint32_t>(j);
                row_value_[at] = problem_.value[k];
            }
        }
    }

    const LinearProgram& problem_;
    std::span<const double> multiplier_;
    double factor_;
    ExactSum total_, reduced_, rest_;
    std::vector<std::size_t> row_first_;  ///< rows of the matrix, once they are needed
    std::vector<std::uint32_t> row_column_;
    std::vector<double> row_value_;
};

}  // namespace countyplan::detail
