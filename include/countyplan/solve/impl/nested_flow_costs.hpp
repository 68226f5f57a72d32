// How does one number, or one vector, stand for the costs of all tiers?
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <type_traits>
#include <vector>

#include <countyplan/solve/impl/nested_flow_network.hpp>
#include <countyplan/solve/proof/int128.hpp>
#include <countyplan/solve/watch.hpp>

namespace countyplan::detail {

/// Per tier, what paths of the residual network can cost.
struct NestedReach {
    std::vector<int128> step;  ///< at least the absolute cost of one item's move or one group's unit
    std::vector<int128> path;  ///< at least the absolute cost of every simple path and cycle
};

/// A read-only view of a problem's costs.
template <class C>
class NestedCostVectors {
  public:
    NestedCostVectors(const BasicNestedFlowProblem<C>& problem, const NestedNetwork& network)
        : problem_(problem), network_(network), each_(problem.tiers - problem.pair_tier) {}

    [[nodiscard]] std::size_t tiers() const { return problem_.tiers; }
    [[nodiscard]] std::size_t pairs() const { return problem_.pairs(); }
    [[nodiscard]] std::size_t first_tier() const { return problem_.pair_tier; }
    [[nodiscard]] const C* pair(std::size_t k) const { return problem_.cost.data() + k * each_; }
    [[nodiscard]] std::int64_t pair(std::size_t k, std::size_t tier) const {
        return tier < problem_.pair_tier ? 0 : problem_.cost[k * each_ + tier - problem_.pair_tier];
    }
    /// Of a piece of the network.
    [[nodiscard]] std::int64_t slope(std::size_t piece, std::size_t tier) const {
        if (piece == 0) return 0;
        const auto& slopes = piece < network_.left_pieces ? problem_.left.slope : problem_.right.slope;
        return slopes[std::size_t{network_.source[piece]} * problem_.tiers + tier];
    }

    /// A simple path or cycle meets each group once and home once, leaves each group by one item or none, and
    /// each item has two costs. Nothing if stopped.
    [[nodiscard]] std::optional<NestedReach> reach(Watch& watch) const {
        std::vector<std::int64_t> largest(tiers(), 0);
        constexpr std::size_t block = 4096;
        for (std::size_t begin = 0; begin < pairs(); begin += block) {
            const std::size_t end = std::min(begin + block, pairs());
            for (std::size_t t = 0; t < each_; ++t) {
                C low{};
                C high{};
                for (std::size_t k = begin; k < end; ++k) {
                    low = std::min(low, problem_.cost[k * each_ + t]);
                    high = std::max(high, problem_.cost[k * each_ + t]);
                }
                std::int64_t& most = largest[problem_.pair_tier + t];
                most = std::max({most, -std::int64_t{low}, std::int64_t{high}});
            }
            if (watch.spend(static_cast<std::int64_t>((end - begin) * each_ / 4))) return std::nullopt;
        }
        const auto items = static_cast<std::int64_t>(std::min<std::size_t>(network_.items(), network_.nodes));
        NestedReach reach{std::vector<int128>(tiers(), 0), std::vector<int128>(tiers(), 0)};
        for (std::size_t t = 0; t < tiers(); ++t) {
            std::int64_t top = 0;
            std::int64_t any = 0;
            for (std::uint32_t v = 1; v < network_.nodes; ++v) {
                std::int64_t size = 0;
                for (std::uint32_t p = network_.first_piece[v]; p <= network_.last_piece[v]; ++p)
                    size = std::max(size, slope(p, t) < 0 ? -slope(p, t) : slope(p, t));
                any = std::max(any, size);
                if (network_.parent[v] == NestedNetwork::home) {
                    top = std::max(top, size);
                } else {
                    reach.path[t] += size;
                }
            }
            reach.path[t] += int128{2} * top + int128{2} * largest[t] * items;
            reach.step[t] = std::max(int128{2} * largest[t], int128{any});
        }
        return reach;
    }

  private:
    const BasicNestedFlowProblem<C>& problem_;
    const NestedNetwork& network_;
    std::size_t each_;
};

/// One weight per tier such that the weighted sum of the difference between two paths of up to `steps` steps has
/// the sign of its cost vector in the first `tiers` tiers, and sums along any paths stay below `most`; nothing if
/// there are none.
inline std::optional<std::vector<int128>> nested_weights(const NestedReach& reach, std::size_t tiers,
                                                         std::int64_t steps, int128 most) {
    std::vector<int128> weight(reach.path.size(), 0);
    int128 order = 1;
    int128 sum = 1;
    for (std::size_t t = tiers; t-- > 0;) {
        weight[t] = order;
        int128 part = 0;
        if (__builtin_mul_overflow(2 * reach.path[t], order, &part) || part > most - sum) return std::nullopt;
        sum += part;
        int128 short_part = 0;
        if (!__builtin_mul_overflow(int128{2} * steps * reach.step[t], order, &short_part))
            part = std::min(part, short_part);
        order += part;
    }
    return weight;
}

/// Costs as single numbers; where the pairs cost in the last tier only, they are used where they are.
template <class N, class P>
class FoldedNestedCosts {
  public:
    using Number = N;
    using Pair = P;

