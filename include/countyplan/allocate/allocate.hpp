// Who should serve where, provably best, and why does a post stay empty?
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <countyplan/allocate/allocation_problem.hpp>
#include <countyplan/allocate/objective.hpp>
#include <countyplan/allocate/user_rule.hpp>
#include <countyplan/plan/plan.hpp>
#include <countyplan/solve/nested_flow.hpp>
#include <countyplan/solve/observer.hpp>
#include <countyplan/solve/stop.hpp>
#include <countyplan/solve/termination.hpp>

namespace countyplan {

struct AllocateOptions {
    NestedFlowOptions flow{};
    UserRules rules{};
    /// Where there are no `rules`: what such rules said, of any pairs; of others they said nothing.
    std::vector<GivenPair> given{};
    UserTierNames names{};  ///< with `given`: of the caller's own tiers
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
/// reason speaks of; unset where another thing is the reason or the search was stopped.
struct Unfilled {
    std::string post{};
    std::int64_t short_of_min = 0;
    std::int64_t short_of_target = 0;  ///< those below `min` included
    Message reason{};
    std::optional<std::size_t> group{};
    /// Of a best staffing, per tier: one more person there would worsen the objective by at least this much,
    /// lexicographically 0 or more. From the prices: what that person costs there less the post's price.
    std::vector<std::int64_t> loss{};

    friend bool operator==(const Unfilled&, const Unfilled&) = default;
};

/// One side of what a `CountedSet` asks for.
struct SetBound {
    std::string set{};
    bool is_lower = false;
    std::int64_t bound = 0;

    friend bool operator==(const SetBound&, const SetBound&) = default;
};

/// What belongs to each termination:
/// - optimal: staffing, tiers, prices, unfilled; cause and claim proved
/// - infeasible: prices of one number each that prove it; cause and claim proved
/// - feasible: staffing, tiers, unfilled; cause time, steps or cancelled; claim feasible; the best so far
/// - unknown: nothing yet keeps all lower bounds; cause time, steps or cancelled; claim estimate
struct Allocation {
    Termination termination = Termination::unknown;
    Cause cause = Cause::cancelled;
    Claim claim = Claim::estimate;
    Staffing staffing{};                ///< by expert id; dates are the post's
    std::vector<TierValue> tiers{};     ///< of the plan's objective, in order
    std::vector<SetPrice> prices{};     ///< the certificate; sets left out have price 0
    std::vector<Unfilled> unfilled{};   ///< in plan order
    std::vector<ScarceGroup> scarce{};  ///< what the reasons rest on
    std::vector<GivenPair> given{};     ///< what the caller's rules said; experts in order, posts in order
    UserTierNames names{};              ///< of the caller's own tiers
    Digests digests{};                  ///< what it was computed from
    std::int64_t steps = 0;             ///< the solver's
    std::string version{};              ///< of countyplan

    friend bool operator==(const Allocation&, const Allocation&) = default;
};

/// The best staffing of the plan by the tiers of its objective in strict order, with its certificate. Each person
/// serves in at most one post of the plan's period, only where eligible; every `CountedSet` keeps its bounds: no post
/// above `max`, no quota passed, whoever must serve does. Where that cannot be, the answer is infeasible and `conflict`
/// says why. Throws what `progress` and `options.rules` throw, `InvalidMeasure`, `InvalidPlan` and `InvalidProblem`
/// where numbers are too large to be exact, and for want of memory. Time: one nested flow over the eligible pairs;
/// memory about 30 bytes for each. Deterministic; thread-safe.
[[nodiscard]] Allocation allocate(const Plan& plan, const AllocateOptions& options = {}, const Stop& stop = {},
                                  const Progress& progress = {});

/// As `allocate`, but from an answer to a similar plan; nothing in it need be right. The better it is, the less is left
/// to do. Of the best staffings the answer is one that keeps the most of the former one's postings.
[[nodiscard]] Allocation allocate_from(const Plan& plan, const Allocation& previous,
                                       const AllocateOptions& options = {}, const Stop& stop = {},
                                       const Progress& progress = {});

/// Of an infeasible answer: the bounds that cannot hold together, in the order of sets. Without any one of them the
/// rest could, unless the search was stopped before that was found out.
[[nodiscard]] std::vector<SetBound> conflict(const Plan& plan, const Allocation& allocation);

/// A bound in words of the plan, such as "quota Q-7 asks for at least 3 people".
[[nodiscard]] Message describe(const Plan& plan, const SetBound& bound);

/// `examine` of the parts, and whether the rest of the allocation agrees with them: termination, cause
/// and claim, digests, the posts left short and each scarce group. Runs no solver.
[[nodiscard]] AnswerVerdict examine(const Plan& plan, const Allocation& allocation);

/// `examine(plan, allocation).accepted`.
[[nodiscard]] bool verify(const Plan& plan, const Allocation& allocation);

}  // namespace countyplan

#if !defined(COUNTYPLAN_SEPARATE) || defined(COUNTYPLAN_BODIES_ALLOCATE)
#include <countyplan/allocate/impl/allocate.hpp>
#endif
