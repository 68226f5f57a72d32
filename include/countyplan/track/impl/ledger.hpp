// How facts are shelved so that any as-of question is answered in logarithmic time.
#pragma once

#include <algorithm>
#include <bit>
#include <limits>
#include <map>
#include <tuple>
#include <utility>

#include <countyplan/separate.hpp>
#include <countyplan/track/ledger.hpp>

namespace countyplan {

COUNTYPLAN_INLINE Ledger::Ledger(Plan plan) : plan_(std::move(plan)) {
    const auto& facts = plan_.rows().ledger;
    std::map<Id<Fact>, Day> retracted;
    for (const Fact& fact : facts) {
        const Id<Fact> target = fact.retracts.empty() ? Id<Fact>() : plan_.find<Fact>(fact.retracts);
        if (!target) continue;
        const auto [known, is_new] = retracted.try_emplace(target, fact.recorded_at);
        if (!is_new) known->second = std::min(known->second, fact.recorded_at);
    }
    for (const Id<Fact> id : facts.ids()) {
        if (!facts[id].retracts.empty() && facts[id].value.empty()) continue;  // it only takes something back
        const auto end = retracted.find(id);
        if (end == retracted.end()) {
            lasting_.facts.push_back(id);
        } else if (facts[id].recorded_at < end->second) {
            retracted_.facts.push_back(id);
        }
    }
    for (Shelf* shelf : {&lasting_, &retracted_}) {
        std::ranges::sort(shelf->facts, [&](Id<Fact> a, Id<Fact> b) { return before(a, b); });
        for (const Id<Fact> id : shelf->facts)
            shelf->valid.push_back(facts[id].valid_at.number());
    }
    for (const Id<Fact> id : retracted_.facts)
        ends_.push_back(retracted.find(id)->second.number());
    plant();
    grow();
}

COUNTYPLAN_INLINE bool Ledger::before(Id<Fact> a, Id<Fact> b) const {
    const Fact& x = (*this)[a];
    const Fact& y = (*this)[b];
    return std::tie(x.subject, x.field, x.valid_at, x.recorded_at, a) <
           std::tie(y.subject, y.field, y.valid_at, y.recorded_at, b);
}

/// The minimum tree: node i covers nodes 2 i and 2 i + 1, the leaves are the recording days.
COUNTYPLAN_INLINE void Ledger::plant() {
    const std::size_t leaves = std::bit_ceil(std::max<std::size_t>(lasting_.size(), 1));
    earliest_record_.assign(2 * leaves, std::numeric_limits<std::int32_t>::max());
    for (std::size_t i = 0; i < lasting_.size(); ++i)
        earliest_record_[leaves + i] = (*this)[lasting_.facts[i]].recorded_at.number();
    for (std::size_t i = leaves; i-- > 1;)
        earliest_record_[i] = std::min(earliest_record_[2 * i], earliest_record_[2 * i + 1]);
}

/// One version of a set of positions per day on which it changes; versions share what is equal
/// (Driscoll, Sarnak, Sleator & Tarjan 1989). Node 0 is empty, node 1 a leaf in the set.
COUNTYPLAN_INLINE void Ledger::grow() {
    nodes_.assign(2, Node{});
    std::vector<std::tuple<std::int32_t, std::size_t, bool>> events;
    for (std::size_t i = 0; i < retracted_.size(); ++i) {
        events.emplace_back((*this)[retracted_.facts[i]].recorded_at.number(), i, true);
        events.emplace_back(ends_[i], i, false);
    }
    std::ranges::sort(events);
    const int height = static_cast<int>(std::countr_zero(std::bit_ceil(std::max<std::size_t>(retracted_.size(), 1))));
    std::uint32_t root = 0;
    for (const auto& [day, position, enters] : events) {
        std::vector<std::uint32_t> way;
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

COUNTYPLAN_INLINE Ledger::Series Ledger::series_of(const Shelf& shelf, const Reference& subject,
                                                   std::string_view field) const {
    const auto key = [&](Id<Fact> id) {
        return std::tuple<const Reference&, std::string_view>((*this)[id].subject, (*this)[id].field);
    };
    const std::tuple<const Reference&, std::string_view> wanted(subject, field);
    const auto first = std::ranges::lower_bound(shelf.facts, wanted, std::less<>(), key);
    const auto last = std::upper_bound(first, shelf.facts.end(), wanted,
                                       [&](const auto& value, Id<Fact> id) { return value < key(id); });
    return {static_cast<std::size_t>(first - shelf.facts.begin()),
            static_cast<std::size_t>(last - shelf.facts.begin())};
}

/// The last position of the series whose fact was recorded by then; `series.last` if there is none.
COUNTYPLAN_INLINE std::size_t Ledger::last_lasting(Series series, Day recorded) const {
    if (series.first == series.last) return series.last;
    const std::size_t leaves = earliest_record_.size() / 2;
    const std::int32_t by = recorded.number();
    std::size_t at = leaves + series.last - 1;
    if (earliest_record_[at] > by) {
        while (at > 1 && ((at & 1) == 0 || earliest_record_[at - 1] > by))
            at >>= 1;
        if (at <= 1) return series.last;
        --at;
        while (at < leaves)
            at = earliest_record_[2 * at + 1] <= by ? 2 * at + 1 : 2 * at;
    }
    return at - leaves >= series.first ? at - leaves : series.last;
}

/// The same among the facts that were retracted later.
COUNTYPLAN_INLINE std::size_t Ledger::last_retracted(Series series, Day recorded) const {
    if (series.first == series.last) return series.last;
    const auto edition = std::ranges::upper_bound(version_day_, recorded.number()) - version_day_.begin();
    if (edition == 0) return series.last;
    const int height = static_cast<int>(std::countr_zero(std::bit_ceil(std::max<std::size_t>(retracted_.size(), 1))));
    const std::size_t upto = series.last - 1;
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
        if (other == 0) return series.last;
        found = other_prefix;
        for (int level = other_level; level-- > 0;) {
            const bool right = nodes_[other].right != 0;
            found = found * 2 + (right ? 1 : 0);
            other = right ? nodes_[other].right : nodes_[other].left;
        }
    }
    return found >= series.first ? found : series.last;
}

COUNTYPLAN_INLINE Id<Fact> Ledger::find(const Reference& subject, std::string_view field, AsOf as_of) const {
    const auto upto_valid = [&](const Shelf& shelf, Series series) {
        const auto begin = shelf.valid.begin();
        const auto end = std::upper_bound(begin + static_cast<std::ptrdiff_t>(series.first),
                                          begin + static_cast<std::ptrdiff_t>(series.last), as_of.valid.number());
        return Series{series.first, static_cast<std::size_t>(end - begin)};
    };
    const Series lasting = upto_valid(lasting_, series_of(lasting_, subject, field));
    const Series retracted = upto_valid(retracted_, series_of(retracted_, subject, field));
    const std::size_t a = last_lasting(lasting, as_of.recorded);
    const std::size_t b = last_retracted(retracted, as_of.recorded);
    const Id<Fact> x = a == lasting.last ? Id<Fact>() : lasting_.facts[a];
    const Id<Fact> y = b == retracted.last ? Id<Fact>() : retracted_.facts[b];
    if (!x || !y) return x ? x : y;
    return before(x, y) ? y : x;
}

COUNTYPLAN_INLINE std::vector<Id<Fact>> Ledger::history(const Reference& subject, std::string_view field,
                                                        AsOf as_of) const {
    std::vector<Id<Fact>> out;
    for (const Shelf* shelf : {&lasting_, &retracted_}) {
        const Series series = series_of(*shelf, subject, field);
        for (std::size_t i = series.first; i < series.last && shelf->valid[i] <= as_of.valid.number(); ++i) {
            if (as_of.recorded < (*this)[shelf->facts[i]].recorded_at) continue;
            if (shelf == &retracted_ && ends_[i] <= as_of.recorded.number()) continue;
            out.push_back(shelf->facts[i]);
        }
    }
    std::ranges::sort(out, [&](Id<Fact> a, Id<Fact> b) { return before(a, b); });
    return out;
}

}  // namespace countyplan
