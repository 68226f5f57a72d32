// The solver's half of longest_path: components in topological order, label correcting inside them.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

#include <countyplan/error.hpp>
#include <countyplan/separate.hpp>
#include <countyplan/solve/impl/longest_path_acyclic.hpp>
#include <countyplan/solve/impl/longest_path_survey.hpp>
#include <countyplan/solve/impl/stretches.hpp>
#include <countyplan/solve/longest_path.hpp>
#include <countyplan/solve/watch.hpp>

namespace countyplan::detail {

/// Arcs grouped by one of their ends, in arc order within a group.
struct ArcsByNode {
    std::vector<std::uint32_t> first;  ///< per node, and one past the last
    std::vector<std::uint32_t> arc;

    /// Incomplete if `watch.stopped()` afterwards.
    ArcsByNode(std::size_t nodes, const std::vector<std::uint32_t>& end, Watch& watch)
        : first(nodes + 1, 0), arc(end.size()) {
        for (const std::uint32_t v : end) {
            ++first[v + 1];
            if (watch.spend(1)) return;
        }
        for (std::size_t v = 0; v < nodes; ++v)
            first[v + 1] += first[v];
        std::vector<std::uint32_t> place(first.begin(), first.end() - 1);
        for (std::size_t a = 0; a < end.size(); ++a) {
            arc[place[end[a]]++] = static_cast<std::uint32_t>(a);
            if (watch.spend(2)) return;
        }
    }
};

/// The nodes in an order in which every arc leads onward or stays inside its component, and where each
/// strongly connected component begins.
struct ComponentOrder {
    std::vector<std::uint32_t> node;
    std::vector<std::uint32_t> begin;  ///< per component, and one past the last
};

/// Tarjan, SIAM J. Computing 1 (1972), without recursion. Check `watch.stopped()` afterwards.
COUNTYPLAN_INLINE ComponentOrder strong_components(const LongestPathProblem& problem, const ArcsByNode& out,
                                                   Watch& watch) {
    constexpr std::uint32_t unseen = std::numeric_limits<std::uint32_t>::max();
    const std::size_t nodes = problem.nodes;
    std::vector<std::uint32_t> number(nodes, unseen), low(nodes, 0), cursor(nodes, 0), path, open;
    std::vector<bool> closed(nodes, false);
    ComponentOrder order;
    std::uint32_t count = 0;
    const auto enter = [&](std::uint32_t v) {
        number[v] = low[v] = count++;
        cursor[v] = out.first[v];
        path.push_back(v);
        open.push_back(v);
    };
    for (std::uint32_t start = 0; start < nodes; ++start) {
        if (number[start] != unseen) continue;
        enter(start);
        while (!path.empty()) {
            if (watch.spend(2)) return order;
            const std::uint32_t v = path.back();
            if (cursor[v] < out.first[v + 1]) {
                const std::uint32_t w = problem.head[out.arc[cursor[v]++]];
                if (number[w] == unseen) {
                    enter(w);
                } else if (!closed[w]) {
                    low[v] = std::min(low[v], number[w]);
                }
                continue;
            }
            path.pop_back();
            if (!path.empty()) low[path.back()] = std::min(low[path.back()], low[v]);
            if (low[v] != number[v]) continue;
            order.begin.push_back(static_cast<std::uint32_t>(order.node.size()));
            for (std::uint32_t w = unseen; w != v;) {
                w = open.back();
                open.pop_back();
                closed[w] = true;
                order.node.push_back(w);
            }
        }
    }
    // Components come out last first, and so do the nodes inside: both are turned round.
    std::reverse(order.node.begin(), order.node.end());
    const auto total = static_cast<std::uint32_t>(nodes);
    order.begin.push_back(total);
    std::reverse(order.begin.begin(), order.begin.end());
    for (std::uint32_t& begin : order.begin)
        begin = total - begin;
    return order;
}

/// One direction of the computation: `time[to] >= time[from] + length`, least solution above the start
/// values. Backward it runs on negated times and turned arcs.
class Pass {
  public:
    Pass(const LongestPathProblem& problem, const ComponentOrder& order, const ArcsByNode& into, bool forward,
         Watch& watch, std::int64_t& steps)
        : problem_(problem),
          order_(order),
          into_(into),
          from_(forward ? problem.tail : problem.head),
          forward_(forward),
          watch_(watch),
          steps_(steps) {}

