// What would the best staffing be if a bound, a person or a pair were otherwise?
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include <countyplan/allocate/allocation_problem.hpp>
#include <countyplan/allocate/impl/choice_cost.hpp>
#include <countyplan/allocate/impl/last_tier.hpp>
#include <countyplan/plan/staffing.hpp>
#include <countyplan/solve/nested_flow.hpp>
#include <countyplan/solve/proof/int128.hpp>
#include <countyplan/solve/stop.hpp>
#include <countyplan/solve/termination.hpp>

namespace countyplan::detail {

/// The best staffing of a changed problem.
struct WhatIfAnswer {
    Termination termination = Termination::unknown;  ///< optimal, infeasible, or the stop came first
    Cause cause = Cause::cancelled;
    std::vector<Int128> cost{};  ///< per tier, gains negated; from a zero that no change shifts; empty unless optimal
    std::vector<Id<Post>> post_of{};    ///< per expert, empty for those at home; empty unless optimal
    NestedFlowPotentials potentials{};  ///< of the problem's own groups; empty unless optimal
};

/// One problem and a staffing at hand. Edits are stated, the problem is solved again from what is known, and
/// `undo` takes all edits back. Exact; the answer depends on the edits alone, not on earlier questions.
/// Time: an edit takes as long as the expert has pairs, a solve as `solve_from` does. Not to be shared while it
/// changes.
class WhatIf {
  public:
    /// Postings of unknown people or pairs count for nothing. `prices` need not be right; they are made so by one
    /// solve, and if that is stopped, `best()` says so and later solves take longer.
    WhatIf(AllocationProblem problem, const Staffing& at_hand, std::span<const SetPrice> prices, const Stop& stop = {})
        : problem_(std::move(problem)), tiers_(problem_.flow.tiers) {
        NestedFlowProblem& flow = problem_.flow;
        group_of_set_.resize(problem_.sets.size());
        for (std::uint32_t g = 0; g < problem_.left_set.size(); ++g)
            if (problem_.left_set[g] != AllocationProblem::no_set) group_of_set_[problem_.left_set[g]] = g;
        for (std::uint32_t g = 0; g < problem_.right_set.size(); ++g)
            group_of_set_[problem_.right_set[g]] = g;
        start_ = {pairs_of(problem_, at_hand), potentials_of(problem_, prices)};
        cost_at_hand_ = choice_cost(problem_.flow, start_.pair_of);
        for (const std::uint32_t pair : start_.pair_of)
            at_hand_.push_back(post_at(pair));
        left_groups_ = flow.left.groups();
        nowhere_ = static_cast<std::uint32_t>(flow.right.groups());
        add_group(flow.right, NestedQuotas::outermost, 0, 0);
        problem_.right_set.push_back(AllocationProblem::no_set);
        start_.potentials.right.resize(start_.potentials.right.size() + tiers_, 0);
        best_ = solve(stop);
        if (best_.termination != Termination::optimal) return;
        for (std::size_t e = 0; e < best_.post_of.size(); ++e)
            start_.pair_of[e] = pair_at(e, best_.post_of[e]);
        start_.potentials = best_.potentials;
        start_.potentials.right.resize(start_.potentials.right.size() + tiers_, 0);
    }

    /// With all edits made so far.
    [[nodiscard]] const AllocationProblem& problem() const { return problem_; }
    [[nodiscard]] std::size_t tiers() const { return tiers_; }
    /// Per expert, empty for those at home.
    [[nodiscard]] const std::vector<Id<Post>>& at_hand() const { return at_hand_; }
    /// As `WhatIfAnswer::cost`.
    [[nodiscard]] const std::vector<Int128>& cost_at_hand() const { return cost_at_hand_; }
    /// The best staffing without edits; that at hand if that is a best one and the prices prove it.
    [[nodiscard]] const WhatIfAnswer& best() const { return best_; }

    [[nodiscard]] std::optional<std::size_t> set_named(std::string_view name) const {
        const auto found = std::ranges::find(problem_.sets, name, &CountedSet::name);
        if (found == problem_.sets.end()) return std::nullopt;
        return static_cast<std::size_t>(found - problem_.sets.begin());
    }

    /// 0 <= lower <= upper.
    void set_bounds(std::size_t set, std::int64_t lower, std::int64_t upper) {
        const bool is_left = !problem_.sets[set].receives;
        NestedQuotas& quotas = side(is_left);
        const std::uint32_t group = group_of_set_[set];
        bounds_.push_back({is_left, group, quotas.lower[group], quotas.upper[group]});
        log_.push_back(Edit::bounds);
        quotas.lower[group] = lower;
        quotas.upper[group] = upper;
    }

