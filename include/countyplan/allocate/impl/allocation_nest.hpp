// How the allocation's network is told to the nested solver, and its answer told back.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include <countyplan/allocate/objective.hpp>
#include <countyplan/solve/proof/nested_flow.hpp>

namespace countyplan::detail {

/// Senders and roles are the left groups, experts the items, posts the right groups with their slices as
/// pieces. Only `fit` costs anything per pair.
class AllocationNest {
  public:
    explicit AllocationNest(const AllocationNetwork& network) : network_(network), rows_(network.plan.rows()) {
        problem_.tiers = standard_tiers;
        problem_.pair_tier = standard_tiers - 1;
        add_senders();
        add_posts();
        add_pairs();
    }

    [[nodiscard]] const NestedFlowProblem& problem() const { return problem_; }

    /// The flow of a choice of pairs, slices filled in order; nobody posted where there is no choice.
    [[nodiscard]] std::vector<std::int64_t> flow_of(std::span<const std::uint32_t> pair_of) const {
        const MinCostFlowProblem& p = network_.problem;
        std::vector<std::int64_t> flow(p.arcs(), 0);
        std::vector<std::int64_t> posted(rows_.posts.size(), 0);
        for (std::size_t e = 0; e < pair_of.size(); ++e) {
            if (pair_of[e] == NestedFlowResult::unpaired) continue;
            const Id<Expert> expert(e);
            ++flow[network_.pair_first.front() + pair_of[e]];
            ++flow[network_.slice_first.front() - rows_.experts.size() + e];
            ++posted[problem_.to[pair_of[e]]];
            const std::uint32_t group = problem_.group[e];
            ++flow[network_.plan.rows().senders.size() + (group - rows_.senders.size())];
            for (Id<Sender> s = network_.plan.sender_of(expert); s; s = network_.plan.parent_of(s))
                ++flow[s.value()];
        }
        for (std::size_t post = 0; post < posted.size(); ++post) {
            for (std::size_t arc = network_.slice_first[post]; arc < network_.slice_first[post + 1]; ++arc) {
                flow[arc] = std::min(posted[post], p.upper[arc]);
                posted[post] -= flow[arc];
            }
        }
        return flow;
    }

    /// The potentials of all nodes. An expert at home has that of the role's node, one who is posted that of
    /// the post less the pair's cost: both make the expert's own arc tight, and keep all pairs as they were.
    [[nodiscard]] Potentials potentials_of(std::span<const std::uint32_t> pair_of,
                                           const NestedFlowPotentials& groups) const {
        Potentials out;
        out.value.assign(network_.problem.nodes * standard_tiers, 0);
        const auto copy = [&out](std::span<const std::int64_t> from, std::size_t group, std::size_t node) {
            std::copy_n(from.begin() + static_cast<std::ptrdiff_t>(group * standard_tiers), standard_tiers,
                        out.value.begin() + static_cast<std::ptrdiff_t>(node * standard_tiers));
        };
        for (std::size_t g = 0; g < group_of_node_.size(); ++g)
            copy(groups.left, group_of_node_[g], 1 + g);
        for (const Id<Post> post : rows_.posts.ids())
            copy(groups.right, post.value(), network_.node(post));
        for (const Id<Expert> expert : rows_.experts.ids()) {
            const std::uint32_t pair = pair_of[expert.value()];
            const std::size_t node = network_.node(expert);
            if (pair == NestedFlowResult::unpaired) {
                copy(groups.left, problem_.group[expert.value()], node);
            } else {
                copy(groups.right, problem_.to[pair], node);
                out.value[node * standard_tiers + standard_tiers - 1] -= problem_.cost[pair];
            }
        }
        return out;
    }

  private:
    /// Left groups: senders, those above first; then the roles of sender 0, of sender 1 …
    void add_senders() {
        const std::size_t senders = rows_.senders.size();
        group_of_node_.resize(senders * (1 + enumerator_count<Role>));
        std::vector<std::vector<Id<Sender>>> children(senders);
        std::vector<Id<Sender>> order;
        for (const Id<Sender> id : rows_.senders.ids()) {
            if (const Id<Sender> parent = network_.plan.parent_of(id)) {
                children[parent.value()].push_back(id);
            } else {
                order.push_back(id);
            }
        }
        for (std::size_t at = 0; at < order.size(); ++at) {
            const Id<Sender> id = order[at];
            const Id<Sender> parent = network_.plan.parent_of(id);
            group_of_node_[id.value()] = static_cast<std::uint32_t>(at);
            add_group(problem_.left, parent ? group_of_node_[parent.value()] : NestedQuotas::outermost,
                      network_.problem.upper[id.value()]);
            order.insert(order.end(), children[id.value()].begin(), children[id.value()].end());
        }
        for (const Id<Sender> id : rows_.senders.ids()) {
            for (std::size_t r = 0; r < enumerator_count<Role>; ++r) {
                const std::size_t node = network_.node(id, static_cast<Role>(r)) - 1;
                group_of_node_[node] = static_cast<std::uint32_t>(problem_.left.groups());
                add_group(problem_.left, group_of_node_[id.value()], network_.problem.upper[node]);
            }
        }
    }

    static void add_group(NestedQuotas& quotas, std::uint32_t parent, std::int64_t upper) {
        quotas.parent.push_back(parent);
        quotas.lower.push_back(0);
        quotas.upper.push_back(upper);
    }

    void add_posts() {
        const MinCostFlowProblem& p = network_.problem;
        NestedQuotas& posts = problem_.right;
        posts.first_piece.push_back(0);
        for (const Id<Post> id : rows_.posts.ids()) {
            std::int64_t upper = 0;
            for (std::size_t arc = network_.slice_first[id.value()]; arc < network_.slice_first[id.value() + 1];
                 ++arc) {
                posts.from.push_back(upper);
                posts.slope.insert(posts.slope.end(),
                                   p.cost.begin() + static_cast<std::ptrdiff_t>(arc * standard_tiers),
                                   p.cost.begin() + static_cast<std::ptrdiff_t>((arc + 1) * standard_tiers));
                upper += p.upper[arc];
            }
            add_group(posts, NestedQuotas::outermost, upper);
            posts.first_piece.push_back(posts.from.size());
        }
    }

    void add_pairs() {
        const MinCostFlowProblem& p = network_.problem;
        const std::size_t start = network_.pair_first.front();
        problem_.first.reserve(rows_.experts.size() + 1);
        for (const std::size_t arc : network_.pair_first)
            problem_.first.push_back(arc - start);
        for (const Id<Expert> expert : rows_.experts.ids()) {
            const std::size_t own_arc = network_.slice_first.front() - rows_.experts.size() + expert.value();
            problem_.group.push_back(group_of_node_[p.tail[own_arc] - 1]);
        }
        problem_.to.reserve(p.arcs() - start);
        problem_.cost.reserve(p.arcs() - start);
        for (std::size_t arc = start; arc < p.arcs(); ++arc) {
            problem_.to.push_back(static_cast<std::uint32_t>(network_.post_at(arc).value()));
            problem_.cost.push_back(p.cost[(arc + 1) * standard_tiers - 1]);
        }
    }

    const AllocationNetwork& network_;
    const Draft& rows_;
    NestedFlowProblem problem_;
    std::vector<std::uint32_t> group_of_node_;  ///< per sender's and role's node, counted from the first
};

}  // namespace countyplan::detail
