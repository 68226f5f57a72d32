// Which sender should stand behind which county, at what load, and with how few changes?
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <countyplan/plan/plan.hpp>
#include <countyplan/scalar/enumerator.hpp>
#include <countyplan/solve/min_cost_flow.hpp>
#include <countyplan/solve/observer.hpp>
#include <countyplan/solve/proof/int128.hpp>
#include <countyplan/solve/proof/verdict.hpp>
#include <countyplan/solve/stop.hpp>
#include <countyplan/solve/termination.hpp>

namespace countyplan {

/// What may count in a pairing, each the less the better. Formulae: docs/math/pairing.md.
enum class PairingTier {
    unserved,  ///< units needed that nobody serves
    changes,   ///< units served along ties that are not present ones
    cost       ///< sum over served units of the cost of their tie
};

template <>
struct Enumerators<PairingTier> {
    static constexpr MessageText words[] = {{"unserved", "未满足的需求", "need not served"},
                                            {"changes", "改换结对的份额", "units paired anew"},
                                            {"cost", "结对成本", "cost of pairings"}};
};

/// What a unit along a tie costs: a proposal of the project, in kilometres and what is held equal to them; each 0
/// to 10^6.
struct PairingWeights {
    std::int64_t distance = 1;    ///< per km
    std::int64_t language = 100;  ///< where the two sides share no language
    std::int64_t change = 200;    ///< where the tie is not a present one

    friend bool operator==(const PairingWeights&, const PairingWeights&) = default;
};

/// Who can help: a sender, or a group of senders that shares a capacity.
struct PairingSender {
    static constexpr std::uint32_t outermost = std::numeric_limits<std::uint32_t>::max();

    std::string id{};
    std::uint32_t parent = outermost;        ///< an earlier row, in whose capacity this one's units count, too
    std::optional<std::int64_t> capacity{};  ///< units it and all below it can serve; unset: no limit

    friend bool operator==(const PairingSender&, const PairingSender&) = default;
};

/// Who is to be helped.
struct PairingReceiver {
    std::string id{};
    std::int64_t need = 1;  ///< units

    friend bool operator==(const PairingReceiver&, const PairingReceiver&) = default;
};

/// A sender that may help a receiver. Where no tie is listed, no pairing can be.
struct PairingTie {
    std::uint32_t sender = 0;    ///< row
    std::uint32_t receiver = 0;  ///< row
    std::int64_t km = 0;         ///< 0 to 20015
    bool shares_language = true;
    bool present = false;                ///< they are paired now
    std::int64_t least = 0;              ///< units that must be served along it
    std::optional<std::int64_t> most{};  ///< unset: no limit

    friend bool operator==(const PairingTie&, const PairingTie&) = default;
};

/// Senders are to serve the need of receivers along ties, within capacities; a pairing is a tie that serves
/// something. A unit is the caller's: a person, or one whole partner. Amounts are 0 to `max_amount`; at most
/// 2^20 senders and receivers; no tie is listed twice. Formulae: docs/math/pairing.md.
struct PairingProblem {
    static constexpr std::int64_t max_amount = 1'000'000'000;

    std::vector<PairingSender> senders{};      ///< ids not empty, each once
    std::vector<PairingReceiver> receivers{};  ///< ids not empty, each once
    std::vector<PairingTie> ties{};
    PairingWeights weights{};
    /// What counts, in strict order: `unserved` first, each at most once. {unserved, changes, cost} asks for the
    /// fewest changes before all else, {unserved, cost} weighs a change against distance and language.
    std::vector<PairingTier> order{PairingTier::unserved, PairingTier::cost};

    /// The cost of a unit along a tie.
    [[nodiscard]] std::int64_t cost_of(const PairingTie& tie) const {
        return tie.km * weights.distance + (tie.shares_language ? 0 : weights.language) +
               (tie.present ? 0 : weights.change);
    }

    friend bool operator==(const PairingProblem&, const PairingProblem&) = default;
};

/// Why no pairing can be: what must be served within the group exceeds what its capacities, needs and ties let
/// through (a violated cut).
struct PairingConflict {
    bool home = false;                       ///< the outermost capacities are part of it
    std::vector<std::uint32_t> senders{};    ///< rows
    std::vector<std::uint32_t> receivers{};  ///< rows

    friend bool operator==(const PairingConflict&, const PairingConflict&) = default;
};

/// What belongs to each termination:
/// - optimal: amounts, tiers, prices; cause and claim proved
/// - infeasible: only `conflict`, for some `least` cannot be kept; cause and claim proved
/// - feasible: amounts and tiers, no prices; cause time, steps or cancelled; claim feasible
/// - unknown: nothing; cause time, steps or cancelled; claim estimate
struct PairingResult {
    Termination termination = Termination::unknown;
    Cause cause = Cause::cancelled;
    Claim claim = Claim::estimate;
    std::vector<std::int64_t> amount{};  ///< per tie, in units
    std::vector<Int128> tiers{};         ///< in the problem's order
    /// `[row * order.size() + tier]`. A sender's, less its parent's, is the most that one more unit of its
    /// capacity can save; a receiver's is the least that one more unit of need costs.
    std::vector<std::int64_t> sender_price{};
    std::vector<std::int64_t> receiver_price{};
    PairingConflict conflict{};
    std::int64_t steps = 0;

