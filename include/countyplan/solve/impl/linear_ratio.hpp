// How far can a variable move until another one must stop it?
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

namespace countyplan::detail {

/// A step of the simplex method.
struct LinearMove {
    std::size_t place;  ///< of the leaving variable in the basis; their number for a bound flip
    double length;
    bool to_upper;  ///< the leaving variable stops at its upper bound
};

/// Looks at the corner through references, which must outlive it.
class RatioTest {
  public:
    static constexpr double least_pivot = 1e-9;

    RatioTest(const std::vector<double>& lower, const std::vector<double>& upper, const std::vector<double>& x,
              const std::vector<std::uint32_t>& head)
        : lower_(lower), upper_(upper), x_(x), head_(head) {}

    /// How far a variable may lie beyond this bound of it.
    static double allowance(double bound) { return 1e-9 * std::max(1.0, std::abs(bound)); }

    /// -1 below the lower bound, 1 above the upper one, beyond the allowance.
    [[nodiscard]] double outside(std::size_t j) const {
        if (x_[j] < lower_[j] - allowance(lower_[j])) return -1.0;
        if (x_[j] > upper_[j] + allowance(upper_[j])) return 1.0;
        return 0.0;
    }

    /// Harris' two passes; where careful, the exact least ratio with the lowest variable.
    [[nodiscard]] LinearMove harris(std::size_t entering, double way, bool careful,
                                    const std::vector<double>& column) const {
        double reach = std::numeric_limits<double>::infinity();
        const auto ratio = [&](std::size_t k, double slack) {
            const double rate = -way * column[k];
            const std::size_t j = head_[k];
            if (rate > least_pivot) return (upper_[j] - x_[j] + slack * allowance(upper_[j])) / rate;
            if (rate < -least_pivot) return (lower_[j] - x_[j] - slack * allowance(lower_[j])) / rate;
            return std::numeric_limits<double>::infinity();
        };
        for (std::size_t k = 0; k < head_.size(); ++k)
            reach = std::min(reach, ratio(k, careful ? 0.0 : 0.5));
        const double own = upper_[entering] - lower_[entering];
        LinearMove move{head_.size(), own, way > 0.0};
        if (own <= reach || std::isinf(reach)) return move;
        reach = std::max(reach, 0.0);
        double largest = 0.0;
        std::size_t lowest = std::numeric_limits<std::size_t>::max();
        for (std::size_t k = 0; k < head_.size(); ++k) {
            const double exact = ratio(k, 0.0);
            if (!(exact <= reach)) continue;
            const double size = std::abs(column[k]);
            if (careful ? head_[k] < lowest : size > largest) {
                lowest = head_[k];
                largest = size;
                move = {k, std::max(exact, 0.0), -way * column[k] > 0.0};
            }
        }
        return move;
    }

    /// While infeasible: as far as the sum of infeasibilities falls, through bounds where it pays.
    [[nodiscard]] LinearMove breakpoints(std::size_t entering, double way, double price,
                                         const std::vector<double>& column) {
        breakpoints_.clear();
        for (std::size_t k = 0; k < head_.size(); ++k) {
            const double rate = -way * column[k];
            if (std::abs(rate) <= least_pivot) continue;
            const std::size_t j = head_[k];
            const double out = outside(j);
            if (rate > 0.0) {
                if (out < 0.0) breakpoints_.push_back({(lower_[j] - x_[j]) / rate, k, false});
                if (out <= 0.0 && !std::isinf(upper_[j])) {
                    breakpoints_.push_back({std::max(upper_[j] - x_[j], 0.0) / rate, k, true});
                }
            } else {
                if (out > 0.0) breakpoints_.push_back({(upper_[j] - x_[j]) / rate, k, true});
                if (out >= 0.0 && !std::isinf(lower_[j])) {
                    breakpoints_.push_back({std::min(lower_[j] - x_[j], 0.0) / rate, k, false});
                }
            }
        }
        std::sort(breakpoints_.begin(), breakpoints_.end(), [](const Breakpoint& a, const Breakpoint& b) {
            return a.ratio != b.ratio ? a.ratio < b.ratio : a.place != b.place ? a.place < b.place : a.upper < b.upper;
        });
        const double own = upper_[entering] - lower_[entering];
        double slope = -std::abs(price);
        LinearMove move{head_.size(), own, way > 0.0};
        double pivot = 0.0;
        for (const Breakpoint& b : breakpoints_) {
            if (b.ratio >= own) return {head_.size(), own, way > 0.0};
            const double size = std::abs(column[b.place]);
            // a tiny pivot is taken only for want of a better one
            if (size >= 1e-5 || size > pivot) {
                move = {b.place, b.ratio, b.upper};
                pivot = size;
            }
            slope += size;
            if (slope >= 0.0) break;
        }
        return move;
    }

  private:
    struct Breakpoint {
        double ratio;
        std::size_t place;
        bool upper;
    };

    const std::vector<double>& lower_;
    const std::vector<double>& upper_;
    const std::vector<double>& x_;
    const std::vector<std::uint32_t>& head_;
    std::vector<Breakpoint> breakpoints_ = {};
};

}  // namespace countyplan::detail
