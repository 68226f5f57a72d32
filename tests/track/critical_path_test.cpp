#include <countyplan/track/critical_path.hpp>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <limits>
#include <memory>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <countyplan/solve/longest_path.hpp>
#include <countyplan/solve/random.hpp>

namespace countyplan {
namespace {

Day day(const char* text) { return *Day::parse(text); }

/// The week Monday to Friday without `off`, over the years 2025 and 2026.
Calendar week(const std::vector<Day>& off = {}) {
    const Day first = day("2025-01-01");
    std::vector<bool> working(730);
    for (std::size_t i = 0; i < working.size(); ++i) {
        const Day at = first + std::chrono::days(i);
        working[i] = std::chrono::weekday(at.days()).iso_encoding() < 6;
    }
    for (const Day d : off)
        working[static_cast<std::size_t>((d - first).count())] = false;
    return Calendar(first, working, day("2026-12-31"));
}

/// Every day is worked.
Calendar seven() { return Calendar(day("2025-01-01"), std::vector<bool>(2000, true), day("2026-12-31")); }

CriticalPathProblem one_calendar(std::vector<std::int64_t> durations) {
    CriticalPathProblem problem;
    problem.calendars = {week()};
    problem.projects = {{.start = day("2025-09-01")}};
    for (const std::int64_t d : durations) {
        CriticalPathTask task;
        task.duration = d;
        problem.tasks.push_back(task);
    }
    return problem;
}

CriticalPathLink link(std::uint32_t from, std::uint32_t to, LinkKind type = LinkKind::finish_start,
                      std::int64_t lag = 0, LagCalendar on = LagCalendar::predecessor) {
    return {from, to, type, lag, on, LinkBound::minimum};
}

// ---- examples --------------------------------------------------------------------------------------

TEST(CriticalPath, FindsTheLongestOfTwoWays) {
    CriticalPathProblem problem = one_calendar({5, 3, 8, 2});
    problem.links = {link(0, 1), link(0, 2), link(1, 3), link(2, 3)};
    const auto result = solve(problem);
    ASSERT_EQ(result.termination, Termination::optimal);
    EXPECT_TRUE(verify(problem, result));
    const std::int64_t zero = problem.calendars[0].rank(day("2025-09-01"));
    EXPECT_EQ(result.tasks[3].early_finish - zero, 15);
    EXPECT_EQ(result.tasks[1].total_float, 5);
    EXPECT_EQ(result.tasks[1].free_float, 5);
    EXPECT_FALSE(result.tasks[1].on_longest_path);
    EXPECT_TRUE(result.tasks[2].on_longest_path);
    EXPECT_EQ(result.drivers.early[3], 3U);
    EXPECT_EQ(result.driving, (std::vector<std::uint8_t>{1, 1, 0, 1}));
    EXPECT_EQ(problem.calendars[0].finish_day(result.tasks[3].early_finish), day("2025-09-19"));
}

/// Activities between numbered events: one waits for all that end at the event where it starts.
struct PublishedRow {
    int from, to;
    std::int64_t duration, early_start, early_finish, late_start, late_finish, slack;
};

// Taylor, Introduction to Management Science, chapter on project management, solutions of problems 5 and 6 with all
// times and slacks (scribd.com/doc/47113515); the second one has a dummy activity, 4 to 5.
TEST(CriticalPath, AgreesWithPublishedTables) {
    const std::vector<PublishedRow> tables[] = {{{1, 2, 7, 0, 7, 2, 9, 2},
                                                 {1, 3, 10, 0, 10, 0, 10, 0},
                                                 {2, 4, 6, 7, 13, 9, 15, 2},
                                                 {3, 4, 5, 10, 15, 10, 15, 0},
                                                 {3, 5, 4, 10, 14, 14, 18, 4},
                                                 {4, 5, 3, 15, 18, 15, 18, 0},
                                                 {5, 6, 2, 18, 20, 18, 20, 0}},
                                                {{1, 2, 8, 0, 8, 1, 9, 1},
                                                 {1, 3, 10, 0, 10, 0, 10, 0},
                                                 {1, 4, 9, 0, 9, 6, 15, 6},
                                                 {2, 5, 6, 8, 14, 9, 15, 1},
                                                 {2, 6, 4, 8, 12, 16, 20, 8},
                                                 {3, 5, 5, 10, 15, 10, 15, 0},
                                                 {4, 5, 0, 9, 9, 15, 15, 6},
                                                 {4, 7, 7, 9, 16, 20, 27, 11},
                                                 {5, 7, 12, 15, 27, 15, 27, 0},
                                                 {5, 8, 15, 15, 30, 16, 31, 1},
                                                 {6, 9, 18, 12, 30, 20, 38, 8},
                                                 {7, 8, 4, 27, 31, 27, 31, 0},
                                                 {8, 9, 7, 31, 38, 31, 38, 0}}};
    for (const std::vector<PublishedRow>& rows : tables) {
        CriticalPathProblem problem = one_calendar({});
        problem.calendars = {seven()};
        for (const PublishedRow& row : rows) {
            for (std::uint32_t i = 0; i < problem.tasks.size(); ++i) {
                if (rows[i].to == row.from)
                    problem.links.push_back(link(i, static_cast<std::uint32_t>(problem.tasks.size())));
            }
            problem.tasks.push_back({.duration = row.duration});
        }
        const CriticalPathResult result = solve(problem);
        ASSERT_TRUE(verify(problem, result));
        const std::int64_t zero = problem.calendars[0].rank(problem.projects[0].start);
        for (std::size_t i = 0; i < rows.size(); ++i) {
            SCOPED_TRACE(std::to_string(rows[i].from) + " to " + std::to_string(rows[i].to));
            const CriticalPathDates& dates = result.tasks[i];
            EXPECT_EQ(dates.early_start - zero, rows[i].early_start);
            EXPECT_EQ(dates.early_finish - zero, rows[i].early_finish);
            EXPECT_EQ(dates.late_start - zero, rows[i].late_start);
            EXPECT_EQ(dates.late_finish - zero, rows[i].late_finish);
            EXPECT_EQ(dates.total_float, rows[i].slack);
            EXPECT_EQ(dates.on_longest_path, rows[i].slack == 0);
        }
    }
}

// GLPK, examples/cpp.mod (Makhorin): building a house, "the optimal solution is 46".
TEST(CriticalPath, BuildsTheHouseOfGlpkInFortySixDays) {
    CriticalPathProblem problem = one_calendar({3, 4, 3, 10, 8, 4, 6, 8, 5, 5, 4, 2, 4});
    problem.calendars = {seven()};
    const std::pair<char, std::string> waits[] = {{'B', "A"}, {'C', "B"}, {'D', "B"},    {'E', "D"},
                                                  {'F', "D"}, {'G', "D"}, {'H', "CEFG"}, {'I', "H"},
                                                  {'J', "H"}, {'K', "I"}, {'L', "J"},    {'M', "KL"}};
    for (const auto& [task, before] : waits) {
        for (const char other : before)
            problem.links.push_back(
                link(static_cast<std::uint32_t>(other - 'A'), static_cast<std::uint32_t>(task - 'A')));
    }
    const CriticalPathResult result = solve(problem);
    EXPECT_TRUE(verify(problem, result));
    EXPECT_EQ(result.ends[0] - problem.projects[0].start.number(), 46);
}

TEST(CriticalPath, LetsADeadlineMoveLateDatesOnly) {
    CriticalPathProblem problem = one_calendar({5, 5});
    problem.links = {link(0, 1)};
    problem.tasks[1].finish_no_later = problem.calendars[0].finish_boundary(day("2025-09-10"));
    const auto result = solve(problem);
    EXPECT_TRUE(verify(problem, result));
    EXPECT_EQ(result.tasks[1].total_float, -2);
    EXPECT_EQ(result.tasks[0].total_float, -2);
    EXPECT_EQ(problem.calendars[0].finish_day(result.tasks[1].early_finish), day("2025-09-12"));
    EXPECT_EQ(result.tasks[1].free_float, 0) << "no successor: never negative";
    EXPECT_EQ(result.drivers.late[1], Drivers::own);
}

TEST(CriticalPath, CriticalByLongestPathIsNotCriticalByFloat) {
    CriticalPathProblem problem = one_calendar({5, 1});
    problem.tasks[1].finish_no_later = problem.calendars[0].finish_boundary(day("2025-09-01"));
    problem.projects[0].finish = day("2025-09-30");
    const auto result = solve(problem);
    EXPECT_TRUE(verify(problem, result));
    EXPECT_TRUE(result.tasks[1].critical_by_float) << "its deadline is the day it can be done at the earliest";
    EXPECT_FALSE(result.tasks[1].on_longest_path);
    EXPECT_FALSE(result.tasks[0].critical_by_float) << "the set finish leaves room";
    EXPECT_TRUE(result.tasks[0].on_longest_path);
}

TEST(CriticalPath, ConvertsBetweenCalendarsAtInstants) {
    CriticalPathProblem problem = one_calendar({5, 2});
    problem.calendars.push_back(seven());
    problem.tasks[1].calendar = 1;
    problem.links = {link(0, 1)};
    const auto result = solve(problem);
    EXPECT_TRUE(verify(problem, result));
    EXPECT_EQ(problem.calendars[1].start_day(result.tasks[1].early_start), day("2025-09-06")) << "the Saturday";
    EXPECT_EQ(problem.calendars[1].finish_day(result.tasks[1].early_finish), day("2025-09-07"));
}

TEST(CriticalPath, CountsALagOnItsOwnCalendar) {
    const struct {
        LagCalendar on;
        const char* start;
    } rows[] = {
        {LagCalendar::predecessor, "2025-09-10"},  // three working days after Friday
        {LagCalendar::successor, "2025-09-08"},    // Saturday, Sunday, and the Monday is the third day
        {LagCalendar::project, "2025-09-10"},      // the project's calendar is the predecessor's here
        {LagCalendar::elapsed, "2025-09-08"},
    };
    for (const auto& row : rows) {
        SCOPED_TRACE(name(row.on));
        CriticalPathProblem problem = one_calendar({5, 2});
        problem.calendars.push_back(seven());
        problem.tasks[1].calendar = 1;
        problem.links = {link(0, 1, LinkKind::finish_start, row.on == LagCalendar::elapsed ? 2 : 3, row.on)};
        if (row.on == LagCalendar::successor) problem.links[0].lag = 2;
        const auto result = solve(problem);
        EXPECT_TRUE(verify(problem, result));
        const std::int64_t start = result.tasks[1].early_start;
        // On the five-day calendar three days after Friday end on Wednesday: Thursday begins at once.
        const bool on_week = row.on == LagCalendar::predecessor || row.on == LagCalendar::project;
        EXPECT_EQ(problem.calendars[1].start_day(start), day(on_week ? "2025-09-11" : row.start));
    }
}

TEST(CriticalPath, GivesEachProjectItsOwnEnd) {
    CriticalPathProblem problem = one_calendar({5, 20});
    problem.projects.push_back({.start = day("2025-09-01")});
    problem.tasks[1].project = 1;
    const auto result = solve(problem);
    EXPECT_TRUE(verify(problem, result));
    EXPECT_EQ(result.tasks[0].total_float, 0);
    EXPECT_EQ(result.tasks[1].total_float, 0);
    problem.links = {link(0, 1)};  // and a link across keeps both in step
    EXPECT_TRUE(verify(problem, solve(problem)));
}

TEST(CriticalPath, AnswersForNothingAndForOneTask) {
    EXPECT_TRUE(verify({}, solve(CriticalPathProblem{})));
    const CriticalPathProblem problem = one_calendar({0});
    const auto result = solve(problem);
    EXPECT_TRUE(verify(problem, result));
    EXPECT_EQ(result.tasks[0].total_float, 0);
    EXPECT_TRUE(result.tasks[0].critical_by_float);
}

TEST(CriticalPath, StopsAtOnceWhenCancelled) {
    CriticalPathProblem problem = one_calendar({5, 3});
    problem.links = {link(0, 1)};
    std::stop_source source;
    source.request_stop();
    Stop cancelled;
    cancelled.token = source.get_token();
    const auto result = solve(problem, {}, cancelled);
    EXPECT_EQ(result.termination, Termination::unknown);
    EXPECT_EQ(result.cause, Cause::cancelled);
    EXPECT_TRUE(verify(problem, result));
    Stop steps;
    steps.step_limit = 3;
    EXPECT_EQ(solve(problem, {}, steps).cause, Cause::steps);
    EXPECT_EQ(solve(problem, {}, steps).steps, 3);
    Stop late;
    late.time_limit = std::chrono::nanoseconds(0);
    EXPECT_EQ(solve(problem, {}, late).cause, Cause::time);
}

TEST(CriticalPath, Item63AChainOfAMillionTasksEndsWithNegativeLagsAndTwoCalendars) {
    constexpr std::size_t n = 1'000'000;
    CriticalPathProblem problem = one_calendar(std::vector<std::int64_t>(n, 2));
    problem.calendars.push_back(seven());
    for (std::uint32_t i = 0; i + 1 < n; ++i) {
        problem.tasks[i].calendar = i % 1000 == 7 ? 1 : 0;
        problem.links.push_back(link(i, i + 1, LinkKind::finish_start, i % 3 == 0 ? -1 : 0));
    }
    const auto result = solve(problem);
    ASSERT_EQ(result.termination, Termination::optimal);
    EXPECT_TRUE(result.tasks[0].on_longest_path);
    EXPECT_TRUE(verify(problem, result));
}

// ---- refusals --------------------------------------------------------------------------------------

TEST(CriticalPathRefusal, Item33ACycleIsNamedWithAShortestOne) {
    CriticalPathProblem problem = one_calendar({1, 1, 1, 1});
    problem.links = {link(0, 1), link(1, 2), link(2, 3), link(3, 0), link(2, 1, LinkKind::start_start, -9)};
    const Verdict verdict = examine(problem);
    EXPECT_FALSE(verdict.accepted);
    EXPECT_EQ(verdict.why.code(), "graph_cycle");
    EXPECT_NE(text(verdict.why, Language::en).find("1 -> 2 -> 1"), std::string::npos);
    EXPECT_THROW((void)solve(problem), InvalidProblem);
    problem.links = {link(2, 2)};
    EXPECT_THROW((void)solve(problem), InvalidProblem);
}

TEST(CriticalPathRefusal, NamesTheFieldThatIsOutOfRange) {
    const auto place = [](auto change) {
        CriticalPathProblem problem = one_calendar({1, 1});
        problem.links = {link(0, 1)};
        change(problem);
        try {
            (void)solve(problem);
        } catch (const InvalidProblem& refused) {
            return refused.place();
        }
        return std::string("accepted");
    };
    EXPECT_EQ(place([](auto& p) { p.tasks[1].duration = -1; }), "tasks[1].duration");
    EXPECT_EQ(place([](auto& p) { p.tasks[1].duration = std::numeric_limits<std::int64_t>::max(); }),
              "tasks[1].duration");
    EXPECT_EQ(place([](auto& p) { p.tasks[1].calendar = 1; }), "tasks[1].calendar");
    EXPECT_EQ(place([](auto& p) { p.tasks[0].project = 7; }), "tasks[0].project");
    EXPECT_EQ(place([](auto& p) { p.links[0].lag = std::numeric_limits<std::int64_t>::min(); }), "links[0].lag");
    EXPECT_EQ(place([](auto& p) { p.links[0].successor = 2; }), "links[0].successor");
    EXPECT_EQ(place([](auto& p) { p.projects[0].calendar = 2; }), "projects[0].calendar");
    EXPECT_EQ(place([](auto& p) { p.tasks[0].finish_no_later = std::int64_t{1} << 40; }), "tasks[0].finish_no_later");
}

// ---- laws ------------------------------------------------------------------------------------------

CriticalPathProblem random_problem(std::uint64_t seed, bool many_calendars) {
    Random random(seed);
    const auto n = static_cast<std::uint32_t>(random.between(0, 14));
    CriticalPathProblem problem;
    std::vector<Day> off;
    for (int i = 0; i < 20; ++i)
        off.push_back(day("2025-08-25") + std::chrono::days(random.between(0, 90)));
    problem.calendars = {week()};
    if (many_calendars) problem.calendars = {week(off), seven(), week()};
    const auto calendars = static_cast<std::int64_t>(problem.calendars.size());
    const auto projects = static_cast<std::uint32_t>(random.between(1, 2));
    for (std::uint32_t p = 0; p < projects; ++p) {
        CriticalPathProject project;
        project.start = day("2025-09-01") + std::chrono::days(random.between(0, 6));
        if (random.chance(1, 4)) project.finish = day("2025-10-10");
        project.calendar = static_cast<std::uint32_t>(random.between(0, calendars - 1));
        problem.projects.push_back(project);
    }
    for (std::uint32_t i = 0; i < n; ++i) {
        CriticalPathTask task;
        task.duration = random.between(0, 8);
        task.calendar = static_cast<std::uint32_t>(random.between(0, calendars - 1));
        task.project = static_cast<std::uint32_t>(random.between(0, projects - 1));
        const Calendar& calendar = problem.calendars[task.calendar];
        const auto some = [&] { return day("2025-08-25") + std::chrono::days(random.between(0, 60)); };
        if (random.chance(1, 6)) task.start_no_earlier = calendar.start_boundary(some());
        if (random.chance(1, 6)) task.finish_no_earlier = calendar.finish_boundary(some());
        if (random.chance(1, 6)) task.start_no_later = calendar.start_boundary(some());
        if (random.chance(1, 6)) task.finish_no_later = calendar.finish_boundary(some());
        problem.tasks.push_back(task);
    }
    std::vector<std::uint32_t> shuffled(n);
    for (std::uint32_t i = 0; i < n; ++i)
        shuffled[i] = i;
    random.shuffle<std::uint32_t>(shuffled);
    for (std::uint32_t i = 0; i < n; ++i) {
        for (std::uint32_t j = i + 1; j < n; ++j) {
            if (!random.chance(1, 4)) continue;
            problem.links.push_back(link(shuffled[i], shuffled[j], static_cast<LinkKind>(random.between(0, 3)),
                                         random.between(-4, 6), static_cast<LagCalendar>(random.between(0, 3))));
        }
    }
    return problem;
}

/// The instant of a boundary and the boundary of an instant by walking day by day, and from them the
/// earliest and latest boundaries by relaxing every bound until nothing moves.
struct Slow {
    const CriticalPathProblem& problem;
    std::vector<std::int64_t> start{}, late{}, ends{};

