// How worth is counted: by solving the plan with one thing otherwise.
#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <countyplan/allocate/explain/impl/asking.hpp>
#include <countyplan/allocate/explain/worth.hpp>
#include <countyplan/separate.hpp>

namespace countyplan {

COUNTYPLAN_INLINE bool costs_less(const Effect& a, const Effect& b) {
    const auto rank = [](const Effect& effect) {
        return effect.termination == Termination::optimal ? 0 : effect.termination == Termination::infeasible ? 1 : 2;
    };
    if (rank(a) != rank(b)) return rank(a) < rank(b);
    return a.loss < b.loss;
}

namespace detail {

/// A row's id that no row of that table has yet.
template <class Row>
std::string unused_id(const Plan& plan, const std::string& like) {
    std::size_t number = 2;
    while (plan.find<Row>(like + "-" + std::to_string(number)))
        ++number;
    return like + "-" + std::to_string(number);
}

/// What the staffing at hand would lose at most if some people in it stayed at home and nobody else moved.
class Removal {
  public:
    explicit Removal(const Asking& asking) : asking_(asking), flow_(asking.problem().flow) {
        left_.assign(flow_.left.groups(), 0);
        right_.assign(flow_.right.groups(), 0);
        for (const Id<Expert> expert : asking.rows().experts.ids())
            count(expert, 1);
    }

    /// Nothing where that breaks a lower bound. `waived`: a left group whose lower bound does not count.
    [[nodiscard]] std::optional<Asking::Vector> loss(std::span<const Id<Expert>> people,
                                                     std::optional<std::uint32_t> waived) {
        Asking::Vector out(flow_.tiers);
        bool keeps = true;
        for (const Id<Expert> expert : people) {
            const auto pair = *asking_.problem().pair_of(expert, asking_.post_of(expert));
            const auto cost = asking_.cost_of(pair);
            for (std::size_t t = 0; t < cost.size(); ++t)
                out[flow_.pair_tier + t] -= Int128(cost[t]);
            each_group(expert, [&](const NestedQuotas& quotas, std::vector<std::int64_t>& total, std::uint32_t g) {
                take_last(quotas, total[g], g, out);
                const bool counts = &quotas != &flow_.left || g != waived;
                keeps = keeps && (!counts || total[g] > quotas.lower[g]);
                --total[g];
            });
        }
        for (const Id<Expert> expert : people)
            count(expert, 1);
        if (!keeps) return std::nullopt;
        return out;
    }

  private:
    template <class Visit>
    void each_group(Id<Expert> expert, const Visit& visit) {
        const Id<Post> post = asking_.post_of(expert);
        if (!post) return;
        for (std::uint32_t g = flow_.group[expert.value()]; g != NestedQuotas::outermost; g = flow_.left.parent[g])
            visit(flow_.left, left_, g);
        for (std::uint32_t g = asking_.problem().group_of_post[post.value()]; g != NestedQuotas::outermost;
             g = flow_.right.parent[g])
            visit(flow_.right, right_, g);
    }

    void count(Id<Expert> expert, std::int64_t by) {
        each_group(expert,
                   [by](const NestedQuotas&, std::vector<std::int64_t>& total, std::uint32_t g) { total[g] += by; });
    }

    void take_last(const NestedQuotas& quotas, std::int64_t total, std::uint32_t group, Asking::Vector& out) const {
        if (quotas.first_piece.empty() || quotas.first_piece[group] == quotas.first_piece[group + 1]) return;
        std::size_t piece = quotas.first_piece[group + 1] - 1;
        while (quotas.from[piece] >= total)
            --piece;
        for (std::size_t t = 0; t < flow_.tiers; ++t)
            out[t] -= Int128(quotas.slope[piece * flow_.tiers + t]);
    }

    const Asking& asking_;
    const NestedFlowProblem& flow_;
    std::vector<std::int64_t> left_;
    std::vector<std::int64_t> right_;
};

/// Looks for the greatest losses.
class HingeSearch {
  public:
    HingeSearch(Asking& asking, std::size_t most) : asking_(asking), most_(most) {
        Removal removal(asking);
        const Draft& rows = asking.rows();
        std::vector<std::vector<Id<Expert>>> people(rows.posts.size());
        for (const Id<Expert> expert : rows.experts.ids()) {
            const Id<Post> post = asking.post_of(expert);
            if (!post) continue;
            people[post.value()].push_back(expert);
            candidates_.push_back({.expert = expert, .bound = removal.loss({&expert, 1}, must_of(expert))});
        }
        for (const Id<Post> post : rows.posts.ids()) {
            if (people[post.value()].empty()) continue;
            candidates_.push_back({.post = post, .bound = removal.loss(people[post.value()], std::nullopt)});
        }
    }

