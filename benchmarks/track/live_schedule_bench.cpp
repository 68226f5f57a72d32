// What does one edit of a large schedule cost, and how does that compare with computing it again?
#include <countyplan/track/live_schedule.hpp>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <utility>
#include <vector>

#include <benchmark/benchmark.h>

#include <countyplan/solve/random.hpp>

#include "given/layered_schedule.hpp"

namespace {

using namespace countyplan;

/// The edits of the protocol: tasks and links drawn uniformly, half of the edits new durations, the others in
/// equal parts a new lag, a link that leads elsewhere, a link removed and one added, a task removed and one
/// added with three links.
class Edits {
  public:
    Edits(LiveSchedule& live, std::uint32_t tasks) : live_(live), layer_(std::max<std::uint32_t>(tasks / 100, 1)) {
        for (const std::uint32_t v : live.task_numbers())
            layer_of_.push_back(v / layer_);
    }

    /// The nanoseconds of each edit.
    std::vector<double> run(std::size_t count) {
        std::vector<double> out;
        while (out.size() < count) {
            const std::size_t before = out.size();
            other(out);
            for (std::size_t others = out.size() - before; others > 0; --others)
                duration(out);
        }
        return out;
    }

  private:
    void duration(std::vector<double>& out) {
        const std::uint32_t v = any_task();
        CriticalPathTask task = live_.task(v);
        task.duration = random_.between(1, 20);
        timed(out, [&] { return live_.change_task(v, task); });
    }
    void other(std::vector<double>& out) {
        const std::uint64_t kind = random_.below(4);
        if (kind == 3) {
            const std::uint32_t v = any_task();
            const CriticalPathTask task = live_.task(v);
            timed(out, [&] { return live_.remove_task(v); });
            timed(out, [&] { return live_.add_task(task); });  // and gets the same number
            for (int k = 0; k < 3 && layer_of_[v] > 0; ++k) {
                const CriticalPathLink link = link_to(v);
                timed(out, [&] { return live_.add_link(link); });
            }
            return;
        }
        const std::uint32_t a = any_link();
        CriticalPathLink link = live_.link(a);
        if (kind == 2) {
            timed(out, [&] { return live_.remove_link(a); });
            const CriticalPathLink fresh = link_to(link.successor);
            timed(out, [&] { return live_.add_link(fresh); });
            return;
        }
        if (kind == 0) {
            link.lag = random_.between(-2, 5);
        } else {
            link.predecessor = before(link.successor);
        }
        timed(out, [&] { return live_.change_link(a, link); });
    }
    std::uint32_t any_task() { return static_cast<std::uint32_t>(random_.below(layer_of_.size())); }
    std::uint32_t any_link() {
        for (;;) {  // few numbers are free
            const auto a = static_cast<std::uint32_t>(random_.below(3 * layer_of_.size()));
            if (live_.has_link(a)) return a;
        }
    }
    std::uint32_t before(std::uint32_t v) {
        return (layer_of_[v] - 1) * layer_ + static_cast<std::uint32_t>(random_.below(layer_));
    }
    CriticalPathLink link_to(std::uint32_t v) {
        CriticalPathLink link;
        link.predecessor = before(v);
        link.successor = v;
        link.type = static_cast<LinkKind>(random_.between(0, 3));
        link.lag = random_.between(-2, 5);
        return link;
    }
    template <class Edit>
    static void timed(std::vector<double>& out, const Edit& edit) {
        const auto from = std::chrono::steady_clock::now();
        const LiveEdit made = edit();
        const auto to = std::chrono::steady_clock::now();
        if (made.verdict.accepted) out.push_back(std::chrono::duration<double, std::nano>(to - from).count());
    }

    LiveSchedule& live_;
    Random random_{2};
    std::uint32_t layer_;
    std::vector<std::uint32_t> layer_of_;
};

/// Counters: median, 99th and 99.9th percentile and greatest time of an edit, in microseconds.
void LiveScheduleEdits(benchmark::State& state) {
    const auto tasks = static_cast<std::uint32_t>(state.range(0));
    LiveSchedule live(given::layered_schedule(tasks, state.range(1) != 0));
    Edits edits(live, tasks);
    std::vector<double> times;
    for (auto _ : state) {
        const std::vector<double> some = edits.run(10000);
        times.insert(times.end(), some.begin(), some.end());
    }
    std::ranges::sort(times);
    const auto at = [&](double share) {
        return times[static_cast<std::size_t>(share * static_cast<double>(times.size() - 1))] / 1000.0;
    };
    state.counters["p50_us"] = at(0.5);
    state.counters["p90_us"] = at(0.9);
    state.counters["p99_us"] = at(0.99);
    state.counters["p999_us"] = at(0.999);
    state.counters["max_us"] = at(1.0);
    state.SetItemsProcessed(static_cast<std::int64_t>(times.size()));
    CriticalPathResult fresh = solve(live.problem());
    const CriticalPathResult kept = live.result();
    fresh.steps = kept.steps;
    if (kept != fresh) state.SkipWithError("the schedule differs from one computed again");
    if (!verify(live.problem(), kept)) state.SkipWithError("the certificate is refused");
}
BENCHMARK(LiveScheduleEdits)
    ->ArgNames({"tasks", "two_calendars"})
    ->ArgsProduct({{1000, 10000, 100000}, {0, 1}})
    ->Iterations(10)
    ->Unit(benchmark::kMillisecond);

/// One full pass forward and one backward over the same network, laid out: what an edit is measured against.
void FullPasses(benchmark::State& state) {
    const auto problem = given::layered_schedule(static_cast<std::uint32_t>(state.range(0)), state.range(1) != 0);
    detail::CriticalPathPasses passes(problem, detail::topological_order(problem));
    for (auto _ : state) {
        passes.early(0, passes.size());
        passes.turn();
        passes.late(passes.size(), 0);
        benchmark::ClobberMemory();
    }
}
BENCHMARK(FullPasses)
    ->ArgNames({"tasks", "two_calendars"})
    ->ArgsProduct({{1000, 10000, 100000}, {0, 1}})
    ->Unit(benchmark::kMicrosecond);

/// From a problem to a live schedule.
void LiveScheduleBegins(benchmark::State& state) {
    const auto problem = given::layered_schedule(static_cast<std::uint32_t>(state.range(0)), false);
    for (auto _ : state) {
        const LiveSchedule live(problem);
        benchmark::DoNotOptimize(live.end(0));
    }
}
BENCHMARK(LiveScheduleBegins)->Arg(100000)->Unit(benchmark::kMillisecond);

/// The whole result with its certificate, read off.
void LiveScheduleResult(benchmark::State& state) {
    const LiveSchedule live(given::layered_schedule(static_cast<std::uint32_t>(state.range(0)), false));
    for (auto _ : state)
        benchmark::DoNotOptimize(live.result().ends.data());
}
BENCHMARK(LiveScheduleResult)->Arg(100000)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
