// How does an order make way for a new arrow?
#pragma once

#include <algorithm>
#include <utility>

#include <countyplan/graph/dynamic_order.hpp>
#include <countyplan/graph/network.hpp>

namespace countyplan {

inline DynamicOrder::DynamicOrder(const Dag& graph)
    : order_(graph.order().begin(), graph.order().end()),
      position_(order_.size()),
      is_node_(order_.size(), 1),
      arcs_(graph.arc_count()),
      out_(order_.size()),
      in_(order_.size()),
      seen_(order_.size(), 0),
      reached_by_(order_.size(), no_node) {
    for (std::uint32_t at = 0; at < order_.size(); ++at)
        position_[order_[at]] = at;
    for (ArcIndex a = 0; a < arcs_.size(); ++a)
        link(a, graph.arcs()[a]);
}

inline NodeIndex DynamicOrder::add_node() {
    if (!free_nodes_.empty()) {
        const NodeIndex node = free_nodes_.back();
        free_nodes_.pop_back();
        is_node_[node] = 1;
        return node;
    }
    detail::require_graph_size(order_.size() + 1, "nodes");
    const auto node = static_cast<NodeIndex>(order_.size());
    order_.push_back(node);
    position_.push_back(node);
    is_node_.push_back(1);
    out_.emplace_back();
    in_.emplace_back();
    seen_.push_back(0);
    reached_by_.push_back(no_node);
    return node;
}

inline void DynamicOrder::remove_node(NodeIndex node) {
    COUNTYPLAN_EXPECT(has_node(node), "no such node");
    while (!out_[node].empty())
        remove_arc(out_[node].back());
    while (!in_[node].empty())
        remove_arc(in_[node].back());
    is_node_[node] = 0;
    free_nodes_.push_back(node);
}

inline std::variant<ArcIndex, Cycle> DynamicOrder::add_arc(Arc ends) {
    COUNTYPLAN_EXPECT(has_node(ends.tail) && has_node(ends.head), "no such node");
    const ArcIndex number = next_arc();
    if (free_arcs_.empty()) detail::require_graph_size(arcs_.size() + 1, "arcs");
    if (std::optional<Cycle> cycle = make_way(ends, no_node, number)) return *std::move(cycle);
    if (free_arcs_.empty()) {
        arcs_.emplace_back();
    } else {
        free_arcs_.pop_back();
    }
    link(number, ends);
    return number;
}

inline std::optional<Cycle> DynamicOrder::move_arc(ArcIndex arc, Arc ends) {
    COUNTYPLAN_EXPECT(has_arc(arc) && has_node(ends.tail) && has_node(ends.head), "no such arc or node");
    std::optional<Cycle> cycle = make_way(ends, arc, arc);
    if (!cycle) {
        unlink(arc);
        link(arc, ends);
    }
    return cycle;
}

inline void DynamicOrder::remove_arc(ArcIndex arc) {
    COUNTYPLAN_EXPECT(has_arc(arc), "no such arc");
    unlink(arc);
    free_arcs_.push_back(arc);
}

inline void DynamicOrder::link(ArcIndex arc, Arc ends) {
    arcs_[arc] = {ends, static_cast<std::uint32_t>(out_[ends.tail].size()),
                  static_cast<std::uint32_t>(in_[ends.head].size())};
    out_[ends.tail].push_back(arc);
    in_[ends.head].push_back(arc);
}

inline void DynamicOrder::unlink(ArcIndex arc) {
    const Seat seat = arcs_[arc];
    std::vector<ArcIndex>& out = out_[seat.ends.tail];
    out[seat.out_at] = out.back();
    arcs_[out.back()].out_at = seat.out_at;
    out.pop_back();
    std::vector<ArcIndex>& in = in_[seat.ends.head];
    in[seat.in_at] = in.back();
    arcs_[in.back()].in_at = seat.in_at;
    in.pop_back();
    arcs_[arc] = {};
}

inline void DynamicOrder::begin_search() {
    ahead_.clear();
    behind_.clear();
    if (++search_ != 0) return;
    std::ranges::fill(seen_, 0U);
    search_ = 1;
}

inline void DynamicOrder::mark(NodeIndex node, std::vector<NodeIndex>& list) {
    seen_[node] = search_;
    list.push_back(node);
}

/// Breadth-first from the head, as far as the tail stands; whether it meets the tail, then on a shortest way.
inline bool DynamicOrder::search_forward(Arc ends, ArcIndex without) {
    const std::uint32_t last = position_[ends.tail];
    mark(ends.head, ahead_);
    for (std::size_t i = 0; i < ahead_.size(); ++i) {
        for (const ArcIndex a : out_[ahead_[i]]) {
            const NodeIndex next = arcs_[a].ends.head;
            if (a == without || position_[next] > last || seen_[next] == search_) continue;
            reached_by_[next] = a;
            if (next == ends.tail) return true;
            mark(next, ahead_);
        }
    }
    return false;
}

inline void DynamicOrder::search_backward(Arc ends, ArcIndex without) {
    const std::uint32_t first = position_[ends.head];
    mark(ends.tail, behind_);
    for (std::size_t i = 0; i < behind_.size(); ++i) {
        for (const ArcIndex a : in_[behind_[i]]) {
            const NodeIndex before = arcs_[a].ends.tail;
            if (a == without || position_[before] < first || seen_[before] == search_) continue;
            mark(before, behind_);
        }
    }
}

inline std::optional<Cycle> DynamicOrder::make_way(Arc ends, ArcIndex without, ArcIndex number) {
    if (ends.tail == ends.head) return Cycle{{ends.tail}, {number}, true};
    if (position_[ends.tail] < position_[ends.head]) return std::nullopt;
    begin_search();
    if (search_forward(ends, without)) {
        Cycle cycle{{ends.tail}, {number}, true};
        for (NodeIndex at = ends.tail; at != ends.head;) {
            const ArcIndex a = reached_by_[at];
            at = arcs_[a].ends.tail;
            cycle.nodes.push_back(at);
            cycle.arcs.push_back(a);
        }
        std::ranges::reverse(cycle.nodes);  // from the head to the tail, and by the new arc back
        std::ranges::reverse(cycle.arcs);
        detail::start_at_smallest(cycle);
        return cycle;
    }
    search_backward(ends, without);
    // What reaches the tail goes first, then what the head reaches, each in its order, to the places of both.
    const auto earlier = [&](NodeIndex a, NodeIndex b) { return position_[a] < position_[b]; };
    std::ranges::sort(behind_, earlier);
    std::ranges::sort(ahead_, earlier);
    places_.clear();
    for (const auto* list : {&behind_, &ahead_}) {
        for (const NodeIndex node : *list)
            places_.push_back(position_[node]);
    }
    std::ranges::sort(places_);
    std::size_t k = 0;
    for (const auto* list : {&behind_, &ahead_}) {
        for (const NodeIndex node : *list) {
            position_[node] = places_[k++];
            order_[position_[node]] = node;
        }
    }
    return std::nullopt;
}

}  // namespace countyplan
