// How a plan's sets and pairs become groups and items, and prices become potentials.
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <string_view>
#include <utility>
#include <variant>

#include <countyplan/allocate/allocation_problem.hpp>
#include <countyplan/allocate/impl/far_price.hpp>
#include <countyplan/allocate/impl/pair_costs.hpp>
#include <countyplan/allocate/messages.hpp>
#include <countyplan/graph/laminar.hpp>
#include <countyplan/separate.hpp>

namespace countyplan {

namespace detail {

/// Asks a caller's rules about pairs.
class UserJudge {
  public:
    UserJudge(const Plan& plan, const UserRules& rules) : plan_(plan), rules_(rules) {
        for (const UserFactor& factor : rules.factors)
            if (factor.weight < 0 || factor.weight > most_weight) throw InvalidMeasure(factor.name, {}, {});
    }

    [[nodiscard]] GivenPair of(Id<Expert> expert, Id<Post> post) const {
        GivenPair out{.expert = plan_.rows().experts[expert].id, .post = plan_.rows().posts[post].id};
        out.allowed = !rules_.allows || rules_.allows(expert, post);
        if (!out.allowed) return out;
        for (const UserFactor& factor : rules_.factors) {
            const Measure m = factor.measure(expert, post);
            const bool is_right = m.value >= 0.0 && m.value <= 1000.0 && m.uncertainty >= 0.0;
            if (!is_right) throw InvalidMeasure(factor.name, out.expert, out.post);
            const double low = std::max(0.0, m.value - m.uncertainty);
            const auto weigh = [&](double value) {
                return static_cast<std::int64_t>(std::floor(value * static_cast<double>(factor.weight)));
            };
            out.points += weigh(low);
            out.doubt += weigh(m.value) - weigh(low);
        }
        for (const UserTier& tier : rules_.tiers) {
            const std::int64_t points = tier.points(expert, post);
            if (points < -UserTier::most_points || points > UserTier::most_points)
                throw InvalidMeasure(tier.name, out.expert, out.post);
            out.user[*user_tier(tier.tier)] = points;
        }
        return out;
    }

  private:
    static constexpr std::int64_t most_weight = 1'000'000;

    const Plan& plan_;
    const UserRules& rules_;
};

/// Builds the problem of one plan.
class ProblemBuilder {
  public:
    /// `given`: what rules said earlier, in place of `rules`. `among`: by expert the posts that count, ascending;
    /// empty: all.
    ProblemBuilder(const Plan& plan, const UserRules& rules, std::span<const GivenPair> given,
                   const Interrupt& interrupt, std::span<const std::vector<Id<Post>>> among = {})
        : rules_(rules), given_(given), interrupt_(interrupt), among_(among) {
        require_exact(plan);
        out_.plan = plan;
        out_.sets = counted_sets(plan);
        out_.flow.tiers = plan.rows().objective.size();
    }

    [[nodiscard]] std::optional<AllocationProblem> build() {
        add_groups();
        if (is_interrupted() || !add_pairs()) return std::nullopt;
        return std::move(out_);
    }

  private:
    [[nodiscard]] bool is_interrupted() const { return interrupt_ && interrupt_(); }

    static void require_exact(const Plan& plan) {
        const Draft& rows = plan.rows();
        if (std::ranges::find(rows.objective, Tier::graded_shortfall) == rows.objective.end()) return;
        Findings findings;
        for (const Id<Post> id : rows.posts.ids()) {
            const Post& post = rows.posts[id];
            if (int128{post.priority} * post.target <= NestedFlowProblem::max_cost) continue;
            findings.push_back({.message = message::numbers_too_large, .place = {"posts", id.value(), "target"}});
        }
        if (!findings.empty()) throw InvalidPlan(std::move(findings));
    }

