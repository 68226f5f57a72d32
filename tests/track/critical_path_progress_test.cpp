#include <countyplan/track/critical_path.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <gtest/gtest.h>

#include <countyplan/error.hpp>
#include <countyplan/solve/random.hpp>

#include "given/law.hpp"

namespace countyplan {
namespace {

Day day(const char* text) { return *Day::parse(text); }
const Day begin_of_tests = day("2025-08-25");

/// The week Monday to Friday without `off`, over 2025 and 2026; or every day.
Calendar calendar_without(const std::vector<Day>& off, bool every_day) {
    const Day first = day("2025-01-01");
    std::vector<bool> working(730);
    for (std::size_t i = 0; i < working.size(); ++i) {
        const Day at = first + std::chrono::days(i);
        working[i] = every_day || std::chrono::weekday(at.days()).iso_encoding() < 6;
    }
    for (const Day d : off)
        working[static_cast<std::size_t>((d - first).count())] = false;
    return Calendar(first, working, day("2026-12-31"));
}

testing::AssertionResult accepted(const CriticalPathProblem& problem, const CriticalPathResult& result) {
    const Verdict verdict = examine(problem, result);
    if (verdict.accepted) return testing::AssertionSuccess();
    return testing::AssertionFailure() << verdict.place << ": " << text(verdict.why, Language::en);
}

// ---- examples --------------------------------------------------------------------------------------

/// Tasks of one project that begins on Monday 2025-09-01; boundaries are counted from that morning.
struct Example {
    CriticalPathProblem problem{};
    std::int64_t zero = 0;

