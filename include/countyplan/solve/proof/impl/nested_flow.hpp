// The checker's half of nested_flow: definitions only, nothing taken from the solver.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <countyplan/scalar/number.hpp>
#include <countyplan/separate.hpp>
#include <countyplan/solve/messages.hpp>
#include <countyplan/solve/proof/impl/nested_flow_problem.hpp>
#include <countyplan/solve/proof/nested_flow.hpp>
#include <countyplan/solve/proof/refusal.hpp>

namespace countyplan {

namespace detail {

/// One problem and one answer to it, both of the right lengths.
template <class C>
class NestedExaminer {
  public:
    NestedExaminer(const BasicNestedFlowProblem<C>& problem, const NestedFlowResult& result)
        : problem_(problem),
          result_(result),
          tiers_(problem.tiers),
          sides_{NestedSide{"left", problem.left}, NestedSide{"right", problem.right}} {}

    /// Whether the choice keeps the quotas and the stated totals.
    [[nodiscard]] Verdict check_choice() {
        if (Verdict v = check_length(result_.pair_of.size(), problem_.items(), "pair_of"); !v.accepted) return v;
        if (Verdict v = check_length(result_.cost.size(), tiers_, "cost"); !v.accepted) return v;
        std::vector<int128> cost(tiers_, 0);
        for (const std::size_t s : {0U, 1U})
            total_[s].assign(sides_[s].quotas.groups(), 0);
        for (std::size_t i = 0; i < problem_.items(); ++i) {
            const std::uint32_t pair = result_.pair_of[i];
            if (pair == NestedFlowResult::unpaired) continue;
            if (pair < problem_.first[i] || pair >= problem_.first[i + 1]) {
                return refuse({message::proof_not_its_pair, {to_text(pair)}}, indexed("pair_of", i));
            }
            ++total_[0][problem_.group[i]];
            ++total_[1][problem_.to[pair]];
            for (std::size_t tier = problem_.pair_tier; tier < tiers_; ++tier)
                cost[tier] += pair_cost(pair, tier);
        }
        for (const std::size_t s : {0U, 1U}) {
            const NestedQuotas& q = sides_[s].quotas;
            for (std::size_t g = q.groups(); g-- > 0;) {
                const std::int64_t total = total_[s][g];
                if (total < q.lower[g] || total > q.upper[g]) {
                    return refuse(
                        {message::proof_flow_outside, {to_text(total), to_text(q.lower[g]), to_text(q.upper[g])}},
                        indexed(sides_[s].name, g));
                }
                if (q.parent[g] != NestedQuotas::outermost) total_[s][q.parent[g]] += total;
                add_cost(s, g, cost);
            }
        }
        for (std::size_t tier = 0; tier < tiers_; ++tier) {
            if (result_.cost[tier].value != cost[tier]) {
                return refuse({message::proof_wrong_cost, {to_text(result_.cost[tier]), to_text(Int128(cost[tier]))}},
                              indexed("cost", tier));
            }
        }
        return {};
    }

    [[nodiscard]] Verdict check_potentials(const NestedFlowPotentials& potentials) {
        value_[0] = &potentials.left;
        value_[1] = &potentials.right;
        for (const std::size_t s : {0U, 1U}) {
            const char* field = s == 0 ? "potential.left" : "potential.right";
            if (Verdict v = check_length(value_[s]->size(), sides_[s].quotas.groups() * tiers_, field); !v.accepted)
                return v;
        }
        for (const std::size_t s : {0U, 1U}) {
            for (std::size_t g = 0; g < sides_[s].quotas.groups(); ++g) {
                if (Verdict v = check_group(s, g); !v.accepted) return v;
            }
        }
        for (std::size_t i = 0; i < problem_.items(); ++i) {
            if (Verdict v = check_item(i); !v.accepted) return v;
        }
        return {};
    }

