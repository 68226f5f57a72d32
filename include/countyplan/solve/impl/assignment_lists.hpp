// Which few columns of a row can matter to a search, and what have all the others reached?
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <utility>
#include <vector>

#include <countyplan/solve/impl/kernel_assignment.hpp>

namespace countyplan::detail {

/// A table whose rows may lie apart. Does not own its costs.
template <class Cost>
struct AssignmentSight {
    const Cost* cost = nullptr;
    std::size_t rows = 0;
    std::size_t columns = 0;
    std::size_t stride = 0;  ///< from one row to the next

    [[nodiscard]] const Cost* row(std::size_t i) const { return cost + i * stride; }
    [[nodiscard]] bool is_wide() const { return rows < columns; }
    [[nodiscard]] bool is_tall() const { return rows > columns; }
};

/// Lists of the rows that were looked at, cheapest first. Unlisted columns stay above a row's threshold while column
/// prices only fall; where all rise alike, `lift` tells it.
template <class Cost>
class AssignmentLists {
  public:
    /// The threshold of a row that lists all that it is allowed.
    static constexpr std::int64_t all_listed = std::numeric_limits<std::int64_t>::max();

    static constexpr std::size_t stride = 8;  ///< entries that a search looks at together

    struct Entry {
        std::uint32_t column;
        Cost cost;
    };

    /// `places`: how many columns a row lists at most.
    AssignmentLists(std::size_t places, VectorLevel level)
        : places_(std::clamp<std::size_t>(places, 1, CandidateShape::most)),
          kernel_(AssignmentKernels<Cost, std::int64_t>::at(level)) {}

    void resize(std::size_t rows) { slot_.resize(rows, none); }
    [[nodiscard]] bool has(std::size_t i) const { return slot_[i] != none && list_[slot_[i]].count != unknown; }
    [[nodiscard]] std::span<const Entry> of(std::size_t i) const {
        return std::span(entry_).subspan(std::size_t{slot_[i]} * places_, list_[slot_[i]].count);
    }
    /// The reduced cost that all from a place on have reached, those that are not listed among them; `place` is a
    /// multiple of `stride`, or the end.
    [[nodiscard]] std::int64_t reached_from(std::size_t i, std::size_t place) const {
        const List& list = list_[slot_[i]];
        return place >= list.count ? threshold(i) : list.step[place / stride] - lifted_;
    }
    /// The reduced cost that every unlisted column of a row that has a list has reached.
    [[nodiscard]] std::int64_t threshold(std::size_t i) const {
        const std::int64_t reached = list_[slot_[i]].reached;
        return reached == all_listed ? reached : reached - lifted_;
    }

    /// Makes the list of a row anew. O(columns).
    void look(std::size_t i, const Cost* row, const std::vector<std::int64_t>& price) {
        if (slot_[i] == none) {
            if (spare_.empty()) {
                spare_.push_back(static_cast<std::uint32_t>(list_.size()));
                list_.push_back({});
                entry_.resize(entry_.size() + places_);
            }
            slot_[i] = spare_.back();
            spare_.pop_back();
        }
        const std::size_t columns = price.size();
        marks_.resize((columns + 63) / 64);
        std::int64_t limit = kernel_.limit_of(row, price.data(), columns);
        const std::size_t below = kernel_.mark_below(row, price.data(), columns, limit, marks_.data());
        near_.clear();
        for (std::size_t word = 0; word < marks_.size(); ++word) {
            for (std::uint64_t bits = marks_[word]; bits != 0; bits &= bits - 1) {
                const auto j = word * 64 + static_cast<std::size_t>(__builtin_ctzll(bits));
                near_.emplace_back(row[j] - price[j], static_cast<std::uint32_t>(j));
            }
        }
        if (below > places_) {
            const auto last = near_.begin() + static_cast<std::ptrdiff_t>(places_) - 1;
            std::nth_element(near_.begin(), last, near_.end());
            limit = last->first;
            near_.resize(places_);
        }
        std::sort(near_.begin(), near_.end());
        List& list = list_[slot_[i]];
        for (std::size_t place = 0; place < near_.size(); place += stride)
            list.step[place / stride] = near_[place].first + lifted_;
        list.count = static_cast<std::uint32_t>(near_.size());
        list.reached = limit == no_price<std::int64_t> ? all_listed : limit + lifted_;
        Entry* entry = entry_.data() + std::size_t{slot_[i]} * places_;
        for (const auto& [reduced, j] : near_)
            *entry++ = {j, row[j]};
    }

    /// After a rise of all column prices by `amount`.
    void lift(std::int64_t amount) {
        constexpr std::int64_t far = std::int64_t{1} << 60;
        lifted_ += amount;
        if (lifted_ > -far && lifted_ < far) return;
        lifted_ = 0;
        for (List& list : list_)
            list.count = unknown;
    }

    /// To be done where a row's costs have changed.
    void forget(std::size_t i) {
        if (slot_[i] != none) list_[slot_[i]].count = unknown;
    }

    /// To be done where a column's costs or price have changed: a row forgets its list if that could matter to it.
    /// `reduced`: the column's, `all_listed` where it is not allowed.
    void tell(std::size_t i, std::uint32_t j, std::int64_t reduced) {
        if (!has(i)) return;
        const auto entries = of(i);
        if (reduced < threshold(i) ||
            std::any_of(entries.begin(), entries.end(), [j](const Entry& entry) { return entry.column == j; })) {
            forget(i);
        }
    }

    /// The last row takes the number of row `i`, which is gone.
    void remove_row(std::size_t i) {
        forget(i);
        std::swap(slot_[i], slot_.back());
        if (slot_.back() != none) spare_.push_back(slot_.back());
        slot_.pop_back();
    }
    /// Column `last` takes the number of column `j`, which is gone.
    void rename_column(std::uint32_t j, std::uint32_t last) {
        for (std::size_t place = 0; place < list_.size(); ++place) {
            auto& list = list_[place];
            if (list.count == unknown) continue;
            Entry* const first = entry_.data() + place * places_;
            Entry* const end =
                std::remove_if(first, first + list.count, [j](const Entry& entry) { return entry.column == j; });
            list.count = static_cast<std::uint32_t>(end - first);
            for (Entry* entry = first; entry != end; ++entry)
                entry->column = entry->column == last ? j : entry->column;
        }
    }

  private:
    static constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();
    static constexpr std::uint32_t unknown = none;

    struct List {
        std::int64_t reached = 0;                                        ///< the threshold and what was lifted
        std::array<std::int64_t, CandidateShape::most / stride> step{};  ///< the same, of a stride of entries
        std::uint32_t count = unknown;
    };

    std::size_t places_;
    AssignmentKernels<Cost, std::int64_t> kernel_;
    std::vector<std::uint32_t> slot_;  ///< per row
    std::vector<List> list_;
    std::vector<std::uint32_t> spare_;  ///< places of lists that nobody has
    std::vector<Entry> entry_;          ///< `places_` per list
    std::int64_t lifted_ = 0;
    std::vector<std::uint64_t> marks_;  ///< one bit per column
    std::vector<std::pair<std::int64_t, std::uint32_t>> near_;
};

}  // namespace countyplan::detail
