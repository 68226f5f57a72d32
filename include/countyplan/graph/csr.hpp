// Which entries belong to each row, when the rows lie back to back in one array?
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include <countyplan/error.hpp>

namespace countyplan {

/// The position of a node in its graph: 0, 1, 2 …
using NodeIndex = std::uint32_t;
/// The position of an arc in the list its graph was made from: 0, 1, 2 …
using ArcIndex = std::uint32_t;

/// Refers to no node; a graph has at most this many nodes, and as many arcs.
inline constexpr NodeIndex no_node = std::numeric_limits<NodeIndex>::max();

/// An arrow from `tail` to `head`.
struct Arc {
    NodeIndex tail = no_node;
    NodeIndex head = no_node;

    friend constexpr bool operator==(const Arc&, const Arc&) = default;
};

/// Anything read row by row, each row a contiguous stretch of indices.
template <class Rows>
concept RowTable = std::regular<Rows> && requires(const Rows& rows, std::size_t row) {
    { rows.size() } -> std::same_as<std::size_t>;
    { rows[row] } -> std::same_as<std::span<const std::uint32_t>>;
};

/// Rows of indices in one array (compressed sparse rows). A regular value; default-constructed it
/// has no rows. Memory: 4 bytes for each row and each entry.
class CompressedRows {
  public:
    CompressedRows() = default;

    /// Groups the positions 0 … count-1: row `key(i)` lists `i`, ascending within the row; a position
    /// whose key is `no_node` is in no row. Every other key must be below `rows`, and `rows` and
    /// `count` at most `no_node`. O(rows + count), two calls of `key` for each position.
    template <std::invocable<std::uint32_t> Key>
    [[nodiscard]] static CompressedRows group(std::size_t rows, std::size_t count, Key key) {
        COUNTYPLAN_EXPECT(rows <= no_node && count <= no_node, "too many rows or entries");
        CompressedRows out;
        out.first_.assign(rows + 1, 0);
        for (std::uint32_t i = 0; i < count; ++i) {
            const std::uint32_t row = key(i);
            COUNTYPLAN_EXPECT(row < rows || row == no_node, "key out of range");
            if (row != no_node) ++out.first_[row + std::size_t{1}];
        }
        for (std::size_t row = 0; row < rows; ++row)
            out.first_[row + 1] += out.first_[row];
        out.entries_.resize(out.first_.back());
        // Fills each row through its own start, which then points at the next row's; shifted back below.
        for (std::uint32_t i = 0; i < count; ++i) {
            const std::uint32_t row = key(i);
            if (row != no_node) out.entries_[out.first_[row]++] = i;
        }
        for (std::size_t row = rows; row > 0; --row)
            out.first_[row] = out.first_[row - 1];
        out.first_[0] = 0;
        return out;
    }

    /// The number of rows.
    [[nodiscard]] std::size_t size() const { return first_.empty() ? 0 : first_.size() - 1; }
    /// The entries of one row; valid as long as the table. `row` must be below `size()`.
    [[nodiscard]] std::span<const std::uint32_t> operator[](std::size_t row) const {
        COUNTYPLAN_EXPECT(row < size(), "row out of range");
        return std::span(entries_).subspan(first_[row], first_[row + 1] - first_[row]);
    }
    /// All rows one after another.
    [[nodiscard]] std::span<const std::uint32_t> entries() const { return entries_; }

    /// The row's stretch of another array that runs parallel to `entries()`.
    template <class T>
    [[nodiscard]] std::span<const T> along(const std::vector<T>& parallel, std::size_t row) const {
        COUNTYPLAN_EXPECT(row < size() && parallel.size() == entries_.size(), "row out of range");
        return std::span(parallel).subspan(first_[row], first_[row + 1] - first_[row]);
    }

    friend bool operator==(const CompressedRows&, const CompressedRows&) = default;

  private:
    std::vector<std::uint32_t> first_;  ///< where each row starts, and the end of the last
    std::vector<std::uint32_t> entries_;
};

static_assert(RowTable<CompressedRows>);

}  // namespace countyplan
