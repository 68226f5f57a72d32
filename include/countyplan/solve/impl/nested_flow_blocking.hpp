// Which excesses meet a deficit along arcs that cost nothing? Many short ways at once.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include <countyplan/solve/impl/nested_flow_backward.hpp>
#include <countyplan/solve/impl/nested_flow_network.hpp>
#include <countyplan/solve/watch.hpp>

namespace countyplan::detail {

/// Sends what there is too much along admissible arcs, depth first, no group twice in vain; an arc is admissible
/// if its reduced cost is below 0, or 0 where there is no slack.
template <class Costs>
class NestedBlocking : public NestedBackward<Costs> {
    using Distances = NestedBackward<Costs>;

  protected:
    using Distances::by_;
    using Distances::choice_;
    using Distances::costs_;
    using Distances::excess_;
    using Distances::network_;
    using Distances::slack_;
    using Distances::steps_;
    using Distances::total_;
    using Distances::value_;
    using Distances::watch_;
    using typename Distances::Fall;

  public:
    using Number = typename Costs::Number;
    using typename Distances::End;
    static constexpr std::uint32_t none = NestedNetwork::none;

    using Distances::Distances;

  protected:
    static constexpr Number lowest = -(Number{1} << (8 * sizeof(Number) - 4));

    /// Routes every excess: many at once while there are many, unless `at_once` is false, then one by one; what
    /// takes too long in one way is tried in the other, for twice as long each time.
    End clear(bool at_once = true) {
        const auto size = static_cast<std::int64_t>(network_.to.size() + network_.nodes);
        const std::int64_t few = 64 + static_cast<std::int64_t>(network_.to.size() / 20'000);
        is_deep_ = false;
        End end = at_once ? clear_at_once(few, endless) : End::optimal;
        for (std::int64_t budget = 64 * size; end == End::optimal && this->excess_units() > 0; budget *= 2) {
            end = this->route_from_either_end(is_deep_ ? endless : budget);
            if (end == End::optimal && !is_deep_) end = clear_at_once(0, budget);
        }
        return end;
    }

  private:
    static constexpr std::int64_t endless = std::int64_t{1} << 60;

    /// Until `few` units are left or the work exceeds `budget`.
    End clear_at_once(std::int64_t few, std::int64_t budget) {
        constexpr int zoom = 12;
        int coarser = 0;
        budget += this->work_;
        while (this->excess_units() > few && this->work_ <= budget) {
            if (watch_.exhausted(steps_)) return End::stopped;
            watch_.report([this] { return Tick{.steps = steps_}; });
            const Fall fall = this->fall_by_distance(lowest, coarser);
            if (fall == Fall::stopped) return End::stopped;
            is_deep_ = fall == Fall::too_deep;
            if (is_deep_) break;
            if (fall == Fall::unreachable) {
                this->search(this->stuck_);
                return watch_.stopped() ? End::stopped : End::infeasible;
            }
            if (coarser == 0 && !block()) return End::stopped;
            coarser = fall == Fall::far ? coarser + zoom : std::max(coarser - zoom, 0);
        }
        return End::optimal;
    }

    /// False if stopped.
    bool block() {
        seen_.assign(network_.nodes, false);
        stage_.assign(network_.nodes, 0);
        item_.assign(network_.nodes, none);
        pair_.assign(network_.nodes, 0);
        for (std::uint32_t v = 0; v < network_.nodes; ++v) {
            while (excess_[v] > 0 && send_from(v)) {
            }
            if (watch_.stopped()) return false;
        }
        return true;
    }

    /// Whether a way was found.
    bool send_from(std::uint32_t root) {
        way_.assign(1, root);
        seen_[root] = true;
        while (!way_.empty()) {
            const std::uint32_t v = way_.back();
            if (excess_[v] < 0) {
                send_along();
                for (const std::uint32_t w : way_)
                    seen_[w] = false;
                return true;
            }
            const std::uint32_t w = next_from(v);
            if (watch_.stopped()) return false;
            if (w == none) {
                way_.pop_back();
            } else {
                seen_[w] = true;
                way_.push_back(w);
            }
        }
        return false;
    }

    [[nodiscard]] bool admissible(const Number& reduced) const {
        return slack_ == Number{} ? reduced <= Number{} : reduced < slack_;
    }

    /// An unseen node along an admissible arc from `v`, noted in `by_`; none if there is no other.
    std::uint32_t next_from(std::uint32_t v) {
        const auto children = network_.children(v);
        std::uint32_t& stage = stage_[v];
        for (; stage <= children.size(); ++stage) {
            if (stage == 0 && v == NestedNetwork::home) continue;
            const std::uint32_t arc = stage == 0 ? v : children[stage - 1];
            const std::uint32_t w = stage == 0 ? network_.parent[v] : arc;
            watch_.spend(1);
            if (seen_[w]) continue;
            const bool adds = network_.is_left(arc) == (stage != 0);
            if (adds ? total_[arc] >= network_.upper[arc] : total_[arc] <= network_.lower[arc]) continue;
            if (!admissible(adds ? this->rise(arc) : this->fall(arc))) continue;
            by_[w] = {v, none, none};
            return w;
        }
        if (stage == children.size() + 1) {
            ++stage;
            item_[v] = choice_.head(v);
            if (item_[v] != none) pair_[v] = network_.first[item_[v]];
        }
        for (; item_[v] != none; to_next_item(v)) {
            const std::uint32_t item = item_[v];
            const std::uint32_t now = choice_.pair(item);
            const Number worth = value_[v] + slack_ - (now == none ? Number{} : costs_.pair(now));
            const std::uint32_t group = network_.left_of(item);
            if (now != none && !seen_[group] && admissible(worth - value_[group])) {
                by_[group] = {v, item, none};
                return group;
            }
            const std::size_t last = network_.first[item + 1];
            watch_.spend(1 + static_cast<std::int64_t>(last - pair_[v]));
            for (std::size_t& k = pair_[v]; k < last; ++k) {
                const std::uint32_t w = network_.right_of(k);
                if (seen_[w] || !admissible(worth + costs_.pair(k) - value_[w])) continue;
                by_[w] = {v, item, static_cast<std::uint32_t>(k)};
                return w;
            }
        }
        return none;
    }

    void to_next_item(std::uint32_t v) {
        item_[v] = choice_.next(item_[v]);
        if (item_[v] != none) pair_[v] = network_.first[item_[v]];
    }

    void send_along() {
        steps_ += static_cast<std::int64_t>(way_.size());
        std::int64_t amount = std::min(excess_[way_.front()], -excess_[way_.back()]);
        for (std::size_t n = 1; n < way_.size(); ++n)
            amount = std::min<std::int64_t>(amount, this->room_of(by_[way_[n]], way_[n]));
        excess_[way_.front()] -= amount;
        excess_[way_.back()] += amount;
        for (std::size_t n = 1; n < way_.size(); ++n) {
            const auto step = by_[way_[n]];
            if (step.item != none) to_next_item(step.from);
            this->take(step, way_[n], amount);
        }
    }

    bool is_deep_ = false;              ///< no room for values to fall by distance
    std::vector<bool> seen_;            ///< on the way, or no use
    std::vector<std::uint32_t> stage_;  ///< per node: 0 its own arc, then its children, then its items
    std::vector<std::uint32_t> item_;   ///< per node: the item to look at next
    std::vector<std::size_t> pair_;     ///< per node: that item's pair to look at next
    std::vector<std::uint32_t> way_;
};

}  // namespace countyplan::detail
