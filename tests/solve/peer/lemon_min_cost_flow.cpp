#include "lemon_min_cost_flow.hpp"

#include <lemon/list_graph.h>
#include <lemon/network_simplex.h>

namespace peer {

std::optional<std::int64_t> lemon_min_cost(const std::vector<std::int64_t>& supply,
                                           const std::vector<std::uint32_t>& tail,
                                           const std::vector<std::uint32_t>& head,
                                           const std::vector<std::int64_t>& lower,
                                           const std::vector<std::int64_t>& upper,
                                           const std::vector<std::int64_t>& cost) {
    using Graph = lemon::ListDigraph;
    using Simplex = lemon::NetworkSimplex<Graph, std::int64_t, std::int64_t>;
    Graph graph;
    std::vector<Graph::Node> node;
    for (std::size_t v = 0; v < supply.size(); ++v)
        node.push_back(graph.addNode());
    Graph::ArcMap<std::int64_t> lowers(graph), uppers(graph), costs(graph);
    Graph::NodeMap<std::int64_t> supplies(graph);
    for (std::size_t a = 0; a < tail.size(); ++a) {
        const auto arc = graph.addArc(node[tail[a]], node[head[a]]);
        lowers[arc] = lower[a];
        uppers[arc] = upper[a];
        costs[arc] = cost[a];
    }
    for (std::size_t v = 0; v < supply.size(); ++v)
        supplies[node[v]] = supply[v];
    Simplex simplex(graph);
    simplex.lowerMap(lowers).upperMap(uppers).costMap(costs).supplyMap(supplies);
    if (simplex.run() != Simplex::OPTIMAL) return std::nullopt;
    return simplex.totalCost<std::int64_t>();
}

}  // namespace peer
