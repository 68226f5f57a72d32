// Which choice is best? Shortest paths over groups and items, from any choice and any potentials.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <numeric>
#include <optional>
#include <utility>
#include <vector>

#include <countyplan/solve/impl/nested_flow_network.hpp>
#include <countyplan/solve/watch.hpp>

namespace countyplan::detail {

/// Keeps reduced costs right and makes excesses vanish. To begin with, every item stands at its best place
/// under the given potentials and every total is as near to what its parts add up to as its reduced cost
/// allows; what does not add up is a node's excess or deficit. Each excess then searches for the nearest
/// deficits, lowers potentials by what was found and sends flow along the ways there, which are tight now.
/// An excess that meets none shows a violated cut.
///
/// `Costs` has a type `Number` (ordered group: +, -, <), `pair(k)` and `slope(piece)`.
template <class Costs>
class NestedPaths {
  public:
    using Number = typename Costs::Number;
    static constexpr std::uint32_t none = NestedNetwork::none;
    enum class End { optimal, infeasible, stopped };

    /// `value`: a potential per node; improved in place, like `choice`.
    NestedPaths(const NestedNetwork& network, const Costs& costs, NestedChoice& choice, std::vector<Number>& value,
                std::int64_t steps, Watch& watch)
        : network_(network),
          costs_(costs),
          choice_(choice),
          value_(value),
          steps_(steps),
          watch_(watch),
          total_(network.nodes, 0),
          excess_(network.nodes, 0),
          mark_(network.nodes, Mark::unseen),
          distance_(network.nodes),
          by_(network.nodes) {}

    /// Ends with no reduced cost below `-slack`, so with a best choice if that is 0.
    End run(const Number& slack = Number{}) { return prepare(slack) ? route() : End::stopped; }

    /// As `run()`, if no more than `most` units are out of place to begin with; else nothing, and items have moved.
    [[nodiscard]] std::optional<End> run_if_near(std::int64_t most) {
        if (!prepare(Number{})) return End::stopped;
        if (excess_units() > most) return std::nullopt;
        choice_.list();
        return route();
    }

    [[nodiscard]] std::int64_t steps() const { return steps_; }
    /// After an infeasible end: whether the last search reached the node.
    [[nodiscard]] bool reached(std::uint32_t node) const { return mark_[node] != Mark::unseen; }
    /// The units on a group's arc.
    [[nodiscard]] std::int32_t total(std::uint32_t node) const { return total_[node]; }

    /// After an optimal end: a tree of shortest paths from home over all nodes, as calls
    /// `visit(node, from, item, pair)` in order of distance: by the item from its place to `pair`, or to its
    /// left group if that is none; without item along the arc between the two; `from` is none for the root
    /// of a part that home does not reach. False if stopped.
    template <class Visit>
    bool each_tree_arc(const Visit& visit) {
        bounded_ = false;
        start(NestedNetwork::home, Number{});
        for (bool once_more = true;; once_more = false) {
            while (!heap_.empty()) {
                const std::uint32_t v = pop();
                if (v == none) continue;
                mark_[v] = Mark::settled;
                visit(v, by_[v].from, by_[v].item, by_[v].pair);
                expand(v);
                if (watch_.stopped()) return false;
            }
            if (!once_more) break;
            // one number for all the rest, so that every way among them counts and none from them matters
            Number most{};
            bool any = false;
            for (std::uint32_t v = 0; v < network_.nodes; ++v) {
                if (mark_[v] == Mark::unseen && (!any || most < value_[v])) most = value_[v];
                any = any || mark_[v] == Mark::unseen;
            }
            for (std::uint32_t v = 0; v < network_.nodes; ++v) {
                if (mark_[v] == Mark::unseen) start(v, most - value_[v]);
            }
        }
        forget();
        return true;
    }

  protected:
    /// Puts items and totals right for these potentials; false if stopped.
    bool prepare(const Number& slack) {
        slack_ = slack;
        if (!place_items()) return false;
        balance();
        return true;
    }

    [[nodiscard]] std::int64_t excess_units() const {
        const auto units = [](std::int64_t excess) { return std::max<std::int64_t>(excess, 0); };
        return std::transform_reduce(excess_.begin(), excess_.end(), std::int64_t{0}, std::plus{}, units);
    }

    /// Routes every excess, or shows that one cannot be routed.
    End route() {
        for (std::uint32_t v = 0; v < network_.nodes; ++v) {
            while (excess_[v] > 0) {
                if (watch_.exhausted(steps_)) return End::stopped;
                watch_.report([this] { return Tick{.steps = steps_}; });
                const End end = route_some(v);
                if (end != End::optimal) return end;
            }
        }
        return End::optimal;
    }

    /// Sends some of an excess to its nearest deficits.
    End route_some(std::uint32_t v) {
        moved_.clear();
        search(v);
        if (watch_.stopped()) return End::stopped;
        if (targets_.empty()) return End::infeasible;
        lower_values();
        for (const std::uint32_t target : targets_)
            send_to(target);
        forget();
        return End::optimal;
    }

    enum class Mark : std::uint8_t { unseen, open, settled };

