// The problem of a plan with two of its tiers weighed against each other.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include <countyplan/allocate/allocation_problem.hpp>
#include <countyplan/allocate/impl/choice_cost.hpp>
#include <countyplan/allocate/replan_messages.hpp>
#include <countyplan/allocate/trade_off.hpp>
#include <countyplan/error.hpp>
#include <countyplan/solve/nested_flow.hpp>

namespace countyplan::detail {

/// What a choice costs in the two tiers, in the solver's units: from a zero of its own, gains negated.
struct TradeValue {
    Int128 first{};
    Int128 second{};

    friend bool operator==(const TradeValue&, const TradeValue&) = default;
};

/// What pairs and the pieces of totals cost in one tier.
struct TradeAxis {
    std::vector<std::int64_t> pair{};
    std::vector<std::int64_t> left{};
    std::vector<std::int64_t> right{};
};

/// A plan's problem with its tiers in the order of a trade-off: those that keep their best values, a weighted sum, a
/// tie-break, the others.
class TradeProblem {
  public:
    TradeProblem(AllocationProblem problem, const Staffing& former, Tier first, Tier second,
                 std::span<const Tier> dropped)
        : problem_(std::move(problem)) {
        set_order(first, second, dropped);
        count_moves(former);
        first_ = axis_of(first);
        second_ = axis_of(second);
        lay_out();
    }

    /// With the weights of the last `weigh`.
    [[nodiscard]] const AllocationProblem& problem() const { return problem_; }
    [[nodiscard]] const TradeWeights& weights() const { return weights_; }
    /// Where the weighted sum stands; the tie-break comes next.
    [[nodiscard]] std::size_t at() const { return at_; }
    /// In the order of the objective.
    [[nodiscard]] const std::vector<Tier>& dropped() const { return dropped_; }

    /// Weights without common factor.
    void weigh(TradeWeights weights) {
        if (const std::int64_t common = std::gcd(weights.first, weights.second); common > 1)
            weights = {weights.first / common, weights.second / common};
        weights_ = weights;
        NestedFlowProblem& flow = problem_.flow;
        const std::size_t width = flow.tiers - flow.pair_tier;
        const std::size_t shift = at_ - std::min(at_, flow.pair_tier);
        for (std::size_t pair = 0; flow.pair_tier <= at_ && pair < flow.pairs(); ++pair)
            write(std::span(flow.cost).subspan(pair * width + shift, 2), first_.pair[pair], second_.pair[pair]);
        write_slopes(flow.left, first_.left, second_.left);
        write_slopes(flow.right, first_.right, second_.right);
    }

    /// Whether all costs at these weights are small enough for the solver.
    [[nodiscard]] bool fits(TradeWeights weights) const {
        if (const std::int64_t common = std::gcd(weights.first, weights.second); common > 1)
            weights = {weights.first / common, weights.second / common};
        const int128 most = int128{weights.first} * most_first_ + int128{weights.second} * most_second_;
        const auto parts =
            static_cast<int128>(problem_.flow.left.groups() + problem_.flow.right.groups() + problem_.flow.items() + 1);
        return most <= NestedFlowProblem::max_cost && most * parts < int128{1} << 60;
    }

    /// Of costs per tier at the present weights.
    [[nodiscard]] TradeValue value_of(std::span<const Int128> cost) const {
        if (weights_.second == 0) return {cost[at_], cost[at_ + 1]};
        const Int128 first = cost[at_ + 1];
        const int128 rest = (cost[at_] - first * Int128(weights_.first)).value;
        return {first, Int128(rest / weights_.second)};
    }

    [[nodiscard]] static Int128 weighted(const TradeWeights& weights, const TradeValue& value) {
        return value.first * Int128(weights.first) + value.second * Int128(weights.second);
    }

    /// People of the former staffing who do not stay.
    [[nodiscard]] Int128 moves_of(std::span<const std::uint32_t> pair_of) const {
        std::int64_t out = posted_;
        for (const std::uint32_t pair : pair_of)
            if (pair != NestedFlowResult::unpaired && stays_[pair]) --out;
        return Int128(out);
    }

    /// From the definition.
    [[nodiscard]] std::vector<Int128> cost_of(std::span<const std::uint32_t> pair_of) const {
        return choice_cost(problem_.flow, pair_of);
    }

  private:
    static constexpr std::size_t none = NestedFlowProblem::max_tiers;

    [[nodiscard]] std::size_t place_of(Tier tier) const {
        const Objective& objective = problem_.plan.rows().objective;
        const auto found = std::ranges::find(objective, tier);
        return found == objective.end() ? none : static_cast<std::size_t>(found - objective.begin());
    }

    void set_order(Tier first, Tier second, std::span<const Tier> dropped) {
        const Objective& objective = problem_.plan.rows().objective;
        if (first == second) throw InvalidProblem({message::trade_off_same, {word(first)}}, "second");
        for (const auto& [tier, field] : {std::pair{first, "first"}, std::pair{second, "second"}})
            if (tier != Tier::moves && place_of(tier) == none)
                throw InvalidProblem({message::trade_off_tier, {word(tier)}}, field);
        at_ = std::min(place_of(first), place_of(second));
        for (const Tier tier : dropped)
            if (place_of(tier) >= at_) throw InvalidProblem({message::trade_off_dropped, {word(tier)}}, "dropped");
        const auto is_dropped = [dropped](Tier tier) { return std::ranges::count(dropped, tier) > 0; };
        std::vector<std::size_t> others;
        for (std::size_t t = 0; t < objective.size(); ++t) {
            if (is_dropped(objective[t])) dropped_.push_back(objective[t]);
            if (objective[t] == first || objective[t] == second) continue;
            (t < at_ && !is_dropped(objective[t]) ? source_ : others).push_back(t);
        }
        at_ = source_.size();
        source_.insert(source_.end(), {none, none});
        source_.insert(source_.end(), others.begin(), others.end());
    }

