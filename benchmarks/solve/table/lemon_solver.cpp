// LEMON: the three min-cost-flow codes that are best somewhere, each at its best variant, and Preflow.
#include "lemon_solver.hpp"

#include <algorithm>
#include <memory>
#include <numeric>
#include <stdexcept>
#include <utility>
#include <vector>

#include <lemon/capacity_scaling.h>
#include <lemon/cost_scaling.h>
#include <lemon/network_simplex.h>
#include <lemon/preflow.h>
#include <lemon/static_graph.h>

namespace bench {

namespace {

using Graph = lemon::StaticDigraph;
using NetworkSimplex = lemon::NetworkSimplex<Graph, int, long long>;
using CostScaling = lemon::CostScaling<Graph, int, long long>;
using CapacityScaling = lemon::CapacityScaling<Graph, int, long long>;
using Preflow = lemon::Preflow<Graph, Graph::ArcMap<int>>;

/// LEMON's static graph wants its arcs grouped by their tails.
struct SortedGraph {
    explicit SortedGraph(const LemonNetwork& network) : order(network.tail.size()) {
        std::iota(order.begin(), order.end(), std::size_t{0});
        std::stable_sort(order.begin(), order.end(),
                         [&](std::size_t a, std::size_t b) { return network.tail[a] < network.tail[b]; });
        std::vector<std::pair<int, int>> ends;
        ends.reserve(order.size());
        for (const std::size_t a : order)
            ends.emplace_back(network.tail[a], network.head[a]);
        graph.build(network.nodes, ends.begin(), ends.end());
    }

    Graph graph;
    std::vector<std::size_t> order;  ///< which arc of the network each arc of the graph is
};

class GraphSolver : public LemonSolver {
  public:
    explicit GraphSolver(const LemonNetwork& network)
        : sorted_(network), lower_(sorted_.graph), upper_(sorted_.graph), cost_(sorted_.graph) {
        for (std::size_t k = 0; k < sorted_.order.size(); ++k) {
            const auto arc = Graph::arc(static_cast<int>(k));
            lower_[arc] = network.lower[sorted_.order[k]];
            upper_[arc] = network.upper[sorted_.order[k]];
            cost_[arc] = network.cost[sorted_.order[k]];
        }
        sorted_.order = {};
    }

  protected:
    SortedGraph sorted_;
    Graph::ArcMap<int> lower_, upper_;
    Graph::ArcMap<long long> cost_;
};

template <class Solver, auto parameter>
class LeastCost final : public GraphSolver {
  public:
    using GraphSolver::GraphSolver;

    void prepare() override {
        solver_ = std::make_unique<Solver>(sorted_.graph);
        solver_->lowerMap(lower_).upperMap(upper_).costMap(cost_);
    }
    long long solve() override {
        if (solver_->run(parameter) != Solver::OPTIMAL) throw std::runtime_error("LEMON found no optimum");
        return solver_->template totalCost<long long>();
    }

  private:
    std::unique_ptr<Solver> solver_;
};

class LargestFlow final : public GraphSolver {
  public:
    LargestFlow(const LemonNetwork& network, int source, int sink)
        : GraphSolver(network), source_(Graph::node(source)), sink_(Graph::node(sink)) {}

    void prepare() override { solver_ = std::make_unique<Preflow>(sorted_.graph, upper_, source_, sink_); }
    long long solve() override {
        solver_->run();
        return solver_->flowValue();
    }

  private:
    Graph::Node source_, sink_;
    std::unique_ptr<Preflow> solver_;
};

}  // namespace

std::unique_ptr<LemonSolver> lemon_least_cost(const std::string& name, const LemonNetwork& network) {
    if (name == "lemon-network-simplex") {
        return std::make_unique<LeastCost<NetworkSimplex, NetworkSimplex::BLOCK_SEARCH>>(network);
    }
    if (name == "lemon-cost-scaling") {
        return std::make_unique<LeastCost<CostScaling, CostScaling::PARTIAL_AUGMENT>>(network);
    }
    if (name == "lemon-capacity-scaling") return std::make_unique<LeastCost<CapacityScaling, 4>>(network);
    return nullptr;
}

std::unique_ptr<LemonSolver> lemon_largest_flow(const LemonNetwork& network, std::int32_t source, std::int32_t sink) {
    return std::make_unique<LargestFlow>(network, source, sink);
}

}  // namespace bench
