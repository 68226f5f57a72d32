// Why does a post stay below what it needs?
#pragma once

#include <algorithm>
#include <array>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include <countyplan/allocate/eligibility.hpp>
#include <countyplan/allocate/impl/scarcity.hpp>
#include <countyplan/allocate/messages.hpp>
#include <countyplan/plan/subject.hpp>

namespace countyplan::detail {

/// The nearest number of 64 bits: prices that are read may be anything.
inline std::int64_t saturated(Int128 number) {
    using Limits = std::numeric_limits<std::int64_t>;
    return to_int64(number).value_or(number < Int128(0) ? Limits::min() : Limits::max());
}

/// By how much, per tier, one more person in each of these posts would worsen the objective at least: what the post's
/// next person costs less the post's price. Lexicographically 0 or more in a best staffing.
inline std::vector<std::vector<std::int64_t>> losses_of(const Plan& plan, std::span<const CountedSet> sets,
                                                        std::span<const SetPrice> prices,
                                                        std::span<const Shortage> shortages) {
    const std::size_t tiers = plan.rows().objective.size();
    std::map<std::string_view, const SetPrice*> price_of;
    for (const SetPrice& row : prices)
        price_of.emplace(row.set, &row);
    const auto posts = sets.last(plan.rows().posts.size());  // one set each, in order
    std::vector<std::vector<std::int64_t>> out;
    for (const Shortage& row : shortages) {
        const CountedSet& set = posts[row.post.value()];
        const auto slope = set.slope_after(plan.rows().posts[row.post].target - row.short_of_target, tiers);
        std::vector<std::int64_t> loss(slope.begin(), slope.end());
        if (const auto found = price_of.find(set.name); found != price_of.end())
            for (std::size_t t = 0; t < tiers; ++t)
                loss[t] = saturated(Int128(loss[t]) - Int128(found->second->value[t]));
        out.push_back(std::move(loss));
    }
    return out;
}

/// Gives every short post its reason: the smallest scarce group tried, from the post alone over the posts
/// of its role and subject in the county and in the whole plan to all that compete for the same people; failing
/// these a full receiving quota, and failing that what the prices say.
class UnfilledWriter {
  public:
    UnfilledWriter(const AllocationProblem& problem, std::span<const std::uint32_t> pair_of,
                   std::span<const SetPrice> prices, bool proved)
        : problem_(problem), plan_(problem.plan), finder_(problem, pair_of), prices_(prices), proved_(proved) {
        received_.assign(problem.flow.right.groups(), 0);
        for (const std::uint32_t pair : pair_of) {
            if (pair == NestedFlowResult::unpaired) continue;
            for (std::uint32_t g = problem.flow.to[pair]; g != NestedQuotas::outermost;
                 g = problem.flow.right.parent[g])
                ++received_[g];
        }
        for (const Id<Post> post : plan_.rows().posts.ids()) {
            const Post& row = plan_.rows().posts[post];
            same_[{row.role, row.subject, Id<County>()}].push_back(post);
            same_[{row.role, row.subject, plan_.county_of(post)}].push_back(post);
        }
    }

    void write(std::span<const Shortage> shortages, Allocation& out) {
        std::vector<std::vector<std::int64_t>> losses(shortages.size());
        if (proved_) losses = losses_of(plan_, problem_.sets, prices_, shortages);
        for (std::size_t i = 0; i < shortages.size(); ++i) {
            const Shortage& shortage = shortages[i];
            Unfilled row{.post = plan_.rows().posts[shortage.post].id,
                         .short_of_min = shortage.short_of_min,
                         .short_of_target = shortage.short_of_target,
                         .loss = std::move(losses[i])};
            explain(shortage, row);
            out.unfilled.push_back(std::move(row));
        }
        for (Scarcity& scarcity : found_)
            out.scarce.push_back(std::move(scarcity.group));
    }

  private:
    using Key = std::tuple<Role, std::string, Id<County>>;

