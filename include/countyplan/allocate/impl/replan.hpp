// How events become edits of a problem at hand.
#pragma once

#include <algorithm>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <countyplan/allocate/impl/problem_with_given.hpp>
#include <countyplan/allocate/impl/sifted_pairs.hpp>
#include <countyplan/allocate/impl/what_if.hpp>
#include <countyplan/allocate/replan.hpp>
#include <countyplan/allocate/replan_messages.hpp>
#include <countyplan/plan/event_applier.hpp>
#include <countyplan/separate.hpp>
#include <countyplan/solve/remaining_time.hpp>

namespace countyplan {

COUNTYPLAN_INLINE Replan replan(const Plan& plan, const Allocation& former, std::span<const Event> events,
                                const ReplanOptions& options, const Stop& stop, const Progress& progress) {
    const detail::RemainingTime clock(stop);
    Replan out;
    out.plan = apply_events(plan, events, options.last);
    if (options.freeze) out.plan = freeze(out.plan, *options.freeze);
    if (options.nobody_worse) out.plan = nobody_worse(out.plan);
    out.last = last_of(events, options.last);
    out.allocation = allocate_from(out.plan, former, options.allocate, clock.rest(), progress);
    const Termination ended = out.allocation.termination;
    if (ended != Termination::optimal && ended != Termination::feasible) return out;
    out.changes = posting_changes(former.staffing, out.allocation.staffing);
    const auto changed = std::ranges::count_if(out.changes, [](const PostingChange& change) {
        return change.kind == PostingChangeKind::begun || change.kind == PostingChangeKind::moved;
    });
    out.stays = static_cast<std::int64_t>(out.allocation.staffing.size()) - changed;
    return out;
}

COUNTYPLAN_INLINE Message describe(const PostingChange& change) {
    switch (change.kind) {
        case PostingChangeKind::begun:
            return {message::replan_begun, {change.expert(), change.now->post}};
        case PostingChangeKind::ended:
            return {message::replan_ended, {change.expert(), change.was->post}};
        case PostingChangeKind::moved:
            return {message::replan_moved, {change.expert(), change.was->post, change.now->post}};
        case PostingChangeKind::redated:
            break;
    }
    return {message::replan_redated,
            {change.expert(), change.now->post, to_text(change.now->from), to_text(change.now->to)}};
}

/// A problem, the events so far, and what the tiers are worth when nobody serves.
struct Replanner::State {
    ReplanOptions options;
    detail::EventApplier applier;
    std::optional<detail::WhatIf> at_hand;
    detail::SiftedPairs sifted;  ///< of the problem at hand
    bool is_behind = false;      ///< whether the problem lacks events
    std::vector<TierValue> nobody;
    std::vector<Id<Post>> post_of;  ///< per expert
    Repair start;

    State(const Plan& plan, const ReplanOptions& given) : options(given), applier(plan, given.last) {}

    /// Decides eligibility anew; false, and nothing has changed, if that is stopped.
    bool build(const Plan& plan, const Staffing& staffing, std::span<const SetPrice> prices, const Stop& stop) {
        const detail::RemainingTime clock(stop);
        const AllocateOptions& how = options.allocate;
        auto problem = detail::problem_with_given(plan, how.rules, how.given, how.names,
                                                  [&clock] { return clock.cause().has_value(); });
        if (!problem) return false;
        nobody = detail::values_of_nobody(plan);
        at_hand.emplace(std::move(*problem), staffing, prices, clock.rest());
        sifted = detail::SiftedPairs();
        is_behind = false;
        return true;
    }

    /// What an answer means, seen from the staffing at hand, which it becomes if it is a best one.
    [[nodiscard]] Repair take(const detail::WhatIfAnswer& answer) {
        Repair out{.cause = answer.cause};
        if (answer.termination == Termination::infeasible) out.termination = Termination::infeasible;
        if (answer.termination != Termination::optimal) return out;
        out.termination = Termination::optimal;
        out.tiers = detail::with_costs(nobody, answer.cost);
        for (std::size_t e = 0; e < answer.post_of.size(); ++e)
            if (post_of[e] != answer.post_of[e]) out.moves.push_back({Id<Expert>(e), post_of[e], answer.post_of[e]});
        post_of = answer.post_of;
        return out;
    }

    [[nodiscard]] Staffing staffing() const {
        const Plan& plan = at_hand->problem().plan;
        std::vector<Posting> postings;
        for (std::size_t e = 0; e < post_of.size(); ++e) {
            if (!post_of[e]) continue;
            const Period period = plan.period_of(post_of[e]);
            postings.push_back(
                {plan.rows().experts[Id<Expert>(e)].id, plan.rows().posts[post_of[e]].id, period.from, period.to});
        }
        std::ranges::sort(postings);
        return Staffing(std::move(postings));
    }

    /// What stands behind `kind:` in the subject.
    [[nodiscard]] static std::string id_in(const Event& event) {
        return event.subject.substr(event.subject.find(':') + 1);
    }

    /// Present postings of the event's subject.
    [[nodiscard]] std::ptrdiff_t present_postings(const Event& event) const {
        return std::ranges::count(applier.draft().staffing, id_in(event), &Posting::expert);
    }

    /// Makes the event, which the applier has taken, an edit of the problem; false, and nothing has changed, where
    /// more than that is new.
    [[nodiscard]] bool edit(const Event& event, std::ptrdiff_t postings_before) {
        if (event.kind == EventKind::quota_changed) return bound(event);
        if (event.kind == EventKind::ill)
            return close(event, event.from.value_or(event.day), event.to, postings_before);
        return close(event, event.day, std::nullopt, postings_before);
    }

