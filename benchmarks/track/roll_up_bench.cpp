// What do the numbers of a report cost, whole and after one change?
#include <benchmark/benchmark.h>

#include <cstdint>
#include <string>
#include <vector>

#include <countyplan/solve/random.hpp>
#include <countyplan/track/track.hpp>

namespace countyplan {
namespace {

Day day(const char* text) { return *Day::parse(text); }

/// So many counties with two schools each; 60 milestones per school under goals three deep, so that a
/// task lies six levels below its province. Two of three have been reported on.
Draft programme(std::int64_t counties) {
    Draft draft;
    draft.name = "roll-up";
    draft.period = {day("2025-01-01"), day("2027-12-31")};
    Random random(1);
    const auto goal = [&](const std::string& id, Code county, const std::string& parent) {
        Goal row;
        row.id = id;
        row.county = county;
        row.parent = parent;
        row.weight = static_cast<double>(random.between(1, 9));
        draft.goals.push_back(row);
    };
    for (std::int64_t c = 0; c < counties; ++c) {
        County county;
        county.code = *Code::parse(std::to_string(450'000 + (1 + c / 60) * 100 + 21 + c % 60));
        draft.counties.push_back(county);
        const std::string code = to_text(county.code);
        goal(code + "-G", county.code, {});
        for (int s = 0; s < 2; ++s) {
            School school;
            school.id = code + "-S" + std::to_string(s);
            school.county = county.code;
            school.kind = s == 0 ? SchoolKind::ordinary : SchoolKind::vocational;
            school.assisted = true;
            school.enrolment = random.between(500, 4'000);
            draft.schools.push_back(school);
            const std::string top = code + "-G" + std::to_string(s);
            goal(top, county.code, code + "-G");
            for (int g = 0; g < 6; ++g)
                goal(top + "." + std::to_string(g), county.code, top);
            for (int t = 0; t < 60; ++t) {
                Task task;
                task.id = top + "-T" + std::to_string(t);
                task.county = county.code;
                task.goal = top + "." + std::to_string(t % 6);
                task.school = school.id;
                task.duration = WorkDays(random.between(5, 60));
                task.method = Measurement::weighted_steps;
                task.weight = static_cast<double>(random.between(1, 9));
                task.budget = Money(100'000 * (1 + t % 7));
                draft.tasks.push_back(task);
                if (t > 0) {
                    Link link;
                    link.predecessor = top + "-T" + std::to_string(random.between(0, t - 1));
                    link.successor = draft.tasks[Id<Task>(draft.tasks.size() - 1)].id;
                    draft.links.push_back(link);
                }
                if (random.chance(1, 3)) continue;
                Fact fact;
                fact.id = "F" + std::to_string(draft.ledger.size());
                fact.recorded_at = fact.valid_at = day("2025-06-30");
                fact.subject = {Noun::task, draft.tasks[Id<Task>(draft.tasks.size() - 1)].id};
                fact.field = "step";
                fact.value = std::to_string(random.between(0, 10)) + "/10";
                draft.ledger.push_back(fact);
            }
        }
    }
    return draft;
}

constexpr const char* as_of = "2025-09-30";

ProgressReport progress_at(const Plan& plan, AsOf when) {
    const Ledger ledger(plan);
    return progress_of(ledger, schedule(plan), schedule(ledger, when), when);
}

void roll_up_whole(benchmark::State& state) {
    const Plan plan(programme(state.range(0)));
    const AsOf when{day(as_of), day(as_of)};
    const ProgressReport progress = progress_at(plan, when);
    for (auto _ : state)
        benchmark::DoNotOptimize(roll_up(plan, progress, when));
    state.counters["tasks"] = static_cast<double>(plan.rows().tasks.size());
}

/// One task after another, each to a new value; the province's number is read after each.
void roll_up_one_change(benchmark::State& state) {
    const Plan plan(programme(state.range(0)));
    const AsOf when{day(as_of), day(as_of)};
    const ProgressReport progress = progress_at(plan, when);
    RollUpState rolled(plan, progress, when);
    Random random(2);
    std::vector<std::pair<Id<Task>, Earned>> changes(4096);
    for (auto& [task, earned] : changes) {
        task = Id<Task>(random.below(plan.rows().tasks.size()));
        earned.value = random.unit();
        earned.evidence = day("2025-09-01");
    }
    std::size_t at = 0;
    for (auto _ : state) {
        rolled.update(changes[at].first, changes[at].second);
        benchmark::DoNotOptimize(rolled.provinces().front().weighted.value);
        at = (at + 1) % changes.size();
    }
}

/// Progress, roll-up, earned value and colours from a ledger, schedules and a baseline that are at hand.
void report_numbers(benchmark::State& state) {
    const Plan plan(programme(state.range(0)));
    const AsOf when{day(as_of), day(as_of)};
    const Ledger ledger(plan);
    const Schedule planned = schedule(plan);
    const Schedule expected = schedule(ledger, when);
    const Baseline agreed = agreed_baseline(ledger, planned, when);
    const RollUpOptions how;
    for (auto _ : state) {
        const ProgressReport progress = progress_of(ledger, planned, expected, when);
        const RollUp rolled = roll_up(plan, progress, when, how);
        const TimePerformance performance = time_performance(earned_value({.ledger = ledger,
                                                                           .planned = planned,
                                                                           .progress = progress,
                                                                           .roll_up = rolled,
                                                                           .as_of = when,
                                                                           .agreed = &agreed}));
        benchmark::DoNotOptimize(warnings({.ledger = ledger,
                                           .planned = planned,
                                           .expected = expected,
                                           .progress = progress,
                                           .roll_up = rolled,
                                           .as_of = when,
                                           .roll_up_options = how,
                                           .staffing = plan.rows().staffing,
                                           .performance = performance}));
    }
    state.counters["tasks"] = static_cast<double>(plan.rows().tasks.size());
}

/// What lies behind the dates of a schedule at hand: its log, float paths, quality and variance.
void schedule_numbers(benchmark::State& state) {
    const Plan plan(programme(state.range(0)));
    const AsOf when{day(as_of), day(as_of)};
    const Ledger ledger(plan);
    const Schedule expected = schedule(ledger, when);
    const Baseline agreed = agreed_baseline(ledger, schedule(plan), when);
    for (auto _ : state) {
        benchmark::DoNotOptimize(schedule_log(expected.problem, expected.result));
        benchmark::DoNotOptimize(county_paths(expected));
        benchmark::DoNotOptimize(plan_quality(plan, expected, &agreed));
        benchmark::DoNotOptimize(compare(agreed, plan, expected));
    }
    state.counters["tasks"] = static_cast<double>(plan.rows().tasks.size());
}

/// The whole of `track`, schedules included.
void track_whole(benchmark::State& state) {
    const Plan plan(programme(state.range(0)));
    for (auto _ : state)
        benchmark::DoNotOptimize(track(plan, day(as_of)));
    state.counters["tasks"] = static_cast<double>(plan.rows().tasks.size());
}

BENCHMARK(roll_up_whole)->Arg(20)->Arg(160)->Unit(benchmark::kMillisecond);
BENCHMARK(roll_up_one_change)->Arg(20)->Arg(160)->Unit(benchmark::kNanosecond);
BENCHMARK(report_numbers)->Arg(20)->Arg(160)->Unit(benchmark::kMillisecond);
BENCHMARK(schedule_numbers)->Arg(20)->Arg(160)->Unit(benchmark::kMillisecond);
BENCHMARK(track_whole)->Arg(20)->Arg(160)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace countyplan

BENCHMARK_MAIN();
