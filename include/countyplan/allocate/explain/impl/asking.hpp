// A plan and a staffing at hand, ready to be asked what would be otherwise.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <countyplan/allocate/allocate.hpp>
#include <countyplan/allocate/explain/messages.hpp>
#include <countyplan/allocate/explain/worth.hpp>
#include <countyplan/allocate/impl/what_if.hpp>
#include <countyplan/allocate/messages.hpp>
#include <countyplan/solve/remaining_time.hpp>

namespace countyplan::detail {

/// One question about one staffing.
class Asking {
  public:
    using Vector = std::vector<Int128>;

    /// Nothing if stopped. Throws `InvalidAllocation`.
    [[nodiscard]] static std::optional<Asking> of(const Plan& plan, const Allocation& allocation,
                                                  const RemainingTime& clock) {
        require_staffing(plan, allocation);
        return of(plan, allocation.staffing, allocation.prices, allocation.given, clock);
    }

    [[nodiscard]] static std::optional<Asking> of(const Plan& plan, const Staffing& staffing,
                                                  std::span<const SetPrice> prices, std::span<const GivenPair> given,
                                                  const RemainingTime& clock) {
        const Interrupt interrupt = [&clock] { return clock.cause().has_value(); };
        auto problem = ProblemBuilder(plan, {}, given, interrupt).build();
        if (!problem) return std::nullopt;
        const auto pairs = pairs_of(*problem, staffing);
        for (const Posting& posting : staffing) {
            const Id<Expert> expert = plan.find<Expert>(posting.expert);
            const Id<Post> post = plan.find<Post>(posting.post);
            const bool is_known = expert && post && pairs[expert.value()] != NestedFlowResult::unpaired &&
                                  problem->post_of(pairs[expert.value()]) == post;
            if (!is_known) refuse(AnswerPart::staffing, "expert:" + posting.expert, message::ask_no_such_pair);
        }
        Asking out(*std::move(problem), staffing, prices, clock);
        if (out.what_if_.best().termination != Termination::optimal) return std::nullopt;
        return out;
    }

    /// Throws `InvalidAllocation` if the digests are another plan's.
    static void require_own(const Plan& plan, const Allocation& allocation) {
        if (allocation.digests.plan == plan.digests().plan && allocation.digests.staffing == plan.digests().staffing)
            return;
        throw InvalidAllocation(
            refuse_answer(AnswerPart::result, "digests",
                          {message::digest_differs, {to_text(allocation.digests.plan), to_text(plan.digests().plan)}}));
    }

    /// Throws `InvalidAllocation` also if there is no staffing.
    static void require_staffing(const Plan& plan, const Allocation& allocation) {
        require_own(plan, allocation);
        if (allocation.termination == Termination::optimal || allocation.termination == Termination::feasible) return;
        refuse(AnswerPart::result, "termination", message::ask_no_staffing);
    }

    [[nodiscard]] const Plan& plan() const { return what_if_.problem().plan; }
    [[nodiscard]] const Draft& rows() const { return plan().rows(); }
    [[nodiscard]] const RemainingTime& clock() const { return clock_; }
    [[nodiscard]] WhatIf& what_if() { return what_if_; }
    [[nodiscard]] const WhatIf& what_if() const { return what_if_; }

    /// Why some answer so far is not known, if one is not.
    [[nodiscard]] std::optional<Cause> stopped() const { return stopped_; }

    [[nodiscard]] WhatIfAnswer solve() {
        return asked([this] { return what_if_.solve(clock_.rest()); });
    }
    /// As `WhatIf::solve_nearest`.
    [[nodiscard]] WhatIfAnswer solve_nearest() {
        return asked([this] { return what_if_.solve_nearest(clock_.rest()); });
    }
    [[nodiscard]] Effect effect_of(const WhatIfAnswer& answer) const {
        const bool is_known =
            answer.termination == Termination::optimal || answer.termination == Termination::infeasible;
        return {is_known ? answer.termination : Termination::unknown, what_if_.loss(answer)};
    }
    /// The effect of all edits, which are taken back.
    [[nodiscard]] Effect settle() {
        Effect out = effect_of(solve());
        what_if_.undo();
        return out;
    }

    [[nodiscard]] Id<Post> post_of(Id<Expert> expert) const { return what_if_.at_hand()[expert.value()]; }
    [[nodiscard]] std::string expert_id(Id<Expert> expert) const { return rows().experts[expert].id; }
    [[nodiscard]] std::string post_id(Id<Post> post) const { return post ? rows().posts[post].id : std::string(); }
    [[nodiscard]] std::size_t set_of(Id<Post> post) const {
        return problem().right_set[problem().group_of_post[post.value()]];
    }
    [[nodiscard]] std::int64_t serving(Id<Post> post) const { return std::ranges::count(what_if_.at_hand(), post); }

