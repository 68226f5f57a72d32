// Which bounds of nested quotas cannot hold together, asked again and again as they are loosened one by one?
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <numeric>
#include <span>
#include <utility>
#include <vector>

#include <countyplan/allocate/allocation_problem.hpp>
#include <countyplan/solve/nested_flow.hpp>

namespace countyplan::detail {

/// Counts in all groups of a problem, and a choice of pairs, that keep every bound; where they do not add up there is
/// an excess or a want. Units run from home through left groups, inwards, an item, right groups, outwards, and home
/// again. Where excess is left and no way leads from it to a want, the bounds cannot hold together, and the nodes that
/// it reaches are a cut. Bounds are read from the problem when they are needed. Ford & Fulkerson, Flows in Networks
/// (1962), II.3.
class BoundFlow {
  public:
    /// One side of what a group is bound to.
    struct Bound {
        bool is_left = false;
        std::uint32_t group = 0;
        bool is_lower = false;
    };

    /// The bounds may change later, the rest of the problem may not. `interrupt` is asked in long searches.
    BoundFlow(const NestedFlowProblem& problem, Interrupt interrupt)
        : problem_(problem),
          interrupt_(std::move(interrupt)),
          left_(problem.left, static_cast<std::int64_t>(problem.items())),
          right_(problem.right, static_cast<std::int64_t>(problem.items())),
          excess_(1 + left_.groups() + right_.groups(), 0),
          seen_(excess_.size() + problem.items(), 0),
          from_(seen_.size(), home) {
        for (std::size_t g = 0; g < left_.groups(); ++g)
            left_.children.add(parent_of(left_at(g)), left_at(g));
        for (std::size_t g = 0; g < right_.groups(); ++g)
            right_.children.add(parent_of(right_at(g)), right_at(g));
        left_.children.close(excess_.size());
        right_.children.close(excess_.size());
        for (std::size_t i = 0; i < problem.items(); ++i) {
            items_.add(left_at(problem.group[i]), item_at(i));
            for (std::size_t pair = problem.first[i]; pair < problem.first[i + 1]; ++pair)
                partners_.add(right_at(problem.to[pair]), item_at(i));
        }
        items_.close(excess_.size());
        partners_.close(excess_.size());
    }

    /// Pairs items for lower bounds as they come, then leads excess to wants as far as there is a way. False if
    /// stopped, or if more than `most` ways would have to be found.
    [[nodiscard]] bool begin(std::size_t most = std::numeric_limits<std::size_t>::max()) {
        pair_of_.assign(problem_.items(), NestedFlowResult::unpaired);
        for (std::size_t i = 0; i < problem_.items(); ++i) {
            if (!left_.may_rise_outwards(problem_.group[i])) continue;
            const bool is_asked = left_.wants_more(problem_.group[i]);
            for (std::size_t pair = problem_.first[i]; pair < problem_.first[i + 1]; ++pair) {
                const std::uint32_t to = problem_.to[pair];
                if (!right_.may_rise_outwards(to) || !(is_asked || right_.wants_more(to))) continue;
                pair_of_[i] = static_cast<std::uint32_t>(pair);
                left_.rise_outwards(problem_.group[i]);
                right_.rise_outwards(to);
                break;
            }
        }
        raise_to_lower_bounds();
        for (; missing_ > 0; --most) {
            if (most == 0) return false;
            const auto path = search<false>(nodes_with_excess(), -1);
            if (path.empty()) break;
            send(path, room(path));
        }
        return !stopped_;
    }

    /// Whether all bounds can hold together, once that is known.
    [[nodiscard]] bool holds() const { return missing_ == 0; }
    [[nodiscard]] bool is_stopped() const { return stopped_; }

    /// After this bound was loosened, and only then: whether all of them can hold. If not, or if stopped, the units
    /// sent by its way stay.
    [[nodiscard]] bool holds_without(const Bound& loosened) {
        sent_.clear();
        const auto [tail, head] = way_of(loosened);
        while (missing_ > 0 && residual(tail, head) > 0) {
            Path path = search<true>({tail}, 1);
            if (path.empty()) break;
            const Path after = search<false>({head}, -1);
            if (after.empty()) break;
            path.insert(path.end(), after.begin(), after.end());
            const std::int64_t amount = room(path);
            send(path, amount);
            sent_.emplace_back(std::move(path), amount);
        }
        return holds();
    }

