// Which whole number does a random number stand for, with given odds?
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include <countyplan/solve/proof/int128.hpp>
#include <countyplan/solve/random.hpp>

namespace countyplan {

/// A distribution over the whole numbers `least() … greatest()` as a table of its cumulated weights. Integers
/// only: the same draws on every machine. A higher random number never stands for a smaller value, so that
/// two distributions driven by the same numbers move together. An immutable, regular value.
/// Memory: 12 to 16 bytes per value. Method: inversion with a guide table, Chen & Asau, AIIE Trans. 6 (1974).
class InverseDistribution {
  public:
    static constexpr std::size_t max_values = std::size_t{1} << 20;

    /// Always 0.
    InverseDistribution();

    /// Value `first + k` with odds `weights[k]` to the sum of all. Throws `InvalidProblem` for no weight or more
    /// than `max_values`, for a sum of 0 or of 2^63 or more, or if a value leaves 64 bits.
    InverseDistribution(std::int64_t first, std::span<const std::uint64_t> weights);

    [[nodiscard]] std::int64_t least() const { return first_; }
    [[nodiscard]] std::int64_t greatest() const { return first_ + static_cast<std::int64_t>(cumulated_.size()) - 1; }

    /// The quantile of `bits / 2^64`. A value's share of all 2^64 arguments differs from its odds by less than
    /// 2^-63. Constant time on average over the arguments.
    [[nodiscard]] std::int64_t at(std::uint64_t bits) const;

    /// The quantile of the next number; takes one of them.
    [[nodiscard]] std::int64_t draw(Random& random) const { return at(random()); }

    /// The odds that a value is at most `value`: so many of `total_weight()`.
    [[nodiscard]] std::uint64_t weight_up_to(std::int64_t value) const;
    [[nodiscard]] std::uint64_t total_weight() const { return cumulated_.back(); }
    /// The mean times `total_weight()`, exactly.
    [[nodiscard]] Int128 weighted_sum() const;

    friend bool operator==(const InverseDistribution&, const InverseDistribution&) = default;

  private:
    std::int64_t first_ = 0;
    std::vector<std::uint64_t> cumulated_;  ///< weight of this value and all below
    std::vector<std::uint32_t> guide_;      ///< per slice of equal weight: the first value that can be in it
};

/// The triangular distribution on [low, high] with its peak at `mode`, rounded to the nearest whole number
/// (halves up); its odds are exact. Throws `InvalidProblem` unless low <= mode <= high and
/// high - low < `InverseDistribution::max_values`.
[[nodiscard]] InverseDistribution triangular_distribution(std::int64_t low, std::int64_t mode, std::int64_t high);

/// The beta distribution of PERT on [low, high]: alpha = 1 + 4 (mode - low) / (high - low),
/// beta = 1 + 4 (high - mode) / (high - low), mean (low + 4 mode + high) / 6, rounded to the nearest whole
/// number. No cumulated probability is off by more than 2e-5. Throws like `triangular_distribution`.
/// About 0.5 ms for up to 500 values, 1 us for each further one.
[[nodiscard]] InverseDistribution pert_distribution(std::int64_t low, std::int64_t mode, std::int64_t high);

}  // namespace countyplan

#if !defined(COUNTYPLAN_SEPARATE) || defined(COUNTYPLAN_BODIES_SOLVE)
#include <countyplan/solve/impl/inverse_distribution.hpp>
#endif
