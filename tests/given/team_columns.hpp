// Small seeded problems of teams, and what their best choice costs by trying all.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include <countyplan/solve/proof/team_columns.hpp>
#include <countyplan/solve/random.hpp>

namespace given {

/// Which rules a problem has beside heads, charges and costs.
enum TeamRules : unsigned {
    shortfalls = 1,
    sender_limit = 2,
    hard_counter = 4,
    soft_counter = 8,
    budget = 16,
    together = 32,
    apart = 64,
    soft_row = 128,
    all_team_rules = 256,
};

inline countyplan::TeamColumnsProblem random_teams(std::uint64_t seed, unsigned rules) {
    using namespace countyplan;
    Random random(seed, 61);
    const auto draw = [&random](std::int64_t from, std::int64_t to) { return random.between(from, to); };
    TeamColumnsProblem p;
    const auto schools = static_cast<std::size_t>(draw(1, 3));
    p.senders = static_cast<std::uint32_t>(draw(1, 3));
    for (std::size_t h = 0; h < schools; ++h) {
        for (std::int64_t i = draw(1, 2); i > 0; --i) {
            p.upper.push_back(static_cast<std::int32_t>(draw(1, 2)));
            p.target.push_back(static_cast<std::int32_t>(draw((rules & shortfalls) != 0 ? 1 : 0, p.upper.back())));
            p.lower.push_back(random.chance(1, 3) ? static_cast<std::int32_t>(draw(0, p.target.back())) : 0);
            p.shortfall.push_back((rules & shortfalls) != 0 ? draw(0, 30) : 25);
        }
        p.first_post.push_back(p.upper.size());
        p.charge.push_back(draw(0, 8));
        p.most_senders.push_back((rules & sender_limit) != 0 ? static_cast<std::uint32_t>(draw(0, 2)) : 9);
    }
    for (std::int64_t e = draw(1, 5); e > 0; --e) {
        p.sender_of.push_back(static_cast<std::uint32_t>(random.below(p.senders)));
        for (std::uint32_t i = 0; i < p.upper.size(); ++i) {
            if (p.post.size() - p.first_pair.back() >= 3 || !random.chance(1, 2)) continue;
            p.post.push_back(i);
            p.cost.push_back(draw(-5, 20));
        }
        p.first_pair.push_back(p.post.size());
    }
    std::vector<std::uint32_t> school_of;
    for (std::uint32_t h = 0; h < schools; ++h)
        school_of.resize(p.first_post[h + 1], h);
    for (const unsigned rule : {hard_counter, soft_counter}) {
        if ((rules & rule) == 0) continue;
        TeamCounter c;
        for (std::size_t k = 0; k < p.pairs(); ++k)
            c.counts.push_back(random.chance(1, 2) ? 1 : 0);
        for (std::size_t h = 0; h < schools; ++h) {
            std::int32_t most = 0;
            for (std::size_t i = p.first_post[h]; i < p.first_post[h + 1]; ++i)
                most += p.upper[i];
            for (std::int32_t n = 0; n <= most; ++n) {
                c.lower.push_back(n > 0 ? static_cast<std::int32_t>(draw(0, 1)) : 0);
                c.upper.push_back(static_cast<std::int32_t>(draw(0, 4)));
            }
        }
        if (rule == soft_counter) {
            c.below_price = draw(0, 9);
            c.above_price = random.chance(1, 3) ? team_rule_is_hard : draw(0, 9);
        }
        p.counters.push_back(std::move(c));
    }
    const auto expert_of = [&p](std::uint32_t pair) {
        return std::ranges::upper_bound(p.first_pair, std::size_t{pair}) - p.first_pair.begin() - 1;
    };
    if ((rules & (budget | soft_row)) != 0) {
        TeamRow row;
        for (std::uint32_t k = 0; k < p.pairs(); ++k) {
            if (!random.chance(3, 4)) continue;
            row.pair.push_back(k);
            row.coefficient.push_back(draw(-1, 6));
        }
        if (random.chance(1, 2)) row.lower = draw(0, 5);
        row.upper = std::max<std::int64_t>(row.lower, draw(3, 12));
        if ((rules & soft_row) != 0) row.below_price = draw(0, 6);
        if ((rules & soft_row) != 0) row.above_price = draw(0, 6);
        p.rows.push_back(std::move(row));
    }
    if ((rules & (together | apart)) != 0 && p.experts() > 1) {
        // the first two experts, school by school
        for (std::uint32_t h = 0; h < schools; ++h) {
            TeamRow row;
            for (std::uint32_t k = 0; k < p.first_pair[2]; ++k) {
                if (school_of[p.post[k]] != h) continue;
                row.pair.push_back(k);
                row.coefficient.push_back((rules & together) != 0 && expert_of(k) == 1 ? -1 : 1);
            }
            if ((rules & together) != 0) row.lower = 0;
            row.upper = (rules & together) != 0 ? 0 : 1;
            p.rows.push_back(std::move(row));
        }
    }
    return p;
}

/// What a choice costs, added up from the definitions; nothing if it breaks a hard rule.
inline std::optional<std::int64_t> team_total(const countyplan::TeamColumnsProblem& p,
                                              const std::vector<std::uint32_t>& pair_of) {
    using namespace countyplan;
    std::int64_t sum = 0;
    bool legal = true;
    const auto pay = [&](std::int64_t units, std::int64_t price) {
        if (units <= 0) return;
        if (price == team_rule_is_hard) {
            legal = false;
        } else {
            sum += units * price;
        }
    };
    std::size_t sizes = 0;
    for (std::size_t h = 0; h < p.schools(); ++h) {
        std::size_t size = 0, most = 0;
        std::set<std::uint32_t> senders;
        std::vector<std::int64_t> counted(p.counters.size(), 0);
        for (std::size_t i = p.first_post[h]; i < p.first_post[h + 1]; ++i) {
            std::int64_t heads = 0;
            for (std::size_t e = 0; e < p.experts(); ++e) {
                if (pair_of[e] == TeamColumnsResult::unassigned || p.post[pair_of[e]] != i) continue;
                ++heads;
                sum += p.cost[pair_of[e]];
                senders.insert(p.sender_of[e]);
                for (std::size_t c = 0; c < counted.size(); ++c)
                    counted[c] += p.counters[c].counts[pair_of[e]];
            }
            legal = legal && heads >= p.lower[i] && heads <= p.upper[i];
            pay(p.target[i] - heads, p.shortfall[i]);
            size += static_cast<std::size_t>(heads);
            most += static_cast<std::size_t>(p.upper[i]);
        }
        if (!legal) return std::nullopt;
        legal = legal && senders.size() <= p.most_senders[h];
        sum += p.charge[h] * static_cast<std::int64_t>(senders.size());
        for (std::size_t c = 0; c < counted.size(); ++c) {
            pay(p.counters[c].lower[sizes + size] - counted[c], p.counters[c].below_price);
            pay(counted[c] - p.counters[c].upper[sizes + size], p.counters[c].above_price);
        }
        sizes += most + 1;
    }
    for (const TeamRow& row : p.rows) {
        std::int64_t value = 0;
        for (std::size_t i = 0; i < row.pair.size(); ++i) {
            if (std::ranges::find(pair_of, row.pair[i]) != pair_of.end()) value += row.coefficient[i];
        }
        if (row.lower != TeamRow::no_lower) pay(row.lower - value, row.below_price);
        if (row.upper != TeamRow::no_upper) pay(value - row.upper, row.above_price);
    }
    if (!legal) return std::nullopt;
    return sum;
}

/// The least total of all choices; nothing if none is legal.
inline std::optional<std::int64_t> cheapest_teams(const countyplan::TeamColumnsProblem& p) {
    using countyplan::TeamColumnsResult;
    std::vector<std::uint32_t> pair_of(p.experts(), TeamColumnsResult::unassigned);
    std::optional<std::int64_t> best;
    for (;;) {
        if (const auto total = team_total(p, pair_of)) best = best ? std::min(*best, *total) : *total;
        std::size_t e = 0;
        for (; e < p.experts(); ++e) {
            std::uint32_t& k = pair_of[e];
            k = k == TeamColumnsResult::unassigned ? static_cast<std::uint32_t>(p.first_pair[e]) : k + 1;
            if (k < p.first_pair[e + 1]) break;
            k = TeamColumnsResult::unassigned;
        }
        if (e == p.experts()) return best;
    }
}

}  // namespace given
