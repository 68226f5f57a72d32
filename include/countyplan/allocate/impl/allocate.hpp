// How an allocation is assembled: network, solve, staffing, values, reasons.
#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <countyplan/allocate/allocate.hpp>
#include <countyplan/allocate/impl/conflict.hpp>
#include <countyplan/allocate/impl/last_tier.hpp>
#include <countyplan/allocate/impl/problem_with_given.hpp>
#include <countyplan/allocate/impl/scarcity.hpp>
#include <countyplan/allocate/impl/unfilled.hpp>
#include <countyplan/allocate/messages.hpp>
#include <countyplan/separate.hpp>
#include <countyplan/solve/remaining_time.hpp>
#include <countyplan/version.hpp>

namespace countyplan {

namespace detail {

/// Shows ticks in the values of the objective's first tier.
inline Progress progress_of(const Progress& outer, const Plan& plan, const RemainingTime& clock) {
    if (!outer) return {};
    const TierValue nobody = values_of_nobody(plan).front();
    return [&outer, &clock, start = to_double(nobody.value), sign = is_gain(nobody.tier) ? -1.0 : 1.0](Tick tick) {
        tick.elapsed = clock.elapsed();
        if (tick.best) tick.best = start + sign * *tick.best;
        if (tick.bound) tick.bound = start + sign * *tick.bound;
        outer(tick);
    };
}

/// One allocation from its problem.
class Allocator {
  public:
    Allocator(const Plan& plan, const AllocateOptions& options, const Stop& stop, const Progress& progress)
        : plan_(plan), options_(options), clock_(stop), progress_(progress_of(progress, plan, clock_)) {
        out_.digests = plan.digests();
        out_.version = std::string(version);
    }

    [[nodiscard]] Allocation run(const Allocation* previous) {
        auto problem = problem_with_given(plan_, options_.rules, options_.given, options_.names,
                                          [this] { return clock_.cause().has_value(); });
        if (!problem) {
            stopped_before(clock_.cause().value_or(Cause::cancelled));
            return std::move(out_);
        }
        out_.given = std::move(problem->given);
        out_.names = problem->names;
        if (previous == nullptr && asks_for_anybody(problem->sets)) {
            BoundFlow bounds(problem->flow, [this] { return clock_.cause().has_value(); });
            constexpr std::size_t most_ways = 32;  // where that does not tell, the solver will
            if (bounds.begin(most_ways) && !bounds.holds()) {
                const NestedFlowCut cut = bounds.cut();
                if (!bounds.is_stopped()) return refused(*std::move(problem), cut);
            }
        }
        NestedFlowResult solved = previous == nullptr ? solve(problem->flow, options_.flow, clock_.rest(), progress_)
                                                      : repair(*problem, *previous);
        out_.steps = solved.steps;
        if (const auto* cut = std::get_if<NestedFlowCut>(&solved.certificate))
            return refused(*std::move(problem), *cut);
        if (solved.termination == Termination::unknown) {
            stopped_before(solved.cause);
            return std::move(out_);
        }
        write(*problem, solved);
        return std::move(out_);
    }

  private:
    [[nodiscard]] NestedFlowResult repair(const AllocationProblem& problem, const Allocation& previous) const {
        const NestedFlowStart start{pairs_of(problem, previous.staffing), potentials_of(problem, previous.prices)};
        const auto favour_former = [&start](const auto& put) {
            for (const std::uint32_t pair : start.pair_of)
                if (pair != NestedFlowResult::unpaired) put(pair, -1);
        };
        return solve_with_last_tier(problem.flow, favour_former, start, clock_.rest(), progress_);
    }

    static bool asks_for_anybody(std::span<const CountedSet> sets) {
        return std::ranges::any_of(sets, [](const CountedSet& set) { return set.lower > 0; });
    }

    [[nodiscard]] Allocation refused(AllocationProblem problem, const NestedFlowCut& cut) {
        out_.termination = Termination::infeasible;
        out_.cause = Cause::proved;
        out_.claim = Claim::proved;
        out_.prices = named_prices(problem, 1, cut_prices(problem, cut));
        if (auto fewer = ConflictSearch(std::move(problem), clock_).find(&cut)) out_.prices = *std::move(fewer);
        return std::move(out_);
    }