    [[nodiscard]] std::vector<Hinge> run() {
        std::ranges::stable_sort(candidates_, [](const Candidate& a, const Candidate& b) {
            if (!a.bound || !b.bound) return !a.bound && b.bound;
            return *b.bound < *a.bound;
        });
        std::vector<Candidate> taken;
        for (Candidate& candidate : candidates_) {
            if (taken.size() == most_ && (most_ == 0 || !may_enter(candidate, taken.back()))) break;
            candidate.effect = effect_of(candidate);
            if (candidate.effect.termination == Termination::unknown) break;
            taken.insert(std::ranges::upper_bound(taken, candidate, is_greater), candidate);
            if (taken.size() > most_) taken.pop_back();
        }
        std::vector<Hinge> out;
        for (Candidate& row : taken)
            out.push_back({row.expert ? asking_.expert_id(row.expert) : std::string(), asking_.post_id(row.post),
                           std::move(row.effect)});
        return out;
    }

  private:
    struct Candidate {
        Id<Expert> expert{};
        Id<Post> post{};
        std::optional<Asking::Vector> bound{};  ///< at most so much; nothing: unknown
        Effect effect{};
    };

    /// The greater loss first, then people before posts, then the lower number.
    static bool is_greater(const Candidate& a, const Candidate& b) {
        if (a.effect != b.effect) return costs_less(b.effect, a.effect);
        if (static_cast<bool>(a.post) != static_cast<bool>(b.post)) return !a.post;
        return a.post ? a.post < b.post : a.expert < b.expert;
    }

    static bool may_enter(const Candidate& candidate, const Candidate& last) {
        if (!candidate.bound) return true;
        return last.effect.termination == Termination::optimal && *candidate.bound >= last.effect.loss;
    }

    [[nodiscard]] std::optional<std::uint32_t> must_of(Id<Expert> expert) const {
        const AllocationProblem& problem = asking_.problem();
        const std::string name = "must:" + asking_.expert_id(expert);
        for (std::uint32_t g = problem.flow.group[expert.value()]; g != NestedQuotas::outermost;
             g = problem.flow.left.parent[g]) {
            const std::uint32_t set = problem.left_set[g];
            if (set != AllocationProblem::no_set && problem.sets[set].name == name) return g;
        }
        return std::nullopt;
    }

    [[nodiscard]] Effect effect_of(const Candidate& candidate) {
        if (candidate.expert) {
            asking_.what_if().forbid(candidate.expert);
        } else {
            asking_.what_if().set_bounds(asking_.set_of(candidate.post), 0, 0);
        }
        return asking_.settle();
    }

