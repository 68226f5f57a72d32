#include <countyplan/track/live_schedule.hpp>

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include <countyplan/error.hpp>
#include <countyplan/solve/random.hpp>

#include "given/law.hpp"

namespace countyplan {
namespace {

Day day(const char* text) { return *Day::parse(text); }

/// The week Monday to Friday, or all seven days, without some days `off`, in 2025 and 2026.
Calendar calendar_without(const std::vector<Day>& off, bool seven) {
    const Day first = day("2025-01-01");
    std::vector<bool> working(730);
    for (std::size_t i = 0; i < working.size(); ++i)
        working[i] = seven || std::chrono::weekday((first + std::chrono::days(i)).days()).iso_encoding() < 6;
    for (const Day d : off)
        working[static_cast<std::size_t>((d - first).count())] = false;
    return Calendar(first, working, day("2026-12-31"));
}

CriticalPathTask lasting(std::int64_t duration) {
    CriticalPathTask task;
    task.duration = duration;
    return task;
}

CriticalPathLink link(std::uint32_t from, std::uint32_t to, std::int64_t lag = 0) {
    return {from, to, LinkKind::finish_start, lag, LagCalendar::predecessor, LinkBound::minimum};
}

/// 0 (5 days) and 1 (3 days) before 2 (2 days).
CriticalPathProblem three() {
    CriticalPathProblem problem;
    problem.calendars = {calendar_without({}, false)};
    problem.projects = {{.start = day("2025-09-01")}};
    problem.tasks = {lasting(5), lasting(3), lasting(2)};
    problem.links = {link(0, 2), link(1, 2)};
    return problem;
}

/// What `solve` gives, with the steps of `live`: these alone may differ.
CriticalPathResult solved(const CriticalPathProblem& problem, const CriticalPathResult& live) {
    CriticalPathResult out = solve(problem);
    out.steps = live.steps;
    return out;
}

void expect_solved(const LiveSchedule& live) {
    const CriticalPathProblem problem = live.problem();
    const CriticalPathResult result = live.result();
    ASSERT_EQ(result, solved(problem, result));
}

// ---- examples --------------------------------------------------------------------------------------

TEST(LiveSchedule, FollowsADurationToTheEndAndBack) {
    LiveSchedule live(three());
    const std::int64_t zero = live.problem().calendars[0].rank(day("2025-09-01"));
    EXPECT_EQ(live.dates(1).total_float, 2);
    const LiveEdit edit = live.change_task(1, lasting(9));
    EXPECT_TRUE(edit.verdict.accepted);
    EXPECT_EQ(live.dates(2).early_start - zero, 9);
    EXPECT_EQ(live.dates(0).total_float, 4);
    EXPECT_EQ(live.dates(0).free_float, 4);
    EXPECT_EQ(live.dates(1).total_float, 0);
    EXPECT_EQ(live.end(0), day("2025-09-15").number() + 1);
    EXPECT_TRUE(verify(live.problem(), live.result()));
    expect_solved(live);
}

TEST(LiveSchedule, LooksOnlyAtWhatAnEditTouches) {
    CriticalPathProblem problem = three();
    for (std::uint32_t v = 3; v < 1000; ++v) {
        problem.tasks.push_back(lasting(1));
        if (v > 3) problem.links.push_back(link(v - 1, v));
    }
    LiveSchedule live(problem);
    EXPECT_LE(live.change_task(1, lasting(4)).steps, 4U) << "it has float: nothing else moves";
    EXPECT_LE(live.change_task(999, lasting(7)).steps, 4U + 997U) << "the whole chain must end later, but no more";
    const std::size_t chain = live.change_task(999, lasting(8)).steps;
    LiveSchedule other(problem);
    other.change_task(2, lasting(1000));
    EXPECT_LE(other.change_task(2, lasting(1001)).steps, 6U) << "the end moves, and all late dates with it";
    EXPECT_GT(chain, 990U);
    expect_solved(live);
    expect_solved(other);
}

TEST(LiveSchedule, AddsAndRemovesTasksAndGivesNumbersOutAgain) {
    LiveSchedule live(three());
    EXPECT_EQ(live.add_task(lasting(4)).number, 3U);
    EXPECT_EQ(live.add_link(link(3, 0)).number, 2U);
    expect_solved(live);
    EXPECT_TRUE(live.remove_task(0).verdict.accepted);
    EXPECT_EQ(live.task_numbers(), (std::vector<std::uint32_t>{1, 2, 3}));
    EXPECT_EQ(live.link_numbers(), (std::vector<std::uint32_t>{1}));
    EXPECT_EQ(live.link_count(), 1U);
    expect_solved(live);
    EXPECT_EQ(live.add_task(lasting(6)).number, 0U);
    EXPECT_EQ(live.task(0).duration, 6);
    expect_solved(live);
}

TEST(LiveSchedule, TakesItsOwnRowsAsFields) {
    LiveSchedule live(three());
    for (std::uint32_t i = 0; i < 20; ++i) {  // so that lists grow meanwhile
        EXPECT_TRUE(live.add_task(live.task(0)).verdict.accepted);
        EXPECT_TRUE(live.add_link(live.link(0)).verdict.accepted);
    }
    EXPECT_TRUE(live.change_link(1, live.link(1)).verdict.accepted);
    EXPECT_TRUE(live.change_link(1, live.link(0)).verdict.accepted);
    EXPECT_TRUE(live.change_task(1, live.task(0)).verdict.accepted);
    EXPECT_EQ(live.link(1), live.link(0));
    EXPECT_EQ(live.task(22).duration, 5);
    expect_solved(live);
}

TEST(LiveSchedule, RefusesACycleWithIt) {
    LiveSchedule live(three());
    const CriticalPathResult before = live.result();
    const LiveEdit edit = live.add_link(link(2, 1));
    EXPECT_FALSE(edit.verdict.accepted);
    EXPECT_EQ(edit.verdict.why.code(), "graph_cycle");
    ASSERT_TRUE(std::holds_alternative<Cycle>(edit.conflict));
    EXPECT_EQ(std::get<Cycle>(edit.conflict), (Cycle{{1, 2}, {1, 2}, true}));
    EXPECT_EQ(live.result(), before);
    EXPECT_EQ(live.problem(), three());
}

TEST(LiveSchedule, RefusesWhatBreaksAMandatoryDate) {
    CriticalPathProblem problem = three();
    problem.tasks[2].mandatory_start = problem.calendars[0].rank(day("2025-09-01")) + 6;
    LiveSchedule live(problem);
    const CriticalPathResult before = live.result();
    const LiveEdit edit = live.change_task(1, lasting(7));
    EXPECT_EQ(edit.verdict.why.code(), "schedule_mandate_broken");
    EXPECT_EQ(edit.verdict.place, "tasks[2]");
    ASSERT_TRUE(std::holds_alternative<MandatoryConflict>(edit.conflict));
    EXPECT_EQ(std::get<MandatoryConflict>(edit.conflict), (MandatoryConflict{1, {1}}));
    const CriticalPathResult after = live.result();
    EXPECT_EQ(after.tasks, before.tasks);
    EXPECT_EQ(live.problem(), problem);
    expect_solved(live);
}

TEST(LiveSchedule, SaysInWordsWhatItDoesNotTake) {
    CriticalPathProblem problem = three();
    problem.links[0].bound = LinkBound::maximum;
    EXPECT_THROW(LiveSchedule{problem}, InvalidProblem);
    problem = three();
    problem.links.push_back(link(2, 0));
    EXPECT_THROW(LiveSchedule{problem}, InvalidProblem) << "a cycle";
    problem = three();
    problem.tasks[2].mandatory_finish = 0;
    EXPECT_THROW(LiveSchedule{problem}, InvalidProblem) << "a mandatory date long past";

    LiveSchedule live(three());
    CriticalPathLink maximum = link(0, 2);
    maximum.bound = LinkBound::maximum;
    const struct {
        LiveEdit edit;
        const char* code;
        const char* place;
    } rows[] = {
        {live.add_link(maximum), "live_maximum_lag", "links[2].bound"},
        {live.change_link(1, maximum), "live_maximum_lag", "links[1].bound"},
        {live.add_link(link(0, 0)), "track_self_link", "links[2]"},
        {live.add_link(link(0, 9)), "track_no_such_item", "links[2].successor"},
        {live.add_task(lasting(-1)), "track_out_of_range", "tasks[3].duration"},
        {live.change_task(2, lasting(-1)), "track_out_of_range", "tasks[2].duration"},
        {live.change_task(3, lasting(1)), "live_no_such_number", "tasks[3]"},
        {live.remove_task(3), "live_no_such_number", "tasks[3]"},
        {live.change_link(2, link(0, 1)), "live_no_such_number", "links[2]"},
        {live.remove_link(2), "live_no_such_number", "links[2]"},
    };
    for (const auto& row : rows) {
        SCOPED_TRACE(row.code);
        EXPECT_FALSE(row.edit.verdict.accepted);
        EXPECT_EQ(row.edit.verdict.why.code(), row.code);
        EXPECT_EQ(row.edit.verdict.place, row.place);
    }
    EXPECT_EQ(live.problem(), three());
    live.remove_task(1);
    EXPECT_EQ(live.add_link(link(1, 2)).verdict.why.code(), "live_no_such_number");
}

TEST(LiveSchedule, BeginsWithNothing) {
    LiveSchedule live(CriticalPathProblem{});
    expect_solved(live);
    EXPECT_EQ(live.add_task(lasting(1)).verdict.why.code(), "track_no_such_item") << "no calendar, no project";
    LiveSchedule moved = std::move(live);
    EXPECT_EQ(moved.task_count(), 0U);
}

TEST(LiveSchedule, MovesLateDatesOfOneProjectWithTheEndOfAnother) {
    CriticalPathProblem problem = three();
    problem.projects.push_back({.start = day("2025-09-01")});
    problem.tasks[2].project = 1;
    problem.tasks.push_back(lasting(10));
    problem.tasks[3].project = 1;
    LiveSchedule live(problem);
    EXPECT_EQ(live.dates(0).total_float, 0);
    EXPECT_EQ(live.dates(1).total_float, 2);
    problem.tasks[3].duration = 20;
    live.change_task(3, problem.tasks[3]);
    EXPECT_EQ(live.dates(2).total_float, 13);
    expect_solved(live);
}

TEST(LiveMessages, AreListedOnceAndSpeakBothLanguages) {
    std::set<std::string_view> codes;
    for (const MessageText* row : message::all_live_messages) {
        EXPECT_TRUE(codes.insert(row->code).second) << row->code;
        EXPECT_FALSE(row->zh.empty());
        EXPECT_FALSE(row->en.empty());
    }
    EXPECT_EQ(codes.size(), 2U);
}

// ---- laws ------------------------------------------------------------------------------------------

/// What a case of the law may contain.
struct Recipe {
    std::uint32_t tasks = 0;
    std::uint32_t calendars = 1;
    std::uint32_t projects = 1;
    bool bounds = true;
    bool mandates = false;
    bool progress = false;
    ProgressLogic logic = ProgressLogic::retained;
    ScheduleRules rules = ScheduleRules::standard;
};

/// Numbers, used or not, with what stands under them; and the network without gaps.
struct Model {
    CriticalPathProblem frame;  ///< all but tasks and links
    std::vector<std::optional<CriticalPathTask>> tasks;
    std::vector<std::optional<CriticalPathLink>> links;