    /// The expert stays at home; a decision that obliges them to serve is waived. To force them, too, is infeasible.
    void forbid(Id<Expert> expert) {
        waive(expert);
        const std::size_t e = expert.value();
        std::vector<std::int64_t> dear(tiers_, 0);  // all that the best pair is worth
        for (std::size_t pair = problem_.flow.first[e]; pair < problem_.flow.first[e + 1]; ++pair)
            dear = std::max(dear, worth(pair));
        enclose(e, problem_.flow.group[e], 0, 0, dear);
    }

    /// The expert may not serve there. Nothing if they may not anyway.
    void forbid(Id<Expert> expert, Id<Post> post) {
        const std::uint32_t pair = pair_at(expert.value(), post);
        if (pair != NestedFlowResult::unpaired) close(pair);
    }

    /// The expert serves, and there: false, and nothing changes, if they may not. Decisions about others stand.
    bool force(Id<Expert> expert, Id<Post> post) {
        const std::size_t e = expert.value();
        const std::uint32_t chosen = pair_at(e, post);
        if (chosen == NestedFlowResult::unpaired) return false;
        for (std::size_t pair = problem_.flow.first[e]; pair < problem_.flow.first[e + 1]; ++pair)
            if (pair != chosen) close(static_cast<std::uint32_t>(pair));
        enclose(e, problem_.flow.group[e], 1, 1, worth(chosen));
        return true;
    }

    /// The pair may be, too, at this cost per tier (0 before `problem().flow.pair_tier`). It must not be allowed yet.
    void allow(Id<Expert> expert, Id<Post> post, std::span<const std::int64_t> cost) {
        NestedFlowProblem& flow = problem_.flow;
        const std::size_t e = expert.value();
        const std::size_t pair = flow.first[e + 1];
        const std::size_t width = tiers_ - flow.pair_tier;
        flow.to.insert(flow.to.begin() + static_cast<std::ptrdiff_t>(pair), problem_.group_of_post[post.value()]);
        const auto own = cost.last(width);
        flow.cost.insert(flow.cost.begin() + static_cast<std::ptrdiff_t>(pair * width), own.begin(), own.end());
        shift_pairs(e, pair, 1);
        allowed_.push_back({e, pair});
        log_.push_back(Edit::allow);
    }

    /// No sending quota, and nothing that senders' people are counted for, counts the expert any more.
    void free(Id<Expert> expert) { enclose(expert.value(), NestedQuotas::outermost, 0, 1, {}); }

    /// The costs of all pairs in one tier, from `problem().flow.pair_tier` on, plus `times` theirs of `per_pair`. No
    /// edit: taken back by the opposite. Pairs are those of the problem without edits.
    void add_to_costs(std::size_t tier, std::span<const std::int64_t> per_pair, std::int64_t times) {
        NestedFlowProblem& flow = problem_.flow;
        const std::size_t width = tiers_ - flow.pair_tier;
        for (std::size_t pair = 0; pair < per_pair.size(); ++pair)
            flow.cost[pair * width + tier - flow.pair_tier] += times * per_pair[pair];
    }

    /// Whether the pair may still be.
    [[nodiscard]] bool is_open(std::size_t pair) const { return problem_.flow.to[pair] != nowhere_; }

    /// Makes the edits so far and their answer what later ones start from: `undo` goes back to here, and the answer
    /// is the staffing at hand and `best()`.
    void keep(const WhatIfAnswer& answer) {
        for (std::size_t e = 0; e < answer.post_of.size(); ++e) {
            const bool is_as_before = start_.pair_of[e] != NestedFlowResult::unpaired && is_open(start_.pair_of[e]) &&
                                      problem_.post_of(start_.pair_of[e]) == answer.post_of[e];
            if (!is_as_before) start_.pair_of[e] = pair_at(e, answer.post_of[e]);
        }
        std::ranges::copy(answer.potentials.left, start_.potentials.left.begin());
        std::ranges::copy(answer.potentials.right, start_.potentials.right.begin());
        at_hand_ = answer.post_of;
        cost_at_hand_ = answer.cost;
        best_ = answer;
        log_.clear();
        bounds_.clear();
        closed_.clear();
        enclosed_.clear();
        allowed_.clear();
    }

    /// Takes all edits back to the last `keep`.
    void undo() {
        for (; !log_.empty(); log_.pop_back())
            undo(log_.back());
    }

    [[nodiscard]] WhatIfAnswer solve(const Stop& stop = {}) const {
        return answer_of(solve_from(problem_.flow, start_, stop));
    }

    /// As `solve`, but `by(flow, start, nowhere)` solves: nobody can be in that right group.
    template <class By>
    [[nodiscard]] WhatIfAnswer solve_by(const By& by) const {
        return answer_of(by(problem_.flow, start_, nowhere_));
    }

