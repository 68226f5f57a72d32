// Who should serve where, provably best, and why does a post stay empty?
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include <countyplan/allocate/objective.hpp>
#include <countyplan/plan/plan.hpp>
#include <countyplan/solve/min_cost_flow.hpp>
#include <countyplan/solve/observer.hpp>
#include <countyplan/solve/stop.hpp>
#include <countyplan/solve/termination.hpp>

namespace countyplan {

struct AllocateOptions {
    MinCostFlowOptions flow{};

    friend bool operator==(const AllocateOptions&, const AllocateOptions&) = default;
};

/// A post below `target`, why, and the posts that the reason speaks of (ids in plan order, this one
/// included): together they need `witness_need` people, and at most `witness_supply` can come.
/// Where the search was stopped, or where priority 0 is the reason, there is no witness.
struct Unfilled {
    std::string post{};
    std::int64_t short_of_min = 0;
    std::int64_t short_of_target = 0;  ///< those below `min` included
    Message reason{};
    std::vector<std::string> witness_posts{};
    Int128 witness_need{};
    std::int64_t witness_supply = 0;

    friend bool operator==(const Unfilled&, const Unfilled&) = default;
};

/// What belongs to each termination; it is never infeasible, since quotas are upper bounds:
/// - optimal: cause and claim proved, potentials of every node
/// - feasible: cause time, steps or cancelled; claim feasible; no potentials; the best staffing so far
struct Allocation {
    Termination termination = Termination::unknown;
    Cause cause = Cause::cancelled;
    Claim claim = Claim::estimate;
    Staffing staffing{};                      ///< by expert id; dates are the post's
    std::vector<TierValue> tiers{};           ///< all, in order
    std::vector<NodePotential> potentials{};  ///< the certificate
    std::vector<Unfilled> unfilled{};         ///< in plan order
    Digests digests{};                        ///< what it was computed from
    std::int64_t steps = 0;                   ///< the solver's
    std::string version{};                    ///< of countyplan

    friend bool operator==(const Allocation&, const Allocation&) = default;
};

/// The best staffing of the plan by `Tier`s in strict order, with its certificate. Each person serves in
/// at most one post of the plan's period, only where eligible; no post above `max`; no quota exceeded.
/// Throws `InvalidProblem` only where the plan's priorities leave the solver's range. Time: one
/// min-cost flow over the eligible pairs, about 90 bytes for each. Deterministic; thread-safe.
[[nodiscard]] Allocation allocate(const Plan& plan, const AllocateOptions& options = {}, const Stop& stop = {},
                                  const Progress& progress = {});

/// `examine` of the parts, and whether the rest of the allocation agrees with them: termination, cause
/// and claim, digests, the posts left short and each witness. Runs no solver.
[[nodiscard]] AnswerVerdict examine(const Plan& plan, const Allocation& allocation);

/// `examine(plan, allocation).accepted`.
[[nodiscard]] bool verify(const Plan& plan, const Allocation& allocation);

}  // namespace countyplan

#include <countyplan/allocate/impl/allocate.hpp>
