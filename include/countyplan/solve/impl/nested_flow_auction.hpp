// Which choice is nearly best? An auction for groups whose quotas pass on what they cannot hold.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include <countyplan/solve/impl/kernel_nested_flow.hpp>
#include <countyplan/solve/impl/nested_flow_costs.hpp>
#include <countyplan/solve/impl/nested_flow_distances.hpp>
#include <countyplan/solve/impl/nested_flow_network.hpp>
#include <countyplan/solve/impl/nested_flow_pull.hpp>
#include <countyplan/solve/impl/nested_flow_wishes.hpp>
#include <countyplan/solve/impl/vector_level.hpp>
#include <countyplan/solve/watch.hpp>

namespace countyplan::detail {

/// Lets reduced costs fall short of 0 by a slack that shrinks from round to round. In each, a node with an
/// excess passes units on along arcs with negative reduced cost and, where there is none, lowers its value
/// until there is one. A group passes on an item by letting it go to its best place; which item would like
/// that best is judged by its wish, what its second choice was worth when last looked at beyond what it
/// has, at least what it is worth now. What is left over goes along short ways, many at once. Without bids
/// those ways do all the work.
template <class Costs>
class NestedAuction : public NestedPull<Costs> {
    using Blocking = NestedPull<Costs>;
    using Blocking::choice_;
    using Blocking::costs_;
    using Blocking::excess_;
    using Blocking::network_;
    using Blocking::slack_;
    using Blocking::steps_;
    using Blocking::total_;
    using Blocking::value_;
    using Blocking::watch_;
    using typename Blocking::Fall;

  public:
    using Number = typename Costs::Number;
    using Offer = BasicNestedOffer<Number>;
    using typename Blocking::End;
    static constexpr std::uint32_t none = NestedNetwork::none;

    NestedAuction(const NestedNetwork& network, const Costs& costs, NestedChoice& choice, std::vector<Number>& value,
                  std::int64_t steps, Watch& watch, VectorLevel level)
        : Blocking(network, costs, choice, value, steps, watch),
          level_(level),
          wish_(network.items(), network.nodes),
          cursor_(network.nodes, 0),
          waits_(network.nodes, false) {}

    static constexpr int no_slack = -1;

    End run(bool bids) {
        if (!this->list_ways_in()) return End::stopped;
        int bits = first_bits(bids);
        End end = open(bits, bids);
        while (end == End::optimal && bits != no_slack) {
            bits = next_bits(bits);
            end = go_on(bits, bids);
        }
        return end;
    }

    /// Without slack from the start, if that leaves little to do.
    End run_near() {
        constexpr std::int64_t few = 16;  // that listing every pair by its group would take longer
        this->set_slack(costs_.shift(), false);
        if (!place_bidders()) return End::stopped;
        this->balance();
        const std::int64_t many = 64 + static_cast<std::int64_t>(network_.items() / 20);
        const std::int64_t units = this->excess_units();
        if (units > many) return run(true);
        choice_.list();
        if (units <= few) return this->route();
        return this->list_ways_in() ? this->clear() : End::stopped;
    }

    // what `run` is made of; `list_ways_in` goes before

    using Blocking::list_ways_in;

    /// Whether groups bid for items first.
    [[nodiscard]] bool pulls(bool bids) const { return bids && this->lacks_places(); }

    /// The slack to begin with, 2^bits: a part of what choosing among an item's pairs can matter, and if items bid
    /// never too small a part of all costs.
    [[nodiscard]] int first_bits(bool bids) const {
        Number choice{};
        for (std::uint32_t i = 0; i < network_.items(); ++i) {
            const std::size_t first = network_.first[i];
            const std::size_t last = network_.first[i + 1];
            if (first == last) continue;
            const auto [low, high] = std::minmax_element(costs_.pairs() + first, costs_.pairs() + last);
            choice = std::max(choice, static_cast<Number>(*high) - static_cast<Number>(*low));
        }
        const Number part = (choice << costs_.shift()) / 24;
        const Number slack = pulls(bids) ? part / 8 : std::max(part, costs_.largest() / 4096);
        int bits = 0;
        while ((slack >> bits) > 1)
            ++bits;
        return bits;
    }
    [[nodiscard]] static int last_bits(int bits) { return bits + step_bits; }
    [[nodiscard]] static int next_bits(int bits) { return bits < step_bits ? no_slack : bits - step_bits; }

