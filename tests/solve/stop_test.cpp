#include <countyplan/solve/stop.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <optional>
#include <stop_token>

#include <countyplan/solve/watch.hpp>

namespace {

using namespace countyplan;
using namespace std::chrono_literals;
using detail::Watch;

TEST(Stop, IsAValueWithoutLimitsUnlessSet) {
    const Stop none;
    EXPECT_EQ(none, Stop{});
    EXPECT_NE(none, Stop{.step_limit = 3});
    const Progress silent;
    Watch watch(none, silent);
    EXPECT_FALSE(watch.spend(Watch::grain * 1000));
    EXPECT_FALSE(watch.exhausted(1'000'000'000));
}

TEST(Stop, NamesTheLimitThatWasReached) {
    const Progress silent;
    const Stop steps{.step_limit = 2};
    for (int use = 0; use < 2; ++use) {  // the value has no counters: each solve has the whole limit
        Watch watch(steps, silent);
        EXPECT_FALSE(watch.exhausted(1));
        EXPECT_TRUE(watch.exhausted(2));
        EXPECT_EQ(watch.cause(), Cause::steps);
    }
    const Stop over{.time_limit = 0ns};
    EXPECT_EQ(Watch(over, silent).cause(), Cause::time);
    std::stop_source source;
    const Stop token{.token = source.get_token()};
    Watch watch(token, silent);
    EXPECT_FALSE(watch.stopped());
    source.request_stop();
    EXPECT_TRUE(watch.spend(Watch::grain));
    EXPECT_EQ(watch.cause(), Cause::cancelled);
}

TEST(Stop, ReadsTheClockRarelyAndYetReactsInTime) {
    const Progress silent;
    const Stop stop{.time_limit = 5ms};
    Watch watch(stop, silent);
    const auto start = std::chrono::steady_clock::now();
    while (!watch.spend(64)) {
    }
    EXPECT_GE(std::chrono::steady_clock::now() - start, 4ms);
    EXPECT_EQ(watch.cause(), Cause::time);
}

}  // namespace
