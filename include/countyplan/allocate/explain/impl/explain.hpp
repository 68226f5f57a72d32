// How explanations are found: by eligibility, by prices, and by solving the plan with one thing otherwise.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <countyplan/allocate/explain/explain.hpp>
#include <countyplan/allocate/explain/impl/asking.hpp>
#include <countyplan/allocate/explain/impl/data_edit.hpp>
#include <countyplan/allocate/explain/impl/feasibility_repair.hpp>
#include <countyplan/allocate/explain/impl/weight_range.hpp>
#include <countyplan/allocate/explain/messages.hpp>
#include <countyplan/separate.hpp>

namespace countyplan {

namespace detail {

/// Who serves elsewhere in the answer than in the staffing at hand, in order.
inline std::vector<Transfer> transfers(const Asking& asking, const WhatIfAnswer& answer) {
    std::vector<Transfer> out;
    if (answer.termination != Termination::optimal) return out;
    for (const Id<Expert> expert : asking.rows().experts.ids()) {
        const Id<Post> from = asking.post_of(expert);
        const Id<Post> to = answer.post_of[expert.value()];
        if (from != to) out.push_back({asking.expert_id(expert), asking.post_id(from), asking.post_id(to)});
    }
    return out;
}

/// The points that make a pair part of a best staffing, from the costs without and with it.
inline std::optional<Int128> points_needed(const Plan& plan, const std::vector<Int128>& best,
                                           const std::vector<Int128>& forced) {
    if (best == forced) return Int128(0);
    const auto tier = fit_tier(plan);
    if (!tier) return std::nullopt;
    const auto at = static_cast<std::ptrdiff_t>(*tier);
    if (!std::equal(best.begin(), best.begin() + at, forced.begin())) return std::nullopt;
    const bool loses_ties =
        std::lexicographical_compare(best.begin() + at + 1, best.end(), forced.begin() + at + 1, forced.end());
    return forced[*tier] - best[*tier] + Int128(loses_ties ? 1 : 0);
}

/// Finds what fills one post.
class FillingSearch {
  public:
    FillingSearch(Asking& asking, Id<Post> post, const PairCosts& pairs, std::int64_t serving, std::int64_t max)
        : asking_(asking), post_(post), pairs_(pairs), serving_(serving), max_(max) {}

    /// As little as one more person in the post.
    void raise() { asking_.what_if().set_bounds(asking_.set_of(post_), serving_ + 1, std::max(max_, serving_ + 1)); }

    /// `one_more`: the best staffing with one more person and nothing else changed.
    [[nodiscard]] std::vector<FillingRepair> run(const WhatIfAnswer& one_more, std::size_t most) {
        if (one_more.termination != Termination::optimal && one_more.termination != Termination::infeasible) return {};
        one_more_ = asking_.effect_of(one_more);
        add_bounds(one_more);
        add_people(one_more);
        std::vector<Choice> taken = cheapest_.take(most, [&](const Choice& choice) { return ask(choice); });
        std::vector<FillingRepair> out;
        for (Choice& choice : taken) {
            choice.repair.effect = std::move(choice.effect);
            out.push_back(std::move(choice.repair));
        }
        return out;
    }

  private:
    struct Choice {
        FillingRepair repair{};
        std::size_t set = 0;
        Id<Expert> expert{};
        Effect effect{};
    };

    /// Nothing gains more than its price; what has none gains nothing.
    void add_bounds(const WhatIfAnswer& one_more) {
        const AllocationProblem& problem = asking_.problem();
        const bool is_priced = one_more.termination == Termination::optimal;
        std::vector<SetPrice> prices;
        if (is_priced) {
            raise();
            prices = asking_.what_if().prices(one_more);
            asking_.what_if().undo();
        }
        auto price = prices.begin();
        for (std::size_t s = 0; s < problem.sets.size(); ++s) {
            const CountedSet& set = problem.sets[s];
            std::vector<Int128> gain;
            if (price != prices.end() && price->set == set.name) {
                gain.assign(price->value.begin(), price->value.end());
                ++price;
            }
            if (set.name.starts_with("post:") || (is_priced && gain.empty())) continue;
            const std::vector<Int128> zero(gain.size());
            if (set.lower > 0 && (!is_priced || gain < zero)) add_bound(s, true, set.lower - 1, gain);
            if (set.upper != CountedSet::unlimited && (!is_priced || zero < gain))
                add_bound(s, false, set.upper + 1, gain);
        }
    }

    void add_bound(std::size_t set, bool is_lower, std::int64_t number, const std::vector<Int128>& price) {
        std::vector<Int128> least = one_more_.loss;
        for (std::size_t t = 0; t < least.size(); ++t)
            least[t] -= is_lower ? Int128(0) - price[t] : price[t];
        Choice choice;
        choice.repair.bound = SetBound{asking_.problem().sets[set].name, is_lower, number};
        choice.set = set;
        cheapest_.add(std::move(least), std::move(choice));
    }

