// Which item of a group wishes most to be elsewhere?
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include <countyplan/solve/impl/nested_flow_network.hpp>

namespace countyplan::detail {

/// One heap of items per node, by falling wish; the wish of an item in a heap does not change. Pairing heaps:
/// Fredman, Sedgewick, Sleator & Tarjan, Algorithmica 1 (1986).
template <class Number>
class NestedWishes {
  public:
    static constexpr std::uint32_t none = NestedNetwork::none;

    NestedWishes(std::size_t items, std::size_t nodes) : items_(items), root_(nodes, none) {}

    [[nodiscard]] Number& operator[](std::uint32_t item) { return items_[item].wish; }

    void clear() { root_.assign(root_.size(), none); }

    void add(std::uint32_t node, std::uint32_t item) {
        items_[item].child = none;
        items_[item].next = none;
        root_[node] = root_[node] == none ? item : joined(root_[node], item);
    }

    [[nodiscard]] std::uint32_t top(std::uint32_t node) const { return root_[node]; }

    /// Removes the top.
    void take(std::uint32_t node) {
        std::uint32_t rest = items_[root_[node]].child;
        std::uint32_t pairs = none;  // of neighbours joined, the last pair first
        while (rest != none) {
            const std::uint32_t a = rest;
            const std::uint32_t b = items_[a].next;
            rest = b == none ? none : items_[b].next;
            const std::uint32_t pair = b == none ? a : joined(a, b);
            items_[pair].next = pairs;
            pairs = pair;
        }
        std::uint32_t root = pairs;
        for (std::uint32_t pair = root == none ? none : items_[root].next; pair != none;) {
            const std::uint32_t after = items_[pair].next;
            root = joined(root, pair);
            pair = after;
        }
        if (root != none) items_[root].next = none;
        root_[node] = root;
    }

  private:
    struct Item {
        Number wish{};
        std::uint32_t child = none;
        std::uint32_t next = none;
    };

    std::uint32_t joined(std::uint32_t a, std::uint32_t b) {
        if (items_[a].wish < items_[b].wish) std::swap(a, b);
        items_[b].next = items_[a].child;
        items_[a].child = b;
        return a;
    }

    std::vector<Item> items_;
    std::vector<std::uint32_t> root_;
};

}  // namespace countyplan::detail
