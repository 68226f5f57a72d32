// How does a solve go through a long list and still see a stop in time?
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include <countyplan/solve/watch.hpp>

namespace countyplan::detail {

/// Calls `visit(begin, end)` for stretches of 0 … count-1, each item some units of work; false if stopped.
template <class Visit>
bool in_stretches(std::size_t count, std::int64_t work, Watch& watch, const Visit& visit) {
    constexpr std::size_t stretch = 1 << 11;
    for (std::size_t begin = 0; begin < count; begin += stretch) {
        const std::size_t end = std::min(count, begin + stretch);
        visit(begin, end);
        if (watch.spend(work * static_cast<std::int64_t>(end - begin))) return false;
    }
    return true;
}

/// Makes `list` `count` entries long, the new ones as one is made; false if stopped before.
template <class T>
bool lengthen(std::vector<T>& list, std::size_t count, Watch& watch) {
    list.reserve(count);
    return in_stretches(count, static_cast<std::int64_t>(sizeof(T) / 8 + 1), watch,
                        [&list](std::size_t /*begin*/, std::size_t end) { list.resize(end); });
}

}  // namespace countyplan::detail
