// How does everything in a plan hang together, and who serves which goal?
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <vector>

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/filtered_graph.hpp>

#include <countyplan/plan/plan.hpp>
#include <countyplan/plan/staffing.hpp>

namespace countyplan {

enum class VertexKind { county, sender, school, post, expert, teacher, goal, indicator, task, team };

template <>
struct Enumerators<VertexKind> {
    static constexpr MessageText words[] = {{"county", "县", "county"},       {"sender", "派出方", "sender"},
                                            {"school", "学校", "school"},     {"post", "岗位", "post"},
                                            {"expert", "帮扶人才", "expert"}, {"teacher", "本地教师", "teacher"},
                                            {"goal", "目标", "goal"},         {"indicator", "指标", "indicator"},
                                            {"task", "任务", "task"},         {"team", "团队", "team"}};
};

/// What an edge says of its source and target.
enum class EdgeKind {
    contains,    ///< county → school; county → goal at the top; goal → goal below it
    needs,       ///< school → post
    staffs,      ///< expert → post, dated
    serves,      ///< task → goal
    measures,    ///< indicator → goal
    precedes,    ///< task → task
    employs,     ///< sender → expert
    pairs,       ///< sender → county or school, dated
    works_at,    ///< teacher → school
    mentors,     ///< expert → teacher, dated
    influences,  ///< school → school
    located_at,  ///< task or indicator → its school, where it has one
    hosts,       ///< school → team
    forms,       ///< sender → team
    joins        ///< expert → team, dated
};

template <>
struct Enumerators<EdgeKind> {
    static constexpr MessageText words[] = {
        {"contains", "包含", "contains"}, {"needs", "需要", "needs"},           {"staffs", "任职", "staffs"},
        {"serves", "服务于", "serves"},   {"measures", "衡量", "measures"},     {"precedes", "先于", "precedes"},
        {"employs", "派出", "employs"},   {"pairs", "结对", "pairs"},           {"works_at", "任教于", "works at"},
        {"mentors", "带徒", "mentors"},   {"influences", "带动", "influences"}, {"located_at", "位于", "located at"},
        {"hosts", "接收团队", "hosts"},   {"forms", "组建", "forms"},           {"joins", "加入", "joins"}};
};

struct PlanVertex {
    VertexKind kind = VertexKind::county;
    std::size_t row = 0;  ///< position in the table of its kind, or among the teams

    friend bool operator==(const PlanVertex&, const PlanVertex&) = default;
};

struct PlanEdge {
    EdgeKind kind = EdgeKind::contains;
    std::optional<Day> from{};  ///< unset: not dated, or open
    std::optional<Day> to{};
    std::size_t row = 0;  ///< of the row that says so: of its own table where it has one, else of the target or source

    friend bool operator==(const PlanEdge&, const PlanEdge&) = default;
};

/// The people whom one sender has at one school (团队).
struct Team {
    Id<School> school{};
    Id<Sender> sender{};

    friend bool operator==(const Team&, const Team&) = default;
    friend auto operator<=>(const Team&, const Team&) = default;
};

/// The whole plan as one graph for any algorithm of Boost.Graph. Vertices stand in the order of the
/// tables, teams last, so that the vertex of a row is found by counting. A value without a pointer to
/// its plan; views of it live as long as it does.
class PlanGraph {
  public:
    using Graph = boost::adjacency_list<boost::vecS, boost::vecS, boost::bidirectionalS, PlanVertex, PlanEdge>;
    using Vertex = boost::graph_traits<Graph>::vertex_descriptor;

    [[nodiscard]] const Graph& graph() const { return graph_; }
    /// One for each sender with a posting at a school, by school, then by sender.
    [[nodiscard]] const std::vector<Team>& teams() const { return teams_; }

