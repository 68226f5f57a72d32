// The problem of a plan with moves from a former staffing weighed against one of its tiers.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <numeric>
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

/// Moves, less those who are posted in `former` at all, and the tier's cost in the solver's units.
struct TradeValue {
    Int128 moves{};
    Int128 loss{};

    friend bool operator==(const TradeValue&, const TradeValue&) = default;
};

/// A plan's problem with one tier more: the tier gives way to a weighted sum and a tie-break.
class TradeProblem {
  public:
    TradeProblem(AllocationProblem problem, const Staffing& former, Tier against) : problem_(std::move(problem)) {
        const Objective& objective = problem_.plan.rows().objective;
        const auto found = std::ranges::find(objective, against);
        if (found == objective.end()) throw InvalidProblem({message::trade_off_tier, {word(against)}}, "against");
        at_ = static_cast<std::size_t>(found - objective.begin());
        std::vector<std::size_t> posted;
        for (const Posting& posting : former)
            if (const Id<Expert> expert = problem_.plan.find<Expert>(posting.expert)) posted.push_back(expert.value());
        std::ranges::sort(posted);
        posted.erase(std::unique(posted.begin(), posted.end()), posted.end());
        posted_ = static_cast<std::int64_t>(posted.size());
        stays_.assign(problem_.flow.pairs(), false);
        for (const std::uint32_t pair : former_pairs(former))
            stays_[pair] = true;
        widen();
    }

    /// With the weights of the last `weigh`.
    [[nodiscard]] const AllocationProblem& problem() const { return problem_; }
    [[nodiscard]] const TradeWeights& weights() const { return weights_; }
    /// Where the weighted sum stands; the tie-break comes next.
    [[nodiscard]] std::size_t at() const { return at_; }

    void weigh(TradeWeights weights) {
        if (const std::int64_t common = std::gcd(weights.loss, weights.moves); common > 1)
            weights = {weights.loss / common, weights.moves / common};
        weights_ = weights;
        NestedFlowProblem& flow = problem_.flow;
        const std::size_t width = flow.tiers - flow.pair_tier;
        for (std::size_t pair = 0; pair < stays_.size(); ++pair) {
            write(std::span(flow.cost).subspan(pair * width + at_ - flow.pair_tier, 2), pair_loss_[pair],
                  stays_[pair] ? -1 : 0);
        }
        write_slopes(flow.left, left_loss_);
        write_slopes(flow.right, right_loss_);
    }

    /// Of costs per tier at the present weights.
    [[nodiscard]] TradeValue value_of(std::span<const Int128> cost) const {
        if (weights_.loss == 0) return {cost[at_], cost[at_ + 1]};
        const Int128 moves = cost[at_ + 1];
        const int128 rest = (cost[at_] - moves * Int128(weights_.moves)).value;
        return {moves, Int128(rest / weights_.loss)};
    }

    [[nodiscard]] Int128 weighted(const TradeValue& value) const {
        return value.loss * Int128(weights_.loss) + value.moves * Int128(weights_.moves);
    }

    /// People of the former staffing who do not stay.
    [[nodiscard]] std::int64_t moves_of(std::span<const std::uint32_t> pair_of) const {
        std::int64_t out = posted_;
        for (const std::uint32_t pair : pair_of)
            if (pair != NestedFlowResult::unpaired && stays_[pair]) --out;
        return out;
    }

    /// From the definition.
    [[nodiscard]] std::vector<Int128> cost_of(std::span<const std::uint32_t> pair_of) const {
        return choice_cost(problem_.flow, pair_of);
    }

  private:
    /// All pairs that `former` holds, several per person if it has several.
    [[nodiscard]] std::vector<std::uint32_t> former_pairs(const Staffing& former) const {
        std::vector<std::uint32_t> out;
        for (const Posting& posting : former) {
            const Id<Expert> expert = problem_.plan.find<Expert>(posting.expert);
            const Id<Post> post = problem_.plan.find<Post>(posting.post);
            if (!expert || !post) continue;
            if (const auto pair = problem_.pair_of(expert, post)) out.push_back(*pair);
        }
        return out;
    }

    /// Makes room for the tie-break, and keeps what the tier costs.
    void widen() {
        NestedFlowProblem& flow = problem_.flow;
        const std::size_t old_width = flow.tiers - flow.pair_tier;
        const std::size_t old_first = flow.pair_tier;
        flow.pair_tier = std::min(old_first, at_);
        const std::size_t width = flow.tiers + 1 - flow.pair_tier;
        std::vector<std::int64_t> cost(flow.pairs() * width, 0);
        pair_loss_.assign(flow.pairs(), 0);
        for (std::size_t pair = 0; pair < flow.pairs(); ++pair) {
            for (std::size_t t = old_first; t < flow.tiers; ++t) {
                const std::int64_t value = flow.cost[pair * old_width + t - old_first];
                if (t == at_) {
                    pair_loss_[pair] = value;
                } else {
                    cost[pair * width + t + (t > at_ ? 1 : 0) - flow.pair_tier] = value;
                }
            }
        }
        flow.cost = std::move(cost);
        widen(flow.left, flow.tiers, left_loss_);
        widen(flow.right, flow.tiers, right_loss_);
        ++flow.tiers;
    }

    void widen(NestedQuotas& quotas, std::size_t tiers, std::vector<std::int64_t>& loss) const {
        std::vector<std::int64_t> slope(quotas.from.size() * (tiers + 1), 0);
        for (std::size_t k = 0; k < quotas.from.size(); ++k) {
            for (std::size_t t = 0; t < tiers; ++t) {
                if (t == at_) {
                    loss.push_back(quotas.slope[k * tiers + t]);
                } else {
                    slope[k * (tiers + 1) + t + (t > at_ ? 1 : 0)] = quotas.slope[k * tiers + t];
                }
            }
        }
        quotas.slope = std::move(slope);
    }

    void write_slopes(NestedQuotas& quotas, std::span<const std::int64_t> loss) const {
        for (std::size_t k = 0; k < loss.size(); ++k)
            write(std::span(quotas.slope).subspan(k * problem_.flow.tiers + at_, 2), loss[k], 0);
    }

    /// The weighted sum and the tie-break. A sum that is too large stays so, and the solver refuses it.
    void write(std::span<std::int64_t> out, std::int64_t loss, std::int64_t moves) const {
        constexpr int128 too_large = int128{NestedFlowProblem::max_cost} + 1;
        const int128 sum = int128{weights_.loss} * loss + int128{weights_.moves} * moves;
        out[0] = static_cast<std::int64_t>(std::clamp(sum, -too_large, too_large));
        out[1] = weights_.loss == 0 ? loss : moves;
    }

    AllocationProblem problem_;
    std::size_t at_ = 0;
    std::int64_t posted_ = 0;
    std::vector<bool> stays_;  ///< per pair: as in `former`
    std::vector<std::int64_t> pair_loss_;
    std::vector<std::int64_t> left_loss_;  ///< per piece
    std::vector<std::int64_t> right_loss_;
    TradeWeights weights_{};
};

}  // namespace countyplan::detail
