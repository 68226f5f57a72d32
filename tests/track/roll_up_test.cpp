#include <countyplan/track/roll_up.hpp>

#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include <countyplan/solve/random.hpp>
#include <countyplan/track/track.hpp>

#include "given/law.hpp"
#include "given/progress.hpp"

namespace countyplan {
namespace {

using namespace given;

TEST(RollUp, ExcludesWhatIsMissingAndSaysSo) {
    Draft draft = county();
    const Id<Goal> goal = add_goal(draft, "G");
    add_task(draft, "A", "G", Measurement::percent, 3.0);
    add_task(draft, "B", "G", Measurement::percent, 1.0);
    report(draft, "A", Noun::task, "percent", "50");
    const Plan plan(draft);
    const Tracking result = track(plan, day("2025-03-31"));
    EXPECT_EQ(result.roll_up.goals[goal].value, 0.5);
    EXPECT_EQ(result.roll_up.goals[goal].coverage, 0.75);
    EXPECT_EQ(result.roll_up.goals[goal].mode, WeightMode::explicit_weights);
    EXPECT_EQ(result.roll_up.goals[goal].oldest, day("2025-02-03"));
    EXPECT_EQ(result.roll_up.goals[goal].status, ProgressStatus::open);
    ASSERT_EQ(result.roll_up.provinces.size(), 1U);
    EXPECT_EQ(to_text(result.roll_up.provinces[0].province), "450000");
    EXPECT_EQ(result.roll_up.provinces[0].weighted.value, 0.5);

    TrackOptions options;
    options.roll_up.missing = MissingPolicy::zero;
    EXPECT_EQ(track(plan, day("2025-03-31"), options).roll_up.goals[goal].value, 0.375);
    EXPECT_EQ(track(plan, day("2025-03-31"), options).roll_up.goals[goal].coverage, 0.75);
    options.roll_up.missing = MissingPolicy::fail;
    const Tracking refused = track(plan, day("2025-03-31"), options);
    EXPECT_FALSE(refused.roll_up.counties[Id<County>(0)].value);
    EXPECT_TRUE(found(refused.roll_up.findings, "missing_refused", "tasks[1].id"));
    options.roll_up.missing = MissingPolicy::carry_last;
    options.roll_up.max_age = std::chrono::days(30);
    EXPECT_EQ(track(plan, day("2025-03-05"), options).roll_up.goals[goal].value, 0.5);
    EXPECT_FALSE(track(plan, day("2025-03-06"), options).roll_up.goals[goal].value) << "31 days old";
    options = {};
    options.roll_up.coverage_needed = *Share::from(0.8);
    EXPECT_EQ(track(plan, day("2025-03-31"), options).roll_up.goals[goal].status, ProgressStatus::unknown);
}

TEST(RollUp, RemovesWhatIsCancelledFromThenOn) {
    Draft draft = county();
    const Id<Goal> goal = add_goal(draft, "G");
    add_task(draft, "A", "G", Measurement::percent);
    add_task(draft, "B", "G", Measurement::percent);
    report(draft, "A", Noun::task, "percent", "80");
    report(draft, "B", Noun::task, "percent", "20");
    report(draft, "B", Noun::task, "status", "cancelled", "2025-03-01", "2025-03-01");
    const Plan plan(draft);
    EXPECT_EQ(track(plan, day("2025-02-28")).roll_up.goals[goal].value, 0.5) << "history stays";
    EXPECT_EQ(track(plan, day("2025-03-01")).roll_up.goals[goal].value, 0.8);
    EXPECT_EQ(track(plan, day("2025-03-01")).roll_up.goals[goal].coverage, 1.0);
}

TEST(RollUp, ReportsWeightsThatAreSetAside) {
    Draft draft = county();
    const Id<Goal> goal = add_goal(draft, "G");
    add_task(draft, "A", "G", Measurement::percent, 3.0, 100);
    add_task(draft, "B", "G", Measurement::percent, std::nullopt, 300);
    report(draft, "A", Noun::task, "percent", "100");
    report(draft, "B", Noun::task, "percent", "0");
    const Tracking result = track(Plan(draft), day("2025-03-31"));
    EXPECT_EQ(result.roll_up.goals[goal].value, 0.25);
    EXPECT_EQ(result.roll_up.goals[goal].mode, WeightMode::work);
    EXPECT_TRUE(found(result.roll_up.findings, "weights_set_aside", "goals[0].weight"));
}

TEST(RollUp, LetsApportionedTasksEarnWhatTheRestEarns) {
    Draft draft = county();
    const Id<Goal> goal = add_goal(draft, "G");
    add_task(draft, "A", "G", Measurement::percent);
    add_task(draft, "B", "G", Measurement::apportioned);
    report(draft, "A", Noun::task, "percent", "30");
    const Tracking result = track(Plan(draft), day("2025-03-31"));
    EXPECT_EQ(result.roll_up.goals[goal].value, 0.3);
    EXPECT_EQ(result.roll_up.goals[goal].coverage, 1.0);
}

TEST(RollUp, WeighsCountiesByWhatIsAskedAndPrintsTheEqualMeanToo) {
    Draft draft = county();
    County second;
    second.code = *Code::parse("451026");
    second.weight = 3.0;
    draft.counties.push_back(second);
    draft.counties[Id<County>(0)].weight = 1.0;
    add_goal(draft, "G");
    add_task(draft, "A", "G", Measurement::percent);
    Goal goal;
    goal.id = "H";
    goal.county = second.code;
    draft.goals.push_back(goal);
    Task task = draft.tasks[Id<Task>(0)];
    task.id = "B";
    task.county = second.code;
    task.goal = "H";
    draft.tasks.push_back(task);
    for (int i = 0; i < 4; ++i) {
        School school;
        school.id = "S" + std::to_string(i);
        school.county = i == 0 ? draft.counties[Id<County>(0)].code : second.code;
        school.kind = i % 2 == 0 ? SchoolKind::ordinary : SchoolKind::vocational;
        school.enrolment = i == 0 ? 900 : 100;
        draft.schools.push_back(school);
    }
    report(draft, "A", Noun::task, "percent", "100");
    report(draft, "B", Noun::task, "percent", "0");
    const Plan plan(draft);
    const auto province = [&](CountyWeight weight) {
        TrackOptions options;
        options.roll_up.county_weight = weight;
        return track(plan, day("2025-03-31"), options).roll_up.provinces.at(0);
    };
    EXPECT_EQ(province(CountyWeight::given).weighted.value, 0.25);
    EXPECT_EQ(province(CountyWeight::given).equal.value, 0.5);
    EXPECT_EQ(province(CountyWeight::students).weighted.value, 0.75);
    EXPECT_EQ(province(CountyWeight::schools).weighted.value, 0.25);
    EXPECT_EQ(province(CountyWeight::equal).weighted.value, 0.5);
}

TEST(RollUp, LetsWeightZeroCountInNoMode) {
    Draft draft = county();
    const Id<Goal> goal = add_goal(draft, "G");
    const Id<Task> sign = add_task(draft, "SIGN", "G", Measurement::percent, 0.0);
    draft.tasks[sign].milestone = true;
    draft.tasks[sign].duration = WorkDays(0);
    add_task(draft, "A", "G", Measurement::percent, std::nullopt, 100);
    add_task(draft, "B", "G", Measurement::percent, std::nullopt, 300);
    report(draft, "SIGN", Noun::task, "percent", "0");
    report(draft, "A", Noun::task, "percent", "100");
    report(draft, "B", Noun::task, "percent", "20");
    const RollUp result = track(Plan(draft), day("2025-03-31")).roll_up;
    EXPECT_EQ(result.goals[goal].mode, WeightMode::work);
    EXPECT_EQ(result.goals[goal].value, 0.4);
    EXPECT_TRUE(result.findings.empty());
    EXPECT_EQ(result.shares.tasks.rows(), (std::vector<double>{0.0, 0.25, 0.75}));
    EXPECT_EQ(result.shares.goals[goal], 1.0);
}

TEST(RollUp, TakesTheModeOfANodeAndSaysWhatItSupplied) {
    Draft draft = county();
    const Id<Goal> goal = add_goal(draft, "G");
    const Id<Goal> other = add_goal(draft, "H");
    add_task(draft, "A", "G", Measurement::percent, 3.0, 100);
    add_task(draft, "B", "G", Measurement::percent);
    add_task(draft, "C", "H", Measurement::percent, 2.0);
    report(draft, "A", Noun::task, "percent", "100");
    report(draft, "B", Noun::task, "percent", "0");
    report(draft, "C", Noun::task, "percent", "50");
    const Plan plan(draft);
    const auto with = [&](WeightMode mode) {
        TrackOptions options;
        options.roll_up.modes = {{{Noun::goal, "G"}, mode}, {{Noun::goal, "nothing"}, mode}};
        return track(plan, day("2025-03-31"), options).roll_up;
    };
    const RollUp given = with(WeightMode::explicit_weights);
    EXPECT_EQ(given.goals[goal].value, 0.75);
    EXPECT_EQ(given.goals[other].mode, WeightMode::explicit_weights) << "of its own";
    EXPECT_TRUE(found(given.findings, "weights_supplied", "goals[0].weight"));
    const RollUp work = with(WeightMode::work);
    EXPECT_EQ(work.goals[goal].value, 1.0);
    EXPECT_TRUE(found(work.findings, "weights_supplied", "goals[0].weight"));
    const RollUp equal = with(WeightMode::equal);
    EXPECT_EQ(equal.goals[goal].value, 0.5);
    EXPECT_TRUE(found(equal.findings, "weights_set_aside", "goals[0].weight") || equal.findings.empty());
}

TEST(RollUp, AddsRatesUpByTheirCountsForEachGroup) {
    Draft draft = county();
    County second;
    second.code = *Code::parse("451026");
    draft.counties.push_back(second);
    add_goal(draft, "G");
    Goal goal;
    goal.id = "H";
    goal.county = second.code;
    draft.goals.push_back(goal);
    for (const char* id : {"R1", "R2", "R3", "R4"}) {
        const auto row = add_indicator(draft, id, id[1] == '3' ? "H" : "G", 50, 75, Direction::up);
        draft.indicators[row].name_en = "Rate";
        draft.indicators[row].kind = IndicatorKind::percent;
    }
    draft.indicators[add_indicator(draft, "OTHER", "G", 0, 1, Direction::up)].name_en = "Other";
    report(draft, "R1", Noun::indicator, "rate.girls", "9/10");
    report(draft, "R1", Noun::indicator, "rate.boys", "1/10");
    report(draft, "R2", Noun::indicator, "rate.girls", "0/90");
    report(draft, "R3", Noun::indicator, "rate", "50/100");
    report(draft, "OTHER", Noun::indicator, "value", "1");
    const std::vector<RateRollUp> rates = track(Plan(draft), day("2025-03-31")).roll_up.rates;
    ASSERT_EQ(rates.size(), 3U);
    EXPECT_EQ(to_text(rates[0].area), "450000");
    EXPECT_EQ(rates[0].indicator, Id<Indicator>(0));
    EXPECT_EQ(rates[0].with_data, 3U);
    EXPECT_EQ(rates[0].indicators, 4U);
    EXPECT_EQ(rates[0].whole.numerator, 60.0);
    EXPECT_EQ(rates[0].whole.denominator, 210.0);
    ASSERT_EQ(rates[0].groups.size(), 2U);
    EXPECT_EQ(rates[0].groups[0].group, "boys");
    EXPECT_EQ(rates[0].groups[1].value(), 0.09) << "9 of 100, not the mean of 90 % and 0 %";
    EXPECT_EQ(to_text(rates[1].area), "451024");
    EXPECT_EQ(rates[1].whole.denominator, 110.0);
    EXPECT_EQ(to_text(rates[2].area), "451026");
    EXPECT_TRUE(rates[2].groups.empty());
}

TEST(RollUp, SaysWhichSchoolsHaveNoStudentsToWeighBy) {
    Draft draft = county();
    School school;
    school.id = "S";
    school.county = draft.counties[Id<County>(0)].code;
    draft.schools.push_back(school);
    TrackOptions options;
    options.roll_up.county_weight = CountyWeight::students;
    const RollUp result = track(Plan(draft), day("2025-03-31"), options).roll_up;
    EXPECT_TRUE(found(result.findings, "enrolment_missing", "schools[0].enrolment"));
}

/// The value of a goal from the definition, top down: what a child is worth is asked anew for each use.
struct NaiveGoal {
    const Plan& plan;
    const ProgressReport& progress;