    void explain(const Shortage& shortage, Unfilled& out) {
        const Id<Post> post = shortage.post;
        const Post& row = plan_.rows().posts[post];
        const bool below_min = shortage.short_of_min > 0;
        const std::string need = std::to_string(below_min ? row.min : row.target);
        if (Scarcity alone = finder_.count({&post, 1}, below_min); alone.holds()) {
            out.reason = alone_reason(post, need, alone);
            out.group = keep(std::move(alone));
            return;
        }
        for (const Id<County> county : {plan_.county_of(post), Id<County>()}) {
            const auto known = group_of({row.role, row.subject, county}, below_min);
            if (!known) continue;
            out.group = known;
            out.reason = group_reason(row, found_[*known]);
            return;
        }
        if (const auto known = proved_ ? shared_by(post, below_min) : std::nullopt) {
            out.group = known;
            out.reason = shared_reason(found_[*known]);
        } else if (auto full = full_quota(post)) {
            out.reason = *std::move(full);
        } else if (row.priority == 0 && !below_min && !counts_without_priority()) {
            out.reason = Message(message::unfilled_not_pressing,
                                 {std::to_string(shortage.short_of_target), std::to_string(finder_.qualified(post))});
        } else if (proved_) {
            out.reason = loss_reason(out.loss);
        } else {
            out.reason = Message(message::unfilled_not_settled,
                                 {std::to_string(below_min ? shortage.short_of_min : shortage.short_of_target)});
        }
    }

    /// Whether a person missing below target counts in a tier that knows no priorities.
    [[nodiscard]] bool counts_without_priority() const {
        const Objective& objective = plan_.rows().objective;
        return std::ranges::find(objective, Tier::county_cover) != objective.end();
    }

    /// The innermost quota that the post's receivers have used up.
    [[nodiscard]] std::optional<Message> full_quota(Id<Post> post) const {
        const NestedQuotas& right = problem_.flow.right;
        for (std::uint32_t g = right.parent[problem_.group_of_post[post.value()]]; g != NestedQuotas::outermost;
             g = right.parent[g]) {
            if (received_[g] < right.upper[g]) continue;
            const std::string& name = problem_.sets[problem_.right_set[g]].name;
            return Message(message::unfilled_full_quota,
                           {name.substr(name.find(':') + 1), std::to_string(right.upper[g])});
        }
        return std::nullopt;
    }

    [[nodiscard]] Message loss_reason(std::span<const std::int64_t> loss) const {
        for (std::size_t t = 0; t < loss.size(); ++t) {
            if (loss[t] == 0) continue;
            return {message::unfilled_outweighed,
                    {tier_word(plan_.rows().objective[t], problem_.names), std::to_string(loss[t])}};
        }
        return message::unfilled_as_good;
    }

    std::size_t keep(Scarcity scarcity) {
        found_.push_back(std::move(scarcity));
        return found_.size() - 1;
    }

    /// The scarce group of that role and subject, counted once; nothing where it is not scarce or holds only
    /// one post.
    std::optional<std::size_t> group_of(const Key& key, bool below_min) {
        const auto [known, is_new] = groups_.try_emplace({key, below_min});
        if (!is_new || same_.at(key).size() < 2) return known->second;
        Scarcity scarcity = finder_.count(same_.at(key), below_min);
        if (scarcity.holds()) known->second = keep(std::move(scarcity));
        return known->second;
    }

    /// The posts that compete with this one for the same people; one walk serves all of them.
    std::optional<std::size_t> shared_by(Id<Post> post, bool below_min) {
        auto& known = shared_[below_min ? 1 : 0];
        if (const auto found = known.find(post); found != known.end()) return found->second;
        const auto posts = finder_.competitors(post);
        if (!posts) return std::nullopt;
        Scarcity scarcity = finder_.count(*posts, below_min);
        if (!scarcity.holds()) return std::nullopt;
        const std::size_t index = keep(std::move(scarcity));
        for (const Id<Post> other : *posts)
            known.try_emplace(other, index);
        return index;
    }

