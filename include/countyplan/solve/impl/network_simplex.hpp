// Which basis of the network is best? The primal network simplex method over any ordered number type.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

#include <countyplan/solve/impl/watch.hpp>
#include <countyplan/solve/proof/min_cost_flow.hpp>

namespace countyplan::detail {

/// Runs on `x = flow - lower`. A root joined to each node by an artificial arc carries what is not yet
/// routed; `Costs::artificial()` outweighs every cycle of real arcs, so a positive artificial flow at the
/// end proves infeasibility. The tree is kept strongly feasible (from each node some flow can be sent to
/// the root), which excludes cycling for any choice of entering arcs. Tree arcs keep their flow at their
/// lower node; other arcs are at a bound.
///
/// `Costs` has a type `Number` (ordered group: +, -, <), `operator()(arc)`, `artificial()`.
template <class Costs>
class NetworkSimplex {
  public:
    using Number = typename Costs::Number;
    enum class End { optimal, unbounded, stopped };

    NetworkSimplex(const MinCostFlowProblem& problem, const Costs& costs, std::size_t block, std::int64_t steps,
                   Watch& watch)
        : problem_(problem),
          costs_(costs),
          watch_(watch),
          steps_(steps),
          arcs_(problem.arcs()),
          root_(static_cast<std::uint32_t>(problem.nodes)),
          state_(arcs_),
          node_(problem.nodes + 1),
          potential_(problem.nodes + 1) {
        block_ = block != 0 ? block : static_cast<std::size_t>(std::sqrt(static_cast<double>(arcs_)));
        if (block_ < 16) block_ = 16;
        std::vector<int128> excess(problem.nodes);
        for (std::size_t v = 0; v < problem.nodes; ++v)
            excess[v] = problem.supply[v];
        for (std::size_t a = 0; a < arcs_; ++a) {
            excess[problem.tail[a]] -= problem.lower[a];
            excess[problem.head[a]] += problem.lower[a];
            state_[a] = problem.lower[a] == problem.upper[a] ? 0 : 1;
        }
        node_[root_].parent = none;
        for (std::uint32_t v = root_; v-- > 0;) {
            Node& node = node_[v];
            node.arc = arcs_ + v;
            node.upward = excess[v] >= 0;
            node.flow = node.upward ? excess[v] : -excess[v];
            node.depth = 1;
            attach(v, root_);
            potential_[v] = node.upward ? Number{} - costs.artificial() : costs.artificial();
        }
    }

    End run() {
        for (;;) {
            if (watch_.exhausted(steps_)) return End::stopped;
            watch_.report([this] { return glance(); });
            const std::size_t arc = price();
            if (watch_.stopped()) return End::stopped;
            if (arc == arcs_) return End::optimal;
            ++steps_;
            if (!pivot(arc)) return End::unbounded;
        }
    }

    [[nodiscard]] std::int64_t steps() const { return steps_; }

    /// Whether all that is supplied is routed through real arcs.
    [[nodiscard]] bool is_feasible() const {
        for (std::uint32_t v = node_[root_].child; v != none; v = node_[v].next) {
            if (node_[v].flow != 0) return false;
        }
        return true;
    }

    /// The flow of each arc above its lower bound, where it is not 0.
    template <class Visit>
    void each_flow(const Visit& visit) const {
        for (std::size_t a = 0; a < arcs_; ++a) {
            if (state_[a] < 0) visit(a, capacity(a));
        }
        for (std::uint32_t v = 0; v < root_; ++v) {
            if (node_[v].arc < arcs_ && node_[v].flow != 0) visit(node_[v].arc, node_[v].flow);
        }
    }

    /// Each node but the root, parents first: node, parent (`== nodes` for the root), its arc (`>= arcs`
    /// for an artificial one) and whether that arc leads to the parent.
    template <class Visit>
    void each_tree_arc(const Visit& visit) const {
        for (std::uint32_t v = following(root_, root_); v != none; v = following(v, root_)) {
            visit(v, node_[v].parent, node_[v].arc, node_[v].upward);
        }
    }

