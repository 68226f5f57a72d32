// Augmenting row reduction: each bidder takes its best object and lowers that object's price.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include <countyplan/solve/impl/sparse_assignment_sides.hpp>
#include <countyplan/solve/watch.hpp>

namespace countyplan::detail {

/// A bidder's two least reduced costs; staying unmatched counts as an object that nobody else wants.
template <class Price>
struct Bid {
    Price best = out_of_reach<Price>;
    Price second = out_of_reach<Price>;
    std::uint32_t object = no_partner;         ///< none: stay unmatched, or there is nothing to choose
    std::uint32_t second_object = no_partner;  ///< likewise
};

template <class Price, class Cost>
Bid<Price> best_bid(const SparsePairs<Cost>& bidders, std::uint32_t bidder, const Price* price) {
    Bid<Price> bid;
    bid.best = bidders.unmatched.template limit<Price>(bidder);
    const std::size_t last = bidders.last[bidder];
    for (std::size_t entry = bidders.first[bidder]; entry < last; ++entry) {
        const std::uint32_t object = bidders.other[entry];
        const auto reduced = static_cast<Price>(static_cast<Price>(bidders.cost[entry]) - price[object]);
        if (reduced >= bid.second) continue;
        if (reduced < bid.best) {
            bid.second = bid.best;
            bid.second_object = bid.object;
            bid.best = reduced;
            bid.object = object;
        } else {
            bid.second = reduced;
            bid.second_object = object;
        }
    }
    return bid;
}

/// Lets every bidder bid, those displaced at once as long as `patience` bids per bidder and round last, for
/// `rounds` rounds. `free` names the bidders at first, and afterwards those still without what they want,
/// each with a price that obeys every pair. False if a price leaves the guard or if stopped.
template <class Price, class Cost>
bool reduce_rows(const SparsePairs<Cost>& bidders, SparseSide<Price>& own, SparseSide<Price>& other,
                 std::vector<std::uint32_t>& free, int rounds, std::size_t patience, Watch& watch,
                 std::int64_t& steps) {
    std::vector<std::uint32_t> later;
    for (int round = 0; round < rounds && !free.empty(); ++round) {
        later.clear();
        std::size_t budget = free.size() * patience;
        for (const std::uint32_t starter : free) {
            std::uint32_t bidder = starter;
            for (;;) {
                ++steps;
                if (watch.spend(1 + static_cast<std::int64_t>(bidders.last[bidder] - bidders.first[bidder]))) {
                    return false;
                }
                const Bid<Price> bid = best_bid(bidders, bidder, other.price.data());
                if (bid.object == no_partner) {
                    own.price[bidder] = bid.best;
                    if (bid.best == out_of_reach<Price>) {  // nothing to choose, so any price obeys
                        own.price[bidder] = 0;
                        later.push_back(bidder);
                    }
                    break;
                }
                own.price[bidder] = bid.best;
                std::uint32_t object = bid.object;
                const bool lowers = bid.second != out_of_reach<Price> && bid.best < bid.second;
                if (lowers) {
                    const auto price = static_cast<Price>(other.price[object] - (bid.second - bid.best));
                    if (price < -price_guard<Price>) return false;
                    other.price[object] = price;
                    own.price[bidder] = bid.second;
                } else if (other.mate[object] != no_partner) {
                    // a tie, or the only choice: prefer one that is still there
                    if (bid.second != bid.best || other.mate[bid.second_object] != no_partner) {
                        later.push_back(bidder);
                        break;
                    }
                    object = bid.second_object;
                }
                const std::uint32_t displaced = other.mate[object];
                own.mate[bidder] = object;
                other.mate[object] = bidder;
                if (displaced == no_partner) break;
                own.mate[displaced] = no_partner;
                if (!lowers || budget == 0) {
                    later.push_back(displaced);
                    break;
                }
                --budget;
                bidder = displaced;
            }
        }
        free.swap(later);
    }
    return true;
}

}  // namespace countyplan::detail
