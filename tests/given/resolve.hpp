// The same plan with something otherwise, listed anew and solved from nothing.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include <countyplan/allocate/allocate.hpp>
#include <countyplan/allocate/allocation_problem.hpp>
#include <countyplan/allocate/explain/worth.hpp>
#include <countyplan/solve/nested_flow.hpp>

namespace given {

using namespace countyplan;

/// Edits of a problem's bounds and pairs.
class Resolve {
  public:
    explicit Resolve(AllocationProblem problem) : problem_(std::move(problem)) {
        const NestedFlowProblem& flow = problem_.flow;
        const std::size_t width = flow.tiers - flow.pair_tier;
        for (std::size_t e = 0; e < flow.items(); ++e) {
            pairs_.emplace_back();
            for (std::size_t k = flow.first[e]; k < flow.first[e + 1]; ++k) {
                const auto cost = flow.cost.begin() + static_cast<std::ptrdiff_t>(k * width);
                pairs_[e].push_back({problem_.post_of(k), {cost, cost + static_cast<std::ptrdiff_t>(width)}});
            }
        }
    }

    [[nodiscard]] const AllocationProblem& problem() const { return problem_; }

    Resolve& bound(std::string_view name, std::int64_t lower, std::int64_t upper) {
        const auto set = std::ranges::find(problem_.sets, name, &CountedSet::name);
        NestedQuotas& quotas = set->receives ? problem_.flow.right : problem_.flow.left;
        const auto& set_of = set->receives ? problem_.right_set : problem_.left_set;
        const auto group = std::ranges::find(set_of, static_cast<std::uint32_t>(set - problem_.sets.begin()));
        quotas.lower[static_cast<std::size_t>(group - set_of.begin())] = lower;
        quotas.upper[static_cast<std::size_t>(group - set_of.begin())] = upper;
        return *this;
    }
    /// As a repair has it: one side of a set.
    Resolve& bound(const SetBound& bound) {
        const auto set = std::ranges::find(problem_.sets, bound.set, &CountedSet::name);
        return this->bound(bound.set, bound.is_lower ? bound.bound : set->lower,
                           bound.is_lower ? set->upper : bound.bound);
    }
    Resolve& forbid_all(Id<Expert> expert) {
        pairs_[expert.value()].clear();
        return *this;
    }
    Resolve& forbid_all(Id<Post> post) {
        for (auto& pairs : pairs_)
            std::erase_if(pairs, [post](const auto& pair) { return pair.first == post; });
        return *this;
    }
    /// The pair and no other of that expert, who must serve.
    Resolve& force(Id<Expert> expert, Id<Post> post) {
        std::erase_if(pairs_[expert.value()], [post](const auto& pair) { return pair.first != post; });
        own_group(expert, problem_.flow.group[expert.value()], 1);
        return *this;
    }
    Resolve& allow(Id<Expert> expert, Id<Post> post, const std::vector<std::int64_t>& cost_of_all_tiers) {
        const auto from = cost_of_all_tiers.begin() + static_cast<std::ptrdiff_t>(problem_.flow.pair_tier);
        pairs_[expert.value()].push_back({post, {from, cost_of_all_tiers.end()}});
        return *this;
    }
    /// Points for a pair in the tier of fit, where there is one.
    Resolve& give(Id<Expert> expert, Id<Post> post, std::int64_t points) {
        const Objective& objective = problem_.plan.rows().objective;
        const auto fit = std::ranges::find(objective, Tier::fit);
        if (fit == objective.end()) return *this;
        auto& pairs = pairs_[expert.value()];
        const auto pair = std::ranges::find(pairs, post, &decltype(pairs_)::value_type::value_type::first);
        pair->second[static_cast<std::size_t>(fit - objective.begin()) - problem_.flow.pair_tier] -= points;
        return *this;
    }
    /// In no set of experts.
    Resolve& free(Id<Expert> expert) {
        own_group(expert, NestedQuotas::outermost, 0);
        return *this;
    }

    /// The cost per tier, or nothing if infeasible.
    [[nodiscard]] std::optional<std::vector<Int128>> best() const {
        const NestedFlowResult solved = solve(flow());
        if (solved.termination != Termination::optimal) return std::nullopt;
        return solved.cost;
    }
    [[nodiscard]] NestedFlowProblem flow() const {
        NestedFlowProblem out = problem_.flow;
        out.first = {0};
        out.to.clear();
        out.cost.clear();
        for (const auto& pairs : pairs_) {
            for (const auto& [post, cost] : pairs) {
                out.to.push_back(problem_.group_of_post[post.value()]);
                out.cost.insert(out.cost.end(), cost.begin(), cost.end());
            }
            out.first.push_back(out.to.size());
        }
        return out;
    }

  private:
    void own_group(Id<Expert> expert, std::uint32_t parent, std::int64_t lower) {
        NestedQuotas& left = problem_.flow.left;
        problem_.flow.group[expert.value()] = static_cast<std::uint32_t>(left.groups());
        left.parent.push_back(parent);
        left.lower.push_back(lower);
        left.upper.push_back(1);
        left.first_piece.push_back(left.from.size());
        problem_.left_set.push_back(AllocationProblem::no_set);
    }

    AllocationProblem problem_;
    std::vector<std::vector<std::pair<Id<Post>, std::vector<std::int64_t>>>> pairs_;
};

/// What the second comes to when held against the first, which is feasible.
inline Effect effect_between(const std::vector<Int128>& before, const std::optional<std::vector<Int128>>& after) {
    if (!after) return {Termination::infeasible, {}};
    Effect out{Termination::optimal, *after};
    for (std::size_t t = 0; t < before.size(); ++t)
        out.loss[t] -= before[t];
    return out;
}

/// The same from two staffings' values.
inline Effect effect_between(const std::vector<TierValue>& before, const std::vector<TierValue>& after) {
    Effect out{Termination::optimal, {}};
    for (std::size_t t = 0; t < before.size(); ++t) {
        const Int128 rise = after[t].value - before[t].value;
        out.loss.push_back(is_gain(before[t].tier) ? Int128(0) - rise : rise);
    }
    return out;
}

}  // namespace given