    /// Of the best staffings one that has the fewest people elsewhere than the staffing at hand.
    [[nodiscard]] WhatIfAnswer solve_nearest(const Stop& stop = {}) const {
        const NestedFlowProblem& flow = problem_.flow;
        const auto price_moves = [&](const auto& put) {
            for (std::size_t e = 0; e < at_hand_.size(); ++e) {
                for (std::size_t pair = flow.first[e]; !at_hand_[e] && pair < flow.first[e + 1]; ++pair)
                    put(pair, 1);
                const std::uint32_t own = pair_at(e, at_hand_[e]);
                if (own != NestedFlowResult::unpaired) put(own, -1);
            }
        };
        return answer_of(solve_with_last_tier(flow, price_moves, start_, stop));
    }

    /// The prices of what is at hand; they prove it, but for what edits forbid or force, once `best()` is optimal.
    [[nodiscard]] std::vector<SetPrice> prices() const { return prices_of(problem_, start_.potentials); }

    /// The prices that prove the answer, but for what an edit forbids or forces. Call it before `undo`.
    [[nodiscard]] std::vector<SetPrice> prices(const WhatIfAnswer& answer) const {
        NestedFlowPotentials potentials = answer.potentials;
        potentials.left.resize(problem_.flow.left.groups() * tiers_);
        potentials.right.resize(problem_.flow.right.groups() * tiers_);
        return prices_of(problem_, potentials);
    }

    /// By how much the answer is worse than the staffing at hand, per tier; gains are negative. Empty unless optimal.
    [[nodiscard]] std::vector<Int128> loss(const WhatIfAnswer& answer) const {
        std::vector<Int128> out = answer.cost;
        for (std::size_t t = 0; t < out.size(); ++t)
            out[t] -= cost_at_hand_[t];
        return out;
    }

  private:
    enum class Edit { bounds, close, enclose, allow };
    struct Bounds {
        bool is_left = false;
        std::uint32_t group = 0;
        std::int64_t lower = 0;
        std::int64_t upper = 0;
    };
    struct Closed {
        std::uint32_t pair = 0;
        std::uint32_t to = 0;
        std::vector<std::int64_t> value{};  ///< of nowhere
    };
    struct Enclosed {
        std::size_t item = 0;
        std::uint32_t group = 0;
    };
    struct Allowed {
        std::size_t item = 0;
        std::size_t pair = 0;
    };

    [[nodiscard]] WhatIfAnswer answer_of(const NestedFlowResult& solved) const {
        WhatIfAnswer out{.termination = solved.termination, .cause = solved.cause};
        if (solved.termination != Termination::optimal) return out;
        out.cost = solved.cost;
        for (const std::uint32_t pair : solved.pair_of)
            out.post_of.push_back(post_at(pair));
        out.potentials = std::get<NestedFlowPotentials>(solved.certificate);
        out.potentials.left.resize(left_groups_ * tiers_);
        out.potentials.right.resize(std::size_t{nowhere_} * tiers_);
        return out;
    }

    NestedQuotas& side(bool is_left) { return is_left ? problem_.flow.left : problem_.flow.right; }

    static void add_group(NestedQuotas& quotas, std::uint32_t parent, std::int64_t lower, std::int64_t upper) {
        quotas.parent.push_back(parent);
        quotas.lower.push_back(lower);
        quotas.upper.push_back(upper);
        if (!quotas.first_piece.empty()) quotas.first_piece.push_back(quotas.from.size());
    }

    [[nodiscard]] Id<Post> post_at(std::uint32_t pair) const {
        return pair == NestedFlowResult::unpaired ? Id<Post>() : problem_.post_of(pair);
    }

    /// The pair of these two, if it is open.
    [[nodiscard]] std::uint32_t pair_at(std::size_t item, Id<Post> post) const {
        const NestedFlowProblem& flow = problem_.flow;
        for (std::size_t pair = flow.first[item]; post && pair < flow.first[item + 1]; ++pair)
            if (flow.to[pair] == problem_.group_of_post[post.value()]) return static_cast<std::uint32_t>(pair);
        return NestedFlowResult::unpaired;
    }

    /// The value of the pair's post at the start less the pair's cost.
    [[nodiscard]] std::vector<std::int64_t> worth(std::size_t pair) const {
        const NestedFlowProblem& flow = problem_.flow;
        const auto value = start_.potentials.right.begin() + static_cast<std::ptrdiff_t>(flow.to[pair] * tiers_);
        std::vector<std::int64_t> out(value, value + static_cast<std::ptrdiff_t>(tiers_));
        const std::size_t width = tiers_ - flow.pair_tier;
        for (std::size_t t = flow.pair_tier; t < tiers_; ++t)
            out[t] -= flow.cost[pair * width + t - flow.pair_tier];
        return out;
    }

