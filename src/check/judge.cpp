#include "judge.hpp"

#include <string>
#include <vector>

#include <countyplan/allocate/eligibility.hpp>

#include "fairness.hpp"
#include "head_count.hpp"
#include "messages.hpp"
#include "optimality.hpp"
#include "pair_list.hpp"
#include "statements.hpp"
#include "tally.hpp"
#include "tier_meter.hpp"

namespace countyplan {

namespace {

using Say = std::function<void(const Message&)>;

Objected judge_infeasible(const ProofGround& ground, const AllocationReading& reading, const Say& say) {
    const Allocation& stated = reading.allocation;
    std::vector<BoundUsed> used;
    if (auto objection = examine_infeasible(ground, stated.prices, used)) return objection;
    say(Message(message::checked_infeasible, {std::to_string(stated.prices.size()), std::to_string(ground.pairs.size()),
                                              std::to_string(used.size())}));
    for (const BoundUsed& bound : used) {
        say(Message(bound.is_lower ? message::checked_bound_lower : message::checked_bound_upper,
                    {bound.tally->name, std::to_string(bound.bound)}));
    }
    return examine_conflict(used, reading);
}

Objected judge_staffing(const ProofGround& ground, const HeadCount& count, const Allocation& stated, const Say& say) {
    std::string values;
    const Objected wrong_values = examine_tiers(ground, count, stated, values);
    if (!wrong_values) say(Message(message::checked_tiers, {values}));
    if (stated.claim == Claim::proved) {
        if (auto objection = examine_optimality(ground, count, stated.prices, !wrong_values)) return objection;
    }
    if (wrong_values) return wrong_values;
    if (stated.claim == Claim::proved) {
        say(Message(message::checked_proof, {std::to_string(stated.prices.size()), std::to_string(ground.pairs.size()),
                                             std::to_string(ground.sheet.rows().size())}));
    } else {
        say(message::checked_no_proof);
    }
    if (auto objection = examine_unfilled(ground, count, stated)) return objection;
    say(Message(message::checked_unfilled,
                {std::to_string(stated.unfilled.size()), std::to_string(stated.scarce.size())}));
    return std::nullopt;
}

}  // namespace

Objected judge(const Plan& plan, const AllocationReading& reading, const Say& say) {
    const Allocation& stated = reading.allocation;
    if (auto objection = examine_digests(plan, stated)) return objection;
    say(Message(message::checked_digests, {to_text(plan.fingerprint())}));
    if (auto objection = examine_claim(reading)) return objection;
    if (auto objection = examine_rules(plan, reading.rules)) return objection;
    say(Message(message::checked_rules, {std::to_string(reading.rules.left_out.size())}));
    if (!stated.given.empty()) say(Message(message::checked_given, {std::to_string(stated.given.size())}));
    for (const Tier tier : plan.rows().objective) {
        if (const auto own = user_tier(tier))
            say(Message(message::checked_user_tier, {name(tier), stated.names[*own]}));
    }
    const bool has_staffing = stated.termination == Termination::optimal || stated.termination == Termination::feasible;
    if (stated.termination == Termination::unknown) {
        say(message::checked_nothing);
        return std::nullopt;
    }
    const Eligibility eligibility(plan);
    const TierMeter meter(plan);
    const TallySheet sheet(eligibility, meter);
    const GivenBook given(plan, stated.given);
    HeadCount count;
    if (has_staffing) {
        if (auto objection = count_heads(eligibility, given, sheet, stated.staffing, count)) return objection;
        say(Message(message::checked_staffing,
                    {std::to_string(stated.staffing.size()), std::to_string(sheet.rows().size())}));
    }
    const PairList pairs(eligibility, given);
    const ProofGround ground{plan, meter, sheet, given, pairs};
    if (!has_staffing) return judge_infeasible(ground, reading, say);
    if (auto objection = judge_staffing(ground, count, stated, say)) return objection;
    if (auto objection = examine_counties(plan, count, reading)) return objection;
    if (!reading.fairness) return std::nullopt;
    if (auto objection = examine_fairness(eligibility, ground, count, stated, *reading.fairness)) return objection;
    say(Message(reading.fairness->claim == Claim::proved ? message::checked_fairness : message::checked_fairness_bare,
                {std::to_string(reading.fairness->staffing.size()), std::to_string(reading.fairness->prices.size())}));
    return std::nullopt;
}

}  // namespace countyplan
