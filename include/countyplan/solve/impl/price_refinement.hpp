// Is this flow nearly the cheapest already, and which prices show it? Longest ways in the admissible network.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include <countyplan/solve/impl/residual_network.hpp>
#include <countyplan/solve/watch.hpp>

namespace countyplan::detail {

/// Raises prices, for the flow as it is, towards reduced costs of at least `-2^shift` wherever there is room.
/// A round orders the nodes along arcs of negative reduced cost and raises each by the longest way in units of
/// `2^shift` that leads on from it; a cycle of such arcs ends the rounds. What was raised until then helps too.
/// Goldberg, J. Algorithms 22 (1997); in rounds as by Kovacs, Optim. Methods Softw. 30 (2015).
template <class Cost, class Flow>
class PriceRefinement {
  public:
    using Network = ResidualNetwork<Cost, Flow>;

    PriceRefinement(Network& network, int shift, Watch& watch)
        : net_(network), watch_(watch), shift_(shift), rank_(network.nodes()), link_(network.nodes()) {
        order_.reserve(network.nodes());
    }

    /// Whether all arcs are in order now; false too if stopped or if prices would outgrow `Cost`.
    bool run() {
        while (sort()) {
            const std::uint32_t top = rank();
            if (top == 0) return true;
            if (top == none || !raise(top)) return false;
        }
        return false;
    }

  private:
    static constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();
    static constexpr std::uint32_t open = none - 1;  ///< a node on the way that is being followed

    /// Calls `visit(head, reduced cost)` for the arcs of `v` with room, those of its own and those sent back.
    template <class Visit>
    void each_arc(std::uint32_t v, const Visit& visit) const {
        const Cost price = net_.price[v];
        for (std::uint32_t a = net_.first_out[v]; a < net_.first_out[v + 1]; ++a)
            visit(net_.out[a].head, static_cast<Cost>(net_.out[a].cost + net_.price[net_.out[a].head] - price));
        for (std::uint32_t i = net_.first_in[v]; i < net_.first_in[v] + net_.in_use[v]; ++i)
            visit(net_.in[i].tail, static_cast<Cost>(net_.price[net_.in[i].tail] - net_.in[i].cost - price));
    }

    [[nodiscard]] std::int64_t work_of(std::uint32_t v) const {
        return 4 + 2 * (std::int64_t{net_.first_out[v + 1]} - net_.first_out[v] + net_.in_use[v]);
    }

    /// The next node that an arc of negative reduced cost leads to from `v`; none if there is none left.
    std::uint32_t follow(std::uint32_t v) {
        const Cost price = net_.price[v];
        const std::uint32_t first = net_.first_out[v], degree = net_.first_out[v + 1] - first;
        std::uint32_t& out = net_.current_out[v];
        while (out < degree) {
            const auto& record = net_.out[first + out++];
            if (record.cost + net_.price[record.head] < price) return record.head;
        }
        std::uint32_t& in = net_.current_in[v];
        while (in < net_.in_use[v]) {
            const auto& entry = net_.in[net_.first_in[v] + in++];
            if (net_.price[entry.tail] - entry.cost < price) return entry.tail;
        }
        return none;
    }

    /// Puts into `order_` every node after those that negative arcs lead to from it; false if there is a cycle.
    bool sort() {
        const std::uint32_t n = net_.nodes();
        std::fill(rank_.begin(), rank_.end(), none);
        std::fill(net_.current_out.begin(), net_.current_out.end(), 0);
        std::fill(net_.current_in.begin(), net_.current_in.end(), 0);
        order_.clear();
        for (std::uint32_t start = 0; start < n; ++start) {
            if (rank_[start] != none) continue;
            rank_[start] = open;
            link_[start] = none;
            for (std::uint32_t v = start; v != none;) {
                const std::uint32_t w = follow(v);
                if (w == none) {
                    if (watch_.spend(work_of(v))) return false;
                    rank_[v] = 0;
                    order_.push_back(v);
                    v = link_[v];
                } else if (rank_[w] == none) {
                    rank_[w] = open;
                    link_[w] = v;
                    v = w;
                } else if (rank_[w] == open) {
                    return false;
                }
            }
        }
        return true;
    }

    /// The longest way to each node in whole units, into `rank_`; returns the largest, or none if that is too far.
    std::uint32_t rank() {
        constexpr std::uint32_t most = open / 4;
        std::uint32_t top = 0;
        for (std::size_t k = order_.size(); k-- > 0;) {
            const std::uint32_t v = order_[k], rank = rank_[v];
            if (watch_.spend(work_of(v))) return none;
            top = std::max(top, rank);
            if (rank >= most) return none;
            each_arc(v, [&](std::uint32_t w, Cost reduced) {
                if (reduced >= 0) return;
                const Cost units = (-reduced - 1) >> shift_;
                rank_[w] = std::max(rank_[w], rank + static_cast<std::uint32_t>(std::min<Cost>(units, most)));
            });
        }
        return top;
    }

    /// Raises every node by its rank and, from the highest rank down, those that would be left too far below.
    bool raise(std::uint32_t top) {
        const std::uint32_t n = net_.nodes();
        if (top > 16 * std::uint64_t{n} || static_cast<Cost>(top) > (Network::most_price >> shift_)) return false;
        bucket_.assign(top + 1, none);
        previous_.resize(n);
        for (std::uint32_t v = 0; v < n; ++v) {
            if (rank_[v] > 0) file(v, rank_[v]);
        }
        for (std::uint32_t rank = top; rank > 0; --rank) {
            while (bucket_[rank] != none) {
                const std::uint32_t v = bucket_[rank];
                unfile(v, rank);
                each_arc(v, [&](std::uint32_t w, Cost reduced) {
                    if (rank_[w] >= rank) return;
                    const Cost units = reduced < 0 ? 0 : (reduced >> shift_) + 1;
                    if (units >= static_cast<Cost>(rank - rank_[w])) return;
                    if (rank_[w] > 0) unfile(w, rank_[w]);
                    rank_[w] = rank - static_cast<std::uint32_t>(units);
                    file(w, rank_[w]);
                });
                net_.price[v] += static_cast<Cost>(rank) << shift_;
                if (net_.price[v] > Network::most_price || watch_.spend(2 * work_of(v))) return false;
            }
        }
        return true;
    }

    void file(std::uint32_t v, std::uint32_t rank) {
        previous_[v] = none;
        link_[v] = bucket_[rank];
        if (link_[v] != none) previous_[link_[v]] = v;
        bucket_[rank] = v;
    }

    void unfile(std::uint32_t v, std::uint32_t rank) {
        if (link_[v] != none) previous_[link_[v]] = previous_[v];
        if (previous_[v] != none) {
            link_[previous_[v]] = link_[v];
        } else {
            bucket_[rank] = link_[v];
        }
    }

    Network& net_;
    Watch& watch_;
    int shift_;
    std::vector<std::uint32_t> rank_;
    std::vector<std::uint32_t> link_;  ///< where the way came from, later the next of the same rank
    std::vector<std::uint32_t> previous_, bucket_;
    std::vector<std::uint32_t> order_;
};

}  // namespace countyplan::detail
