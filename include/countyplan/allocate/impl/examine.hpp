// How an answer is held against the plan, condition by condition.
#pragma once

#include <algorithm>
#include <cstddef>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <countyplan/allocate/impl/pair_costs.hpp>
#include <countyplan/allocate/messages.hpp>
#include <countyplan/allocate/objective.hpp>
#include <countyplan/separate.hpp>

namespace countyplan {

namespace detail {

inline AnswerVerdict refuse_answer(AnswerPart part, std::string key, Message why, Message more = {}) {
    return {false, part, std::move(key), std::move(why), std::move(more)};
}

/// A cost or a sum of prices, one number per tier, compared lexicographically.
class TierVector {
  public:
    explicit TierVector(std::size_t tiers) : value_(tiers) {}

    void add(std::span<const std::int64_t> other) {
        for (std::size_t t = 0; t < other.size(); ++t)
            value_[t] += Int128(other[t]);
    }
    [[nodiscard]] std::size_t size() const { return value_.size(); }
    [[nodiscard]] Int128& operator[](std::size_t tier) { return value_[tier]; }
    [[nodiscard]] const Int128& operator[](std::size_t tier) const { return value_[tier]; }
    [[nodiscard]] int sign() const {
        for (const Int128& v : value_)
            if (v != Int128(0)) return v < Int128(0) ? -1 : 1;
        return 0;
    }

  private:
    std::vector<Int128> value_;
};

/// Who serves where, as far as no hard rule of single people is broken.
class PostingList {
  public:
    PostingList(const Plan& plan, const PairCosts& pairs)
        : plan_(plan), pairs_(pairs), post_of_(plan.rows().experts.size()) {}

    /// The rule that this posting breaks, if any.
    [[nodiscard]] std::optional<AnswerVerdict> add(const Posting& posting) {
        const std::string person = "expert:" + posting.expert;
        const auto refuse = [](std::string key, Message why, Message more = {}) {
            return refuse_answer(AnswerPart::staffing, std::move(key), std::move(why), std::move(more));
        };
        const Id<Expert> expert = plan_.find<Expert>(posting.expert);
        if (!expert) return refuse(person, {message::staffing_unknown_expert, {posting.expert}});
        const Id<Post> post = plan_.find<Post>(posting.post);
        if (!post) return refuse("post:" + posting.post, {message::staffing_unknown_post, {posting.post}});
        if (const Id<Post> other = post_of_[expert.value()]) {
            return refuse(person, {message::staffing_doubled, {plan_.rows().posts[other].id, posting.post}});
        }
        post_of_[expert.value()] = post;
        if (auto refusal = pairs_.eligibility().refusal(expert, post)) {
            return refuse(person, {message::staffing_refused, {posting.post, refusal->rule}},
                          std::move(refusal->reason));
        }
        if (!pairs_.is_allowed(expert, post)) return refuse(person, {message::staffing_not_allowed, {posting.post}});
        const Period period = plan_.period_of(post);
        if (posting.from != period.from || posting.to != period.to) {
            return refuse(person,
                          {message::staffing_dates,
                           {to_text(period.from), to_text(period.to), to_text(posting.from), to_text(posting.to)}});
        }
        return std::nullopt;
    }

    [[nodiscard]] const std::vector<Id<Post>>& post_of() const { return post_of_; }

  private:
    const Plan& plan_;
    const PairCosts& pairs_;
    std::vector<Id<Post>> post_of_;
};

/// The sets of a plan with the prices stated for them.
class PricedSets {
  public:
    PricedSets(const Plan& plan, std::size_t tiers) : plan_(plan), sets_(counted_sets(plan)), tiers_(tiers) {
        price_.assign(sets_.size(), std::vector<std::int64_t>(tiers, 0));
        of_expert_.resize(plan.rows().experts.size());
        of_post_.resize(plan.rows().posts.size());
        for (std::size_t s = 0; s < sets_.size(); ++s)
            for (const std::uint32_t member : sets_[s].members)
                (sets_[s].receives ? of_post_ : of_expert_)[member].push_back(s);
    }

    [[nodiscard]] std::optional<AnswerVerdict> read(std::span<const SetPrice> prices) {
        std::map<std::string_view, std::size_t> index;
        for (std::size_t s = 0; s < sets_.size(); ++s)
            index.emplace(sets_[s].name, s);
        std::vector<bool> seen(sets_.size(), false);
        for (const SetPrice& row : prices) {
            const auto refuse = [&](const MessageText& why) {
                return refuse_answer(AnswerPart::certificate, row.set, {why, {row.set}});
            };
            const auto found = index.find(row.set);
            if (found == index.end()) return refuse(message::price_unknown_set);
            if (seen[found->second]) return refuse(message::price_doubled);
            if (row.value.size() != tiers_) return refuse(message::price_width);
            seen[found->second] = true;
            price_[found->second] = row.value;
        }
        sum();
        return std::nullopt;
    }