    /// The groups of one side, outer ones first.
    void add_side(bool receives, std::size_t elements, NestedQuotas& quotas, std::vector<std::uint32_t>& set_of_group,
                  std::vector<std::uint32_t>& group_of_element) {
        std::vector<std::vector<std::uint32_t>> members;
        std::vector<std::uint32_t> set_of;
        if (!receives) {  // everybody
            members.emplace_back(elements);
            for (std::size_t e = 0; e < elements; ++e)
                members.back()[e] = static_cast<std::uint32_t>(e);
            set_of.push_back(AllocationProblem::no_set);
        }
        for (std::size_t s = 0; s < out_.sets.size(); ++s) {
            if (out_.sets[s].receives != receives) continue;
            members.push_back(out_.sets[s].members);
            set_of.push_back(static_cast<std::uint32_t>(s));
        }
        const auto found = laminar_forest(elements, members);
        const auto& forest = std::get<LaminarForest>(found);  // `check` lets no others into a plan
        std::vector<std::uint32_t> group_of_set(set_of.size());
        quotas.first_piece.push_back(0);
        for (const NodeIndex at : forest.outer_first) {
            group_of_set[at] = static_cast<std::uint32_t>(quotas.groups());
            const NodeIndex round = forest.parent[at];
            quotas.parent.push_back(round == no_node ? NestedQuotas::outermost : group_of_set[round]);
            set_of_group.push_back(set_of[at]);
            if (set_of[at] == AllocationProblem::no_set) {
                quotas.lower.push_back(0);
                quotas.upper.push_back(NestedQuotas::unlimited);
            } else {
                const CountedSet& set = out_.sets[set_of[at]];
                quotas.lower.push_back(set.lower);
                quotas.upper.push_back(set.upper);
                quotas.from.insert(quotas.from.end(), set.from.begin(), set.from.end());
                quotas.slope.insert(quotas.slope.end(), set.slope.begin(), set.slope.end());
            }
            quotas.first_piece.push_back(quotas.from.size());
        }
        for (std::size_t e = 0; e < elements; ++e)
            group_of_element.push_back(group_of_set[forest.innermost[e]]);
    }

    void add_groups() {
        const Draft& rows = out_.plan.rows();
        add_side(false, rows.experts.size(), out_.flow.left, out_.left_set, out_.flow.group);
        add_side(true, rows.posts.size(), out_.flow.right, out_.right_set, out_.group_of_post);
    }

    [[nodiscard]] bool add_pairs() {
        const Plan& plan = out_.plan;
        PairCosts pairs(plan, given_);
        const UserJudge judge(plan, rules_);
        for (const UserTier& tier : rules_.tiers)
            out_.names[*user_tier(tier.tier)] = tier.name;
        out_.flow.pair_tier = pairs.first_tier();
        const std::size_t width = pairs.width();
        std::vector<Id<Post>> posts;
        std::vector<std::int64_t> costs;
        out_.flow.first.push_back(0);
        for (const Id<Expert> expert : plan.rows().experts.ids()) {
            if (expert.value() % 32 == 0 && is_interrupted()) return false;
            if (among_.empty())
                pairs.of(expert, posts, costs);
            else
                pairs.among(expert, among_[expert.value()], posts, costs);
            for (std::size_t k = 0; k < posts.size(); ++k) {
                if (!rules_.empty()) {
                    out_.given.push_back(judge.of(expert, posts[k]));
                    if (!out_.given.back().allowed) continue;
                    count(out_.given.back(), pairs.first_tier(), std::span(costs).subspan(k * width, width));
                }
                out_.flow.to.push_back(out_.group_of_post[posts[k].value()]);
                out_.flow.cost.insert(out_.flow.cost.end(), costs.begin() + static_cast<std::ptrdiff_t>(k * width),
                                      costs.begin() + static_cast<std::ptrdiff_t>((k + 1) * width));
            }
            out_.flow.first.push_back(out_.flow.to.size());
        }
        return true;
    }

    /// Adds what was said of a pair to its costs in the tiers from `first`.
    void count(const GivenPair& said, std::size_t first, std::span<std::int64_t> costs) const {
        for (std::size_t t = 0; t < costs.size(); ++t) {
            const Tier tier = out_.plan.rows().objective[first + t];
            if (tier == Tier::fit) costs[t] -= said.points;
            if (const auto own = user_tier(tier)) costs[t] -= said.user[*own];
        }
    }