    explicit Example(const std::vector<std::int64_t>& durations) {
        problem.calendars = {calendar_without({}, false)};
        problem.projects = {{.start = day("2025-09-01")}};
        zero = problem.calendars[0].rank(day("2025-09-01"));
        for (const std::int64_t d : durations)
            problem.tasks.emplace_back().duration = d;
    }
    void link(std::uint32_t from, std::uint32_t to, LinkKind type = LinkKind::finish_start, std::int64_t lag = 0,
              LinkBound bound = LinkBound::minimum) {
        problem.links.push_back({from, to, type, lag, LagCalendar::predecessor, bound});
    }
    /// Everything is reported up to the evening of Wednesday 2025-09-03, boundary 3.
    void report() { problem.data_date = day("2025-09-03"); }
    void start(std::size_t task, std::int64_t at, std::optional<std::int64_t> left = std::nullopt) {
        problem.tasks[task].actual_start = zero + at;
        problem.tasks[task].remaining = left;
    }
    void finish(std::size_t task, std::int64_t from, std::int64_t to) {
        start(task, from);
        problem.tasks[task].actual_finish = zero + to;
    }
    [[nodiscard]] CriticalPathResult solved() const {
        auto result = solve(problem);
        EXPECT_TRUE(accepted(problem, result));
        return result;
    }
    [[nodiscard]] std::int64_t starts(const CriticalPathResult& result, std::size_t task) const {
        return result.tasks[task].early_start - zero;
    }
};

TEST(CriticalPathProgress, RetainedLogicWaitsWhereOverrideDoesNot) {
    Example example({5, 5});
    example.link(0, 1);
    example.report();
    example.start(0, 0, 3);
    example.start(1, 1, 4);  // before its predecessor had finished
    EXPECT_DOUBLE_EQ(passed_share(example.problem, 1), 2.0 / 6.0);
    auto result = example.solved();
    EXPECT_EQ(example.starts(result, 0), 3);
    EXPECT_EQ(example.starts(result, 1), 6);
    EXPECT_EQ(result.tasks[1].early_finish - example.zero, 10);
    EXPECT_EQ(start_of(example.problem.tasks[1], result.tasks[1]) - example.zero, 1) << "printed as reported";
    EXPECT_EQ(result.out_of_sequence, (std::vector<std::uint32_t>{0}));
    for (const ProgressLogic logic : {ProgressLogic::override, ProgressLogic::actual_dates}) {
        example.problem.logic = logic;
        result = example.solved();
        EXPECT_EQ(example.starts(result, 1), 3) << name(logic);
        EXPECT_EQ(result.out_of_sequence, (std::vector<std::uint32_t>{0})) << "always told";
    }
}

TEST(CriticalPathProgress, ACompleteTaskStillTransmitsItsLatePredecessor) {
    Example example({10, 2, 4});
    example.link(0, 1);
    example.link(1, 2);
    example.report();
    example.finish(1, 0, 2);
    auto result = example.solved();
    EXPECT_EQ(example.starts(result, 0), 3);
    EXPECT_EQ(example.starts(result, 2), 13);
    EXPECT_EQ(passed_share(example.problem, 0), 0.0);
    EXPECT_EQ(passed_share(example.problem, 1), 1.0);
    EXPECT_EQ(finish_of(example.problem.tasks[1], result.tasks[1]) - example.zero, 2);
    EXPECT_FALSE(result.tasks[1].total_float || result.tasks[1].free_float || result.tasks[1].interfering_float());
    EXPECT_FALSE(result.tasks[1].critical_by_float);
    EXPECT_TRUE(result.tasks[0].on_longest_path);
    EXPECT_EQ(result.tasks[0].total_float, 4) << "a completed end imposes no bound backward";
    example.problem.logic = ProgressLogic::override;
    EXPECT_EQ(example.starts(example.solved(), 2), 3);
}

TEST(CriticalPathProgress, LagsRunFromWhatHappened) {
    Example example({2, 4, 6, 4});
    example.link(0, 1, LinkKind::finish_start, 5);
    example.link(2, 3, LinkKind::start_start, 6);
    example.report();
    example.finish(0, 0, 2);
    example.start(2, 1);
    const auto result = example.solved();
    EXPECT_EQ(example.starts(result, 1), 7);
    EXPECT_EQ(example.starts(result, 3), 7);
    EXPECT_EQ(result.driving, (std::vector<std::uint8_t>{1, 1}));
    EXPECT_EQ(result.tasks[2].early_finish - result.tasks[2].early_start, 4) << "six days, two of them worked";
}

TEST(CriticalPathProgress, NothingUncompletedLiesBeforeTheDataDate) {
    Example example({5, 2, 1, 0});
    example.report();
    example.start(1, 0);  // should be done by now; a day is left at least
    const auto result = example.solved();
    for (std::size_t v = 0; v < 4; ++v)
        EXPECT_EQ(example.starts(result, v), 3);
    EXPECT_EQ(result.tasks[1].early_finish - example.zero, 4);
}

TEST(CriticalPathLag, AMaximumLagPullsThePredecessorLater) {
    Example example({5, 5});
    example.link(0, 1);
    example.link(0, 1, LinkKind::finish_start, 2, LinkBound::maximum);
    example.problem.tasks[1].start_no_earlier = example.zero + 20;
    const auto result = example.solved();
    EXPECT_EQ(example.starts(result, 0), 13);
    EXPECT_EQ(result.drivers.early[0], 1U);
    EXPECT_EQ(result.tasks[0].total_float, 2);
    EXPECT_FALSE(result.tasks[0].on_longest_path) << "it is pulled along, and pulls nothing";
}

TEST(CriticalPathLag, ThatCannotHoldIsNamedWithItsWayRound) {
    Example example({5, 5, 3});
    example.link(0, 1, LinkKind::finish_start, 2);
    example.link(1, 2);
    example.link(0, 2, LinkKind::start_start, 11, LinkBound::maximum);
    const auto result = example.solved();
    ASSERT_EQ(result.termination, Termination::infeasible);
    EXPECT_EQ(result.cause, Cause::proved);
    EXPECT_EQ(std::get<LagCycle>(result.conflict).links, (std::vector<std::uint32_t>{0, 1, 2}));
    example.problem.links[2].lag = 12;
    EXPECT_EQ(example.solved().termination, Termination::optimal);
}

TEST(CriticalPathMandate, IsKeptExactlyOrNamedWithWhatPassesIt) {
    Example example({5, 5});
    example.link(0, 1);
    example.problem.tasks[1].mandatory_start = example.zero + 8;
    auto result = example.solved();
    EXPECT_EQ(example.starts(result, 1), 8);
    EXPECT_EQ(result.tasks[1].late_start - example.zero, 8);
    EXPECT_EQ(result.tasks[0].total_float, 3);
    example.problem.tasks[1].mandatory_start = example.zero + 3;
    result = example.solved();
    ASSERT_EQ(result.termination, Termination::infeasible);
    EXPECT_EQ(std::get<MandatoryConflict>(result.conflict), (MandatoryConflict{0, {0}}));
    EXPECT_TRUE(result.tasks.empty());
    example.problem.tasks[1].mandatory_start.reset();
    example.problem.tasks[0].mandatory_finish = example.zero + 4;
    EXPECT_EQ(std::get<MandatoryConflict>(example.solved().conflict), (MandatoryConflict{0, {}}));
}

TEST(CriticalPathRules, MsProjectLetsBoundsGoBeforeLinksAndLeadsBeforeTheProject) {
    Example example({5, 5, 5});
    example.link(0, 1);
    example.link(0, 2, LinkKind::finish_start, -8);
    example.problem.tasks[1].start_no_later = example.zero + 2;
    auto result = example.solved();
    EXPECT_EQ(example.starts(result, 1), 5);
    EXPECT_EQ(example.starts(result, 2), 0);
    EXPECT_EQ(result.tasks[1].total_float, -3);
    example.problem.rules = ScheduleRules::ms_project;
    result = example.solved();
    EXPECT_EQ(example.starts(result, 1), 2);
    EXPECT_EQ(example.starts(result, 2), -3);
    EXPECT_EQ(result.tasks[0].total_float, -3) << "the link is broken by so much";
}

TEST(CriticalPathProgressRefusal, NamesTheFieldThatCannotHaveHappened) {
    const auto refused = [](auto change) {
        Example example({5, 0});
        example.link(0, 1);
        example.report();
        change(example);
        const Verdict verdict = examine(example.problem);
        EXPECT_FALSE(verdict.accepted);
        EXPECT_THROW((void)solve(example.problem), InvalidProblem);
        return verdict.place + " " + std::string(verdict.why.code());
    };
    EXPECT_EQ(refused([](Example& e) { e.start(0, 3); }), "tasks[0].actual_start track_beyond_data_date");
    EXPECT_EQ(refused([](Example& e) { e.finish(0, 0, 4); }), "tasks[0].actual_finish track_beyond_data_date");
    EXPECT_EQ(refused([](Example& e) { e.finish(0, 2, 1); }), "tasks[0].actual_finish track_finish_before_start");
    EXPECT_EQ(refused([](Example& e) {
                  e.finish(0, 0, 2);
                  e.problem.tasks[0].remaining = 1;
              }),
              "tasks[0].remaining track_complete_but_remaining");
    EXPECT_EQ(refused([](Example& e) { e.start(0, 0, 0); }), "tasks[0].remaining track_nothing_remains");
    EXPECT_EQ(refused([](Example& e) {
                  e.finish(0, 0, 2);
                  e.problem.tasks[0].actual_start.reset();
              }),
              "tasks[0].actual_start track_finish_without_start");
    EXPECT_EQ(refused([](Example& e) {
                  e.start(0, 0);
                  e.problem.data_date.reset();
              }),
              "tasks[0].actual_start track_without_data_date");
    EXPECT_EQ(refused([](Example& e) { e.problem.links[0].successor = 0; }), "links[0] track_self_link");
    EXPECT_EQ(refused([](Example& e) {
                  e.problem.links[0].bound = LinkBound::maximum;
                  e.problem.rules = ScheduleRules::ms_project;
              }),
              "links[0].bound track_no_maximum_lags");
    EXPECT_EQ(refused([](Example& e) {
                  e.link(0, 1, LinkKind::finish_start, 9, LinkBound::maximum);
                  e.problem.links[1].lag_calendar = LagCalendar::elapsed;
              }),
              "links[1] track_mixed_circle");
    EXPECT_EQ(refused([](Example& e) {
                  e.problem.calendars[0] = Calendar(day("2025-01-01"), std::vector<bool>(365, false), std::nullopt);
              }),
              "calendars[0] track_idle_calendar");
    EXPECT_EQ(refused([](Example& e) { e.problem.tasks[1].deadline = std::int64_t{1} << 40; }),
              "tasks[1].deadline track_out_of_range");
}

// ---- laws ------------------------------------------------------------------------------------------

/// What a random network may hold.
struct Recipe {
    std::uint32_t tasks = 12;
    bool many_calendars = false;
    bool progress = false;
    bool mandates = false;
    bool maximum_lags = false;
    bool set_finish = true;
    ProgressLogic logic = ProgressLogic::retained;
    ScheduleRules rules = ScheduleRules::standard;
};

void add_bounds(CriticalPathTask& task, const Calendar& calendar, const Recipe& recipe, Random& random) {
    const auto some = [&] { return begin_of_tests + std::chrono::days(random.between(0, 60)); };
    if (random.chance(1, 6)) task.start_no_earlier = calendar.start_boundary(some());
    if (random.chance(1, 6)) task.finish_no_earlier = calendar.finish_boundary(some());
    if (random.chance(1, 6)) task.start_no_later = calendar.start_boundary(some());
    if (random.chance(1, 6)) task.finish_no_later = calendar.finish_boundary(some());
    if (random.chance(1, 6)) task.deadline = calendar.finish_boundary(some());
    if (recipe.mandates && random.chance(1, 12)) {
        task.mandatory_start = calendar.start_boundary(some() + std::chrono::days(14));
    }
    if (recipe.mandates && random.chance(1, 12)) {
        task.mandatory_finish = calendar.finish_boundary(some() + std::chrono::days(14));
    }
}

void add_progress(CriticalPathTask& task, const Calendar& calendar, Day data_date, Random& random) {
    const std::int64_t state = random.between(0, 2);  // not started, in progress, complete
    if (random.chance(1, 3)) task.remaining = random.between(1, 9);
    if (state == 0) return;
    const Day started = data_date - std::chrono::days(random.between(0, 12));
    task.actual_start = calendar.actual_start_boundary(started);
    if (state == 1) return;
    task.actual_finish =
        calendar.finish_boundary(started + std::chrono::days(random.between(0, (data_date - started).count())));
    task.remaining = random.chance(1, 2) ? std::optional<std::int64_t>(0) : std::nullopt;
}

CriticalPathProblem random_network(std::uint64_t seed, const Recipe& recipe) {
    Random random(seed);
    const auto n = static_cast<std::uint32_t>(random.between(1, recipe.tasks));
    CriticalPathProblem problem;
    std::vector<Day> off;
    for (int i = 0; i < 20; ++i)
        off.push_back(begin_of_tests + std::chrono::days(random.between(0, 90)));
    problem.calendars = {calendar_without({}, false)};
    if (recipe.many_calendars) {
        problem.calendars = {calendar_without(off, false), calendar_without({}, true), calendar_without({}, false)};
    }
    problem.logic = recipe.logic;
    problem.rules = recipe.rules;
    if (recipe.progress) problem.data_date = begin_of_tests + std::chrono::days(random.between(0, 40));
    const auto calendars = static_cast<std::int64_t>(problem.calendars.size());
    const auto projects = static_cast<std::uint32_t>(random.between(1, 2));
    for (std::uint32_t p = 0; p < projects; ++p) {
        CriticalPathProject project;
        project.start = day("2025-09-01") + std::chrono::days(random.between(0, 6));
        if (recipe.set_finish && random.chance(1, 4)) project.finish = day("2025-10-10");
        project.calendar = static_cast<std::uint32_t>(random.between(0, calendars - 1));
        problem.projects.push_back(project);
    }
    for (std::uint32_t i = 0; i < n; ++i) {
        CriticalPathTask task;
        task.duration = random.between(0, 8);
        task.calendar = static_cast<std::uint32_t>(random.between(0, calendars - 1));
        task.project = static_cast<std::uint32_t>(random.between(0, projects - 1));
        const Calendar& calendar = problem.calendars[task.calendar];
        add_bounds(task, calendar, recipe, random);
        if (problem.data_date) add_progress(task, calendar, *problem.data_date, random);
        problem.tasks.push_back(task);
    }
    const bool mixes = recipe.many_calendars || !recipe.maximum_lags;  // else maximum lags may close circles
    std::vector<std::uint32_t> shuffled(n);
    for (std::uint32_t i = 0; i < n; ++i)
        shuffled[i] = i;
    random.shuffle<std::uint32_t>(shuffled);
    for (std::uint32_t i = 0; i < n; ++i) {
        for (std::uint32_t j = i + 1; j < n; ++j) {
            if (!random.chance(1, 4)) continue;
            const bool is_maximum = recipe.maximum_lags && random.chance(1, 3);
            problem.links.push_back({shuffled[i], shuffled[j], static_cast<LinkKind>(random.between(0, 3)),
                                     random.between(-4, 6) + (is_maximum ? 4 : 0),
                                     static_cast<LagCalendar>(random.between(0, mixes ? 3 : 2)),
                                     is_maximum ? LinkBound::maximum : LinkBound::minimum});
        }
    }
    if (examine(problem).why.code() == "track_mixed_circle") {
        std::erase_if(problem.links, [](const CriticalPathLink& l) { return l.bound == LinkBound::maximum; });
    }
    return problem;
}

/// Dates day by day: boundaries are found by walking a calendar, and bounds are applied until nothing moves.
class DayByDay {
  public:
    explicit DayByDay(const CriticalPathProblem& problem) : problem_(problem) { run(); }

