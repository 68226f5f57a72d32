// The state of a sparse assignment as each of its two sides sees it, and the transposed list of pairs.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

#include <countyplan/solve/proof/sparse_assignment.hpp>
#include <countyplan/solve/watch.hpp>

namespace countyplan::detail {

inline constexpr std::uint32_t no_partner = SparseAssignmentResult::unmatched;

/// Larger than every distance and price of a search; sums of two prices and a cost stay in range.
template <class Price>
inline constexpr Price out_of_reach = std::numeric_limits<Price>::max();

/// Prices and distances stay within this in size, or the search gives up for a wider type.
template <class Price>
inline constexpr Price price_guard = static_cast<Price>(Price{1} << (8 * sizeof(Price) - 3));

/// What each member of a side costs when it stays unmatched.
template <class Cost>
struct UnmatchedPrices {
    const Cost* price = nullptr;  ///< null: all must be matched
    bool each = false;            ///< else one for all

    /// `out_of_reach` where it must not stay so.
    template <class Price>
    [[nodiscard]] Price limit(std::size_t i) const {
        if (price == nullptr) return out_of_reach<Price>;
        const Cost found = price[each ? i : 0];
        if (found == BasicSparseAssignmentProblem<Cost>::must_match) return out_of_reach<Price>;
        return static_cast<Price>(found);
    }
};

/// The pairs of one side, member by member: entries `first[i] … last[i] - 1`.
template <class Cost>
struct SparsePairs {
    std::size_t members = 0;
    const std::size_t* first = nullptr;
    const std::size_t* last = nullptr;
    const std::uint32_t* other = nullptr;
    const Cost* cost = nullptr;
    UnmatchedPrices<Cost> unmatched = {};
};

/// One side's own numbers.
template <class Price>
struct SparseSide {
    std::vector<Price> price;
    std::vector<std::uint32_t> mate;
};

/// Pairs column by column; rows ascend within a column.
template <class Cost>
struct TransposedPairs {
    std::vector<std::size_t> first;
    std::vector<std::uint32_t> row;
    std::vector<Cost> cost;

    /// Check `watch.stopped()` afterwards.
    TransposedPairs(const BasicSparseAssignmentProblem<Cost>& problem, Watch& watch)
        : first(problem.columns + 1, 0), row(problem.column.size()), cost(problem.column.size()) {
        constexpr std::size_t chunk = std::size_t{1} << 16;
        const std::size_t entries = problem.column.size();
        for (std::size_t from = 0; from < entries; from += chunk) {
            const std::size_t to = std::min(entries, from + chunk);
            for (std::size_t entry = from; entry < to; ++entry)
                ++first[problem.column[entry] + 1];
            if (watch.spend(static_cast<std::int64_t>(to - from))) return;
        }
        for (std::size_t column = 0; column < problem.columns; ++column)
            first[column + 1] += first[column];
        std::vector<std::size_t> next(first.begin(), first.end() - 1);
        for (std::size_t r = 0; r < problem.rows; ++r) {
            for (std::size_t entry = problem.first[r]; entry < problem.first[r + 1]; ++entry) {
                const std::size_t to = next[problem.column[entry]]++;
                row[to] = static_cast<std::uint32_t>(r);
                cost[to] = problem.cost[entry];
            }
            if (watch.spend(1 + static_cast<std::int64_t>(problem.first[r + 1] - problem.first[r]))) return;
        }
    }
};

}  // namespace countyplan::detail
