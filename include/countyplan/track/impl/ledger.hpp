// How facts are shelved so that any as-of question is answered in logarithmic time.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <limits>
#include <tuple>
#include <utility>

#include <countyplan/separate.hpp>
#include <countyplan/track/ledger.hpp>

namespace countyplan {

namespace detail {

constexpr std::int32_t never_recorded = std::numeric_limits<std::int32_t>::max();

/// Eight bytes at a time; ids made to collide cost a binary search, no more.
inline std::uint64_t hash_of_text(std::string_view text, std::uint64_t seed) {
    constexpr std::uint64_t odd = 0x9E3779B97F4A7C15ULL;
    std::uint64_t out = (seed ^ text.size()) * odd;
    const auto add = [&](std::uint64_t word) {
        out = (out ^ word) * odd;
        out ^= out >> 32;
    };
    while (text.size() > 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, text.data(), 8);
        add(word);
        text.remove_prefix(8);
    }
    std::uint64_t rest = 0;
    if (!text.empty()) std::memcpy(&rest, text.data(), text.size());
    add(rest);
    return out;
}

inline std::uint64_t hash_of_series(const Reference& subject, std::string_view field) {
    return hash_of_text(field, hash_of_text(subject.id, static_cast<std::uint64_t>(subject.noun))) *
           0xD6E8FEB86659FD93ULL;
}

/// A fact that says nothing of its own.
inline bool takes_back_only(const Fact& fact) { return fact.value.empty() && !fact.retracts.empty(); }

}  // namespace detail

COUNTYPLAN_INLINE bool Ledger::Entry::before(const Entry& other) const {
    return std::tie(valid, recorded, fact) < std::tie(other.valid, other.recorded, other.fact);
}

COUNTYPLAN_INLINE Ledger::Ledger(Plan plan) : plan_(std::move(plan)) {
    gather();
    plant();
    grow();
}

/// Sorts the facts onto their shelves, series by series, and makes the table of series.
COUNTYPLAN_INLINE void Ledger::gather() {
    const auto& facts = plan_.rows().ledger;
    ById<Id<Fact>, std::int32_t> end(facts.size(), detail::never_recorded);
    for (const Fact& fact : facts) {
        const Id<Fact> target = fact.retracts.empty() ? Id<Fact>() : plan_.find<Fact>(fact.retracts);
        if (target) end[target] = std::min(end[target], fact.recorded_at.number());
    }
    std::vector<std::pair<std::uint64_t, Id<Fact>>> by_hash;
    by_hash.reserve(facts.size());
    for (const Id<Fact> id : facts.ids()) {
        if (detail::takes_back_only(facts[id]) || end[id] <= facts[id].recorded_at.number()) continue;
        by_hash.emplace_back(detail::hash_of_series(facts[id].subject, facts[id].field), id);
    }
    std::ranges::sort(by_hash);
    const auto key_of = [&](const std::pair<std::uint64_t, Id<Fact>>& entry) {
        const Fact& fact = facts[entry.second];
        return std::tie(fact.subject, fact.field);
    };
    for (std::size_t i = 0; i < by_hash.size();) {
        std::size_t next = i + 1;
        bool one_key = true;
        while (next < by_hash.size() && by_hash[next].first == by_hash[i].first) {
            one_key = one_key && key_of(by_hash[next]) == key_of(by_hash[i]);
            ++next;
        }
        if (!one_key) {
            std::sort(by_hash.begin() + static_cast<std::ptrdiff_t>(i),
                      by_hash.begin() + static_cast<std::ptrdiff_t>(next), [&](const auto& a, const auto& b) {
                          return std::pair(key_of(a), a.second) < std::pair(key_of(b), b.second);
                      });
        }
        while (i < next) {
            const Fact& named = facts[by_hash[i].second];
            Series series = name_series(named.subject, named.field);
            series.hash = by_hash[i].first;
            series.lasting.first = static_cast<std::uint32_t>(lasting_.size());
            series.retracted.first = static_cast<std::uint32_t>(retracted_.size());
            const auto key = key_of(by_hash[i]);
            for (; i < next && (one_key || key_of(by_hash[i]) == key); ++i) {
                const Id<Fact> id = by_hash[i].second;
                const Entry entry{facts[id].valid_at.number(), facts[id].recorded_at.number(), id};
                (end[id] == detail::never_recorded ? lasting_ : retracted_).push_back(entry);
            }
            series.lasting.last = static_cast<std::uint32_t>(lasting_.size());
            series.retracted.last = static_cast<std::uint32_t>(retracted_.size());
            const auto in_order = [](std::vector<Entry>& shelf, Range range) {
                std::sort(shelf.begin() + range.first, shelf.begin() + range.last,
                          [](const Entry& a, const Entry& b) { return a.before(b); });
            };
            in_order(lasting_, series.lasting);
            in_order(retracted_, series.retracted);
            series_.push_back(series);
        }
    }
    ends_.reserve(retracted_.size());
    for (const Entry& entry : retracted_)
        ends_.push_back(end[entry.fact]);
    const auto width = static_cast<int>(std::bit_width(std::max<std::size_t>(series_.size(), 1)));
    bucket_shift_ = static_cast<unsigned>(64 - width);
    bucket_.assign((std::size_t{1} << width) + 1, 0);
    for (const Series& series : series_)
        ++bucket_[(series.hash >> bucket_shift_) + 1];
    for (std::size_t i = 1; i < bucket_.size(); ++i)
        bucket_[i] += bucket_[i - 1];
}

