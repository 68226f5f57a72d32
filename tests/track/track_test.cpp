#include <countyplan/track/track.hpp>

#include <cmath>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include <countyplan/solve/random.hpp>
#include <countyplan/track/messages.hpp>

namespace countyplan {
namespace {

Day day(const char* text) { return *Day::parse(text); }

Draft county() {
    Draft draft;
    draft.name = "track";
    draft.period = {day("2025-01-01"), day("2026-12-31")};
    County row;
    row.code = *Code::parse("451024");
    draft.counties.push_back(row);
    return draft;
}

Id<Goal> add_goal(Draft& draft, const std::string& id, const std::string& parent = {},
                  std::optional<double> weight = {}) {
    Goal goal;
    goal.id = id;
    goal.county = draft.counties[Id<County>(0)].code;
    goal.parent = parent;
    goal.weight = weight;
    return draft.goals.push_back(goal);
}

Id<Task> add_task(Draft& draft, const std::string& id, const std::string& goal, Measurement method,
                  std::optional<double> weight = {}, std::int64_t yuan = 0) {
    Task task;
    task.id = id;
    task.county = draft.counties[Id<County>(0)].code;
    task.goal = goal;
    task.duration = WorkDays(10);
    task.method = method;
    task.weight = weight;
    task.budget = Money(yuan * 100);
    return draft.tasks.push_back(task);
}

Id<Indicator> add_indicator(Draft& draft, const std::string& id, const std::string& goal, double baseline,
                            double target, Direction direction) {
    Indicator row;
    row.id = id;
    row.goal = goal;
    row.baseline = baseline;
    row.target = target;
    row.direction = direction;
    return draft.indicators.push_back(row);
}

void report(Draft& draft, const std::string& subject, Noun noun, const std::string& field, const std::string& value,
            const char* valid = "2025-02-03", const char* recorded = "2025-02-03",
            const std::string& evidence = "doc-1") {
    Fact fact;
    fact.id = "F" + std::to_string(draft.ledger.size());
    fact.recorded_at = day(recorded);
    fact.valid_at = day(valid);
    fact.subject = {noun, subject};
    fact.field = field;
    fact.value = value;
    fact.evidence = evidence;
    draft.ledger.push_back(fact);
}

bool found(const Findings& findings, std::string_view code, const std::string& place) {
    for (const Finding& finding : findings) {
        if (finding.message.code() == code && to_text(finding.place) == place) return true;
    }
    return false;
}

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
        {Measurement::weighted_steps, "step", "third", std::nullopt},
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
    EXPECT_TRUE(found(result.progress.findings, "fact_unreadable", "ledger[7].value"));
    EXPECT_TRUE(found(result.progress.findings, "no_single_indicator", "tasks[12].method"));
    EXPECT_TRUE(verify(plan, result));
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
    EXPECT_TRUE(found(early.progress.findings, "actual_after_data_date", "ledger[1].value"));
    EXPECT_EQ(track(plan, day("2025-06-01")).progress.tasks[task].value, 1.0);
}

TEST(RollUp, ExcludesWhatIsMissingAndSaysSo) {
    Draft draft = county();
    const Id<Goal> goal = add_goal(draft, "G");
    add_task(draft, "A", "G", Measurement::percent, 3.0);
    add_task(draft, "B", "G", Measurement::percent, 1.0);
    report(draft, "A", Noun::task, "percent", "50");
    const Plan plan(draft);
    const Tracking result = track(plan, day("2025-03-31"));
    EXPECT_EQ(result.roll_up.goals[goal].value, 0.5);
    EXPECT_EQ(result.roll_up.goals[goal].coverage, 0.75);
    EXPECT_EQ(result.roll_up.goals[goal].mode, WeightMode::explicit_weights);
    EXPECT_EQ(result.roll_up.goals[goal].oldest, day("2025-02-03"));
    EXPECT_EQ(result.roll_up.goals[goal].status, ProgressStatus::open);
    ASSERT_EQ(result.roll_up.provinces.size(), 1U);
    EXPECT_EQ(to_text(result.roll_up.provinces[0].province), "450000");
    EXPECT_EQ(result.roll_up.provinces[0].weighted.value, 0.5);

    TrackOptions options;
    options.roll_up.missing = MissingPolicy::zero;
    EXPECT_EQ(track(plan, day("2025-03-31"), options).roll_up.goals[goal].value, 0.375);
    EXPECT_EQ(track(plan, day("2025-03-31"), options).roll_up.goals[goal].coverage, 0.75);
    options.roll_up.missing = MissingPolicy::fail;
    const Tracking refused = track(plan, day("2025-03-31"), options);
    EXPECT_FALSE(refused.roll_up.counties[Id<County>(0)].value);
    EXPECT_TRUE(found(refused.roll_up.findings, "missing_refused", "tasks[1].id"));
    options.roll_up.missing = MissingPolicy::carry_last;
    options.roll_up.max_age = std::chrono::days(30);
    EXPECT_EQ(track(plan, day("2025-03-05"), options).roll_up.goals[goal].value, 0.5);
    EXPECT_FALSE(track(plan, day("2025-03-06"), options).roll_up.goals[goal].value) << "31 days old";
    options = {};
    options.roll_up.coverage_needed = *Share::from(0.8);
    EXPECT_EQ(track(plan, day("2025-03-31"), options).roll_up.goals[goal].status, ProgressStatus::unknown);
}

TEST(RollUp, RemovesWhatIsCancelledFromThenOn) {
    Draft draft = county();
    const Id<Goal> goal = add_goal(draft, "G");
    add_task(draft, "A", "G", Measurement::percent);
    add_task(draft, "B", "G", Measurement::percent);
    report(draft, "A", Noun::task, "percent", "80");
    report(draft, "B", Noun::task, "percent", "20");
    report(draft, "B", Noun::task, "status", "cancelled", "2025-03-01", "2025-03-01");
    const Plan plan(draft);
    EXPECT_EQ(track(plan, day("2025-02-28")).roll_up.goals[goal].value, 0.5) << "history stays";
    EXPECT_EQ(track(plan, day("2025-03-01")).roll_up.goals[goal].value, 0.8);
    EXPECT_EQ(track(plan, day("2025-03-01")).roll_up.goals[goal].coverage, 1.0);
}

TEST(RollUp, ReportsWeightsThatAreSetAside) {
    Draft draft = county();
    const Id<Goal> goal = add_goal(draft, "G");
    add_task(draft, "A", "G", Measurement::percent, 3.0, 100);
    add_task(draft, "B", "G", Measurement::percent, std::nullopt, 300);
    report(draft, "A", Noun::task, "percent", "100");
    report(draft, "B", Noun::task, "percent", "0");
    const Tracking result = track(Plan(draft), day("2025-03-31"));
    EXPECT_EQ(result.roll_up.goals[goal].value, 0.25);
    EXPECT_EQ(result.roll_up.goals[goal].mode, WeightMode::work);
    EXPECT_TRUE(found(result.roll_up.findings, "weights_set_aside", "goals[0].weight"));
}

TEST(RollUp, LetsApportionedTasksEarnWhatTheRestEarns) {
    Draft draft = county();
    const Id<Goal> goal = add_goal(draft, "G");
    add_task(draft, "A", "G", Measurement::percent);
    add_task(draft, "B", "G", Measurement::apportioned);
    report(draft, "A", Noun::task, "percent", "30");
    const Tracking result = track(Plan(draft), day("2025-03-31"));
    EXPECT_EQ(result.roll_up.goals[goal].value, 0.3);
    EXPECT_EQ(result.roll_up.goals[goal].coverage, 1.0);
}

TEST(RollUp, WeighsCountiesByWhatIsAskedAndPrintsTheEqualMeanToo) {
    Draft draft = county();
    County second;
    second.code = *Code::parse("451026");
    second.weight = 3.0;
    draft.counties.push_back(second);
    draft.counties[Id<County>(0)].weight = 1.0;
    add_goal(draft, "G");
    add_task(draft, "A", "G", Measurement::percent);
    Goal goal;
    goal.id = "H";
    goal.county = second.code;
    draft.goals.push_back(goal);
    Task task = draft.tasks[Id<Task>(0)];
    task.id = "B";
    task.county = second.code;
    task.goal = "H";
    draft.tasks.push_back(task);
    for (int i = 0; i < 4; ++i) {
        School school;
        school.id = "S" + std::to_string(i);
        school.county = i == 0 ? draft.counties[Id<County>(0)].code : second.code;
        school.kind = i % 2 == 0 ? SchoolKind::ordinary : SchoolKind::vocational;
        school.enrolment = i == 0 ? 900 : 100;
        draft.schools.push_back(school);
    }
    report(draft, "A", Noun::task, "percent", "100");
    report(draft, "B", Noun::task, "percent", "0");
    const Plan plan(draft);
    const auto province = [&](CountyWeight weight) {
        TrackOptions options;
        options.roll_up.county_weight = weight;
        return track(plan, day("2025-03-31"), options).roll_up.provinces.at(0);
    };
    EXPECT_EQ(province(CountyWeight::given).weighted.value, 0.25);
    EXPECT_EQ(province(CountyWeight::given).equal.value, 0.5);
    EXPECT_EQ(province(CountyWeight::students).weighted.value, 0.75);
    EXPECT_EQ(province(CountyWeight::schools).weighted.value, 0.25);
    EXPECT_EQ(province(CountyWeight::equal).weighted.value, 0.5);
}

TEST(RollUpLaw, ByWorkTheTreeEqualsTheSumOverLeavesAlsoWithMissingOnes) {
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        SCOPED_TRACE(seed);
        Random random(seed);
        Draft draft = county();
        const auto goals = random.between(1, 12);
        for (std::int64_t g = 0; g < goals; ++g) {
            std::string parent;
            if (g > 0) parent = "G" + std::to_string(random.between(0, g - 1));
            add_goal(draft, "G" + std::to_string(g), parent);
        }
        double all = 0;
        double known = 0;
        double earned = 0;
        for (std::int64_t t = 0; t < 30; ++t) {
            // Every goal gets a task first, so that work is a weight everywhere.
            const std::int64_t goal = t < goals ? t : random.between(0, goals - 1);
            const std::int64_t yuan = random.between(1, 500);
            const std::string id = "T" + std::to_string(t);
            add_task(draft, id, "G" + std::to_string(goal), Measurement::percent, std::nullopt, yuan);
            all += static_cast<double>(yuan);
            if (random.chance(1, 3)) continue;
            const std::int64_t percent = random.between(0, 100);
            report(draft, id, Noun::task, "percent", std::to_string(percent));
            known += static_cast<double>(yuan);
            earned += static_cast<double>(yuan) * static_cast<double>(percent) / 100.0;
        }
        const Plan plan(draft);
        const Tracking result = track(plan, day("2025-03-31"));
        const RolledUp& root = result.roll_up.counties[Id<County>(0)];
        ASSERT_EQ(root.mode, WeightMode::work);
        ASSERT_NEAR(root.coverage, known / all, 1e-12);
        ASSERT_EQ(root.value.has_value(), known > 0);
        if (root.value) {
            ASSERT_NEAR(*root.value, earned / known, 1e-12);
        }
        ASSERT_TRUE(verify(plan, result));
    }
}

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
    wrong.as_of.recorded = day("2025-04-30");
    EXPECT_FALSE(verify(plan, wrong));
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

TEST(TrackMessages, AreListedOnceAndSpeakBothLanguages) {
    std::set<std::string_view> codes;
    for (const MessageText* row : message::all_track_messages) {
        EXPECT_TRUE(codes.insert(row->code).second) << row->code;
        EXPECT_FALSE(row->zh.empty());
        EXPECT_FALSE(row->en.empty());
    }
    EXPECT_EQ(codes.size(), 23U);
}

}  // namespace
}  // namespace countyplan
