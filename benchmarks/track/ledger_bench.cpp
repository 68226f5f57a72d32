// How long does a ledger of a million facts take to come in, and how long one question to it?
#include <countyplan/track/ledger.hpp>

#include <malloc.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <span>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

#include <countyplan/io/log.hpp>
#include <countyplan/io/read.hpp>
#include <countyplan/io/write.hpp>
#include <countyplan/solve/random.hpp>

#include "given/memory_files.hpp"

namespace {

using namespace countyplan;

constexpr std::size_t tasks = 20'000;
constexpr const char* fields[] = {"percent", "cost", "remaining"};
const Day first = *Day::parse("2025-01-01");

Day day(std::int64_t number) { return first + std::chrono::days(number); }

std::string numbered(const char* form, std::size_t number) {
    char out[32];
    (void)std::snprintf(out, sizeof out, form, number);
    return out;
}

/// One county with 20,000 tasks and these many facts over 1000 days, up to 20 days late, one in a hundred of them
/// a correction; the seed is fixed.
Draft programme(std::size_t facts) {
    Random random(1);
    Draft draft;
    draft.name = "ledger";
    draft.period = {day(0), day(1095)};
    County county;
    county.code = *Code::parse("451024");
    draft.counties.push_back(county);
    Goal goal;
    goal.id = "G";
    goal.county = county.code;
    draft.goals.push_back(goal);
    for (std::size_t i = 0; i < tasks; ++i) {
        Task task;
        task.id = numbered("451024-T%05zu", i);
        task.county = county.code;
        task.goal = "G";
        draft.tasks.push_back(task);
    }
    for (std::size_t i = 0; i < facts; ++i) {
        const auto recorded = static_cast<std::int64_t>(i * 1000 / facts);
        const std::int64_t valid = std::max<std::int64_t>(0, recorded - random.between(0, 20));
        Fact fact;
        fact.id = numbered("F%07zu", i);
        fact.recorded_at = day(recorded);
        fact.valid_at = day(valid);
        fact.subject = {Noun::task, numbered("451024-T%05zu", random.below(tasks))};
        fact.field = fields[random.below(3)];
        fact.value = std::to_string(valid / 10);
        fact.source = "county";
        fact.evidence = "EX-" + fact.id;
        if (i > 0 && random.chance(1, 100)) fact.retracts = numbered("F%07zu", random.below(i));
        draft.ledger.push_back(std::move(fact));
    }
    return draft;
}

/// From bytes to a ledger that answers: read, checked, indexed.
void load(benchmark::State& state, given::MemoryFiles& files) {
    for (auto _ : state) {
        const Ledger ledger(read_plan("p", {}, files));
        benchmark::DoNotOptimize(ledger.plan().rows().ledger.size());
    }
    state.SetItemsProcessed(state.iterations() * state.range(0));
}

void LoadTable(benchmark::State& state) {
    given::MemoryFiles files;
    files.put("p", plan_tables(programme(static_cast<std::size_t>(state.range(0)))));
    load(state, files);
}
BENCHMARK(LoadTable)->Arg(1'000'000)->Unit(benchmark::kMillisecond);

void LoadLog(benchmark::State& state) {
    Draft draft = programme(static_cast<std::size_t>(state.range(0)));
    const std::vector<Fact> facts = draft.ledger.rows();
    draft.ledger.clear();
    given::MemoryFiles files;
    files.put("p", plan_tables(draft));
    files.bytes["p/ledger.log"] = log_bytes(LogKind::ledger, std::vector{facts_payload(facts)});
    load(state, files);
}
BENCHMARK(LoadLog)->Arg(1'000'000)->Unit(benchmark::kMillisecond);

void Build(benchmark::State& state) {
    const Plan plan(programme(static_cast<std::size_t>(state.range(0))));
    std::size_t bytes = 0;
    for (auto _ : state) {
        const std::size_t before = mallinfo2().uordblks + mallinfo2().hblkhd;
        const Ledger ledger(plan);
        bytes = mallinfo2().uordblks + mallinfo2().hblkhd - before;
        benchmark::DoNotOptimize(bytes);
    }
    state.SetItemsProcessed(state.iterations() * state.range(0));
    state.counters["bytes_per_fact"] = static_cast<double>(bytes) / static_cast<double>(state.range(0));
}
BENCHMARK(Build)->Arg(1'000'000)->Unit(benchmark::kMillisecond);

/// Random questions; with `old`, to random days of the past, else to what is known at the end.
void Find(benchmark::State& state) {
    const Plan plan(programme(static_cast<std::size_t>(state.range(0))));
    const Ledger ledger(plan);
    Random random(2);
    struct Question {
        Reference subject;
        const char* field;
        AsOf as_of;
    };
    std::vector<Question> questions;
    for (int i = 0; i < 100'000; ++i) {
        const Day valid = day(random.between(0, 999));
        const Day recorded = state.range(1) != 0 ? day(random.between(0, 999)) : day(1000);
        questions.push_back(
            {{Noun::task, numbered("451024-T%05zu", random.below(tasks))}, fields[random.below(3)], {valid, recorded}});
    }
    std::size_t found = 0;
    for (auto _ : state) {
        for (const Question& question : questions)
            found += ledger.find(question.subject, question.field, question.as_of) ? 1 : 0;
    }
    benchmark::DoNotOptimize(found);
    const auto asked = static_cast<double>(state.iterations()) * static_cast<double>(questions.size());
    state.counters["ns_per_find"] =
        benchmark::Counter(asked / 1e9, benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
    state.counters["found"] = static_cast<double>(found) / asked;
}
BENCHMARK(Find)->ArgNames({"facts", "old"})->ArgsProduct({{1'000'000}, {0, 1}})->Unit(benchmark::kMillisecond);

void Digest(benchmark::State& state) {
    const Plan plan(programme(static_cast<std::size_t>(state.range(0))));
    const Ledger ledger(plan);
    for (auto _ : state)
        benchmark::DoNotOptimize(ledger.digest(day(500)));
    state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(Digest)->Arg(1'000'000)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