    Asking& asking_;
    std::size_t most_;
    std::vector<Candidate> candidates_;
};

/// Without an asking, which a stop prevents, all effects are unknown.
inline std::vector<BoundWorth> worth_of_bounds(Asking* asking, const Plan& plan, std::string_view set) {
    const auto sets = counted_sets(plan);
    const auto found = std::ranges::find(sets, set, &CountedSet::name);
    if (found == sets.end()) throw std::invalid_argument("no set of that name: " + std::string(set));
    const auto number = static_cast<std::size_t>(found - sets.begin());
    const auto effect = [&](std::int64_t low, std::int64_t high) -> std::optional<Effect> {
        if (low < 0 || high < low) return std::nullopt;
        if (asking == nullptr) return Effect{};
        asking->what_if().set_bounds(number, low, high);
        return asking->settle();
    };
    const auto [lower, upper] = std::pair(found->lower, found->upper);
    std::vector<BoundWorth> out;
    if (lower > 0) out.push_back({{found->name, true, lower}, effect(lower - 1, upper), effect(lower + 1, upper)});
    if (upper != CountedSet::unlimited)
        out.push_back({{found->name, false, upper}, effect(lower, upper - 1), effect(lower, upper + 1)});
    return out;
}

inline ExpertWorth worth_of_expert(Asking& asking, const Allocation& allocation, Id<Expert> expert) {
    Expert row = asking.rows().experts[expert];
    ExpertWorth out{.expert = row.id};
    asking.what_if().forbid(expert);
    out.less = asking.settle();
    if (asking.clock().cause()) return out;  // a plan takes its time
    row.id = unused_id<Expert>(asking.plan(), row.id);
    std::vector<GivenPair> given = allocation.given;
    for (const GivenPair& pair : allocation.given) {
        if (pair.expert != out.expert) continue;
        given.push_back(pair);
        given.back().expert = row.id;
    }
    Draft draft = asking.plan().draft();
    draft.experts.push_back(row);
    const auto more = Asking::of(Plan(std::move(draft)), allocation.staffing, allocation.prices, given, asking.clock());
    if (more) out.more = more->effect_of(more->what_if().best());
    return out;
}

inline std::vector<Alternative> ranked_posts(Asking& asking, Id<Expert> expert, std::size_t most) {
    const NestedFlowProblem& flow = asking.problem().flow;
    Cheapest<Alternative> cheapest;
    for (std::size_t pair = flow.first[expert.value()]; pair < flow.first[expert.value() + 1]; ++pair) {
        const Id<Post> post = asking.problem().post_of(pair);
        if (post == asking.post_of(expert)) continue;
        const auto& best = asking.what_if().best();
        cheapest.add(asking.least_loss(best, expert, asking.worth(best, pair)),
                     {asking.expert_id(expert), asking.post_id(post), {}});
    }
    return cheapest.take(most, [&](const Alternative& row) {
        (void)asking.what_if().force(expert, asking.plan().find<Post>(row.post));
        return asking.settle();
    });
}

inline std::vector<Alternative> ranked_people(Asking& asking, Id<Post> post, std::size_t most) {
    Cheapest<Alternative> cheapest;
    for (const Id<Expert> expert : asking.rows().experts.ids()) {
        const auto pair = asking.problem().pair_of(expert, post);
        if (!pair || asking.post_of(expert) == post) continue;
        const auto& best = asking.what_if().best();
        cheapest.add(asking.least_loss(best, expert, asking.worth(best, *pair)),
                     {asking.expert_id(expert), asking.post_id(post), {}});
    }
    return cheapest.take(most, [&](const Alternative& row) {
        (void)asking.what_if().force(asking.plan().find<Expert>(row.expert), post);
        return asking.settle();
    });
}

}  // namespace detail

COUNTYPLAN_INLINE std::vector<BoundWorth> worth(const Plan& plan, const Allocation& allocation, std::string_view set,
                                                const Stop& stop) {
    auto asking = detail::Asking::of(plan, allocation, detail::RemainingTime(stop));
    return detail::worth_of_bounds(asking ? &*asking : nullptr, plan, set);
}

COUNTYPLAN_INLINE ExpertWorth worth(const Plan& plan, const Allocation& allocation, Id<Expert> expert,
                                    const Stop& stop) {
    auto asking = detail::Asking::of(plan, allocation, detail::RemainingTime(stop));
    if (!asking) return {.expert = plan.rows().experts[expert].id};
    return detail::worth_of_expert(*asking, allocation, expert);
}

COUNTYPLAN_INLINE std::vector<SubjectWorth> scarcest_subjects(const Plan& plan, const Allocation& allocation,
                                                              const Stop& stop) {
    const detail::RemainingTime clock(stop);
    std::map<std::pair<Role, std::string>, std::vector<Id<Post>>> posts;
    for (const Id<Post> id : plan.rows().posts.ids())
        posts[{plan.rows().posts[id].role, plan.rows().posts[id].subject}].push_back(id);
    std::vector<SubjectWorth> out;
    for (const auto& [kind, unused] : posts)
        out.push_back({kind.first, kind.second, {}});
    detail::Asking::require_staffing(plan, allocation);
    if (clock.cause()) return out;
    // a row of a sender of its own, so that all counts know of one person more; its pairs are replaced below
    Draft draft = plan.draft();
    const std::string sender = detail::unused_id<Sender>(plan, "sender");
    draft.senders.push_back({.id = sender});
    draft.experts.push_back(
        {.id = detail::unused_id<Expert>(plan, "expert"), .sender = sender, .roles = {Role::teacher}});
    const Id<Expert> extra(draft.experts.size() - 1);
    auto asking =
        detail::Asking::of(Plan(std::move(draft)), allocation.staffing, allocation.prices, allocation.given, clock);
    if (!asking) return out;
    detail::WhatIf& what_if = asking->what_if();
    const std::vector<std::int64_t> nothing(what_if.tiers(), 0);
    std::size_t row = 0;
    for (const auto& [kind, places] : posts) {
        if (clock.cause()) break;
        what_if.free(extra);
        for (const Id<Post> post : plan.rows().posts.ids())
            what_if.forbid(extra, post);
        for (const Id<Post> post : places)
            what_if.allow(extra, post, nothing);
        out[row++].effect = asking->settle();
    }
    std::ranges::stable_sort(out, costs_less, &SubjectWorth::effect);
    return out;
}

COUNTYPLAN_INLINE std::vector<Alternative> ranked_posts(const Plan& plan, const Allocation& allocation,
                                                        Id<Expert> expert, std::size_t most, const Stop& stop) {
    auto asking = detail::Asking::of(plan, allocation, detail::RemainingTime(stop));
    if (!asking) return {};
    return detail::ranked_posts(*asking, expert, most);
}

COUNTYPLAN_INLINE std::vector<Alternative> ranked_people(const Plan& plan, const Allocation& allocation, Id<Post> post,
                                                         std::size_t most, const Stop& stop) {
    auto asking = detail::Asking::of(plan, allocation, detail::RemainingTime(stop));
    if (!asking) return {};
    return detail::ranked_people(*asking, post, most);
}

COUNTYPLAN_INLINE std::vector<Hinge> hinges(const Plan& plan, const Allocation& allocation, std::size_t most,
                                            const Stop& stop) {
    auto asking = detail::Asking::of(plan, allocation, detail::RemainingTime(stop));
    if (!asking) return {};
    return detail::HingeSearch(*asking, most).run();
}

}  // namespace countyplan
