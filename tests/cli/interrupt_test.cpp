#include "journey/program.hpp"

#include <string>

#include <gtest/gtest.h>

#include <countyplan/experiment/generate.hpp>
#include <countyplan/io/write.hpp>

namespace {

using journey::Scratch;

TEST(Interrupt, ALimitGivesTheBestSoFarAndExit4) {
    const Scratch scratch;
    ASSERT_EQ(journey::countyplan({"generate", "--counties", "4", "-o", scratch / "plan"}).exit, 0);
    for (const auto& limit : {std::pair{"--time", "0"}, std::pair{"--steps", "0"}, std::pair{"--steps", "25"}}) {
        const auto end = journey::countyplan(
            {"allocate", scratch / "plan", "-o", scratch / "result", "--force", limit.first, limit.second});
        EXPECT_EQ(end.exit, 4) << limit.first << end.out << end.err;
        EXPECT_EQ(journey::last_line(journey::checker({scratch / "plan", scratch / "result"}).out), "ACCEPT");
    }
    EXPECT_EQ(journey::countyplan({"verify", scratch / "plan", scratch / "result"}).exit, 0);
    EXPECT_EQ(journey::countyplan({"track", scratch / "plan", "--as-of", "2026-06-30", "--time", "0"}).exit, 4);
}

/// Allocates plans of growing size until one is solved for long enough to be interrupted.
class LongSolve : public testing::Test {
  protected:
    journey::Ending interrupted(int times) {
        journey::Ending end;
        int sent = 0;
        for (const std::int64_t counties : {300, 700, 1'600}) {
            std::filesystem::remove_all(scratch_ / "result");
            countyplan::write_plan(
                countyplan::generate({.base = countyplan::GenerateBase::invented, .counties = counties}),
                scratch_ / "plan.plan.snapshot", countyplan::Existing::replace);
            std::size_t seen = 0;
            end = journey::run({.arguments = {"allocate", scratch_ / "plan.plan.snapshot", "-o", scratch_ / "result",
                                              "--time", "300", "--lang", "en"},
                                .err = journey::Stream::terminal,
                                .watch = [&sent, &seen, times](const std::string& err, int process) {
                                    // the progress line tells that the solve runs, the note that a signal arrived
                                    const bool ready = sent == 0 ? err.find("allocating") != std::string::npos
                                                                 : err.find("stopping") != std::string::npos;
                                    if (sent >= times || !ready || err.size() == seen) return;
                                    seen = err.size();
                                    ++sent;
                                    (void)::kill(process, SIGINT);
                                }});
            if (sent > 0) return end;
        }
        ADD_FAILURE() << "every solve ended within a second";
        return end;
    }
    Scratch scratch_;
};

TEST_F(LongSolve, Item92CtrlCGivesTheBestSoFarAndExit4) {
    const auto end = interrupted(1);
    EXPECT_EQ(end.exit, 4) << end.signal << end.err;
    EXPECT_NE(end.out.find("cancelled"), std::string::npos) << end.out;
    EXPECT_EQ(journey::last_line(journey::checker({scratch_ / "plan.plan.snapshot", scratch_ / "result"}).out),
              "ACCEPT");
}

TEST_F(LongSolve, Item92ASecondCtrlCEndsAtOnceAndLeavesAWholeResultOrNone) {
    const auto end = interrupted(2);
    // the first may already have ended it when the second is sent
    EXPECT_TRUE(end.signal == SIGINT || end.exit == 4) << end.exit << end.err;
    if (std::filesystem::exists(scratch_.path() / "result")) {
        EXPECT_EQ(journey::last_line(journey::checker({scratch_ / "plan.plan.snapshot", scratch_ / "result"}).out),
                  "ACCEPT");
    } else {
        EXPECT_EQ(end.signal, SIGINT);
    }
}

}  // namespace