    [[nodiscard]] CriticalPathProblem problem() const {
        CriticalPathProblem out = frame;
        const std::vector<std::uint32_t> row = rows(tasks);
        for (const auto& task : tasks) {
            if (task) out.tasks.push_back(*task);
        }
        for (const auto& link : links) {
            if (!link) continue;
            out.links.push_back(*link);
            out.links.back().predecessor = row[link->predecessor];
            out.links.back().successor = row[link->successor];
        }
        return out;
    }
    template <class T>
    [[nodiscard]] static std::vector<std::uint32_t> rows(const std::vector<std::optional<T>>& list) {
        std::vector<std::uint32_t> out;
        std::uint32_t row = 0;
        for (const auto& entry : list)
            out.push_back(entry ? row++ : no_node);
        return out;
    }
    template <class T>
    [[nodiscard]] static std::uint32_t pick(const std::vector<std::optional<T>>& list, Random& random) {
        std::vector<std::uint32_t> used;
        for (std::uint32_t i = 0; i < list.size(); ++i) {
            if (list[i]) used.push_back(i);
        }
        return used.empty() ? no_node : used[random.below(used.size())];
    }
    template <class T>
    static void put(std::vector<std::optional<T>>& list, std::uint32_t number, const T& entry) {
        if (number == list.size()) list.emplace_back();
        list[number] = entry;
    }
};

CriticalPathTask random_task(const Model& model, const Recipe& recipe, Random& random) {
    CriticalPathTask task = lasting(random.between(0, 8));
    task.calendar = static_cast<std::uint32_t>(random.below(recipe.calendars));
    task.project = static_cast<std::uint32_t>(random.below(recipe.projects));
    const std::int64_t zero = model.frame.calendars[task.calendar].rank(day("2025-09-01"));
    const auto some = [&] { return zero + random.between(-5, 50); };
    if (recipe.bounds && random.chance(1, 8)) task.start_no_earlier = some();
    if (recipe.bounds && random.chance(1, 8)) task.finish_no_earlier = some();
    if (recipe.bounds && random.chance(1, 8)) task.start_no_later = some();
    if (recipe.bounds && random.chance(1, 8)) task.finish_no_later = some();
    if (recipe.bounds && random.chance(1, 8)) task.deadline = some();
    if (recipe.mandates && random.chance(1, 10)) task.mandatory_start = some() + 20;
    if (recipe.mandates && random.chance(1, 10)) task.mandatory_finish = some() + 20;
    if (!model.frame.data_date) return task;
    const std::int64_t now = model.frame.calendars[task.calendar].finish_boundary(*model.frame.data_date);
    if (random.chance(1, 2)) task.actual_start = now - random.between(0, 12);  // 0: refused
    if (task.actual_start && random.chance(1, 2)) {
        task.actual_finish = *task.actual_start + random.between(0, 5);  // may be refused as well
    } else if (random.chance(1, 5)) {
        task.remaining = random.between(0, 9);
    }
    return task;
}

CriticalPathLink random_link(const Model& model, const Recipe& recipe, Random& random) {
    CriticalPathLink out = link(Model::pick(model.tasks, random), Model::pick(model.tasks, random));
    if (out.predecessor > out.successor && random.chance(2, 3)) std::swap(out.predecessor, out.successor);
    out.type = static_cast<LinkKind>(random.between(0, 3));
    out.lag = random.between(-4, 6);
    out.lag_calendar = static_cast<LagCalendar>(random.between(0, recipe.calendars > 1 ? 3 : 2));
    return out;
}

Model random_model(const Recipe& recipe, Random& random) {
    Model model;
    std::vector<Day> off;
    for (int i = 0; i < 20; ++i)
        off.push_back(day("2025-08-25") + std::chrono::days(random.between(0, 90)));
    model.frame.calendars = {calendar_without({}, false), calendar_without({}, true), calendar_without(off, false)};
    for (std::uint32_t p = 0; p < recipe.projects; ++p) {
        CriticalPathProject project{.start = day("2025-09-01") + std::chrono::days(random.between(0, 6))};
        if (random.chance(1, 4)) project.finish = day("2025-10-10");
        project.calendar = static_cast<std::uint32_t>(random.below(recipe.calendars));
        model.frame.projects.push_back(project);
    }
    model.frame.logic = recipe.logic;
    model.frame.rules = recipe.rules;
    if (recipe.progress) model.frame.data_date = day("2025-09-01") + std::chrono::days(random.between(0, 30));
    for (std::uint32_t i = 0; i < recipe.tasks; ++i) {
        CriticalPathTask task = random_task(model, recipe, random);
        CriticalPathProblem alone = model.frame;
        alone.tasks = {task};
        if (!examine(alone).accepted) task = lasting(random.between(0, 8));
        task.mandatory_start = std::nullopt;
        task.mandatory_finish = std::nullopt;
        model.tasks.emplace_back(task);
    }
    for (std::uint32_t k = 0; recipe.tasks > 1 && k < 2 * recipe.tasks; ++k) {
        CriticalPathLink out = random_link(model, recipe, random);
        if (out.predecessor == out.successor) continue;
        if (out.predecessor > out.successor) std::swap(out.predecessor, out.successor);
        model.links.emplace_back(out);
    }
    return model;
}

/// Makes an edit on both sides; `wanted` is the model with it, valid or not.
LiveEdit random_edit(LiveSchedule& live, const Model& model, Model& wanted, const Recipe& recipe, Random& random) {
    const std::uint64_t kind = random.below(16);
    const std::uint32_t v = Model::pick(model.tasks, random);
    const std::uint32_t a = Model::pick(model.links, random);
    if (v == no_node || (kind == 0 && model.tasks.size() < 500)) {
        const CriticalPathTask task = random_task(model, recipe, random);
        const LiveEdit edit = live.add_task(task);
        Model::put(wanted.tasks, edit.number, task);
        return edit;
    }
    if (kind == 1) {
        wanted.tasks[v].reset();
        for (auto& link : wanted.links) {
            if (link && (link->predecessor == v || link->successor == v)) link.reset();
        }
        return live.remove_task(v);
    }
    if (kind < 4) {
        wanted.tasks[v] = random_task(model, recipe, random);
        return live.change_task(v, *wanted.tasks[v]);
    }
    if (kind < 8 || (kind >= 11 && a == no_node)) {
        wanted.tasks[v]->duration = random.between(0, 12);
        return live.change_task(v, *wanted.tasks[v]);
    }
    if (kind < 11) {
        const CriticalPathLink fresh = random_link(model, recipe, random);
        const LiveEdit edit = live.add_link(fresh);
        Model::put(wanted.links, edit.number, fresh);
        return edit;
    }
    if (kind < 13) {
        wanted.links[a].reset();
        return live.remove_link(a);
    }
    if (kind < 15) {
        wanted.links[a]->lag = random.between(-6, 8);
    } else {
        wanted.links[a] = random_link(model, recipe, random);
    }
    return live.change_link(a, *wanted.links[a]);
}

/// What was refused is refused from scratch as well, for the same reason, and nothing has changed.
void expect_refusal(const LiveEdit& edit, const Model& wanted) {
    const CriticalPathProblem problem = wanted.problem();
    if (const auto* conflict = std::get_if<MandatoryConflict>(&edit.conflict)) {
        const CriticalPathResult result = solve(problem);
        ASSERT_EQ(result.termination, Termination::infeasible);
        MandatoryConflict renumbered{Model::rows(wanted.tasks)[conflict->root], {}};
        for (const std::uint32_t a : conflict->links)
            renumbered.links.push_back(Model::rows(wanted.links)[a]);
        ASSERT_EQ(renumbered, std::get<MandatoryConflict>(result.conflict));
        return;
    }
    const Verdict verdict = examine(problem);
    ASSERT_FALSE(verdict.accepted);
    ASSERT_EQ(verdict.why.code(), edit.verdict.why.code());
    if (const auto* cycle = std::get_if<Cycle>(&edit.conflict)) {
        ASSERT_EQ(std::ranges::count(cycle->arcs, edit.number), 1);
        for (std::size_t i = 0; i < cycle->arcs.size(); ++i) {
            ASSERT_EQ(wanted.links[cycle->arcs[i]]->predecessor, cycle->nodes[i]);
            ASSERT_EQ(wanted.links[cycle->arcs[i]]->successor, cycle->nodes[(i + 1) % cycle->nodes.size()]);
        }
    }
}

void expect_equal_all_along(const Recipe& recipe, std::uint64_t seed, std::size_t edits) {
    Random random(seed);
    Model model = random_model(recipe, random);
    LiveSchedule live(model.problem());
    ASSERT_NO_FATAL_FAILURE(expect_solved(live));
    for (std::size_t e = 0; e < edits; ++e) {
        SCOPED_TRACE(e);
        Model wanted = model;
        const CriticalPathResult before = live.result();
        const LiveEdit edit = random_edit(live, model, wanted, recipe, random);
        const CriticalPathResult result = live.result();
        if (edit.verdict.accepted) {
            model = std::move(wanted);
        } else {
            ASSERT_NO_FATAL_FAILURE(expect_refusal(edit, wanted));
            ASSERT_EQ(result.tasks, before.tasks);
            ASSERT_EQ(result.drivers, before.drivers);
        }
        const CriticalPathProblem problem = model.problem();
        ASSERT_EQ(live.problem(), problem);
        ASSERT_EQ(result, solved(problem, result));
        for (std::uint32_t v = 0, row = 0; v < model.tasks.size(); ++v) {
            ASSERT_EQ(live.has_task(v), model.tasks[v].has_value());
            if (!model.tasks[v]) continue;
            ASSERT_EQ(live.dates(v).late_start, result.tasks[row].late_start);
            ASSERT_EQ(live.dates(v).free_float, result.tasks[row++].free_float);
        }
    }
    ASSERT_EQ(examine(live.problem(), live.result()), Verdict{});
}

Recipe recipe_of(std::uint64_t seed) {
    Recipe out;
    out.tasks = static_cast<std::uint32_t>(seed % 25 == 24 ? 100 + seed * 7 % 400 : seed * 13 % 30);
    out.calendars = seed % 2 == 0 ? 1 : 3;
    out.projects = seed / 2 % 2 == 0 ? 1 : 3;
    out.bounds = seed % 5 != 0;
    out.mandates = seed % 3 == 0;
    out.progress = seed / 4 % 2 == 1;
    out.logic = static_cast<ProgressLogic>(seed / 8 % 3);
    out.rules = seed % 7 == 6 ? ScheduleRules::ms_project : ScheduleRules::standard;
    return out;
}

TEST(LiveScheduleLaw, AfterEveryEditEqualsAScheduleFromScratch) {
    constexpr std::size_t edits = 100;
    for (std::uint64_t seed = 0; seed < given::law_cases(1'000'000 / edits); ++seed) {
        SCOPED_TRACE(seed);
        ASSERT_NO_FATAL_FAILURE(expect_equal_all_along(recipe_of(seed), seed, edits));
    }
}

}  // namespace
}  // namespace countyplan
