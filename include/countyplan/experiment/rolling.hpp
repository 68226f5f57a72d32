// What becomes of a way to decide over several terms, when people come and go, and what would hindsight have done?
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include <countyplan/allocate/mechanism.hpp>
#include <countyplan/plan/plan.hpp>
#include <countyplan/solve/stop.hpp>

namespace countyplan {

/// How people come and go, and who decides. A term stands for the plan's whole period; posts, quotas and rules stay.
struct RollingOptions {
    std::int64_t terms = 3;  ///< 1 … 100
    double late = 0;  ///< share of the experts who come only in a later term, each of them equally likely; 0 … 1
    double drop_out = 0.1;  ///< share of those on offer who leave for good during a term; 0 … 1
    std::uint64_t seed = 0;
    Mechanism mechanism = Mechanism::optimal;

    friend bool operator==(const RollingOptions&, const RollingOptions&) = default;
};

/// One term. `served` is what was decided without those who left during the term; `hindsight` the best staffing of
/// those who stayed, unset where no such staffing keeps every rule. Both are measured on the term's plan, in which the
/// present staffing is that of the term before, as far as the plan's rules let it stand.
struct RollingTerm {
    std::int64_t on_offer = 0;  ///< experts when the term began
    std::int64_t arrived = 0;   ///< of these new
    std::int64_t left = 0;      ///< of these gone by its end
    StaffingMeasures decided{};
    StaffingMeasures served{};
    std::optional<StaffingMeasures> hindsight{};
    /// Per tier of the objective, how much worse `served` was: the first number that is not 0 is above 0 where the
    /// mechanism keeps every rule and nobody who left was needed for a lower quota or a decision. Empty without
    /// hindsight.
    std::vector<Int128> regret{};

    friend bool operator==(const RollingTerm&, const RollingTerm&) = default;
};

/// What belongs to each termination: optimal: all terms; infeasible: the mechanism found no staffing in the term after
/// the last one told; feasible: stopped before that term was over.
struct RollingResult {
    Termination termination = Termination::unknown;
    std::vector<RollingTerm> terms{};

    friend bool operator==(const RollingResult&, const RollingResult&) = default;
};

/// Lets a mechanism decide term by term, each time about those who are there then. Who comes when and who leaves is
/// drawn for each expert by seed and id alone: two mechanisms with one seed meet the same people. Throws
/// `InvalidProblem` for an option out of range, and what `run_mechanism` throws. Time: two allocations a term.
[[nodiscard]] RollingResult simulate_terms(const Plan& plan, const RollingOptions& options = {}, const Stop& stop = {});

}  // namespace countyplan

#if !defined(COUNTYPLAN_SEPARATE) || defined(COUNTYPLAN_BODIES_EXPERIMENT)
#include <countyplan/experiment/impl/rolling.hpp>
#endif
