// Which few of many pairs decide? A part of the pairs that grows by those which would better its answer.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <utility>
#include <vector>

#include <countyplan/solve/impl/kernel_nested_flow.hpp>
#include <countyplan/solve/impl/nested_flow_call.hpp>
#include <countyplan/solve/impl/nested_flow_costs.hpp>
#include <countyplan/solve/impl/nested_flow_network.hpp>
#include <countyplan/solve/impl/vector_level.hpp>
#include <countyplan/solve/watch.hpp>

namespace countyplan::detail {

/// Chooses pairs. Ties go to the first pair, so that the choice is the same everywhere.
template <class Costs>
class NestedSift {
  public:
    using Number = typename Costs::Number;
    using Pair = typename Costs::Pair;
    static constexpr std::uint32_t none = NestedNetwork::none;

    NestedSift(const NestedNetwork& network, const Costs& costs, const NestedSiftSizes& sizes, Watch& watch,
               VectorLevel level)
        : network_(network), costs_(costs), sizes_(sizes), watch_(watch), level_(level) {}

    [[nodiscard]] static bool pays(const NestedNetwork& network, const NestedSiftSizes& sizes) {
        const std::size_t part =
            sizes.per_item * network.items() + sizes.per_group * (network.nodes - network.left_end);
        return network.to.size() > sizes.factor * part;
    }

    /// The cheapest pairs of each item and of each right group; false if stopped.
    bool begin() {
        chosen_.assign(network_.to.size(), 0);
        const std::size_t groups = network_.nodes - network_.left_end;
        Shelves rows(1, sizes_.per_item);
        Shelves columns(groups, sizes_.per_group);
        for (std::uint32_t i = 0; i < network_.items(); ++i) {
            for (std::size_t k = network_.first[i]; k < network_.first[i + 1]; ++k) {
                const auto number = static_cast<std::uint32_t>(k);
                rows.see(0, costs_.pairs()[k], number);
                columns.see(network_.to[k], costs_.pairs()[k], number);
            }
            choose(rows, 0);
            if (watch_.spend(4 + 2 * static_cast<std::int64_t>(network_.first[i + 1] - network_.first[i])))
                return false;
        }
        for (std::size_t g = 0; g < groups; ++g)
            choose(columns, g);
        return true;
    }

    /// Makes the part's rows; false if stopped.
    bool list() {
        first.assign(1, 0);
        to.clear();
        pair.clear();
        for (std::uint32_t i = 0; i < network_.items(); ++i) {
            const std::size_t end = network_.first[i + 1];
            for (std::size_t k = network_.first[i]; k < end;) {
                std::uint64_t eight = 0;  // most pairs are not chosen
                const std::size_t next = std::min(k + sizeof eight, end);
                std::memcpy(&eight, &chosen_[k], next - k);
                for (; eight != 0 && k < next; ++k) {
                    if (chosen_[k] == 0) continue;
                    to.push_back(network_.to[k]);
                    pair.push_back(static_cast<std::uint32_t>(k));
                }
                k = next;
            }
            first.push_back(to.size());
            if (watch_.spend(1 + static_cast<std::int64_t>(network_.first[i + 1] - network_.first[i]) / 4))
                return false;
        }
        return true;
    }

    /// Adds of each item the pairs that offer more than it has and the slack, the best first; returns how many.
    /// Check `watch.stopped()` afterwards.
    std::size_t add_better(const NestedChoice& choice, const std::vector<Number>& value, const Number& slack) {
        std::size_t added = 0;
        std::vector<std::pair<Number, std::uint32_t>> better;
        for (std::uint32_t i = 0; i < network_.items(); ++i) {
            const std::size_t begin = network_.first[i];
            const std::size_t count = network_.first[i + 1] - begin;
            if (watch_.spend(4 + static_cast<std::int64_t>(count))) return added;
            const std::uint32_t now = choice.pair(i);
            Number has = value[network_.left_of(i)];
            if (now != none) has = std::max(has, value[network_.right_of(now)] - costs_.pair(now));
            has += slack;
            const auto offer = best_nested_offer(network_.to.data() + begin, costs_.pairs() + begin, count,
                                                 value.data() + network_.left_end, costs_.shift(), level_);
            if (offer.best <= has) continue;
            better.clear();
            for (std::size_t k = begin; k < begin + count; ++k) {
                const Number there = value[network_.right_of(k)] - costs_.pair(k);
                if (there > has && chosen_[k] == 0) better.emplace_back(-there, static_cast<std::uint32_t>(k));
            }
            added += take_least(better);
        }
        return added;
    }

