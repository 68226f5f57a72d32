#include <countyplan/track/baseline.hpp>

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include <countyplan/track/recorded_baseline.hpp>

#include "given/progress.hpp"

namespace countyplan {
namespace {

Day day(const char* text) { return *Day::parse(text); }

/// A five days, B ten, C five in a row from Monday 2025-09-01; D a milestone at the end. With `off`, days off.
Draft four_tasks(const std::vector<const char*>& off = {}) {
    Draft draft = given::county();
    draft.period = {day("2025-09-01"), day("2026-08-31")};
    given::add_goal(draft, "G");
    for (const char* date : off) {
        CalendarDay row;
        row.date = day(date);
        row.name_zh = "放假";
        draft.calendar.push_back(row);
    }
    const char* const ids[] = {"A", "B", "C", "D"};
    const std::int64_t durations[] = {5, 10, 5, 0};
    for (int i = 0; i < 4; ++i) {
        Task task;
        task.id = ids[i];
        task.county = draft.counties[Id<County>(0)].code;
        task.goal = "G";
        task.duration = WorkDays(durations[i]);
        task.milestone = i == 3;
        draft.tasks.push_back(task);
        if (i == 0) continue;
        Link link;
        link.predecessor = ids[i - 1];
        link.successor = ids[i];
        draft.links.push_back(link);
    }
    return draft;
}

void report(Draft& draft, const char* task, const char* field, const char* value, const char* on) {
    Fact fact;
    fact.id = "F" + std::to_string(draft.ledger.size());
    fact.recorded_at = fact.valid_at = day(on);
    fact.subject = {Noun::task, task};
    fact.field = field;
    fact.value = value;
    draft.ledger.push_back(fact);
}

Schedule as_of(const Plan& plan, const char* on) { return schedule(Ledger(plan), AsOf{day(on), day(on)}); }

TEST(Baseline, CountsVarianceDueHitsAndMissesByHand) {
    Draft draft = four_tasks();
    const Plan agreed(draft);
    const Baseline baseline("B1", day("2025-08-20"), agreed, schedule(agreed));
    ASSERT_EQ(baseline.tasks().size(), 4U);
    EXPECT_EQ(baseline.find("B")->duration, WorkDays(10));
    EXPECT_EQ(baseline.find("B")->finish - baseline.find("B")->start, 10);
    EXPECT_EQ(baseline.find("X"), nullptr);

    report(draft, "A", "started", "2025-09-01", "2025-09-01");
    report(draft, "A", "finished", "2025-09-05", "2025-09-05");
    report(draft, "B", "started", "2025-09-09", "2025-09-09");  // one working day late
    report(draft, "B", "remaining", "4", "2025-09-19");         // two more days than agreed
    const Plan plan(draft);
    const Schedule now = as_of(plan, "2025-09-19");
    const BaselineComparison result = compare(baseline, plan, now);
    EXPECT_EQ(result.baseline, "B1");
    ASSERT_EQ(result.tasks.size(), 4U);
    EXPECT_EQ(result.tasks[0], (TaskVariance{Id<Task>(0), WorkDays(0), WorkDays(0), WorkDays(0)}));
    EXPECT_EQ(result.tasks[1], (TaskVariance{Id<Task>(1), WorkDays(1), WorkDays(4), WorkDays(3)}));
    EXPECT_EQ(result.tasks[2], (TaskVariance{Id<Task>(2), WorkDays(4), WorkDays(4), WorkDays(0)}));
    EXPECT_EQ(result.tasks[3], (TaskVariance{Id<Task>(3), WorkDays(4), WorkDays(4), WorkDays(0)})) << "a milestone";
    EXPECT_EQ(result.whole.due, 2U) << "A and B were to be ready by the 19th";
    EXPECT_EQ(result.whole.completed, 1U);
    EXPECT_EQ(result.whole.hits, 1U);
    EXPECT_EQ(result.whole.bei(), 0.5);
    EXPECT_EQ(result.whole.hit_rate(), 0.5);
    EXPECT_EQ(result.missed, (std::vector<Id<Task>>{Id<Task>(1)}));
    const BaselineCounts& county = result.counties[Id<County>(0)];
    EXPECT_EQ(county.critical_length, WorkDays(9));
    EXPECT_EQ(county.project_float, WorkDays(-4));
    EXPECT_DOUBLE_EQ(*county.cpli(), 5.0 / 9.0);
    EXPECT_FALSE(result.whole.cpli().has_value()) << "of one county only";
}

TEST(Baseline, LeavesUndefinedWhatHasNoDenominator) {
    const Plan plan(four_tasks());
    const Baseline baseline("B1", day("2025-08-20"), plan, schedule(plan));
    const BaselineComparison planned = compare(baseline, plan, schedule(plan));
    EXPECT_FALSE(planned.whole.bei().has_value()) << "without a data date nothing is due";
    EXPECT_FALSE(planned.whole.hit_rate().has_value());
    EXPECT_EQ(planned.counties[Id<County>(0)].cpli(), 1.0);
    EXPECT_EQ(planned.counties[Id<County>(0)].critical_length, WorkDays(20));
    const BaselineComparison early = compare(baseline, plan, as_of(plan, "2025-09-04"));
    EXPECT_FALSE(early.whole.bei().has_value());
    EXPECT_EQ(early.tasks[0].start, WorkDays(4));
    Draft done = four_tasks();
    for (const char* id : {"A", "B", "C", "D"})
        report(done, id, "finished", "2025-10-10", "2025-10-10");
    const Plan finished(done);
    const BaselineComparison all = compare(baseline, finished, as_of(finished, "2025-10-10"));
    EXPECT_EQ(all.whole.bei(), 1.0);
    EXPECT_EQ(all.whole.hit_rate(), 0.0) << "all finished late";
    EXPECT_FALSE(all.counties[Id<County>(0)].cpli().has_value()) << "no work is left";
    EXPECT_EQ(Baseline(), Baseline("", Day{}, Plan(Draft{}), Schedule{.termination = Termination::optimal}));
}

TEST(Baseline, CountsInItsOwnCalendarAndOutlivesChangesOfThePlan) {
    const Plan agreed(four_tasks());
    const Baseline baseline("B1", day("2025-08-20"), agreed, schedule(agreed));
    const Baseline kept = baseline;
    Draft draft = four_tasks({"2025-09-03", "2025-09-04"});  // days that the baseline's calendar works
    draft.tasks[Id<Task>(2)].id = "E";
    for (const Id<Link> id : draft.links.ids()) {
        if (draft.links[id].predecessor == "C") draft.links[id].predecessor = "E";
        if (draft.links[id].successor == "C") draft.links[id].successor = "E";
    }
    const Plan plan(draft);
    const BaselineComparison result = compare(baseline, plan, as_of(plan, "2025-09-30"));
    EXPECT_EQ(result.removed, (std::vector<std::string>{"C"}));
    EXPECT_EQ(result.added, (std::vector<Id<Task>>{Id<Task>(2)}));
    EXPECT_EQ(result.whole.due, 4U) << "what was dropped was due all the same";
    EXPECT_EQ(result.counties[Id<County>(0)].due, 4U);
    const BaselineComparison before = compare(baseline, plan, schedule(plan));
    EXPECT_EQ(before.tasks[0], (TaskVariance{Id<Task>(0), WorkDays(0), WorkDays(2), WorkDays(2)}));
    // Two days off right after A: its finish is the evening before them, B's start the morning after.
    const Plan later(four_tasks({"2025-09-08", "2025-09-09"}));
    const BaselineComparison around = compare(baseline, later, schedule(later));
    EXPECT_EQ(around.tasks[0], (TaskVariance{Id<Task>(0), WorkDays(0), WorkDays(0), WorkDays(0)}));
    EXPECT_EQ(around.tasks[1], (TaskVariance{Id<Task>(1), WorkDays(2), WorkDays(2), WorkDays(0)}));
    EXPECT_EQ(kept, baseline);
    EXPECT_NE(kept, Baseline("B2", day("2025-08-20"), agreed, schedule(agreed)));
}

// ---- in the ledger ---------------------------------------------------------------------------------

void record(Draft& draft, const Plan& plan, const Schedule& schedule, const char* name, const char* on) {
    for (const Fact& fact : baseline_facts(plan, schedule, name, day(on), "office"))
        draft.ledger.push_back(fact);
}

TEST(RecordedBaseline, ComesBackFromItsFactsAsItWasTaken) {
    Draft draft = four_tasks({"2025-09-03", "2025-09-12"});
    draft.tasks[Id<Task>(1)].budget = Money(1'234'50);
    const Plan agreed(draft);
    const Schedule planned = schedule(agreed);
    const Baseline taken("B1", day("2025-08-20"), agreed, planned);
    record(draft, agreed, planned, "B1", "2025-08-20");
    EXPECT_EQ(draft.ledger[Id<Fact>(1)].value, "2025-09-09/2025-09-23/10/1234.50");
    EXPECT_EQ(draft.ledger[Id<Fact>(3)].value, "2025-09-30/2025-09-30/0/0.00");
    const Plan plan(draft);
    EXPECT_TRUE(plan.warnings().empty());
    const AsOf today{day("2025-08-20"), day("2025-08-20")};
    const Schedule now = schedule(plan);
    const Baseline back = recorded_baseline(Ledger(plan), now, today, "B1");
    EXPECT_EQ(back.tasks(), taken.tasks());
    EXPECT_EQ(back.id(), "B1");
    EXPECT_EQ(back.recorded(), taken.recorded());
    const BaselineComparison same = compare(back, plan, now);
    EXPECT_TRUE(same.added.empty());
    for (const TaskVariance& row : same.tasks)
        EXPECT_EQ(row, (TaskVariance{.task = row.task}));
    EXPECT_TRUE(recorded_baseline(Ledger(plan), now, today, "B2").tasks().empty());
    const AsOf before{day("2025-08-20"), day("2025-08-19")};
    EXPECT_TRUE(recorded_baseline(Ledger(plan), now, before, "B1").tasks().empty()) << "not known by then";
}

TEST(RecordedBaseline, ALaterOneHoldsFromItsDayOnAndTheOldOneStays) {
    Draft draft = four_tasks();
    const Plan first(draft);
    record(draft, first, schedule(first), "B1", "2025-08-20");
    draft.tasks[Id<Task>(0)].duration = WorkDays(8);  // agreed anew: three days more
    const Plan second(draft);
    record(draft, second, schedule(second), "B2", "2025-10-01");
    const Plan plan(draft);
    const Ledger ledger(plan);
    const Schedule planned = schedule(plan);
    const auto held_to = [&](const char* on) {
        const Baseline agreed = agreed_baseline(ledger, planned, {day(on), day(on)});
        return agreed.id() + " " + std::to_string(agreed.find("A")->duration.count()) + " " +
               std::to_string(agreed.find("D")->finish - agreed.find("A")->start);
    };
    EXPECT_EQ(held_to("2025-08-19"), "plan 8 23");
    EXPECT_EQ(held_to("2025-08-20"), "B1 5 20");
    EXPECT_EQ(held_to("2025-09-30"), "B1 5 20");
    EXPECT_EQ(held_to("2025-10-01"), "B2 8 23");
    const AsOf now{day("2025-10-01"), day("2025-10-01")};
    const std::vector<RecordedBaseline> all = recorded_baselines(ledger, now);
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[0], (RecordedBaseline{"B1", Id<County>(0), day("2025-08-20"), day("2025-08-20"), 4}));
    EXPECT_EQ(all[1].name, "B2");
    EXPECT_EQ(recorded_baseline(ledger, planned, now, "B1").find("A")->duration, WorkDays(5));
}

TEST(RecordedBaseline, EachCountyIsHeldToItsOwn) {
    Draft draft = four_tasks();
    County other = draft.counties[Id<County>(0)];
    other.code = *Code::parse("522728");
    draft.counties.push_back(other);
    Goal goal = draft.goals[Id<Goal>(0)];
    goal.id = "G2";
    goal.county = other.code;
    draft.goals.push_back(goal);
    Task task = draft.tasks[Id<Task>(0)];
    task.id = "E";
    task.county = other.code;
    task.goal = "G2";
    draft.tasks.push_back(task);
    const Plan plain(draft);
    for (const Fact& fact : baseline_facts(plain, schedule(plain), "B1", day("2025-08-20"), "office")) {
        if (fact.subject.id != "E") draft.ledger.push_back(fact);
    }
    draft.tasks[Id<Task>(0)].duration = draft.tasks[Id<Task>(4)].duration = WorkDays(7);
    const Plan plan(draft);
    const Baseline agreed = agreed_baseline(Ledger(plan), schedule(plan), {day("2025-09-01"), day("2025-09-01")});
    EXPECT_EQ(agreed.id(), "B1;plan");
    EXPECT_EQ(agreed.tasks().size(), 5U);
    EXPECT_EQ(agreed.find("A")->duration, WorkDays(5));
    EXPECT_EQ(agreed.find("E")->duration, WorkDays(7)) << "its county has recorded none";
}

}  // namespace
}  // namespace countyplan
