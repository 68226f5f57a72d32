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
    /// bounds can hold. Nothing if stopped before that was known. `known`: a proof to begin with.
    [[nodiscard]] std::optional<std::vector<SetPrice>> find(const NestedFlowCut* known = nullptr) {
        if (known != nullptr) keep_only(thinned(bounded_prices(*known)));
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

    /// The proof without prices that it does not need, as far as few looks at all pairs show: many prices are left out
    /// at once, else by halves. Junker, QUICKXPLAIN, AAAI 2004.
    [[nodiscard]] std::vector<std::int64_t> thinned(std::vector<std::int64_t> price) const {
        std::vector<std::size_t> priced;
        for (std::size_t s = 0; s < price.size(); ++s)
            if (price[s] != 0) priced.push_back(s);
        int looks = 64;
        const auto leave_out = [&](const auto& self, std::span<const std::size_t> part) -> void {
            if (part.empty() || looks == 0 || clock_.cause()) return;
            --looks;
            std::vector<std::int64_t> fewer = price;
            for (const std::size_t s : part)
                fewer[s] = 0;
            if (proves(fewer)) {
                price = std::move(fewer);
            } else if (part.size() > 1) {
                self(self, part.first(part.size() / 2));
                self(self, part.subspan(part.size() / 2));
            }
        };
        leave_out(leave_out, priced);
        return price;
    }

    /// Whether people weigh more at these prices than the sets' numbers can.
    [[nodiscard]] bool proves(std::span<const std::int64_t> price) const {
        const NestedFlowProblem& flow = problem_.flow;
        const auto sums = [&](const NestedQuotas& quotas, std::span<const std::uint32_t> set_of) {
            return sums_inwards(quotas, 1, [&](std::size_t g, std::size_t) -> int128 {
                return set_of[g] == AllocationProblem::no_set ? 0 : price[set_of[g]];
            });
        };
        const std::vector<std::int64_t> left = sums(flow.left, problem_.left_set);
        const std::vector<std::int64_t> right = sums(flow.right, problem_.right_set);
        int128 least = 0;
        for (std::size_t i = 0; i < flow.items(); ++i) {
            std::int64_t best = -left[flow.group[i]];  // what staying at home is worth beside it
            for (std::size_t pair = flow.first[i]; pair < flow.first[i + 1]; ++pair)
                best = std::min(best, right[flow.to[pair]]);
            least += best + left[flow.group[i]];
        }
        int128 most = 0;
        for (std::size_t s = 0; s < price.size(); ++s) {
            const CountedSet& set = problem_.sets[s];
            const std::int64_t upper = std::min(set.upper, static_cast<std::int64_t>(flow.items()));
            most += int128{price[s]} * (price[s] > 0 ? upper : set.lower);
        }
        return least > most;
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