    std::vector<std::int64_t> early{}, late{}, ends{};
    bool diverges = false;
    bool breaks_mandate = false;

    [[nodiscard]] std::int64_t left(std::size_t v) const {
        const CriticalPathTask& t = problem_.tasks[v];
        if (t.actual_finish) return 0;
        if (t.remaining) return *t.remaining;
        if (!t.actual_start) return t.duration;
        std::int64_t left = t.duration;
        for (std::int64_t w = *t.actual_start; w < now(v) && left > 1; ++w)
            --left;
        return left;
    }

  private:
    static std::int64_t count_before(const Calendar& calendar, std::int64_t instant) {
        std::int64_t count = calendar.rank(day("2025-01-01"));
        for (std::int64_t at = day("2025-01-01").number(); at < instant; ++at)
            count += calendar.is_working_number(at) ? 1 : 0;
        return count;
    }
    static std::int64_t begin_of(const Calendar& calendar, std::int64_t w) {
        std::int64_t count = calendar.rank(day("2025-01-01"));
        for (std::int64_t at = day("2025-01-01").number();; ++at) {
            if (!calendar.is_working_number(at)) continue;
            if (count == w) return at;
            ++count;
        }
    }
    /// One end of a link: a task and which of its events.
    struct End {
        std::uint32_t task = 0;
        bool finish = false;
    };
    struct Way {
        End from{}, to{};
        std::int64_t lag = 0;
    };
    [[nodiscard]] static Way way(const CriticalPathLink& l) {
        Way out{{l.predecessor, l.type == LinkKind::finish_start || l.type == LinkKind::finish_finish},
                {l.successor, l.type == LinkKind::finish_finish || l.type == LinkKind::start_finish},
                l.lag};
        if (l.bound == LinkBound::maximum) out = {out.to, out.from, -out.lag};
        return out;
    }
    [[nodiscard]] const Calendar& calendar(std::uint32_t v) const {
        return problem_.calendars[problem_.tasks[v].calendar];
    }
    [[nodiscard]] std::int64_t now(std::size_t v) const {
        return count_before(problem_.calendars[problem_.tasks[v].calendar], problem_.data_date->number() + 1);
    }
    [[nodiscard]] const std::optional<std::int64_t>& actual(End end) const {
        const CriticalPathTask& t = problem_.tasks[end.task];
        return end.finish ? t.actual_finish : t.actual_start;
    }
    [[nodiscard]] std::int64_t event(End end, const std::vector<std::int64_t>& starts) const {
        return starts[end.task] + (end.finish ? left(end.task) : 0);
    }
    /// Where a boundary of `from` leads after `lag`, on the calendar of `to`.
    [[nodiscard]] std::int64_t image(const CriticalPathLink& l, std::int64_t w, std::int64_t lag) const {
        const Way on = way(l);
        const Calendar& from = calendar(on.from.task);
        const Calendar* counted = nullptr;
        if (l.lag_calendar == LagCalendar::predecessor) counted = &calendar(l.predecessor);
        if (l.lag_calendar == LagCalendar::successor) counted = &calendar(l.successor);
        if (l.lag_calendar == LagCalendar::project) {
            counted = &problem_.calendars[problem_.projects[problem_.tasks[l.predecessor].project].calendar];
        }
        std::int64_t instant = on.from.finish ? begin_of(from, w - 1) + 1 : begin_of(from, w);
        if (counted == nullptr) return count_before(calendar(on.to.task), instant + lag);
        for (std::int64_t open = lag; open > 0; ++instant)
            open -= counted->is_working_number(instant) ? 1 : 0;
        for (std::int64_t open = lag; open < 0;) {
            --instant;
            open += counted->is_working_number(instant) ? 1 : 0;
        }
        return count_before(calendar(on.to.task), instant);
    }

