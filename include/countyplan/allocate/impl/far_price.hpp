// What should a set cost that nobody can be counted in?
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include <countyplan/allocate/allocation_problem.hpp>

namespace countyplan::detail {

/// Parts of a problem that nobody can enter have potentials far beyond all others. This puts prices in their place
/// that prove as much and say something: a set that nobody is in, as little as its first person would cost; a closed
/// one, what its first place would be worth.
class FarPrices {
  public:
    FarPrices(const AllocationProblem& problem, std::span<const std::uint32_t> pair_of, std::span<std::int64_t> price)
        : problem_(problem), flow_(problem.flow), tiers_(problem.flow.tiers), price_(price) {
        used_.assign(problem.sets.size(), false);
        for (std::size_t i = 0; i < pair_of.size(); ++i) {
            if (pair_of[i] == NestedFlowResult::unpaired) continue;
            each_around(i, pair_of[i], [&](std::size_t set) { used_[set] = true; });
        }
    }

    void cut() {
        const auto is_far = [&](std::size_t set) {
            constexpr std::int64_t far = std::int64_t{1} << 60;
            return !used_[set] && (price_[set * tiers_] > far || price_[set * tiers_] < -far);
        };
        std::vector<std::size_t> closed;
        for (std::size_t s = 0; s < problem_.sets.size(); ++s) {
            const CountedSet& set = problem_.sets[s];
            if (!is_far(s) || set.lower > 0) continue;
            const auto own = price_.subspan(s * tiers_, tiers_);
            std::ranges::fill(own, 0);
            std::ranges::copy(set.slope_after(0, tiers_), own.begin());
            if (set.upper == 0) closed.push_back(s);
        }
        list_pairs(closed);
        for (const std::size_t s : closed)
            raise(s);
    }

  private:
    template <class Visit>
    void each_around(std::size_t item, std::size_t pair, const Visit& visit) const {
        for (std::uint32_t g = flow_.group[item]; g != NestedQuotas::outermost; g = flow_.left.parent[g])
            if (problem_.left_set[g] != AllocationProblem::no_set) visit(problem_.left_set[g]);
        for (std::uint32_t g = flow_.to[pair]; g != NestedQuotas::outermost; g = flow_.right.parent[g])
            visit(problem_.right_set[g]);
    }

    /// One walk over all pairs, for all sets of posts together.
    void list_pairs(std::span<const std::size_t> closed) {
        std::vector<bool> is_in(flow_.right.groups(), false);
        for (const std::size_t set : closed) {
            if (!problem_.sets[set].receives) continue;
            for (const std::uint32_t post : problem_.sets[set].members)
                is_in[problem_.group_of_post[post]] = true;
        }
        if (std::ranges::none_of(is_in, [](bool in) { return in; })) return;
        into_.resize(flow_.right.groups());
        for (std::size_t i = 0; i < flow_.items(); ++i)
            for (std::size_t k = flow_.first[i]; k < flow_.first[i + 1]; ++k)
                if (is_in[flow_.to[k]]) into_[flow_.to[k]].emplace_back(i, k);
    }

    /// As far as the cost of every pair in the set is 0 or more with all prices.
    void raise(std::size_t set) {
        std::vector<std::int64_t> needed(tiers_, 0);
        const auto look_at = [&](std::size_t item, std::size_t pair) {
            needed = std::max(needed, worth(set, item, pair));
        };
        const CountedSet& row = problem_.sets[set];
        if (!row.receives) {
            for (const std::uint32_t item : row.members)
                for (std::size_t k = flow_.first[item]; k < flow_.first[item + 1]; ++k)
                    look_at(item, k);
        } else {
            for (const std::uint32_t post : row.members)
                for (const auto& [item, pair] : into_[problem_.group_of_post[post]])
                    look_at(item, pair);
        }
        const auto own = price_.subspan(set * tiers_, tiers_);
        if (std::ranges::lexicographical_compare(own, needed)) std::ranges::copy(needed, own.begin());
    }

    /// What a pair of the set gains with all prices but the set's.
    [[nodiscard]] std::vector<std::int64_t> worth(std::size_t set, std::size_t item, std::size_t pair) const {
        const std::size_t width = tiers_ - flow_.pair_tier;
        std::vector<std::int64_t> out(tiers_, 0);
        for (std::size_t t = flow_.pair_tier; t < tiers_; ++t)
            out[t] = -flow_.cost[pair * width + t - flow_.pair_tier];
        each_around(item, pair, [&](std::size_t other) {
            for (std::size_t t = 0; t < tiers_ && other != set; ++t)
                out[t] -= price_[other * tiers_ + t];
        });
        return out;
    }

    const AllocationProblem& problem_;
    const NestedFlowProblem& flow_;
    std::size_t tiers_;
    std::span<std::int64_t> price_;
    std::vector<bool> used_;                                              ///< per set: somebody is counted in it
    std::vector<std::vector<std::pair<std::size_t, std::size_t>>> into_;  ///< item and pair, per group of a closed set
};

}  // namespace countyplan::detail