    void add_people(const WhatIfAnswer& one_more) {
        for (const Id<Expert> expert : asking_.rows().experts.ids()) {
            const auto kind = only_refusal(expert);
            if (!kind) continue;
            std::vector<Int128> least;
            if (one_more.termination == Termination::optimal) {
                const auto cost = pairs_.all_tiers(expert, post_);
                const auto worth =
                    asking_.worth(one_more, asking_.problem().group_of_post[post_.value()], std::span(cost));
                least = asking_.least_loss(one_more, expert, worth);
                if (least >= one_more_.loss) continue;
            }
            Choice choice;
            choice.repair.expert = asking_.expert_id(expert);
            choice.repair.refusal = pairs_.eligibility().refusal(expert, post_);
            choice.expert = expert;
            cheapest_.add(std::move(least), std::move(choice));
        }
    }

    /// The only thing between this person and the post, if that can be passed over.
    [[nodiscard]] std::optional<RefusalKind> only_refusal(Id<Expert> expert) const {
        const Eligibility& eligibility = pairs_.eligibility();
        const auto first = eligibility.first_refusal(expert, post_);
        if (!first) return std::nullopt;
        switch (*first) {
            case RefusalKind::role:
            case RefusalKind::subject:
            case RefusalKind::avoids:
                return std::nullopt;
            case RefusalKind::decision:
                if (eligibility.decisions_against(expert, post_).size() > 1) return std::nullopt;
                break;
            default:
                break;
        }
        for (std::size_t k = static_cast<std::size_t>(*first) + 1; k < enumerator_count<RefusalKind>; ++k)
            if (eligibility.refuses(static_cast<RefusalKind>(k), expert, post_)) return std::nullopt;
        return first;
    }

    void make(const Choice& choice) {
        WhatIf& what_if = asking_.what_if();
        if (choice.expert) {
            what_if.allow(choice.expert, post_, pairs_.all_tiers(choice.expert, post_));
            return;
        }
        const CountedSet& set = asking_.problem().sets[choice.set];
        const SetBound& bound = *choice.repair.bound;
        what_if.set_bounds(choice.set, bound.is_lower ? bound.bound : set.lower,
                           bound.is_lower ? set.upper : bound.bound);
    }

    /// The effect of a repair that fills the post and gains something by it.
    [[nodiscard]] std::optional<Effect> ask(const Choice& choice) {
        make(choice);
        raise();
        Effect filled = asking_.settle();
        if (filled.termination == Termination::unknown) return filled;
        if (filled.termination != Termination::optimal || !costs_less(filled, one_more_)) return std::nullopt;
        make(choice);
        const Effect free = asking_.settle();
        if (free.termination == Termination::unknown) return free;
        if (free != filled) return std::nullopt;
        return filled;
    }

