#include <countyplan/track/baseline.hpp>

#include <string>
#include <vector>

#include <gtest/gtest.h>

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

}  // namespace
}  // namespace countyplan
