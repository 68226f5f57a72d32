// Boost.Graph: min-cost flow, maximum flow, maximum matching, and the critical path by its topological sort.
// Building the graphs is left out of the time.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/boykov_kolmogorov_max_flow.hpp>
#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <boost/graph/cycle_canceling.hpp>
#include <boost/graph/find_flow_cost.hpp>
#include <boost/graph/push_relabel_max_flow.hpp>
#include <boost/graph/successive_shortest_path_nonnegative_weights.hpp>
#include <boost/graph/topological_sort.hpp>

#include "subject.hpp"

namespace bench {

namespace {

using Traits = boost::adjacency_list_traits<boost::vecS, boost::vecS, boost::directedS>;
using NodeFields = boost::property<
    boost::vertex_index_t, long,
    boost::property<boost::vertex_color_t, boost::default_color_type,
                    boost::property<boost::vertex_distance_t, long,
                                    boost::property<boost::vertex_predecessor_t, Traits::edge_descriptor>>>>;
using ArcFields = boost::property<boost::edge_capacity_t, long,
                                  boost::property<boost::edge_residual_capacity_t, long,
                                                  boost::property<boost::edge_reverse_t, Traits::edge_descriptor,
                                                                  boost::property<boost::edge_weight_t, long>>>>;
using FlowGraph = boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS, NodeFields, ArcFields>;

class FlowSubject final : public Subject {
  public:
    enum class Question { shortest_paths, cycles, push_relabel, boykov_kolmogorov };

    FlowSubject(Question question, const given::Circulation& network, std::size_t source, std::size_t sink)
        : question_(question), graph_(given::at(network.nodes)), source_(source), sink_(sink) {
        for (std::size_t a = 0; a + 1 < network.arcs(); ++a)  // without the arc back
            add(given::at(network.tail[a]), given::at(network.head[a]), network.upper[a], network.cost[a]);
    }

    void solve() override {
        switch (question_) {
            case Question::shortest_paths:
                boost::successive_shortest_path_nonnegative_weights(graph_, source_, sink_);
                break;
            case Question::cycles:
                boost::push_relabel_max_flow(graph_, source_, sink_);
                boost::cycle_canceling(graph_);
                break;
            case Question::push_relabel:
                objective_ = boost::push_relabel_max_flow(graph_, source_, sink_);
                return;
            case Question::boykov_kolmogorov:
                objective_ = boost::boykov_kolmogorov_max_flow(graph_, source_, sink_);
                return;
        }
        objective_ = boost::find_flow_cost(graph_);
    }
    [[nodiscard]] std::string objective() const override { return std::to_string(objective_); }

  private:
    void add(std::size_t from, std::size_t to, long room, long price) {
        const auto there = boost::add_edge(from, to, graph_).first, back = boost::add_edge(to, from, graph_).first;
        boost::put(boost::edge_capacity, graph_, there, room);
        boost::put(boost::edge_capacity, graph_, back, 0);
        boost::put(boost::edge_weight, graph_, there, price);
        boost::put(boost::edge_weight, graph_, back, -price);
        boost::put(boost::edge_reverse, graph_, there, back);
        boost::put(boost::edge_reverse, graph_, back, there);
    }

    Question question_;
    FlowGraph graph_;
    std::size_t source_, sink_;
    long objective_ = 0;
};

/// Earliest and latest times in a topological order; the graph is in compressed rows.
class CriticalPathSubject final : public Subject {
  public:
    explicit CriticalPathSubject(given::TaskInstance instance) : duration_(std::move(instance.duration)) {
        std::vector<std::pair<std::int32_t, std::int32_t>> ends;
        for (std::size_t k = 0; k < instance.from.size(); ++k)
            ends.emplace_back(instance.from[k], instance.to[k]);
        graph_ = Graph(boost::edges_are_unsorted_multi_pass, ends.begin(), ends.end(),
                       static_cast<std::int32_t>(duration_.size()));
    }

    void solve() override {
        order_.clear();
        boost::topological_sort(graph_, std::back_inserter(order_));  // the last comes first
        earliest_.assign(duration_.size(), 0);
        std::int32_t makespan = 0;
        for (auto v = order_.rbegin(); v != order_.rend(); ++v) {
            const std::int32_t finish = earliest_[given::at(*v)] + duration_[given::at(*v)];
            makespan = std::max(makespan, finish);
            for (auto [arc, end] = boost::out_edges(*v, graph_); arc != end; ++arc) {
                std::int32_t& time = earliest_[given::at(boost::target(*arc, graph_))];
                time = std::max(time, finish);
            }
        }
        latest_finish_.assign(duration_.size(), makespan);
        slack_ = 0;
        for (const std::int32_t v : order_) {
            std::int32_t least = makespan;
            for (auto [arc, end] = boost::out_edges(v, graph_); arc != end; ++arc) {
                const std::size_t w = given::at(boost::target(*arc, graph_));
                least = std::min(least, latest_finish_[w] - duration_[w]);
            }
            latest_finish_[given::at(v)] = least;
            slack_ += least - duration_[given::at(v)] - earliest_[given::at(v)];
        }
        makespan_ = makespan;
    }
    [[nodiscard]] std::string objective() const override {
        return std::to_string(makespan_) + " " + std::to_string(slack_);
    }

  private:
    using Graph = boost::compressed_sparse_row_graph<boost::directedS, boost::no_property, boost::no_property,
                                                     boost::no_property, std::int32_t, std::int32_t>;
    std::vector<std::int32_t> duration_;
    Graph graph_;
    std::vector<std::int32_t> order_, earliest_, latest_finish_;
    std::int64_t makespan_ = 0, slack_ = 0;
};

}  // namespace

std::unique_ptr<Subject> boost_subject(std::string_view solver, Instance& instance) {
    using enum FlowSubject::Question;
    if (auto* tasks = std::get_if<given::TaskInstance>(&instance); tasks != nullptr) {
        if (solver != "boost-topological-sort") return nullptr;
        return std::make_unique<CriticalPathSubject>(std::move(*tasks));
    }
    if (auto* sparse = std::get_if<given::SparseInstance>(&instance); sparse != nullptr) {
        const auto question = solver == "boost-successive-shortest-path" ? shortest_paths : cycles;
        if (question == cycles && solver != "boost-cycle-canceling") return nullptr;
        return std::make_unique<FlowSubject>(question, given::circulation(*sparse), 0, 1);
    }
    if (auto* flow = std::get_if<FlowInstance>(&instance); flow != nullptr) {
        const auto question = solver == "boost-push-relabel" ? push_relabel : boykov_kolmogorov;
        if (question == boykov_kolmogorov && solver != "boost-boykov-kolmogorov") return nullptr;
        return std::make_unique<FlowSubject>(question, flow->network, given::at(flow->network.head.back()),
                                             given::at(flow->network.tail.back()));
    }
    return nullptr;
}

}  // namespace bench
