// Which bounds, loosened by how much, make an impossible plan possible?
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <countyplan/allocate/explain/explain.hpp>
#include <countyplan/allocate/impl/conflict.hpp>

namespace countyplan::detail {

/// Every conflict must lose a bound: choices of bounds that meet all conflicts, fewest first, conflicts found as they
/// are needed. Method: Reiter, Artificial Intelligence 32 (1987).
class FeasibilitySearch {
  public:
    FeasibilitySearch(AllocationProblem problem, std::span<const GivenPair> given, const RemainingTime& clock,
                      std::size_t most, std::size_t most_bounds)
        : problem_(std::move(problem)),
          bare_(without_costs(problem_)),
          given_(given),
          clock_(clock),
          most_(most),
          most_bounds_(most_bounds) {}

    void run(WhyInfeasible& out) {
        out.complete = true;
        Choice first;
        for (const SetBound& bound : out.conflict)
            first.push_back(side_of(bound));
        std::ranges::sort(first);
        known_.push_back(std::move(first));
        std::vector<Choice> found;
        std::vector<Choice> queue{{}};
        for (std::size_t at = 0; at < queue.size(); ++at) {
            const Choice choice = queue[at];
            const bool is_wider =
                std::ranges::any_of(found, [&](const Choice& less) { return std::ranges::includes(choice, less); });
            if (is_wider) continue;
            if (found.size() == most_) {
                out.complete = false;
                break;
            }
            const auto conflict = conflict_beside(choice);
            if (!conflict) {
                out.complete = false;
                out.cause = stopped_;
                break;
            }
            if (conflict->empty()) {
                auto repair = least(choice);
                if (!repair) {
                    out.complete = false;
                    out.cause = stopped_;
                    break;
                }
                found.push_back(choice);
                out.repairs.push_back(*std::move(repair));
                continue;
            }
            if (choice.size() == most_bounds_) {
                out.complete = false;
                continue;
            }
            for (const Side& side : *conflict) {
                Choice wider = choice;
                wider.insert(std::ranges::upper_bound(wider, side), side);
                if (!std::ranges::count(queue, wider)) queue.push_back(std::move(wider));
            }
        }
        std::ranges::stable_sort(out.repairs, [](const FeasibilityRepair& a, const FeasibilityRepair& b) {
            if (a.bounds.size() != b.bounds.size()) return a.bounds.size() < b.bounds.size();
            if (a.units != b.units) return a.units < b.units;
            return is_better(a.tiers, b.tiers);
        });
    }

  private:
    struct Side {
        std::size_t set = 0;
        bool is_lower = false;
        friend auto operator<=>(const Side&, const Side&) = default;
    };
    using Choice = std::vector<Side>;  // ascending

    [[nodiscard]] Side side_of(const SetBound& bound) const {
        const auto set = std::ranges::find(problem_.sets, bound.set, &CountedSet::name);
        return {static_cast<std::size_t>(set - problem_.sets.begin()), bound.is_lower};
    }

    [[nodiscard]] std::int64_t number(const Side& side) const {
        const CountedSet& set = problem_.sets[side.set];
        return side.is_lower ? set.lower : set.upper;
    }
    /// As loose as it can be.
    [[nodiscard]] std::int64_t loosest(const Side& side) const {
        return side.is_lower ? 0
                             : std::max<std::int64_t>(number(side), static_cast<std::int64_t>(problem_.flow.items()));
    }

    static void put(AllocationProblem& problem, const Side& side, std::int64_t value) {
        const CountedSet& set = problem.sets[side.set];
        set_bounds(problem, side.set, side.is_lower ? value : set.lower, side.is_lower ? set.upper : value);
    }

    /// A conflict of bounds that are not in the choice; empty: there is none. Nothing if stopped.
    [[nodiscard]] std::optional<Choice> conflict_beside(const Choice& choice) {
        for (const Choice& known : known_) {
            const bool meets =
                std::ranges::any_of(known, [&](const Side& side) { return std::ranges::binary_search(choice, side); });
            if (!meets) return known;
        }
        AllocationProblem loosened = bare_;
        for (const Side& side : choice)
            put(loosened, side, loosest(side));
        const auto prices = ConflictSearch(std::move(loosened), clock_).find();
        if (!prices) {
            stopped_ = clock_.cause().value_or(Cause::cancelled);
            return std::nullopt;
        }
        Choice out;
        if (prices->empty()) return out;
        for (const SetPrice& row : *prices)
            out.push_back(side_of({row.set, row.value.front() < 0, 0}));
        std::ranges::sort(out);
        known_.push_back(out);
        return out;
    }

    /// Each of the bounds loosened as little as the others, and those before it, let it. Nothing if stopped.
    [[nodiscard]] std::optional<FeasibilityRepair> least(const Choice& choice) {
        AllocationProblem loosened = bare_;
        for (const Side& side : choice)
            put(loosened, side, loosest(side));
        FeasibilityRepair out;
        for (const Side& side : choice) {
            // too tight at `tight`, loose enough at `loose`
            std::int64_t tight = number(side);
            std::int64_t loose = loosest(side);
            while (std::max(tight, loose) - std::min(tight, loose) > 1) {
                const std::int64_t middle = tight + (loose - tight) / 2;
                put(loosened, side, middle);
                const Termination end = solve(loosened.flow).termination;
                if (end != Termination::optimal && end != Termination::infeasible) return std::nullopt;
                (end == Termination::optimal ? loose : tight) = middle;
            }
            put(loosened, side, loose);
            out.bounds.push_back({{problem_.sets[side.set].name, side.is_lower, number(side)}, loose});
            out.units += side.is_lower ? number(side) - loose : loose - number(side);
        }
        AllocationProblem priced = problem_;
        for (std::size_t k = 0; k < choice.size(); ++k)
            put(priced, choice[k], out.bounds[k].loosened);
        const NestedFlowResult solved = solve(priced.flow);
        if (solved.termination != Termination::optimal) return std::nullopt;
        out.tiers = tier_values(problem_.plan, staffing_of(priced, solved.pair_of), given_);
        return out;
    }

    [[nodiscard]] NestedFlowResult solve(const NestedFlowProblem& flow) {
        NestedFlowResult out = countyplan::solve(flow, {}, clock_.rest());
        stopped_ = out.cause;
        return out;
    }

    [[nodiscard]] static bool is_better(const std::vector<TierValue>& a, const std::vector<TierValue>& b) {
        for (std::size_t t = 0; t < a.size(); ++t)
            if (a[t].value != b[t].value) return is_gain(a[t].tier) == (a[t].value > b[t].value);
        return false;
    }

    AllocationProblem problem_;
    AllocationProblem bare_;
    std::span<const GivenPair> given_;
    RemainingTime clock_;
    std::size_t most_;
    std::size_t most_bounds_;
    std::vector<Choice> known_;      ///< conflicts
    Cause stopped_ = Cause::proved;  ///< why the last solve ended
};

}  // namespace countyplan::detail
