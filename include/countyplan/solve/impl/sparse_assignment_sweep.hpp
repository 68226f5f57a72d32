// Shortest augmenting paths from all unmatched bidders at once, in one sweep of growing distance.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <type_traits>
#include <utility>
#include <vector>

#include <countyplan/solve/impl/sparse_assignment_sides.hpp>
#include <countyplan/solve/watch.hpp>

namespace countyplan::detail {

/// A queue whose least key never falls below one that was taken out. Ahuja, Mehlhorn, Orlin & Tarjan,
/// Journal of the ACM 37 (1990).
template <class Price>
class RadixQueue {
  public:
    struct Item {
        Price key;
        std::uint32_t name;
    };

    void push(Price key, std::uint32_t name) { level_[level(key)].push_back({key, name}); }

    /// False if empty; else an item of the least key.
    bool pop(Item& item) {
        if (level_[0].empty() && !refill()) return false;
        item = level_[0].back();
        level_[0].pop_back();
        return true;
    }

  private:
    using Bits = std::make_unsigned_t<Price>;

    [[nodiscard]] std::size_t level(Price key) const {
        return static_cast<std::size_t>(std::bit_width(static_cast<Bits>(static_cast<Bits>(key) ^ last_)));
    }

    bool refill() {
        std::size_t from = 1;
        while (from < level_.size() && level_[from].empty())
            ++from;
        if (from == level_.size()) return false;
        Price least = level_[from].front().key;
        for (const Item& item : level_[from])
            least = std::min(least, item.key);
        last_ = static_cast<Bits>(least);
        spill_.clear();
        spill_.swap(level_[from]);
        for (const Item& item : spill_)
            level_[level(item.key)].push_back(item);
        return true;
    }

    Bits last_ = 0;
    std::array<std::vector<Item>, std::numeric_limits<Bits>::digits + 1> level_;
    std::vector<Item> spill_;
};

enum class SweepEnd {
    done,      ///< no bidder is left without what it wants
    shortage,  ///< `stuck()` must be matched and have too few partners
    overflow,  ///< the prices need a wider type
    stopped,   ///< the prices are right, the matching is partial
};

/// Grows a tree of alternating shortest paths from every unmatched bidder, all at the same distance. When one
/// meets an unmatched object, or a bidder who may as well stay unmatched, it augments and dissolves; what it
/// held is open to the others. Prices obey `price[bidder] + price[object] <= cost` before and after, with
/// equality on matched pairs, and an object's price changes only once it is matched.
template <class Price, class Cost, class OwnPairs, class OtherPairs>
class SparseSweep {
  public:
    SparseSweep(const OwnPairs& own_pairs, const OtherPairs& other_pairs, const UnmatchedPrices<Cost>& unmatched,
                SparseSide<Price>& own, SparseSide<Price>& other)
        : own_pairs_(own_pairs),
          other_pairs_(other_pairs),
          unmatched_(unmatched),
          own_(own),
          other_(other),
          root_price_(own.mate.size(), outside),
          tree_(own.mate.size()),
          next_(own.mate.size()),
          offer_(other.mate.size()) {}

    /// `roots` are unmatched and want to be matched.
    SweepEnd run(const std::vector<std::uint32_t>& roots, Watch& watch, std::int64_t& steps) {
        members_.resize(roots.size());
        for (std::uint32_t tree = 0; tree < roots.size(); ++tree) {
            members_[tree] = no_partner;
            join(roots[tree], tree, 0);
        }
        for (const std::uint32_t root : roots) {
            make_offers(root);
            ++steps;
            if (watch.spend(cost_of_visit(root)) || watch.exhausted(steps)) return SweepEnd::stopped;
        }
        typename RadixQueue<Price>::Item item{};
        std::size_t left = roots.size();
        while (left > 0 && queue_.pop(item)) {
            const auto objects = static_cast<std::uint32_t>(offer_.size());
            std::uint32_t last_bidder = no_partner, last_object = no_partner;
            if (item.name >= objects) {
                last_bidder = item.name - objects;
                if (!is_inside(last_bidder) || stop_time(last_bidder) != item.key) continue;
            } else {
                const std::uint32_t object = item.name;
                Offer& offer = offer_[object];
                const std::uint32_t mate = other_.mate[object];
                if (offer.time != item.key || (mate != no_partner && is_inside(mate))) continue;
                if (root_price_[offer.from] != offer.root_price) {  // its bidder's tree has dissolved
                    find_offer(object);
                    if (watch.spend(cost_of_search(object))) return SweepEnd::stopped;
                    continue;
                }
                if (mate != no_partner) {
                    if (item.key > price_guard<Price>) return SweepEnd::overflow;
                    join(mate, tree_[offer.from], item.key);
                    make_offers(mate);
                    ++steps;
                    if (watch.spend(cost_of_visit(mate)) || watch.exhausted(steps)) return SweepEnd::stopped;
                    watch.report([&] { return Tick{.steps = steps}; });
                    continue;
                }
                last_object = object;
            }
            if (item.key > price_guard<Price>) return SweepEnd::overflow;
            --left;
            const std::uint32_t tree = tree_[last_bidder != no_partner ? last_bidder : offer_[last_object].from];
            if (!settle_prices(tree, item.key)) return SweepEnd::overflow;
            augment(last_bidder, last_object);
            if (dissolve(tree, watch)) return SweepEnd::stopped;
        }
        return left == 0 ? SweepEnd::done : SweepEnd::shortage;
    }

