// Shortest augmenting paths of a sparse assignment, from either side.
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
    shortage,   ///< `reached()` and the root must be matched and have too few partners
    overflow,   ///< the prices need a wider type
    stopped,    ///< nothing has changed
};

/// Searches from unmatched members of one side, the bidders, whose price is below that of staying
/// unmatched. Prices obey `price[bidder] + price[object] <= cost`, with equality on matched pairs, before
/// and after. The path with the least sum of reduced costs ends in an unmatched object, or in a bidder who
/// then stays unmatched. Ties go to the lower number.
template <class Price, class Cost>
class SparseSearch {
  public:
    /// `objects` is the number of objects.
    explicit SparseSearch(std::size_t objects) : label_(objects, Label{}) {}

    /// `bidders` with their pairs; `own` and `other` are the state of both sides.
    SparseSearchEnd augment(std::uint32_t root, const SparsePairs<Cost>& bidders, SparseSide<Price>& own,
                            SparseSide<Price>& other, Watch& watch) {
        begin();
        Price* const u = own.price.data();
        Price* const v = other.price.data();
        const Price limit = bidders.unmatched.template limit<Price>(root);
        Price end = limit == out_of_reach<Price> ? limit : static_cast<Price>(limit - u[root]);
        std::uint32_t end_bidder = root, end_object = no_partner;
        std::uint32_t bidder = root;
        Price distance = 0;
        for (;;) {
            ++visits_;
            const std::size_t last = bidders.last[bidder];
            const std::size_t first = bidders.first[bidder];
            if (watch.spend(1 + static_cast<std::int64_t>(last - first))) {
                forget();
                return SparseSearchEnd::stopped;
            }
            const auto base = static_cast<Price>(distance - u[bidder]);
            for (std::size_t entry = first; entry < last; ++entry) {
                const std::uint32_t object = bidders.other[entry];
                const auto reach = static_cast<Price>(static_cast<Price>(bidders.cost[entry]) - v[object] + base);
                if (reach >= end) continue;
                Label& label = label_[object];
                if (label.run == run_ && label.distance <= reach) continue;
                label = {reach, bidder, run_};
                if (other.mate[object] == no_partner) {
                    end = reach;
                    end_object = object;
                } else {
                    push(reach, object);
                }
            }
            if (!pop(end)) break;
            const auto [at, object] = popped_;
            if (at > price_guard<Price>) {
                forget();
                return SparseSearchEnd::overflow;
            }
            settled_.push_back(object);
            distance = at;
            bidder = other.mate[object];
            const Price may_stop = bidders.unmatched.template limit<Price>(bidder);
            if (may_stop != out_of_reach<Price> && may_stop - u[bidder] < end - distance) {
                end = static_cast<Price>(may_stop - u[bidder] + distance);
                end_bidder = bidder;
                end_object = no_partner;
            }
        }
        if (end == out_of_reach<Price>) return SparseSearchEnd::shortage;
        if (end > price_guard<Price> || !shift(end, root, u, v, other.mate)) return SparseSearchEnd::overflow;
        apply(root, end_bidder, end_object, own, other);
        forget();
        return SparseSearchEnd::augmented;
    }

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

    void begin() {
        forget();
        if (++run_ == 0) {  // the marks have wrapped
            for (Label& label : label_)
                label.run = 0;
            run_ = 1;
        }
    }

    void forget() {
        heap_.clear();
        settled_.clear();
    }

    void push(Price distance, std::uint32_t object) {
        heap_.push_back({distance, object});
        std::push_heap(heap_.begin(), heap_.end(), std::greater<>());
    }

    /// The nearest object below `end` not yet settled, into `popped_`.
    bool pop(Price end) {
        while (!heap_.empty()) {
            popped_ = heap_.front();
            if (popped_.distance >= end) return false;
            std::pop_heap(heap_.begin(), heap_.end(), std::greater<>());
            heap_.pop_back();
            Label& label = label_[popped_.object];
            if (label.distance == popped_.distance) return true;
        }
        return false;
    }

    /// Moves the prices of all settled; false if one would leave the guard, and then none has moved.
    bool shift(Price end, std::uint32_t root, Price* u, Price* v, const std::vector<std::uint32_t>& mate) {
        constexpr Price guard = price_guard<Price>;
        if (u[root] > guard - end) return false;
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
            const std::uint32_t before = own.mate[bidder];
            own.mate[bidder] = object;
            other.mate[object] = bidder;
            if (bidder == root) return;
            object = before;
        }
    }

    std::vector<Label> label_;
    std::vector<Reach> heap_;
    std::vector<std::uint32_t> settled_;
    Reach popped_{};
    std::uint32_t run_ = 0;
    std::int64_t visits_ = 0;
};

}  // namespace countyplan::detail
