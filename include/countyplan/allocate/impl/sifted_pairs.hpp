// How is a large problem repaired on the few pairs that matter, and all others only looked at?
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <numeric>
#include <optional>
#include <span>
#include <utility>
#include <variant>
#include <vector>

#include <countyplan/solve/nested_flow.hpp>
#include <countyplan/solve/remaining_time.hpp>
#include <countyplan/solve/stop.hpp>

namespace countyplan::detail {

/// From how many pairs on a problem is sifted, and how many pairs of each item are kept to begin with.
struct SiftedSizes {
    std::size_t least_pairs = 200'000;
    std::size_t kept = 16;
};

/// Solves one problem again and again while only bounds and the groups of pairs change: on the pairs that were best for
/// each item once, and on those that an answer on these leaves worth having. An answer that leaves none is a best one
/// of the whole, and its potentials prove that. Only where pairs cost in the last tier alone; else as `solve_from`.
class SiftedPairs {
  public:
    explicit SiftedPairs(const SiftedSizes& sizes = {}) : sizes_(sizes) {}

    /// Nobody may be in the right group `nowhere`, whose potential is of no account.
    [[nodiscard]] NestedFlowResult solve(const NestedFlowProblem& flow, const NestedFlowStart& start,
                                         std::uint32_t nowhere, const Stop& stop) {
        if (flow.pairs() < sizes_.least_pairs || flow.pair_tier + 1 != flow.tiers) return solve_from(flow, start, stop);
        const RemainingTime clock(stop);
        if (first_.empty() && !choose(flow, start, nowhere)) return solve_from(flow, start, clock.rest());
        NestedFlowStart at{places_of(start.pair_of), start.potentials};
        std::int64_t steps = 0;
        while (true) {
            update_part(flow);
            NestedFlowResult out = solve_from(part_, at, clock.rest());
            out.steps = steps += out.steps;
            const auto* potentials = std::get_if<NestedFlowPotentials>(&out.certificate);
            if (out.termination == Termination::infeasible) return solve_from(flow, start, clock.rest());
            const auto whole = wholes_of(out.pair_of);
            if (potentials != nullptr) {
                const auto keys = keys_of(flow, *potentials, nowhere);
                if (!keys) return solve_from(flow, start, clock.rest());
                if (add_better(flow, *keys, whole)) {
                    at = {places_of(whole), *potentials};
                    continue;
                }
            }
            out.pair_of = whole;
            return out;
        }
    }

  private:
    /// The potentials of a side's groups as single numbers in their lexicographic order, from which costs in the last
    /// tier may be taken.
    struct Keys {
        std::vector<std::int64_t> left{};
        std::vector<std::int64_t> right{};
    };

    static std::span<const std::int64_t> row(const NestedFlowProblem& flow, const NestedFlowPotentials& potentials,
                                             std::size_t group) {
        const std::size_t left = flow.left.groups();
        const auto& side = group < left ? potentials.left : potentials.right;
        return std::span(side).subspan((group < left ? group : group - left) * flow.tiers, flow.tiers);
    }

    /// Nothing if numbers are too wide; that of `nowhere` is less than all others.
    static std::optional<Keys> keys_of(const NestedFlowProblem& flow, const NestedFlowPotentials& potentials,
                                       std::uint32_t nowhere) {
        constexpr int last_bits = 50;
        constexpr std::int64_t most_last = std::int64_t{1} << 48;
        constexpr std::int64_t most_rank = std::int64_t{1} << 12;
        const std::size_t left = flow.left.groups();
        std::vector<std::size_t> order(left + flow.right.groups());
        std::iota(order.begin(), order.end(), std::size_t{0});
        const auto lead = [&](std::size_t group) { return row(flow, potentials, group).first(flow.tiers - 1); };
        std::ranges::sort(order, [&](std::size_t a, std::size_t b) {
            return std::ranges::lexicographical_compare(lead(a), lead(b));
        });
        Keys out{std::vector<std::int64_t>(left), std::vector<std::int64_t>(flow.right.groups())};
        std::int64_t rank = 0;
        for (std::size_t k = 0; k < order.size(); ++k) {
            if (k > 0 && !std::ranges::equal(lead(order[k - 1]), lead(order[k]))) ++rank;
            const std::int64_t last = row(flow, potentials, order[k]).back();
            if (order[k] == left + nowhere) continue;
            if (rank >= most_rank || last > most_last || last < -most_last) return std::nullopt;
            auto& key = order[k] < left ? out.left[order[k]] : out.right[order[k] - left];
            key = (rank << last_bits) + last;
        }
        out.right[nowhere] = std::numeric_limits<std::int64_t>::min() / 2;
        return out;
    }