COUNTYPLAN_INLINE Ledger::Series Ledger::name_series(const Reference& subject, std::string_view field) {
    Series out{.noun = static_cast<std::uint8_t>(subject.noun)};
    if (subject.id.size() + field.size() <= Series::room) {
        out.id_size = static_cast<std::uint8_t>(subject.id.size());
        out.field_size = static_cast<std::uint8_t>(field.size());
        std::ranges::copy(field, std::ranges::copy(subject.id, out.key.begin()).out);
    } else {
        const auto at = static_cast<std::uint32_t>(long_keys_.size());
        out.id_size = Series::elsewhere;
        std::memcpy(out.key.data(), &at, sizeof at);
        long_keys_.emplace_back(subject.id, field);
    }
    return out;
}

COUNTYPLAN_INLINE bool Ledger::is_about(const Series& series, const Reference& subject, std::string_view field) const {
    if (series.noun != static_cast<std::uint8_t>(subject.noun)) return false;
    if (series.id_size != Series::elsewhere) {
        return std::string_view(series.key.data(), series.id_size) == subject.id &&
               std::string_view(series.key.data() + series.id_size, series.field_size) == field;
    }
    std::uint32_t at = 0;
    std::memcpy(&at, series.key.data(), sizeof at);
    return long_keys_[at].first == subject.id && long_keys_[at].second == field;
}

COUNTYPLAN_INLINE const Ledger::Series* Ledger::series_of(const Reference& subject, std::string_view field) const {
    const std::uint64_t hash = detail::hash_of_series(subject, field);
    const auto bucket = static_cast<std::size_t>(hash >> bucket_shift_);
    const auto end = series_.begin() + bucket_[bucket + 1];
    auto at = std::lower_bound(series_.begin() + bucket_[bucket], end, hash,
                               [](const Series& series, std::uint64_t wanted) { return series.hash < wanted; });
    for (; at != end && at->hash == hash; ++at) {
        if (is_about(*at, subject, field)) return &*at;
    }
    return nullptr;
}

/// Behind the last position of the range whose fact holds by `valid`.
COUNTYPLAN_INLINE std::uint32_t Ledger::last_valid(const std::vector<Entry>& shelf, Range range, std::int32_t valid) {
    for (std::uint32_t tried = 0; tried < few && range.first < range.last; ++tried, --range.last) {
        if (shelf[range.last - 1].valid <= valid) return range.last;
    }
    const auto end = std::upper_bound(shelf.begin() + range.first, shelf.begin() + range.last, valid,
                                      [](std::int32_t day, const Entry& entry) { return day < entry.valid; });
    return static_cast<std::uint32_t>(end - shelf.begin());
}

/// The minimum tree: node i covers nodes 2 i and 2 i + 1, the leaves are the recording days.
COUNTYPLAN_INLINE void Ledger::plant() {
    const std::size_t leaves = std::bit_ceil(std::max<std::size_t>(lasting_.size(), 1));
    earliest_.assign(2 * leaves, detail::never_recorded);
    for (std::size_t i = 0; i < lasting_.size(); ++i)
        earliest_[leaves + i] = lasting_[i].recorded;
    for (std::size_t i = leaves; i-- > 1;)
        earliest_[i] = std::min(earliest_[2 * i], earliest_[2 * i + 1]);
}

