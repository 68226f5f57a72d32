// Which basis of the network is best? The primal network simplex method over any ordered number type.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

#include <countyplan/solve/proof/min_cost_flow.hpp>
#include <countyplan/solve/watch.hpp>

namespace countyplan::detail {

/// Runs on `x = flow - lower`. A root joined to each node by an artificial arc carries what is not yet
/// routed; `Costs::artificial()` outweighs every cycle of real arcs, so a positive artificial flow at the
/// end proves infeasibility. The tree is kept strongly feasible (from each node some flow can be sent to
/// the root), which excludes cycling for any choice of entering arcs. Tree arcs keep their flow at their
/// lower node; other arcs are at a bound.
///
/// Dense problems are sifted: pivots look only at columns, copies of the arcs that mattered so far; when
/// none of these can help, one look at all arcs makes the most promising ones of each node into columns.
/// An arc that never became a column is at its lower bound.
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
          block_(block),
          root_(static_cast<std::uint32_t>(problem.nodes)),
          node_(problem.nodes + 1),
          potential_(problem.nodes + 1) {
        std::vector<int128> excess(problem.nodes);
        for (std::size_t v = 0; v < problem.nodes; ++v)
            excess[v] = problem.supply[v];
        for (std::size_t a = 0; a < arcs_; ++a) {
            excess[problem.tail[a]] -= problem.lower[a];
            excess[problem.head[a]] += problem.lower[a];
        }
        for (std::uint32_t v = root_; v-- > 0;) {
            Node& node = node_[v];
            node.upward = excess[v] >= 0;
            node.flow = node.upward ? excess[v] : -excess[v];
            node.depth = 1;
            attach(v, root_);
            potential_[v] = node.upward ? Number{} - costs.artificial() : costs.artificial();
        }
        if (arcs_ > sift_from * problem.nodes) {
            is_column_.assign(arcs_, false);
        } else {
            columns_.reserve(arcs_);
            for (std::size_t a = 0; a < arcs_; ++a) {
                if (problem.lower[a] != problem.upper[a]) add_column(a);
                if (watch_.spend(2)) break;  // `run` then ends at once
            }
        }
    }

