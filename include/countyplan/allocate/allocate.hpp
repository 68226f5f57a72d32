// Who should serve where, provably best, and why does a post stay empty?
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
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

/// A group of posts that needs more people than can come (Hall, 1935): `need` is the sum of their `min`
/// where `below_min`, of their `target` otherwise; `qualified` people are eligible for at least one of
/// them; quotas let `supply` of those be sent at once. Always `need > supply`.
struct ScarceGroup {
    std::vector<std::string> posts{};  ///< ids in plan order
    bool below_min = false;
    Int128 need{};
    std::int64_t qualified = 0;
    std::int64_t supply = 0;

    friend bool operator==(const ScarceGroup&, const ScarceGroup&) = default;
};

/// A post below `target` and why. `group` is the position in `Allocation::scarce` of the group that the
/// reason speaks of; unset where priority 0 is the reason or the search was stopped.
struct Unfilled {
    std::string post{};
    std::int64_t short_of_min = 0;
    std::int64_t short_of_target = 0;  ///< those below `min` included
    Message reason{};
    std::optional<std::size_t> group{};

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
    std::vector<ScarceGroup> scarce{};        ///< what the reasons rest on
    Digests digests{};                        ///< what it was computed from
    std::int64_t steps = 0;                   ///< the solver's
    std::string version{};                    ///< of countyplan

    friend bool operator==(const Allocation&, const Allocation&) = default;
};

/// The best staffing of the plan by `Tier`s in strict order, with its certificate. Each person serves in
/// at most one post of the plan's period, only where eligible; no post above `max`; no quota exceeded.
/// A plan with `quotas`, with decisions other than `forbid` or with an objective of its own is refused by
/// `InvalidPlan`: these are not honoured yet. Throws besides only what `progress` throws and for want of memory.
/// Time: one min-cost flow over the eligible pairs, about 90 bytes for each. Deterministic; thread-safe.
[[nodiscard]] Allocation allocate(const Plan& plan, const AllocateOptions& options = {}, const Stop& stop = {},
                                  const Progress& progress = {});

/// `examine` of the parts, and whether the rest of the allocation agrees with them: termination, cause
/// and claim, digests, the posts left short and each scarce group. Runs no solver.
[[nodiscard]] AnswerVerdict examine(const Plan& plan, const Allocation& allocation);

/// `examine(plan, allocation).accepted`.
[[nodiscard]] bool verify(const Plan& plan, const Allocation& allocation);

}  // namespace countyplan

#if !defined(COUNTYPLAN_SEPARATE) || defined(COUNTYPLAN_BODIES_ALLOCATE)
#include <countyplan/allocate/impl/allocate.hpp>
#endif
