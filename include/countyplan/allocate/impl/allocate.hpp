// How an allocation is assembled: network, solve, staffing, values, reasons.
#pragma once

#include <algorithm>
#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <countyplan/allocate/allocate.hpp>
#include <countyplan/allocate/impl/scarcity.hpp>
#include <countyplan/allocate/impl/unfilled.hpp>
#include <countyplan/allocate/messages.hpp>
#include <countyplan/separate.hpp>
#include <countyplan/version.hpp>

namespace countyplan {

namespace detail {

/// The time since an allocation began, and what is left of its limit.
class AllocationClock {
  public:
    explicit AllocationClock(const Stop& stop) : stop_(stop), start_(std::chrono::steady_clock::now()) {}

    [[nodiscard]] std::chrono::nanoseconds elapsed() const { return std::chrono::steady_clock::now() - start_; }

    [[nodiscard]] std::optional<Cause> cause() const {
        if (stop_.token.stop_requested()) return Cause::cancelled;
        if (stop_.time_limit && elapsed() >= *stop_.time_limit) return Cause::time;
        return std::nullopt;
    }

    [[nodiscard]] Stop rest() const {
        Stop out = stop_;
        if (out.time_limit) out.time_limit = std::max(*out.time_limit, std::chrono::nanoseconds(0)) - elapsed();
        return out;
    }

  private:
    const Stop& stop_;
    std::chrono::steady_clock::time_point start_;
};

/// People missing below `min` at critical posts while nobody is posted: what the network's first tier
/// is counted from.
inline double critical_need(const Plan& plan) {
    Int128 sum{};
    for (const Post& post : plan.rows().posts)
        if (post.critical) sum += Int128(post.min);
    return to_double(sum);
}

inline Progress progress_of(const Progress& outer, const Plan& plan, const AllocationClock& clock) {
    if (!outer) return {};
    return [&outer, &clock, need = critical_need(plan)](Tick tick) {
        tick.elapsed = clock.elapsed();
        if (tick.best) tick.best = *tick.best + need;
        if (tick.bound) tick.bound = *tick.bound + need;
        outer(tick);
    };
}

/// Refuses what the network does not hold.
inline void require_honoured(const Plan& plan) {
    const Draft& rows = plan.rows();
    Findings findings;
    const auto refuse = [&findings](std::string_view table) {
        findings.push_back(
            {.message = {message::not_honoured, {table}}, .place = {std::string(table), std::nullopt, {}}});
    };
    if (!rows.quotas.empty()) refuse(Table<Quota>::name);
    const auto is_more = [](const Decision& decision) { return decision.kind != DecisionKind::forbid; };
    if (std::ranges::any_of(rows.decisions, is_more)) refuse(Table<Decision>::name);
    if (rows.objective != standard_objective()) refuse("objective");
    if (!findings.empty()) throw InvalidPlan(std::move(findings));
}

}  // namespace detail

COUNTYPLAN_INLINE Allocation allocate(const Plan& plan, const AllocateOptions& options, const Stop& stop,
                                      const Progress& progress) {
    detail::require_honoured(plan);
    const detail::AllocationClock clock(stop);
    Allocation out;
    out.termination = Termination::feasible;  // nobody posted is an answer, too
    out.claim = Claim::feasible;
    out.digests = plan.digests();
    out.version = std::string(version);
    std::vector<Shortage> shorts = shortages(plan, out.staffing);

    const auto network = detail::NetworkBuilder(plan).build([&clock] { return clock.cause().has_value(); });
    if (!network) {
        out.cause = clock.cause().value_or(Cause::cancelled);
        out.tiers = detail::tiers_of(plan, shorts, Int128());
        for (const Shortage& row : shorts) {
            const std::int64_t missing = row.short_of_min > 0 ? row.short_of_min : row.short_of_target;
            out.unfilled.push_back({plan.rows().posts[row.post].id,
                                    row.short_of_min,
                                    row.short_of_target,
                                    {message::unfilled_not_settled, {std::to_string(missing)}},
                                    {}});
        }
        return out;
    }

    MinCostFlowResult solved =
        solve(network->problem, options.flow, clock.rest(), detail::progress_of(progress, plan, clock));
    out.cause = solved.cause;
    out.steps = solved.steps;
    if (solved.flow.empty()) solved.flow.assign(network->problem.arcs(), 0);
    if (const auto* potentials = std::get_if<Potentials>(&solved.certificate)) {
        out.termination = Termination::optimal;
        out.claim = Claim::proved;
        out.potentials = named_potentials(*network, *potentials);
    }
    out.staffing = staffing_of(*network, solved.flow);
    shorts = shortages(plan, out.staffing);
    out.tiers = detail::tiers_of(plan, shorts, detail::fit_of(*network, solved.flow));
    detail::UnfilledWriter(*network, solved.flow, out.claim == Claim::proved).write(shorts, out);
    return out;
}

namespace detail {

/// Whether termination, cause and claim go together.
inline AnswerVerdict examine_claim(const Allocation& a) {
    const bool optimal = a.termination == Termination::optimal;
    if (!optimal && a.termination != Termination::feasible) {
        return refuse_answer(AnswerPart::result, "termination", {message::claim_of_more, {word(a.termination)}});
    }
    if ((a.cause == Cause::proved) != optimal) {
        return refuse_answer(AnswerPart::result, "cause", {message::claim_of_more, {word(a.cause)}});
    }
    if (a.claim != (optimal ? Claim::proved : Claim::feasible)) {
        return refuse_answer(AnswerPart::result, "claim", {message::claim_of_more, {word(a.claim)}});
    }
    return {};
}

/// Whether the posts left short are all there, and every group they rest on is scarce; in a best staffing
/// whatever counts rests on one.
inline AnswerVerdict examine_unfilled(const Plan& plan, const Allocation& a) {
    const auto refused = [](std::string key) {
        return refuse_answer(AnswerPart::result, std::move(key), message::unfilled_differs);
    };
    const auto rows = shortages(plan, a.staffing);
    if (rows.size() != a.unfilled.size()) return refused("unfilled");
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const Unfilled& stated = a.unfilled[i];
        const std::string& id = plan.rows().posts[rows[i].post].id;
        if (stated.post != id || stated.short_of_min != rows[i].short_of_min ||
            stated.short_of_target != rows[i].short_of_target || stated.reason.empty()) {
            return refused("post:" + id);
        }
        if (!stated.group) {
            const bool is_pressing = rows[i].short_of_min > 0 || plan.rows().posts[rows[i].post].priority > 0;
            if (is_pressing && a.claim == Claim::proved) return refused("post:" + id);
            continue;
        }
        if (*stated.group >= a.scarce.size()) return refused("post:" + id);
        const ScarceGroup& group = a.scarce[*stated.group];
        if (group.below_min != (rows[i].short_of_min > 0) || !std::ranges::count(group.posts, id)) {
            return refused("post:" + id);
        }
    }
    if (a.scarce.empty()) return {};
    const AllocationNetwork network = allocation_network(plan);
    const std::vector<std::int64_t> nobody(network.problem.arcs(), 0);
    const ScarcityFinder finder(network, nobody);
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
    if (auto verdict = examine(plan, allocation.staffing, allocation.tiers, allocation.potentials, allocation.claim);
        !verdict.accepted) {
        return verdict;
    }
    return detail::examine_unfilled(plan, allocation);
}

COUNTYPLAN_INLINE bool verify(const Plan& plan, const Allocation& allocation) {
    return examine(plan, allocation).accepted;
}

}  // namespace countyplan