    /// The first round: groups bid for items where places are scarce, else items for groups.
    End open(int bits, bool bids) {
        if (!pulls(bids)) return go_on(bits, bids);
        this->leave_all();
        this->set_slack(bits, true);
        if (!place_bidders()) return End::stopped;
        this->balance();
        this->take_in();
        if (watch_.stopped()) return End::stopped;
        choice_.list();
        return this->clear(false);
    }

    /// A later round. Without slack values go down to the grid of the costs, so that few arcs remain below 0.
    End go_on(int bits, bool bids) {
        if (bits != no_slack) return round(bits, true, bids);
        for (Number& value : value_)
            value = (value >> costs_.shift()) * (Number{1} << costs_.shift());
        return round(costs_.shift(), false, false);
    }

  private:
    static constexpr int step_bits = 3;

    End round(int bits, bool any_slack, bool bids) {
        this->set_slack(bits, any_slack);
        if (!place_bidders()) return End::stopped;
        this->balance();
        if (bids) bid();
        if (watch_.stopped()) return End::stopped;
        choice_.list();
        return this->clear();
    }

    /// Each item to its best place, if that is better by more than the slack; false if stopped.
    bool place_bidders() {
        for (std::uint32_t i = 0; i < network_.items(); ++i) {
            const Offer offer = best_of(i);
            const std::uint32_t now = choice_.pair(i);
            const Number home = value_[network_.left_of(i)];
            const Number here = now == none ? home : value_[network_.right_of(now)] - costs_.pair(now);
            if (std::max(offer.best, home) > here + slack_) {
                settle(i, offer, home);
            } else if (now == none) {
                wish_[i] = offer.best;
            } else {
                wish_[i] = std::max(home, offer.pair == now ? offer.second : offer.best) + costs_.pair(now);
            }
            if (watch_.spend(4 + static_cast<std::int64_t>(network_.first[i + 1] - network_.first[i]))) return false;
        }
        return true;
    }

    /// To the better of the best offer and the left group.
    void settle(std::uint32_t item, const Offer& offer, const Number& home) {
        if (offer.best > home) {
            choice_.put(item, static_cast<std::uint32_t>(offer.pair));
            wish_[item] = std::max(offer.second, home) + costs_.pair(offer.pair);
        } else {
            choice_.put(item, none);
            wish_[item] = offer.best;
        }
    }

    /// Lowers values by distance and wishes with them; false if that ends the round.
    bool look_ahead() {
        std::fill(cursor_.begin(), cursor_.end(), 0);
        const Fall fall = this->fall_by_distance(Blocking::lowest);
        if ((fall != Fall::done && fall != Fall::far) || !place_bidders()) return false;
        wish_.clear();
        for (std::uint32_t i = 0; i < network_.items(); ++i)
            wish_.add(choice_.node(i), i);
        return true;
    }

    [[nodiscard]] Offer best_of(std::uint32_t item) const {
        const std::size_t first = network_.first[item];
        Offer offer =
            best_nested_offer(network_.to.data() + first, costs_.pairs() + first, network_.first[item + 1] - first,
                              value_.data() + network_.left_end, costs_.shift(), level_);
        offer.pair += first;
        return offer;
    }

    void wait(std::uint32_t v) {
        if (excess_[v] <= 0 || waits_[v]) return;
        waits_[v] = true;
        queue_.push_back(v);
    }

    void bid() {
        queue_.clear();
        std::fill(waits_.begin(), waits_.end(), false);
        for (std::uint32_t v = 0; v < network_.nodes; ++v)
            wait(v);
        if (queue_.empty() || !look_ahead()) return;
        const std::int64_t between_looks = 3 * static_cast<std::int64_t>(network_.items() + network_.nodes);
        std::int64_t budget = 20 * between_looks;
        std::int64_t until_look = between_looks;
        for (std::size_t front = 0; front < queue_.size(); ++front) {
            if (front > 4 * std::size_t{network_.nodes}) {
                queue_.erase(queue_.begin(), queue_.begin() + static_cast<std::ptrdiff_t>(front));
                front = 0;
            }
            const std::uint32_t v = queue_[front];
            waits_[v] = false;
            const std::int64_t work = discharge(v);
            budget -= work;
            until_look -= work;
            if (watch_.spend(8 * work) || watch_.exhausted(steps_) || budget < 0) return;
            if (until_look >= 0) continue;
            if (!look_ahead()) return;
            until_look = between_looks;
        }
    }

