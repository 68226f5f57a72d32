// Is a problem of teams as its struct describes it?
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

#include <countyplan/scalar/number.hpp>
#include <countyplan/solve/messages.hpp>
#include <countyplan/solve/proof/impl/team_columns_table.hpp>
#include <countyplan/solve/proof/int128.hpp>
#include <countyplan/solve/proof/refusal.hpp>
#include <countyplan/solve/proof/team_columns.hpp>

namespace countyplan::detail {

inline Verdict check_team_number(std::int64_t found, std::int64_t least, std::int64_t most, std::string place) {
    if (found >= least && found <= most) return {};
    return refuse({message::solve_out_of_range, {to_text(found), to_text(least), to_text(most)}}, std::move(place));
}

/// `field[index].part`, or `field[index].part[item]`.
inline std::string team_place(const char* field, std::size_t index, const char* part) {
    return indexed(field, index) + "." + part;
}
inline std::string team_place(const char* field, std::size_t index, const char* part, std::size_t item) {
    return indexed(field, index) + "." + indexed(part, item);
}

inline Verdict check_team_prices(std::int64_t below, std::int64_t above, const char* field, std::size_t index) {
    for (const auto& [price, name] : {std::pair{below, "below_price"}, std::pair{above, "above_price"}}) {
        if (price == team_rule_is_hard) continue;
        if (Verdict v = check_team_number(price, 0, TeamColumnsProblem::max_cost, team_place(field, index, name));
            !v.accepted)
            return v;
    }
    return {};
}

inline Verdict check_team_schools(const TeamColumnsProblem& p) {
    constexpr std::int64_t most = TeamColumnsProblem::max_cost;
    constexpr auto most_heads = static_cast<std::int64_t>(TeamColumnsProblem::max_heads);
    const std::size_t posts = p.posts();
    if (Verdict v = check_length(p.first_post.size(), p.schools() + 1, "first_post"); !v.accepted) return v;
    if (Verdict v = check_offsets(p.first_post, posts, "first_post"); !v.accepted) return v;
    if (Verdict v = check_length(p.lower.size(), posts, "lower"); !v.accepted) return v;
    if (Verdict v = check_length(p.target.size(), posts, "target"); !v.accepted) return v;
    if (Verdict v = check_length(p.shortfall.size(), posts, "shortfall"); !v.accepted) return v;
    if (Verdict v = check_length(p.most_senders.size(), p.schools(), "most_senders"); !v.accepted) return v;
    for (std::size_t h = 0; h < p.schools(); ++h) {
        if (Verdict v = check_team_number(p.charge[h], 0, most, indexed("charge", h)); !v.accepted) return v;
        std::int64_t heads = 0;
        for (std::size_t i = p.first_post[h]; i < p.first_post[h + 1]; ++i) {
            if (Verdict v = check_team_number(p.upper[i], 0, most_heads, indexed("upper", i)); !v.accepted) return v;
            if (Verdict v = check_team_number(p.target[i], 0, p.upper[i], indexed("target", i)); !v.accepted) return v;
            if (Verdict v = check_team_number(p.lower[i], 0, p.target[i], indexed("lower", i)); !v.accepted) return v;
            if (Verdict v = check_team_number(p.shortfall[i], 0, most, indexed("shortfall", i)); !v.accepted) return v;
            heads += p.upper[i];
            if (heads > most_heads) return refuse({message::solve_too_large, {"heads"}}, indexed("upper", i));
        }
    }
    return {};
}

inline Verdict check_team_experts(const TeamColumnsProblem& p) {
    constexpr std::int64_t most = TeamColumnsProblem::max_cost;
    for (std::size_t e = 0; e < p.experts(); ++e) {
        if (p.sender_of[e] >= p.senders) {
            return refuse({message::proof_no_such_item, {to_text(p.sender_of[e]), to_text(p.senders)}},
                          indexed("sender_of", e));
        }
    }
    if (Verdict v = check_length(p.first_pair.size(), p.experts() + 1, "first_pair"); !v.accepted) return v;
    if (Verdict v = check_offsets(p.first_pair, p.pairs(), "first_pair"); !v.accepted) return v;
    if (p.pairs() >= TeamColumnsResult::unassigned) return refuse({message::solve_too_large, {"pairs"}}, "post");
    if (Verdict v = check_length(p.cost.size(), p.pairs(), "cost"); !v.accepted) return v;
    for (std::size_t e = 0; e < p.experts(); ++e) {
        for (std::size_t k = p.first_pair[e]; k < p.first_pair[e + 1]; ++k) {
            if (p.post[k] >= p.posts()) {
                return refuse({message::proof_no_such_item, {to_text(p.post[k]), to_text(p.posts())}},
                              indexed("post", k));
            }
            if (k > p.first_pair[e] && p.post[k] <= p.post[k - 1]) {
                return refuse({message::proof_descending, {to_text(p.post[k]), to_text(p.post[k - 1])}},
                              indexed("post", k));
            }
            if (Verdict v = check_team_number(p.cost[k], -most, most, indexed("cost", k)); !v.accepted) return v;
        }
    }
    return {};
}

inline Verdict check_team_counter(const TeamColumnsProblem& p, std::size_t c, std::size_t sizes) {
    const TeamCounter& counter = p.counters[c];
    constexpr auto most = static_cast<std::int64_t>(TeamColumnsProblem::max_heads);
    const auto length = [c](std::size_t found, std::size_t needed, const char* part) {
        Verdict v = check_length(found, needed, part);
        if (!v.accepted) v.place = team_place("counters", c, part);
        return v;
    };
    if (Verdict v = length(counter.counts.size(), p.pairs(), "counts"); !v.accepted) return v;
    if (Verdict v = length(counter.lower.size(), sizes, "lower"); !v.accepted) return v;
    if (Verdict v = length(counter.upper.size(), sizes, "upper"); !v.accepted) return v;
    for (std::size_t k = 0; k < p.pairs(); ++k) {
        if (Verdict v = check_team_number(counter.counts[k], 0, 1, team_place("counters", c, "counts", k)); !v.accepted)
            return v;
    }
    for (std::size_t i = 0; i < sizes; ++i) {
        if (Verdict v = check_team_number(counter.lower[i], 0, most, team_place("counters", c, "lower", i));
            !v.accepted)
            return v;
        if (Verdict v = check_team_number(counter.upper[i], 0, most, team_place("counters", c, "upper", i));
            !v.accepted)
            return v;
    }
    return check_team_prices(counter.below_price, counter.above_price, "counters", c);
}

inline Verdict check_team_row(const TeamColumnsProblem& p, std::size_t r) {
    const TeamRow& row = p.rows[r];
    constexpr std::int64_t most = TeamColumnsProblem::max_cost;
    constexpr std::int64_t farthest = TeamColumnsProblem::max_total;
    if (row.coefficient.size() != row.pair.size()) {
        return refuse({message::solve_wrong_length, {to_text(row.coefficient.size()), to_text(row.pair.size())}},
                      team_place("rows", r, "coefficient"));
    }
    for (std::size_t i = 0; i < row.pair.size(); ++i) {
        const std::string place = team_place("rows", r, "pair", i);
        if (row.pair[i] >= p.pairs()) {
            return refuse({message::proof_no_such_item, {to_text(row.pair[i]), to_text(p.pairs())}}, place);
        }
        if (i > 0 && row.pair[i] <= row.pair[i - 1]) {
            return refuse({message::proof_descending, {to_text(row.pair[i]), to_text(row.pair[i - 1])}}, place);
        }
        if (Verdict v = check_team_number(row.coefficient[i], -most, most, team_place("rows", r, "coefficient", i));
            !v.accepted)
            return v;
    }
    if (row.lower != TeamRow::no_lower) {
        if (Verdict v = check_team_number(row.lower, -farthest, farthest, team_place("rows", r, "lower")); !v.accepted)
            return v;
    }
    if (row.upper != TeamRow::no_upper) {
        if (Verdict v = check_team_number(row.upper, -farthest, farthest, team_place("rows", r, "upper")); !v.accepted)
            return v;
    }
    if (row.lower > row.upper) {
        return refuse({message::solve_crossed_bounds, {to_text(row.upper), to_text(row.lower)}},
                      team_place("rows", r, "upper"));
    }
    return check_team_prices(row.below_price, row.above_price, "rows", r);
}

/// More than any choice can cost or save.
inline Int128 most_team_total(const TeamColumnsProblem& p) {
    Int128 sum = 0;
    const auto size = [](std::int64_t number) { return Int128(number < 0 ? -number : number); };
    const auto price = [](std::int64_t number) { return Int128(number == team_rule_is_hard ? 0 : number); };
    for (std::size_t e = 0; e < p.experts(); ++e) {
        Int128 most = 0;
        for (std::size_t k = p.first_pair[e]; k < p.first_pair[e + 1]; ++k)
            most = std::max(most, size(p.cost[k]));
        sum += most;
    }
    for (std::size_t i = 0; i < p.posts(); ++i)
        sum += Int128(p.shortfall[i]) * Int128(p.target[i]);
    for (std::size_t h = 0; h < p.schools(); ++h) {
        Int128 heads = 0;
        for (std::size_t i = p.first_post[h]; i < p.first_post[h + 1]; ++i)
            heads += Int128(p.upper[i]);
        sum += Int128(p.charge[h]) * std::min(heads, Int128(p.senders));
        for (const TeamCounter& c : p.counters)
            sum += std::max(price(c.below_price), price(c.above_price)) * Int128(TeamColumnsProblem::max_heads);
    }
    for (const TeamRow& row : p.rows) {
        Int128 most = 0;
        for (const std::int64_t a : row.coefficient)
            most += size(a);
        if (row.lower != TeamRow::no_lower) sum += price(row.below_price) * (most + size(row.lower));
        if (row.upper != TeamRow::no_upper) sum += price(row.above_price) * (most + size(row.upper));
    }
    return sum;
}

/// More than any team of a school can cost or save.
inline Int128 most_in_school(const TeamColumnsProblem& p, const TeamChecklist& list, std::size_t h) {
    Int128 sum = 0, heads = 0, most = p.charge[h];
    for (const TeamChecklist::Entry& entry : list.entries[h]) {
        const Int128 cost = p.cost[entry.pair];
        most = std::max(most, Int128(p.charge[h]) + (cost < Int128(0) ? Int128(0) - cost : cost));
    }
    for (std::size_t i = p.first_post[h]; i < p.first_post[h + 1]; ++i) {
        heads += Int128(p.upper[i]);
        sum += Int128(p.shortfall[i]) * Int128(p.target[i]);
    }
    for (const TeamCounter& c : p.counters) {
        for (const std::int64_t price : {c.below_price, c.above_price}) {
            if (price != team_rule_is_hard) sum += Int128(price) * Int128(TeamColumnsProblem::max_heads);
        }
    }
    return sum + heads * most;
}

}  // namespace countyplan::detail
