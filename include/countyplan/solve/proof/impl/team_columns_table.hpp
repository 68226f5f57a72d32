// The checker's half of team_columns' pricing: a school's pairs, and the table in which its teams are sought.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include <countyplan/scalar/number.hpp>
#include <countyplan/solve/messages.hpp>
#include <countyplan/solve/proof/int128.hpp>
#include <countyplan/solve/proof/refusal.hpp>
#include <countyplan/solve/proof/team_columns.hpp>

namespace countyplan::detail {

/// What the answers on the way to a leaf say.
struct TeamCase {
    struct AtSchool {
        std::uint32_t sender;
        bool yes;
    };
    std::vector<std::uint8_t> forbidden = {};         ///< per pair
    std::vector<std::uint8_t> demanded = {};          ///< per expert: 1 if one of their pairs is to be chosen
    std::vector<std::vector<AtSchool>> answers = {};  ///< per school
};

/// A school's pairs, by sender and expert, and which school a post belongs to.
struct TeamChecklist {
    struct Entry {
        std::uint32_t sender;
        std::uint32_t expert;
        std::uint32_t pair;
    };
    std::vector<std::uint32_t> school_of = {};     ///< per post
    std::vector<std::vector<Entry>> entries = {};  ///< per school
    std::vector<std::size_t> size_begins = {};     ///< as `first_size`

    explicit TeamChecklist(const TeamColumnsProblem& p)
        : school_of(p.posts()), entries(p.schools()), size_begins(first_size(p)) {
        for (std::uint32_t h = 0; h < p.schools(); ++h) {
            for (std::size_t post = p.first_post[h]; post < p.first_post[h + 1]; ++post)
                school_of[post] = h;
        }
        for (std::uint32_t e = 0; e < p.experts(); ++e) {
            for (std::size_t k = p.first_pair[e]; k < p.first_pair[e + 1]; ++k)
                entries[school_of[p.post[k]]].push_back({p.sender_of[e], e, static_cast<std::uint32_t>(k)});
        }
        for (auto& list : entries) {
            std::ranges::stable_sort(list, {}, &Entry::sender);
        }
    }
};

/// The table of one block of a school's posts: a cell per count of heads of each post, of each counter kept, and of
/// senders where the limit is kept.
class TeamTable {
  public:
    static constexpr std::int64_t nothing = std::int64_t{1} << 62;
    static constexpr std::size_t most_cells = std::size_t{1} << 14;

    /// No table if it would have more than `most_cells`.
    static std::optional<TeamTable> of(const TeamColumnsProblem& p, const TeamChecklist& list, std::size_t school,
                                       const TeamRelaxation& relaxation, std::size_t begin, std::size_t end) {
        TeamTable t(p, list, school, begin, end);
        for (std::size_t post = begin; post < end; ++post)
            t.add_digit(static_cast<std::size_t>(p.upper[post]) + 1);
        for (std::size_t c = 0; c < relaxation.counters; ++c)
            t.add_digit(t.most_counted(c) + 1);
        t.counters_ = relaxation.counters;
        t.limited_ = relaxation.limit != 0;
        if (t.limited_) t.add_digit(static_cast<std::size_t>(p.most_senders[school]) + 1);
        if (t.cells_ > most_cells) return std::nullopt;
        t.fill_digits();
        return t;
    }

    /// The cheapest team at these weights of pairs; `nothing` if there is none. Sums must stay below `nothing`.
    [[nodiscard]] std::int64_t cheapest(const TeamCase& wanted, const std::vector<std::int64_t>& weight,
                                        std::int64_t scale, bool first_block, bool with_demands) {
        std::vector<std::int64_t> f(cells_, nothing);
        f[0] = 0;
        const std::int64_t charge = first_block ? scale * p_.charge[school_] : 0;
        const auto& entries = list_.entries[school_];
        std::vector<std::uint8_t> met(wanted.answers[school_].size(), 0);
        for (std::size_t i = 0; i < entries.size();) {
            std::size_t j = i;
            while (j < entries.size() && entries[j].sender == entries[i].sender)
                ++j;
            bool no = false, yes = false;
            for (std::size_t a = 0; a < met.size(); ++a) {
                if (wanted.answers[school_][a].sender != entries[i].sender) continue;
                (wanted.answers[school_][a].yes ? yes : no) = true;
                met[a] = 1;
            }
            pass_sender(i, j, f, charge, no, yes && with_demands, wanted, weight);
            i = j;
        }
        // a sender who is to be here but has nobody for the school
        for (std::size_t a = 0; a < met.size(); ++a) {
            if (met[a] == 0 && wanted.answers[school_][a].yes && with_demands) return nothing;
        }
        std::int64_t best = nothing;
        for (std::size_t x = 0; x < cells_; ++x) {
            if (f[x] >= nothing) continue;
            if (const auto end = ending(x, scale)) best = std::min(best, f[x] + *end);
        }
        return best;
    }