    [[nodiscard]] Vertex vertex(Id<County> id) const { return at(VertexKind::county, id.value()); }
    [[nodiscard]] Vertex vertex(Id<Sender> id) const { return at(VertexKind::sender, id.value()); }
    [[nodiscard]] Vertex vertex(Id<School> id) const { return at(VertexKind::school, id.value()); }
    [[nodiscard]] Vertex vertex(Id<Post> id) const { return at(VertexKind::post, id.value()); }
    [[nodiscard]] Vertex vertex(Id<Expert> id) const { return at(VertexKind::expert, id.value()); }
    [[nodiscard]] Vertex vertex(Id<Teacher> id) const { return at(VertexKind::teacher, id.value()); }
    [[nodiscard]] Vertex vertex(Id<Goal> id) const { return at(VertexKind::goal, id.value()); }
    [[nodiscard]] Vertex vertex(Id<Indicator> id) const { return at(VertexKind::indicator, id.value()); }
    [[nodiscard]] Vertex vertex(Id<Task> id) const { return at(VertexKind::task, id.value()); }
    [[nodiscard]] Vertex vertex(Id<Team> id) const { return at(VertexKind::team, id.value()); }

  private:
    friend PlanGraph plan_graph(const Plan& plan, const Staffing& staffing);

    [[nodiscard]] Vertex at(VertexKind kind, std::size_t row) const {
        COUNTYPLAN_EXPECT(first_[static_cast<std::size_t>(kind)] + row < first_[static_cast<std::size_t>(kind) + 1],
                          "id out of range");
        return first_[static_cast<std::size_t>(kind)] + row;
    }

    Graph graph_;
    std::vector<Team> teams_;
    std::vector<std::size_t> first_ = std::vector<std::size_t>(enumerator_count<VertexKind> + 1, 0);
};

/// The graph of `plan` with the people of `staffing`. Throws `InvalidPlan` where a posting names an
/// expert or a post that the plan does not have. Time O(n log n).
[[nodiscard]] PlanGraph plan_graph(const Plan& plan, const Staffing& staffing);
/// With the staffing of the plan itself.
[[nodiscard]] inline PlanGraph plan_graph(const Plan& plan) { return plan_graph(plan, plan.rows().staffing); }

/// Keeps the edges whose kind is in a set.
struct EdgeFilter {
    const PlanGraph::Graph* graph = nullptr;
    std::uint32_t kinds = 0;  ///< bit i: the i-th `EdgeKind`
    template <class Edge>
    bool operator()(const Edge& edge) const {
        return (kinds >> static_cast<unsigned>((*graph)[edge].kind) & 1U) != 0;
    }
};
/// Keeps the vertices whose kind is in a set.
struct VertexFilter {
    const PlanGraph::Graph* graph = nullptr;
    std::uint32_t kinds = 0;  ///< bit i: the i-th `VertexKind`
    bool operator()(PlanGraph::Vertex vertex) const {
        return (kinds >> static_cast<unsigned>((*graph)[vertex].kind) & 1U) != 0;
    }
};
/// A part of a plan's graph, with the same descriptors; valid as long as the `PlanGraph`.
using PlanView = boost::filtered_graph<PlanGraph::Graph, EdgeFilter, VertexFilter>;

/// The part with these kinds of vertices, and with the edges of these kinds between them.
[[nodiscard]] PlanView view_of(const PlanGraph& graph, std::initializer_list<VertexKind> vertices,
                               std::initializer_list<EdgeKind> edges);
/// Counties, goals: what contains what. A forest.
[[nodiscard]] PlanView goal_tree(const PlanGraph& graph);
/// Tasks: what precedes what. Without circles.
[[nodiscard]] PlanView task_dag(const PlanGraph& graph);
/// Schools, posts, experts: who serves where.
[[nodiscard]] PlanView staffing_view(const PlanGraph& graph);
/// Senders, counties, schools: who stands behind whom.
[[nodiscard]] PlanView pairing_view(const PlanGraph& graph);
/// Schools: who lifts whom.
[[nodiscard]] PlanView influence_view(const PlanGraph& graph);

/// Who serves a goal: from the goal and all below it to the tasks that serve and the indicators that
/// measure them, on to their schools (where one has none: to all schools of the county), to the posts
/// of these schools, to the experts who staff them. In id order. Time linear in what is walked.
[[nodiscard]] std::vector<Id<Expert>> experts_serving(const PlanGraph& graph, Id<Goal> goal);
/// The same way back: the goals that an expert serves. In id order.
[[nodiscard]] std::vector<Id<Goal>> goals_served_by(const PlanGraph& graph, Id<Expert> expert);

}  // namespace countyplan

#include <countyplan/plan/impl/plan_graph.hpp>
