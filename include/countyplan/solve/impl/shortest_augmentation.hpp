// Which shortest ways serve what is left over? Successive shortest paths on a residual network.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include <countyplan/solve/impl/cost_scaling.hpp>
#include <countyplan/solve/impl/residual_network.hpp>
#include <countyplan/solve/watch.hpp>

namespace countyplan::detail {

/// A search for shortest ways whose scratch memory is cleared in the time it was used in.
template <class Cost, class Flow>
class ShortestAugmentation {
  public:
    using Network = ResidualNetwork<Cost, Flow>;

    ShortestAugmentation(Network& network, Watch& watch, std::int64_t& steps)
        : net_(network),
          watch_(watch),
          steps_(steps),
          distance_(network.nodes()),
          by_(network.nodes()),
          state_(network.nodes(), fresh) {}

    /// Full where the reduced cost is negative, empty where it is positive: exact from here on.
    void put_in_order() {
        for (std::uint32_t v = 0; v < net_.nodes(); ++v) {
            put_in_order(v);
            if (watch_.spend(net_.first_out[v + 1] - net_.first_out[v] + 1)) return;
        }
    }

    void put_in_order(std::uint32_t v) {
        const Cost price = net_.price[v];
        for (std::uint32_t a = net_.first_out[v]; a < net_.first_out[v + 1]; ++a) {
            if (net_.out[a].cost + net_.price[net_.out[a].head] < price) net_.push(v, a, net_.room(a));
        }
        for (std::uint32_t i = net_.first_in[v]; i < net_.first_in[v] + net_.in_use[v];) {
            const auto& entry = net_.in[i];
            if (net_.price[entry.tail] - entry.cost >= price) {
                ++i;
            } else {
                net_.send_back(v, i, net_.flow[entry.arc]);
            }
        }
    }

    /// Serves every excess, each along shortest ways.
    template <class Glance>
    FlowPass run(const Glance& glance) {
        for (std::uint32_t v = 0; v < net_.nodes(); ++v) {
            watch_.report(glance);
            if (const FlowPass pass = serve(v); pass != FlowPass::done) return pass;
        }
        return FlowPass::done;
    }

    FlowPass serve(std::uint32_t source) {
        while (net_.excess[source] > 0) {
            if (watch_.exhausted(steps_)) return FlowPass::stopped;
            const std::uint32_t target = search(source);
            if (watch_.stopped()) return FlowPass::stopped;
            if (target == none) return FlowPass::infeasible;
            if (!raise(distance_[target])) return FlowPass::too_large;
            augment(source, target);
            ++steps_;
        }
        return FlowPass::done;
    }

    /// After `infeasible`: nodes that have more than can leave them.
    [[nodiscard]] const std::vector<std::uint32_t>& cut() const { return touched_; }

  private:
    static constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();
    enum State : std::uint8_t { fresh, open, done };

    struct Entry {
        Cost distance;
        std::uint32_t node;
        friend bool operator<(const Entry& a, const Entry& b) { return a.distance > b.distance; }
    };

    /// The nearest deficit; none if no deficit can be reached.
    std::uint32_t search(std::uint32_t source) {
        for (const std::uint32_t v : touched_)
            state_[v] = fresh;
        touched_.assign(1, source);
        heap_.assign(1, {0, source});
        distance_[source] = 0;
        state_[source] = open;
        Cost nearest = Network::closed / 2;
        while (!heap_.empty()) {
            const Entry top = heap_.front();
            std::pop_heap(heap_.begin(), heap_.end());
            heap_.pop_back();
            const std::uint32_t v = top.node;
            if (state_[v] != open || distance_[v] != top.distance) continue;
            if (net_.excess[v] < 0) return v;
            state_[v] = done;
            const Cost base = top.distance - net_.price[v];
            const auto reach = [&](std::uint32_t w, Cost cost, std::uint32_t way) {
                const Cost distance = base + cost + net_.price[w];
                if (distance >= nearest || state_[w] == done) return;
                if (state_[w] == fresh) {
                    state_[w] = open;
                    touched_.push_back(w);
                } else if (distance >= distance_[w]) {
                    return;
                }
                distance_[w] = distance;
                by_[w] = {v, way};
                if (net_.excess[w] < 0) nearest = distance;
                heap_.push_back({distance, w});
                std::push_heap(heap_.begin(), heap_.end());
            };
            for (std::uint32_t a = net_.first_out[v]; a < net_.first_out[v + 1]; ++a)
                reach(net_.out[a].head, net_.out[a].cost, a);
            for (std::uint32_t i = net_.first_in[v]; i < net_.first_in[v] + net_.in_use[v]; ++i)
                reach(net_.in[i].tail, -net_.in[i].cost, net_.in[i].arc);
            if (watch_.spend(2 * (net_.first_out[v + 1] - net_.first_out[v] + net_.in_use[v]) + 16)) return none;
        }
        return none;
    }

    bool raise(Cost distance) {
        for (const std::uint32_t v : touched_) {
            if (state_[v] != done) continue;
            net_.price[v] += distance - distance_[v];
            if (net_.price[v] > Network::most_price) return false;
        }
        return true;
    }

    void augment(std::uint32_t source, std::uint32_t target) {
        std::int64_t amount = std::min(net_.excess[source], -net_.excess[target]);
        for (std::uint32_t v = target; v != source; v = by_[v].from) {
            const std::uint32_t arc = by_[v].arc;
            const bool along = net_.out[arc].head == v;
            amount = std::min<std::int64_t>(amount, along ? net_.room(arc) : net_.flow[arc]);
        }
        const auto sent = static_cast<Flow>(amount);
        for (std::uint32_t v = target; v != source; v = by_[v].from) {
            const std::uint32_t arc = by_[v].arc;
            if (net_.out[arc].head == v) {
                net_.push(by_[v].from, arc, sent);
            } else {
                net_.send_back(by_[v].from, net_.slot[arc], sent);
            }
        }
    }

    struct Way {
        std::uint32_t from, arc;
    };

    Network& net_;
    Watch& watch_;
    std::int64_t& steps_;
    std::vector<Cost> distance_;
    std::vector<Way> by_;
    std::vector<State> state_;
    std::vector<std::uint32_t> touched_;
    std::vector<Entry> heap_;
};

}  // namespace countyplan::detail