    /// Takes back what `holds_without` sent, before the bound is put back.
    void undo() {
        for (; !sent_.empty(); sent_.pop_back()) {
            std::ranges::reverse(sent_.back().first);
            send(sent_.back().first, sent_.back().second);
        }
    }

    /// The proof that the bounds cannot hold together.
    [[nodiscard]] NestedFlowCut cut() {
        (void)search<false>(nodes_with_excess(), 0);
        NestedFlowCut out;
        out.home = is_seen(home);
        for (std::size_t g = 0; g < left_.groups(); ++g)
            if (is_seen(left_at(g))) out.left.push_back(static_cast<std::uint32_t>(g));
        for (std::size_t g = 0; g < right_.groups(); ++g)
            if (is_seen(right_at(g))) out.right.push_back(static_cast<std::uint32_t>(g));
        return out;
    }

  private:
    using Node = std::uint32_t;
    using Path = std::vector<Node>;
    static constexpr Node home = 0;

    /// Nodes listed per node.
    class Lists {
      public:
        void add(Node of, Node node) { rows_.emplace_back(of, node); }
        void close(std::size_t nodes) {
            first_.assign(nodes + 1, 0);
            for (const auto& row : rows_)
                ++first_[row.first + 1];
            std::partial_sum(first_.begin(), first_.end(), first_.begin());
            node_.resize(rows_.size());
            std::vector<std::size_t> at(first_.begin(), first_.end() - 1);
            for (const auto& [of, node] : rows_)
                node_[at[of]++] = node;
            rows_ = {};
        }
        [[nodiscard]] std::span<const Node> of(Node node) const {
            return std::span(node_).subspan(first_[node], first_[node + 1] - first_[node]);
        }

      private:
        std::vector<std::pair<Node, Node>> rows_;
        std::vector<std::size_t> first_;
        std::vector<Node> node_;
    };

    /// The groups of one side and how many units each has.
    struct Side {
        Side(const NestedQuotas& groups, std::int64_t number) : quotas(groups), items(number) {
            total.assign(groups.groups(), 0);
        }

        [[nodiscard]] std::size_t groups() const { return total.size(); }
        /// No more than just too much for all items.
        [[nodiscard]] std::int64_t lower(std::size_t group) const { return std::min(quotas.lower[group], items + 1); }
        [[nodiscard]] std::int64_t upper(std::size_t group) const {
            return quotas.upper[group] >= items ? std::numeric_limits<std::int64_t>::max() / 2 : quotas.upper[group];
        }
        [[nodiscard]] bool may_rise(std::size_t group) const { return total[group] < upper(group); }
        [[nodiscard]] bool may_fall(std::size_t group) const { return total[group] > lower(group); }
        [[nodiscard]] bool may_rise_outwards(std::uint32_t group) const {
            while (group != NestedQuotas::outermost && may_rise(group))
                group = quotas.parent[group];
            return group == NestedQuotas::outermost;
        }
        /// Whether a group from this one outwards has less than its lower bound.
        [[nodiscard]] bool wants_more(std::uint32_t group) const {
            while (group != NestedQuotas::outermost && total[group] >= lower(group))
                group = quotas.parent[group];
            return group != NestedQuotas::outermost;
        }
        void rise_outwards(std::uint32_t group) {
            for (; group != NestedQuotas::outermost; group = quotas.parent[group])
                ++total[group];
        }

        const NestedQuotas& quotas;
        std::int64_t items;
        std::vector<std::int64_t> total{};
        Lists children{};
    };

    [[nodiscard]] static Node left_at(std::size_t group) { return static_cast<Node>(1 + group); }
    [[nodiscard]] Node right_at(std::size_t group) const { return static_cast<Node>(1 + left_.groups() + group); }
    [[nodiscard]] Node item_at(std::size_t item) const { return static_cast<Node>(excess_.size() + item); }
    [[nodiscard]] bool is_left(Node node) const { return node != home && node <= left_.groups(); }
    [[nodiscard]] bool is_right(Node node) const { return node > left_.groups() && node < excess_.size(); }
    [[nodiscard]] bool is_item(Node node) const { return node >= excess_.size(); }
    [[nodiscard]] std::size_t group_of(Node node) const { return node - 1 - (is_left(node) ? 0 : left_.groups()); }
    [[nodiscard]] std::size_t item_of(Node node) const { return node - excess_.size(); }