    Asking& asking_;
    Id<Post> post_;
    const PairCosts& pairs_;
    std::int64_t serving_;
    std::int64_t max_;
    Effect one_more_{};
    Cheapest<Choice> cheapest_{};
};

/// Those who may not serve in the post, the nearest of them in words.
inline void write_nearest(const Plan& plan, const Eligibility& eligibility, Id<Post> post, std::size_t most,
                          WhyEmpty& out) {
    std::vector<std::pair<std::size_t, Id<Expert>>> lacking;
    for (const Id<Expert> expert : plan.rows().experts.ids()) {
        std::size_t kinds = 0;
        for (std::size_t k = 0; k < enumerator_count<RefusalKind>; ++k)
            if (eligibility.refuses(static_cast<RefusalKind>(k), expert, post)) ++kinds;
        if (kinds > 0) lacking.emplace_back(kinds, expert);
    }
    std::ranges::sort(lacking);
    out.refused = lacking.size();
    for (std::size_t k = 0; k < std::min(most, lacking.size()); ++k) {
        const Id<Expert> expert = lacking[k].second;
        out.nearest.push_back({plan.rows().experts[expert].id, eligibility.refusals(expert, post)});
    }
}

inline WhyHere why_here(Asking& asking, Id<Expert> expert) {
    WhyHere out{.expert = asking.expert_id(expert)};
    const FitScore fit(asking.plan());
    const Id<Post> post = asking.post_of(expert);
    out.post = asking.post_id(post);
    if (post) out.factors = fit.factors(expert, post);
    const AllocationProblem& problem = asking.problem();
    std::optional<Asking::Vector> best;
    Id<Post> other;
    for (std::size_t k = problem.flow.first[expert.value()]; k < problem.flow.first[expert.value() + 1]; ++k) {
        if (problem.post_of(k) == post) continue;
        auto worth = asking.worth(asking.what_if().best(), k);
        if (best && worth <= *best) continue;
        best = std::move(worth);
        other = problem.post_of(k);
    }
    if (!other) return out;
    out.other = asking.post_id(other);
    out.other_factors = fit.factors(expert, other);
    (void)asking.what_if().force(expert, other);
    const WhatIfAnswer answer = asking.solve_nearest();
    asking.what_if().undo();
    out.effect = asking.effect_of(answer);
    out.transfers = transfers(asking, answer);
    return out;
}

/// Of a pair that the plan allows.
inline void write_why_not(Asking& asking, Id<Expert> expert, Id<Post> post, WhyNot& out) {
    if (asking.post_of(expert) == post) {
        out.serves = true;
        return;
    }
    if (!asking.what_if().force(expert, post)) {
        out.given = true;
        return;
    }
    const WhatIfAnswer answer = asking.solve_nearest();
    asking.what_if().undo();
    out.effect = asking.effect_of(answer);
    out.transfers = transfers(asking, answer);
    if (answer.termination == Termination::optimal)
        out.points = points_needed(asking.plan(), asking.what_if().best().cost, answer.cost);
}

/// The only part of `WhyNot` that no solve is needed for.
inline WhyNot refusals_of(const Eligibility& eligibility, const Plan& plan, Id<Expert> expert, Id<Post> post) {
    WhyNot out{.expert = plan.rows().experts[expert].id, .post = plan.rows().posts[post].id};
    out.refusals = eligibility.refusals(expert, post);
    if (!out.refusals.empty()) out.edits = EditFinder(eligibility, expert, post).find();
    return out;
}

inline WhyEmpty why_empty(Asking& asking, const Allocation& allocation, Id<Post> post, std::size_t most) {
    const Plan& plan = asking.plan();
    const Post& row = plan.rows().posts[post];
    WhyEmpty out{.post = row.id};
    out.serving = asking.serving(post);
    out.short_of_min = std::max<std::int64_t>(0, row.min - out.serving);
    out.short_of_target = std::max<std::int64_t>(0, row.target - out.serving);
    const auto unfilled = std::ranges::find(allocation.unfilled, row.id, &Unfilled::post);
    if (unfilled != allocation.unfilled.end()) {
        out.reason = unfilled->reason;
        if (unfilled->group && *unfilled->group < allocation.scarce.size())
            out.group = allocation.scarce[*unfilled->group];
    }
    const PairCosts pairs(plan, allocation.given);
    write_nearest(plan, pairs.eligibility(), post, most, out);
    FillingSearch search(asking, post, pairs, out.serving, row.max);
    search.raise();
    const WhatIfAnswer answer = asking.solve_nearest();
    asking.what_if().undo();
    out.one_more = asking.effect_of(answer);
    out.transfers = transfers(asking, answer);
    out.repairs = search.run(answer, most);
    return out;
}

}  // namespace detail

COUNTYPLAN_INLINE WhyHere why_here(const Plan& plan, const Allocation& allocation, Id<Expert> expert,
                                   const Stop& stop) {
    auto asking = detail::Asking::of(plan, allocation, detail::RemainingTime(stop));
    if (!asking) return {.expert = plan.rows().experts[expert].id};
    return detail::why_here(*asking, expert);
}

COUNTYPLAN_INLINE WhyNot why_not(const Plan& plan, const Allocation& allocation, Id<Expert> expert, Id<Post> post,
                                 const Stop& stop) {
    const detail::RemainingTime clock(stop);
    detail::Asking::require_staffing(plan, allocation);
    WhyNot out = detail::refusals_of(Eligibility(plan), plan, expert, post);
    if (!out.refusals.empty()) return out;
    if (auto asking = detail::Asking::of(plan, allocation, clock)) detail::write_why_not(*asking, expert, post, out);
    return out;
}

COUNTYPLAN_INLINE WhyEmpty why_empty(const Plan& plan, const Allocation& allocation, Id<Post> post, std::size_t most,
                                     const Stop& stop) {
    auto asking = detail::Asking::of(plan, allocation, detail::RemainingTime(stop));
    if (!asking) return {.post = plan.rows().posts[post].id};
    return detail::why_empty(*asking, allocation, post, most);
}

COUNTYPLAN_INLINE WhyInfeasible why_infeasible(const Plan& plan, const Allocation& allocation, std::size_t most,
                                               std::size_t most_bounds, const Stop& stop) {
    detail::Asking::require_own(plan, allocation);
    WhyInfeasible out;
    if (allocation.termination != Termination::infeasible) return out;
    out.conflict = conflict(plan, allocation);
    const detail::RemainingTime clock(stop);
    const Interrupt interrupt = [&clock] { return clock.cause().has_value(); };
    auto problem = detail::ProblemBuilder(plan, {}, allocation.given, interrupt).build();
    if (!problem) {
        out.cause = clock.cause().value_or(Cause::cancelled);
        return out;
    }
    detail::FeasibilitySearch(*std::move(problem), allocation.given, clock, most, most_bounds).run(out);
    return out;
}

}  // namespace countyplan

#include <countyplan/allocate/explain/impl/explain_words.hpp>