    [[nodiscard]] Verdict check_cut(const NestedFlowCut& cut) const {
        std::vector<bool> inside[2];
        for (const std::size_t s : {0U, 1U}) {
            const auto& named = s == 0 ? cut.left : cut.right;
            const char* field = s == 0 ? "cut.left" : "cut.right";
            inside[s].assign(sides_[s].quotas.groups(), false);
            for (std::size_t i = 0; i < named.size(); ++i) {
                if (named[i] >= inside[s].size()) {
                    return refuse({message::proof_no_such_item, {to_text(named[i]), to_text(inside[s].size())}},
                                  indexed(field, i));
                }
                if (inside[s][named[i]])
                    return refuse({message::proof_named_twice, {to_text(named[i])}}, indexed(field, i));
                inside[s][named[i]] = true;
            }
        }
        int128 must_enter = 0;
        int128 may_leave = 0;
        const auto items = static_cast<std::int64_t>(problem_.items());
        for (const std::size_t s : {0U, 1U}) {
            const NestedQuotas& q = sides_[s].quotas;
            for (std::size_t g = 0; g < q.groups(); ++g) {
                const bool outer = q.parent[g] == NestedQuotas::outermost ? cut.home : inside[s][q.parent[g]];
                const bool inner = inside[s][g];
                if (outer == inner) continue;
                const bool enters = s == 0 ? inner : outer;
                if (enters) must_enter += q.lower[g];
                if (!enters) may_leave += q.upper[g] < items ? q.upper[g] : items;
            }
        }
        for (std::size_t i = 0; i < problem_.items(); ++i) {
            if (!inside[0][problem_.group[i]]) continue;
            for (std::size_t pair = problem_.first[i]; pair < problem_.first[i + 1]; ++pair) {
                if (inside[1][problem_.to[pair]]) continue;
                ++may_leave;
                break;
            }
        }
        return must_enter > may_leave ? Verdict{} : refuse(message::proof_cut_not_violated, "cut");
    }

  private:
    [[nodiscard]] std::int64_t pair_cost(std::size_t pair, std::size_t tier) const {
        if (tier < problem_.pair_tier) return 0;
        return problem_.cost[pair * (tiers_ - problem_.pair_tier) + tier - problem_.pair_tier];
    }

    [[nodiscard]] std::int64_t value(std::size_t side, std::uint32_t group, std::size_t tier) const {
        return group == NestedQuotas::outermost ? 0 : (*value_[side])[std::size_t{group} * tiers_ + tier];
    }

    /// Adds what the total of a group costs.
    void add_cost(std::size_t side, std::size_t group, std::vector<int128>& cost) const {
        const NestedQuotas& q = sides_[side].quotas;
        if (q.first_piece.empty()) return;
        const std::int64_t total = total_[side][group];
        for (std::size_t k = q.first_piece[group]; k < q.first_piece[group + 1] && q.from[k] < total; ++k) {
            const bool ends = k + 1 < q.first_piece[group + 1] && q.from[k + 1] < total;
            const int128 amount = (ends ? q.from[k + 1] : total) - q.from[k];
            for (std::size_t tier = 0; tier < tiers_; ++tier)
                cost[tier] += amount * q.slope[k * tiers_ + tier];
        }
    }

    /// The sign of the reduced cost vector of a group's `unit`-th unit.
    [[nodiscard]] int sign_of_unit(std::size_t side, std::size_t group, std::int64_t unit) const {
        const NestedQuotas& q = sides_[side].quotas;
        std::size_t piece = 0;
        const bool priced = !q.first_piece.empty() && q.first_piece[group] < q.first_piece[group + 1];
        if (priced) {
            piece = q.first_piece[group];
            while (piece + 1 < q.first_piece[group + 1] && q.from[piece + 1] < unit)
                ++piece;
        }
        for (std::size_t tier = 0; tier < tiers_; ++tier) {
            const int128 outer = value(side, q.parent[group], tier);
            const int128 inner = value(side, static_cast<std::uint32_t>(group), tier);
            const int128 reduced =
                (priced ? q.slope[piece * tiers_ + tier] : 0) + (side == 0 ? outer - inner : inner - outer);
            if (reduced != 0) return reduced < 0 ? -1 : 1;
        }
        return 0;
    }

    [[nodiscard]] Verdict check_group(std::size_t side, std::size_t group) const {
        const NestedQuotas& q = sides_[side].quotas;
        const std::int64_t total = total_[side][group];
        if (total < q.upper[group] && sign_of_unit(side, group, total + 1) < 0) {
            return refuse(message::proof_reduced_cost_negative, indexed(sides_[side].name, group));
        }
        if (total > q.lower[group] && sign_of_unit(side, group, total) > 0) {
            return refuse(message::proof_reduced_cost_positive, indexed(sides_[side].name, group));
        }
        return {};
    }

