// Who on the left may be paired with whom on the right?
#pragma once

#include <cstddef>
#include <span>
#include <utility>
#include <vector>

#include <countyplan/error.hpp>
#include <countyplan/graph/csr.hpp>
#include <countyplan/graph/network.hpp>

namespace countyplan {

/// A graph between two sets of nodes, each numbered from 0. An arc's `tail` is on the left, its `head`
/// on the right; parallel arcs are allowed. Arcs are numbered as they were given, and every list of
/// arcs is ascending. An immutable, regular value; spans live as long as it does.
class Bipartite {
  public:
    Bipartite() = default;

    /// Throws `InvalidProblem` for an arc whose tail is not below `left` or whose head is not below
    /// `right`, or for 2^32 - 1 or more nodes in all, or arcs. O(left + right + arcs).
    Bipartite(std::size_t left, std::size_t right, std::vector<Arc> arcs);

    [[nodiscard]] std::size_t left_count() const { return left_.size(); }
    [[nodiscard]] std::size_t right_count() const { return right_.size(); }
    [[nodiscard]] std::size_t arc_count() const { return arcs_.size(); }

    [[nodiscard]] std::span<const Arc> arcs() const { return arcs_; }
    /// The left end of an arc.
    [[nodiscard]] NodeIndex left(ArcIndex arc) const { return at(arc).tail; }
    /// The right end of an arc.
    [[nodiscard]] NodeIndex right(ArcIndex arc) const { return at(arc).head; }

    [[nodiscard]] std::span<const ArcIndex> left_arcs(NodeIndex left_node) const { return left_[left_node]; }
    [[nodiscard]] std::span<const ArcIndex> right_arcs(NodeIndex right_node) const { return right_[right_node]; }
    /// The right ends of `left_arcs(left_node)`, in the same order.
    [[nodiscard]] std::span<const NodeIndex> right_of(NodeIndex left_node) const {
        return left_.along(right_ends_, left_node);
    }
    /// The left ends of `right_arcs(right_node)`, in the same order.
    [[nodiscard]] std::span<const NodeIndex> left_of(NodeIndex right_node) const {
        return right_.along(left_ends_, right_node);
    }

    friend bool operator==(const Bipartite&, const Bipartite&) = default;

  private:
    [[nodiscard]] const Arc& at(ArcIndex arc) const {
        COUNTYPLAN_EXPECT(arc < arcs_.size(), "arc out of range");
        return arcs_[arc];
    }

    std::vector<Arc> arcs_;
    CompressedRows left_;
    CompressedRows right_;
    std::vector<NodeIndex> right_ends_;  ///< parallel to left_.entries()
    std::vector<NodeIndex> left_ends_;   ///< parallel to right_.entries()
};

// ---------------------------------------------------------------------------------------------------------------------

inline Bipartite::Bipartite(std::size_t left, std::size_t right, std::vector<Arc> arcs) : arcs_(std::move(arcs)) {
    detail::require_graph_size(left, "left");
    detail::require_graph_size(right, "right");
    detail::require_graph_size(left + right, "left + right");
    detail::require_graph_size(arcs_.size(), "arcs");
    for (std::size_t i = 0; i < arcs_.size(); ++i) {
        if (arcs_[i].tail < left && arcs_[i].head < right) continue;
        detail::require_node(arcs_[i].tail, left, detail::place_of_bound("arcs", i, ".tail"));
        detail::require_node(arcs_[i].head, right, detail::place_of_bound("arcs", i, ".head"));
    }
    left_ = CompressedRows::group(left, arcs_.size(), [this](ArcIndex arc) { return arcs_[arc].tail; });
    right_ = CompressedRows::group(right, arcs_.size(), [this](ArcIndex arc) { return arcs_[arc].head; });
    right_ends_.reserve(arcs_.size());
    for (const ArcIndex arc : left_.entries())
        right_ends_.push_back(arcs_[arc].head);
    left_ends_.reserve(arcs_.size());
    for (const ArcIndex arc : right_.entries())
        left_ends_.push_back(arcs_[arc].tail);
}

}  // namespace countyplan
