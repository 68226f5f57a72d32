#include <countyplan/plan/plan_graph.hpp>

#include <algorithm>
#include <map>
#include <set>

#include <gtest/gtest.h>
#include <boost/graph/topological_sort.hpp>

#include "given/plan.hpp"

namespace {

using namespace countyplan;
using given::day;

std::map<std::string, int> edges_by_kind(const PlanGraph& graph) {
    std::map<std::string, int> out;
    for (auto [at, end] = boost::edges(graph.graph()); at != end; ++at)
        ++out[std::string(name(graph.graph()[*at].kind))];
    return out;
}

template <class View>
std::size_t vertices_of(const View& view) {
    const auto [at, end] = boost::vertices(view);
    return static_cast<std::size_t>(std::distance(at, end));
}
template <class View>
std::size_t edges_of(const View& view) {
    const auto [at, end] = boost::edges(view);
    return static_cast<std::size_t>(std::distance(at, end));
}

TEST(PlanGraph, HoldsEveryRowAndEveryRelationOnce) {
    const Plan plan(given::small_draft());
    const PlanGraph graph = plan_graph(plan);
    EXPECT_EQ(boost::num_vertices(graph.graph()), 1U + 2 + 2 + 5 + 6 + 3 + 3 + 2 + 4 + 1);
    EXPECT_EQ(edges_by_kind(graph), (std::map<std::string, int>{{"contains", 5},
                                                                {"needs", 5},
                                                                {"staffs", 1},
                                                                {"serves", 4},
                                                                {"measures", 2},
                                                                {"precedes", 3},
                                                                {"employs", 6},
                                                                {"pairs", 1},
                                                                {"works_at", 3},
                                                                {"mentors", 1},
                                                                {"influences", 1},
                                                                {"located_at", 5},
                                                                {"hosts", 1},
                                                                {"forms", 1},
                                                                {"joins", 1}}));
    EXPECT_EQ(graph.teams(), (std::vector<Team>{{plan.find<School>("DB-H"), plan.find<Sender>("SZ-NS")}}));
    const auto [edge, is_there] =
        boost::edge(graph.vertex(plan.find<Expert>("SZ-0001")), graph.vertex(plan.find<Post>("P1")), graph.graph());
    ASSERT_TRUE(is_there);
    EXPECT_EQ(graph.graph()[edge], (PlanEdge{EdgeKind::staffs, day("2025-09-01"), day("2028-08-31"), 0}));
}

TEST(PlanGraph, OfTheEmptyPlanIsEmpty) { EXPECT_EQ(boost::num_vertices(plan_graph(Plan()).graph()), 0U); }

TEST(PlanGraph, RefusesAStaffingOfAnotherPlan) {
    Staffing staffing;
    staffing.push_back({"SZ-0001", "P9", day("2025-09-01"), day("2026-08-31")});
    staffing.push_back({"SZ-9999", "P1", day("2025-09-01"), day("2026-08-31")});
    try {
        (void)plan_graph(Plan(given::small_draft()), staffing);
        FAIL();
    } catch (const InvalidPlan& refused) {
        ASSERT_EQ(refused.findings().size(), 2U);
        EXPECT_EQ(to_text(refused.findings()[0].place), "staffing[0].post");
        EXPECT_EQ(to_text(refused.findings()[1].place), "staffing[1].expert");
    }
}

TEST(PlanGraph, ShowsTypedPartsToAnyAlgorithm) {
    const Plan plan(given::small_draft());
    const PlanGraph graph = plan_graph(plan);
    EXPECT_EQ(vertices_of(goal_tree(graph)), 4U);
    EXPECT_EQ(edges_of(goal_tree(graph)), 3U);
    EXPECT_EQ(edges_of(task_dag(graph)), 3U);
    EXPECT_EQ(edges_of(staffing_view(graph)), 6U);
    EXPECT_EQ(edges_of(pairing_view(graph)), 1U);
    EXPECT_EQ(edges_of(influence_view(graph)), 1U);
    std::vector<PlanGraph::Vertex> order;
    PlanView dag = task_dag(graph);  // the algorithm takes no temporary
    boost::topological_sort(dag, std::back_inserter(order));
    ASSERT_EQ(order.size(), 4U);
    EXPECT_EQ(graph.graph()[order.front()], (PlanVertex{VertexKind::task, 3})) << "K4 comes last";
}

TEST(PlanGraph, LeadsFromAGoalToThePeopleWhoServeItAndBack) {
    Draft draft = given::small_draft();
    draft.staffing.push_back({"SZ-0002", "P4", day("2025-09-01"), day("2027-08-31")});
    const Plan plan(draft);
    const PlanGraph graph = plan_graph(plan);
    const auto serving = [&](const char* goal) { return experts_serving(graph, plan.find<Goal>(goal)); };
    const auto expert = [&](const char* id) { return plan.find<Expert>(id); };
    EXPECT_EQ(serving("G2"), std::vector{expert("SZ-0001")});
    EXPECT_EQ(serving("G3"), std::vector{expert("SZ-0002")});
    EXPECT_EQ(serving("G1"), (std::vector{expert("SZ-0001"), expert("SZ-0002")}));
    EXPECT_EQ(goals_served_by(graph, expert("SZ-0001")), (std::vector{plan.find<Goal>("G1"), plan.find<Goal>("G2")}));
    EXPECT_TRUE(goals_served_by(graph, expert("SZ-0003")).empty());
}

/// Who serves a goal, from the tables alone.
std::set<Id<Expert>> serving_by_tables(const Plan& plan, Id<Goal> goal) {
    const Draft& rows = plan.rows();
    const auto lies_below = [&](Id<Goal> at) {
        for (; at; at = plan.parent_of(at)) {
            if (at == goal) return true;
        }
        return false;
    };
    std::set<Id<School>> schools;
    const auto add = [&](Id<Goal> served, const std::string& school) {
        if (!lies_below(served)) return;
        if (!school.empty()) {
            schools.insert(plan.find<School>(school));
        } else {
            for (const Id<School> id : plan.schools_of(plan.county_of(goal)))
                schools.insert(id);
        }
    };
    for (const Id<Task> id : rows.tasks.ids())
        add(plan.goal_of(id), rows.tasks[id].school);
    for (const Id<Indicator> id : rows.indicators.ids())
        add(plan.goal_of(id), rows.indicators[id].school);
    std::set<Id<Expert>> out;
    for (const Id<Posting> id : rows.staffing.ids()) {
        if (schools.contains(plan.school_of(plan.post_of(id)))) out.insert(plan.expert_of(id));
    }
    return out;
}

TEST(PlanGraphLaw, BothWalksAgreeWithTheTables) {
    std::size_t pairs = 0;
    for (std::uint32_t seed = 0; seed < 150; ++seed) {
        const Plan plan(given::random_draft(seed, 1 + seed % 3));
        const PlanGraph graph = plan_graph(plan);
        std::map<Id<Expert>, std::vector<Id<Goal>>> back;
        for (const Id<Goal> goal : plan.rows().goals.ids()) {
            const std::set<Id<Expert>> expected = serving_by_tables(plan, goal);
            ASSERT_EQ(experts_serving(graph, goal), std::vector<Id<Expert>>(expected.begin(), expected.end())) << seed;
            for (const Id<Expert> expert : expected)
                back[expert].push_back(goal);
            pairs += expected.size();
        }
        for (const Id<Expert> expert : plan.rows().experts.ids())
            ASSERT_EQ(goals_served_by(graph, expert), back[expert]) << seed;
    }
    EXPECT_GT(pairs, 1000U);
}

TEST(PlanGraphLaw, CountsEdgesAsTheTablesDo) {
    for (std::uint32_t seed = 0; seed < 100; ++seed) {
        const Plan plan(given::random_draft(seed, 2));
        const Draft& rows = plan.rows();
        auto edges = edges_by_kind(plan_graph(plan));
        const auto count = [&](const char* kind) { return static_cast<std::size_t>(edges[kind]); };
        ASSERT_EQ(count("contains"), rows.schools.size() + rows.goals.size());
        ASSERT_EQ(count("needs"), rows.posts.size());
        ASSERT_EQ(count("staffs"), rows.staffing.size());
        ASSERT_EQ(count("joins"), rows.staffing.size());
        ASSERT_EQ(count("hosts"), count("forms"));
        ASSERT_EQ(count("precedes"), rows.links.size());
        ASSERT_EQ(count("mentors"), rows.mentors.size());
        ASSERT_EQ(count("pairs"), rows.pairings.size());
        ASSERT_EQ(count("influences"), rows.influence.size());
    }
}

}  // namespace
