// The solver's half of critical_path: one pass forward, one back, and rounds for maximum lags.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <variant>
#include <vector>

#include <countyplan/error.hpp>
#include <countyplan/separate.hpp>
#include <countyplan/solve/watch.hpp>
#include <countyplan/track/critical_path.hpp>
#include <countyplan/track/impl/critical_path_passes.hpp>
#include <countyplan/track/impl/critical_path_proof.hpp>
#include <countyplan/track/messages.hpp>

namespace countyplan {

namespace detail {

[[noreturn]] inline void refuse_problem(Verdict verdict) {
    throw InvalidProblem(std::move(verdict.why), std::move(verdict.place));
}

/// One solve: which stretch of which pass comes next, and whether it may.
class CriticalPathSearch {
  public:
    CriticalPathSearch(CriticalPathPasses& passes, const Stop& stop, Watch& watch)
        : passes_(passes), stop_(stop), watch_(watch) {}

    [[nodiscard]] std::int64_t steps() const { return steps_; }

    bool forward() {
        if (!early(0, false)) return false;
        std::size_t circle_after = 1;
        for (std::size_t round = 1;; ++round) {
            const std::size_t first = passes_.push_back_links();
            if (first == passes_.size()) return true;
            if (!early(first, true)) return false;
            if (round < circle_after) continue;
            circle_after *= 2;
            circle = passes_.early_circle();
            if (!circle.empty()) return true;
        }
    }

    bool backward() {
        if (!late(passes_.size(), false)) return false;
        while (const std::size_t last = passes_.pull_back_links()) {
            if (!late(last, true)) return false;
        }
        return true;
    }

    std::vector<std::uint32_t> circle{};  ///< maximum lags that cannot hold

  private:
    template <class Stretch>
    bool run(std::size_t count, const Stretch& stretch) {
        const auto per_task = static_cast<std::int64_t>(8 + 4 * passes_.link_count() / (passes_.size() + 1));
        for (std::size_t at = 0; at < count;) {
            watch_.report([&] { return Tick{.elapsed = {}, .steps = steps_}; });
            if (watch_.exhausted(steps_)) return false;
            std::size_t length = std::min<std::size_t>(1024, count - at);
            if (stop_.step_limit) {
                length = std::min(length, static_cast<std::size_t>(*stop_.step_limit - steps_));
            }
            stretch(at, at + length);
            at += length;
            steps_ += static_cast<std::int64_t>(length);
            watch_.spend(static_cast<std::int64_t>(length) * per_task);
        }
        return true;
    }
    bool early(std::size_t first, bool again) {
        return run(passes_.size() - first,
                   [&](std::size_t from, std::size_t to) { passes_.early(first + from, first + to, again); });
    }
    bool late(std::size_t last, bool again) {
        return run(last, [&](std::size_t from, std::size_t to) { passes_.late(last - from, last - to, again); });
    }

    CriticalPathPasses& passes_;
    const Stop& stop_;
    Watch& watch_;
    std::int64_t steps_ = 0;
};

}  // namespace detail

COUNTYPLAN_INLINE double passed_share(const CriticalPathProblem& problem, std::uint32_t task) {
    const CriticalPathTask& row = problem.tasks[task];
    if (row.actual_finish) return 1.0;
    if (!row.actual_start) return 0.0;
    const detail::WorkDone done(problem);
    const auto passed = static_cast<double>(done.data_date(row) - *row.actual_start);
    return passed / (passed + static_cast<double>(done.left(row)));
}

COUNTYPLAN_INLINE CriticalPathResult solve(const CriticalPathProblem& problem, const CriticalPathOptions& options,
                                           const Stop& stop, const Progress& progress) {
    if (Verdict verdict = detail::examine_fields(problem); !verdict.accepted) {
        detail::refuse_problem(std::move(verdict));
    }
    detail::Watch watch(stop, progress);
    CriticalPathResult out;
    const auto give_up = [&](std::int64_t steps) {
        out.cause = watch.cause();
        out.steps = steps;
        return out;
    };
    if (watch.stopped()) return give_up(0);
    std::vector<std::uint32_t> order = detail::topological_order(problem);
    if (order.size() < problem.tasks.size()) detail::refuse_problem(examine(problem));
    if (Verdict verdict = detail::examine_circles(problem); !verdict.accepted) {
        detail::refuse_problem(std::move(verdict));
    }
    if (watch.spend(detail::Watch::grain)) return give_up(0);
    detail::CriticalPathPasses passes(problem, std::move(order));
    if (watch.spend(detail::Watch::grain)) return give_up(0);

    detail::CriticalPathSearch search(passes, stop, watch);
    if (!search.forward()) return give_up(search.steps());
    const auto conflict = [&](auto proof) {
        out.termination = Termination::infeasible;
        out.cause = Cause::proved;
        out.claim = Claim::proved;
        out.conflict = std::move(proof);
        out.out_of_sequence = passes.done().out_of_sequence();
        out.steps = search.steps();
        return out;
    };
    if (!search.circle.empty()) return conflict(LagCycle{std::move(search.circle)});
    if (auto broken = passes.broken_mandate()) return conflict(std::move(*broken));
    passes.turn();
    if (!search.backward()) return give_up(search.steps());
    out = passes.result(options.critical_float);
    out.steps = search.steps();
    return out;
}

}  // namespace countyplan
