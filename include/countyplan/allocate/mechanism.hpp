// Who would serve where if it were decided in another way, and what would that be worth?
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <countyplan/allocate/objective.hpp>
#include <countyplan/plan/plan.hpp>
#include <countyplan/plan/staffing.hpp>
#include <countyplan/scalar/enumerator.hpp>
#include <countyplan/solve/nested_flow.hpp>
#include <countyplan/solve/observer.hpp>
#include <countyplan/solve/stop.hpp>
#include <countyplan/solve/termination.hpp>

namespace countyplan {

/// Ways to decide who serves where. Experts would rather serve anywhere than stay at home: of the posts open to them
/// they want the one with the greater value of the factor wish, then of fit, then the first in the plan. Posts want
/// those who fit best, the points of wish left out, so that nobody rises by telling other wishes than the true ones; of
/// equals the first in the plan. Where a quota of people or of posts has to choose, it does so by these two orders.
enum class Mechanism {
    optimal,              ///< `allocate`: the best by the plan's objective
    experts_propose,      ///< deferred acceptance: of all stable staffings the one that is best for the experts
    posts_propose,        ///< deferred acceptance: the one that is best for the posts
    top_trading_cycles,   ///< experts trade the posts that want them most; knows no quota but each post's `max`
    serial_dictatorship,  ///< experts choose in turn: those longest in service first, of equals the first in the plan
    greedy,     ///< posts choose in turn, critical ones, then by priority; first up to `min`, then to `target`
    status_quo  ///< the present staffing as it is
};

template <>
struct Enumerators<Mechanism> {
    static constexpr MessageText words[] = {{"optimal", "最优分配", "optimal"},
                                            {"experts_propose", "延迟接受（人才先选）", "deferred acceptance, experts"},
                                            {"posts_propose", "延迟接受（岗位先选）", "deferred acceptance, posts"},
                                            {"top_trading_cycles", "首位交易环", "top trading cycles"},
                                            {"serial_dictatorship", "依序选择", "serial dictatorship"},
                                            {"greedy", "贪心", "greedy"},
                                            {"status_quo", "维持现状", "status quo"}};
};

struct MechanismOptions {
    NestedFlowOptions flow{};          ///< of `optimal`
    std::vector<std::string> order{};  ///< of `serial_dictatorship`: these experts first, then the others as above

    friend bool operator==(const MechanismOptions&, const MechanismOptions&) = default;
};

/// A rule of the plan and what became of it. `rule` is `eligibility` (who may serve where, decisions apart),
/// `staffing` (each person once, for the post's dates), `post.max`, `sender.quota_<role>` or `sender.quota_total`,
/// `quota:ID/upper`, `quota:ID/lower`, `decision:ID`, `coupling:ID` (those that must be kept) or `rule:ID`: those of
/// the plan's rules that judge postings, which no mechanism looks at beyond what makes people eligible.
struct RuleOutcome {
    std::string rule{};
    bool is_heeded = false;     ///< the mechanism keeps it on any plan; otherwise it does not look at it
    std::int64_t breaches = 0;  ///< findings of the audit; 0 though not heeded: it happened to hold

    friend bool operator==(const RuleOutcome&, const RuleOutcome&) = default;
};

/// What a staffing is worth, whoever made it. Shares lie in [0, 1] and are exact to a millionth. Postings of people or
/// posts that the plan does not have count for nothing.
struct StaffingMeasures {
    std::vector<TierValue> tiers{};       ///< of the plan's objective, in order
    std::int64_t serving = 0;             ///< people
    std::int64_t wanted = 0;              ///< sum of the targets of all posts
    std::int64_t filled = 0;              ///< of these
    double cover = 1;                     ///< filled / wanted; 1 where nobody is wanted
    std::int64_t critical_shortfall = 0;  ///< people missing below `min` at critical posts
    std::int64_t shortfall = 0;           ///< people missing below `min` at all posts
    std::string worst_county{};           ///< code of the one with the least cover, the first of equals; empty: none
    double worst_cover = 1;               ///< of a county that wants anybody
    double best_cover = 1;                ///< likewise
    double gini = 0;                      ///< of the covers of counties that want anybody
    std::int64_t wishing = 0;             ///< people serving who named wishes …
    std::int64_t wishes_met = 0;          ///< … who serve where one of them names …
    double mean_wish = 0;      ///< … and the mean place of that wish; not met: one after the last; 0: no one
    std::int64_t moves = 0;    ///< people of the present staffing who do not stay in their post
    std::size_t blocking = 0;  ///< pairs that would rather have each other than what they have

    friend bool operator==(const StaffingMeasures&, const StaffingMeasures&) = default;
};

/// What a mechanism came to. `measures` is unset, and the staffing empty, where `optimal` found none.
struct MechanismResult {
    Mechanism mechanism = Mechanism::optimal;
    Termination termination = Termination::unknown;  ///< `optimal`: it ran to its end, whatever it aims at
    Cause cause = Cause::cancelled;
    Staffing staffing{};
    std::optional<StaffingMeasures> measures{};
    std::vector<RuleOutcome> rules{};  ///< those the plan has, in the order above
    Digests digests{};

    friend bool operator==(const MechanismResult&, const MechanismResult&) = default;
};

/// One plan under several mechanisms, in the order given. `blocking` counts the eligible pairs (e, p) not chosen for
/// which each group round e that is full (the person, the sender's quotas) has a pair that it wants less than (e, p),
/// and each full group round p (the post, quotas of school, county and plan) too: docs/math/stable_matching.md. A group
/// with more people than its quota is full. Throws `InvalidProblem` where `options.order` names somebody twice or
/// whom the plan does not have, and what `allocate` throws: tiers of the caller's own have no values here. Time: one
/// `allocate` for `optimal`, for each other O(pairs x (log pairs + depth of quotas)). Deterministic; thread-safe.
[[nodiscard]] std::vector<MechanismResult> compare_mechanisms(const Plan& plan, std::span<const Mechanism> mechanisms,
                                                              const MechanismOptions& options = {},
                                                              const Stop& stop = {}, const Progress& progress = {});

/// `compare_mechanisms` of one.
[[nodiscard]] MechanismResult run_mechanism(const Plan& plan, Mechanism mechanism, const MechanismOptions& options = {},
                                            const Stop& stop = {}, const Progress& progress = {});

/// The measures of any staffing of the plan, however made.
[[nodiscard]] StaffingMeasures measures_of(const Plan& plan, const Staffing& staffing);

}  // namespace countyplan

#if !defined(COUNTYPLAN_SEPARATE) || defined(COUNTYPLAN_BODIES_ALLOCATE)
#include <countyplan/allocate/impl/mechanism.hpp>
#endif