    struct Part {
        std::optional<double> weight;
        double work = 0;
        double work_known = 0;
        std::optional<double> value;
        double coverage = 0;
        bool apportioned = false;
    };
    [[nodiscard]] static Part leaf(const Earned& earned, std::optional<double> weight, double work) {
        const bool known = earned.value.has_value();
        return {weight, work, known ? work : 0.0, earned.value, known ? 1.0 : 0.0, earned.apportioned};
    }
    [[nodiscard]] Part of(Id<Goal> goal) const {
        std::vector<Part> parts;
        for (const Id<Goal> child : plan.subgoals_of(goal))
            parts.push_back(of(child));
        for (const Id<Indicator> child : plan.indicators_of(goal)) {
            if (!progress.indicators[child].cancelled)
                parts.push_back(leaf(progress.indicators[child], plan.rows().indicators[child].weight, 0));
        }
        for (const Id<Task> child : plan.tasks_of(goal)) {
            const Task& row = plan.rows().tasks[child];
            if (!progress.tasks[child].cancelled)
                parts.push_back(leaf(progress.tasks[child], row.weight, static_cast<double>(row.budget.fen())));
        }
        const bool given = std::ranges::all_of(parts, [](const Part& p) { return p.weight.has_value(); });
        std::erase_if(parts, [](const Part& p) { return p.weight == 0.0; });
        const bool work = std::ranges::all_of(parts, [](const Part& p) { return p.work > 0; });
        Part out;
        out.weight = plan.rows().goals[goal].weight;
        double all = 0;
        double sum = 0;
        double known = 0;
        for (const Part& p : parts) {
            const double w = given ? *p.weight : work ? p.work : 1.0;
            all += w;
            out.work += p.work;
            out.work_known += p.work_known;
            if (!p.value) continue;
            const double counted = !given && work ? p.work_known : w;
            sum += counted * *p.value;
            known += counted;
            out.coverage += w * p.coverage;
        }
        if (known > 0) out.value = sum / known;
        for (const Part& p : parts) {
            if (!p.apportioned || !out.value) continue;
            out.work_known += p.work;
            out.coverage += given ? *p.weight : work ? p.work : 1.0;
        }
        out.coverage = all > 0 ? out.coverage / all : 0.0;
        return out;
    }
};

/// A forest of goals with tasks and indicators, some weighed, some with a budget, some without data.
Draft random_forest(Random& random) {
    Draft draft = county();
    const auto weight = [&]() -> std::optional<double> {
        if (random.chance(1, 3)) return std::nullopt;
        return static_cast<double>(random.between(0, 4));
    };
    const auto goals = random.between(1, 10);
    for (std::int64_t g = 0; g < goals; ++g) {
        std::string parent;
        if (g > 0 && random.chance(4, 5)) parent = "G" + std::to_string(random.between(0, g - 1));
        add_goal(draft, "G" + std::to_string(g), parent, weight());
    }
    for (std::int64_t t = 0; t < 30; ++t) {
        const std::string goal = "G" + std::to_string(random.between(0, goals - 1));
        if (random.chance(1, 4)) {
            const std::string id = "I" + std::to_string(t);
            draft.indicators[add_indicator(draft, id, goal, 0, 100, Direction::up)].weight = weight();
            if (random.chance(2, 3))
                report(draft, id, Noun::indicator, "value", std::to_string(random.between(0, 120)));
            continue;
        }
        const std::string id = "T" + std::to_string(t);
        add_task(draft, id, goal, random.chance(1, 8) ? Measurement::apportioned : Measurement::percent, weight(),
                 random.chance(1, 5) ? 0 : random.between(1, 500));
        if (random.chance(2, 3)) report(draft, id, Noun::task, "percent", std::to_string(random.between(0, 100)));
        if (random.chance(1, 10)) report(draft, id, Noun::task, "status", "cancelled");
    }
    return draft;
}

TEST(RollUpLaw, EveryGoalIsWhatTheDefinitionSays) {
    for (std::uint64_t seed = 0; seed < ::given::law_cases(10'000); ++seed) {
        SCOPED_TRACE(seed);
        Random random(seed);
        const Tracking result = track(Plan(random_forest(random)), day("2025-03-31"));
        Random again(seed);
        const Plan plan(random_forest(again));
        const NaiveGoal naive{plan, result.progress};
        for (const Id<Goal> goal : plan.rows().goals.ids()) {
            const NaiveGoal::Part expected = naive.of(goal);
            const RolledUp& got = result.roll_up.goals[goal];
            ASSERT_EQ(got.value.has_value(), expected.value.has_value()) << goal.value();
            if (got.value) {
                ASSERT_NEAR(*got.value, *expected.value, 1e-12) << goal.value();
            }
            ASSERT_NEAR(got.coverage, expected.coverage, 1e-12) << goal.value();
        }
    }
}

TEST(RollUpStateLaw, AfterAnyChangeOfALeafItIsTheWholeRollUpToTheLastBit) {
    std::size_t changes = 0;
    for (std::uint64_t seed = 0; seed < ::given::law_cases(2'000); ++seed) {
        SCOPED_TRACE(seed);
        Random random(seed);
        const Plan plan(random_forest(random));
        const AsOf as_of{day("2025-03-31"), day("2025-03-31")};
        RollUpOptions options;
        options.missing = static_cast<MissingPolicy>(random.below(4));
        options.max_age = std::chrono::days(40);
        if (random.chance(1, 3)) options.mode = static_cast<WeightMode>(random.below(3));
        const Ledger ledger(plan);
        ProgressReport progress = progress_of(ledger, schedule(plan), schedule(ledger, as_of), as_of);
        if (random.chance(1, 4)) progress.cancelled_goals.emplace_back(0);
        RollUpState state(plan, progress, as_of, options);
        for (int i = 0; i < 40; ++i) {
            Earned earned;
            if (random.chance(3, 4)) {
                earned.value = random.unit();
                if (random.chance(1, 5)) earned.value = 1.0;
                earned.evidence = as_of.valid - std::chrono::days(random.below(60));
            }
            earned.cancelled = random.chance(1, 8);
            earned.apportioned = !earned.value && random.chance(1, 8);
            if (!plan.rows().indicators.empty() && random.chance(1, 4)) {
                const Id<Indicator> id(random.below(plan.rows().indicators.size()));
                if (random.chance(1, 2)) earned.groups = {{"", 3, 4, day("2025-02-01")}};
                progress.indicators[id] = earned;
                state.update(id, earned);
            } else {
                if (plan.rows().tasks.empty()) continue;
                const Id<Task> id(random.below(plan.rows().tasks.size()));
                progress.tasks[id] = earned;
                state.update(id, earned);
            }
            const RollUp whole = roll_up(plan, progress, as_of, options);
            ASSERT_EQ(state.result(), whole) << i;
            ASSERT_EQ(state[Id<County>(0)], whole.counties[Id<County>(0)]);
            ++changes;
        }
        const RollUpState copy = state;
        ASSERT_EQ(copy.result(), state.result());
    }
    EXPECT_GT(changes, 0U);
}

/// The leaves below a goal: their budgets, those with data, and what these have earned.
struct LeafSums {
    double all = 0;
    double known = 0;
    double earned = 0;
};

TEST(RollUpLaw, ByWorkTheTreeEqualsTheSumOverLeavesAlsoWithMissingOnes) {
    for (std::uint64_t seed = 0; seed < ::given::law_cases(10'000); ++seed) {
        SCOPED_TRACE(seed);
        Random random(seed);
        Draft draft = county();
        const auto goals = static_cast<std::size_t>(random.between(1, 12));
        std::vector<std::size_t> parent(goals, goals);
        std::vector<LeafSums> sums(goals + 1);
        std::vector<double> apportioned(goals, 0);
        for (std::size_t g = 0; g < goals; ++g) {
            if (g > 0 && random.chance(5, 6)) parent[g] = random.below(g);
            add_goal(draft, "G" + std::to_string(g), parent[g] < goals ? "G" + std::to_string(parent[g]) : "");
        }
        for (std::size_t t = 0; t < 30; ++t) {
            // Every goal gets a task first, so that work is a weight everywhere.
            const std::size_t goal = t < goals ? t : random.below(goals);
            const std::int64_t yuan = random.between(1, 500);
            const std::string id = "T" + std::to_string(t);
            const bool shares = random.chance(1, 6);
            add_task(draft, id, "G" + std::to_string(goal), shares ? Measurement::apportioned : Measurement::percent,
                     std::nullopt, yuan);
            sums[goal].all += static_cast<double>(yuan);
            if (shares) apportioned[goal] += static_cast<double>(yuan);
            if (shares || random.chance(1, 3)) continue;
            const std::int64_t percent = random.between(0, 100);
            report(draft, id, Noun::task, "percent", std::to_string(percent));
            sums[goal].known += static_cast<double>(yuan);
            sums[goal].earned += static_cast<double>(yuan) * static_cast<double>(percent) / 100.0;
        }
        for (std::size_t g = goals; g-- > 0;) {
            if (sums[g].known > 0) {  // an apportioned task earns what the other leaves below its goal do
                sums[g].earned += apportioned[g] * sums[g].earned / sums[g].known;
                sums[g].known += apportioned[g];
            }
            sums[parent[g]].all += sums[g].all;
            sums[parent[g]].known += sums[g].known;
            sums[parent[g]].earned += sums[g].earned;
        }
        const Plan plan(draft);
        const Tracking result = track(plan, day("2025-03-31"));
        const auto agrees = [](const RolledUp& node, const LeafSums& leaves) {
            ASSERT_EQ(node.mode, WeightMode::work);
            ASSERT_NEAR(node.coverage, leaves.known / leaves.all, 1e-12);
            ASSERT_EQ(node.value.has_value(), leaves.known > 0);
            if (node.value) {
                ASSERT_NEAR(*node.value, leaves.earned / leaves.known, 1e-12);
            }
        };
        for (std::size_t g = 0; g < goals; ++g)
            agrees(result.roll_up.goals[Id<Goal>(g)], sums[g]);
        agrees(result.roll_up.counties[Id<County>(0)], sums[goals]);
        ASSERT_TRUE(verify(plan, result));
    }
}

}  // namespace
}  // namespace countyplan
