// How the graph of a plan is made and walked.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <countyplan/plan/messages.hpp>
#include <countyplan/plan/plan_graph.hpp>
#include <countyplan/plan/value_text.hpp>

namespace countyplan {

namespace detail {

/// The postings resolved against the plan; throws `InvalidPlan` with all that cannot be.
inline std::vector<std::pair<Id<Expert>, Id<Post>>> resolved_postings(const Plan& plan, const Staffing& staffing) {
    std::vector<std::pair<Id<Expert>, Id<Post>>> out;
    Findings unknown;
    const auto refuse = [&](Id<Posting> id, std::string_view field, const std::string& key, Noun noun) {
        Finding finding;
        finding.message = {message::unknown_reference, {shown_text(key), word(noun)}};
        finding.place = {"staffing", id.value(), std::string(field)};
        finding.value = shown_text(key);
        finding.expected = {message::expect_existing, {word(noun)}};
        finding.remedy = {message::fix_add_or_rename};
        unknown.push_back(std::move(finding));
    };
    for (const Id<Posting> id : staffing.ids()) {
        const Posting& row = staffing[id];
        out.emplace_back(plan.find<Expert>(row.expert), plan.find<Post>(row.post));
        if (!out.back().first) refuse(id, "expert", row.expert, Noun::expert);
        if (!out.back().second) refuse(id, "post", row.post, Noun::post);
    }
    if (!unknown.empty()) throw InvalidPlan(std::move(unknown));
    return out;
}

template <class Kind>
std::uint32_t bits_of(std::initializer_list<Kind> kinds) {
    std::uint32_t out = 0;
    for (const Kind kind : kinds)
        out |= std::uint32_t{1} << static_cast<unsigned>(kind);
    return out;
}

/// Calls `visit(target)` for each edge of a kind that leaves `vertex`.
template <class Visit>
void for_each_target(const PlanGraph::Graph& graph, PlanGraph::Vertex vertex, EdgeKind kind, Visit&& visit) {
    for (auto [at, end] = boost::out_edges(vertex, graph); at != end; ++at) {
        if (graph[*at].kind == kind) visit(boost::target(*at, graph));
    }
}
/// Calls `visit(source)` for each edge of a kind that enters `vertex`.
template <class Visit>
void for_each_source(const PlanGraph::Graph& graph, PlanGraph::Vertex vertex, EdgeKind kind, Visit&& visit) {
    for (auto [at, end] = boost::in_edges(vertex, graph); at != end; ++at) {
        if (graph[*at].kind == kind) visit(boost::source(*at, graph));
    }
}

/// A set of vertices, filled in any order.
class VertexSet {
  public:
    explicit VertexSet(const PlanGraph::Graph& graph) : in_(boost::num_vertices(graph), 0) {}

    /// Whether `vertex` was not in it before.
    bool add(PlanGraph::Vertex vertex) {
        if (in_[vertex] != 0) return false;
        in_[vertex] = 1;
        members_.push_back(vertex);
        return true;
    }
    [[nodiscard]] const std::vector<PlanGraph::Vertex>& members() const { return members_; }

