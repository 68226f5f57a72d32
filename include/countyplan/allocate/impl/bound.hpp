// How prices become a bound.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>

#include <countyplan/allocate/bound.hpp>
#include <countyplan/allocate/impl/examine.hpp>
#include <countyplan/allocate/impl/pair_costs.hpp>
#include <countyplan/error.hpp>
#include <countyplan/separate.hpp>

namespace countyplan {

namespace detail {

inline PricedSets priced_sets(const Plan& plan, std::span<const SetPrice> prices) {
    PricedSets out(plan, plan.rows().objective.size());
    if (auto refused = out.read(prices)) throw InvalidProblem(std::move(refused->why), "prices." + refused->key);
    return out;
}

/// The least of what `n` people in a set cost, less the price for each of them, over all n that may be; a piecewise
/// linear function is least where a piece begins or ends.
inline std::vector<Int128> least_of_set(const CountedSet& set, std::span<const std::int64_t> price,
                                        std::int64_t people) {
    const std::size_t tiers = price.size();
    const std::int64_t most = std::max(set.lower, std::min(set.upper, people));
    std::vector<Int128> now(tiers);
    std::vector<Int128> least;
    std::int64_t n = 0;
    const auto look = [&] {
        if (n >= set.lower && (least.empty() || now < least)) least = now;
    };
    const auto go = [&](std::int64_t to) {
        const auto slope = set.slope_after(n, tiers);
        for (std::size_t t = 0; t < tiers; ++t)
            now[t] += Int128(to - n) * (Int128(slope.empty() ? 0 : slope[t]) - Int128(price[t]));
        n = to;
        look();
    };
    look();
    std::vector<std::int64_t> stops(set.from.begin(), set.from.end());
    stops.push_back(set.lower);
    stops.push_back(most);
    std::ranges::sort(stops);
    for (const std::int64_t stop : stops)
        if (stop > n && stop <= most) go(stop);
    return least;
}

/// Each person's best answer to prices.
class Responder {
  public:
    Responder(const Plan& plan, const PricedSets& sets, std::span<const GivenPair> given)
        : sets_(sets), pairs_(plan, given), tiers_(plan.rows().objective.size()), best_(tiers_), now_(tiers_) {}

    /// Adds what the expert takes to `cost`.
    Id<Post> add(Id<Expert> expert, std::vector<Int128>& cost) {
        pairs_.of(expert, posts_, costs_);
        Id<Post> out{};
        best_.assign(tiers_, Int128());
        for (std::size_t k = 0; k < posts_.size(); ++k) {
            const TierVector& own = sets_.of(expert);
            const TierVector& there = sets_.of(posts_[k]);
            for (std::size_t t = 0; t < tiers_; ++t) {
                now_[t] = own[t] + there[t];
                if (t >= pairs_.first_tier()) now_[t] += Int128(costs_[k * pairs_.width() + t - pairs_.first_tier()]);
                if (now_[t] > best_[t]) break;  // of what follows nothing counts
                if (now_[t] == best_[t]) continue;
                for (std::size_t rest = t + 1; rest < tiers_; ++rest) {
                    now_[rest] = own[rest] + there[rest];
                    if (rest >= pairs_.first_tier())
                        now_[rest] += Int128(costs_[k * pairs_.width() + rest - pairs_.first_tier()]);
                }
                best_ = now_;
                out = posts_[k];
                break;
            }
        }
        for (std::size_t t = 0; t < tiers_; ++t)
            cost[t] += best_[t];
        return out;
    }

  private:
    const PricedSets& sets_;
    PairCosts pairs_;
    std::size_t tiers_;
    std::vector<Int128> best_;
    std::vector<Int128> now_;
    std::vector<Id<Post>> posts_;
    std::vector<std::int64_t> costs_;
};

inline std::vector<Int128> bound_of_sets(const Plan& plan, const PricedSets& sets) {
    std::vector<Int128> out;
    for (const TierValue& value : countyplan::tier_values(plan, Staffing{}))
        out.push_back(is_gain(value.tier) ? Int128() - value.value : value.value);
    const auto everybody = static_cast<std::int64_t>(plan.rows().experts.size());
    for (std::size_t s = 0; s < sets.sets().size(); ++s) {
        const CountedSet& set = sets.sets()[s];
        const std::int64_t people = set.receives ? everybody : static_cast<std::int64_t>(set.members.size());
        const auto least = least_of_set(set, sets.price(s), people);
        for (std::size_t t = 0; t < out.size(); ++t)
            out[t] += least[t];
    }
    return out;
}

}  // namespace detail

COUNTYPLAN_INLINE PriceResponse respond(const Plan& plan, std::span<const SetPrice> prices,
                                        std::span<const Id<Expert>> experts, std::span<const GivenPair> given) {
    const detail::PricedSets sets = detail::priced_sets(plan, prices);
    detail::Responder responder(plan, sets, given);
    PriceResponse out;
    out.cost.resize(plan.rows().objective.size());
    for (const Id<Expert> expert : experts)
        out.post.push_back(responder.add(expert, out.cost));
    return out;
}

COUNTYPLAN_INLINE std::vector<Int128> bound_of_sets(const Plan& plan, std::span<const SetPrice> prices) {
    return detail::bound_of_sets(plan, detail::priced_sets(plan, prices));
}

COUNTYPLAN_INLINE std::vector<TierValue> price_bound(const Plan& plan, std::span<const SetPrice> prices,
                                                     std::span<const GivenPair> given) {
    const detail::PricedSets sets = detail::priced_sets(plan, prices);
    std::vector<Int128> sum = detail::bound_of_sets(plan, sets);
    detail::Responder responder(plan, sets, given);
    for (const Id<Expert> expert : plan.rows().experts.ids())
        (void)responder.add(expert, sum);
    std::vector<TierValue> out;
    for (std::size_t t = 0; t < sum.size(); ++t) {
        const Tier tier = plan.rows().objective[t];
        out.push_back({tier, is_gain(tier) ? Int128() - sum[t] : sum[t]});
    }
    return out;
}

COUNTYPLAN_INLINE int compare_values(std::span<const TierValue> a, std::span<const TierValue> b) {
    for (std::size_t t = 0; t < a.size(); ++t) {
        if (a[t].value == b[t].value) continue;
        return (a[t].value < b[t].value) == is_gain(a[t].tier) ? 1 : -1;
    }
    return 0;
}

}  // namespace countyplan