    /// Nobody posted is an answer, too, if no set asks for anybody.
    void stopped_before(Cause cause) {
        out_.cause = cause;
        if (asks_for_anybody(counted_sets(plan_))) return;
        out_.termination = Termination::feasible;
        out_.claim = Claim::feasible;
        out_.tiers = values_of_nobody(plan_);
        for (const Shortage& row : shortages(plan_, out_.staffing)) {
            const std::int64_t missing = row.short_of_min > 0 ? row.short_of_min : row.short_of_target;
            out_.unfilled.push_back({.post = plan_.rows().posts[row.post].id,
                                     .short_of_min = row.short_of_min,
                                     .short_of_target = row.short_of_target,
                                     .reason = {message::unfilled_not_settled, {std::to_string(missing)}}});
        }
    }

    void write(const AllocationProblem& problem, const NestedFlowResult& solved) {
        out_.termination = solved.termination;
        out_.cause = solved.cause;
        out_.claim = solved.claim;
        if (const auto* potentials = std::get_if<NestedFlowPotentials>(&solved.certificate))
            out_.prices = prices_of(problem, *potentials, solved.pair_of);
        out_.staffing = staffing_of(problem, solved.pair_of);
        out_.tiers = with_costs(values_of_nobody(plan_), solved.cost);
        UnfilledWriter(problem, solved.pair_of, out_.prices, out_.claim == Claim::proved)
            .write(shortages(plan_, out_.staffing), out_);
    }

