// Can every row have an allowed column of its own, and if not, which rows share too few?
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include <countyplan/solve/impl/assignment_search.hpp>

namespace countyplan::detail {

/// A largest matching on the allowed pairs of a table, by breadth-first search on one bit per pair.
template <class Cost, class Price>
class AllowedMatching {
  public:
    static constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();

    explicit AllowedMatching(const AssignmentTable<Cost>& table)
        : rows_(table.rows),
          words_((table.columns + 63) / 64),
          column_of_(table.rows, none),
          row_of_(table.columns, none) {}

    /// Ends `done` with a complete matching, `short_of` with `reached()`, or `stopped`.
    SearchEnd run(const AssignmentTable<Cost>& table, const AssignmentKernels<Cost, Price>& kernel, Watch& watch) {
        allowed_.resize(rows_ * words_);
        const std::vector<Price> unpriced(table.columns, 0);
        for (std::size_t i = 0; i < rows_; ++i) {
            kernel.mark_below(table.row(i), unpriced.data(), table.columns, no_price<Price>,
                              allowed_.data() + i * words_);
            if (watch.spend(static_cast<std::int64_t>(table.columns / 8 + 8))) return SearchEnd::stopped;
        }
        unseen_.assign(words_, ~std::uint64_t{0});  // at first: not yet matched
        std::vector<std::uint32_t> free;
        for (std::size_t i = 0; i < rows_; ++i) {
            const std::uint32_t j = first_unseen(i, i / 64 % words_);
            if (j == none) {
                free.push_back(static_cast<std::uint32_t>(i));
                continue;
            }
            see(j);
            column_of_[i] = j;
            row_of_[j] = static_cast<std::uint32_t>(i);
            if (watch.spend(static_cast<std::int64_t>(words_))) return SearchEnd::stopped;
        }
        by_.resize(table.columns);
        for (const std::uint32_t i : free) {
            const SearchEnd end = augment(i, watch);
            if (end != SearchEnd::done) return end;
        }
        return SearchEnd::done;
    }

    [[nodiscard]] const std::vector<std::uint32_t>& column_of() const { return column_of_; }
    /// Rows that together are allowed one column less than they are.
    [[nodiscard]] const std::vector<std::uint32_t>& reached() const { return reached_; }

  private:
    void see(std::uint32_t j) { unseen_[j / 64] &= ~(std::uint64_t{1} << (j % 64)); }

    /// An allowed column of row `i` not seen yet, searched from a word on.
    [[nodiscard]] std::uint32_t first_unseen(std::size_t i, std::size_t start) const {
        for (std::size_t k = 0; k < words_; ++k) {
            const std::size_t w = start + k < words_ ? start + k : start + k - words_;
            const std::uint64_t bits = allowed_[i * words_ + w] & unseen_[w];
            if (bits != 0)
                return static_cast<std::uint32_t>(w * 64) + static_cast<std::uint32_t>(__builtin_ctzll(bits));
        }
        return none;
    }

    SearchEnd augment(std::uint32_t start, Watch& watch) {
        unseen_.assign(words_, ~std::uint64_t{0});
        reached_.assign(1, start);
        for (std::size_t at = 0; at < reached_.size(); ++at) {
            const std::uint32_t i = reached_[at];
            if (watch.spend(static_cast<std::int64_t>(words_ + 8))) return SearchEnd::stopped;
            for (std::size_t w = 0; w < words_; ++w) {
                std::uint64_t bits = allowed_[i * words_ + w] & unseen_[w];
                unseen_[w] &= ~bits;
                for (; bits != 0; bits &= bits - 1) {
                    const auto j = static_cast<std::uint32_t>(w * 64 + static_cast<std::size_t>(__builtin_ctzll(bits)));
                    by_[j] = i;
                    if (row_of_[j] != none) {
                        reached_.push_back(row_of_[j]);
                        continue;
                    }
                    flip(start, j);
                    return SearchEnd::done;
                }
            }
        }
        return SearchEnd::short_of;
    }

    void flip(std::uint32_t start, std::uint32_t end) {
        for (std::uint32_t j = end;;) {
            const std::uint32_t i = by_[j];
            const std::uint32_t next = column_of_[i];
            column_of_[i] = j;
            row_of_[j] = i;
            if (i == start) return;
            j = next;
        }
    }

    std::size_t rows_, words_;
    std::vector<std::uint32_t> column_of_, row_of_, by_, reached_;
    std::vector<std::uint64_t> allowed_;  ///< `words_` per row
    std::vector<std::uint64_t> unseen_;   ///< one bit per column
};

}  // namespace countyplan::detail
