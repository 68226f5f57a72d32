#include <countyplan/track/schedule_log.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include <countyplan/solve/random.hpp>
#include <countyplan/track/schedule_log_messages.hpp>

#include "given/law.hpp"
#include "given/progress.hpp"

namespace countyplan {
namespace {

/// One project from Monday 2025-09-01 on the week Monday to Friday; boundaries count from that morning.
struct Net {
    CriticalPathProblem problem{};
    std::int64_t zero = 0;

    explicit Net(const std::vector<std::int64_t>& durations) {
        problem.calendars = {Calendar()};
        problem.projects = {{.start = *Day::parse("2025-09-01")}};
        zero = problem.calendars[0].rank(problem.projects[0].start);
        for (const std::int64_t d : durations)
            problem.tasks.emplace_back().duration = d;
    }
    void link(std::uint32_t from, std::uint32_t to, LinkKind type = LinkKind::finish_start, std::int64_t lag = 0) {
        problem.links.push_back({from, to, type, lag});
    }
};

/// A five days, then B ten; C three beside them; then D.
Net four() {
    Net net({5, 10, 3, 2});
    net.link(0, 1);
    net.link(1, 3);
    net.link(2, 3);
    return net;
}

MoveExplanation explained(const Net& before, const Net& after, std::uint32_t task) {
    return explain_move(before.problem, solve(before.problem), after.problem, solve(after.problem), task);
}

/// Such as "3f:start 3s:predecessor": the events that moved and why.
std::string chain(const MoveExplanation& move) {
    std::string out = move.is_later ? "later" : "earlier";
    for (const MoveStep& step : move.steps) {
        out += " " + std::to_string(step.task) + (step.at_finish ? "f:" : "s:");
        out += name(step.cause);
    }
    return out;
}

TEST(ScheduleLog, NamesWhatEachDateRestsOn) {
    Net net = four();
    net.problem.tasks[2].start_no_earlier = net.zero + 1;
    net.problem.tasks[2].deadline = net.zero + 6;
    const auto result = solve(net.problem);
    const auto log = schedule_log(net.problem, result);
    ASSERT_EQ(log.size(), 4U);
    EXPECT_EQ(log[0].start, (DateReason{.driver = DateDriver::project_start}));
    EXPECT_EQ(log[0].resume, log[0].start);
    EXPECT_EQ(log[0].finish, (DateReason{.driver = DateDriver::work, .days_off = 0}));
    EXPECT_EQ(log[1].start, (DateReason{.driver = DateDriver::link, .link = 0, .days_off = 2})) << "over a weekend";
    EXPECT_EQ(log[1].finish, (DateReason{.driver = DateDriver::work, .days_off = 2}));
    EXPECT_EQ(log[2].start, (DateReason{.driver = DateDriver::start_no_earlier}));
    EXPECT_EQ(log[2].late_finish, (DateReason{.driver = DateDriver::deadline}));
    EXPECT_EQ(log[3].late_finish, (DateReason{.driver = DateDriver::project_end}));
    EXPECT_EQ(log[1].late_finish, (DateReason{.driver = DateDriver::link, .link = 1, .days_off = 2}));
    EXPECT_EQ(log[1].late_start.driver, DateDriver::work);
    const std::vector<std::string> names{"A", "B", "C", "D"};
    const auto said = sentences("start", log[1].start, false, net.problem, names);
    ASSERT_EQ(said.size(), 2U);
    EXPECT_EQ(text(said[0], Language::en), "start: waits for A (finish to start, lag 0)");
    EXPECT_EQ(text(said[1], Language::en), "2 days off lie between");
    EXPECT_EQ(text(sentences("最迟完成", log[1].late_finish, true, net.problem, names)[0], Language::zh),
              "最迟完成：D 在等待它（完成-开始，时距 0）");
    EXPECT_EQ(text(sentences("start", log[0].start, false, net.problem, names)[0], Language::en),
              "start: start of the project");
}

TEST(ScheduleLog, TellsFinishesFromStarts) {
    Net net({4, 2});
    net.link(0, 1, LinkKind::finish_finish, 1);
    net.problem.tasks[1].start_no_later = net.zero + 1;
    const auto log = schedule_log(net.problem, solve(net.problem));
    EXPECT_EQ(log[1].finish, (DateReason{.driver = DateDriver::link, .link = 0}));
    EXPECT_EQ(log[1].start.driver, DateDriver::work);
    EXPECT_EQ(log[1].late_start.driver, DateDriver::start_no_later);
    EXPECT_EQ(log[1].late_finish.driver, DateDriver::work);
}

TEST(ScheduleLog, TellsReportedDatesFromScheduledOnes) {
    Net net({5, 5, 5});
    net.link(0, 1, LinkKind::finish_start, 6);
    net.problem.data_date = *Day::parse("2025-09-05");
    net.problem.tasks[0].actual_start = net.zero;
    net.problem.tasks[0].actual_finish = net.zero + 4;
    net.problem.tasks[2].actual_start = net.zero + 2;
    const auto log = schedule_log(net.problem, solve(net.problem));
    EXPECT_EQ(log[0].start.driver, DateDriver::actual_start);
    EXPECT_EQ(log[0].finish.driver, DateDriver::actual_finish);
    EXPECT_EQ(log[1].start, (DateReason{.driver = DateDriver::link, .link = 0, .by_actual = true, .days_off = 2}));
    EXPECT_EQ(log[2].start.driver, DateDriver::actual_start);
    EXPECT_EQ(log[2].resume, (DateReason{.driver = DateDriver::data_date, .days_off = 2})) << "Saturday and Sunday";
    EXPECT_EQ(log[2].finish.driver, DateDriver::work);
}

TEST(ExplainMove, LeadsDownToTheFirstCause) {
    const Net before = four();
    Net after = four();
    EXPECT_EQ(chain(explained(before, after, 3)), "earlier") << "nothing moved";
    after.problem.tasks[0].duration = 7;
    const MoveExplanation move = explained(before, after, 3);
    EXPECT_EQ(chain(move), "later 3f:start 3s:predecessor 1f:start 1s:predecessor 0f:work");
    EXPECT_EQ(chain(explained(after, before, 3)), "earlier 3f:start 3s:predecessor 1f:start 1s:predecessor 0f:work");
    const std::vector<std::string> names{"A", "B", "C", "D"};
    std::string said;
    for (const Message& message : sentences(move, "D", names))
        said += text(message, Language::en) + "\n";
    EXPECT_EQ(said,
              "D finishes on 2025-09-25 instead of 2025-09-23\n"
              "because its start has moved\n"
              "D starts on 2025-09-24 instead of 2025-09-22\n"
              "because it waits for B\n"
              "B finishes on 2025-09-23 instead of 2025-09-19\n"
              "because its start has moved\n"
              "B starts on 2025-09-10 instead of 2025-09-08\n"
              "because it waits for A\n"
              "A finishes on 2025-09-09 instead of 2025-09-05\n"
              "because it takes 7 working days instead of 5\n");
    EXPECT_EQ(text(sentences(move, "D", names).back(), Language::zh), "因为所需工期由 5 变为 7 个工作日");
    EXPECT_EQ(text(sentences({}, "D", names).front(), Language::en), "D has not moved");
}

TEST(ExplainMove, TellsTheOneDayOfAMilestone) {
    Net before({5, 0, 2});
    before.link(0, 1);
    before.link(1, 2);
    Net after = before;
    after.problem.tasks[0].duration = 7;
    const MoveExplanation move = explained(before, after, 2);
    EXPECT_EQ(chain(move), "later 2f:start 2s:predecessor 1f:start 1s:predecessor 0f:work");
    const std::vector<std::string> names{"A", "M", "C"};
    std::string said;
    for (const Message& message : sentences(move, "C", names))
        said += text(message, Language::en) + "\n";
    EXPECT_EQ(said,
              "C finishes on 2025-09-11 instead of 2025-09-09\n"
              "because its start has moved\n"
              "C starts on 2025-09-10 instead of 2025-09-08\n"
              "because it waits for M\n"
              "M finishes on 2025-09-09 instead of 2025-09-05\n"
              "because it waits for A\n"
              "A finishes on 2025-09-09 instead of 2025-09-05\n"
              "because it takes 7 working days instead of 5\n");
}

TEST(ExplainMove, NamesEveryKindOfCause) {
    const Net before = four();
    const auto cause = [&](auto change, std::uint32_t task = 3) {
        Net after = four();
        change(after);
        const MoveExplanation move = explained(before, after, task);
        return (move.is_later ? "later " : "earlier ") +
               (move.steps.empty() ? std::string("none") : std::string(name(move.steps.back().cause)));
    };
    EXPECT_EQ(cause([](Net& n) { n.problem.links[1].lag = 2; }), "later lag");
    EXPECT_EQ(cause([](Net& n) { n.problem.links[1].lag = -2; }), "earlier lag");
    EXPECT_EQ(cause([](Net& n) { n.problem.links.erase(n.problem.links.begin() + 1); }), "earlier removed_link");
    EXPECT_EQ(cause([](Net& n) { n.link(1, 2); }), "later new_link");
    EXPECT_EQ(cause([](Net& n) { n.problem.tasks[1].start_no_earlier = n.zero + 9; }), "later bound");
    EXPECT_EQ(cause([](Net& n) { n.problem.projects[0].start = *Day::parse("2025-09-03"); }), "later project_start");
    EXPECT_EQ(cause([](Net& n) { n.problem.data_date = *Day::parse("2025-09-05"); }), "later data_date");
    EXPECT_EQ(cause([](Net& n) {
                  std::vector<bool> working{true, true, false, false, true};  // Wednesday and Thursday off
                  n.problem.calendars[0] = Calendar(n.problem.projects[0].start, working, std::nullopt);
                  n.problem.projects[0].start = *Day::parse("2025-09-01");
              }),
              "later calendar");
    EXPECT_EQ(cause([](Net& n) {
                  n.problem.tasks.emplace_back().duration = 30;
                  n.link(4, 3);
              }),
              "later new_link");
    EXPECT_EQ(cause([](Net& n) { n.problem.tasks.emplace_back().duration = 30; }, 4), "later new_task");
    EXPECT_EQ(cause(
                  [](Net& n) {
                      n.problem.data_date = *Day::parse("2025-09-12");
                      n.problem.tasks[0].actual_start = n.zero;
                      n.problem.tasks[0].actual_finish = n.zero + 9;
                  },
                  0),
              "later actual");
    const Net shorter = [&] {
        Net n = four();
        n.problem.tasks[1].duration = 1;
        return n;
    }();
    EXPECT_EQ(chain(explained(before, shorter, 3)), "earlier 3f:start 3s:predecessor 1f:work");
}

TEST(ExplainMove, FindsTasksOfTwoPlansByTheirIds) {
    const auto make = [](bool extra) {
        Draft draft = given::county();
        draft.period = {given::day("2025-09-01"), given::day("2026-08-31")};
        given::add_goal(draft, "G");
        const auto add = [&](const char* id, std::int64_t days) {
            Task task;
            task.id = id;
            task.county = draft.counties[Id<County>(0)].code;
            task.goal = "G";
            task.duration = WorkDays(days);
            draft.tasks.push_back(task);
        };
        const auto link = [&](const char* from, const char* to) {
            Link row;
            row.predecessor = from;
            row.successor = to;
            draft.links.push_back(row);
        };
        if (extra) add("N", 3);
        add("A", 5);
        add("B", 5);
        link("A", "B");
        if (extra) link("N", "A");
        return Plan(draft);
    };
    const Plan before = make(false);
    const Plan after = make(true);
    const MoveExplanation out = explain_move(before, schedule(before), after, schedule(after), Id<Task>(2));
    EXPECT_EQ(chain(out), "later 2f:start 2s:predecessor 1f:start 1s:new_link");
    EXPECT_EQ(out.steps.back().other, 0U);
    const MoveExplanation back = explain_move(after, schedule(after), before, schedule(before), Id<Task>(1));
    EXPECT_EQ(chain(back), "earlier 2f:start 2s:predecessor 1f:start 1s:removed_link") << "as the earlier plan counts";
}

// ---- laws ------------------------------------------------------------------------------------------

CriticalPathProblem random_net(Random& random) {
    Net net({});
    const auto n = static_cast<std::uint32_t>(random.between(1, 9));
    if (random.chance(1, 2)) net.problem.data_date = *Day::parse("2025-09-04");
    if (random.chance(1, 2)) {
        net.problem.calendars.emplace_back(*Day::parse("2025-01-01"), std::vector<bool>(800, true), std::nullopt);
    }
    net.problem.logic = static_cast<ProgressLogic>(random.between(0, 2));
    if (random.chance(1, 3)) net.problem.rules = ScheduleRules::ms_project;
    const bool may_return = net.problem.rules == ScheduleRules::standard && net.problem.calendars.size() == 1;
    for (std::uint32_t i = 0; i < n; ++i) {
        CriticalPathTask& task = net.problem.tasks.emplace_back();
        task.duration = random.between(0, 5);
        task.calendar =
            static_cast<std::uint32_t>(random.between(0, static_cast<std::int64_t>(net.problem.calendars.size()) - 1));
        const std::int64_t zero = net.problem.calendars[task.calendar].rank(net.problem.projects[0].start);
        const auto some = [&] { return zero + random.between(0, 9); };
        if (random.chance(1, 6)) task.start_no_earlier = some();
        if (random.chance(1, 6)) task.finish_no_earlier = some();
        if (random.chance(1, 6)) task.start_no_later = some();
        if (random.chance(1, 6)) task.finish_no_later = some();
        if (random.chance(1, 6)) task.deadline = some();
        if (random.chance(1, 12)) task.mandatory_start = some() + 9;
        if (random.chance(1, 12)) task.mandatory_finish = some() + 14;
        if (!net.problem.data_date || !random.chance(1, 3)) continue;
        task.actual_start = zero + random.between(0, 3);
        if (random.chance(1, 2))
            task.actual_finish = *task.actual_start + random.between(0, zero + 4 - *task.actual_start);
    }
    for (std::uint32_t i = 0; i < n; ++i) {
        for (std::uint32_t j = i + 1; j < n; ++j) {
            if (!random.chance(1, 3)) continue;
            CriticalPathLink row{i, j, static_cast<LinkKind>(random.between(0, 3)), random.between(-2, 3),
                                 static_cast<LagCalendar>(random.between(0, may_return ? 2 : 3))};
            if (may_return && random.chance(1, 4)) {
                row.bound = LinkBound::maximum;
                row.lag += 6;
            }
            net.problem.links.push_back(row);
        }
    }
    return net.problem;
}

/// One thing about the network changes; the kind of cause that may be told is returned.
std::set<MoveCause> change(CriticalPathProblem& problem, Random& random) {
    const auto task = static_cast<std::size_t>(random.between(0, static_cast<std::int64_t>(problem.tasks.size()) - 1));
    CriticalPathTask& row = problem.tasks[task];
    switch (random.between(0, 4)) {
        case 0:
            row.duration = random.between(0, 9);
            return {MoveCause::work};
        case 1:
            if (problem.links.empty()) return {};
            problem
                .links[static_cast<std::size_t>(random.between(0, static_cast<std::int64_t>(problem.links.size()) - 1))]
                .lag = random.between(-3, 6);
            return {MoveCause::lag};
        case 2:
            if (problem.links.empty()) return {};
            problem.links.pop_back();
            return {MoveCause::removed_link};
        case 3:
            row.start_no_earlier =
                problem.calendars[row.calendar].rank(problem.projects[0].start) + random.between(0, 15);
            return {MoveCause::bound};
        default:
            problem.projects[0].start = problem.projects[0].start + std::chrono::days(random.between(-5, 9));
            return {MoveCause::project_start};
    }
}

TEST(ExplainMoveLaw, EveryChainRunsOneWayAndEndsWithWhatChanged) {
    std::size_t moved = 0;
    for (std::uint64_t seed = 0; seed < ::given::law_cases(200'000); ++seed) {
        SCOPED_TRACE(seed);
        Random random(seed);
        const CriticalPathProblem before = random_net(random);
        CriticalPathProblem after = before;
        std::set<MoveCause> causes = change(after, random);
        if (before.rules == ScheduleRules::ms_project) causes.insert(MoveCause::rules);
        const auto dates_before = solve(before);
        const auto dates_after = solve(after);
        if (dates_before.termination != Termination::optimal || dates_after.termination != Termination::optimal)
            continue;
        for (std::uint32_t v = 0; v < before.tasks.size(); ++v) {
            const MoveExplanation move = explain_move(before, dates_before, after, dates_after, v);
            const bool is_moved =
                finish_of(before.tasks[v], dates_before.tasks[v]) != finish_of(after.tasks[v], dates_after.tasks[v]);
            ASSERT_EQ(!move.steps.empty(), is_moved);
            if (!is_moved) continue;
            ++moved;
            ASSERT_EQ(move.steps.front().task, v);
            for (std::size_t i = 0; i < move.steps.size(); ++i) {
                const MoveStep& step = move.steps[i];
                ASSERT_TRUE(step.before && step.after);
                ASSERT_EQ(*step.after > *step.before, move.is_later) << i;
                const bool goes_on = step.cause == MoveCause::predecessor || step.cause == MoveCause::start;
                ASSERT_EQ(goes_on, i + 1 < move.steps.size());
                if (goes_on) {
                    ASSERT_EQ(step.cause == MoveCause::start ? step.task : step.other, move.steps[i + 1].task);
                }
            }
            ASSERT_TRUE(causes.contains(move.steps.back().cause)) << name(move.steps.back().cause);
            // Asked the other way round it is the same chain.
            MoveExplanation back = explain_move(after, dates_after, before, dates_before, v);
            ASSERT_EQ(back.steps.size(), move.steps.size());
            ASSERT_NE(back.is_later, move.is_later);
        }
    }
    EXPECT_GT(moved, 100U);
}

TEST(ScheduleLogLaw, EveryReasonGivesItsDate) {
    for (std::uint64_t seed = 0; seed < ::given::law_cases(200'000); ++seed) {
        SCOPED_TRACE(seed);
        Random random(seed);
        const CriticalPathProblem problem = random_net(random);
        const auto result = solve(problem);
        if (result.termination != Termination::optimal) continue;
        const auto log = schedule_log(problem, result);
        for (std::uint32_t v = 0; v < problem.tasks.size(); ++v) {
            const CriticalPathTask& task = problem.tasks[v];
            const CriticalPathDates& d = result.tasks[v];
            const Calendar& calendar = problem.calendars[task.calendar];
            const auto boundary_of = [&](const DateReason& reason) -> std::optional<std::int64_t> {
                switch (reason.driver) {
                    case DateDriver::project_start:
                        return calendar.rank(problem.projects[0].start);
                    case DateDriver::data_date:
                        return calendar.finish_boundary(*problem.data_date);
                    case DateDriver::start_no_earlier:
                        return task.start_no_earlier;
                    case DateDriver::finish_no_earlier:
                        return task.finish_no_earlier;
                    case DateDriver::start_no_later:
                        return task.start_no_later;
                    case DateDriver::finish_no_later:
                        return task.finish_no_later;
                    case DateDriver::deadline:
                        return task.deadline;
                    case DateDriver::mandatory_start:
                        return task.mandatory_start;
                    case DateDriver::mandatory_finish:
                        return task.mandatory_finish;
                    case DateDriver::project_end:
                        return calendar.rank_number(result.ends[0]);
                    case DateDriver::actual_start:
                        return task.actual_start;
                    case DateDriver::actual_finish:
                        return task.actual_finish;
                    default:
                        return std::nullopt;
                }
            };
            const auto agrees = [&](const DateReason& reason, std::int64_t date, bool late) {
                if (reason.driver == DateDriver::work) return reason.days_off >= 0;
                if (reason.driver == DateDriver::link) {
                    const CriticalPathLink& link = problem.links[reason.link];
                    const bool at_successor = late == (link.bound == LinkBound::maximum);
                    return (at_successor ? link.successor : link.predecessor) == v &&
                           (late || result.driving[reason.link] == 1) && reason.days_off >= 0;
                }
                return boundary_of(reason) == date && reason.days_off >= 0;
            };
            ASSERT_TRUE(agrees(log[v].start, start_of(task, d), false));
            ASSERT_TRUE(agrees(log[v].resume, d.early_start, false));
            ASSERT_TRUE(agrees(log[v].finish, finish_of(task, d), false));
            ASSERT_TRUE(agrees(log[v].late_start, d.late_start, true));
            ASSERT_TRUE(agrees(log[v].late_finish, d.late_finish, true));
            ASSERT_FALSE(log[v].late_start.driver == DateDriver::work && log[v].late_finish.driver == DateDriver::work);
        }
    }
}

TEST(ScheduleLogMessages, AreListedOnceAndSpeakBothLanguages) {
    std::set<std::string_view> codes;
    for (const MessageText* row : message::all_schedule_log_messages)
        EXPECT_TRUE(codes.insert(row->code).second) << row->code;
    EXPECT_EQ(codes.size(), 32U);
}

}  // namespace
}  // namespace countyplan
