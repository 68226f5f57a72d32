// Are these the cheapest teams under rules that couple people, and how far from it are they at most?
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

#include <countyplan/solve/proof/verdict.hpp>
#include <countyplan/solve/termination.hpp>

namespace countyplan {

/// What a unit of a broken rule costs where it must not be broken.
inline constexpr std::int64_t team_rule_is_hard = std::numeric_limits<std::int64_t>::max();

/// How many of a team's pairs have a trait, by the size of the team: at least `lower`, at most `upper`. A share, a
/// leader's presence and a quota of a role in a school are all of this kind.
struct TeamCounter {
    std::vector<std::uint8_t> counts = {};  ///< per pair: 1 if it has the trait, else 0
    /// Per school, one after another, and size 0 to the most heads there; see `TeamColumnsProblem::first_size`.
    std::vector<std::int32_t> lower = {};
    std::vector<std::int32_t> upper = {};          ///< likewise; may be below `lower`, then no team of that size fits
    std::int64_t below_price = team_rule_is_hard;  ///< per unit that lacks, 0 or more
    std::int64_t above_price = team_rule_is_hard;  ///< per unit too many, 0 or more

    friend bool operator==(const TeamCounter&, const TeamCounter&) = default;
};

/// A sum over chosen pairs of any schools, at least `lower` and at most `upper`: a budget, places to live, two who go
/// to the same school (+1 and -1, both bounds 0), two who must not (+1 and +1, `upper` 1).
struct TeamRow {
    static constexpr std::int64_t no_lower = std::numeric_limits<std::int64_t>::min();
    static constexpr std::int64_t no_upper = std::numeric_limits<std::int64_t>::max();

    std::vector<std::uint32_t> pair = {};  ///< ascending
    std::vector<std::int64_t> coefficient = {};
    std::int64_t lower = no_lower;
    std::int64_t upper = no_upper;
    std::int64_t below_price = team_rule_is_hard;  ///< per unit that lacks, 0 or more
    std::int64_t above_price = team_rule_is_hard;  ///< per unit too many, 0 or more

    friend bool operator==(const TeamRow&, const TeamRow&) = default;
};

/// Experts, each of one sender, fill posts, each of one school; pair k is an expert at a post. Every expert takes at
/// most one post. A school's team costs: its pairs' costs, a charge for every sender it has people of, a price
/// for every head that a post has below its target, and the prices of counters. Minimise the costs of all teams and
/// the prices of rows. Costs of several tiers are folded by the caller, or solved tier after tier with a row that
/// keeps the tiers before. Formulae: docs/math/team_columns.md.
struct TeamColumnsProblem {
    static constexpr std::int64_t max_cost = std::int64_t{1} << 36;  ///< the size of prices and coefficients
    /// The size of bounds of rows, and of all costs and prices that a choice could add up to; a school's at most
    /// a thousandth of it.
    static constexpr std::int64_t max_total = std::int64_t{1} << 60;
    static constexpr std::size_t max_heads = 1024;  ///< per school

    std::vector<std::size_t> first_post = {0};     ///< schools + 1 entries
    std::vector<std::int32_t> lower = {};          ///< per post, heads; 0 or more
    std::vector<std::int32_t> target = {};         ///< per post, from `lower` to `upper`
    std::vector<std::int32_t> upper = {};          ///< per post
    std::vector<std::int64_t> shortfall = {};      ///< per post, for each head below the target; 0 or more
    std::vector<std::int64_t> charge = {};         ///< per school, for each sender; 0 or more
    std::vector<std::uint32_t> most_senders = {};  ///< per school
    std::uint32_t senders = 0;
    std::vector<std::uint32_t> sender_of = {};  ///< per expert
    std::vector<std::size_t> first_pair = {0};  ///< experts + 1 entries
    std::vector<std::uint32_t> post = {};       ///< per pair, ascending within an expert; fewer than 2^32 - 1 pairs
    std::vector<std::int64_t> cost = {};        ///< per pair
    std::vector<TeamCounter> counters = {};
    std::vector<TeamRow> rows = {};

    [[nodiscard]] std::size_t schools() const { return charge.size(); }
    [[nodiscard]] std::size_t posts() const { return upper.size(); }
    [[nodiscard]] std::size_t experts() const { return sender_of.size(); }
    [[nodiscard]] std::size_t pairs() const { return post.size(); }

    friend bool operator==(const TeamColumnsProblem&, const TeamColumnsProblem&) = default;
};

/// The most heads of each school, summed and with one for the size 0: where a school's sizes begin in a counter's
/// tables. schools + 1 entries. The problem must be one that `examine` accepts, but for its counters.
[[nodiscard]] std::vector<std::size_t> first_size(const TeamColumnsProblem& problem);

/// What is left out when the cheapest team of a school is sought: then its cost may come out too low, never too
/// high. A school that splits its posts into several blocks prices each of them by itself, charges for senders
/// in the first block only, and keeps neither counters nor the limit on senders.
struct TeamRelaxation {
    std::uint32_t counters = 0;                     ///< so many are kept, the first ones
    std::uint8_t limit = 0;                         ///< 1 if the limit on senders is kept
    std::vector<std::uint32_t> block_begins = {0};  ///< posts, counted from the school's first; ascending from 0