    static std::int64_t count_before(const Calendar& calendar, std::int64_t instant) {
        // Counted from a day of known rank, so that a test takes no 700,000 steps.
        const std::int64_t from = day("2024-01-01").number();
        std::int64_t count = calendar.rank(day("2024-01-01"));
        for (std::int64_t at = from; at < instant; ++at)
            count += calendar.is_working_number(at) ? 1 : 0;
        return count;
    }
    static std::int64_t begin_of(const Calendar& calendar, std::int64_t w) {
        std::int64_t at = day("2024-01-01").number();
        std::int64_t count = calendar.rank(day("2024-01-01"));
        while (true) {
            if (calendar.is_working_number(at)) {
                if (count == w) return at;
                ++count;
            }
            ++at;
        }
    }
    static bool leaves_finish(const CriticalPathLink& l) {
        return l.type == LinkKind::finish_start || l.type == LinkKind::finish_finish;
    }
    static bool arrives_finish(const CriticalPathLink& l) {
        return l.type == LinkKind::finish_finish || l.type == LinkKind::start_finish;
    }
    [[nodiscard]] std::int64_t image(const CriticalPathLink& l, std::int64_t w) const {
        const Calendar& from = problem.calendars[problem.tasks[l.predecessor].calendar];
        const Calendar& to = problem.calendars[problem.tasks[l.successor].calendar];
        std::int64_t instant = leaves_finish(l) ? begin_of(from, w - 1) + 1 : begin_of(from, w);
        if (l.lag_calendar == LagCalendar::elapsed) {
            instant += l.lag;
        } else {
            const Calendar& counted =
                l.lag_calendar == LagCalendar::predecessor ? from
                : l.lag_calendar == LagCalendar::successor
                    ? to
                    : problem.calendars[problem.projects[problem.tasks[l.predecessor].project].calendar];
            // One working day after the other goes by; a lead goes back over them.
            for (std::int64_t left = l.lag; left > 0; ++instant)
                left -= counted.is_working_number(instant) ? 1 : 0;
            for (std::int64_t left = l.lag; left < 0;) {
                --instant;
                left += counted.is_working_number(instant) ? 1 : 0;
            }
        }
        return count_before(to, instant);
    }

