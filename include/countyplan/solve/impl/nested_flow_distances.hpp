// How far is each group from the nearest deficit, and what are its units worth when all have moved up by that?
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include <countyplan/solve/impl/nested_flow_costs.hpp>
#include <countyplan/solve/impl/nested_flow_network.hpp>
#include <countyplan/solve/impl/nested_flow_paths.hpp>
#include <countyplan/solve/watch.hpp>

namespace countyplan::detail {

/// One search backwards from all deficits at once, with a queue of buckets. The length of an arc is its reduced
/// cost and the slack, in whole units, rounded down. Values that fall by as many units as their distance
/// leave every reduced cost at `-slack_` or more and open a way from each excess; those that were not reached when
/// the last excess was fall as far as that one.
template <class Costs>
class NestedDistances : public NestedPaths<Costs> {
    using Paths = NestedPaths<Costs>;
    using Pair = typename Costs::Pair;

  protected:
    using Paths::choice_;
    using Paths::costs_;
    using Paths::excess_;
    using Paths::network_;
    using Paths::slack_;
    using Paths::steps_;
    using Paths::total_;
    using Paths::value_;
    using Paths::watch_;

  public:
    using Number = typename Costs::Number;
    static constexpr std::uint32_t none = NestedNetwork::none;

    using Paths::Paths;

  protected:
    enum class Fall { done, far, unreachable, too_deep, stopped };

    /// The slack is a unit or none.
    void set_slack(int bits, bool any) {
        bits_ = bits;
        slack_ = any ? Number{1} << bits : Number{};
    }

    /// Lists the pairs of each right group and the items of each left one; false if stopped.
    bool list_ways_in() {
        first_in_.assign(std::size_t{network_.nodes} + 1, 0);
        for (std::uint32_t i = 0; i < network_.items(); ++i) {
            ++first_in_[network_.left_of(i) + 1];
            for (std::size_t k = network_.first[i]; k < network_.first[i + 1]; ++k)
                ++first_in_[network_.right_of(k) + 1];
            if (watch_.spend(static_cast<std::int64_t>(network_.first[i + 1] - network_.first[i]))) return false;
        }
        for (std::uint32_t v = 0; v < network_.nodes; ++v)
            first_in_[v + 1] += first_in_[v];
        in_.resize(first_in_.back());
        std::vector<std::size_t> at(first_in_.begin(), first_in_.end() - 1);
        for (std::uint32_t i = 0; i < network_.items(); ++i) {
            in_[at[network_.left_of(i)]++] = {i, Pair{}};
            for (std::size_t k = network_.first[i]; k < network_.first[i + 1]; ++k)
                in_[at[network_.right_of(k)]++] = {i, costs_.pairs()[k]};
            if (watch_.spend(4 * static_cast<std::int64_t>(network_.first[i + 1] - network_.first[i]))) return false;
        }
        place_.resize(network_.items());
        distance_in_units_.resize(network_.nodes);
        after_.resize(network_.nodes);
        before_.resize(network_.nodes);
        return true;
    }

    /// Changes nothing if an excess cannot reach a deficit (then `stuck_` is one) or if a value would fall below
    /// `lowest`.
    /// Ends `far` if there is an excess that is farther than was looked: the same in larger units helps.
    Fall fall_by_distance(const Number& lowest, int coarser = 0) {
        unit_bits_ = std::min(bits_ + coarser, static_cast<int>(8 * sizeof(Number)) - 24);
        for (std::uint32_t i = 0; i < network_.items(); ++i) {
            const std::uint32_t now = choice_.pair(i);
            const std::uint32_t v = choice_.node(i);
            place_[i] = {value_[v] + slack_ - (now == none ? Number{} : costs_.pair(now)), v};
        }
        bucket_.assign(1, none);
        cut_off_ = false;
        std::size_t awaited = 0;
        Number least{};
        for (std::uint32_t v = 0; v < network_.nodes; ++v) {
            least = std::min(least, value_[v]);
            distance_in_units_[v] = unseen;
            if (excess_[v] > 0) ++awaited;
            if (excess_[v] < 0) enter(v, 0);
        }
        std::int32_t reach = 0;
        for (std::int32_t d = 0; awaited > 0 && static_cast<std::size_t>(d) < bucket_.size(); ++d) {
            while (bucket_[static_cast<std::size_t>(d)] != none) {
                const std::uint32_t v = bucket_[static_cast<std::size_t>(d)];
                leave(v);
                if (after_[v] != none) fetch_ways_in(after_[v]);
                reach = d;
                ++steps_;
                if (excess_[v] > 0) --awaited;
                const std::int64_t work = expand_backwards(v);
                this->work_ += work;
                if (watch_.spend(work)) return Fall::stopped;
            }
        }
        if (awaited > 0 && !cut_off_) {
            stuck_ = 0;
            while (excess_[stuck_] <= 0 || distance_in_units_[stuck_] != unseen)
                ++stuck_;
            return Fall::unreachable;
        }
        if (awaited > 0) reach = farthest;
        if (least - (Number{reach + 1} << unit_bits_) < lowest) return Fall::too_deep;
        for (std::uint32_t v = 0; v < network_.nodes; ++v)
            value_[v] -= Number{std::min(distance_in_units_[v], reach + 1)} << unit_bits_;
        return awaited > 0 ? Fall::far : Fall::done;
    }

