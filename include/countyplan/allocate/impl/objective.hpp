// How values are counted from their definitions.
#pragma once

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include <countyplan/allocate/fairness.hpp>
#include <countyplan/allocate/impl/pair_costs.hpp>
#include <countyplan/allocate/objective.hpp>
#include <countyplan/separate.hpp>

namespace countyplan {

namespace detail {

/// A posting of an expert and a post that the plan knows.
struct PostedPair {
    Id<Expert> expert{};
    Id<Post> post{};
};

inline std::vector<PostedPair> posted_pairs(const Plan& plan, const Staffing& staffing) {
    std::vector<PostedPair> out;
    out.reserve(staffing.size());
    for (const Posting& posting : staffing) {
        const PostedPair row{plan.find<Expert>(posting.expert), plan.find<Post>(posting.post)};
        if (row.expert && row.post) out.push_back(row);
    }
    return out;
}

/// People per post.
inline std::vector<std::int64_t> posted(const Plan& plan, std::span<const PostedPair> postings) {
    std::vector<std::int64_t> out(plan.rows().posts.size(), 0);
    for (const PostedPair& row : postings)
        ++out[row.post.value()];
    return out;
}

inline std::int64_t missing(std::int64_t wanted, std::int64_t there) {
    return std::max<std::int64_t>(0, wanted - there);
}

/// How many people the plan's present staffing names.
inline std::int64_t people_posted_at_present(const Plan& plan) {
    std::vector<bool> seen(plan.rows().experts.size(), false);
    for (const Id<Posting> posting : plan.rows().staffing.ids())
        seen[plan.expert_of(posting).value()] = true;
    return std::ranges::count(seen, true);
}

/// Counts the tiers of one staffing, each from its definition.
class TierCounter {
  public:
    /// `pairs` is asked only where there are postings.
    TierCounter(const Plan& plan, std::span<const PostedPair> postings, const PairCosts* pairs)
        : plan_(plan), rows_(plan.rows()), postings_(postings), pairs_(pairs), there_(posted(plan, postings)) {}

    [[nodiscard]] Int128 value(Tier tier) const {
        switch (tier) {
            case Tier::critical_shortfall:
                return over_posts([](const Post& post, std::int64_t there) {
                    return post.critical ? Int128(missing(post.min, there)) : Int128();
                });
            case Tier::shortfall:
                return over_posts(
                    [](const Post& post, std::int64_t there) { return Int128(missing(post.min, there)); });
            case Tier::weighted_shortfall:
                return over_posts([](const Post& post, std::int64_t there) {
                    return Int128(post.priority) * Int128(missing(post.target, there));
                });
            case Tier::graded_shortfall:
                return over_posts([](const Post& post, std::int64_t there) {
                    const Int128 m(missing(post.target, there));
                    return Int128(post.priority) * half(m * (m + Int128(1)));
                });
            case Tier::county_cover:
                return cover();
            case Tier::sender_load:
                return load();
            case Tier::moves: {
                Int128 out(people_posted_at_present(plan_));
                return out + of_pairs(tier);
            }
            case Tier::fit:
            case Tier::wishes:
            case Tier::user_1:
            case Tier::user_2:
            case Tier::user_3:
                return Int128() - of_pairs(tier);
            case Tier::hardship:
                return of_pairs(tier);
        }
        return {};
    }

  private:
    static Int128 half(Int128 even) { return Int128(even.value / 2); }

    template <class Of>
    [[nodiscard]] Int128 over_posts(Of of) const {
        Int128 out{};
        for (const Id<Post> post : rows_.posts.ids())
            out += of(rows_.posts[post], there_[post.value()]);
        return out;
    }

    [[nodiscard]] Int128 of_pairs(Tier tier) const {
        const auto place = static_cast<std::size_t>(std::ranges::find(rows_.objective, tier) - rows_.objective.begin());
        Int128 out{};
        for (const PostedPair& row : postings_)
            out += Int128(pairs_->all_tiers(row.expert, row.post)[place]);
        return out;
    }