    const UserRules& rules_;
    std::span<const GivenPair> given_;
    const Interrupt& interrupt_;
    std::span<const std::vector<Id<Post>>> among_;
    AllocationProblem out_;
};

/// The problem of a plan with what rules said of its pairs.
inline AllocationProblem given_problem(const Plan& plan, std::span<const GivenPair> given) {
    return *ProblemBuilder(plan, {}, given, {}).build();
}

/// Per group of one side the sum of `term` over the sets from the outermost to it, no further from 0 than leaves room
/// for a cost beside it.
template <class Term>
std::vector<std::int64_t> sums_inwards(const NestedQuotas& quotas, std::size_t tiers, const Term& term) {
    std::vector<std::int64_t> out(quotas.groups() * tiers, 0);
    for (std::size_t g = 0; g < quotas.groups(); ++g) {
        for (std::size_t t = 0; t < tiers; ++t) {
            const std::int64_t outer =
                quotas.parent[g] == NestedQuotas::outermost ? 0 : out[quotas.parent[g] * tiers + t];
            constexpr int128 most = std::numeric_limits<std::int64_t>::max() - 2 * NestedFlowProblem::max_cost;
            out[g * tiers + t] = static_cast<std::int64_t>(std::clamp(outer + term(g, t), -most, most));
        }
    }
    return out;
}

/// Calls `put(set, tier, price)` for what potentials of one side mean: on the left a group's own less that of the group
/// round it, on the right the other way round.
template <class Put>
void price_side(const NestedQuotas& quotas, std::span<const std::uint32_t> set_of, std::size_t tiers,
                std::span<const std::int64_t> potential, std::int64_t home, bool is_left, const Put& put) {
    for (std::size_t g = 0; g < quotas.groups(); ++g) {
        if (set_of[g] == AllocationProblem::no_set) continue;
        for (std::size_t t = 0; t < tiers; ++t) {
            const std::int64_t outer =
                quotas.parent[g] == NestedQuotas::outermost ? home : potential[quotas.parent[g] * tiers + t];
            const std::int64_t own = potential[g * tiers + t];
            put(set_of[g], t, is_left ? own - outer : outer - own);
        }
    }
}

/// Prices per set, those that are 0 in all tiers left out.
inline std::vector<SetPrice> named_prices(const AllocationProblem& problem, std::size_t tiers,
                                          std::span<const std::int64_t> price) {
    std::vector<SetPrice> out;
    for (std::size_t s = 0; s < problem.sets.size(); ++s) {
        const auto own = price.subspan(s * tiers, tiers);
        if (std::ranges::all_of(own, [](std::int64_t v) { return v == 0; })) continue;
        out.push_back({problem.sets[s].name, {own.begin(), own.end()}});
    }
    return out;
}

/// The price per set that a cut means.
inline std::vector<std::int64_t> cut_prices(const AllocationProblem& problem, const NestedFlowCut& cut) {
    // a potential of -1 in the cut and 0 outside: arcs into it earn 1 each, arcs out of it cost 1 each
    const auto marked = [](std::size_t groups, std::span<const std::uint32_t> inside) {
        std::vector<std::int64_t> out(groups, 0);
        for (const std::uint32_t g : inside)
            out[g] = -1;
        return out;
    };
    std::vector<std::int64_t> price(problem.sets.size(), 0);
    const auto put = [&](std::size_t set, std::size_t, std::int64_t value) { price[set] = value; };
    const std::int64_t home = cut.home ? -1 : 0;
    const NestedFlowProblem& flow = problem.flow;
    price_side(flow.left, problem.left_set, 1, marked(flow.left.groups(), cut.left), home, true, put);
    price_side(flow.right, problem.right_set, 1, marked(flow.right.groups(), cut.right), home, false, put);
    return price;
}

}  // namespace detail

COUNTYPLAN_INLINE Id<Post> AllocationProblem::post_of(std::size_t pair) const {
    return Id<Post>(sets[right_set[flow.to[pair]]].members.front());
}

COUNTYPLAN_INLINE std::optional<std::uint32_t> AllocationProblem::pair_of(Id<Expert> expert, Id<Post> post) const {
    std::size_t low = flow.first[expert.value()];
    std::size_t high = flow.first[expert.value() + 1];
    while (low < high) {
        const std::size_t middle = low + (high - low) / 2;
        if (post_of(middle) < post) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    if (low == flow.first[expert.value() + 1] || post_of(low) != post) return std::nullopt;
    return static_cast<std::uint32_t>(low);
}

COUNTYPLAN_INLINE std::optional<AllocationProblem> allocation_problem(const Plan& plan, const UserRules& rules,
                                                                      const Interrupt& interrupt) {
    for (std::size_t t = 0; t < enumerator_count<Tier>; ++t) {
        const auto tier = static_cast<Tier>(t);
        const auto asked = user_tier(tier) ? std::ranges::count(plan.rows().objective, tier) : 0;
        if (std::ranges::count(rules.tiers, tier, &UserTier::tier) != asked) throw InvalidUserTier(tier);
    }
    return detail::ProblemBuilder(plan, rules, {}, interrupt).build();
}

COUNTYPLAN_INLINE Staffing staffing_of(const AllocationProblem& problem, std::span<const std::uint32_t> pair_of) {
    const Draft& rows = problem.plan.rows();
    std::vector<Posting> postings;
    for (std::size_t e = 0; e < pair_of.size(); ++e) {
        if (pair_of[e] == NestedFlowResult::unpaired) continue;
        const Id<Post> post = problem.post_of(pair_of[e]);
        const Period period = problem.plan.period_of(post);
        postings.push_back({rows.experts[Id<Expert>(e)].id, rows.posts[post].id, period.from, period.to});
    }
    std::ranges::sort(postings);
    return Staffing(std::move(postings));
}

COUNTYPLAN_INLINE std::vector<std::uint32_t> pairs_of(const AllocationProblem& problem, const Staffing& staffing) {
    std::vector<std::uint32_t> out(problem.flow.items(), NestedFlowResult::unpaired);
    for (const Posting& posting : staffing) {
        const Id<Expert> expert = problem.plan.find<Expert>(posting.expert);
        const Id<Post> post = problem.plan.find<Post>(posting.post);
        if (!expert || !post) continue;
        if (const auto pair = problem.pair_of(expert, post)) out[expert.value()] = *pair;
    }
    return out;
}

COUNTYPLAN_INLINE std::vector<SetPrice> prices_of(const AllocationProblem& problem,
                                                  const NestedFlowPotentials& potentials,
                                                  std::span<const std::uint32_t> pair_of) {
    const std::size_t tiers = problem.flow.tiers;
    std::vector<std::int64_t> price(problem.sets.size() * tiers, 0);
    const auto put = [&](std::size_t set, std::size_t tier, std::int64_t value) { price[set * tiers + tier] = value; };
    detail::price_side(problem.flow.left, problem.left_set, tiers, potentials.left, 0, true, put);
    detail::price_side(problem.flow.right, problem.right_set, tiers, potentials.right, 0, false, put);
    if (!pair_of.empty()) detail::FarPrices(problem, pair_of, price).cut();
    return detail::named_prices(problem, tiers, price);
}

COUNTYPLAN_INLINE NestedFlowPotentials potentials_of(const AllocationProblem& problem,
                                                     std::span<const SetPrice> prices) {
    const std::size_t tiers = problem.flow.tiers;
    std::map<std::string_view, const SetPrice*> index;
    for (const SetPrice& row : prices)
        if (row.value.size() == tiers) index.emplace(row.set, &row);
    const auto side = [&](const NestedQuotas& quotas, std::span<const std::uint32_t> set_of, std::int64_t sign) {
        return detail::sums_inwards(quotas, tiers, [&](std::size_t g, std::size_t t) -> detail::int128 {
            if (set_of[g] == AllocationProblem::no_set) return 0;
            const auto found = index.find(problem.sets[set_of[g]].name);
            return found == index.end() ? detail::int128{0} : detail::int128{sign} * found->second->value[t];
        });
    };
    return {side(problem.flow.left, problem.left_set, 1), side(problem.flow.right, problem.right_set, -1)};
}

COUNTYPLAN_INLINE RuleCoverage rule_coverage(const Plan& plan) {
    const Draft& rows = plan.rows();
    RuleCoverage out{.quotas = static_cast<std::int64_t>(rows.quotas.size()),
                     .decisions = static_cast<std::int64_t>(rows.decisions.size())};
    for (const Sender& sender : rows.senders) {
        out.sender_quotas += sender.quota_total ? 1 : 0;
        for (std::size_t role = 0; role < enumerator_count<Role>; ++role)
            out.sender_quotas += sender.quota(static_cast<Role>(role)) ? 1 : 0;
    }
    for (const Rule& rule : rows.rules) {
        switch (rule.kind) {
            case RuleKind::principal_term:
            case RuleKind::staff_term:
                if (rule.severity == Severity::error) {
                    out.terms.push_back(rule.id);
                } else {
                    out.left_out.push_back({rule.id, rule.kind, message::rule_is_no_error});
                }
                break;
            case RuleKind::one_principal_per_school:
            case RuleKind::team_size:
            case RuleKind::mentor_load:
                out.left_out.push_back({rule.id, rule.kind, message::rule_ties_many});
                break;
            default:  // of the plan itself, not of who serves where
                break;
        }
    }
    return out;
}

}  // namespace countyplan