    /// No sum of ending and charges is larger than this at scale 1.
    [[nodiscard]] Int128 most_fixed() const {
        Int128 most = Int128(p_.charge[school_]) * Int128(heads());
        for (std::size_t post = begin_; post < end_; ++post)
            most += Int128(p_.shortfall[post]) * Int128(p_.target[post]);
        for (std::size_t c = 0; c < counters_; ++c) {
            for (const std::int64_t price : {p_.counters[c].below_price, p_.counters[c].above_price}) {
                if (price != team_rule_is_hard) most += Int128(price) * Int128(TeamColumnsProblem::max_heads);
            }
        }
        return most;
    }
    [[nodiscard]] std::int64_t heads() const {
        std::int64_t sum = 0;
        for (std::size_t post = begin_; post < end_; ++post)
            sum += p_.upper[post];
        return sum;
    }

  private:
    TeamTable(const TeamColumnsProblem& p, const TeamChecklist& list, std::size_t school, std::size_t begin,
              std::size_t end)
        : p_(p), list_(list), school_(school), begin_(begin), end_(end) {}

    void add_digit(std::size_t size) {
        stride_.push_back(cells_);
        size_.push_back(size);
        cells_ = std::min(cells_ * size, most_cells + 1);
    }

    void fill_digits() {
        digit_.resize(size_.size() * cells_);
        for (std::size_t d = 0; d < size_.size(); ++d) {
            for (std::size_t x = 0; x < cells_; ++x)
                digit_[d * cells_ + x] = static_cast<std::uint16_t>(x / stride_[d] % size_[d]);
        }
    }

    /// Experts with a pair here that the counter counts, or the heads if those are fewer.
    [[nodiscard]] std::size_t most_counted(std::size_t counter) const {
        std::size_t count = 0;
        std::optional<std::uint32_t> last;
        for (const auto& entry : list_.entries[school_]) {
            if (p_.counters[counter].counts[entry.pair] == 0 || last == entry.expert) continue;
            last = entry.expert;
            ++count;
        }
        return std::min(count, static_cast<std::size_t>(heads()));
    }

    /// All experts of one sender: the cells with nobody of them so far are `f`, those with someone `with`.
    void pass_sender(std::size_t from, std::size_t to, std::vector<std::int64_t>& f, std::int64_t charge, bool no,
                     bool yes, const TeamCase& wanted, const std::vector<std::int64_t>& weight) {
        const auto& entries = list_.entries[school_];
        std::vector<std::int64_t> with(cells_, nothing);
        for (std::size_t i = from; i < to;) {
            std::size_t j = i;
            while (j < to && entries[j].expert == entries[i].expert)
                ++j;
            bool demanded = false;
            std::vector<std::uint32_t> open;
            for (std::size_t k = i; k < j; ++k) {
                const std::uint32_t pair = entries[k].pair;
                if (wanted.forbidden[pair] != 0 || p_.post[pair] < begin_ || p_.post[pair] >= end_) continue;
                demanded = demanded || wanted.demanded[entries[k].expert] != 0;
                if (!no) open.push_back(pair);
            }
            for (std::size_t x = cells_; x-- > 0;) {
                std::int64_t best = demanded ? nothing : with[x];
                for (const std::uint32_t pair : open) {
                    const auto before = without(x, pair);
                    if (!before) continue;
                    if (with[*before] < nothing) best = std::min(best, with[*before] + weight[pair]);
                    std::size_t alone = *before;
                    if (limited_) {
                        if (digit(stride_.size() - 1, alone) == 0) continue;
                        alone -= stride_.back();
                    }
                    if (f[alone] < nothing) best = std::min(best, f[alone] + weight[pair] + charge);
                }
                with[x] = best;
                if (demanded) f[x] = nothing;
            }
            i = j;
        }
        for (std::size_t x = 0; x < cells_; ++x)
            f[x] = yes ? with[x] : std::min(f[x], with[x]);
    }

