// Which group of posts needs more people than can come?
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <countyplan/allocate/allocate.hpp>

namespace countyplan::detail {

/// How many of some people the nested quotas let go at once, and which quota cuts most.
struct QuotaCut {
    std::int64_t supply = 0;
    std::string sender{};  ///< empty where no quota cuts
    std::int64_t quota = 0;
};

/// What is known about one group of posts.
struct Scarcity {
    ScarceGroup group;
    QuotaCut cut;

    [[nodiscard]] bool holds() const { return group.need > Int128(group.supply); }
};

/// Looks for groups of posts whose need exceeds what can come, in a problem and a choice of pairs.
class ScarcityFinder {
  public:
    ScarcityFinder(const AllocationProblem& problem, std::span<const std::uint32_t> pair_of)
        : problem_(problem), plan_(problem.plan), post_of_(rows().experts.size()) {
        const NestedFlowProblem& flow = problem.flow;
        std::vector<std::size_t> post_of_group(flow.right.groups(), 0);
        for (std::size_t p = 0; p < problem.group_of_post.size(); ++p)
            post_of_group[problem.group_of_post[p]] = p;
        first_.assign(rows().posts.size() + 1, 0);
        for (const std::uint32_t group : flow.to)
            ++first_[post_of_group[group] + 1];
        for (std::size_t p = 0; p < rows().posts.size(); ++p)
            first_[p + 1] += first_[p];
        people_.resize(flow.pairs());
        sent_.assign(flow.left.groups(), 0);
        std::vector<std::size_t> next(first_.begin(), first_.end() - 1);
        for (std::size_t e = 0; e < flow.items(); ++e) {
            for (std::size_t k = flow.first[e]; k < flow.first[e + 1]; ++k)
                people_[next[post_of_group[flow.to[k]]]++] = static_cast<std::uint32_t>(e);
            if (pair_of[e] == NestedFlowResult::unpaired) continue;
            post_of_[e] = problem.post_of(pair_of[e]);
            for (std::uint32_t g = flow.group[e]; g != NestedQuotas::outermost; g = flow.left.parent[g])
                ++sent_[g];
        }
    }

    [[nodiscard]] std::size_t qualified(Id<Post> post) const { return first_[post.value() + 1] - first_[post.value()]; }

    /// Counts one group. `posts` ascending.
    [[nodiscard]] Scarcity count(std::span<const Id<Post>> posts, bool below_min) const {
        Scarcity out;
        out.group.below_min = below_min;
        std::vector<bool> seen(rows().experts.size(), false);
        std::vector<std::uint32_t> people;
        for (const Id<Post> post : posts) {
            const Post& row = rows().posts[post];
            out.group.posts.push_back(row.id);
            out.group.need += Int128(below_min ? row.min : row.target);
            for (std::size_t k = first_[post.value()]; k < first_[post.value() + 1]; ++k) {
                if (seen[people_[k]]) continue;
                seen[people_[k]] = true;
                people.push_back(people_[k]);
            }
        }
        out.group.qualified = static_cast<std::int64_t>(people.size());
        out.cut = cut(people);
        out.group.supply = out.cut.supply;
        return out;
    }

    /// Every post from which a person could be moved, step by step, to `post`, itself included; nothing if
    /// somebody who stays at home could come. Ascending.
    [[nodiscard]] std::optional<std::vector<Id<Post>>> competitors(Id<Post> post) const {
        Walk walk{std::vector<bool>(rows().posts.size(), false),
                  std::vector<bool>(rows().experts.size(), false),
                  std::vector<bool>(sent_.size(), false),
                  {}};
        walk.reach(post);
        for (std::size_t at = 0; at < walk.posts.size(); ++at) {
            const std::size_t p = walk.posts[at].value();
            for (std::size_t k = first_[p]; k < first_[p + 1]; ++k) {
                if (walk.people_seen[people_[k]]) continue;
                walk.people_seen[people_[k]] = true;
                if (const Id<Post> now = post_of_[people_[k]]) {
                    walk.reach(now);
                } else if (!reach_behind_quota(walk, people_[k])) {
                    return std::nullopt;
                }
            }
        }
        std::ranges::sort(walk.posts);
        return std::move(walk.posts);
    }

  private:
    struct Walk {
        std::vector<bool> posts_seen;
        std::vector<bool> people_seen;
        std::vector<bool> groups_seen;
        std::vector<Id<Post>> posts;

        void reach(Id<Post> post) {
            if (posts_seen[post.value()]) return;
            posts_seen[post.value()] = true;
            posts.push_back(post);
        }
    };

    [[nodiscard]] const Draft& rows() const { return plan_.rows(); }

    [[nodiscard]] QuotaCut cut(std::span<const std::uint32_t> people) const {
        const NestedQuotas& left = problem_.flow.left;
        std::vector<std::int64_t> count(left.groups(), 0);
        for (const std::uint32_t e : people)
            ++count[problem_.flow.group[e]];
        QuotaCut out;
        std::int64_t deepest = 0;
        for (std::size_t g = left.groups(); g-- > 0;) {  // inner groups first
            const std::int64_t sent = std::min(count[g], left.upper[g]);
            if (count[g] - sent > deepest) {
                deepest = count[g] - sent;
                const std::string& name = problem_.sets[problem_.left_set[g]].name;
                out.sender = name.substr(name.find(':') + 1);
                out.quota = left.upper[g];
            }
            (left.parent[g] == NestedQuotas::outermost ? out.supply : count[left.parent[g]]) += sent;
        }
        return out;
    }

    /// The posts of the people whose place under the first full quota this person could take; false if no
    /// quota is full.
    bool reach_behind_quota(Walk& walk, std::uint32_t expert) const {
        const NestedQuotas& left = problem_.flow.left;
        for (std::uint32_t g = problem_.flow.group[expert]; g != NestedQuotas::outermost; g = left.parent[g]) {
            if (sent_[g] < left.upper[g]) continue;
            if (walk.groups_seen[g]) return true;
            walk.groups_seen[g] = true;
            for (const std::uint32_t member : problem_.sets[problem_.left_set[g]].members)
                if (post_of_[member]) walk.reach(post_of_[member]);
            return true;
        }
        return false;
    }

    const AllocationProblem& problem_;
    const Plan& plan_;
    std::vector<Id<Post>> post_of_;
    std::vector<std::int64_t> sent_;     ///< per left group
    std::vector<std::size_t> first_;     ///< per post and one more
    std::vector<std::uint32_t> people_;  ///< eligible experts of each post
};

}  // namespace countyplan::detail