    End run() {
        for (;;) {
            if (watch_.exhausted(steps_)) return End::stopped;
            watch_.report([this] { return glance(); });
            std::uint32_t column = price();
            if (column == none && !watch_.stopped() && sift()) column = price();
            if (watch_.stopped()) return End::stopped;
            if (column == none) return End::optimal;
            ++steps_;
            if (!pivot(column)) return End::unbounded;
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
        for (const Column& column : columns_) {
            if (column.state < 0) visit(column.arc, capacity(column));
        }
        for (std::uint32_t v = 0; v < root_; ++v) {
            if (node_[v].column != none && node_[v].flow != 0) visit(arc_above(v), node_[v].flow);
        }
    }

    /// Each node but the root, parents first: node, parent (`== nodes` for the root), its arc (none for an
    /// artificial one) and whether that arc leads to the parent.
    template <class Visit>
    void each_tree_arc(const Visit& visit) const {
        for (std::uint32_t v = following(root_, root_); v != none; v = following(v, root_)) {
            visit(v, node_[v].parent, arc_above(v), node_[v].upward);
        }
    }

    /// After `unbounded`: the arcs of the cycle in order.
    [[nodiscard]] std::vector<std::uint32_t> cycle() const {
        std::vector<std::uint32_t> down;
        for (std::uint32_t v = source_; v != join_; v = node_[v].parent) {
            down.push_back(arc_above(v));
        }
        std::vector<std::uint32_t> arcs(down.rbegin(), down.rend());
        arcs.push_back(columns_[entering_].arc);
        for (std::uint32_t v = target_; v != join_; v = node_[v].parent) {
            arcs.push_back(arc_above(v));
        }
        return arcs;
    }

  private:
    static constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();
    static constexpr int128 infinite = int128{1} << 120;

    static constexpr std::size_t sift_from = 12;  ///< arcs per node from which sifting pays
    static constexpr std::size_t sifted = 4;      ///< columns made per node, side and sifting

    struct Node {
        std::uint32_t parent = none, child = none, next = none, previous = none;
        std::uint32_t column = none;  ///< of the arc to the parent; none: artificial
        std::uint32_t depth = 0;
        bool upward = true;  ///< whether that arc leads to the parent
        int128 flow = 0;     ///< of that arc, above its lower bound
    };

    struct Column {
        Number cost;
        std::uint32_t tail, head, arc;
        std::int8_t state;  ///< 1 at the lower bound, -1 at the upper, 0 in the tree
    };

    void add_column(std::size_t arc) {
        columns_.push_back(
            {costs_(arc), problem_.tail[arc], problem_.head[arc], static_cast<std::uint32_t>(arc), std::int8_t{1}});
    }

    [[nodiscard]] std::uint32_t arc_above(std::uint32_t v) const {
        return node_[v].column == none ? none : columns_[node_[v].column].arc;
    }

    [[nodiscard]] int128 capacity(const Column& column) const {
        const std::int64_t upper = problem_.upper[column.arc];
        if (upper == MinCostFlowProblem::unlimited) return infinite;
        return int128{upper} - problem_.lower[column.arc];
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

    /// The most promising column of the first block that has one; none if there is none at all.
    [[nodiscard]] std::uint32_t price() {
        const std::size_t count = columns_.size();
        std::size_t block = block_ != 0 ? block_ : static_cast<std::size_t>(std::sqrt(static_cast<double>(count)));
        block = std::max<std::size_t>(block, 16);
        std::size_t best = count;
        Number least{};
        std::size_t begin = cursor_;
        for (std::size_t left = count; left > 0;) {
            const std::size_t end = begin + std::min({block, left, count - begin});
            for (std::size_t i = begin; i < end; ++i) {
                const Column& column = columns_[i];
                if (column.state == 0) continue;
                const Number ahead = column.cost + potential_[column.tail];
                const Number& behind = potential_[column.head];
                const Number reduced = column.state > 0 ? ahead - behind : behind - ahead;
                if (reduced < least) {
                    least = reduced;
                    best = i;
                }
            }
            left -= end - begin;
            if (watch_.spend(static_cast<std::int64_t>(end - begin))) return none;
            begin = end == count ? 0 : end;
            if (best != count) break;
        }
        cursor_ = begin;
        return best == count ? none : static_cast<std::uint32_t>(best);
    }

    /// Makes the arcs of most negative reduced cost at each node into columns; false if there are none.
    bool sift() {
        if (is_column_.empty()) return false;
        struct Find {
            Number reduced{};
            std::uint32_t arc = none;
        };
        std::vector<Find> found(2 * sifted * problem_.nodes);  // ascending, per node as tail and as head
        const auto keep = [&](std::size_t place, Find find) {
            for (std::size_t i = place * sifted; i < (place + 1) * sifted; ++i) {
                if (find.reduced < found[i].reduced) std::swap(find, found[i]);
            }
        };
        for (std::size_t a = 0; a < arcs_; ++a) {
            if (watch_.spend(1)) return false;
            if (is_column_[a] || problem_.lower[a] == problem_.upper[a]) continue;
            const std::uint32_t tail = problem_.tail[a], head = problem_.head[a];
            const Number reduced = costs_(a) + potential_[tail] - potential_[head];
            if (!(reduced < Number{})) continue;
            const Find find{reduced, static_cast<std::uint32_t>(a)};
            keep(2 * std::size_t{tail}, find);
            keep(2 * std::size_t{head} + 1, find);
        }
        const std::size_t before = columns_.size();
        for (const Find& find : found) {
            if (find.arc == none || is_column_[find.arc]) continue;
            is_column_[find.arc] = true;
            add_column(find.arc);
        }
        cursor_ = before == columns_.size() ? 0 : before;
        return before != columns_.size();
    }

    /// Sends what fits round the cycle that the column closes and exchanges it for a blocking one.
    /// False if nothing blocks.
    bool pivot(std::uint32_t index) {
        Column& column = columns_[index];
        const bool at_lower = column.state > 0;
        std::uint32_t u = at_lower ? column.tail : column.head;
        std::uint32_t v = at_lower ? column.head : column.tail;
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
        const int128 whole = capacity(column);
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
            entering_ = index;
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
            column.state = at_lower ? std::int8_t{-1} : std::int8_t{1};
        } else {
            const Node& gone = node_[leaving];
            if (gone.column != none) columns_[gone.column].state = gone.flow == 0 ? std::int8_t{1} : std::int8_t{-1};
            const std::uint32_t inner = on_source_side ? source : target;
            column.state = 0;
            rehang(index, inner, on_source_side ? target : source, leaving, at_lower ? amount : whole - amount);
            work += shift(inner);
        }
        watch_.spend(work);
        return true;
    }

    [[nodiscard]] int128 room_left(const Node& node) const {
        const int128 whole = node.column == none ? infinite : capacity(columns_[node.column]);
        return whole == infinite ? infinite : whole - node.flow;
    }

    /// Cuts the subtree under `leaving` off and hangs it, with `inner` as its top, under `outer` by `column`.
    void rehang(std::uint32_t column, std::uint32_t inner, std::uint32_t outer, std::uint32_t leaving, int128 flow) {
        bool upward = columns_[column].tail == inner;
        std::uint32_t v = inner;
        std::uint32_t parent = outer;
        for (;;) {
            Node& node = node_[v];
            const std::uint32_t old_parent = node.parent;
            detach(v);
            attach(v, parent);
            std::swap(node.column, column);
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
        const Number cost = columns_[node.column].cost;
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
    std::size_t block_;
    std::size_t cursor_ = 0;
    std::uint32_t root_;
    std::vector<Column> columns_;
    std::vector<bool> is_column_;  ///< per arc; empty if all that are not fixed are
    std::vector<Node> node_;
    std::vector<Number> potential_;
    std::uint32_t entering_ = 0;
    std::uint32_t source_ = 0, target_ = 0, join_ = 0;
};

}  // namespace countyplan::detail
