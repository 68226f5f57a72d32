// Which single number stands for a cost vector? Weights that keep the order of tiers, and what to do where none fit.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <type_traits>
#include <vector>

#include <countyplan/solve/proof/min_cost_flow.hpp>
#include <countyplan/solve/watch.hpp>

namespace countyplan::detail {

/// One weight per tier and one for artificial arcs, such that the weighted sum of a cycle's costs has
/// the sign of its cost vector. A cycle holds at most `nodes + 1` arcs, and each arc once.
struct TierWeights {
    std::vector<int128> tier;
    int128 artificial = 1;
};

/// Per tier, at least the absolute cost of every cycle; O(arcs * tiers). Nothing if stopped.
inline std::optional<std::vector<int128>> cycle_reach(const MinCostFlowProblem& problem, Watch& watch) {
    const std::size_t tiers = problem.tiers;
    std::vector<int128> total(tiers, 0);
    std::vector<std::int64_t> largest(tiers, 0);
    for (std::size_t arc = 0; arc < problem.arcs(); ++arc) {
        for (std::size_t tier = 0; tier < tiers; ++tier) {
            const std::int64_t cost = problem.cost[arc * tiers + tier];
            const std::int64_t size = cost < 0 ? -cost : cost;
            total[tier] += size;
            if (size > largest[tier]) largest[tier] = size;
        }
        if (watch.spend(1)) return std::nullopt;
    }
    for (std::size_t tier = 0; tier < tiers; ++tier) {
        const int128 by_size = int128{largest[tier]} * static_cast<std::int64_t>(problem.nodes + 1);
        total[tier] = std::min(total[tier], by_size);
    }
    return total;
}

/// Weights whose sums stay below `most`; nothing if there are none.
inline std::optional<TierWeights> tier_weights(const std::vector<int128>& reach, int128 most) {
    TierWeights weights{std::vector<int128>(reach.size()), 1};
    for (std::size_t tier = reach.size(); tier-- > 0;) {
        weights.tier[tier] = weights.artificial;
        int128 part = 0;
        if (__builtin_mul_overflow(reach[tier], weights.artificial, &part)) return std::nullopt;
        if (part > most - weights.artificial) return std::nullopt;
        weights.artificial += part;
    }
    return weights;
}

/// The cost vectors folded into one number each; a single tier of 64-bit numbers is read from the problem.
template <class N>
class FoldedCosts {
  public:
    using Number = N;

    /// Check `watch.stopped()` afterwards.
    FoldedCosts(const MinCostFlowProblem& problem, const TierWeights& weights, Watch& watch)
        : artificial_(static_cast<N>(weights.artificial)) {
        if constexpr (std::is_same_v<N, std::int64_t>) {
            if (problem.tiers == 1) {  // the weight of a last tier is 1
                folded_ = problem.cost.data();
                return;
            }
        }
        cost_.resize(problem.arcs());
        folded_ = cost_.data();
        std::vector<N> weight;
        for (const int128 w : weights.tier)
            weight.push_back(static_cast<N>(w));
        const std::int64_t* cost = problem.cost.data();
        for (std::size_t arc = 0; arc < cost_.size(); ++arc) {
            N sum = 0;
            for (std::size_t tier = 0; tier < problem.tiers; ++tier, ++cost) {
                if (*cost != 0) sum += static_cast<N>(*cost) * weight[tier];
            }
            cost_[arc] = sum;
            if (watch.spend(1)) return;
        }
    }

    FoldedCosts(const FoldedCosts&) = delete;
    FoldedCosts& operator=(const FoldedCosts&) = delete;

    [[nodiscard]] N operator()(std::size_t arc) const { return folded_[arc]; }
    [[nodiscard]] N artificial() const { return artificial_; }

  private:
    std::vector<N> cost_;  ///< empty where the problem's own are read
    const N* folded_ = nullptr;
    N artificial_;
};

/// A cost vector with a leading component for artificial arcs, for costs too large to be folded.
struct CostVector {
    std::array<std::int64_t, MinCostFlowProblem::max_tiers + 1> part{};

    friend CostVector operator+(CostVector a, const CostVector& b) {
        for (std::size_t i = 0; i < a.part.size(); ++i)
            a.part[i] += b.part[i];
        return a;
    }
    friend CostVector operator-(CostVector a, const CostVector& b) {
        for (std::size_t i = 0; i < a.part.size(); ++i)
            a.part[i] -= b.part[i];
        return a;
    }
    friend bool operator<(const CostVector& a, const CostVector& b) { return a.part < b.part; }
};

class VectorCosts {
  public:
    using Number = CostVector;

    explicit VectorCosts(const MinCostFlowProblem& problem) : problem_(problem) {}

    [[nodiscard]] CostVector operator()(std::size_t arc) const {
        CostVector cost;
        for (std::size_t tier = 0; tier < problem_.tiers; ++tier) {
            cost.part[tier + 1] = problem_.cost[arc * problem_.tiers + tier];
        }
        return cost;
    }
    [[nodiscard]] static CostVector artificial() {
        CostVector cost;
        cost.part[0] = 1;
        return cost;
    }

  private:
    const MinCostFlowProblem& problem_;
};

/// Only artificial arcs cost: finds out whether there is a flow at all.
struct NoCosts {
    using Number = std::int64_t;

    [[nodiscard]] std::int64_t operator()(std::size_t /*arc*/) const { return 0; }
    [[nodiscard]] std::int64_t artificial() const { return 1; }
};

}  // namespace countyplan::detail
