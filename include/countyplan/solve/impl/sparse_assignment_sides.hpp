// The pairs of a sparse assignment as each of its two sides sees them, and the state of a side.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <vector>

#include <countyplan/solve/proof/sparse_assignment.hpp>
#include <countyplan/solve/watch.hpp>

namespace countyplan::detail {

inline constexpr std::uint32_t no_partner = SparseAssignmentResult::unmatched;

/// Larger than every price and distance.
template <class Price>
inline constexpr Price out_of_reach = std::numeric_limits<Price>::max();

/// Prices and distances stay within this in size, so that sums of three of them and two costs fit.
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

/// One side's own numbers.
template <class Price>
struct SparseSide {
    std::vector<Price> price;
    std::vector<std::uint32_t> mate;
};

/// The pairs of the rows, as the problem lists them.
template <class Price, class Cost>
class ListedPairs {
  public:
    explicit ListedPairs(const BasicSparseAssignmentProblem<Cost>& problem)
        : first_(problem.first.data()), other_(problem.column.data()), cost_(problem.cost.data()) {}

    [[nodiscard]] std::size_t begin(std::size_t i) const { return first_[i]; }
    [[nodiscard]] std::size_t end(std::size_t i) const { return first_[i + 1]; }
    [[nodiscard]] std::uint32_t other(std::size_t entry) const { return other_[entry]; }
    [[nodiscard]] Price cost(std::size_t entry) const { return static_cast<Price>(cost_[entry]); }
    void prefetch_range(std::size_t i) const { __builtin_prefetch(first_ + i); }
    void prefetch_entries(std::size_t i) const {
        for (std::size_t entry = begin(i); entry < end(i); entry += 16) {
            __builtin_prefetch(other_ + entry);
            __builtin_prefetch(cost_ + entry);
        }
    }

  private:
    const std::size_t* first_;
    const std::uint32_t* other_;
    const Cost* cost_;
};

/// The pairs of the columns, rows ascending within each. Built in two passes over blocks of columns, so that
/// every write goes to memory that is at hand.
template <class Price>
class TransposedPairs {
  public:
    /// Check `watch.stopped()` afterwards.
    template <class Cost>
    TransposedPairs(const BasicSparseAssignmentProblem<Cost>& problem, Watch& watch) {
        const std::size_t columns = problem.columns;
        const std::size_t entries = problem.column.size();
        unsigned shift = 0;
        while (shift < 16 && (columns >> shift) > 255)
            ++shift;
        const std::size_t blocks = (columns >> shift) + 1;
        first_.resize(columns + 1);
        pair_ = std::make_unique_for_overwrite<Pair[]>(entries);
        std::vector<std::uint32_t> begin(blocks + 1, 0);
        for (std::size_t entry = 0; entry < entries; ++entry) {
            ++begin[(problem.column[entry] >> shift) + 1];
            if (entry % Watch::grain == 0 && watch.spend(Watch::grain)) return;
        }
        for (std::size_t block = 0; block < blocks; ++block)
            begin[block + 1] += begin[block];
        const auto within = std::make_unique_for_overwrite<std::uint16_t[]>(entries);  // column less its block's first
        const std::uint32_t mask = (std::uint32_t{1} << shift) - 1;
        std::vector<std::uint32_t> next = begin;
        for (std::size_t row = 0; row < problem.rows; ++row) {
            const std::size_t last = problem.first[row + 1];
            for (std::size_t entry = problem.first[row]; entry < last; ++entry) {
                const std::uint32_t column = problem.column[entry];
                const std::uint32_t to = next[column >> shift]++;
                pair_[to] = {static_cast<std::uint32_t>(row), static_cast<Price>(problem.cost[entry])};
                within[to] = static_cast<std::uint16_t>(column & mask);
            }
            if (watch.spend(1 + static_cast<std::int64_t>(last - problem.first[row]))) return;
        }
        std::vector<Pair> block_pairs;
        std::vector<std::uint32_t> place(std::size_t{1} << shift);
        for (std::size_t block = 0; block < blocks; ++block) {
            const std::uint32_t from = begin[block], to = begin[block + 1];
            std::fill(place.begin(), place.end(), 0);
            for (std::uint32_t k = from; k < to; ++k)
                ++place[within[k]];
            std::uint32_t sum = from;
            for (std::size_t c = 0; c < place.size(); ++c) {
                const std::size_t column = (block << shift) + c;
                const std::uint32_t count = place[c];
                place[c] = sum;
                if (column <= columns) first_[column] = sum;
                sum += count;
            }
            block_pairs.assign(pair_.get() + from, pair_.get() + to);
            for (std::uint32_t k = from; k < to; ++k)
                pair_[place[within[k]]++] = block_pairs[k - from];
            if (watch.spend(static_cast<std::int64_t>(to - from))) return;
        }
        first_[columns] = static_cast<std::uint32_t>(entries);
    }

    [[nodiscard]] std::size_t begin(std::size_t i) const { return first_[i]; }
    [[nodiscard]] std::size_t end(std::size_t i) const { return first_[i + 1]; }
    [[nodiscard]] std::uint32_t other(std::size_t entry) const { return pair_[entry].row; }
    [[nodiscard]] Price cost(std::size_t entry) const { return pair_[entry].cost; }
    void prefetch_range(std::size_t i) const { __builtin_prefetch(first_.data() + i); }
    void prefetch_entries(std::size_t i) const {
        for (std::size_t entry = begin(i); entry < end(i); entry += 64 / sizeof(Pair))
            __builtin_prefetch(pair_.get() + entry);
    }

  private:
    struct Pair {
        std::uint32_t row;
        Price cost;
    };

    std::vector<std::uint32_t> first_;
    std::unique_ptr<Pair[]> pair_;
};

}  // namespace countyplan::detail