    /// Leads the pair to where nobody may go, and makes that look no better than the post.
    void close(std::uint32_t pair) {
        const auto value = std::span(start_.potentials.right).last(tiers_);
        closed_.push_back({pair, problem_.flow.to[pair], {value.begin(), value.end()}});
        log_.push_back(Edit::close);
        const auto own = std::span(start_.potentials.right).subspan(problem_.flow.to[pair] * tiers_, tiers_);
        for (std::size_t t = 0; t < tiers_; ++t)
            value[t] = std::min(value[t], own[t]);
        problem_.flow.to[pair] = nowhere_;
    }

    /// Gives the expert a left group of their own inside `parent`; `value`: its potential, empty for 0.
    void enclose(std::size_t item, std::uint32_t parent, std::int64_t lower, std::int64_t upper,
                 const std::vector<std::int64_t>& value) {
        NestedFlowProblem& flow = problem_.flow;
        enclosed_.push_back({item, flow.group[item]});
        log_.push_back(Edit::enclose);
        const auto group = static_cast<std::uint32_t>(flow.left.groups());
        add_group(flow.left, parent, lower, upper);
        problem_.left_set.push_back(AllocationProblem::no_set);
        start_.potentials.left.insert(start_.potentials.left.end(), value.begin(), value.end());
        start_.potentials.left.resize(flow.left.groups() * tiers_, 0);
        flow.group[item] = group;
    }

    void waive(Id<Expert> expert) {
        if (const auto set = set_named("must:" + problem_.plan.rows().experts[expert].id)) set_bounds(*set, 0, 1);
    }

    /// Pairs from `from` on were moved `by` places, the last of them a pair of `item`.
    void shift_pairs(std::size_t item, std::size_t from, std::ptrdiff_t by) {
        const auto shifted = [&](auto& number) {
            number = static_cast<std::remove_reference_t<decltype(number)>>(static_cast<std::ptrdiff_t>(number) + by);
        };
        for (std::size_t e = item + 1; e < problem_.flow.first.size(); ++e)
            shifted(problem_.flow.first[e]);
        for (std::uint32_t& pair : start_.pair_of)
            if (pair != NestedFlowResult::unpaired && pair >= from) shifted(pair);
    }

    void undo(Edit edit) {
        NestedFlowProblem& flow = problem_.flow;
        switch (edit) {
            case Edit::bounds: {
                const Bounds& row = bounds_.back();
                side(row.is_left).lower[row.group] = row.lower;
                side(row.is_left).upper[row.group] = row.upper;
                bounds_.pop_back();
                return;
            }
            case Edit::close: {
                const Closed& row = closed_.back();
                flow.to[row.pair] = row.to;
                std::ranges::copy(row.value, start_.potentials.right.end() - static_cast<std::ptrdiff_t>(tiers_));
                closed_.pop_back();
                return;
            }
            case Edit::enclose: {
                flow.group[enclosed_.back().item] = enclosed_.back().group;
                enclosed_.pop_back();
                flow.left.parent.pop_back();
                flow.left.lower.pop_back();
                flow.left.upper.pop_back();
                if (!flow.left.first_piece.empty()) flow.left.first_piece.pop_back();
                problem_.left_set.pop_back();
                start_.potentials.left.resize(start_.potentials.left.size() - tiers_);
                return;
            }
            case Edit::allow: {
                const auto [item, pair] = allowed_.back();
                allowed_.pop_back();
                const std::size_t width = tiers_ - flow.pair_tier;
                flow.to.erase(flow.to.begin() + static_cast<std::ptrdiff_t>(pair));
                const auto cost = flow.cost.begin() + static_cast<std::ptrdiff_t>(pair * width);
                flow.cost.erase(cost, cost + static_cast<std::ptrdiff_t>(width));
                shift_pairs(item, pair + 1, -1);
                return;
            }
        }
    }

    AllocationProblem problem_;
    std::size_t tiers_;
    std::size_t left_groups_ = 0;                ///< those of the problem itself
    std::uint32_t nowhere_ = 0;                  ///< a right group that takes nobody
    std::vector<std::uint32_t> group_of_set_{};  ///< on the set's side
    NestedFlowStart start_{};
    std::vector<Id<Post>> at_hand_{};
    std::vector<Int128> cost_at_hand_{};
    WhatIfAnswer best_{};
    std::vector<Edit> log_{};  ///< what to take back, last first, from the list of its kind
    std::vector<Bounds> bounds_{};
    std::vector<Closed> closed_{};
    std::vector<Enclosed> enclosed_{};
    std::vector<Allowed> allowed_{};
};

}  // namespace countyplan::detail
