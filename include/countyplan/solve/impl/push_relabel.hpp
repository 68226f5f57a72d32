// The push-relabel method: a preflow that reaches the sink as far as it can, then a flow.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <vector>

#include <countyplan/solve/proof/int128.hpp>
#include <countyplan/solve/proof/max_flow.hpp>
#include <countyplan/solve/watch.hpp>

namespace countyplan::detail {

/// `Excess` holds the sum of all capacities out of the source, `Room` each capacity.
template <class Excess, class Room>
class PushRelabel {
  public:
    /// `most`: no more than this can leave the source and reach the sink.
    PushRelabel(const MaxFlowProblem& problem, std::int64_t freshness, Int128 most, Watch& watch)
        : problem_(problem),
          source_(problem.source),
          sink_(problem.sink),
          beyond_(static_cast<std::uint32_t>(problem.nodes)),
          freshness_(freshness),
          most_(static_cast<Excess>(most.value)),
          watch_(watch) {}

    /// Lays out the network and fills the arcs out of the source; false if stopped before that is done.
    bool start() {
        if (!lay_out()) return false;
        for (std::uint32_t a = first_[source_]; a < reverse_[source_]; ++a) {
            excess_[entry_[a].head] += entry_[a].room;
            move(a, entry_[a].room);
        }
        return !watch_.stopped();
    }

    /// Until no node that reaches the sink has excess; false if stopped before that.
    bool fill() {
        const std::int64_t fresh =
            freshness_ * (static_cast<std::int64_t>(problem_.nodes) * 4 + static_cast<std::int64_t>(first_.back()));
        for (bool moved = false;; moved = true) {
            if (!measure(moved)) return false;
            if (highest_ == 0 || excess_[sink_] == most_) return true;
            work_ = 0;
            while (highest_ > 0 && work_ < fresh && excess_[sink_] != most_) {
                const std::uint32_t node = active_[highest_];
                if (node == none) {
                    --highest_;
                    continue;
                }
                if (watch_.exhausted(steps_)) return false;
                active_[highest_] = next_[node];
                if (next_[node] != none) fetch(first_[next_[node]], first_[next_[node] + 1]);
                ++steps_;
                const std::int64_t before = work_;
                discharge(node);
                if (watch_.spend(work_ - before)) return false;
                watch_.report([&] {
                    return Tick{.steps = steps_, .best = to_double(Int128(int128{excess_[sink_]})), .bound = {}};
                });
            }
        }
    }

    /// Gives all excess back to the source, so that what reached the sink is a flow; false if stopped.
    bool give_back(Watch& watch) {
        std::vector<std::uint32_t> order;  // each node after those that it has flow from
        if (!order_upstream(order, watch)) return false;
        for (std::size_t i = order.size(); i-- > 0;) {
            const std::uint32_t node = order[i];
            for (std::uint32_t a = reverse_[node]; a < first_[node + 1] && excess_[node] > 0; ++a) {
                const Room amount = most(entry_[a].room, excess_[node]);
                if (amount == 0) continue;
                move(a, amount);
                excess_[node] -= amount;
                excess_[entry_[a].head] += amount;
            }
            if (watch.spend(4)) return false;
        }
        return true;
    }

    /// Once all excess is given back.
    void write_flow(std::vector<std::int64_t>& flow) const {
        std::vector<std::uint32_t> next(first_.begin(), first_.end() - 1);
        for (std::size_t arc = 0; arc < problem_.arcs(); ++arc) {
            if (matters(arc)) flow[arc] = problem_.capacity[arc] - entry_[next[problem_.tail[arc]]++].room;
        }
    }

    /// The nodes that cannot reach the sink; after `measure`.
    [[nodiscard]] bool is_cut_off(std::uint32_t node) const { return label_[node] >= beyond_; }

