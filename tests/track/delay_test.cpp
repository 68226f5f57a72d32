#include <countyplan/track/delay.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <span>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include <countyplan/error.hpp>
#include <countyplan/solve/random.hpp>

#include "given/law.hpp"
#include "given/progress.hpp"

namespace countyplan {
namespace {

/// Tasks of one project whose every day is worked.
CriticalPathProblem network(const std::vector<std::int64_t>& durations) {
    CriticalPathProblem problem;
    const Day first = *Day::parse("2025-01-01");
    problem.calendars = {Calendar(first, std::vector<bool>(4000, true), std::nullopt)};
    problem.projects = {{.start = first}};
    for (const std::int64_t d : durations)
        problem.tasks.emplace_back().duration = d;
    return problem;
}

DelayEvent longer(const char* id, std::uint32_t task, std::int64_t duration) {
    return {.id = id, .tasks = {{.task = task, .field = DelayField::duration, .value = duration}}};
}

std::string shares(const std::vector<DelayShare>& all) {
    std::string out;
    for (const DelayShare& share : all) {
        out += share.id + "=" + std::to_string(share.numerator) + "/" + std::to_string(share.denominator) + " ";
    }
    return out;
}

TEST(DelayWindows, ChargeTheEventAtWhichTheEndMoved) {
    // Two ways in parallel, of ten days each: the first delay moves the end, the second one only beyond the first.
    CriticalPathProblem problem = network({10, 10, 5});
    problem.links = {{0, 2}, {1, 2}};
    const std::vector<DelayEvent> events{longer("first", 0, 14), longer("second", 1, 16), longer("won", 2, 2)};
    const DelayAnalysis windows = delay_windows(problem, events);
    EXPECT_EQ(windows.slip(), 3);
    ASSERT_EQ(windows.windows.size(), 3U);
    EXPECT_EQ(windows.windows[0].days(), 4);
    EXPECT_EQ(windows.windows[1].days(), 2);
    EXPECT_EQ(windows.windows[2].days(), -3);
    // Without regard to order, the four days that both delays cover are shared: 4/2 = 2 and 6 - 4/2 = 4.
    EXPECT_EQ(shares(delay_shares(problem, events)), "first=2/1 second=4/1 won=-3/1 ");
    problem.projects[0].finish = *Day::parse("2025-03-01");
    EXPECT_EQ(delay_windows(problem, events), windows) << "whatever finish is set";
}

TEST(DelayWindows, ReplayProgressAndNewLinks) {
    CriticalPathProblem problem = network({4, 4});
    const std::int64_t zero = problem.calendars[0].rank(problem.projects[0].start);
    DelayEvent started{.id = "started", .tasks = {{0, DelayField::actual_start, zero + 2}}};
    started.data_date = *Day::parse("2025-01-03");
    DelayEvent linked{.id = "linked", .new_links = {{0, 1}}};
    DelayEvent lagged{.id = "lagged"};
    problem.links = {{0, 1, LinkKind::start_start, 0}};
    lagged.lags = {{0, 9}};
    const DelayAnalysis windows = delay_windows(problem, std::vector{started, linked, lagged});
    EXPECT_EQ(windows.windows[0].days(), 3) << "the start of the second waits for the data date";
    EXPECT_EQ(windows.windows[1].days(), 3);
    EXPECT_EQ(windows.windows[2].days(), 5);
    EXPECT_EQ(windows.slip(), 11);
}

TEST(DelayWindows, BetweenDaysOnWhichOneLooked) {
    Draft draft = given::county();
    draft.period = {given::day("2025-09-01"), given::day("2026-08-31")};
    given::add_goal(draft, "G");
    Task task;
    task.id = "A";
    task.county = draft.counties[Id<County>(0)].code;
    task.goal = "G";
    task.duration = WorkDays(10);
    draft.tasks.push_back(task);
    const auto report = [&](const char* field, const char* value, const char* on) {
        Fact fact;
        fact.id = on;
        fact.recorded_at = fact.valid_at = *Day::parse(on);
        fact.subject = {Noun::task, "A"};
        fact.field = field;
        fact.value = value;
        draft.ledger.push_back(fact);
    };
    report("started", "2025-09-03", "2025-09-03");
    report("remaining", "9", "2025-09-12");
    const Plan plan(draft);
    std::vector<AsOf> days;
    for (const char* on : {"2025-08-29", "2025-09-05", "2025-09-12"})
        days.push_back({*Day::parse(on), *Day::parse(on)});
    const DelayReport report_of_all = delay_windows(Ledger(plan), days);
    const auto earlier = std::span(days).first(2);
    EXPECT_EQ(delay_windows(Ledger(plan), earlier, schedule(Ledger(plan), days.back())), report_of_all)
        << "with the last schedule at hand";
    const DelayAnalysis windows = report_of_all.counties[Id<County>(0)];
    ASSERT_EQ(windows.windows.size(), 2U);
    EXPECT_EQ(windows.windows[0].id, "2025-09-05");
    EXPECT_EQ(windows.windows[0].days(), 2) << "started two days late";
    EXPECT_EQ(windows.windows[1].days(), 7) << "two remained by plan after eight of ten, nine do";
    EXPECT_EQ(windows.slip(), 9);
    EXPECT_TRUE(delay_windows(Ledger(plan), {}).counties[Id<County>(0)].windows.empty());
}

TEST(DelayRefusal, NamesTheEventThatIsNotSound) {
    CriticalPathProblem problem = network({4, 4});
    problem.links = {{0, 1}};
    const auto refused = [&](const DelayEvent& event) -> std::string {
        try {
            (void)delay_windows(problem, std::vector{longer("fine", 0, 5), event});
        } catch (const InvalidProblem& why) {
            return why.place() + " " + std::string(why.message().code());
        }
        return "accepted";
    };
    EXPECT_EQ(refused(longer("bad", 2, 1)), "events[1] track_no_such_item");
    EXPECT_EQ(refused(longer("bad", 1, -1)), "events[1] track_out_of_range");
    EXPECT_EQ(refused({.id = "bad", .lags = {{1, 1}}}), "events[1] track_no_such_item");
    EXPECT_EQ(refused({.id = "bad", .new_links = {{1, 0}}}).substr(0, 10), "events[1] ") << "a circle";
    EXPECT_EQ(refused({.id = "bad", .tasks = {{0, DelayField::actual_start, 5}}}), "events[1] track_without_data_date");
    EXPECT_EQ(refused({.id = "bad", .tasks = {{1, DelayField::mandatory_start, 5}}}), "events[1] delay_without_dates");
    EXPECT_THROW((void)delay_shares(problem, std::vector<DelayEvent>(13)), InvalidProblem);
    EXPECT_THROW((void)delay_shares(problem, std::vector<DelayEvent>(2), 1), InvalidProblem);
    EXPECT_TRUE(delay_shares(problem, {}).empty());
    EXPECT_THROW((void)shapley_values(2, std::vector<std::int64_t>(3)), InvalidProblem);
}

TEST(ShapleyValues, OfTheGloveGameAreThePublishedOnes) {
    // One left glove (player 0), two right ones; a pair is worth 1: 2/3, 1/6, 1/6. Wikipedia, "Shapley value", section
    // "Glove game".
    std::vector<std::int64_t> worth(8);
    for (std::size_t set = 0; set < 8; ++set)
        worth[set] = (set & 1) != 0 && (set & 6) != 0 ? 1 : 0;
    const auto found = shapley_values(3, worth);
    EXPECT_EQ(shares(found), "=2/3 =1/6 =1/6 ");
    EXPECT_DOUBLE_EQ(found[0].days(), 2.0 / 3.0);
}

// ---- laws ------------------------------------------------------------------------------------------

/// Average over all orders of arrival, as numerators over players!.
std::vector<std::int64_t> over_all_orders(std::size_t players, const std::vector<std::int64_t>& worth) {
    std::vector<std::size_t> order(players);
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::vector<std::int64_t> out(players, 0);
    do {
        std::size_t set = 0;
        for (const std::size_t i : order) {
            out[i] += worth[set | std::size_t{1} << i] - worth[set];
            set |= std::size_t{1} << i;
        }
    } while (std::ranges::next_permutation(order).found);
    return out;
}

TEST(ShapleyLaw, IsTheAverageOverAllOrders) {
    const std::int64_t factorial[] = {1, 1, 2, 6, 24, 120, 720};
    for (std::uint64_t seed = 0; seed < ::given::law_cases(5'000); ++seed) {
        SCOPED_TRACE(seed);
        Random random(seed);
        const auto players = static_cast<std::size_t>(random.between(0, 6));
        std::vector<std::int64_t> worth(std::size_t{1} << players);
        for (std::int64_t& w : worth)
            w = random.between(-1000, 1000);
        const bool has_null = players > 1 && random.chance(1, 3);
        const bool has_twins = players > 2 && random.chance(1, 3);
        for (std::size_t set = 0; set < worth.size(); ++set) {
            if (has_twins && (set & 6) == 4) worth[set] = worth[(set & ~std::size_t{6}) | 2];
            if (has_null && (set & 1) != 0) worth[set] = worth[set & ~std::size_t{1}];
        }
        const auto found = shapley_values(players, worth);
        const auto expected = over_all_orders(players, worth);
        ASSERT_EQ(found.size(), players);
        std::int64_t sum = 0;
        for (std::size_t i = 0; i < players; ++i) {
            ASSERT_EQ(found[i].numerator * (factorial[players] / found[i].denominator), expected[i]);
            ASSERT_EQ(std::gcd(found[i].numerator, found[i].denominator), 1);
            sum += expected[i];
        }
        ASSERT_EQ(sum, (worth.back() - worth.front()) * factorial[players]) << "efficiency";
        if (has_null) {
            ASSERT_EQ(found[0].numerator, 0);
        }
        if (has_twins) {
            ASSERT_EQ(found[1], found[2]);
        }
    }
}

TEST(DelayLaw, WindowsAndSharesSumToTheSlipExactly) {
    std::size_t moved = 0;
    for (std::uint64_t seed = 0; seed < ::given::law_cases(10'000); ++seed) {
        SCOPED_TRACE(seed);
        Random random(seed);
        const auto n = static_cast<std::uint32_t>(random.between(2, 8));
        CriticalPathProblem problem = network({});
        for (std::uint32_t i = 0; i < n; ++i)
            problem.tasks.emplace_back().duration = random.between(0, 9);
        for (std::uint32_t i = 0; i < n; ++i) {
            for (std::uint32_t j = i + 1; j < n; ++j) {
                if (random.chance(1, 3))
                    problem.links.push_back({i, j, static_cast<LinkKind>(random.between(0, 3)), 1});
            }
        }
        const std::int64_t zero = problem.calendars[0].rank(problem.projects[0].start);
        std::vector<DelayEvent> events;
        for (std::int64_t e = random.between(0, 5); e > 0; --e) {
            DelayEvent event;
            const auto task = static_cast<std::uint32_t>(random.between(0, n - 1));
            if (random.chance(1, 3))
                event.tasks.push_back({task, DelayField::start_no_earlier, zero + random.between(0, 20)});
            if (random.chance(1, 2)) event.tasks.push_back({task, DelayField::duration, random.between(0, 15)});
            if (random.chance(1, 4))
                event.data_date = problem.projects[0].start + std::chrono::days(random.between(0, 9));
            if (random.chance(1, 4) && task > 0) event.new_links.push_back({task - 1, task});
            events.push_back(event);
        }
        const DelayAnalysis windows = delay_windows(problem, events);
        std::int64_t sum = 0;
        for (const DelayWindow& window : windows.windows)
            sum += window.days();
        ASSERT_EQ(sum, windows.slip());
        CriticalPathProblem last = problem;
        for (const DelayEvent& event : events)
            last = changed_by(last, event);
        const CriticalPathResult first = solve(problem), result = solve(last);
        ASSERT_EQ(windows.slip(), result.ends[0] - first.ends[0]);
        moved += windows.slip() != 0 ? 1 : 0;
        std::int64_t shared = 0;
        for (const DelayShare& share : delay_shares(problem, events))
            shared += share.numerator * (720 / share.denominator);
        ASSERT_EQ(shared, windows.slip() * 720);
    }
    EXPECT_GT(moved, 10U);
}

}  // namespace
}  // namespace countyplan