    /// After a shortage: all bidders in trees.
    [[nodiscard]] std::vector<std::uint32_t> stuck() const {
        std::vector<std::uint32_t> found;
        for (std::uint32_t bidder = 0; bidder < root_price_.size(); ++bidder) {
            if (is_inside(bidder)) found.push_back(bidder);
        }
        return found;
    }

  private:
    static constexpr Price outside = std::numeric_limits<Price>::min();

    /// The earliest known time at which an object joins a tree, and through whom.
    struct Offer {
        Price time = out_of_reach<Price>;
        std::uint32_t from = no_partner;
        Price root_price = outside;
    };

    [[nodiscard]] bool is_inside(std::uint32_t bidder) const { return root_price_[bidder] != outside; }

    [[nodiscard]] std::int64_t cost_of_visit(std::uint32_t bidder) const {
        return 2 + static_cast<std::int64_t>(own_pairs_.end(bidder) - own_pairs_.begin(bidder));
    }
    [[nodiscard]] std::int64_t cost_of_search(std::uint32_t object) const {
        return 2 + static_cast<std::int64_t>(other_pairs_.end(object) - other_pairs_.begin(object));
    }

    /// When a bidder inside a tree may as well stay unmatched; `out_of_reach` if it must not.
    [[nodiscard]] Price stop_time(std::uint32_t bidder) const {
        const Price limit = unmatched_.template limit<Price>(bidder);
        return limit == out_of_reach<Price> ? limit : static_cast<Price>(limit - root_price_[bidder]);
    }

    void join(std::uint32_t bidder, std::uint32_t tree, Price time) {
        root_price_[bidder] = static_cast<Price>(own_.price[bidder] - time);
        tree_[bidder] = tree;
        next_[bidder] = members_[tree];
        members_[tree] = bidder;
        const Price stop = stop_time(bidder);
        if (stop != out_of_reach<Price>) queue_.push(stop, static_cast<std::uint32_t>(offer_.size()) + bidder);
    }

    void make_offers(std::uint32_t bidder) {
        const Price root_price = root_price_[bidder];
        const std::size_t end = own_pairs_.end(bidder);
        for (std::size_t entry = own_pairs_.begin(bidder); entry < end; ++entry) {
            const std::uint32_t object = own_pairs_.other(entry);
            const auto time = static_cast<Price>(own_pairs_.cost(entry) - other_.price[object] - root_price);
            Offer& offer = offer_[object];
            if (time >= offer.time) continue;
            offer = {time, bidder, root_price};
            queue_.push(time, object);
        }
    }

    void find_offer(std::uint32_t object) {
        Offer best;
        const std::size_t end = other_pairs_.end(object);
        const Price price = other_.price[object];
        for (std::size_t entry = other_pairs_.begin(object); entry < end; ++entry) {
            const std::uint32_t bidder = other_pairs_.other(entry);
            const Price root_price = root_price_[bidder];
            if (root_price == outside) continue;
            const auto time = static_cast<Price>(other_pairs_.cost(entry) - price - root_price);
            if (time < best.time) best = {time, bidder, root_price};
        }
        offer_[object] = best;
        if (best.from != no_partner) queue_.push(best.time, object);
    }

    /// Brings the prices of a tree up to `time`.
    bool settle_prices(std::uint32_t tree, Price time) {
        constexpr Price guard = price_guard<Price>;
        bool fits = true;
        for (std::uint32_t bidder = members_[tree]; bidder != no_partner; bidder = next_[bidder]) {
            const auto joined = static_cast<Price>(own_.price[bidder] - root_price_[bidder]);
            const auto move = static_cast<Price>(time - joined);
            own_.price[bidder] = static_cast<Price>(own_.price[bidder] + move);
            fits = fits && own_.price[bidder] <= guard;
            const std::uint32_t mate = own_.mate[bidder];
            if (mate == no_partner) continue;  // the root
            other_.price[mate] = static_cast<Price>(other_.price[mate] - move);
            fits = fits && other_.price[mate] >= -guard;
        }
        return fits;
    }

    /// Swaps the pairs along the path that ends in `bidder`, who stays unmatched, or else in `object`.
    void augment(std::uint32_t bidder, std::uint32_t object) {
        if (bidder != no_partner) {
            object = own_.mate[bidder];
            own_.mate[bidder] = no_partner;
        }
        while (object != no_partner) {
            const std::uint32_t from = offer_[object].from;
            other_.mate[object] = from;
            std::swap(object, own_.mate[from]);
        }
    }

    /// Lets the others have what a tree held. True if stopped.
    bool dissolve(std::uint32_t tree, Watch& watch) {
        for (std::uint32_t bidder = members_[tree]; bidder != no_partner; bidder = next_[bidder])
            root_price_[bidder] = outside;
        for (std::uint32_t bidder = members_[tree]; bidder != no_partner; bidder = next_[bidder]) {
            const std::uint32_t mate = own_.mate[bidder];
            if (mate == no_partner) continue;
            find_offer(mate);
            if (watch.spend(cost_of_search(mate))) return true;
        }
        return false;
    }

    const OwnPairs& own_pairs_;
    const OtherPairs& other_pairs_;
    const UnmatchedPrices<Cost>& unmatched_;
    SparseSide<Price>& own_;
    SparseSide<Price>& other_;
    RadixQueue<Price> queue_;
    std::vector<Price> root_price_;       ///< per bidder: its price less the time at which it joined a tree
    std::vector<std::uint32_t> tree_;     ///< per bidder inside a tree
    std::vector<std::uint32_t> next_;     ///< per bidder: the next of its tree
    std::vector<std::uint32_t> members_;  ///< per tree: the last to join
    std::vector<Offer> offer_;            ///< per object
};

}  // namespace countyplan::detail
