// Which choice is nearly best where places are scarce? An auction in which groups bid for items.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include <countyplan/solve/impl/nested_flow_blocking.hpp>
#include <countyplan/solve/impl/nested_flow_costs.hpp>
#include <countyplan/solve/impl/nested_flow_network.hpp>
#include <countyplan/solve/watch.hpp>

namespace countyplan::detail {

/// The auction run backwards: a node with a deficit takes units in along the arc that asks least and raises its
/// value to what the next best arc asks, and the slack. From values under which every item is best left alone,
/// items that nobody needs are never looked at, so that this is short where there are more items than places.
template <class Costs>
class NestedPull : public NestedBlocking<Costs> {
    using Blocking = NestedBlocking<Costs>;

  protected:
    using Blocking::choice_;
    using Blocking::costs_;
    using Blocking::excess_;
    using Blocking::first_in_;
    using Blocking::in_;
    using Blocking::network_;
    using Blocking::place_;
    using Blocking::slack_;
    using Blocking::steps_;
    using Blocking::total_;
    using Blocking::value_;
    using Blocking::watch_;
    using typename Blocking::WayIn;

  public:
    using Number = typename Costs::Number;
    static constexpr std::uint32_t none = NestedNetwork::none;

    using Blocking::Blocking;

  protected:
    /// Whether the right groups cannot hold all items.
    [[nodiscard]] bool lacks_places() const {
        std::vector<std::int64_t> room(network_.nodes, 0);
        for (std::uint32_t v = network_.nodes; v-- > network_.left_end;) {
            room[v] += static_cast<std::int64_t>(first_in_[v + 1] - first_in_[v]);
            room[network_.parent[v]] += std::min<std::int64_t>(room[v], network_.upper[v]);
        }
        return room[NestedNetwork::home] < static_cast<std::int64_t>(network_.items());
    }

    /// The highest values under which no item gains by a pair, and no group by an inner group's unit.
    void leave_all() {
        std::fill(value_.begin(), value_.end(), Number{});
        for (std::uint32_t v = network_.nodes; v-- > network_.left_end;) {
            bool any = false;
            Number least{};
            const auto see = [&](const Number& ask) {
                if (!any || ask < least) least = ask;
                any = true;
            };
            const Number unit = Number{1} << costs_.shift();
            for (std::size_t k = first_in_[v]; k < first_in_[v + 1]; ++k)
                see(static_cast<Number>(in_[k].cost) * unit);
            for (const std::uint32_t c : network_.children(v))
                see(value_[c] + costs_.slope(network_.next_piece(c, 0)));
            value_[v] = least;
        }
    }

    /// Until no node has a deficit or it takes too long. Keeps no lists of items.
    void take_in() {
        this->note_places();
        taker_.clear();
        takes_.assign(network_.nodes, false);
        deficit_ = 0;
        for (std::uint32_t v = 0; v < network_.nodes; ++v) {
            deficit_ -= std::min<std::int64_t>(excess_[v], 0);
            call(v);
        }
        const std::int64_t between_looks = static_cast<std::int64_t>(network_.items() + network_.nodes);
        std::int64_t until_look = between_looks;
        std::int64_t before = deficit_;
        for (std::size_t front = 0; front < taker_.size(); ++front) {
            if (front > 4 * std::size_t{network_.nodes}) {
                taker_.erase(taker_.begin(), taker_.begin() + static_cast<std::ptrdiff_t>(front));
                front = 0;
            }
            const std::uint32_t v = taker_[front];
            takes_[v] = false;
            const std::int64_t work = fill(v);
            until_look -= 1 + work / 64;
            if (watch_.spend(work) || watch_.exhausted(steps_)) break;
            if (until_look >= 0) continue;
            if (8 * deficit_ > 7 * before) break;
            before = deficit_;
            until_look = between_looks;
        }
    }

  private:
    static constexpr Number highest = -Blocking::lowest;

    struct Ask {
        Number best{};
        Number next{};        ///< of another arc
        std::size_t arc = 0;  ///< a place in the list of ways in, or a group
        bool by_item = false;
        bool any = false;
        bool any_next = false;