    friend bool operator==(const PairingResult&, const PairingResult&) = default;
};

/// Whether `problem` is as its structs describe it; if not, what is wrong first, and where (`ties[3].km`).
[[nodiscard]] Verdict examine(const PairingProblem& problem);

/// The best amounts, exactly, by min-cost flow. Throws `InvalidProblem`; never for infeasibility. Deterministic;
/// thread-safe.
[[nodiscard]] PairingResult solve(const PairingProblem& problem, const MinCostFlowOptions& options = {},
                                  const Stop& stop = {}, const Progress& progress = {});

/// Whether `result` shows what it says: amounts within their limits, tiers as defined, and prices that prove them
/// best, or a conflict that proves that there are none. If not, what fails first, by name (`sender:440300`,
/// `receiver:450124`, `tie:440300/450124`, a tier, a field). One pass, no solver; exact for any field values.
[[nodiscard]] Verdict examine(const PairingProblem& problem, const PairingResult& result);
[[nodiscard]] bool verify(const PairingProblem& problem, const PairingResult& result);

// ---------------------------------------------------------------------------------------------------------------------

/// What a sender carries in a result.
struct SenderLoad {
    std::int64_t amount = 0;            ///< units, those of senders below it included
    std::size_t receivers = 0;          ///< paired with the sender itself
    std::vector<std::int64_t> worth{};  ///< per tier: what one more unit of capacity can save; empty without prices

    friend bool operator==(const SenderLoad&, const SenderLoad&) = default;
};

/// What a receiver gets in a result.
struct ReceiverCover {
    std::int64_t served = 0;  ///< units, at most its need
    std::size_t senders = 0;

    friend bool operator==(const ReceiverCover&, const ReceiverCover&) = default;
};

/// Rows of ties, ascending.
struct PairingChanges {
    std::vector<std::uint32_t> begun{};  ///< serve something and are not present
    std::vector<std::uint32_t> ended{};  ///< are present and serve nothing

    friend bool operator==(const PairingChanges&, const PairingChanges&) = default;
};

// Of a result that has amounts, as `examine` accepts it; per row of senders, or receivers.
[[nodiscard]] std::vector<SenderLoad> loads(const PairingProblem& problem, const PairingResult& result);
[[nodiscard]] std::vector<ReceiverCover> covers(const PairingProblem& problem, const PairingResult& result);
[[nodiscard]] PairingChanges changes(const PairingProblem& problem, const PairingResult& result);

/// The problem a year later: what the result pairs is present, nothing else is.
[[nodiscard]] PairingProblem renewed(PairingProblem problem, const PairingResult& result);

// ---------------------------------------------------------------------------------------------------------------------

enum class PairingUnit {
    people,  ///< need: people wanted at a county's posts; capacity: most that quotas let a sender send of its people
    partner  ///< need: a county's present partners, at least one; capacity: `PairingOptions::most`
};

template <>
struct Enumerators<PairingUnit> {
    static constexpr MessageText words[] = {{"people", "人", "people"}, {"partner", "结对方", "partners"}};
};

struct PairingOptions {
    std::optional<Day> as_of{};  ///< the day whose pairings are present; unset: the plan's first
    PairingUnit unit = PairingUnit::people;
    SenderKind level = SenderKind::city;  ///< the senders that are paired; those above share capacities
    std::string under{};                  ///< only that sender and those below it; empty: all
    std::optional<std::int64_t> most{};   ///< for `partner`: counties per sender; unset: no limit
    std::map<std::string, std::set<std::string>> languages{};  ///< by sender's id or county's code
    PairingWeights weights{};
    std::vector<PairingTier> order{PairingTier::unserved, PairingTier::cost};

    friend bool operator==(const PairingOptions&, const PairingOptions&) = default;
};

/// The pairing problem of a plan: its counties that have posts, its senders of one level with those above them,
/// and a tie for each two of them, in the order of the plan. Distances are those of `DistanceFinder`; a language counts
/// against a tie only where both sides' are known. A pairing is present for a county from the sender, or a sender above
/// it, with the county or a school of it; those outside the scheme are not. A sender with required pairings, its own or
/// from above, is tied only to their counties. Throws `InvalidProblem` if `under` names no sender, or for amounts out
/// of range.
[[nodiscard]] PairingProblem pairing_problem(const Plan& plan, const PairingOptions& options = {});

/// The plan's pairings as the result of its problem wants them from `as_of` on. A row that makes ties present, none of
/// which serves anything, ends the day before, or is left out if it has not begun before. A tie that serves something
/// and is not present becomes a row from `as_of` on, of the kind that belongs to the sender's level; those follow in
/// the order of ties. All other rows stay as they are. The result has amounts, as `examine` accepts it.
[[nodiscard]] ById<Id<Pairing>, Pairing> renewed_pairings(const Plan& plan, const PairingProblem& problem,
                                                          const PairingResult& result,
                                                          const PairingOptions& options = {});

}  // namespace countyplan

#if !defined(COUNTYPLAN_SEPARATE) || defined(COUNTYPLAN_BODIES_ALLOCATE)
#include <countyplan/allocate/impl/pairing.hpp>
#include <countyplan/allocate/impl/pairing_problem.hpp>
#endif
