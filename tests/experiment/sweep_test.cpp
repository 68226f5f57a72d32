#include <countyplan/experiment/sweep.hpp>

#include <algorithm>
#include <limits>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <gtest/gtest.h>

#include <countyplan/allocate/allocate.hpp>
#include <countyplan/error.hpp>
#include <countyplan/experiment/generate.hpp>
#include <countyplan/experiment/point.hpp>
#include <countyplan/experiment/rolling.hpp>
#include <countyplan/experiment/scenario.hpp>

#include "given/allocate.hpp"
#include "given/law.hpp"

namespace {

using namespace countyplan;

std::set<std::string> experts_of(const Plan& plan) {
    std::set<std::string> out;
    for (const Expert& expert : plan.rows().experts)
        out.insert(expert.id);
    return out;
}

TEST(Scenario, WithoutAnythingDifferentIsThePlan) {
    const Plan plan(generate());
    EXPECT_EQ(in_scenario(plan, {}, 7), plan);
    EXPECT_EQ(in_scenario(plan, {}, 7).digests(), plan.digests());
}

TEST(Scenario, DropsTheSamePeopleWhateverElseIsDifferent) {
    const Plan plan(generate());
    for (std::uint64_t seed = 0; seed < 3; ++seed) {
        const auto few = experts_of(in_scenario(plan, {.drop_out = 0.1}, seed));
        const auto fewer = experts_of(in_scenario(plan, {.drop_out = 0.3}, seed));
        const auto other = experts_of(in_scenario(plan, {.drop_out = 0.1, .quotas = 0.5, .decisions = false}, seed));
        EXPECT_EQ(few, other);
        EXPECT_TRUE(std::ranges::includes(few, fewer));
        const auto all = static_cast<double>(plan.rows().experts.size());
        EXPECT_NEAR(static_cast<double>(few.size()) / all, 0.9, 0.04);
        EXPECT_NEAR(static_cast<double>(fewer.size()) / all, 0.7, 0.05);
        const std::vector<bool> gone = drop_outs(plan, 0.1, seed);
        for (const Id<Expert> expert : plan.rows().experts.ids())
            EXPECT_NE(few.contains(plan.rows().experts[expert].id), gone[expert.value()]);
    }
    EXPECT_NE(experts_of(in_scenario(plan, {.drop_out = 0.1}, 1)), experts_of(in_scenario(plan, {.drop_out = 0.1}, 2)));
}

TEST(Scenario, TakesRowsWithTheirPeopleAndLeavesTheOthers) {
    const Plan plan(generate());
    const Plan now = in_scenario(plan, {.drop_out = 0.4}, 3);
    const auto people = experts_of(now);
    const auto& was = plan.rows();
    const auto& rows = now.rows();
    EXPECT_EQ(static_cast<std::int64_t>(rows.staffing.size()),
              std::ranges::count_if(was.staffing, [&](const Posting& row) { return people.contains(row.expert); }));
    EXPECT_EQ(static_cast<std::int64_t>(rows.mentors.size()),
              std::ranges::count_if(was.mentors, [&](const Mentorship& row) { return people.contains(row.expert); }));
    EXPECT_EQ(rows.posts, was.posts);
    EXPECT_EQ(rows.tasks, was.tasks);
    EXPECT_EQ(in_scenario(plan, {.drop_out = 1}, 0).rows().experts.size(), 0u);
}

TEST(Scenario, SupplyThinsOrCopiesPeople) {
    const Plan plan(generate());
    const auto all = static_cast<double>(plan.rows().experts.size());
    const Plan more = in_scenario(plan, {.supply = 1.5}, 1);
    EXPECT_NEAR(static_cast<double>(more.rows().experts.size()) / all, 1.5, 0.06);
    EXPECT_TRUE(std::ranges::includes(experts_of(more), experts_of(plan)));
    EXPECT_EQ(more.rows().staffing, plan.rows().staffing);
    const auto less = experts_of(in_scenario(plan, {.supply = 0.5}, 1));
    EXPECT_NEAR(static_cast<double>(less.size()) / all, 0.5, 0.06);
    EXPECT_TRUE(std::ranges::includes(experts_of(plan), less));
    EXPECT_EQ(in_scenario(plan, {.supply = 3}, 1).rows().experts.size(), 3 * plan.rows().experts.size());
}

TEST(Scenario, ChangesQuotasWeightsObjectiveAndRules) {
    const Plan plan(generate());
    const Scenario scenario{.quotas = 0.5,
                            .lower_quotas = 0,
                            .pairings = false,
                            .weights = {{"wish", 99}},
                            .objective = Objective{Tier::county_cover, Tier::fit},
                            .without_rules = {"team-size"}};
    const Plan now = in_scenario(plan, scenario, 0);
    const Draft& rows = now.rows();
    for (std::size_t k = 0; k < rows.senders.size(); ++k) {
        const auto& was = plan.rows().senders[Id<Sender>(k)].quota_total;
        if (was) {
            EXPECT_EQ(*rows.senders[Id<Sender>(k)].quota_total, *was / 2);
        }
    }
    for (const Quota& quota : rows.quotas)
        EXPECT_EQ(quota.lower, 0);
    EXPECT_TRUE(std::ranges::none_of(rows.pairings, &Pairing::required));
    EXPECT_EQ(rows.weights.wish, 99);
    EXPECT_EQ(rows.objective, (Objective{Tier::county_cover, Tier::fit}));
    EXPECT_EQ(rows.rules.size() + 1, plan.rows().rules.size());
}

TEST(Scenario, RefusesNumbersOutOfRangeAndNamesThatAreNone) {
    const Plan plan(generate());
    for (const auto& [scenario, place] :
         {std::pair(Scenario{.drop_out = -0.1}, "drop_out"), std::pair(Scenario{.drop_out = 1.1}, "drop_out"),
          std::pair(Scenario{.supply = 11}, "supply"), std::pair(Scenario{.quotas = -1}, "quotas"),
          std::pair(Scenario{.lower_quotas = 2}, "lower_quotas"),
          std::pair(Scenario{.weights = {{"wishes", 1}}}, "weights"),
          std::pair(Scenario{.without_rules = {"no-such"}}, "without_rules")}) {
        try {
            (void)in_scenario(plan, scenario, 0);
            ADD_FAILURE() << place << " was not refused";
        } catch (const InvalidProblem& refused) {
            EXPECT_EQ(refused.place(), place);
        }
    }
}

TEST(Point, WritesValuesInOneWayOnly) {
    const std::vector<std::pair<PointValue, std::string>> table = {
        {PointValue(), "null"},
        {true, "true"},
        {std::int64_t{-3}, "-3"},
        {3.0, "3.0"},
        {-0.0, "-0.0"},
        {0.1, "0.1"},
        {0.0001, "0.0001"},
        {0.00001, "1e-05"},
        {1e16, "1e+16"},
        {1.5e16, "1.5e+16"},
        {1e15, "1000000000000000.0"},
        {123456.75, "123456.75"},
        {5e-324, "5e-324"},
        {1.7976931348623157e308, "1.7976931348623157e+308"},
        {std::string("a\"\\\n\x1f县"), "\"a\\\"\\\\\\n\\u001f县\""}};
    for (const auto& [value, words] : table)
        EXPECT_EQ(canonical_json(value), words);
    EXPECT_EQ(canonical_json(NamedValues{{"b", std::int64_t{1}}, {"B", PointValue()}}), "{\"B\":null,\"b\":1}");
    EXPECT_THROW((void)canonical_json(PointValue(std::numeric_limits<double>::infinity())), std::invalid_argument);
}

/// Made by Python's uuid and json.
TEST(Point, IsNamedByAllThatItDependsOn) {
    const ExperimentPoint point{{{"mechanism", std::string("greedy")}, {"drop_out", 0.1}}, 0};
    const std::string key = point_key(point, "sample", "1.0");
    EXPECT_EQ(key, "6a861602b42b58bbb9e9a4355946f99d");
    ExperimentPoint other = point;
    other.seed = 1;
    EXPECT_NE(point_key(other, "sample", "1.0"), key);
    other = point;
    other.parameters["drop_out"] = 0.2;
    EXPECT_NE(point_key(other, "sample", "1.0"), key);
    EXPECT_NE(point_key(point, "sample", "1.1"), key);
    EXPECT_NE(point_key(point, "other", "1.0"), key);
}

TEST(Grid, HasEveryCombinationAndShardsThatMakeUpTheWhole) {
    const ExperimentGrid grid{
        {{"drop_out", {0.0, 0.1, 0.2}}, {"mechanism", {std::string("greedy"), std::string("optimal")}}}, {5, 6}};
    const std::vector<ExperimentPoint> points = points_of(grid);
    ASSERT_EQ(points.size(), 12u);
    EXPECT_EQ(points[1].seed, 6u);
    EXPECT_EQ(points[2].parameters.at("mechanism"), PointValue(std::string("optimal")));
    std::set<std::string> keys;
    for (std::uint64_t shard = 1; shard <= 5; ++shard)
        for (const ExperimentPoint& point : shard_of(points, shard, 5))
            EXPECT_TRUE(keys.insert(point_key(point, "", "")).second);
    EXPECT_EQ(keys.size(), points.size());
}

TEST(PointRunner, MeasuresTheMechanismInTheScenario) {
    const Plan plan(generate());
    PointRunner runner(plan);
    const ExperimentPoint point{{{"mechanism", std::string("experts_propose")}, {"drop_out", 0.2}}, 4};
    const auto outcome = runner.run(point);
    const auto& row = std::get<NamedValues>(*outcome);
    const MechanismResult direct = run_mechanism(in_scenario(plan, {.drop_out = 0.2}, 4), Mechanism::experts_propose);
    EXPECT_EQ(row.at("filled"), PointValue(direct.measures->filled));
    EXPECT_EQ(row.at("gini"), PointValue(direct.measures->gini));
    EXPECT_EQ(row.at("blocking"), PointValue(std::int64_t{0}));
    EXPECT_EQ(row.at("tier_critical_shortfall"), PointValue(direct.measures->critical_shortfall));
    // the plan that it holds is that of the point, in any order
    const ExperimentPoint other{{{"mechanism", std::string("greedy")}}, 4};
    const auto first = runner.run(other);
    EXPECT_EQ(runner.run(point), outcome);
    EXPECT_EQ(PointRunner(plan).run(other), first);
}

TEST(PointRunner, MakesARowOfWhatGoesWrong) {
    PointRunner runner{Plan(generate())};
    const auto kind = [&](const NamedValues& parameters) { return std::get<PointError>(*runner.run({parameters, 0})); };
    EXPECT_EQ(kind({{"drop_out", 2.0}}).kind, "InvalidProblem");
    EXPECT_NE(kind({{"drop_out", 2.0}}).text.find("drop_out"), std::string::npos);
    EXPECT_EQ(kind({{"drop_out", std::string("much")}}).kind, "InvalidProblem");
    EXPECT_EQ(kind({{"mechanism", std::string("gready")}}).kind, "InvalidProblem");
    EXPECT_EQ(kind({{"dropout", 0.1}}).kind, "InvalidProblem");
    EXPECT_EQ(kind({{"objective", std::string("fit;fit")}}).kind, "InvalidProblem");
    EXPECT_EQ(kind({{"weight.wish", std::int64_t{-1}}}).kind, "InvalidPlan");
    EXPECT_TRUE(std::holds_alternative<NamedValues>(*runner.run({{{"rule.team-size", false}}, 0})));
    EXPECT_FALSE(runner.run({{{"mechanism", std::string("experts_propose")}}, 0}, {.step_limit = 0}));
}

/// A scenario is a plan like any other: what is allocated in it is proved.
TEST(ScenarioLaw, IsASoundPlan) {
    const std::size_t cases = given::law_cases(2'000);
    for (std::size_t seed = 0; seed < cases; ++seed) {
        SCOPED_TRACE(seed);
        const Plan plan(given::rich_draft(seed, {6, 4}));
        const Scenario scenario{.drop_out = static_cast<double>(seed % 5) / 5,
                                .supply = static_cast<double>(seed % 7) / 3,
                                .quotas = static_cast<double>(seed % 3) / 2,
                                .lower_quotas = static_cast<double>(seed % 2),
                                .decisions = seed % 4 != 0};
        const Plan now = in_scenario(plan, scenario, seed);
        ASSERT_EQ(now, in_scenario(plan, scenario, seed));
        ASSERT_TRUE(verify(now, allocate(now)));
    }
}

TEST(Rolling, WithoutComingAndGoingHindsightKnowsNoBetter) {
    const Plan plan(generate());
    const RollingResult found = simulate_terms(plan, {.terms = 2, .drop_out = 0});
    ASSERT_EQ(found.termination, Termination::optimal);
    ASSERT_EQ(found.terms.size(), 2u);
    for (const RollingTerm& term : found.terms) {
        EXPECT_EQ(term.on_offer, static_cast<std::int64_t>(plan.rows().experts.size()));
        EXPECT_EQ(term.left, 0);
        EXPECT_EQ(term.served, term.decided);
        for (const Int128 tier : term.regret)
            EXPECT_EQ(tier, Int128());
    }
    EXPECT_EQ(found.terms[0].decided.tiers, allocate(plan).tiers);
    EXPECT_EQ(found.terms[1].decided.critical_shortfall, found.terms[0].decided.critical_shortfall);
}

TEST(Rolling, RefusesOptionsOutOfRange) {
    const Plan plan{Draft{.period = {given::day("2024-09-01"), given::day("2026-08-31")}}};
    EXPECT_THROW((void)simulate_terms(plan, {.terms = 0}), InvalidProblem);
    EXPECT_THROW((void)simulate_terms(plan, {.terms = 101}), InvalidProblem);
    EXPECT_THROW((void)simulate_terms(plan, {.late = 1.5}), InvalidProblem);
    EXPECT_THROW((void)simulate_terms(plan, {.drop_out = -1}), InvalidProblem);
    EXPECT_EQ(simulate_terms(plan).terms.size(), 3u);
}

/// Of plans whose rules ask for nobody, so that whoever leaves breaks none.
TEST(RollingLaw, NoMechanismBeatsHindsightAndAllMeetTheSamePeople) {
    const std::size_t cases = given::law_cases(2'000);
    std::size_t regretted = 0;
    for (std::size_t seed = 0; seed < cases; ++seed) {
        SCOPED_TRACE(seed);
        Draft draft = given::rich_draft(seed, {8, 4});
        draft.decisions = {};
        for (Quota& quota : draft.quotas)
            quota.lower = 0;
        const Plan plan(draft);
        std::vector<std::vector<std::int64_t>> people;
        for (const Mechanism mechanism : {Mechanism::optimal, Mechanism::experts_propose, Mechanism::greedy}) {
            const RollingResult found =
                simulate_terms(plan, {.terms = 4, .late = 0.4, .drop_out = 0.25, .seed = seed, .mechanism = mechanism});
            ASSERT_EQ(found.termination, Termination::optimal);
            ASSERT_EQ(found.terms.size(), 4u);
            people.emplace_back();
            for (const RollingTerm& term : found.terms) {
                people.back().insert(people.back().end(), {term.on_offer, term.arrived, term.left});
                ASSERT_TRUE(term.hindsight);
                const auto first = std::ranges::find_if(term.regret, [](Int128 tier) { return tier != Int128(); });
                if (first == term.regret.end()) continue;
                ASSERT_GT(*first, Int128()) << name(mechanism);
                ++regretted;
            }
            for (std::size_t t = 1; t < found.terms.size(); ++t)
                ASSERT_EQ(found.terms[t].on_offer,
                          found.terms[t - 1].on_offer - found.terms[t - 1].left + found.terms[t].arrived);
            ASSERT_EQ(people.back(), people.front());
        }
    }
    EXPECT_GT(regretted, cases);
}

}  // namespace