    Message alone_reason(Id<Post> post, const std::string& need, const Scarcity& alone) {
        if (alone.group.qualified == 0) return nobody_reason(post, need);
        const std::string qualified = std::to_string(alone.group.qualified);
        if (alone.cut.sender.empty()) return {message::unfilled_few, {need, qualified}};
        return {
            message::unfilled_few_quota,
            {need, qualified, std::to_string(alone.group.supply), alone.cut.sender, std::to_string(alone.cut.quota)}};
    }

    Message nobody_reason(Id<Post> post, const std::string& need) {
        const auto& experts = plan_.rows().experts;
        if (experts.empty()) return {message::unfilled_no_experts, {need}};
        if (!eligibility_) eligibility_.emplace(plan_);
        std::array<std::size_t, enumerator_count<RefusalKind>> all{};
        std::array<std::size_t, enumerator_count<RefusalKind>> alone{};
        for (const Id<Expert> expert : experts.ids()) {
            std::size_t times = 0;
            std::size_t last = 0;
            for (std::size_t k = 0; k < all.size(); ++k) {
                if (!eligibility_->refuses(static_cast<RefusalKind>(k), expert, post)) continue;
                ++all[k];
                ++times;
                last = k;
            }
            if (times == 1) ++alone[last];
        }
        const auto nearly = std::ranges::max_element(alone);
        const std::string total = std::to_string(experts.size());
        if (*nearly > 0) {
            return {message::unfilled_nobody_nearly,
                    {need, total, std::to_string(*nearly), word(static_cast<RefusalKind>(nearly - alone.begin()))}};
        }
        const auto most = std::ranges::max_element(all);
        if (*most == 0) return {message::unfilled_not_allowed, {need, total}};
        return {message::unfilled_nobody,
                {need, total, word(static_cast<RefusalKind>(most - all.begin())), std::to_string(*most)}};
    }

    static Message group_reason(const Post& row, const Scarcity& scarcity) {
        const ScarceGroup& group = scarcity.group;
        const MessageArgument subject =
            row.subject.empty() ? MessageArgument(message::any_subject) : subject_argument(row.subject);
        const std::string posts = std::to_string(group.posts.size());
        const std::string qualified = std::to_string(group.qualified);
        if (scarcity.cut.sender.empty()) {
            return {message::unfilled_group, {posts, word(row.role), subject, to_text(group.need), qualified}};
        }
        return {message::unfilled_group_quota,
                {posts, word(row.role), subject, to_text(group.need), qualified, std::to_string(group.supply),
                 scarcity.cut.sender, std::to_string(scarcity.cut.quota)}};
    }

    static Message shared_reason(const Scarcity& scarcity) {
        const ScarceGroup& group = scarcity.group;
        const std::string posts = std::to_string(group.posts.size());
        const std::string qualified = std::to_string(group.qualified);
        if (scarcity.cut.sender.empty()) {
            return {message::unfilled_shared, {posts, to_text(group.need), qualified}};
        }
        return {message::unfilled_shared_quota,
                {posts, to_text(group.need), qualified, std::to_string(group.supply), scarcity.cut.sender,
                 std::to_string(scarcity.cut.quota)}};
    }

    const AllocationProblem& problem_;
    const Plan& plan_;
    ScarcityFinder finder_;
    std::span<const SetPrice> prices_;
    std::vector<std::int64_t> received_;      ///< per right group
    std::optional<Eligibility> eligibility_;  ///< made when first asked
    bool proved_;
    std::map<Key, std::vector<Id<Post>>> same_;
    std::map<std::pair<Key, bool>, std::optional<std::size_t>> groups_;
    std::array<std::map<Id<Post>, std::size_t>, 2> shared_;
    std::vector<Scarcity> found_;
};

}  // namespace countyplan::detail