    /// Measures the distance of every node to the sink and collects those with excess; false if stopped. Until
    /// flow has `moved`, only arcs out of the source have no room.
    bool measure(bool moved) {
        constexpr std::size_t batch = 16;  // nodes of one distance whose neighbours are looked up together
        std::fill(label_.begin(), label_.end(), beyond_);
        std::fill(active_.begin(), active_.end(), none);
        std::fill(count_.begin(), count_.end(), 0U);
        highest_ = 0;
        label_[source_] = beyond_ + 1;  // it is not to be reached
        label_[sink_] = 0;
        queue_[0] = sink_;
        std::size_t reached = 1;
        for (std::size_t level = 0, end = reached; level < end; level = end, end = reached) {
            const std::uint32_t farther = label_[queue_[level]] + 1;
            for (std::size_t i = level; i < end; i += batch) {
                const std::size_t last = std::min(end, i + batch);
                const std::size_t looked =
                    moved ? list_unlabelled(first_, i, last) : list_unlabelled(reverse_, i, last);
                for (const std::uint32_t a : found_) {
                    const std::uint32_t other = entry_[a].head;
                    if (label_[other] != beyond_ || (moved && entry_[entry_[a].mate].room == 0)) continue;
                    label_[other] = farther;
                    queue_[reached++] = other;
                    current_[other] = first_[other];
                    if (excess_[other] > 0) activate(other);
                }
                if (watch_.spend(static_cast<std::int64_t>(looked + 4 * batch))) return false;
            }
            if (reached > end) count_[farther] = static_cast<std::uint32_t>(reached - end);
        }
        return true;
    }

    [[nodiscard]] Int128 reached() const { return Int128(int128{excess_[sink_]}); }
    [[nodiscard]] std::int64_t steps() const { return steps_; }

  private:
    static constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();

    /// One direction of an arc, at the node it leaves.
    struct Entry {
        Room room;           ///< how much more may go this way
        std::uint32_t head;  ///< the node it leads to
        std::uint32_t mate;  ///< the entry of the other direction
    };

    /// Whether a largest flow may need this arc.
    [[nodiscard]] bool matters(std::size_t arc) const {
        return problem_.capacity[arc] > 0 && problem_.tail[arc] != problem_.head[arc] &&
               problem_.head[arc] != source_ && problem_.tail[arc] != sink_;
    }

    /// Asks for entries, the first few dozen of them, before they are looked at.
    void fetch(std::uint32_t begin, std::uint32_t end) const {
        constexpr std::uint32_t line = 64 / sizeof(Entry), most_lines = 4;
        for (std::uint32_t a = begin; a < end && a < begin + most_lines * line; a += line)
            __builtin_prefetch(&entry_[a]);
    }

    /// Puts into `found_` the entries, from `begin[node]` on, of queued nodes whose other ends have no label;
    /// returns how many were looked at.
    std::size_t list_unlabelled(const std::vector<std::uint32_t>& begin, std::size_t from, std::size_t to) {
        std::size_t most = 0;
        for (std::size_t i = from; i < to; ++i) {
            fetch(begin[queue_[i]], first_[queue_[i] + 1]);
            most += first_[queue_[i] + 1] - begin[queue_[i]];
        }
        found_.resize(most);
        std::size_t count = 0;
        for (std::size_t i = from; i < to; ++i) {
            const std::uint32_t last = first_[queue_[i] + 1];
            for (std::uint32_t a = begin[queue_[i]]; a < last; ++a) {
                found_[count] = a;
                count += label_[entry_[a].head] == beyond_ ? 1 : 0;
            }
        }
        found_.resize(count);
        return most;
    }

    static Room most(Room room, Excess excess) { return excess < room ? static_cast<Room>(excess) : room; }

    void move(std::uint32_t a, Room amount) {
        entry_[a].room -= amount;
        entry_[entry_[a].mate].room += amount;
    }