    struct Step {
        std::uint32_t from = none, item = none, pair = none;
    };

    using Entry = NestedEntry<Number>;

    /// What it costs, in reduced terms and `slack_` more, to send one more unit along a group's arc; to take
    /// the last one back.
    [[nodiscard]] Number rise(std::uint32_t v) const {
        return costs_.slope(network_.next_piece(v, total_[v])) + ahead(v) + slack_;
    }
    [[nodiscard]] Number fall(std::uint32_t v) const {
        return slack_ - costs_.slope(network_.used_piece(v, total_[v])) - ahead(v);
    }
    [[nodiscard]] Number ahead(std::uint32_t v) const {
        const std::uint32_t p = network_.parent[v];
        return network_.is_left(v) ? value_[p] - value_[v] : value_[v] - value_[p];
    }

    bool place_items() {
        for (std::uint32_t i = 0; i < network_.items(); ++i) {
            const std::uint32_t now = choice_.pair(i);
            const Number home = value_[network_.left_of(i)];
            Number best = (now == none ? home : value_[network_.right_of(now)] - costs_.pair(now)) + slack_;
            std::uint32_t where = best < home ? none : now;
            best = best < home ? home : best;
            const std::size_t first = network_.first[i], last = network_.first[i + 1];
            for (std::size_t k = first; k < last; ++k) {
                const Number there = value_[network_.right_of(k)] - costs_.pair(k);
                if (best < there) {
                    best = there;
                    where = static_cast<std::uint32_t>(k);
                }
            }
            if (where != now) choice_.move(i, where);
            if (watch_.spend(4 + static_cast<std::int64_t>(last - first))) return false;
        }
        return true;
    }

    void balance() {
        std::vector<std::int64_t> parts(network_.nodes, 0);
        excess_[NestedNetwork::home] = 0;
        for (std::uint32_t i = 0; i < network_.items(); ++i) {
            if (choice_.pair(i) == none) continue;
            ++parts[network_.left_of(i)];
            ++parts[network_.right_of(choice_.pair(i))];
        }
        for (std::uint32_t v = network_.nodes; v-- > 1;) {
            std::int32_t& x = total_[v];
            x = static_cast<std::int32_t>(std::clamp<std::int64_t>(parts[v], network_.lower[v], network_.upper[v]));
            for (std::int32_t room; (room = network_.room_above(v, x)) > 0 && rise(v) < Number{};)
                x += room;
            for (std::int32_t room; (room = network_.room_below(v, x)) > 0 && fall(v) < Number{};)
                x -= room;
            const bool left = network_.is_left(v);
            excess_[v] = left ? x - parts[v] : parts[v] - x;
            const std::uint32_t p = network_.parent[v];
            if (p != NestedNetwork::home) {
                parts[p] += x;
            } else {
                excess_[p] += left ? -x : x;
            }
        }
    }

    void start(std::uint32_t v, const Number& distance) {
        mark_[v] = Mark::open;
        distance_[v] = distance;
        by_[v] = {};
        touched_.push_back(v);
        push({distance, v});
    }

    void push(Entry entry) {
        heap_.push_back(entry);
        std::push_heap(heap_.begin(), heap_.end());
    }

    /// The nearest node that is not settled, or none if the front of the heap is out of date.
    std::uint32_t pop() {
        std::pop_heap(heap_.begin(), heap_.end());
        const Entry entry = heap_.back();
        heap_.pop_back();
        const std::uint32_t v = entry.node;
        if (mark_[v] == Mark::settled || distance_[v] < entry.key) return none;
        return v;
    }

    void relax(std::uint32_t v, const Number& distance, const Step& step) {
        if (mark_[v] == Mark::settled || (bounded_ && bound_ < distance)) return;
        if (mark_[v] == Mark::open) {
            if (!(distance < distance_[v])) return;
        } else {
            mark_[v] = Mark::open;
            touched_.push_back(v);
        }
        distance_[v] = distance;
        by_[v] = step;
        push({distance, v});
        if (excess_[v] < 0 && (!bounded_ || distance < bound_)) {
            bounded_ = true;
            bound_ = distance;
        }
    }

    void expand(std::uint32_t v) {
        const Number& base = distance_[v];
        std::int64_t work = 2;
        if (v != NestedNetwork::home) {
            const std::uint32_t p = network_.parent[v];
            if (network_.is_left(v)) {
                if (total_[v] > network_.lower[v]) relax(p, base + fall(v), {v, none, none});
            } else if (total_[v] < network_.upper[v]) {
                relax(p, base + rise(v), {v, none, none});
            }
        }
        for (const std::uint32_t c : network_.children(v)) {
            if (network_.is_left(c)) {
                if (total_[c] < network_.upper[c]) relax(c, base + rise(c), {v, none, none});
            } else if (total_[c] > network_.lower[c]) {
                relax(c, base + fall(c), {v, none, none});
            }
            ++work;
        }
        for (std::uint32_t i = choice_.head(v); i != none; i = choice_.next(i))
            work += expand_item(v, i);
        account(work);
    }

    void account(std::int64_t work) {
        work_ += work;
        watch_.spend(work);
    }