/// One version of a set of positions per day on which it changes; versions share what is equal
/// (Driscoll, Sarnak, Sleator & Tarjan 1989). Node 0 is empty, node 1 a leaf in the set.
COUNTYPLAN_INLINE void Ledger::grow() {
    nodes_.assign(2, Node{});
    std::vector<std::tuple<std::int32_t, std::size_t, bool>> events;
    for (std::size_t i = 0; i < retracted_.size(); ++i) {
        events.emplace_back(retracted_[i].recorded, i, true);
        events.emplace_back(ends_[i], i, false);
    }
    std::ranges::sort(events);
    const int height = static_cast<int>(std::countr_zero(std::bit_ceil(std::max<std::size_t>(retracted_.size(), 1))));
    std::uint32_t root = 0;
    std::vector<std::uint32_t> way;
    for (const auto& [day, position, enters] : events) {
        way.clear();
        std::uint32_t at = root;
        for (int level = height; level-- > 0;) {
            way.push_back(at);
            at = (position >> level & 1) != 0 ? nodes_[at].right : nodes_[at].left;
        }
        std::uint32_t below = enters ? 1 : 0;
        for (int level = 0; level < height; ++level) {
            Node node = nodes_[way[way.size() - 1 - static_cast<std::size_t>(level)]];
            ((position >> level & 1) != 0 ? node.right : node.left) = below;
            below = 0;
            if (node.left != 0 || node.right != 0) {
                below = static_cast<std::uint32_t>(nodes_.size());
                nodes_.push_back(node);
            }
        }
        root = below;
        if (version_day_.empty() || version_day_.back() != day) {
            version_day_.push_back(day);
            version_root_.push_back(root);
        }
        version_root_.back() = root;
    }
}

/// The last position of the range whose fact holds and was recorded by then; `range.last` if there is none.
COUNTYPLAN_INLINE std::uint32_t Ledger::last_lasting(Range range, AsOf as_of) const {
    const std::int32_t valid = as_of.valid.number();
    const std::int32_t recorded = as_of.recorded.number();
    const std::uint32_t none = range.last;
    range.last = last_valid(lasting_, range, valid);
    for (std::uint32_t tried = 0; tried < few && range.first < range.last; ++tried, --range.last) {
        if (lasting_[range.last - 1].recorded <= recorded) return range.last - 1;
    }
    if (range.first == range.last) return none;
    const std::size_t leaves = earliest_.size() / 2;
    std::size_t at = leaves + range.last;  // one that was tried; what is wanted lies to its left
    while (at > 1 && ((at & 1) == 0 || earliest_[at - 1] > recorded))
        at >>= 1;
    if (at <= 1) return none;
    --at;
    while (at < leaves)
        at = earliest_[2 * at + 1] <= recorded ? 2 * at + 1 : 2 * at;
    return at - leaves >= range.first ? static_cast<std::uint32_t>(at - leaves) : none;
}

/// The same among the facts that were retracted later.
COUNTYPLAN_INLINE std::uint32_t Ledger::last_retracted(Range range, AsOf as_of) const {
    const std::int32_t valid = as_of.valid.number();
    const std::int32_t recorded = as_of.recorded.number();
    const std::uint32_t none = range.last;
    range.last = last_valid(retracted_, range, valid);
    for (std::uint32_t tried = 0; tried < few && range.first < range.last; ++tried, --range.last) {
        const std::uint32_t at = range.last - 1;
        if (retracted_[at].recorded <= recorded && recorded < ends_[at]) return at;
    }
    if (range.first == range.last) return none;
    const auto edition = std::ranges::upper_bound(version_day_, recorded) - version_day_.begin();
    if (edition == 0) return none;
    const int height = static_cast<int>(std::countr_zero(std::bit_ceil(std::max<std::size_t>(retracted_.size(), 1))));
    const std::size_t upto = range.last - 1;
    std::uint32_t node = version_root_[static_cast<std::size_t>(edition) - 1];
    std::uint32_t other = 0;  // the nearest non-empty subtree to the left of the way down
    int other_level = 0;
    std::size_t other_prefix = 0;
    std::size_t prefix = 0;
    for (int level = height; node != 0 && level-- > 0;) {
        const bool right = (upto >> level & 1) != 0;
        if (right && nodes_[node].left != 0) {
            other = nodes_[node].left;
            other_level = level;
            other_prefix = prefix * 2;
        }
        prefix = prefix * 2 + (right ? 1 : 0);
        node = right ? nodes_[node].right : nodes_[node].left;
    }
    std::size_t found = upto;
    if (node == 0) {
        if (other == 0) return none;
        found = other_prefix;
        for (int level = other_level; level-- > 0;) {
            const bool right = nodes_[other].right != 0;
            found = found * 2 + (right ? 1 : 0);
            other = right ? nodes_[other].right : nodes_[other].left;
        }
    }
    return found >= range.first ? static_cast<std::uint32_t>(found) : none;
}

