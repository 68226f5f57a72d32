// Pairs of one side that can be changed one at a time.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace countyplan::detail {

/// For each member a list of others with costs, all lists in one pool. A list that outgrows its place moves to
/// the end of the pool, into twice the room; the pool is packed anew when more than half of it lies idle.
class PairLists {
  public:
    [[nodiscard]] std::size_t members() const { return place_.size(); }
    [[nodiscard]] std::size_t begin(std::size_t i) const { return place_[i].first; }
    [[nodiscard]] std::size_t end(std::size_t i) const { return place_[i].first + place_[i].count; }
    [[nodiscard]] std::uint32_t other(std::size_t entry) const { return pool_[entry].other; }
    [[nodiscard]] std::int64_t cost(std::size_t entry) const { return pool_[entry].cost; }
    void prefetch_range(std::size_t i) const { __builtin_prefetch(place_.data() + i); }
    void prefetch_entries(std::size_t i) const { __builtin_prefetch(pool_.data() + place_[i].first); }
    void set_cost(std::size_t entry, std::int64_t cost) { pool_[entry].cost = cost; }

    /// The entry of a pair, or `end(i)`.
    [[nodiscard]] std::size_t find(std::size_t i, std::uint32_t other) const {
        std::size_t entry = begin(i);
        while (entry < end(i) && pool_[entry].other != other)
            ++entry;
        return entry;
    }

    /// A new member with room for `room` pairs.
    void add_member(std::size_t room) {
        place_.push_back({pool_.size(), 0, room});
        pool_.resize(pool_.size() + room);
    }

    void add(std::size_t i, std::uint32_t other, std::int64_t cost) {
        if (place_[i].count == place_[i].room) grow(i);
        pool_[end(i)] = {other, cost};
        ++place_[i].count;
    }

    /// The order of the list may change.
    void remove(std::size_t i, std::size_t entry) {
        pool_[entry] = pool_[end(i) - 1];
        --place_[i].count;
    }

    void clear(std::size_t i) { place_[i].count = 0; }

  private:
    struct Pair {
        std::uint32_t other = 0;
        std::int64_t cost = 0;
    };
    struct Place {
        std::size_t first = 0, count = 0, room = 0;
    };

    void grow(std::size_t i) {
        const std::size_t room = std::max<std::size_t>(4, 2 * place_[i].room);
        idle_ += place_[i].room;
        const std::size_t first = pool_.size();
        pool_.resize(first + room);
        std::copy_n(pool_.begin() + static_cast<std::ptrdiff_t>(place_[i].first), place_[i].count,
                    pool_.begin() + static_cast<std::ptrdiff_t>(first));
        place_[i].first = first;
        place_[i].room = room;
        if (idle_ > pool_.size() / 2 && idle_ > 1024) pack();
    }

    void pack() {
        std::vector<Pair> packed;
        packed.reserve(pool_.size() - idle_);
        for (Place& place : place_) {
            const auto from = pool_.begin() + static_cast<std::ptrdiff_t>(place.first);
            place.first = packed.size();
            packed.insert(packed.end(), from, from + static_cast<std::ptrdiff_t>(place.count));
            packed.resize(place.first + place.room);
        }
        pool_ = std::move(packed);
        idle_ = 0;
    }

    std::vector<Place> place_;
    std::vector<Pair> pool_;
    std::size_t idle_ = 0;
};

}  // namespace countyplan::detail
