// How an answer is held against the plan, condition by condition.
#pragma once

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <countyplan/allocate/eligibility.hpp>
#include <countyplan/allocate/messages.hpp>
#include <countyplan/allocate/objective.hpp>
#include <countyplan/separate.hpp>

namespace countyplan {

namespace detail {

inline AnswerVerdict refuse_answer(AnswerPart part, std::string key, Message why, Message more = {}) {
    return {false, part, std::move(key), std::move(why), std::move(more)};
}

/// Puts one more person on the way to a post; the reason where a rule forbids it.
class FlowMaker {
  public:
    explicit FlowMaker(const AllocationNetwork& network)
        : network_(network), flow_(network.problem.arcs(), 0), post_of_(network.plan.rows().experts.size()) {}

    [[nodiscard]] std::optional<AnswerVerdict> add(const Posting& posting) {
        const Plan& plan = network_.plan;
        const std::string person = "expert:" + posting.expert;
        const Id<Expert> expert = plan.find<Expert>(posting.expert);
        if (!expert) return staffing(person, {message::staffing_unknown_expert, {posting.expert}});
        const Id<Post> post = plan.find<Post>(posting.post);
        if (!post) return staffing("post:" + posting.post, {message::staffing_unknown_post, {posting.post}});
        if (const Id<Post> other = post_of_[expert.value()]) {
            return staffing(person, {message::staffing_doubled, {plan.rows().posts[other].id, posting.post}});
        }
        post_of_[expert.value()] = post;
        const auto arc = network_.pair_arc(expert, post);
        if (!arc) {
            Refusal refusal = Eligibility(plan).refusal(expert, post).value_or(Refusal{});
            return staffing(person, {message::staffing_refused, {posting.post, refusal.rule}},
                            std::move(refusal.reason));
        }
        const Period period = plan.period_of(post);
        if (posting.from != period.from || posting.to != period.to) {
            return staffing(person,
                            {message::staffing_dates,
                             {to_text(period.from), to_text(period.to), to_text(posting.from), to_text(posting.to)}});
        }
        ++flow_[*arc];
        ++flow_[expert_arc(expert)];
        return std::nullopt;
    }

    /// Posts' maxima and senders' quotas, then the finished flow.
    [[nodiscard]] std::variant<std::vector<std::int64_t>, AnswerVerdict> finish() {
        const Plan& plan = network_.plan;
        const Draft& rows = plan.rows();
        std::vector<std::int64_t> there(rows.posts.size(), 0);
        const std::size_t roles = rows.senders.size();  // the first arc into a role
        for (const Id<Expert> expert : rows.experts.ids()) {
            const Id<Post> post = post_of_[expert.value()];
            if (!post) continue;
            ++there[post.value()];
            const Id<Sender> own = plan.sender_of(expert);
            const std::size_t role = network_.problem.tail[expert_arc(expert)] - network_.node(Id<Sender>(0), Role{});
            ++flow_[roles + role];
            for (Id<Sender> sender = own; sender; sender = plan.parent_of(sender))
                ++flow_[sender.value()];
        }
        for (const Id<Post> post : rows.posts.ids()) {
            std::int64_t left = there[post.value()];
            if (left > rows.posts[post].max) {
                return *staffing(
                    "post:" + rows.posts[post].id,
                    {message::staffing_over_max, {std::to_string(left), std::to_string(rows.posts[post].max)}});
            }
            for (std::size_t arc = network_.slice_first[post.value()]; arc < network_.slice_first[post.value() + 1];
                 ++arc) {
                flow_[arc] = std::min(left, network_.problem.upper[arc]);
                left -= flow_[arc];
            }
        }
        for (std::size_t arc = 0; arc < network_.slice_first.front(); ++arc) {
            if (flow_[arc] <= network_.problem.upper[arc]) continue;
            return *staffing(network_.node_name(network_.problem.head[arc]),
                             {message::staffing_over_quota,
                              {std::to_string(flow_[arc]), std::to_string(network_.problem.upper[arc])}});
        }
        return std::move(flow_);
    }