    friend bool operator==(const TeamRelaxation&, const TeamRelaxation&) = default;
};

/// One way to part all choices in two: does the school have anyone of the sender, or is the pair chosen?
enum class TeamQuestion : std::uint8_t { none, sender_at_school, pair };

/// A node of the proof. With a question it stands for the choices of its two children; without one it is a leaf and
/// has multipliers, all over `scale`. Those that prove that there is no choice have the scale 0.
struct TeamNode {
    static constexpr std::int64_t max_row = std::int64_t{1} << 42;  ///< size of a row's multiplier

    TeamQuestion question = TeamQuestion::none;
    std::uint32_t subject = 0;  ///< sender or pair
    std::uint32_t school = 0;   ///< of sender_at_school
    std::uint32_t no = 0;       ///< the child where the answer is no; children stand after their parent
    std::uint32_t yes = 0;
    std::int64_t scale = 0;
    std::vector<std::int64_t> expert = {};  ///< per expert, 0 or more: what taking them is worth elsewhere
    std::vector<std::int64_t> row = {};     ///< per row: above 0 it uses `lower`, below 0 `upper`

    friend bool operator==(const TeamNode&, const TeamNode&) = default;
};

/// Proof of a bound: the least of its leaves', each of which is the cheapest choice of a team per school on its own at
/// costs changed by the multipliers.
struct TeamProof {
    std::vector<TeamRelaxation> relaxation = {};  ///< per school
    std::vector<TeamNode> nodes = {};             ///< node 0 is the root; empty if nothing is proved

    friend bool operator==(const TeamProof&, const TeamProof&) = default;
};

/// What belongs to each termination:
/// - optimal: pair_of, objective, bound equal to it; cause and claim proved
/// - feasible: pair_of and objective; bound if the proof has nodes, then claim bounded, else claim feasible
/// - infeasible: neither; no leaf of the proof has a choice; cause and claim proved
/// - unknown: neither; bound if the proof has nodes, then claim bounded, else estimate
/// feasible and unknown have the cause time, steps or cancelled; `steps` also where relaxed schools keep the method
/// from settling the question.
struct TeamColumnsResult {
    static constexpr std::uint32_t unassigned = std::numeric_limits<std::uint32_t>::max();

    Termination termination = Termination::unknown;
    Cause cause = Cause::cancelled;
    Claim claim = Claim::estimate;
    std::vector<std::uint32_t> pair_of = {};  ///< per expert: the pair chosen, or `unassigned`
    std::optional<std::int64_t> objective = std::nullopt;
    std::optional<std::int64_t> bound = std::nullopt;  ///< no choice costs less; at most what the proof shows
    TeamProof proof = {};
    std::int64_t steps = 0;  ///< cheapest teams sought

    friend bool operator==(const TeamColumnsResult&, const TeamColumnsResult&) = default;
};

/// Whether some school's teams are priced with anything left out, so that the bound may stay below the optimum.
[[nodiscard]] bool is_relaxed(const TeamColumnsProblem& problem, const TeamProof& proof);

/// What a choice costs, or which hard rule it breaks first and where (`pair_of[3]`, `post[2]`, `school[1]`,
/// `counter[0]`, `row[4]`). The problem must be one that `examine` accepts. O(experts + posts + entries of rows).
struct TeamCost {
    Verdict verdict = {};
    std::int64_t total = 0;  ///< where accepted
};
[[nodiscard]] TeamCost team_cost(const TeamColumnsProblem& problem, const std::vector<std::uint32_t>& pair_of);

/// Whether `problem` is as its struct describes it; if not, what is wrong first. One pass.
[[nodiscard]] Verdict examine(const TeamColumnsProblem& problem);

/// Whether `result` shows what it says about `problem`; if not, which condition fails first and where (`pair_of[3]`,
/// `nodes[2]`, `relaxation[1]`, `objective`, `bound`, `claim` …). Seeks the cheapest teams of every leaf anew, in
/// integers: O(leaves * pairs * states of a school). Shares no code with the solver.
[[nodiscard]] Verdict examine(const TeamColumnsProblem& problem, const TeamColumnsResult& result);

/// `examine(problem, result).accepted`.
[[nodiscard]] bool verify(const TeamColumnsProblem& problem, const TeamColumnsResult& result);

}  // namespace countyplan

#if !defined(COUNTYPLAN_SEPARATE) || defined(COUNTYPLAN_BODIES_TEAM_COLUMNS)
#include <countyplan/solve/proof/impl/team_columns.hpp>
#endif