    /// Raises `time` to the least solution and sets `driver` where an arc raised it.
    PassEnd run(std::vector<std::int64_t>& time, std::vector<std::uint32_t>& driver) {
        const std::size_t components = order_.begin.size() - 1;
        for (std::size_t i = 0; i < components; ++i) {
            const std::size_t k = forward_ ? i : components - 1 - i;
            const std::uint32_t begin = order_.begin[k], end = order_.begin[k + 1];
            if (watch_.exhausted(steps_)) return PassEnd::stopped;
            if (end - begin == 1) {
                (void)raise(order_.node[begin], time, driver);  // loops of length <= 0 never raise a time
            } else if (const PassEnd ended = correct(begin, end, time, driver); ended != PassEnd::done) {
                return ended;
            }
            if (watch_.stopped()) return PassEnd::stopped;
        }
        return PassEnd::done;
    }

    /// After `cycle`: its arcs, each starting where the one before ends.
    [[nodiscard]] const std::vector<std::uint32_t>& cycle() const { return cycle_; }

  private:
    /// Looks at every arc into `v`; true if its time rose.
    bool raise(std::uint32_t v, std::vector<std::int64_t>& time, std::vector<std::uint32_t>& driver) {
        ++steps_;
        std::int64_t best = time[v];
        std::uint32_t by = driver[v];
        for (std::uint32_t k = into_.first[v]; k < into_.first[v + 1]; ++k) {
            const std::uint32_t arc = into_.arc[k];
            const std::int64_t through = time[from_[arc]] + problem_.length[arc];
            if (through > best) {
                best = through;
                by = arc;
            }
        }
        watch_.spend(4 + into_.first[v + 1] - into_.first[v]);
        if (best == time[v]) return false;
        time[v] = best;
        driver[v] = by;
        return true;
    }

    /// Passes over one component until nothing rises. A positive cycle shows up as a cycle of drivers.
    PassEnd correct(std::uint32_t begin, std::uint32_t end, std::vector<std::int64_t>& time,
                    std::vector<std::uint32_t>& driver) {
        for (bool rose = true; rose;) {
            rose = false;
            for (std::uint32_t i = begin; i < end; ++i) {
                const std::uint32_t v = order_.node[forward_ ? i : end - 1 - (i - begin)];
                if (watch_.exhausted(steps_)) return PassEnd::stopped;
                rose |= raise(v, time, driver);
                if (watch_.stopped()) return PassEnd::stopped;
            }
            if (rose && find_cycle(begin, end, driver)) return PassEnd::cycle;
        }
        return PassEnd::done;
    }

    /// Follows the drivers inside the component: whoever drives it from outside lies on no cycle with it.
    bool find_cycle(std::uint32_t begin, std::uint32_t end, const std::vector<std::uint32_t>& driver) {
        if (mark_.empty()) mark_.assign(problem_.nodes, 0);
        const std::uint64_t base = ++round_ << 32;
        const std::uint64_t unseen = base | std::numeric_limits<std::uint32_t>::max();
        for (std::uint32_t i = begin; i < end; ++i)
            mark_[order_.node[i]] = unseen;
        for (std::uint32_t i = begin; i < end; ++i) {
            std::uint32_t v = order_.node[i];
            while (mark_[v] == unseen && driver[v] < Drivers::end) {
                mark_[v] = base | i;
                v = from_[driver[v]];
            }
            if (mark_[v] != (base | i)) continue;
            for (std::uint32_t w = v; cycle_.empty() || w != v; w = from_[driver[w]])
                cycle_.push_back(driver[w]);
            if (forward_) std::reverse(cycle_.begin(), cycle_.end());
            return true;
        }
        return false;
    }

    const LongestPathProblem& problem_;
    const ComponentOrder& order_;
    const ArcsByNode& into_;
    const std::vector<std::uint32_t>& from_;
    bool forward_;
    Watch& watch_;
    std::int64_t& steps_;
    std::vector<std::uint32_t> cycle_;
    std::vector<std::uint64_t> mark_;  ///< upper half the round, lower half which start came by first
    std::uint64_t round_ = 0;
};

/// Both passes component by component, for problems with cycles.
class ComponentPasses {
  public:
    ComponentPasses(const LongestPathProblem& problem, Watch& watch, std::int64_t& steps)
        : problem_(problem), watch_(watch), steps_(steps), out_(problem.nodes, problem.tail, watch) {}

    PassEnd forward(std::vector<std::int64_t>& time, std::vector<std::uint32_t>& driver) {
        time = problem_.release;
        driver.assign(problem_.nodes, Drivers::own);
        if (watch_.stopped()) return PassEnd::stopped;
        order_ = strong_components(problem_, out_, watch_);
        if (watch_.stopped()) return PassEnd::stopped;
        const ArcsByNode in(problem_.nodes, problem_.head, watch_);
        if (watch_.stopped()) return PassEnd::stopped;
        Pass pass(problem_, order_, in, true, watch_, steps_);
        const PassEnd end = pass.run(time, driver);
        cycle_ = pass.cycle();
        return end;
    }

