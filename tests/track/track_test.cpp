#include <countyplan/track/track.hpp>

#include <stop_token>

#include <gtest/gtest.h>

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
