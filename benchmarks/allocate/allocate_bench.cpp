// How long does it take to decide all pairs, to allocate and to examine the answer, at real sizes?
#include <countyplan/allocate/allocate.hpp>

#include <benchmark/benchmark.h>

#include <cstddef>
#include <cstdint>

#include <countyplan/allocate/eligibility.hpp>
#include <countyplan/experiment/generate.hpp>

namespace {

using namespace countyplan;

/// Number of counties; 20 stands for Guangxi, 160 for the nation.
Plan programme(const benchmark::State& state) {
    const std::int64_t counties = state.range(0);
    return Plan(
        generate({.base = counties == 20 ? GenerateBase::guangxi : GenerateBase::invented, .counties = counties}));
}

void sizes(benchmark::State& state, const Plan& plan) {
    state.counters["posts"] = static_cast<double>(plan.rows().posts.size());
    state.counters["experts"] = static_cast<double>(plan.rows().experts.size());
}

/// Every pair of the plan, one by one.
void eligibility(benchmark::State& state) {
    const Plan plan = programme(state);
    std::size_t eligible = 0;
    for (auto _ : state) {
        const Eligibility decide(plan);
        eligible = 0;
        for (const Id<Expert> expert : plan.rows().experts.ids()) {
            for (const Id<Post> post : plan.rows().posts.ids())
                eligible += decide.is_eligible(expert, post) ? 1 : 0;
        }
        benchmark::DoNotOptimize(eligible);
    }
    sizes(state, plan);
    state.counters["eligible"] = static_cast<double>(eligible);
}

void network(benchmark::State& state) {
    const Plan plan = programme(state);
    std::size_t arcs = 0;
    for (auto _ : state)
        arcs = allocation_network(plan).problem.arcs();
    sizes(state, plan);
    state.counters["arcs"] = static_cast<double>(arcs);
}

/// The answer is examined outside the timed part.
void allocation(benchmark::State& state) {
    const Plan plan = programme(state);
    Allocation best;
    for (auto _ : state)
        best = allocate(plan);
    if (best.claim != Claim::proved || !verify(plan, best)) state.SkipWithError("not proved");
    sizes(state, plan);
    state.counters["posted"] = static_cast<double>(best.staffing.size());
    state.counters["short_posts"] = static_cast<double>(best.unfilled.size());
    state.counters["shortfall"] = to_double(best.tiers[1].value);
    state.counters["fit"] = to_double(best.tiers[3].value);
    state.counters["pivots"] = static_cast<double>(best.steps);
}

void examination(benchmark::State& state) {
    const Plan plan = programme(state);
    const Allocation best = allocate(plan);
    bool accepted = true;
    for (auto _ : state)
        accepted &= verify(plan, best);
    if (!accepted) state.SkipWithError("refused");
    sizes(state, plan);
}

BENCHMARK(eligibility)->Arg(20)->Arg(160)->Unit(benchmark::kMillisecond);
BENCHMARK(network)->Arg(20)->Arg(160)->Unit(benchmark::kMillisecond);
BENCHMARK(allocation)->Arg(20)->Arg(160)->Unit(benchmark::kMillisecond);
BENCHMARK(examination)->Arg(20)->Arg(160)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
