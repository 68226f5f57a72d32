// How is a plan told to the solver, and the solver's answer told as people, posts and prices?
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <countyplan/allocate/counted_set.hpp>
#include <countyplan/allocate/objective.hpp>
#include <countyplan/allocate/user_rule.hpp>
#include <countyplan/plan/plan.hpp>
#include <countyplan/plan/rule.hpp>
#include <countyplan/scalar/id.hpp>
#include <countyplan/scalar/message.hpp>
#include <countyplan/solve/nested_flow.hpp>

namespace countyplan {

/// A plan as pairs under nested quotas. Items are the experts, pairs theirs with eligible posts; left groups are the
/// sets of experts, after a first one of everybody; right groups are the sets of posts, and the innermost of a
/// post is its own.
struct AllocationProblem {
    static constexpr std::uint32_t no_set = std::numeric_limits<std::uint32_t>::max();

    Plan plan{};
    std::vector<CountedSet> sets{};
    NestedFlowProblem flow{};
    std::vector<std::uint32_t> left_set{};       ///< per left group: its set, or `no_set`
    std::vector<std::uint32_t> right_set{};      ///< per right group: its set
    std::vector<std::uint32_t> group_of_post{};  ///< per post: its right group
    std::vector<GivenPair> given{};              ///< what the caller's rules said
    UserTierNames names{};

    /// The post of a pair.
    [[nodiscard]] Id<Post> post_of(std::size_t pair) const;
    /// The pair of these two, if they may be. Time O(log pairs of the expert).
    [[nodiscard]] std::optional<std::uint32_t> pair_of(Id<Expert> expert, Id<Post> post) const;
};

/// Asked now and then; true ends the work.
using Interrupt = std::function<bool()>;

/// The problem of a plan; nothing if interrupted. Memory: 12 bytes per pair, 8 more for each tier after the first in
/// which pairs count. Throws what `rules` throw, `InvalidMeasure`, `InvalidUserTier`, and `InvalidPlan` where numbers
/// are too large to be exact.
[[nodiscard]] std::optional<AllocationProblem> allocation_problem(const Plan& plan, const UserRules& rules = {},
                                                                  const Interrupt& interrupt = {});

/// The staffing of a choice of pairs: sorted by expert id, with each post's dates.
[[nodiscard]] Staffing staffing_of(const AllocationProblem& problem, std::span<const std::uint32_t> pair_of);
/// And back, as far as such pairs exist.
[[nodiscard]] std::vector<std::uint32_t> pairs_of(const AllocationProblem& problem, const Staffing& staffing);

/// The prices that potentials mean, those that are not 0, in the order of sets; and back, where the rest is 0. With the
/// best choice of pairs, sets that nobody can be counted in have prices that say something, not ones beyond all others.
[[nodiscard]] std::vector<SetPrice> prices_of(const AllocationProblem& problem, const NestedFlowPotentials& potentials,
                                              std::span<const std::uint32_t> pair_of = {});
[[nodiscard]] NestedFlowPotentials potentials_of(const AllocationProblem& problem, std::span<const SetPrice> prices);

/// A rule that speaks of who serves where and that an allocation does not heed.
struct LeftOutRule {
    std::string rule{};  ///< its id
    RuleKind kind = RuleKind::team_size;
    Message reason{};

    friend bool operator==(const LeftOutRule&, const LeftOutRule&) = default;
};

/// What of a plan an allocation keeps exactly, and what it leaves to `check` and `audit`.
struct RuleCoverage {
    std::int64_t sender_quotas = 0;       ///< of senders, the total and each role by itself
    std::int64_t quotas = 0;              ///< rows of quotas
    std::int64_t decisions = 0;           ///< rows of decisions
    std::vector<std::string> terms{};     ///< ids of rules of terms that pairs are kept to
    std::vector<LeftOutRule> left_out{};  ///< in the plan's order

    friend bool operator==(const RuleCoverage&, const RuleCoverage&) = default;
};
[[nodiscard]] RuleCoverage rule_coverage(const Plan& plan);

}  // namespace countyplan

#if !defined(COUNTYPLAN_SEPARATE) || defined(COUNTYPLAN_BODIES_ALLOCATE)
#include <countyplan/allocate/impl/allocation_problem.hpp>
#endif
