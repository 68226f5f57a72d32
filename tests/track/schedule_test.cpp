#include <countyplan/track/schedule.hpp>

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace countyplan {
namespace {

Day day(const char* text) { return *Day::parse(text); }

/// One county, one school with a term, national days announced for 2025.
Draft autumn() {
    Draft draft;
    draft.name = "schedule";
    draft.period = {day("2025-09-01"), day("2026-08-31")};
    County county;
    county.code = *Code::parse("451024");
    draft.counties.push_back(county);
    School school;
    school.id = "S1";
    school.county = county.code;
    draft.schools.push_back(school);
    Goal goal;
    goal.id = "G";
    goal.county = county.code;
    draft.goals.push_back(goal);
    for (const char* date : {"2025-10-01", "2025-10-02", "2025-10-03", "2025-10-06", "2025-10-07", "2025-10-08"}) {
        CalendarDay off;
        off.date = day(date);
        off.name_zh = "国庆节";
        draft.calendar.push_back(off);
    }
    CalendarDay work;
    work.date = day("2025-09-28");
    work.kind = DayKind::work;
    work.name_zh = "国庆节";
    draft.calendar.push_back(work);
    Term term;
    term.from = day("2025-09-15");
    term.to = day("2026-01-16");
    draft.terms.push_back(term);
    return draft;
}

void add_task(Draft& draft, const std::string& id, std::int64_t duration,
              CalendarKind calendar = CalendarKind::office) {
    Task task;
    task.id = id;
    task.county = draft.counties[Id<County>(0)].code;
    task.goal = "G";
    task.duration = WorkDays(duration);
    task.milestone = duration == 0;
    task.calendar = calendar;
    draft.tasks.push_back(task);
}

void add_link(Draft& draft, const std::string& from, const std::string& to, LinkKind type = LinkKind::finish_start,
              std::int64_t lag = 0) {
    Link link;
    link.predecessor = from;
    link.successor = to;
    link.type = type;
    link.lag = WorkDays(lag);
    draft.links.push_back(link);
}

TEST(Schedule, PushesFinishPastTheHolidaysAndCountsMakeUpDays) {
    Draft draft = autumn();
    add_task(draft, "A", 21);  // four weeks in September, the Sunday of the 28th too
    add_task(draft, "B", 3);
    add_task(draft, "M", 0);
    add_link(draft, "A", "B");
    add_link(draft, "B", "M");
    const Plan plan(draft);
    const Schedule result = schedule(plan);
    ASSERT_EQ(result.termination, Termination::optimal);
    const TaskDates& a = result.tasks[Id<Task>(0)];
    const TaskDates& b = result.tasks[Id<Task>(1)];
    const TaskDates& m = result.tasks[Id<Task>(2)];
    EXPECT_EQ(a.early_start, day("2025-09-01"));
    EXPECT_EQ(a.early_finish, day("2025-09-28"));
    EXPECT_EQ(b.early_start, day("2025-09-29"));
    EXPECT_EQ(b.early_finish, day("2025-10-09"));
    EXPECT_EQ(m.early_finish, day("2025-10-09")) << "a milestone falls on the day its predecessor ends";
    EXPECT_EQ(m.early_start, m.early_finish);
    EXPECT_EQ(m.late_finish, day("2025-10-09"));
    EXPECT_TRUE(b.critical_by_float && b.on_longest_path);
    EXPECT_EQ(b.driver, Id<Link>(0));
    EXPECT_FALSE(a.driver);
    EXPECT_FALSE(b.provisional);
    const CountyTimeline& line = result.counties[Id<County>(0)];
    EXPECT_EQ(line.tasks, (std::vector<Id<Task>>{Id<Task>(0), Id<Task>(1), Id<Task>(2)}));
    EXPECT_EQ(line.longest_path, line.tasks);
    EXPECT_EQ(line.start, day("2025-09-01"));
    EXPECT_EQ(line.finish, day("2025-10-09"));
    EXPECT_TRUE(verify(plan, result));
}

TEST(Schedule, ShowsAFirstMilestoneOnTheDayItBegins) {
    Draft draft = autumn();
    add_task(draft, "M", 0);
    add_task(draft, "A", 5);
    add_link(draft, "M", "A");
    add_task(draft, "N", 0);
    draft.tasks[Id<Task>(2)].not_before = day("2025-09-10");
    const Schedule result = schedule(Plan(draft));
    EXPECT_EQ(result.tasks[Id<Task>(0)].early_start, day("2025-09-01"));
    EXPECT_EQ(result.tasks[Id<Task>(0)].late_finish, day("2025-09-02")) << "N ends the project two days later than A";
    EXPECT_EQ(result.tasks[Id<Task>(1)].early_start, day("2025-09-01"));
    EXPECT_EQ(result.tasks[Id<Task>(2)].early_finish, day("2025-09-10"));
}

TEST(Schedule, WaitsForTheTermWhereATaskConsumesLessons) {
    Draft draft = autumn();
    add_task(draft, "A", 5, CalendarKind::teaching);
    draft.tasks[Id<Task>(0)].school = "S1";
    add_task(draft, "B", 5);
    add_link(draft, "B", "A");
    const Plan plan(draft);
    const Schedule result = schedule(plan);
    EXPECT_EQ(result.tasks[Id<Task>(0)].early_start, day("2025-09-15"));
    EXPECT_EQ(result.tasks[Id<Task>(1)].total_float, WorkDays(5)) << "counted on the office's days";
    EXPECT_EQ(result.tasks[Id<Task>(1)].free_float, WorkDays(5));
    EXPECT_TRUE(verify(plan, result));
}

TEST(Schedule, KeepsConstraintsSoftAndDeadlinesLate) {
    Draft draft = autumn();
    for (const char* id : {"A", "B", "C", "D", "E"})
        add_task(draft, id, 5);
    const auto constrain = [&](std::size_t task, ConstraintKind kind, const char* date) {
        draft.tasks[Id<Task>(task)].constraint = kind;
        draft.tasks[Id<Task>(task)].constraint_date = day(date);
    };
    constrain(0, ConstraintKind::start_no_earlier, "2025-09-10");
    constrain(1, ConstraintKind::finish_no_earlier, "2025-09-12");
    constrain(2, ConstraintKind::start_no_later, "2025-08-29");
    constrain(3, ConstraintKind::finish_no_later, "2025-09-03");
    draft.tasks[Id<Task>(4)].deadline = day("2025-09-09");
    const Plan plan(draft);
    const Schedule result = schedule(plan);
    EXPECT_EQ(result.tasks[Id<Task>(0)].early_start, day("2025-09-10"));
    EXPECT_EQ(result.tasks[Id<Task>(1)].early_finish, day("2025-09-12"));
    EXPECT_EQ(result.tasks[Id<Task>(2)].early_start, day("2025-09-01"));
    EXPECT_EQ(result.tasks[Id<Task>(2)].total_float, WorkDays(-1));
    EXPECT_EQ(result.tasks[Id<Task>(3)].total_float, WorkDays(-2));
    EXPECT_EQ(result.tasks[Id<Task>(4)].total_float, WorkDays(2));
    EXPECT_EQ(result.tasks[Id<Task>(4)].late_finish, day("2025-09-09"));
    EXPECT_TRUE(verify(plan, result));
}

TEST(Schedule, HoldsMandatoryDatesExactlyOrNamesWhatPushesThem) {
    Draft draft = autumn();
    for (const char* id : {"A", "B", "C"})
        add_task(draft, id, 5);
    add_task(draft, "M", 0);
    add_link(draft, "A", "B");
    const auto constrain = [&](std::size_t task, ConstraintKind kind, const char* date) {
        draft.tasks[Id<Task>(task)].constraint = kind;
        draft.tasks[Id<Task>(task)].constraint_date = day(date);
    };
    constrain(1, ConstraintKind::mandatory_start, "2025-09-13");   // a Saturday: the Monday after
    constrain(2, ConstraintKind::mandatory_finish, "2025-09-14");  // a Sunday: the Friday before
    constrain(3, ConstraintKind::mandatory_start, "2025-09-16");
    const Plan plan(draft);
    const Schedule result = schedule(plan);
    EXPECT_EQ(result.tasks[Id<Task>(1)].early_start, day("2025-09-15"));
    EXPECT_EQ(result.tasks[Id<Task>(1)].late_start, day("2025-09-15"));
    EXPECT_EQ(result.tasks[Id<Task>(0)].total_float, WorkDays(5));
    EXPECT_EQ(result.tasks[Id<Task>(2)].early_finish, day("2025-09-12"));
    EXPECT_EQ(result.tasks[Id<Task>(2)].total_float, WorkDays(0));
    EXPECT_EQ(result.tasks[Id<Task>(3)].early_start, day("2025-09-16")) << "a milestone that must start on a day";
    EXPECT_TRUE(conflicts(plan, result).empty());
    EXPECT_TRUE(verify(plan, result));

    constrain(1, ConstraintKind::mandatory_start, "2025-09-05");  // while A still runs
    const Plan pressed(draft);
    const Schedule none = schedule(pressed);
    EXPECT_EQ(none.termination, Termination::infeasible);
    EXPECT_TRUE(none.tasks.empty());
    EXPECT_TRUE(verify(pressed, none));
    const Findings why = conflicts(pressed, none);
    ASSERT_EQ(why.size(), 1U);
    EXPECT_EQ(to_text(why[0].place), "tasks[1].constraint_date");
    EXPECT_EQ(text(why[0].message, Language::en), "the mandatory date cannot hold; it is pushed on by: A → B");
    EXPECT_EQ(why[0].value, "2025-09-05");
}

TEST(Schedule, KeepsMaximumLagsOrNamesTheLinksThatExcludeThem) {
    Draft draft = autumn();
    add_task(draft, "A", 2);
    add_task(draft, "B", 5);
    add_task(draft, "C", 20);
    add_link(draft, "C", "B");
    add_link(draft, "A", "B", LinkKind::finish_start, 1);
    draft.links.rows()[1].max_lag = WorkDays(3);
    const Plan plan(draft);
    const Schedule result = schedule(plan);
    ASSERT_EQ(result.termination, Termination::optimal);
    ASSERT_EQ(result.problem.links.size(), 3U);
    EXPECT_EQ(result.plan_link(2), Id<Link>(1));
    const auto boundary = [&](std::size_t task) { return result.tasks[Id<Task>(task)].boundary; };
    EXPECT_EQ(boundary(1).early_start, boundary(2).early_finish);
    EXPECT_EQ(boundary(0).early_finish, boundary(1).early_start - 3) << "A waits, so that B can follow in time";
    EXPECT_EQ(result.tasks[Id<Task>(0)].driver, Id<Link>(1));
    EXPECT_TRUE(verify(plan, result));
    Schedule corrupt = result;
    corrupt.maximum_lags[0] = Id<Link>(0);
    EXPECT_EQ(examine(plan, corrupt).place, "problem");

    add_link(draft, "A", "C");  // whose twenty days now lie between
    const Plan pressed(draft);
    const Schedule none = schedule(pressed);
    EXPECT_EQ(none.termination, Termination::infeasible);
    EXPECT_TRUE(verify(pressed, none));
    const Findings why = conflicts(pressed, none);
    ASSERT_EQ(why.size(), 1U);
    EXPECT_EQ(to_text(why[0].place), "links[1].max_lag");
    EXPECT_EQ(text(why[0].message, Language::en), "the maximum lag cannot hold together with the links: B → A → C → B");
    EXPECT_EQ(why[0].value, "3");

    draft.links.rows()[1].lag_calendar = LagCalendar::elapsed;
    try {
        (void)schedule(Plan(draft));
        FAIL() << "counted on another calendar";
    } catch (const InvalidProblem& invalid) {
        EXPECT_EQ(invalid.message().code(), "track_mixed_circle");
        EXPECT_EQ(invalid.place(), "links[1].max_lag");
    }
}

TEST(Schedule, FlagsWhateverRestsOnHolidaysThatAreNotAnnounced) {
    Draft draft = autumn();
    add_task(draft, "A", 70);  // into December
    add_task(draft, "B", 40);  // into 2026
    add_task(draft, "C", 5);
    add_link(draft, "A", "B");
    draft.tasks[Id<Task>(2)].constraint = ConstraintKind::finish_no_earlier;
    draft.tasks[Id<Task>(2)].constraint_date = day("2026-01-05");  // counted back into 2025
    const Schedule result = schedule(Plan(draft));
    EXPECT_FALSE(result.tasks[Id<Task>(0)].provisional);
    EXPECT_TRUE(result.tasks[Id<Task>(1)].provisional);
    EXPECT_TRUE(result.tasks[Id<Task>(2)].provisional);
    EXPECT_TRUE(result.counties[Id<County>(0)].provisional);
}

// ---- with progress ---------------------------------------------------------------------------------

/// Reported and recorded on `on`.
void add_fact(Draft& draft, const char* task, const char* field, const char* value, const char* on) {
    Fact fact;
    fact.id = "F" + std::to_string(draft.ledger.size());
    fact.recorded_at = fact.valid_at = day(on);
    fact.subject = {Noun::task, task};
    fact.field = field;
    fact.value = value;
    draft.ledger.push_back(fact);
}

/// A five days, then B five, then C three; the week of 2025-09-01 is the first one.
Draft in_a_row() {
    Draft draft = autumn();
    add_task(draft, "A", 5);
    add_task(draft, "B", 5);
    add_task(draft, "C", 3);
    add_link(draft, "A", "B");
    add_link(draft, "B", "C");
    return draft;
}

AsOf known(const char* valid, const char* recorded) { return {day(valid), day(recorded)}; }

TEST(ScheduleProgress, MovesAllUncompletedWorkBehindTheDataDateInOneCall) {
    const Plan plan(in_a_row());
    const Schedule result = schedule(Ledger(plan), known("2025-09-12", "2025-09-12"));
    ASSERT_EQ(result.termination, Termination::optimal);
    EXPECT_EQ(result.tasks[Id<Task>(0)].early_start, day("2025-09-15"));
    EXPECT_EQ(result.tasks[Id<Task>(1)].early_start, day("2025-09-22"));
    EXPECT_EQ(result.tasks[Id<Task>(2)].early_finish, day("2025-09-30")) << "the Sunday of the 28th is worked";
    EXPECT_TRUE(result.findings.empty());
    EXPECT_TRUE(verify(plan, result));
    EXPECT_EQ(schedule(plan).tasks[Id<Task>(0)].early_start, day("2025-09-01")) << "the plan stays as it was";
}

TEST(ScheduleProgress, CountsFromReportedDatesAndWhatRemains) {
    Draft draft = in_a_row();
    add_fact(draft, "A", "started", "2025-09-01", "2025-09-01");
    add_fact(draft, "A", "finished", "2025-09-09", "2025-09-09");
    add_fact(draft, "B", "started", "2025-09-10", "2025-09-10");
    add_fact(draft, "B", "remaining", "6", "2025-09-12");
    const Plan plan(draft);
    const Schedule result = schedule(Ledger(plan), known("2025-09-12", "2025-09-12"));
    const TaskDates& a = result.tasks[Id<Task>(0)];
    const TaskDates& b = result.tasks[Id<Task>(1)];
    EXPECT_TRUE(a.has_started && a.is_complete);
    EXPECT_EQ(a.early_start, day("2025-09-01"));
    EXPECT_EQ(a.early_finish, day("2025-09-09"));
    EXPECT_FALSE(a.total_float.has_value());
    EXPECT_TRUE(b.has_started && !b.is_complete);
    EXPECT_EQ(b.early_start, day("2025-09-10"));
    EXPECT_EQ(b.early_finish, day("2025-09-22"));
    EXPECT_EQ(b.total_float, WorkDays(0));
    EXPECT_EQ(result.tasks[Id<Task>(2)].early_start, day("2025-09-23"));
    EXPECT_EQ(result.counties[Id<County>(0)].start, day("2025-09-01"));
    EXPECT_TRUE(verify(plan, result));
    const Schedule before = schedule(Ledger(plan), known("2025-09-11", "2025-09-11"));
    EXPECT_EQ(before.tasks[Id<Task>(1)].early_finish, day("2025-09-16")) << "two of five days have passed";
}

TEST(ScheduleProgress, LetsTheCallerChooseTheLogicAndTellsWhatRanOutOfSequence) {
    Draft draft = in_a_row();
    add_fact(draft, "A", "started", "2025-09-01", "2025-09-01");
    add_fact(draft, "B", "started", "2025-09-02", "2025-09-02");
    const Plan plan(draft);
    ScheduleOptions options;
    const Schedule retained = schedule(Ledger(plan), known("2025-09-03", "2025-09-03"), options);
    EXPECT_EQ(retained.tasks[Id<Task>(1)].early_finish, day("2025-09-10"));
    EXPECT_EQ(retained.out_of_sequence, (std::vector<Id<Link>>{Id<Link>(0)}));
    options.logic = ProgressLogic::override;
    const Schedule override = schedule(Ledger(plan), known("2025-09-03", "2025-09-03"), options);
    EXPECT_EQ(override.tasks[Id<Task>(1)].early_finish, day("2025-09-08"));
    EXPECT_EQ(override.out_of_sequence, retained.out_of_sequence);
    EXPECT_TRUE(verify(plan, retained) && verify(plan, override));
}

TEST(ScheduleProgress, SetsAsideWhatCannotHaveHappenedAndSaysSo) {
    Draft draft = in_a_row();
    add_fact(draft, "A", "started", "2025-09-03", "2025-09-03");
    add_fact(draft, "A", "finished", "2025-09-02", "2025-09-04");  // before it began
    add_fact(draft, "B", "started", "2025-09-20", "2025-09-04");   // still to come
    add_fact(draft, "C", "finished", "2025-09-04", "2025-09-04");  // but when did it start?
    const Plan plan(draft);
    const Schedule result = schedule(Ledger(plan), known("2025-09-05", "2025-09-05"));
    ASSERT_EQ(result.termination, Termination::optimal);
    EXPECT_TRUE(result.tasks[Id<Task>(0)].has_started);
    EXPECT_FALSE(result.tasks[Id<Task>(0)].is_complete);
    EXPECT_FALSE(result.tasks[Id<Task>(1)].has_started);
    EXPECT_TRUE(result.tasks[Id<Task>(2)].is_complete);
    EXPECT_EQ(result.tasks[Id<Task>(2)].early_start, day("2025-09-02")) << "three days before its finish";
    std::vector<std::string> told;
    for (const Finding& finding : result.findings)
        told.push_back(to_text(finding.place) + " " + std::string(finding.message.code()));
    EXPECT_EQ(told,
              (std::vector<std::string>{"ledger[1].value fact_not_scheduled", "ledger[2].value fact_not_scheduled",
                                        "ledger[3].value start_not_reported"}));
    EXPECT_TRUE(verify(plan, result));
}

TEST(ScheduleProgress, IsUnchangedByWhatIsRecordedLater) {
    Draft draft = in_a_row();
    add_fact(draft, "A", "started", "2025-09-01", "2025-09-01");
    const Schedule old = schedule(Ledger(Plan(draft)), known("2025-09-03", "2025-09-03"));
    add_fact(draft, "A", "remaining", "30", "2025-09-03");
    draft.ledger[Id<Fact>(1)].recorded_at = day("2025-09-08");
    const Plan plan(draft);
    EXPECT_EQ(schedule(Ledger(plan), known("2025-09-03", "2025-09-03")), old);
    EXPECT_TRUE(verify(plan, old));
    const Schedule late = schedule(Ledger(plan), known("2025-09-03", "2025-09-08"));
    EXPECT_NE(late.tasks, old.tasks);
    Schedule wrong = late;
    wrong.findings.emplace_back();
    EXPECT_EQ(examine(plan, wrong).place, "findings");
    wrong = late;
    wrong.as_of->valid = day("2025-09-04");
    EXPECT_EQ(examine(plan, wrong).place, "problem");
}

TEST(ScheduleRefusal, Item63ACalendarWithoutASingleWorkingDayIsNamed) {
    Draft draft = autumn();
    draft.terms.clear();
    draft.calendar.clear();
    for (Day on = day("2025-01-01"); on <= day("2026-12-31"); on = on + std::chrono::days(1))
        draft.calendar.push_back({.date = on, .kind = DayKind::off, .name_zh = "停工"});
    add_task(draft, "A", 5);
    try {
        (void)schedule(Plan(draft));
        FAIL() << "nothing can be planned on that";
    } catch (const InvalidProblem& invalid) {
        EXPECT_EQ(invalid.message().code(), "track_idle_calendar");
        EXPECT_EQ(invalid.place(), "calendars[0]");
    }
    draft.calendar.rows()[400].kind = DayKind::work;
    EXPECT_EQ(schedule(Plan(draft)).termination, Termination::optimal) << "one day is enough";
}

TEST(ScheduleRefusal, Item39ADateAfterTheYear9999IsRefused) {
    Draft draft = autumn();
    add_task(draft, "A", 5);
    draft.period = {day("9999-12-30"), day("9999-12-31")};
    const Plan plan(draft);
    try {
        (void)schedule(plan);
        FAIL() << "accepted";
    } catch (const InvalidProblem& refused) {
        EXPECT_EQ(refused.place(), "tasks[0]");
        EXPECT_EQ(refused.message().code(), "track_outside_years");
    }
}

TEST(ScheduleProof, RefusesAnotherPlanAndChangedDays) {
    Draft draft = autumn();
    add_task(draft, "A", 5);
    add_task(draft, "B", 3);
    add_link(draft, "A", "B", LinkKind::start_start, 2);
    const Plan plan(draft);
    const Schedule right = schedule(plan);
    ASSERT_TRUE(verify(plan, right));
    Schedule wrong = right;
    wrong.tasks[Id<Task>(1)].early_start = day("2025-09-04");
    EXPECT_EQ(examine(plan, wrong).place, "tasks[1]");
    wrong = right;
    wrong.counties[Id<County>(0)].finish = day("2025-09-09");
    EXPECT_EQ(examine(plan, wrong).place, "counties");
    wrong = right;
    wrong.problem.tasks[0].duration = 4;
    EXPECT_EQ(examine(plan, wrong).place, "problem");
    wrong = right;
    wrong.result.tasks[0].late_finish += 1;
    EXPECT_FALSE(verify(plan, wrong));
    draft.tasks[Id<Task>(0)].duration = WorkDays(6);
    EXPECT_EQ(examine(Plan(draft), right).place, "digests");
}

TEST(Schedule, AnswersForAnEmptyPlan) {
    const Schedule result = schedule(Plan());
    EXPECT_EQ(result.termination, Termination::optimal);
    EXPECT_TRUE(verify(Plan(), result));
}

}  // namespace
}  // namespace countyplan