    /// After `unbounded`: the arcs of the cycle in order.
    [[nodiscard]] std::vector<std::uint32_t> cycle() const {
        std::vector<std::uint32_t> down;
        for (std::uint32_t v = source_; v != join_; v = node_[v].parent) {
            down.push_back(static_cast<std::uint32_t>(node_[v].arc));
        }
        std::vector<std::uint32_t> arcs(down.rbegin(), down.rend());
        arcs.push_back(static_cast<std::uint32_t>(entering_));
        for (std::uint32_t v = target_; v != join_; v = node_[v].parent) {
            arcs.push_back(static_cast<std::uint32_t>(node_[v].arc));
        }
        return arcs;
    }

  private:
    static constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();
    static constexpr int128 infinite = int128{1} << 120;

    struct Node {
        std::uint32_t parent = none, child = none, next = none, previous = none;
        std::size_t arc = 0;  ///< to the parent
        std::uint32_t depth = 0;
        bool upward = true;  ///< whether `arc` leads to the parent
        int128 flow = 0;     ///< of `arc`, above its lower bound
    };

    [[nodiscard]] int128 capacity(std::size_t arc) const {
        if (arc >= arcs_ || problem_.upper[arc] == MinCostFlowProblem::unlimited) return infinite;
        return int128{problem_.upper[arc]} - problem_.lower[arc];
    }

    void attach(std::uint32_t v, std::uint32_t parent) {
        Node& node = node_[v];
        node.parent = parent;
        node.previous = none;
        node.next = node_[parent].child;
        if (node.next != none) node_[node.next].previous = v;
        node_[parent].child = v;
    }

    void detach(std::uint32_t v) {
        const Node& node = node_[v];
        if (node.next != none) node_[node.next].previous = node.previous;
        if (node.previous != none) {
            node_[node.previous].next = node.next;
        } else {
            node_[node.parent].child = node.next;
        }
    }

    /// The node after `v` in a preorder walk of the subtree under `top`.
    [[nodiscard]] std::uint32_t following(std::uint32_t v, std::uint32_t top) const {
        if (node_[v].child != none) return node_[v].child;
        while (v != top) {
            if (node_[v].next != none) return node_[v].next;
            v = node_[v].parent;
        }
        return none;
    }

    /// The most promising arc of the first block that has one; `arcs_` if there is none at all.
    [[nodiscard]] std::size_t price() {
        std::size_t best = arcs_;
        Number least{};
        std::size_t begin = cursor_;
        for (std::size_t left = arcs_; left > 0;) {
            const std::size_t end = begin + std::min({block_, left, arcs_ - begin});
            for (std::size_t a = begin; a < end; ++a) {
                if (state_[a] == 0) continue;
                const Number ahead = costs_(a) + potential_[problem_.tail[a]];
                const Number& behind = potential_[problem_.head[a]];
                const Number reduced = state_[a] > 0 ? ahead - behind : behind - ahead;
                if (reduced < least) {
                    least = reduced;
                    best = a;
                }
            }
            left -= end - begin;
            if (watch_.spend(static_cast<std::int64_t>(end - begin))) return arcs_;
            begin = end == arcs_ ? 0 : end;
            if (best != arcs_) break;
        }
        cursor_ = begin;
        return best;
    }

