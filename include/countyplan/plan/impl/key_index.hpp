// Which row bears an id, and which id was probably meant?
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <countyplan/plan/draft.hpp>
#include <countyplan/plan/value_text.hpp>

namespace countyplan {

namespace detail {

/// The kind of thing that a row is, `Noun::plan` for rows without an id that others refer to.
template <class Row>
constexpr Noun noun_of() {
    if constexpr (std::same_as<Row, County>) return Noun::county;
    if constexpr (std::same_as<Row, Sender>) return Noun::sender;
    if constexpr (std::same_as<Row, School>) return Noun::school;
    if constexpr (std::same_as<Row, Post>) return Noun::post;
    if constexpr (std::same_as<Row, Expert>) return Noun::expert;
    if constexpr (std::same_as<Row, Teacher>) return Noun::teacher;
    if constexpr (std::same_as<Row, Goal>) return Noun::goal;
    if constexpr (std::same_as<Row, Indicator>) return Noun::indicator;
    if constexpr (std::same_as<Row, Task>) return Noun::task;
    return Noun::plan;
}

/// Rows by id, sorted: no choice of ids makes it slow. Refers to the draft's own texts.
class KeyIndex {
  public:
    using Entry = std::pair<std::string_view, std::size_t>;

    KeyIndex() = default;
    KeyIndex(const KeyIndex&) = delete;
    KeyIndex& operator=(const KeyIndex&) = delete;
    KeyIndex(KeyIndex&&) = default;
    KeyIndex& operator=(KeyIndex&&) = default;
    ~KeyIndex() = default;

    template <class Row>
    explicit KeyIndex(const ById<Id<Row>, Row>& rows) {
        entries_.reserve(rows.size());
        for (std::size_t row = 0; row < rows.size(); ++row) {
            if constexpr (std::same_as<Row, County>) {
                codes_.reserve(rows.size());
                codes_.push_back(to_text(rows.rows()[row].code));
                if (!codes_.back().empty()) entries_.emplace_back(codes_.back(), row);
            } else {
                const std::string& key = rows.rows()[row].id;
                if (!key.empty()) entries_.emplace_back(key, row);
            }
        }
        if (!std::is_sorted(entries_.begin(), entries_.end())) std::sort(entries_.begin(), entries_.end());
    }

    /// By id, then by row.
    [[nodiscard]] const std::vector<Entry>& entries() const { return entries_; }

    /// The first row of that id.
    [[nodiscard]] std::optional<std::size_t> find(std::string_view key) const {
        const auto at = std::lower_bound(entries_.begin(), entries_.end(), Entry(key, 0));
        if (at == entries_.end() || at->first != key) return std::nullopt;
        return at->second;
    }

  private:
    std::vector<std::string> codes_;  // short enough to be moved without a new address: the vector keeps them
    std::vector<Entry> entries_;
};

/// All ids of a draft.
class DraftIndex {
  public:
    explicit DraftIndex(const Draft& draft) : facts_(draft.ledger) {
        for_each_table(draft, [&](const auto& rows) {
            using Row = typename std::remove_cvref_t<decltype(rows)>::value_type;
            if constexpr (noun_of<Row>() != Noun::plan) {
                by_noun_[static_cast<std::size_t>(noun_of<Row>())] = KeyIndex(rows);
            }
        });
    }

    [[nodiscard]] const KeyIndex& of(Noun noun) const { return by_noun_[static_cast<std::size_t>(noun)]; }
    [[nodiscard]] const KeyIndex& facts() const { return facts_; }

    template <class Row>
    [[nodiscard]] Id<Row> find(std::string_view key) const {
        const auto row = of(noun_of<Row>()).find(key);
        return row ? Id<Row>(*row) : Id<Row>();
    }
    [[nodiscard]] Id<County> find_county(Code code) const { return code ? find<County>(to_text(code)) : Id<County>(); }

  private:
    std::array<KeyIndex, enumerator_count<Noun>> by_noun_;
    KeyIndex facts_;
};

/// Edits (insert, delete, replace, swap of neighbours) from `a` to `b`; 3 stands for more than two.
inline std::size_t edits_up_to_two(std::string_view a, std::string_view b) {
    constexpr std::size_t far = 3;
    if (a.size() > b.size()) std::swap(a, b);
    if (b.size() - a.size() > 2) return far;
    std::vector<std::size_t> before(b.size() + 1, far);
    std::vector<std::size_t> above(b.size() + 1, far);
    std::vector<std::size_t> row(b.size() + 1, far);
    for (std::size_t j = 0; j <= std::min<std::size_t>(2, b.size()); ++j)
        above[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::fill(row.begin(), row.end(), far);
        if (i <= 2) row[0] = i;
        const std::size_t last = std::min(b.size(), i + 2);
        for (std::size_t j = i > 2 ? i - 2 : 1; j <= last; ++j) {
            std::size_t best = above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            best = std::min({best, above[j] + 1, row[j - 1] + 1});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                best = std::min(best, before[j - 2] + 1);
            row[j] = std::min(best, far);
        }
        std::swap(before, above);
        std::swap(above, row);
    }
    return above[b.size()];
}

/// Finds ids that differ from a wrong one by little, without comparing it with all of them: ids of
/// which one character is left out are sorted by hash (the idea of SymSpell, Garbe 2012). Ids over 48
/// bytes and those beyond two million entries are not looked at.
class NearestKey {
  public:
    explicit NearestKey(const KeyIndex& index) {
        for (const auto& [key, row] : index.entries()) {
            if (key.size() > longest || shortened_.size() > most_entries) continue;
            const auto at = static_cast<std::uint32_t>(keys_.size());
            keys_.push_back(key);
            folded_.push_back(folded(key));
            for_each_shortening(folded_.back(), [&](std::uint32_t hash) { shortened_.emplace_back(hash, at); });
        }
        std::sort(shortened_.begin(), shortened_.end());
        shortened_.erase(std::unique(shortened_.begin(), shortened_.end()), shortened_.end());
    }

    /// The id nearest to `wrong` by at most two edits (of two equally near the smaller), or an empty one.
    [[nodiscard]] std::string_view of(std::string_view wrong) const {
        if (wrong.size() > longest) return {};
        const std::string wanted = folded(wrong);
        std::size_t best = 3;
        std::string_view nearest;
        for_each_shortening(wanted, [&](std::uint32_t hash) {
            auto at = std::lower_bound(shortened_.begin(), shortened_.end(), std::pair(hash, std::uint32_t{0}));
            for (int tried = 0; tried < 16 && at != shortened_.end() && at->first == hash; ++tried, ++at) {
                const std::size_t edits = edits_up_to_two(wanted, folded_[at->second]);
                if (edits < best || (edits == best && edits < 3 && keys_[at->second] < nearest)) {
                    best = edits;
                    nearest = keys_[at->second];
                }
            }
        });
        return nearest;
    }

  private:
    static constexpr std::size_t longest = 48;
    static constexpr std::size_t most_entries = 2'000'000;

    template <class Visit>
    static void for_each_shortening(std::string_view text, Visit&& visit) {
        for (std::size_t left_out = 0; left_out <= text.size(); ++left_out) {  // the last time nothing is
            std::uint32_t hash = 2166136261U;                                  // FNV-1a
            for (std::size_t at = 0; at < text.size(); ++at) {
                if (at != left_out) hash = (hash ^ static_cast<std::uint8_t>(text[at])) * 16777619U;
            }
            visit(hash);
        }
    }

    std::vector<std::string_view> keys_;
    std::vector<std::string> folded_;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> shortened_;
};

}  // namespace detail

}  // namespace countyplan
