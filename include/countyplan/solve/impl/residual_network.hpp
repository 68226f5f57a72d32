// Along which arcs can more flow be sent or sent back? The residual network, compact and kept up to date.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

#include <countyplan/solve/proof/int128.hpp>

namespace countyplan::detail {

/// Arcs with room are read from their tail in one contiguous run (`out`); an arc that is full has the cost
/// `closed` there, so that it is never the cheapest. Arcs with flow are the first `in_use[v]` entries of
/// their head's run of `in`. Flow is counted above the lower bound. `price[v]` is the negated potential:
/// the residual arc v -> w has the reduced cost `cost + price[w] - price[v]`.
template <class Cost, class Flow>
class ResidualNetwork {
  public:
    /// Above every cost plus price while these stay below `most_cost` and `most_price` in size.
    static constexpr Cost closed = Cost{1} << (8 * sizeof(Cost) - 2);
    static constexpr Cost most_price = closed / 4;
    static constexpr Cost most_cost = closed / 8;

    struct Out {
        std::uint32_t head;
        Cost cost;
    };
    struct In {
        std::uint32_t arc, tail;
        Cost cost;
    };

    std::vector<std::uint32_t> first_out, first_in;      ///< per node and one more
    std::vector<std::uint32_t> in_use;                   ///< per node
    std::vector<std::uint32_t> current_out, current_in;  ///< per node: where a scan goes on, as offsets
    std::vector<Out> out;
    std::vector<In> in;
    std::vector<std::uint32_t> original;  ///< per arc: its number in the problem
    std::vector<std::uint32_t> slot;      ///< per arc: its entry of `in`
    std::vector<Flow> flow, capacity;     ///< per arc
    std::vector<Cost> price;              ///< per node
    std::vector<std::int64_t> excess;     ///< per node

    [[nodiscard]] std::uint32_t nodes() const { return static_cast<std::uint32_t>(price.size()); }
    [[nodiscard]] std::uint32_t arcs() const { return static_cast<std::uint32_t>(out.size()); }

    /// Sends `amount` from `tail`, the tail of `arc`, which has room for it.
    void push(std::uint32_t tail, std::uint32_t arc, Flow amount) {
        Out& record = out[arc];
        if (flow[arc] == 0) attach(record.head, arc);
        flow[arc] += amount;
        if (flow[arc] == capacity[arc]) record.cost = closed;
        excess[tail] -= amount;
        excess[record.head] += amount;
    }

    /// Sends `amount` from `head` back along the arc at `place` of `in`, which carries that much. True if
    /// nothing is left on it: another entry may stand at `place` then.
    bool send_back(std::uint32_t head, std::uint32_t place, Flow amount) {
        const In entry = in[place];
        if (out[entry.arc].cost == closed) out[entry.arc].cost = entry.cost;
        flow[entry.arc] -= amount;
        excess[head] -= amount;
        excess[entry.tail] += amount;
        if (flow[entry.arc] != 0) return false;
        detach(head, place);
        return true;
    }

    [[nodiscard]] Flow room(std::uint32_t arc) const { return capacity[arc] - flow[arc]; }

  private:
    void exchange(std::uint32_t a, std::uint32_t b) {
        if (a == b) return;
        std::swap(in[a], in[b]);
        slot[in[a].arc] = a;
        slot[in[b].arc] = b;
    }

    void attach(std::uint32_t head, std::uint32_t arc) {
        exchange(slot[arc], first_in[head] + in_use[head]);
        ++in_use[head];
    }

    /// Entries before `current_in` were looked at and those after it not; this stays so.
    void detach(std::uint32_t head, std::uint32_t place) {
        const std::uint32_t last = first_in[head] + --in_use[head];
        std::uint32_t& seen = current_in[head];
        if (place < first_in[head] + seen) {
            --seen;
            exchange(place, first_in[head] + seen);
            place = first_in[head] + seen;
        }
        exchange(place, last);
    }
};

}  // namespace countyplan::detail
