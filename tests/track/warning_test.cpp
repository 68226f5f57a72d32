#include <countyplan/track/warning.hpp>

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include <countyplan/solve/random.hpp>
#include <countyplan/track/warning_messages.hpp>

#include "given/law.hpp"
#include "given/progress.hpp"

namespace countyplan {
namespace {

using namespace given;

constexpr const char* today = "2025-03-31";

struct View {
    Plan plan;
    RollUp roll_up;
    Warnings warnings;

    [[nodiscard]] std::vector<WarningReason> reasons(const Warning& warning) const {
        std::vector<WarningReason> out;
        for (const std::uint32_t cause : warning.causes)
            out.push_back(warnings.causes[cause].reason);
        return out;
    }
    /// The sentences of its causes, one after the other.
    [[nodiscard]] std::string said(const Warning& warning) const {
        std::string out;
        for (const std::uint32_t cause : warning.causes)
            out += text(describe(plan, roll_up, warnings.causes[cause]), Language::en) + ". ";
        return out;
    }
    [[nodiscard]] const Warning& task(std::string_view id) const { return warnings.tasks[plan.find<Task>(id)]; }
    [[nodiscard]] const Warning& goal(std::string_view id) const { return warnings.goals[plan.find<Goal>(id)]; }
    [[nodiscard]] const Warning& indicator(std::string_view id) const {
        return warnings.indicators[plan.find<Indicator>(id)];
    }
    [[nodiscard]] const Warning& county() const { return warnings.counties[Id<County>(0)]; }
};

View look(const Draft& draft, const WarningOptions& options = {}, const TimePerformance& performance = {},
          const char* on = today, const RollUpOptions& how = {}) {
    View out{Plan(draft), {}, {}};
    const AsOf as_of{day(on), day(on)};
    const Ledger ledger(out.plan);
    const Schedule planned = schedule(out.plan);
    const Schedule expected = schedule(ledger, as_of);
    const ProgressReport progress = progress_of(ledger, planned, expected, as_of);
    out.roll_up = roll_up(out.plan, progress, as_of, how);
    out.warnings = warnings({.ledger = ledger,
                             .planned = planned,
                             .expected = expected,
                             .progress = progress,
                             .roll_up = out.roll_up,
                             .as_of = as_of,
                             .roll_up_options = how,
                             .staffing = out.plan.rows().staffing,
                             .performance = performance},
                            options);
    return out;
}

/// A goal with a long task that defines the county's end, and room beside it.
Draft with_room() {
    Draft draft = county();
    add_goal(draft, "G");
    const Id<Task> task = add_task(draft, "LONG", "G", Measurement::zero_hundred);
    draft.tasks[task].duration = WorkDays(200);
    report(draft, "LONG", Noun::task, "started", "2025-01-01");
    return draft;
}

Id<Task> add_later(Draft& draft, const std::string& id) {
    const Id<Task> task = add_task(draft, id, "G", Measurement::zero_hundred);
    draft.tasks[task].not_before = day("2025-06-02");
    return task;
}

TEST(Warning, ColoursTasksByTheFirstRuleThatHolds) {
    Draft draft = with_room();
    add_task(draft, "DONE", "G", Measurement::zero_hundred);
    report(draft, "DONE", Noun::task, "finished", "2025-01-14");
    add_task(draft, "LATE", "G", Measurement::zero_hundred);
    report(draft, "LATE", Noun::task, "started", "2025-01-06");
    add_task(draft, "SILENT", "G", Measurement::zero_hundred);
    add_later(draft, "LATER");
    const Id<Task> due = add_task(draft, "DUE", "G", Measurement::zero_hundred);
    draft.tasks[due].duration = WorkDays(100);
    draft.tasks[due].deadline = day("2025-04-30");
    report(draft, "DUE", Noun::task, "started", "2025-01-06");
    const Id<Task> gone = add_task(draft, "GONE", "G", Measurement::zero_hundred);
    report(draft, "GONE", Noun::task, "status", "cancelled");
    const View view = look(draft);
    const struct {
        const char* task;
        WarningColour colour;
        WarningReason reason;
    } rows[] = {
        {"LONG", WarningColour::amber, WarningReason::little_float},
        {"DONE", WarningColour::blue, WarningReason::complete},
        {"LATE", WarningColour::red, WarningReason::late},
        {"SILENT", WarningColour::grey, WarningReason::no_report},  // late too, but nothing is known
        {"LATER", WarningColour::green, WarningReason::on_track},   // nothing is due of it
        {"DUE", WarningColour::red, WarningReason::past_deadline},
        {"GONE", WarningColour::grey, WarningReason::cancelled},
    };
    for (const auto& row : rows) {
        EXPECT_EQ(view.task(row.task).colour, row.colour) << row.task;
        EXPECT_EQ(view.reasons(view.task(row.task)), std::vector{row.reason}) << row.task;
    }
    EXPECT_EQ(view.county().colour, WarningColour::red);
    EXPECT_EQ(view.said(view.county()),
              "task LATE was due to finish on 2025-01-14 and is not complete. "
              "task DUE is expected to finish on 2025-05-23, after its deadline 2025-04-30. ");
    const WarningCause& late = view.warnings.causes[view.task("LATE").causes.front()];
    EXPECT_EQ(to_text(place_of(late)), "tasks[2].id");
    EXPECT_EQ(text(describe(view.plan, view.roll_up, late), Language::zh), "任务 LATE应于 2025-01-14 完成，尚未完成");
    EXPECT_EQ(view.warnings.provinces.at(0).colour, WarningColour::red);
    EXPECT_EQ(view.said(view.warnings.provinces.at(0)), "county 451024 is red. ");
    EXPECT_FALSE(view.task("GONE").causes.empty());
    EXPECT_EQ(view.warnings.tasks[gone].computed, WarningColour::grey);
}

TEST(Warning, JudgesSpeedByThresholdsThatAreData) {
    Draft draft = with_room();
    const Id<Task> task = add_later(draft, "T");
    const auto colour = [&](double speed, const WarningOptions& options = {}) {
        TimePerformance performance;
        performance.tasks = ById<Id<Task>, std::optional<double>>(draft.tasks.size());
        performance.tasks[task] = speed;
        return look(draft, options, performance).task("T").colour;
    };
    EXPECT_EQ(colour(0.79), WarningColour::red);
    EXPECT_EQ(colour(0.80), WarningColour::amber);
    EXPECT_EQ(colour(0.949), WarningColour::amber);
    EXPECT_EQ(colour(0.95), WarningColour::green);
    WarningOptions lenient;
    lenient.slow_red = 0.5;
    lenient.slow_amber = 0.7;
    EXPECT_EQ(colour(0.75, lenient), WarningColour::green);
    lenient.little_float = WorkDays(1000);
    EXPECT_EQ(colour(0.75, lenient), WarningColour::amber);
}

TEST(Warning, JudgesIndicatorsByTheirPaceInBothDirections) {
    Draft draft = county();
    add_goal(draft, "G");
    const auto add = [&](const char* id, double baseline, double target, const char* due, const char* value) {
        const Id<Indicator> row =
            add_indicator(draft, id, "G", baseline, target, target < baseline ? Direction::down : Direction::up);
        draft.indicators[row].baseline_date = day("2025-01-01");
        if (*due != '\0') draft.indicators[row].due = day(due);
        if (*value != '\0') report(draft, id, Noun::indicator, "value", value, "2025-03-02", "2025-03-02");
        return row;
    };
    add("WEAK", 20, 40, "2025-07-01", "22");    // 60 of 181 days, 10 % of the way: 30 % of what is due
    add("FAIR", 40, 20, "2025-07-01", "34.2");  // 29 %: 87 %
    add("GOOD", 40, 20, "2025-07-01", "33");    // 35 %
    add("DONE", 40, 20, "2025-07-01", "19");
    add("MISSED", 20, 40, "2025-03-15", "39");
    add("SILENT", 20, 40, "2025-07-01", "");
    add("OPEN", 20, 40, "", "21");  // without a day there is no pace
    draft.indicators[add("EARLY", 20, 40, "2027-01-01", "20")].baseline_date = day("2025-03-01");
    const View view = look(draft);
    EXPECT_EQ(view.indicator("WEAK").colour, WarningColour::red);
    EXPECT_EQ(view.said(view.indicator("WEAK")),
              "indicator WEAK has made 30.2% of the progress due by now, "
              "less than 80%. ");
    EXPECT_EQ(view.indicator("FAIR").colour, WarningColour::amber);
    EXPECT_EQ(view.indicator("GOOD").colour, WarningColour::green);
    EXPECT_EQ(view.indicator("DONE").colour, WarningColour::blue);
    EXPECT_EQ(view.indicator("MISSED").colour, WarningColour::red);
    EXPECT_EQ(view.reasons(view.indicator("MISSED")), std::vector{WarningReason::missed_target});
    EXPECT_EQ(view.indicator("SILENT").colour, WarningColour::grey);
    EXPECT_EQ(view.indicator("OPEN").colour, WarningColour::green);
    EXPECT_EQ(view.indicator("EARLY").colour, WarningColour::green);
}

TEST(Warning, ParentsLookAtLargeAndCriticalChildrenUnlessToldOtherwise) {
    Draft draft = county();
    add_goal(draft, "G");
    const auto add = [&](const char* id, double weight, const char* field, const char* value) {
        const Id<Task> task = add_task(draft, id, "G", Measurement::zero_hundred, weight);
        report(draft, id, Noun::task, field, value);
        return task;
    };
    add("DONE", 95, "finished", "2025-01-14");
    add("LATE", 5, "started", "2025-01-06");
    const Id<Task> last = add("LAST", 0, "started", "2025-01-01");
    draft.tasks[last].duration = WorkDays(200);  // the longest path
    const auto goal = [&](ParentRule rule) {
        WarningOptions options;
        options.little_float = WorkDays(-1);
        options.parents = rule;
        return look(draft, options).goal("G").colour;
    };
    EXPECT_EQ(goal(ParentRule::worst_critical), WarningColour::green) << "5 % is too small a share";
    EXPECT_EQ(goal(ParentRule::weighted), WarningColour::green);
    EXPECT_EQ(goal(ParentRule::worst), WarningColour::red);
    draft.tasks[Id<Task>(1)].weight = 45;  // 2 * 45 / 140 = 0.64
    EXPECT_EQ(goal(ParentRule::worst_critical), WarningColour::red);
    EXPECT_EQ(goal(ParentRule::weighted), WarningColour::amber);
    draft.tasks[Id<Task>(1)].weight = 0;
    EXPECT_EQ(goal(ParentRule::worst_critical), WarningColour::green) << "weighs nothing";
    draft.tasks[Id<Task>(1)].milestone = true;
    draft.tasks[Id<Task>(1)].duration = WorkDays(0);
    EXPECT_EQ(goal(ParentRule::worst_critical), WarningColour::red) << "a milestone of weight 0 counts here";
}

TEST(Warning, WhereNoShareIsLargeTheLargestCount) {
    Draft draft = county();
    add_goal(draft, "G");
    for (int i = 0; i < 20; ++i) {
        const std::string id = "T" + std::to_string(i);
        draft.tasks[add_task(draft, id, "G", Measurement::zero_hundred, i == 1 ? 1.0 : 2.0)].duration =
            WorkDays(i == 19 ? 200 : 10);
        report(draft, id, Noun::task, i < 2 || i == 19 ? "started" : "finished", "2025-01-06");
    }
    WarningOptions options;
    options.little_float = WorkDays(-1000);
    const View view = look(draft, options);
    EXPECT_EQ(view.goal("G").colour, WarningColour::red);
    EXPECT_EQ(view.said(view.goal("G")), "task T0 was due to finish on 2025-01-14 and is not complete. ");
}

TEST(Warning, SaysUnknownRatherThanGreenWhereTooLittleIsKnown) {
    Draft draft = with_room();
    add_task(draft, "A", "G", Measurement::zero_hundred);
    add_task(draft, "B", "G", Measurement::zero_hundred);
    const View view = look(draft);
    EXPECT_EQ(view.goal("G").colour, WarningColour::grey);
    EXPECT_EQ(view.said(view.goal("G")),
              "task LONG has 0 working days of float, no more than 5. "
              "task A has no data, though due to be under way since 2025-01-01. "
              "task B has no data, though due to be under way since 2025-01-01. "
              "goal G: only 33.3% has data, at least 60% is needed. ");
}

TEST(Warning, LeavesAReportedColourOnlyByAClearCrossingOrAtTheSecondReport) {
    Draft draft = with_room();
    const Id<Task> task = add_later(draft, "T");
    const auto shown = [&](double speed, const char* reported, const char* on) {
        Draft with = draft;
        report(with, "T", Noun::task, "reported_colour", reported, on, on);
        TimePerformance performance;
        performance.tasks = ById<Id<Task>, std::optional<double>>(draft.tasks.size());
        performance.tasks[task] = speed;
        return look(with, {}, performance).task("T").colour;
    };
    EXPECT_EQ(shown(0.79, "amber", "2025-03-01"), WarningColour::amber) << "within 0.02 of the limit";
    EXPECT_EQ(shown(0.77, "amber", "2025-03-01"), WarningColour::red);
    EXPECT_EQ(shown(0.79, "amber/red", "2025-03-01"), WarningColour::red) << "the second report in a row";
    EXPECT_EQ(shown(0.81, "red", "2025-03-01"), WarningColour::red) << "upwards too";
    EXPECT_EQ(shown(0.83, "red", "2025-03-01"), WarningColour::amber);
    EXPECT_EQ(shown(0.79, "amber", today), WarningColour::red) << "a report of the same day is not a former one";
    EXPECT_EQ(shown(0.79, "amber", "2025-04-01"), WarningColour::red);
}

TEST(Warning, EntriesByHandNeedAReasonAndLastUntilTheNextReport) {
    Draft draft = with_room();
    add_later(draft, "T");
    report(draft, "T", Noun::task, "colour", "amber: 校方已承诺补报", "2025-03-10", "2025-03-10");
    View view = look(draft);
    EXPECT_EQ(view.task("T").colour, WarningColour::amber);
    EXPECT_EQ(view.task("T").computed, WarningColour::green);
    EXPECT_EQ(view.said(view.task("T")), "task T was set to amber by hand on 2025-03-10: 校方已承诺补报. ");
    EXPECT_EQ(look(draft, {}, {}, "2025-03-09").task("T").colour, WarningColour::green) << "not made yet";

    Draft reported = draft;
    report(reported, "T", Noun::task, "reported_colour", "amber/green", "2025-03-20", "2025-03-20");
    EXPECT_EQ(look(reported).task("T").colour, WarningColour::green) << "a report has been issued since";
    EXPECT_EQ(look(reported, {}, {}, "2025-03-20").task("T").colour, WarningColour::amber);

    Draft above = draft;
    report(above, "G", Noun::goal, "colour", "green：复核通过", "2025-03-12", "2025-03-12");
    view = look(above);
    EXPECT_EQ(view.task("T").colour, WarningColour::green) << "the goal's entry is newer";
    EXPECT_EQ(view.task("LONG").colour, WarningColour::amber) << "numbers stay";
    EXPECT_EQ(view.goal("G").colour, WarningColour::green);
    report(above, "T", Noun::task, "colour", "red: 承包方停工", "2025-03-14", "2025-03-14");
    view = look(above);
    EXPECT_EQ(view.task("T").colour, WarningColour::red);
    EXPECT_EQ(view.goal("G").colour, WarningColour::red) << "a newer entry below still counts";

    Draft wrong = draft;
    wrong.ledger.clear();
    report(wrong, "T", Noun::task, "colour", "amber");
    report(wrong, "LONG", Noun::task, "colour", "purple: 好看");
    view = look(wrong);
    EXPECT_TRUE(found(view.warnings.findings, "entry_without_reason", "ledger[0].value"));
    EXPECT_TRUE(found(view.warnings.findings, "fact_unreadable", "ledger[1].value"));
    EXPECT_EQ(view.task("T").colour, WarningColour::green);
}

TEST(Warning, NamesTheEmptyPostsOfASchoolWhereSomethingIsAmiss) {
    Draft draft = county();
    add_goal(draft, "G");
    School school;
    school.id = "S";
    school.county = draft.counties[Id<County>(0)].code;
    school.assisted = true;
    draft.schools.push_back(school);
    Post post;
    post.id = "P";
    post.school = "S";
    post.min = 1;
    draft.posts.push_back(post);
    draft.tasks[add_task(draft, "LATE", "G", Measurement::zero_hundred)].school = "S";
    report(draft, "LATE", Noun::task, "started", "2025-01-06");
    const View view = look(draft);
    EXPECT_EQ(view.reasons(view.task("LATE")), (std::vector{WarningReason::late, WarningReason::empty_post}));
    EXPECT_NE(view.said(view.county()).find("post P has 0 of 1 people in place"), std::string::npos)
        << view.said(view.county());

    Sender sender;
    sender.id = "440300";
    draft.senders.push_back(sender);
    Expert expert;
    expert.id = "E";
    expert.sender = sender.id;
    expert.roles = {Role::teacher};
    draft.experts.push_back(expert);
    draft.staffing.push_back({"E", "P", day("2025-01-01"), day("2025-12-31")});
    const View staffed = look(draft);
    EXPECT_EQ(staffed.reasons(staffed.task("LATE")), std::vector{WarningReason::late});
}

TEST(Warning, AnIssuedReportIsAFactThatLeavesTheReportAsItWas) {
    Draft draft = with_room();
    add_task(draft, "LATE", "G", Measurement::zero_hundred);
    report(draft, "LATE", Noun::task, "started", "2025-01-06");
    const View before = look(draft);
    const AsOf as_of{day(today), day(today)};
    const std::vector<Fact> facts = issue_report(before.plan, before.warnings, as_of, day("2025-04-02"), "county");
    ASSERT_EQ(facts.size(), 4U);
    EXPECT_EQ(to_text(facts[0].subject), "county:451024");
    EXPECT_EQ(facts[0].field, "reported_colour");
    EXPECT_EQ(facts[0].value, "red");
    EXPECT_EQ(facts[0].id, "REPORT-2025-03-31-2025-04-02-1");
    for (const Fact& fact : facts)
        draft.ledger.push_back(fact);
    EXPECT_FALSE(has_errors(check(draft)));
    EXPECT_EQ(look(draft).warnings, before.warnings);
    report(draft, "LATE", Noun::task, "finished", "2025-04-10", "2025-04-10", "2025-04-10");
    EXPECT_EQ(look(draft, {}, {}, "2025-04-30").task("LATE").colour, WarningColour::blue);
}

/// The worst colour below a goal, by recursion.
WarningColour worst_below(const View& view, Id<Goal> goal) {
    WarningColour out = WarningColour::green;
    for (const Id<Goal> child : view.plan.subgoals_of(goal))
        out = std::max(out, worst_below(view, child));
    for (const Id<Task> child : view.plan.tasks_of(goal))
        out = std::max(out, view.warnings.tasks[child].colour);
    return out;
}

TEST(WarningLaw, TheWorstClimbsAndEveryCauseOfARedCountyIsATaskThatIsRed) {
    for (std::uint64_t seed = 0; seed < ::given::law_cases(5'000); ++seed) {
        SCOPED_TRACE(seed);
        Random random(seed);
        Draft draft = county();
        const auto goals = random.between(1, 8);
        for (std::int64_t g = 0; g < goals; ++g)
            add_goal(draft, "G" + std::to_string(g), g == 0 ? "" : "G" + std::to_string(random.between(0, g - 1)));
        for (std::int64_t t = 0; t < 25; ++t) {
            const std::string id = "T" + std::to_string(t);
            const auto goal = t < goals ? t : random.between(0, goals - 1);
            const Id<Task> task = add_task(draft, id, "G" + std::to_string(goal), Measurement::zero_hundred);
            draft.tasks[task].duration = WorkDays(random.between(1, 150));
            report(draft, id, Noun::task, random.chance(1, 3) ? "finished" : "started", "2025-01-06");
        }
        WarningOptions options;
        options.parents = ParentRule::worst;
        const View view = look(draft, options);
        for (const Id<Goal> goal : view.plan.rows().goals.ids()) {
            const WarningColour worst = worst_below(view, goal);
            const WarningColour shown = view.warnings.goals[goal].colour;
            ASSERT_TRUE(shown == worst || (worst == WarningColour::green && shown == WarningColour::blue));
        }
        ASSERT_FALSE(view.county().causes.empty());
        if (view.county().colour != WarningColour::red) continue;
        std::set<std::size_t> late;
        for (const std::uint32_t at : view.county().causes) {
            ASSERT_EQ(view.warnings.causes[at].noun, Noun::task);
            late.insert(view.warnings.causes[at].row);
        }
        for (const Id<Task> task : view.plan.rows().tasks.ids())
            ASSERT_EQ(view.warnings.tasks[task].colour == WarningColour::red, late.contains(task.value()));
    }
}

TEST(WarningMessages, AreListedOnceAndSpeakBothLanguages) {
    std::set<std::string_view> codes;
    for (const MessageText* row : message::all_warning_messages)
        EXPECT_TRUE(codes.insert(row->code).second) << row->code;
    EXPECT_EQ(codes.size(), 19U);
}

}  // namespace
}  // namespace countyplan