    /// Groups both directions of all arcs by node: those along arcs first, then those against.
    bool lay_out() {
        constexpr std::size_t block = 1024;  // arcs between two looks at the watch
        constexpr std::size_t ahead = 12;    // arcs whose place is asked for before it is written
        const std::size_t nodes = problem_.nodes, arcs = problem_.arcs();
        first_.assign(nodes + 1, 0);
        reverse_.assign(nodes, 0);
        std::vector<std::uint32_t> against(nodes, 0);
        for (std::size_t from = 0; from < arcs; from += block) {
            for (std::size_t arc = from; arc < std::min(arcs, from + block); ++arc) {
                if (!matters(arc)) continue;
                ++reverse_[problem_.tail[arc]];
                ++against[problem_.head[arc]];
            }
            if (watch_.spend(block)) return false;
        }
        for (std::size_t node = 0; node < nodes; ++node) {
            const std::uint32_t along = reverse_[node];
            reverse_[node] = first_[node] + along;
            first_[node + 1] = reverse_[node] + against[node];
            against[node] = reverse_[node];
        }
        std::vector<std::uint32_t> next(first_.begin(), first_.end() - 1);
        entry_ = std::make_unique_for_overwrite<Entry[]>(first_[nodes]);
        for (std::size_t from = 0; from < arcs; from += block) {
            for (std::size_t arc = from; arc < std::min(arcs, from + block); ++arc) {
                if (!matters(arc)) continue;
                const std::uint32_t tail = problem_.tail[arc], head = problem_.head[arc];
                if (arc + ahead < arcs) __builtin_prefetch(&entry_[against[problem_.head[arc + ahead]]], 1);
                const std::uint32_t there = next[tail]++, back = against[head]++;
                entry_[there] = {static_cast<Room>(problem_.capacity[arc]), head, back};
                entry_[back] = {0, tail, there};
            }
            if (watch_.spend(2 * block)) return false;
        }
        current_.assign(first_.begin(), first_.end() - 1);
        excess_.assign(nodes, 0);
        label_.assign(nodes, beyond_);
        next_.assign(nodes, none);
        active_.assign(nodes, none);
        count_.assign(nodes, 0);
        queue_.assign(nodes, none);
        return true;
    }

    void activate(std::uint32_t node) {
        const std::uint32_t label = label_[node];
        next_[node] = active_[label];
        active_[label] = node;
        highest_ = std::max(highest_, label);
    }

    /// Moves the node's excess closer to the sink, lifting it as needed, until none is left or it is cut off.
    void discharge(std::uint32_t node) {
        Excess left = excess_[node];
        const std::uint32_t end = first_[node + 1];
        std::uint32_t a = current_[node];
        for (;;) {
            const std::uint32_t below = label_[node] - 1;
            const std::uint32_t from = a;
            for (; a < end; ++a) {
                const std::uint32_t other = entry_[a].head;
                if (label_[other] != below || entry_[a].room == 0) continue;
                const Room amount = most(entry_[a].room, left);
                move(a, amount);
                left -= amount;
                if (excess_[other] == 0 && other != sink_) activate(other);
                excess_[other] += amount;
                if (left == 0) break;
            }
            work_ += a - from + 1;
            if (left == 0) break;
            a = lift(node);
            if (label_[node] == beyond_) break;
        }
        current_[node] = a;
        excess_[node] = left;
    }

    /// Raises the node to just above its lowest neighbour with room; returns the way there.
    std::uint32_t lift(std::uint32_t node) {
        const std::uint32_t old = label_[node];
        std::uint64_t best = std::uint64_t{beyond_} << 32 | first_[node];  // label and entry
        for (std::uint32_t a = first_[node]; a < first_[node + 1]; ++a) {
            const std::uint32_t label = entry_[a].room == 0 ? beyond_ : label_[entry_[a].head];
            best = std::min(best, std::uint64_t{label} << 32 | a);
        }
        const auto lowest = static_cast<std::uint32_t>(best >> 32), way = static_cast<std::uint32_t>(best);
        work_ += 12 + first_[node + 1] - first_[node];
        --count_[old];
        // no node as low as this one was: nothing above reaches the sink any more
        const bool gap = count_[old] == 0;
        label_[node] = gap || lowest + 1 >= beyond_ ? beyond_ : lowest + 1;
        if (label_[node] != beyond_) ++count_[label_[node]];
        highest_ = std::max(highest_, label_[node] == beyond_ ? 0 : label_[node]);
        return way;
    }

