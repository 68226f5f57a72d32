// What must be looked at again, in the order of positions; and the greatest of many values that change.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

#include <countyplan/graph/csr.hpp>
#include <countyplan/track/critical_path.hpp>
#include <countyplan/track/impl/critical_path_network.hpp>

namespace countyplan {

namespace detail {

/// A set of positions that gives out its first or its last one: a bit for each, and above every 64 of them one
/// that says whether any is set.
class PositionQueue {
  public:
    /// Makes room for the positions below `count`. Only while it is empty.
    void reserve(std::size_t count) {
        std::size_t words = (count + 63) / 64;
        for (std::size_t level = 0;; ++level) {
            if (level == levels_.size()) levels_.emplace_back();
            if (levels_[level].size() < words) levels_[level].resize(words, 0);
            if (words <= 1) return;
            words = (words + 63) / 64;
        }
    }
    [[nodiscard]] bool empty() const {
        return levels_.empty() || levels_.back().empty() || levels_.back().front() == 0;
    }
    void insert(std::uint32_t position) {
        std::size_t at = position;
        for (auto& level : levels_) {
            std::uint64_t& word = level[at / 64];
            const bool was_empty = word == 0;
            word |= std::uint64_t{1} << (at % 64);
            if (!was_empty) return;
            at /= 64;
        }
    }
    std::uint32_t pop_first() {
        return pop([](std::uint64_t word) { return static_cast<std::size_t>(std::countr_zero(word)); });
    }
    std::uint32_t pop_last() {
        return pop(
            [](std::uint64_t word) { return std::size_t{63} - static_cast<std::size_t>(std::countl_zero(word)); });
    }

  private:
    template <class Pick>
    std::uint32_t pop(Pick pick) {
        std::size_t at = 0;
        for (std::size_t level = levels_.size(); level-- > 0;)
            at = at * 64 + pick(levels_[level][at]);
        std::size_t left = at;
        for (auto& level : levels_) {
            std::uint64_t& word = level[left / 64];
            word &= ~(std::uint64_t{1} << (left % 64));
            if (word != 0) break;
            left /= 64;
        }
        return static_cast<std::uint32_t>(at);
    }

    std::vector<std::vector<std::uint64_t>> levels_;  ///< the last one has one word
};

/// Values that change, and the greatest of them: above every 64 of them stands their greatest. An absent value
/// is `no_early_bound`.
class Peak {
  public:
    std::uint32_t add(std::int64_t value) {
        std::uint32_t seat = 0;
        if (free_.empty()) {
            seat = static_cast<std::uint32_t>(levels_.front().size());
            levels_.front().push_back(no_early_bound);
            std::size_t needed = levels_.front().size();
            for (std::size_t level = 1; needed > 1; ++level) {
                needed = (needed + 63) / 64;
                if (level == levels_.size()) levels_.emplace_back(std::size_t{1}, top());  // above what had stood alone
                if (levels_[level].size() < needed) levels_[level].push_back(no_early_bound);
            }
        } else {
            seat = free_.back();
            free_.pop_back();
        }
        set(seat, value);
        return seat;
    }
    void remove(std::uint32_t seat) {
        set(seat, no_early_bound);
        free_.push_back(seat);
    }
    void set(std::uint32_t seat, std::int64_t value) {
        std::int64_t old = levels_.front()[seat];
        levels_.front()[seat] = value;
        std::size_t at = seat;
        for (std::size_t level = 1; level < levels_.size() && value != old; ++level) {
            at /= 64;
            std::int64_t& greatest = levels_[level][at];
            const std::int64_t before = greatest;
            if (value >= greatest) {
                greatest = value;
            } else if (old == greatest) {
                const auto& below = levels_[level - 1];
                const auto first = below.begin() + static_cast<std::ptrdiff_t>(at * 64);
                const auto size = std::min<std::size_t>(64, below.size() - at * 64);
                greatest = *std::max_element(first, first + static_cast<std::ptrdiff_t>(size));
            }
            old = before;
            value = greatest;
        }
    }
    /// The greatest value; `no_early_bound` if there is none.
    [[nodiscard]] std::int64_t top() const { return levels_.back().empty() ? no_early_bound : levels_.back().front(); }

  private:
    std::vector<std::vector<std::int64_t>> levels_{1};  ///< the last one has one value at most
    std::vector<std::uint32_t> free_;
};

}  // namespace detail

}  // namespace countyplan