    [[nodiscard]] std::size_t digit(std::size_t d, std::size_t x) const { return digit_[d * cells_ + x]; }

    /// The cell before this pair was added.
    [[nodiscard]] std::optional<std::size_t> without(std::size_t x, std::uint32_t pair) const {
        const std::size_t own = p_.post[pair] - begin_;
        if (digit(own, x) == 0) return std::nullopt;
        std::size_t before = x - stride_[own];
        for (std::size_t c = 0; c < counters_; ++c) {
            if (p_.counters[c].counts[pair] == 0) continue;
            const std::size_t d = end_ - begin_ + c;
            if (digit(d, x) == 0) return std::nullopt;
            before -= stride_[d];
        }
        return before;
    }

    /// What a team with these counts costs beside its pairs and senders; nothing if it breaks a rule.
    [[nodiscard]] std::optional<std::int64_t> ending(std::size_t x, std::int64_t scale) const {
        std::int64_t sum = 0;
        std::size_t size = 0;
        for (std::size_t post = begin_; post < end_; ++post) {
            const auto count = static_cast<std::int32_t>(digit(post - begin_, x));
            if (count < p_.lower[post]) return std::nullopt;
            sum += scale * p_.shortfall[post] * std::max(0, p_.target[post] - count);
            size += static_cast<std::size_t>(count);
        }
        for (std::size_t c = 0; c < counters_; ++c) {
            const TeamCounter& counter = p_.counters[c];
            const auto count = static_cast<std::int32_t>(digit(end_ - begin_ + c, x));
            const std::size_t at = list_.size_begins[school_] + size;
            for (const auto& [off, price] : {std::pair{counter.lower[at] - count, counter.below_price},
                                             std::pair{count - counter.upper[at], counter.above_price}}) {
                if (off <= 0) continue;
                if (price == team_rule_is_hard) return std::nullopt;
                sum += scale * price * off;
            }
        }
        return sum;
    }

    const TeamColumnsProblem& p_;
    const TeamChecklist& list_;
    std::size_t school_, begin_, end_;
    std::size_t cells_ = 1;
    std::size_t counters_ = 0;
    bool limited_ = false;
    std::vector<std::size_t> stride_ = {}, size_ = {};
    std::vector<std::uint16_t> digit_ = {};
};

/// The tables of a school, one per block; what is wrong with its relaxation if something is.
inline Verdict team_tables(const TeamColumnsProblem& p, const TeamChecklist& list, std::size_t school,
                           const TeamRelaxation& relaxation, std::vector<TeamTable>& out) {
    const auto wrong = [school](std::size_t found, std::size_t least, std::size_t most) {
        return refuse({message::solve_out_of_range, {to_text(found), to_text(least), to_text(most)}},
                      indexed("relaxation", school));
    };
    const std::size_t posts = p.first_post[school + 1] - p.first_post[school];
    const auto& begins = relaxation.block_begins;
    const std::size_t most_kept = begins.size() == 1 ? p.counters.size() : 0;
    if (relaxation.counters > most_kept) return wrong(relaxation.counters, 0, most_kept);
    if (relaxation.limit > (begins.size() == 1 ? 1 : 0)) return wrong(relaxation.limit, 0, begins.size() == 1 ? 1 : 0);
    if (begins.empty() || begins[0] != 0) return wrong(begins.empty() ? 1 : begins[0], 0, 0);
    for (std::size_t b = 0; b < begins.size(); ++b) {
        const std::size_t end = b + 1 < begins.size() ? begins[b + 1] : posts;
        if (b > 0 && (begins[b] <= begins[b - 1] || begins[b] >= posts)) return wrong(begins[b], begins[b - 1], posts);
        if (end > posts) return wrong(end, begins[b], posts);
        auto table = TeamTable::of(p, list, school, relaxation, p.first_post[school] + begins[b],
                                   p.first_post[school] + std::max<std::size_t>(end, begins[b]));
        if (!table) return refuse({message::solve_too_large, {"states"}}, indexed("relaxation", school));
        out.push_back(*std::move(table));
    }
    return {};
}

}  // namespace countyplan::detail