    void count_moves(const Staffing& former) {
        const Plan& plan = problem_.plan;
        std::vector<bool> is_posted(plan.rows().experts.size(), false);
        stays_.assign(problem_.flow.pairs(), false);
        for (const Posting& posting : former) {
            const Id<Expert> expert = plan.find<Expert>(posting.expert);
            if (!expert) continue;
            is_posted[expert.value()] = true;
            const Id<Post> post = plan.find<Post>(posting.post);
            if (!post) continue;
            if (const auto pair = problem_.pair_of(expert, post)) stays_[*pair] = true;
        }
        posted_ = std::ranges::count(is_posted, true);
    }

    /// What the tier costs in the problem as it is built.
    [[nodiscard]] TradeAxis axis_of(Tier tier) const {
        const NestedFlowProblem& flow = problem_.flow;
        TradeAxis out{std::vector<std::int64_t>(flow.pairs(), 0), std::vector<std::int64_t>(flow.left.from.size(), 0),
                      std::vector<std::int64_t>(flow.right.from.size(), 0)};
        if (tier == Tier::moves) {
            for (std::size_t pair = 0; pair < out.pair.size(); ++pair)
                out.pair[pair] = stays_[pair] ? -1 : 0;
            return out;
        }
        const std::size_t place = place_of(tier);
        const std::size_t width = flow.tiers - flow.pair_tier;
        for (std::size_t pair = 0; place >= flow.pair_tier && pair < out.pair.size(); ++pair)
            out.pair[pair] = flow.cost[pair * width + place - flow.pair_tier];
        for (std::size_t k = 0; k < out.left.size(); ++k)
            out.left[k] = flow.left.slope[k * flow.tiers + place];
        for (std::size_t k = 0; k < out.right.size(); ++k)
            out.right[k] = flow.right.slope[k * flow.tiers + place];
        return out;
    }

    static std::int64_t largest(const TradeAxis& axis) {
        std::int64_t out = 0;
        for (const auto* costs : {&axis.pair, &axis.left, &axis.right})
            for (const std::int64_t cost : *costs)
                out = std::max(out, cost < 0 ? -cost : cost);
        return out;
    }

    /// Puts the tiers in their new order; the weighted sum and the tie-break wait for `weigh`.
    void lay_out() {
        most_first_ = largest(first_);
        most_second_ = largest(second_);
        NestedFlowProblem& flow = problem_.flow;
        const std::size_t was_first = flow.pair_tier;
        const std::size_t was_width = flow.tiers - was_first;
        const auto is_zero = [](std::int64_t cost) { return cost == 0; };
        const bool is_pairwise =
            !std::ranges::all_of(first_.pair, is_zero) || !std::ranges::all_of(second_.pair, is_zero);
        std::size_t at = 0;
        while (at + 1 < source_.size() && (source_[at] == none ? !is_pairwise : source_[at] < was_first))
            ++at;
        const std::size_t width = source_.size() - at;
        std::vector<std::int64_t> cost(flow.pairs() * width, 0);
        for (std::size_t t = at; t < source_.size(); ++t) {
            if (source_[t] == none || source_[t] < was_first) continue;
            for (std::size_t pair = 0; pair < flow.pairs(); ++pair)
                cost[pair * width + t - at] = flow.cost[pair * was_width + source_[t] - was_first];
        }
        flow.cost = std::move(cost);
        for (NestedQuotas* quotas : {&flow.left, &flow.right}) {
            std::vector<std::int64_t> slope(quotas->from.size() * source_.size(), 0);
            for (std::size_t k = 0; k < quotas->from.size(); ++k)
                for (std::size_t t = 0; t < source_.size(); ++t)
                    if (source_[t] != none) slope[k * source_.size() + t] = quotas->slope[k * flow.tiers + source_[t]];
            quotas->slope = std::move(slope);
        }
        flow.pair_tier = at;
        flow.tiers = source_.size();
    }

    void write_slopes(NestedQuotas& quotas, std::span<const std::int64_t> first,
                      std::span<const std::int64_t> second) const {
        for (std::size_t k = 0; k < first.size(); ++k)
            write(std::span(quotas.slope).subspan(k * problem_.flow.tiers + at_, 2), first[k], second[k]);
    }

    /// The weighted sum and the tie-break. A sum that is too large stays so, and the solver refuses it.
    void write(std::span<std::int64_t> out, std::int64_t first, std::int64_t second) const {
        constexpr int128 too_large = int128{NestedFlowProblem::max_cost} + 1;
        const int128 sum = int128{weights_.first} * first + int128{weights_.second} * second;
        out[0] = static_cast<std::int64_t>(std::clamp(sum, -too_large, too_large));
        out[1] = weights_.second == 0 ? second : first;
    }

    AllocationProblem problem_;
    std::vector<std::size_t> source_;  ///< per tier: its place in the objective, or `none`
    std::size_t at_ = 0;
    std::vector<Tier> dropped_;
    std::int64_t posted_ = 0;
    std::vector<bool> stays_;  ///< per pair: as in the former staffing
    TradeAxis first_;
    TradeAxis second_;
    std::int64_t most_first_ = 0;  ///< no cost is further from 0
    std::int64_t most_second_ = 0;
    TradeWeights weights_{};
};

}  // namespace countyplan::detail
