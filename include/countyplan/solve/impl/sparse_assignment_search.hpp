// One shortest augmenting path of a sparse assignment, from either side.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

#include <countyplan/solve/impl/sparse_assignment_sides.hpp>
#include <countyplan/solve/watch.hpp>

namespace countyplan::detail {

enum class SparseSearchEnd {
    augmented,  ///< the root is matched, or unmatched at its price
    shortage,   ///< the root and the mates of `reached()` must be matched and have too few partners
    overflow,   ///< the prices leave their range; nothing has changed
    stopped,    ///< nothing has changed
};

/// Searches from an unmatched member of one side, the bidder, whose price is below that of staying unmatched.
/// Prices obey `price[bidder] + price[object] <= cost`, with equality on matched pairs, before and after. The
/// path with the least sum of reduced costs ends in an unmatched object, or in a bidder who then stays
/// unmatched. Work and memory touched are those of the part it reaches.
template <class Price>
class SparseSearch {
  public:
    /// `limit(i)` is what bidder i costs when it stays unmatched, or `out_of_reach`.
    template <class Pairs, class Limit>
    SparseSearchEnd augment(std::uint32_t root, const Pairs& pairs, const Limit& limit, SparseSide<Price>& own,
                            SparseSide<Price>& other, Watch& watch) {
        begin(other.mate.size());
        const Price* const u = own.price.data();
        const Price* const v = other.price.data();
        const Price root_limit = limit(root);
        Price end = root_limit == out_of_reach<Price> ? root_limit : static_cast<Price>(root_limit - u[root]);
        std::uint32_t end_bidder = root, end_object = no_partner;
        std::uint32_t bidder = root;
        Price distance = 0;
        for (;;) {
            ++visits_;
            if (watch.spend(1 + static_cast<std::int64_t>(pairs.end(bidder) - pairs.begin(bidder)))) {
                return SparseSearchEnd::stopped;
            }
            const auto base = static_cast<Price>(distance - u[bidder]);
            const std::size_t last = pairs.end(bidder);
            for (std::size_t entry = pairs.begin(bidder); entry < last; ++entry) {
                const std::uint32_t object = pairs.other(entry);
                const auto reach = static_cast<Price>(pairs.cost(entry) - v[object] + base);
                if (reach >= end) continue;
                Label& label = label_[object];
                if (label.run == run_ && label.distance <= reach) continue;
                label = {reach, bidder, run_};
                const std::uint32_t mate = other.mate[object];
                if (mate == no_partner) {
                    end = reach;
                    end_object = object;
                } else {
                    pairs.prefetch_range(mate);
                    __builtin_prefetch(u + mate);
                    heap_.push_back({reach, object});
                    std::push_heap(heap_.begin(), heap_.end(), std::greater<>());
                }
            }
            if (!pop(end)) break;
            if (!heap_.empty()) pairs.prefetch_entries(other.mate[heap_.front().object]);
            if (popped_.distance > price_guard<Price>) return SparseSearchEnd::overflow;
            settled_.push_back(popped_.object);
            distance = popped_.distance;
            bidder = other.mate[popped_.object];
            const Price may_stop = limit(bidder);
            if (may_stop != out_of_reach<Price> && may_stop - u[bidder] < end - distance) {
                end = static_cast<Price>(may_stop - u[bidder] + distance);
                end_bidder = bidder;
                end_object = no_partner;
            }
        }
        if (end == out_of_reach<Price>) return SparseSearchEnd::shortage;
        gain_ = end;
        if (!shift(end, root, own.price, other.price, other.mate)) return SparseSearchEnd::overflow;
        apply(root, end_bidder, end_object, own, other);
        return SparseSearchEnd::augmented;
    }

    /// How much the sum of all prices has grown by the last augmentation.
    [[nodiscard]] Price gain() const { return gain_; }
    /// The objects reached by the search that ended in a shortage.
    [[nodiscard]] const std::vector<std::uint32_t>& reached() const { return settled_; }
    /// Bidders visited by all searches.
    [[nodiscard]] std::int64_t visits() const { return visits_; }

  private:
    struct Label {
        Price distance = 0;
        std::uint32_t from = no_partner;
        std::uint32_t run = 0;
    };
    struct Reach {
        Price distance;
        std::uint32_t object;
        friend bool operator>(const Reach& a, const Reach& b) {
            return a.distance != b.distance ? a.distance > b.distance : a.object > b.object;
        }
    };

    void begin(std::size_t objects) {
        heap_.clear();
        settled_.clear();
        label_.resize(objects);
        if (++run_ != 0) return;
        for (Label& label : label_)  // the marks have come round
            label.run = 0;
        run_ = 1;
    }

    /// The nearest object below `end` not yet settled, into `popped_`.
    bool pop(Price end) {
        while (!heap_.empty()) {
            popped_ = heap_.front();
            if (popped_.distance >= end) return false;
            std::pop_heap(heap_.begin(), heap_.end(), std::greater<>());
            heap_.pop_back();
            if (label_[popped_.object].distance == popped_.distance) return true;
        }
        return false;
    }

    /// Moves the prices of all settled; false if one would leave the guard, and then none has moved.
    bool shift(Price end, std::uint32_t root, std::vector<Price>& u, std::vector<Price>& v,
               const std::vector<std::uint32_t>& mate) {
        constexpr Price guard = price_guard<Price>;
        if (end > guard || u[root] > guard - end) return false;
        for (const std::uint32_t object : settled_) {
            const auto move = static_cast<Price>(end - label_[object].distance);
            if (v[object] < move - guard || u[mate[object]] > guard - move) return false;
        }
        u[root] = static_cast<Price>(u[root] + end);
        for (const std::uint32_t object : settled_) {
            const auto move = static_cast<Price>(end - label_[object].distance);
            v[object] = static_cast<Price>(v[object] - move);
            u[mate[object]] = static_cast<Price>(u[mate[object]] + move);
        }
        return true;
    }

    void apply(std::uint32_t root, std::uint32_t end_bidder, std::uint32_t object, SparseSide<Price>& own,
               SparseSide<Price>& other) {
        if (object == no_partner) {
            object = own.mate[end_bidder];
            own.mate[end_bidder] = no_partner;
            if (end_bidder == root) return;
        }
        for (;;) {
            const std::uint32_t bidder = label_[object].from;
            other.mate[object] = bidder;
            std::swap(object, own.mate[bidder]);
            if (bidder == root) return;
        }
    }

    std::vector<Label> label_;
    std::vector<Reach> heap_;
    std::vector<std::uint32_t> settled_;
    Reach popped_{};
    Price gain_ = 0;
    std::uint32_t run_ = 0;
    std::int64_t visits_ = 0;
};

}  // namespace countyplan::detail