    /// The best pairs of each item by the potentials of the start; false if numbers are too wide.
    [[nodiscard]] bool choose(const NestedFlowProblem& flow, const NestedFlowStart& start, std::uint32_t nowhere) {
        const auto keys = keys_of(flow, start.potentials, nowhere);
        if (!keys) return false;
        first_ = {0};
        std::vector<std::uint32_t> own;
        for (std::size_t i = 0; i < flow.items(); ++i) {
            own.resize(flow.first[i + 1] - flow.first[i]);
            std::iota(own.begin(), own.end(), static_cast<std::uint32_t>(flow.first[i]));
            if (own.size() > sizes_.kept) {
                const auto kept = own.begin() + static_cast<std::ptrdiff_t>(sizes_.kept);
                std::nth_element(own.begin(), kept, own.end(), [&](std::uint32_t a, std::uint32_t b) {
                    const std::int64_t of_a = keys->right[flow.to[a]] - flow.cost[a];
                    const std::int64_t of_b = keys->right[flow.to[b]] - flow.cost[b];
                    return of_a != of_b ? of_a > of_b : a < b;
                });
                own.erase(kept, own.end());
                const std::uint32_t chosen = start.pair_of[i];
                if (chosen >= flow.first[i] && chosen < flow.first[i + 1] && std::ranges::count(own, chosen) == 0)
                    own.push_back(chosen);
                std::ranges::sort(own);
            }
            pair_.insert(pair_.end(), own.begin(), own.end());
            first_.push_back(pair_.size());
        }
        has_changed_ = true;
        return true;
    }

    void update_part(const NestedFlowProblem& flow) {
        if (has_changed_) {
            part_.tiers = flow.tiers;
            part_.pair_tier = flow.pair_tier;
            part_.first = first_;
            part_.cost.clear();
            for (const std::uint32_t pair : pair_)
                part_.cost.push_back(flow.cost[pair]);
            part_.to.resize(pair_.size());
            has_changed_ = false;
        }
        part_.left = flow.left;
        part_.right = flow.right;
        part_.group = flow.group;
        for (std::size_t k = 0; k < pair_.size(); ++k)
            part_.to[k] = flow.to[pair_[k]];
    }

    /// Takes in pairs that are worth more than what their items have; whether there were any.
    [[nodiscard]] bool add_better(const NestedFlowProblem& flow, const Keys& keys,
                                  std::span<const std::uint32_t> pair_of) {
        const std::vector<std::int64_t>& key = keys.right;
        std::vector<std::pair<std::size_t, std::uint32_t>> better;  // by item
        for (std::size_t i = 0; i < flow.items(); ++i) {
            const std::int64_t own = pair_of[i] == NestedFlowResult::unpaired
                                         ? keys.left[flow.group[i]]
                                         : key[flow.to[pair_of[i]]] - flow.cost[pair_of[i]];
            std::int64_t best = own;
            for (std::size_t k = flow.first[i]; k < flow.first[i + 1]; ++k)
                best = std::max(best, key[flow.to[k]] - flow.cost[k]);
            if (best == own) continue;
            for (std::size_t k = flow.first[i]; k < flow.first[i + 1]; ++k)
                if (key[flow.to[k]] - flow.cost[k] > own) better.emplace_back(i, static_cast<std::uint32_t>(k));
        }
        if (better.empty()) return false;
        std::vector<std::size_t> first = {0};
        std::vector<std::uint32_t> pair;
        auto next = better.begin();
        for (std::size_t i = 0; i < flow.items(); ++i) {
            pair.insert(pair.end(), pair_.begin() + static_cast<std::ptrdiff_t>(first_[i]),
                        pair_.begin() + static_cast<std::ptrdiff_t>(first_[i + 1]));
            for (; next != better.end() && next->first == i; ++next)
                pair.push_back(next->second);
            std::sort(pair.begin() + static_cast<std::ptrdiff_t>(first.back()), pair.end());
            first.push_back(pair.size());
        }
        first_ = std::move(first);
        pair_ = std::move(pair);
        has_changed_ = true;
        return true;
    }

    /// Where the pairs of the whole stand among those kept.
    [[nodiscard]] std::vector<std::uint32_t> places_of(std::span<const std::uint32_t> pair_of) const {
        std::vector<std::uint32_t> out(pair_of.size(), NestedFlowResult::unpaired);
        for (std::size_t i = 0; i < pair_of.size(); ++i) {
            const auto end = pair_.begin() + static_cast<std::ptrdiff_t>(first_[i + 1]);
            const auto found = std::find(pair_.begin() + static_cast<std::ptrdiff_t>(first_[i]), end, pair_of[i]);
            if (found != end) out[i] = static_cast<std::uint32_t>(found - pair_.begin());
        }
        return out;
    }

    [[nodiscard]] std::vector<std::uint32_t> wholes_of(std::span<const std::uint32_t> places) const {
        std::vector<std::uint32_t> out(places.begin(), places.end());
        for (std::uint32_t& pair : out)
            if (pair != NestedFlowResult::unpaired) pair = pair_[pair];
        return out;
    }

    SiftedSizes sizes_;
    std::vector<std::size_t> first_{};   ///< per item, into `pair_`
    std::vector<std::uint32_t> pair_{};  ///< those kept, ascending per item
    NestedFlowProblem part_{};
    bool has_changed_ = false;  ///< whether the part lacks pairs that are kept
};

}  // namespace countyplan::detail