    /// Adds pairs that lead out of a set of groups, the cheapest first, to each item in it that has none; returns how
    /// many. Check `watch.stopped()` afterwards.
    template <class Reached>
    std::size_t add_ways_out(const Reached& reached) {
        std::size_t added = 0;
        std::vector<std::pair<Number, std::uint32_t>> out;
        for (std::uint32_t i = 0; i < network_.items(); ++i) {
            const std::size_t end = network_.first[i + 1];
            if (watch_.spend(4 + static_cast<std::int64_t>(end - network_.first[i]))) return added;
            if (!reached(network_.left_of(i))) continue;
            out.clear();
            for (std::size_t k = network_.first[i]; k < end; ++k) {
                if (!reached(network_.right_of(k))) out.emplace_back(costs_.pair(k), static_cast<std::uint32_t>(k));
            }
            if (std::none_of(out.begin(), out.end(), [&](const auto& way) { return chosen_[way.second] != 0; }))
                added += take_least(out);
        }
        return added;
    }

    /// The place in the part of a chosen pair of `item`; none for none.
    [[nodiscard]] std::uint32_t place_of(std::uint32_t item, std::uint32_t number) const {
        if (number == none) return none;
        const auto row = pair.begin();
        const auto end = row + static_cast<std::ptrdiff_t>(first[item + 1]);
        return static_cast<std::uint32_t>(
            std::lower_bound(row + static_cast<std::ptrdiff_t>(first[item]), end, number) - row);
    }

    std::vector<std::size_t> first;   ///< per item and one more
    std::vector<std::uint32_t> to;    ///< per pair of the part
    std::vector<std::uint32_t> pair;  ///< per pair of the part: its number among all

  private:
    /// The cheapest pairs of each of some rows or columns and, until they are cut, at most as many others.
    struct Shelves {
        using Offer = std::pair<Pair, std::uint32_t>;

        Shelves(std::size_t shelves, std::size_t pairs)
            : limit(shelves, std::numeric_limits<Pair>::max()),
              count(pairs),
              held(shelves, 0),
              cheapest(2 * shelves * pairs) {}

        /// Of those that cost the same the first counts.
        void see(std::size_t shelf, Pair cost, std::uint32_t number) {
            if (cost >= limit[shelf] && held[shelf] >= count) return;
            cheapest[2 * count * shelf + held[shelf]] = {cost, number};
            if (++held[shelf] == 2 * count) cut(shelf);
        }
        void cut(std::size_t shelf) {
            if (held[shelf] <= count) return;
            const auto begin = cheapest.begin() + static_cast<std::ptrdiff_t>(2 * count * shelf);
            const auto last = begin + static_cast<std::ptrdiff_t>(count) - 1;
            std::nth_element(begin, last, begin + held[shelf]);
            limit[shelf] = last->first;
            held[shelf] = static_cast<std::uint32_t>(count);
        }

        std::vector<Pair> limit;  ///< what costs as much comes too late
        std::size_t count;
        std::vector<std::uint32_t> held;
        std::vector<Offer> cheapest;
    };

    /// Takes what is on a shelf, and clears it.
    void choose(Shelves& shelves, std::size_t shelf) {
        shelves.cut(shelf);
        const std::size_t begin = 2 * shelves.count * shelf;
        for (std::size_t n = begin; n < begin + shelves.held[shelf]; ++n)
            chosen_[shelves.cheapest[n].second] = 1;
        shelves.held[shelf] = 0;
        shelves.limit[shelf] = std::numeric_limits<Pair>::max();
    }

    std::size_t take_least(std::vector<std::pair<Number, std::uint32_t>>& pairs) {
        const std::size_t count = std::min(pairs.size(), sizes_.more);
        std::partial_sort(pairs.begin(), pairs.begin() + static_cast<std::ptrdiff_t>(count), pairs.end());
        for (std::size_t n = 0; n < count; ++n)
            chosen_[pairs[n].second] = 1;
        return count;
    }

    const NestedNetwork& network_;
    const Costs& costs_;
    NestedSiftSizes sizes_;
    Watch& watch_;
    VectorLevel level_;
    std::vector<std::uint8_t> chosen_;  ///< per pair
};

}  // namespace countyplan::detail
