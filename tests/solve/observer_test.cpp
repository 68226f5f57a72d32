#include <countyplan/solve/observer.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <stdexcept>
#include <thread>
#include <vector>

#include <countyplan/solve/watch.hpp>

namespace {

using namespace countyplan;
using namespace std::chrono_literals;
using detail::Watch;

TEST(Observer, IsCalledAFewTimesASecondOnTheSolvingThread) {
    std::vector<Tick> ticks;
    const auto here = std::this_thread::get_id();
    const Progress progress = [&](const Tick& tick) {
        EXPECT_EQ(std::this_thread::get_id(), here);
        ticks.push_back(tick);
    };
    const Stop stop{.time_limit = 1s};
    Watch watch(stop, progress);
    std::int64_t steps = 0;
    while (!watch.spend(256))
        watch.report([&] { return Tick{.steps = ++steps, .best = 2.5}; });
    ASSERT_GE(ticks.size(), 1U);
    EXPECT_LE(ticks.size(), 4U);
    EXPECT_EQ(ticks.front().steps, 1);  // a glance is taken only when it is shown
    EXPECT_EQ(ticks.front().best, 2.5);
    EXPECT_FALSE(ticks.front().bound.has_value());
    EXPECT_GE(ticks.front().elapsed, 250ms);
}

TEST(Observer, PassesExceptionsOn) {
    const Progress progress = [](const Tick&) { throw std::runtime_error("enough"); };
    const Stop stop{.time_limit = 2s};
    Watch watch(stop, progress);
    EXPECT_THROW(
        {
            while (!watch.spend(256))
                watch.report([] { return Tick{}; });
        },
        std::runtime_error);
}

}  // namespace
