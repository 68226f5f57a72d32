// How are an order of the nodes and a shortest cycle found?
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <limits>
#include <queue>

#include <countyplan/graph/dag.hpp>

namespace countyplan {

namespace detail {

/// Kahn's algorithm, smallest free node first; shorter than the graph if there is a cycle.
inline std::vector<NodeIndex> smallest_order(const Network& graph) {
    const auto nodes = static_cast<NodeIndex>(graph.node_count());
    std::vector<std::uint32_t> waits(nodes);
    std::vector<NodeIndex> order;
    order.reserve(nodes);
    std::priority_queue<NodeIndex, std::vector<NodeIndex>, std::greater<>> free;
    for (NodeIndex node = 0; node < nodes; ++node) {
        waits[node] = static_cast<std::uint32_t>(graph.in_arcs(node).size());
        if (waits[node] == 0) free.push(node);
    }
    while (!free.empty()) {
        const NodeIndex node = free.top();
        free.pop();
        order.push_back(node);
        for (const NodeIndex next : graph.successors(node)) {
            if (--waits[next] == 0) free.push(next);
        }
    }
    return order;
}

/// What is left of a graph once every node that lies on no cycle, for want of an arc in or out, is gone.
class CycleCore {
  public:
    explicit CycleCore(const Network& graph)
        : graph_(&graph), in_(graph.node_count()), out_(graph.node_count()), alive_(graph.node_count(), 1) {
        const auto nodes = static_cast<NodeIndex>(graph.node_count());
        for (NodeIndex node = 0; node < nodes; ++node) {
            in_[node] = static_cast<std::uint32_t>(graph.in_arcs(node).size());
            out_[node] = static_cast<std::uint32_t>(graph.out_arcs(node).size());
        }
        for (NodeIndex node = 0; node < nodes; ++node) {
            if (alive(node) && (in_[node] == 0 || out_[node] == 0)) remove(node);
        }
    }

    [[nodiscard]] bool alive(NodeIndex node) const { return alive_[node] != 0; }

    /// The cycle met by walking back from the first node that is left; empty if none is. O(n + m).
    [[nodiscard]] Cycle any_cycle() const {
        const auto first = std::find(alive_.begin(), alive_.end(), 1);
        if (first == alive_.end()) return {};
        auto node = static_cast<NodeIndex>(first - alive_.begin());
        std::vector<ArcIndex> left_by(alive_.size(), no_node);  // each node's arc to the one that was met before it
        for (;;) {
            const auto tails = graph_->predecessors(node);
            std::size_t i = 0;
            while (!alive(tails[i]))
                ++i;
            const NodeIndex before = tails[i];
            const bool closes = left_by[before] != no_node;
            left_by[before] = graph_->in_arcs(node)[i];
            node = before;
            if (closes) break;
        }
        Cycle out;
        do {
            out.nodes.push_back(node);
            out.arcs.push_back(left_by[node]);
            node = graph_->head(left_by[node]);
        } while (node != out.nodes.front());
        return out;
    }

    /// Takes `node` out, and with it all that then lies on no cycle. O(n + m) over all removals.
    void remove(NodeIndex node) {
        alive_[node] = 0;
        pending_.push_back(node);
        while (!pending_.empty()) {
            const NodeIndex gone = pending_.back();
            pending_.pop_back();
            for (const NodeIndex next : graph_->successors(gone))
                release(next, in_);
            for (const NodeIndex next : graph_->predecessors(gone))
                release(next, out_);
        }
    }

  private:
    void release(NodeIndex node, std::vector<std::uint32_t>& degree) {
        if (!alive(node) || --degree[node] != 0) return;
        alive_[node] = 0;
        pending_.push_back(node);
    }

    const Network* graph_;
    std::vector<std::uint32_t> in_;
    std::vector<std::uint32_t> out_;
    std::vector<char> alive_;
    std::vector<NodeIndex> pending_;
};

}  // namespace detail

inline Cycle shortest_cycle(const Network& graph) {
    const auto nodes = static_cast<NodeIndex>(graph.node_count());
    for (ArcIndex arc = 0; arc < graph.arc_count(); ++arc) {
        if (graph.tail(arc) == graph.head(arc)) return {{graph.tail(arc)}, {arc}, true};
    }
    detail::CycleCore core(graph);
    const std::uint64_t limit = 64 * (std::uint64_t{nodes} + graph.arc_count()) + 100'000'000;
    std::uint64_t looked = 0;
    Cycle best;
    std::size_t best_length = std::numeric_limits<std::size_t>::max();
    std::vector<NodeIndex> seen_from(nodes, no_node);  // the start of the search that reached the node last
    std::vector<ArcIndex> reached_by(nodes);
    std::vector<NodeIndex> queue;

    for (NodeIndex start = 0; start < nodes && best_length > 2; ++start) {
        if (!core.alive(start)) continue;
        queue.assign(1, start);
        seen_from[start] = start;
        ArcIndex closing = no_node;
        std::size_t depth = 0;  // of the layer in queue[at, layer_end)
        std::size_t layer_end = 1;
        for (std::size_t at = 0; at < queue.size() && closing == no_node; ++at) {
            if (at == layer_end) {
                ++depth;
                layer_end = queue.size();
            }
            if (depth + 1 >= best_length) break;  // an arc from here cannot close a shorter cycle
            const NodeIndex node = queue[at];
            const auto arcs = graph.out_arcs(node);
            const auto heads = graph.successors(node);
            looked += arcs.size() + 1;
            for (std::size_t i = 0; i < arcs.size(); ++i) {
                const NodeIndex next = heads[i];
                if (next == start) {
                    closing = arcs[i];
                    break;
                }
                if (!core.alive(next) || seen_from[next] == start) continue;
                seen_from[next] = start;
                reached_by[next] = arcs[i];
                queue.push_back(next);
            }
        }
        if (closing != no_node) {
            best = {{graph.tail(closing)}, {closing}, false};
            while (best.nodes.back() != start) {
                const ArcIndex arc = reached_by[best.nodes.back()];
                best.nodes.push_back(graph.tail(arc));
                best.arcs.push_back(arc);
            }
            std::reverse(best.nodes.begin(), best.nodes.end());
            std::reverse(best.arcs.begin(), best.arcs.end());
            best_length = best.nodes.size();
        }
        core.remove(start);  // every cycle through it has been weighed
        if (looked <= limit) continue;
        if (best.nodes.empty()) best = core.any_cycle();
        if (best.nodes.empty()) break;
        detail::start_at_smallest(best);
        return best;
    }
    if (best.nodes.empty()) return best;
    best.is_shortest = true;
    detail::start_at_smallest(best);
    return best;
}

inline Dag::Dag(Network network, std::vector<NodeIndex> order)
    : network_(std::move(network)), order_(std::move(order)), position_(order_.size()) {
    for (NodeIndex at = 0; at < order_.size(); ++at)
        position_[order_[at]] = at;
}

inline std::variant<Dag, Cycle> Dag::build(std::size_t nodes, std::vector<Arc> arcs) {
    Network network(nodes, std::move(arcs));
    std::vector<NodeIndex> order = detail::smallest_order(network);
    if (order.size() < network.node_count()) return shortest_cycle(network);
    return Dag(std::move(network), std::move(order));
}

inline Dag::Dag(std::size_t nodes, std::vector<Arc> arcs) {
    std::variant<Dag, Cycle> built = build(nodes, std::move(arcs));
    if (const auto* cycle = std::get_if<Cycle>(&built)) throw InvalidProblem(cycle_message(*cycle), "arcs");
    *this = std::get<Dag>(std::move(built));
}

}  // namespace countyplan
