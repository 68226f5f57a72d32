#include <countyplan/track/earned_value.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include <countyplan/scalar/number.hpp>
#include <countyplan/solve/random.hpp>
#include <countyplan/track/earned_value_messages.hpp>
#include <countyplan/track/track.hpp>

#include "given/law.hpp"
#include "given/progress.hpp"

namespace countyplan {
namespace {

using namespace given;

EarnedValueReport value_of(const Plan& plan, Day as_of, ValueUnit unit = ValueUnit::money) {
    const Tracking tracking = track(plan, as_of);
    const Ledger ledger(plan);
    return earned_value({ledger, tracking.planned, tracking.progress, tracking.roll_up, tracking.as_of}, unit);
}

/// Monday 2025-03-03 on; A and then B take ten days each, C all twenty.
Draft three_tasks() {
    Draft draft = county();
    draft.period.from = day("2025-03-03");
    add_goal(draft, "G");
    add_task(draft, "A", "G", Measurement::percent, {}, 1000);
    add_task(draft, "B", "G", Measurement::percent, {}, 2000);
    const auto last = add_task(draft, "C", "G", Measurement::percent, {}, 2000);
    draft.tasks[last].duration = WorkDays(20);
    draft.links.push_back({.predecessor = "A", .successor = "B"});
    return draft;
}

void report_at(Draft& draft, const std::string& task, const std::string& field, const std::string& value,
               const char* when) {
    report(draft, task, Noun::task, field, value, when, when);
}

Draft by_hand() {
    Draft draft = three_tasks();
    report_at(draft, "C", "cost_at_start", "400", "2025-03-03");
    report_at(draft, "A", "percent", "60", "2025-03-14");
    report_at(draft, "C", "percent", "50", "2025-03-14");
    report_at(draft, "A", "cost", "800", "2025-03-14");
    report_at(draft, "C", "cost", "1200", "2025-03-14");
    return draft;
}

constexpr double exact = 1e-12;  // relative: a few roundings of a double

void near(std::optional<double> value, double wanted) {
    ASSERT_TRUE(value);
    EXPECT_NEAR(*value, wanted, exact * std::max(1.0, std::abs(wanted)));
}

// docs/math/earned_value.md works this example out.
TEST(EarnedValue, AgreesWithTheExampleByHand) {
    const EarnedValueReport report = value_of(Plan(by_hand()), day("2025-03-14"));
    EXPECT_TRUE(report.findings.empty());
    const EarnedValue& county = report.counties[Id<County>(0)];
    const ValueSums& sums = county.sums;
    EXPECT_EQ(sums.budget, 500'000);
    EXPECT_EQ(sums.planned, 220'000) << "all of A; of C 400 and half of 1600";
    EXPECT_EQ(sums.earned, 180'000) << "600 of A; of C 400 and half of 1600";
    EXPECT_EQ(sums.actual, 200'000);
    EXPECT_EQ(sums.actual_time, 10);
    EXPECT_EQ(sums.planned_duration, 20);
    EXPECT_EQ(sums.earned_schedule, (WorkTime{7, 7, 9})) << "400 + 180 t = 1800";
    near(county.adherence, 73.0 / 81);
    const ValueIndices index = county.indices();
    EXPECT_EQ(index.schedule_variance, -40'000);
    EXPECT_EQ(index.cost_variance, -20'000);
    near(index.spi, 9.0 / 11);
    near(index.cpi, 0.9);
    near(index.sci, 81.0 / 110);
    near(index.tcpi, 16.0 / 15);
    near(index.time_variance, -20.0 / 9);
    near(index.spi_t, 7.0 / 9);
    near(index.sci_t, 0.7);
    near(index.tspi_t, 11.0 / 9);
    const auto cost = [&](CostForecastBy by, double wanted) {
        near(index[by].at_completion, wanted);
        near(index[by].to_complete, wanted - 200'000);
        near(index[by].variance, 500'000 - wanted);
    };
    cost(CostForecastBy::plan, 520'000);
    cost(CostForecastBy::cpi, 5'000'000 / 9.0);
    cost(CostForecastBy::spi, 5'320'000 / 9.0);
    cost(CostForecastBy::spi_t, 4'280'000 / 7.0);
    cost(CostForecastBy::sci, 200'000 + 35'200'000 / 81.0);
    cost(CostForecastBy::sci_t, 4'600'000 / 7.0);
    cost(CostForecastBy::cpi_spi, 200'000 + 320'000 * 55 / 48.6);
    cost(CostForecastBy::cpi_spi_t, 200'000 + 320'000 * 45 / 39.4);
    near(index[TimeForecastBy::planned_value], 21.6);
    near(index[TimeForecastBy::planned_value_spi], 220.0 / 9);
    near(index[TimeForecastBy::planned_value_sci], 2200.0 / 81);
    near(index[TimeForecastBy::earned_duration], 240.0 / 11);
    near(index[TimeForecastBy::earned_duration_spi], 220.0 / 9);
    near(index[TimeForecastBy::earned_duration_sci], 10 + 1300.0 / 81);
    near(index[TimeForecastBy::earned_schedule], 200.0 / 9);
    near(index[TimeForecastBy::earned_schedule_spi_t], 180.0 / 7);
    near(index[TimeForecastBy::earned_schedule_sci_t], 10 + 1100.0 / 63);
    EXPECT_EQ(report.goals[Id<Goal>(0)], county);
    EXPECT_EQ(report.whole, county);
    ASSERT_EQ(report.provinces.size(), 1U);
    EXPECT_EQ(report.provinces[0].value, county);
    const EarnedValue& task = report.tasks[Id<Task>(0)];
    EXPECT_EQ(task.sums.earned_schedule, (WorkTime{6, 0, 1}));
    near(task.indices().spi_t, 0.6);
    EXPECT_FALSE(task.indices().tspi_t) << "its time is up";
    EXPECT_FALSE(report.tasks[Id<Task>(1)].indices().spi) << "nothing of B is due";
    EXPECT_FALSE(report.tasks[Id<Task>(1)].indices().spi_t);
}

TEST(EarnedValue, StepsAtLumpsAndMilestonesAndIsSeenFromTheirDayOn) {
    Draft draft = three_tasks();
    report_at(draft, "B", "cost_at_start", "500", "2025-03-03");
    const auto mark = add_task(draft, "M", "G", Measurement::zero_hundred, {}, 700);
    draft.tasks[mark].duration = WorkDays(0);
    draft.tasks[mark].milestone = true;
    draft.links.push_back({.predecessor = "A", .successor = "M"});
    const Plan plan(draft);
    const Id<Task> b(1);
    const auto planned = [&](Id<Task> task, const char* when) {
        const EarnedValue value = value_of(plan, day(when)).tasks[task];
        return value.sums.planned + value.left_out.planned;
    };
    EXPECT_EQ(planned(mark, "2025-03-13"), 0);
    EXPECT_EQ(planned(mark, "2025-03-14"), 70'000) << "the day on which A ends";
    EXPECT_EQ(planned(b, "2025-03-14"), 0);
    EXPECT_EQ(planned(b, "2025-03-16"), 0) << "a Sunday";
    EXPECT_EQ(planned(b, "2025-03-17"), 65'000) << "the lump and a tenth of the rest";
    EXPECT_EQ(planned(b, "2025-03-28"), 200'000);
    EXPECT_EQ(planned(b, "2026-03-28"), 200'000);
}

TEST(EarnedValue, PutsEarnedScheduleOnTheJump) {
    Draft draft = three_tasks();
    draft.tasks[Id<Task>(2)].budget = Money();
    report_at(draft, "B", "cost_at_start", "500", "2025-03-03");
    report_at(draft, "A", "percent", "100", "2025-03-14");
    report_at(draft, "B", "started", "2025-03-17", "2025-03-17");
    report_at(draft, "B", "percent", "0", "2025-03-17");
    const auto at = [&](const char* when) {
        return value_of(Plan(draft), day(when)).counties[Id<County>(0)].sums.earned_schedule;
    };
    EXPECT_EQ(at("2025-03-14"), (WorkTime{10, 0, 1}));
    EXPECT_EQ(at("2025-03-17"), (WorkTime{10, 0, 1})) << "anything up to the lump";
    report_at(draft, "B", "percent", "10", "2025-03-18");
    EXPECT_EQ(at("2025-03-18"), (WorkTime{11, 0, 1}));
}

// Vanhoucke, PM Knowledge Center, "Earned Value Management: Forecasting time" (pmknowledgecenter.com/node/167):
// planned value 5, 10, 25, 55, 85, 120, 130, 140, 150 at the end of weeks 1 to 9; the table of ES has two decimals.
TEST(EarnedValue, AgreesWithThePublishedEarnedSchedule) {
    const double steps[] = {5, 5, 15, 30, 30, 35, 10, 10, 10};
    struct Row {
        double earned, weeks;
    };
    const Row rows[] = {{10.0 / 3, 0.67}, {20.0 / 3, 1.33}, {10, 2.00}, {22.5, 2.83}, {70, 4.50}, {82.5, 4.92}};
    int week = 0;
    for (const Row& row : rows) {
        SCOPED_TRACE(++week);
        Draft draft = county();
        draft.period.from = day("2025-03-03");
        add_goal(draft, "G");
        double left = row.earned;
        for (std::size_t i = 0; i < std::size(steps); ++i) {
            const std::string id = "T" + std::to_string(i);
            const auto task =
                add_task(draft, id, "G", Measurement::units, {}, static_cast<std::int64_t>(steps[i]) * 1000);
            draft.tasks[task].duration = WorkDays(5);
            if (i > 0) draft.links.push_back({.predecessor = "T" + std::to_string(i - 1), .successor = id});
            const double done = std::min(left, steps[i]);
            left -= done;
            report_at(draft, id, "units", to_text(done), "2025-03-03");
            report_at(draft, id, "units_total", to_text(steps[i]), "2025-03-03");
        }
        const Day when = day("2025-03-07") + std::chrono::days(7 * (week - 1));
        const EarnedValue value = value_of(Plan(draft), when).counties[Id<County>(0)];
        EXPECT_EQ(value.sums.planned_duration, 45);
        EXPECT_EQ(value.sums.actual_time, 5 * week);
        EXPECT_NEAR(value.sums.earned_schedule->value() / 5, row.weeks, 0.005);
    }
}

// The R package PRA prints 0.875 (paulgovan.github.io/PRA/reference/spi.html): of 100000, 40 % are planned and 35 %
// earned. The slides wnwk.com/doc/3476926.html (Design, Build, Test of 200, 200, 100; EV 200, PV 300, AC 250) print
// CV -50, SV -100, CPI .80, SPI .67, EAC 625 and VAC -125.
TEST(ValueIndices, AgreeWithPublishedExamples) {
    near(value_indices({.budget = 100'000, .planned = 40'000, .earned = 35'000}).spi, 0.875);
    const ValueIndices index = value_indices({.budget = 500, .planned = 300, .earned = 200, .actual = 250});
    EXPECT_EQ(index.cost_variance, -50);
    EXPECT_EQ(index.schedule_variance, -100);
    near(index.cpi, 0.8);
    EXPECT_NEAR(*index.spi, 0.67, 0.005);
    near(index[CostForecastBy::cpi].at_completion, 625);
    near(index[CostForecastBy::cpi].variance, -125);
}

// By hand: planned value 31,000 after period 3 and 40,000 after period 4, earned 32,675; ES = 3 + 1675 / 9000.
TEST(EarnedValue, CountsThePartOfAPeriodThatIsEarned) {
    Draft draft = county();
    draft.period.from = day("2025-03-03");
    add_goal(draft, "G");
    draft.tasks[add_task(draft, "A", "G", Measurement::percent, {}, 31'000)].duration = WorkDays(15);
    draft.tasks[add_task(draft, "B", "G", Measurement::units, {}, 9'000)].duration = WorkDays(5);
    draft.links.push_back({.predecessor = "A", .successor = "B"});
    report_at(draft, "A", "percent", "100", "2025-03-28");
    report_at(draft, "B", "units", "1675", "2025-03-28");
    report_at(draft, "B", "units_total", "9000", "2025-03-28");
    const ValueSums sums = value_of(Plan(draft), day("2025-03-28")).whole.sums;
    EXPECT_EQ(sums.earned, 3'267'500);
    EXPECT_EQ(sums.earned_schedule, (WorkTime{15, 67, 72}));
    EXPECT_NEAR(sums.earned_schedule->value() / 5, 3.1861111, 5e-8);
}

TEST(ValueIndices, GoOnFromTodayWhereTheTimeIsUp) {
    const ValueIndices late = value_indices({.budget = 100,
                                             .planned = 100,
                                             .earned = 50,
                                             .actual = 100,
                                             .actual_time = 8,
                                             .planned_duration = 5,
                                             .earned_schedule = WorkTime{2, 1, 2}});
    near(late.tspi_t, -2.5 / 3);
    near(late[TimeForecastBy::planned_value], 7.5);
    near(late[TimeForecastBy::earned_duration], 12);
    near(late[TimeForecastBy::earned_duration_spi], 16);
    near(late[TimeForecastBy::earned_duration_sci], 24);
    near(late[TimeForecastBy::earned_schedule], 10.5);
    near(late[TimeForecastBy::earned_schedule_spi_t], 16);
    near(late[TimeForecastBy::earned_schedule_sci_t], 24);
}

TEST(ValueIndices, AreUnsetWhereTheyWouldDivideByNothing) {
    const ValueIndices none = value_indices({});
    EXPECT_FALSE(none.spi || none.cpi || none.sci || none.tcpi || none.spi_t || none.tspi_t || none.time_variance);
    EXPECT_FALSE(none[CostForecastBy::plan].at_completion) << "AC is not known";
    EXPECT_FALSE(none[TimeForecastBy::planned_value]);
    const ValueIndices idle = value_indices({.budget = 100,
                                             .planned = 50,
                                             .earned = 0,
                                             .actual = 100,
                                             .actual_time = 5,
                                             .planned_duration = 5,
                                             .earned_schedule = WorkTime{}});
    near(idle.spi, 0);
    near(idle.spi_t, 0);
    EXPECT_FALSE(idle.tcpi) << "nothing is left to spend";
    EXPECT_FALSE(idle.tspi_t) << "nothing is left of the time";
    near(idle[CostForecastBy::plan].at_completion, 200);
    EXPECT_FALSE(idle[CostForecastBy::cpi].at_completion);
    EXPECT_FALSE(idle[TimeForecastBy::planned_value_spi]);
    near(idle[TimeForecastBy::planned_value], 7.5);
    near(idle[TimeForecastBy::earned_schedule], 10);
    EXPECT_FALSE(idle[TimeForecastBy::earned_schedule_spi_t]);
}

TEST(ValueIndices, Item61NothingPlannedNothingSpentOrMoreEarnedThanThereIs) {
    const ValueIndices index = value_indices({.budget = 100, .planned = 0, .earned = 150, .actual = 0});
    EXPECT_FALSE(index.spi);
    EXPECT_FALSE(index.cpi);
    EXPECT_FALSE(index.spi_t);
    near(index.tcpi, -0.5);
    near(index[CostForecastBy::plan].to_complete, -50);
    EXPECT_FALSE(index[CostForecastBy::cpi].at_completion);
    EXPECT_FALSE(index[TimeForecastBy::planned_value_spi]);
}

TEST(ValueIndicesLaw, AreFiniteOrUnset) {
    Random random(7);
    const std::int64_t top = std::int64_t{1} << 62;
    for (std::uint64_t i = 0; i < ::given::law_cases(200'000); ++i) {
        const auto any = [&](std::int64_t most) { return random.chance(1, 3) ? 0 : random.between(0, most); };
        ValueSums sums;
        sums.budget = any(random.chance(1, 2) ? 3 : top);
        sums.planned = random.between(0, sums.budget);
        sums.earned = random.between(0, sums.budget);
        if (random.chance(2, 3)) sums.actual = any(random.chance(1, 2) ? 3 : top) - any(2);
        sums.actual_time = any(4);
        sums.planned_duration = any(4);
        if (sums.budget > 0 && sums.planned_duration > 0)
            sums.earned_schedule = WorkTime{random.between(0, sums.planned_duration - 1), random.between(0, 1), 2};
        const ValueIndices index = value_indices(sums);
        std::vector<std::optional<double>> all{index.spi,           index.cpi,   index.sci,   index.tcpi,
                                               index.time_variance, index.spi_t, index.sci_t, index.tspi_t};
        for (const CostForecast& forecast : index.cost)
            all.insert(all.end(), {forecast.at_completion, forecast.to_complete, forecast.variance});
        all.insert(all.end(), index.duration.begin(), index.duration.end());
        for (const auto& value : all)
            ASSERT_TRUE(!value || std::isfinite(*value));
        ASSERT_EQ(index.spi.has_value(), sums.planned != 0);
        ASSERT_EQ(index.cpi.has_value(), sums.actual.value_or(0) != 0);
        ASSERT_EQ(index.spi_t.has_value(), sums.earned_schedule && sums.actual_time != 0);
        ASSERT_EQ(index[CostForecastBy::cpi].at_completion.has_value(), index.cpi.value_or(0) != 0);
    }
}

TEST(EarnedValue, LeavesOutWhatHasNoDataAndSaysSo) {
    Draft draft = by_hand();
    draft.ledger[Id<Fact>(1)].evidence.clear();  // A's percentage
    const EarnedValueReport report = value_of(Plan(draft), day("2025-03-14"));
    EXPECT_TRUE(found(report.findings, "value_not_reported", "counties[0]"));
    EXPECT_EQ(report.findings.size(), 1U) << "one for all tasks of a county";
    const EarnedValue& county = report.counties[Id<County>(0)];
    EXPECT_EQ(county.left_out, (ValueLeftOut{1, 100'000, 100'000}));
    EXPECT_EQ(county.sums.budget, 400'000) << "B is not due and counts";
    EXPECT_EQ(county.sums.planned, 120'000);
    EXPECT_EQ(county.sums.earned, 120'000);
    EXPECT_EQ(county.sums.actual, 120'000);
    EXPECT_EQ(report.tasks[Id<Task>(0)].left_out.budget, 100'000);
}

TEST(EarnedValue, HasNoCostIndexWhereCostsAreMissing) {
    Draft draft = by_hand();
    draft.ledger[Id<Fact>(3)].field = "remark";
    const EarnedValueReport report = value_of(Plan(draft), day("2025-03-14"));
    EXPECT_TRUE(found(report.findings, "spending_not_reported", "counties[0]"));
    EXPECT_EQ(report.tasks[Id<Task>(0)].without_actual, 1U);
    const EarnedValue& county = report.counties[Id<County>(0)];
    EXPECT_EQ(county.without_actual, 1U);
    EXPECT_FALSE(county.sums.actual);
    EXPECT_FALSE(county.indices().cpi);
    EXPECT_FALSE(county.indices()[CostForecastBy::plan].at_completion);
    near(county.indices().spi_t, 7.0 / 9);
    EXPECT_EQ(report.tasks[Id<Task>(1)].sums.actual, 0) << "not started";
}

TEST(EarnedValue, SetsALumpAsideThatIsMoreThanTheWhole) {
    Draft draft = by_hand();
    draft.ledger[Id<Fact>(0)].value = "2000.01";
    const EarnedValueReport report = value_of(Plan(draft), day("2025-03-14"));
    EXPECT_TRUE(found(report.findings, "start_value_too_large", "tasks[2].budget"));
    EXPECT_EQ(report.tasks[Id<Task>(2)].sums.planned, 100'000);
}

TEST(EarnedValue, CountsCancelledTasksNowhere) {
    Draft draft = by_hand();
    add_goal(draft, "H", "G");
    draft.tasks[Id<Task>(2)].goal = "H";
    report_at(draft, "A", "status", "cancelled", "2025-03-17");
    report(draft, "H", Noun::goal, "status", "cancelled", "2025-03-18", "2025-03-18");
    const Plan plan(draft);
    const auto budget = [&](const char* when) { return value_of(plan, day(when)).counties[Id<County>(0)].sums.budget; };
    EXPECT_EQ(budget("2025-03-14"), 500'000);
    EXPECT_EQ(budget("2025-03-17"), 400'000 - 200'000) << "B is due and without data";
    EXPECT_EQ(budget("2025-03-18"), 0);
    EXPECT_EQ(value_of(plan, day("2025-03-18")).tasks[Id<Task>(0)], EarnedValue{});
}

TEST(EarnedValue, CountsPointsAndExpertDaysByTheirFacts) {
    Draft draft = three_tasks();
    report_at(draft, "A", "percent", "50", "2025-03-07");
    report_at(draft, "A", "points", "30", "2025-03-03");
    report_at(draft, "A", "points_spent", "12.50", "2025-03-07");
    report_at(draft, "A", "expert_days", "8", "2025-03-03");
    report_at(draft, "A", "expert_days_at_start", "2", "2025-03-03");
    report_at(draft, "A", "expert_days_spent", "6", "2025-03-07");
    const Plan plan(draft);
    const EarnedValueReport points = value_of(plan, day("2025-03-07"), ValueUnit::points);
    EXPECT_EQ(points.unit, ValueUnit::points);
    EXPECT_EQ(points.whole.sums.budget, 3000);
    EXPECT_EQ(points.whole.sums.planned, 1500);
    EXPECT_EQ(points.whole.sums.earned, 1500);
    near(points.whole.indices().cpi, 1.2);
    const EarnedValueReport days = value_of(plan, day("2025-03-07"), ValueUnit::expert_days);
    EXPECT_EQ(days.whole.sums.planned, 200 + 300);
    EXPECT_EQ(days.whole.sums.earned, 200 + 300);
    near(days.whole.indices().cpi, 5.0 / 6);
}

TEST(EarnedValue, CountsTheTimeOfEachAreaOnItsOwnDays) {
    Draft draft = by_hand();
    draft.calendar.push_back({.scope = "450000", .date = day("2025-03-05"), .kind = DayKind::off});
    draft.calendar.push_back({.scope = "451024", .date = day("2025-03-06"), .kind = DayKind::off});
    const EarnedValueReport report = value_of(Plan(draft), day("2025-03-14"));
    EXPECT_EQ(report.counties[Id<County>(0)].sums.actual_time, 8);
    EXPECT_EQ(report.goals[Id<Goal>(0)].sums.actual_time, 8);
    EXPECT_EQ(report.provinces.at(0).value.sums.actual_time, 9);
    EXPECT_EQ(report.whole.sums.actual_time, 10);
}

TEST(EarnedValue, LeavesOutWhatStartedEarlyWithoutDataButNotWhatIsWorthNothing) {
    Draft draft = by_hand();
    report_at(draft, "B", "started", "2025-03-10", "2025-03-10");
    add_task(draft, "Z", "G", Measurement::zero_hundred);
    report_at(draft, "Z", "started", "2025-03-10", "2025-03-10");
    const EarnedValue county = value_of(Plan(draft), day("2025-03-14")).counties[Id<County>(0)];
    EXPECT_EQ(county.left_out, (ValueLeftOut{1, 200'000, 0}));
    EXPECT_EQ(county.without_actual, 0U);
    EXPECT_EQ(county.sums.actual, 200'000);
}

TEST(EarnedValue, GoesByTheDatesThatWereAgreed) {
    Draft draft = by_hand();
    const Plan first(draft);
    const Baseline agreed("B1", day("2025-03-01"), first, schedule(first));
    draft.tasks[Id<Task>(0)].duration = WorkDays(30);
    add_task(draft, "NEW", "G", Measurement::loe, {}, 100);
    const Plan later(draft);
    const Tracking tracking = track(later, day("2025-03-14"));
    const Ledger ledger(later);
    EarnedValueInput input{ledger, tracking.planned, tracking.progress, tracking.roll_up, tracking.as_of};
    EXPECT_EQ(earned_value(input).tasks[Id<Task>(0)].sums.planned, 33'333);
    input.agreed = &agreed;
    const EarnedValueReport report = earned_value(input);
    const EarnedValueReport before = value_of(first, day("2025-03-14"));
    for (const Id<Task> id : before.tasks.ids())
        EXPECT_EQ(report.tasks[id], before.tasks[id]);
    EXPECT_EQ(report.tasks[Id<Task>(3)].sums.planned, 10'000) << "agreed by nobody: as planned";
    EXPECT_EQ(report.whole.sums.planned, before.whole.sums.planned + 10'000);
}

TEST(EarnedValue, FindsEachTaskOfABaselineInWhateverOrderTheyStand) {
    Random random(3);
    Draft draft = county();
    add_goal(draft, "G");
    std::vector<std::string> ids;
    for (int i = 0; i < 300; ++i)
        ids.push_back("T" + std::to_string(i));
    for (const bool shuffled : {false, true}) {
        if (shuffled) {
            for (std::size_t i = ids.size(); i-- > 1;)
                std::swap(ids[i], ids[random.below(i + 1)]);
        }
        draft.tasks.clear();
        for (const std::string& id : ids)
            add_task(draft, id, "G", Measurement::loe, {}, 1 + std::stoi(id.substr(1)));
        Draft then = draft;
        then.tasks.clear();
        for (const std::string& id : ids) {
            if (id != "T7" && id != "T250")
                add_task(then, id, "G", Measurement::loe, {}, 1000 + std::stoi(id.substr(1)));
        }
        const Plan earlier(then);
        const Baseline agreed("then", day("2025-01-01"), earlier, schedule(earlier));
        const Plan plan(draft);
        const Tracking tracking = track(plan, day("2025-01-10"));
        const Ledger ledger(plan);
        const EarnedValueReport report = earned_value({.ledger = ledger,
                                                       .planned = tracking.planned,
                                                       .progress = tracking.progress,
                                                       .roll_up = tracking.roll_up,
                                                       .as_of = tracking.as_of,
                                                       .agreed = &agreed});
        for (const Id<Task> id : draft.tasks.ids()) {
            const BaselineTask* const found = agreed.find(draft.tasks[id].id);
            const Money wanted = found == nullptr ? draft.tasks[id].budget : found->budget;
            ASSERT_EQ(report.tasks[id].sums.budget, wanted.fen()) << draft.tasks[id].id;
        }
    }
}

TEST(EarnedValue, LetsApportionedTasksEarnWhatTheRestEarns) {
    Draft draft = by_hand();
    add_task(draft, "D", "G", Measurement::apportioned, {}, 100);
    const Plan plan(draft);
    const Tracking tracking = track(plan, day("2025-03-14"));
    const double share = *tracking.roll_up.goals[Id<Goal>(0)].value;
    EXPECT_EQ(value_of(plan, day("2025-03-14")).tasks[Id<Task>(3)].sums.earned, std::llround(share * 10'000));
}

TEST(EarnedValue, KeepsTheLargestAmountsOfAPlanExact) {
    Draft draft = three_tasks();
    for (const char* const task : {"A", "B", "C"})
        report_at(draft, task, "points", "1000000000000", "2025-03-03");
    report_at(draft, "A", "percent", "100", "2025-03-03");
    EXPECT_EQ(value_of(Plan(draft), day("2025-03-03"), ValueUnit::points).whole.sums.earned, 100'000'000'000'000);
    report_at(draft, "A", "points", "1000000000000.01", "2025-03-03");
    EXPECT_THROW((void)Plan(draft), InvalidPlan);
}

TEST(TimePerformance, LeavesOutWhatIsOnlyBetweenMilestones) {
    Draft draft = by_hand();
    const auto index = [&] { return time_performance(value_of(Plan(draft), day("2025-03-14"))); };
    near(index().counties[Id<County>(0)], 7.0 / 9);
    near(index().goals[Id<Goal>(0)], 7.0 / 9);
    near(index().tasks[Id<Task>(0)], 0.6);
    EXPECT_FALSE(index().tasks[Id<Task>(1)]);
    Draft marks = county();
    add_goal(marks, "G");
    for (const char* id : {"M1", "M2", "M3"}) {
        Task& row = marks.tasks[add_task(marks, id, "G", Measurement::zero_hundred, {}, 100)];
        row.duration = WorkDays(0);
        row.milestone = true;
        row.not_before = day(id[1] == '1' ? "2025-03-03" : id[1] == '2' ? "2025-04-07" : "2025-05-06");
    }
    for (const auto& [id, when] : {std::pair("M1", "2025-03-03"), std::pair("M2", "2025-04-07")}) {
        report_at(marks, id, "started", when, when);
        report_at(marks, id, "finished", when, when);
    }
    const EarnedValueReport between = value_of(Plan(marks), day("2025-04-21"));
    EXPECT_EQ(between.goals[Id<Goal>(0)].sums.earned, between.goals[Id<Goal>(0)].sums.planned);
    EXPECT_LT(*between.goals[Id<Goal>(0)].indices().spi_t, 1.0);
    EXPECT_FALSE(time_performance(between).goals[Id<Goal>(0)]);
}

/// Counties of two provinces, days off of all scopes, goals in goals, links, milestones, school time.
Draft random_programme(Random& random) {
    Draft draft = county();
    draft.period = {day("2025-01-06"), day("2025-12-31")};
    for (const char* code : {"451026", "522301"}) {
        County row;
        row.code = *Code::parse(code);
        draft.counties.push_back(row);
    }
    const std::string scopes[] = {"", "450000", "451024", "522301"};
    std::set<std::pair<std::string, std::int64_t>> used;
    for (std::int64_t i = random.between(0, 12); i > 0; --i) {
        const std::string& scope = scopes[random.below(4)];
        const std::int64_t after = random.between(0, 80);
        if (!used.insert({scope, after}).second) continue;
        draft.calendar.push_back({.scope = scope,
                                  .date = draft.period.from + std::chrono::days(after),
                                  .kind = random.chance(1, 4) ? DayKind::work : DayKind::off});
    }
    if (random.chance(1, 2)) draft.terms.push_back({.from = day("2025-01-20"), .to = day("2025-03-07")});
    const std::int64_t goals = random.between(1, 5);
    for (std::int64_t i = 0; i < goals; ++i) {
        const auto id = add_goal(draft, "G" + std::to_string(i));
        draft.goals[id].county = draft.counties[Id<County>(random.below(3))].code;
        if (i == 0 || random.chance(1, 2)) continue;
        const Id<Goal> above(random.below(static_cast<std::uint64_t>(i)));
        draft.goals[id].parent = draft.goals[above].id;
        draft.goals[id].county = draft.goals[above].county;
    }
    const std::int64_t tasks = random.between(1, 9);
    for (std::int64_t i = 0; i < tasks; ++i) {
        const Id<Goal> goal(random.below(draft.goals.size()));
        const std::string id = "T" + std::to_string(i);
        const Measurement methods[] = {Measurement::percent, Measurement::loe, Measurement::zero_hundred,
                                       Measurement::apportioned};
        Task& row = draft.tasks[add_task(draft, id, draft.goals[goal].id, methods[random.below(4)], {},
                                         random.chance(1, 6) ? 0 : random.between(1, 900))];
        row.county = draft.goals[goal].county;
        row.duration = WorkDays(random.chance(1, 5) ? 0 : random.between(1, 25));
        row.milestone = row.duration.count() == 0;
        if (random.chance(1, 4)) row.calendar = CalendarKind::teaching;
        if (random.chance(1, 3)) row.not_before = draft.period.from + std::chrono::days(random.between(0, 40));
        if (i > 0 && random.chance(1, 2))
            draft.links.push_back(
                {.predecessor = "T" + std::to_string(random.below(static_cast<std::uint64_t>(i))), .successor = id});
        const auto when = to_text(draft.period.from);
        if (random.chance(1, 3))
            report_at(draft, id, "cost_at_start", std::to_string(random.between(0, 20)), when.c_str());
        if (random.chance(1, 2)) report_at(draft, id, "percent", std::to_string(random.below(101)), when.c_str());
        if (random.chance(1, 3)) report_at(draft, id, "started", when, when.c_str());
        if (random.chance(2, 3)) report_at(draft, id, "cost", std::to_string(random.between(0, 500)), when.c_str());
        if (random.chance(1, 12)) report_at(draft, id, "status", "cancelled", when.c_str());
    }
    return draft;
}

/// Planned value by walking through mornings and evenings from a day before everything on, counting days worked.
class DayByDay {
  public:
    struct Part {
        std::int64_t budget = 0, lump = 0, duration = 0, earned = 0;
        Day start{}, finish{};
        const Calendar* calendar = nullptr;
    };
    DayByDay(std::vector<Part> parts, const Calendar& clock, Day first, Day last) : parts_(std::move(parts)) {
        values_.resize(parts_.size());
        std::vector<std::int64_t> worked(parts_.size(), 0);
        std::int64_t time = 0;
        for (Day today = first; today <= last; today = today + std::chrono::days(1)) {
            for (const bool evening : {false, true}) {
                if (evening && clock.is_working(today)) ++time;
                Moment moment{.time = time};
                for (std::size_t i = 0; i < parts_.size(); ++i) {
                    const Part& part = parts_[i];
                    const bool begun = part.duration > 0 ? part.start <= today
                                                         : part.finish < today || (evening && part.finish == today);
                    const bool inside = evening && part.duration > 0 && part.start <= today && today <= part.finish;
                    if (inside && part.calendar->is_working(today)) ++worked[i];
                    std::int64_t value = 0;
                    if (begun && part.duration > 0) {
                        const std::int64_t rest = (part.budget - part.lump) * worked[i];
                        value = part.lump + (2 * rest + part.duration) / (2 * part.duration);
                    } else if (begun) {
                        value = part.budget;
                    }
                    const bool first_seen = begun && (part.duration > 0 ? !evening && part.start == today
                                                                        : evening && part.finish == today);
                    const std::int64_t jump = !first_seen ? 0 : part.duration > 0 ? part.lump : part.budget;
                    moment.jump += jump;
                    moment.sum += value;
                    values_[i].push_back({value, jump});
                }
                moments_.push_back(moment);
            }
        }
    }

    [[nodiscard]] ValueSums sums(Day first, Day now) const {
        ValueSums out;
        std::size_t from = moments_.size();
        std::size_t to = 0;
        for (const Part& part : parts_) {
            out.budget += part.budget;
            out.earned += part.earned;
            const auto start = static_cast<std::size_t>((part.start - first).count()) * 2;
            const auto finish = static_cast<std::size_t>((part.finish - first).count()) * 2 + 1;
            from = std::min(from, part.duration > 0 ? start : finish);
            to = std::max(to, finish);
        }
        const auto at = static_cast<std::size_t>((now - first).count()) * 2 + 1;
        out.planned = moments_[at].sum;
        if (parts_.empty()) return out;
        out.actual_time = std::max<std::int64_t>(0, moments_[at].time - moments_[from].time);
        out.planned_duration = moments_[to].time - moments_[from].time;
        return out;
    }

    /// Earned schedule in days from `first` on and the p-factor.
    void invert(std::int64_t earned, double& time, std::optional<double>& adherence) const {
        std::size_t from = 0;
        while (moments_[from].sum == 0 && !begins(from))
            ++from;
        std::size_t at = from;
        while (moments_[at].sum < earned)
            ++at;
        long double part = 1;
        if (at > from && earned <= moments_[at].sum - moments_[at].jump) {
            const std::int64_t last = moments_[at - 1].sum;
            part = static_cast<long double>(earned - last) /
                   static_cast<long double>(moments_[at].sum - moments_[at].jump - last);
        }
        const std::int64_t before = at == from ? moments_[at].time : moments_[at - 1].time;
        time = static_cast<double>(before - moments_[from].time + part * (moments_[at].time - before));
        long double all = 0;
        long double kept = 0;
        for (std::size_t i = 0; i < parts_.size(); ++i) {
            const auto& here = values_[i][at];
            long double due = here.value;
            if (part < 1) due = values_[i][at - 1].value + part * (here.value - here.jump - values_[i][at - 1].value);
            all += due;
            kept += std::min(due, static_cast<long double>(parts_[i].earned));
        }
        if (all > 0) adherence = static_cast<double>(kept / all);
    }

  private:
    struct Moment {
        std::int64_t time = 0, sum = 0, jump = 0;
    };
    struct Value {
        std::int64_t value = 0, jump = 0;
    };
    /// Whether some part starts here, although it is worth nothing yet.
    [[nodiscard]] bool begins(std::size_t at) const {
        return std::ranges::any_of(parts_, [&](const Part& part) {
            const auto day_number = origin_number() + static_cast<std::int64_t>(at / 2);
            return part.duration > 0 ? at % 2 == 0 && part.start.number() == day_number
                                     : at % 2 == 1 && part.finish.number() == day_number;
        });
    }
    [[nodiscard]] static std::int64_t origin_number() { return day("2025-01-01").number(); }

    std::vector<Part> parts_;
    std::vector<std::vector<Value>> values_;
    std::vector<Moment> moments_;
};

TEST(EarnedValueLaw, AgreesWithWalkingThroughTheDays) {
    std::size_t inverted = 0;
    for (std::uint64_t seed = 0; seed < ::given::law_cases(20'000); ++seed) {
        SCOPED_TRACE(seed);
        Random random(seed);
        const Draft draft = random_programme(random);
        const Plan plan(draft);
        const Day now = draft.period.from + std::chrono::days(random.between(0, 100));
        const Tracking tracking = track(plan, now);
        const Ledger ledger(plan);
        const EarnedValueReport report =
            earned_value({ledger, tracking.planned, tracking.progress, tracking.roll_up, tracking.as_of});
        const Day first = day("2025-01-01");
        Day last = now;
        for (const TaskDates& dates : tracking.planned.tasks)
            last = std::max(last, dates.early_finish);
        const auto below = [&](Id<Task> task, const EarnedValue& alone, DayByDay::Part& part) {
            const TaskDates& dates = tracking.planned.tasks[task];
            const Id<Fact> lump = ledger.find({Noun::task, draft.tasks[task].id}, "cost_at_start", tracking.as_of);
            part.budget = alone.sums.budget;
            part.lump = lump ? Money::parse(ledger[lump].value)->fen() : 0;
            if (part.lump > part.budget) part.lump = 0;
            part.duration = draft.tasks[task].duration.count();
            part.earned = alone.sums.earned;
            part.start = dates.early_start;
            part.finish = dates.early_finish;
            part.calendar = &tracking.planned.calendars()[dates.calendar];
        };
        const auto compare = [&](const EarnedValue& value, const Calendar& clock,
                                 const std::function<bool(Id<Task>)>& inside) {
            std::vector<DayByDay::Part> parts;
            ValueLeftOut left_out;
            std::optional<std::int64_t> actual = 0;
            for (const Id<Task> id : draft.tasks.ids()) {
                if (!inside(id) || tracking.progress.tasks[id].cancelled) continue;
                const EarnedValue& alone = report.tasks[id];
                left_out.tasks += alone.left_out.tasks;
                left_out.budget += alone.left_out.budget;
                left_out.planned += alone.left_out.planned;
                const Earned& earned = tracking.progress.tasks[id];
                const bool no_data =
                    earned.apportioned ? !tracking.roll_up.goals[plan.goal_of(id)].value : !earned.value;
                if (no_data && (earned.started || tracking.planned.tasks[id].early_start <= now)) {
                    ASSERT_EQ(alone.left_out.budget, draft.tasks[id].budget.fen());
                    continue;
                }
                below(id, alone, parts.emplace_back());
                actual = actual && alone.sums.actual ? std::optional(*actual + *alone.sums.actual) : std::nullopt;
            }
            const DayByDay walk(parts, clock, first, last);
            ValueSums wanted = walk.sums(first, now);
            wanted.actual = actual;
            ValueSums got = value.sums;
            EXPECT_EQ(got.earned_schedule.has_value(), wanted.budget > 0 && wanted.planned_duration > 0);
            if (got.earned_schedule) {
                double time = 0;
                std::optional<double> adherence;
                walk.invert(wanted.earned, time, adherence);
                EXPECT_NEAR(got.earned_schedule->value(), time, 1e-9);
                EXPECT_LE(got.earned_schedule->value(), static_cast<double>(got.planned_duration));
                ASSERT_EQ(value.adherence.has_value(), adherence.has_value());
                if (adherence) {
                    EXPECT_NEAR(*value.adherence, *adherence, 1e-9);
                }
                ++inverted;
            }
            wanted.earned_schedule = got.earned_schedule;
            EXPECT_EQ(got, wanted);
            EXPECT_EQ(value.left_out, left_out);
        };
        for (const Id<Task> id : draft.tasks.ids()) {
            if (tracking.progress.tasks[id].cancelled) {
                EXPECT_EQ(report.tasks[id], EarnedValue{});
                continue;
            }
            compare(report.tasks[id], tracking.planned.calendars()[tracking.planned.tasks[id].calendar],
                    [&](Id<Task> task) { return task == id; });
        }
        for (const Id<Goal> id : draft.goals.ids())
            compare(report.goals[id], calendar_of(plan, plan.county_of(id), CalendarKind::office), [&](Id<Task> task) {
                Id<Goal> goal = plan.goal_of(task);
                while (goal && goal != id)
                    goal = plan.parent_of(goal);
                return goal == id;
            });
        ValueSums all;
        std::int64_t spent = 0;
        for (const Id<County> id : draft.counties.ids()) {
            compare(report.counties[id], calendar_of(plan, id, CalendarKind::office),
                    [&](Id<Task> task) { return plan.county_of(task) == id; });
            all.budget += report.counties[id].sums.budget;
            all.planned += report.counties[id].sums.planned;
            all.earned += report.counties[id].sums.earned;
            spent += report.counties[id].sums.actual.value_or(0);
        }
        EXPECT_EQ(report.whole.sums.budget, all.budget);
        EXPECT_EQ(report.whole.sums.planned, all.planned);
        EXPECT_EQ(report.whole.sums.earned, all.earned);
        if (report.whole.sums.actual) {
            EXPECT_EQ(*report.whole.sums.actual, spent);
        }
        ASSERT_EQ(report.provinces.size(), 2U);
        EXPECT_EQ(report.provinces[0].value.sums.planned + report.provinces[1].value.sums.planned, all.planned);
        if (::testing::Test::HasFailure()) return;
    }
    EXPECT_GT(inverted, 100U);
}

// Everything is level of effort and nothing starts with a lump: what is earned is what is planned.
TEST(EarnedValueLaw, PlannedValueGrowsToTheWholeAndEarnedScheduleInvertsIt) {
    std::size_t strict = 0;
    for (std::uint64_t seed = 0; seed < ::given::law_cases(600); ++seed) {
        SCOPED_TRACE(seed);
        Random random(seed);
        Draft draft = random_programme(random);
        draft.ledger.clear();
        for (const Id<Task> id : draft.tasks.ids()) {
            draft.tasks[id].method = Measurement::loe;
            draft.tasks[id].budget = Money(draft.tasks[id].duration.count() * random.between(0, 50));
        }
        const Plan plan(draft);
        const Schedule planned = schedule(plan);
        const Ledger ledger(plan);
        Day last = draft.period.from;
        for (const TaskDates& dates : planned.tasks)
            last = std::max(last, dates.early_finish);
        std::optional<ValueSums> before;
        for (Day now = draft.period.from; now <= last + std::chrono::days(2); now = now + std::chrono::days(1)) {
            const AsOf as_of{now, now};
            const ProgressReport progress = progress_of(ledger, planned, planned, as_of);
            const EarnedValue value = earned_value({ledger, planned, progress, roll_up(plan, progress, as_of), as_of})
                                          .counties[Id<County>(0)];
            ASSERT_EQ(value.sums.earned, value.sums.planned);
            if (before) {
                ASSERT_GE(value.sums.planned, before->planned);
                if (value.sums.earned_schedule) {
                    ASSERT_LE(value.sums.earned_schedule->value(), static_cast<double>(value.sums.actual_time));
                    const bool grows =
                        value.sums.planned > before->planned && value.sums.actual_time == before->actual_time + 1;
                    if (grows) {
                        ASSERT_EQ(*value.sums.earned_schedule, (WorkTime{value.sums.actual_time, 0, 1}));
                        ++strict;
                    }
                    if (value.sums.earned > 0) near(value.adherence, 1.0);
                }
            }
            if (now >= last) {
                ASSERT_EQ(value.sums.planned, value.sums.budget);
            }
            before = value.sums;
        }
    }
    EXPECT_GT(strict, 20U);
}

TEST(EarnedValueMessages, AreListedOnceAndSpeakBothLanguages) {
    std::set<std::string_view> codes;
    for (const MessageText* row : message::all_earned_value_messages)
        EXPECT_TRUE(codes.insert(row->code).second) << row->code;
    EXPECT_EQ(codes.size(), 3U);
}

}  // namespace
}  // namespace countyplan
