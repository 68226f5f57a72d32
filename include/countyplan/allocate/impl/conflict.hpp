// Which bounds cannot hold together, and no fewer of them?
#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include <countyplan/allocate/allocation_problem.hpp>
#include <countyplan/allocate/impl/bound_flow.hpp>
#include <countyplan/solve/nested_flow.hpp>
#include <countyplan/solve/remaining_time.hpp>

namespace countyplan::detail {

/// The problem with its bounds alone.
inline AllocationProblem without_costs(AllocationProblem problem) {
    problem.flow.tiers = 1;
    problem.flow.pair_tier = 0;
    problem.flow.cost.assign(problem.flow.pairs(), 0);
    for (NestedQuotas* quotas : {&problem.flow.left, &problem.flow.right}) {
        quotas->first_piece.clear();
        quotas->from.clear();
        quotas->slope.clear();
    }
    return problem;
}

inline void set_bounds(AllocationProblem& problem, std::size_t set, std::int64_t lower, std::int64_t upper) {
    CountedSet& row = problem.sets[set];
    row.lower = lower;
    row.upper = upper;
    NestedQuotas& quotas = row.receives ? problem.flow.right : problem.flow.left;
    const auto& set_of = row.receives ? problem.right_set : problem.left_set;
    const auto group = static_cast<std::size_t>(std::ranges::find(set_of, set) - set_of.begin());
    quotas.lower[group] = lower;
    quotas.upper[group] = upper;
}

/// Looks for bounds that cannot hold together, and leaves out one after the other as long as the rest cannot.
class ConflictSearch {
  public:
    ConflictSearch(AllocationProblem problem, const RemainingTime& clock)
        : problem_(without_costs(std::move(problem))), clock_(clock) {}

    /// The prices of a proof that speaks of as few bounds as will do, or, if stopped, of those left then; empty: all
    /// bounds can hold. Nothing if stopped before that was known.
    [[nodiscard]] std::optional<std::vector<SetPrice>> find() {
        BoundFlow flow(problem_.flow, [this] { return clock_.cause().has_value(); });
        if (!flow.begin()) return std::nullopt;
        if (flow.holds()) return std::vector<SetPrice>{};
        std::vector<std::int64_t> price = bounded_prices(flow.cut());
        if (flow.is_stopped()) return std::nullopt;
        keep_only(price);
        for (std::size_t s = 0; s < price.size() && !clock_.cause(); ++s) {
            if (price[s] == 0) continue;  // each new proof may use fewer
            const std::int64_t lower = problem_.sets[s].lower;
            const std::int64_t upper = problem_.sets[s].upper;
            set_bounds(problem_, s, 0, CountedSet::unlimited);
            if (flow.holds_without(bound_of(s, price[s] < 0))) {  // it is needed
                flow.undo();
                set_bounds(problem_, s, lower, upper);
                continue;
            }
            const NestedFlowCut cut = flow.cut();
            if (flow.is_stopped()) break;
            price = bounded_prices(cut);
            keep_only(price);
        }
        return named_prices(problem_, 1, price);
    }

  private:
    [[nodiscard]] BoundFlow::Bound bound_of(std::size_t set, bool is_lower) const {
        const bool is_left = !problem_.sets[set].receives;
        const auto& set_of = is_left ? problem_.left_set : problem_.right_set;
        const auto group = std::ranges::find(set_of, set) - set_of.begin();
        return {is_left, static_cast<std::uint32_t>(group), is_lower};
    }

    /// Per set; 0 where no bound stands, for a proof holds without those.
    [[nodiscard]] std::vector<std::int64_t> bounded_prices(const NestedFlowCut& cut) const {
        const auto items = static_cast<std::int64_t>(problem_.flow.items());
        std::vector<std::int64_t> price = cut_prices(problem_, cut);
        for (std::size_t s = 0; s < price.size(); ++s) {
            const CountedSet& set = problem_.sets[s];
            if (price[s] > 0 ? set.upper >= items : set.lower == 0) price[s] = 0;
        }
        return price;
    }

    /// Only the bounds that the prices speak of stay.
    void keep_only(std::span<const std::int64_t> price) {
        const auto keep = [&](NestedQuotas& quotas, std::span<const std::uint32_t> set_of) {
            for (std::size_t g = 0; g < set_of.size(); ++g) {
                if (set_of[g] == AllocationProblem::no_set) continue;
                CountedSet& set = problem_.sets[set_of[g]];
                if (price[set_of[g]] >= 0) quotas.lower[g] = set.lower = 0;
                if (price[set_of[g]] <= 0) quotas.upper[g] = set.upper = CountedSet::unlimited;
            }
        };
        keep(problem_.flow.left, problem_.left_set);
        keep(problem_.flow.right, problem_.right_set);
    }

    AllocationProblem problem_;
    const RemainingTime& clock_;
};

}  // namespace countyplan::detail