    const Plan& plan_;
    const AllocateOptions& options_;
    RemainingTime clock_;
    Progress progress_;
    Allocation out_;
};

}  // namespace detail

COUNTYPLAN_INLINE Allocation allocate(const Plan& plan, const AllocateOptions& options, const Stop& stop,
                                      const Progress& progress) {
    return detail::Allocator(plan, options, stop, progress).run(nullptr);
}

COUNTYPLAN_INLINE Allocation allocate_from(const Plan& plan, const Allocation& previous, const AllocateOptions& options,
                                           const Stop& stop, const Progress& progress) {
    return detail::Allocator(plan, options, stop, progress).run(&previous);
}

COUNTYPLAN_INLINE std::vector<SetBound> conflict(const Plan& plan, const Allocation& allocation) {
    std::vector<SetBound> out;
    if (allocation.termination != Termination::infeasible) return out;
    for (const CountedSet& set : counted_sets(plan)) {
        const auto price = std::ranges::find(allocation.prices, set.name, &SetPrice::set);
        if (price == allocation.prices.end() || price->value.empty() || price->value.front() == 0) continue;
        const bool is_lower = price->value.front() < 0;
        out.push_back({set.name, is_lower, is_lower ? set.lower : set.upper});
    }
    return out;
}

COUNTYPLAN_INLINE Message describe(const Plan& plan, const SetBound& bound) {
    const auto colon = std::min(bound.set.find(':'), bound.set.size());
    const std::string kind = bound.set.substr(0, colon);
    const std::string id = bound.set.substr(std::min(colon + 1, bound.set.size()));
    const std::string number = std::to_string(bound.bound);
    if (kind == "must") {
        const Id<Expert> expert = plan.find<Expert>(id);
        const auto decision = expert ? Eligibility(plan).must_serve(expert) : std::nullopt;
        return {message::bound_must, {decision ? plan.rows().decisions[*decision].id : std::string(), id}};
    }
    if (kind == "post") return {message::bound_post, {id, number}};
    if (kind == "quota") return {bound.is_lower ? message::bound_quota_lower : message::bound_quota, {id, number}};
    if (kind == "role") {
        const auto slash = std::min(id.rfind('/'), id.size());
        const auto role = enumerator<Role>(id.substr(std::min(slash + 1, id.size())));
        return {message::bound_role,
                {id.substr(0, slash), number, role ? MessageArgument(word(*role)) : MessageArgument("")}};
    }
    return {message::bound_sender, {id, number}};
}

namespace detail {

/// Whether termination, cause and claim go together.
inline AnswerVerdict examine_claim(const Allocation& a) {
    if (a.termination == Termination::unbounded)
        return refuse_answer(AnswerPart::result, "termination", {message::claim_of_more, {word(a.termination)}});
    const bool is_settled = a.termination == Termination::optimal || a.termination == Termination::infeasible;
    if ((a.cause == Cause::proved) != is_settled)
        return refuse_answer(AnswerPart::result, "cause", {message::claim_of_more, {word(a.cause)}});
    const Claim claim = is_settled                               ? Claim::proved
                        : a.termination == Termination::feasible ? Claim::feasible
                                                                 : Claim::estimate;
    if (a.claim != claim) return refuse_answer(AnswerPart::result, "claim", {message::claim_of_more, {word(a.claim)}});
    if (!is_settled && !a.prices.empty())
        return refuse_answer(AnswerPart::certificate, a.prices.front().set, message::prices_without_claim);
    const bool has_staffing = a.termination == Termination::optimal || a.termination == Termination::feasible;
    if (!has_staffing && (!a.staffing.empty() || !a.tiers.empty() || !a.unfilled.empty() || !a.scarce.empty()))
        return refuse_answer(AnswerPart::result, "termination", message::no_answer);
    return {};
}

/// Whether the posts left short are all there with their losses, and every group they rest on is scarce.
inline AnswerVerdict examine_unfilled(const Plan& plan, const Allocation& a) {
    const auto refused = [](std::string key) {
        return refuse_answer(AnswerPart::result, std::move(key), message::unfilled_differs);
    };
    const auto rows = shortages(plan, a.staffing);
    std::vector<std::vector<std::int64_t>> losses(rows.size());
    if (a.claim == Claim::proved) losses = losses_of(plan, counted_sets(plan), a.prices, rows);
    if (rows.size() != a.unfilled.size()) return refused("unfilled");
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const Unfilled& stated = a.unfilled[i];
        const std::string& id = plan.rows().posts[rows[i].post].id;
        if (stated.post != id || stated.short_of_min != rows[i].short_of_min ||
            stated.short_of_target != rows[i].short_of_target || stated.loss != losses[i] || stated.reason.empty()) {
            return refused("post:" + id);
        }
        if (!stated.group) continue;
        if (*stated.group >= a.scarce.size()) return refused("post:" + id);
        const ScarceGroup& group = a.scarce[*stated.group];
        if (group.below_min != (rows[i].short_of_min > 0) || !std::ranges::count(group.posts, id)) {
            return refused("post:" + id);
        }
    }
    if (a.scarce.empty()) return {};
    const AllocationProblem problem = given_problem(plan, a.given);
    const std::vector<std::uint32_t> nobody(problem.flow.items(), NestedFlowResult::unpaired);
    const ScarcityFinder finder(problem, nobody);
    for (std::size_t g = 0; g < a.scarce.size(); ++g) {
        std::vector<Id<Post>> posts;
        for (const std::string& id : a.scarce[g].posts) {
            const Id<Post> post = plan.find<Post>(id);
            if (!post || (!posts.empty() && post <= posts.back())) return refused("scarce[" + std::to_string(g) + "]");
            posts.push_back(post);
        }
        const Scarcity counted = finder.count(posts, a.scarce[g].below_min);
        if (!counted.holds() || counted.group != a.scarce[g]) return refused("scarce[" + std::to_string(g) + "]");
    }
    return {};
}

}  // namespace detail

COUNTYPLAN_INLINE AnswerVerdict examine(const Plan& plan, const Allocation& allocation) {
    if (allocation.digests.plan != plan.digests().plan || allocation.digests.staffing != plan.digests().staffing) {
        return detail::refuse_answer(
            AnswerPart::result, "digests",
            {message::digest_differs, {to_text(allocation.digests.plan), to_text(plan.digests().plan)}});
    }
    if (auto verdict = detail::examine_claim(allocation); !verdict.accepted) return verdict;
    if (allocation.termination == Termination::unknown) return {};
    if (allocation.termination == Termination::infeasible)
        return examine_infeasible(plan, allocation.prices, allocation.given);
    if (auto verdict =
            examine(plan, allocation.staffing, allocation.tiers, allocation.prices, allocation.claim, allocation.given);
        !verdict.accepted) {
        return verdict;
    }
    return detail::examine_unfilled(plan, allocation);
}

COUNTYPLAN_INLINE bool verify(const Plan& plan, const Allocation& allocation) {
    return examine(plan, allocation).accepted;
}

}  // namespace countyplan
