// How are the groups of both sides one small network, and where does each item stand in it?
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <utility>
#include <vector>

#include <countyplan/solve/proof/int128.hpp>
#include <countyplan/solve/proof/nested_flow.hpp>

namespace countyplan::detail {

/// Node 0 is home, then come the left groups, then the right ones, each after the group round it. The arc
/// between a group and its parent is named by the group and leads inwards on the left, outwards on the right.
/// Items are no nodes: one at a node (its left group, or the right group of its pair) is a way from there to
/// the right groups of its other pairs and, if paired, back to its left group.
struct NestedNetwork {
    static constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();
    static constexpr std::uint32_t home = 0;

    template <class C>
    explicit NestedNetwork(const BasicNestedFlowProblem<C>& problem)
        : left_end(static_cast<std::uint32_t>(1 + problem.left.groups())),
          nodes(left_end + static_cast<std::uint32_t>(problem.right.groups())),
          group(problem.group),
          first(problem.first),
          to(problem.to),
          parent(nodes, none),
          lower(nodes, 0),
          upper(nodes, 0),
          first_piece(nodes, 0),
          last_piece(nodes, 0),
          from(1, 0),
          source(1, none) {
        add(problem.left, 1);
        add(problem.right, left_end);
        first_child.assign(nodes + 1, 0);
        for (std::uint32_t v = 1; v < nodes; ++v)
            ++first_child[parent[v] + 1];
        for (std::uint32_t v = 0; v < nodes; ++v)
            first_child[v + 1] += first_child[v];
        child.resize(nodes - 1);
        std::vector<std::uint32_t> at(first_child.begin(), first_child.end() - 1);
        for (std::uint32_t v = 1; v < nodes; ++v)
            child[at[parent[v]]++] = v;
    }

    [[nodiscard]] std::size_t items() const { return group.size(); }
    /// The group's arc between two nodes, one the parent of the other, and whether a unit from `a` to `b`
    /// is one more on it.
    [[nodiscard]] std::pair<std::uint32_t, bool> arc_between(std::uint32_t a, std::uint32_t b) const {
        const bool outward = parent[a] == b;
        const std::uint32_t arc = outward ? a : b;
        return {arc, is_left(arc) != outward};
    }
    [[nodiscard]] bool is_left(std::uint32_t node) const { return node < left_end; }
    [[nodiscard]] std::uint32_t left_of(std::uint32_t item) const { return 1 + group[item]; }
    [[nodiscard]] std::uint32_t right_of(std::size_t pair) const { return left_end + to[pair]; }
    [[nodiscard]] std::span<const std::uint32_t> children(std::uint32_t node) const {
        return std::span(child).subspan(first_child[node], first_child[node + 1] - first_child[node]);
    }

    /// The piece of the unit after `total`, and that of the last unit of `total`, which is above 0.
    [[nodiscard]] std::uint32_t next_piece(std::uint32_t node, std::int32_t total) const {
        std::uint32_t piece = last_piece[node];
        while (from[piece] > total)
            --piece;
        return piece;
    }
    [[nodiscard]] std::uint32_t used_piece(std::uint32_t node, std::int32_t total) const {
        return next_piece(node, total - 1);
    }
    /// How far a total may rise before its slope changes or the quota ends it; and how far it may fall.
    [[nodiscard]] std::int32_t room_above(std::uint32_t node, std::int32_t total) const {
        if (total >= upper[node]) return 0;
        const std::uint32_t piece = next_piece(node, total);
        return (piece == last_piece[node] ? upper[node] : std::min(upper[node], from[piece + 1])) - total;
    }
    [[nodiscard]] std::int32_t room_below(std::uint32_t node, std::int32_t total) const {
        if (total <= lower[node]) return 0;
        return total - std::max(lower[node], from[used_piece(node, total)]);
    }

    std::uint32_t left_end;  ///< the first right group's node
    std::uint32_t nodes;
    std::span<const std::uint32_t> group;
    std::span<const std::size_t> first;
    std::span<const std::uint32_t> to;
    std::vector<std::uint32_t> parent;       ///< per node; none for home
    std::vector<std::int32_t> lower;         ///< per node; at most one more than there are items
    std::vector<std::int32_t> upper;         ///< per node; the same, so that no total ever reaches a higher one
    std::vector<std::uint32_t> first_piece;  ///< per node; piece 0 is free and shared by all without a cost
    std::vector<std::uint32_t> last_piece;
    std::vector<std::int32_t> from;     ///< per piece
    std::vector<std::uint32_t> source;  ///< per piece: its number in its side's list, right ones after left ones
    std::vector<std::uint32_t> first_child;
    std::vector<std::uint32_t> child;

