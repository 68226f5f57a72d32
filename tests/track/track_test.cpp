#include <countyplan/track/track.hpp>

#include <cstdint>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include <countyplan/track/task_reasons.hpp>

#include "given/progress.hpp"

namespace countyplan {
namespace {

using namespace given;

TEST(Tracking, IsRefusedWhenANumberIsChanged) {
    Draft draft = county();
    const Id<Goal> goal = add_goal(draft, "G");
    add_task(draft, "A", "G", Measurement::percent);
    report(draft, "A", Noun::task, "percent", "30");
    const Plan plan(draft);
    const Tracking right = track(plan, day("2025-03-31"));
    ASSERT_TRUE(verify(plan, right));
    Tracking wrong = right;
    wrong.roll_up.goals[goal].value = 0.31;
    EXPECT_EQ(examine(plan, wrong).place, "roll_up");
    wrong = right;
    wrong.progress.tasks[Id<Task>(0)].finished = day("2025-03-30");
    EXPECT_EQ(examine(plan, wrong).place, "progress");
    wrong = right;
    wrong.warnings.tasks[Id<Task>(0)].colour = WarningColour::green;
    EXPECT_EQ(examine(plan, wrong).place, "warnings");
    wrong = right;
    wrong.as_of.recorded = day("2025-04-30");
    EXPECT_FALSE(verify(plan, wrong));
}

/// A before B before M, ten and ten days and none; A has begun late.
Plan late_county() {
    Draft draft = county();
    add_goal(draft, "G");
    add_task(draft, "A", "G", Measurement::fifty_fifty, {}, 1000);
    add_task(draft, "B", "G", Measurement::percent, {}, 3000);
    add_task(draft, "M", "G", Measurement::percent, {}, 500);
    draft.tasks[Id<Task>(2)].duration = WorkDays(0);
    for (const auto& [before, after] : {std::pair{"A", "B"}, std::pair{"B", "M"}}) {
        Link link;
        link.predecessor = before;
        link.successor = after;
        draft.links.push_back(link);
    }
    report(draft, "A", Noun::task, "started", "2025-01-13", "2025-01-13", "2025-01-13");
    report(draft, "A", Noun::task, "cost", "600", "2025-01-14", "2025-01-14");
    for (const char* const task : {"B", "M"})
        report(draft, task, Noun::task, "percent", "0", "2025-01-14", "2025-01-14");
    return Plan(draft);
}

TEST(Tracking, TellsValuePathsQualityVarianceAndDelays) {
    const Plan plan = late_county();
    const Id<County> county(0);
    const Id<Task> a(0);
    TrackOptions options;
    options.windows = {day("2024-12-31"), day("2025-01-10")};
    const Tracking out = track(plan, day("2025-01-14"), options);
    ASSERT_EQ(out.termination, Termination::optimal);
    ASSERT_TRUE(verify(plan, out)) << text(examine(plan, out).why, Language::en);
    // A: 1000 yuan of 4500, half of it earned by its start
    const EarnedValue& value = out.earned_value.counties[county];
    EXPECT_EQ(value.sums.budget, 450'000);
    EXPECT_EQ(value.sums.earned, 50'000);
    EXPECT_EQ(value.sums.actual, 60'000);
    EXPECT_EQ(out.log[a].start.driver, DateDriver::actual_start);
    EXPECT_EQ(out.log[Id<Task>(1)].start.driver, DateDriver::link);
    EXPECT_EQ(out.paths[county].critical, 1U);
    ASSERT_FALSE(out.paths[county].nearest.empty());
    EXPECT_EQ(out.paths[county].nearest[0].tasks, (std::vector<std::uint32_t>{0, 1, 2}));
    EXPECT_EQ(out.quality[county][QualityCheck::missing_logic].numerator, 2);
    EXPECT_EQ(out.variance.baseline, "plan");
    ASSERT_EQ(out.variance.tasks.size(), 3U);
    EXPECT_EQ(out.variance.tasks[2].finish, out.variance.tasks[0].finish) << "what follows is as late as A";
    EXPECT_EQ(out.variance.missed, (std::vector<Id<Task>>{a}));
    const DelayAnalysis& delays = out.delays.counties[county];
    ASSERT_EQ(delays.windows.size(), 2U);
    EXPECT_EQ(delays.windows[0].days() + delays.windows[1].days(), delays.slip());
    EXPECT_EQ(WorkDays(delays.slip()), out.variance.tasks[2].finish) << "counted from the plan, as the baseline is";
    EXPECT_TRUE(out.delays.without_dates.empty());
}

TEST(CountyPaths, PassOverChainsThatAreOver) {
    Draft draft = county();
    add_goal(draft, "G");
    for (const char* const id : {"A", "B", "C", "M"})
        add_task(draft, id, "G", Measurement::zero_hundred);
    for (const auto& [before, after] : {std::pair{"A", "M"}, std::pair{"B", "M"}, std::pair{"C", "M"}}) {
        Link link;
        link.predecessor = before;
        link.successor = after;
        draft.links.push_back(link);
    }
    for (const char* const id : {"A", "C"}) {
        report(draft, id, Noun::task, "started", "2025-01-06", "2025-01-06", "2025-01-06");
        report(draft, id, Noun::task, "finished", "2025-01-10", "2025-01-10", "2025-01-10");
    }
    const Plan plan(draft);
    const auto paths = [&](Day when) {
        return county_paths(schedule(Ledger(plan), {when, when}))[Id<County>(0)].nearest;
    };
    EXPECT_EQ(paths(day("2025-01-03")).size(), 3U);
    const std::vector<FloatPath> left = paths(day("2025-01-13"));
    ASSERT_EQ(left.size(), 1U) << "A and C are over";
    EXPECT_EQ(left[0].tasks, (std::vector<std::uint32_t>{1, 3}));
}

TEST(Tracking, ColoursBySpiOfTimeWhereWorkIsWorthSomething) {
    const Plan plan = late_county();
    const Tracking out = track(plan, day("2025-01-14"));
    const auto index = time_performance(out.earned_value).counties[Id<County>(0)];
    ASSERT_TRUE(index);
    ASSERT_LT(*index, 0.8);
    bool told = false;
    for (const std::uint32_t i : out.warnings.counties[Id<County>(0)].causes)
        told = told || out.warnings.causes[i].reason == WarningReason::slow;
    EXPECT_TRUE(told);
    EXPECT_EQ(out.warnings.counties[Id<County>(0)].colour, WarningColour::red);
}

TEST(Tracking, ValuesWorkInTheUnitAskedFor) {
    Draft draft = late_county().draft();
    report(draft, "A", Noun::task, "points", "8", "2025-01-01", "2025-01-01");
    TrackOptions options;
    options.value = ValueUnit::points;
    const Tracking out = track(Plan(draft), day("2025-01-14"), options);
    EXPECT_EQ(out.earned_value.unit, ValueUnit::points);
    EXPECT_EQ(out.earned_value.whole.sums.budget, 800);
    EXPECT_EQ(out.earned_value.whole.sums.earned, 400);
}

TEST(Tracking, IsRefusedWhereAnyPartOfItIsBroken) {
    const Plan plan = late_county();
    const Id<County> county(0);
    TrackOptions options;
    options.windows = {day("2024-12-31"), day("2025-01-10")};
    const Tracking right = track(plan, day("2025-01-14"), options);
    ASSERT_TRUE(verify(plan, right));
    const auto broken = [&](const char* place, auto change) {
        Tracking wrong = right;
        change(wrong);
        EXPECT_EQ(examine(plan, wrong).place, place);
    };
    broken("earned_value", [&](Tracking& t) { ++t.earned_value.whole.sums.earned; });
    broken("earned_value", [&](Tracking& t) { t.earned_value.tasks[Id<Task>(0)].adherence.reset(); });
    broken("earned_value", [&](Tracking& t) { t.options.value = ValueUnit::points; });
    broken("log", [&](Tracking& t) { t.log[Id<Task>(1)].start.driver = DateDriver::data_date; });
    broken("paths", [&](Tracking& t) { t.paths[county].critical = 2; });
    broken("paths", [&](Tracking& t) { t.paths[county].nearest[0].distance = 1; });
    broken("paths", [&](Tracking& t) { t.options.paths.count = 0; });
    broken("quality", [&](Tracking& t) { ++t.quality[county].answers[0].numerator; });
    broken("quality", [&](Tracking& t) { t.options.quality.limit[0] = 0.5; });
    broken("variance", [&](Tracking& t) { t.variance.tasks[0].finish = WorkDays(0); });
    broken("variance", [&](Tracking& t) { t.variance.missed.clear(); });
    broken("delays", [&](Tracking& t) { ++t.delays.counties[county].windows[0].after; });
    broken("delays", [&](Tracking& t) { t.options.windows.pop_back(); });
    broken("termination", [&](Tracking& t) { t.delays.cause = Cause::time; });
}

TEST(Tracking, TellsWhatTheDatesOfATaskRestOnAndWhatMovedThem) {
    const Plan plan = late_county();
    const Tracking out = track(plan, day("2025-01-14"));
    const TaskReasons reasons = task_reasons(plan, out, Id<Task>(1), day("2025-01-10"));
    EXPECT_EQ(reasons.cause, Cause::proved);
    ASSERT_EQ(reasons.log.size(), 7U) << "four dates, days off before three of them";
    EXPECT_EQ(text(reasons.log[0], Language::en).substr(0, 34), "start (2025-01-27): waits for A (f");
    ASSERT_FALSE(reasons.moved.empty());
    EXPECT_EQ(text(reasons.moved[0], Language::en), "B has not moved") << "A began on the day that was left";
    const TaskReasons since_plan = task_reasons(plan, out, Id<Task>(1), day("2025-01-01"));
    EXPECT_EQ(text(since_plan.moved.back(), Language::en), "because work that is left lies behind the data date")
        << "what remains of A is counted from there";
    EXPECT_TRUE(task_reasons(plan, out, Id<Task>(1)).moved.empty());
    Stop stop;
    stop.step_limit = 0;
    EXPECT_EQ(task_reasons(plan, out, Id<Task>(1), day("2025-01-10"), stop).cause, Cause::steps);
}

TEST(Tracking, LooksBackAtTheStartAndAtTheLastTwelveMonthEnds) {
    Draft draft = county();  // from 2025-01-01
    EXPECT_EQ(month_windows(Plan(draft), day("2025-03-31")),
              (std::vector<Day>{day("2024-12-31"), day("2025-01-31"), day("2025-02-28")}));
    EXPECT_TRUE(month_windows(Plan(draft), day("2024-12-31")).empty());
    EXPECT_EQ(month_windows(Plan(draft), day("2025-01-01")), (std::vector<Day>{day("2024-12-31")}));
    const std::vector<Day> later = month_windows(Plan(draft), day("2026-12-31"));
    ASSERT_EQ(later.size(), 13U);
    EXPECT_EQ(later[1], day("2025-12-31"));
    EXPECT_EQ(later.back(), day("2026-11-30"));
}

TEST(TrackingRefusal, OfWindowsThatDoNotAscend) {
    const Plan plan = late_county();
    const auto place_with = [&](std::vector<Day> days) -> std::string {
        TrackOptions options;
        options.windows = std::move(days);
        try {
            (void)track(plan, day("2025-01-14"), options);
        } catch (const InvalidProblem& invalid) {
            return invalid.place();
        }
        return {};
    };
    EXPECT_EQ(place_with({day("2025-01-10"), day("2025-01-10")}), "windows[0]");
    EXPECT_EQ(place_with({day("2025-01-10"), day("2025-01-14")}), "windows[1]");
    EXPECT_EQ(place_with({day("2025-01-10"), day("2025-01-13")}), "");
}

TEST(Tracking, StopsWithNothingAndAnswersForNothing) {
    std::stop_source source;
    source.request_stop();
    Stop stop;
    stop.token = source.get_token();
    const Tracking stopped = track(Plan(), day("2025-03-31"), {}, stop);
    EXPECT_EQ(stopped.termination, Termination::unknown);
    EXPECT_EQ(stopped.cause, Cause::cancelled);
    EXPECT_TRUE(verify(Plan(), stopped));
    EXPECT_TRUE(verify(Plan(), track(Plan(), day("2025-03-31"))));
}

}  // namespace
}  // namespace countyplan
