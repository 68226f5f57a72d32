// How values are counted from their definitions, and how the network is laid out.
#pragma once

#include <algorithm>
#include <functional>
#include <map>
#include <utility>

#include <countyplan/allocate/eligibility.hpp>
#include <countyplan/allocate/objective.hpp>
#include <countyplan/allocate/score.hpp>

namespace countyplan {

namespace detail {

/// People posted per post; unknown posts and people are left out.
inline std::vector<std::int64_t> posted(const Plan& plan, const Staffing& staffing) {
    std::vector<std::int64_t> out(plan.rows().posts.size(), 0);
    for (const Posting& posting : staffing) {
        const Id<Post> post = plan.find<Post>(posting.post);
        if (post && plan.find<Expert>(posting.expert)) ++out[post.value()];
    }
    return out;
}

inline std::int64_t missing(std::int64_t wanted, std::int64_t there) {
    return std::max<std::int64_t>(0, wanted - there);
}

}  // namespace detail

COUNTYPLAN_INLINE std::vector<Shortage> shortages(const Plan& plan, const Staffing& staffing) {
    const auto there = detail::posted(plan, staffing);
    std::vector<Shortage> out;
    for (const Id<Post> id : plan.rows().posts.ids()) {
        const Post& post = plan.rows().posts[id];
        const Shortage row{id, detail::missing(post.min, there[id.value()]),
                           detail::missing(post.target, there[id.value()])};
        if (row.short_of_target > 0) out.push_back(row);
    }
    return out;
}

namespace detail {

/// The tiers of a staffing that leaves these posts short.
inline std::vector<TierValue> tiers_of(const Plan& plan, std::span<const Shortage> shorts, Int128 fit) {
    std::array<Int128, standard_tiers> sum{};
    const auto add = [&sum](Tier tier, Int128 value) { sum[static_cast<std::size_t>(tier)] += value; };
    for (const Shortage& row : shorts) {
        const Post& post = plan.rows().posts[row.post];
        if (post.critical) add(Tier::critical_shortfall, row.short_of_min);
        add(Tier::shortfall, row.short_of_min);
        add(Tier::weighted_shortfall, Int128(post.priority) * Int128(row.short_of_target));
    }
    add(Tier::fit, fit);
    std::vector<TierValue> out;
    for (std::size_t t = 0; t < standard_tiers; ++t)
        out.push_back({static_cast<Tier>(t), sum[t]});
    return out;
}

/// The fit of a flow on the network.
inline Int128 fit_of(const AllocationNetwork& network, std::span<const std::int64_t> flow) {
    Int128 fit{};
    for (std::size_t arc = network.pair_first.front(); arc < flow.size(); ++arc)
        if (flow[arc] != 0) fit -= Int128(network.problem.cost[arc * standard_tiers + standard_tiers - 1]);
    return fit;
}

}  // namespace detail

COUNTYPLAN_INLINE std::vector<TierValue> tier_values(const Plan& plan, const Staffing& staffing) {
    Int128 sum{};
    const FitScore fit(plan);
    for (const Posting& posting : staffing) {
        const Id<Expert> expert = plan.find<Expert>(posting.expert);
        const Id<Post> post = plan.find<Post>(posting.post);
        if (expert && post) sum += fit.score(expert, post);
    }
    return detail::tiers_of(plan, shortages(plan, staffing), sum);
}

// ---------------------------------------------------------------------------------------------------------------------

COUNTYPLAN_INLINE std::uint32_t AllocationNetwork::node(Id<Sender> sender) const {
    return static_cast<std::uint32_t>(1 + sender.value());
}
COUNTYPLAN_INLINE std::uint32_t AllocationNetwork::node(Id<Sender> sender, Role role) const {
    return static_cast<std::uint32_t>(1 + plan.rows().senders.size() + sender.value() * enumerator_count<Role> +
                                      static_cast<std::size_t>(role));
}
COUNTYPLAN_INLINE std::uint32_t AllocationNetwork::node(Id<Expert> expert) const {
    return static_cast<std::uint32_t>(1 + plan.rows().senders.size() * (1 + enumerator_count<Role>)+expert.value());
}
COUNTYPLAN_INLINE std::uint32_t AllocationNetwork::node(Id<Post> post) const {
    return static_cast<std::uint32_t>(
        1 + plan.rows().senders.size() * (1 + enumerator_count<Role>)+plan.rows().experts.size() + post.value());
}

COUNTYPLAN_INLINE Id<Post> AllocationNetwork::post_at(std::size_t pair_arc) const {
    return Id<Post>(problem.head[pair_arc] - node(Id<Post>(0)));
}

COUNTYPLAN_INLINE std::optional<std::size_t> AllocationNetwork::pair_arc(Id<Expert> expert, Id<Post> post) const {
    const auto first = problem.head.begin() + static_cast<std::ptrdiff_t>(pair_first[expert.value()]);
    const auto last = problem.head.begin() + static_cast<std::ptrdiff_t>(pair_first[expert.value() + 1]);
    const auto found = std::lower_bound(first, last, node(post));
    if (found == last || *found != node(post)) return std::nullopt;
    return static_cast<std::size_t>(found - problem.head.begin());
}

COUNTYPLAN_INLINE std::string AllocationNetwork::node_name(std::size_t node) const {
    std::size_t at = node;
    const Draft& rows = plan.rows();
    if (at == 0) return "home";
    at -= 1;
    if (at < rows.senders.size()) return "sender:" + rows.senders[Id<Sender>(at)].id;
    at -= rows.senders.size();
    if (at < rows.senders.size() * enumerator_count<Role>) {
        return "role:" + rows.senders[Id<Sender>(at / enumerator_count<Role>)].id + "/" +
               std::string(name(static_cast<Role>(at % enumerator_count<Role>)));
    }
    at -= rows.senders.size() * enumerator_count<Role>;
    if (at < rows.experts.size()) return "expert:" + rows.experts[Id<Expert>(at)].id;
    at -= rows.experts.size();
    return "post:" + rows.posts[Id<Post>(at)].id;
}

COUNTYPLAN_INLINE std::string AllocationNetwork::arc_name(std::size_t arc) const {
    const std::uint32_t head = problem.head[arc];
    if (arc >= pair_first.front()) {
        return "pair:" + node_name(problem.tail[arc]).substr(7) + "/" + node_name(head).substr(5);
    }
    if (arc >= slice_first.front()) {
        static constexpr std::string_view level[] = {"min:", "target:", "max:"};
        return std::string(level[slice_level[arc - slice_first.front()]]) + node_name(problem.tail[arc]).substr(5);
    }
    const std::string into = node_name(head);
    return into.starts_with("expert:") ? into : "quota:" + into.substr(into.find(':') + 1);
}

COUNTYPLAN_INLINE std::optional<std::uint32_t> AllocationNetwork::find_node(std::string_view name) const {
    if (name == "home") return home();
    const auto colon = name.find(':');
    if (colon == std::string_view::npos) return std::nullopt;
    const std::string_view kind = name.substr(0, colon);
    std::string_view key = name.substr(colon + 1);
    const auto node_of = [this](auto id) -> std::optional<std::uint32_t> {
        if (!id) return std::nullopt;
        return node(id);
    };
    if (kind == "sender") return node_of(plan.find<Sender>(key));
    if (kind == "expert") return node_of(plan.find<Expert>(key));
    if (kind == "post") return node_of(plan.find<Post>(key));
    const auto slash = key.rfind('/');
    if (kind != "role" || slash == std::string_view::npos) return std::nullopt;
    const auto role = enumerator<Role>(key.substr(slash + 1));
    const Id<Sender> sender = plan.find<Sender>(key.substr(0, slash));
    if (!role || !sender) return std::nullopt;
    return node(sender, *role);
}

namespace detail {

/// Asked now and then while a network is built; true ends the work.
using Interrupt = std::function<bool()>;

/// Lays the network out arc by arc; nothing when interrupted.
class NetworkBuilder {
  public:
    explicit NetworkBuilder(const Plan& plan) : rows_(plan.rows()) {
        out_.plan = plan;
        out_.problem.tiers = standard_tiers;
        out_.problem.nodes =
            1 + rows_.senders.size() * (1 + enumerator_count<Role>)+rows_.experts.size() + rows_.posts.size();
        out_.problem.supply.assign(out_.problem.nodes, 0);
        people_ = static_cast<std::int64_t>(rows_.experts.size());
    }

