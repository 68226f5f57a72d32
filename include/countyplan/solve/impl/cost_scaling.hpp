// Which prices and flows agree up to epsilon? Push and relabel with global updates on a residual network.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include <countyplan/solve/impl/residual_network.hpp>
#include <countyplan/solve/watch.hpp>

namespace countyplan::detail {

/// How a pass over a residual network ended.
enum class FlowPass { done, infeasible, too_large, stopped };

/// Epsilon is a power of two, `2^shift`. An arc is in order while its reduced cost is at least -epsilon
/// where it has room and at most epsilon where it has flow.
template <class Cost, class Flow>
class CostScaling {
  public:
    using Network = ResidualNetwork<Cost, Flow>;

    CostScaling(Network& network, Watch& watch, std::int64_t& steps)
        : net_(network),
          watch_(watch),
          steps_(steps),
          queued_(network.nodes(), false),
          view_(network.nodes()),
          next_(network.nodes()),
          previous_(network.nodes()) {
        queue_.resize(network.nodes());
    }

    /// Brings all arcs in order for `2^shift` and all excesses to zero.
    template <class Glance>
    FlowPass refine(int shift, const Glance& glance) {
        shift_ = shift;
        put_in_order();
        if (watch_.stopped()) return FlowPass::stopped;
        for (;;) {
            first_ = count_ = 0;
            for (std::uint32_t v = 0; v < net_.nodes(); ++v) {
                if (net_.excess[v] > 0) enqueue(v);
            }
            if (count_ == 0) return FlowPass::done;
            if (const FlowPass pass = relieve(glance); pass != FlowPass::done) return pass;
            if (const FlowPass pass = update(); pass != FlowPass::done) return pass;  // finds out who is stuck
        }
    }

    /// After `infeasible`: nodes from which no deficit can be reached.
    [[nodiscard]] std::vector<std::uint32_t> cut() const {
        std::vector<bool> reached(net_.nodes(), false);
        for (const Settled& found : settled_)
            reached[found.node] = true;
        std::vector<std::uint32_t> nodes;
        for (std::uint32_t v = 0; v < net_.nodes(); ++v) {
            if (!reached[v]) nodes.push_back(v);
        }
        return nodes;
    }

  private:
    static constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();
    static constexpr std::uint32_t far = none - 2;  ///< the largest label
    static constexpr std::uint32_t wide = 96;       ///< arcs from which a node keeps its place in a scan

    /// Works the queue off, with a global update now and then.
    template <class Glance>
    FlowPass relieve(const Glance& glance) {
        const std::uint32_t n = net_.nodes();
        const std::int64_t patience = std::int64_t{3} * n + 64;
        std::int64_t work = 0;
        while (count_ > 0) {
            const std::uint32_t v = queue_[first_];
            if (++first_ == n) first_ = 0;
            --count_;
            queued_[v] = false;
            fetch_ahead();
            if (net_.excess[v] <= 0) continue;
            if (watch_.exhausted(steps_)) return FlowPass::stopped;
            watch_.report(glance);
            const std::uint32_t degree = net_.first_out[v + 1] - net_.first_out[v] + net_.in_use[v];
            const std::int64_t done = degree <= wide ? bid(v) : scan(v);
            if (done < 0) return FlowPass::too_large;
            work += 1 + done / 32;
            ++steps_;
            if (watch_.spend(16 + 2 * done)) return FlowPass::stopped;
            if (work > patience) {
                work = 0;
                if (const FlowPass pass = update(); pass != FlowPass::done) return pass;
            }
        }
        return FlowPass::done;
    }

    /// Asks for the memory of a node that is soon due.
    void fetch_ahead() const {
        constexpr std::uint32_t ahead = 4;
        if (count_ <= ahead) return;
        std::uint32_t at = first_ + ahead;
        if (at >= net_.nodes()) at -= net_.nodes();
        const std::uint32_t v = queue_[at];
        const auto* begin = net_.out.data() + net_.first_out[v];
        const auto* end = net_.out.data() + std::min(net_.first_out[v + 1], net_.first_out[v] + wide);
        for (; begin < end; begin += 64 / sizeof(*begin))
            __builtin_prefetch(begin);
        __builtin_prefetch(net_.in.data() + net_.first_in[v]);
    }

    void enqueue(std::uint32_t v) {
        if (queued_[v]) return;
        queued_[v] = true;
        std::uint32_t at = first_ + count_;
        if (at >= net_.nodes()) at -= net_.nodes();
        queue_[at] = v;
        ++count_;
    }