    [[nodiscard]] const std::vector<CountedSet>& sets() const { return sets_; }
    [[nodiscard]] const std::vector<std::int64_t>& price(std::size_t set) const { return price_[set]; }
    [[nodiscard]] const TierVector& of(Id<Expert> expert) const { return expert_sum_[expert.value()]; }
    [[nodiscard]] const TierVector& of(Id<Post> post) const { return post_sum_[post.value()]; }
    [[nodiscard]] const std::vector<std::size_t>& around(Id<Expert> expert) const { return of_expert_[expert.value()]; }
    [[nodiscard]] const std::vector<std::size_t>& around(Id<Post> post) const { return of_post_[post.value()]; }

    /// How many are counted in each set.
    [[nodiscard]] std::vector<std::int64_t> count(std::span<const Id<Post>> post_of) const {
        std::vector<std::int64_t> out(sets_.size(), 0);
        for (std::size_t e = 0; e < post_of.size(); ++e) {
            if (!post_of[e]) continue;
            for (const std::size_t s : of_expert_[e])
                ++out[s];
            for (const std::size_t s : around(post_of[e]))
                ++out[s];
        }
        return out;
    }

  private:
    void sum() {
        expert_sum_.assign(of_expert_.size(), TierVector(tiers_));
        post_sum_.assign(of_post_.size(), TierVector(tiers_));
        for (std::size_t e = 0; e < of_expert_.size(); ++e)
            for (const std::size_t s : of_expert_[e])
                expert_sum_[e].add(price_[s]);
        for (std::size_t p = 0; p < of_post_.size(); ++p)
            for (const std::size_t s : of_post_[p])
                post_sum_[p].add(price_[s]);
    }

    const Plan& plan_;
    std::vector<CountedSet> sets_;
    std::size_t tiers_;
    std::vector<std::vector<std::int64_t>> price_;
    std::vector<std::vector<std::size_t>> of_expert_;
    std::vector<std::vector<std::size_t>> of_post_;
    std::vector<TierVector> expert_sum_;
    std::vector<TierVector> post_sum_;
};

/// Whether every set holds as many as it may.
inline std::optional<AnswerVerdict> examine_counts(std::span<const CountedSet> sets,
                                                   std::span<const std::int64_t> count) {
    for (std::size_t s = 0; s < sets.size(); ++s) {
        const auto refuse = [&](const MessageText& why, std::int64_t bound) {
            return refuse_answer(AnswerPart::staffing, sets[s].name,
                                 {why, {std::to_string(count[s]), std::to_string(bound)}});
        };
        const bool is_post = sets[s].name.starts_with("post:");
        if (count[s] > sets[s].upper)
            return refuse(is_post ? message::staffing_over_max : message::staffing_over_quota, sets[s].upper);
        if (count[s] < sets[s].lower) return refuse(message::staffing_under_quota, sets[s].lower);
    }
    return std::nullopt;
}

/// Gathers the conditions of a proof that fail, and who is to blame.
class ProofExaminer {
  public:
    ProofExaminer(const Plan& plan, const PricedSets& sets, PairCosts& pairs, std::span<const Id<Post>> post_of)
        : plan_(plan), sets_(sets), pairs_(pairs), post_of_(post_of) {}

    [[nodiscard]] AnswerVerdict run(std::span<const std::int64_t> count, bool values_agree) {
        for (std::size_t s = 0; s < count.size(); ++s)
            look_at_set(s, count[s]);
        for (const Id<Expert> expert : plan_.rows().experts.ids())
            look_at(expert);
        if (!broken_) return {};
        if (!values_agree) return refuse_answer(AnswerPart::staffing, item_, {message::staffing_improvable, {where_}});
        std::size_t most = 0;
        std::string key;
        for (const auto& [set, times] : blame_) {
            if (times <= most) continue;
            most = times;
            key = sets_.sets()[set].name;
        }
        return refuse_answer(AnswerPart::certificate, key.empty() ? item_ : key, {message::price_not_tight, {where_}});
    }

  private:
    void look_at_set(std::size_t s, std::int64_t count) {
        const CountedSet& set = sets_.sets()[s];
        const std::size_t tiers = sets_.price(s).size();
        const auto compare = [&](std::int64_t people) {  // -1 where the price is below what that person costs
            TierVector difference(tiers);
            difference.add(sets_.price(s));
            const auto slope = set.slope_after(people, tiers);
            std::vector<std::int64_t> negated(slope.size());
            std::ranges::transform(slope, negated.begin(), [](std::int64_t v) { return -v; });
            difference.add(negated);
            return difference.sign();
        };
        if (count < set.upper && compare(count) > 0) found(set.name, set.name, s);
        if (count > set.lower && compare(count - 1) < 0) found(set.name, set.name, s);
    }

    void found(const std::string& item, const std::string& where, std::optional<std::size_t> set) {
        if (!broken_) {
            item_ = item;
            where_ = where;
        }
        broken_ = true;
        if (set) blame_[*set] += plan_.rows().experts.size() + 1;  // a set by itself weighs more than any pairs
    }

    void blame_pair(Id<Expert> expert, Id<Post> post) {
        const std::string id = plan_.rows().experts[expert].id;
        found("expert:" + id, "pair:" + id + "/" + plan_.rows().posts[post].id, std::nullopt);
        for (const std::size_t s : sets_.around(expert))
            ++blame_[s];
        for (const std::size_t s : sets_.around(post))
            ++blame_[s];
    }