  private:
    static std::optional<AnswerVerdict> staffing(std::string key, Message why, Message more = {}) {
        return refuse_answer(AnswerPart::staffing, std::move(key), std::move(why), std::move(more));
    }
    [[nodiscard]] std::size_t expert_arc(Id<Expert> expert) const {
        return network_.plan.rows().senders.size() * (1 + enumerator_count<Role>)+expert.value();
    }

    const AllocationNetwork& network_;
    std::vector<std::int64_t> flow_;
    std::vector<Id<Post>> post_of_;
};

/// The sign of an arc's reduced cost vector: -1, 0, 1.
inline int reduced_sign(const MinCostFlowProblem& problem, const Potentials& potentials, std::size_t arc) {
    for (std::size_t t = 0; t < problem.tiers; ++t) {
        const Int128 reduced = Int128(problem.cost[arc * problem.tiers + t]) +
                               Int128(potentials.value[problem.tail[arc] * problem.tiers + t]) -
                               Int128(potentials.value[problem.head[arc] * problem.tiers + t]);
        if (reduced < Int128(0)) return -1;
        if (reduced > Int128(0)) return 1;
    }
    return 0;
}

inline bool is_tight(const MinCostFlowProblem& problem, const Potentials& potentials, std::size_t arc,
                     std::int64_t flow) {
    const int sign = reduced_sign(problem, potentials, arc);
    return (sign >= 0 || flow == problem.upper[arc]) && (sign <= 0 || flow == problem.lower[arc]);
}

/// The person, post or sender that an arc is about.
inline std::string arc_item(const AllocationNetwork& network, std::size_t arc) {
    const MinCostFlowProblem& p = network.problem;
    if (arc >= network.pair_first.front()) return network.node_name(p.tail[arc]);
    if (arc >= network.slice_first.front()) return network.node_name(p.tail[arc]);
    return network.node_name(p.head[arc]);
}

/// Whether another potential of this node alone would make all its arcs tight: then it is the false one.
inline bool can_be_mended(const MinCostFlowProblem& problem, std::span<const std::int64_t> flow,
                          const Potentials& potentials, std::size_t node) {
    using Value = std::array<Int128, standard_tiers>;
    std::optional<Value> least;
    std::optional<Value> most;
    for (std::size_t arc = 0; arc < problem.arcs(); ++arc) {
        const bool leaves = problem.tail[arc] == node;
        if (leaves == (problem.head[arc] == node)) continue;
        const std::size_t other = leaves ? problem.head[arc] : problem.tail[arc];
        Value bound;
        for (std::size_t t = 0; t < standard_tiers; ++t) {
            const Int128 cost(problem.cost[arc * standard_tiers + t]);
            const Int128 there(potentials.value[other * standard_tiers + t]);
            bound[t] = leaves ? there - cost : there + cost;
        }
        const bool may_rise = flow[arc] < problem.upper[arc];
        const bool may_fall = flow[arc] > problem.lower[arc];
        if ((leaves ? may_rise : may_fall) && (!least || *least < bound)) least = bound;
        if ((leaves ? may_fall : may_rise) && (!most || bound < *most)) most = bound;
    }
    return !least || !most || *least <= *most;
}

/// Which of the arcs that are not tight speaks, and which node most of them share.
struct Looseness {
    std::optional<std::size_t> arc;
    std::size_t node = 0;
};

inline Looseness find_loose(const AllocationNetwork& network, std::span<const std::int64_t> flow,
                            const Potentials& potentials) {
    const MinCostFlowProblem& p = network.problem;
    std::map<std::size_t, std::size_t> count;
    Looseness out;
    for (std::size_t k = p.arcs(); k-- > 0;) {  // pairs first: they name a person and a post
        if (is_tight(p, potentials, k, flow[k])) continue;
        if (!out.arc || k >= network.pair_first.front()) out.arc = k;
        ++count[p.tail[k]];
        ++count[p.head[k]];
    }
    std::size_t most = 0;
    for (const auto& [node, times] : count)
        most = std::max(most, times);
    std::vector<std::size_t> suspects;
    for (const auto& [node, times] : count)
        if (times == most && suspects.size() < 8) suspects.push_back(node);
    if (!suspects.empty()) out.node = suspects.back();
    for (const std::size_t node : suspects) {  // the later ones are people and posts
        if (suspects.size() > 1 && can_be_mended(p, flow, potentials, node)) out.node = node;
    }
    return out;
}

inline AnswerVerdict examine_proof(const AllocationNetwork& network, std::span<const std::int64_t> flow,
                                   const Potentials& potentials, bool values_agree) {
    const Looseness loose = find_loose(network, flow, potentials);
    if (!loose.arc) return {};
    const std::string arc = network.arc_name(*loose.arc);
    const std::int64_t upper = network.problem.upper[*loose.arc];
    if (values_agree) {
        return refuse_answer(
            AnswerPart::certificate, network.node_name(loose.node),
            {message::price_not_tight, {arc, std::to_string(flow[*loose.arc]), std::to_string(upper)}});
    }
    const bool wants_more = reduced_sign(network.problem, potentials, *loose.arc) < 0;
    return refuse_answer(AnswerPart::staffing, arc_item(network, *loose.arc),
                         {message::staffing_improvable,
                          {arc, std::to_string(flow[*loose.arc]), std::to_string(wants_more ? upper : 0)}});
}

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

COUNTYPLAN_INLINE std::variant<std::vector<std::int64_t>, AnswerVerdict> flow_of(const AllocationNetwork& network,
                                                                                 const Staffing& staffing) {
    detail::FlowMaker maker(network);
    for (const Posting& posting : staffing) {
        if (auto refused = maker.add(posting)) return *std::move(refused);
    }
    return maker.finish();
}

COUNTYPLAN_INLINE std::variant<Potentials, AnswerVerdict> potentials_of(const AllocationNetwork& network,
                                                                        std::span<const NodePotential> named) {
    Potentials out;
    out.value.assign(network.problem.nodes * standard_tiers, 0);
    std::vector<bool> seen(network.problem.nodes, false);
    const auto refused = [](const std::string& node, const MessageText& row) {
        return detail::refuse_answer(AnswerPart::certificate, node, {row, {node}});
    };
    for (const NodePotential& row : named) {
        const auto node = network.find_node(row.node);
        if (!node) return refused(row.node, message::price_unknown_node);
        if (seen[*node]) return refused(row.node, message::price_doubled);
        seen[*node] = true;
        std::ranges::copy(row.value, out.value.begin() + static_cast<std::ptrdiff_t>(*node * standard_tiers));
    }
    const auto missing = std::ranges::find(seen, false);
    if (missing != seen.end()) {
        return refused(network.node_name(static_cast<std::size_t>(missing - seen.begin())), message::price_missing);
    }
    return out;
}

COUNTYPLAN_INLINE AnswerVerdict examine(const Plan& plan, const Staffing& staffing, std::span<const TierValue> tiers,
                                        std::span<const NodePotential> potentials, Claim claim) {
    const AllocationNetwork network = allocation_network(plan);
    auto made = flow_of(network, staffing);
    if (auto* refused = std::get_if<AnswerVerdict>(&made)) return *refused;
    const auto computed = tier_values(plan, staffing);
    AnswerVerdict values = detail::examine_values(tiers, computed);
    if (claim == Claim::proved && potentials.empty()) {
        return detail::refuse_answer(AnswerPart::certificate, "potentials", message::claim_without_proof);
    }
    if (!potentials.empty()) {
        auto read = potentials_of(network, potentials);
        if (auto* refused = std::get_if<AnswerVerdict>(&read)) return *refused;
        AnswerVerdict proof = detail::examine_proof(network, std::get<std::vector<std::int64_t>>(made),
                                                    std::get<Potentials>(read), values.accepted);
        if (!proof.accepted) return proof;
    }
    return values;
}

}  // namespace countyplan
