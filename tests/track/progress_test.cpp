#include <countyplan/track/progress.hpp>

#include <iterator>
#include <optional>
#include <string>

#include <gtest/gtest.h>

#include <countyplan/track/track.hpp>

#include "given/progress.hpp"

namespace countyplan {
namespace {

using namespace given;

TEST(Progress, EarnsByEachMethod) {
    Draft draft = county();
    add_goal(draft, "G");
    add_goal(draft, "K");
    add_indicator(draft, "I", "K", 20, 40, Direction::up);
    struct Row {
        Measurement method;
        const char* field;
        const char* value;
        std::optional<double> earned;
    };
    const Row rows[] = {
        {Measurement::zero_hundred, "", "", std::nullopt},  // no fact is no zero
        {Measurement::zero_hundred, "started", "2025-01-06", 0.0},
        {Measurement::zero_hundred, "finished", "2025-01-20", 1.0},
        {Measurement::fifty_fifty, "started", "2025-01-06", 0.5},
        {Measurement::twenty_eighty, "started", "2025-01-06", 0.2},
        {Measurement::twenty_eighty, "finished", "2025-01-20", 1.0},
        {Measurement::percent, "percent", "35", 0.35},
        {Measurement::percent, "started", "2025-01-06", std::nullopt},
        {Measurement::weighted_steps, "step", "3/4", 0.75},
        {Measurement::units, "units", "6", std::nullopt},                   // of how many?
        {Measurement::loe, "", "", 1.0},                                    // its planned ten days are over
        {Measurement::kpi_linear, "finished", "2025-01-20", std::nullopt},  // its goal has no indicator
    };
    for (const Row& row : rows) {
        const std::string id = "T" + std::to_string(draft.tasks.size());
        add_task(draft, id, "G", row.method);
        if (*row.field != '\0') report(draft, id, Noun::task, row.field, row.value);
    }
    const Id<Task> units = add_task(draft, "U", "G", Measurement::units);
    report(draft, "U", Noun::task, "units", "6");
    report(draft, "U", Noun::task, "units_total", "8");
    const Id<Task> linear = add_task(draft, "KL", "K", Measurement::kpi_linear);
    const Id<Task> threshold = add_task(draft, "KT", "K", Measurement::kpi_threshold);
    report(draft, "I", Noun::indicator, "value", "35");
    const Plan plan(draft);
    const Tracking result = track(plan, day("2025-03-31"));
    for (std::size_t i = 0; i < std::size(rows); ++i)
        EXPECT_EQ(result.progress.tasks[Id<Task>(i)].value, rows[i].earned) << i;
    EXPECT_EQ(result.progress.tasks[units].value, 0.75);
    EXPECT_EQ(result.progress.tasks[linear].value, 0.75);
    EXPECT_EQ(result.progress.tasks[threshold].value, 0.0);
    EXPECT_EQ(result.progress.tasks[Id<Task>(0)].status, ProgressStatus::unknown);
    EXPECT_EQ(result.progress.tasks[Id<Task>(1)].status, ProgressStatus::overdue);
    EXPECT_EQ(result.progress.tasks[Id<Task>(2)].status, ProgressStatus::complete);
    EXPECT_TRUE(found(result.progress.findings, "no_single_indicator", "tasks[11].method"));
    EXPECT_TRUE(verify(plan, result));
}

TEST(Progress, AddsUpStepsByTheirWeights) {
    Draft draft = county();
    add_goal(draft, "G");
    const Id<Task> named = add_task(draft, "N", "G", Measurement::weighted_steps);
    report(draft, "N", Noun::task, "step_weight.survey", "2");
    report(draft, "N", Noun::task, "step_weight.draft", "5");
    report(draft, "N", Noun::task, "step_weight.sign", "3");
    const Id<Task> both = add_task(draft, "B", "G", Measurement::weighted_steps);
    report(draft, "B", Noun::task, "step_weight.all", "0");
    report(draft, "B", Noun::task, "step_done.all", "1");
    const Plan silent(draft);
    EXPECT_FALSE(track(silent, day("2025-03-31")).progress.tasks[named].value) << "no step is reported on";
    report(draft, "N", Noun::task, "step_done.survey", "1");
    report(draft, "N", Noun::task, "step_done.draft", "0.5", "2025-02-10", "2025-02-10");
    const Tracking result = track(Plan(draft), day("2025-03-31"));
    EXPECT_EQ(result.progress.tasks[named].value, 0.45);
    EXPECT_EQ(result.progress.tasks[named].evidence, day("2025-02-10"));
    EXPECT_FALSE(result.progress.tasks[both].value);
    EXPECT_TRUE(found(result.progress.findings, "undefined_ratio", "ledger[3].value"));
    EXPECT_EQ(track(Plan(draft), day("2025-02-09")).progress.tasks[named].value, 0.2);
}

TEST(Progress, ReadsRatesByTheirCountsAndKeepsTheGroups) {
    Draft draft = county();
    add_goal(draft, "G");
    const auto rate = add_indicator(draft, "R", "G", 50, 75, Direction::up);
    draft.indicators[rate].kind = IndicatorKind::percent;
    report(draft, "R", Noun::indicator, "value", "52", "2025-01-10", "2025-01-10");
    report(draft, "R", Noun::indicator, "rate.girls", "30/40");
    report(draft, "R", Noun::indicator, "rate.boys", "30/60", "2025-02-01");
    const Tracking result = track(Plan(draft), day("2025-03-31"));
    const Earned& earned = result.progress.indicators[rate];
    EXPECT_EQ(earned.reading, 60.0) << "not the mean of 75 % and 50 %";
    EXPECT_EQ(earned.value, 0.4);
    EXPECT_EQ(earned.evidence, day("2025-02-01"));
    ASSERT_EQ(earned.groups.size(), 3U);
    EXPECT_EQ(earned.groups[0].value(), 0.6);
    EXPECT_EQ(earned.groups[1].group, "boys");
    EXPECT_EQ(earned.groups[2].value(), 0.75);
    EXPECT_EQ(track(Plan(draft), day("2025-01-31")).progress.indicators[rate].reading, 52.0);
    report(draft, "R", Noun::indicator, "rate", "0/0", "2025-03-01", "2025-03-01");
    report(draft, "R", Noun::indicator, "rate.other", "many", "2025-03-01", "2025-03-01");
    const Tracking empty = track(Plan(draft), day("2025-03-31"));
    EXPECT_FALSE(empty.progress.indicators[rate].reading) << "nobody of nobody is no rate";
    EXPECT_TRUE(found(empty.progress.findings, "undefined_ratio", "ledger[3].value"));
    EXPECT_TRUE(found(empty.progress.findings, "fact_unreadable", "ledger[4].value"));
}

TEST(Progress, AsksForEvidenceOfAPercentageUnlessToldOtherwise) {
    Draft draft = county();
    add_goal(draft, "G");
    const Id<Task> task = add_task(draft, "T", "G", Measurement::percent);
    report(draft, "T", Noun::task, "percent", "40", "2025-02-03", "2025-02-03", "");
    const Plan plan(draft);
    EXPECT_FALSE(track(plan, day("2025-03-31")).progress.tasks[task].value);
    TrackOptions options;
    options.progress.evidence_for_percent = false;
    EXPECT_EQ(track(plan, day("2025-03-31"), options).progress.tasks[task].value, 0.4);
}

TEST(Progress, IndicatorsEarnInBothDirections) {
    Draft draft = county();
    add_goal(draft, "G");
    const auto up = add_indicator(draft, "UP", "G", 20, 40, Direction::up);
    const auto down = add_indicator(draft, "DOWN", "G", 30, 5, Direction::down);
    const auto past = add_indicator(draft, "PAST", "G", 20, 40, Direction::up);
    const auto silent = add_indicator(draft, "SILENT", "G", 20, 40, Direction::up);
    report(draft, "UP", Noun::indicator, "value", "25");
    report(draft, "DOWN", Noun::indicator, "value", "10");
    report(draft, "PAST", Noun::indicator, "value", "55");
    const Tracking result = track(Plan(draft), day("2025-03-31"));
    EXPECT_EQ(result.progress.indicators[up].value, 0.25);
    EXPECT_EQ(result.progress.indicators[down].value, 0.8);
    EXPECT_EQ(result.progress.indicators[past].value, 1.0);
    EXPECT_FALSE(result.progress.indicators[silent].value);
    EXPECT_DOUBLE_EQ(*result.roll_up.goals[Id<Goal>(0)].value, (0.25 + 0.8 + 1.0) / 3);
    EXPECT_DOUBLE_EQ(result.roll_up.goals[Id<Goal>(0)].coverage, 0.75);
}

TEST(Progress, MeasuresAgainstTheTargetThatHolds) {
    Draft draft = county();
    add_goal(draft, "G");
    const auto row = add_indicator(draft, "I", "G", 20, 40, Direction::up);
    report(draft, "I", Noun::indicator, "value", "25");
    report(draft, "I", Noun::indicator, "target", "30", "2025-03-01", "2025-03-01");
    draft.ledger.rows().back().source = "fewer pupils than planned";
    const Plan plan(draft);
    EXPECT_EQ(track(plan, day("2025-02-28")).progress.indicators[row].value, 0.25);
    EXPECT_EQ(track(plan, day("2025-03-01")).progress.indicators[row].value, 0.5);
    EXPECT_EQ(track(plan, day("2025-03-01")).progress.indicators[row].target, 30.0);
}

TEST(ProgressRefusal, Item40UndefinedRatiosAreNamedAndNeverInfinite) {
    Draft draft = county();
    add_goal(draft, "G");
    const auto flat = add_indicator(draft, "FLAT", "G", 20, 21, Direction::up);
    const Id<Task> task = add_task(draft, "U", "G", Measurement::units);
    report(draft, "FLAT", Noun::indicator, "value", "20");
    report(draft, "U", Noun::task, "units", "0");
    report(draft, "U", Noun::task, "units_total", "0");
    draft.indicators[flat].target = 20;  // equal to the baseline
    const Findings refused = check(draft);
    if (!has_errors(refused)) {
        const Tracking result = track(Plan(draft), day("2025-03-31"));
        EXPECT_FALSE(result.progress.indicators[flat].value);
        EXPECT_TRUE(found(result.progress.findings, "undefined_ratio", "indicators[0].target"));
    }
    draft.indicators[flat].target = 21;
    const Tracking result = track(Plan(draft), day("2025-03-31"));
    EXPECT_FALSE(result.progress.tasks[task].value);
    EXPECT_TRUE(found(result.progress.findings, "undefined_ratio", "ledger[1].value"));
}

TEST(Progress, Item41AnActualDateAfterTheDayAskedAboutIsFlaggedAndSetAside) {
    Draft draft = county();
    add_goal(draft, "G");
    const Id<Task> task = add_task(draft, "T", "G", Measurement::zero_hundred);
    report(draft, "T", Noun::task, "started", "2025-01-06");
    report(draft, "T", Noun::task, "finished", "2025-06-01");  // reported in February
    const Plan plan(draft);
    const Tracking early = track(plan, day("2025-03-31"));
    EXPECT_EQ(early.progress.tasks[task].value, 0.0);
    EXPECT_TRUE(found(tracking_findings(early), "fact_not_scheduled", "ledger[1].value"));
    EXPECT_EQ(track(plan, day("2025-06-02")).progress.tasks[task].value, 0.0) << "nobody could know it in February";
    report(draft, "T", Noun::task, "finished", "2025-06-01", "2025-06-01", "2025-06-02");
    EXPECT_EQ(track(Plan(draft), day("2025-06-02")).progress.tasks[task].value, 1.0);
}

}  // namespace
}  // namespace countyplan
