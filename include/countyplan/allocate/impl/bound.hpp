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

/// What each person makes of prices.
class Responder {
  public:
    Responder(const Plan& plan, const PricedSets& sets, const ResponseOptions& options,
              std::span<const GivenPair> given)
        : sets_(sets), options_(options), pairs_(plan, given), tiers_(plan.rows().objective.size()) {
        of_post_.reserve(plan.rows().posts.size() * tiers_);
        for (const Id<Post> post : plan.rows().posts.ids())
            for (std::size_t t = 0; t < tiers_; ++t)
                of_post_.push_back(sets.of(post)[t]);
    }

    /// Adds what is least to `cost`; the posts that are wanted, ascending.
    std::vector<Id<Post>> add(const AskedExpert& asked, std::vector<Int128>& cost) {
        pairs_.of(asked.expert, posts_, costs_);
        offers_.clear();
        const std::size_t most = std::max<std::size_t>(options_.most, 1);
        for (std::size_t k = 0; k < posts_.size(); ++k) {
            if (offers_.size() == most && !is_less(asked.expert, k, offers_.back().cost)) continue;
            Offer offer{std::vector<Int128>(tiers_), posts_[k]};
            for (std::size_t t = 0; t < tiers_; ++t)
                offer.cost[t] = reduced(asked.expert, k, t);
            const auto place = std::ranges::upper_bound(offers_, offer.cost, {}, &Offer::cost);
            offers_.insert(place, std::move(offer));
            if (offers_.size() > most) offers_.pop_back();
        }
        const std::vector<Int128> nothing(tiers_);
        if (!offers_.empty() && offers_.front().cost < nothing) {
            for (std::size_t t = 0; t < tiers_; ++t)
                cost[t] += offers_.front().cost[t];
        }
        if (options_.most < offers_.size()) offers_.resize(options_.most);
        if (!options_.any) {
            std::vector<Int128> present = nothing;
            const auto found = std::ranges::lower_bound(posts_, asked.present);
            if (asked.present && found != posts_.end() && *found == asked.present) {
                for (std::size_t t = 0; t < tiers_; ++t)
                    present[t] = reduced(asked.expert, static_cast<std::size_t>(found - posts_.begin()), t);
            }
            std::erase_if(offers_, [&](const Offer& offer) { return !(offer.cost < std::min(present, nothing)); });
        }
        std::vector<Id<Post>> out;
        for (const Offer& offer : offers_)
            out.push_back(offer.post);
        std::ranges::sort(out);
        return out;
    }

  private:
    struct Offer {
        std::vector<Int128> cost{};
        Id<Post> post{};
    };

    /// The cost in one tier of the expert's k-th pair with the prices round it.
    [[nodiscard]] Int128 reduced(Id<Expert> expert, std::size_t k, std::size_t tier) const {
        const Int128 prices = sets_.of(expert)[tier] + of_post_[posts_[k].value() * tiers_ + tier];
        if (tier < pairs_.first_tier()) return prices;
        return prices + Int128(costs_[k * pairs_.width() + tier - pairs_.first_tier()]);
    }

    [[nodiscard]] bool is_less(Id<Expert> expert, std::size_t k, std::span<const Int128> than) const {
        for (std::size_t t = 0; t < tiers_; ++t) {
            const Int128 d = reduced(expert, k, t);
            if (d != than[t]) return d < than[t];
        }
        return false;
    }

    const PricedSets& sets_;
    const ResponseOptions& options_;
    PairCosts pairs_;
    std::size_t tiers_;
    std::vector<Int128> of_post_;  ///< `[post * tiers + tier]`: the prices of the sets that hold it
    std::vector<Id<Post>> posts_;
    std::vector<std::int64_t> costs_;
    std::vector<Offer> offers_;  ///< least first
};

inline std::vector<Int128> bound_of_sets(const Plan& plan, const PricedSets& sets) {
    std::vector<Int128> out;
    for (const TierValue& value : countyplan::tier_values(plan, Staffing{}))
        out.push_back(as_cost(value.tier, value.value));
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
                                        std::span<const AskedExpert> asked, const ResponseOptions& options,
                                        std::span<const GivenPair> given) {
    const detail::PricedSets sets = detail::priced_sets(plan, prices);
    detail::Responder responder(plan, sets, options, given);
    PriceResponse out;
    out.cost.resize(plan.rows().objective.size());
    for (const AskedExpert& one : asked)
        out.posts.push_back(responder.add(one, out.cost));
    return out;
}

COUNTYPLAN_INLINE std::vector<Int128> bound_of_sets(const Plan& plan, std::span<const SetPrice> prices) {
    return detail::bound_of_sets(plan, detail::priced_sets(plan, prices));
}

COUNTYPLAN_INLINE std::vector<TierValue> price_bound(const Plan& plan, std::span<const SetPrice> prices,
                                                     std::span<const GivenPair> given) {
    const detail::PricedSets sets = detail::priced_sets(plan, prices);
    std::vector<Int128> sum = detail::bound_of_sets(plan, sets);
    const ResponseOptions nobody{.most = 0};
    detail::Responder responder(plan, sets, nobody, given);
    for (const Id<Expert> expert : plan.rows().experts.ids())
        (void)responder.add({expert, {}}, sum);
    std::vector<TierValue> out;
    for (std::size_t t = 0; t < sum.size(); ++t) {
        const Tier tier = plan.rows().objective[t];
        out.push_back({tier, as_cost(tier, sum[t])});
    }
    return out;
}

COUNTYPLAN_INLINE AnswerVerdict examine_bounded(const Plan& plan, const Staffing& staffing,
                                                std::span<const TierValue> tiers, std::span<const SetPrice> prices,
                                                std::span<const TierValue> bound, std::span<const GivenPair> given) {
    AnswerVerdict verdict = examine(plan, staffing, tiers, prices, Claim::bounded, given);
    if (!verdict.accepted) return verdict;
    verdict = detail::examine_values(bound, price_bound(plan, prices, given));
    if (!verdict.accepted) verdict.part = AnswerPart::certificate;
    return verdict;
}

COUNTYPLAN_INLINE int compare_values(std::span<const TierValue> a, std::span<const TierValue> b) {
    for (std::size_t t = 0; t < a.size(); ++t) {
        if (a[t].value == b[t].value) continue;
        return (a[t].value < b[t].value) == is_gain(a[t].tier) ? 1 : -1;
    }
    return 0;
}

}  // namespace countyplan
