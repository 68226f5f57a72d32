// Both passes of longest_path where no two nodes lie on a cycle: forward while the order is being found.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <utility>
#include <vector>

#include <countyplan/solve/proof/longest_path.hpp>
#include <countyplan/solve/watch.hpp>

namespace countyplan::detail {

/// How a pass over the nodes ended.
enum class PassEnd { done, cycle, stopped };

/// The arcs out of each node lie beside each other with all that the passes need, and a node's time, driver
/// and count of open predecessors in one place, so that an arc costs one access far away. `Length` is narrow
/// where all lengths fit.
template <class Length>
class AcyclicPasses {
  public:
    AcyclicPasses(const LongestPathProblem& problem, Watch& watch, std::int64_t& steps)
        : problem_(problem), watch_(watch), steps_(steps) {}

    /// Earliest times and their drivers; `cycle` if the nodes have no order.
    PassEnd forward(std::vector<std::int64_t>& time, std::vector<std::uint32_t>& driver) {
        if (!group_arcs()) return PassEnd::stopped;
        const std::size_t nodes = problem_.nodes;
        order_.reserve(nodes);
        for (std::uint32_t v = 0; v < nodes; ++v) {
            if (node_[v].waiting == 0) order_.push_back(v);
        }
        for (std::size_t i = 0; i < order_.size(); ++i) {
            if (i + 3 * ahead < order_.size()) fetch_place(order_[i + 3 * ahead]);
            if (i + 2 * ahead < order_.size()) fetch_list(order_[i + 2 * ahead]);
            if (i + ahead < order_.size()) fetch_heads(order_[i + ahead], node_.get());
            const std::uint32_t v = order_[i];
            if (watch_.exhausted(steps_) || watch_.spend(4 + first_[v + 1] - first_[v])) return PassEnd::stopped;
            ++steps_;
            const std::int64_t from = node_[v].time;
            for (std::uint32_t k = first_[v]; k < first_[v + 1]; ++k) {
                const OutArc& arc = arc_[k];
                Node& head = node_[arc.head];
                const std::int64_t through = from + arc.length;
                // of arcs that are equal the first; never instead of the own bound, whose number is the largest
                const bool equal = through == head.time && arc.number < head.driver && head.driver != Drivers::own;
                if (through > head.time || equal) {
                    head.time = through;
                    head.driver = arc.number;
                }
                if (--head.waiting == 0) order_.push_back(arc.head);
            }
        }
        if (order_.size() != nodes) return PassEnd::cycle;
        for (std::size_t v = 0; v < nodes; ++v) {
            time[v] = node_[v].time;
            driver[v] = node_[v].driver;
        }
        return PassEnd::done;
    }

    /// Latest times and their drivers, from each node's own bound in `time`; after `forward`.
    PassEnd backward(std::vector<std::int64_t>& time, std::vector<std::uint32_t>& driver) {
        for (std::size_t i = order_.size(); i-- > 0;) {
            if (i >= 3 * ahead) fetch_place(order_[i - 3 * ahead]);
            if (i >= 2 * ahead) fetch_list(order_[i - 2 * ahead]);
            if (i >= ahead) fetch_heads(order_[i - ahead], time.data());
            const std::uint32_t v = order_[i];
            if (watch_.exhausted(steps_) || watch_.spend(4 + first_[v + 1] - first_[v])) return PassEnd::stopped;
            ++steps_;
            std::int64_t last = time[v];
            std::uint32_t by = driver[v];
            for (std::uint32_t k = first_[v]; k < first_[v + 1]; ++k) {
                const OutArc& arc = arc_[k];
                const std::int64_t through = time[arc.head] - arc.length;
                by = through < last ? arc.number : by;
                last = std::min(last, through);
            }
            time[v] = last;
            driver[v] = by;
        }
        return PassEnd::done;
    }

  private:
    static constexpr std::size_t ahead = 6;  ///< nodes between asking for memory and reading it
    static constexpr std::size_t batch = 1 << 12;

    struct OutArc {
        Length length;
        std::uint32_t head;
        std::uint32_t number;
    };
    struct Node {
        std::int64_t time;
        std::uint32_t driver;
        std::uint32_t waiting;  ///< arcs into it from nodes that are not done
    };

    /// Calls `visit(arc)` for every arc but loops; false if stopped.
    template <class Visit>
    bool each_arc(std::int64_t work, const Visit& visit) {
        for (std::size_t begin = 0; begin < problem_.arcs(); begin += batch) {
            const std::size_t end = std::min(problem_.arcs(), begin + batch);
            for (std::size_t a = begin; a < end; ++a) {
                if (problem_.tail[a] != problem_.head[a]) visit(a);
            }
            if (watch_.spend(work * static_cast<std::int64_t>(end - begin))) return false;
        }
        return true;
    }

    bool group_arcs() {
        const std::size_t nodes = problem_.nodes;
        first_.assign(nodes + 2, 0);
        std::vector<std::uint32_t> into(nodes, 0);
        if (!each_arc(1, [&](std::size_t a) {
                ++first_[problem_.tail[a] + 2];
                ++into[problem_.head[a]];
            })) {
            return false;
        }
        node_ = std::make_unique_for_overwrite<Node[]>(nodes);
        for (std::size_t v = 0; v < nodes; ++v) {
            first_[v + 2] += first_[v + 1];
            node_[v] = {problem_.release[v], Drivers::own, into[v]};
        }
        arc_ = std::make_unique_for_overwrite<OutArc[]>(first_[nodes + 1]);
        // first_[v + 1] is where the next arc out of v goes, and at the end where those of v + 1 begin
        return each_arc(2, [&](std::size_t a) {
            arc_[first_[problem_.tail[a] + 1]++] = {static_cast<Length>(problem_.length[a]), problem_.head[a],
                                                    static_cast<std::uint32_t>(a)};
        });
    }

    void fetch_place(std::uint32_t v) const { __builtin_prefetch(&first_[v]); }
    /// The list of a node of few arcs may lie across two cache lines.
    void fetch_list(std::uint32_t v) const {
        __builtin_prefetch(&arc_[first_[v]]);
        if (first_[v + 1] > first_[v]) __builtin_prefetch(&arc_[first_[v + 1] - 1]);
    }
    template <class T>
    void fetch_heads(std::uint32_t v, const T* per_node) const {
        for (std::uint32_t k = first_[v]; k < first_[v + 1]; ++k)
            __builtin_prefetch(per_node + arc_[k].head);
    }

    const LongestPathProblem& problem_;
    Watch& watch_;
    std::int64_t& steps_;
    std::vector<std::uint32_t> first_;  ///< per node, and one past the last
    std::unique_ptr<OutArc[]> arc_;
    std::unique_ptr<Node[]> node_;
    std::vector<std::uint32_t> order_;
};

}  // namespace countyplan::detail
