// Which group of posts needs more people than can come?
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
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

/// Looks for groups of posts whose need exceeds what can come, on a network and a flow.
class ScarcityFinder {
  public:
    ScarcityFinder(const AllocationNetwork& network, std::span<const std::int64_t> flow)
        : network_(network), plan_(network.plan), flow_(flow), post_of_(rows().experts.size()) {
        const std::size_t pairs = network.problem.arcs() - network.pair_first.front();
        first_.assign(rows().posts.size() + 1, 0);
        for (std::size_t k = 0; k < pairs; ++k)
            ++first_[network.post_at(network.pair_first.front() + k).value() + 1];
        for (std::size_t p = 0; p < rows().posts.size(); ++p)
            first_[p + 1] += first_[p];
        people_.resize(pairs);
        std::vector<std::size_t> next(first_.begin(), first_.end() - 1);
        for (const Id<Expert> expert : rows().experts.ids()) {
            for (std::size_t arc = network.pair_first[expert.value()]; arc < network.pair_first[expert.value() + 1];
                 ++arc) {
                const Id<Post> post = network.post_at(arc);
                people_[next[post.value()]++] = static_cast<std::uint32_t>(expert.value());
                if (flow_[arc] != 0) post_of_[expert.value()] = post;
            }
        }
        order_senders();
    }

    [[nodiscard]] std::size_t qualified(Id<Post> post) const { return first_[post.value() + 1] - first_[post.value()]; }

    /// Counts one group. `posts` ascending.
    [[nodiscard]] Scarcity count(std::span<const Id<Post>> posts, bool below_min) const {
        Scarcity out;
        out.group.below_min = below_min;
        std::vector<bool> seen(rows().experts.size(), false);
        std::vector<Id<Expert>> people;
        for (const Id<Post> post : posts) {
            const Post& row = rows().posts[post];
            out.group.posts.push_back(row.id);
            out.group.need += Int128(below_min ? row.min : row.target);
            for (std::size_t k = first_[post.value()]; k < first_[post.value() + 1]; ++k) {
                if (seen[people_[k]]) continue;
                seen[people_[k]] = true;
                people.emplace_back(people_[k]);
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
                  std::vector<bool>(network_.node(Id<Expert>(0)), false),
                  {}};
        walk.reach(post);
        for (std::size_t at = 0; at < walk.posts.size(); ++at) {
            const std::size_t p = walk.posts[at].value();
            for (std::size_t k = first_[p]; k < first_[p + 1]; ++k) {
                if (walk.people_seen[people_[k]]) continue;
                walk.people_seen[people_[k]] = true;
                if (const Id<Post> now = post_of_[people_[k]]) {
                    walk.reach(now);
                } else if (!reach_behind_quota(walk, Id<Expert>(people_[k]))) {
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
        std::vector<bool> quotas_seen;  ///< by the node that the quota's arc enters
        std::vector<Id<Post>> posts;

        void reach(Id<Post> post) {
            if (posts_seen[post.value()]) return;
            posts_seen[post.value()] = true;
            posts.push_back(post);
        }
    };

    [[nodiscard]] const Draft& rows() const { return plan_.rows(); }

    void order_senders() {
        const std::size_t n = rows().senders.size();
        children_.resize(n);
        for (const Id<Sender> id : rows().senders.ids()) {
            if (const Id<Sender> parent = plan_.parent_of(id)) {
                children_[parent.value()].push_back(id);
            } else {
                top_down_.push_back(id);
            }
        }
        for (std::size_t at = 0; at < top_down_.size(); ++at) {
            const auto& below = children_[top_down_[at].value()];
            top_down_.insert(top_down_.end(), below.begin(), below.end());
        }
    }

    [[nodiscard]] Role charged_role(Id<Expert> expert) const { return rows().experts[expert].charged_role(); }

    [[nodiscard]] std::size_t role_arc(Id<Sender> sender, Role role) const {
        return rows().senders.size() + sender.value() * enumerator_count<Role> + static_cast<std::size_t>(role);
    }

    [[nodiscard]] QuotaCut cut(std::span<const Id<Expert>> people) const {
        std::vector<std::int64_t> in_role(rows().senders.size() * enumerator_count<Role>, 0);
        for (const Id<Expert> expert : people)
            ++in_role[role_arc(plan_.sender_of(expert), charged_role(expert)) - rows().senders.size()];
        QuotaCut out;
        std::int64_t deepest = 0;
        std::size_t deepest_arc = 0;
        const auto limited = [&](std::int64_t count, std::size_t arc) {
            const std::int64_t upper = network_.problem.upper[arc];
            if (count - upper > deepest) {
                deepest = count - upper;
                deepest_arc = arc;
            }
            return std::min(count, upper);
        };
        std::vector<std::int64_t> below(rows().senders.size(), 0);
        for (std::size_t at = top_down_.size(); at-- > 0;) {
            const Id<Sender> id = top_down_[at];
            std::int64_t& sum = below[id.value()];
            for (std::size_t r = 0; r < enumerator_count<Role>; ++r) {
                const std::size_t arc = role_arc(id, static_cast<Role>(r));
                sum += limited(in_role[arc - rows().senders.size()], arc);
            }
            const std::int64_t sent = limited(sum, id.value());
            if (const Id<Sender> parent = plan_.parent_of(id)) {
                below[parent.value()] += sent;
            } else {
                out.supply += sent;
            }
        }
        if (deepest > 0) {
            out.quota = network_.problem.upper[deepest_arc];
            out.sender = network_.arc_name(deepest_arc).substr(std::string_view("quota:").size());
        }
        return out;
    }

    /// The posts of the people whose place under the first full quota this person could take; false if no
    /// quota is full.
    bool reach_behind_quota(Walk& walk, Id<Expert> expert) const {
        const Id<Sender> own = plan_.sender_of(expert);
        const Role role = charged_role(expert);
        if (is_full(role_arc(own, role))) {
            reach_posted(walk, own, role);
            return true;
        }
        for (Id<Sender> sender = own; sender; sender = plan_.parent_of(sender)) {
            if (!is_full(sender.value())) continue;
            std::vector<Id<Sender>> stack{sender};
            while (!stack.empty()) {
                const Id<Sender> top = stack.back();
                stack.pop_back();
                if (walk.quotas_seen[network_.node(top)]) continue;
                walk.quotas_seen[network_.node(top)] = true;
                for (std::size_t r = 0; r < enumerator_count<Role>; ++r)
                    reach_posted(walk, top, static_cast<Role>(r));
                stack.insert(stack.end(), children_[top.value()].begin(), children_[top.value()].end());
            }
            return true;
        }
        return false;
    }

    [[nodiscard]] bool is_full(std::size_t arc) const { return flow_[arc] >= network_.problem.upper[arc]; }

    void reach_posted(Walk& walk, Id<Sender> sender, Role role) const {
        const std::size_t node = network_.node(sender, role);
        if (walk.quotas_seen[node]) return;
        walk.quotas_seen[node] = true;
        for (const Id<Expert> expert : plan_.experts_of(sender)) {
            const Id<Post> post = post_of_[expert.value()];
            if (post && charged_role(expert) == role) walk.reach(post);
        }
    }

    const AllocationNetwork& network_;
    const Plan& plan_;
    std::span<const std::int64_t> flow_;
    std::vector<Id<Post>> post_of_;
    std::vector<std::size_t> first_;     ///< per post and one more
    std::vector<std::uint32_t> people_;  ///< eligible experts of each post
    std::vector<std::vector<Id<Sender>>> children_;
    std::vector<Id<Sender>> top_down_;
};

}  // namespace countyplan::detail
