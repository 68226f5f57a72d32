#include <countyplan/io/graph_export.hpp>

#include <utility>

#include <countyplan/io/html.hpp>
#include <countyplan/io/json.hpp>
#include <countyplan/version.hpp>

namespace countyplan {

namespace {

struct Names {
    std::string zh;
    std::string en;
};

template <class Row>
Names names_of(const Row& row) {
    if constexpr (requires { row.name_zh; }) {
        return {row.name_zh, row.name_en};
    } else {
        return {};
    }
}

/// Calls `visit` with the row that a vertex stands for; a team has none.
template <class Visit>
void with_row(const Plan& plan, const PlanVertex& vertex, Visit&& visit) {
    const Draft& rows = plan.rows();
    switch (vertex.kind) {
        case VertexKind::county:
            visit(rows.counties.rows()[vertex.row]);
            break;
        case VertexKind::sender:
            visit(rows.senders.rows()[vertex.row]);
            break;
        case VertexKind::school:
            visit(rows.schools.rows()[vertex.row]);
            break;
        case VertexKind::post:
            visit(rows.posts.rows()[vertex.row]);
            break;
        case VertexKind::expert:
            visit(rows.experts.rows()[vertex.row]);
            break;
        case VertexKind::teacher:
            visit(rows.teachers.rows()[vertex.row]);
            break;
        case VertexKind::goal:
            visit(rows.goals.rows()[vertex.row]);
            break;
        case VertexKind::indicator:
            visit(rows.indicators.rows()[vertex.row]);
            break;
        case VertexKind::task:
            visit(rows.tasks.rows()[vertex.row]);
            break;
        case VertexKind::team:
            break;
    }
}

template <class Row>
std::string key_of(const Row& row) {
    if constexpr (requires { row.id; }) {
        return row.id;
    } else {
        return to_text(row.code);
    }
}

std::string date_text(const std::optional<Day>& day) { return day ? to_text(*day) : std::string(); }

/// A quoted string of DOT. Inside, only `"` ends it and only `\` means something.
std::string dot_quoted(std::string_view words) {
    std::string out = "\"";
    for (const char c : words) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (byte < 0x20 || byte == 0x7F) {
            static constexpr std::string_view digits = "0123456789ABCDEF";
            out += "\\\\x";
            out += digits[byte >> 4];
            out += digits[byte & 15];
        } else {
            out += c;
        }
    }
    return out + "\"";
}

/// Walks vertices and edges in their order and hands each to a writer.
template <class Writer>
void walk(const Plan& plan, const PlanGraph& graph, Writer& writer) {
    const auto& g = graph.graph();
    std::vector<std::string> ids;
    ids.reserve(num_vertices(g));
    for (PlanGraph::Vertex v = 0; v < num_vertices(g); ++v) {
        ids.push_back(vertex_name(plan, graph, v));
        Names names;
        with_row(plan, g[v], [&](const auto& row) { names = names_of(row); });
        writer.vertex(ids.back(), g[v].kind, names);
    }
    writer.between();
    for (PlanGraph::Vertex v = 0; v < num_vertices(g); ++v) {
        const auto [first, last] = out_edges(v, g);
        for (auto at = first; at != last; ++at)
            writer.edge(ids[v], ids[target(*at, g)], g[*at]);
    }
}

class DotWriter {
  public:
    std::string out = "digraph plan {\n";

    void vertex(const std::string& id, VertexKind kind, const Names& names) {
        const std::string& shown = names.zh.empty() ? names.en : names.zh;
        out += "  " + dot_quoted(id) + " [kind=" + dot_quoted(name(kind)) +
               ", label=" + dot_quoted(shown.empty() ? id : shown) + "];\n";
    }
    void between() {}
    void edge(const std::string& from, const std::string& to, const PlanEdge& edge) {
        out += "  " + dot_quoted(from) + " -> " + dot_quoted(to) + " [kind=" + dot_quoted(name(edge.kind));
        if (edge.from) out += ", from=" + dot_quoted(date_text(edge.from));
        if (edge.to) out += ", to=" + dot_quoted(date_text(edge.to));
        out += "];\n";
    }
    void end() { out += "}\n"; }
};

class GraphmlWriter {
  public:
    std::string out =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n"
        "  <key id=\"kind\" for=\"all\" attr.name=\"kind\" attr.type=\"string\"/>\n"
        "  <key id=\"name_zh\" for=\"node\" attr.name=\"name_zh\" attr.type=\"string\"/>\n"
        "  <key id=\"name_en\" for=\"node\" attr.name=\"name_en\" attr.type=\"string\"/>\n"
        "  <key id=\"from\" for=\"edge\" attr.name=\"from\" attr.type=\"string\"/>\n"
        "  <key id=\"to\" for=\"edge\" attr.name=\"to\" attr.type=\"string\"/>\n"
        "  <graph id=\"plan\" edgedefault=\"directed\">\n";