    std::int64_t expand_item(std::uint32_t v, std::uint32_t item) {
        const std::uint32_t now = choice_.pair(item);
        Number base = distance_[v] + value_[v] + slack_;
        if (now != none) {
            base = base - costs_.pair(now);
            const std::uint32_t g = network_.left_of(item);
            relax(g, base - value_[g], {v, item, none});
        }
        const std::size_t last = network_.first[item + 1];
        for (std::size_t k = network_.first[item]; k < last; ++k) {
            const std::uint32_t w = network_.right_of(k);
            if (mark_[w] == Mark::settled) continue;
            relax(w, base + costs_.pair(k) - value_[w], {v, item, static_cast<std::uint32_t>(k)});
        }
        return 2 + static_cast<std::int64_t>(last - network_.first[item]);
    }

    /// From one excess to the nearest deficits, all at the same distance, until they hold as much as it.
    void search(std::uint32_t root) {
        targets_.clear();
        bounded_ = false;
        start(root, Number{});
        std::int64_t met = 0;
        while (!heap_.empty()) {
            const std::uint32_t v = pop();
            if (v == none) continue;
            if (!targets_.empty() && reach_ < distance_[v]) return;
            mark_[v] = Mark::settled;
            reach_ = distance_[v];
            ++steps_;
            if (excess_[v] < 0) {
                targets_.push_back(v);
                met -= excess_[v];
                if (met >= excess_[root]) return;
            }
            expand(v);
            if (watch_.stopped()) return;
        }
    }

    void lower_values() {
        for (const std::uint32_t v : touched_) {
            if (mark_[v] == Mark::settled) value_[v] = value_[v] - (reach_ - distance_[v]);
        }
    }

    void forget() {
        for (const std::uint32_t v : touched_)
            mark_[v] = Mark::unseen;
        touched_.clear();
        heap_.clear();
    }

    /// The units that the last step to `v` still takes; 0 if it is not tight any more.
    [[nodiscard]] std::int32_t room(std::uint32_t v) const {
        const Step& step = by_[v];
        if (step.item != none) {
            if (choice_.node(step.item) != step.from || choice_.pair(step.item) == step.pair) return 0;
            const std::uint32_t now = choice_.pair(step.item);
            Number reduced = value_[step.from] - value_[v] + slack_;
            if (now != none) reduced = reduced - costs_.pair(now);
            if (step.pair != none) reduced = reduced + costs_.pair(step.pair);
            return is_zero(reduced) ? 1 : 0;
        }
        const auto [arc, adds] = network_.arc_between(step.from, v);
        const std::int32_t free = room_of(step, v);
        return free > 0 && is_zero(adds ? rise(arc) : fall(arc)) ? free : 0;
    }

    [[nodiscard]] static bool is_zero(const Number& number) { return !(number < Number{}) && !(Number{} < number); }

    void send_to(std::uint32_t target) {
        while (excess_[target] < 0) {
            std::int64_t amount = -excess_[target];
            std::uint32_t v = target;
            for (; by_[v].from != none && amount > 0; v = by_[v].from)
                amount = std::min<std::int64_t>(amount, room(v));
            if (amount > 0) amount = std::min(amount, excess_[v]);
            if (amount <= 0) return;
            excess_[v] -= amount;
            excess_[target] += amount;
            for (v = target; by_[v].from != none; v = by_[v].from)
                take(by_[v], v, amount);
        }
    }

    /// The units that a step to `v` takes, whatever it costs.
    [[nodiscard]] std::int32_t room_of(const Step& step, std::uint32_t v) const {
        if (step.item != none) return 1;
        const auto [arc, adds] = network_.arc_between(step.from, v);
        return adds ? network_.room_above(arc, total_[arc]) : network_.room_below(arc, total_[arc]);
    }

    void take(const Step& step, std::uint32_t v, std::int64_t amount) {
        if (step.item != none) {
            choice_.move(step.item, step.pair);
            moved_.push_back(step.item);
            return;
        }
        const auto [arc, adds] = network_.arc_between(step.from, v);
        total_[arc] += static_cast<std::int32_t>(adds ? amount : -amount);
    }

    const NestedNetwork& network_;
    const Costs& costs_;
    NestedChoice& choice_;
    std::vector<Number>& value_;
    std::int64_t steps_;
    std::int64_t work_ = 0;  ///< of all searches
    Watch& watch_;
    std::vector<std::int32_t> total_;   ///< per node: the units on its arc
    std::vector<std::int64_t> excess_;  ///< per node: units that enter minus units that leave
    std::vector<Mark> mark_;
    std::vector<Number> distance_;
    std::vector<Step> by_;  ///< how the search came here
    std::vector<std::uint32_t> touched_;
    std::vector<std::uint32_t> targets_;  ///< deficits reached
    std::vector<Entry> heap_;
    std::vector<std::uint32_t> moved_;  ///< items that took part in the ways last used
    Number slack_{};                    ///< reduced costs may be this much below 0
    bool bounded_ = false;
    Number bound_{};  ///< how near a deficit is known to be, if one is
    Number reach_{};  ///< the distance of the last node settled
};

}  // namespace countyplan::detail
