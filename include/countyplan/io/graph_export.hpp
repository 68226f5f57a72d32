// How is the graph of a plan given to tools that draw or analyse graphs?
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <countyplan/plan/plan_graph.hpp>
#include <countyplan/scalar/enumerator.hpp>

namespace countyplan {

/// Written only; each holds every vertex and edge with kind, names and dates.
enum class GraphFormat { dot, graphml, json };

template <>
struct Enumerators<GraphFormat> {
    static constexpr MessageText words[] = {
        {"dot", "Graphviz", "Graphviz"}, {"graphml", "GraphML", "GraphML"}, {"json", "JSON", "JSON"}};
};

/// By the end of the name: `.dot`, `.graphml`, `.graph.json`; nothing for another.
[[nodiscard]] std::optional<GraphFormat> graph_format_of(std::string_view path);

/// The name of a vertex in the exports: `kind:id`, for a team `team:SCHOOL/SENDER`.
[[nodiscard]] std::string vertex_name(const Plan& plan, const PlanGraph& graph, PlanGraph::Vertex vertex);

/// The whole graph in the order of its vertices and edges; same graph, same bytes. Nothing in a name can
/// end its quotes, add an attribute or an element: DOT strings are quoted with `"` and `\` escaped (a
/// label is shown as it is, never as HTML or an escape sequence), XML and JSON are escaped as they
/// prescribe, control characters become visible text. `graph` must be of `plan`.
[[nodiscard]] std::string graph_text(const Plan& plan, const PlanGraph& graph, GraphFormat format);

}  // namespace countyplan
