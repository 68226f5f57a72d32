// Which random arcs does a seed stand for?
#pragma once

#include <cstddef>
#include <random>
#include <vector>

#include <countyplan/graph/csr.hpp>

namespace given {

/// A number below `bound`, the same with every standard library.
inline std::uint32_t below(std::mt19937& random, std::size_t bound) {
    return static_cast<std::uint32_t>(random() % bound);
}

/// `count` arcs with any tail and head, loops and parallel arcs included.
inline std::vector<countyplan::Arc> random_arcs(std::mt19937& random, std::size_t tails, std::size_t heads,
                                                std::size_t count) {
    std::vector<countyplan::Arc> arcs;
    for (std::size_t i = 0; tails > 0 && heads > 0 && i < count; ++i) {
        const auto tail = below(random, tails);
        arcs.push_back({tail, below(random, heads)});
    }
    return arcs;
}

}  // namespace given