    /// Cancels flow that goes round in cycles above nodes with excess and orders these nodes and all that flow
    /// reaches them from; false if stopped.
    bool order_upstream(std::vector<std::uint32_t>& order, Watch& watch) {
        enum class Seen : std::uint8_t { no, on_path, done };
        std::vector<Seen> seen(problem_.nodes, Seen::no);
        seen[source_] = seen[sink_] = Seen::done;
        std::vector<std::uint32_t>& at = current_;
        std::vector<std::uint32_t> path;
        for (std::uint32_t start = 0; start < problem_.nodes; ++start) {
            if (excess_[start] == 0 || seen[start] != Seen::no) continue;
            path.assign(1, start);
            seen[start] = Seen::on_path;
            at[start] = reverse_[start];
            while (!path.empty()) {
                const std::uint32_t node = path.back();
                if (watch.spend(2)) return false;
                if (at[node] == first_[node + 1]) {
                    seen[node] = Seen::done;
                    order.push_back(node);
                    path.pop_back();
                    if (!path.empty()) ++at[path.back()];
                    continue;
                }
                const std::uint32_t up = entry_[at[node]].head;
                if (entry_[at[node]].room == 0 || seen[up] == Seen::done) {
                    ++at[node];
                } else if (seen[up] == Seen::no) {
                    seen[up] = Seen::on_path;
                    at[up] = reverse_[up];
                    path.push_back(up);
                } else {
                    cancel_cycle(path, up, seen, Seen::no, watch);
                }
            }
        }
        return true;
    }

    /// The path's end has flow from `up`, further down on the path: takes the cycle's least flow off it and
    /// goes back to the first arc that has none left.
    template <class Seen>
    void cancel_cycle(std::vector<std::uint32_t>& path, std::uint32_t up, std::vector<Seen>& seen, Seen fresh,
                      Watch& watch) {
        std::vector<std::uint32_t>& at = current_;
        std::size_t start = path.size();
        Room least = std::numeric_limits<Room>::max();
        do {
            --start;
            least = std::min(least, entry_[at[path[start]]].room);
        } while (path[start] != up);
        watch.spend(static_cast<std::int64_t>(path.size() - start));
        std::size_t cut = path.size();
        for (std::size_t i = path.size(); i-- > start;) {
            move(at[path[i]], least);
            if (entry_[at[path[i]]].room == 0) cut = i;
        }
        while (path.size() > cut + 1) {
            seen[path.back()] = fresh;
            path.pop_back();
        }
    }

    const MaxFlowProblem& problem_;
    std::uint32_t source_;
    std::uint32_t sink_;
    std::uint32_t beyond_;  ///< label of the nodes that do not reach the sink
    std::int64_t freshness_;
    Excess most_;
    Watch& watch_;
    std::vector<std::uint32_t> first_;    ///< per node, its entries; one more at the end
    std::vector<std::uint32_t> reverse_;  ///< per node, those of its entries that go against arcs
    std::unique_ptr<Entry[]> entry_;
    std::vector<std::uint32_t> current_;  ///< per node, the entry to look at next
    std::vector<Excess> excess_;
    std::vector<std::uint32_t> label_;   ///< per node, at most its distance to the sink
    std::vector<std::uint32_t> next_;    ///< per active node, the next with the same label
    std::vector<std::uint32_t> active_;  ///< per label, a first node with excess
    std::vector<std::uint32_t> count_;   ///< per label, how many nodes have it
    std::vector<std::uint32_t> queue_;   ///< nodes by distance
    std::vector<std::uint32_t> found_;   ///< entries
    std::uint32_t highest_ = 0;
    std::int64_t work_ = 0;
    std::int64_t steps_ = 0;
};

}  // namespace countyplan::detail