    /// Of a group.
    [[nodiscard]] Node parent_of(Node node) const {
        const bool left = is_left(node);
        const std::uint32_t parent = (left ? left_ : right_).quotas.parent[group_of(node)];
        if (parent == NestedQuotas::outermost) return home;
        return left ? left_at(parent) : right_at(parent);
    }

    /// As many units in each group as its lower bound asks for.
    void raise_to_lower_bounds() {
        const auto raise = [this](Side& side, std::size_t group, Node from, Node to) {
            const std::int64_t wanted = side.lower(group) - side.total[group];
            if (wanted <= 0) return;
            side.total[group] += wanted;
            add_excess(from, -wanted);
            add_excess(to, wanted);
        };
        for (std::size_t g = 0; g < left_.groups(); ++g)
            raise(left_, g, parent_of(left_at(g)), left_at(g));
        for (std::size_t g = 0; g < right_.groups(); ++g)
            raise(right_, g, right_at(g), parent_of(right_at(g)));
    }

    /// From where to where one unit more may run.
    [[nodiscard]] std::pair<Node, Node> way_of(const Bound& loosened) const {
        const Node group = loosened.is_left ? left_at(loosened.group) : right_at(loosened.group);
        const bool inwards = loosened.is_left != loosened.is_lower;
        return inwards ? std::pair(parent_of(group), group) : std::pair(group, parent_of(group));
    }

    [[nodiscard]] std::vector<Node> nodes_with_excess() const {
        std::vector<Node> out;
        for (Node node = 0; node < excess_.size(); ++node)
            if (is_end(node, 1)) out.push_back(node);
        return out;
    }
    /// Whether there is excess (1) or want (-1).
    [[nodiscard]] bool is_end(Node node, int sign) const {
        return sign != 0 && !is_item(node) && sign * excess_[node] > 0;
    }
    [[nodiscard]] bool is_seen(Node node) const { return seen_[node] == search_; }

    /// Calls `visit` for every node to which a unit may run from this one; or, backward, from which to this one.
    template <bool backward, class Visit>
    void each_next(Node node, const Visit& visit) const {
        if (is_item(node)) {
            const std::size_t i = item_of(node);
            const std::uint32_t chosen = pair_of_[i];
            const bool is_paired = chosen != NestedFlowResult::unpaired;
            if (is_paired != backward) visit(left_at(problem_.group[i]));
            if (backward && is_paired) visit(right_at(problem_.to[chosen]));
            for (std::size_t pair = problem_.first[i]; !backward && pair < problem_.first[i + 1]; ++pair)
                if (pair != chosen) visit(right_at(problem_.to[pair]));
            return;
        }
        if (is_left(node) || node == home) {
            if (node != home && (backward ? left_.may_rise(group_of(node)) : left_.may_fall(group_of(node))))
                visit(parent_of(node));
            for (const Node child : left_.children.of(node))
                if (backward ? left_.may_fall(group_of(child)) : left_.may_rise(group_of(child))) visit(child);
            for (const Node item : items_.of(node))
                if ((pair_of_[item_of(item)] != NestedFlowResult::unpaired) == backward) visit(item);
        }
        if (is_right(node) || node == home) {
            if (node != home && (backward ? right_.may_fall(group_of(node)) : right_.may_rise(group_of(node))))
                visit(parent_of(node));
            for (const Node child : right_.children.of(node))
                if (backward ? right_.may_rise(group_of(child)) : right_.may_fall(group_of(child))) visit(child);
            for (const Node item : partners_.of(node)) {
                const std::uint32_t chosen = pair_of_[item_of(item)];
                const bool is_here = chosen != NestedFlowResult::unpaired && right_at(problem_.to[chosen]) == node;
                if (is_here != backward) visit(item);
            }
        }
    }

