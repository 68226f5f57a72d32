// Which prices does a dense table suggest when only every third row and column of it is solved?
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include <countyplan/solve/impl/assignment_auction.hpp>

namespace countyplan::detail {

/// Prices for a square table without forbidden pairs where costs follow a pattern: those of a ninth of
/// it, found the same way, extended to all columns by the prices of the rows in it. Feasible with them, so
/// near the best ones where neighbours in the pattern are alike. Reads two thirds of the table.
template <class Cost, class Price>
SearchEnd coarse_prices(const AssignmentTable<Cost>& table, const AssignmentKernels<Cost, Price>& kernel, Price spread,
                        Watch& watch, std::int64_t& steps, std::vector<Price>& price) {
    constexpr std::size_t stride = 3, smallest = 200;
    const std::size_t side = (table.rows + stride - 1) / stride;
    std::vector<Cost> part(side * side);
    for (std::size_t i = 0; i < side; ++i) {
        const Cost* row = table.row(i * stride);
        for (std::size_t j = 0; j < side; ++j)
            part[i * side + j] = row[j * stride];
        if (watch.spend(static_cast<std::int64_t>(side))) return SearchEnd::stopped;
    }
    AssignmentSearch<Cost, Price> s({part.data(), side, side}, kernel, watch);
    s.spread = spread;
    s.steps = steps;
    Price step = spread / 8;
    FirstLooks<Price> first;
    SearchEnd end = SearchEnd::done;
    if (side > smallest) {
        end = coarse_prices(s.table, kernel, spread, watch, s.steps, s.price);
        if (end == SearchEnd::done) end = first_looks(s, first);
        step = first.reach / 2;
    }
    if (end == SearchEnd::done) end = auction(s, std::max<Price>(1, step), std::max<Price>(1, step / 64), s.no_limit);
    steps = s.steps;
    if (end != SearchEnd::done) return end;
    price.assign(table.columns, no_price<Price>);
    for (std::size_t i = 0; i < side; ++i) {
        const Price own = s.best_two(i).first;
        kernel.lower_prices(table.row(i * stride), table.columns, own, price.data());
        if (watch.spend(static_cast<std::int64_t>(table.columns / 8 + 64))) return SearchEnd::stopped;
    }
    const auto [low, high] = std::minmax_element(price.begin(), price.end());
    const Price least = *low, most = *high;
    if (most - least >= PriceRange<Price>::reach / 2) return SearchEnd::out_of_range;
    for (Price& one : price)
        one = static_cast<Price>(one - most);  // all alike: nothing changes
    return SearchEnd::done;
}

}  // namespace countyplan::detail
