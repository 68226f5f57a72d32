// Teams allocated, and an answer proved anew.
#pragma once

#include <algorithm>
#include <cstddef>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <countyplan/allocate/impl/team_allocator.hpp>
#include <countyplan/allocate/impl/team_stages.hpp>
#include <countyplan/allocate/messages.hpp>
#include <countyplan/allocate/team.hpp>
#include <countyplan/separate.hpp>
#include <countyplan/solve/proof/refusal.hpp>

namespace countyplan {

namespace detail {

/// How stages must end together.
inline Verdict check_team_ending(const TeamAllocation& answer) {
    Termination termination = Termination::optimal;
    Claim claim = Claim::proved;
    for (std::size_t s = 0; s < answer.stages.size(); ++s) {
        const TeamColumnsResult& stage = answer.stages[s].answer;
        const bool is_whole = stage.objective.has_value();
        if (!is_whole && answer.stages.size() > 1)
            return refuse({message::teams_stage_without_answer}, indexed("stages", s));
        if (!is_whole) return {};
        if (stage.termination == Termination::optimal) continue;
        termination = Termination::feasible;
        if (claim != Claim::feasible) claim = stage.claim;
    }
    const bool may_claim_less = answer.termination == Termination::feasible && answer.claim == Claim::feasible;
    if (may_claim_less || (answer.termination == termination && answer.claim == claim)) return {};
    return refuse({message::claim_of_more, {word(answer.claim)}}, "claim");
}

}  // namespace detail

COUNTYPLAN_INLINE TeamAllocation allocate_teams(const Plan& plan, const TeamOptions& options, const Stop& stop,
                                                const Progress& progress) {
    return detail::TeamAllocator(plan, options, stop, progress).run();
}

COUNTYPLAN_INLINE TeamProblem team_stage_problem(const Plan& plan, const std::vector<TeamStage>& stages,
                                                 std::size_t stage, const UserRules& rules) {
    if (stage >= stages.size()) throw std::out_of_range("no such stage");
    return detail::stage_problem(allocation_problem(plan, rules).value(), stages, stage);
}

COUNTYPLAN_INLINE Verdict examine(const Plan& plan, const TeamAllocation& answer, const UserRules& rules) {
    using namespace detail;
    if (answer.digests != plan.digests()) {
        return refuse({message::digest_differs, {to_text(answer.digests.plan), to_text(plan.digests().plan)}},
                      "digests");
    }
    const AllocationProblem allocation = allocation_problem(plan, rules).value();
    const TeamStages expected = StageMaker(allocation).make();
    if (answer.stages.empty() && answer.termination == Termination::unknown) return {};
    if (answer.stages.empty() || answer.stages.size() > expected.weight.size() ||
        (answer.stages.size() < expected.weight.size() && answer.termination == Termination::optimal))
        return refuse({message::teams_wrong_stages, {std::to_string(answer.stages.size())}}, "stages");
    if (Verdict v = check_team_ending(answer); !v.accepted) return v;
    Staffing staffing;
    for (std::size_t s = 0; s < answer.stages.size(); ++s) {
        const TeamStage& stage = answer.stages[s];
        if (stage.weight != expected.weight[s])
            return refuse({message::teams_wrong_stages, {std::to_string(s)}}, indexed("stages", s) + ".weight");
        const TeamProblem problem = stage_problem(allocation, answer.stages, s);
        if (Verdict v = examine(problem.teams, stage.answer); !v.accepted)
            return refuse(std::move(v.why), indexed("stages", s) + "." + v.place);
        if (!stage.answer.objective) {
            const bool agrees = answer.termination == stage.answer.termination && answer.claim == stage.answer.claim;
            return agrees && answer.staffing.empty() ? Verdict{} : refuse({message::no_answer}, "termination");
        }
        staffing = staffing_of(problem, stage.answer.pair_of);
    }
    if (staffing != answer.staffing) return refuse({message::teams_other_staffing}, "staffing");
    if (tier_values(plan, staffing, allocation.given) != answer.tiers)
        return refuse({message::teams_other_values}, "tiers");
    const std::vector<CouplingCount> counts = coupling_counts(plan, staffing);
    if (counts != answer.couplings) return refuse({message::teams_other_values}, "couplings");
    if (coupling_costs(plan, counts) != answer.price) return refuse({message::teams_other_values}, "price");
    return {};
}

}  // namespace countyplan