    void put_in_order() {
        const Cost epsilon = Cost{1} << shift_;
        for (std::uint32_t v = 0; v < net_.nodes(); ++v) {
            net_.current_in[v] = 0;
            net_.current_out[v] = 0;
        }
        for (std::uint32_t v = 0; v < net_.nodes(); ++v) {
            const std::uint32_t end = net_.first_out[v + 1];
            for (std::uint32_t a = net_.first_out[v]; a < end; ++a) {
                const auto& record = net_.out[a];
                if (record.cost + net_.price[record.head] - net_.price[v] < -epsilon) net_.push(v, a, net_.room(a));
            }
            for (std::uint32_t i = net_.first_in[v]; i < net_.first_in[v] + net_.in_use[v];) {
                const auto& entry = net_.in[i];
                if (net_.price[entry.tail] - entry.cost - net_.price[v] < -epsilon) {
                    net_.send_back(v, i, net_.flow[entry.arc]);
                } else {
                    ++i;
                }
            }
            if (watch_.spend(end - net_.first_out[v] + 1)) return;
        }
    }

    /// One look at all arcs of `v` per unit sent: to the cheapest neighbour, and the price rises to just
    /// above the second cheapest if the way is full then.
    std::int64_t bid(std::uint32_t v) {
        const Cost epsilon = Cost{1} << shift_;
        std::int64_t work = 0;
        const auto* const out = net_.out.data();
        const Cost* const price = net_.price.data();
        while (net_.excess[v] > 0) {
            Cost first = Network::closed, second = Network::closed;
            std::uint32_t at = none;
            bool forward = true;
            const std::uint32_t begin = net_.first_out[v], end = net_.first_out[v + 1];
            for (std::uint32_t a = begin; a < end; ++a) {
                const Cost value = out[a].cost + price[out[a].head];
                if (value >= second) continue;
                if (value < first) {
                    second = first;
                    first = value;
                    at = a;
                } else {
                    second = value;
                }
            }
            const std::uint32_t in_begin = net_.first_in[v], in_end = in_begin + net_.in_use[v];
            for (std::uint32_t i = in_begin; i < in_end; ++i) {
                const Cost value = price[net_.in[i].tail] - net_.in[i].cost;
                if (value >= second) continue;
                if (value < first) {
                    second = first;
                    first = value;
                    at = i;
                    forward = false;
                } else {
                    second = value;
                }
            }
            work += end - begin + in_end - in_begin;
            if (first >= Network::closed / 2) return work;  // stuck: the next update will see it
            bool full = false;
            std::uint32_t to = 0;
            if (forward) {
                const auto amount = static_cast<Flow>(std::min<std::int64_t>(net_.excess[v], net_.room(at)));
                to = out[at].head;
                net_.push(v, at, amount);
                full = out[at].cost == Network::closed;
            } else {
                const std::uint32_t arc = net_.in[at].arc;
                const auto amount = static_cast<Flow>(std::min<std::int64_t>(net_.excess[v], net_.flow[arc]));
                to = net_.in[at].tail;
                full = net_.send_back(v, at, amount);
            }
            if (net_.excess[to] > 0) enqueue(to);
            const Cost floor = full ? second : first;
            if (floor >= Network::closed / 2) continue;
            const Cost risen = floor + epsilon;
            if (risen > net_.price[v]) {
                net_.price[v] = risen;
                if (risen > Network::most_price) return -1;
            }
        }
        return work;
    }

    /// The same for a node of many arcs: goes on where it stopped, and sends along every arc of negative
    /// reduced cost before it raises the price.
    std::int64_t scan(std::uint32_t v) {
        const Cost epsilon = Cost{1} << shift_;
        std::int64_t work = 0;
        std::uint32_t& seen_out = net_.current_out[v];
        std::uint32_t& seen_in = net_.current_in[v];
        for (;;) {
            const std::uint32_t begin = net_.first_out[v], degree = net_.first_out[v + 1] - begin;
            for (; seen_out < degree; ++seen_out) {
                const std::uint32_t a = begin + seen_out;
                const auto& record = net_.out[a];
                ++work;
                if (record.cost + net_.price[record.head] >= net_.price[v]) continue;
                const auto amount = static_cast<Flow>(std::min<std::int64_t>(net_.excess[v], net_.room(a)));
                net_.push(v, a, amount);
                if (net_.excess[record.head] > 0) enqueue(record.head);
                if (net_.excess[v] == 0) return work;
            }
            while (seen_in < net_.in_use[v]) {
                const std::uint32_t i = net_.first_in[v] + seen_in;
                const auto entry = net_.in[i];
                ++work;
                if (net_.price[entry.tail] - entry.cost < net_.price[v]) {
                    const auto amount = static_cast<Flow>(std::min<std::int64_t>(net_.excess[v], net_.flow[entry.arc]));
                    const bool gone = net_.send_back(v, i, amount);
                    if (net_.excess[entry.tail] > 0) enqueue(entry.tail);
                    if (net_.excess[v] == 0) return work;
                    if (gone) continue;
                }
                ++seen_in;
            }
            Cost least = Network::closed;
            for (std::uint32_t a = begin; a < begin + degree; ++a)
                least = std::min(least, static_cast<Cost>(net_.out[a].cost + net_.price[net_.out[a].head]));
            for (std::uint32_t i = net_.first_in[v]; i < net_.first_in[v] + net_.in_use[v]; ++i)
                least = std::min(least, static_cast<Cost>(net_.price[net_.in[i].tail] - net_.in[i].cost));
            work += degree + net_.in_use[v];
            seen_out = seen_in = 0;
            if (least >= Network::closed / 2) return work;
            net_.price[v] = least + epsilon;
            if (net_.price[v] > Network::most_price) return -1;
        }
    }