    /// The raises that are not made.
    [[nodiscard]] Int128 cover() const {
        const auto values = raise_values(plan_);
        std::vector<std::int64_t> serving(rows_.counties.size(), 0);
        for (const Id<Post> post : rows_.posts.ids())
            serving[plan_.county_of(post).value()] += there_[post.value()];
        Int128 out{};
        for (std::size_t c = 0; c < values.size(); ++c)
            for (auto k = static_cast<std::size_t>(serving[c]); k < values[c].size(); ++k)
                out += Int128(values[c][k]);
        return out;
    }

    /// 10^6 (2k + 1) / n^2, rounded down, for each person sent after k others of n, over senders without others below.
    [[nodiscard]] Int128 load() const {
        std::vector<std::int64_t> sent(rows_.senders.size(), 0);
        std::vector<std::int64_t> people(rows_.senders.size(), 0);
        std::vector<bool> has_children(rows_.senders.size(), false);
        for (const Id<Sender> id : rows_.senders.ids())
            if (const Id<Sender> parent = plan_.parent_of(id)) has_children[parent.value()] = true;
        for (const Id<Expert> id : rows_.experts.ids())
            ++people[plan_.sender_of(id).value()];
        for (const PostedPair& row : postings_)
            ++sent[plan_.sender_of(row.expert).value()];
        Int128 out{};
        for (std::size_t s = 0; s < sent.size(); ++s) {
            if (has_children[s]) continue;
            const int128 square = int128{people[s]} * people[s];
            for (std::int64_t k = 0; k < sent[s]; ++k)
                out += Int128(int128{1'000'000} * (2 * int128{k} + 1) / square);
        }
        return out;
    }

    const Plan& plan_;
    const Draft& rows_;
    std::span<const PostedPair> postings_;
    const PairCosts* pairs_;
    std::vector<std::int64_t> there_;
};

inline std::vector<TierValue> all_tiers(const Plan& plan, const TierCounter& counter) {
    std::vector<TierValue> out;
    for (const Tier tier : plan.rows().objective)
        out.push_back({tier, counter.value(tier)});
    return out;
}

/// `tier_values` with pairs that are known.
inline std::vector<TierValue> tier_values(const Plan& plan, const Staffing& staffing, const PairCosts& pairs) {
    const auto postings = posted_pairs(plan, staffing);
    return all_tiers(plan, TierCounter(plan, postings, &pairs));
}

/// `tier_values` while nobody is posted.
inline std::vector<TierValue> values_of_nobody(const Plan& plan) {
    return all_tiers(plan, TierCounter(plan, {}, nullptr));
}

/// The values where costs of this much are added; those of gains are negated.
inline std::vector<TierValue> with_costs(std::vector<TierValue> values, std::span<const Int128> cost) {
    for (std::size_t t = 0; t < values.size(); ++t)
        values[t].value += as_cost(values[t].tier, cost[t]);
    return values;
}

}  // namespace detail

COUNTYPLAN_INLINE std::vector<Shortage> shortages(const Plan& plan, const Staffing& staffing) {
    const auto there = detail::posted(plan, detail::posted_pairs(plan, staffing));
    std::vector<Shortage> out;
    for (const Id<Post> id : plan.rows().posts.ids()) {
        const Post& post = plan.rows().posts[id];
        const Shortage row{id, detail::missing(post.min, there[id.value()]),
                           detail::missing(post.target, there[id.value()])};
        if (row.short_of_target > 0) out.push_back(row);
    }
    return out;
}

COUNTYPLAN_INLINE std::vector<TierValue> tier_values(const Plan& plan, const Staffing& staffing,
                                                     std::span<const GivenPair> given) {
    return detail::tier_values(plan, staffing, detail::PairCosts(plan, given));
}

}  // namespace countyplan

#include <countyplan/allocate/impl/examine.hpp>
