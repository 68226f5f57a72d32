// Which excess is nearest to a deficit? Shortest paths searched from the deficit's end.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include <countyplan/solve/impl/nested_flow_distances.hpp>
#include <countyplan/solve/impl/nested_flow_network.hpp>
#include <countyplan/solve/watch.hpp>

namespace countyplan::detail {

/// As `NestedPaths` routes excesses, but one deficit after the other and against the arcs: short where it is home
/// that has the excess, since most items and most groups lie near it.
template <class Costs>
class NestedBackward : public NestedDistances<Costs> {
    using Distances = NestedDistances<Costs>;

  protected:
    using Distances::bound_;
    using Distances::bounded_;
    using Distances::by_;
    using Distances::choice_;
    using Distances::costs_;
    using Distances::distance_;
    using Distances::excess_;
    using Distances::first_in_;
    using Distances::heap_;
    using Distances::in_;
    using Distances::mark_;
    using Distances::network_;
    using Distances::place_;
    using Distances::slack_;
    using Distances::steps_;
    using Distances::total_;
    using Distances::touched_;
    using Distances::value_;
    using Distances::watch_;
    using typename Distances::Mark;
    using typename Distances::Step;

  public:
    using Number = typename Costs::Number;
    using typename Distances::End;
    static constexpr std::uint32_t none = NestedNetwork::none;

    using Distances::Distances;

  protected:
    /// Where each item stands and what it has there beyond the group's value.
    void note_places() {
        for (std::uint32_t i = 0; i < network_.items(); ++i)
            note_place(i);
    }
    void note_place(std::uint32_t item) {
        const std::uint32_t now = choice_.pair(item);
        place_[item] = {now == none ? Number{} : Number{} - costs_.pair(now), choice_.node(item)};
    }

    /// Routes excesses, from the end that has had the shorter searches so far, until there are none or the work
    /// exceeds `budget`.
    End route_from_either_end(std::int64_t budget) {
        note_places();
        budget += this->work_;
        std::int64_t onward = 0;  // what searches from excesses have cost, the latest most
        std::int64_t back = 0;
        std::uint32_t excess = 0;
        std::uint32_t deficit = 0;
        for (;;) {
            while (excess < network_.nodes && excess_[excess] <= 0)
                ++excess;
            while (deficit < network_.nodes && excess_[deficit] >= 0)
                ++deficit;
            if (excess == network_.nodes || this->work_ > budget) return End::optimal;
            if (watch_.exhausted(steps_)) return End::stopped;
            watch_.report([this] { return Tick{.steps = steps_}; });
            const std::int64_t before = this->work_;
            if (back <= onward) {
                const std::uint32_t source = search_back(deficit);
                if (watch_.stopped()) return End::stopped;
                if (source == none) {  // then no excess reaches this deficit, and one of them reaches none
                    this->forget();
                    return this->route();
                }
                for (const std::uint32_t w : touched_) {
                    if (mark_[w] == Mark::settled) value_[w] = value_[w] + (distance_[source] - distance_[w]);
                }
                send_back(source, deficit);
                this->forget();
                back += (this->work_ - before - back) / 4 + 1;
                onward -= onward / 64;
            } else {
                const End end = this->route_some(excess);
                if (end != End::optimal) return end;
                for (const std::uint32_t item : this->moved_)
                    note_place(item);
                onward += (this->work_ - before - onward) / 4 + 1;
                back -= back / 64;
            }
        }
    }

    /// The first pair of `item` with this group and cost.
    [[nodiscard]] std::uint32_t pair_with(std::uint32_t item, std::uint32_t v, const typename Costs::Pair& cost) const {
        std::size_t k = network_.first[item];
        while (network_.right_of(k) != v || costs_.pairs()[k] != cost)
            ++k;
        return static_cast<std::uint32_t>(k);
    }

  private:
    /// The nearest excess, or none.
    std::uint32_t search_back(std::uint32_t root) {
        bounded_ = false;
        this->start(root, Number{});
        while (!heap_.empty()) {
            const std::uint32_t v = this->pop();
            if (v == none) continue;
            mark_[v] = Mark::settled;
            ++steps_;
            if (excess_[v] > 0) return v;
            expand_back(v);
            if (watch_.stopped()) return none;
        }
        return none;
    }

    void approach_back(std::uint32_t u, const Number& distance, std::uint32_t to, std::uint32_t item,
                       std::uint32_t way) {
        if (mark_[u] == Mark::settled || (bounded_ && !(distance < bound_))) return;
        if (mark_[u] == Mark::open) {
            if (!(distance < distance_[u])) return;
        } else {
            mark_[u] = Mark::open;
            touched_.push_back(u);
        }
        distance_[u] = distance;
        by_[u] = {to, item, way};
        this->push({distance, u});
        if (excess_[u] > 0) {
            bounded_ = true;
            bound_ = distance;
        }
    }

    /// Along the residual arcs that end in `v`.
    void expand_back(std::uint32_t v) {
        const Number& base = distance_[v];
        if (v != NestedNetwork::home) {
            const std::uint32_t p = network_.parent[v];
            if (network_.is_left(v)) {
                if (total_[v] < network_.upper[v]) approach_back(p, base + this->rise(v), v, none, none);
            } else if (total_[v] > network_.lower[v]) {
                approach_back(p, base + this->fall(v), v, none, none);
            }
        }
        for (const std::uint32_t c : network_.children(v)) {
            if (network_.is_left(c)) {
                if (total_[c] > network_.lower[c]) approach_back(c, base + this->fall(c), v, none, none);
            } else if (total_[c] < network_.upper[c]) {
                approach_back(c, base + this->rise(c), v, none, none);
            }
        }
        const Number unit = Number{1} << costs_.shift();
        const Number here = base + slack_ - value_[v];
        for (std::size_t k = first_in_[v]; k < first_in_[v + 1]; ++k) {
            const auto& way = in_[k];
            const auto& place = place_[way.item];
            if (place.node == v) continue;
            approach_back(place.node, here + value_[place.node] + place.worth + static_cast<Number>(way.cost) * unit, v,
                          way.item, static_cast<std::uint32_t>(k - first_in_[v]));
        }
        this->account(4 + static_cast<std::int64_t>(network_.children(v).size() + first_in_[v + 1] - first_in_[v]));
    }

    /// As many units as the way takes.
    void send_back(std::uint32_t source, std::uint32_t root) {
        std::int64_t amount = std::min(excess_[source], -excess_[root]);
        for (std::uint32_t v = source; v != root; v = by_[v].from) {
            if (by_[v].item != none) {
                amount = 1;
            } else {
                amount = std::min<std::int64_t>(amount, this->room_of({v, none, none}, by_[v].from));
            }
        }
        excess_[source] -= amount;
        excess_[root] += amount;
        for (std::uint32_t v = source; v != root; v = by_[v].from) {
            const Step step = by_[v];
            if (step.item == none) {
                this->take({v, none, none}, step.from, amount);
                continue;
            }
            const auto cost = in_[first_in_[step.from] + step.pair].cost;
            place_[step.item] = {Number{} - static_cast<Number>(cost) * (Number{1} << costs_.shift()), step.from};
            choice_.move(step.item, network_.is_left(step.from) ? none : pair_with(step.item, step.from, cost));
        }
    }
};

}  // namespace countyplan::detail
