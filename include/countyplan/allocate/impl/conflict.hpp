// Which bounds cannot hold together, and no fewer of them?
#pragma once

#include <algorithm>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <countyplan/allocate/allocation_problem.hpp>
#include <countyplan/solve/nested_flow.hpp>
#include <countyplan/solve/stop.hpp>

namespace countyplan::detail {

/// Thins the bounds behind a proof of infeasibility out, one by one, as long as the rest cannot hold.
class ConflictSearch {
  public:
    /// `rest`: how much longer a solve may take.
    ConflictSearch(const AllocationProblem& problem, std::function<Stop()> rest)
        : problem_(problem), rest_(std::move(rest)) {}

    [[nodiscard]] std::vector<SetPrice> thin(std::vector<SetPrice> prices) const {
        if (prices.size() > most_thinned) return prices;
        AllocationProblem alone = without_costs();
        keep_only(alone, prices);
        std::vector<std::string> names;  // by name: each new proof may use fewer
        for (const SetPrice& row : prices)
            names.push_back(row.set);
        for (const std::string& name : names) {
            if (!std::ranges::count(prices, name, &SetPrice::set)) continue;
            AllocationProblem fewer = alone;
            release(fewer, name);
            const NestedFlowResult solved = solve(fewer.flow, {}, rest_());
            if (solved.termination == Termination::unknown) break;
            const auto* cut = std::get_if<NestedFlowCut>(&solved.certificate);
            if (cut == nullptr) continue;  // it is needed
            prices = prices_of(fewer, *cut);
            drop_those_without_bound(fewer, prices);
            keep_only(fewer, prices);
            alone = std::move(fewer);
        }
        return prices;
    }

    /// Prices where no bound stands: a proof holds without them.
    static void drop_those_without_bound(const AllocationProblem& problem, std::vector<SetPrice>& prices) {
        const auto items = static_cast<std::int64_t>(problem.flow.items());
        std::erase_if(prices, [&](const SetPrice& row) {
            const auto set = std::ranges::find(problem.sets, row.set, &CountedSet::name);
            return row.value.front() > 0 ? set->upper >= items : set->lower == 0;
        });
    }

  private:
    static constexpr std::size_t most_thinned = 256;  ///< each bound takes a solve

    [[nodiscard]] AllocationProblem without_costs() const {
        AllocationProblem out = problem_;
        out.flow.tiers = 1;
        out.flow.pair_tier = 0;
        out.flow.cost.assign(out.flow.pairs(), 0);
        for (NestedQuotas* quotas : {&out.flow.left, &out.flow.right}) {
            quotas->first_piece.clear();
            quotas->from.clear();
            quotas->slope.clear();
        }
        return out;
    }

    static void set_bounds(AllocationProblem& problem, std::size_t set, std::int64_t lower, std::int64_t upper) {
        problem.sets[set].lower = lower;
        problem.sets[set].upper = upper;
        const auto write = [&](NestedQuotas& quotas, const std::vector<std::uint32_t>& set_of) {
            for (std::size_t g = 0; g < set_of.size(); ++g) {
                if (set_of[g] != set) continue;
                quotas.lower[g] = lower;
                quotas.upper[g] = upper;
            }
        };
        write(problem.flow.left, problem.left_set);
        write(problem.flow.right, problem.right_set);
    }

    static void release(AllocationProblem& problem, std::string_view name) {
        const auto set =
            static_cast<std::size_t>(std::ranges::find(problem.sets, name, &CountedSet::name) - problem.sets.begin());
        set_bounds(problem, set, 0, CountedSet::unlimited);
    }

    /// Only the bounds that the prices speak of stay.
    static void keep_only(AllocationProblem& problem, const std::vector<SetPrice>& prices) {
        for (std::size_t s = 0; s < problem.sets.size(); ++s) {
            const auto row = std::ranges::find(prices, problem.sets[s].name, &SetPrice::set);
            const bool is_lower = row != prices.end() && row->value.front() < 0;
            const bool is_upper = row != prices.end() && row->value.front() > 0;
            set_bounds(problem, s, is_lower ? problem.sets[s].lower : 0,
                       is_upper ? problem.sets[s].upper : CountedSet::unlimited);
        }
    }

    const AllocationProblem& problem_;
    std::function<Stop()> rest_;
};

}  // namespace countyplan::detail