    [[nodiscard]] std::optional<AllocationNetwork> build(const Interrupt& interrupt) {
        add_quotas();
        add_experts();
        add_slices();
        if (!add_pairs(interrupt)) return std::nullopt;
        return std::move(out_);
    }

  private:
    void add(std::uint32_t tail, std::uint32_t head, std::int64_t upper,
             const std::array<std::int64_t, standard_tiers>& cost) {
        MinCostFlowProblem& p = out_.problem;
        p.tail.push_back(tail);
        p.head.push_back(head);
        p.lower.push_back(0);
        p.upper.push_back(upper);
        p.cost.insert(p.cost.end(), cost.begin(), cost.end());
    }

    [[nodiscard]] std::int64_t within_people(const std::optional<std::int64_t>& quota) const {
        return std::clamp<std::int64_t>(quota.value_or(people_), 0, people_);
    }

    void add_quotas() {
        for (const Id<Sender> id : rows_.senders.ids()) {
            const Id<Sender> parent = out_.plan.parent_of(id);
            add(parent ? out_.node(parent) : out_.home(), out_.node(id), within_people(rows_.senders[id].quota_total),
                {});
        }
        for (const Id<Sender> id : rows_.senders.ids()) {
            const Sender& sender = rows_.senders[id];
            for (std::size_t r = 0; r < enumerator_count<Role>; ++r) {
                const Role role = static_cast<Role>(r);
                add(out_.node(id), out_.node(id, role), within_people(sender.quota(role)), {});
            }
        }
    }