    void vertex(const std::string& id, VertexKind kind, const Names& names) {
        out += "    <node id=\"" + html_escaped(id) + "\">";
        data("kind", name(kind));
        data("name_zh", names.zh);
        data("name_en", names.en);
        out += "</node>\n";
    }
    void between() {}
    void edge(const std::string& from, const std::string& to, const PlanEdge& edge) {
        out += "    <edge source=\"" + html_escaped(from) + "\" target=\"" + html_escaped(to) + "\">";
        data("kind", name(edge.kind));
        data("from", date_text(edge.from));
        data("to", date_text(edge.to));
        out += "</edge>\n";
    }
    void end() { out += "  </graph>\n</graphml>\n"; }

  private:
    void data(std::string_view key, std::string_view value) {
        if (value.empty()) return;
        out += "<data key=\"" + std::string(key) + "\">" + html_escaped(value) + "</data>";
    }
};

class GraphJsonWriter {
  public:
    std::string out;

    GraphJsonWriter() {
        json_.begin_object();
        json_.key("format").text("countyplan.graph");
        json_.key("format_version").integer(1);
        json_.key("version").text(version);
        json_.key("nodes").begin_array();
    }
    void vertex(const std::string& id, VertexKind kind, const Names& names) {
        json_.begin_object();
        json_.key("id").text(id);
        json_.key("kind").text(name(kind));
        optional("name_zh", names.zh);
        optional("name_en", names.en);
        json_.end_object();
    }
    void between() { json_.end_array().key("edges").begin_array(); }
    void edge(const std::string& from, const std::string& to, const PlanEdge& edge) {
        json_.begin_object();
        json_.key("source").text(from);
        json_.key("target").text(to);
        json_.key("kind").text(name(edge.kind));
        optional("from", date_text(edge.from));
        optional("to", date_text(edge.to));
        json_.end_object();
    }
    void end() {
        json_.end_array().end_object();
        out = json_.take();
    }

  private:
    void optional(std::string_view key, std::string_view value) {
        if (!value.empty()) json_.key(key).text(value);
    }

    JsonWriter json_;
};

template <class Writer>
std::string written(const Plan& plan, const PlanGraph& graph) {
    Writer writer;
    walk(plan, graph, writer);
    writer.end();
    return std::move(writer.out);
}

}  // namespace

std::optional<GraphFormat> graph_format_of(std::string_view path) {
    if (path.ends_with(".dot")) return GraphFormat::dot;
    if (path.ends_with(".graphml")) return GraphFormat::graphml;
    if (path.ends_with(".graph.json")) return GraphFormat::json;
    return std::nullopt;
}

std::string vertex_name(const Plan& plan, const PlanGraph& graph, PlanGraph::Vertex vertex) {
    const PlanVertex& what = graph.graph()[vertex];
    std::string out = std::string(name(what.kind)) + ":";
    if (what.kind == VertexKind::team) {
        const Team& team = graph.teams()[what.row];
        return out + plan.rows().schools[team.school].id + "/" + plan.rows().senders[team.sender].id;
    }
    with_row(plan, what, [&](const auto& row) { out += key_of(row); });
    return out;
}

std::string graph_text(const Plan& plan, const PlanGraph& graph, GraphFormat format) {
    switch (format) {
        case GraphFormat::dot:
            return written<DotWriter>(plan, graph);
        case GraphFormat::graphml:
            return written<GraphmlWriter>(plan, graph);
        case GraphFormat::json:
            break;
    }
    return written<GraphJsonWriter>(plan, graph);
}

}  // namespace countyplan
