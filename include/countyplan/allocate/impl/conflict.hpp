// Which bounds cannot hold together, and no fewer of them?
#pragma once

#include <algorithm>
#include <cstddef>
#include <functional>
#include <span>
#include <utility>
#include <variant>
#include <vector>

#include <countyplan/allocate/allocation_problem.hpp>
#include <countyplan/solve/nested_flow.hpp>
#include <countyplan/solve/stop.hpp>

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

/// Thins the bounds behind a proof of infeasibility out, one by one, as long as the rest cannot hold.
class ConflictSearch {
  public:
    /// `rest`: how much longer a solve may take.
    ConflictSearch(AllocationProblem problem, std::function<Stop()> rest)
        : problem_(without_costs(std::move(problem))), rest_(std::move(rest)) {}

    /// The prices of a cut of the problem, and in the end of as few bounds as are found.
    [[nodiscard]] std::vector<SetPrice> thin(const NestedFlowCut& cut) {
        std::vector<std::int64_t> price = bounded_prices(cut);
        if (std::ranges::ssize(price) - std::ranges::count(price, 0) > most_thinned)
            return named_prices(problem_, 1, price);
        keep_only(price);
        for (std::size_t s = 0; s < price.size(); ++s) {
            if (price[s] == 0) continue;  // each new proof may use fewer
            const std::int64_t lower = problem_.sets[s].lower;
            const std::int64_t upper = problem_.sets[s].upper;
            set_bounds(problem_, s, 0, CountedSet::unlimited);
            const NestedFlowResult solved = solve(problem_.flow, {}, rest_());
            if (const auto* fewer = std::get_if<NestedFlowCut>(&solved.certificate)) {
                price = bounded_prices(*fewer);
                keep_only(price);
                continue;
            }
            set_bounds(problem_, s, lower, upper);  // it is needed
            if (solved.termination == Termination::unknown) break;
        }
        return named_prices(problem_, 1, price);
    }

  private:
    static constexpr std::ptrdiff_t most_thinned = 256;  ///< each bound takes a solve

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
    std::function<Stop()> rest_;
};

}  // namespace countyplan::detail
