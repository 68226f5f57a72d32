// How long does it take to repair a staffing after one event, and to find the whole trade-off, beside a full solve?
#include <countyplan/allocate/replan.hpp>

#include <benchmark/benchmark.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include <countyplan/allocate/trade_off.hpp>
#include <countyplan/experiment/generate.hpp>

namespace {

using namespace countyplan;

/// 20 counties stand for Guangxi, 160 for the nation.
Plan programme(std::int64_t counties) {
    return Plan(
        generate({.base = counties == 20 ? GenerateBase::guangxi : GenerateBase::invented, .counties = counties}));
}

/// Someone posted resigns, then the next one falls ill, and so on.
Event event_of(const Plan& plan, const Allocation& best, std::int64_t number) {
    const auto row = static_cast<std::size_t>(number * 7) % best.staffing.size();
    const Posting& posting = best.staffing.rows()[row];
    Event out{.number = number, .day = plan.rows().period.from, .subject = "expert:" + posting.expert};
    if (number % 2 == 0) {
        out.kind = EventKind::ill;
        out.from = posting.from;
        out.to = posting.from;
    }
    return out;
}

/// One event each; every 32 the log begins anew, outside the timed part.
void repair(benchmark::State& state) {
    const Plan plan = programme(state.range(0));
    const Allocation best = allocate(plan);
    const Replanner fresh(plan, best);
    Replanner repairs = fresh;
    std::int64_t number = 0;
    std::size_t moves = 0;
    Repair last;
    for (auto _ : state) {
        if (number == 32) {
            state.PauseTiming();
            repairs = fresh;
            number = 0;
            state.ResumeTiming();
        }
        last = repairs.add(event_of(plan, best, ++number));
        moves += last.moves.size();
    }
    if (last.rebuilt || last.tiers != allocate(repairs.plan()).tiers) state.SkipWithError("not as a full solve");
    state.counters["moves"] = benchmark::Counter(static_cast<double>(moves), benchmark::Counter::kAvgIterations);
}

/// Plan, eligibility, scores and prices anew, from the former answer.
void replan_whole(benchmark::State& state) {
    const Plan plan = programme(state.range(0));
    const Allocation best = allocate(plan);
    const std::vector<Event> events = {event_of(plan, best, 1)};
    for (auto _ : state)
        benchmark::DoNotOptimize(replan(plan, best, events));
}

/// The same plan without what is known.
void full_solve(benchmark::State& state) {
    const Plan plan = programme(state.range(0));
    const std::vector<Event> events = {event_of(plan, allocate(plan), 1)};
    for (auto _ : state)
        benchmark::DoNotOptimize(allocate(apply_events(plan, events)));
}

/// From the present staffing to the best one.
void whole_curve(benchmark::State& state) {
    const Plan plan = programme(state.range(0));
    TradeOff curve;
    for (auto _ : state)
        curve = trade_off(plan, plan.rows().staffing);
    if (curve.claim != Claim::proved || !verify(plan, plan.rows().staffing, curve)) state.SkipWithError("not proved");
    state.counters["points"] = static_cast<double>(curve.points.size());
    state.counters["open"] = static_cast<double>(curve.open.size());
}

BENCHMARK(repair)->Arg(20)->Arg(160)->Unit(benchmark::kMillisecond);
BENCHMARK(replan_whole)->Arg(20)->Arg(160)->Unit(benchmark::kMillisecond);
BENCHMARK(full_solve)->Arg(20)->Arg(160)->Unit(benchmark::kMillisecond);
BENCHMARK(whole_curve)->Arg(20)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
