// The checker's half of stable_matching: definitions only, nothing taken from the solver.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

#include <countyplan/error.hpp>
#include <countyplan/scalar/number.hpp>
#include <countyplan/separate.hpp>
#include <countyplan/solve/messages.hpp>
#include <countyplan/solve/proof/impl/nested_flow_problem.hpp>
#include <countyplan/solve/proof/refusal.hpp>
#include <countyplan/solve/proof/stable_matching.hpp>
#include <countyplan/solve/stable_matching_messages.hpp>

namespace countyplan {

namespace detail {

inline Verdict check_plain_quotas(const NestedSide& side) {
    if (Verdict v = check_quotas(side); !v.accepted) return v;
    const NestedQuotas& q = side.quotas;
    for (std::size_t g = 0; g < q.groups(); ++g) {
        if (q.lower[g] != 0) return refuse(message::solve_quotas_not_plain, side.at("lower", g));
    }
    for (const auto& [empty, field] : {std::pair{q.first_piece.empty(), "first_piece"},
                                       std::pair{q.from.empty(), "from"}, std::pair{q.slope.empty(), "slope"}}) {
        if (!empty) return refuse(message::solve_quotas_not_plain, side.field(field));
    }
    return {};
}

inline Verdict check_ranked(std::size_t pairs, std::size_t groups, const std::vector<std::uint32_t>& group,
                            const std::vector<std::int64_t>& rank, const char* group_field, const char* rank_field) {
    constexpr std::int64_t most = StableMatchingProblem::max_rank;
    if (Verdict v = check_length(group.size(), pairs, group_field); !v.accepted) return v;
    if (Verdict v = check_length(rank.size(), pairs, rank_field); !v.accepted) return v;
    for (std::size_t k = 0; k < pairs; ++k) {
        if (group[k] >= groups) {
            return refuse({message::proof_no_such_item, {to_text(group[k]), to_text(groups)}}, indexed(group_field, k));
        }
        if (rank[k] < -most || rank[k] > most) return nested_out_of_range(rank[k], -most, most, indexed(rank_field, k));
    }
    return {};
}

/// Whether the listed pairs exist, ascend, and break no quota of either side; marks them.
inline Verdict check_chosen(const StableMatchingProblem& problem, const std::vector<std::uint32_t>& chosen,
                            std::vector<bool>& in) {
    in.assign(problem.pairs(), false);
    std::vector<std::int64_t> left(problem.left.groups(), 0);
    std::vector<std::int64_t> right(problem.right.groups(), 0);
    for (std::size_t i = 0; i < chosen.size(); ++i) {
        const std::uint32_t pair = chosen[i];
        if (pair >= problem.pairs()) {
            return refuse({message::proof_no_such_item, {to_text(pair), to_text(problem.pairs())}},
                          indexed("chosen", i));
        }
        if (in[pair]) return refuse({message::proof_named_twice, {to_text(pair)}}, indexed("chosen", i));
        if (i > 0 && chosen[i - 1] > pair) {
            return refuse({message::proof_descending, {to_text(pair), to_text(chosen[i - 1])}}, indexed("chosen", i));
        }
        in[pair] = true;
        ++left[problem.left_group[pair]];
        ++right[problem.right_group[pair]];
    }
    for (const bool is_left : {true, false}) {
        const NestedQuotas& q = is_left ? problem.left : problem.right;
        std::vector<std::int64_t>& total = is_left ? left : right;
        for (std::size_t g = q.groups(); g-- > 0;) {
            if (total[g] > q.upper[g]) {
                return refuse({message::proof_flow_outside, {to_text(total[g]), "0", to_text(q.upper[g])}},
                              indexed(is_left ? "left" : "right", g));
            }
            if (q.parent[g] != NestedQuotas::outermost) total[q.parent[g]] += total[g];
        }
    }
    return {};
}

/// Per group: a pair inside is refused by this side just if its rank is at least this. The worst chosen rank of each
/// full group, and the least of those round a group.
inline std::vector<std::int64_t> refused_from(const NestedQuotas& q, const std::vector<std::uint32_t>& group,
                                              const std::vector<std::int64_t>& rank,
                                              const std::vector<std::uint32_t>& chosen) {
    constexpr std::int64_t nothing = std::numeric_limits<std::int64_t>::min();
    constexpr std::int64_t never = std::numeric_limits<std::int64_t>::max();
    std::vector<std::int64_t> total(q.groups(), 0);
    std::vector<std::int64_t> worst(q.groups(), nothing);
    for (const std::uint32_t pair : chosen) {
        ++total[group[pair]];
        worst[group[pair]] = std::max(worst[group[pair]], rank[pair]);
    }
    for (std::size_t g = q.groups(); g-- > 0;) {
        if (q.parent[g] == NestedQuotas::outermost) continue;
        total[q.parent[g]] += total[g];
        worst[q.parent[g]] = std::max(worst[q.parent[g]], worst[g]);
    }
    std::vector<std::int64_t>& from = worst;
    for (std::size_t g = 0; g < q.groups(); ++g) {
        if (total[g] < q.upper[g]) from[g] = never;
        if (q.parent[g] != NestedQuotas::outermost) from[g] = std::min(from[g], from[q.parent[g]]);
    }
    return worst;
}

/// Calls `found` with each pair that blocks a legal choice, ascending, until it returns false.
template <class Found>
void each_blocking(const StableMatchingProblem& problem, const std::vector<std::uint32_t>& chosen,
                   const std::vector<bool>& in, const Found& found) {
    const auto left = refused_from(problem.left, problem.left_group, problem.left_rank, chosen);
    const auto right = refused_from(problem.right, problem.right_group, problem.right_rank, chosen);
    for (std::uint32_t k = 0; k < problem.pairs(); ++k) {
        const bool wanted =
            problem.left_rank[k] < left[problem.left_group[k]] && problem.right_rank[k] < right[problem.right_group[k]];
        if (wanted && !in[k] && !found(k)) return;
    }
}

}  // namespace detail

COUNTYPLAN_INLINE Verdict examine(const StableMatchingProblem& problem) {
    using namespace detail;
    for (const NestedSide& side : {NestedSide{"left", problem.left}, NestedSide{"right", problem.right}}) {
        if (Verdict v = check_plain_quotas(side); !v.accepted) return v;
    }
    if (problem.pairs() >= std::numeric_limits<std::uint32_t>::max()) {
        return refuse({message::solve_too_large, {"pairs"}}, "left_group");
    }
    if (Verdict v = check_ranked(problem.pairs(), problem.left.groups(), problem.left_group, problem.left_rank,
                                 "left_group", "left_rank");
        !v.accepted)
        return v;
    return check_ranked(problem.pairs(), problem.right.groups(), problem.right_group, problem.right_rank, "right_group",
                        "right_rank");
}

COUNTYPLAN_INLINE Verdict examine(const StableMatchingProblem& problem, const StableMatchingResult& result) {
    using namespace detail;
    if (Verdict v = examine(problem); !v.accepted) return v;
    if (Verdict v = check_ending(result, Claim::feasible); !v.accepted) return v;
    std::vector<bool> in;
    if (Verdict v = check_chosen(problem, result.chosen, in); !v.accepted) return v;
    Verdict verdict;
    if (result.termination == Termination::optimal) {
        each_blocking(problem, result.chosen, in, [&verdict](std::uint32_t pair) {
            verdict = refuse(message::proof_pair_blocks, indexed("pair", pair));
            return false;
        });
    }
    return verdict;
}

COUNTYPLAN_INLINE bool verify(const StableMatchingProblem& problem, const StableMatchingResult& result) {
    return examine(problem, result).accepted;
}

COUNTYPLAN_INLINE std::vector<std::uint32_t> blocking_pairs(const StableMatchingProblem& problem,
                                                            const std::vector<std::uint32_t>& chosen) {
    std::vector<bool> in;
    Verdict verdict = examine(problem);
    if (verdict.accepted) verdict = detail::check_chosen(problem, chosen, in);
    if (!verdict.accepted) throw InvalidProblem(std::move(verdict.why), std::move(verdict.place));
    std::vector<std::uint32_t> out;
    detail::each_blocking(problem, chosen, in, [&out](std::uint32_t pair) {
        out.push_back(pair);
        return true;
    });
    return out;
}

}  // namespace countyplan
