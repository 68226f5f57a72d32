// How edit scripts are made, applied and turned round.
#pragma once

#include <algorithm>
#include <concepts>
#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include <countyplan/plan/difference.hpp>
#include <countyplan/plan/messages.hpp>
#include <countyplan/plan/value_text.hpp>
#include <countyplan/separate.hpp>

namespace countyplan {

namespace detail {

/// What makes a row the same one. Enumerators by number, since a draft may hold undeclared ones.
template <class Row>
std::string identity_of(const Row& row) {
    const auto join = [](std::initializer_list<std::string> parts) {
        std::string out;
        for (const std::string& part : parts)
            out += std::to_string(part.size()) + ':' + part;
        return out;
    };
    const auto number = [](auto kind) { return std::to_string(static_cast<int>(kind)); };
    if constexpr (std::same_as<Row, County>) {
        return to_text(row.code);
    } else if constexpr (std::same_as<Row, Pairing>) {
        return join({row.sender, row.receiver, number(row.kind)});
    } else if constexpr (std::same_as<Row, Mentorship>) {
        return join({row.expert, row.teacher});
    } else if constexpr (std::same_as<Row, Link>) {
        return join({row.predecessor, row.successor});
    } else if constexpr (std::same_as<Row, CalendarDay>) {
        return join({row.scope, std::to_string(row.date.number())});
    } else if constexpr (std::same_as<Row, Term>) {
        return join({row.scope, std::to_string(row.from.number()), number(row.kind)});
    } else if constexpr (std::same_as<Row, Influence>) {
        return join({row.from, row.to, number(row.kind)});
    } else if constexpr (std::same_as<Row, Distance>) {
        return join({row.sender, row.receiver});
    } else if constexpr (std::same_as<Row, Posting>) {
        return join({row.expert, row.post});
    } else {
        return row.id;
    }
}

/// Pairs (position in a, position in b) of rows that are the same, ascending in a.
template <class Row>
std::vector<std::pair<std::size_t, std::size_t>> same_rows(const std::vector<Row>& a, const std::vector<Row>& b) {
    using Entry = std::pair<std::string, std::size_t>;
    const auto sorted = [](const std::vector<Row>& rows) {
        std::vector<Entry> out;
        out.reserve(rows.size());
        for (std::size_t at = 0; at < rows.size(); ++at)
            out.emplace_back(identity_of(rows[at]), at);
        std::sort(out.begin(), out.end());
        return out;
    };
    const std::vector<Entry> left = sorted(a);
    const std::vector<Entry> right = sorted(b);
    std::vector<std::pair<std::size_t, std::size_t>> out;
    for (std::size_t i = 0, j = 0; i < left.size() && j < right.size();) {
        if (const int order = left[i].first.compare(right[j].first); order != 0) {
            ++(order < 0 ? i : j);
        } else {
            out.emplace_back(left[i++].second, right[j++].second);
        }
    }
    std::sort(out.begin(), out.end());
    return out;
}

/// Which of the pairs can keep their order: a longest rising subsequence of their second members.
inline std::vector<char> staying(const std::vector<std::pair<std::size_t, std::size_t>>& pairs) {
    constexpr auto none = static_cast<std::size_t>(-1);
    std::vector<std::size_t> ends;  // the pair that ends the best sequence of each length
    std::vector<std::size_t> before(pairs.size(), none);
    for (std::size_t i = 0; i < pairs.size(); ++i) {
        const auto at = std::partition_point(ends.begin(), ends.end(),
                                             [&](std::size_t end) { return pairs[end].second < pairs[i].second; });
        if (at != ends.begin()) before[i] = *(at - 1);
        if (at == ends.end()) {
            ends.push_back(i);
        } else {
            *at = i;
        }
    }
    std::vector<char> out(pairs.size(), 0);
    for (std::size_t i = ends.empty() ? none : ends.back(); i != none; i = before[i])
        out[i] = 1;
    return out;
}

template <class Row>
TableDifference<Row> difference_of(const std::vector<Row>& a, const std::vector<Row>& b) {
    TableDifference<Row> out;
    const auto pairs = same_rows(a, b);
    const std::vector<char> stays = staying(pairs);
    std::vector<char> kept_in_a(a.size(), 0);
    std::vector<char> kept_in_b(b.size(), 0);
    for (std::size_t i = 0; i < pairs.size(); ++i) {
        const auto [was, now] = pairs[i];
        kept_in_a[was] = kept_in_b[now] = 1;
        if (!(a[was] == b[now])) out.changed.push_back({{was, a[was]}, {now, b[now]}});
        if (stays[i] == 0) out.moved.push_back({was, now});
    }
    for (std::size_t at = 0; at < a.size(); ++at) {
        if (kept_in_a[at] == 0) out.removed.push_back({at, a[at]});
    }
    for (std::size_t at = 0; at < b.size(); ++at) {
        if (kept_in_b[at] == 0) out.added.push_back({at, b[at]});
    }
    return out;
}

template <class Row>
std::vector<Row> applied(const TableDifference<Row>& script, const std::vector<Row>& a) {
    const auto require = [](bool fits, std::size_t row) {
        if (!fits) throw UnfitDifference({message::unfit_difference}, {std::string(Table<Row>::name), row, {}});
    };
    std::vector<const Row*> kept(a.size(), nullptr);
    for (std::size_t at = 0; at < a.size(); ++at)
        kept[at] = &a[at];
    for (const PlacedRow<Row>& row : script.removed) {
        require(row.at < a.size() && kept[row.at] != nullptr && a[row.at] == row.row, row.at);
        kept[row.at] = nullptr;
    }
    for (const RowChange<Row>& change : script.changed) {
        const std::size_t at = change.was.at;
        require(at < a.size() && kept[at] == &a[at] && a[at] == change.was.row, at);
        kept[at] = &change.now.row;
    }
    require(script.removed.size() <= a.size(), a.size());
    const std::size_t size = a.size() - script.removed.size() + script.added.size();
    std::vector<const Row*> placed(size, nullptr);
    const auto place = [&](std::size_t at, const Row* row) {
        require(at < size && placed[at] == nullptr && row != nullptr, at);
        placed[at] = row;
    };
    for (const PlacedRow<Row>& row : script.added)
        place(row.at, &row.row);
    for (const RowMove& move : script.moved) {
        require(move.was_at < a.size(), move.was_at);
        place(move.now_at, std::exchange(kept[move.was_at], nullptr));
    }
    std::size_t free = 0;
    for (const Row* row : kept) {
        if (row == nullptr) continue;
        while (placed[free] != nullptr)  // there are as many free places as rows left
            ++free;
        placed[free] = row;
    }
    std::vector<Row> out;
    out.reserve(size);
    for (const Row* row : placed)
        out.push_back(*row);
    return out;
}

/// Calls `visit(table_of_x, table_of_y)` for the tables of two things that name them alike.
template <class X, class Y, class Visit>
void for_each_table_pair(X& x, Y& y, Visit&& visit) {
    visit(x.counties, y.counties);
    visit(x.senders, y.senders);
    visit(x.pairings, y.pairings);
    visit(x.schools, y.schools);
    visit(x.posts, y.posts);
    visit(x.experts, y.experts);
    visit(x.teachers, y.teachers);
    visit(x.mentors, y.mentors);
    visit(x.goals, y.goals);
    visit(x.indicators, y.indicators);
    visit(x.tasks, y.tasks);
    visit(x.links, y.links);
    visit(x.calendar, y.calendar);
    visit(x.terms, y.terms);
    visit(x.influence, y.influence);
    visit(x.quotas, y.quotas);
    visit(x.decisions, y.decisions);
    visit(x.distances, y.distances);
    visit(x.couplings, y.couplings);
    visit(x.staffing, y.staffing);
    visit(x.ledger, y.ledger);
}

template <class T>
std::optional<ValueChange<T>> change_of(const T& a, const T& b) {
    if (a == b) return std::nullopt;
    return ValueChange<T>{a, b};
}

template <class T>
void apply_value(const std::optional<ValueChange<T>>& change, T& value, const char* field) {
    if (!change) return;
    if (!(value == change->was)) throw UnfitDifference({message::unfit_difference}, {{}, std::nullopt, field});
    value = change->now;
}

template <class T>
std::optional<ValueChange<T>> turned(const std::optional<ValueChange<T>>& change) {
    if (!change) return std::nullopt;
    return ValueChange<T>{change->now, change->was};
}

}  // namespace detail

COUNTYPLAN_INLINE UnfitDifference::UnfitDifference(Message message, Place place)
    : std::invalid_argument(to_text(place) + ": " + text(message, Language::en)),
      message_(std::move(message)),
      place_(std::move(place)) {}

COUNTYPLAN_INLINE bool PlanDifference::empty() const {
    bool out = !name && !version && !period && !weights && !objective && rules.empty();
    detail::for_each_table_pair(*this, *this, [&](const auto& table, const auto&) { out = out && table.empty(); });
    return out;
}

COUNTYPLAN_INLINE PlanDifference difference(const Draft& a, const Draft& b) {
    PlanDifference out;
    out.name = detail::change_of(a.name, b.name);
    out.version = detail::change_of(a.version, b.version);
    out.period = detail::change_of(a.period, b.period);
    out.weights = detail::change_of(a.weights, b.weights);
    out.objective = detail::change_of(a.objective, b.objective);
    out.rules = detail::difference_of(a.rules, b.rules);
    detail::for_each_table_pair(b, out, [&](const auto& now, auto& script) {
        using Rows = std::remove_cvref_t<decltype(now)>;
        for_each_table(a, [&](const auto& was) {
            if constexpr (std::same_as<std::remove_cvref_t<decltype(was)>, Rows>) {
                script = detail::difference_of(was.rows(), now.rows());
            }
        });
    });
    return out;
}

COUNTYPLAN_INLINE StaffingDifference difference(const Staffing& a, const Staffing& b) {
    return detail::difference_of(a.rows(), b.rows());
}

COUNTYPLAN_INLINE Draft apply(const PlanDifference& script, const Draft& a) {
    Draft out = a;
    detail::apply_value(script.name, out.name, "name");
    detail::apply_value(script.version, out.version, "version");
    detail::apply_value(script.period, out.period, "period");
    detail::apply_value(script.weights, out.weights, "weights");
    detail::apply_value(script.objective, out.objective, "objective");
    out.rules = detail::applied(script.rules, a.rules);
    detail::for_each_table_pair(out, script, [](auto& rows, const auto& table) {
        if (!table.empty()) rows.rows() = detail::applied(table, rows.rows());
    });
    return out;
}

COUNTYPLAN_INLINE Staffing apply(const StaffingDifference& script, const Staffing& a) {
    return Staffing(detail::applied(script, a.rows()));
}

template <class Row>
TableDifference<Row> reverse(const TableDifference<Row>& script) {
    TableDifference<Row> out;
    out.removed = script.added;
    out.added = script.removed;
    for (const RowChange<Row>& change : script.changed)
        out.changed.push_back({change.now, change.was});
    for (const RowMove& move : script.moved)
        out.moved.push_back({move.now_at, move.was_at});
    std::sort(out.changed.begin(), out.changed.end(),
              [](const RowChange<Row>& x, const RowChange<Row>& y) { return x.was.at < y.was.at; });
    std::sort(out.moved.begin(), out.moved.end(),
              [](const RowMove& x, const RowMove& y) { return x.was_at < y.was_at; });
    return out;
}

COUNTYPLAN_INLINE PlanDifference reverse(const PlanDifference& script) {
    PlanDifference out;
    out.name = detail::turned(script.name);
    out.version = detail::turned(script.version);
    out.period = detail::turned(script.period);
    out.weights = detail::turned(script.weights);
    out.objective = detail::turned(script.objective);
    out.rules = reverse(script.rules);
    detail::for_each_table_pair(out, script, [](auto& there, const auto& back) { there = reverse(back); });
    return out;
}

}  // namespace countyplan
