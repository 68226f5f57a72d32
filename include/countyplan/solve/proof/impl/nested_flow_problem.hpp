// Whether a nested flow's problem is as its struct describes it: the checker's first half.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include <countyplan/scalar/number.hpp>
#include <countyplan/solve/messages.hpp>
#include <countyplan/solve/proof/nested_flow.hpp>
#include <countyplan/solve/proof/refusal.hpp>

namespace countyplan::detail {

/// The two sides by the names of their fields.
struct NestedSide {
    const char* name;
    const NestedQuotas& quotas;

    [[nodiscard]] std::string field(const char* what) const { return std::string(name) + '.' + what; }
    [[nodiscard]] std::string at(const char* what, std::size_t index) const {
        return indexed(field(what).c_str(), index);
    }
};

inline Verdict nested_out_of_range(std::int64_t found, std::int64_t least, std::int64_t most, std::string place) {
    return refuse({message::solve_out_of_range, {to_text(found), to_text(least), to_text(most)}}, std::move(place));
}

/// The larger of `largest` and the size of `cost`, a legal cost.
inline void raise_to(std::int64_t& largest, std::int64_t cost) {
    const std::int64_t size = cost < 0 ? -cost : cost;
    if (size > largest) largest = size;
}

inline Verdict check_pieces(const NestedSide& side, std::size_t tiers, std::int64_t max_cost, std::int64_t& largest) {
    const NestedQuotas& q = side.quotas;
    const std::size_t pieces = q.from.size();
    if (q.first_piece.empty()) {
        if (Verdict v = check_length(pieces, 0, side.field("from").c_str()); !v.accepted) return v;
        return check_length(q.slope.size(), 0, side.field("slope").c_str());
    }
    if (Verdict v = check_length(q.first_piece.size(), q.groups() + 1, side.field("first_piece").c_str()); !v.accepted)
        return v;
    if (q.slope.size() % tiers != 0 || q.slope.size() / tiers != pieces) {
        return refuse({message::solve_wrong_length, {to_text(q.slope.size()), to_text(Int128(int128{pieces} * tiers))}},
                      side.field("slope"));
    }
    if (Verdict v = check_offsets(q.first_piece, pieces, side.field("first_piece").c_str()); !v.accepted) return v;
    for (std::size_t i = 0; i < q.slope.size(); ++i) {
        const std::int64_t cost = q.slope[i];
        if (cost < -max_cost || cost > max_cost)
            return nested_out_of_range(cost, -max_cost, max_cost, side.at("slope", i));
        raise_to(largest, cost);
    }
    for (std::size_t g = 0; g < q.groups(); ++g) {
        for (std::size_t k = q.first_piece[g]; k < q.first_piece[g + 1]; ++k) {
            const bool leads = k == q.first_piece[g];
            if (leads ? q.from[k] != 0 : q.from[k] <= q.from[k - 1]) {
                const std::int64_t most = leads ? 0 : NestedQuotas::unlimited;
                return nested_out_of_range(q.from[k], leads || q.from[k - 1] == most ? 0 : q.from[k - 1] + 1, most,
                                           side.at("from", k));
            }
            for (std::size_t tier = 0; !leads && tier < tiers; ++tier) {
                const std::int64_t rise = q.slope[k * tiers + tier] - q.slope[(k - 1) * tiers + tier];
                if (rise < 0) return refuse(message::solve_not_convex, side.at("from", k));
                if (rise > 0) break;
            }
        }
    }
    return {};
}

inline Verdict check_quotas(const NestedSide& side) {
    const NestedQuotas& q = side.quotas;
    if (q.groups() >= std::size_t{1} << 31) return refuse({message::solve_too_large, {"groups"}}, side.field("parent"));
    if (Verdict v = check_length(q.lower.size(), q.groups(), side.field("lower").c_str()); !v.accepted) return v;
    if (Verdict v = check_length(q.upper.size(), q.groups(), side.field("upper").c_str()); !v.accepted) return v;
    for (std::size_t g = 0; g < q.groups(); ++g) {
        if (q.parent[g] != NestedQuotas::outermost && q.parent[g] >= g) {
            return refuse({message::proof_no_such_item, {to_text(q.parent[g]), to_text(g)}}, side.at("parent", g));
        }
        if (q.lower[g] < 0) return nested_out_of_range(q.lower[g], 0, NestedQuotas::unlimited, side.at("lower", g));
        if (q.upper[g] < q.lower[g]) {
            return refuse({message::solve_crossed_bounds, {to_text(q.upper[g]), to_text(q.lower[g])}},
                          side.at("upper", g));
        }
    }
    return {};
}

template <class C>
Verdict check_pairs(const BasicNestedFlowProblem<C>& problem, std::int64_t& largest) {
    constexpr std::int64_t max_cost = BasicNestedFlowProblem<C>::max_pair_cost;
    const std::size_t items = problem.items();
    const std::size_t pairs = problem.pairs();
    const std::size_t each = problem.tiers - problem.pair_tier;
    if (items >= std::size_t{1} << 31) return refuse({message::solve_too_large, {"items"}}, "group");
    if (pairs >= std::numeric_limits<std::uint32_t>::max()) {
        return refuse({message::solve_too_large, {"pairs"}}, "to");
    }
    if (items != 0 || !problem.first.empty()) {
        if (Verdict v = check_length(problem.first.size(), items + 1, "first"); !v.accepted) return v;
    } else if (Verdict v = check_length(pairs, 0, "to"); !v.accepted) {
        return v;
    }
    if (Verdict v = check_length(problem.cost.size(), pairs * each, "cost"); !v.accepted) return v;
    if (Verdict v = check_offsets(problem.first, pairs, "first"); !v.accepted) return v;
    for (std::size_t i = 0; i < items; ++i) {
        if (problem.group[i] >= problem.left.groups()) {
            return refuse({message::proof_no_such_item, {to_text(problem.group[i]), to_text(problem.left.groups())}},
                          indexed("group", i));
        }
    }
    for (std::size_t k = 0; k < pairs; ++k) {
        if (problem.to[k] >= problem.right.groups()) {
            return refuse({message::proof_no_such_item, {to_text(problem.to[k]), to_text(problem.right.groups())}},
                          indexed("to", k));
        }
    }
    for (std::size_t i = 0; i < problem.cost.size(); ++i) {
        const std::int64_t cost = problem.cost[i];
        if (cost < -max_cost || cost > max_cost)
            return nested_out_of_range(cost, -max_cost, max_cost, indexed("cost", i));
        raise_to(largest, cost);
    }
    return {};
}

template <class C>
Verdict examine_nested_problem(const BasicNestedFlowProblem<C>& problem) {
    using Problem = BasicNestedFlowProblem<C>;
    if (problem.tiers < 1 || problem.tiers > Problem::max_tiers) {
        return refuse({message::solve_out_of_range, {to_text(problem.tiers), "1", to_text(Problem::max_tiers)}},
                      "tiers");
    }
    if (problem.pair_tier >= problem.tiers) {
        return refuse({message::solve_out_of_range, {to_text(problem.pair_tier), "0", to_text(problem.tiers - 1)}},
                      "pair_tier");
    }
    std::int64_t largest = 0;
    for (const NestedSide& side : {NestedSide{"left", problem.left}, NestedSide{"right", problem.right}}) {
        if (Verdict v = check_quotas(side); !v.accepted) return v;
        if (Verdict v = check_pieces(side, problem.tiers, Problem::max_cost, largest); !v.accepted) return v;
    }
    if (Verdict v = check_pairs(problem, largest); !v.accepted) return v;
    const std::size_t nodes = problem.left.groups() + problem.right.groups() + problem.items() + 1;
    if (int128{largest} * static_cast<std::int64_t>(nodes) >= std::int64_t{1} << 60) {
        return refuse({message::solve_too_large, {"(groups + items + 1) * cost"}}, "cost");
    }
    return {};
}

}  // namespace countyplan::detail
