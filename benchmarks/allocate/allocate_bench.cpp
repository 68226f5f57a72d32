// How long does it take to decide all pairs, to allocate and to examine the answer, at real sizes?
#include <countyplan/allocate/allocate.hpp>

#include <benchmark/benchmark.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include <countyplan/allocate/eligibility.hpp>
#include <countyplan/experiment/generate.hpp>

namespace {

using namespace countyplan;

/// Number of counties; 20 stands for Guangxi, 160 for the nation.
Plan programme(const benchmark::State& state) {
    const std::int64_t counties = state.range(0);
    return Plan(generate({.base = counties == 20 ? GenerateBase::guangxi : GenerateBase::invented,
                          .counties = counties,
                          .policy = false}));
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

/// Pairs, their costs and the sets round them, as the solver gets them.
void problem(benchmark::State& state) {
    const Plan plan = programme(state);
    std::size_t pairs = 0;
    for (auto _ : state)
        pairs = allocation_problem(plan)->flow.pairs();
    sizes(state, plan);
    state.counters["pairs"] = static_cast<double>(pairs);
}

void told(benchmark::State& state, const Plan& plan, const Allocation& best) {
    if (best.claim != Claim::proved || !verify(plan, best)) state.SkipWithError("not proved");
    sizes(state, plan);
    state.counters["posted"] = static_cast<double>(best.staffing.size());
    state.counters["short_posts"] = static_cast<double>(best.unfilled.size());
    for (const TierValue& tier : best.tiers)
        state.counters[std::string(name(tier.tier))] = to_double(tier.value);
    state.counters["steps"] = static_cast<double>(best.steps);
}

/// The answer is examined outside the timed part.
void allocation(benchmark::State& state) {
    const Plan plan = programme(state);
    Allocation best;
    for (auto _ : state)
        best = allocate(plan);
    told(state, plan, best);
}

/// From the answer to the same plan without its first expert.
void repair(benchmark::State& state) {
    const Plan plan = programme(state);
    Draft less = plan.draft();
    const std::string gone = less.experts.rows().front().id;
    less.experts.rows().erase(less.experts.rows().begin());
    std::erase_if(less.staffing.rows(), [&](const Posting& row) { return row.expert == gone; });
    std::erase_if(less.mentors.rows(), [&](const Mentorship& row) { return row.expert == gone; });
    const Allocation before = allocate(Plan(less));
    Allocation best;
    for (auto _ : state)
        best = allocate_from(plan, before);
    told(state, plan, best);
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
BENCHMARK(problem)->Arg(20)->Arg(160)->Unit(benchmark::kMillisecond);
BENCHMARK(allocation)->Arg(20)->Arg(160)->Unit(benchmark::kMillisecond);
BENCHMARK(repair)->Arg(20)->Arg(160)->Unit(benchmark::kMillisecond);
BENCHMARK(examination)->Arg(20)->Arg(160)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