    [[nodiscard]] bool says_nothing(const CriticalPathLink& l) const {
        const Way on = way(l);
        if (l.bound == LinkBound::maximum && actual(on.to)) return true;
        return problem_.logic != ProgressLogic::retained && problem_.tasks[on.to.task].actual_start;
    }
    [[nodiscard]] std::optional<std::int64_t> bound(const CriticalPathLink& l) const {
        if (says_nothing(l)) return std::nullopt;
        const Way on = way(l);
        std::int64_t out = 0;
        if (const auto& happened = actual(on.from)) {
            out = image(l, *happened, on.lag);
            if (l.bound == LinkBound::minimum && problem_.logic != ProgressLogic::actual_dates) {
                out = std::max(out, image(l, event(on.from, early), 0));
            }
        } else {
            out = image(l, event(on.from, early), on.lag);
        }
        return out - (on.to.finish ? left(on.to.task) : 0);
    }

    void run() {
        const std::size_t n = problem_.tasks.size();
        std::vector<std::int64_t> own, cap, mandate, due, floor;
        for (std::size_t v = 0; v < n; ++v) {
            const CriticalPathTask& t = problem_.tasks[v];
            constexpr std::int64_t far = std::int64_t{1} << 40;
            floor.push_back(problem_.data_date ? now(v) : -far);
            std::int64_t from = floor[v];
            std::int64_t latest = far, exact = far, deadline = far;
            const bool follows = std::ranges::any_of(problem_.links, [&](const auto& l) { return l.successor == v; });
            if (!t.actual_start) {
                if (problem_.rules == ScheduleRules::standard || !follows) {
                    from = std::max(from, problem_.calendars[t.calendar].rank(problem_.projects[t.project].start));
                }
                from = std::max(from, t.start_no_earlier.value_or(from));
                from = std::max(from, t.mandatory_start.value_or(from));
                exact = std::min(exact, t.mandatory_start.value_or(far));
                latest = std::min(latest, t.start_no_later.value_or(far));
            }
            if (!t.actual_finish) {
                const std::int64_t d = left(v);
                from = std::max(from, t.finish_no_earlier.value_or(from + d) - d);
                from = std::max(from, t.mandatory_finish.value_or(from + d) - d);
                exact = std::min(exact, t.mandatory_finish.value_or(far) - d);
                latest = std::min(latest, t.finish_no_later.value_or(far) - d);
                deadline = std::min(deadline, t.deadline.value_or(far) - d);
            }
            own.push_back(from);
            mandate.push_back(exact);
            cap.push_back(std::min(latest, exact));
            due.push_back(std::min(cap[v], deadline));
        }
        const auto kept = [&](std::size_t v, std::int64_t start) {
            if (problem_.rules == ScheduleRules::standard) return start;
            return std::max(std::min(start, cap[v]), floor[v]);
        };
        std::int64_t limit = 0;
        for (std::size_t v = 0; v < n; ++v) {
            // Followers may begin before the project; any boundary on the calendars of these tests will do.
            const bool has_own = own[v] > -(std::int64_t{1} << 30);
            early.push_back(kept(v, has_own ? own[v] : problem_.calendars[0].rank(day("2025-03-03"))));
            limit = std::max(limit, early[v] + 400);
        }
        for (bool moved = true; moved && !diverges;) {
            moved = false;
            for (const CriticalPathLink& l : problem_.links) {
                const auto least = bound(l);
                const std::uint32_t v = way(l).to.task;
                if (!least || kept(v, *least) <= early[v]) continue;
                early[v] = kept(v, *least);
                moved = true;
                diverges = diverges || early[v] > limit;
            }
        }
        if (diverges) return;
        for (std::size_t v = 0; v < n; ++v)
            breaks_mandate = breaks_mandate || (problem_.rules == ScheduleRules::standard && early[v] > mandate[v]);
        if (breaks_mandate) return;

        for (const auto& project : problem_.projects)
            ends.push_back((project.finish ? *project.finish + std::chrono::days(1) : project.start).number());
        for (std::size_t v = 0; v < n; ++v) {
            const CriticalPathTask& t = problem_.tasks[v];
            if (problem_.projects[t.project].finish) continue;
            const std::int64_t finish = t.actual_finish.value_or(early[v] + left(v));
            ends[t.project] = std::max(ends[t.project], begin_of(problem_.calendars[t.calendar], finish - 1) + 1);
        }
        for (std::size_t v = 0; v < n; ++v) {
            const CriticalPathTask& t = problem_.tasks[v];
            late.push_back(std::min(count_before(problem_.calendars[t.calendar], ends[t.project]) - left(v), due[v]));
        }
        for (bool moved = true; moved;) {
            moved = false;
            for (const CriticalPathLink& l : problem_.links) {
                const Way on = way(l);
                if (actual(on.from)) continue;
                std::int64_t target = 0;
                if (actual(on.to)) {
                    if (l.bound == LinkBound::minimum) continue;
                    target = *actual(on.to);
                } else {
                    if (says_nothing(l)) continue;
                    target = event(on.to, late);
                }
                while (image(l, event(on.from, late), on.lag) > target) {
                    --late[on.from.task];
                    moved = true;
                }
            }
        }
    }

