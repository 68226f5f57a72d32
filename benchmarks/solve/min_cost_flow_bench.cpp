// How long does a least-cost flow of the allocation's shape take, and how good is it?
#include <countyplan/solve/min_cost_flow.hpp>

#include <benchmark/benchmark.h>

#include <cstddef>
#include <cstdint>

#include "given/min_cost_flow.hpp"

namespace {

using namespace countyplan;

/// experts, posts, percent of all pairs, tiers. Checked outside the timed part.
void staffing(benchmark::State& state) {
    const auto problem = given::staffing_min_cost_flow(
        static_cast<std::size_t>(state.range(0)), static_cast<std::size_t>(state.range(1)),
        static_cast<unsigned>(state.range(2)), static_cast<std::size_t>(state.range(3)), 1);
    MinCostFlowResult result;
    for (auto _ : state) {
        result = solve(problem);
        benchmark::DoNotOptimize(result.flow.data());
    }
    if (result.termination != Termination::optimal || !verify(problem, result)) state.SkipWithError("not proved");
    state.counters["arcs"] = static_cast<double>(problem.arcs());
    state.counters["pivots"] = static_cast<double>(result.steps);
    state.counters["short"] = to_double(result.cost.front());
    state.counters["fit"] = -to_double(result.cost.back());
}

void verification(benchmark::State& state) {
    const auto problem = given::staffing_min_cost_flow(static_cast<std::size_t>(state.range(0)),
                                                       static_cast<std::size_t>(state.range(1)),
                                                       static_cast<unsigned>(state.range(2)), 4, 1);
    const auto result = solve(problem);
    bool accepted = true;
    for (auto _ : state)
        accepted &= verify(problem, result);
    if (!accepted) state.SkipWithError("not proved");
}

BENCHMARK(staffing)
    ->Unit(benchmark::kMillisecond)
    ->Args({1020, 340, 20, 4})
    ->Args({5000, 1450, 14, 4})
    ->Args({10000, 2900, 14, 1})
    ->Args({10000, 2900, 14, 4});
BENCHMARK(verification)->Unit(benchmark::kMillisecond)->Args({1020, 340, 20})->Args({10000, 2900, 14});

}  // namespace

BENCHMARK_MAIN();
