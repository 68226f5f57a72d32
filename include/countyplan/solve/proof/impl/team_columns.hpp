// The checker's half of team_columns: what a problem is, what a choice costs, whether a result holds.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <countyplan/scalar/number.hpp>
#include <countyplan/separate.hpp>
#include <countyplan/solve/messages.hpp>
#include <countyplan/solve/proof/impl/team_columns_bound.hpp>
#include <countyplan/solve/proof/impl/team_columns_problem.hpp>
#include <countyplan/solve/proof/impl/team_columns_table.hpp>
#include <countyplan/solve/proof/int128.hpp>
#include <countyplan/solve/proof/refusal.hpp>
#include <countyplan/solve/proof/team_columns.hpp>
#include <countyplan/solve/team_columns_messages.hpp>

namespace countyplan {

namespace detail {

/// Adds up what a choice costs, and says which hard rule it breaks first.
class TeamAddition {
  public:
    TeamAddition(const TeamColumnsProblem& p, const std::vector<std::uint32_t>& pair_of) : p_(p), pair_of_(pair_of) {}

    TeamCost run() {
        TeamCost out;
        out.verdict = pairs();
        if (out.verdict.accepted) out.verdict = schools();
        if (out.verdict.accepted) out.verdict = rows();
        if (out.verdict.accepted) out.total = to_int64(total_).value_or(0);  // fits, see most_team_total
        return out;
    }

  private:
    Verdict pairs() {
        if (Verdict v = check_length(pair_of_.size(), p_.experts(), "pair_of"); !v.accepted) return v;
        heads_.assign(p_.posts(), 0);
        chosen_.assign(p_.pairs(), 0);
        for (std::size_t e = 0; e < p_.experts(); ++e) {
            const std::uint32_t k = pair_of_[e];
            if (k == TeamColumnsResult::unassigned) continue;
            if (k < p_.first_pair[e] || k >= p_.first_pair[e + 1]) {
                return refuse({message::proof_not_its_pair, {to_text(k)}}, indexed("pair_of", e));
            }
            ++heads_[p_.post[k]];
            chosen_[k] = 1;
            total_ += Int128(p_.cost[k]);
        }
        return {};
    }

    Verdict schools() {
        const std::vector<std::size_t> sizes = first_size(p_);
        std::vector<std::size_t> size(p_.schools(), 0);
        std::vector<std::uint32_t> school_of(p_.posts());
        for (std::uint32_t h = 0; h < p_.schools(); ++h) {
            for (std::size_t i = p_.first_post[h]; i < p_.first_post[h + 1]; ++i) {
                school_of[i] = h;
                if (heads_[i] < p_.lower[i] || heads_[i] > p_.upper[i]) {
                    return refuse(
                        {message::proof_flow_outside, {to_text(heads_[i]), to_text(p_.lower[i]), to_text(p_.upper[i])}},
                        indexed("post", i));
                }
                size[h] += static_cast<std::size_t>(heads_[i]);
                total_ += Int128(p_.shortfall[i]) * Int128(std::max(0, p_.target[i] - heads_[i]));
            }
        }
        std::vector<std::vector<std::uint32_t>> senders(p_.schools());
        std::vector<std::vector<std::int32_t>> count(p_.counters.size(), std::vector<std::int32_t>(p_.schools(), 0));
        for (std::size_t e = 0; e < p_.experts(); ++e) {
            if (pair_of_[e] == TeamColumnsResult::unassigned) continue;
            const std::uint32_t h = school_of[p_.post[pair_of_[e]]];
            senders[h].push_back(p_.sender_of[e]);
            for (std::size_t c = 0; c < count.size(); ++c)
                count[c][h] += p_.counters[c].counts[pair_of_[e]];
        }
        for (std::size_t h = 0; h < p_.schools(); ++h) {
            std::ranges::sort(senders[h]);
            const auto repeated = std::ranges::unique(senders[h]);
            const auto distinct = senders[h].size() - repeated.size();
            if (distinct > p_.most_senders[h]) {
                return refuse({message::proof_too_many_senders, {to_text(distinct), to_text(p_.most_senders[h])}},
                              indexed("school", h));
            }
            total_ += Int128(p_.charge[h]) * Int128(distinct);
            for (std::size_t c = 0; c < count.size(); ++c) {
                const TeamCounter& counter = p_.counters[c];
                const std::size_t at = sizes[h] + size[h];
                if (!pay(Int128(count[c][h]), counter.lower[at], counter.upper[at], counter.below_price,
                         counter.above_price)) {
                    return refuse({message::proof_count_outside,
                                   {to_text(count[c][h]), to_text(counter.lower[at]), to_text(counter.upper[at])}},
                                  team_place("school", h, "counter", c));
                }
            }
        }
        return {};
    }

