// What all parts of a draft's check share: the ids, and the list of what was found.
#pragma once

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include <countyplan/plan/finding.hpp>
#include <countyplan/plan/impl/key_index.hpp>
#include <countyplan/plan/messages.hpp>
#include <countyplan/plan/value_text.hpp>

namespace countyplan {

namespace detail {

template <class Row>
Place place_of(Id<Row> id, std::string_view field) {
    return {std::string(Table<Row>::name), id.value(), std::string(field)};
}

inline Place place_of_rule(std::size_t row, std::string_view field) { return {"rules", row, std::string(field)}; }

/// The tables and fields in canonical order: the header, the rules, then the tables.
inline const std::vector<std::pair<std::string_view, std::vector<std::string_view>>> order_of_fields() {
    std::vector<std::pair<std::string_view, std::vector<std::string_view>>> out = {
        {"", {"name", "version", "period", "objective"}},
        {"weights", {"qualification", "role", "subject", "seniority", "pairing", "distance", "wish", "continuity"}},
        {"rules", {"id", "kind", "clause", "source", "from", "to", "severity", "parameters"}}};
    const Draft draft;
    for_each_table(draft, [&](const auto& rows) {
        using Row = typename std::remove_cvref_t<decltype(rows)>::value_type;
        out.emplace_back(Table<Row>::name, std::vector<std::string_view>{});
        for_each_field<Row>([&](const auto& field) { out.back().second.push_back(field.name); });
    });
    return out;
}

/// By table, row and field, what has no place last; of one place in the order found.
inline void put_in_order(Findings& findings) {
    const auto order = order_of_fields();
    using Rank = std::tuple<std::size_t, std::size_t, std::size_t, std::size_t>;
    std::vector<Rank> ranks;
    ranks.reserve(findings.size());
    for (std::size_t i = 0; i < findings.size(); ++i) {
        const Place& place = findings[i].place;
        const auto table = std::ranges::find(order, place.table, [](const auto& entry) { return entry.first; });
        std::size_t field = 0;
        if (table != order.end() && !place.field.empty()) {
            field = 1 + static_cast<std::size_t>(std::ranges::find(table->second, place.field) - table->second.begin());
        }
        const auto position = static_cast<std::size_t>(table - order.begin());
        ranks.emplace_back(place == Place{} ? order.size() : position, place.row ? *place.row + 1 : 0, field, i);
    }
    std::sort(ranks.begin(), ranks.end());
    Findings sorted;
    sorted.reserve(findings.size());
    for (const Rank& rank : ranks)
        sorted.push_back(std::move(findings[std::get<3>(rank)]));
    findings = std::move(sorted);
}

class DraftCheck {
  public:
    explicit DraftCheck(const Draft& checked) : draft(checked), index(checked) {}

    const Draft& draft;
    const DraftIndex index;
    Findings findings;

    /// Of each severity only so many are kept, so that warnings never keep an error out.
    void add(Severity severity, Place place, Message message, std::string_view value, Message expected = {},
             Message remedy = {message::fix_correct}, std::string_view rule = {}) {
        if (const auto kind = static_cast<std::size_t>(severity); ++found_[kind] > most_of_a_severity) {
            if (found_[kind] == most_of_a_severity + 1) {
                findings.push_back(
                    {Severity::note,
                     {message::findings_left_out, {std::to_string(most_of_a_severity), word(severity)}}});
            }
            return;
        }
        findings.push_back({severity,
                            std::move(message),
                            std::move(place),
                            std::string(rule),
                            shown_text(value),
                            std::move(expected),
                            std::move(remedy),
                            {}});
    }
    void error(Place place, Message message, std::string_view value, Message expected = {},
               Message remedy = {message::fix_correct}) {
        add(Severity::error, std::move(place), std::move(message), value, std::move(expected), std::move(remedy));
    }
    void warning(Place place, Message message, std::string_view value, Message expected = {},
                 Message remedy = {message::fix_correct}) {
        add(Severity::warning, std::move(place), std::move(message), value, std::move(expected), std::move(remedy));
    }

    /// Says that `key` names no row of `noun`, with the nearest id while suggestions last.
    void unknown(Noun noun, std::string_view key, Place place) {
        const std::string_view near = nearest(noun, key);
        Message remedy =
            near.empty() ? Message(message::fix_add_or_rename) : Message(message::nearest_id, {shown_text(near)});
        error(std::move(place), {message::unknown_reference, {shown_text(key), word(noun)}}, key,
              {message::expect_existing, {word(noun)}}, std::move(remedy));
    }

    /// The row that `key` names, which must not be empty; reports where there is none.
    template <class Row>
    Id<Row> resolve(std::string_view key, const Place& place) {
        const Id<Row> id = index.find<Row>(key);
        if (!id) unknown(noun_of<Row>(), key, place);
        return id;
    }

    /// The id of `noun` nearest to `key`, or nothing. Only so many are looked for in one check.
    std::string_view nearest(Noun noun, std::string_view key) {
        if (suggestions_ == 0) return {};
        --suggestions_;
        std::optional<NearestKey>& keys = nearest_[static_cast<std::size_t>(noun)];
        if (!keys) keys.emplace(index.of(noun));
        return keys->of(key);
    }

  private:
    static constexpr std::size_t most_of_a_severity = 100'000;

    std::array<std::size_t, enumerator_count<Severity>> found_{};
    std::size_t suggestions_ = 1000;
    std::array<std::optional<NearestKey>, enumerator_count<Noun>> nearest_;
};

/// Dated periods by name, merged: whether a name is covered somewhere in a period, by binary search.
class DatedKeys {
  public:
    void add(std::string key, Period period) {
        if (!period.empty()) spans_.push_back({std::move(key), period.from, period.to});
    }
    /// To be called once after the last `add`.
    void merge() {
        std::sort(spans_.begin(), spans_.end());
        std::vector<Span> merged;
        for (Span& span : spans_) {
            if (!merged.empty() && merged.back().key == span.key && span.from <= merged.back().to) {
                merged.back().to = std::max(merged.back().to, span.to);
            } else {
                merged.push_back(std::move(span));
            }
        }
        spans_ = std::move(merged);
    }
    [[nodiscard]] bool meets(std::string_view key, const Period& period) const {
        auto at = std::partition_point(spans_.begin(), spans_.end(), [&](const Span& span) {
            const int order = std::string_view(span.key).compare(key);
            return order < 0 || (order == 0 && span.from <= period.to);
        });
        if (at == spans_.begin()) return false;
        --at;
        return at->key == key && at->to >= period.from;
    }

  private:
    struct Span {
        std::string key;
        Day from;
        Day to;
        auto operator<=>(const Span&) const = default;
    };
    std::vector<Span> spans_;
};

inline constexpr Day first_day{std::chrono::sys_days(std::chrono::days(-719162))};  // 0001-01-01
inline constexpr Day last_day{std::chrono::sys_days(std::chrono::days(2932896))};   // 9999-12-31

inline Period open_period(const std::optional<Day>& from, const std::optional<Day>& to) {
    return {from.value_or(first_day), to.value_or(last_day)};
}

}  // namespace detail

}  // namespace countyplan