    /// Raises prices by epsilon times the distance to the nearest deficit, counted in whole epsilons.
    FlowPass update() {
        const std::uint32_t n = net_.nodes();
        std::uint32_t wanted = 0;
        bucket_.assign(1, none);
        settled_.clear();
        for (std::uint32_t v = 0; v < n; ++v) {
            if (net_.excess[v] > 0) ++wanted;
            view_[v] = {net_.price[v], none};
            if (net_.excess[v] < 0) file(v, 0);
        }
        if (wanted == 0) return FlowPass::done;
        std::uint32_t last = 0;
        const std::uint32_t most = 16 * std::min<std::uint32_t>(n, far / 32) + 16;
        const auto reach = [&](std::uint32_t v, Cost reduced, std::uint32_t at) {
            const Cost length = reduced < 0 ? 0 : (reduced >> shift_) + 1;
            if (length >= static_cast<Cost>(view_[v].label - at) && view_[v].label != none) return;
            const std::uint32_t label =
                length > static_cast<Cost>(most - at) ? most : at + static_cast<std::uint32_t>(length);
            if (label < view_[v].label) file(v, label);
        };
        for (std::uint32_t b = 0; b < bucket_.size() && wanted > 0; ++b) {
            while (bucket_[b] != none) {
                const std::uint32_t w = bucket_[b];
                unfile(w, b);
                view_[w].label = 0;
                settled_.push_back({w, b});
                last = b;
                if (net_.excess[w] > 0) --wanted;
                const Cost price = view_[w].price;
                const std::uint32_t begin = net_.first_in[w], end = net_.first_in[w + 1];
                const std::uint32_t used = begin + net_.in_use[w];
                for (std::uint32_t i = begin; i < used; ++i) {
                    const auto& entry = net_.in[i];
                    if (view_[entry.tail].label <= b) continue;
                    if (net_.out[entry.arc].cost == Network::closed) continue;
                    reach(entry.tail, entry.cost + price - view_[entry.tail].price, b);
                }
                for (std::uint32_t i = used; i < end; ++i) {
                    const auto& entry = net_.in[i];
                    const auto& view = view_[entry.tail];
                    if (view.label > b) reach(entry.tail, entry.cost + price - view.price, b);
                }
                for (std::uint32_t a = net_.first_out[w]; a < net_.first_out[w + 1]; ++a) {
                    if (net_.flow[a] == 0) continue;
                    const std::uint32_t v = net_.out[a].head;
                    if (view_[v].label > b) reach(v, price - net_.in[net_.slot[a]].cost - view_[v].price, b);
                }
                if (watch_.spend(2 * (end - begin) + net_.first_out[w + 1] - net_.first_out[w] + 4)) {
                    return FlowPass::stopped;
                }
            }
        }
        if (wanted > 0) return FlowPass::infeasible;
        // nodes that were not settled are at least `last + 1` away
        for (const auto& [v, label] : settled_)
            view_[v].label = label;
        const std::uint32_t beyond = last + 1;
        bool fits = true;
        for (std::uint32_t v = 0; v < n; ++v) {
            const Cost by = static_cast<Cost>(std::min(view_[v].label, beyond));
            if (by > (Network::most_price >> shift_)) return FlowPass::too_large;
            net_.price[v] += by << shift_;
            fits &= net_.price[v] <= Network::most_price;
            net_.current_in[v] = 0;
            net_.current_out[v] = 0;
        }
        return fits ? FlowPass::done : FlowPass::too_large;
    }

    void file(std::uint32_t v, std::uint32_t label) {
        if (view_[v].label != none) unfile(v, view_[v].label);
        if (label >= bucket_.size()) bucket_.resize(label + 1, none);
        view_[v].label = label;
        previous_[v] = none;
        next_[v] = bucket_[label];
        if (next_[v] != none) previous_[next_[v]] = v;
        bucket_[label] = v;
    }

    void unfile(std::uint32_t v, std::uint32_t label) {
        if (next_[v] != none) previous_[next_[v]] = previous_[v];
        if (previous_[v] != none) {
            next_[previous_[v]] = next_[v];
        } else {
            bucket_[label] = next_[v];
        }
    }

    /// The price and how far the nearest deficit is, during an update.
    struct View {
        Cost price;
        std::uint32_t label;
    };

    struct Settled {
        std::uint32_t node, label;
    };

    Network& net_;
    Watch& watch_;
    std::int64_t& steps_;
    int shift_ = 0;
    std::vector<std::uint32_t> queue_;
    std::uint32_t first_ = 0, count_ = 0;
    std::vector<bool> queued_;
    std::vector<View> view_;
    std::vector<std::uint32_t> next_, previous_, bucket_;
    std::vector<Settled> settled_;
};

}  // namespace countyplan::detail
