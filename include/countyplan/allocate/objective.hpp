// What is a good staffing, in tiers of whole numbers, and do prices prove that none is better?
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <countyplan/allocate/counted_set.hpp>
#include <countyplan/allocate/user_rule.hpp>
#include <countyplan/plan/plan.hpp>
#include <countyplan/scalar/enumerator.hpp>
#include <countyplan/scalar/id.hpp>
#include <countyplan/solve/proof/int128.hpp>
#include <countyplan/solve/termination.hpp>

namespace countyplan {

struct TierValue {
    Tier tier = Tier::critical_shortfall;
    Int128 value{};

    friend bool operator==(const TierValue&, const TierValue&) = default;
};

/// Whether more is better.
[[nodiscard]] constexpr bool is_gain(Tier tier) { return tier == Tier::fit || tier == Tier::wishes || user_tier(tier); }

/// A value of the tier as something of which less is better, and such a cost as a value: gains are negated.
[[nodiscard]] constexpr Int128 as_cost(Tier tier, Int128 value) { return is_gain(tier) ? Int128() - value : value; }

/// A post below what it needs.
struct Shortage {
    Id<Post> post{};
    std::int64_t short_of_min = 0;
    std::int64_t short_of_target = 0;  ///< at least 1 in a list of shortages; counts those below `min` too

    friend bool operator==(const Shortage&, const Shortage&) = default;
};

/// The tiers of the plan's objective in order, from their definitions. Postings of unknown people or posts count
/// for nothing. `given`: what the caller's factors add to fit, and the points of the caller's own tiers.
[[nodiscard]] std::vector<TierValue> tier_values(const Plan& plan, const Staffing& staffing,
                                                 std::span<const GivenPair> given = {});

/// The posts below `target`, in id order.
[[nodiscard]] std::vector<Shortage> shortages(const Plan& plan, const Staffing& staffing);

/// What one person counted in a set costs beyond what counts anyway, one number per tier of the objective; of an
/// infeasible plan one number.
struct SetPrice {
    std::string set{};  ///< a `CountedSet`'s name
    std::vector<std::int64_t> value{};

    friend bool operator==(const SetPrice&, const SetPrice&) = default;
};

/// The part of an answer that is wrong; in files: staffing.csv, result.json, certificate.json.
enum class AnswerPart { staffing, result, certificate };

template <>
struct Enumerators<AnswerPart> {
    static constexpr MessageText words[] = {
        {"staffing", "派驻表", "staffing"}, {"result", "结果", "result"}, {"certificate", "证书", "certificate"}};
};

/// The examiner's answer: where not accepted, the part, the item in it (`expert:SZ-0012`, `post:P-7`,
/// `sender:SZ`, a tier's name, a field's name), the condition that failed, and the rule behind it if any.
struct AnswerVerdict {
    bool accepted = true;
    AnswerPart part = AnswerPart::staffing;
    std::string key{};
    Message why{};
    Message detail{};  ///< the refusal of a pair, where that is what failed

    friend bool operator==(const AnswerVerdict&, const AnswerVerdict&) = default;
};

/// Whether the staffing keeps every hard rule, the values are the true ones, and, where `claim` is `proved`, the
/// prices prove that no staffing is better. Let y(S) be the price of a set, 0 where none is stated, and d(e, p) the
/// cost of a pair plus the prices of all sets that hold e or p. Then, lexicographically: y(S) is at most what the
/// set's next person costs if the number there is below `upper`, and at least what its last one cost if above `lower`;
/// d >= 0 for every pair of those at home; the pair of those posted has d <= 0 and no other pair of theirs a smaller
/// one. Otherwise the first failure, by item: a staffing that falls short of what the rest shows is named by person,
/// post or set, a false price by its set. Shares no code with the solver; exact for any field values.
[[nodiscard]] AnswerVerdict examine(const Plan& plan, const Staffing& staffing, std::span<const TierValue> tiers,
                                    std::span<const SetPrice> prices, Claim claim = Claim::proved,
                                    std::span<const GivenPair> given = {});

/// Whether the prices prove that no staffing keeps every rule. With d as above but for pairs that cost nothing: the sum
/// over experts of the least of 0 and their pairs' d is greater than the sum over sets of the greatest y(S) n for n in
/// `lower … upper`, no upper bound counting for more than the number of experts. Prices below 0 speak of lower bounds,
/// those above of upper bounds.
[[nodiscard]] AnswerVerdict examine_infeasible(const Plan& plan, std::span<const SetPrice> prices,
                                               std::span<const GivenPair> given = {});

}  // namespace countyplan

#if !defined(COUNTYPLAN_SEPARATE) || defined(COUNTYPLAN_BODIES_ALLOCATE)
#include <countyplan/allocate/impl/objective.hpp>
#endif