    void look_at(Id<Expert> expert) {
        pairs_.of(expert, posts_, costs_);
        TierVector own(plan_.rows().objective.size());  // of staying at home: 0
        const Id<Post> post = post_of_[expert.value()];
        if (post) {
            const auto k = static_cast<std::size_t>(std::ranges::find(posts_, post) - posts_.begin());
            for (std::size_t t = 0; t < own.size(); ++t)
                own[t] = reduced(expert, k, t);
            if (own.sign() > 0) blame_pair(expert, post);
        }
        for (std::size_t k = 0; k < posts_.size(); ++k) {
            std::size_t t = 0;
            Int128 d = reduced(expert, k, t);
            while (d == own[t] && ++t < own.size())
                d = reduced(expert, k, t);
            if (t < own.size() && d < own[t]) blame_pair(expert, posts_[k]);
        }
    }

    /// The cost in one tier of the expert's k-th pair with the prices round it.
    [[nodiscard]] Int128 reduced(Id<Expert> expert, std::size_t k, std::size_t tier) const {
        const Int128 prices = sets_.of(expert)[tier] + sets_.of(posts_[k])[tier];
        if (tier < pairs_.first_tier()) return prices;
        return prices + Int128(costs_[k * pairs_.width() + tier - pairs_.first_tier()]);
    }

    const Plan& plan_;
    const PricedSets& sets_;
    PairCosts& pairs_;
    std::span<const Id<Post>> post_of_;
    std::vector<Id<Post>> posts_;
    std::vector<std::int64_t> costs_;
    bool broken_ = false;
    std::string item_;
    std::string where_;
    std::map<std::size_t, std::size_t> blame_;
};

inline AnswerVerdict examine_values(std::span<const TierValue> stated, std::span<const TierValue> computed) {
    if (stated.size() != computed.size()) {
        return refuse_answer(
            AnswerPart::result, "tiers",
            {message::tiers_incomplete, {std::to_string(computed.size()), std::to_string(stated.size())}});
    }
    for (std::size_t t = 0; t < stated.size(); ++t) {
        if (stated[t] == computed[t]) continue;
        return refuse_answer(AnswerPart::result, std::string(name(computed[t].tier)),
                             {message::tier_differs, {to_text(stated[t].value), to_text(computed[t].value)}});
    }
    return {};
}

}  // namespace detail

COUNTYPLAN_INLINE AnswerVerdict examine(const Plan& plan, const Staffing& staffing, std::span<const TierValue> tiers,
                                        std::span<const SetPrice> prices, Claim claim,
                                        std::span<const GivenPair> given) {
    detail::PairCosts pairs(plan, given);
    detail::PostingList list(plan, pairs);
    for (const Posting& posting : staffing) {
        if (auto refused = list.add(posting)) return *std::move(refused);
    }
    detail::PricedSets sets(plan, plan.rows().objective.size());
    if (auto refused = sets.read(prices)) return *std::move(refused);
    const auto count = sets.count(list.post_of());
    if (auto refused = detail::examine_counts(sets.sets(), count)) return *std::move(refused);
    AnswerVerdict values = detail::examine_values(tiers, detail::tier_values(plan, staffing, pairs));
    if (claim != Claim::proved) return values;
    AnswerVerdict proof = detail::ProofExaminer(plan, sets, pairs, list.post_of()).run(count, values.accepted);
    return proof.accepted ? values : proof;
}

COUNTYPLAN_INLINE AnswerVerdict examine_infeasible(const Plan& plan, std::span<const SetPrice> prices,
                                                   std::span<const GivenPair> given) {
    detail::PairCosts pairs(plan, given);
    detail::PricedSets sets(plan, 1);
    if (auto refused = sets.read(prices)) return *std::move(refused);
    Int128 most{};  // that the sets' numbers can weigh
    for (std::size_t s = 0; s < sets.sets().size(); ++s) {
        const CountedSet& set = sets.sets()[s];
        const std::int64_t price = sets.price(s).front();
        const std::int64_t upper = std::min(set.upper, static_cast<std::int64_t>(plan.rows().experts.size()));
        most += Int128(price) * Int128(price > 0 ? upper : set.lower);
    }
    Int128 least{};  // that people can weigh
    std::vector<Id<Post>> posts;
    std::vector<std::int64_t> costs;
    for (const Id<Expert> expert : plan.rows().experts.ids()) {
        pairs.of(expert, posts, costs);
        Int128 best{};
        for (const Id<Post> post : posts) {
            Int128 d{};
            for (const std::size_t s : sets.around(expert))
                d += Int128(sets.price(s).front());
            for (const std::size_t s : sets.around(post))
                d += Int128(sets.price(s).front());
            best = std::min(best, d);
        }
        least += best;
    }
    if (least > most) return {};
    return detail::refuse_answer(AnswerPart::certificate, "prices",
                                 {message::prices_prove_nothing, {to_text(least), to_text(most)}});
}

}  // namespace countyplan
