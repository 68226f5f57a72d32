// Which rows say the same thing twice, or the opposite?
#pragma once

#include <algorithm>
#include <map>
#include <numeric>
#include <string_view>
#include <tuple>
#include <vector>

#include <countyplan/plan/impl/draft_check.hpp>

namespace countyplan {

namespace detail {

/// Calls `report(first, later)` for each row whose key an earlier row already has.
template <class Row, class KeyOf, class Report>
void for_each_repeat(const ById<Id<Row>, Row>& rows, KeyOf key_of, Report report) {
    std::vector<std::size_t> order(rows.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    const std::vector<Row>& all = rows.rows();
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        const auto left = key_of(all[a]);
        const auto right = key_of(all[b]);
        return left < right || (!(right < left) && a < b);
    });
    for (std::size_t i = 1, first = 0; i < order.size(); ++i) {
        if (key_of(all[order[first]]) < key_of(all[order[i]])) {
            first = i;
        } else {
            report(Id<Row>(order[first]), Id<Row>(order[i]));
        }
    }
}

/// Calls `report(earlier, later)` for each row whose window meets an earlier one of the same key, rows
/// taken by first day. `overlaps` among themselves are reported against the one that reaches furthest.
template <class Row, class KeyOf, class WindowOf, class Report>
void for_each_overlap(const ById<Id<Row>, Row>& rows, KeyOf key_of, WindowOf window_of, Report report) {
    std::vector<std::size_t> order;
    const std::vector<Row>& all = rows.rows();
    for (std::size_t row = 0; row < all.size(); ++row) {
        if (!window_of(all[row]).empty()) order.push_back(row);
    }
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        const auto left = std::pair(key_of(all[a]), window_of(all[a]).from);
        const auto right = std::pair(key_of(all[b]), window_of(all[b]).from);
        return left < right || (!(right < left) && a < b);
    });
    for (std::size_t i = 1, furthest = 0; i < order.size(); ++i) {
        const Row& reaching = all[order[furthest]];
        const Row& now = all[order[i]];
        const bool same_key = !(key_of(reaching) < key_of(now));
        if (same_key && window_of(now).from <= window_of(reaching).to) {
            const auto [earlier, later] = std::minmax(order[furthest], order[i]);
            report(Id<Row>(earlier), Id<Row>(later));
        }
        if (!same_key || window_of(now).to > window_of(reaching).to) furthest = i;
    }
}

inline void check_repeated_rows(DraftCheck& check) {
    using View = std::string_view;
    const Draft& draft = check.draft;
    const auto repeated = [&](std::string_view field) {
        return [&check, field](auto first, auto later) {
            check.warning(place_of(later, field), {message::repeated_row, {to_text(place_of(first, ""))}}, {}, {},
                          {message::fix_delete_row});
        };
    };
    const auto overlapping = [&](std::string_view field) {
        return [&check, field](auto first, auto later) {
            check.warning(place_of(later, field), {message::overlapping_window, {to_text(place_of(first, ""))}}, {}, {},
                          {message::fix_delete_row});
        };
    };
    for_each_repeat(
        draft.links, [](const Link& row) { return std::tuple(View(row.predecessor), View(row.successor), row.type); },
        repeated("successor"));
    for_each_repeat(
        draft.influence, [](const Influence& row) { return std::tuple(View(row.from), View(row.to), row.kind); },
        repeated("to"));
    for_each_repeat(
        draft.quotas,
        [](const Quota& row) { return std::tuple(row.holder.noun, View(row.holder.id), row.role, View(row.subject)); },
        repeated("holder"));
    for_each_repeat(
        draft.decisions,
        [](const Decision& row) {
            return std::tuple(row.kind, row.who.noun, View(row.who.id), row.where.noun, View(row.where.id), row.from,
                              row.to);
        },
        repeated("who"));
    for_each_repeat(
        draft.couplings,
        [](const Coupling& row) {
            return std::tuple(row.kind, row.who.noun, View(row.who.id), row.where.noun, View(row.where.id), row.per,
                              row.role, View(row.subject), row.min_title, View(row.group), row.lower, row.upper,
                              row.price.has_value());
        },
        repeated("who"));
    const auto repeated_or_contrary = [&](const auto& rows, std::string_view key_field, std::string_view field,
                                          auto member) {
        return [&check, &rows, repeated, key_field, field, member](auto first, auto later) {
            if (rows[first].*member == rows[later].*member) {
                repeated(key_field)(first, later);
            } else {
                check.error(place_of(later, field), {message::contradicting_row, {to_text(place_of(first, field))}}, {},
                            {}, {message::fix_delete_row});
            }
        };
    };
    for_each_repeat(
        draft.calendar, [](const CalendarDay& row) { return std::tuple(View(row.scope), row.date); },
        repeated_or_contrary(draft.calendar, "date", "kind", &CalendarDay::kind));
    for_each_repeat(
        draft.distances, [](const Distance& row) { return std::tuple(View(row.sender), View(row.receiver)); },
        repeated_or_contrary(draft.distances, "receiver", "km", &Distance::km));
    for_each_overlap(
        draft.terms, [](const Term& row) { return std::tuple(View(row.scope), row.kind); },
        [](const Term& row) {
            return Period{row.from, row.to};
        },
        overlapping("from"));
    for_each_overlap(
        draft.pairings, [](const Pairing& row) { return std::tuple(View(row.sender), View(row.receiver), row.kind); },
        [](const Pairing& row) { return open_period(row.from, row.to); }, overlapping("receiver"));
    for_each_overlap(
        draft.mentors, [](const Mentorship& row) { return std::tuple(View(row.expert), View(row.teacher)); },
        [](const Mentorship& row) { return open_period(row.from, row.to); }, overlapping("teacher"));
}

/// People who may stand in the table twice, and groups of one.
inline void check_people_twice(DraftCheck& check) {
    const Draft& draft = check.draft;
    for_each_repeat(
        draft.experts,
        [](const Expert& e) {
            return std::tie(e.sender, e.roles, e.subjects, e.title, e.degree, e.years, e.available_from, e.available_to,
                            e.group, e.prefers, e.avoids);
        },
        [&](Id<Expert> first, Id<Expert> later) {
            const Expert& row = draft.experts[later];
            if (row.id == draft.experts[first].id) return;          // said already, as a duplicate id
            if (row.prefers.empty() && row.avoids.empty()) return;  // people may well be alike without wishes
            check.warning(place_of(later, "id"),
                          {message::same_person, {to_text(place_of(first, "id")), shown_text(draft.experts[first].id)}},
                          row.id, {}, {message::fix_delete_row});
        });
    std::map<std::string_view, std::size_t> members;
    for (const Expert& expert : draft.experts)
        ++members[expert.group];
    for (const Id<Expert> id : draft.experts.ids()) {
        const std::string& group = draft.experts[id].group;
        if (group.empty() || members[group] > 1) continue;
        check.add(Severity::note, place_of(id, "group"), {message::lone_group, {shown_text(group)}}, group);
    }
}

}  // namespace detail

}  // namespace countyplan
