// Who goes where when people go as teams, and how far from the best is that at most?
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include <countyplan/allocate/coupling.hpp>
#include <countyplan/allocate/objective.hpp>
#include <countyplan/allocate/team_problem.hpp>
#include <countyplan/allocate/user_rule.hpp>
#include <countyplan/plan/plan.hpp>
#include <countyplan/plan/staffing.hpp>
#include <countyplan/solve/observer.hpp>
#include <countyplan/solve/stop.hpp>
#include <countyplan/solve/team_columns.hpp>
#include <countyplan/solve/termination.hpp>

namespace countyplan {

struct TeamOptions {
    TeamColumnsOptions columns{};
    UserRules rules{};
    TeamWorkers workers{};
};

/// A tier of the objective, minimised while those of the stages before stay where they are. The last stage may have
/// several tiers: by weights so large that one unit of a tier outweighs all that later ones can be.
struct TeamStage {
    std::vector<std::int64_t> weight{};  ///< per tier of the objective, 0 outside the stage
    TeamColumnsResult answer{};          ///< of `team_stage_problem`, prices of couplings included

    friend bool operator==(const TeamStage&, const TeamStage&) = default;
};

/// A staffing under couplings. `optimal`: every stage is proved. `feasible`: a staffing, and what each stage shows
/// about its own tiers, those before being as they are. `infeasible`: a stage has no staffing, which can only be the
/// first.
struct TeamAllocation {
    Termination termination = Termination::unknown;
    Cause cause = Cause::cancelled;
    Claim claim = Claim::estimate;
    Staffing staffing{};
    std::vector<TierValue> tiers{};          ///< of the objective, prices of couplings left out
    std::vector<CouplingCount> couplings{};  ///< what they count in the staffing
    std::vector<std::int64_t> price{};       ///< per tier: what broken couplings cost
    std::vector<TeamStage> stages{};
    std::vector<LeftOutOfTeams> left_out{};  ///< couplings and tiers that were not heeded
    Digests digests{};
    std::int64_t steps = 0;

    friend bool operator==(const TeamAllocation&, const TeamAllocation&) = default;
};

/// Staffs the plan's posts by the tiers of its objective in strict order, couplings kept or paid for, with a bound per
/// stage (docs/math/team_columns.md). Begins with the best staffing without couplings, whose prices bound every stage,
/// and mends it in all tiers at once; what stays open in a stage is then left to the solver of teams. Prices of
/// couplings count in one tier, which is in the last stage; what else has a price, or comes after that tier and cannot
/// be weighed with it exactly, is `left_out`. A step is the solver's, one cheapest team; limits are for all stages
/// together. Throws what `team_problem` throws.
[[nodiscard]] TeamAllocation allocate_teams(const Plan& plan, const TeamOptions& options = {}, const Stop& stop = {},
                                            const Progress& progress = {});

/// The problem of stage `stage`: its weights, and a row for each tier of the stages before, whose pairs may cost no
/// more than they do in the answer of the stage just before. Throws as `team_problem`, `std::out_of_range` for a stage
/// that there is not.
[[nodiscard]] TeamProblem team_stage_problem(const Plan& plan, const std::vector<TeamStage>& stages, std::size_t stage,
                                             const UserRules& rules = {});

/// Whether the answer shows what it says about the plan: stages in the objective's order whose problems, built anew,
/// accept their answers, and a staffing, values and counts that go with the last. If not, what fails first and where
/// (`stages[1].bound`, `staffing`, `tiers` …).
[[nodiscard]] Verdict examine(const Plan& plan, const TeamAllocation& answer, const UserRules& rules = {});

}  // namespace countyplan

#if !defined(COUNTYPLAN_SEPARATE) || defined(COUNTYPLAN_BODIES_ALLOCATE)
#include <countyplan/allocate/impl/team.hpp>
#endif