    void add_experts() {
        for (const Id<Expert> id : rows_.experts.ids()) {
            const Role role = rows_.experts[id].charged_role();
            add(out_.node(out_.plan.sender_of(id), role), out_.node(id), 1, {});
        }
    }

    void add_slices() {
        for (const Id<Post> id : rows_.posts.ids()) {
            const Post& post = rows_.posts[id];
            out_.slice_first.push_back(out_.problem.arcs());
            const std::int64_t edges[] = {0, std::min(post.min, people_), std::min(post.target, people_),
                                          std::min(post.max, people_)};
            for (std::uint8_t level = 0; level < 3; ++level) {
                if (edges[level + 1] <= edges[level]) continue;
                const std::int64_t below_min = level == 0 ? 1 : 0;
                const std::int64_t below_target = level <= 1 ? 1 : 0;
                add(out_.node(id), out_.home(), edges[level + 1] - edges[level],
                    {post.critical ? -below_min : 0, -below_min, -post.priority * below_target, 0});
                out_.slice_level.push_back(level);
            }
        }
        out_.slice_first.push_back(out_.problem.arcs());
    }

    [[nodiscard]] bool add_pairs(const Interrupt& interrupt) {
        if (interrupt && interrupt()) return false;
        const Eligibility eligibility(out_.plan);
        std::vector<Id<Post>> posts;
        std::vector<std::size_t> last_post;
        for (const Id<Expert> id : rows_.experts.ids()) {
            if (interrupt && id.value() % 32 == 0 && interrupt()) return false;
            eligibility.append_posts_of(id, posts);
            last_post.push_back(posts.size());
        }
        const FitScore fit(out_.plan);
        reserve(out_.problem.arcs() + posts.size());
        out_.pair_first.push_back(out_.problem.arcs());
        std::size_t at = 0;
        for (const Id<Expert> id : rows_.experts.ids()) {
            if (interrupt && id.value() % 32 == 0 && interrupt()) return false;
            for (; at < last_post[id.value()]; ++at)
                add(out_.node(id), out_.node(posts[at]), 1, {0, 0, 0, -fit.score(id, posts[at])});
            out_.pair_first.push_back(out_.problem.arcs());
        }
        return true;
    }

    void reserve(std::size_t arcs) {
        MinCostFlowProblem& p = out_.problem;
        p.tail.reserve(arcs);
        p.head.reserve(arcs);
        p.lower.reserve(arcs);
        p.upper.reserve(arcs);
        p.cost.reserve(arcs * standard_tiers);
    }

    const Draft& rows_;
    AllocationNetwork out_;
    std::int64_t people_ = 0;
};

}  // namespace detail

COUNTYPLAN_INLINE AllocationNetwork allocation_network(const Plan& plan) {
    return *detail::NetworkBuilder(plan).build({});
}

COUNTYPLAN_INLINE Staffing staffing_of(const AllocationNetwork& network, std::span<const std::int64_t> flow) {
    const Draft& rows = network.plan.rows();
    std::vector<Posting> postings;
    for (const Id<Expert> id : rows.experts.ids()) {
        for (std::size_t arc = network.pair_first[id.value()]; arc < network.pair_first[id.value() + 1]; ++arc) {
            if (flow[arc] == 0) continue;
            const Id<Post> post = network.post_at(arc);
            const Period period = network.plan.period_of(post);
            postings.push_back({rows.experts[id].id, rows.posts[post].id, period.from, period.to});
        }
    }
    std::ranges::sort(postings);
    return Staffing(std::move(postings));
}

COUNTYPLAN_INLINE std::vector<NodePotential> named_potentials(const AllocationNetwork& network,
                                                              const Potentials& potentials) {
    std::vector<NodePotential> out(network.problem.nodes);
    for (std::size_t v = 0; v < out.size(); ++v) {
        out[v].node = network.node_name(v);
        std::copy_n(potentials.value.begin() + static_cast<std::ptrdiff_t>(v * standard_tiers), standard_tiers,
                    out[v].value.begin());
    }
    return out;
}

}  // namespace countyplan

#include <countyplan/allocate/impl/examine.hpp>
#include <countyplan/separate.hpp>
