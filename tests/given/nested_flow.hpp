// Which seeded nested-flow instances do the tests solve, and what are they as plain networks?
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include <countyplan/solve/nested_flow.hpp>
#include <countyplan/solve/proof/min_cost_flow.hpp>
#include <countyplan/solve/random.hpp>

namespace given {

using countyplan::BasicNestedFlowProblem;
using countyplan::MinCostFlowProblem;
using countyplan::NestedFlowPotentials;
using countyplan::NestedFlowProblem;
using countyplan::NestedFlowProblem32;
using countyplan::NestedFlowResult;
using countyplan::NestedQuotas;
using countyplan::Random;

/// The same question as a plain network: node 0 is home, then left groups, items, right groups, and one
/// node more in front of each group with a cost, which carries the quota while parallel arcs carry the pieces.
struct PlainNestedFlow {
    MinCostFlowProblem problem{};
    std::size_t first_pair_arc = 0;  ///< pair k is arc first_pair_arc + k
};

template <class C>
PlainNestedFlow plain_nested_flow(const BasicNestedFlowProblem<C>& nested) {
    PlainNestedFlow out;
    MinCostFlowProblem& p = out.problem;
    const std::size_t left = nested.left.groups(), items = nested.items(), right = nested.right.groups();
    p.tiers = nested.tiers;
    p.nodes = 1 + left + items + right;
    const auto add = [&](std::size_t tail, std::size_t head, std::int64_t lower, std::int64_t upper,
                         const std::int64_t* cost) {
        p.tail.push_back(static_cast<std::uint32_t>(tail));
        p.head.push_back(static_cast<std::uint32_t>(head));
        p.lower.push_back(lower);
        p.upper.push_back(upper);
        for (std::size_t t = 0; t < p.tiers; ++t)
            p.cost.push_back(cost == nullptr ? 0 : cost[t]);
    };
    const auto add_side = [&](const NestedQuotas& q, std::size_t base, bool inward) {
        for (std::size_t g = 0; g < q.groups(); ++g) {
            const std::size_t outer = q.parent[g] == NestedQuotas::outermost ? 0 : base + q.parent[g];
            const std::size_t inner = base + g;
            const bool priced = !q.first_piece.empty() && q.first_piece[g] < q.first_piece[g + 1];
            const std::size_t middle = priced ? p.nodes++ : inner;
            inward ? add(outer, middle, q.lower[g], q.upper[g], nullptr)
                   : add(middle, outer, q.lower[g], q.upper[g], nullptr);
            for (std::size_t k = priced ? q.first_piece[g] : 1; priced && k < q.first_piece[g + 1]; ++k) {
                const std::int64_t width =
                    k + 1 < q.first_piece[g + 1] ? q.from[k + 1] - q.from[k] : MinCostFlowProblem::unlimited;
                inward ? add(middle, inner, 0, width, &q.slope[k * p.tiers])
                       : add(inner, middle, 0, width, &q.slope[k * p.tiers]);
            }
        }
    };
    add_side(nested.left, 1, true);
    add_side(nested.right, 1 + left + items, false);
    for (std::size_t i = 0; i < items; ++i)
        add(1 + nested.group[i], 1 + left + i, 0, 1, nullptr);
    out.first_pair_arc = p.tail.size();
    const std::size_t each = nested.tiers - nested.pair_tier;
    for (std::size_t i = 0; i < items; ++i) {
        for (std::size_t k = nested.first[i]; k < nested.first[i + 1]; ++k) {
            std::vector<std::int64_t> cost(nested.tiers, 0);
            for (std::size_t t = 0; t < each; ++t)
                cost[nested.pair_tier + t] = nested.cost[k * each + t];
            add(1 + left + i, 1 + left + items + nested.to[k], 0, 1, cost.data());
        }
    }
    p.supply.assign(p.nodes, 0);
    return out;
}

/// The answer on the plain network: flow along the chosen pairs, and the potentials with those of the items
/// and of the nodes in front of priced groups put in.
template <class C>
countyplan::MinCostFlowResult plain_result(const BasicNestedFlowProblem<C>& nested, const PlainNestedFlow& plain,
                                           const NestedFlowResult& result, const NestedFlowPotentials& proof) {
    const MinCostFlowProblem& p = plain.problem;
    const std::size_t left = nested.left.groups(), items = nested.items(), tiers = nested.tiers;
    const std::size_t each = tiers - nested.pair_tier;
    countyplan::MinCostFlowResult out{countyplan::Termination::optimal, countyplan::Cause::proved,
                                      countyplan::Claim::proved};
    out.cost = result.cost;
    out.flow.assign(p.arcs(), 0);
    std::vector<std::int64_t> total(p.nodes, 0);
    std::vector<std::int64_t> value(p.nodes * tiers, 0);
    std::copy(proof.left.begin(), proof.left.end(), value.begin() + static_cast<std::ptrdiff_t>(tiers));
    std::copy(proof.right.begin(), proof.right.end(),
              value.begin() + static_cast<std::ptrdiff_t>((1 + left + items) * tiers));
    for (std::size_t i = 0; i < items; ++i) {
        const std::uint32_t pair = result.pair_of[i];
        const bool paired = pair != NestedFlowResult::unpaired;
        const std::size_t from = paired ? 1 + left + items + nested.to[pair] : 1 + nested.group[i];
        for (std::size_t t = 0; t < tiers; ++t) {
            const std::int64_t cost =
                paired && t >= nested.pair_tier ? nested.cost[pair * each + t - nested.pair_tier] : 0;
            value[(1 + left + i) * tiers + t] = value[from * tiers + t] - cost;
        }
        if (!paired) continue;
        out.flow[plain.first_pair_arc + pair] = 1;
        out.flow[plain.first_pair_arc - items + i] = 1;
        ++total[from];
        ++total[1 + nested.group[i]];
    }
    // group arcs come group by group: the quota, then the pieces, which fill up in order
    std::size_t arc = 0;
    std::size_t middle = 1 + left + items + nested.right.groups();
    const auto pour = [&](const NestedQuotas& q, std::size_t base, bool inward) {
        for (std::size_t g = q.groups(); g-- > 0;) {
            if (q.parent[g] != NestedQuotas::outermost) total[base + q.parent[g]] += total[base + g];
        }
        for (std::size_t g = 0; g < q.groups(); ++g) {
            const std::size_t outer = q.parent[g] == NestedQuotas::outermost ? 0 : base + q.parent[g];
            out.flow[arc++] = total[base + g];
            if (q.first_piece.empty() || q.first_piece[g] == q.first_piece[g + 1]) continue;
            const bool full = total[base + g] == q.upper[g];  // then the last unit decides, else the next one
            std::int64_t left_over = total[base + g];
            std::size_t piece = q.first_piece[g];
            for (std::size_t k = piece; k < q.first_piece[g + 1]; ++k) {
                out.flow[arc] = std::min(left_over, p.upper[arc]);
                left_over -= out.flow[arc++];
                if (q.from[k] < total[base + g] + (full ? 0 : 1)) piece = k;
            }
            // between outer and inner by the slope: the quota's arc is free of cost
            const bool at_bound = full || total[base + g] == q.lower[g];
            for (std::size_t t = 0; t < tiers; ++t) {
                const std::int64_t slope = q.slope[piece * tiers + t];
                const std::int64_t inner = value[(base + g) * tiers + t];
                value[middle * tiers + t] = at_bound ? inner + (inward ? -slope : slope) : value[outer * tiers + t];
            }
            ++middle;
        }
    };
    pour(nested.left, 1, true);
    pour(nested.right, 1 + left + items, false);
    out.certificate = countyplan::Potentials{value};
    return out;
}

/// Tries every choice; only for a handful of items. The cost per tier, or nothing if infeasible.
template <class C>
std::optional<std::vector<std::int64_t>> exhaustive_nested_flow(const BasicNestedFlowProblem<C>& p) {
    std::optional<std::vector<std::int64_t>> best;
    std::vector<std::size_t> at(p.items(), 0);  // 0 unpaired, else 1 + position in its row
    const std::size_t each = p.tiers - p.pair_tier;
    for (;;) {
        std::vector<std::int64_t> left(p.left.groups(), 0), right(p.right.groups(), 0), cost(p.tiers, 0);
        for (std::size_t i = 0; i < p.items(); ++i) {
            if (at[i] == 0) continue;
            const std::size_t k = p.first[i] + at[i] - 1;
            ++left[p.group[i]];
            ++right[p.to[k]];
            for (std::size_t t = 0; t < each; ++t)
                cost[p.pair_tier + t] += p.cost[k * each + t];
        }
        bool fits = true;
        const auto close = [&](const NestedQuotas& q, std::vector<std::int64_t>& total) {
            for (std::size_t g = q.groups(); g-- > 0;) {
                if (q.parent[g] != NestedQuotas::outermost) total[q.parent[g]] += total[g];
                fits = fits && q.lower[g] <= total[g] && total[g] <= q.upper[g];
                for (std::int64_t unit = 1; !q.first_piece.empty() && unit <= total[g]; ++unit) {
                    std::size_t k = q.first_piece[g + 1];
                    while (k > q.first_piece[g] && q.from[k - 1] >= unit)
                        --k;
                    if (k == q.first_piece[g]) continue;
                    for (std::size_t t = 0; t < p.tiers; ++t)
                        cost[t] += q.slope[(k - 1) * p.tiers + t];
                }
            }
        };
        close(p.left, left);
        close(p.right, right);
        if (fits && (!best || cost < *best)) best = cost;
        std::size_t i = 0;
        while (i < at.size() && at[i] == p.first[i + 1] - p.first[i])
            at[i++] = 0;
        if (i == at.size()) return best;
        ++at[i];
    }
}

/// Quotas round the given totals of the innermost groups; now and then tighter than they are.
inline NestedQuotas random_nested_quotas(Random& random, std::size_t groups, std::size_t tiers,
                                         std::vector<std::int64_t>& total, bool priced) {
    NestedQuotas q;
    for (std::size_t g = 0; g < groups; ++g) {
        const bool inner = g > 0 && random.chance(3, 5);
        q.parent.push_back(inner ? static_cast<std::uint32_t>(random.below(g)) : NestedQuotas::outermost);
    }
    q.lower.assign(groups, 0);
    q.upper.assign(groups, 0);
    for (std::size_t g = groups; g-- > 0;) {
        if (q.parent[g] != NestedQuotas::outermost) total[q.parent[g]] += total[g];
        const bool bound = random.chance(1, 2);
        q.lower[g] = bound ? std::max<std::int64_t>(0, total[g] - random.between(0, 1)) : 0;
        q.upper[g] = random.chance(1, 4) ? NestedQuotas::unlimited : total[g] + random.between(0, 2);
        if (random.chance(1, 25)) q.upper[g] = q.lower[g] = total[g] + random.between(0, 1);
    }
    if (!priced) return q;
    for (std::size_t g = 0; g < groups; ++g) {
        q.first_piece.push_back(q.from.size());
        const std::uint64_t pieces = random.below(4);
        std::vector<std::vector<std::int64_t>> slopes;
        for (std::uint64_t k = 0; k < pieces; ++k) {
            q.from.push_back(k == 0 ? 0 : q.from.back() + random.between(1, 2));
            std::vector<std::int64_t> slope;
            for (std::size_t t = 0; t < tiers; ++t)
                slope.push_back(random.between(-3, 3));
            slopes.push_back(slope);
        }
        std::sort(slopes.begin(), slopes.end());
        for (const auto& slope : slopes)
            q.slope.insert(q.slope.end(), slope.begin(), slope.end());
    }
    q.first_piece.push_back(q.from.size());
    return q;
}

/// A handful of items and groups; about a third of the problems have no answer. Planted round a choice.
template <class C = std::int64_t>
BasicNestedFlowProblem<C> random_nested_flow(std::uint64_t seed, std::size_t max_items = 5, std::size_t max_groups = 4,
                                             std::size_t max_pairs = 4) {
    Random random(seed, 21);
    BasicNestedFlowProblem<C> p;
    p.tiers = random.chance(1, 2) ? 1 : 1 + random.below(3);
    p.pair_tier = random.below(p.tiers);
    const std::size_t items = random.below(max_items + 1);
    const std::size_t lefts = 1 + random.below(max_groups);
    const std::size_t rights = 1 + random.below(max_groups);
    std::vector<std::int64_t> left(lefts, 0), right(rights, 0);
    p.first.push_back(0);
    const std::int64_t size = random.chance(1, 3) ? 2 : 20;
    for (std::size_t i = 0; i < items; ++i) {
        p.group.push_back(static_cast<std::uint32_t>(random.below(lefts)));
        const std::uint64_t pairs = random.below(max_pairs + 1);
        for (std::uint64_t k = 0; k < pairs; ++k) {
            p.to.push_back(static_cast<std::uint32_t>(random.below(rights)));
            for (std::size_t t = p.pair_tier; t < p.tiers; ++t)
                p.cost.push_back(static_cast<C>(random.between(-size, size / 2)));
        }
        p.first.push_back(p.to.size());
        if (pairs > 0 && random.chance(2, 3)) {
            ++left[p.group.back()];
            ++right[p.to[p.to.size() - 1 - random.below(pairs)]];
        }
    }
    const bool priced = random.chance(1, 2);
    p.left = random_nested_quotas(random, lefts, p.tiers, left, priced && random.chance(2, 3));
    p.right = random_nested_quotas(random, rights, p.tiers, right, priced);
    if (random.chance(3, 5)) {
        auto& q = random.chance(1, 2) ? p.left : p.right;
        const std::size_t g = random.below(q.groups());
        q.lower[g] += random.between(0, 3);
        q.upper[g] = std::max(q.upper[g], q.lower[g]);
    }
    return p;
}

}  // namespace given
