// Which of the facts about one thing is the last that counted on a day?
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <tuple>
#include <vector>

#include <countyplan/separate.hpp>
#include <countyplan/track/ledger.hpp>

namespace countyplan {

namespace detail {

constexpr std::int32_t never_recorded = std::numeric_limits<std::int32_t>::max();

}  // namespace detail

/// Behind the last position of the range whose fact holds by `valid`.
COUNTYPLAN_INLINE std::uint32_t Ledger::last_valid(const std::vector<Entry>& shelf, Range range, std::int32_t valid) {
    for (std::uint32_t tried = 0; tried < few && range.first < range.last; ++tried, --range.last) {
        if (shelf[range.last - 1].valid <= valid) return range.last;
    }
    const auto end = std::upper_bound(shelf.begin() + range.first, shelf.begin() + range.last, valid,
                                      [](std::int32_t day, const Entry& entry) { return day < entry.valid; });
    return static_cast<std::uint32_t>(end - shelf.begin());
}

/// The minimum tree: node i covers nodes 2 i and 2 i + 1, the leaves are the recording days.
COUNTYPLAN_INLINE void Ledger::plant() {
    const std::size_t leaves = std::bit_ceil(std::max<std::size_t>(lasting_.size(), 1));
    earliest_.assign(2 * leaves, detail::never_recorded);
    for (std::size_t i = 0; i < lasting_.size(); ++i)
        earliest_[leaves + i] = lasting_[i].recorded;
    for (std::size_t i = leaves; i-- > 1;)
        earliest_[i] = std::min(earliest_[2 * i], earliest_[2 * i + 1]);
}

/// One version of a set of positions per day on which it changes; versions share what is equal
/// (Driscoll, Sarnak, Sleator & Tarjan 1989). Node 0 is empty, node 1 a leaf in the set.
COUNTYPLAN_INLINE void Ledger::grow() {
    nodes_.assign(2, Node{});
    std::vector<std::tuple<std::int32_t, std::size_t, bool>> events;
    for (std::size_t i = 0; i < retracted_.size(); ++i) {
        events.emplace_back(retracted_[i].recorded, i, true);
        events.emplace_back(ends_[i], i, false);
    }
    std::ranges::sort(events);
    const int height = static_cast<int>(std::countr_zero(std::bit_ceil(std::max<std::size_t>(retracted_.size(), 1))));
    std::uint32_t root = 0;
    std::vector<std::uint32_t> way;
    for (const auto& [day, position, enters] : events) {
        way.clear();
        std::uint32_t at = root;
        for (int level = height; level-- > 0;) {
            way.push_back(at);
            at = (position >> level & 1) != 0 ? nodes_[at].right : nodes_[at].left;
        }
        std::uint32_t below = enters ? 1 : 0;
        for (int level = 0; level < height; ++level) {
            Node node = nodes_[way[way.size() - 1 - static_cast<std::size_t>(level)]];
            ((position >> level & 1) != 0 ? node.right : node.left) = below;
            below = 0;
            if (node.left != 0 || node.right != 0) {
                below = static_cast<std::uint32_t>(nodes_.size());
                nodes_.push_back(node);
            }
        }
        root = below;
        if (version_day_.empty() || version_day_.back() != day) {
            version_day_.push_back(day);
            version_root_.push_back(root);
        }
        version_root_.back() = root;
    }
}

/// The last position of the range whose fact holds and was recorded by then; `range.last` if there is none.
COUNTYPLAN_INLINE std::uint32_t Ledger::last_lasting(Range range, AsOf as_of) const {
    const std::int32_t valid = as_of.valid.number();
    const std::int32_t recorded = as_of.recorded.number();
    const std::uint32_t none = range.last;
    range.last = last_valid(lasting_, range, valid);
    for (std::uint32_t tried = 0; tried < few && range.first < range.last; ++tried, --range.last) {
        if (lasting_[range.last - 1].recorded <= recorded) return range.last - 1;
    }
    if (range.first == range.last) return none;
    const std::size_t leaves = earliest_.size() / 2;
    std::size_t at = leaves + range.last;  // one that was tried; what is wanted lies to its left
    while (at > 1 && ((at & 1) == 0 || earliest_[at - 1] > recorded))
        at >>= 1;
    if (at <= 1) return none;
    --at;
    while (at < leaves)
        at = earliest_[2 * at + 1] <= recorded ? 2 * at + 1 : 2 * at;
    return at - leaves >= range.first ? static_cast<std::uint32_t>(at - leaves) : none;
}

/// The same among the facts that were retracted later.
COUNTYPLAN_INLINE std::uint32_t Ledger::last_retracted(Range range, AsOf as_of) const {
    const std::int32_t valid = as_of.valid.number();
    const std::int32_t recorded = as_of.recorded.number();
    const std::uint32_t none = range.last;
    range.last = last_valid(retracted_, range, valid);
    for (std::uint32_t tried = 0; tried < few && range.first < range.last; ++tried, --range.last) {
        const std::uint32_t at = range.last - 1;
        if (retracted_[at].recorded <= recorded && recorded < ends_[at]) return at;
    }
    if (range.first == range.last) return none;
    const auto edition = std::ranges::upper_bound(version_day_, recorded) - version_day_.begin();
    if (edition == 0) return none;
    const int height = static_cast<int>(std::countr_zero(std::bit_ceil(std::max<std::size_t>(retracted_.size(), 1))));
    const std::size_t upto = range.last - 1;
    std::uint32_t node = version_root_[static_cast<std::size_t>(edition) - 1];
    std::uint32_t other = 0;  // the nearest non-empty subtree to the left of the way down
    int other_level = 0;
    std::size_t other_prefix = 0;
    std::size_t prefix = 0;
    for (int level = height; node != 0 && level-- > 0;) {
        const bool right = (upto >> level & 1) != 0;
        if (right && nodes_[node].left != 0) {
            other = nodes_[node].left;
            other_level = level;
            other_prefix = prefix * 2;
        }
        prefix = prefix * 2 + (right ? 1 : 0);
        node = right ? nodes_[node].right : nodes_[node].left;
    }
    std::size_t found = upto;
    if (node == 0) {
        if (other == 0) return none;
        found = other_prefix;
        for (int level = other_level; level-- > 0;) {
            const bool right = nodes_[other].right != 0;
            found = found * 2 + (right ? 1 : 0);
            other = right ? nodes_[other].right : nodes_[other].left;
        }
    }
    return found >= range.first ? static_cast<std::uint32_t>(found) : none;
}

}  // namespace countyplan