  private:
    void add(const NestedQuotas& quotas, std::uint32_t base) {
        const auto most = static_cast<std::int64_t>(items());
        for (std::uint32_t g = 0; g < quotas.groups(); ++g) {
            const std::uint32_t v = base + g;
            parent[v] = quotas.parent[g] == NestedQuotas::outermost ? home : base + quotas.parent[g];
            lower[v] = static_cast<std::int32_t>(std::min(quotas.lower[g], most + 1));
            upper[v] = static_cast<std::int32_t>(std::min(quotas.upper[g], most + 1));
            if (quotas.first_piece.empty() || quotas.first_piece[g] == quotas.first_piece[g + 1]) continue;
            first_piece[v] = static_cast<std::uint32_t>(from.size());
            for (std::size_t k = quotas.first_piece[g]; k < quotas.first_piece[g + 1]; ++k) {
                if (quotas.from[k] > most) break;
                from.push_back(static_cast<std::int32_t>(quotas.from[k]));
                source.push_back(static_cast<std::uint32_t>(k));
            }
            last_piece[v] = static_cast<std::uint32_t>(from.size() - 1);
        }
        if (base == 1) left_pieces = from.size();
    }

  public:
    std::size_t left_pieces = 0;  ///< pieces before this one belong to the left
};

/// A node a search may go on from, for a heap whose front is the nearest.
template <class Number>
struct NestedEntry {
    Number key;
    std::uint32_t node;

    friend bool operator<(const NestedEntry& a, const NestedEntry& b) {
        if (b.key < a.key) return true;
        if (a.key < b.key) return false;
        return b.node < a.node;
    }
};

/// The pair of each item, and per node the items that stand there.
class NestedChoice {
  public:
    static constexpr std::uint32_t none = NestedNetwork::none;

    explicit NestedChoice(const NestedNetwork& network)
        : network_(network),
          pair_(network.items(), none),
          next_(network.items()),
          previous_(network.items()),
          head_(network.nodes, none) {
        list();
    }

    [[nodiscard]] const std::vector<std::uint32_t>& pairs() const { return pair_; }
    [[nodiscard]] std::uint32_t pair(std::uint32_t item) const { return pair_[item]; }
    [[nodiscard]] std::uint32_t node(std::uint32_t item) const {
        return pair_[item] == none ? network_.left_of(item) : network_.right_of(pair_[item]);
    }
    /// Items at a node: from `head` by `next` to none.
    [[nodiscard]] std::uint32_t head(std::uint32_t node) const { return head_[node]; }
    [[nodiscard]] std::uint32_t next(std::uint32_t item) const { return next_[item]; }

    /// Sets a pair without keeping the lists of items, until `list` is called.
    void put(std::uint32_t item, std::uint32_t pair) { pair_[item] = pair; }
    void list() {
        std::fill(head_.begin(), head_.end(), none);
        for (std::uint32_t i = static_cast<std::uint32_t>(network_.items()); i-- > 0;)
            enter(i);
    }

    /// `pair` is none or one of the item's.
    void move(std::uint32_t item, std::uint32_t pair) {
        const std::uint32_t after = next_[item];
        const std::uint32_t before = previous_[item];
        (before == none ? head_[node(item)] : next_[before]) = after;
        if (after != none) previous_[after] = before;
        pair_[item] = pair;
        enter(item);
    }

  private:
    void enter(std::uint32_t item) {
        std::uint32_t& head = head_[node(item)];
        next_[item] = head;
        previous_[item] = none;
        if (head != none) previous_[head] = item;
        head = item;
    }

    const NestedNetwork& network_;
    std::vector<std::uint32_t> pair_;
    std::vector<std::uint32_t> next_;
    std::vector<std::uint32_t> previous_;
    std::vector<std::uint32_t> head_;
};

}  // namespace countyplan::detail