    [[nodiscard]] Verdict check_item(std::size_t item) const {
        const std::uint32_t chosen = result_.pair_of[item];
        const bool paired = chosen != NestedFlowResult::unpaired;
        const auto own = [&](std::size_t tier) -> int128 {  // the item's own potential
            if (!paired) return value(0, problem_.group[item], tier);
            return int128{value(1, problem_.to[chosen], tier)} - pair_cost(chosen, tier);
        };
        for (std::size_t tier = 0; paired && tier < tiers_; ++tier) {
            const int128 reduced = own(tier) - value(0, problem_.group[item], tier);
            if (reduced < 0) return refuse(message::proof_reduced_cost_positive, indexed("item", item));
            if (reduced > 0) break;
        }
        for (std::size_t pair = problem_.first[item]; pair < problem_.first[item + 1]; ++pair) {
            for (std::size_t tier = 0; tier < tiers_; ++tier) {
                const int128 reduced = own(tier) + pair_cost(pair, tier) - value(1, problem_.to[pair], tier);
                if (reduced < 0) return refuse(message::proof_reduced_cost_negative, indexed("pair", pair));
                if (reduced > 0) break;
            }
        }
        return {};
    }

    const BasicNestedFlowProblem<C>& problem_;
    const NestedFlowResult& result_;
    std::size_t tiers_;
    NestedSide sides_[2];
    std::vector<std::int64_t> total_[2];
    const std::vector<std::int64_t>* value_[2] = {nullptr, nullptr};
};

template <class C>
Verdict examine_nested_result(const BasicNestedFlowProblem<C>& problem, const NestedFlowResult& result) {
    if (Verdict verdict = examine_nested_problem(problem); !verdict.accepted) return verdict;
    const auto disagree = [](const char* field) { return refuse(message::proof_fields_disagree, field); };
    const bool settled = result.termination == Termination::optimal || result.termination == Termination::infeasible;
    const bool chosen = result.termination == Termination::optimal || result.termination == Termination::feasible;
    if (!settled && !chosen && result.termination != Termination::unknown) return disagree("termination");
    if (!cause_fits(result.cause, settled)) return disagree("cause");
    if (result.steps < 0) return disagree("steps");
    const Claim claim = settled ? Claim::proved : chosen ? Claim::feasible : Claim::estimate;
    if (result.claim != claim) return disagree("claim");
    NestedExaminer<C> examiner(problem, result);
    if (chosen) {
        if (Verdict verdict = examiner.check_choice(); !verdict.accepted) return verdict;
    } else if (!result.pair_of.empty() || !result.cost.empty()) {
        return disagree(result.pair_of.empty() ? "cost" : "pair_of");
    }
    if (result.termination == Termination::optimal) {
        if (const auto* proof = std::get_if<NestedFlowPotentials>(&result.certificate))
            return examiner.check_potentials(*proof);
    } else if (result.termination == Termination::infeasible) {
        if (const auto* proof = std::get_if<NestedFlowCut>(&result.certificate)) return examiner.check_cut(*proof);
    } else if (std::holds_alternative<std::monostate>(result.certificate)) {
        return {};
    }
    return disagree("certificate");
}

}  // namespace detail

COUNTYPLAN_INLINE Verdict examine(const NestedFlowProblem& problem) { return detail::examine_nested_problem(problem); }
COUNTYPLAN_INLINE Verdict examine(const NestedFlowProblem32& problem) {
    return detail::examine_nested_problem(problem);
}

COUNTYPLAN_INLINE Verdict examine(const NestedFlowProblem& problem, const NestedFlowResult& result) {
    return detail::examine_nested_result(problem, result);
}
COUNTYPLAN_INLINE Verdict examine(const NestedFlowProblem32& problem, const NestedFlowResult& result) {
    return detail::examine_nested_result(problem, result);
}

COUNTYPLAN_INLINE bool verify(const NestedFlowProblem& problem, const NestedFlowResult& result) {
    return examine(problem, result).accepted;
}
COUNTYPLAN_INLINE bool verify(const NestedFlowProblem32& problem, const NestedFlowResult& result) {
    return examine(problem, result).accepted;
}

}  // namespace countyplan