        void see(const Number& ask, std::size_t which, bool item) {
            if (!any || ask < best) {
                next = best;
                any_next = any;
                best = ask;
                arc = which;
                by_item = item;
                any = true;
            } else if (!any_next || ask < next) {
                next = ask;
                any_next = true;
            }
        }
    };

    void call(std::uint32_t v) {
        if (excess_[v] >= 0 || takes_[v]) return;
        takes_[v] = true;
        taker_.push_back(v);
    }

    /// Takes in all that is missing at `v`; returns how much work it was.
    std::int64_t fill(std::uint32_t v) {
        std::int64_t work = 0;
        while (excess_[v] < 0) {
            const Ask ask = least_ask(v);
            work += 4 + static_cast<std::int64_t>(network_.children(v).size() + first_in_[v + 1] - first_in_[v]);
            // nowhere to take from, or at no price: the search for paths will show it
            if (!ask.any || highest < ask.best) return work;
            if (value_[v] <= ask.best) value_[v] = ask.best + slack_;
            if (ask.by_item) {
                take_item(v, in_[ask.arc].item, ask.arc);
            } else {
                take_along(v, static_cast<std::uint32_t>(ask.arc));
            }
            ++steps_;
            if (excess_[v] >= 0 && ask.any_next && ask.next < highest)
                value_[v] = std::max(value_[v], ask.next + slack_);
        }
        return work;
    }

    [[nodiscard]] Ask least_ask(std::uint32_t v) const {
        Ask out;
        if (v != NestedNetwork::home) {
            const Number outer = value_[network_.parent[v]];
            if (network_.is_left(v)) {
                if (total_[v] < network_.upper[v])
                    out.see(outer + costs_.slope(network_.next_piece(v, total_[v])), v, false);
            } else if (total_[v] > network_.lower[v]) {
                out.see(outer - costs_.slope(network_.used_piece(v, total_[v])), v, false);
            }
        }
        for (const std::uint32_t c : network_.children(v)) {
            if (network_.is_left(c)) {
                if (total_[c] > network_.lower[c])
                    out.see(value_[c] - costs_.slope(network_.used_piece(c, total_[c])), c, false);
            } else if (total_[c] < network_.upper[c]) {
                out.see(value_[c] + costs_.slope(network_.next_piece(c, total_[c])), c, false);
            }
        }
        const Number unit = Number{1} << costs_.shift();
        for (std::size_t k = first_in_[v]; k < first_in_[v + 1]; ++k) {
            const WayIn& way = in_[k];
            const auto& place = place_[way.item];
            if (place.node == v) continue;
            out.see(value_[place.node] + place.worth + static_cast<Number>(way.cost) * unit, k, true);
        }
        return out;
    }

    void take_item(std::uint32_t v, std::uint32_t item, std::size_t way) {
        const std::uint32_t from = place_[item].node;
        place_[item] = {Number{} - static_cast<Number>(in_[way].cost) * (Number{1} << costs_.shift()), v};
        choice_.put(item, network_.is_left(v) ? none : this->pair_with(item, v, in_[way].cost));
        ++excess_[v];
        if (--excess_[from] >= 0) --deficit_;
        call(from);
    }

    void take_along(std::uint32_t v, std::uint32_t arc) {
        const bool own = arc == v;
        const std::uint32_t from = own ? network_.parent[v] : arc;
        const bool adds = network_.is_left(arc) == own;
        const std::int32_t room = adds ? network_.room_above(arc, total_[arc]) : network_.room_below(arc, total_[arc]);
        const std::int64_t amount = std::min<std::int64_t>(-excess_[v], room);
        total_[arc] += static_cast<std::int32_t>(adds ? amount : -amount);
        excess_[v] += amount;
        deficit_ -= std::clamp<std::int64_t>(excess_[from], 0, amount);
        excess_[from] -= amount;
        call(from);
    }

    std::vector<bool> takes_;
    std::vector<std::uint32_t> taker_;
    std::int64_t deficit_ = 0;  ///< of all nodes
};

}  // namespace countyplan::detail
