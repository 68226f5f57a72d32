// The shape of one table of team_columns' pricing, and the steps that fill it.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace countyplan::detail {

/// What a node of the search has settled about pairs and senders.
struct TeamSettled {
    enum : std::uint8_t { open, no, yes };
    std::vector<std::uint8_t> pair = {};    ///< per pair: `no` where it must not be chosen
    std::vector<std::uint8_t> expert = {};  ///< per expert: `yes` where one of their open pairs must be chosen
    std::vector<std::uint8_t> sender = {};  ///< per school and place among the school's senders
};

/// Whole numbers in doubles: sums stay below 2^53, so they are exact, and minima of them are fast.
inline constexpr double no_team = 1e300;

/// A pair in a school's table.
struct TeamEntry {
    std::uint32_t pair;
    std::uint32_t post;  ///< among the school's
    std::size_t offset;  ///< how far the pair leads in the table of its block
};

/// The table of some of a school's posts: a digit per post, then one per counter, then one for senders.
struct TeamBlock {
    std::uint32_t first, last;  ///< posts of the school
    std::size_t cells = 1;
    std::vector<std::size_t> stride = {}, size = {};  ///< per digit
    std::size_t sender_stride = 0;                    ///< 0 if senders are not counted
    std::vector<double> ending = {};                  ///< per cell, at scale 1; no_team where not allowed

    void add_digit(std::size_t values) {
        stride.push_back(cells);
        size.push_back(values);
        cells *= values;
    }

    /// `to[x + offset]` becomes at most `from[x] + weight` for every cell whose post has room. Goes down in the post's
    /// digit, so that `to` may be `from`.
    void push(const TeamEntry& entry, double weight, const double* from, double* to) const {
        const std::size_t digit = entry.post - first;
        const std::size_t step = stride[digit], values = size[digit];
        const std::size_t end = cells - entry.offset;  // beyond it the table ends
        for (std::size_t d = values - 1; d-- > 0;) {
            for (std::size_t base = d * step; base < end; base += step * values) {
                const std::size_t stop = std::min(base + step, end);
                for (std::size_t x = base; x < stop; ++x) {
                    const double value = from[x] + weight;
                    to[x + entry.offset] = value < to[x + entry.offset] ? value : to[x + entry.offset];
                }
            }
        }
    }

    /// The cells after paying for a sender, with nobody of them yet.
    void enter(const double* level, double charge, std::vector<double>& to) const {
        to.assign(cells, no_team);
        for (std::size_t x = 0; x + sender_stride < cells; ++x)
            to[x + sender_stride] = level[x] + charge;
    }
};

}  // namespace countyplan::detail