    /// What a pair is worth at an answer's potentials: the post's value less the pair's cost.
    [[nodiscard]] Vector worth(const WhatIfAnswer& at, std::uint32_t right_group,
                               std::span<const std::int64_t> cost) const {
        const std::size_t tiers = what_if_.tiers();
        Vector out(tiers);
        for (std::size_t t = 0; t < tiers; ++t)
            out[t] = Int128(at.potentials.right[right_group * tiers + t]);
        for (std::size_t t = tiers - cost.size(); t < tiers; ++t)
            out[t] -= Int128(cost[t - (tiers - cost.size())]);
        return out;
    }
    [[nodiscard]] Vector worth(const WhatIfAnswer& at, std::size_t pair) const {
        return worth(at, problem().flow.to[pair], cost_of(pair));
    }
    /// What the expert is worth at an answer's potentials.
    [[nodiscard]] Vector surplus(const WhatIfAnswer& at, Id<Expert> expert) const {
        if (const Id<Post> post = at.post_of[expert.value()])
            if (const auto pair = problem().pair_of(expert, post)) return worth(at, *pair);
        const std::size_t tiers = what_if_.tiers();
        Vector out(tiers);
        for (std::size_t t = 0; t < tiers; ++t)
            out[t] = Int128(at.potentials.left[problem().flow.group[expert.value()] * tiers + t]);
        return out;
    }
    /// The least that it can cost to have a pair of this worth: the loss of the answer and what the prices say.
    [[nodiscard]] Vector least_loss(const WhatIfAnswer& at, Id<Expert> expert, const Vector& worth) const {
        Vector out = what_if_.loss(at);
        const Vector best = surplus(at, expert);
        for (std::size_t t = 0; t < out.size(); ++t)
            out[t] += best[t] - worth[t];
        return out;
    }

    [[nodiscard]] const AllocationProblem& problem() const { return what_if_.problem(); }
    [[nodiscard]] std::span<const std::int64_t> cost_of(std::size_t pair) const {
        const std::size_t width = what_if_.tiers() - problem().flow.pair_tier;
        return std::span(problem().flow.cost).subspan(pair * width, width);
    }

  private:
    Asking(AllocationProblem problem, const Staffing& staffing, std::span<const SetPrice> prices,
           const RemainingTime& clock)
        : clock_(clock), what_if_(std::move(problem), staffing, prices, clock.rest()) {}

    /// Not asked at all once the time is up: even a solve that ends at once looks at every pair.
    template <class Ask>
    [[nodiscard]] WhatIfAnswer asked(const Ask& ask) {
        const auto cause = clock_.cause();
        WhatIfAnswer answer = cause ? WhatIfAnswer{.cause = *cause} : ask();
        const bool is_known =
            answer.termination == Termination::optimal || answer.termination == Termination::infeasible;
        if (!is_known) stopped_ = answer.cause;
        return answer;
    }

    [[noreturn]] static void refuse(AnswerPart part, std::string key, const MessageText& why) {
        throw InvalidAllocation(refuse_answer(part, std::move(key), why));
    }

    RemainingTime clock_;
    WhatIf what_if_;
    std::optional<Cause> stopped_{};
};

/// Candidates with the least that each can cost; answers the cheapest of them, in order where equal, each settled by
/// `ask`, as few as will do.
template <class Row>
class Cheapest {
  public:
    struct Candidate {
        std::vector<Int128> least{};
        Row row{};
    };

    void add(std::vector<Int128> least, Row row) { candidates_.push_back({std::move(least), std::move(row)}); }

    /// `ask(row)`: its effect, or nothing if it does not count.
    template <class Ask>
    [[nodiscard]] std::vector<Row> take(std::size_t most, const Ask& ask) {
        std::vector<std::size_t> order(candidates_.size());
        for (std::size_t k = 0; k < order.size(); ++k)
            order[k] = k;
        std::ranges::stable_sort(
            order, [&](std::size_t a, std::size_t b) { return candidates_[a].least < candidates_[b].least; });
        std::vector<std::size_t> taken;
        const auto before = [&](std::size_t a, std::size_t b) {
            const Effect& x = candidates_[a].row.effect;
            const Effect& y = candidates_[b].row.effect;
            return costs_less(x, y) || (!costs_less(y, x) && a < b);
        };
        for (const std::size_t k : order) {
            if (taken.size() == most) {
                if (most == 0) break;
                const Effect& worst = candidates_[taken.back()].row.effect;
                if (worst.termination == Termination::optimal && worst.loss < candidates_[k].least) break;
            }
            std::optional<Effect> effect = ask(candidates_[k].row);
            if (!effect) continue;
            if (effect->termination == Termination::unknown) break;
            candidates_[k].row.effect = *std::move(effect);
            taken.insert(std::ranges::upper_bound(taken, k, before), k);
            if (taken.size() > most) taken.pop_back();
        }
        std::vector<Row> out;
        for (const std::size_t k : taken)
            out.push_back(std::move(candidates_[k].row));
        return out;
    }

  private:
    std::vector<Candidate> candidates_;
};

}  // namespace countyplan::detail