    /// Sends what fits round the cycle that `arc` closes and exchanges it for a blocking arc.
    /// False if nothing blocks.
    bool pivot(std::size_t arc) {
        const bool at_lower = state_[arc] > 0;
        std::uint32_t u = at_lower ? problem_.tail[arc] : problem_.head[arc];
        std::uint32_t v = at_lower ? problem_.head[arc] : problem_.tail[arc];
        const std::uint32_t source = u, target = v;
        // Of the blocking arcs the last one along the cycle, seen from its topmost node, must leave.
        int128 source_room = infinite, target_room = infinite;
        std::uint32_t source_block = none, target_block = none;
        std::int64_t work = 16;
        while (u != v) {
            if (node_[u].depth >= node_[v].depth) {
                const Node& node = node_[u];
                const int128 room = node.upward ? node.flow : room_left(node);
                if (room < source_room) {
                    source_room = room;
                    source_block = u;
                }
                u = node.parent;
            } else {
                const Node& node = node_[v];
                const int128 room = node.upward ? room_left(node) : node.flow;
                if (room <= target_room) {
                    target_room = room;
                    target_block = v;
                }
                v = node.parent;
            }
            ++work;
        }
        const std::uint32_t join = u;
        const int128 whole = capacity(arc);
        int128 amount = source_room;
        std::uint32_t leaving = source_block;
        bool on_source_side = true;
        if (whole <= amount) {
            amount = whole;
            leaving = none;
        }
        if (target_room <= amount) {
            amount = target_room;
            leaving = target_block;
            on_source_side = false;
        }
        if (amount >= infinite) {
            entering_ = arc;
            source_ = source;
            target_ = target;
            join_ = join;
            return false;
        }
        if (amount != 0) {
            for (u = source; u != join; u = node_[u].parent)
                node_[u].flow += node_[u].upward ? -amount : amount;
            for (v = target; v != join; v = node_[v].parent)
                node_[v].flow += node_[v].upward ? amount : -amount;
        }
        if (leaving == none) {
            state_[arc] = at_lower ? std::int8_t{-1} : std::int8_t{1};
        } else {
            const Node& gone = node_[leaving];
            if (gone.arc < arcs_) state_[gone.arc] = gone.flow == 0 ? std::int8_t{1} : std::int8_t{-1};
            const std::uint32_t inner = on_source_side ? source : target;
            state_[arc] = 0;
            rehang(arc, inner, on_source_side ? target : source, leaving, at_lower ? amount : whole - amount);
            work += shift(inner);
        }
        watch_.spend(work);
        return true;
    }

    [[nodiscard]] int128 room_left(const Node& node) const {
        const int128 whole = capacity(node.arc);
        return whole == infinite ? infinite : whole - node.flow;
    }

    /// Cuts the subtree under `leaving` off and hangs it, with `inner` as its top, under `outer` by `arc`.
    void rehang(std::size_t arc, std::uint32_t inner, std::uint32_t outer, std::uint32_t leaving, int128 flow) {
        bool upward = problem_.tail[arc] == inner;
        std::uint32_t v = inner;
        std::uint32_t parent = outer;
        for (;;) {
            Node& node = node_[v];
            const std::uint32_t old_parent = node.parent;
            detach(v);
            attach(v, parent);
            std::swap(node.arc, arc);
            std::swap(node.flow, flow);
            std::swap(node.upward, upward);
            upward = !upward;
            if (v == leaving) return;
            parent = v;
            v = old_parent;
        }
    }

    /// Brings depths and potentials of the subtree under `top` into line with its parent.
    std::int64_t shift(std::uint32_t top) {
        const Node& node = node_[top];
        const Number& base = potential_[node.parent];
        const Number cost = costs_(node.arc);
        const Number change = (node.upward ? base - cost : base + cost) - potential_[top];
        std::int64_t work = 0;
        for (std::uint32_t v = top; v != none; v = following(v, top)) {
            node_[v].depth = node_[node_[v].parent].depth + 1;
            potential_[v] = potential_[v] + change;
            work += 4;
        }
        return work;
    }

    [[nodiscard]] Tick glance() const {
        Tick tick{.steps = steps_};
        if (!is_feasible()) return tick;
        double sum = 0;
        for (std::size_t a = 0; a < arcs_; ++a) {
            sum += static_cast<double>(problem_.lower[a]) * static_cast<double>(problem_.cost[a * problem_.tiers]);
        }
        each_flow([&](std::size_t a, int128 flow) {
            sum += static_cast<double>(flow) * static_cast<double>(problem_.cost[a * problem_.tiers]);
        });
        tick.best = sum;
        return tick;
    }

    const MinCostFlowProblem& problem_;
    const Costs& costs_;
    Watch& watch_;
    std::int64_t steps_;
    std::size_t arcs_;
    std::size_t block_ = 0;
    std::size_t cursor_ = 0;
    std::uint32_t root_;
    std::vector<std::int8_t> state_;  ///< 1 at the lower bound, -1 at the upper, 0 in the tree or fixed
    std::vector<Node> node_;
    std::vector<Number> potential_;
    std::size_t entering_ = 0;
    std::uint32_t source_ = 0, target_ = 0, join_ = 0;
};

}  // namespace countyplan::detail