  private:
    std::vector<char> in_;
    std::vector<PlanGraph::Vertex> members_;
};

/// The rows behind the vertices of `set`, in id order.
template <class Row>
std::vector<Id<Row>> ids_in(const PlanGraph::Graph& graph, const VertexSet& set) {
    std::vector<Id<Row>> out;
    for (const PlanGraph::Vertex vertex : set.members())
        out.emplace_back(graph[vertex].row);
    std::sort(out.begin(), out.end());
    return out;
}

/// Up to the county over a goal.
inline std::optional<PlanGraph::Vertex> county_over(const PlanGraph::Graph& graph, PlanGraph::Vertex goal) {
    while (graph[goal].kind != VertexKind::county) {
        std::optional<PlanGraph::Vertex> above;
        for_each_source(graph, goal, EdgeKind::contains, [&](PlanGraph::Vertex up) { above = up; });
        if (!above) return std::nullopt;
        goal = *above;
    }
    return goal;
}

inline bool has_school(const PlanGraph::Graph& graph, PlanGraph::Vertex work) {
    bool has = false;
    for_each_target(graph, work, EdgeKind::located_at, [&](PlanGraph::Vertex) { has = true; });
    return has;
}

}  // namespace detail

inline PlanGraph plan_graph(const Plan& plan, const Staffing& staffing) {
    const Draft& rows = plan.rows();
    const auto postings = detail::resolved_postings(plan, staffing);
    PlanGraph out;
    for (const auto& [expert, post] : postings)
        out.teams_.push_back({plan.school_of(post), plan.sender_of(expert)});
    std::sort(out.teams_.begin(), out.teams_.end());
    out.teams_.erase(std::unique(out.teams_.begin(), out.teams_.end()), out.teams_.end());

    const std::size_t counts[] = {
        rows.counties.size(), rows.senders.size(), rows.schools.size(),    rows.posts.size(), rows.experts.size(),
        rows.teachers.size(), rows.goals.size(),   rows.indicators.size(), rows.tasks.size(), out.teams_.size()};
    static_assert(std::size(counts) == enumerator_count<VertexKind>);
    for (std::size_t kind = 0; kind < std::size(counts); ++kind)
        out.first_[kind + 1] = out.first_[kind] + counts[kind];
    out.graph_ = PlanGraph::Graph(out.first_.back());
    for (std::size_t kind = 0; kind < std::size(counts); ++kind) {
        for (std::size_t row = 0; row < counts[kind]; ++row)
            out.graph_[out.first_[kind] + row] = {static_cast<VertexKind>(kind), row};
    }

    const auto join = [&](PlanGraph::Vertex source, PlanGraph::Vertex target, EdgeKind kind, std::size_t row,
                          std::optional<Day> from = {}, std::optional<Day> to = {}) {
        boost::add_edge(source, target, PlanEdge{kind, from, to, row}, out.graph_);
    };
    for (const Id<School> id : rows.schools.ids())
        join(out.vertex(plan.county_of(id)), out.vertex(id), EdgeKind::contains, id.value());
    for (const Id<Goal> id : rows.goals.ids()) {
        const Id<Goal> parent = plan.parent_of(id);
        join(parent ? out.vertex(parent) : out.vertex(plan.county_of(id)), out.vertex(id), EdgeKind::contains,
             id.value());
    }
    for (const Id<Post> id : rows.posts.ids())
        join(out.vertex(plan.school_of(id)), out.vertex(id), EdgeKind::needs, id.value());
    for (const Id<Posting> id : staffing.ids()) {
        const auto [expert, post] = postings[id.value()];
        join(out.vertex(expert), out.vertex(post), EdgeKind::staffs, id.value(), staffing[id].from, staffing[id].to);
    }
    for (const Id<Task> id : rows.tasks.ids()) {
        join(out.vertex(id), out.vertex(plan.goal_of(id)), EdgeKind::serves, id.value());
        if (const Id<School> school = plan.find<School>(rows.tasks[id].school)) {
            join(out.vertex(id), out.vertex(school), EdgeKind::located_at, id.value());
        }
    }
    for (const Id<Indicator> id : rows.indicators.ids()) {
        join(out.vertex(id), out.vertex(plan.goal_of(id)), EdgeKind::measures, id.value());
        if (const Id<School> school = plan.find<School>(rows.indicators[id].school)) {
            join(out.vertex(id), out.vertex(school), EdgeKind::located_at, id.value());
        }
    }
    for (const Id<Link> id : rows.links.ids()) {
        join(out.vertex(plan.predecessor_of(id)), out.vertex(plan.successor_of(id)), EdgeKind::precedes, id.value());
    }
    for (const Id<Expert> id : rows.experts.ids())
        join(out.vertex(plan.sender_of(id)), out.vertex(id), EdgeKind::employs, id.value());
    for (const Id<Pairing> id : rows.pairings.ids()) {
        const Pairing& row = rows.pairings[id];
        const PlanGraph::Vertex sender = out.vertex(plan.find<Sender>(row.sender));
        const Id<County> county = plan.find<County>(row.receiver);
        join(sender, county ? out.vertex(county) : out.vertex(plan.find<School>(row.receiver)), EdgeKind::pairs,
             id.value(), row.from, row.to);
    }
    for (const Id<Teacher> id : rows.teachers.ids())
        join(out.vertex(id), out.vertex(plan.school_of(id)), EdgeKind::works_at, id.value());
    for (const Id<Mentorship> id : rows.mentors.ids()) {
        const Mentorship& row = rows.mentors[id];
        join(out.vertex(plan.find<Expert>(row.expert)), out.vertex(plan.find<Teacher>(row.teacher)), EdgeKind::mentors,
             id.value(), row.from, row.to);
    }
    for (const Id<Influence> id : rows.influence.ids()) {
        const Influence& row = rows.influence[id];
        join(out.vertex(plan.find<School>(row.from)), out.vertex(plan.find<School>(row.to)), EdgeKind::influences,
             id.value());
    }
    for (std::size_t team = 0; team < out.teams_.size(); ++team) {
        join(out.vertex(out.teams_[team].school), out.vertex(Id<Team>(team)), EdgeKind::hosts, team);
        join(out.vertex(out.teams_[team].sender), out.vertex(Id<Team>(team)), EdgeKind::forms, team);
    }
    for (const Id<Posting> id : staffing.ids()) {
        const auto [expert, post] = postings[id.value()];
        const Team team{plan.school_of(post), plan.sender_of(expert)};
        const auto at = std::lower_bound(out.teams_.begin(), out.teams_.end(), team);
        join(out.vertex(expert), out.vertex(Id<Team>(static_cast<std::size_t>(at - out.teams_.begin()))),
             EdgeKind::joins, id.value(), staffing[id].from, staffing[id].to);
    }
    return out;
}

inline PlanView view_of(const PlanGraph& graph, std::initializer_list<VertexKind> vertices,
                        std::initializer_list<EdgeKind> edges) {
    return PlanView(graph.graph(), EdgeFilter{&graph.graph(), detail::bits_of(edges)},
                    VertexFilter{&graph.graph(), detail::bits_of(vertices)});
}
inline PlanView goal_tree(const PlanGraph& graph) {
    return view_of(graph, {VertexKind::county, VertexKind::goal}, {EdgeKind::contains});
}
inline PlanView task_dag(const PlanGraph& graph) { return view_of(graph, {VertexKind::task}, {EdgeKind::precedes}); }
inline PlanView staffing_view(const PlanGraph& graph) {
    return view_of(graph, {VertexKind::school, VertexKind::post, VertexKind::expert},
                   {EdgeKind::needs, EdgeKind::staffs});
}
inline PlanView pairing_view(const PlanGraph& graph) {
    return view_of(graph, {VertexKind::sender, VertexKind::county, VertexKind::school}, {EdgeKind::pairs});
}
inline PlanView influence_view(const PlanGraph& graph) {
    return view_of(graph, {VertexKind::school}, {EdgeKind::influences});
}

inline std::vector<Id<Expert>> experts_serving(const PlanGraph& graph, Id<Goal> goal) {
    using Vertex = PlanGraph::Vertex;
    const PlanGraph::Graph& g = graph.graph();
    detail::VertexSet goals(g);
    detail::VertexSet schools(g);
    detail::VertexSet experts(g);
    bool whole_county = false;
    goals.add(graph.vertex(goal));
    for (std::size_t i = 0; i < goals.members().size(); ++i) {
        const Vertex now = goals.members()[i];
        detail::for_each_target(g, now, EdgeKind::contains, [&](Vertex below) { goals.add(below); });
        const auto visit_work = [&](Vertex work) {
            detail::for_each_target(g, work, EdgeKind::located_at, [&](Vertex school) { schools.add(school); });
            whole_county = whole_county || !detail::has_school(g, work);
        };
        detail::for_each_source(g, now, EdgeKind::serves, visit_work);
        detail::for_each_source(g, now, EdgeKind::measures, visit_work);
    }
    if (const auto county = detail::county_over(g, graph.vertex(goal)); whole_county && county) {
        detail::for_each_target(g, *county, EdgeKind::contains, [&](Vertex below) {
            if (g[below].kind == VertexKind::school) schools.add(below);
        });
    }
    for (const Vertex school : schools.members()) {
        detail::for_each_target(g, school, EdgeKind::needs, [&](Vertex post) {
            detail::for_each_source(g, post, EdgeKind::staffs, [&](Vertex expert) { experts.add(expert); });
        });
    }
    return detail::ids_in<Expert>(g, experts);
}

inline std::vector<Id<Goal>> goals_served_by(const PlanGraph& graph, Id<Expert> expert) {
    using Vertex = PlanGraph::Vertex;
    const PlanGraph::Graph& g = graph.graph();
    detail::VertexSet schools(g);
    detail::VertexSet counties(g);
    detail::VertexSet in_counties(g);  // goals, to look for work that has no school
    detail::VertexSet goals(g);
    detail::for_each_target(g, graph.vertex(expert), EdgeKind::staffs, [&](Vertex post) {
        detail::for_each_source(g, post, EdgeKind::needs, [&](Vertex school) { schools.add(school); });
    });
    const auto serve = [&](Vertex work) {
        detail::for_each_target(g, work, EdgeKind::serves, [&](Vertex goal) { goals.add(goal); });
        detail::for_each_target(g, work, EdgeKind::measures, [&](Vertex goal) { goals.add(goal); });
    };
    for (const Vertex school : schools.members()) {
        detail::for_each_source(g, school, EdgeKind::located_at, serve);
        detail::for_each_source(g, school, EdgeKind::contains, [&](Vertex county) { counties.add(county); });
    }
    for (const Vertex county : counties.members()) {
        detail::for_each_target(g, county, EdgeKind::contains, [&](Vertex below) {
            if (g[below].kind == VertexKind::goal) in_counties.add(below);
        });
    }
    for (std::size_t i = 0; i < in_counties.members().size(); ++i) {
        const Vertex goal = in_counties.members()[i];
        detail::for_each_target(g, goal, EdgeKind::contains, [&](Vertex below) { in_counties.add(below); });
        const auto serve_if_everywhere = [&](Vertex work) {
            if (!detail::has_school(g, work)) goals.add(goal);
        };
        detail::for_each_source(g, goal, EdgeKind::serves, serve_if_everywhere);
        detail::for_each_source(g, goal, EdgeKind::measures, serve_if_everywhere);
    }
    for (std::size_t i = 0; i < goals.members().size(); ++i) {
        detail::for_each_source(g, goals.members()[i], EdgeKind::contains, [&](Vertex above) {
            if (g[above].kind == VertexKind::goal) goals.add(above);
        });
    }
    return detail::ids_in<Goal>(g, goals);
}

}  // namespace countyplan
