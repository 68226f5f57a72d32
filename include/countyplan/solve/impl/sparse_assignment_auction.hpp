// Bids: each bidder takes its best object and lowers that object's price until its second choice is as good.
#pragma once

#include <cstddef>
#include <cstdint>
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

template <class Price, class Pairs>
Bid<Price> best_bid(const Pairs& pairs, std::uint32_t bidder, Price limit, const Price* price) {
    Bid<Price> bid;
    bid.best = limit;
    const std::size_t end = pairs.end(bidder);
    for (std::size_t entry = pairs.begin(bidder); entry < end; ++entry) {
        const std::uint32_t object = pairs.other(entry);
        const auto reduced = static_cast<Price>(pairs.cost(entry) - price[object]);
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

/// What one auction may spend.
template <class Price>
struct AuctionTerms {
    Price increment = 0;    ///< how far a bid goes beyond indifference; 0 keeps prices exact
    Price only_choice = 1;  ///< how far a bid goes where there is no second choice
    std::size_t leave = 0;  ///< ends when no more bidders than this are left
    std::size_t bids = 0;   ///< at most about so many
};

/// Lets the `free` bidders bid in rounds, those displaced in the next one; afterwards `free` names those left.
/// With increment 0 every pair's prices stay at or below its cost, equal where chosen, and a bidder that is
/// left has such a price too. Rounds let memory be fetched ahead, which a chain of displacements would not.
template <class Price, class Cost, class Pairs>
void hold_auction(const Pairs& pairs, const UnmatchedPrices<Cost>& unmatched, const AuctionTerms<Price>& terms,
                  SparseSide<Price>& own, SparseSide<Price>& other, std::vector<std::uint32_t>& free, Watch& watch,
                  std::int64_t& steps) {
    constexpr std::size_t far = 16, near = 8, at_hand = 3;
    std::vector<std::uint32_t> displaced, tied;
    Price* const price = other.price.data();
    std::size_t bids = 0;
    while (free.size() > terms.leave && bids < terms.bids && !watch.stopped()) {
        displaced.clear();
        const std::size_t count = free.size();
        bids += count;
        for (std::size_t k = 0; k < count; ++k) {
            if (k + far < count) pairs.prefetch_range(free[k + far]);
            if (k + near < count) pairs.prefetch_entries(free[k + near]);
            if (k + at_hand < count) {
                const std::uint32_t soon = free[k + at_hand];
                const std::size_t end = pairs.end(soon);
                for (std::size_t entry = pairs.begin(soon); entry < end; ++entry)
                    __builtin_prefetch(price + pairs.other(entry));
            }
            const std::uint32_t bidder = free[k];
            if (watch.spend(1 + static_cast<std::int64_t>(pairs.end(bidder) - pairs.begin(bidder))) ||
                watch.exhausted(steps)) {
                tied.insert(tied.end(), free.begin() + static_cast<std::ptrdiff_t>(k), free.end());
                break;
            }
            ++steps;
            const Price limit = unmatched.template limit<Price>(bidder);
            const Bid<Price> bid = best_bid(pairs, bidder, limit, price);
            if (bid.object == no_partner) {
                own.price[bidder] = bid.best;
                if (bid.best == out_of_reach<Price>) {  // nothing to choose, so any price obeys
                    own.price[bidder] = 0;
                    tied.push_back(bidder);
                }
                continue;
            }
            own.price[bidder] = bid.best;
            std::uint32_t object = bid.object;
            const bool only = bid.second == out_of_reach<Price>;
            const auto drop = static_cast<Price>(only ? terms.only_choice : bid.second - bid.best + terms.increment);
            if (drop > 0) {
                if (price[object] < drop - price_guard<Price>) {
                    tied.push_back(bidder);
                    continue;
                }
                price[object] = static_cast<Price>(price[object] - drop);
                own.price[bidder] = static_cast<Price>(bid.best + drop);
            } else if (other.mate[object] != no_partner) {
                if (bid.second_object == no_partner || other.mate[bid.second_object] != no_partner) {
                    tied.push_back(bidder);
                    continue;
                }
                object = bid.second_object;
            }
            const std::uint32_t before = other.mate[object];
            own.mate[bidder] = object;
            other.mate[object] = bidder;
            if (before == no_partner) continue;
            own.mate[before] = no_partner;
            displaced.push_back(before);
        }
        free.swap(displaced);
        watch.report([&] { return Tick{.steps = steps}; });
    }
    free.insert(free.end(), tied.begin(), tied.end());
}

/// Gives every bidder the highest price that its pairs allow, and parts those from their object whose pair
/// then costs more than `slack` above its prices; afterwards `free` names the bidders without a choice.
template <class Price, class Cost, class Pairs>
void part_beyond(const Pairs& pairs, const UnmatchedPrices<Cost>& unmatched, Price slack, SparseSide<Price>& own,
                 SparseSide<Price>& other, std::vector<std::uint32_t>& free, Watch& watch) {
    free.clear();
    for (std::uint32_t bidder = 0; bidder < own.mate.size(); ++bidder) {
        const std::size_t end = pairs.end(bidder);
        const std::uint32_t mate = own.mate[bidder];
        const Price limit = unmatched.template limit<Price>(bidder);
        Price best = limit;
        Price kept = out_of_reach<Price>;
        for (std::size_t entry = pairs.begin(bidder); entry < end; ++entry) {
            const std::uint32_t object = pairs.other(entry);
            const auto reduced = static_cast<Price>(pairs.cost(entry) - other.price[object]);
            if (reduced < best) best = reduced;
            if (object == mate && reduced < kept) kept = reduced;
        }
        if (best == out_of_reach<Price>) best = 0;  // nothing to choose
        own.price[bidder] = best;
        if (mate == no_partner) {
            if (limit > best) free.push_back(bidder);
        } else if (kept > best + slack) {
            own.mate[bidder] = no_partner;
            other.mate[mate] = no_partner;
            free.push_back(bidder);
        }
        if (watch.spend(1 + static_cast<std::int64_t>(end - pairs.begin(bidder)))) return;
    }
}

}  // namespace countyplan::detail
