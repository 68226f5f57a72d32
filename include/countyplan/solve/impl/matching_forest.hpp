// Which free nodes still reach one of the other side? One forest of alternating paths, mended after each of them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include <countyplan/solve/impl/matching_search.hpp>
#include <countyplan/solve/watch.hpp>

namespace countyplan::detail {

/// Trees of alternating paths grow, all at once, from the free nodes of one side. One that meets a free node of
/// the other side augments the matching and is taken down; what its neighbours reach of it is grafted onto them,
/// so that the other trees are never built again (Azad, Buluc & Pothen, IEEE TPDS 28, 2017). A node of the other
/// side belongs to the tree of its mate.
class MatchingForest {
  public:
    enum class End { maximum, impatient, stopped };

    /// Gives up after `patience` units of work on trees that were taken down.
    MatchingForest(MatchingSide& from, MatchingSide& to, std::int64_t patience, Watch& watch)
        : from_(from),
          to_(to),
          watch_(watch),
          patience_(patience),
          root_(from.size(), none),
          parent_(from.size()),
          link_(from.size()) {}

    /// Augments until the matching is maximum; calls `found` for each pair more.
    template <class Found>
    End run(const Found& found) {
        queue_.reserve(from_.size());
        for (std::uint32_t node = 0; node < from_.size(); ++node) {
            if (from_.mate[node] != no_mate || from_.others(node).empty()) continue;
            root_[node] = node;
            link_[node] = none;
            queue_.push_back(node);
        }
        if (watch_.spend(from_.size() / 4)) return End::stopped;
        for (std::size_t i = 0; i < queue_.size(); ++i) {
            if (i + ahead < queue_.size()) fetch(queue_[i + ahead]);
            const std::uint32_t node = queue_[i];
            if (root_[node] == none) continue;
            if (watch_.exhausted(steps_)) return End::stopped;
            ++steps_;
            const std::uint32_t free = grow(node);
            if (free != no_mate) {
                augment(node, free);
                found();
                if (patience_ < 0) return End::impatient;
            }
            if (watch_.spend(4 + 2 * static_cast<std::int64_t>(from_.others(node).size()))) return End::stopped;
        }
        return End::maximum;
    }

    /// Whether a free node reaches this node of the starting side.
    [[nodiscard]] bool reached(std::uint32_t node) const { return root_[node] != none; }
    [[nodiscard]] std::int64_t steps() const { return steps_; }

  private:
    static constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();
    static constexpr std::size_t ahead = 8;  ///< nodes between asking for memory and reading it

    void fetch(std::uint32_t node) const {
        for (const std::uint32_t o : from_.others(node))
            __builtin_prefetch(&to_.mate[o]);
    }

    /// Hangs what `node` reaches and nobody else did under it; a free neighbour if there is one.
    std::uint32_t grow(std::uint32_t node) {
        for (const std::uint32_t o : from_.others(node)) {
            const std::uint32_t next = to_.mate[o];
            if (next == no_mate) return o;
            if (root_[next] == none) hang(next, node);
        }
        return no_mate;
    }

    void hang(std::uint32_t node, std::uint32_t parent) {
        const std::uint32_t root = root_[parent];
        root_[node] = root;
        parent_[node] = parent;
        link_[node] = link_[root];
        link_[root] = node;
        queue_.push_back(node);
    }

    /// Matches along the path from `node` to its root, takes the tree down and grafts it onto its neighbours.
    void augment(std::uint32_t node, std::uint32_t free) {
        const std::uint32_t root = root_[node];
        for (std::uint32_t v = node, o = free;;) {
            const std::uint32_t before = from_.mate[v];
            from_.mate[v] = o;
            to_.mate[o] = v;
            if (v == root) break;
            o = before;
            v = parent_[v];
        }
        tree_.clear();
        for (std::uint32_t v = root; v != none; v = link_[v]) {
            tree_.push_back(v);
            root_[v] = none;
        }
        for (const std::uint32_t v : tree_) {
            const auto others = to_.others(from_.mate[v]);
            const auto work = 4 + 2 * static_cast<std::int64_t>(others.size());
            patience_ -= work;
            if (watch_.spend(work)) return;
            for (const std::uint32_t w : others) {
                if (root_[w] == none) continue;
                hang(v, w);
                break;
            }
        }
    }

    MatchingSide& from_;
    MatchingSide& to_;
    Watch& watch_;
    std::int64_t patience_;
    std::vector<std::uint32_t> root_;    ///< per starting side's node; none: not reached
    std::vector<std::uint32_t> parent_;  ///< the node that reaches its mate; of a root unset
    std::vector<std::uint32_t> link_;    ///< the next node of the same tree, its root first
    std::vector<std::uint32_t> queue_;
    std::vector<std::uint32_t> tree_;
    std::int64_t steps_ = 0;
};

}  // namespace countyplan::detail