    /// A way that a unit runs between one of `starts` and a node with excess (1) or want (-1), in the order that it
    /// runs; empty if there is none. Backward: to the start. The side where that node is likely is looked at first.
    template <bool backward>
    [[nodiscard]] Path search(const std::vector<Node>& starts, int sign) {
        ++search_;
        for (std::vector<Node>& waiting : waiting_)
            waiting.clear();
        Path found;
        const auto reach = [&](Node node, Node from) {
            if (is_seen(node) || !found.empty()) return;
            seen_[node] = search_;
            from_[node] = from;
            if (is_end(node, sign)) found = way_to<backward>(node);
            const bool is_likely = node == home || is_left(node) == backward;
            waiting_[is_item(node) ? 1 : is_likely ? 0 : 2].push_back(node);
        };
        for (const Node node : starts)
            reach(node, node);
        for (std::size_t looks = 1; found.empty(); ++looks) {
            const auto waiting =
                std::ranges::find_if(waiting_, [](const std::vector<Node>& list) { return !list.empty(); });
            if (waiting == waiting_.end()) break;
            if (looks % 1024 == 0 && interrupt_ && interrupt_()) stopped_ = true;
            if (stopped_) return {};
            const Node node = waiting->back();
            waiting->pop_back();
            each_next<backward>(node, [&](Node next) { reach(next, node); });
        }
        return found;
    }

    template <bool backward>
    [[nodiscard]] Path way_to(Node end) const {
        Path out{end};
        for (; from_[end] != end; end = from_[end])
            out.push_back(from_[end]);
        if (!backward) std::ranges::reverse(out);
        return out;
    }

    /// How many units may run from one node to the next.
    [[nodiscard]] std::int64_t residual(Node from, Node to) const {
        if (is_item(from) || is_item(to)) return 1;
        const bool is_up = from != home && parent_of(from) == to;
        const Node group = is_up ? from : to;
        const Side& side = is_left(group) ? left_ : right_;
        const bool rises = is_left(group) != is_up;
        const std::size_t g = group_of(group);
        return rises ? side.upper(g) - side.total[g] : side.total[g] - side.lower(g);
    }

    [[nodiscard]] std::int64_t room(const Path& path) const {
        std::int64_t out = std::min(excess_[path.front()], -excess_[path.back()]);
        for (std::size_t k = 1; k < path.size(); ++k)
            out = std::min(out, residual(path[k - 1], path[k]));
        return out;
    }

    void send(const Path& path, std::int64_t amount) {
        add_excess(path.front(), -amount);
        add_excess(path.back(), amount);
        for (std::size_t k = 1; k < path.size(); ++k)
            step(path[k - 1], path[k], amount);
    }

    void add_excess(Node node, std::int64_t amount) {
        missing_ -= std::max<std::int64_t>(0, excess_[node]);
        excess_[node] += amount;
        missing_ += std::max<std::int64_t>(0, excess_[node]);
    }

    void step(Node from, Node to, std::int64_t amount) {
        if (is_item(to)) {
            if (is_right(from)) pair_of_[item_of(to)] = NestedFlowResult::unpaired;
            return;
        }
        if (is_item(from)) {
            const std::size_t i = item_of(from);
            if (is_left(to)) return;
            const auto to_there = [&](std::uint32_t group) { return right_at(group) == to; };
            const auto begin = problem_.to.begin();
            const auto pair = std::find_if(begin + static_cast<std::ptrdiff_t>(problem_.first[i]),
                                           begin + static_cast<std::ptrdiff_t>(problem_.first[i + 1]), to_there);
            pair_of_[i] = static_cast<std::uint32_t>(pair - begin);
            return;
        }
        const bool is_up = from != home && parent_of(from) == to;
        const Node group = is_up ? from : to;
        Side& side = is_left(group) ? left_ : right_;
        side.total[group_of(group)] += is_left(group) != is_up ? amount : -amount;
    }

    const NestedFlowProblem& problem_;
    Interrupt interrupt_;
    Side left_;
    Side right_;
    Lists items_;                       ///< per left group: its own
    Lists partners_;                    ///< per right group: items with a pair there
    std::vector<std::int64_t> excess_;  ///< per home and group; below 0: want
    std::int64_t missing_ = 0;          ///< all excess
    std::vector<std::uint32_t> pair_of_;
    std::vector<std::pair<Path, std::int64_t>> sent_;
    std::vector<std::uint32_t> seen_;  ///< per node: in which search
    std::vector<Node> from_;
    std::array<std::vector<Node>, 3> waiting_{};  ///< the likely side, items, the other side
    std::uint32_t search_ = 0;
    bool stopped_ = false;
};

}  // namespace countyplan::detail
