// How long do both passes over a large network take, proof and days included or not?
#include <countyplan/track/critical_path.hpp>

#include <cstdint>

#include <benchmark/benchmark.h>

#include <countyplan/solve/random.hpp>

namespace {

using namespace countyplan;

/// `tasks` in 100 layers, three links each, one or two calendars; the seed is fixed.
CriticalPathProblem network(std::uint32_t tasks, bool two_calendars) {
    Random random(1);
    CriticalPathProblem problem;
    problem.calendars.resize(two_calendars ? 2 : 1);
    if (two_calendars) problem.calendars[1] = Calendar(*Day::parse("2025-01-01"), std::vector<bool>(3650, true), {});
    problem.projects = {{.start = *Day::parse("2025-09-01")}};
    const std::uint32_t layer = std::max<std::uint32_t>(tasks / 100, 1);
    for (std::uint32_t i = 0; i < tasks; ++i) {
        CriticalPathTask task;
        task.duration = random.between(1, 20);
        task.calendar = two_calendars ? i % 2 : 0;
        problem.tasks.push_back(task);
        if (i < layer) continue;
        const std::uint32_t before = (i / layer - 1) * layer;
        for (int k = 0; k < 3; ++k) {
            CriticalPathLink link;
            link.predecessor = before + static_cast<std::uint32_t>(random.below(layer));
            link.successor = i;
            link.type = static_cast<LinkKind>(random.between(0, 3));
            link.lag = random.between(-2, 5);
            problem.links.push_back(link);
        }
    }
    return problem;
}

void CriticalPathSolve(benchmark::State& state) {
    const auto problem = network(static_cast<std::uint32_t>(state.range(0)), state.range(1) != 0);
    CriticalPathResult result;
    for (auto _ : state) {
        result = solve(problem);
        benchmark::DoNotOptimize(result.ends.data());
    }
    if (!verify(problem, result)) state.SkipWithError("the certificate is refused");
    state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(CriticalPathSolve)->ArgNames({"tasks", "two_calendars"})->ArgsProduct({{1000, 10000, 100000}, {0, 1}});

void CriticalPathVerify(benchmark::State& state) {
    const auto problem = network(static_cast<std::uint32_t>(state.range(0)), false);
    const auto result = solve(problem);
    for (auto _ : state)
        benchmark::DoNotOptimize(verify(problem, result));
    state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(CriticalPathVerify)->Arg(100000);

/// Both passes alone, the network prepared.
void CriticalPathPasses(benchmark::State& state) {
    const auto problem = network(static_cast<std::uint32_t>(state.range(0)), false);
    std::vector<Arc> arcs;
    for (const CriticalPathLink& link : problem.links)
        arcs.push_back({link.predecessor, link.successor});
    detail::CriticalPathPass pass(problem, Dag(problem.tasks.size(), arcs));
    for (auto _ : state) {
        for (const NodeIndex v : pass.order())
            pass.forward(v);
        pass.turn();
        for (std::size_t i = pass.order().size(); i-- > 0;)
            pass.backward(pass.order()[i], 0);
        benchmark::DoNotOptimize(pass.result.tasks.data());
    }
    state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(CriticalPathPasses)->Arg(100000);

}  // namespace

BENCHMARK_MAIN();