    PassEnd backward(std::vector<std::int64_t>& time, std::vector<std::uint32_t>& driver) {
        const auto negate = [&] {
            for (std::int64_t& t : time)
                t = -t;
        };
        negate();
        const PassEnd end = Pass(problem_, order_, out_, false, watch_, steps_).run(time, driver);
        negate();
        return end;
    }

    /// After `cycle`: its arcs, each starting where the one before ends.
    [[nodiscard]] const std::vector<std::uint32_t>& cycle() const { return cycle_; }

  private:
    const LongestPathProblem& problem_;
    Watch& watch_;
    std::int64_t& steps_;
    ArcsByNode out_;
    ComponentOrder order_;
    std::vector<std::uint32_t> cycle_;
};

/// Fills in times, horizon and drivers.
template <class Passes>
PassEnd find_times(const LongestPathProblem& problem, Passes& passes, Watch& watch, const std::int64_t& steps,
                   LongestPathResult& result) {
    const std::size_t nodes = problem.nodes;
    Drivers drivers;
    if (const PassEnd end = passes.forward(result.earliest, drivers.early); end != PassEnd::done) return end;
    watch.report([&] { return Tick{.steps = steps}; });
    const auto span = [&](std::size_t v) { return problem.span.empty() ? 0 : problem.span[v]; };
    if (problem.horizon) {
        result.horizon = *problem.horizon;
    } else if (nodes > 0) {
        result.horizon = std::numeric_limits<std::int64_t>::min();
        const bool whole = in_stretches(nodes, 1, watch, [&](std::size_t from, std::size_t to) {
            for (std::size_t v = from; v < to; ++v)
                result.horizon = std::max(result.horizon, result.earliest[v] + span(v));
        });
        if (!whole) return PassEnd::stopped;
    }
    result.latest.reserve(nodes);
    drivers.late.reserve(nodes);
    const bool whole = in_stretches(nodes, 1, watch, [&](std::size_t from, std::size_t to) {
        result.latest.resize(to);
        drivers.late.resize(to, Drivers::end);
        for (std::size_t v = from; v < to; ++v) {
            result.latest[v] = result.horizon - span(v);
            if (problem.deadline.empty() || problem.deadline[v] > result.latest[v]) continue;
            result.latest[v] = problem.deadline[v];
            drivers.late[v] = Drivers::own;
        }
    });
    if (!whole) return PassEnd::stopped;
    const PassEnd end = passes.backward(result.latest, drivers.late);
    result.certificate = std::move(drivers);
    return end;
}

}  // namespace countyplan::detail

namespace countyplan {

COUNTYPLAN_INLINE LongestPathResult solve(const LongestPathProblem& problem, const LongestPathOptions& /*options*/,
                                          const Stop& stop, const Progress& progress) {
    const auto refuse = [](Verdict verdict) {
        if (!verdict.accepted) throw InvalidProblem(std::move(verdict.why), std::move(verdict.place));
    };
    refuse(detail::check_lengths(problem));
    detail::Watch watch(stop, progress);
    const detail::PathSurvey survey(problem, watch);
    if (!survey.is_sound()) refuse(examine(problem));
    LongestPathResult result;
    std::int64_t steps = 0;
    const auto given_up = [&] {
        LongestPathResult nothing;
        nothing.cause = watch.cause();
        nothing.steps = steps;
        return nothing;
    };
    if (watch.exhausted(0)) return given_up();
    const auto impossible = [&](std::vector<std::uint32_t> cycle) {
        LongestPathResult no;
        no.termination = Termination::infeasible;
        no.cause = Cause::proved;
        no.claim = Claim::proved;
        no.certificate = PositiveCycle{std::move(cycle)};
        no.steps = steps;
        return no;
    };
    if (survey.loop() != Drivers::own) return impossible({survey.loop()});
    const auto without_cycles = [&](const auto& form) {
        detail::AcyclicPasses passes(problem, survey, form, watch, steps);
        return detail::find_times(problem, passes, watch, steps, result);
    };
    const auto find = [&] {
        if (!survey.is_narrow()) return without_cycles(detail::PlainArcs<detail::int128>{});
        if (const detail::PackedArcs packed(problem, survey); packed.is_wide_enough()) return without_cycles(packed);
        return without_cycles(detail::PlainArcs<std::int64_t>{});
    };
    detail::PassEnd end = find();
    if (end == detail::PassEnd::cycle) {
        detail::ComponentPasses passes(problem, watch, steps);
        end = detail::find_times(problem, passes, watch, steps, result);
        if (end == detail::PassEnd::cycle) return impossible(passes.cycle());
    }
    if (end == detail::PassEnd::stopped) return given_up();
    result.termination = Termination::optimal;
    result.cause = Cause::proved;
    result.claim = Claim::proved;
    result.steps = steps;
    return result;
}

}  // namespace countyplan