    /// What the arc of `arc` offers a unit at its outer end `outward` or, if that is false, at its inner end.
    [[nodiscard]] Number pull(std::uint32_t arc, bool from_outer) const {
        const std::uint32_t target = from_outer ? arc : network_.parent[arc];
        const bool adds = network_.is_left(arc) == from_outer;
        if (adds) {
            if (total_[arc] >= network_.upper[arc]) return least;
            return value_[target] - costs_.slope(network_.next_piece(arc, total_[arc]));
        }
        if (total_[arc] <= network_.lower[arc]) return least;
        return value_[target] + costs_.slope(network_.used_piece(arc, total_[arc]));
    }

    void push(std::uint32_t arc, bool from_outer) {
        const std::uint32_t outer = network_.parent[arc];
        const std::uint32_t v = from_outer ? outer : arc;
        const std::uint32_t target = from_outer ? arc : outer;
        const bool adds = network_.is_left(arc) == from_outer;
        const std::int32_t room = adds ? network_.room_above(arc, total_[arc]) : network_.room_below(arc, total_[arc]);
        const std::int64_t amount = std::min<std::int64_t>(excess_[v], room);
        total_[arc] += static_cast<std::int32_t>(adds ? amount : -amount);
        excess_[v] -= amount;
        excess_[target] += amount;
        wait(target);
    }

    /// Passes on the whole excess of `v`; returns how much work it was.
    std::int64_t discharge(std::uint32_t v) {
        const auto children = network_.children(v);
        std::int64_t work = 0;
        while (excess_[v] > 0) {
            Number best = least;
            std::uint32_t arc = none;
            std::uint32_t item = none;
            if (v != NestedNetwork::home) {
                best = pull(v, false);
                arc = v;
            }
            work += 1;
            // children from where the last look stopped: values only fall, so what was dear stays dear
            std::uint32_t& at = cursor_[v];
            std::int64_t seen = 0;
            bool found = false;
            for (; at < children.size(); ++at, ++seen) {
                if (pull(children[at], true) > value_[v]) {
                    found = true;
                    break;
                }
            }
            work += seen / 8;
            if (found) {
                push(children[at], true);
                continue;
            }
            if (best <= value_[v]) {
                const std::uint32_t first = wish_.top(v);
                if (first != none && wish_[first] > best) {
                    best = wish_[first];
                    item = first;
                }
            }
            if (best > value_[v]) {
                if (item == none) {
                    push(arc, false);
                } else {
                    let_go(v, item);
                }
                continue;
            }
            at = 0;
            for (const std::uint32_t c : children)
                best = std::max(best, pull(c, true));
            work += 1 + static_cast<std::int64_t>(children.size()) / 8;
            if (best < Blocking::lowest) return work;  // nowhere to go: the search for paths will show it
            value_[v] = best - slack_;
        }
        return work;
    }

    /// Lets the item that wishes most choose again; it may stay, and then wishes less.
    void let_go(std::uint32_t v, std::uint32_t item) {
        ++steps_;
        const Offer offer = best_of(item);
        wish_.take(v);
        settle(item, offer, value_[network_.left_of(item)]);
        const std::uint32_t w = choice_.node(item);
        wish_.add(w, item);
        if (w == v) return;
        --excess_[v];
        ++excess_[w];
        wait(w);
    }

    static constexpr Number least = Offer::least;

    VectorLevel level_;
    NestedWishes<Number> wish_;          ///< beyond the cost of an item's pair: as its node sees it
    std::vector<std::uint32_t> cursor_;  ///< per node: its child to look at next
    std::vector<bool> waits_;
    std::vector<std::uint32_t> queue_;
};

}  // namespace countyplan::detail