    void run() {
        const std::size_t n = problem.tasks.size();
        for (const auto& task : problem.tasks) {
            std::int64_t at = problem.calendars[task.calendar].rank(problem.projects[task.project].start);
            at = std::max(at, task.start_no_earlier.value_or(at));
            at = std::max(at, task.finish_no_earlier.value_or(at + task.duration) - task.duration);
            start.push_back(at);
        }
        for (bool moved = true; moved;) {
            moved = false;
            for (const auto& l : problem.links) {
                const std::int64_t event =
                    start[l.predecessor] + (leaves_finish(l) ? problem.tasks[l.predecessor].duration : 0);
                const std::int64_t bound =
                    image(l, event) - (arrives_finish(l) ? problem.tasks[l.successor].duration : 0);
                if (bound > start[l.successor]) {
                    start[l.successor] = bound;
                    moved = true;
                }
            }
        }
        for (const auto& project : problem.projects)
            ends.push_back(project.finish ? project.finish->number() + 1 : project.start.number());
        for (std::size_t v = 0; v < n; ++v) {
            const auto& task = problem.tasks[v];
            if (problem.projects[task.project].finish) continue;
            const std::int64_t end = begin_of(problem.calendars[task.calendar], start[v] + task.duration - 1) + 1;
            ends[task.project] = std::max(ends[task.project], end);
        }
        for (const auto& task : problem.tasks) {
            std::int64_t at = count_before(problem.calendars[task.calendar], ends[task.project]);
            at = std::min(at, task.finish_no_later.value_or(at));
            at = std::min(at, task.start_no_later.value_or(at - task.duration) + task.duration);
            late.push_back(at);
        }
        for (bool moved = true; moved;) {
            moved = false;
            for (const auto& l : problem.links) {
                const std::int64_t target =
                    late[l.successor] - (arrives_finish(l) ? 0 : problem.tasks[l.successor].duration);
                const std::int64_t length = leaves_finish(l) ? 0 : problem.tasks[l.predecessor].duration;
                while (image(l, late[l.predecessor] - length) > target) {
                    --late[l.predecessor];
                    moved = true;
                }
            }
        }
    }
};

TEST(CriticalPathLaw, AgreesWithRelaxationDayByDayOnAnyCalendars) {
    for (std::uint64_t seed = 0; seed < 400; ++seed) {
        SCOPED_TRACE(seed);
        const CriticalPathProblem problem = random_problem(seed, seed % 4 != 0);
        const auto result = solve(problem);
        const Verdict verdict = examine(problem, result);
        ASSERT_TRUE(verdict.accepted) << verdict.place << ": " << text(verdict.why, Language::en);
        Slow slow{problem};
        slow.run();
        ASSERT_EQ(result.ends, slow.ends);
        for (std::size_t v = 0; v < problem.tasks.size(); ++v) {
            ASSERT_EQ(result.tasks[v].early_start, slow.start[v]) << v;
            ASSERT_EQ(result.tasks[v].late_finish, slow.late[v]) << v;
        }
    }
}

TEST(CriticalPathLaw, AgreesWithLongestPathWhereOneCalendarSuffices) {
    for (std::uint64_t seed = 0; seed < 1000; ++seed) {
        SCOPED_TRACE(seed);
        CriticalPathProblem problem = random_problem(seed, false);
        problem.projects.resize(1);
        for (CriticalPathTask& task : problem.tasks)
            task.project = 0;
        for (CriticalPathLink& l : problem.links)
            l.lag_calendar = LagCalendar::project;
        const auto result = solve(problem);
        ASSERT_TRUE(verify(problem, result));

        const Calendar& calendar = problem.calendars[0];
        LongestPathProblem graph;
        graph.nodes = problem.tasks.size();
        for (const CriticalPathTask& task : problem.tasks) {
            std::int64_t at = calendar.rank(problem.projects[0].start);
            at = std::max(at, task.start_no_earlier.value_or(at));
            at = std::max(at, task.finish_no_earlier.value_or(at + task.duration) - task.duration);
            graph.release.push_back(at);
            graph.span.push_back(task.duration);
            std::int64_t due = task.start_no_later.value_or(LongestPathProblem::unbounded);
            if (task.finish_no_later) due = std::min(due, *task.finish_no_later - task.duration);
            graph.deadline.push_back(due);
        }
        for (const CriticalPathLink& l : problem.links) {
            graph.tail.push_back(l.predecessor);
            graph.head.push_back(l.successor);
            graph.length.push_back(l.lag + (Slow::leaves_finish(l) ? problem.tasks[l.predecessor].duration : 0) -
                                   (Slow::arrives_finish(l) ? problem.tasks[l.successor].duration : 0));
        }
        graph.horizon = calendar.rank_number(result.ends[0]);
        const auto other = solve(graph);
        ASSERT_EQ(other.termination, Termination::optimal);
        for (std::size_t v = 0; v < graph.nodes; ++v) {
            ASSERT_EQ(result.tasks[v].early_start, other.earliest[v]);
            ASSERT_EQ(result.tasks[v].late_start, other.latest[v]);
        }
    }
}

TEST(CriticalPathLaw, EqualCalendarsGiveTheSameDatesWhetherSharedOrCopied) {
    for (std::uint64_t seed = 0; seed < 300; ++seed) {
        CriticalPathProblem shared = random_problem(seed, false);
        CriticalPathProblem copied = shared;
        copied.calendars.push_back(copied.calendars[0]);
        for (std::size_t v = 0; v < copied.tasks.size(); v += 2)
            copied.tasks[v].calendar = 1;
        ASSERT_EQ(solve(shared).tasks, solve(copied).tasks) << seed;
    }
}

// ---- the verifier ----------------------------------------------------------------------------------

TEST(CriticalPathProof, RefusesEveryBrokenAnswer) {
    std::size_t tried = 0;
    for (std::uint64_t seed = 0; seed < 300; ++seed) {
        const CriticalPathProblem problem = random_problem(seed, seed % 2 == 0);
        const auto right = solve(problem);
        if (right.tasks.empty()) continue;
        Random random(seed, 1);
        const auto v = static_cast<std::size_t>(random.below(right.tasks.size()));
        const std::int64_t by = random.chance(1, 2) ? 1 : -1;
        for (int kind = 0; kind < 14; ++kind) {
            SCOPED_TRACE(std::to_string(seed) + " kind " + std::to_string(kind));
            auto wrong = right;
            CriticalPathDates& dates = wrong.tasks[v];
            switch (kind) {
                case 0:
                    dates.early_start += by, dates.early_finish += by;
                    break;
                case 1:
                    dates.late_start += by, dates.late_finish += by;
                    break;
                case 2:
                    dates.early_finish += by;
                    break;
                case 3:
                    *dates.total_float += by;
                    break;
                case 4:
                    *dates.free_float += by;
                    break;
                case 5:
                    dates.critical_by_float = !dates.critical_by_float;
                    break;
                case 6:
                    dates.on_longest_path = !dates.on_longest_path;
                    break;
                case 7:
                    wrong.ends[0] += by;
                    break;
                case 8:
                    wrong.tasks.pop_back();
                    break;
                case 9:
                    wrong.claim = Claim::estimate;
                    break;
                case 10:
                    wrong.drivers.early[v] = static_cast<std::uint32_t>(problem.links.size());
                    break;
                case 11:
                    wrong.drivers.late[v] = static_cast<std::uint32_t>(problem.links.size());
                    break;
                case 12:
                    dates.early_start = std::numeric_limits<std::int64_t>::min();
                    break;
                default:
                    if (wrong.driving.empty()) continue;
                    wrong.driving[0] ^= 1;
                    break;
            }
            const Verdict verdict = examine(problem, wrong);
            EXPECT_FALSE(verdict.accepted);
            EXPECT_FALSE(verdict.place.empty());
            EXPECT_FALSE(verdict.why.empty());
            ++tried;
        }
        // Moving all late dates together breaks the end they rest on.
        auto shifted = right;
        for (CriticalPathDates& dates : shifted.tasks) {
            dates.late_start -= 1;
            dates.late_finish -= 1;
            *dates.total_float -= 1;
        }
        EXPECT_FALSE(verify(problem, shifted));
    }
    EXPECT_GT(tried, 3000U);
}

TEST(CriticalPathProof, RefusesPointersInACircle) {
    CriticalPathProblem problem = one_calendar({0, 0});
    problem.links = {link(0, 1), link(1, 0)};
    auto result = solve(one_calendar({0, 0}));
    result.driving = {1, 1};
    result.drivers.early = {1, 0};
    const Verdict verdict = examine(problem, result);
    EXPECT_FALSE(verdict.accepted);
    EXPECT_EQ(verdict.why.code(), "schedule_pointer_cycle");
}

// ---- schedules with known answers ------------------------------------------------------------------

std::string known_answers() {
    std::vector<std::filesystem::path> places;
    if (const char* shared = std::getenv("COUNTYPLAN_SHARED")) places.emplace_back(shared);
#ifdef COUNTYPLAN_SOURCE_DIR
    places.push_back(std::filesystem::path(COUNTYPLAN_SOURCE_DIR) / ".." / "shared");
#endif
    places.push_back(std::filesystem::path("..") / "shared");
    for (const auto& place : places) {
        const auto file = place / "data" / "oracles" / "cpm_p6.json.gz";
        if (std::filesystem::exists(file)) return file.string();
    }
    return {};
}

std::string unpacked(const std::string& file) {
    const std::unique_ptr<std::FILE, int (*)(std::FILE*)> pipe(popen(("gzip -dc '" + file + "'").c_str(), "r"), pclose);
    std::string out;
    std::array<char, 1 << 16> buffer{};
    while (pipe) {
        const std::size_t got = std::fread(buffer.data(), 1, buffer.size(), pipe.get());
        if (got == 0) break;
        out.append(buffer.data(), got);
    }
    return out;
}

/// 08:00 of a day and 17:00 of the working day before are the same boundary.
std::int64_t boundary(const Calendar& calendar, const std::string& text) {
    const Day at = *Day::parse(text.substr(0, 10));
    return text.substr(11) == "08:00" ? calendar.rank(at) : calendar.rank(at + std::chrono::days(1));
}

TEST(CriticalPathKnownAnswers, AgreesWithAll359SchedulesOfAnEmulatorOfPrimaveraP6) {
    const std::string file = known_answers();
    if (file.empty()) GTEST_SKIP() << "the schedules with known answers are not here (../shared/data/oracles)";
    const auto records = nlohmann::json::parse(unpacked(file));
    ASSERT_EQ(records.size(), 359U);
    std::size_t tasks = 0;
    std::size_t agreeing = 0;
    for (const auto& record : records) {
        SCOPED_TRACE(record["kind"].get<std::string>() + " " + std::to_string(record["seed"].get<int>()));
        ASSERT_TRUE(record["progress"].empty());
        std::vector<Day> off;
        for (const auto& holiday : record["holidays"])
            off.push_back(*Day::parse(holiday.get<std::string>()));
        CriticalPathProblem problem;
        problem.calendars = {week(off)};
        const Calendar& calendar = problem.calendars[0];
        problem.projects = {{.start = *Day::parse(record["start"].get<std::string>().substr(0, 10))}};
        for (const auto& duration : record["dur_days"]) {
            CriticalPathTask task;
            task.duration = duration.get<std::int64_t>();
            problem.tasks.push_back(task);
        }
        for (const auto& relation : record["relations"]) {
            problem.links.push_back(link(relation[0].get<std::uint32_t>(), relation[1].get<std::uint32_t>(),
                                         *enumerator<LinkKind>(relation[2].get<std::string>()),
                                         relation[3].get<std::int64_t>()));
        }
        for (const auto& constraint : record["constraints"]) {
            CriticalPathTask& task = problem.tasks[constraint[0].get<std::size_t>()];
            const std::string kind = constraint[1].get<std::string>();
            const Day at = *Day::parse(constraint[2].get<std::string>().substr(0, 10));
            if (kind == "START_NO_EARLIER_THAN") task.start_no_earlier = calendar.start_boundary(at);
            if (kind == "FINISH_NO_EARLIER_THAN") task.finish_no_earlier = calendar.finish_boundary(at);
            if (kind == "START_NO_LATER_THAN") task.start_no_later = calendar.start_boundary(at);
            if (kind == "FINISH_NO_LATER_THAN") task.finish_no_later = calendar.finish_boundary(at);
        }
        const auto result = solve(problem);
        EXPECT_TRUE(verify(problem, result));
        // With nothing done by the evening before the start, progress changes nothing, by any logic.
        CriticalPathProblem reported = problem;
        reported.data_date = problem.projects[0].start - std::chrono::days(1);
        for (const ProgressLogic logic :
             {ProgressLogic::retained, ProgressLogic::override, ProgressLogic::actual_dates}) {
            reported.logic = logic;
            EXPECT_EQ(solve(reported), result);
        }
        for (std::size_t v = 0; v < problem.tasks.size(); ++v) {
            SCOPED_TRACE(v);
            const auto& known = record["result"][v];
            const CriticalPathDates& dates = result.tasks[v];
            EXPECT_EQ(dates.early_start, boundary(calendar, known[0]));
            EXPECT_EQ(dates.early_finish, boundary(calendar, known[1]));
            EXPECT_EQ(dates.late_start, boundary(calendar, known[2]));
            EXPECT_EQ(dates.late_finish, boundary(calendar, known[3]));
            EXPECT_EQ(static_cast<double>(dates.total_float.value()), known[4][0].get<double>());
            EXPECT_EQ(static_cast<double>(dates.free_float.value()), known[5][0].get<double>());
            EXPECT_EQ(dates.critical_by_float, known[6].get<bool>());
            EXPECT_EQ(start_of(problem.tasks[v], dates), boundary(calendar, known[7]));
            EXPECT_EQ(finish_of(problem.tasks[v], dates), boundary(calendar, known[8]));
            const bool agrees = dates.early_start == boundary(calendar, known[0]) &&
                                dates.early_finish == boundary(calendar, known[1]) &&
                                dates.late_start == boundary(calendar, known[2]) &&
                                dates.late_finish == boundary(calendar, known[3]);
            ++tasks;
            agreeing += agrees ? 1 : 0;
        }
    }
    std::printf("%zu schedules: the dates of %zu of %zu tasks agree; none of the tasks has progress\n", records.size(),
                agreeing, tasks);
}

}  // namespace
}  // namespace countyplan
