// How facts are shelved so that any as-of question is answered in logarithmic time.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <limits>
#include <set>
#include <tuple>
#include <utility>

#include <countyplan/separate.hpp>
#include <countyplan/track/impl/ledger_shelf.hpp>
#include <countyplan/track/ledger.hpp>

namespace countyplan {

namespace detail {

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
    number();
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

/// The subject's id and the field.
COUNTYPLAN_INLINE std::pair<std::string_view, std::string_view> Ledger::texts_of(const Series& series) const {
    if (series.id_size != Series::elsewhere) {
        return {{series.key.data(), series.id_size}, {series.key.data() + series.id_size, series.field_size}};
    }
    std::uint32_t at = 0;
    std::memcpy(&at, series.key.data(), sizeof at);
    return long_keys_[at];
}

COUNTYPLAN_INLINE bool Ledger::is_about(const Series& series, const Reference& subject, std::string_view field) const {
    return series.noun == static_cast<std::uint8_t>(subject.noun) &&
           texts_of(series) == std::pair<std::string_view, std::string_view>(subject.id, field);
}

/// Numbers the fields and finds the tasks that the series are about.
COUNTYPLAN_INLINE void Ledger::number() {
    std::set<std::string_view> names;
    for (const Series& series : series_)
        names.insert(texts_of(series).second);
    for (const std::string_view name : names)
        fields_.push_back(std::string(name));
    std::vector<std::pair<Id<Task>, Topic>> found;
    for (const Series& series : series_) {
        if (series.noun != static_cast<std::uint8_t>(Noun::task)) continue;
        const auto [id, name] = texts_of(series);
        if (const Id<Task> task = plan_.find<Task>(id)) {
            found.push_back({task, {field(name), series.lasting, series.retracted}});
        }
    }
    topics_of_.assign(plan_.rows().tasks.size() + 1, 0);
    for (const auto& [task, topic] : found)
        ++topics_of_[task.value() + 1];
    for (std::size_t i = 1; i < topics_of_.size(); ++i)
        topics_of_[i] += topics_of_[i - 1];
    topics_.resize(found.size());
    std::vector<std::uint32_t> next(topics_of_.begin(), topics_of_.end() - 1);
    for (const auto& [task, topic] : found)
        topics_[next[task.value()]++] = topic;
}

COUNTYPLAN_INLINE Id<FactField> Ledger::field(std::string_view name) const {
    const auto at =
        std::ranges::lower_bound(fields_, name, {}, [](const std::string& text) -> std::string_view { return text; });
    return at == fields_.end() || *at != name ? Id<FactField>()
                                              : Id<FactField>(static_cast<std::size_t>(at - fields_.begin()));
}

COUNTYPLAN_INLINE const Ledger::Series* Ledger::series_of(const Reference& subject, std::string_view field) const {
    const std::uint64_t hash = detail::hash_of_series(subject, field);
    const auto bucket = static_cast<std::size_t>(hash >> bucket_shift_);
    const auto end = series_.begin() + bucket_[bucket + 1];
    auto at = std::lower_bound(series_.begin() + bucket_[bucket], end, hash,
                               [](const Series& series, std::uint64_t wanted) { return series.hash < wanted; });
    for (; at != end && at->hash == hash; ++at) {
        // on their way while the names are compared
        __builtin_prefetch(lasting_.data() + std::max<std::uint32_t>(at->lasting.last, 1) - 1);
        if (is_about(*at, subject, field)) return &*at;
    }
    return nullptr;
}

COUNTYPLAN_INLINE Id<Fact> Ledger::find(const Reference& subject, std::string_view field, AsOf as_of) const {
    const Series* const series = series_of(subject, field);
    return series == nullptr ? Id<Fact>() : answer(series->lasting, series->retracted, as_of);
}

COUNTYPLAN_INLINE Id<Fact> Ledger::find(Id<Task> task, Id<FactField> field, AsOf as_of) const {
    if (!field) return {};
    const std::uint32_t end = topics_of_[task.value() + 1];
    for (std::uint32_t at = topics_of_[task.value()]; at < end; ++at) {
        if (topics_[at].field == field) return answer(topics_[at].lasting, topics_[at].retracted, as_of);
    }
    return {};
}

COUNTYPLAN_INLINE Id<Fact> Ledger::answer(Range lasting, Range retracted, AsOf as_of) const {
    const std::uint32_t a = last_lasting(lasting, as_of);
    const std::uint32_t b = last_retracted(retracted, as_of);
    if (b == retracted.last) return a == lasting.last ? Id<Fact>() : lasting_[a].fact;
    if (a == lasting.last) return retracted_[b].fact;
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