    [[nodiscard]] bool close(const Event& event, Day from, const std::optional<Day>& to,
                             std::ptrdiff_t postings_before) {
        const AllocationProblem& problem = at_hand->problem();
        const std::string id = id_in(event);
        const Id<Expert> expert = problem.plan.find<Expert>(id);
        const std::ptrdiff_t postings = present_postings(event);
        const auto is_away = [&](const Period& period) { return period.to >= from && (!to || period.from <= *to); };
        std::vector<Id<Post>> away;
        bool may_serve_yet = false;
        for (std::size_t pair = problem.flow.first[expert.value()]; pair < problem.flow.first[expert.value() + 1];
             ++pair) {
            if (!at_hand->is_open(pair)) continue;
            const Id<Post> post = problem.post_of(pair);
            if (is_away(problem.plan.period_of(post))) {
                away.push_back(post);
            } else {
                may_serve_yet = true;
            }
        }
        const bool has_ended = postings != postings_before;
        const auto set = at_hand->set_named("must:" + id);
        if (has_ended && set) {  // what kept them in their post may have closed others to them
            may_serve_yet = may_serve_yet || std::ranges::any_of(problem.plan.rows().posts.ids(), [&](Id<Post> post) {
                                return !is_away(problem.plan.period_of(post));
                            });
        }
        if (has_ended && (may_serve_yet || postings > 0)) return false;  // scores and decisions look at the present
        for (const Id<Post> post : away)
            at_hand->forbid(expert, post);
        if (!has_ended) return true;
        const auto moves = std::ranges::find(nobody, Tier::moves, &TierValue::tier);
        if (moves != nobody.end()) moves->value -= Int128(1);
        const bool is_required = std::ranges::any_of(applier.draft().decisions, [&id](const Decision& decision) {
            return decision.kind == DecisionKind::require && decision.who == Reference{Noun::expert, id};
        });
        if (set && !is_required) at_hand->set_bounds(*set, 0, CountedSet::unlimited);
        return true;
    }

    [[nodiscard]] bool bound(const Event& event) {
        const auto set = at_hand->set_named(event.subject);
        if (!set || (!event.upper && !event.subject.starts_with("quota:"))) return false;
        at_hand->set_bounds(*set, event.lower.value_or(0), event.upper.value_or(CountedSet::unlimited));
        return true;
    }
};

COUNTYPLAN_INLINE Replanner::Replanner(const Plan& plan, const Allocation& former, const ReplanOptions& options)
    : state_(std::make_unique<State>(plan, options)) {
    if (options.freeze || options.nobody_worse)
        throw std::invalid_argument("a Replanner decides nothing besides the plan");
    state_->build(plan, former.staffing, former.prices, {});
    state_->post_of = state_->at_hand->at_hand();
    state_->start = state_->take(state_->at_hand->best());
}

COUNTYPLAN_INLINE Replanner::Replanner(const Replanner& other) : state_(std::make_unique<State>(*other.state_)) {}
COUNTYPLAN_INLINE Replanner::Replanner(Replanner&& other) noexcept = default;
COUNTYPLAN_INLINE Replanner& Replanner::operator=(Replanner other) noexcept {
    state_ = std::move(other.state_);
    return *this;
}
COUNTYPLAN_INLINE Replanner::~Replanner() = default;

COUNTYPLAN_INLINE const Repair& Replanner::start() const { return state_->start; }

COUNTYPLAN_INLINE Repair Replanner::add(const Event& event, const Stop& stop) {
    State& state = *state_;
    const detail::RemainingTime clock(stop);
    const bool may_be_edit = !state.is_behind && (event.kind == EventKind::resigns || event.kind == EventKind::ill ||
                                                  event.kind == EventKind::quota_changed);
    const std::ptrdiff_t postings = state.present_postings(event);
    std::optional<detail::EventApplier> before;
    if (!may_be_edit) before = state.applier;  // the plan may turn out wrong
    if (Findings findings = state.applier.add_alone(event); !findings.empty()) throw InvalidPlan(std::move(findings));
    if (may_be_edit && state.edit(event, postings)) {
        const detail::WhatIfAnswer answer = state.at_hand->solve_by(
            [&](const NestedFlowProblem& flow, const NestedFlowStart& start, std::uint32_t nowhere) {
                return state.sifted.solve(flow, start, nowhere, clock.rest());
            });
        if (answer.termination == Termination::optimal) state.at_hand->keep(answer);
        return state.take(answer);
    }
    state.is_behind = true;
    std::optional<Plan> plan;
    try {
        plan = state.applier.plan();
    } catch (...) {
        if (before) state.applier = std::move(*before);
        throw;
    }
    Repair out{.cause = stop.token.stop_requested() ? Cause::cancelled : Cause::time};
    if (state.build(*plan, state.staffing(), state.at_hand->prices(), clock.rest()))
        out = state.take(state.at_hand->best());
    out.rebuilt = true;
    return out;
}

COUNTYPLAN_INLINE LastEvent Replanner::last() const { return state_->applier.last(); }

COUNTYPLAN_INLINE Plan Replanner::plan() const { return state_->applier.plan(); }

COUNTYPLAN_INLINE Staffing Replanner::staffing() const { return state_->staffing(); }

COUNTYPLAN_INLINE Allocation Replanner::allocation(const Stop& stop, const Progress& progress) const {
    const detail::RemainingTime clock(stop);
    Allocation known;
    known.staffing = staffing();
    known.prices = state_->at_hand->prices();
    return allocate_from(plan(), known, state_->options.allocate, clock.rest(), progress);
}

}  // namespace countyplan