COUNTYPLAN_INLINE Id<Fact> Ledger::find(const Reference& subject, std::string_view field, AsOf as_of) const {
    const Series* const series = series_of(subject, field);
    if (series == nullptr) return {};
    const std::uint32_t a = last_lasting(series->lasting, as_of);
    const std::uint32_t b = last_retracted(series->retracted, as_of);
    if (b == series->retracted.last) return a == series->lasting.last ? Id<Fact>() : lasting_[a].fact;
    if (a == series->lasting.last) return retracted_[b].fact;
    return lasting_[a].before(retracted_[b]) ? retracted_[b].fact : lasting_[a].fact;
}

COUNTYPLAN_INLINE std::vector<Id<Fact>> Ledger::history(const Reference& subject, std::string_view field,
                                                        AsOf as_of) const {
    std::vector<Id<Fact>> out;
    const Series* const series = series_of(subject, field);
    if (series == nullptr) return out;
    std::vector<Entry> found;
    const auto is_known = [&](const Entry& entry) {
        return entry.valid <= as_of.valid.number() && entry.recorded <= as_of.recorded.number();
    };
    for (std::uint32_t i = series->lasting.first; i < series->lasting.last; ++i) {
        if (is_known(lasting_[i])) found.push_back(lasting_[i]);
    }
    for (std::uint32_t i = series->retracted.first; i < series->retracted.last; ++i) {
        if (is_known(retracted_[i]) && as_of.recorded.number() < ends_[i]) found.push_back(retracted_[i]);
    }
    std::ranges::sort(found, [](const Entry& a, const Entry& b) { return a.before(b); });
    out.reserve(found.size());
    for (const Entry& entry : found)
        out.push_back(entry.fact);
    return out;
}

namespace detail {

inline bool all_known_by(const Plan& plan, Day recorded) {
    return std::ranges::all_of(plan.rows().ledger, [&](const Fact& fact) { return fact.recorded_at <= recorded; });
}

/// The rows of the ledger in the knowledge of a day.
inline ById<Id<Fact>, Fact> facts_known_by(const Plan& plan, Day recorded) {
    const auto& all = plan.rows().ledger;
    ById<Id<Fact>, Fact> out;
    for (const Fact& fact : all) {
        if (fact.recorded_at > recorded) continue;
        const Id<Fact> target = fact.retracts.empty() ? Id<Fact>() : plan.find<Fact>(fact.retracts);
        if (!target || all[target].recorded_at <= recorded) {
            out.push_back(fact);
        } else if (!takes_back_only(fact)) {
            Fact early = fact;
            early.retracts.clear();
            out.push_back(std::move(early));
        }
    }
    return out;
}

}  // namespace detail

COUNTYPLAN_INLINE Fingerprint Ledger::digest(Day recorded) const {
    if (detail::all_known_by(plan_, recorded)) return plan_.digests().ledger;
    Draft facts;
    facts.ledger = detail::facts_known_by(plan_, recorded);
    return digests_of(facts).ledger;
}

COUNTYPLAN_INLINE Plan known_by(const Plan& plan, Day recorded) {
    if (detail::all_known_by(plan, recorded)) return plan;
    Draft draft = plan.rows();
    draft.ledger = detail::facts_known_by(plan, recorded);
    return Plan(std::move(draft));
}

}  // namespace countyplan
