// What every part of a leximin solve needs: ranks of values, time and steps left, the best worst value.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

#include <countyplan/error.hpp>
#include <countyplan/solve/max_flow.hpp>
#include <countyplan/solve/messages.hpp>
#include <countyplan/solve/min_cost_flow.hpp>
#include <countyplan/solve/proof/leximin.hpp>
#include <countyplan/solve/proof/refusal.hpp>
#include <countyplan/solve/remaining_time.hpp>

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

/// `a - b`; refused where it does not fit.
inline std::int64_t difference(std::int64_t a, std::int64_t b) {
    std::int64_t result = 0;
    if (__builtin_sub_overflow(a, b, &result)) throw InvalidProblem({message::solve_flow_overflow, {}}, "upper");
    return result;
}

/// Solves the flows of one search and shares its limits among them.
class SearchClock {
  public:
    SearchClock(const Stop& stop, const Progress& progress) : stop_(stop), progress_(progress), time_(stop) {}

    MinCostFlowResult solve(const MinCostFlowProblem& problem) {
        return run<MinCostFlowResult>(problem, MinCostFlowOptions{});
    }
    MaxFlowResult solve(const MaxFlowProblem& problem) { return run<MaxFlowResult>(problem, MaxFlowOptions{}); }

    /// Why the search must end before the next flow, if it must.
    [[nodiscard]] std::optional<Cause> must_end() const {
        if (const auto cause = time_.cause()) return cause;
        if (stop_.step_limit && steps_ >= *stop_.step_limit) return Cause::steps;
        return std::nullopt;
    }

    [[nodiscard]] std::int64_t steps() const { return steps_; }

  private:
    template <class Result, class Problem, class Options>
    Result run(const Problem& problem, const Options& options) {
        Stop rest = time_.rest();
        if (rest.step_limit) *rest.step_limit = std::max<std::int64_t>(0, *rest.step_limit - steps_);
        Progress show;
        if (progress_) {
            show = [this](const Tick& tick) { progress_({.elapsed = time_.elapsed(), .steps = steps_ + tick.steps}); };
        }
        Result result = countyplan::solve(problem, options, rest, show);
        steps_ += result.steps;
        return result;
    }

    const Stop& stop_;
    const Progress& progress_;
    RemainingTime time_;
    std::int64_t steps_ = 0;
};

/// The network alone.
inline MinCostFlowProblem without_costs(const LeximinProblem& problem) {
    MinCostFlowProblem network;
    network.nodes = problem.nodes;
    network.supply = problem.supply;
    network.tail = problem.tail;
    network.head = problem.head;
    network.lower = problem.lower;
    network.upper = problem.upper;
    network.cost.assign(problem.arcs(), 0);
    return network;
}

/// The largest rank that all groups can reach at once.
class WorstRank {
  public:
    WorstRank(const LeximinProblem& problem, const LeximinValues& values) : problem_(problem), values_(values) {
        for (std::size_t group = 0; group < problem.groups(); ++group) {
            const std::uint32_t arc = problem.group_arc[group];
            const std::size_t high = rank_at(problem, values, group, problem.upper[arc]);
            hope = group == 0 ? high : std::min(hope, high);
        }
    }

    /// Termination optimal, infeasible, or feasible or unknown if stopped.
    Termination find(SearchClock& clock) {
        MinCostFlowResult found = clock.solve(without_costs(problem_));
        if (found.termination == Termination::infeasible) {
            cut = std::get<ViolatedCut>(std::move(found.certificate));
            return found.termination;
        }
        flow = std::move(found.flow);
        rate();
        if (found.termination != Termination::optimal) {
            cause = found.cause;
            return found.termination;
        }
        std::size_t fails = hope + 1;  // the least rank known to be too much
        while (rank + 1 < fails) {
            const std::size_t wanted = rank + (fails - rank) / 2;
            const auto end = raise_to(wanted, clock);
            if (!end) return Termination::feasible;
            if (*end) {
                rate();
            } else {
                fails = wanted;
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
    /// The worst rank of the flow.
    void rate() {
        if (flow.empty()) return;
        rank = hope;
        for (std::size_t group = 0; group < problem_.groups(); ++group)
            rank = std::min(rank, rank_at(problem_, values_, group, flow[problem_.group_arc[group]]));
    }

    /// Whether all groups reach this rank at once: lifts every group that falls short, and
    /// sends what is then too much at its arc's head to where it is missing, at the tails. Nothing if stopped.
    std::optional<bool> raise_to(std::size_t rank_wanted, SearchClock& clock) {
        const std::int64_t value = values_[rank_wanted];
        std::vector<std::int64_t> lower = problem_.lower, raised = flow;
        MaxFlowProblem network{.nodes = problem_.nodes + 2,
                               .source = static_cast<std::uint32_t>(problem_.nodes),
                               .sink = static_cast<std::uint32_t>(problem_.nodes + 1)};
        const auto add = [&](std::uint32_t tail, std::uint32_t head, std::int64_t capacity) {
            network.tail.push_back(tail);
            network.head.push_back(head);
            network.capacity.push_back(capacity);
        };
        for (std::size_t group = 0; group < problem_.groups(); ++group) {
            const std::uint32_t arc = problem_.group_arc[group];
            std::size_t step = problem_.first[group];
            while (problem_.value[step] < value)
                ++step;
            lower[arc] = std::max(problem_.lower[arc], problem_.threshold[step]);
            raised[arc] = std::max(flow[arc], lower[arc]);
        }
        for (std::size_t arc = 0; arc < problem_.arcs(); ++arc) {
            const std::int64_t above = is_endless(arc) ? std::max<std::int64_t>(raised[arc], 0) : raised[arc];
            add(problem_.tail[arc], problem_.head[arc], difference(problem_.upper[arc], above));
        }
        for (std::size_t arc = 0; arc < problem_.arcs(); ++arc)
            add(problem_.head[arc], problem_.tail[arc], difference(raised[arc], lower[arc]));
        int128 missing = 0;
        for (const std::uint32_t arc : problem_.group_arc) {
            const std::int64_t lift = raised[arc] - flow[arc];
            if (lift == 0) continue;
            missing += lift;
            add(network.source, problem_.head[arc], lift);
            add(problem_.tail[arc], network.sink, lift);
        }
        const MaxFlowResult found = clock.solve(network);
        if (found.termination != Termination::optimal) {
            cause = found.cause;
            return std::nullopt;
        }
        if (found.value.value == missing) {
            for (std::size_t arc = 0; arc < problem_.arcs(); ++arc)
                flow[arc] = raised[arc] + found.flow[arc] - found.flow[problem_.arcs() + arc];
            return true;
        }
        std::vector<bool> inside(network.nodes, false);
        for (const std::uint32_t node : found.cut)
            inside[node] = true;
        for (std::size_t arc = 0; arc < problem_.arcs(); ++arc) {
            if (!is_endless(arc) || !inside[problem_.tail[arc]] || inside[problem_.head[arc]]) continue;
            throw InvalidProblem({message::solve_flow_overflow, {}}, indexed("upper", arc));
        }
        cut.nodes = found.cut;
        cut.nodes.pop_back();  // the source
        return false;
    }

    [[nodiscard]] bool is_endless(std::size_t arc) const { return problem_.upper[arc] == LeximinProblem::unlimited; }

    const LeximinProblem& problem_;
    const LeximinValues& values_;
};

}  // namespace countyplan::detail
