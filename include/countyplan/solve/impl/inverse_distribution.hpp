// How weights become a table, and how the weights of the two distributions of durations are found.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <limits>
#include <utility>

#include <countyplan/error.hpp>
#include <countyplan/scalar/number.hpp>
#include <countyplan/separate.hpp>
#include <countyplan/solve/inverse_distribution.hpp>
#include <countyplan/solve/messages.hpp>

namespace countyplan {

COUNTYPLAN_INLINE InverseDistribution::InverseDistribution() : cumulated_{1}, guide_{0} {}

COUNTYPLAN_INLINE InverseDistribution::InverseDistribution(std::int64_t first, std::span<const std::uint64_t> weights)
    : first_(first) {
    constexpr std::uint64_t most = std::numeric_limits<std::int64_t>::max();
    if (weights.empty() || weights.size() > max_values) {
        throw InvalidProblem({message::solve_out_of_range, {to_text(weights.size()), "1", to_text(max_values)}},
                             "weights");
    }
    if (first > std::numeric_limits<std::int64_t>::max() - static_cast<std::int64_t>(weights.size())) {
        throw InvalidProblem({message::solve_too_large, {"first + weights"}}, "first");
    }
    cumulated_.reserve(weights.size());
    std::uint64_t sum = 0;
    for (const std::uint64_t weight : weights) {
        if (weight > most - sum) throw InvalidProblem({message::solve_too_large, {"sum of weights"}}, "weights");
        sum += weight;
        cumulated_.push_back(sum);
    }
    if (sum == 0) throw InvalidProblem({message::solve_out_of_range, {"0", "1", to_text(most)}}, "weights");
    guide_.resize(std::bit_ceil(weights.size()));
    const int shift = 64 - std::countr_zero(guide_.size());
    std::uint32_t value = 0;
    for (std::size_t slice = 0; slice < guide_.size(); ++slice) {
        const std::uint64_t bits = shift == 64 ? 0 : static_cast<std::uint64_t>(slice) << shift;
        const auto target = static_cast<std::uint64_t>(detail::uint128{bits} * sum >> 64);
        while (cumulated_[value] <= target)
            ++value;
        guide_[slice] = value;
    }
}

COUNTYPLAN_INLINE std::int64_t InverseDistribution::at(std::uint64_t bits) const {
    const int shift = 64 - std::countr_zero(guide_.size());
    const auto target = static_cast<std::uint64_t>(detail::uint128{bits} * cumulated_.back() >> 64);
    std::size_t value = guide_[shift == 64 ? 0 : static_cast<std::size_t>(bits >> shift)];
    while (cumulated_[value] <= target)
        ++value;
    return first_ + static_cast<std::int64_t>(value);
}

COUNTYPLAN_INLINE std::uint64_t InverseDistribution::weight_up_to(std::int64_t value) const {
    if (value < first_) return 0;
    if (value >= greatest()) return cumulated_.back();
    return cumulated_[static_cast<std::size_t>(value - first_)];
}

COUNTYPLAN_INLINE Int128 InverseDistribution::weighted_sum() const {
    // Each value counts once for its distance from `first_`: the weight above each smaller value.
    Int128 sum = Int128(first_) * Int128(static_cast<std::int64_t>(cumulated_.back()));
    for (std::size_t value = 0; value + 1 < cumulated_.size(); ++value)
        sum += static_cast<std::int64_t>(cumulated_.back() - cumulated_[value]);
    return sum;
}

namespace detail {

/// The width `high - low`, if the three are in order and not too far apart.
inline std::uint64_t three_point_width(std::int64_t low, std::int64_t mode, std::int64_t high) {
    if (mode < low || mode > high) {
        throw InvalidProblem({message::solve_out_of_range, {to_text(mode), to_text(low), to_text(high)}}, "mode");
    }
    const std::uint64_t width = static_cast<std::uint64_t>(high) - static_cast<std::uint64_t>(low);
    if (width >= InverseDistribution::max_values) {
        throw InvalidProblem(
            {message::solve_out_of_range, {to_text(width), "0", to_text(InverseDistribution::max_values - 1)}}, "high");
    }
    return width;
}

/// `-log2(part / whole)` in units of 2^-40, within one unit; `0 < part <= whole < 2^63`. The fraction is squared
/// again and again; each doubling past 1 is a binary digit.
constexpr std::uint64_t minus_log2(std::uint64_t part, std::uint64_t whole) {
    std::uint64_t result = 0;
    while (part <= whole / 2) {
        part *= 2;
        result += std::uint64_t{1} << 40;
    }
    // mantissa of whole / part in [1, 2), 62 binary places
    auto mantissa = static_cast<std::uint64_t>((uint128{whole} << 62) / part);
    if (mantissa >> 63) mantissa /= 2, result += std::uint64_t{1} << 40;
    for (std::uint64_t digit = std::uint64_t{1} << 39; digit != 0; digit /= 2) {
        const uint128 square = uint128{mantissa} * mantissa;  // in [1, 4), 124 places
        const bool above = (square >> 125) != 0;
        if (above) result += digit;
        mantissa = static_cast<std::uint64_t>(square >> (above ? 63 : 62));
    }
    return result;
}

/// `2^(-1/2), 2^(-1/4), …` in units of 2^-63, rounded down: square roots of one another.
constexpr std::array<std::uint64_t, 40> halving_roots() {
    std::array<std::uint64_t, 40> roots{};
    std::uint64_t before = std::uint64_t{1} << 62;  // one half
    for (std::uint64_t& root : roots) {
        const uint128 square = uint128{before} << 63;
        root = 0;
        for (std::uint64_t bit = std::uint64_t{1} << 63; bit != 0; bit /= 2) {
            const std::uint64_t next = root | bit;
            if (uint128{next} * next <= square) root = next;
        }
        before = root;
    }
    return roots;
}

/// `2^-exponent` in units of 2^-63, the exponent in units of 2^-40; relative error below 2^-50 or one unit.
constexpr std::uint64_t negative_power_of_2(uint128 exponent) {
    constexpr auto roots = halving_roots();
    const uint128 whole = exponent >> 40;
    if (whole > 63) return 0;
    std::uint64_t power = std::uint64_t{1} << 63;
    for (std::size_t digit = 0; digit < roots.size(); ++digit) {
        if ((exponent >> (39 - digit) & 1) != 0)
            power = static_cast<std::uint64_t>(uint128{power} * roots[digit] >> 63);
    }
    return power >> static_cast<int>(whole);
}

}  // namespace detail

COUNTYPLAN_INLINE InverseDistribution triangular_distribution(std::int64_t low, std::int64_t mode, std::int64_t high) {
    const std::uint64_t width = detail::three_point_width(low, mode, high);
    const std::uint64_t left = static_cast<std::uint64_t>(mode) - static_cast<std::uint64_t>(low);
    const std::uint64_t right = width - left;
    if (width == 0) return InverseDistribution(low, std::array<std::uint64_t, 1>{1});
    // Below the peak the cumulated probability is (x - low)^2 / (width left), above it 1 - (high - x)^2 / (width
    // right); both times 4 width left right, at x half-way between whole numbers.
    const std::uint64_t l = std::max<std::uint64_t>(left, 1), r = std::max<std::uint64_t>(right, 1);
    const std::uint64_t whole = 4 * width * l * r;  // below 2^61: left * right is at most width^2 / 4
    std::vector<std::uint64_t> weights;
    weights.reserve(width + 1);
    std::uint64_t before = 0;
    for (std::uint64_t value = 0; value <= width; ++value) {
        const std::uint64_t twice = 2 * value + 1;
        std::uint64_t up_to = whole;
        if (value < left) {
            up_to = twice * twice * r;
        } else if (value < width) {
            up_to = whole - (2 * width - twice) * (2 * width - twice) * l;
        }
        weights.push_back(up_to - before);
        before = up_to;
    }
    return InverseDistribution(low, weights);
}

COUNTYPLAN_INLINE InverseDistribution pert_distribution(std::int64_t low, std::int64_t mode, std::int64_t high) {
    const std::uint64_t width = detail::three_point_width(low, mode, high);
    const std::uint64_t left = static_cast<std::uint64_t>(mode) - static_cast<std::uint64_t>(low);
    if (width == 0) return InverseDistribution(low, std::array<std::uint64_t, 1>{1});
    // The density x^p (1 - x)^q, p = 4 left / width, q = 4 - p, in the middle of equal parts of half a unit or
    // less; the first half unit rounds to `low`, then two make a value, the last one rounds to `high`.
    const std::uint64_t parts = std::max<std::uint64_t>(1, 1024 / (2 * width));
    const std::uint64_t whole = 4 * width * parts;
    // In the outermost parts the middle is not the mean: that of x^p there is 2^p / (1 + p) times as much.
    const auto outermost = [&](std::uint64_t power) {
        return detail::uint128{width} * detail::minus_log2(width, width + power) - (detail::uint128{power} << 40);
    };
    const auto density = [&](std::uint64_t at) {
        const std::uint64_t p = 4 * left, q = 4 * (width - left);  // times width
        detail::uint128 logarithm = detail::uint128{p} * detail::minus_log2(at, whole) +
                                    detail::uint128{q} * detail::minus_log2(whole - at, whole);
        if (at == 1) logarithm += outermost(p);
        if (at == whole - 1) logarithm += outermost(q);
        return detail::negative_power_of_2(logarithm / width) >> 23;  // sums stay below 2^63
    };
    std::vector<std::uint64_t> weights(width + 1);
    for (std::uint64_t half = 0; half < 2 * width; ++half) {
        for (std::uint64_t part = 0; part < parts; ++part)
            weights[(half + 1) / 2] += density(2 * (half * parts + part) + 1);
    }
    return InverseDistribution(low, weights);
}

}  // namespace countyplan