    std::uint32_t stuck_ = 0;

    struct WayIn {
        std::uint32_t item;
        Pair cost;  ///< not scaled; 0 to a left group
    };
    struct Place {
        Number worth;  ///< of the item where it stands, and the slack
        std::uint32_t node;
    };

    std::vector<std::size_t> first_in_;  ///< per node
    std::vector<WayIn> in_;
    std::vector<Place> place_;  ///< per item

  private:
    static constexpr std::int32_t farthest = 1 << 16;  ///< no larger distance is looked at
    static constexpr std::int32_t unseen = std::numeric_limits<std::int32_t>::max();

    void enter(std::uint32_t v, std::int32_t distance) {
        const auto place = static_cast<std::size_t>(distance);
        if (place >= bucket_.size()) bucket_.resize(place + 1, none);
        distance_in_units_[v] = distance;
        before_[v] = none;
        after_[v] = bucket_[place];
        if (after_[v] != none) before_[after_[v]] = v;
        bucket_[place] = v;
    }

    void leave(std::uint32_t v) {
        const std::uint32_t after = after_[v];
        if (before_[v] == none) {
            bucket_[static_cast<std::size_t>(distance_in_units_[v])] = after;
        } else {
            after_[before_[v]] = after;
        }
        if (after != none) before_[after] = before_[v];
    }

    /// `length` is not rounded; nodes that are done have no larger distance than `base`.
    void approach(std::uint32_t v, std::int32_t base, const Number& length) {
        const std::int32_t old = distance_in_units_[v];
        const Number units = length >> unit_bits_;
        if (old <= base) return;
        if (units >= (old == unseen ? farthest + 1 : old) - base) {
            cut_off_ = cut_off_ || old == unseen;
            return;
        }
        const std::int32_t distance = base + std::max(static_cast<std::int32_t>(units), 0);
        if (old != unseen) leave(v);
        enter(v, distance);
    }

    /// Asks for what will be looked at soon.
    void fetch_ways_in(std::uint32_t w) const {
        constexpr std::size_t line = std::max<std::size_t>(64 / sizeof(WayIn), 1);
        for (std::size_t k = first_in_[w]; k < first_in_[w + 1]; k += line)
            __builtin_prefetch(&in_[k]);
    }

    /// Looks at the residual arcs that end in `w`; returns how much work it was.
    std::int64_t expand_backwards(std::uint32_t w) {
        const std::int32_t base = distance_in_units_[w];
        if (w != NestedNetwork::home) {
            if (network_.is_left(w)) {
                if (total_[w] < network_.upper[w]) approach(network_.parent[w], base, this->rise(w));
            } else if (total_[w] > network_.lower[w]) {
                approach(network_.parent[w], base, this->fall(w));
            }
        }
        for (const std::uint32_t c : network_.children(w)) {
            if (distance_in_units_[c] <= base) continue;
            if (network_.is_left(c)) {
                if (total_[c] > network_.lower[c]) approach(c, base, this->fall(c));
            } else if (total_[c] < network_.upper[c]) {
                approach(c, base, this->rise(c));
            }
        }
        const Number unit = Number{1} << costs_.shift();
        const Number here = value_[w];
        const Place* const places = place_.data();
        const WayIn* const last = in_.data() + first_in_[w + 1];
        for (const WayIn* way = in_.data() + first_in_[w]; way != last; ++way) {
            const Place& place = places[way->item];
            approach(place.node, base, place.worth + static_cast<Number>(way->cost) * unit - here);
        }
        return 4 + static_cast<std::int64_t>(network_.children(w).size() + first_in_[w + 1] - first_in_[w]);
    }

    std::vector<std::int32_t> distance_in_units_;  ///< per node
    std::vector<std::uint32_t> bucket_;            ///< per distance: the first of its nodes
    std::vector<std::uint32_t> after_;             ///< per node: the next of the same distance
    std::vector<std::uint32_t> before_;
    int bits_ = 0;
    int unit_bits_ = 0;
    bool cut_off_ = false;  ///< whether a distance was too large to be looked at
};

}  // namespace countyplan::detail
