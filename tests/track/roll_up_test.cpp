#include <countyplan/track/roll_up.hpp>

#include <string>

#include <gtest/gtest.h>

#include <countyplan/solve/random.hpp>
#include <countyplan/track/track.hpp>

#include "given/progress.hpp"

namespace countyplan {
namespace {

using namespace given;

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

}  // namespace
}  // namespace countyplan
