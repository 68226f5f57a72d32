// Which pairs may be, and what does each cost in the tiers of the objective?
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <span>
#include <utility>
#include <vector>

#include <countyplan/allocate/eligibility.hpp>
#include <countyplan/allocate/score.hpp>
#include <countyplan/allocate/user_rule.hpp>
#include <countyplan/plan/plan.hpp>

namespace countyplan::detail {

/// What was given for pairs, found by row numbers. Rows that name nobody are left out; of two for one pair the
/// first counts.
class GivenIndex {
  public:
    GivenIndex() = default;
    GivenIndex(const Plan& plan, std::span<const GivenPair> given) {
        rows_.reserve(given.size());
        for (const GivenPair& row : given) {
            const Id<Expert> expert = plan.find<Expert>(row.expert);
            const Id<Post> post = plan.find<Post>(row.post);
            if (expert && post) rows_.push_back({key(expert, post), &row});
        }
        const auto before = [](const Row& a, const Row& b) { return a.key < b.key; };
        if (!std::ranges::is_sorted(rows_, before)) std::ranges::stable_sort(rows_, before);
    }

    [[nodiscard]] const GivenPair* find(Id<Expert> expert, Id<Post> post) const {
        if (rows_.empty()) return nullptr;
        const auto found = std::ranges::lower_bound(rows_, key(expert, post), {}, &Row::key);
        return found != rows_.end() && found->key == key(expert, post) ? found->given : nullptr;
    }

  private:
    struct Row {
        std::pair<std::size_t, std::size_t> key;
        const GivenPair* given = nullptr;
    };
    static std::pair<std::size_t, std::size_t> key(Id<Expert> expert, Id<Post> post) {
        return {expert.value(), post.value()};
    }

    std::vector<Row> rows_;
};

/// The pairs of one plan and their costs. Gains are negative costs.
class PairCosts {
  public:
    PairCosts(const Plan& plan, std::span<const GivenPair> given)
        : plan_(plan), eligibility_(plan), fit_(plan), given_(plan, given) {
        const Objective& objective = plan.rows().objective;
        tiers_ = objective.size();
        first_ = tiers_ - 1;  // a plan's objective has at least one tier
        for (std::size_t t = tiers_; t-- > 0;)
            if (is_of_pairs(objective[t])) first_ = t;
    }

    [[nodiscard]] const Eligibility& eligibility() const { return eligibility_; }
    [[nodiscard]] const FitScore& fit() const { return fit_; }
    /// The first tier in which pairs cost anything, and how many there are from there.
    [[nodiscard]] std::size_t first_tier() const { return first_; }
    [[nodiscard]] std::size_t width() const { return tiers_ - first_; }

    [[nodiscard]] bool is_allowed(Id<Expert> expert, Id<Post> post) const {
        const GivenPair* given = given_.find(expert, post);
        return (given == nullptr || given->allowed) && eligibility_.is_eligible(expert, post);
    }

    /// The expert's posts, ascending, and for each `width()` costs.
    void of(Id<Expert> expert, std::vector<Id<Post>>& posts, std::vector<std::int64_t>& costs) {
        posts.clear();
        eligibility_.append_posts_of(expert, posts);
        std::erase_if(posts, [&](Id<Post> post) {
            const GivenPair* given = given_.find(expert, post);
            return given != nullptr && !given->allowed;
        });
        add_costs(expert, posts, costs);
    }

    /// As `of`, but of these posts only, ascending.
    void among(Id<Expert> expert, std::span<const Id<Post>> some, std::vector<Id<Post>>& posts,
               std::vector<std::int64_t>& costs) {
        posts.clear();
        std::ranges::copy_if(some, std::back_inserter(posts), [&](Id<Post> post) { return is_allowed(expert, post); });
        add_costs(expert, posts, costs);
    }

    /// The costs of one pair, eligible or not, in all tiers.
    [[nodiscard]] std::vector<std::int64_t> all_tiers(Id<Expert> expert, Id<Post> post) const {
        std::vector<std::int64_t> out;
        for (const Tier tier : plan_.rows().objective)
            out.push_back(cost_of(tier, expert, post));
        return out;
    }

  private:
    void add_costs(Id<Expert> expert, const std::vector<Id<Post>>& posts, std::vector<std::int64_t>& costs) {
        const Objective& objective = plan_.rows().objective;
        costs.resize(posts.size() * width());
        for (std::size_t t = first_; t < tiers_; ++t) {
            if (objective[t] == Tier::fit) {
                scores_.clear();
                fit_.append_scores(expert, posts, scores_);
            }
            for (std::size_t k = 0; k < posts.size(); ++k) {
                costs[k * width() + t - first_] = objective[t] == Tier::fit
                                                      ? -scores_[k] - given_points(expert, posts[k])
                                                      : cost_of(objective[t], expert, posts[k]);
            }
        }
    }

    static bool is_of_pairs(Tier tier) {
        return tier == Tier::fit || tier == Tier::wishes || tier == Tier::hardship || tier == Tier::moves ||
               user_tier(tier);
    }

    [[nodiscard]] std::int64_t given_points(Id<Expert> expert, Id<Post> post) const {
        const GivenPair* given = given_.find(expert, post);
        return given == nullptr ? 0 : given->points;
    }

    [[nodiscard]] std::int64_t cost_of(Tier tier, Id<Expert> expert, Id<Post> post) const {
        switch (tier) {
            case Tier::fit:
                return -fit_.score(expert, post) - given_points(expert, post);
            case Tier::wishes:
                return -fit_.value(FitFactor::wish, expert, post);
            case Tier::hardship:
                return fit_.distance(expert, post);
            case Tier::moves:
                return fit_.value(FitFactor::continuity, expert, post) == 1000 ? -1 : 0;
            default: {
                const auto own = user_tier(tier);
                const GivenPair* const given = own ? given_.find(expert, post) : nullptr;
                return given == nullptr ? 0 : -given->user[*own];
            }
        }
    }

    const Plan& plan_;
    Eligibility eligibility_;
    FitScore fit_;
    GivenIndex given_;
    std::size_t tiers_ = 1;
    std::size_t first_ = 0;
    std::vector<std::int64_t> scores_;  ///< of one expert
};

}  // namespace countyplan::detail
