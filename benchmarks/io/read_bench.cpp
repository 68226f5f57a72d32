// How fast does a plan come in, from each format, at the size of Guangxi and of the nation?
#include <countyplan/io/read.hpp>

#include <benchmark/benchmark.h>

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>

#include <countyplan/experiment/generate.hpp>
#include <countyplan/io/csv.hpp>
#include <countyplan/io/serialize.hpp>
#include <countyplan/io/write.hpp>

#include "given/memory_files.hpp"

namespace {

using namespace countyplan;

/// Number of counties; 20 stands for Guangxi, 160 for the nation.
Draft programme(const benchmark::State& state) {
    const std::int64_t counties = state.range(0);
    return generate({.base = counties == 20 ? GenerateBase::guangxi : GenerateBase::invented, .counties = counties});
}

void rate(benchmark::State& state, std::size_t bytes) {
    state.SetBytesProcessed(static_cast<std::int64_t>(bytes) * state.iterations());
    state.counters["MB"] = static_cast<double>(bytes) / 1e6;
}

std::map<std::string, std::string> tables_of(const Draft& draft, std::size_t& bytes) {
    std::map<std::string, std::string> out;
    bytes = 0;
    for (const NamedBytes& file : plan_tables(draft)) {
        out["p/" + file.name] = file.bytes;
        bytes += file.bytes.size();
    }
    return out;
}

/// A directory of tables to a draft, checked.
void tables_checked(benchmark::State& state) {
    std::size_t bytes = 0;
    given::MemoryFiles files(tables_of(programme(state), bytes));
    for (auto _ : state) {
        const Reading read = read_draft("p", {}, files);
        if (has_errors(read.findings)) state.SkipWithError("refused");
        benchmark::DoNotOptimize(read.draft.posts.size());
    }
    rate(state, bytes);
}

/// What of that `check` takes.
void check_alone(benchmark::State& state) {
    const Draft draft = programme(state);
    for (auto _ : state)
        benchmark::DoNotOptimize(check(draft).size());
}

/// The staffing table alone to rows: nothing but reading.
void rows_of_a_table(benchmark::State& state) {
    Staffing staffing;
    while (staffing.size() < 200'000)
        staffing.push_back({"E" + std::to_string(staffing.size()), "P" + std::to_string(staffing.size() / 3),
                            Day::parse("2024-09-01").value(), Day::parse("2026-08-31").value()});
    const std::string csv = staffing_csv(staffing);
    for (auto _ : state)
        benchmark::DoNotOptimize(read_staffing(csv, "staffing.csv").staffing.size());
    rate(state, csv.size());
}

void document_checked(benchmark::State& state) {
    const std::string json = plan_json(programme(state));
    for (auto _ : state)
        benchmark::DoNotOptimize(read_draft_json(json, "p.plan.json").draft.posts.size());
    rate(state, json.size());
}

void snapshot(benchmark::State& state) {
    const std::string bytes = plan_snapshot(programme(state));
    for (auto _ : state)
        benchmark::DoNotOptimize(load_snapshot<Draft>(SnapshotKind::draft, bytes).posts.size());
    rate(state, bytes.size());
}

void write_tables(benchmark::State& state) {
    const Draft draft = programme(state);
    std::size_t bytes = 0;
    for (auto _ : state) {
        bytes = 0;
        for (const NamedBytes& file : plan_tables(draft))
            bytes += file.bytes.size();
    }
    rate(state, bytes);
}

BENCHMARK(rows_of_a_table)->Unit(benchmark::kMillisecond);
BENCHMARK(tables_checked)->Arg(20)->Arg(160)->Unit(benchmark::kMillisecond);
BENCHMARK(check_alone)->Arg(20)->Arg(160)->Unit(benchmark::kMillisecond);
BENCHMARK(document_checked)->Arg(20)->Arg(160)->Unit(benchmark::kMillisecond);
BENCHMARK(snapshot)->Arg(20)->Arg(160)->Unit(benchmark::kMillisecond);
BENCHMARK(write_tables)->Arg(20)->Arg(160)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
