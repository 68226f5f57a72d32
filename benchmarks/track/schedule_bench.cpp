// How long do both passes over a large network take, proof and days included or not?
#include <countyplan/track/critical_path.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <ios>
#include <iterator>
#include <string_view>
#include <utility>
#include <vector>

#include <benchmark/benchmark.h>
#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <boost/graph/topological_sort.hpp>
#include <boost/range/iterator_range.hpp>

#include "given/instances.hpp"
#include "given/layered_schedule.hpp"

namespace {

using namespace countyplan;

void CriticalPathSolve(benchmark::State& state) {
    const auto problem = given::layered_schedule(static_cast<std::uint32_t>(state.range(0)), state.range(1) != 0);
    CriticalPathResult result;
    for (auto _ : state) {
        result = solve(problem);
        benchmark::DoNotOptimize(result.ends.data());
    }
    if (!verify(problem, result)) state.SkipWithError("the certificate is refused");
    state.SetItemsProcessed(state.iterations() * state.range(0));
    const auto mebibytes = [](std::size_t bytes) { return static_cast<double>(bytes) / 1048576; };
    state.counters["instance_mib"] =
        mebibytes(problem.tasks.size() * sizeof(CriticalPathTask) + problem.links.size() * sizeof(CriticalPathLink));
    state.counters["answer_mib"] =
        mebibytes(result.tasks.size() * sizeof(result.tasks[0]) + result.driving.size() * sizeof(result.driving[0]));
}
BENCHMARK(CriticalPathSolve)
    ->ArgNames({"tasks", "two_calendars"})
    ->ArgsProduct({{1000, 10000, 100000, 1000000}, {0, 1}});

void CriticalPathVerify(benchmark::State& state) {
    const auto problem = given::layered_schedule(static_cast<std::uint32_t>(state.range(0)), false);
    const auto result = solve(problem);
    for (auto _ : state)
        benchmark::DoNotOptimize(verify(problem, result));
    state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(CriticalPathVerify)->Arg(100000);

/// Both passes alone, the network laid out: dates both ways, free floats, drivers, driving links, longest path.
void CriticalPathPasses(benchmark::State& state) {
    const auto problem = given::layered_schedule(static_cast<std::uint32_t>(state.range(0)), state.range(1) != 0);
    detail::CriticalPathPasses passes(problem, detail::topological_order(problem));
    for (auto _ : state) {
        passes.early(0, passes.size());
        passes.turn();
        passes.late(passes.size(), 0);
        benchmark::ClobberMemory();
    }
    state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(CriticalPathPasses)
    ->ArgNames({"tasks", "two_calendars"})
    ->ArgsProduct({{1000, 10000, 100000, 1000000}, {0, 1}});

/// A million tasks in 1000 layers, shuffled, five million links without a lag: the instance of the longest-path solver.
CriticalPathProblem million_tasks() {
    const given::TaskInstance instance = given::task_instance(1'000'000, 5'000'000, 1000, true, 1);
    CriticalPathProblem problem;
    problem.calendars.resize(1);
    problem.projects = {{.start = *Day::parse("2025-09-01")}};
    for (const std::int32_t duration : instance.duration)
        problem.tasks.emplace_back().duration = duration;
    for (std::size_t a = 0; a < instance.from.size(); ++a)
        problem.links.push_back(
            {static_cast<std::uint32_t>(instance.from[a]), static_cast<std::uint32_t>(instance.to[a])});
    return problem;
}

/// The full engine on it: everything from the rows on, or both passes once it is laid out.
void MillionTasks(benchmark::State& state) {
    constexpr std::int64_t longest = 89'641;
    const auto problem = million_tasks();
    if (state.range(0) == 0) {
        CriticalPathResult result;
        for (auto _ : state) {
            result = solve(problem);
            benchmark::DoNotOptimize(result.ends.data());
        }
        std::int64_t last = 0;
        for (const auto& dates : result.tasks)
            last = std::max(last, dates.early_finish);
        if (last - problem.calendars[0].start_boundary(problem.projects[0].start) != longest)
            state.SkipWithError("the last finish differs");
        return;
    }
    detail::CriticalPathPasses passes(problem, detail::topological_order(problem));
    for (auto _ : state) {
        passes.early(0, passes.size());
        passes.turn();
        passes.late(passes.size(), 0);
        benchmark::ClobberMemory();
    }
}
BENCHMARK(MillionTasks)->ArgName("again")->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond);

/// From start to start, all links on one calendar.
std::int32_t length_of(const CriticalPathProblem& problem, const CriticalPathLink& link) {
    const bool at_finish = link.type == LinkKind::finish_start || link.type == LinkKind::finish_finish;
    const bool to_finish = link.type == LinkKind::finish_finish || link.type == LinkKind::start_finish;
    return static_cast<std::int32_t>(link.lag + (at_finish ? problem.tasks[link.predecessor].duration : 0) -
                                     (to_finish ? problem.tasks[link.successor].duration : 0));
}

/// The same dates, early and late, with Boost.Graph: the order found once, all links on one calendar.
void BoostPasses(benchmark::State& state) {
    using Graph = boost::compressed_sparse_row_graph<boost::directedS, boost::no_property, std::int32_t>;
    const auto problem = given::layered_schedule(static_cast<std::uint32_t>(state.range(0)), false);
    std::vector<std::pair<std::uint32_t, std::uint32_t>> ends;
    std::vector<std::int32_t> lengths;
    for (const CriticalPathLink& link : problem.links) {
        ends.emplace_back(link.predecessor, link.successor);
        lengths.push_back(length_of(problem, link));
    }
    const std::size_t n = problem.tasks.size();
    const Graph graph(boost::edges_are_unsorted_multi_pass, ends.begin(), ends.end(), lengths.begin(), n);
    const bool sorts = state.range(1) != 0;
    const std::int64_t origin = problem.calendars[0].start_boundary(problem.projects[0].start);
    std::vector<std::size_t> order;
    const auto sort = [&] {
        order.clear();
        boost::topological_sort(graph, std::back_inserter(order));
    };
    sort();
    std::vector<std::int64_t> early(n), late(n);
    for (auto _ : state) {
        if (sorts) sort();
        std::fill(early.begin(), early.end(), origin);
        std::int64_t end = origin;
        for (std::size_t i = n; i-- > 0;) {
            const std::size_t v = order[i];
            end = std::max(end, early[v] + problem.tasks[v].duration);
            for (const auto& arc : boost::make_iterator_range(out_edges(v, graph))) {
                std::int64_t& next = early[target(arc, graph)];
                next = std::max(next, early[v] + graph[arc]);
            }
        }
        for (const std::size_t v : order) {
            late[v] = end - problem.tasks[v].duration;
            for (const auto& arc : boost::make_iterator_range(out_edges(v, graph)))
                late[v] = std::min(late[v], late[target(arc, graph)] - graph[arc]);
        }
        benchmark::ClobberMemory();
    }
    const auto ours = solve(problem);
    for (std::size_t v = 0; v < n; ++v) {
        if (ours.tasks[v].early_start == early[v] && ours.tasks[v].late_start == late[v]) continue;
        state.SkipWithError("the dates differ");
        break;
    }
    state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(BoostPasses)->ArgNames({"tasks", "sorts"})->ArgsProduct({{1000, 10000, 100000}, {0, 1}});

/// For peers in other languages, as int64: tasks, links, the last finish; then per task its duration, per link its ends
/// and its length from start to start. Dates count from the project's start.
bool write_net(std::uint32_t tasks, const char* path) {
    const auto problem = given::layered_schedule(tasks, false);
    const auto result = solve(problem);
    std::int64_t last = 0;
    for (const auto& dates : result.tasks)
        last = std::max(last, dates.early_finish);
    const std::int64_t origin = problem.calendars[0].start_boundary(problem.projects[0].start);
    std::vector<std::int64_t> out{static_cast<std::int64_t>(problem.tasks.size()),
                                  static_cast<std::int64_t>(problem.links.size()), last - origin};
    for (const CriticalPathTask& task : problem.tasks)
        out.push_back(task.duration);
    for (const CriticalPathLink& link : problem.links)
        out.insert(out.end(), {link.predecessor, link.successor, length_of(problem, link)});
    std::ofstream file(path, std::ios::binary);
    file.write(reinterpret_cast<const char*>(out.data()), static_cast<std::streamsize>(out.size() * sizeof(out[0])));
    return file.good();
}

}  // namespace

/// `write TASKS FILE` writes the network, anything else measures.
int main(int count, char** words) {
    if (count == 4 && std::string_view(words[1]) == "write") {
        return write_net(static_cast<std::uint32_t>(std::strtoul(words[2], nullptr, 10)), words[3]) ? 0 : 73;
    }
    benchmark::Initialize(&count, words);
    if (benchmark::ReportUnrecognizedArguments(count, words)) return 64;
    benchmark::RunSpecifiedBenchmarks();
    benchmark::Shutdown();
    return 0;
}
