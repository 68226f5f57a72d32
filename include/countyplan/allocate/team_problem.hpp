// How is a plan with couplings told to the solver of teams, and its answer told as people and posts?
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <countyplan/allocate/allocation_problem.hpp>
#include <countyplan/plan/plan.hpp>
#include <countyplan/scalar/id.hpp>
#include <countyplan/scalar/message.hpp>
#include <countyplan/solve/proof/team_columns.hpp>

namespace countyplan {

/// Something of a plan that teams cannot heed exactly, by its id or a tier's name, and why.
struct LeftOutOfTeams {
    std::string what{};
    Message reason{};

    friend bool operator==(const LeftOutOfTeams&, const LeftOutOfTeams&) = default;
};

/// A plan as teams. A post with several prices per head stands as several posts of the solver, one per stretch of heads
/// that are worth the same, so that the cheapest choice fills them in order. Quotas, senders' quotas and decisions that
/// oblige are rows; couplings are counters where they hold in a school by itself, rows where they span
/// schools, limits and charges where they count senders.
struct TeamProblem {
    AllocationProblem allocation{};
    TeamColumnsProblem teams{};
    std::vector<std::uint32_t> flow_pair{};   ///< per pair: that of `allocation`
    std::vector<std::uint32_t> stretch{};     ///< per pair: which of its post's stretches, from 0
    std::vector<std::int64_t> tier_cost{};    ///< `[pair * tiers + tier]`, gains negative
    std::vector<std::uint32_t> set_of_row{};  ///< per row of the first ones: the set of `allocation` that it keeps
    std::vector<LeftOutOfTeams> left_out{};   ///< couplings in the plan's order, then tiers

    [[nodiscard]] std::size_t tiers() const { return allocation.flow.tiers; }
};

/// The problem that minimises the sum over tiers of `weight` (0 or more) times cost, the prices of couplings included,
/// each in its own tier. Left out, and so left to `audit`, are
/// - couplings of the kind `unit`; `together` with a price; `senders` that name fewer than everybody, span schools, or
///   have a price and an `upper` above 0; `share` with a price that spans schools; `leader` that spans schools and has
///   a price or asks for more than one
/// - tiers of a weight above 0 that count in sets wider than a post: `county_cover`, `sender_load`
/// Nothing if interrupted. Throws what `allocation_problem` throws, `std::invalid_argument` unless there is one weight
/// per tier, and `InvalidProblem` where numbers are too large for `TeamColumnsProblem`.
[[nodiscard]] std::optional<TeamProblem> team_problem(const Plan& plan, std::span<const std::int64_t> weight,
                                                      const UserRules& rules = {}, const Interrupt& interrupt = {});

/// Adds a row: the cost of all pairs, tiers by `weight`, is to be no more than `most`. Prices of couplings do not count
/// in it. A cost beyond what a row may have is refused by the solver.
void keep_cost(TeamProblem& problem, std::span<const std::int64_t> weight, std::int64_t most);

/// The staffing of a choice of pairs, sorted by expert id, with each post's dates.
[[nodiscard]] Staffing staffing_of(const TeamProblem& problem, std::span<const std::uint32_t> pair_of);
/// And back, as far as such pairs exist: of a post's people those of lower rows stand in the earlier stretches.
[[nodiscard]] std::vector<std::uint32_t> pairs_of(const TeamProblem& problem, const Staffing& staffing);

}  // namespace countyplan

#if !defined(COUNTYPLAN_SEPARATE) || defined(COUNTYPLAN_BODIES_ALLOCATE)
#include <countyplan/allocate/impl/team_problem.hpp>
#endif