    /// Check `watch.stopped()` afterwards.
    template <class C>
    FoldedNestedCosts(const NestedCostVectors<C>& vectors, std::size_t pieces, const std::vector<int128>& weight,
                      Watch& watch)
        : pairs_(vectors.pairs()) {
        std::vector<N> narrow;
        for (const int128 w : weight)
            narrow.push_back(static_cast<N>(w));
        const auto fold = [&](const auto& cost, std::size_t first_tier) {
            N sum{};
            for (std::size_t t = first_tier; t < narrow.size(); ++t)
                sum += narrow[t] * static_cast<N>(cost(t));
            return sum;
        };
        for (std::size_t piece = 0; piece < pieces; ++piece)
            slope_.push_back(fold([&](std::size_t t) { return vectors.slope(piece, t); }, 0));
        if constexpr (std::is_same_v<P, C>) {
            if (vectors.first_tier() + 1 == vectors.tiers() && weight.back() == 1) {
                pair_ = vectors.pair(0);
                return;
            }
        }
        folded_.resize(vectors.pairs());
        for (std::size_t k = 0; k < folded_.size(); ++k) {
            folded_[k] = static_cast<P>(fold([&](std::size_t t) { return vectors.pair(k, t); }, vectors.first_tier()));
            if (watch.spend(1)) return;
        }
        pair_ = folded_.data();
    }

    /// Of some of the pairs.
    template <class Q>
    FoldedNestedCosts(const FoldedNestedCosts<N, Q>& all, const std::vector<std::uint32_t>& pairs)
        : slope_(all.slopes()), pairs_(pairs.size()), shift_(all.shift()) {
        folded_.reserve(pairs.size());
        for (const std::uint32_t k : pairs)
            folded_.push_back(static_cast<P>(all.pairs()[k]));
        pair_ = folded_.data();
    }

    FoldedNestedCosts(const FoldedNestedCosts&) = delete;
    FoldedNestedCosts& operator=(const FoldedNestedCosts&) = delete;

    /// Makes all costs 2^shift times as large.
    void scale(int shift) {
        shift_ = shift;
        for (N& slope : slope_)
            slope *= N{1} << shift;
    }

    [[nodiscard]] N pair(std::size_t k) const { return static_cast<N>(pair_[k]) * (N{1} << shift_); }
    [[nodiscard]] N slope(std::size_t piece) const { return slope_[piece]; }
    [[nodiscard]] const std::vector<N>& slopes() const { return slope_; }
    [[nodiscard]] const P* pairs() const { return pair_; }  ///< not scaled
    /// The largest size of any cost, scaled.
    [[nodiscard]] N largest() const {
        N most{};
        for (std::size_t k = 0; k < pairs_; ++k)
            most = std::max(most, pair(k) < 0 ? -pair(k) : pair(k));
        for (const N& slope : slope_)
            most = std::max(most, slope < 0 ? -slope : slope);
        return most;
    }
    [[nodiscard]] int shift() const { return shift_; }

  private:
    std::vector<N> slope_;
    std::vector<P> folded_;
    const P* pair_ = nullptr;
    std::size_t pairs_;
    int shift_ = 0;
};

/// For costs too large to be folded; `Width` tiers or fewer.
template <std::size_t Width>
struct NestedCostVector {
    std::array<std::int64_t, Width> part{};

    friend NestedCostVector operator+(NestedCostVector a, const NestedCostVector& b) {
        for (std::size_t i = 0; i < Width; ++i)
            a.part[i] += b.part[i];
        return a;
    }
    friend NestedCostVector operator-(NestedCostVector a, const NestedCostVector& b) {
        for (std::size_t i = 0; i < Width; ++i)
            a.part[i] -= b.part[i];
        return a;
    }
    friend bool operator<(const NestedCostVector& a, const NestedCostVector& b) { return a.part < b.part; }
};

template <class C, std::size_t Width>
class VectorNestedCosts {
  public:
    using Number = NestedCostVector<Width>;

    explicit VectorNestedCosts(const NestedCostVectors<C>& vectors) : vectors_(vectors) {}

    [[nodiscard]] Number pair(std::size_t k) const {
        Number cost;
        for (std::size_t t = vectors_.first_tier(); t < vectors_.tiers(); ++t)
            cost.part[t] = vectors_.pair(k, t);
        return cost;
    }
    [[nodiscard]] Number slope(std::size_t piece) const {
        Number cost;
        for (std::size_t t = 0; t < vectors_.tiers(); ++t)
            cost.part[t] = vectors_.slope(piece, t);
        return cost;
    }

  private:
    const NestedCostVectors<C>& vectors_;
};

}  // namespace countyplan::detail
