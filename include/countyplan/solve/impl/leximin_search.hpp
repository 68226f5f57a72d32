// What every part of a leximin solve needs: ranks of values, time and steps left, the best worst value.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

#include <countyplan/solve/min_cost_flow.hpp>
#include <countyplan/solve/proof/leximin.hpp>

namespace countyplan::detail {

/// The distinct values of all tables, ascending.
class LeximinValues {
  public:
    explicit LeximinValues(const LeximinProblem& problem) : value_(problem.value) {
        std::sort(value_.begin(), value_.end());
        value_.erase(std::unique(value_.begin(), value_.end()), value_.end());
    }

    [[nodiscard]] std::size_t rank(std::int64_t value) const {
        return static_cast<std::size_t>(std::lower_bound(value_.begin(), value_.end(), value) - value_.begin());
    }
    [[nodiscard]] std::int64_t operator[](std::size_t rank) const { return value_[rank]; }
    [[nodiscard]] std::size_t count() const { return value_.size(); }
    [[nodiscard]] std::size_t tiers() const { return value_.empty() ? 0 : value_.size() - 1; }

  private:
    std::vector<std::int64_t> value_;
};

/// The rank of a group's value at this flow.
inline std::size_t rank_at(const LeximinProblem& problem, const LeximinValues& values, std::size_t group,
                           std::int64_t flow) {
    const auto begin = problem.threshold.begin() + static_cast<std::ptrdiff_t>(problem.first[group]);
    const auto end = problem.threshold.begin() + static_cast<std::ptrdiff_t>(problem.first[group + 1]);
    const auto step = std::upper_bound(begin, end, flow) - problem.threshold.begin() - 1;
    return values.rank(problem.value[static_cast<std::size_t>(step)]);
}

/// The values that groups end with, from the worst.
inline std::vector<LeximinLevel> levels_of(const LeximinProblem& problem, const LeximinValues& values,
                                           const std::vector<std::int64_t>& flow) {
    std::vector<std::size_t> groups(values.count(), 0);
    for (std::size_t group = 0; group < problem.groups(); ++group)
        ++groups[rank_at(problem, values, group, flow[problem.group_arc[group]])];
    std::vector<LeximinLevel> levels;
    for (std::size_t rank = 0; rank < groups.size(); ++rank) {
        if (groups[rank] > 0) levels.push_back({values[rank], groups[rank]});
    }
    return levels;
}

/// Solves the flows of one search and shares its limits among them.
class SearchClock {
  public:
    SearchClock(const Stop& stop, const Progress& progress)
        : stop_(stop), progress_(progress), begin_(std::chrono::steady_clock::now()) {}

    MinCostFlowResult solve(const MinCostFlowProblem& problem) {
        Stop rest = stop_;
        if (rest.time_limit) *rest.time_limit -= std::chrono::steady_clock::now() - begin_;
        if (rest.step_limit) *rest.step_limit = std::max<std::int64_t>(0, *rest.step_limit - steps_);
        Progress show;
        if (progress_) {
            show = [this](const Tick& tick) {
                progress_({.elapsed = std::chrono::steady_clock::now() - begin_, .steps = steps_ + tick.steps});
            };
        }
        MinCostFlowResult result = countyplan::solve(problem, MinCostFlowOptions{}, rest, show);
        steps_ += result.steps;
        return result;
    }

    /// Why the search must end before the next flow, if it must.
    [[nodiscard]] std::optional<Cause> must_end() const {
        if (stop_.token.stop_requested()) return Cause::cancelled;
        if (stop_.time_limit && std::chrono::steady_clock::now() - begin_ >= *stop_.time_limit) return Cause::time;
        if (stop_.step_limit && steps_ >= *stop_.step_limit) return Cause::steps;
        return std::nullopt;
    }

    [[nodiscard]] std::int64_t steps() const { return steps_; }

  private:
    const Stop& stop_;
    const Progress& progress_;
    std::chrono::steady_clock::time_point begin_;
    std::int64_t steps_ = 0;
};

/// The largest rank that all groups can reach at once.
class WorstRank {
  public:
    WorstRank(const LeximinProblem& problem, const LeximinValues& values) : problem_(problem), values_(values) {
        network_.nodes = problem.nodes;
        network_.supply = problem.supply;
        network_.tail = problem.tail;
        network_.head = problem.head;
        network_.lower = problem.lower;
        network_.upper = problem.upper;
        network_.cost.assign(problem.arcs(), 0);
        for (std::size_t group = 0; group < problem.groups(); ++group) {
            const std::uint32_t arc = problem.group_arc[group];
            const std::size_t high = rank_at(problem, values, group, problem.upper[arc]);
            hope = group == 0 ? high : std::min(hope, high);
        }
    }

    /// Termination optimal, infeasible, or feasible or unknown if stopped.
    Termination find(SearchClock& clock) {
        MinCostFlowResult found = clock.solve(network_);
        if (found.termination == Termination::infeasible) {
            cut = std::get<ViolatedCut>(std::move(found.certificate));
            return found.termination;
        }
        const auto take = [&] {
            flow = std::move(found.flow);
            rank = hope;
            for (std::size_t group = 0; group < problem_.groups(); ++group)
                rank = std::min(rank, rank_at(problem_, values_, group, flow[problem_.group_arc[group]]));
        };
        if (!found.flow.empty()) take();
        if (found.termination != Termination::optimal) {
            cause = found.cause;
            return found.termination;
        }
        std::size_t fails = hope + 1;  // the least rank known to be too much
        while (rank + 1 < fails) {
            const std::size_t wanted = rank + (fails - rank) / 2;
            raise_to(wanted);
            found = clock.solve(network_);
            if (found.termination == Termination::infeasible) {
                cut = std::get<ViolatedCut>(std::move(found.certificate));
                fails = wanted;
            } else if (found.termination == Termination::optimal) {
                take();
            } else {
                cause = found.cause;
                return Termination::feasible;
            }
        }
        return Termination::optimal;
    }

    std::size_t hope = 0;  ///< no group's table and bound forbid this rank
    std::size_t rank = 0;  ///< that of `flow`
    std::vector<std::int64_t> flow;
    ViolatedCut cut;  ///< of the network at rank + 1, or of the network itself
    Cause cause = Cause::cancelled;

  private:
    void raise_to(std::size_t rank_wanted) {
        const std::int64_t value = values_[rank_wanted];
        for (std::size_t group = 0; group < problem_.groups(); ++group) {
            const std::uint32_t arc = problem_.group_arc[group];
            std::size_t step = problem_.first[group];
            while (problem_.value[step] < value)
                ++step;
            network_.lower[arc] = std::max(problem_.lower[arc], problem_.threshold[step]);
        }
    }

    const LeximinProblem& problem_;
    const LeximinValues& values_;
    MinCostFlowProblem network_;
};

}  // namespace countyplan::detail