    const CriticalPathProblem& problem_;
};

void expect_day_by_day(const CriticalPathProblem& problem) {
    const auto result = solve(problem);
    ASSERT_TRUE(accepted(problem, result));
    const DayByDay slow(problem);
    if (slow.diverges) {
        ASSERT_TRUE(std::holds_alternative<LagCycle>(result.conflict));
        return;
    }
    if (slow.breaks_mandate) {
        ASSERT_TRUE(std::holds_alternative<MandatoryConflict>(result.conflict));
        return;
    }
    ASSERT_EQ(result.termination, Termination::optimal);
    ASSERT_EQ(result.ends, slow.ends);
    for (std::size_t v = 0; v < problem.tasks.size(); ++v) {
        ASSERT_EQ(result.tasks[v].early_start, slow.early[v]) << v;
        ASSERT_EQ(result.tasks[v].late_start, slow.late[v]) << v;
        ASSERT_EQ(result.tasks[v].early_finish - result.tasks[v].early_start, slow.left(v)) << v;
        ASSERT_EQ(result.tasks[v].total_float.has_value(), !problem.tasks[v].actual_finish) << v;
    }
}

TEST(CriticalPathProgressLaw, AllThreeLogicsAgreeWithWalkingDayByDay) {
    for (std::size_t seed = 0; seed < given::law_cases(20'000); ++seed) {
        SCOPED_TRACE(seed);
        const Recipe recipe{.many_calendars = seed % 4 != 0,
                            .progress = true,
                            .mandates = seed % 5 == 0,
                            .maximum_lags = seed % 3 == 0,
                            .logic = static_cast<ProgressLogic>(seed / 4 % 3)};
        ASSERT_NO_FATAL_FAILURE(expect_day_by_day(random_network(seed, recipe)));
    }
}

TEST(CriticalPathLagLaw, MaximumLagsAndMandatesAgreeWithWalkingDayByDay) {
    for (std::size_t seed = 0; seed < given::law_cases(20'000); ++seed) {
        SCOPED_TRACE(seed);
        const Recipe recipe{.many_calendars = seed % 3 == 0, .mandates = seed % 2 == 0, .maximum_lags = true};
        ASSERT_NO_FATAL_FAILURE(expect_day_by_day(random_network(seed, recipe)));
    }
}

TEST(CriticalPathRulesLaw, MsProjectsRulesAgreeWithWalkingDayByDay) {
    for (std::size_t seed = 0; seed < given::law_cases(20'000); ++seed) {
        SCOPED_TRACE(seed);
        const Recipe recipe{.many_calendars = seed % 3 == 0,
                            .progress = seed % 2 == 0,
                            .mandates = true,
                            .rules = ScheduleRules::ms_project};
        ASSERT_NO_FATAL_FAILURE(expect_day_by_day(random_network(seed, recipe)));
    }
}

/// Longest ways between all pairs of starts (Floyd 1962, Warshall 1962), one calendar, no progress.
TEST(CriticalPathLagLaw, MaximumLagsHoldExactlyWhereNoWayRoundIsLong) {
    std::size_t infeasible = 0;
    for (std::size_t seed = 0; seed < given::law_cases(100'000); ++seed) {
        SCOPED_TRACE(seed);
        CriticalPathProblem problem = random_network(seed, {.tasks = 9, .maximum_lags = true});
        for (CriticalPathLink& l : problem.links)
            l.lag_calendar = LagCalendar::successor;
        const std::size_t n = problem.tasks.size();
        constexpr std::int64_t none = std::numeric_limits<std::int64_t>::min() / 4;
        std::vector<std::int64_t> way(n * n, none);
        for (std::size_t v = 0; v < n; ++v)
            way[v * n + v] = 0;
        for (const CriticalPathLink& l : problem.links) {
            const bool from_finish = l.type == LinkKind::finish_start || l.type == LinkKind::finish_finish;
            const bool to_finish = l.type == LinkKind::finish_finish || l.type == LinkKind::start_finish;
            const std::int64_t length = l.lag + (from_finish ? problem.tasks[l.predecessor].duration : 0) -
                                        (to_finish ? problem.tasks[l.successor].duration : 0);
            const bool back = l.bound == LinkBound::maximum;
            std::int64_t& known = back ? way[l.successor * n + l.predecessor] : way[l.predecessor * n + l.successor];
            known = std::max(known, back ? -length : length);
        }
        for (std::size_t k = 0; k < n; ++k) {
            for (std::size_t i = 0; i < n; ++i) {
                for (std::size_t j = 0; j < n; ++j) {
                    if (way[i * n + k] == none || way[k * n + j] == none) continue;
                    way[i * n + j] = std::max(way[i * n + j], way[i * n + k] + way[k * n + j]);
                }
            }
        }
        bool holds = true;
        for (std::size_t v = 0; v < n; ++v)
            holds = holds && way[v * n + v] == 0;
        const auto result = solve(problem);
        ASSERT_TRUE(accepted(problem, result));
        ASSERT_EQ(result.termination, holds ? Termination::optimal : Termination::infeasible);
        if (!holds) {
            ++infeasible;
            continue;
        }
        for (std::size_t j = 0; j < n; ++j) {
            std::int64_t early = none;
            for (std::size_t i = 0; i < n; ++i) {
                const CriticalPathTask& t = problem.tasks[i];
                std::int64_t own = problem.calendars[0].rank(problem.projects[t.project].start);
                own = std::max(own, t.start_no_earlier.value_or(own));
                own = std::max(own, t.finish_no_earlier.value_or(own + t.duration) - t.duration);
                if (way[i * n + j] != none) early = std::max(early, own + way[i * n + j]);
            }
            ASSERT_EQ(result.tasks[j].early_start, early) << j;
        }
    }
    EXPECT_GT(infeasible, given::law_cases(100'000) / 100);
}

// ---- the verifier ----------------------------------------------------------------------------------

/// One to three random changes anywhere in a result.
void corrupt(CriticalPathResult& result, const CriticalPathProblem& problem, Random& random) {
    const auto links = static_cast<std::int64_t>(problem.links.size());
    const auto some_link = [&] { return static_cast<std::uint32_t>(random.between(0, links)); };
    for (std::int64_t changes = random.between(1, 3); changes > 0; --changes) {
        const std::int64_t by = random.chance(1, 2) ? random.between(1, 3) : -random.between(1, 3);
        const std::int64_t kind = random.between(0, 15);
        if (kind >= 13 || result.tasks.empty()) {
            if (kind == 13 && !result.out_of_sequence.empty()) {
                result.out_of_sequence.pop_back();
            } else if (kind == 14) {
                result.out_of_sequence.push_back(some_link());
            } else if (auto* cycle = std::get_if<LagCycle>(&result.conflict)) {
                if (cycle->links.empty() || random.chance(1, 3)) cycle->links.push_back(some_link());
                cycle->links[random.below(cycle->links.size())] = some_link();
            } else if (auto* broken = std::get_if<MandatoryConflict>(&result.conflict)) {
                if (random.chance(1, 2)) broken->root = some_link();
                if (!broken->links.empty()) broken->links[random.below(broken->links.size())] = some_link();
            } else {
                result.termination = Termination::infeasible;
                result.tasks.clear();
                result.ends.clear();
                result.driving.clear();
                result.drivers = {};
                if (random.chance(1, 2)) {
                    result.conflict = LagCycle{{some_link(), some_link()}};
                } else {
                    result.conflict =
                        MandatoryConflict{static_cast<std::uint32_t>(random.below(problem.tasks.size())), {}};
                }
            }
            continue;
        }
        const std::size_t v = random.below(result.tasks.size());
        CriticalPathDates& dates = result.tasks[v];
        switch (kind) {
            case 0:
                dates.early_start += by, dates.early_finish += by;
                break;
            case 1:
                dates.late_start += by, dates.late_finish += by;
                if (dates.total_float) *dates.total_float += by;
                break;
            case 2:
                for (CriticalPathDates& all : result.tasks)
                    all.late_start += by, all.late_finish += by;
                break;
            case 3:
                dates.total_float = dates.total_float ? std::nullopt : std::optional<std::int64_t>(by);
                break;
            case 4:
                dates.free_float = dates.free_float.value_or(0) + by;
                break;
            case 5:
                dates.critical_by_float = !dates.critical_by_float;
                break;
            case 6:
                dates.on_longest_path = !dates.on_longest_path;
                break;
            case 7:
                result.ends[random.below(result.ends.size())] += by;
                break;
            case 8:
                result.drivers.early[v] = random.chance(1, 3) ? Drivers::own : some_link();
                break;
            case 9:
                result.drivers.late[v] = random.chance(1, 3) ? Drivers::own : some_link();
                break;
            case 10:
                if (!result.driving.empty()) result.driving[random.below(result.driving.size())] ^= 1;
                break;
            case 11:
                dates.early_start = std::numeric_limits<std::int64_t>::min() + 10;
                break;
            default:
                for (CriticalPathDates& all : result.tasks) {
                    all.early_start += by, all.early_finish += by;
                    if (all.total_float) *all.total_float -= by;
                }
                break;
        }
    }
}

TEST(CriticalPathProofLaw, NoCorruptedAnswerIsAcceptedUnlessItsClaimsAreRight) {
    std::size_t accepted_ones = 0;
    std::size_t seed = 0;
    for (std::size_t tried = 0; tried < given::law_cases(100'000); ++seed) {
        const Recipe recipe{.tasks = 8,
                            .many_calendars = seed % 2 == 0,
                            .progress = seed % 3 != 0,
                            .mandates = seed % 5 == 0,
                            .maximum_lags = seed % 7 < 3,
                            .logic = static_cast<ProgressLogic>(seed / 6 % 3),
                            .rules = seed % 7 == 6 ? ScheduleRules::ms_project : ScheduleRules::standard};
        const CriticalPathProblem problem = random_network(seed, recipe);
        const auto right = solve(problem);
        Random random(seed, 1);
        for (int k = 0; k < 20; ++k, ++tried) {
            auto wrong = right;
            corrupt(wrong, problem, random);
            if (!examine(problem, wrong).accepted) continue;
            ++accepted_ones;
            ASSERT_EQ(wrong.termination, right.termination) << seed;
            ASSERT_EQ(wrong.tasks, right.tasks) << seed;
            ASSERT_EQ(wrong.ends, right.ends) << seed;
            ASSERT_EQ(wrong.driving, right.driving) << seed;
            ASSERT_EQ(wrong.out_of_sequence, right.out_of_sequence) << seed;
        }
        // The same answer to another question.
        CriticalPathProblem other = problem;
        CriticalPathTask& task = other.tasks[random.below(other.tasks.size())];
        task.duration += random.between(1, 2);
        if (!other.links.empty() && random.chance(1, 2)) other.links[random.below(other.links.size())].lag += 1;
        if (!examine(other).accepted) continue;
        const auto other_right = solve(other);
        if (examine(other, right).accepted) {
            ASSERT_EQ(right.tasks, other_right.tasks) << seed;
            ASSERT_EQ(right.termination, other_right.termination) << seed;
        }
    }
    EXPECT_LT(accepted_ones, given::law_cases(100'000) / 5) << "other drivers among ties, and changes undone";
}

}  // namespace
}  // namespace countyplan