    Verdict rows() {
        for (std::size_t r = 0; r < p_.rows.size(); ++r) {
            const TeamRow& row = p_.rows[r];
            Int128 sum = 0;
            for (std::size_t i = 0; i < row.pair.size(); ++i) {
                if (chosen_[row.pair[i]] != 0) sum += Int128(row.coefficient[i]);
            }
            if (!pay(sum, row.lower, row.upper, row.below_price, row.above_price)) {
                return refuse({message::proof_count_outside, {to_text(sum), to_text(row.lower), to_text(row.upper)}},
                              indexed("row", r));
            }
        }
        return {};
    }

    /// Adds the price of what lies outside; false if that is forbidden.
    bool pay(Int128 value, std::int64_t lower, std::int64_t upper, std::int64_t below, std::int64_t above) {
        for (const auto& [off, price] :
             {std::pair{Int128(lower) - value, below}, std::pair{value - Int128(upper), above}}) {
            if (off <= Int128(0)) continue;
            if (price == team_rule_is_hard) return false;
            total_ += off * Int128(price);
        }
        return true;
    }

    const TeamColumnsProblem& p_;
    const std::vector<std::uint32_t>& pair_of_;
    std::vector<std::int32_t> heads_ = {};
    std::vector<std::uint8_t> chosen_ = {};
    Int128 total_ = 0;
};

/// Whether the fields of a result belong to its termination.
inline Verdict check_team_fields(const TeamColumnsResult& r) {
    const auto disagree = [](const char* field) { return refuse(message::proof_fields_disagree, field); };
    const bool found = r.termination == Termination::optimal || r.termination == Termination::feasible;
    const bool settled = r.termination == Termination::optimal || r.termination == Termination::infeasible;
    if (!found && r.termination != Termination::infeasible && r.termination != Termination::unknown) {
        return disagree("termination");
    }
    if (!cause_fits(r.cause, settled)) return disagree("cause");
    const bool bounded = !r.proof.nodes.empty();
    const Claim unsettled = bounded ? Claim::bounded : found ? Claim::feasible : Claim::estimate;
    if (r.claim != (settled ? Claim::proved : unsettled)) return disagree("claim");
    if (settled && !bounded) return disagree("nodes");
    if (!bounded && !r.proof.relaxation.empty()) return disagree("relaxation");
    if (found != r.objective.has_value()) return disagree("objective");
    if (!found && !r.pair_of.empty()) return disagree("pair_of");
    if ((bounded && r.termination != Termination::infeasible) != r.bound.has_value()) return disagree("bound");
    return r.steps < 0 ? disagree("steps") : Verdict{};
}

}  // namespace detail

COUNTYPLAN_INLINE std::vector<std::size_t> first_size(const TeamColumnsProblem& problem) {
    std::vector<std::size_t> out{0};
    for (std::size_t h = 0; h < problem.schools(); ++h) {
        std::size_t sizes = 1;
        for (std::size_t i = problem.first_post[h]; i < problem.first_post[h + 1]; ++i)
            sizes += static_cast<std::size_t>(problem.upper[i]);
        out.push_back(out.back() + sizes);
    }
    return out;
}

COUNTYPLAN_INLINE bool is_relaxed(const TeamColumnsProblem& problem, const TeamProof& proof) {
    const detail::TeamChecklist list(problem);
    for (std::size_t h = 0; h < proof.relaxation.size(); ++h) {
        const TeamRelaxation& r = proof.relaxation[h];
        if (r.block_begins.size() > 1 || r.counters < problem.counters.size()) return true;
        if (r.limit != 0) continue;
        // a limit that no team can exceed need not be kept
        std::int64_t heads = 0;
        for (std::size_t i = problem.first_post[h]; i < problem.first_post[h + 1]; ++i)
            heads += problem.upper[i];
        std::int64_t present = 0;
        const auto& entries = list.entries[h];
        for (std::size_t i = 0; i < entries.size(); ++i)
            present += i == 0 || entries[i].sender != entries[i - 1].sender ? 1 : 0;
        if (std::int64_t{problem.most_senders[h]} < std::min(heads, present)) return true;
    }
    return false;
}

COUNTYPLAN_INLINE TeamCost team_cost(const TeamColumnsProblem& problem, const std::vector<std::uint32_t>& pair_of) {
    return detail::TeamAddition(problem, pair_of).run();
}

COUNTYPLAN_INLINE Verdict examine(const TeamColumnsProblem& problem) {
    using namespace detail;
    if (Verdict v = check_team_schools(problem); !v.accepted) return v;
    if (Verdict v = check_team_experts(problem); !v.accepted) return v;
    const std::size_t sizes = first_size(problem).back();
    for (std::size_t c = 0; c < problem.counters.size(); ++c) {
        if (Verdict v = check_team_counter(problem, c, sizes); !v.accepted) return v;
    }
    for (std::size_t r = 0; r < problem.rows.size(); ++r) {
        if (Verdict v = check_team_row(problem, r); !v.accepted) return v;
    }
    if (most_team_total(problem) > Int128(TeamColumnsProblem::max_total)) {
        return refuse({message::solve_too_large, {"total"}}, "cost");
    }
    const TeamChecklist list(problem);
    for (std::size_t h = 0; h < problem.schools(); ++h) {
        if (most_in_school(problem, list, h) > Int128(TeamColumnsProblem::max_total >> 10)) {
            return refuse({message::solve_too_large, {"total"}}, indexed("charge", h));
        }
    }
    return {};
}

COUNTYPLAN_INLINE Verdict examine(const TeamColumnsProblem& problem, const TeamColumnsResult& result) {
    using namespace detail;
    if (Verdict v = examine(problem); !v.accepted) return v;
    if (Verdict v = check_team_fields(result); !v.accepted) return v;
    if (result.objective) {
        TeamCost cost = team_cost(problem, result.pair_of);
        if (!cost.verdict.accepted) return cost.verdict;
        if (cost.total != *result.objective) {
            return refuse({message::proof_wrong_cost, {to_text(*result.objective), to_text(cost.total)}}, "objective");
        }
    }
    if (result.proof.nodes.empty()) return {};
    TeamBound proof(problem, result.proof);
    proof.run();
    if (!proof.verdict.accepted) return proof.verdict;
    if (result.termination == Termination::infeasible) {
        return proof.bound ? refuse(message::proof_not_contradictory, "nodes") : Verdict{};
    }
    if (!proof.bound) return refuse(message::proof_fields_disagree, "termination");  // there is no choice at all
    if (*result.bound > *proof.bound) {
        return refuse({message::proof_wrong_bound, {to_text(*result.bound), to_text(*proof.bound)}}, "bound");
    }
    if (result.termination == Termination::optimal && *result.bound != *result.objective) {
        return refuse({message::proof_gap, {to_text(*result.objective), to_text(*result.bound)}}, "bound");
    }
    return {};
}

COUNTYPLAN_INLINE bool verify(const TeamColumnsProblem& problem, const TeamColumnsResult& result) {
    return examine(problem, result).accepted;
}

}  // namespace countyplan
